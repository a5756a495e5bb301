#pragma once
/// Which Python modules firmwares hold themselves: one declarative table, in frozen_modules.cpp.

#include "heap/target.h"

namespace fraglint {

/// Whether a firmware of the target may have the module (by its dotted name) frozen into it, so
/// that it comes before one of that name in `lib/`, though not before one that lies with the
/// program: `sys.path` is the program's folder, `.frozen`, `/lib`. Of a target that stands for many
/// boards, what any of them has.
bool mayBeFrozen(const Target &target, llvm::StringRef module);

} // namespace fraglint
