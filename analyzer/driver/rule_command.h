#pragma once
/// `fraglint rule`: explains one rule.

#include "driver/console.h"
#include "driver/exit_status.h"

#include <string>

namespace fraglint {

struct RuleOptions {
  std::string rule;            ///< code or name
  std::string format = "text"; ///< or json, markdown
};
ExitStatus runRule(const RuleOptions &options, Console &console);

} // namespace fraglint
