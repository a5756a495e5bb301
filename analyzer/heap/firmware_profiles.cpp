#include "heap/firmware_profile_table.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

llvm::ArrayRef<FirmwareProfile> firmwareProfiles() { return kFirmwareProfiles; }

const FirmwareProfile *findProfile(llvm::StringRef name) {
  const auto *found = llvm::find_if(kFirmwareProfiles,
                                    [&](const FirmwareProfile &one) { return one.name == name; });
  return found == std::end(kFirmwareProfiles) ? nullptr : found;
}

} // namespace fraglint
