#include "lint/target_file.h"

#include "lint/nearest_name.h"
#include "lint/toml_text.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <limits>
#include <sstream>
#include <variant>

namespace fraglint {

namespace {

/// Nobody writes a longer one; anything else with that name is no description of a target.
constexpr uint64_t kMostBytes = 1U << 20;

// --- What the keys are ---

/// A value out of several, by its name.
struct Choice {
  llvm::ArrayRef<llvm::StringRef> names; ///< in the order of the enumeration
  uint8_t (*get)(const TargetDescription &);
  void (*set)(TargetDescription &, uint8_t);
};

/// Where in a description the value of a key is.
template <typename T> using Member = T &(*)(TargetDescription &);
using Place = std::variant<Member<bool>, Member<uint8_t>, Member<uint16_t>, Member<uint32_t>,
                           Member<int64_t>, Member<std::string>, Member<Interval>,
                           Member<std::vector<int64_t>>, Member<std::vector<std::string>>, Choice>;

struct Key {
  llvm::StringRef table; ///< empty: at the top
  llvm::StringRef name;
  Place place;
};

constexpr llvm::StringRef kFamilies[] = {"circuitpython", "micropython"};
constexpr llvm::StringRef kFloats[] = {"word-30", "boxed-32", "boxed-64"};
constexpr llvm::StringRef kNames[] = {"micropython", "circuitpython"};
constexpr llvm::StringRef kProvenances[] = {"measured", "published", "estimated"};

#define AT(TYPE, MEMBER) Member<TYPE>([](TargetDescription &of) -> TYPE & { return of.MEMBER; })
#define CHOICE(NAMES, MEMBER)                                                                      \
  Choice {                                                                                         \
    NAMES, [](const TargetDescription &of) { return static_cast<uint8_t>(of.MEMBER); },            \
        [](TargetDescription &of, uint8_t number) {                                                \
          of.MEMBER = static_cast<decltype(of.MEMBER)>(number);                                    \
        }                                                                                          \
  }

/// In the order in which they are written.
const Key kKeys[] = {
    {"", "name", AT(std::string, name)},
    {"", "title", AT(std::string, title)},
    {"", "processor", AT(std::string, mcu)},
    {"", "display-width", AT(uint16_t, displayWidth)},
    {"", "display-height", AT(uint16_t, displayHeight)},

    {"firmware", "family", CHOICE(kFamilies, profile.family)},
    {"firmware", "version", AT(uint16_t, profile.version)},
    {"firmware", "word-bytes", AT(uint8_t, profile.wordBytes)},
    {"firmware", "floats", CHOICE(kFloats, profile.floats)},
    {"firmware", "pystack", AT(bool, profile.hasPystack)},
    {"firmware", "name-hash-bytes", AT(uint8_t, profile.nameHashBytes)},
    {"firmware", "big-ints", AT(bool, profile.hasBigInts)},
    {"firmware", "main-names", AT(uint8_t, profile.mainNames)},
    {"firmware", "main-slots", AT(uint8_t, profile.mainSlots)},
    {"firmware", "measured-in-session", AT(bool, profile.isMeasuredInSession)},

    {"traits", "folds-declared", AT(bool, profile.traits.foldsDeclared)},
    {"traits", "folds-tuples", AT(bool, profile.traits.foldsTuples)},
    {"traits", "folds-floats", AT(bool, profile.traits.foldsFloats)},
    {"traits", "folds-math-constants", AT(bool, profile.traits.foldsMathConstants)},
    {"traits", "assigns-without-tuple", AT(bool, profile.traits.assignsWithoutTuple)},
    {"traits", "keeps-slices-on-stack", AT(bool, profile.traits.keepsSlicesOnStack)},
    {"traits", "zips-items-first", AT(bool, profile.traits.zipsItemsFirst)},
    {"traits", "multiplies-in-word", AT(bool, profile.traits.multipliesInWord)},
    {"traits", "halves-factorials", AT(bool, profile.traits.halvesFactorials)},
    {"traits", "packs-texts", AT(bool, profile.traits.packsTexts)},
    {"traits", "reports-in-detail", AT(bool, profile.traits.reportsInDetail)},
    {"traits", "opens-machine-files", AT(bool, profile.traits.opensMachineFiles)},
    {"traits", "unix-port", AT(bool, profile.traits.isUnixPort)},
    {"traits", "extends-by-any-items", AT(bool, profile.traits.extendsByAnyItems)},
    {"traits", "closes-documents", AT(bool, profile.traits.closesDocuments)},
    {"traits", "knows-signed-bytes", AT(bool, profile.traits.knowsSignedBytes)},
    {"traits", "formats-underscores", AT(bool, profile.traits.formatsUnderscores)},
    {"traits", "formats-characters", AT(bool, profile.traits.formatsCharacters)},
    {"traits", "shows-characters", AT(bool, profile.traits.showsCharacters)},
    {"traits", "centers-characters", AT(bool, profile.traits.centersCharacters)},
    {"traits", "knows-encodings", AT(bool, profile.traits.knowsEncodings)},
    {"traits", "handles-decoding-errors", AT(bool, profile.traits.handlesDecodingErrors)},
    {"traits", "prints-floats-exactly", AT(bool, profile.traits.printsFloatsExactly)},
    {"traits", "rounds-word-floats", AT(bool, profile.traits.roundsWordFloats)},
    {"traits", "says-divide-by-zero", AT(bool, profile.traits.saysDivideByZero)},
    {"traits", "most-alignment", AT(uint8_t, profile.traits.mostAlignment)},
    {"traits", "names", CHOICE(kNames, profile.traits.names)},
    {"traits", "file-modules", AT(std::vector<std::string>, fileModules)},

    {"heap", "bytes", AT(Interval, heapBytes)},
    {"heap", "figure-is", CHOICE(kProvenances, provenance)},
    {"heap", "psram-mib", AT(uint8_t, psramMib)},
    {"heap", "areas-at-start", AT(std::vector<int64_t>, areasAtStart)},
    {"heap", "grows", AT(bool, heap.grows)},
    {"heap", "most-new-area", AT(int64_t, heap.mostNewArea)},
    {"heap", "threshold-at-start", AT(int64_t, heap.thresholdAtStart)},
    {"heap", "pystack-bytes", AT(uint32_t, heap.pystackBytes)},
    {"heap", "finaliser-table", AT(bool, heap.hasFinaliserTable)},
    {"heap", "gap-byte", AT(bool, heap.hasGapByte)},
    {"heap", "scan-table", AT(bool, heap.hasScanTable)},
    {"heap", "has-threshold", AT(bool, heap.hasThreshold)},
    {"heap", "collects-after-import", AT(bool, heap.collectsAfterImport)},
    {"heap", "collects-before-run", AT(bool, heap.collectsBeforeRun)},
    {"heap", "postpones-collection", AT(bool, heap.postponesCollection)},
};

#undef CHOICE
#undef AT

const Key *findKey(llvm::StringRef table, llvm::StringRef name) {
  const Key *key =
      llvm::find_if(kKeys, [&](const Key &one) { return one.table == table && one.name == name; });
  return key == std::end(kKeys) ? nullptr : key;
}

bool isTableName(llvm::StringRef name) {
  return !name.empty() && llvm::any_of(kKeys, [&](const Key &key) { return key.table == name; });
}

// --- From TOML ---

class TargetReader {
public:
  TargetReader(llvm::StringRef path, TargetDescription &target) : path_(path), target_(target) {}

