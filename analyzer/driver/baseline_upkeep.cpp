#include "driver/baseline_upkeep.h"

#include "heap/allocation_cost.h"
#include "lint/file_path.h"
#include "lint/rule_registry.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

namespace fraglint {

namespace {

/// More entries than this are only counted.
constexpr size_t kMostListed = 10;

std::string findings(uint64_t count) {
  return withThousands(static_cast<int64_t>(count)) + (count == 1 ? " finding" : " findings");
}

uint64_t countOf(const std::map<std::string, KnownFindings> &files) {
  uint64_t count = 0;
  for (const auto &[file, known] : files)
    count += countOf(known);
  return count;
}

/// A rule that did not run has found nothing; one that does not exist any more never will.
bool wouldBeFound(const KnownFinding &known, const Settings &settings) {
  const Rule *rule = findRule(known.rule);
  return !rule || isAlwaysOn(*rule) || settings.rules.contains(rule);
}

} // namespace

llvm::Error BaselineUpkeep::open(llvm::ArrayRef<CheckTask> tasks) {
  tasks_ = tasks;
  for (const CheckTask &task : tasks) {
    auto baseline = baselines_.of(task.path, task.settings);
    if (!baseline)
      return baseline.takeError();
    ofTask_.push_back(*baseline);
    if (*baseline)
      changes_[*baseline];
  }
  return llvm::Error::success();
}

KnownFindings BaselineUpkeep::hide(size_t task, FileResult &result) const {
  const Baseline *baseline = ofTask_[task];
  if (!baseline || result.status == FileStatus::Skipped)
    return {};
  return hideKnown(result, baseline->of(absolutePath(tasks_[task].path)),
                   "in " + baseline->shownPath());
}

void BaselineUpkeep::add(size_t task, const FileResult &result, const KnownFindings &gone) {
  const Settings &settings = tasks_[task].settings;
  KnownFindings counted;
  llvm::copy_if(gone, std::back_inserter(counted),
                [&](const KnownFinding &known) { return wouldBeFound(known, settings); });
  if (counted.empty())
    return;
  // What was changed and is still wrong is not mended: the change may be taken back.
  bool isWaiting = llvm::any_of(result.diagnostics, [&](const Diagnostic &found) {
    return found.severity >= settings.level;
  });
  Changes &changes = changes_[ofTask_[task]];
  (isWaiting ? changes.waiting : changes.gone)[absolutePath(tasks_[task].path)] =
      std::move(counted);
}

void BaselineUpkeep::addVanished(llvm::ArrayRef<std::string> folders) {
  for (auto &[baseline, changes] : changes_)
    for (const std::string &file : baseline->files())
      if (!llvm::sys::fs::exists(file) && llvm::any_of(folders, [&](llvm::StringRef folder) {
            return !pathBelow(folder, file).empty();
          }))
        changes.gone[file] = baseline->of(file);
}

void BaselineUpkeep::finish(std::vector<std::string> paths, llvm::StringRef obstacle) {
  if (paths.empty())
    paths.emplace_back(".");
  std::vector<std::string> folders;
  for (const std::string &path : paths)
    if (llvm::sys::fs::is_directory(path))
      folders.push_back(absolutePath(path));
  addVanished(folders);
  for (const auto &[baseline, changes] : changes_)
    finish(*baseline, changes, obstacle);
}

void BaselineUpkeep::finish(const Baseline &baseline, const Changes &changes,
                            llvm::StringRef obstacle) {
  std::string name = baseline.shownPath() + ": ";
  if (uint64_t count = countOf(changes.gone)) {
    std::string are = findings(count) + (count == 1 ? " of it is" : " of it are") + " no more";
    std::string whyNot = obstacle.str();
    bool isEmpty = false;
    if (whyNot.empty()) {
      // As it is now: another run may have changed it meanwhile.
      auto current = Baseline::read(baseline.path());
      llvm::Error error = current ? llvm::Error::success() : current.takeError();
      if (!error) {
        for (const auto &[file, gone] : changes.gone)
          current->set(file, without(current->of(file), gone));
        error = current->write();
        isEmpty = current->files().empty();
      }
      whyNot = llvm::toString(std::move(error));
    }
    std::string end = isEmpty ? ", which leaves none: it can be deleted:\n" : ":\n";
    words_ +=
        name + are + (whyNot.empty() ? ", taken out" + end : ", left in it (" + whyNot + "):\n");
    list(changes.gone);
  }
  if (uint64_t count = countOf(changes.waiting)) {
    words_ += name + findings(count) +
              " of it not found, left in it until these files have no new findings:\n";
    list(changes.waiting);
  }
}

void BaselineUpkeep::list(const std::map<std::string, KnownFindings> &files) {
  size_t listed = 0, entries = 0;
  for (const auto &[file, known] : files) {
    entries += known.size();
    for (const KnownFinding &one : known) {
      if (++listed > kMostListed)
        break;
      bool isThere = llvm::sys::fs::exists(file);
      words_ += "  " + displayPath(file) + (isThere ? "" : " (no such file)") + ": " + one.rule +
                " `" + one.text + "`" +
                (one.count == 1 ? "" : ", " + std::to_string(one.count) + " times") + "\n";
    }
  }
  if (entries > kMostListed)
    words_ += "  and " + std::to_string(entries - kMostListed) + " more\n";
}

} // namespace fraglint
