#pragma once
/// Which target's model a device is held against.

#include "device/device_address.h"
#include "heap/target.h"

#include "llvm/ADT/StringRef.h"

namespace fraglint {

/// Of the engine, or of the board whose firmware says `firmware` of itself (ProbeFacts); null if
/// not recognised.
const Target *targetOfDevice(const DeviceAddress &device, llvm::StringRef firmware);

} // namespace fraglint
