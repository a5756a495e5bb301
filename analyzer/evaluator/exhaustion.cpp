#include "evaluator/exhaustion.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Whether an exception of the firmware is none that a MemoryError is one of.
bool isOtherException(llvm::StringRef name) {
  return name.ends_with("Error")
             ? name != "MemoryError"
             : llvm::is_contained({"KeyboardInterrupt", "StopIteration", "StopAsyncIteration",
                                   "SystemExit", "GeneratorExit"},
                                  name);
}

/// `except:`, `except MemoryError as error:`, `except (OSError, MemoryError):`, and what is not
/// known by its name.
bool mayCatch(SyntaxNode clause) {
  SyntaxNode caught = clause.firstChild();
  if (caught.kind() == NodeKind::AsPattern)
    caught = caught.firstChild();
  switch (caught.kind()) {
  case NodeKind::Identifier:
    return !isOtherException(caught.text());
  case NodeKind::Tuple:
    return llvm::any_of(caught.children(), [](SyntaxNode one) {
      return one.kind() != NodeKind::Identifier || !isOtherException(one.text());
    });
  default:
    return true;
  }
}

/// Within the function around `node`, or in it as a whole.
bool mayBeCaughtAround(SyntaxNode node) {
  for (SyntaxNode up = node.parent(); up; up = up.parent()) {
    if (up.kind() == NodeKind::Lambda)
      return false;
    if (up.kind() == NodeKind::FunctionDefinition)
      return up.text().starts_with("async");
    if (up.kind() != NodeKind::TryStatement || !up.child(Field::Body).contains(node))
      continue;
    for (SyntaxNode clause : up.children())
      if (clause.kind() == NodeKind::ExceptClause && mayCatch(clause))
        return true;
  }
  return false;
}

} // namespace

bool mayCatchExhaustion(const RequestLog &log, SyntaxNode site, uint32_t callPath) {
  if (site && mayBeCaughtAround(site))
    return true;
  for (; callPath != 0; callPath = log.calls[callPath].outer)
    if (SyntaxNode call = log.calls[callPath].call; call && mayBeCaughtAround(call))
      return true;
  return false;
}

} // namespace fraglint
