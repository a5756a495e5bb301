#pragma once
/// The built tool as a process of its own, the way people and programs run it.

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace fraglint {

struct ToolRun {
  int status = -1; ///< exit status; negative where a signal ended it
  std::string out;
  std::string err;
};

struct ToolInput {
  std::string folder = "/"; ///< where it runs
  std::string standardInput;
  /// Besides PATH, and a HOME without any configuration.
  std::vector<std::string> environment;
};

ToolRun runTool(const std::vector<std::string> &arguments, const ToolInput &input = {});

/// Runs a line of /bin/sh in which `$fraglint` is the tool.
ToolRun runShell(const std::string &line, const ToolInput &input = {});

} // namespace fraglint
