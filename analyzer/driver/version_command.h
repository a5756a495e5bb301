#pragma once
/// `fraglint version`.

#include "driver/console.h"
#include "driver/exit_status.h"

#include <string>

namespace fraglint {

struct VersionOptions {
  std::string format = "text"; ///< or json
};
ExitStatus runVersion(const VersionOptions &options, Console &console);

} // namespace fraglint
