#include "heap/target_table.h"

namespace fraglint {

namespace {

using enum Provenance;

constexpr const FirmwareProfile &kPlain = profileNamed("micropython-1.29");
constexpr const FirmwareProfile &kDoubles = profileNamed("micropython-1.29-doubles");
constexpr const FirmwareProfile &kReprC = profileNamed("micropython-1.29-repr-c");
constexpr const FirmwareProfile &kShortHash = profileNamed("micropython-1.29-short-hash");
constexpr const FirmwareProfile &kMicrobit = profileNamed("micropython-1.9.2-microbit");
constexpr const FirmwareProfile &kMicrobitV2 = profileNamed("micropython-1.18-microbit-v2");
constexpr const FirmwareProfile &kUnix129 = profileNamed("micropython-1.29-unix-32");
constexpr const FirmwareProfile &kUnix129ReprC = profileNamed("micropython-1.29-unix-32-repr-c");
constexpr const FirmwareProfile &kUnix125 = profileNamed("micropython-1.25-unix-32");
constexpr const FirmwareProfile &kUnix128 = profileNamed("micropython-1.28-unix-64");
constexpr const FirmwareProfile &kWebassembly = profileNamed("micropython-1.27-webassembly");

constexpr int64_t kKib = 1024;
constexpr int64_t kMib = 1024 * kKib;
constexpr int64_t kRest[] = {0};
constexpr int64_t kRestAndPsram[] = {0, 8 * kMib};
constexpr int64_t kRestSramAndSdram[] = {0, 128 * kKib, 2 * kMib, 2 * kMib, 4 * kMib};
constexpr int64_t kKib10[] = {10 * kKib};
constexpr int64_t kKib36[] = {36 * kKib};
constexpr int64_t kKib38[] = {38 * kKib};
constexpr int64_t kKib56[] = {56 * kKib};
constexpr int64_t kKib64[] = {64 * kKib};
constexpr int64_t kKib768[] = {768 * kKib};
constexpr int64_t kMib1[] = {1 * kMib};
constexpr int64_t kMib2[] = {2 * kMib};

// Ports whose linker script gives the heap all that is left: rp2, stm32, nrf.
constexpr FirmwareHeap kLinked = {.areasAtStart = kRest};
// Without MICROPY_GC_ALLOC_THRESHOLD.
constexpr FirmwareHeap kSamd = {.areasAtStart = kRest, .hasThreshold = false};
// MICROPY_HW_ENABLE_PSRAM; MICROPY_GC_SPLIT_HEAP with a table of areas in the linker script.
constexpr FirmwareHeap kLinkedAndPsram = {.areasAtStart = kRestAndPsram};
constexpr FirmwareHeap kGiga = {.areasAtStart = kRestSramAndSdram};
// MICROPY_GC_INITIAL_HEAP_SIZE: of the ESP32, of the C2, of the others. Where a build can use
// external RAM that is the others', fitted or not.
constexpr FirmwareHeap kEsp32 = {.areasAtStart = kKib56, .grows = true};
constexpr FirmwareHeap kEsp32Small = {.areasAtStart = kKib36, .grows = true};
constexpr FirmwareHeap kEsp32Later = {.areasAtStart = kKib64, .grows = true};
// An array in main.c; a RAM of its own in the linker script.
constexpr FirmwareHeap kEsp8266 = {.areasAtStart = kKib38};
constexpr FirmwareHeap kOcram = {.areasAtStart = kKib768};
constexpr FirmwareHeap kOcramSmall = {.areasAtStart = kKib64};
constexpr FirmwareHeap kMicrobitHeap = {
    .areasAtStart = kKib10, .hasFinaliserTable = false, .hasGapByte = false};
constexpr FirmwareHeap kMicrobitV2Heap = {.areasAtStart = kKib64, .hasFinaliserTable = false};
// Without `-X heapsize`.
constexpr FirmwareHeap kUnix32 = {.areasAtStart = kMib1};
constexpr FirmwareHeap kUnix64 = {.areasAtStart = kMib2};
// The defaults of loadMicroPython(); gc_get_max_new_split().
constexpr FirmwareHeap kWebassemblyHeap = {.areasAtStart = kMib1,
                                           .grows = true,
                                           .mostNewArea = 128 * kMib,
                                           .thresholdAtStart = 16 * kKib,
                                           .pystackBytes = 8 * kKib,
                                           .postponesCollection = true};

// Where a comment names no other source: names, external RAM and what an area is are those of the
// board definitions and linker scripts in MicroPython's source (of August 2026); heap figures are
// heap-facts d. The generic target is a round figure between the boards, on purpose without a claim
// to any one of them. The nrf port's MICROBIT is not here: its name is the micro:bit firmware's in
// another case.
constexpr Target kTargets[] = {
    // name, title, mcu, profile, build's heap, heap, provenance, PSRAM in MiB
    {"micropython/ADAFRUIT_F405_EXPRESS", "Adafruit Feather STM32F405", "STM32F405", &kPlain,
     &kLinked, kib(95, 100), Estimated},
    {"micropython/ADAFRUIT_FEATHER_M0_EXPRESS", "Feather M0 Express", "SAMD21", &kShortHash, &kSamd,
     kib(17, 22), Estimated},
    {"micropython/ADAFRUIT_FEATHER_M4_EXPRESS", "Feather M4 Express", "SAMD51", &kPlain, &kSamd,
     kib(160, 172), Estimated},
    {"micropython/ADAFRUIT_FEATHER_RP2040", "Adafruit Feather RP2040", "RP2040", &kShortHash,
     &kLinked, kib(192, 230), Estimated},
    {"micropython/ADAFRUIT_ITSYBITSY_M0_EXPRESS", "ItsyBitsy M0 Express", "SAMD21", &kShortHash,
     &kSamd, kib(17, 22), Estimated},
    {"micropython/ADAFRUIT_ITSYBITSY_M4_EXPRESS", "ItsyBitsy M4 Express", "SAMD51", &kPlain, &kSamd,
     kib(160, 172), Estimated},
    {"micropython/ADAFRUIT_METRO_M4_EXPRESS", "Metro M4 Express Airlift", "SAMD51", &kPlain, &kSamd,
     kib(160, 172), Estimated},
    // The pool of the OCRAM, and less what is used at start.
    {"micropython/ADAFRUIT_METRO_M7", "Adafruit Metro M7", "i.MX RT1011", &kPlain, &kOcramSmall,
     between(60000, 64000), Published},
    {"micropython/ADAFRUIT_QTPY_RP2040", "Adafruit QT Py RP2040", "RP2040", &kShortHash, &kLinked,
     kib(192, 230), Estimated},
    {"micropython/ADAFRUIT_QTPY_SAMD21", "QT Py", "SAMD21", &kShortHash, &kSamd, kib(17, 22),
     Estimated},
    {"micropython/ADAFRUIT_TRINKET_M0", "Trinket M0", "SAMD21", &kShortHash, &kSamd, kib(17, 22),
     Estimated},
    {"micropython/ARDUINO_GIGA", "Arduino GIGA R1 WiFi", "STM32H747", &kReprC, &kGiga,
     between(8684000, 8804000), Estimated, 8},
    {"micropython/ARDUINO_NICLA_VISION", "Arduino Nicla Vision", "STM32H747", &kReprC, &kLinked,
     kib(360, 480), Estimated},
    {"micropython/ARDUINO_OPTA", "Arduino OPTA", "STM32H747", &kReprC, &kLinked, kib(360, 480),
     Estimated},
    {"micropython/ARDUINO_PORTENTA_H7", "Arduino Portenta H7", "STM32H747", &kReprC, &kLinked,
     kib(360, 480), Estimated},
    // The first area, and the most that was read after it had grown.
    {"micropython/ESP32_GENERIC", "Generic ESP32 module", "ESP32", &kPlain, &kEsp32,
     between(56000, 167000), Published},
    {"micropython/ESP32_GENERIC-SPIRAM", "Generic ESP32 module with SPIRAM", "ESP32", &kPlain,
     &kEsp32, kib(3900, 4096), Estimated, 4},
    // The least is the first area; as for all of the kind.
    {"micropython/ESP32_GENERIC_C2", "ESP32C2 module", "ESP32-C2", &kPlain, &kEsp32Small,
     between(35968, 112640), Estimated},
    {"micropython/ESP32_GENERIC_C3", "ESP32C3 module", "ESP32-C3", &kPlain, &kEsp32Later,
     between(64000, 184320), Estimated},
    {"micropython/ESP32_GENERIC_C6", "ESP32C6 module", "ESP32-C6", &kPlain, &kEsp32Later,
     between(64000, 286720), Estimated},
    // More where external RAM is fitted.
    {"micropython/ESP32_GENERIC_S2", "Generic ESP32S2 module", "ESP32-S2", &kPlain, &kEsp32Later,
     between(64000, 163840), Estimated, 0, 0, 0, 8},
    // More where external RAM is fitted.
    {"micropython/ESP32_GENERIC_S3", "Generic ESP32S3 module", "ESP32-S3", &kPlain, &kEsp32Later,
     between(64000, 256000), Estimated, 0, 0, 0, 32},
    {"micropython/ESP32_GENERIC_S3-SPIRAM_OCT", "Generic ESP32S3 module with Octal-SPIRAM",
     "ESP32-S3", &kPlain, &kEsp32Later, kib(7900, 8192), Estimated, 8},
    // gc.mem_free() of 2017; the pool of the area.
    {"micropython/ESP8266_GENERIC", "ESP module", "ESP8266", &kReprC, &kEsp8266,
     between(36288, 38016), Published},
    {"micropython/generic", "", "any", &kPlain, &kLinked, kib(192, 192), Estimated},
    {"micropython/LEGO_HUB_NO6", "LEGO Technic Hub No.6", "STM32F413", &kPlain, &kLinked,
     kib(250, 295), Estimated},
    // In the raw REPL of firmware 1.9.2 under qemu.
    {"micropython/microbit", "micro:bit v1", "nRF51822", &kMicrobit, &kMicrobitHeap, bytes(9264),
     Measured},
    // The pool of an area of 64 KiB, and less what is used at start.
    {"micropython/microbit-v2", "micro:bit v2", "nRF52833", &kMicrobitV2, &kMicrobitV2Heap,
     between(61000, 64512), Published},
    // The pool of the OCRAM, and less what is used at start.
    {"micropython/MIMXRT1010_EVK", "i.MX RT1010 EVK", "i.MX RT1011", &kPlain, &kOcramSmall,
     between(60000, 64000), Published},
    // 80 KiB of RAM less 16 of stack and static data.
    {"micropython/NUCLEO_F401RE", "NUCLEO-F401RE", "STM32F401", &kPlain, &kLinked, kib(48, 62),
     Estimated},
    {"micropython/NUCLEO_WB55", "NUCLEO-WB55", "STM32WB55", &kPlain, &kLinked, kib(96, 150),
     Estimated},
    {"micropython/PARTICLE_XENON", "XENON", "nRF52840", &kPlain, &kLinked, kib(128, 215),
     Estimated},
    {"micropython/PCA10056", "PCA10056", "nRF52840", &kPlain, &kLinked, kib(128, 215), Estimated},
    {"micropython/PIMORONI_TINY2040", "Pimoroni Tiny 2040 2MB", "RP2040", &kShortHash, &kLinked,
     kib(192, 230), Estimated},
    {"micropython/PYBD_SF2", "PYBD-SF2W", "STM32F722", &kPlain, &kLinked, kib(160, 200), Estimated},
    {"micropython/PYBD_SF6", "PYBD-SF6W", "STM32F767", &kDoubles, &kLinked, kib(380, 440),
     Estimated},
    // 112 KiB of RAM less 16 of stack and static data.
    {"micropython/PYBLITEV10", "PYBLITEv1.0", "STM32F411", &kPlain, &kLinked, kib(80, 94),
     Estimated},
    {"micropython/PYBV10", "PYBv1.0", "STM32F405", &kPlain, &kLinked, kib(95, 100), Estimated},
    // The total of 1.6 (micropython#1877).
    {"micropython/PYBV11", "PYBv1.1", "STM32F405", &kPlain, &kLinked, bytes(102400), Published},
    {"micropython/RPI_PICO", "Raspberry Pi Pico", "RP2040", &kShortHash, &kLinked, kib(192, 230),
     Estimated},
    {"micropython/RPI_PICO2", "Raspberry Pi Pico2", "RP2350", &kShortHash, &kLinked, kib(440, 480),
     Estimated},
    {"micropython/RPI_PICO2_W", "Raspberry Pi Pico 2 W", "RP2350", &kShortHash, &kLinked,
     kib(400, 440), Estimated},
    {"micropython/RPI_PICO_W", "Raspberry Pi Pico W", "RP2040", &kShortHash, &kLinked,
     kib(180, 195), Estimated},
    {"micropython/SEEED_WIO_TERMINAL", "Wio Terminal D51R", "SAMD51", &kPlain, &kSamd,
     kib(160, 172), Estimated},
    {"micropython/SEEED_XIAO_NRF52", "XIAO nRF52840 Sense", "nRF52840", &kPlain, &kLinked,
     kib(128, 215), Estimated},
    {"micropython/SEEED_XIAO_RP2040", "Seeed Studio XIAO RP2040", "RP2040", &kShortHash, &kLinked,
     kib(192, 230), Estimated},
    {"micropython/SEEED_XIAO_SAMD21", "Seeed Xiao", "SAMD21", &kShortHash, &kSamd, kib(17, 22),
     Estimated},
    {"micropython/SPARKFUN_PROMICRO_RP2350", "SparkFun Pro Micro RP2350", "RP2350", &kShortHash,
     &kLinkedAndPsram, between(8640000, 8690000), Estimated, 8},
    // The pool of the OCRAM, and less what is used at start; external RAM not counted.
    {"micropython/TEENSY40", "Teensy 4.0", "i.MX RT1062", &kDoubles, &kOcram,
     between(760000, 768384), Published},
    // The pool of the OCRAM, and less what is used at start; external RAM is taken where fitted.
    {"micropython/TEENSY41", "Teensy 4.1", "i.MX RT1062", &kDoubles, &kOcram,
     between(760000, 768384), Published, 0, 0, 0, 16},
    // The build of the logs: 1 MiB less tables, and less what the smallest program logged takes at
    // start.
    {"micropython/unix-32", "", "i386", &kUnix129, &kUnix32, between(1023824, 1024512), Published},
    // gc.mem_free() in the first line of a program of two.
    {"micropython/unix-32-1.25", "", "i386", &kUnix125, &kUnix32, bytes(1023808), Measured},
    {"micropython/unix-32-repr-c", "", "i386", &kUnix129ReprC, &kUnix32, between(1023824, 1024512),
     Published},
    // gc.mem_free() in the first line of a program of two.
    {"micropython/unix-64", "", "x86-64", &kUnix128, &kUnix64, bytes(2071680), Measured},
    // gc.mem_free() in the first line of a program of two; 128 MiB of it are what may be added
    // first.
    {"micropython/webassembly", "", "wasm32", &kWebassembly, &kWebassemblyHeap, bytes(135241840),
     Measured},
};

} // namespace

llvm::ArrayRef<Target> microPythonTargets() { return kTargets; }

} // namespace fraglint
