#pragma once
/// Waiting for a file descriptor.

#include "device/deadline.h"

#include "llvm/Support/Error.h"

#include <cstdint>

namespace fraglint {

enum class Readiness : uint8_t { Read, Write };

/// Whether reading or writing would not block, or would fail at once; false where the deadline
/// passed first. A deadline that is over still looks once. The error may be Interrupted.
llvm::Expected<bool> waitFor(int descriptor, Readiness readiness, Deadline deadline);

} // namespace fraglint
