#include "evaluator/parse_cost.h"
#include "evaluator/parse_rules.h"
#include "evaluator/text_names.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

bool isSmallConstant(const Constant &value, const FirmwareProfile &profile) {
  llvm::APInt number(64, static_cast<uint64_t>(value.integer), true);
  return number.getSignificantBits() <= profile.smallIntBits();
}

// --- Literals that are objects ---

void constantRuns(const Constant &value, const FirmwareProfile &profile, bool withItems,
                  llvm::function_ref<void(int64_t bytes)> take) {
  using Kind = Constant::Kind;
  int64_t word = profile.wordBytes;
  switch (value.kind) {
  case Kind::Int:
    if (isSmallConstant(value, profile))
      return;
    take(2 * word + 8);
    take(8);
    return;
  case Kind::BigInt:
    take(2 * word + 8);
    take(int64_t{2} * ((value.big.getSignificantBits() + 15) / 16));
    return;
  case Kind::Float:
    if (profile.boxesFloats())
      take(word + (profile.floats == FloatKind::Boxed32 ? 4 : 8));
    return;
  case Kind::Str:
    if (isInternedText(value.text, profile))
      return;
    [[fallthrough]];
  case Kind::Bytes:
    take(4 * word);
    take(static_cast<int64_t>(value.text.size()) + 1);
    return;
  case Kind::Tuple:
    if (value.items.empty())
      return;
    if (withItems)
      for (const Constant &item : value.items)
        constantRuns(item, profile, true, take);
    take(word * (2 + static_cast<int64_t>(value.items.size())));
    return;
  default:
    return;
  }
}

bool isInternedText(llvm::StringRef text, const FirmwareProfile &profile) {
  return text.size() <= 10 || isFirmwareName(profile, text);
}

void ParseWalk::constant(const Constant &value) {
  bool isObject = false;
  constantRuns(value, profile_, /*withItems=*/false, [&](int64_t bytes) { object(bytes); });
  using Kind = Constant::Kind;
  switch (value.kind) {
  case Kind::Int:
    isObject = !isSmallConstant(value, profile_);
    break;
  case Kind::BigInt:
  case Kind::Float:
  case Kind::Str:
  case Kind::Bytes:
  case Kind::Tuple:
    isObject = true;
    break;
  default:
    break;
  }
  if (isObject)
    constantNode();
}

// --- Displays ---

void ParseWalk::slice(SyntaxNode slice, unsigned depth) {
  SyntaxNode parts[3];
  unsigned part = 0;
  for (SyntaxNode child : slice.children()) {
    if (child.kind() == NodeKind::Colon)
      ++part;
    else if (part < 3)
      parts[part] = child;
  }
  if (parts[0])
    expression(parts[0], depth);
  bool hasSecondColon = part > 1;
  if (parts[1])
    expression(parts[1], depth + 2);
  if (hasSecondColon) {
    if (parts[2])
      expression(parts[2], depth + 3);
    else
      push();
    node(1);
    if (parts[1])
      node(2);
  } else if (!parts[1]) {
    push();
  }
  node(1);
  if (parts[0])
    node(2);
}

/// Tuples and lists.
void ParseWalk::sequence(SyntaxNode display, unsigned depth) {
  bool isTuple = display.kind() == NodeKind::Tuple || display.kind() == NodeKind::TuplePattern;
  unsigned count = 0;
  int64_t before = cost_.treeBytes;
  for (SyntaxNode item : display.children()) {
    expression(item, depth + (count == 0 ? kInParentheses : kInList));
    ++count;
  }
  if (count == 0) {
    nothing(depth + kInParentheses);
    return node(1);
  }
  if (isTuple)
    if (std::optional<Constant> value = constants_.fold(display)) {
      fold(count);
      cost_.treeBytes = before; // nodes of its items are given back
      return constant(*value);
    }
  if (count > 1) {
    node(count);
  } else if (isTuple || hasLastComma(display)) {
    nodeBytes(1);
    node(1);
  }
  node(1);
}

void ParseWalk::dictionary(SyntaxNode display, unsigned depth) {
  unsigned count = 0;
  for (SyntaxNode item : display.children()) {
    unsigned within = depth + (count == 0 ? kInBraces : kInBraces + 2);
    if (item.kind() == NodeKind::Pair) {
      expression(item.child(Field::Key), within);
      expression(item.child(Field::Value), within + 1);
      node(2);
    } else {
      expression(item, within);
    }
    ++count;
  }
  if (count == 0) {
    nothing(depth + kInBraces);
    return node(1);
  }
  bool hasComma = hasLastComma(display);
  if (count > 1 || hasComma) {
    if (count > 1)
      list(count - 1, hasComma);
    else
      push();
    node(1);
    node(2);
  }
  node(1);
}

/// Without the brackets around it.
void ParseWalk::comprehension(SyntaxNode comprehension, unsigned depth) {
  SyntaxNode body = comprehension.child(Field::Body);
  unsigned clause = depth;
  if (comprehension.kind() == NodeKind::GeneratorExpression &&
      comprehension.parent().kind() == NodeKind::Call)
    clause = depth + 1;
  if (body.kind() == NodeKind::Pair) {
    expression(body.child(Field::Key), depth);
    expression(body.child(Field::Value), depth + 1);
    node(2);
  } else {
    expression(body, depth);
  }
  clauses(body.nextSibling(), clause);
  node(2);
}

void ParseWalk::clauses(SyntaxNode clause, unsigned depth) {
  ParsedNodes all;
  for (; clause; clause = clause.nextSibling()) {
    if (!all.empty())
      depth += clause.kind() == NodeKind::ForInClause ? 2 : 1;
    all.push_back(clause);
    if (clause.kind() == NodeKind::ForInClause) {
      expressions(clause.child(Field::Left), depth - 2);
      expressions(clause.child(Field::Right), depth);
    } else {
      expression(clause.firstChild(), depth);
    }
  }
  push(); // nothing follows the last
  for (SyntaxNode one : llvm::reverse(all)) {
    if (one.kind() == NodeKind::ForInClause) {
      push();
      node(4);
    } else {
      node(2);
    }
  }
}

} // namespace fraglint
