#include "driver/since_base.h"

#include "lint/file_path.h"
#include "lint/known_findings.h"
#include "lint/program_growth.h"
#include "lint/program_loader.h"
#include "lint/program_target.h"
#include "syntax/thread_clock.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <set>

namespace fraglint {

namespace {

/// For both evaluations of a program; one that is not through by then says nothing.
constexpr std::chrono::seconds kPatience{60};

} // namespace

llvm::Expected<std::unique_ptr<SinceBase>> SinceBase::find(const std::string &revision,
                                                           const CheckFiles &files) {
  std::string folder = absolutePath(".");
  if (!files.tasks().empty()) {
    std::string first = absolutePath(files.tasks().front().path);
    llvm::StringRef around = llvm::sys::path::parent_path(first);
    if (llvm::sys::fs::is_directory(around))
      folder = around.str();
  }
  std::unique_ptr<SinceBase> since(new SinceBase(files));
  auto base = BaseFiles::find(folder, revision, files.store());
  if (!base)
    return llvm::createStringError("--since: " + llvm::toString(base.takeError()));
  since->base_ = std::move(*base);
  std::vector<ProjectFile> then;
  std::set<std::string> taken;
  for (const CheckTask &task : files.tasks())
    if (std::string path = since->base_->pathThen(absolutePath(task.path));
        !path.empty() && taken.insert(path).second)
      then.push_back({displayPath(path), nullptr, &task.settings});
  since->project_ = std::make_unique<Project>(std::move(then), *since->base_);
  return since;
}

void SinceBase::hideKnown(const CheckTask &task, FileResult &result) const {
  std::string path = base_->pathThen(absolutePath(task.path));
  if (path.empty() || result.diagnostics.empty() || result.status == FileStatus::Skipped)
    return;
  FileResult then = project_->lint(path);
  fraglint::hideKnown(result, knownFindings(then.diagnostics),
                      ("there at " + base_->commit()).str());
}

void SinceBase::addGrowth(const CheckTask &task, FileResult &result) const {
  std::string path = absolutePath(task.path), then = base_->pathThen(path);
  if (result.status != FileStatus::Analysed || task.content || then.empty() ||
      !files_.project().isEntry(path))
    return;
  auto isChanged = [&](llvm::StringRef file) { return base_->isChanged(file); };
  if (llvm::none_of(files_.project().filesOf(path), isChanged) &&
      llvm::none_of(project_->filesOf(then), isChanged))
    return;
  const Settings &settings = task.settings;
  auto now = loadProgram(task.path, settings.maxBytes, settings.assumptions);
  auto before = loadProgram(displayPath(then), settings.maxBytes, settings.assumptions, *base_);
  if (!now || !before) { // what cannot be read is reported, or was not there to be compared with
    llvm::consumeError(llvm::joinErrors(now.takeError(), before.takeError()));
    return;
  }
  const Target &target = *programTarget((*now)->model(), SettledFile{task.path, &settings}).target;
  EvaluationLimits limits;
  limits.end = ThreadClock::now() + kPatience;
  llvm::append_range(result.diagnostics,
                     growthFindings((*now)->tree().sharedFile(),
                                    programGrowth(**before, **now, target, limits), settings));
}

} // namespace fraglint
