#pragma once
/// Writes `gc.collect()` into a program so that it runs right after a statement.

#include "semantic/semantic_model.h"
#include "text/edit.h"

#include "llvm/ADT/SmallVector.h"

#include <cstdint>

namespace fraglint {

enum class InsertionSide : uint8_t { Before, After };

/// Edits that put a call of `gc.collect()` before or after `statement`, on a line of its own where
/// the statement has one, spelled by the name under which the module is bound there (`import gc as
/// g` gives `g.collect()`), and that add `import gc` at the top where nothing binds it. Empty
/// where that cannot be done safely: `gc` means something else there, the statement is compound
/// or, where it is to come after, leaves its block. `first` is a simple statement to put before a
/// collect that comes before.
llvm::SmallVector<Edit, 2> collectInsertion(const SemanticModel &model, SyntaxNode statement,
                                            InsertionSide side = InsertionSide::After,
                                            llvm::StringRef first = {});

} // namespace fraglint
