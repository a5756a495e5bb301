#pragma once
/// From the TOML text of one configuration file to its values, or to all of its mistakes.

#include "lint/config_file.h"
#include "lint/toml_text.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// Fills a ConfigFile whose path and folder are set.
class ConfigReader {
public:
  explicit ConfigReader(ConfigFile &config) : config_(config) {}

  /// False where `text` is that of a `pyproject.toml` without a table of ours: no mistake is ours
  /// then.
  bool read(llvm::StringRef text);
  /// All mistakes found, one a line, by place; success where there are none.
  llvm::Error takeError();
  /// A file that `extend` names.
  struct Extended {
    std::string file;
    std::string place; ///< of the name: `fraglint.toml:3:10`
  };
  const std::optional<Extended> &extended() const { return extended_; }

private:
  friend struct ConfigKeys; ///< in config_reader.cpp, where the TOML library is known

  ConfigFile &config_;
  std::optional<Extended> extended_;
  std::vector<TomlMistake> mistakes_;
};

} // namespace fraglint
