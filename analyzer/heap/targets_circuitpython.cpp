#include "heap/target_table.h"

namespace fraglint {

namespace {

using enum Provenance;

constexpr const FirmwareProfile &kAny = profileNamed("circuitpython-10.3");
constexpr const FirmwareProfile &kUnix = profileNamed("circuitpython-10.3-unix-32");
constexpr const FirmwareProfile &kSamd21 = profileNamed("circuitpython-10.3-samd21");
constexpr const FirmwareProfile &kSamd21NoBigInts =
    profileNamed("circuitpython-10.3-samd21-no-big-ints");

// CIRCUITPY_HEAP_START_SIZE and the area of the unix build without `-X heapsize`.
constexpr int64_t kStart[] = {8192};
constexpr int64_t kMebibyte[] = {1048576};

// CircuitPython 9 and later, heap-facts a and a.1. Version 10 has a larger CIRCUITPY_PYSTACK_SIZE
// but on SAMD21.
constexpr FirmwareHeap kBoard = {.areasAtStart = kStart,
                                 .grows = true,
                                 .pystackBytes = 2048,
                                 .hasScanTable = true,
                                 .hasThreshold = false,
                                 .collectsAfterImport = true,
                                 .collectsBeforeRun = true};
constexpr FirmwareHeap kSmallBoard = {.areasAtStart = kStart,
                                      .grows = true,
                                      .pystackBytes = 1536,
                                      .hasScanTable = true,
                                      .hasThreshold = false,
                                      .collectsAfterImport = true,
                                      .collectsBeforeRun = true};
// Its program is run by other code than a board's: nothing is collected before. `gc.threshold()` is
// there.
constexpr FirmwareHeap kUnix32 = {.areasAtStart = kMebibyte,
                                  .pystackBytes = 4096,
                                  .hasScanTable = true,
                                  .collectsAfterImport = true};

// Where a comment names no other source: displays, names and big integers are those of the board
// definitions in CircuitPython's source (of August 2026), external RAM too; heap figures are
// heap-facts d. The generic target is a round figure between the boards, on purpose without a claim
// to any one of them.
constexpr Target kTargets[] = {
    // name, title, mcu, profile, build's heap, heap, provenance, PSRAM in MiB, display
    {"circuitpython/adafruit_esp32s3_camera", "Adafruit Camera", "ESP32-S3", &kAny, &kBoard,
     kib(1900, 2048), Estimated, 2, 240, 240},
    {"circuitpython/adafruit_feather_esp32_v2", "Adafruit Feather ESP32 V2", "ESP32", &kAny,
     &kBoard, kib(1900, 2048), Estimated, 2},
    {"circuitpython/adafruit_feather_esp32s2", "Adafruit Feather ESP32S2", "ESP32-S2", &kAny,
     &kBoard, kib(1900, 2048), Estimated, 2},
    {"circuitpython/adafruit_feather_esp32s3_4mbflash_2mbpsram",
     "Adafruit Feather ESP32S3 4MB Flash 2MB PSRAM", "ESP32-S3", &kAny, &kBoard, kib(1900, 2048),
     Estimated, 2},
    {"circuitpython/adafruit_feather_esp32s3_nopsram", "Adafruit Feather ESP32S3 No PSRAM",
     "ESP32-S3", &kAny, &kBoard, kib(150, 220), Estimated},
    {"circuitpython/adafruit_feather_rp2040", "Adafruit Feather RP2040", "RP2040", &kAny, &kBoard,
     kib(160, 190), Estimated},
    // 8 MiB more where external RAM is fitted.
    {"circuitpython/adafruit_feather_rp2350", "Adafruit Feather RP2350", "RP2350", &kAny, &kBoard,
     kib(380, 440), Estimated, 0, 0, 0, 8},
    {"circuitpython/adafruit_fruit_jam", "Adafruit Fruit Jam", "RP2350", &kAny, &kBoard,
     kib(7500, 8192), Estimated, 8},
    {"circuitpython/adafruit_funhouse", "Adafruit FunHouse", "ESP32-S2", &kAny, &kBoard,
     kib(1900, 2048), Estimated, 2, 240, 240},
    {"circuitpython/adafruit_itsybitsy_rp2040", "Adafruit ItsyBitsy RP2040", "RP2040", &kAny,
     &kBoard, kib(160, 190), Estimated},
    {"circuitpython/adafruit_kb2040", "Adafruit KB2040", "RP2040", &kAny, &kBoard, kib(160, 190),
     Estimated},
    {"circuitpython/adafruit_macropad_rp2040", "Adafruit Macropad RP2040", "RP2040", &kAny, &kBoard,
     kib(160, 190), Estimated, 0, 128, 64},
    {"circuitpython/adafruit_magtag_2.9_grayscale", "Adafruit MagTag", "ESP32-S2", &kAny, &kBoard,
     kib(1900, 2048), Estimated, 2, 296, 128},
    {"circuitpython/adafruit_matrixportal_s3", "Adafruit MatrixPortal S3", "ESP32-S3", &kAny,
     &kBoard, kib(1900, 2048), Estimated, 2},
    {"circuitpython/adafruit_metro_esp32s2", "Adafruit Metro ESP32S2", "ESP32-S2", &kAny, &kBoard,
     kib(1900, 2048), Estimated, 2},
    // 8 MiB more where external RAM is fitted.
    {"circuitpython/adafruit_metro_rp2350", "Adafruit Metro RP2350", "RP2350", &kAny, &kBoard,
     kib(380, 440), Estimated, 0, 0, 0, 8},
    {"circuitpython/adafruit_qtpy_esp32c3", "Adafruit QT Py ESP32C3", "ESP32-C3", &kAny, &kBoard,
     kib(110, 150), Estimated},
    {"circuitpython/adafruit_qtpy_esp32s2", "Adafruit QT Py ESP32S2", "ESP32-S2", &kAny, &kBoard,
     kib(1900, 2048), Estimated, 2},
    {"circuitpython/adafruit_qtpy_esp32s3_4mbflash_2mbpsram",
     "Adafruit QT Py ESP32-S3 4MB Flash 2MB PSRAM", "ESP32-S3", &kAny, &kBoard, kib(1900, 2048),
     Estimated, 2},
    {"circuitpython/adafruit_qtpy_esp32s3_nopsram", "Adafruit QT Py ESP32-S3 no psram", "ESP32-S3",
     &kAny, &kBoard, kib(150, 220), Estimated},
    {"circuitpython/adafruit_qtpy_rp2040", "Adafruit QT Py RP2040", "RP2040", &kAny, &kBoard,
     kib(160, 190), Estimated},
    {"circuitpython/adafruit_qualia_s3_rgb666", "Adafruit-Qualia-S3-RGB666", "ESP32-S3", &kAny,
     &kBoard, kib(7500, 8192), Estimated, 8},
    {"circuitpython/circuitplayground_bluefruit", "Adafruit Circuit Playground Bluefruit",
     "nRF52840", &kAny, &kBoard, kib(130, 150), Estimated},
    // gc.mem_free() in a code.py of 7.2 and in the REPL of 4.1 (circuitpython#6169).
    {"circuitpython/circuitplayground_express", "Adafruit CircuitPlayground Express", "SAMD21",
     &kSamd21, &kSmallBoard, between(14144, 21168), Published},
    {"circuitpython/circuitplayground_express_crickit",
     "Adafruit CircuitPlayground Express with Crickit libraries", "SAMD21", &kSamd21NoBigInts,
     &kSmallBoard, kib(14, 18), Estimated},
    // gc.mem_free() of 5.3 with adafruit_clue imported (circuitpython#2885); the most is estimated.
    {"circuitpython/clue_nrf52840_express", "Adafruit CLUE nRF52840 Express", "nRF52840", &kAny,
     &kBoard, between(89872, 133120), Published, 0, 240, 240},
    {"circuitpython/doit_esp32_devkit_v1", "ESP32 Devkit V1", "ESP32", &kAny, &kBoard, kib(90, 110),
     Estimated},
    {"circuitpython/espressif_esp32s3_devkitc_1_n8r8", "ESP32-S3-DevKitC-1-N8R8", "ESP32-S3", &kAny,
     &kBoard, kib(7500, 8192), Estimated, 8},
    // gc.mem_free() of a 6.0 beta after a program's set-up (circuitpython#3581); the most is
    // estimated.
    {"circuitpython/feather_bluefruit_sense", "Adafruit Feather Bluefruit Sense", "nRF52840", &kAny,
     &kBoard, between(72000, 133120), Published},
    {"circuitpython/feather_m0_basic", "Adafruit Feather M0 Basic", "SAMD21", &kSamd21NoBigInts,
     &kSmallBoard, kib(16, 20), Estimated},
    {"circuitpython/feather_m0_express", "Adafruit Feather M0 Express", "SAMD21", &kSamd21,
     &kSmallBoard, kib(17, 20), Estimated},
    // gc.mem_free() of 5.x (circuitpython#3058).
    {"circuitpython/feather_m4_express", "Adafruit Feather M4 Express", "SAMD51", &kAny, &kBoard,
     bytes(157376), Published},
    {"circuitpython/feather_m7_1011", "Adafruit Feather MIMXRT1011", "i.MX RT1011", &kAny, &kBoard,
     between(26160, 61440), Estimated},
    {"circuitpython/feather_nrf52840_express", "Adafruit Feather nRF52840 Express", "nRF52840",
     &kAny, &kBoard, kib(130, 150), Estimated},
    {"circuitpython/feather_stm32f405_express", "Adafruit Feather STM32F405 Express", "STM32F405",
     &kAny, &kBoard, kib(80, 110), Estimated},
    {"circuitpython/gemma_m0", "Adafruit Gemma M0", "SAMD21", &kSamd21NoBigInts, &kSmallBoard,
     kib(14, 20), Estimated},
    {"circuitpython/generic", "", "any", &kAny, &kBoard, kib(128, 128), Estimated},
    {"circuitpython/grandcentral_m4_express", "Adafruit Grand Central M4 Express", "SAMD51", &kAny,
     &kBoard, kib(190, 210), Estimated},
    {"circuitpython/hallowing_m0_express", "HalloWing M0 Express", "SAMD21", &kSamd21NoBigInts,
     &kSmallBoard, kib(14, 18), Estimated, 0, 128, 128},
    // gc.mem_free() of 2020 (circuitpython#3058); the most is estimated.
    {"circuitpython/imxrt1010_evk", "IMXRT1010-EVK", "i.MX RT1011", &kAny, &kBoard,
     between(26160, 61440), Published},
    {"circuitpython/itsybitsy_m0_express", "Adafruit ItsyBitsy M0 Express", "SAMD21", &kSamd21,
     &kSmallBoard, kib(17, 20), Estimated},
    {"circuitpython/itsybitsy_m4_express", "Adafruit ItsyBitsy M4 Express", "SAMD51", &kAny,
     &kBoard, kib(130, 155), Estimated},
    {"circuitpython/itsybitsy_nrf52840_express", "Adafruit ItsyBitsy nRF52840 Express", "nRF52840",
     &kAny, &kBoard, kib(130, 150), Estimated},
    // The matrix takes its RAM outside the heap.
    {"circuitpython/matrixportal_m4", "Adafruit Matrix Portal M4", "SAMD51", &kAny, &kBoard,
     kib(110, 140), Estimated},
    {"circuitpython/metro_m0_express", "Adafruit Metro M0 Express", "SAMD21", &kSamd21,
     &kSmallBoard, kib(17, 20), Estimated},
    {"circuitpython/metro_m4_express", "Adafruit Metro M4 Express", "SAMD51", &kAny, &kBoard,
     kib(130, 155), Estimated},
    {"circuitpython/metro_m7_1011", "Metro MIMXRT1011", "i.MX RT1011", &kAny, &kBoard,
     between(26160, 61440), Estimated},
    {"circuitpython/microbit_v2", "micro:bit v2", "nRF52833", &kAny, &kBoard, kib(35, 50),
     Estimated},
    {"circuitpython/monster_m4sk", "Adafruit Monster M4SK", "SAMD51", &kAny, &kBoard, kib(120, 150),
     Estimated, 0, 240, 240},
    {"circuitpython/neopixel_trinkey_m0", "Adafruit NeoPixel Trinkey M0", "SAMD21",
     &kSamd21NoBigInts, &kSmallBoard, kib(14, 20), Estimated},
    {"circuitpython/pca10056", "PCA10056 nRF52840-DK", "nRF52840", &kAny, &kBoard, kib(130, 150),
     Estimated},
    {"circuitpython/pimoroni_pico_plus2", "Pimoroni Pico Plus 2", "RP2350", &kAny, &kBoard,
     kib(7500, 8192), Estimated, 8},
    {"circuitpython/pybadge", "Adafruit Pybadge", "SAMD51", &kAny, &kBoard, kib(120, 150),
     Estimated, 0, 160, 128},
    {"circuitpython/pyboard_v11", "PyboardV1_1", "STM32F405", &kAny, &kBoard, kib(80, 110),
     Estimated},
    {"circuitpython/pygamer", "Adafruit PyGamer", "SAMD51", &kAny, &kBoard, kib(120, 150),
     Estimated, 0, 160, 128},
    {"circuitpython/pyportal", "Adafruit PyPortal", "SAMD51", &kAny, &kBoard, kib(190, 210),
     Estimated, 0, 320, 240},
    {"circuitpython/pyportal_titano", "Adafruit PyPortal Titano", "SAMD51", &kAny, &kBoard,
     kib(190, 210), Estimated, 0, 480, 320},
    {"circuitpython/pyruler", "Adafruit PyRuler", "SAMD21", &kSamd21NoBigInts, &kSmallBoard,
     kib(14, 20), Estimated},
    {"circuitpython/qtpy_m0", "Adafruit QT Py M0", "SAMD21", &kSamd21NoBigInts, &kSmallBoard,
     kib(14, 20), Estimated},
    {"circuitpython/qtpy_m0_haxpress", "Adafruit QT Py M0 Haxpress", "SAMD21", &kSamd21,
     &kSmallBoard, kib(17, 20), Estimated},
    {"circuitpython/raspberry_pi_pico", "Raspberry Pi Pico", "RP2040", &kAny, &kBoard,
     kib(160, 190), Estimated},
    {"circuitpython/raspberry_pi_pico2", "Raspberry Pi Pico 2", "RP2350", &kAny, &kBoard,
     kib(380, 440), Estimated},
    // A Pico 2 less what Wi-Fi takes of a Pico W.
    {"circuitpython/raspberry_pi_pico2_w", "Raspberry Pi Pico 2 W", "RP2350", &kAny, &kBoard,
     kib(345, 405), Estimated},
    // gc.mem_free() of 9.0.0 and of 8.0.5 (circuitpython#9085).
    {"circuitpython/raspberry_pi_pico_w", "Raspberry Pi Pico W", "RP2040", &kAny, &kBoard,
     between(126112, 155648), Published},
    {"circuitpython/Seeed_XIAO_nRF52840_Sense", "Seeed XIAO nRF52840 Sense", "nRF52840", &kAny,
     &kBoard, kib(130, 150), Estimated},
    {"circuitpython/seeeduino_wio_terminal", "Seeeduino Wio Terminal", "SAMD51", &kAny, &kBoard,
     kib(120, 150), Estimated, 0, 320, 240},
    {"circuitpython/seeeduino_xiao", "Seeeduino XIAO", "SAMD21", &kSamd21NoBigInts, &kSmallBoard,
     kib(16, 20), Estimated},
    {"circuitpython/seeeduino_xiao_rp2040", "Seeeduino XIAO RP2040", "RP2040", &kAny, &kBoard,
     kib(160, 190), Estimated},
    {"circuitpython/teensy40", "Teensy 4.0", "i.MX RT1062", &kAny, &kBoard, kib(890, 920),
     Estimated},
    // gc.mem_free() of 9.0.3, external RAM not used (circuitpython#9159).
    {"circuitpython/teensy41", "Teensy 4.1", "i.MX RT1062", &kAny, &kBoard, bytes(941152),
     Published},
    {"circuitpython/trellis_m4_express", "Adafruit Trellis M4 Express", "SAMD51", &kAny, &kBoard,
     kib(130, 155), Estimated},
    {"circuitpython/trinket_m0", "Adafruit Trinket M0", "SAMD21", &kSamd21NoBigInts, &kSmallBoard,
     kib(14, 20), Estimated},
    // gc.mem_free() (circuitpython#9824).
    {"circuitpython/ttgo_t8_v1_7", "Espressif ESP32 TTGO T8 v1.7", "ESP32", &kAny, &kBoard,
     bytes(4067840), Published, 4},
    {"circuitpython/unexpectedmaker_feathers2", "FeatherS2", "ESP32-S2", &kAny, &kBoard,
     kib(7500, 8192), Estimated, 8},
    // The build of the logs: 1 MiB less tables, and less what the smallest program logged takes at
    // start.
    {"circuitpython/unix-32", "", "i386", &kUnix, &kUnix32, between(1016176, 1016768), Published},
};

} // namespace

llvm::ArrayRef<Target> circuitPythonTargets() { return kTargets; }

} // namespace fraglint
