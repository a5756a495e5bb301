#include "heap/owned_target.h"

namespace fraglint {

TargetDescription TargetDescription::of(const Target &target) {
  TargetDescription made;
  made.name = target.name.str();
  made.title = target.title.str();
  made.mcu = target.mcu.str();
  made.profile = *target.profile;
  for (llvm::StringRef module : target.profile->traits.fileModules)
    made.fileModules.push_back(module.str());
  made.heap = *target.heap;
  made.areasAtStart = target.heap->areasAtStart.vec();
  made.heapBytes = target.heapBytes;
  made.provenance = target.provenance;
  made.psramMib = target.psramMib;
  made.displayWidth = target.displayWidth;
  made.displayHeight = target.displayHeight;
  return made;
}

OwnedTarget::OwnedTarget(TargetDescription description) : description_(std::move(description)) {
  for (const std::string &module : description_.fileModules)
    fileModules_.emplace_back(module);
  description_.profile.traits.fileModules = fileModules_;
  description_.profile.name = description_.name;
  description_.heap.areasAtStart = description_.areasAtStart;
  target_ = {description_.name,         description_.title,    description_.mcu,
             &description_.profile,     &description_.heap,    description_.heapBytes,
             description_.provenance,   description_.psramMib, description_.displayWidth,
             description_.displayHeight};
}

} // namespace fraglint
