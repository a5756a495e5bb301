#pragma once
/// Finds out which board a program is for from the `boot_out.txt` that the board writes.

#include "heap/target.h"

#include "llvm/ADT/StringRef.h"

namespace fraglint {

/// The board named by a `boot_out.txt` beside the file at `path` or in a folder above it: up to
/// the folder `root`, or three levels where `root` is empty or not above. Null where there is
/// none, or none whose board is known.
const Target *boardTarget(llvm::StringRef path, llvm::StringRef root);

} // namespace fraglint
