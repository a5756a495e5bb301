#pragma once
/// Whether what a `for` goes through surely has items.

#include "semantic/semantic_model.h"

namespace fraglint {

/// Whether a `for` statement or comprehension clause surely makes a pass: its count is known to
/// be one or more, or it goes through a named container that the program itself filled (a
/// display with items, a list built at start-up), also by way of `enumerate`, `range(len(…))`,
/// `.items()` and the like. Never so for what a call gives.
bool surelyHasPass(const SemanticModel &model, SyntaxNode forStatementOrClause);

} // namespace fraglint
