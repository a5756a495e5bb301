#include "lint/config_reader.h"

#include "lint/file_path.h"
#include "lint/nearest_name.h"
#include "lint/required_version.h"
#include "lint/rule_registry.h"
#include "lint/settings.h"
#include "lint/stated_target.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <sstream>

namespace fraglint {

namespace {

std::string tomlText(const toml::node &node) {
  std::ostringstream text;
  node.visit([&](const auto &value) { text << value; });
  return text.str();
}

std::optional<Severity> severityNamed(llvm::StringRef name) {
  for (Severity severity : {Severity::Note, Severity::Warning})
    if (name == severityName(severity))
      return severity;
  return std::nullopt;
}

} // namespace

/// What each key means. A key that cannot be read adds to the mistakes and sets nothing.
struct ConfigKeys {
  using Read = void (ConfigKeys::*)(const toml::node &);
  struct Key {
    llvm::StringRef name;
    Read read;
  };
  static const std::array<Key, 16> kKeys;

  ConfigReader &reader;
  ConfigFile &config;
  llvm::StringRef key; ///< that is being read

  void fail(const toml::source_region &where, const std::string &message) {
    reader.mistakes_.push_back({where.begin.line, where.begin.column, message});
  }
  void wrongType(const toml::node &node, llvm::StringRef wanted) {
    fail(node.source(), ("`" + key + "` must be " + wanted + ", not " + tomlTypeName(node)).str());
  }

  // --- Values of one type ---

  std::optional<std::string> text(const toml::node &node, llvm::StringRef wanted = "a string") {
    if (const toml::value<std::string> *value = node.as_string())
      return value->get();
    wrongType(node, wanted);
    return std::nullopt;
  }
  void flag(const toml::node &node, std::optional<bool> &out) {
    if (const toml::value<bool> *value = node.as_boolean())
      out = value->get();
    else
      wrongType(node, "true or false");
  }
  /// Calls `use(text, place)` for each string of a list.
  template <typename Use> void texts(const toml::node &node, Use use) {
    const toml::array *list = node.as_array();
    if (list == nullptr)
      return wrongType(node, "a list of strings");
    for (const toml::node &item : *list)
      if (std::optional<std::string> value = text(item, "a list of strings"))
        use(*value, item.source());
  }
  std::vector<std::string> selectors(const toml::node &node) {
    std::vector<std::string> found;
    texts(node, [&](const std::string &word, const toml::source_region &where) {
      if (rulesMatching(word).empty())
        fail(where, "`" + word + "` is no rule" + didYouMean(nearestRule(word)));
      else
        found.push_back(word);
    });
    return found;
  }
  std::optional<ScopedPattern> pattern(llvm::StringRef word, const toml::source_region &where) {
    llvm::Expected<ScopedPattern> parsed = ScopedPattern::parse(word, config.folder);
    if (parsed)
      return std::move(*parsed);
    fail(where, "`" + word.str() + "`: " + llvm::toString(parsed.takeError()));
    return std::nullopt;
  }
  std::vector<ScopedPattern> patterns(const toml::node &node) {
    std::vector<ScopedPattern> found;
    texts(node, [&](const std::string &word, const toml::source_region &where) {
      if (std::optional<ScopedPattern> parsed = pattern(word, where))
        found.push_back(std::move(*parsed));
    });
    return found;
  }

  // --- Keys ---

