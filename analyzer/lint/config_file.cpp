#include "lint/config_file.h"

#include "lint/config_reader.h"
#include "lint/file_path.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace fraglint {

namespace path = llvm::sys::path;

namespace {

/// Nobody writes a longer one; anything else with that name is no configuration.
constexpr uint64_t kMaxBytes = 1U << 20;

llvm::Error inFile(llvm::StringRef path, const std::string &message) {
  return llvm::createStringError((path + ": " + message).str());
}

llvm::Expected<std::string> readText(const std::string &file) {
  // Volatile: read, not mapped.
  auto buffer =
      llvm::MemoryBuffer::getFile(file, /*IsText=*/false, /*RequiresNullTerminator=*/false,
                                  /*IsVolatile=*/true);
  if (!buffer)
    return inFile(file, "cannot read the configuration: " + buffer.getError().message());
  if ((*buffer)->getBufferSize() > kMaxBytes)
    return inFile(file, "this is too long for a configuration file");
  return (*buffer)->getBuffer().str();
}

/// Keys whose values in a file add to those of the file it extends.
bool accumulates(llvm::StringRef key) {
  return key == "extend-select" || key == "extend-exclude" || key.starts_with("per-file-ignores.");
}

template <typename T> void append(std::vector<T> &base, std::vector<T> &own) {
  base.insert(base.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  own = std::move(base);
}

/// Puts what `base` says under what `own` says.
void extendBy(ConfigFile &own, ConfigFile base) {
  auto says = [&](llvm::StringRef key) {
    return llvm::any_of(own.statements, [&](const ConfigStatement &s) { return s.key == key; });
  };
  if (!own.target)
    own.target = std::move(base.target);
  if (!own.select)
    own.select = std::move(base.select);
  if (!says("ignore"))
    own.ignore = std::move(base.ignore);
  if (!own.level)
    own.level = base.level;
  if (!own.baseline)
    own.baseline = std::move(base.baseline);
  if (!own.exclude)
    own.exclude = std::move(base.exclude);
  if (!own.forceExclude)
    own.forceExclude = base.forceExclude;
  if (!own.requireReason)
    own.requireReason = base.requireReason;
  if (!says("firmware")) {
    own.assumeFirmware = base.assumeFirmware;
    own.firmware = std::move(base.firmware);
  }
  append(base.extendSelect, own.extendSelect);
  append(base.extendExclude, own.extendExclude);
  append(base.perFileIgnores, own.perFileIgnores);
  append(base.severities, own.severities);
  for (llvm::StringRef key : budgetKeys())
    if (auto member = budgetMember(key); !(own.budget.*member))
      own.budget.*member = base.budget.*member;
  append(base.pathBudgets, own.pathBudgets);
  append(base.functionBudgets, own.functionBudgets);
  llvm::erase_if(base.statements, [&](const ConfigStatement &statement) {
    return !accumulates(statement.key) && says(statement.key);
  });
  append(base.statements, own.statements);
}

/// One file by itself, and the file that it extends (absolute; empty where it extends none).
struct SingleFile {
  ConfigFile config;
  std::string base;
  std::string basePlace; ///< where it names that file
};

/// Nothing where the file is a `pyproject.toml` without a table of ours. `place` is the one that
/// names it; empty for the first file.
llvm::Expected<std::optional<SingleFile>> readSingle(const std::string &file,
                                                     const std::string &place) {
  llvm::Expected<std::string> text = readText(file);
  if (!text && !place.empty())
    return inFile(place, "`extend`: " + llvm::toString(text.takeError()));
  if (!text)
    return text.takeError();
  SingleFile single;
  single.config.path = file;
  single.config.folder = path::parent_path(absolutePath(file));
  ConfigReader reader(single.config);
  if (!reader.read(*text))
    return std::optional<SingleFile>();
  if (llvm::Error error = reader.takeError())
    return error;
  if (reader.extended()) {
    llvm::SmallString<256> named(reader.extended()->file);
    llvm::sys::fs::make_absolute(single.config.folder, named);
    single.base = absolutePath(named);
    single.basePlace = reader.extended()->place;
  }
  return std::optional(std::move(single));
}

} // namespace

llvm::Expected<ScopedPattern> ScopedPattern::parse(llvm::StringRef text, std::string folder) {
  llvm::Expected<PathPattern> pattern = PathPattern::parse(text, /*allowBraces=*/true);
  if (!pattern)
    return pattern.takeError();
  ScopedPattern scoped;
  scoped.folder_ = std::move(folder);
  scoped.pattern_ = std::make_shared<const PathPattern>(std::move(*pattern));
  return scoped;
}

/// The part of `path` that the pattern is about. One without slashes means names anywhere.
llvm::StringRef ScopedPattern::seenFromFolder(llvm::StringRef path) const {
  llvm::StringRef below = pathBelow(folder_, path);
  return below.empty() && !pattern_->isAnchored() ? path : below;
}

bool ScopedPattern::matches(llvm::StringRef path, bool isFolder) const {
  llvm::StringRef seen = seenFromFolder(path);
  return !seen.empty() && pattern_->matches(seen, isFolder);
}

bool ScopedPattern::matchesInside(llvm::StringRef path) const {
  llvm::StringRef seen = seenFromFolder(path);
  return !seen.empty() && pattern_->matchesInside(seen);
}

llvm::Expected<std::optional<ConfigFile>> ConfigFile::read(const std::string &path) {
  std::vector<ConfigFile> chain; // each extends the next
  std::vector<std::string> seen;
  std::string place; // where the file is named
  for (std::string file = absolutePath(path); !file.empty();) {
    std::string shown = chain.empty() ? path : displayPath(file);
    if (llvm::is_contained(seen, file))
      return inFile(place, "`extend` goes round in a circle through " + shown);
    seen.push_back(file);
    auto single = readSingle(shown, place);
    if (!single)
      return single.takeError();
    if (!*single && chain.empty())
      return std::optional<ConfigFile>();
    if (!*single)
      return inFile(place, "`extend` names " + shown + ", which has no table [tool.fraglint]");
    file = std::move((*single)->base);
    place = std::move((*single)->basePlace);
    chain.push_back(std::move((*single)->config));
  }
  while (chain.size() > 1) {
    ConfigFile base = std::move(chain.back());
    chain.pop_back();
    extendBy(chain.back(), std::move(base));
  }
  return std::optional(std::move(chain.front()));
}

} // namespace fraglint
