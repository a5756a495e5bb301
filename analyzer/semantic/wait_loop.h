#pragma once
/// Which loops only wait.

#include "semantic/semantic_model.h"

namespace fraglint {

/// Whether the body of a `while` only passes, sleeps, collects or polls: nothing happens in it
/// but looking whether something has happened elsewhere. Noting what was seen in plain names,
/// and leaving on it, is polling; printing dots is too, in a loop that ends some time. A
/// function of the module that only does such things itself may be called.
bool onlyWaits(const SemanticModel &model, SyntaxNode whileStatement);

} // namespace fraglint
