#pragma once
/// The `required-version` of a configuration: which versions of this tool it is written for.

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace fraglint {

/// Whether `version` satisfies every part of `wanted`, as in Python packaging: `>=0.2`,
/// `==0.1.0`, `==0.1.*`, `~=0.1.2`, `>=0.1,<1`; a plain `0.1.0` is `==0.1.0`. Fails where `wanted`
/// cannot be read.
llvm::Expected<bool> versionSatisfies(llvm::StringRef version, llvm::StringRef wanted);

} // namespace fraglint
