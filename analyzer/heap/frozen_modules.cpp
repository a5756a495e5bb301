#include "heap/frozen_modules.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// A module, or a package, and the boards whose firmware holds it: a part of their ids, empty for
/// all of the family.
struct FrozenRow {
  llvm::StringLiteral module;
  llvm::StringLiteral board;
};

/// Source: FROZEN_MPY_DIRS in ports/*/boards/*/mpconfigboard.mk of CircuitPython 10, of the boards
/// that are targets.
constexpr FrozenRow kCircuitPython[] = {
    {"adafruit_circuitplayground", "circuitplayground_express"},
    {"adafruit_connection_manager", "feather_m7_1011"},
    {"adafruit_connection_manager", "imxrt1010_evk"},
    {"adafruit_connection_manager", "matrixportal_m4"},
    {"adafruit_connection_manager", "metro_m7_1011"},
    {"adafruit_connection_manager", "pyportal"},
    {"adafruit_crickit", "circuitplayground_express_crickit"},
    {"adafruit_display_text", "pyportal"},
    {"adafruit_dotstar", "unexpectedmaker_feathers2"},
    {"adafruit_esp32spi", "feather_m7_1011"},
    {"adafruit_esp32spi", "imxrt1010_evk"},
    {"adafruit_esp32spi", "matrixportal_m4"},
    {"adafruit_esp32spi", "metro_m7_1011"},
    {"adafruit_esp32spi", "pyportal"},
    {"adafruit_fakerequests", "pyportal"},
    {"adafruit_hid", "circuitplayground_express"},
    {"adafruit_hid", "neopixel_trinkey_m0"},
    {"adafruit_lis3dh", "circuitplayground_express"},
    {"adafruit_lis3dh", "hallowing_m0_express"},
    {"adafruit_motor", "circuitplayground_express_crickit"},
    {"adafruit_portalbase", "matrixportal_m4"},
    {"adafruit_portalbase", "pyportal"},
    {"adafruit_requests", "feather_m7_1011"},
    {"adafruit_requests", "imxrt1010_evk"},
    {"adafruit_requests", "matrixportal_m4"},
    {"adafruit_requests", "metro_m7_1011"},
    {"adafruit_requests", "pyportal"},
    {"adafruit_seesaw", "circuitplayground_express_crickit"},
    {"adafruit_thermistor", "circuitplayground_express"},
    {"neopixel", "adafruit_funhouse"},
    {"neopixel", "circuitplayground_express"},
    {"neopixel", "hallowing_m0_express"},
    {"neopixel", "matrixportal_m4"},
    {"neopixel", "neopixel_trinkey_m0"},
    {"neopixel", "pyportal"},
    {"stage", "pybadge"},
    {"stage", "pygamer"},
    {"ugame", "pybadge"},
    {"ugame", "pygamer"},
};

/// Source: the manifests of the ports of MicroPython 1.29, where a module that one board of a port
/// has counts for all.
constexpr FrozenRow kMicroPython[] = {
    {"aioble", ""},         {"aioespnow", "ESP"}, {"dht", ""},      {"ds18x20", ""},
    {"logging", "ARDUINO"}, {"mip", ""},          {"neopixel", ""}, {"ntptime", ""},
    {"onewire", ""},        {"requests", ""},     {"sdcard", ""},   {"senml", "ARDUINO"},
    {"ssd1306", "ESP8266"}, {"ssl", ""},          {"umqtt", "ESP"}, {"upysh", "ESP"},
    {"urequests", ""},      {"webrepl", ""},
};

} // namespace

bool mayBeFrozen(const Target &target, llvm::StringRef module) {
  if (target.profile->traits.isUnixPort || !target.profile->traits.fileModules.empty())
    return false;
  bool isCircuitPython = target.family() == FirmwareFamily::CircuitPython;
  llvm::ArrayRef<FrozenRow> rows = isCircuitPython ? llvm::ArrayRef<FrozenRow>(kCircuitPython)
                                                   : llvm::ArrayRef<FrozenRow>(kMicroPython);
  llvm::StringRef package = module.split('.').first;
  return llvm::any_of(rows, [&](const FrozenRow &row) {
    return row.module == package && (target.id() == "generic" || target.id().contains(row.board));
  });
}

} // namespace fraglint
