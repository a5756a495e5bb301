#include "driver/check_files.h"

#include "lint/assumption.h"
#include "lint/file_discovery.h"
#include "lint/file_path.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Threading.h"

#include <algorithm>

namespace fraglint {

namespace {

/// Fewer files than this for each thread are not worth starting it.
constexpr size_t kFilesPerThread = 4;
/// Source of files that programs have in common: those of a few libraries at a time.
constexpr uint64_t kKeptBytes = 2'000'000;

} // namespace

llvm::Expected<std::unique_ptr<CheckFiles>> CheckFiles::find(const std::vector<std::string> &paths,
                                                             const std::string &stdinFilename,
                                                             const ConfigOptions &options) {
  std::unique_ptr<CheckFiles> files(new CheckFiles);
  auto configuration = makeConfiguration(options);
  if (!configuration)
    return configuration.takeError();
  files->configuration_ = std::move(*configuration);
  bool wantsStdin = llvm::is_contained(paths, "-") || (paths.empty() && !stdinFilename.empty());
  if (wantsStdin && paths.size() > 1)
    return llvm::createStringError("`-` (standard input) cannot be mixed with other paths");
  if (llvm::Error error = wantsStdin ? files->addStdin(stdinFilename) : files->addFiles(paths))
    return error;
  if (llvm::Error error = files->addProject())
    return error;
  return files;
}

llvm::Error CheckFiles::addTask(std::string path, std::string problem,
                                std::shared_ptr<const SourceFile> content) {
  auto settings = configuration_->settingsFor(path);
  if (!settings)
    return settings.takeError();
  tasks_.push_back({std::move(path), std::move(problem), std::move(content), std::move(*settings)});
  return llvm::Error::success();
}

llvm::Error CheckFiles::addFiles(std::vector<std::string> paths) {
  if (paths.empty())
    paths.emplace_back(".");
  auto files = discoverFiles(paths, *configuration_);
  if (!files)
    return files.takeError();
  for (DiscoveredFile &file : *files)
    if (llvm::Error error = addTask(std::move(file.path), std::move(file.problem)))
      return error;
  return llvm::Error::success();
}

llvm::Error CheckFiles::addStdin(const std::string &filename) {
  std::string name = filename.empty() ? "<stdin>" : filename;
  std::string path = filename.empty() ? name : displayPath(name);
  std::string absolute = absolutePath(name);
  auto config = configuration_->forFile(absolute);
  if (!config)
    return config.takeError();
  if ((*config)->forcesExclude() && (*config)->excludesInside(absolute))
    return llvm::Error::success();
  readsStdin_ = true;
  auto buffer = llvm::MemoryBuffer::getSTDIN();
  if (!buffer)
    return addTask(path, "cannot read standard input: " + buffer.getError().message());
  standardInput_ = (*buffer)->getBuffer();
  auto file = SourceFile::decode(path, standardInput_);
  if (!file)
    return addTask(path, llvm::toString(file.takeError()));
  return addTask(path, {}, std::move(*file));
}

llvm::Error CheckFiles::addProject() {
  std::vector<ProjectFile> files;
  for (const CheckTask &task : tasks_) {
    level_ = std::min(level_, task.settings.level);
    if (task.problem.empty())
      files.push_back({task.path, task.content, &task.settings});
  }
  files_ = std::make_unique<KeptFiles>(kKeptBytes);
  project_ = std::make_unique<Project>(std::move(files), *files_);
  return assumptionsMistake(configuration_->assumptions(), project_->files());
}

unsigned CheckFiles::threadCount(unsigned wanted) const {
  unsigned allowed = llvm::hardware_concurrency(wanted).compute_thread_count();
  size_t useful = (tasks_.size() + kFilesPerThread - 1) / kFilesPerThread;
  return static_cast<unsigned>(std::clamp<size_t>(useful, 1, allowed));
}

FileResult CheckFiles::lint(const CheckTask &task) const {
  return task.problem.empty() ? project_->lint(task.path)
                              : skippedFile(task.path, task.problem, task.settings);
}

FileResult CheckFiles::lint(const std::shared_ptr<const SourceFile> &content) const {
  return project_->lint(content);
}

} // namespace fraglint
