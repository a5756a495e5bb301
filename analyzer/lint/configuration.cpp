#include "lint/configuration.h"

#include "lint/file_path.h"
#include "lint/rule_registry.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <algorithm>
#include <cstdlib>

namespace fraglint {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

/// Folders that hold no programs of the user's own, and are left out where nobody says which.
/// Sorted.
constexpr llvm::StringLiteral kUsualFolders[] = {
    ".bzr",         ".direnv",       ".eggs",   ".git",          ".hg",         ".idea",
    ".jj",          ".mypy_cache",   ".nox",    ".pytest_cache", ".ruff_cache", ".svn",
    ".tox",         ".venv",         ".vscode", "__pycache__",   "build",       "dist",
    "node_modules", "site-packages", "venv"};

bool isUsualFolder(llvm::StringRef path) {
  return std::binary_search(std::begin(kUsualFolders), std::end(kUsualFolders),
                            path::filename(path));
}

/// How closely selectors name each rule: `ALL` 1, longer prefixes more, a code or name most.
llvm::DenseMap<const Rule *, size_t> closeness(llvm::ArrayRef<std::string> selectors) {
  llvm::DenseMap<const Rule *, size_t> closest;
  for (llvm::StringRef selector : selectors) {
    bool isExact = findRule(selector) != nullptr;
    bool isAll = selector.equals_insensitive("ALL");
    size_t close = isExact ? SIZE_MAX : isAll ? 1 : selector.size();
    for (const Rule *rule : rulesMatching(selector))
      closest[rule] = std::max(closest.lookup(rule), close);
  }
  return closest;
}

/// Adds and takes away rules: of a selection and an exclusion that both mean a rule, the one
/// that names it more closely wins, and the exclusion where they are equal.
void choose(Settings &settings, llvm::ArrayRef<std::string> selected,
            llvm::ArrayRef<std::string> ignored) {
  auto in = closeness(selected);
  auto out = closeness(ignored);
  for (const Rule *rule : allRules()) {
    if (in.lookup(rule) > out.lookup(rule))
      settings.rules.try_emplace(rule);
    else if (out.contains(rule) && !isAlwaysOn(*rule))
      settings.rules.erase(rule);
  }
}

ConfigFile::Selectors joined(const ConfigFile::Selectors &a, const ConfigFile::Selectors &b) {
  ConfigFile::Selectors all = a;
  llvm::append_range(all, b);
  return all;
}

void chooseRules(Settings &settings, const ConfigFile *file, const ConfigOverrides &overrides) {
  const ConfigFile::Selectors everything = {"ALL"};
  if (!overrides.select) {
    if (file == nullptr)
      choose(settings, everything, {});
    else
      choose(settings, joined(file->select.value_or(everything), file->extendSelect), file->ignore);
  }
  if (file != nullptr)
    for (auto [rule, severity] : file->severities)
      if (!severity)
        settings.rules.erase(rule);
  choose(settings,
         joined(overrides.select.value_or(ConfigFile::Selectors()), overrides.extendSelect),
         overrides.ignore);
  for (const Rule *rule : allRules())
    if (isAlwaysOn(*rule))
      settings.rules.try_emplace(rule);
  if (file != nullptr)
    for (auto [rule, severity] : file->severities)
      if (auto enabled = settings.rules.find(rule); enabled != settings.rules.end())
        enabled->second = severity;
}

/// The user's own configuration file; empty where the account has no home.
std::string userConfigPath() {
  llvm::SmallString<256> folder;
  if (const char *xdg = std::getenv("XDG_CONFIG_HOME"); xdg != nullptr && path::is_absolute(xdg))
    folder = xdg;
  else if (const char *home = std::getenv("HOME"); home != nullptr && *home != '\0')
    path::append(folder, home, ".config");
  else
    return "";
  path::append(folder, "fraglint", "fraglint.toml");
  return std::string(folder);
}

} // namespace

// --- FolderConfig ----------------------------------------------------------------------------

FolderConfig::FolderConfig(std::shared_ptr<const ConfigFile> file, const ConfigOverrides &overrides)
    : file_(std::move(file)) {
  chooseRules(base_, file_.get(), overrides);
  if (file_) {
    base_.target = file_->target.get();
    base_.level = file_->level.value_or(base_.level);
    base_.requireReason = file_->requireReason.value_or(false);
    base_.assumeFirmware = file_->assumeFirmware.value_or(false);
    base_.baseline = file_->baseline;
    base_.root = file_->folder;
    base_.budgets = {file_->budget, file_->functionBudgets};
    forceExclude_ = file_->forceExclude.value_or(false);
  }
  if (overrides.target != nullptr)
    base_.target = overrides.target.get();
  base_.level = overrides.level.value_or(base_.level);
  if (overrides.baseline)
    base_.baseline = overrides.baseline;
  base_.assumptions = overrides.assumptions;
  forceExclude_ |= overrides.forceExclude;

  usualExcluded_ = !overrides.exclude && !(file_ && file_->exclude);
  if (overrides.exclude)
    excluded_ = *overrides.exclude;
  else if (!usualExcluded_)
    excluded_ = *file_->exclude;
  if (file_)
    llvm::append_range(excluded_, file_->extendExclude);
  llvm::append_range(excluded_, overrides.extendExclude);
}

