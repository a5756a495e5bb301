#pragma once
/// The two spellings of a path: for reckoning and for people.

#include "llvm/ADT/StringRef.h"

#include <string>

namespace fraglint {

/// `path` from the root of the file system, without `.` and `..`.
std::string absolutePath(llvm::StringRef path);

/// `path` as reports show it: from the working folder where it lies below it, else absolute;
/// with `/` between names.
std::string displayPath(llvm::StringRef path);

/// `path` below the folder `base`, both absolute; empty where it is not below.
llvm::StringRef pathBelow(llvm::StringRef base, llvm::StringRef path);

} // namespace fraglint
