#pragma once
/// The difference between two texts in the form that `patch` and `git apply` take.

#include "llvm/ADT/StringRef.h"

#include <string>

namespace fraglint {

/// Hunks with three lines of context, under `--- PATH` and `+++ PATH`; empty for equal texts.
std::string unifiedDiff(llvm::StringRef path, llvm::StringRef before, llvm::StringRef after);

} // namespace fraglint
