#include "heap/target.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"

#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace fraglint {

namespace {

using enum FirmwareFamily;
using enum Provenance;

/// Shorter words than this are in too many names.
constexpr size_t kLeastWord = 3;
/// More names than these help nobody.
constexpr size_t kMostNames = 3;

constexpr Interval kib(int64_t lo, int64_t hi) { return {lo * 1024, hi * 1024}; }
constexpr Interval bytes(int64_t value) { return Interval::exactly(value); }

// Measured: read from the running firmware here. Published: `gc.mem_free()` that somebody
// printed on that board and published, or fixed by the firmware's linker script. Estimated: RAM
// less static data and stack. The generic targets are round figures between the boards of
// their family, on purpose without a claim to any one of them. Displays: as CircuitPython's board
// definition sets them up.
constexpr Target kTargets[] = {
    // name, mcu, family, word, boxed floats, growing, psram, heap, provenance, display
    {"circuitpython/adafruit_esp32s3_camera", "ESP32-S3", CircuitPython, 4, false, true, true,
     kib(1900, 2048), Estimated, 240, 240},
    {"circuitpython/adafruit_feather_esp32s3_nopsram", "ESP32-S3", CircuitPython, 4, false, true,
     false, kib(150, 220), Estimated},
    {"circuitpython/adafruit_feather_rp2040", "RP2040", CircuitPython, 4, false, true, false,
     kib(160, 190), Estimated},
    {"circuitpython/adafruit_fruit_jam", "RP2350", CircuitPython, 4, false, true, true,
     kib(7500, 8192), Estimated},
    {"circuitpython/adafruit_funhouse", "ESP32-S2", CircuitPython, 4, false, true, true,
     kib(1900, 2048), Estimated, 240, 240},
    {"circuitpython/adafruit_magtag_2.9_grayscale", "ESP32-S2", CircuitPython, 4, false, true, true,
     kib(1900, 2048), Estimated, 296, 128},
    {"circuitpython/adafruit_matrixportal_s3", "ESP32-S3", CircuitPython, 4, false, true, true,
     kib(1900, 2048), Estimated},
    {"circuitpython/adafruit_qualia_s3_rgb666", "ESP32-S3", CircuitPython, 4, false, true, true,
     kib(7500, 8192), Estimated},
    {"circuitpython/circuitplayground_bluefruit", "nRF52840", CircuitPython, 4, false, true, false,
     kib(130, 150), Estimated},
    {"circuitpython/circuitplayground_express",
     "SAMD21",
     CircuitPython,
     4,
     false,
     true,
     false,
     {14144, 21168},
     Published},
    {"circuitpython/clue_nrf52840_express",
     "nRF52840",
     CircuitPython,
     4,
     false,
     true,
     false,
     {89872, 133120},
     Published,
     240,
     240},
    {"circuitpython/feather_m4_express", "SAMD51", CircuitPython, 4, false, true, false,
     bytes(157376), Published},
    {"circuitpython/generic", "any", CircuitPython, 4, false, true, false, kib(128, 128),
     Estimated},
    {"circuitpython/matrixportal_m4", "SAMD51", CircuitPython, 4, false, true, false, kib(110, 140),
     Estimated},
    {"circuitpython/microbit_v2", "nRF52833", CircuitPython, 4, false, true, false, kib(35, 50),
     Estimated},
    {"circuitpython/pyportal", "SAMD51", CircuitPython, 4, false, true, false, kib(190, 210),
     Estimated, 320, 240},
    {"circuitpython/raspberry_pi_pico", "RP2040", CircuitPython, 4, false, true, false,
     kib(160, 190), Estimated},
    {"circuitpython/raspberry_pi_pico2", "RP2350", CircuitPython, 4, false, true, false,
     kib(380, 440), Estimated},
    {"circuitpython/raspberry_pi_pico_w",
     "RP2040",
     CircuitPython,
     4,
     false,
     true,
     false,
     {126112, 155648},
     Published},
    {"circuitpython/seeeduino_xiao", "SAMD21", CircuitPython, 4, false, true, false, kib(16, 20),
     Estimated},
    {"circuitpython/teensy41", "i.MX RT1062", CircuitPython, 4, false, true, false, bytes(941152),
     Published},
    {"circuitpython/trinket_m0", "SAMD21", CircuitPython, 4, false, true, false, kib(14, 20),
     Estimated},
    {"micropython/ESP32_GENERIC",
     "ESP32",
     MicroPython,
     4,
     true,
     true,
     false,
     {56000, 167000},
     Published},
    {"micropython/ESP8266_GENERIC",
     "ESP8266",
     MicroPython,
     4,
     false,
     false,
     false,
     {36288, 38016},
     Published},
    {"micropython/PYBV11", "STM32F405", MicroPython, 4, true, false, false, bytes(102400),
     Published},
    {"micropython/RPI_PICO", "RP2040", MicroPython, 4, true, false, false, kib(192, 230),
     Estimated},
    {"micropython/RPI_PICO2", "RP2350", MicroPython, 4, true, false, false, kib(440, 480),
     Estimated},
    {"micropython/RPI_PICO_W", "RP2040", MicroPython, 4, true, false, false, kib(180, 195),
     Estimated},
    {"micropython/generic", "any", MicroPython, 4, true, false, false, kib(192, 192), Estimated},
    {"micropython/microbit", "nRF51822", MicroPython, 4, false, false, false, bytes(9264),
     Measured},
};

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

const Target &exactly(llvm::StringRef name) {
  for (const Target &target : kTargets)
    if (target.name == name)
      return target;
  llvm_unreachable("a default target is missing from the table");
}

} // namespace

