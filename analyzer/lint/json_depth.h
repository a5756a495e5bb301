#pragma once
/// JSON that may be too deep to be read.

#include "llvm/ADT/StringRef.h"

namespace fraglint {

/// llvm::json::parse uses the stack; nothing that we read is a tenth as deep.
inline constexpr unsigned kMostJsonDepth = 512;

/// Whether arrays and objects stand deeper in each other than that, in what may be JSON.
bool isJsonTooDeep(llvm::StringRef text);

} // namespace fraglint
