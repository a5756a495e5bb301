#pragma once
/// Which lines of a text became which of another.

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstddef>
#include <vector>

namespace fraglint {

/// `removed` lines of the old text from `begin` became `added` lines of the new from `newBegin`.
struct LineChange {
  size_t begin;
  size_t removed;
  size_t newBegin;
  size_t added;
};

/// The fewest changes, in order; one of everything where the texts have too little in common.
std::vector<LineChange> changedLines(llvm::ArrayRef<llvm::StringRef> before,
                                     llvm::ArrayRef<llvm::StringRef> after);

} // namespace fraglint
