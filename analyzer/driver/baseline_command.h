#pragma once
/// `fraglint baseline`: makes the findings of today known, so that `check` reports new ones alone.

#include "driver/config_options.h"
#include "driver/console.h"
#include "driver/exit_status.h"

#include <string>
#include <vector>

namespace fraglint {

struct BaselineOptions {
  std::vector<std::string> paths; ///< none: the working folder
  ConfigOptions config;
  unsigned jobs = 0; ///< 0: as many as there are processors
};

ExitStatus runBaselineWrite(const BaselineOptions &options, Console &console);

} // namespace fraglint
