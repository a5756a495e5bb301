#pragma once
/// When the parts of an expression are evaluated: with it, only perhaps, or at another time.

#include "syntax/syntax_tree.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace fraglint {

/// Whether evaluating the parent of `node` may leave `node` out, or run it later or several
/// times: the right operand of `and`/`or`, the arms of a conditional expression, what stands
/// inside a lambda, a definition or a comprehension.
bool isConditionalOrDeferred(SyntaxNode node);

/// Whether evaluating `element` surely evaluates `node`, which lies in it, exactly once.
bool isSurelyEvaluated(SyntaxNode node, SyntaxNode element);

/// Calls `visit` for each call that evaluating `element` surely makes in its own function.
void forEachCall(SyntaxNode element, llvm::function_ref<void(SyntaxNode)> visit);

} // namespace fraglint