  llvm::Error read(llvm::StringRef text) {
    std::optional<toml::table> table = parseToml(text, path_, mistakes_);
    if (table) {
      begin(*table);
      readTable("", *table);
      check(*table);
    }
    return errorOf(path_, std::move(mistakes_));
  }

private:
  void fail(const toml::source_region &where, std::string message) {
    mistakes_.push_back({where.begin.line, where.begin.column, std::move(message)});
  }

  /// What the file does not say.
  void begin(const toml::table &table) {
    const Target *base = findTarget("micropython/generic");
    if (const toml::node *node = table.get("based-on")) {
      const toml::value<std::string> *name = node->as_string();
      const Target *named = name != nullptr ? findTarget(name->get()) : nullptr;
      if (name == nullptr)
        fail(node->source(), wrongType("based-on", *node, "a string"));
      else if (named == nullptr)
        fail(node->source(), "`" + name->get() + "` is no known target" +
                                 didYouMean(nearestTargetNames(name->get())));
      else
        base = named;
    }
    target_ = TargetDescription::of(*base);
    target_.name = llvm::sys::path::stem(path_).str();
    target_.title.clear();
  }

  // NOLINTNEXTLINE(misc-no-recursion): only the outermost table has others that are read.
  void readTable(llvm::StringRef tableName, const toml::table &table) {
    for (auto &&[name, node] : table) {
      llvm::StringRef word = name.str();
      if (const Key *key = findKey(tableName, word)) {
        std::visit([&](auto place) { take(word, node, place); }, key->place);
      } else if (tableName.empty() && isTableName(word)) {
        if (const toml::table *inner = node.as_table())
          readTable(word, *inner);
        else
          fail(node.source(), wrongType(word, node, "a table"));
      } else if (!tableName.empty() || word != "based-on") {
        fail(name.source(), "`" + word.str() + "` is nothing that a target has" +
                                (tableName.empty() ? "" : " in [" + tableName.str() + "]") +
                                didYouMean(nearestKey(tableName, word)));
      }
    }
  }

