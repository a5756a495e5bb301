#pragma once
/// The file `fraglint-baseline.json`: findings that a project has and does not want to hear of, so
/// that only new ones are reported.

#include "lint/known_findings.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fraglint {

/// Its own name where nobody names another one.
inline constexpr llvm::StringLiteral kBaselineName("fraglint-baseline.json");

/// Files are named by their absolute paths here, and in the file from its folder on.
class Baseline {
public:
  /// One without findings, to be written to `path`.
  explicit Baseline(const std::string &path);
  /// Fails with what is wrong with the file, and what to do.
  static llvm::Expected<Baseline> read(const std::string &path);

  const std::string &path() const { return path_; }
  /// As people are shown it.
  std::string shownPath() const;
  llvm::ArrayRef<KnownFinding> of(llvm::StringRef file) const;
  /// All that is known of a file; nothing where that is none.
  void set(llvm::StringRef file, KnownFindings known);
  /// Those of which something is known, in order.
  std::vector<std::string> files() const;

  /// The file's text: the same for the same findings, with a line for each.
  std::string text() const;
  /// Puts it where it was read from, in one step.
  llvm::Error write() const;

private:
  llvm::Error take(llvm::StringRef text);
  std::string nameOf(llvm::StringRef file) const;

  std::string path_;   ///< absolute
  std::string folder_; ///< absolute
  std::map<std::string, KnownFindings> files_; ///< by path from the folder
};

/// The baselines that apply to files, each read once. Not thread-safe.
class Baselines {
public:
  /// Where the baseline of a file lies: where the settings say, else the nearest `kBaselineName` in
  /// its folder or above. Empty where there is none.
  std::string pathFor(llvm::StringRef file, const Settings &settings);
  /// The one at pathFor(); null where there is none. Fails where it cannot be read.
  llvm::Expected<const Baseline *> of(llvm::StringRef file, const Settings &settings);

private:
  std::string nearest(llvm::StringRef folder);

  llvm::StringMap<std::string> nearest_; ///< by folder
  std::map<std::string, std::unique_ptr<const Baseline>> read_; ///< by path
};

} // namespace fraglint
