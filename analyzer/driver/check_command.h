#pragma once
/// `fraglint check`: analyses files, reports, fixes.

#include "driver/config_options.h"
#include "driver/console.h"
#include "driver/exit_status.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// One report; empty members stand for "as usual" and standard output.
struct ReportRequest {
  std::string format;
  std::string file;
};

struct CheckOptions {
  std::vector<std::string> paths; ///< none: the working folder; `-`: standard input
  ConfigOptions config;
  bool fix = false;
  bool unsafeFixes = false;
  bool diff = false;
  std::string since; ///< git revision: what its merge base had is not reported; empty: none
  std::string ignoreReason; ///< silence what is left, for this reason; empty: do not
  bool showFiles = false;
  bool showSettings = false;
  bool explainTarget = false;
  bool statistics = false;
  bool exitZero = false;
  bool quiet = false;
  uint64_t maxWarnings = 0;
  unsigned jobs = 0; ///< 0: as many as there are processors
  std::string stdinFilename;
  ColourMode colour = ColourMode::Auto;
  std::vector<ReportRequest> reports;
};

ExitStatus runCheck(const CheckOptions &options, Console &console);

} // namespace fraglint
