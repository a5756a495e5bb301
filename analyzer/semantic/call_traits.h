#pragma once
/// What is known of the library function that a call runs.

#include "semantic/known_library.h"
#include "semantic/semantic_model.h"

namespace fraglint {

/// The table's row for a call; null for functions of the module itself and unknown ones.
const LibraryRow *libraryRowOf(const SemanticModel &model, SyntaxNode call);

/// Whether the call of which the table knows it all has `trait`.
bool callHas(const SemanticModel &model, SyntaxNode call, Trait trait);

/// Whether a call ends its path: reset, reload, deep sleep, `sys.exit`.
bool neverReturns(const SemanticModel &model, SyntaxNode call);

/// The last word of what a call names: `ticks_diff` of `time.ticks_diff(a, b)`.
llvm::StringRef lastNameOf(SyntaxNode call);

} // namespace fraglint
