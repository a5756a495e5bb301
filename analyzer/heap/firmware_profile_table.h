#pragma once
/// The profiles themselves, for the tables that point at them. Others include firmware_profile.h.

#include "heap/firmware_profile.h"

#include "llvm/Support/ErrorHandling.h"

#include <string_view>

namespace fraglint {

// Source: heap-facts of the logging builds (1.29, CircuitPython 10.3), rows measured on the engines
// (corpus/heap/rows.md), and the configuration headers of the ports in the firmware's source for
// the others: MICROPY_OBJ_REPR, MICROPY_FLOAT_IMPL, MICROPY_ENABLE_PYSTACK, MICROPY_LONGINT_IMPL
// and MICROPY_QSTR_BYTES_IN_HASH. The micro:bit's are the Lancaster firmware 1.9.2 and the
// foundation's for version 2 of the board.
inline constexpr FirmwareProfile kFirmwareProfiles[] = {
    {"circuitpython-10.3", FirmwareFamily::CircuitPython, 1003, 4, FloatKind::Word30, true, 1},
    {"circuitpython-10.3-samd21", FirmwareFamily::CircuitPython, 1003, 4, FloatKind::Word30, true,
     0},
    {"circuitpython-10.3-samd21-no-big-ints", FirmwareFamily::CircuitPython, 1003, 4,
     FloatKind::Word30, true, 0, false},
    {"circuitpython-10.3-unix-32", FirmwareFamily::CircuitPython, 1003, 4, FloatKind::Word30, true,
     1},
    {"micropython-1.18-microbit-v2", FirmwareFamily::MicroPython, 118, 4, FloatKind::Boxed32, false,
     1},
    {"micropython-1.25-unix-32", FirmwareFamily::MicroPython, 125, 4, FloatKind::Boxed64, false, 2,
     true, 1, 2},
    // Frames on a stack of their own: a call whose frame is on the heap elsewhere asks for nothing
    // on this engine.
    {"micropython-1.27-webassembly", FirmwareFamily::MicroPython, 127, 4, FloatKind::Boxed64, true,
     2},
    {"micropython-1.28-unix-64", FirmwareFamily::MicroPython, 128, 8, FloatKind::Boxed64, false, 2},
    {"micropython-1.29", FirmwareFamily::MicroPython, 129, 4, FloatKind::Boxed32, false, 2},
    {"micropython-1.29-doubles", FirmwareFamily::MicroPython, 129, 4, FloatKind::Boxed64, false, 2},
    {"micropython-1.29-repr-c", FirmwareFamily::MicroPython, 129, 4, FloatKind::Word30, false, 2},
    {"micropython-1.29-short-hash", FirmwareFamily::MicroPython, 129, 4, FloatKind::Boxed32, false,
     1},
    {"micropython-1.29-unix-32", FirmwareFamily::MicroPython, 129, 4, FloatKind::Boxed32, false, 2},
    {"micropython-1.29-unix-32-repr-c", FirmwareFamily::MicroPython, 129, 4, FloatKind::Word30,
     false, 2},
    {"micropython-1.9.2-microbit", FirmwareFamily::MicroPython, 109, 4, FloatKind::Word30, false, 1,
     true, 34, 37},
};

/// By its full name; a name that there is not does not compile.
consteval const FirmwareProfile &profileNamed(std::string_view name) {
  for (const FirmwareProfile &profile : kFirmwareProfiles)
    if (std::string_view(profile.name.data(), profile.name.size()) == name)
      return profile;
  llvm_unreachable("no such profile");
}

} // namespace fraglint