  void target(const toml::node &node) {
    std::optional<std::string> stated = text(node);
    if (!stated)
      return;
    if (llvm::Error error = statedTarget(*stated, config.folder).moveInto(config.target)) {
      std::string message = llvm::toString(std::move(error));
      llvm::SmallVector<llvm::StringRef> mistakes = {message};
      if (isTargetFile(*stated)) { // all that are in the file, one a line
        mistakes.clear();
        llvm::SplitString(message, mistakes, "\n");
      }
      for (llvm::StringRef mistake : mistakes)
        fail(node.source(), mistake.str());
    }
  }
  void select(const toml::node &node) { config.select = selectors(node); }
  void ignore(const toml::node &node) { config.ignore = selectors(node); }
  void extendSelect(const toml::node &node) { config.extendSelect = selectors(node); }
  void exclude(const toml::node &node) { config.exclude = patterns(node); }
  void extendExclude(const toml::node &node) { config.extendExclude = patterns(node); }
  void forceExclude(const toml::node &node) { flag(node, config.forceExclude); }
  void requireReason(const toml::node &node) { flag(node, config.requireReason); }
  void level(const toml::node &node) {
    std::optional<std::string> name = text(node);
    if (!name)
      return;
    config.level = severityNamed(*name);
    if (!config.level)
      fail(node.source(), "`level` must be \"warning\" or \"note\", not \"" + *name + "\"");
  }
  void baseline(const toml::node &node) {
    std::optional<std::string> file = text(node);
    if (!file)
      return;
    llvm::SmallString<256> path(*file);
    if (!file->empty())
      llvm::sys::fs::make_absolute(config.folder, path);
    config.baseline = file->empty() ? "" : absolutePath(path);
  }
  void extend(const toml::node &node) {
    if (std::optional<std::string> name = text(node))
      reader.extended_ = {*name, config.path + ":" + std::to_string(node.source().begin.line) +
                                     ":" + std::to_string(node.source().begin.column)};
  }
  void requiredVersion(const toml::node &node) {
    std::optional<std::string> wanted = text(node);
    if (!wanted)
      return;
    llvm::Expected<bool> holds = versionSatisfies(FRAGLINT_VERSION, *wanted);
    if (!holds)
      fail(node.source(), llvm::toString(holds.takeError()));
    else if (!*holds)
      fail(node.source(),
           "this configuration needs fraglint " + *wanted + "; this is " FRAGLINT_VERSION);
  }
  void firmware(const toml::node &node) {
    if (node.is_boolean())
      flag(node, config.assumeFirmware);
    else if (node.is_array())
      config.firmware = patterns(node);
    else
      wrongType(node, "true, false or a list of patterns");
  }
  void severity(const toml::node &node) {
    const toml::table *table = node.as_table();
    if (table == nullptr)
      return wrongType(node, "a table of rules");
    for (auto &&[name, value] : *table)
      severityOf(name, value);
  }
  void severityOf(const toml::key &name, const toml::node &value) {
    const Rule *rule = findRule(name.str());
    if (rule == nullptr)
      return fail(name.source(), "`" + std::string(name.str()) + "` is no rule" +
                                     didYouMean(nearestRule(name.str())));
    std::optional<std::string> word = text(value);
    if (!word)
      return;
    std::optional<Severity> wanted = severityNamed(*word);
    if (!wanted && *word != "off")
      return fail(value.source(), "the severity of `" + std::string(name.str()) +
                                      "` must be \"warning\", \"note\" or \"off\", not \"" + *word +
                                      "\"");
    if (isAlwaysOn(*rule))
      return fail(name.source(), rule->code.str() + " (" + rule->name.str() +
                                     ") is always an error; `exclude` leaves a file out");
    config.severities.emplace_back(rule, wanted);
  }
  void perFileIgnores(const toml::node &node) {
    const toml::table *table = node.as_table();
    if (table == nullptr)
      return wrongType(node, "a table of patterns");
    for (auto &&[name, value] : *table) {
      std::vector<std::string> ignored = selectors(value);
      if (std::optional<ScopedPattern> parsed = pattern(name.str(), name.source()))
        config.perFileIgnores.emplace_back(std::move(*parsed), std::move(ignored));
    }
  }

  void budgets(const toml::node &node) {
    const toml::table *table = node.as_table();
    if (table == nullptr)
      return wrongType(node, "a table of budgets");
    for (auto &&[name, value] : *table) {
      if (!value.is_table())
        amount(name, value, config.budget);
      else if (llvm::StringRef(name.str()).ends_with("()"))
        functionBudget(name, *value.as_table());
      else
        pathBudget(name, *value.as_table());
    }
  }
  /// One of the numbers of a budget.
  void amount(const toml::key &name, const toml::node &value, Budget &budget) {
    llvm::StringRef word = name.str();
    auto member = budgetMember(word);
    if (!member) {
      llvm::StringRef nearest = nearestName(word, budgetKeys());
      return fail(name.source(),
                  "`" + word.str() + "` is no budget" +
                      (nearest.empty() ? "; a path or a function has a table of budgets"
                                       : didYouMean(nearest)));
    }
    const toml::value<int64_t> *number = value.as_integer();
    if (number == nullptr || number->get() < 0)
      return fail(value.source(),
                  "`" + word.str() + "` must be a whole number of bytes, 0 or more");
    budget.*member = number->get();
  }
  void pathBudget(const toml::key &name, const toml::table &table) {
    Budget budget;
    for (auto &&[bound, value] : table)
      amount(bound, value, budget);
    if (std::optional<ScopedPattern> parsed = pattern(name.str(), name.source()))
      config.pathBudgets.emplace_back(std::move(*parsed), budget);
  }
  void functionBudget(const toml::key &name, const toml::table &table) {
    Budget budget;
    for (auto &&[bound, value] : table) {
      amount(bound, value, budget);
      llvm::StringRef word = bound.str();
      if (budgetMember(word) && word != budgetKeys().front())
        fail(bound.source(), "`" + word.str() + "` is of a whole program; a function has `" +
                                 budgetKeys().front().str() + "` alone");
    }
    if (budget.maxContiguous)
      config.functionBudgets.push_back(
          {llvm::StringRef(name.str()).drop_back(2).str(), *budget.maxContiguous});
  }

