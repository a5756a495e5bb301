#pragma once
/// `fraglint rule` explains one rule, `fraglint rules` lists all.

#include "driver/console.h"
#include "driver/exit_status.h"

#include <string>

namespace fraglint {

struct RuleOptions {
  std::string rule;            ///< code or name
  std::string format = "text"; ///< or json, markdown
};
ExitStatus runRule(const RuleOptions &options, Console &console);

struct RulesOptions {
  std::string format = "text"; ///< or json, markdown: the table of the README
};
ExitStatus runRules(const RulesOptions &options, Console &console);

} // namespace fraglint
