#pragma once
/// The options of a command line that decide what applies to a file.

#include "lint/configuration.h"

#include "llvm/Support/Error.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// As typed.
struct ConfigOptions {
  std::optional<std::vector<std::string>> select;
  std::vector<std::string> extendSelect;
  std::vector<std::string> ignore;
  std::string level;
  std::string target;
  std::optional<std::vector<std::string>> exclude;
  std::vector<std::string> extendExclude;
  bool forceExclude = false;
  bool isolated = false;
  std::vector<std::string> assume; ///< `FILE:LINE=N`
  std::string config; ///< file
  std::string baseline; ///< file; empty: as configured, or the nearest one
  bool withoutBaseline = false;
};

/// Fails with every rule, target or pattern that does not exist, one a line, each with the
/// nearest one that does.
llvm::Expected<std::unique_ptr<Configuration>> makeConfiguration(const ConfigOptions &options);

} // namespace fraglint
