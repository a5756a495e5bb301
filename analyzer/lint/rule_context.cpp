#include "lint/rule_context.h"

#include "lint/collect_insertion.h"

namespace fraglint {

Diagnostic &RuleContext::report(TextRange range, std::string message) {
  Diagnostic &diagnostic = sink_.emplace_back();
  diagnostic.rule = rule_;
  diagnostic.severity = rule_->severity;
  diagnostic.location = {file_, range};
  diagnostic.message = std::move(message);
  return diagnostic;
}

llvm::SmallVector<Edit, 2> RuleContext::collectAfter(SyntaxNode statement) const {
  return collectInsertion(module().model(), statement);
}

} // namespace fraglint
