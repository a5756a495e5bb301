#include "semantic/none_check.h"

namespace fraglint {

SyntaxNode askedForNone(SyntaxNode condition) {
  if (condition.kind() == NodeKind::NotOperator) {
    SyntaxNode first = condition.firstChild();
    return first.kind() == NodeKind::Operator ? first.nextSibling() : first;
  }
  if (condition.kind() != NodeKind::ComparisonOperator)
    return {};
  bool asksNone = condition.text().ends_with(" is None") || condition.text().ends_with("== None");
  return asksNone ? condition.firstChild() : SyntaxNode();
}

} // namespace fraglint
