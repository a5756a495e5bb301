#pragma once
/// `fraglint rules`: lists all rules.

#include "driver/console.h"
#include "driver/exit_status.h"

#include <string>

namespace fraglint {

struct RulesOptions {
  std::string format = "text"; ///< or json, markdown: the table of the README
};
ExitStatus runRules(const RulesOptions &options, Console &console);

} // namespace fraglint
