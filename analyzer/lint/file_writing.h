#pragma once
/// Files that are there whole, or not changed.

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"

namespace fraglint {

/// Writes bytes to a new file beside `path` and gives it that name in one step. `status`: of the
/// file that is replaced, whose permissions and owner stay; null for a new one.
llvm::Error replaceFile(llvm::StringRef path, const llvm::sys::fs::file_status *status,
                        llvm::StringRef bytes);

} // namespace fraglint
