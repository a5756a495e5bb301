#include "driver/check_command.h"

#include "driver/baseline_upkeep.h"
#include "driver/check_files.h"
#include "driver/config_command.h"
#include "driver/crash_message.h"
#include "driver/ordered_work.h"
#include "driver/progress_bar.h"
#include "driver/report_set.h"
#include "driver/since_base.h"
#include "driver/target_explanation.h"
#include "driver/unified_diff.h"
#include "lint/file_fixer.h"
#include "lint/ignore_comments.h"
#include "report/concise_reporter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <cstdlib>

namespace fraglint {

namespace {

/// Whether this runs where nobody would keep what is written.
bool isInCi() {
  const char *ci = std::getenv("CI");
  return ci != nullptr && *ci != '\0' && llvm::StringRef(ci) != "false";
}

/// What came of one file.
struct Checked {
  FileResult result;
  KnownFindings gone; ///< of the baseline, in `result`
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
      for (const CheckTask &task : files_->tasks())
        console_.out() << task.path << "\n";
      return ended(ExitStatus::Clean);
    }
    if (options_.showSettings)
      return ended(showSettings());
    if (options_.explainTarget) {
      explainTargets(*files_, console_);
      return ended(ExitStatus::Clean);
    }
    auto reports = ReportSet::open(options_, files_->level(), console_);
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
    keepBaselines();
    return ended(status());
  }

private:
  bool fixes() const { return options_.fix || options_.unsafeFixes; }
  bool changes() const { return fixes() || options_.diff || !options_.ignoreReason.empty(); }
  /// With --diff the changes are the output; fixing standard input, the text is.
  bool printsReports() const { return !options_.diff && !(changes() && files_->readsStdin()); }

  llvm::Error prepare() {
    auto files = CheckFiles::find(options_.paths, options_.stdinFilename, options_.config);
    if (!files)
      return files.takeError();
    files_ = std::move(*files);
    if (llvm::Error error = baselines_.open(files_->tasks()))
      return error;
    if (options_.since.empty())
      return llvm::Error::success();
    return SinceBase::find(options_.since, *files_).moveInto(since_);
  }

  // --- One file; on any thread ---

  Checked check(size_t index) const {
    const CheckTask &task = files_->tasks()[index];
    CrashContext context(task.path);
    Checked checked;
    checked.fixedBytes = files_->standardInput();
    checked.result = files_->lint(task);
    checked.gone = hideKnown(index, checked.result);
    if (changes() && checked.result.status == FileStatus::Analysed)
      if (llvm::Error error = change(index, checked))
        checked.failure = llvm::toString(std::move(error));
    if (since_)
      since_->addGrowth(task, checked.result);
    // The reports know one level, the lowest of all files'.
    if (task.settings.level > files_->level()) {
      auto isBelow = [&](const Diagnostic &found) { return found.severity < task.settings.level; };
      llvm::erase_if(checked.result.diagnostics, isBelow);
      llvm::erase_if(checked.result.suppressed,
                     [&](const SuppressedFinding &one) { return isBelow(one.diagnostic); });
    }
    return checked;
  }

  /// What nobody wants to hear of. Gives what the baseline has beyond that.
  KnownFindings hideKnown(size_t index, FileResult &result) const {
    KnownFindings gone = baselines_.hide(index, result);
    if (since_)
      since_->hideKnown(files_->tasks()[index], result);
    return gone;
  }

  llvm::Error change(size_t index, Checked &checked) const {
    const CheckTask &task = files_->tasks()[index];
    std::shared_ptr<const SourceFile> file = checked.result.file;
    KnownFindings gone = checked.gone;
    auto relint = [&](const std::shared_ptr<const SourceFile> &content) {
      FileResult result = files_->lint(content);
      gone = hideKnown(index, result);
      return result;
    };
    Applicability upTo = options_.unsafeFixes ? Applicability::Unsafe : Applicability::Safe;
    bool isFixed = fixes() || options_.ignoreReason.empty();
    llvm::Expected<FixedFile> changed =
        isFixed ? fixFile(file, checked.result, task.settings, upTo, relint)
                : FixedFile{file, checked.result};
    if (changed && !options_.ignoreReason.empty())
      changed = silenceFile(changed->file, std::move(changed->result), task.settings,
                            options_.ignoreReason, relint);
    if (!changed)
      return changed.takeError();
    auto before = file->encode(file->text());
    auto after = file->encode(changed->file->text());
    if (!before || !after)
      return llvm::joinErrors(before.takeError(), after.takeError());
    if (options_.diff) {
      checked.diff = unifiedDiff(task.path, *before, *after);
      return llvm::Error::success(); // the findings stay those of the file as it is
    }
    if (task.content)
      checked.fixedBytes = std::move(*after);
    else if (changed->file != file)
      if (llvm::Error error = writeFixed(*file, *changed->file))
        return error;
    checked.result = std::move(changed->result);
    checked.gone = std::move(gone);
    return llvm::Error::success();
  }

  // --- All files ---

  void checkAll(ReportSet &reports) {
    size_t count = files_->tasks().size();
    ProgressBar bar(console_.err(), count,
                    console_.errIsTerminal() && !options_.quiet && count > 1);
    workInOrder<Checked>(
        count, files_->threadCount(options_.jobs), [&](size_t index) { return check(index); },
        [&](size_t index, const Checked &checked) {
          bar.clear();
          report(files_->tasks()[index], checked, reports);
          baselines_.add(index, checked.result, checked.gone);
          return !console_.isClosed();
        },
        [&](size_t done) { bar.update(done); });
  }

  /// Known findings that are no more go out of the baseline, but where that says nothing of them.
  void keepBaselines() {
    if (options_.diff || files_->readsStdin() || console_.isClosed())
      return;
    const ConfigOptions &config = options_.config;
    llvm::StringRef obstacle;
    if (isInCi())
      obstacle = "CI is set; run `fraglint check` where the file is kept";
    else if (!config.target.empty() || !config.assume.empty() || config.isolated)
      obstacle = "--target, --assume or --isolated may be why; run `fraglint check` without";
    baselines_.finish(options_.paths, obstacle);
    if (!options_.quiet && !baselines_.words().empty())
      console_.complain(llvm::StringRef(baselines_.words()).rtrim('\n'));
  }

  void report(const CheckTask &task, const Checked &checked, ReportSet &reports) {
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
    options.level = files_->level();
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
    if (files_->tasks().empty())
      return ExitStatus::Clean;
    return writeConfig(files_->configuration(), files_->tasks().front().path, /*asJson=*/false,
                       console_);
  }

  ExitStatus ended(ExitStatus status) { return console_.finish() ? status : ExitStatus::Failed; }

  const CheckOptions &options_;
  Console &console_;
  std::unique_ptr<CheckFiles> files_;
  BaselineUpkeep baselines_;
  std::unique_ptr<SinceBase> since_; ///< null: all counts
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
