#include "driver/config_options.h"

#include "driver/target_option.h"
#include "lint/assumption.h"
#include "lint/file_path.h"
#include "lint/nearest_name.h"
#include "lint/rule_registry.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

namespace fraglint {

namespace path = llvm::sys::path;

namespace {

/// A pattern as a shell or its completion writes paths: `./src`, `../src` and absolute ones are
/// seen from the working folder. As in configuration files, `/src` else means one at its top.
llvm::Expected<ScopedPattern> typedPattern(llvm::StringRef text) {
  std::string folder = absolutePath(".");
  llvm::StringRef below = pathBelow(folder, text);
  bool isPath = text.drop_back(text.ends_with("/") ? 1 : 0).contains('/') || text == "." ||
                text == ".." || text == "./" || text == "../" || text == "/";
  if (!isPath)
    return ScopedPattern::parse(text, std::move(folder));
  llvm::SmallString<128> typed(below.empty() ? text.ltrim('/') : below);
  bool isWorkingFolder = text.rtrim('/') == folder;
  path::remove_dots(typed, /*remove_dot_dot=*/true, path::Style::posix);
  llvm::StringRef rest = typed;
  while (rest == ".." || rest.starts_with("../")) {
    rest = rest.drop_front(2).ltrim('/');
    folder = path::parent_path(folder).str();
  }
  if (rest.empty() || rest == "." || isWorkingFolder || folder.empty())
    return llvm::createStringError("this can never match a file or folder below the working "
                                   "folder; name what is to be left out");
  bool foldersOnly = text.ends_with("/");
  return ScopedPattern::parse(("/" + rest.rtrim('/') + (foldersOnly ? "/" : "")).str(),
                              std::move(folder));
}

/// Collects mistakes while it translates.
class OptionReader {
public:
  ConfigFile::Selectors selectors(llvm::StringRef option, const std::vector<std::string> &words) {
    for (const std::string &word : words)
      if (rulesMatching(word).empty())
        errors.push_back(
            (option + ": `" + word + "` is no rule" + didYouMean(nearestRule(word))).str());
    return words;
  }

  TargetPointer target(const std::string &stated) {
    TargetPointer found;
    if (!stated.empty())
      if (llvm::Error error = targetOption(stated).moveInto(found))
        errors.push_back(llvm::toString(std::move(error)));
    return found;
  }

  std::vector<ScopedPattern> patterns(llvm::StringRef option,
                                      const std::vector<std::string> &texts) {
    std::vector<ScopedPattern> found;
    for (const std::string &text : texts) {
      auto pattern = typedPattern(text);
      if (pattern)
        found.push_back(std::move(*pattern));
      else
        errors.push_back(
            (option + ": `" + text + "`: " + llvm::toString(pattern.takeError())).str());
    }
    return found;
  }

  std::vector<std::string> errors;
};

} // namespace

llvm::Expected<std::unique_ptr<Configuration>> makeConfiguration(const ConfigOptions &options) {
  OptionReader reader;
  ConfigOverrides overrides;
  if (options.select)
    overrides.select = reader.selectors("--select", *options.select);
  overrides.extendSelect = reader.selectors("--extend-select", options.extendSelect);
  overrides.ignore = reader.selectors("--ignore", options.ignore);
  overrides.target = reader.target(options.target);
  if (options.exclude)
    overrides.exclude = reader.patterns("--exclude", *options.exclude);
  overrides.extendExclude = reader.patterns("--extend-exclude", options.extendExclude);
  overrides.forceExclude = options.forceExclude;
  for (const std::string &text : options.assume) {
    llvm::Expected<Assumption> assumption = readAssumption(text);
    if (assumption)
      overrides.assumptions.push_back(std::move(*assumption));
    else
      reader.errors.push_back("--assume: " + llvm::toString(assumption.takeError()));
  }
  if (!options.level.empty())
    overrides.level = options.level == "note" ? Severity::Note : Severity::Warning;
  if (!options.baseline.empty())
    overrides.baseline = absolutePath(options.baseline);
  else if (options.withoutBaseline || options.isolated)
    overrides.baseline = "";
  if (options.withoutBaseline && !options.baseline.empty())
    reader.errors.emplace_back("--baseline (take this file) and --no-baseline (take none) exclude "
                               "each other: leave one of them out");
  if (options.isolated && !options.config.empty())
    reader.errors.emplace_back("--config (use this configuration file) and --isolated (read no "
                               "configuration files) exclude each other: leave one of them out");
  if (!reader.errors.empty())
    return llvm::createStringError(llvm::join(reader.errors, "\n"));
  return std::make_unique<Configuration>(std::move(overrides),
                                         ConfigSource{options.isolated, options.config});
}

} // namespace fraglint