  /// Among the keys of the same table.
  static llvm::StringRef nearestKey(llvm::StringRef tableName, llvm::StringRef word) {
    llvm::SmallVector<llvm::StringRef, 32> names;
    for (const Key &key : kKeys) {
      if (key.table == tableName)
        names.push_back(key.name);
      else if (tableName.empty() && !llvm::is_contained(names, key.table))
        names.push_back(key.table);
    }
    if (tableName.empty())
      names.push_back("based-on");
    return nearestName(word, names);
  }

  static std::string wrongType(llvm::StringRef key, const toml::node &node,
                               llvm::StringRef wanted) {
    return ("`" + key + "` must be " + wanted + ", not " + tomlTypeName(node)).str();
  }

  // --- Values of one type ---

  void take(llvm::StringRef key, const toml::node &node, Member<bool> place) {
    if (const toml::value<bool> *value = node.as_boolean())
      place(target_) = value->get();
    else
      fail(node.source(), wrongType(key, node, "true or false"));
  }
  void take(llvm::StringRef key, const toml::node &node, Member<std::string> place) {
    if (const toml::value<std::string> *value = node.as_string())
      place(target_) = value->get();
    else
      fail(node.source(), wrongType(key, node, "a string"));
  }
  /// 0 or more; the largest that fits where there is a mistake.
  int64_t number(llvm::StringRef key, const toml::node &node, int64_t most) {
    const toml::value<int64_t> *value = node.as_integer();
    if (value == nullptr)
      fail(node.source(), wrongType(key, node, "a whole number"));
    else if (value->get() < 0 || value->get() > most)
      fail(node.source(), ("`" + key + "` must be from 0 to " + std::to_string(most)).str());
    else
      return value->get();
    return most;
  }
  template <typename T> void take(llvm::StringRef key, const toml::node &node, Member<T> place) {
    // Sums and products of sizes stay in range.
    constexpr int64_t kMostSize = int64_t{1} << 40;
    auto most = sizeof(T) == 8 ? kMostSize : static_cast<int64_t>(std::numeric_limits<T>::max());
    place(target_) = static_cast<T>(number(key, node, most));
  }
  void take(llvm::StringRef key, const toml::node &node, Member<Interval> place) {
    std::vector<int64_t> ends;
    if (node.is_array())
      takeNumbers(key, node, ends);
    else
      ends.assign(2, number(key, node, kMostHeap));
    if (ends.size() != 2 || ends[0] > ends[1] || ends[0] == 0)
      fail(node.source(), ("`" + key +
                           "` must be a whole number above 0, or the least and the "
                           "most: [56000, 167000]")
                              .str());
    else
      place(target_) = {ends[0], ends[1]};
  }
  void take(llvm::StringRef key, const toml::node &node, Member<std::vector<int64_t>> place) {
    place(target_).clear();
    takeNumbers(key, node, place(target_));
  }
  void takeNumbers(llvm::StringRef key, const toml::node &node, std::vector<int64_t> &into) {
    const toml::array *list = node.as_array();
    if (list == nullptr)
      return fail(node.source(), wrongType(key, node, "a list of whole numbers"));
    for (const toml::node &item : *list)
      into.push_back(number(key, item, kMostHeap));
  }
  void take(llvm::StringRef key, const toml::node &node, Member<std::vector<std::string>> place) {
    const toml::array *list = node.as_array();
    if (list == nullptr)
      return fail(node.source(), wrongType(key, node, "a list of strings"));
    place(target_).clear();
    for (const toml::node &item : *list) {
      if (const toml::value<std::string> *value = item.as_string())
        place(target_).push_back(value->get());
      else
        fail(item.source(), wrongType(key, item, "a list of strings"));
    }
  }
  void take(llvm::StringRef key, const toml::node &node, const Choice &place) {
    const toml::value<std::string> *value = node.as_string();
    if (value == nullptr)
      return fail(node.source(), wrongType(key, node, "a string"));
    const auto *name = llvm::find(place.names, llvm::StringRef(value->get()));
    if (name == place.names.end())
      return fail(node.source(), "`" + value->get() + "` is none of " +
                                     llvm::join(place.names, ", ") +
                                     didYouMean(nearestName(value->get(), place.names)));
    place.set(target_, static_cast<uint8_t>(name - place.names.begin()));
  }