  // --- The whole table ---

  void state(std::string name, const toml::node &node) {
    config.statements.push_back({std::move(name), tomlText(node),
                                 config.path + ":" + std::to_string(node.source().begin.line)});
  }
  /// The end of a message about a key that does not exist.
  std::string hintFor(llvm::StringRef name, const toml::node &value) const {
    const toml::table *table = value.as_table();
    if (name == "fraglint" || (name == "tool" && table != nullptr && table->contains("fraglint")))
      return ("; in " + llvm::sys::path::filename(config.path) + " the keys stand at the top level")
          .str();
    return didYouMean(nearestName(name, configKeys()));
  }
  void readAll(const toml::table &table) {
    for (auto &&[name, value] : table) {
      key = name.str();
      const Key *known = llvm::find_if(kKeys, [&](const Key &one) { return one.name == key; });
      if (known == kKeys.end()) {
        fail(name.source(), "`" + key.str() + "` is no setting" + hintFor(key, value));
        continue;
      }
      (this->*known->read)(value);
      if (const toml::table *entries = value.as_table())
        for (auto &&[entry, entryValue] : *entries)
          state(key.str() + "." + std::string(entry.str()), entryValue);
      else
        state(key.str(), value);
    }
  }
};

const std::array<ConfigKeys::Key, 16> ConfigKeys::kKeys = {{
    {"baseline", &ConfigKeys::baseline},
    {"budgets", &ConfigKeys::budgets},
    {"exclude", &ConfigKeys::exclude},
    {"extend", &ConfigKeys::extend},
    {"extend-exclude", &ConfigKeys::extendExclude},
    {"extend-select", &ConfigKeys::extendSelect},
    {"firmware", &ConfigKeys::firmware},
    {"force-exclude", &ConfigKeys::forceExclude},
    {"ignore", &ConfigKeys::ignore},
    {"level", &ConfigKeys::level},
    {"per-file-ignores", &ConfigKeys::perFileIgnores},
    {"require-reason", &ConfigKeys::requireReason},
    {"required-version", &ConfigKeys::requiredVersion},
    {"select", &ConfigKeys::select},
    {"severity", &ConfigKeys::severity},
    {"target", &ConfigKeys::target},
}};

llvm::ArrayRef<llvm::StringRef> configKeys() {
  static const auto names = [] {
    std::array<llvm::StringRef, ConfigKeys::kKeys.size()> all;
    llvm::transform(ConfigKeys::kKeys, all.begin(),
                    [](const ConfigKeys::Key &key) { return key.name; });
    return all;
  }();
  return names;
}

bool ConfigReader::read(llvm::StringRef text) {
  bool isShared = llvm::sys::path::filename(config_.path) == "pyproject.toml";
  std::optional<toml::table> parsed = parseToml(text, config_.path, mistakes_);
  if (!parsed) {
    bool isOurs = !isShared || text.contains("tool.fraglint");
    if (!isOurs) // somebody else's broken file is none of our business
      mistakes_.clear();
    return isOurs;
  }
  ConfigKeys keys{*this, config_, {}};
  const toml::table *table = &*parsed;
  if (isShared) {
    const toml::node *own = (*parsed)["tool"]["fraglint"].node();
    if (own == nullptr)
      return false;
    table = own->as_table();
    if (table == nullptr) {
      keys.key = "tool.fraglint";
      keys.wrongType(*own, "a table ([tool.fraglint])");
      return true;
    }
  }
  keys.readAll(*table);
  return true;
}

llvm::Error ConfigReader::takeError() { return errorOf(config_.path, std::move(mistakes_)); }

} // namespace fraglint
