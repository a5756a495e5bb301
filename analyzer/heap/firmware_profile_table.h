#pragma once
/// The profiles themselves, for the tables that point at them. Others include firmware_profile.h.

#include "heap/firmware_profile.h"

#include "llvm/Support/ErrorHandling.h"

#include <string_view>

namespace fraglint {

/// The unix port, standard variant.
constexpr FirmwareTraits ofUnix(FirmwareTraits traits, uint8_t mostAlignment) {
  traits.halvesFactorials = traits.reportsInDetail = traits.opensMachineFiles = true;
  traits.isUnixPort = true;
  traits.mostAlignment = mostAlignment;
  return traits;
}

// Source: the pyscript variant of the port, and what importing each took there.
inline constexpr llvm::StringRef kWebModules[] = {
    "abc",       "asyncio", "base64",   "binascii", "collections", "copy",  "datetime",
    "functools", "gzip",    "hmac",     "html",     "inspect",     "io",    "itertools",
    "locale",    "logging", "operator", "os",       "time",        "types", "pathlib",
    "stat",      "string",  "tarfile",  "unittest", "zlib"};

/// The webassembly port, pyscript variant.
constexpr FirmwareTraits ofWeb(FirmwareTraits traits) {
  traits.reportsInDetail = traits.opensMachineFiles = true;
  traits.packsTexts = false;
  traits.fileModules = kWebModules;
  return traits;
}

// --- Profiles whose traits are those of their port and version ---

constexpr FirmwareProfile onBoard(FirmwareProfile row) {
  row.traits = FirmwareTraits::ofVersion(row.family, row.version);
  return row;
}
constexpr FirmwareProfile onI386(FirmwareProfile row) {
  row.traits = ofUnix(FirmwareTraits::ofVersion(row.family, row.version), 4);
  return row;
}
constexpr FirmwareProfile onX64(FirmwareProfile row) {
  row.traits = ofUnix(FirmwareTraits::ofVersion(row.family, row.version), 8);
  return row;
}
constexpr FirmwareProfile onWeb(FirmwareProfile row) {
  row.traits = ofWeb(FirmwareTraits::ofVersion(row.family, row.version));
  return row;
}

/// Of a build on the way to 1.29 that has its `zip`: what calibrating it shows.
constexpr FirmwareProfile zippingItemsFirst(FirmwareProfile row) {
  row.traits.zipsItemsFirst = true;
  return row;
}

constexpr FirmwareProfile withoutDeclared(FirmwareProfile row) {
  row.traits.foldsDeclared = false;
  return row;
}

using enum FirmwareFamily;
using enum FloatKind;

// Source: heap-facts of the logging builds (1.29, CircuitPython 10.3), rows measured on the engines
// (corpus/heap/rows.md), and the configuration headers of the ports in the firmware's source for
// the others: MICROPY_OBJ_REPR, MICROPY_FLOAT_IMPL, MICROPY_ENABLE_PYSTACK, MICROPY_LONGINT_IMPL
// and MICROPY_QSTR_BYTES_IN_HASH. The micro:bit's are the Lancaster firmware 1.9.2 and the
// foundation's for version 2 of the board.
inline constexpr FirmwareProfile kFirmwareProfiles[] = {
    // name, family, version, word, floats, pystack, hash, big ints, main names, slots, in session
    onBoard({"circuitpython-10.3", CircuitPython, 1003, 4, Word30, true, 1}),
    onBoard({"circuitpython-10.3-samd21", CircuitPython, 1003, 4, Word30, true, 0}),
    onBoard(
        {"circuitpython-10.3-samd21-no-big-ints", CircuitPython, 1003, 4, Word30, true, 0, false}),
    onI386({"circuitpython-10.3-unix-32", CircuitPython, 1003, 4, Word30, true, 1}),
    onBoard({"micropython-1.18-microbit-v2", MicroPython, 118, 4, Boxed32, false, 1}),
    onI386({"micropython-1.25-unix-32", MicroPython, 125, 4, Boxed64, false, 2, true, 1, 2, true}),
    // Frames on a stack of their own: a call whose frame is on the heap elsewhere asks for nothing
    // on this engine.
    onWeb(
        {"micropython-1.27-webassembly", MicroPython, 127, 4, Boxed64, true, 2, true, 2, 2, true}),
    zippingItemsFirst(onX64(
        {"micropython-1.28-unix-64", MicroPython, 128, 8, Boxed64, false, 2, true, 2, 2, true})),
    onBoard({"micropython-1.29", MicroPython, 129, 4, Boxed32, false, 2}),
    onBoard({"micropython-1.29-doubles", MicroPython, 129, 4, Boxed64, false, 2}),
    onBoard({"micropython-1.29-repr-c", MicroPython, 129, 4, Word30, false, 2}),
    onBoard({"micropython-1.29-short-hash", MicroPython, 129, 4, Boxed32, false, 1}),
    onI386({"micropython-1.29-unix-32", MicroPython, 129, 4, Boxed32, false, 2}),
    onI386({"micropython-1.29-unix-32-repr-c", MicroPython, 129, 4, Word30, false, 2}),
    withoutDeclared(onBoard(
        {"micropython-1.9.2-microbit", MicroPython, 109, 4, Word30, false, 1, true, 34, 37, true})),
};

/// By its full name; a name that there is not does not compile.
consteval const FirmwareProfile &profileNamed(std::string_view name) {
  for (const FirmwareProfile &profile : kFirmwareProfiles)
    if (std::string_view(profile.name.data(), profile.name.size()) == name)
      return profile;
  llvm_unreachable("no such profile");
}

} // namespace fraglint
