#pragma once
/// What a user names as `--target`.

#include "heap/target.h"

#include "llvm/Support/Error.h"

namespace fraglint {

/// The error names the targets that were probably meant.
llvm::Expected<const Target *> targetNamed(llvm::StringRef name);

} // namespace fraglint
