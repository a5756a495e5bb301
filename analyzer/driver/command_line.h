#pragma once
/// From the words of a command line to the command that runs: the one place that defines
/// commands and options, and the only one that knows the library that parses them.

#include "driver/console.h"
#include "driver/exit_status.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace fraglint {

/// An option as shells complete it and the manual page lists it.
struct OptionDescription {
  std::vector<std::string> names; ///< with dashes
  std::string summary;
  bool takesValue = false;
  std::string valueName;           ///< what `--help` calls its value
  std::vector<std::string> values; ///< known ones; empty: a file name, or free text
  bool takesFiles = false;         ///< besides the known values
};

/// What a command takes besides options.
struct ArgumentDescription {
  std::string name; ///< as in a synopsis: in brackets where it may be left out
  std::string summary;
};

struct CommandDescription {
  std::string name;
  std::string summary;
  std::vector<OptionDescription> options;
  bool takesPaths = false;
  std::vector<std::string> values; ///< what its argument may be, where that is known
  std::vector<ArgumentDescription> arguments;
  std::string closing; ///< what its help ends with: words and examples
};

/// All commands with their options.
std::vector<CommandDescription> describeCommands();

/// Runs the command that `arguments` (without the program's name) ask for. `check` is run where
/// the first one is an option or a path.
ExitStatus runCommandLine(llvm::ArrayRef<std::string> arguments, Console &console);

} // namespace fraglint
