#pragma once
/// Targets that are no constant data: made from a description, which a user's file holds.

#include "heap/target.h"

#include <string>
#include <vector>

namespace fraglint {

/// All of a target, as values. The references in `profile` and `heap` that have a member beside
/// them here do not count.
struct TargetDescription {
  std::string name;
  std::string title;
  std::string mcu;
  FirmwareProfile profile;
  std::vector<std::string> fileModules; ///< FirmwareTraits::fileModules
  FirmwareHeap heap;
  std::vector<int64_t> areasAtStart; ///< FirmwareHeap::areasAtStart
  Interval heapBytes = Interval::exactly(0);
  Provenance provenance = Provenance::Estimated;
  uint8_t psramMib = 0;
  uint16_t displayWidth = 0;
  uint16_t displayHeight = 0;

  static TargetDescription of(const Target &target);
};

/// A target and what it points to. Stays where it is.
class OwnedTarget {
public:
  explicit OwnedTarget(TargetDescription description);
  OwnedTarget(const OwnedTarget &) = delete;
  OwnedTarget &operator=(const OwnedTarget &) = delete;

  const Target &target() const { return target_; }

private:
  TargetDescription description_;
  std::vector<llvm::StringRef> fileModules_;
  Target target_;
};

} // namespace fraglint
