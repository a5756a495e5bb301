#include "driver/config_options.h"

#include "lint/file_path.h"
#include "lint/nearest_name.h"
#include "lint/rule_registry.h"

#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

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

  const Target *target(const std::string &name) {
    if (name.empty())
      return nullptr;
    const Target *found = findTarget(name);
    if (found == nullptr)
      errors.push_back("--target: `" + name + "` is no known target" +
                       didYouMean(nearestTargetName(name)) + " (`fraglint targets` lists them)");
    return found;
  }

  std::vector<ScopedPattern> patterns(llvm::StringRef option,
                                      const std::vector<std::string> &texts) {
    std::vector<ScopedPattern> found;
    for (const std::string &text : texts) {
      auto pattern = ScopedPattern::parse(text, absolutePath("."));
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
  if (!options.level.empty())
    overrides.level = options.level == "note" ? Severity::Note : Severity::Warning;
  if (!reader.errors.empty())
    return llvm::createStringError(llvm::join(reader.errors, "\n"));
  return std::make_unique<Configuration>(std::move(overrides),
                                         ConfigSource{options.isolated, options.config});
}

} // namespace fraglint
