#include "driver/baseline_command.h"

#include "driver/check_files.h"
#include "driver/crash_message.h"
#include "driver/ordered_work.h"
#include "driver/progress_bar.h"
#include "heap/allocation_cost.h"
#include "lint/baseline.h"
#include "lint/file_path.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <map>

namespace fraglint {

namespace {

namespace path = llvm::sys::path;

std::string counted(size_t number, llvm::StringRef noun) {
  return withThousands(static_cast<int64_t>(number)) + " " + noun.str() + (number == 1 ? "" : "s");
}

class BaselineWriter {
public:
  BaselineWriter(const BaselineOptions &options, Console &console)
      : options_(options), console_(console) {}

  ExitStatus run() {
    if (llvm::Error error = open()) {
      console_.complain(llvm::toString(std::move(error)));
      return ExitStatus::BadUsage;
    }
    takeFindings();
    for (auto &[file, baseline] : baselines_)
      write(baseline);
    if (!console_.finish())
      return ExitStatus::Failed;
    return failed_ ? ExitStatus::Failed : skipped_ ? ExitStatus::NotProcessed : ExitStatus::Clean;
  }

private:
  llvm::Error open() {
    auto files = CheckFiles::find(options_.paths, "", options_.config);
    if (!files)
      return files.takeError();
    files_ = std::move(*files);
    Baselines known;
    for (const CheckTask &task : files_->tasks()) {
      std::string file = known.pathFor(task.path, task.settings);
      if (file.empty() && task.settings.baseline)
        return llvm::createStringError("no baseline applies to " + task.path +
                                       ": name one by --baseline FILE");
      if (file.empty())
        if (llvm::Error error = newBaseline(task).moveInto(file))
          return error;
      baselineOf_.push_back(&openBaseline(file));
    }
    return llvm::Error::success();
  }

  /// Beside the configuration that applies, else in the working folder.
  llvm::Expected<std::string> newBaseline(const CheckTask &task) {
    std::string file = absolutePath(task.path);
    auto config = files_->configuration().forFile(file);
    if (!config)
      return config.takeError();
    std::string folder = path::parent_path(file).str();
    if (const ConfigFile *said = (*config)->file(); said && !pathBelow(said->folder, file).empty())
      folder = said->folder;
    else if (!pathBelow(absolutePath("."), file).empty())
      folder = absolutePath(".");
    return folder + "/" + kBaselineName.str();
  }

  /// With what is known of files that are not looked at now. One that cannot be read is made anew.
  Baseline &openBaseline(const std::string &file) {
    auto known = baselines_.find(file);
    if (known != baselines_.end())
      return known->second;
    auto read = Baseline::read(file);
    if (!read)
      llvm::consumeError(read.takeError());
    Baseline &baseline =
        baselines_.emplace(file, read ? std::move(*read) : Baseline(file)).first->second;
    for (const std::string &each : baseline.files())
      if (!llvm::sys::fs::exists(each))
        baseline.set(each, {});
    return baseline;
  }

  void takeFindings() {
    size_t count = files_->tasks().size();
    ProgressBar bar(console_.err(), count, console_.errIsTerminal() && count > 1);
    workInOrder<FileResult>(
        count, files_->threadCount(options_.jobs),
        [&](size_t index) {
          CrashContext context(files_->tasks()[index].path);
          return files_->lint(files_->tasks()[index]);
        },
        [&](size_t index, FileResult result) {
          bar.clear();
          take(index, std::move(result));
          return true;
        },
        [&](size_t done) { bar.update(done); });
  }

  void take(size_t index, FileResult result) {
    const CheckTask &task = files_->tasks()[index];
    if (result.status == FileStatus::Skipped) {
      skipped_ = true;
      for (const Diagnostic &diagnostic : result.diagnostics)
        console_.complain(task.path + ": " + diagnostic.message);
      return;
    }
    llvm::erase_if(result.diagnostics,
                   [&](const Diagnostic &found) { return found.severity < task.settings.level; });
    baselineOf_[index]->set(absolutePath(task.path), knownFindings(result.diagnostics));
  }

  void write(const Baseline &baseline) {
    std::vector<std::string> files = baseline.files();
    uint64_t count = 0;
    for (const std::string &file : files)
      count += countOf(baseline.of(file));
    if (count == 0 && !llvm::sys::fs::exists(baseline.path())) {
      console_.out() << baseline.shownPath() << ": not written, since there are no findings\n";
      return;
    }
    if (llvm::Error error = baseline.write()) {
      console_.complain(llvm::toString(std::move(error)));
      failed_ = true;
      return;
    }
    console_.out() << baseline.shownPath() << ": " << counted(count, "finding") << " in "
                   << counted(files.size(), "file")
                   << (count == 0 ? "; it can be deleted\n"
                                  : "; from now on `fraglint check` reports new ones\n");
  }

  const BaselineOptions &options_;
  Console &console_;
  std::unique_ptr<CheckFiles> files_;
  std::map<std::string, Baseline> baselines_; ///< by path
  std::vector<Baseline *> baselineOf_; ///< by task
  bool skipped_ = false;
  bool failed_ = false;
};

} // namespace

ExitStatus runBaselineWrite(const BaselineOptions &options, Console &console) {
  return BaselineWriter(options, console).run();
}

} // namespace fraglint
