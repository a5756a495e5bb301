#pragma once
/// What a terminal does to the bytes that pass through it.

#include "llvm/Support/Error.h"

namespace fraglint {

/// Every byte passes as it is, in both directions.
llvm::Error makeRaw(int terminal);

} // namespace fraglint
