#pragma once
/// What holds a value once it is made.

#include "heap/garbage_pile.h"
#include "semantic/semantic_model.h"

namespace fraglint {

/// Of the value of an expression.
Hold holdOf(const SemanticModel &model, SyntaxNode value);
/// Of what a site makes: labels hold what they draw, libraries their latest response.
Hold holdOf(const SemanticModel &model, const AllocationSite &site);

/// Fills in the name or attribute whose `append` (or the like) keeps `value`, where it is such a
/// one.
void findContainer(const SemanticModel &model, SyntaxNode value, PileEntry &entry);

} // namespace fraglint
