#pragma once
/// `fraglint verify`: the model's estimates of a program, held against what it asks of a real heap.

#include "driver/program_runs.h"

namespace fraglint {

struct VerifyOptions {
  DeviceRunOptions run;
  std::string target; ///< whose estimates; empty: the device's own
  std::string format = "text"; ///< or json, html
};

/// Findings where an estimate is contradicted.
ExitStatus runVerify(const VerifyOptions &options, Console &console);

} // namespace fraglint
