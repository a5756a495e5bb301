#include "server/workspace.h"

#include "lint/file_discovery.h"
#include "lint/file_path.h"
#include "lint/project.h"
#include "lint/rule_registry.h"
#include "server/unfinished_edit.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Names of rules that exist; the others are told in `problem`.
ConfigFile::Selectors known(const std::vector<std::string> &selectors, std::string &problem) {
  ConfigFile::Selectors found;
  for (const std::string &selector : selectors) {
    if (rulesMatching(selector).empty())
      problem += "settings: `" + selector + "` is no rule\n";
    else
      found.push_back(selector);
  }
  return found;
}

std::unique_ptr<Configuration> configurationOf(const ClientSettings &settings,
                                               std::string &problem) {
  ConfigOverrides overrides;
  if (!settings.target.empty()) {
    auto target = statedTarget(settings.target, absolutePath("."));
    if (target)
      overrides.target = std::move(*target);
    else
      problem += "settings: " + llvm::toString(target.takeError()) + "\n";
  }
  if (!settings.level.empty())
    overrides.level = settings.level == "note" ? Severity::Note : Severity::Warning;
  if (!settings.select.empty())
    overrides.select = known(settings.select, problem);
  overrides.extendSelect = known(settings.extendSelect, problem);
  overrides.ignore = known(settings.ignore, problem);
  return std::make_unique<Configuration>(std::move(overrides),
                                         ConfigSource{false, settings.config});
}

} // namespace

void Workspace::begin(const WorkspaceState &state) {
  bool isOther = !configuration_ || state.configuration != state_.configuration ||
                 state.settings != state_.settings;
  if (isOther) {
    settingsProblem_.clear();
    configuration_ = configurationOf(*state.settings, settingsProblem_);
    baselines_ = Baselines();
  }
  if (state.folders != state_.folders)
    files_.forgetFolders();
  state_ = state;
  files_.begin(state.open);
}

Settings Workspace::settingsFor(const std::string &path, std::string &problem) {
  problem = settingsProblem_;
  auto settings = configuration_->settingsFor(path);
  if (settings)
    return std::move(*settings);
  problem += llvm::toString(settings.takeError());
  return Settings::defaults();
}

void Workspace::hideBaseline(FileResult &result, const Settings &settings, std::string &problem) {
  llvm::StringRef path = result.file->path();
  auto baseline = baselines_.of(path, settings);
  if (!baseline)
    problem += llvm::toString(baseline.takeError());
  else if (*baseline)
    hideKnown(result, (*baseline)->of(absolutePath(path)), "");
}

FileResult Workspace::lint(const std::string &path, const Settings &settings) {
  return Project({{path, nullptr, &settings}}, files_).lint(path);
}

/// Null where it cannot be read or parsed.
std::shared_ptr<const SyntaxTree> Workspace::treeOf(const std::string &path,
                                                    const Settings &settings) const {
  auto file = files_.read(path, displayPath(path), settings.maxBytes);
  if (!file) {
    llvm::consumeError(file.takeError());
    return nullptr;
  }
  auto tree = files_.parse(*file, {settings.deadline});
  if (!tree) {
    llvm::consumeError(tree.takeError());
    return nullptr;
  }
  return *tree;
}

/// Nothing where too much of the text is another.
std::optional<FileResult> Workspace::withoutEvaluator(const std::string &path, Settings settings,
                                                      const Analysis &before) {
  settings.evaluates = false;
  return withEvaluatedOf(before.result, lint(path, settings));
}

Analysis Workspace::analyse(const WorkspaceState &state, const std::string &path,
                            const Analysis *sound, Extent extent) {
  begin(state);
  Analysis analysis;
  Settings settings = settingsFor(path, analysis.problem);
  settings.tellCosts = true;
  if (sound) {
    std::shared_ptr<const SyntaxTree> tree = treeOf(path, settings);
    std::optional<FileResult> carried;
    if (tree && !tree->problems().empty())
      carried = carriedOver(sound->result, *tree, settings);
    if (carried)
      return {std::move(*carried), sound->seen, std::move(tree), std::move(analysis.problem), true};
  }
  if (auto first =
          extent == Extent::First ? withoutEvaluator(path, settings, *sound) : std::nullopt) {
    analysis.isFirst = !first->evaluated.empty();
    analysis.result = std::move(*first);
  } else {
    analysis.result = lint(path, settings);
  }
  hideBaseline(analysis.result, settings, analysis.problem);
  llvm::erase_if(analysis.result.diagnostics,
                 [&](const Diagnostic &found) { return found.severity < settings.level; });
  analysis.seen = files_.asked();
  if (analysis.result.status != FileStatus::Skipped)
    analysis.tree = treeOf(path, settings);
  files_.evict();
  return analysis;
}

llvm::Expected<std::string> Workspace::fixAll(const WorkspaceState &state,
                                              const std::string &path) {
  begin(state);
  std::string problem;
  Settings settings = settingsFor(path, problem);
  FileResult result = lint(path, settings);
  hideBaseline(result, settings, problem);
  std::shared_ptr<const SourceFile> file = result.file;
  Project project({{path, nullptr, &settings}}, files_);
  auto fixed = fixFile(file, std::move(result), settings, Applicability::Safe,
                       [&](const std::shared_ptr<const SourceFile> &next) {
                         FileResult again = project.lint(next);
                         hideBaseline(again, settings, problem);
                         return again;
                       });
  if (!fixed)
    return fixed.takeError();
  return fixed->file->text().str();
}

std::vector<std::string> Workspace::files(const WorkspaceState &state,
                                          const std::vector<std::string> &folders) {
  begin(state);
  std::vector<std::string> paths;
  auto found = discoverFiles(folders, *configuration_);
  if (!found) {
    llvm::consumeError(found.takeError());
    return paths;
  }
  for (const DiscoveredFile &file : *found)
    if (file.problem.empty())
      paths.push_back(absolutePath(file.path));
  return paths;
}

} // namespace fraglint
