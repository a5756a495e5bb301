#pragma once
/// A target made from what a firmware does and says: the estimates for it are to be what would be
/// measured there.

#include "device/device_source.h"
#include "heap/owned_target.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"

#include <string>

namespace fraglint {

/// What a device answered, by the name of a question or the key of a probe. An answer is missing
/// where the device failed to give one.
using CalibrationAnswers = llvm::StringMap<std::string>;

struct Calibration {
  TargetDescription target;
  std::string firmware; ///< what it says of itself: `micropython 1.28 on linux`
  std::string base; ///< the target that says what could not be measured
  /// Why a key has no value that was measured; nothing for those that have.
  llvm::StringMap<std::string> assumed;
};

/// Runs small programs on fresh devices of the source.
llvm::Expected<CalibrationAnswers> askDevice(DeviceSource &source);

/// `areaBytes`: of the heap's only area, where who started the firmware chose it; 0: not known. The
/// error says which answer is missing that nothing can be assumed for.
llvm::Expected<Calibration> calibrationFrom(const CalibrationAnswers &answers, uint64_t areaBytes);

} // namespace fraglint