  /// What single values do not tell.
  void check(const toml::table &table) {
    auto placeOf = [&](llvm::StringRef inner, llvm::StringRef key) {
      const toml::node *node = table[std::string_view(inner)][std::string_view(key)].node();
      return node != nullptr ? node->source() : table.source();
    };
    if (target_.profile.wordBytes != 4 && target_.profile.wordBytes != 8)
      fail(placeOf("firmware", "word-bytes"), "`word-bytes` must be 4 or 8");
    if (target_.profile.nameHashBytes > 2)
      fail(placeOf("firmware", "name-hash-bytes"), "`name-hash-bytes` must be from 0 to 2");
    if (target_.profile.mainSlots < target_.profile.mainNames)
      fail(placeOf("firmware", "main-slots"), "`main-slots` must be `main-names` or more");
    if (target_.profile.traits.mostAlignment == 0)
      fail(placeOf("traits", "most-alignment"), "`most-alignment` must be 1 or more");
    if (target_.areasAtStart.empty())
      fail(placeOf("heap", "areas-at-start"), "`areas-at-start` must have an area");
  }

  static constexpr int64_t kMostHeap = int64_t{1} << 40;

  llvm::StringRef path_;
  TargetDescription &target_;
  std::vector<TomlMistake> mistakes_;
};

// --- To TOML ---

std::string quoted(const std::string &text) {
  std::ostringstream written;
  written << toml::value<std::string>(text);
  return written.str();
}

/// As a reader takes it.
struct ValueText {
  TargetDescription &target;

  std::string operator()(Member<bool> place) const { return place(target) ? "true" : "false"; }
  std::string operator()(Member<std::string> place) const { return quoted(place(target)); }
  template <typename T> std::string operator()(Member<T> place) const {
    return std::to_string(place(target));
  }
  std::string operator()(Member<Interval> place) const {
    Interval value = place(target);
    return value.isExact() ? std::to_string(value.lo)
                           : "[" + std::to_string(value.lo) + ", " + std::to_string(value.hi) + "]";
  }
  std::string operator()(Member<std::vector<int64_t>> place) const {
    return "[" +
           llvm::join(
               llvm::map_range(place(target), [](int64_t one) { return std::to_string(one); }),
               ", ") +
           "]";
  }
  std::string operator()(Member<std::vector<std::string>> place) const {
    return "[" + llvm::join(llvm::map_range(place(target), quoted), ", ") + "]";
  }
  std::string operator()(const Choice &place) const {
    return "\"" + place.names[place.get(target)].str() + "\"";
  }
};

std::string fullName(const Key &key) {
  return key.table.empty() ? key.name.str() : (key.table + "." + key.name).str();
}

} // namespace

llvm::Expected<TargetDescription> readTarget(llvm::StringRef text, llvm::StringRef path) {
  TargetDescription target;
  if (llvm::Error error = TargetReader(path, target).read(text))
    return error;
  return target;
}

llvm::Expected<TargetDescription> readTargetFile(llvm::StringRef path) {
  // Volatile: read, not mapped.
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false, /*IsVolatile=*/true);
  if (!buffer)
    return llvm::createStringError(
        (path + ": cannot read the target: " + buffer.getError().message()).str());
  if ((*buffer)->getBufferSize() > kMostBytes)
    return llvm::createStringError((path + ": this is too long for a target").str());
  return readTarget((*buffer)->getBuffer(), path);
}

std::string targetText(const TargetDescription &target, const llvm::StringMap<std::string> &notes) {
  TargetDescription copy = target;
  std::string text;
  llvm::StringRef table;
  for (const Key &key : kKeys) {
    if (key.table != table) {
      table = key.table;
      text += ("\n[" + table + "]\n").str();
    }
    text += key.name.str() + " = " + std::visit(ValueText{copy}, key.place);
    if (auto note = notes.find(fullName(key)); note != notes.end())
      text += " # " + note->second;
    text += "\n";
  }
  return text;
}

std::vector<std::string> targetKeys() {
  std::vector<std::string> names;
  for (const Key &key : kKeys)
    names.push_back(fullName(key));
  return names;
}

bool *flagNamed(TargetDescription &target, llvm::StringRef key) {
  const Key *found = llvm::find_if(kKeys, [&](const Key &one) { return fullName(one) == key; });
  const auto *place = found != std::end(kKeys) ? std::get_if<Member<bool>>(&found->place) : nullptr;
  return place != nullptr ? &(*place)(target) : nullptr;
}

} // namespace fraglint
