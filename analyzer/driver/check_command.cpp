#include "driver/check_command.h"

#include "driver/config_command.h"
#include "driver/crash_message.h"
#include "driver/ordered_work.h"
#include "driver/progress_bar.h"
#include "driver/report_set.h"
#include "driver/unified_diff.h"
#include "lint/assumption.h"
#include "lint/file_discovery.h"
#include "lint/file_fixer.h"
#include "lint/file_path.h"
#include "lint/kept_files.h"
#include "lint/linter.h"
#include "lint/project.h"
#include "report/concise_reporter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Threading.h"

namespace fraglint {

namespace {

/// Fewer files than this for each thread are not worth starting it.
constexpr size_t kFilesPerThread = 4;
/// Source of files that programs have in common: those of a few libraries at a time.
constexpr uint64_t kKeptBytes = 2'000'000;

/// One file to check, and what applies to it.
struct Task {
  std::string path;
  std::string problem; ///< why it cannot be checked; empty for most
  std::shared_ptr<const SourceFile> content; ///< of standard input; null: read the path
  Settings settings;
};

/// What came of it.
struct Checked {
  FileResult result;
  std::string diff;
  std::string fixedBytes; ///< of standard input; as it came where nothing can be fixed
  std::string failure;    ///< why a fix was not done or not written
};

class CheckRun {
public:
  CheckRun(const CheckOptions &options, Console &console) : options_(options), console_(console) {}

  ExitStatus run() {
    if (llvm::Error error = prepare()) {
      console_.complain(llvm::toString(std::move(error)));
      return ExitStatus::BadUsage;
    }
    if (options_.showFiles) {
      for (const Task &task : tasks_)
        console_.out() << task.path << "\n";
      return ended(ExitStatus::Clean);
    }
    if (options_.showSettings)
      return ended(showSettings());
    auto reports = ReportSet::open(options_, level_, console_);
    if (!reports) {
      console_.complain(llvm::toString(reports.takeError()));
      return ExitStatus::BadUsage;
    }
    checkAll(*reports);
    if (printsReports())
      if (llvm::Error error = reports->finish()) {
        console_.complain(llvm::toString(std::move(error)));
        failed_ = true;
      }
    return ended(status());
  }

private:
  bool fixes() const { return options_.fix || options_.unsafeFixes || options_.diff; }
  /// With --diff the changes are the output; fixing standard input, the text is.
  bool printsReports() const { return !options_.diff && !(fixes() && readsStdin_); }

  llvm::Error prepare() {
    auto configuration = makeConfiguration(options_.config);
    if (!configuration)
      return configuration.takeError();
    configuration_ = std::move(*configuration);
    bool wantsStdin = llvm::is_contained(options_.paths, "-") ||
                      (options_.paths.empty() && !options_.stdinFilename.empty());
    if (wantsStdin && options_.paths.size() > 1)
      return llvm::createStringError("`-` (standard input) cannot be mixed with other paths");
    if (llvm::Error error = wantsStdin ? addStdin() : addFiles())
      return error;
    level_ = Severity::Warning;
    std::vector<ProjectFile> files;
    for (const Task &task : tasks_) {
      level_ = std::min(level_, task.settings.level);
      if (task.problem.empty())
        files.push_back({task.path, task.content, &task.settings});
    }
    project_ = std::make_unique<Project>(std::move(files), files_);
    return assumptionsMistake(configuration_->assumptions(), project_->files());
  }

  llvm::Error addTask(std::string path, std::string problem,
                      std::shared_ptr<const SourceFile> content = nullptr) {
    auto settings = configuration_->settingsFor(path);
    if (!settings)
      return settings.takeError();
    tasks_.push_back(
        {std::move(path), std::move(problem), std::move(content), std::move(*settings)});
    return llvm::Error::success();
  }

