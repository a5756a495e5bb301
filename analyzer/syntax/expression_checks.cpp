#include "syntax/checks.h"

#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

/// Where `*x` unpacks into something.
bool takesSplat(SyntaxNode parent) {
  switch (parent.kind()) {
  case NodeKind::ArgumentList:
  case NodeKind::ExpressionList:
  case NodeKind::List:
  case NodeKind::Set:
  case NodeKind::Tuple:
  case NodeKind::PatternList:
  case NodeKind::ListPattern:
  case NodeKind::TuplePattern:
  case NodeKind::Subscript:
  case NodeKind::DeleteStatement: // which has its own words
    return true;
  default:
    return false;
  }
}

/// `*args: *Ts` and `Generic[*Ts]`.
bool takesTypeSplat(SyntaxNode type) {
  SyntaxNode owner = type.parent();
  return owner.kind() == NodeKind::TypeParameter ||
         (owner.kind() == NodeKind::TypedParameter &&
          owner.firstChild().kind() == NodeKind::ListSplatPattern);
}

/// Outside of calls `*` takes operators like `|` at most.
bool bindsLooserThanBitwiseOr(SyntaxNode node) {
  switch (node.kind()) {
  case NodeKind::BooleanOperator:
  case NodeKind::ComparisonOperator:
  case NodeKind::ConditionalExpression:
  case NodeKind::Lambda:
  case NodeKind::NotOperator:
    return true;
  default:
    return false;
  }
}

void checkSplat(SyntaxNode node, Faults &faults) {
  SyntaxNode parent = node.parent();
  bool isAllowed = parent.kind() == NodeKind::Type ? takesTypeSplat(parent) : takesSplat(parent);
  if (isAllowed && parent.kind() != NodeKind::ArgumentList &&
      bindsLooserThanBitwiseOr(node.firstChild()))
    return faults.add(node, "put brackets around what this `*` unpacks");
  if (parent.kind() == NodeKind::Tuple && parent.firstChild() == node && !node.nextSibling())
    isAllowed = parent.text().take_back(parent.range().end - node.range().end).contains(',');
  if (!isAllowed && parent.kind() != NodeKind::Error)
    faults.add(node, "`*` cannot stand here: it needs a list, a tuple or a call around it");
}

/// Where `name := value` needs no brackets of its own.
bool takesNamedExpression(SyntaxNode parent, Field field) {
  switch (parent.kind()) {
  case NodeKind::ArgumentList:
  case NodeKind::Decorator:
  case NodeKind::ElifClause:
  case NodeKind::IfStatement:
  case NodeKind::List:
  case NodeKind::MatchStatement:
  case NodeKind::ParenthesizedExpression:
  case NodeKind::Set:
  case NodeKind::Tuple:
  case NodeKind::WhileStatement:
  case NodeKind::Error:
    return true;
  case NodeKind::IfClause: // in `case … if`, not in a comprehension
    return parent.field() == Field::Guard;
  case NodeKind::Subscript:
    return field == Field::Subscript;
  case NodeKind::GeneratorExpression:
  case NodeKind::ListComprehension:
  case NodeKind::SetComprehension:
    return field == Field::Body;
  default:
    return false;
  }
}

bool takesYield(NodeKind parent) {
  switch (parent) {
  case NodeKind::Assignment:
  case NodeKind::AugmentedAssignment:
  case NodeKind::Error:
  case NodeKind::ExpressionStatement:
  case NodeKind::FormatExpression:
  case NodeKind::Interpolation:
  case NodeKind::ParenthesizedExpression:
    return true;
  default:
    return false;
  }
}

/// `as` is no operator: it belongs to `with`, `except` and `case` (imports are other nodes).
bool takesAs(SyntaxNode node) {
  SyntaxNode parent = node.parent();
  switch (parent.kind()) {
  case NodeKind::WithItem:
  case NodeKind::ExceptClause:
  case NodeKind::CasePattern:
  case NodeKind::Error:
    return true;
  case NodeKind::ParenthesizedExpression: // `with (open(name) as file):`
    return parent.parent().kind() == NodeKind::WithItem &&
           parent.parent().parent().firstChild() == parent.parent() &&
           !parent.parent().nextSibling();
  default:
    return false;
  }
}

/// tree-sitter takes `(,)`, with a comma and nothing else, in two places.
void checkLoneComma(SyntaxNode node, Faults &faults) {
  if (node.firstChild() || node.range().length() <= 2)
    return;
  llvm::StringRef inside = node.text().drop_front().drop_back();
  if (inside.trim().starts_with(","))
    faults.add(node, "a comma needs something before it");
}

void checkForInClause(SyntaxNode node, Faults &faults) {
  SyntaxNode iterated = node.child(Field::Right);
  if (iterated && node.range().end != iterated.range().end)
    faults.add(node, {iterated.range().end, node.range().end},
               "a comma cannot stand here: put brackets around what is looped over, or around "
               "the whole expression before it");
}

bool isBytes(SyntaxNode string) {
  return string.firstChild().text().find_first_of("bB") != llvm::StringRef::npos;
}

void checkConcatenation(SyntaxNode node, Faults &faults) {
  SyntaxNode first = node.firstChild();
  for (SyntaxNode part = first; part; part = part.nextSibling())
    if (isBytes(part) != isBytes(first))
      return faults.add(part, "strings and bytes cannot be joined");
}

void checkConversion(SyntaxNode node, Faults &faults) {
  llvm::StringRef text = node.text();
  if (text != "!r" && text != "!s" && text != "!a")
    faults.add(node, "a conversion in a string is `!r`, `!s` or `!a`");
}

void checkIdentifier(SyntaxNode node, Faults &faults) {
  if (node.range().length() != 5)
    return;
  llvm::StringRef text = node.text();
  if (text == "async" || text == "await")
    faults.add(node, "`" + text + "` is a keyword and cannot be a name");
}

} // namespace

void checkExpression(SyntaxNode node, Faults &faults) {
  SyntaxNode parent = node.parent();
  switch (node.kind()) {
  case NodeKind::Identifier:
    return checkIdentifier(node, faults);
  case NodeKind::ListSplat:
    return checkSplat(node, faults);
  case NodeKind::SplatType:
    if (!takesTypeSplat(parent))
      faults.add(node, "`*` cannot stand in this type annotation");
    return;
  case NodeKind::ConstrainedType:
    if (parent.parent().kind() != NodeKind::TypeParameter)
      faults.add(node, "a type annotation cannot hold a colon");
    return;
  case NodeKind::NamedExpression:
    if (!takesNamedExpression(parent, node.field()))
      faults.add(node, "put brackets around this `:=`, or write `=`");
    return;
  case NodeKind::Yield:
    if (!takesYield(parent.kind()))
      faults.add(node, "put brackets around this `yield`");
    return;
  case NodeKind::AsPattern:
    if (!takesAs(node))
      faults.add(node, "`as` cannot stand here");
    return;
  case NodeKind::ArgumentList:
  case NodeKind::Dictionary:
    return checkLoneComma(node, faults);
  case NodeKind::ForInClause:
    return checkForInClause(node, faults);
  case NodeKind::ConcatenatedString:
    return checkConcatenation(node, faults);
  case NodeKind::TypeConversion:
    return checkConversion(node, faults);
  default:
    return;
  }
}

} // namespace fraglint
