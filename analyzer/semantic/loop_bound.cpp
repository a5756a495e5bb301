#include "semantic/loop_bound.h"

#include "semantic/call_arguments.h"
#include "semantic/call_traits.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

bool LoopBound::exists() {
  if (endsLoop(node_.child(Field::Condition), false))
    return true;
  SyntaxNode body = node_.child(Field::Body);
  SyntaxNode end = body.firstAfter();
  for (SyntaxNode at = body; at && !(at == end); at = at.next()) {
    if (at.kind() != NodeKind::BreakStatement && at.kind() != NodeKind::ReturnStatement)
      continue;
    bool leavesWhere = true;
    if (SyntaxNode test = leavingTest(at, leavesWhere); test && endsLoop(test, leavesWhere))
      return true;
  }
  return false;
}

/// The test of the nearest `if` around a jump that leaves this loop; null where the jump does
/// not leave it, or only out of a handler or an inner loop.
SyntaxNode LoopBound::leavingTest(SyntaxNode jump, bool &leavesWhere) const {
  for (SyntaxNode at = jump; at && !(at == node_); at = at.parent()) {
    SyntaxNode around = at.parent();
    switch (around.kind()) {
    case NodeKind::IfStatement:
    case NodeKind::ElifClause:
      if (at.field() != Field::Consequence)
        break;
      leavesWhere = true;
      return around.child(Field::Condition);
    case NodeKind::ForStatement:
    case NodeKind::ExceptClause:
    case NodeKind::FunctionDefinition:
    case NodeKind::ClassDefinition:
      return {};
    case NodeKind::WhileStatement:
      if (!(around == node_))
        return {};
      break;
    default:
      break;
    }
  }
  return {};
}

// NOLINTBEGIN(misc-no-recursion): kMaxDepth bounds it.

/// Whether the loop, left where `test` is `leavesWhere`, ends by that.
bool LoopBound::endsLoop(SyntaxNode test, bool leavesWhere, unsigned depth) {
  if (depth > kMaxDepth)
    return false;
  switch (test.kind()) {
  case NodeKind::ParenthesizedExpression:
    return endsLoop(test.firstChild(), leavesWhere, depth + 1);
  case NodeKind::NotOperator:
    return endsLoop(test.child(Field::Argument), !leavesWhere, depth + 1);
  case NodeKind::BooleanOperator: {
    bool left = endsLoop(test.child(Field::Left), leavesWhere, depth + 1);
    bool right = endsLoop(test.child(Field::Right), leavesWhere, depth + 1);
    // One of two is enough where either leaves; `or` leaves where it holds, `and` where not.
    bool isEither = (test.child(Field::Operator).text() == "or") == leavesWhere;
    return isEither ? left || right : left && right;
  }
  default:
    return isMonotone(test);
  }
}

bool LoopBound::isMonotone(SyntaxNode test) {
  if (test.kind() != NodeKind::ComparisonOperator)
    return isMonotoneOperand(test);
  if (readsClock(test))
    return true;
  return llvm::any_of(test.children(), [&](SyntaxNode operand) {
    return operand.field() != Field::Operators && isMonotoneOperand(operand);
  });
}

bool LoopBound::isMonotoneOperand(SyntaxNode operand) {
  switch (operand.kind()) {
  case NodeKind::ParenthesizedExpression:
    return isMonotoneOperand(operand.firstChild());
  case NodeKind::NamedExpression:
    return isLeftOfFile(operand.child(Field::Name));
  case NodeKind::Call:
    if (lastNameOf(operand) == "len")
      return isMonotoneOperand(CallArguments(operand).get(0));
    return lastNameOf(operand) == "ticks_less" && readsClock(operand);
  case NodeKind::Identifier:
  case NodeKind::Attribute:
    return isStepped(operand) || isUsedUp(operand) || isLeftOfFile(operand);
  default:
    return false;
  }
}

// NOLINTEND(misc-no-recursion)

