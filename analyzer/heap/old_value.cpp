#include "heap/old_value.h"

#include "heap/document_reads.h"
#include "heap/name_liveness.h"
#include "heap/value_flow.h"
#include "semantic/call_traits.h"
#include "semantic/none_check.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// A name bound more often than this may be anything.
constexpr size_t kBindingLimit = 32;

/// Whether the name keeps its value from one call of `function` to the next.
bool isPersistent(const Module &module, SymbolId symbol, FunctionId function) {
  ScopeKind kind = module.model().scope(module.model().symbol(symbol).scope).kind;
  return kind == ScopeKind::Instance ||
         (kind == ScopeKind::Module && !module.model().isModuleBody(function));
}

/// Whether some path from the start of the function to `at` binds the name to nothing new.
bool isUntouchedBefore(const Module &module, const Rebinding &rebinding) {
  const SemanticModel &model = module.model();
  const ControlFlowGraph &graph = module.flow(rebinding.function).graph;
  FlowPoint to = graph.pointOf(rebinding.target);
  llvm::SmallVector<FlowPoint, 8> others;
  for (BindingId id : model.symbol(rebinding.symbol).bindings)
    if (model.binding(id).function == rebinding.function)
      if (FlowPoint point = graph.pointOf(model.binding(id).name); point && !(point == to))
        others.push_back(point);
  llvm::BitVector seen(static_cast<unsigned>(graph.blocks().size()));
  llvm::SmallVector<BlockId, 8> work{graph.entry()};
  while (!work.empty()) {
    BlockId id = work.pop_back_val();
    if (seen.test(id))
      continue;
    seen.set(id);
    bool isBound = llvm::any_of(others, [&](FlowPoint point) {
      return point.block == id && (id != to.block || point.index < to.index);
    });
    if (!isBound && id == to.block)
      return true;
    if (isBound)
      continue;
    for (FlowEdge edge : graph.block(id).successors)
      if (edge.kind != EdgeKind::Exception)
        work.push_back(edge.target);
  }
  return false;
}

bool reads(const SemanticModel &model, SyntaxNode expression, SymbolId symbol) {
  for (SyntaxNode node = expression; node && expression.contains(node); node = node.next())
    if ((node.kind() == NodeKind::Identifier || node.kind() == NodeKind::Attribute) &&
        model.symbolOf(node) == symbol)
      return true;
  return false;
}

/// Whether `condition` is only true while the name holds nothing: `x is None and more`.
bool asksForNone(const SemanticModel &model, SyntaxNode condition, SymbolId symbol) {
  while (condition.kind() == NodeKind::BooleanOperator &&
         condition.child(Field::Operator).text() == "and") {
    SyntaxNode asked = askedForNone(condition.child(Field::Right));
    if (asked && model.symbolOf(asked) == symbol)
      return true;
    condition = condition.child(Field::Left);
  }
  SyntaxNode asked = askedForNone(condition);
  return asked && model.symbolOf(asked) == symbol;
}

/// Whether the assignment stands under `if x is None:`, with `x` the name that it binds.
bool isFirstTime(const SemanticModel &model, SyntaxNode assignment, SymbolId symbol) {
  for (SyntaxNode node = assignment; node.parent(); node = node.parent()) {
    if (node.kind() == NodeKind::FunctionDefinition)
      return false;
    SyntaxNode guard = node.parent();
    if (guard.kind() == NodeKind::IfStatement && node.field() == Field::Consequence &&
        asksForNone(model, guard.child(Field::Condition), symbol))
      return true;
  }
  return false;
}

/// Whether `binding` gives up what the name held: `x = None`, `del x`.
bool isDrop(const Binding &binding) {
  return binding.kind == BindingKind::Deletion ||
         (binding.value && binding.value.kind() == NodeKind::NoneLiteral);
}

/// Whether the old value of the name may be reachable in another way.
bool isHeldElsewhere(const SemanticModel &model, Rebinding &rebinding) {
  ValueHolders holders = followSymbol(model, rebinding.symbol);
  if (llvm::any_of(holders.symbols, [&](SymbolId id) { return id != rebinding.symbol; }))
    return true;
  if (!holders.keeper)
    return false;
  rebinding.isShared = model.symbolOf(holders.keeper) == rebinding.symbol;
  rebinding.isPlayed =
      holders.keeper.kind() == NodeKind::Call && lastNameOf(holders.keeper) == "play";
  return !rebinding.isShared && !rebinding.isPlayed;
}

} // namespace

bool isMadeOnce(const SemanticModel &model, SyntaxNode made) {
  SyntaxNode assignment = made.enclosing(NodeKind::Assignment);
  SyntaxNode target = assignment ? assignment.child(Field::Left) : SyntaxNode();
  if (target && (target.kind() == NodeKind::PatternList || target.kind() == NodeKind::TuplePattern))
    target = target.firstChild();
  SymbolId symbol = target ? model.symbolOf(target) : kNoId;
  return symbol != kNoId && isFirstTime(model, assignment, symbol);
}

std::optional<Rebinding> rebindingOf(const Module &module, SyntaxNode made) {
  const SemanticModel &model = module.model();
  made = wholeAround(model, made);
  bool isPart = false;
  while (made.parent().kind() == NodeKind::Subscript && made.field() == Field::Value &&
         !made.parent().child(NodeKind::Slice)) {
    made = made.parent();
    isPart = true;
  }
  SyntaxNode assignment = made.parent();
  if (assignment.kind() != NodeKind::Assignment || !(made.field() == Field::Right) ||
      assignment.parent().kind() == NodeKind::Assignment)
    return std::nullopt;
  SyntaxNode target = assignment.child(Field::Left);
  if (target.kind() == NodeKind::PatternList || target.kind() == NodeKind::TuplePattern)
    target = target.firstChild();
  SymbolId symbol = target ? model.symbolOf(target) : kNoId;
  if (symbol == kNoId || model.symbol(symbol).bindings.size() > kBindingLimit)
    return std::nullopt;
  if (isPart && !isReadAsList(model, symbol, made))
    return std::nullopt;
  Rebinding rebinding{target, assignment, symbol, model.functionOf(assignment)};
  if (reads(model, assignment.child(Field::Right), symbol) ||
      isFirstTime(model, assignment, symbol) || isHeldElsewhere(model, rebinding))
    return std::nullopt;
  return rebinding;
}

const Binding *bindingStillHeld(const Module &module, const Rebinding &rebinding) {
  const SemanticModel &model = module.model();
  bool persists = isPersistent(module, rebinding.symbol, rebinding.function) &&
                  isUntouchedBefore(module, rebinding);
  const Binding *found = nullptr;
  for (BindingId id : model.symbol(rebinding.symbol).bindings) {
    const Binding &binding = model.binding(id);
    bool isOwn = binding.function == rebinding.function;
    if (isDrop(binding)) {
      // Another function that gives the value up may do so before each call.
      if (!isOwn && binding.kind == BindingKind::Deletion)
        return nullptr;
      continue;
    }
    bool isHeld = (isOwn && reaches(module, binding, rebinding.target)) || persists;
    // The latest is the one that passes and calls meet again and again.
    if (isHeld && (found == nullptr || binding.name == rebinding.target))
      found = &binding;
  }
  return found;
}

} // namespace fraglint
