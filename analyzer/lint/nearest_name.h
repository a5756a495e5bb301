#pragma once
/// Spelling help: which of the valid names somebody probably meant.

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace fraglint {

/// The candidate nearest to `word`, in any case; empty where none is so near that it is worth
/// naming. The first of several equally near ones.
llvm::StringRef nearestName(llvm::StringRef word, llvm::ArrayRef<llvm::StringRef> candidates);

/// `; did you mean `NAME`?`, or nothing where `name` is empty: the end of an error message.
std::string didYouMean(llvm::StringRef name);
/// The same for several.
std::string didYouMean(llvm::ArrayRef<llvm::StringRef> names);

} // namespace fraglint
