#pragma once
/// `fraglint calibrate`: the target of a firmware, from what it does.

#include "driver/console.h"
#include "driver/device_options.h"
#include "driver/exit_status.h"

#include <string>

namespace fraglint {

struct CalibrateOptions {
  DeviceOptions device;
  std::string output; ///< file for the target
};

/// The file is there whole, or as it was.
ExitStatus runCalibrate(const CalibrateOptions &options, Console &console);

} // namespace fraglint
