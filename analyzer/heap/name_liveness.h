#pragma once
/// Whether a name's value is still read later: reaching definitions and liveness of one name.

#include "semantic/module.h"

namespace fraglint {

/// Whether a later pass of `loop` may read what `symbol` was bound to by an earlier one: some
/// path from the start of a pass meets a read of it before any new binding.
bool isReadAcrossPasses(const Module &module, FunctionId function, LoopId loop, SymbolId symbol);

/// Whether what `symbol` is bound to may still be read when `at` fails: some path from a handler
/// around it meets a read before any new binding. False where nothing handles the failure.
bool isReadAfterFailure(const Module &module, FunctionId function, SyntaxNode at, SymbolId symbol);

/// Whether what `binding` binds may still be bound to its name when `at` runs, both in the same
/// function: some path between them meets no other binding of the name.
bool reaches(const Module &module, const Binding &binding, SyntaxNode at);

} // namespace fraglint
