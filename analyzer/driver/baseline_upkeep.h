#pragma once
/// What a run of `check` does with baselines: known findings are hidden, and those that are no more
/// are taken out of the file, which is said aloud.

#include "driver/check_files.h"
#include "driver/console.h"
#include "lint/baseline.h"

#include <map>
#include <string>
#include <vector>

namespace fraglint {

class BaselineUpkeep {
public:
  /// Reads the baselines of all files, which must outlive this. Fails where one cannot be read.
  llvm::Error open(llvm::ArrayRef<CheckTask> tasks);

  /// On any thread: hides what is known of the file with that index. Gives what was not found.
  KnownFindings hide(size_t task, FileResult &result) const;
  /// On one thread: what hide() gave of the file as it is now on disk.
  void add(size_t task, const FileResult &result, const KnownFindings &gone);
  /// Takes out what is no more: of files that were looked at, and of files below `paths`, as
  /// typed, that are not there. `obstacle`: why that must not be done now; empty where it may be.
  void finish(std::vector<std::string> paths, llvm::StringRef obstacle);
  /// What there is to say of it, one thing a line; empty where there is nothing.
  const std::string &words() const { return words_; }

private:
  /// Of one baseline, by file.
  struct Changes {
    std::map<std::string, KnownFindings> gone;
    std::map<std::string, KnownFindings> waiting; ///< the file has other findings in their place
  };

  void addVanished(llvm::ArrayRef<std::string> folders);
  void finish(const Baseline &baseline, const Changes &changes, llvm::StringRef obstacle);
  void list(const std::map<std::string, KnownFindings> &files);

  llvm::ArrayRef<CheckTask> tasks_;
  Baselines baselines_;
  std::vector<const Baseline *> ofTask_; ///< null: none
  std::map<const Baseline *, Changes> changes_;
  std::string words_;
};

} // namespace fraglint