Settings FolderConfig::settingsFor(llvm::StringRef path) const {
  Settings settings = base_;
  if (!file_)
    return settings;
  for (const auto &[pattern, ignored] : file_->perFileIgnores)
    if (pattern.matchesInside(path))
      choose(settings, {}, ignored);
  for (const auto &[pattern, budget] : file_->pathBudgets)
    if (pattern.matchesInside(path))
      settings.budgets.file.tighten(budget);
  settings.assumeFirmware |= llvm::any_of(
      file_->firmware, [&](const ScopedPattern &pattern) { return pattern.matchesInside(path); });
  return settings;
}

bool FolderConfig::excludes(llvm::StringRef path, bool isFolder) const {
  return (usualExcluded_ && isFolder && isUsualFolder(path)) ||
         llvm::any_of(excluded_, [&](const ScopedPattern &pattern) {
           return pattern.matches(path, isFolder);
         });
}

bool FolderConfig::excludesInside(llvm::StringRef path) const {
  // The usual names count below the project only: its own folder may lie in a `build`.
  std::string root = base_.root.empty() ? absolutePath(".") : base_.root;
  for (llvm::StringRef folder = path::parent_path(path);
       usualExcluded_ && !pathBelow(root, folder).empty(); folder = path::parent_path(folder))
    if (isUsualFolder(folder))
      return true;
  return llvm::any_of(excluded_,
                      [&](const ScopedPattern &pattern) { return pattern.matchesInside(path); });
}

// --- Configuration ---------------------------------------------------------------------------

llvm::Expected<Configuration::Found> Configuration::load(const std::string &file) {
  auto read = ConfigFile::read(file);
  if (!read)
    return read.takeError();
  if (!*read)
    return nullptr;
  return std::make_shared<const FolderConfig>(std::make_shared<const ConfigFile>(std::move(**read)),
                                              overrides_);
}

llvm::Expected<Configuration::Found> Configuration::fallback() {
  if (fallback_)
    return fallback_;
  std::string own = source_.isolated ? "" : userConfigPath();
  if (!source_.file.empty() || (!own.empty() && fs::exists(own))) {
    auto loaded = load(source_.file.empty() ? own : source_.file);
    if (!loaded || *loaded)
      return loaded ? fallback_ = *loaded : std::move(loaded);
  }
  return fallback_ = std::make_shared<const FolderConfig>(nullptr, overrides_);
}

/// What a configuration file in exactly this folder says; null where there is none.
llvm::Expected<Configuration::Found> Configuration::loadIn(llvm::StringRef folder) {
  for (llvm::StringRef name : {"fraglint.toml", "pyproject.toml"}) {
    llvm::SmallString<256> file(folder);
    path::append(file, name);
    if (!fs::is_regular_file(file))
      continue;
    auto loaded = load(displayPath(file));
    if (!loaded || *loaded)
      return loaded;
  }
  return nullptr;
}

llvm::Expected<Configuration::Found> Configuration::lookUp(llvm::StringRef folder) {
  Found found;
  llvm::SmallVector<llvm::StringRef, 8> passed;
  bool searches = !source_.isolated && source_.file.empty();
  for (; searches && !found && !folder.empty(); folder = path::parent_path(folder)) {
    found = folders_.lookup(folder);
    if (!found) {
      auto loaded = loadIn(folder);
      if (!loaded)
        return loaded;
      found = *loaded;
      passed.push_back(folder);
    }
  }
  if (!found) {
    auto loaded = fallback();
    if (!loaded)
      return loaded;
    found = *loaded;
  }
  for (llvm::StringRef below : passed)
    folders_[below] = found;
  return found;
}

llvm::Expected<Configuration::Found> Configuration::forFolder(llvm::StringRef folder) {
  std::lock_guard<std::mutex> lock(mutex_);
  return lookUp(folder);
}

llvm::Expected<Configuration::Found> Configuration::forFile(llvm::StringRef path) {
  return forFolder(path::parent_path(absolutePath(path)));
}

llvm::Expected<Settings> Configuration::settingsFor(llvm::StringRef path) {
  std::string absolute = absolutePath(path);
  auto config = forFolder(path::parent_path(absolute));
  if (!config)
    return config.takeError();
  return (*config)->settingsFor(absolute);
}

} // namespace fraglint