/// Whether a clock is read in an expression, or in what the loop sets one of its names to.
bool LoopBound::readsClock(SyntaxNode expression) const {
  auto isClock = [&](SyntaxNode root) {
    SyntaxNode end = root.firstAfter();
    for (SyntaxNode at = root; at && !(at == end); at = at.next())
      if (at.kind() == NodeKind::Call && callHas(model_, at, Trait::ReadsClock))
        return true;
    return false;
  };
  if (isClock(expression))
    return true;
  SyntaxNode end = expression.firstAfter();
  for (SyntaxNode at = expression; at && !(at == end); at = at.next()) {
    if (at.kind() != NodeKind::Identifier)
      continue;
    for (const PlaceStore &store : stores_.storesTo(at))
      if (isInLoop(store) && store.value && isClock(store.value))
        return true;
  }
  return false;
}

bool LoopBound::isInLoop(const PlaceStore &store) const {
  return graph_.isWithin(graph_.block(store.block).loop, loop_);
}

namespace {

/// Whether an assignment steps a number on: `x = x + 1`.
bool isStep(SyntaxNode place, const PlaceStore &store) {
  if (store.adds)
    return true;
  if (store.value.kind() != NodeKind::BinaryOperator)
    return false;
  llvm::StringRef sign = store.value.child(Field::Operator).text();
  return (sign == "+" || sign == "-") &&
         (store.value.child(Field::Left).text() == place.text() ||
          (sign == "+" && store.value.child(Field::Right).text() == place.text()));
}

/// Whether an assignment keeps a part of a container only: `x = x[1:]`.
bool isRest(SyntaxNode place, const PlaceStore &store) {
  return store.value.kind() == NodeKind::Subscript &&
         store.value.child(Field::Value).text() == place.text() &&
         store.value.child(Field::Subscript).kind() == NodeKind::Slice;
}

} // namespace

/// Whether the loop steps a number, and does nothing else to it.
bool LoopBound::isStepped(SyntaxNode place) {
  bool steps = false;
  for (const PlaceStore &store : stores_.storesTo(place)) {
    if (!isInLoop(store))
      continue;
    if (!isStep(place, store))
      return false;
    steps = true;
  }
  return steps;
}

/// Whether the loop takes items out of a container.
bool LoopBound::isUsedUp(SyntaxNode container) {
  for (const PlaceStore &store : stores_.storesTo(container))
    if (isInLoop(store) && isRest(container, store))
      return true;
  SyntaxNode end = node_.firstAfter();
  for (SyntaxNode at = node_; at && !(at == end); at = at.next()) {
    bool isDeletion = at.kind() == NodeKind::Subscript &&
                      at.parent().kind() == NodeKind::DeleteStatement &&
                      at.child(Field::Value).text() == container.text();
    SyntaxNode callee = at.child(Field::Function);
    bool isRemoval =
        at.kind() == NodeKind::Call && callee.kind() == NodeKind::Attribute &&
        callee.child(Field::Object).text() == container.text() &&
        llvm::is_contained({"pop", "popleft", "popitem", "remove", "clear"}, lastNameOf(at));
    if (isDeletion || isRemoval)
      return true;
  }
  return false;
}

/// Whether a name stands for a file that `open` gave, and nothing else.
bool LoopBound::isOpenedFile(SyntaxNode name) const {
  SymbolId symbol = model_.symbolOf(name);
  return symbol != kNoId && llvm::all_of(model_.symbol(symbol).bindings, [&](BindingId binding) {
           SyntaxNode value = model_.binding(binding).value;
           return value.kind() == NodeKind::Call && model_.calleeName(value) == "open";
         });
}

/// Whether the loop sets a name to what it reads next from a file.
bool LoopBound::isLeftOfFile(SyntaxNode place) {
  return llvm::any_of(stores_.storesTo(place), [&](const PlaceStore &store) {
    if (!isInLoop(store) || store.value.kind() != NodeKind::Call)
      return false;
    SyntaxNode callee = store.value.child(Field::Function);
    return llvm::is_contained({"read", "readline", "readinto"}, lastNameOf(store.value)) &&
           isOpenedFile(callee.child(Field::Object));
  });
}

} // namespace fraglint