llvm::StringRef provenanceName(Provenance provenance) {
  switch (provenance) {
  case Measured:
    return "measured";
  case Published:
    return "published";
  case Estimated:
    return "estimated";
  }
  llvm_unreachable("all provenances are listed");
}

llvm::ArrayRef<Target> allTargets() { return kTargets; }

const Target *findTarget(llvm::StringRef name) {
  for (const Target &target : kTargets)
    if (target.name.equals_insensitive(name))
      return &target;
  // A board id alone, or the end of one, from a word on: `pico_w` means one board.
  const Target *whole = nullptr;
  const Target *suffix = nullptr;
  unsigned wholes = 0;
  unsigned suffixes = 0;
  for (const Target &target : kTargets) {
    llvm::StringRef id = target.name;
    if (name.empty() || name.size() >= id.size() || !id.ends_with_insensitive(name))
      continue;
    char before = id.drop_back(name.size()).back();
    if (before == '/') {
      whole = &target;
      ++wholes;
    } else if (before == '_') {
      suffix = &target;
      ++suffixes;
    }
  }
  if (wholes != 0)
    return wholes == 1 ? whole : nullptr;
  return suffixes == 1 ? suffix : nullptr;
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
    for (const Target &target : kTargets)
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
  for (const Target &target : kTargets) {
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

const Target *targetFromBootOut(llvm::StringRef text) {
  // "Board ID:raspberry_pi_pico" stands on a line of its own (CircuitPython 7 and later).
  for (llvm::StringRef line : llvm::split(text, '\n')) {
    line = line.trim();
    if (!line.consume_front("Board ID:"))
      continue;
    llvm::SmallString<64> name("circuitpython/");
    name += line.trim();
    return findTarget(name);
  }
  return nullptr;
}

const FirmwareProfile &profileOf(const Target &target) {
  llvm::StringRef name = target.family == FirmwareFamily::CircuitPython ? "circuitpython-10.3"
                         : target.name == "micropython/microbit" ? "micropython-1.9.2-microbit"
                         : target.boxedFloats                    ? "micropython-1.29"
                                                                 : "micropython-1.29-repr-c";
  return *findProfile(name);
}

} // namespace fraglint
