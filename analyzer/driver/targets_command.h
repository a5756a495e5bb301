#pragma once
/// `fraglint targets`: the boards that are known, their heaps, and where the figures come from.

#include "driver/console.h"
#include "driver/exit_status.h"

#include <string>

namespace fraglint {

struct TargetsOptions {
  std::string format = "text"; ///< or json
};
ExitStatus runTargets(const TargetsOptions &options, Console &console);

} // namespace fraglint
