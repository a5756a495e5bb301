#pragma once
/// `fraglint devices`: what programs can be measured on, and whether it is there or connected.

#include "driver/console.h"
#include "driver/exit_status.h"

#include <string>

namespace fraglint {

struct DevicesOptions {
  std::string format = "text";       ///< or json
  std::string systemFolder = "/sys"; ///< where the kernel lists what is connected
};
ExitStatus runDevices(const DevicesOptions &options, Console &console);

} // namespace fraglint
