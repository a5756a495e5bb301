#pragma once
/// page.css, which the build puts into the tool.

#include "llvm/ADT/StringRef.h"

namespace fraglint {

extern const llvm::StringRef kPageStyle;

} // namespace fraglint
