#pragma once
/// `fraglint measure`: what a program's statements ask of a real heap.

#include "driver/program_runs.h"

namespace fraglint {

struct MeasureOptions {
  DeviceRunOptions run;
  std::string format = "text"; ///< or json
};

/// Clean where all was measured; Findings where the program ended by an exception.
ExitStatus runMeasure(const MeasureOptions &options, Console &console);

} // namespace fraglint
