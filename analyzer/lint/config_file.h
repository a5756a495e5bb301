#pragma once
/// One configuration file as written, with what it extends: `fraglint.toml`, or the table
/// `[tool.fraglint]` of a `pyproject.toml`.

#include "lint/budget.h"
#include "lint/diagnostic.h"
#include "lint/path_pattern.h"
#include "lint/rule.h"
#include "lint/stated_target.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fraglint {

/// A pattern and the folder (absolute) that its slashes count from. Copies share the pattern.
class ScopedPattern {
public:
  static llvm::Expected<ScopedPattern> parse(llvm::StringRef text, std::string folder);

  /// Whether it means exactly the entry with this absolute path.
  bool matches(llvm::StringRef path, bool isFolder) const;
  /// Whether it means this file or a folder that the file is in.
  bool matchesInside(llvm::StringRef path) const;

private:
  llvm::StringRef seenFromFolder(llvm::StringRef path) const;

  std::string folder_;
  std::shared_ptr<const PathPattern> pattern_;
};

/// One key that was set, for people who ask where a setting comes from.
struct ConfigStatement {
  std::string key;   ///< `severity.FRG103` for entries of tables
  std::string value; ///< in TOML's spelling
  std::string place; ///< `fraglint.toml:3`
};

/// Values as stated; empty or absent where nothing is said.
struct ConfigFile {
  using Selectors = std::vector<std::string>; ///< codes, prefixes, names; all known to exist

  std::string path;
  std::string folder; ///< absolute
  TargetPointer target;
  std::optional<Selectors> select;
  Selectors ignore;
  Selectors extendSelect;
  std::optional<Severity> level;
  std::optional<std::string> baseline; ///< absolute
  std::optional<std::vector<ScopedPattern>> exclude;
  std::vector<ScopedPattern> extendExclude;
  std::optional<bool> forceExclude;
  std::vector<std::pair<ScopedPattern, Selectors>> perFileIgnores;
  /// In the order stated, so that later ones win; no severity means "off".
  std::vector<std::pair<const Rule *, std::optional<Severity>>> severities;
  std::optional<bool> requireReason;
  std::optional<bool> assumeFirmware;
  std::vector<ScopedPattern> firmware; ///< files that are firmware whatever they import
  Budget budget; ///< of all files
  std::vector<std::pair<ScopedPattern, Budget>> pathBudgets;
  std::vector<FunctionBudget> functionBudgets;
  std::vector<ConfigStatement> statements;

  /// Reads the file and those it extends. Nothing where the file is a `pyproject.toml` without
  /// a table of ours. Fails with all of its mistakes, one `path:line:column: …` a line.
  static llvm::Expected<std::optional<ConfigFile>> read(const std::string &path);
};

/// Names of all keys that a configuration file may set.
llvm::ArrayRef<llvm::StringRef> configKeys();

} // namespace fraglint
