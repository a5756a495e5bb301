#pragma once
/// The expressions whose values a name may hold.

#include "semantic/semantic_model.h"

#include "llvm/ADT/SmallVector.h"

namespace fraglint {

/// A name bound more often than this may be anything.
constexpr size_t kBindingLimit = 64;

/// The expression that gives `binding` its value, also where it unpacks a call's result; null for
/// other bindings without one.
SyntaxNode boundValue(const Binding &binding);

/// What a name of a function's own is bound to; any other expression is its own value.
llvm::SmallVector<SyntaxNode, 4> valuesOf(const SemanticModel &model, SyntaxNode expression);

/// What `binding` may bind: of a tuple that it unpacks, or that a function of the module returns
/// to it, the item in its place.
llvm::SmallVector<SyntaxNode, 4> unpackedValues(const SemanticModel &model, const Binding &binding);

} // namespace fraglint
