#pragma once
/// `fraglint devices`: what programs can be measured on, and whether it is there.

#include "driver/console.h"
#include "driver/exit_status.h"

#include <string>

namespace fraglint {

struct DevicesOptions {
  std::string format = "text"; ///< or json
};
ExitStatus runDevices(const DevicesOptions &options, Console &console);

} // namespace fraglint
