#include "semantic/evaluation.h"

namespace fraglint {

bool isConditionalOrDeferred(SyntaxNode node) {
  SyntaxNode parent = node.parent();
  switch (parent.kind()) {
  case NodeKind::BooleanOperator:
    return node.field() == Field::Right;
  case NodeKind::ConditionalExpression:
    return !(node == parent.firstChild().nextSibling()); // value if CONDITION else value
  case NodeKind::Lambda:
  case NodeKind::FunctionDefinition:
    return node.field() == Field::Body;
  case NodeKind::ListComprehension:
  case NodeKind::SetComprehension:
  case NodeKind::DictionaryComprehension:
  case NodeKind::GeneratorExpression:
    return true;
  default:
    return false;
  }
}

bool isSurelyEvaluated(SyntaxNode node, SyntaxNode element) {
  for (SyntaxNode up = node; up && !(up == element); up = up.parent())
    if (isConditionalOrDeferred(up))
      return false;
  return true;
}

void forEachCall(SyntaxNode element, llvm::function_ref<void(SyntaxNode)> visit) {
  if (element.kind() == NodeKind::FunctionDefinition)
    return;
  for (SyntaxNode node = element; node && element.contains(node);) {
    if (!(node == element) && isConditionalOrDeferred(node)) {
      node = node.firstAfter();
      continue;
    }
    if (node.kind() == NodeKind::Call)
      visit(node);
    node = node.next();
  }
}

} // namespace fraglint
