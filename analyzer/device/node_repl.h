#pragma once
/// node_repl.mjs, which the build puts into the tool.

#include "llvm/ADT/StringRef.h"

namespace fraglint {

extern const llvm::StringRef kNodeRepl;

} // namespace fraglint