  llvm::Error addFiles() {
    std::vector<std::string> paths = options_.paths;
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

  llvm::Error addStdin() {
    std::string name = options_.stdinFilename.empty() ? "<stdin>" : options_.stdinFilename;
    std::string path = options_.stdinFilename.empty() ? name : displayPath(name);
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

  // --- One file; on any thread ---

  Checked check(const Task &task) const {
    CrashContext context(task.path);
    Checked checked;
    checked.fixedBytes = standardInput_;
    if (!task.problem.empty()) {
      checked.result = skippedFile(task.path, task.problem, task.settings);
      return checked;
    }
    checked.result = project_->lint(task.path);
    if (fixes() && checked.result.status == FileStatus::Analysed)
      if (llvm::Error error = fix(task, checked))
        checked.failure = llvm::toString(std::move(error));
    // The reports know one level, the lowest of all files'.
    if (task.settings.level > level_)
      llvm::erase_if(checked.result.diagnostics, [&](const Diagnostic &diagnostic) {
        return diagnostic.severity < task.settings.level;
      });
    return checked;
  }

  llvm::Error fix(const Task &task, Checked &checked) const {
    std::shared_ptr<const SourceFile> file = checked.result.file;
    auto fixed = fixFile(file, checked.result, task.settings,
                         options_.unsafeFixes ? Applicability::Unsafe : Applicability::Safe,
                         [this](const std::shared_ptr<const SourceFile> &content) {
                           return project_->lint(content);
                         });
    if (!fixed)
      return fixed.takeError();
    auto before = file->encode(file->text());
    auto after = file->encode(fixed->file->text());
    if (!before || !after)
      return llvm::joinErrors(before.takeError(), after.takeError());
    if (options_.diff) {
      checked.diff = unifiedDiff(task.path, *before, *after);
      return llvm::Error::success(); // the findings stay those of the file as it is
    }
    if (task.content)
      checked.fixedBytes = std::move(*after);
    else if (fixed->file != file)
      if (llvm::Error error = writeFixed(*file, *fixed->file))
        return error;
    checked.result = std::move(fixed->result);
    return llvm::Error::success();
  }

  // --- All files ---

  unsigned threadCount() const {
    unsigned wanted = llvm::hardware_concurrency(options_.jobs).compute_thread_count();
    size_t useful = (tasks_.size() + kFilesPerThread - 1) / kFilesPerThread;
    return static_cast<unsigned>(std::clamp<size_t>(useful, 1, wanted));
  }

  void checkAll(ReportSet &reports) {
    ProgressBar bar(console_.err(), tasks_.size(),
                    console_.errIsTerminal() && !options_.quiet && tasks_.size() > 1);
    workInOrder<Checked>(
        tasks_.size(), threadCount(), [&](size_t index) { return check(tasks_[index]); },
        [&](size_t index, const Checked &checked) {
          bar.clear();
          report(tasks_[index], checked, reports);
          return !console_.isClosed();
        },
        [&](size_t done) { bar.update(done); });
  }

  void report(const Task &task, const Checked &checked, ReportSet &reports) {
    count(checked.result, task.settings.level);
    if (!checked.failure.empty()) {
      console_.complain(checked.failure);
      failed_ = true;
    }
    if (printsReports())
      reports.file(checked.result);
    else
      console_.out() << (options_.diff ? checked.diff : checked.fixedBytes);
    if (!printsReports() && !options_.diff)
      ConciseReporter(console_.err(), reportOptions()).file(checked.result);
    if (console_.outIsTerminal())
      console_.out().flush();
  }

  /// Of the findings that remain, where standard output holds the fixed text.
  ReportOptions reportOptions() const {
    ReportOptions options;
    options.level = level_;
    return options;
  }

  void count(const FileResult &result, Severity level) {
    notProcessed_ |= result.status == FileStatus::Skipped;
    for (const Diagnostic &diagnostic : result.diagnostics) {
      if (diagnostic.severity == Severity::Error)
        ++errors_;
      else if (diagnostic.severity >= level)
        ++warnings_;
    }
  }

  ExitStatus status() const {
    if (failed_)
      return ExitStatus::Failed;
    if (notProcessed_)
      return ExitStatus::NotProcessed;
    bool gated = errors_ != 0 || warnings_ > options_.maxWarnings;
    return gated && !options_.exitZero ? ExitStatus::Findings : ExitStatus::Clean;
  }

  ExitStatus showSettings() {
    if (tasks_.empty())
      return ExitStatus::Clean;
    return writeConfig(*configuration_, tasks_.front().path, /*asJson=*/false, console_);
  }

  ExitStatus ended(ExitStatus status) { return console_.finish() ? status : ExitStatus::Failed; }

  const CheckOptions &options_;
  Console &console_;
  std::unique_ptr<Configuration> configuration_;
  std::vector<Task> tasks_;
  KeptFiles files_{kKeptBytes};
  std::unique_ptr<Project> project_;
  Severity level_ = Severity::Warning; ///< the lowest of all files'
  bool readsStdin_ = false;
  std::string standardInput_;
  uint64_t errors_ = 0;
  uint64_t warnings_ = 0; ///< and notes, where the level shows them
  bool notProcessed_ = false;
  bool failed_ = false;
};

} // namespace

ExitStatus runCheck(const CheckOptions &options, Console &console) {
  return CheckRun(options, console).run();
}

} // namespace fraglint
