#pragma once
/// `fraglint config`: what applies to a file, and which file said so.

#include "driver/config_options.h"
#include "driver/console.h"
#include "driver/exit_status.h"

#include <string>

namespace fraglint {

struct ConfigCommandOptions {
  std::string path = ".";
  ConfigOptions config;
  std::string format = "text"; ///< or json
};

ExitStatus runConfig(const ConfigCommandOptions &options, Console &console);

/// The same for a configuration that is made already.
ExitStatus writeConfig(Configuration &configuration, llvm::StringRef path, bool asJson,
                       Console &console);

} // namespace fraglint
