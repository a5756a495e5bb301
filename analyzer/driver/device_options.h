#pragma once
/// Which device a command is about.

#include "device/device_source.h"

#include <string>

namespace fraglint {

struct DeviceOptions {
  std::string device;
  std::string record; ///< file for the session
  std::string replay; ///< file of a session, in place of the device
};

/// The error is a mistake of the command line.
llvm::Expected<DeviceSource> openSource(const DeviceOptions &options);

} // namespace fraglint
