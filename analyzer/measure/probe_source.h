#pragma once
/// heap_probe.py, which the build puts into the tool.

#include "llvm/ADT/StringRef.h"

namespace fraglint {

extern const llvm::StringRef kProbeSource;

} // namespace fraglint
