#pragma once
/// `fraglint measure`: what a program's statements ask of a real heap.

#include "driver/console.h"
#include "driver/exit_status.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fraglint {

struct MeasureOptions {
  std::string program;
  std::string device;
  std::vector<std::string> standIns; ///< folders of modules
  std::string input;                 ///< file of recorded input; empty for none
  std::string record;                ///< file for the session
  std::string replay;                ///< file of a session, in place of the device
  uint64_t timeoutSeconds = 60;
  bool withoutMap = false;
  std::string format = "text"; ///< or json
};

/// Clean where all was measured; Findings where the program ended by an exception.
ExitStatus runMeasure(const MeasureOptions &options, Console &console);

} // namespace fraglint
