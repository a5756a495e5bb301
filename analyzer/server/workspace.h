#pragma once
/// The side of the server that analyses: settings and files of a workspace, one question at a time.

#include "lint/baseline.h"
#include "lint/configuration.h"
#include "lint/file_fixer.h"
#include "lint/linter.h"
#include "server/workspace_files.h"

#include "llvm/Support/Error.h"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace fraglint {

/// What the client's own settings say; they win over configuration files. Empty members say
/// nothing.
struct ClientSettings {
  std::string target;
  std::string level; ///< `warning` or `note`
  std::vector<std::string> select;
  std::vector<std::string> extendSelect;
  std::vector<std::string> ignore;
  std::string config; ///< this configuration file for all
  bool showsCosts = false; ///< as inlay hints
  friend bool operator==(const ClientSettings &, const ClientSettings &) = default;
};

/// What there is to know of one file; immutable.
struct Analysis {
  FileResult result; ///< findings below the level left out
  std::set<std::string> seen; ///< files whose content or absence had a part in it
  std::shared_ptr<const SyntaxTree> tree; ///< null where it was not analysed
  std::string problem; ///< of the configuration: then defaults apply; empty for most
  bool isUnfinished = false; ///< carried over from the last valid text (unfinished_edit.h)
  bool isFirst = false; ///< what the evaluator finds is carried over; the whole analysis follows
};

/// How much of an analysis is wanted.
enum class Extent : uint8_t {
  First, ///< soon: without the evaluator, where what it found before can stand in
  Whole,
};

/// What a question is asked about; its parts are immutable.
struct WorkspaceState {
  std::shared_ptr<const OpenFiles> open;
  std::shared_ptr<const ClientSettings> settings;
  uint64_t configuration = 0; ///< another number: configuration files are read again
  uint64_t folders = 0; ///< another number: files may have come or gone
};

/// Not thread-safe: of one worker.
class Workspace {
public:
  /// As `fraglint check PATH` would find, with open documents in place of what is on disk. `sound`,
  /// null where there is none: what was found in an open document when it last was valid Python;
  /// carried over where a line of it is being typed. Only with it can the first be asked for.
  Analysis analyse(const WorkspaceState &state, const std::string &path,
                   const Analysis *sound = nullptr, Extent extent = Extent::Whole);
  /// The text that all safe fixes make of a file. Fails as fixFile.
  llvm::Expected<std::string> fixAll(const WorkspaceState &state, const std::string &path);
  /// Absolute paths of what `fraglint check FOLDERS…` would look at.
  std::vector<std::string> files(const WorkspaceState &state,
                                 const std::vector<std::string> &folders);

private:
  void begin(const WorkspaceState &state);
  Settings settingsFor(const std::string &path, std::string &problem);
  void hideBaseline(FileResult &result, const Settings &settings, std::string &problem);
  FileResult lint(const std::string &path, const Settings &settings);
  std::optional<FileResult> withoutEvaluator(const std::string &path, Settings settings,
                                             const Analysis &before);
  std::shared_ptr<const SyntaxTree> treeOf(const std::string &path, const Settings &settings) const;

  WorkspaceFiles files_;
  WorkspaceState state_;
  std::unique_ptr<Configuration> configuration_;
  Baselines baselines_; ///< read with the configuration, and never written
  std::string settingsProblem_; ///< in what the client says
};

} // namespace fraglint
