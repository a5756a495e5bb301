#pragma once
/// What applies where: configuration files found on disk, under what the command line says.
///
/// For a file, the nearest `fraglint.toml` (or `pyproject.toml` with a table [tool.fraglint])
/// in its folder or above counts, else the user's own in the configuration folder of their
/// account; never two of them, but for what a file names by `extend`.

#include "lint/config_file.h"
#include "lint/settings.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// What the command line says; it wins over every file. Empty members say nothing.
struct ConfigOverrides {
  TargetPointer target;
  /// Starts anew: the files' `select`, `extend-select`, `ignore` and "off" count no more.
  std::optional<ConfigFile::Selectors> select;
  ConfigFile::Selectors extendSelect;
  ConfigFile::Selectors ignore;
  std::optional<Severity> level;
  std::optional<std::string> baseline; ///< as in Settings
  std::optional<std::vector<ScopedPattern>> exclude;
  std::vector<ScopedPattern> extendExclude;
  bool forceExclude = false;
  std::vector<Assumption> assumptions;
};

/// Where configuration files come from.
struct ConfigSource {
  bool isolated = false; ///< none are read
  std::string file;      ///< this one for all, where not empty
};

/// What applies in one folder. Immutable; safe to ask from any thread.
class FolderConfig {
public:
  FolderConfig(std::shared_ptr<const ConfigFile> file, const ConfigOverrides &overrides);

  /// Settings of the file with this absolute path.
  Settings settingsFor(llvm::StringRef path) const;
  /// Whether exactly this entry (absolute path) is left out of a walk.
  bool excludes(llvm::StringRef path, bool isFolder) const;
  /// Whether a file, or a folder that it is in, is left out.
  bool excludesInside(llvm::StringRef path) const;
  /// Whether that counts for files that are named one by one, too.
  bool forcesExclude() const { return forceExclude_; }
  /// The severity from which findings are shown.
  Severity level() const { return base_.level; }
  /// The file behind this; null where there is none.
  const ConfigFile *file() const { return file_.get(); }

private:
  std::shared_ptr<const ConfigFile> file_;
  Settings base_;
  std::vector<ScopedPattern> excluded_;
  bool usualExcluded_ = true; ///< nobody said what to exclude: the usual folders
  bool forceExclude_ = false;
};

/// Finds and keeps what applies in each folder, with the targets that files describe: settings hold
/// as long as this. Thread-safe.
class Configuration {
public:
  Configuration(ConfigOverrides overrides, ConfigSource source)
      : overrides_(std::move(overrides)), source_(std::move(source)) {}

  /// `folder` must be absolute. Fails with all mistakes of the file that applies there, one a
  /// line; each call fails again.
  llvm::Expected<std::shared_ptr<const FolderConfig>> forFolder(llvm::StringRef folder);
  /// What applies to a file or folder at `path`, relative to the working folder or absolute.
  llvm::Expected<std::shared_ptr<const FolderConfig>> forFile(llvm::StringRef path);
  /// Those of the command line.
  llvm::ArrayRef<Assumption> assumptions() const { return overrides_.assumptions; }
  /// Settings of the file at `path`, as above.
  llvm::Expected<Settings> settingsFor(llvm::StringRef path);

private:
  using Found = std::shared_ptr<const FolderConfig>;

  llvm::Expected<Found> lookUp(llvm::StringRef folder);
  llvm::Expected<Found> loadIn(llvm::StringRef folder);
  llvm::Expected<Found> load(const std::string &file);
  llvm::Expected<Found> fallback();

  ConfigOverrides overrides_;
  ConfigSource source_;
  std::mutex mutex_; ///< guards the rest
  llvm::StringMap<Found> folders_;
  Found fallback_; ///< where no file is found on the way up
};

} // namespace fraglint
