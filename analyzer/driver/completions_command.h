#pragma once
/// `fraglint completions`: scripts that teach shells the commands and options.

#include "driver/console.h"
#include "driver/exit_status.h"

#include <string>

namespace fraglint {

struct CompletionsOptions {
  std::string shell; ///< bash, zsh or fish
};
ExitStatus runCompletions(const CompletionsOptions &options, Console &console);

} // namespace fraglint
