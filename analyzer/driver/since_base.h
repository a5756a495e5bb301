#pragma once
/// What `check --since` compares with: the same files where the branch began.

#include "driver/base_files.h"
#include "driver/check_files.h"
#include "lint/project.h"

#include <memory>
#include <string>

namespace fraglint {

class SinceBase {
public:
  /// Fails where git has nothing to compare with. `files` must outlive it.
  static llvm::Expected<std::unique_ptr<SinceBase>> find(const std::string &revision,
                                                         const CheckFiles &files);

  /// On any thread: hides the findings that the file had then, judged by the settings of now.
  void hideKnown(const CheckTask &task, FileResult &result) const;
  /// On any thread: finds where the program that begins with the file became larger.
  void addGrowth(const CheckTask &task, FileResult &result) const;

private:
  explicit SinceBase(const CheckFiles &files) : files_(files) {}

  const CheckFiles &files_;
  std::unique_ptr<BaseFiles> base_;
  std::unique_ptr<Project> project_; ///< of then
};

} // namespace fraglint
