#include "heap/target_table.h"

#include "llvm/ADT/STLExtras.h"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace fraglint {

namespace {

/// Shorter words than this are in too many names.
constexpr size_t kLeastWord = 3;
/// More names than these help nobody.
constexpr size_t kMostNames = 3;

/// A library, or what of it, that is written for one board with external RAM and drives nothing
/// else.
struct BoardLibrary {
  llvm::StringLiteral name; ///< dotted
  llvm::StringLiteral target;
};

// Source: the summary in each library's pyproject.toml names the board; the RAM is that of the
// board's product page. The rest of adafruit_fruitjam (`request_display_config`) serves other
// RP2350 boards too.
constexpr BoardLibrary kBoardLibraries[] = {
    {"adafruit_fruitjam.FruitJam", "circuitpython/adafruit_fruit_jam"},                // 8 MB
    {"adafruit_fruitjam.peripherals.Peripherals", "circuitpython/adafruit_fruit_jam"}, // 8 MB
    {"adafruit_funhouse", "circuitpython/adafruit_funhouse"},                          // 2 MB
    {"adafruit_magtag", "circuitpython/adafruit_magtag_2.9_grayscale"},                // 2 MB
    {"adafruit_pycamera", "circuitpython/adafruit_esp32s3_camera"},   // MEMENTO: 2 MB
    {"adafruit_qualia", "circuitpython/adafruit_qualia_s3_rgb666"},   // 8 MB
};

/// Targets that a name could mean.
struct Matches {
  const Target *first = nullptr;
  unsigned count = 0;

  void add(const Target &target) {
    if (count++ == 0)
      first = &target;
  }
  const Target *sole() const { return count == 1 ? first : nullptr; }
};

const Target &exactly(llvm::StringRef name) {
  for (const Target &target : allTargets())
    if (target.name == name)
      return target;
  llvm_unreachable("a default target is missing from the table");
}

} // namespace

llvm::StringRef provenanceName(Provenance provenance) {
  switch (provenance) {
  case Provenance::Measured:
    return "measured";
  case Provenance::Published:
    return "published";
  case Provenance::Estimated:
    return "estimated";
  }
  llvm_unreachable("all provenances are listed");
}

llvm::ArrayRef<Target> allTargets() {
  static const std::vector<Target> kAll = [] {
    std::vector<Target> all(circuitPythonTargets());
    llvm::append_range(all, microPythonTargets());
    return all;
  }();
  return kAll;
}

const Target *findTarget(llvm::StringRef name) {
  for (const Target &target : allTargets())
    if (target.name.equals_insensitive(name))
      return &target;
  // A board id alone, or the end of one, from a word on: `pico_w` means one board. An id that both
  // families have but for the case means the one that is written so: `teensy41`.
  Matches same;
  Matches whole;
  Matches suffix;
  for (const Target &target : allTargets()) {
    llvm::StringRef id = target.id();
    if (id == name)
      same.add(target);
    if (id.equals_insensitive(name))
      whole.add(target);
    else if (!name.empty() && id.ends_with_insensitive(name) &&
             id.drop_back(name.size()).ends_with("_"))
      suffix.add(target);
  }
  if (same.count == 1)
    return same.first;
  return whole.count != 0 ? whole.sole() : suffix.sole();
}

/// Where `word` (lower case) stands in a target's name: 0 at the start of one of its parts, 1
/// elsewhere in it; nothing where it does not.
static std::optional<unsigned> placeIn(llvm::StringRef id, llvm::StringRef word) {
  std::string lower = id.lower();
  std::optional<unsigned> place;
  for (size_t at = lower.find(word.str()); at != std::string::npos;
       at = lower.find(word.str(), at + 1)) {
    if (at == 0 || lower[at - 1] == '_' || lower[at - 1] == '/')
      return 0;
    place = 1;
  }
  return place;
}

/// Targets with `word` in their name, at the start of a part before others, shortest first.
static llvm::SmallVector<llvm::StringRef, 3> targetsWith(llvm::StringRef word) {
  std::vector<std::tuple<unsigned, size_t, llvm::StringRef>> found;
  if (word.size() >= kLeastWord)
    for (const Target &target : allTargets())
      if (std::optional<unsigned> place = placeIn(target.name, word))
        found.emplace_back(*place, target.name.size(), target.name);
  llvm::stable_sort(found, [](const auto &a, const auto &b) {
    return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
  });
  llvm::SmallVector<llvm::StringRef, 3> names;
  for (const auto &entry : llvm::ArrayRef(found).take_front(kMostNames))
    names.push_back(std::get<2>(entry));
  return names;
}

llvm::SmallVector<llvm::StringRef, 3> nearestTargetNames(llvm::StringRef name) {
  std::string wanted = name.lower();
  if (auto named = targetsWith(llvm::StringRef(wanted).drop_front(wanted.rfind('/') + 1));
      !named.empty())
    return named;
  llvm::StringRef best;
  unsigned bestDistance = std::max<unsigned>(3, static_cast<unsigned>(name.size()) / 3) + 1;
  for (const Target &target : allTargets()) {
    llvm::StringRef id = target.name;
    for (llvm::StringRef candidate : {id, id.split('/').second}) {
      unsigned distance =
          llvm::StringRef(wanted).edit_distance(candidate.lower(), true, bestDistance);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = id;
      }
    }
  }
  if (best.empty())
    return {};
  return {best};
}

const Target &defaultTarget(FirmwareKind firmware) {
  switch (firmware) {
  case FirmwareKind::MicroPython:
    return exactly("micropython/generic");
  case FirmwareKind::MicroBit:
    return exactly("micropython/microbit");
  case FirmwareKind::CircuitPython:
  case FirmwareKind::Unknown:
  case FirmwareKind::Desktop:
    return exactly("circuitpython/generic");
  }
  llvm_unreachable("all kinds of firmware are listed");
}

const Target *targetFromImport(llvm::StringRef name) {
  for (const BoardLibrary &row : kBoardLibraries) {
    llvm::StringRef rest = name;
    if (rest.consume_front(row.name) && (rest.empty() || rest.starts_with(".")))
      return &exactly(row.target);
  }
  return nullptr;
}

} // namespace fraglint
