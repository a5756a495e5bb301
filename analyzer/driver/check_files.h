#pragma once
/// The files that a run looks at, what applies to each, and the programs that they belong to.

#include "driver/config_options.h"
#include "lint/kept_files.h"
#include "lint/linter.h"
#include "lint/project.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>
#include <vector>

namespace fraglint {

/// One file to check, and what applies to it.
struct CheckTask {
  std::string path;
  std::string problem; ///< why it cannot be checked; empty for most
  std::shared_ptr<const SourceFile> content; ///< of standard input; null: read the path
  Settings settings;
};

class CheckFiles {
public:
  /// `paths` as typed: none is the working folder, `-` standard input, which `stdinFilename` names.
  /// Fails with mistakes of the command line and of configuration files.
  static llvm::Expected<std::unique_ptr<CheckFiles>> find(const std::vector<std::string> &paths,
                                                          const std::string &stdinFilename,
                                                          const ConfigOptions &options);

  llvm::ArrayRef<CheckTask> tasks() const { return tasks_; }
  Configuration &configuration() { return *configuration_; }
  /// The lowest level of all files'.
  Severity level() const { return level_; }
  bool readsStdin() const { return readsStdin_; }
  /// What came there.
  const std::string &standardInput() const { return standardInput_; }
  /// How many threads are worth starting, of which `wanted` are allowed; 0: as many as there are
  /// processors.
  unsigned threadCount(unsigned wanted) const;

  const Project &project() const { return *project_; }
  const FileStore &store() const { return *files_; }

  /// On any thread: a file as it is.
  FileResult lint(const CheckTask &task) const;
  /// The same with other content in place of the file of that path.
  FileResult lint(const std::shared_ptr<const SourceFile> &content) const;

private:
  CheckFiles() = default;
  llvm::Error addTask(std::string path, std::string problem,
                      std::shared_ptr<const SourceFile> content = nullptr);
  llvm::Error addFiles(std::vector<std::string> paths);
  llvm::Error addStdin(const std::string &filename);
  llvm::Error addProject();

  std::unique_ptr<Configuration> configuration_;
  std::vector<CheckTask> tasks_;
  std::unique_ptr<KeptFiles> files_;
  std::unique_ptr<Project> project_;
  Severity level_ = Severity::Warning;
  bool readsStdin_ = false;
  std::string standardInput_;
};

} // namespace fraglint
