#pragma once
/// The names that the firmware has interned before any program runs (its qstrs).

#include "heap/firmware_profile.h"

#include "llvm/ADT/StringRef.h"

namespace fraglint {

bool isFirmwareName(const FirmwareProfile &profile, llvm::StringRef text);

} // namespace fraglint
