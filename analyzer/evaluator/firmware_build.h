#pragma once
/// What builds of the firmware decide beside what their profile says.

#include "heap/firmware_profile.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

/// Runs on no board.
inline bool isDesktop(const FirmwareProfile &profile) {
  return profile.name.contains("unix") || profile.name.contains("webassembly");
}

/// Exceptions tell which function was called wrongly, and what could not be read as a number
/// (MICROPY_ERROR_REPORTING); boards leave that out.
inline bool reportsInDetail(const FirmwareProfile &profile) { return isDesktop(profile); }

/// Texts of exceptions are packed, and unpacked when they are read (MICROPY_ROM_TEXT_COMPRESSION).
inline bool packsTexts(const FirmwareProfile &profile) {
  return !profile.isCircuitPython() && profile.version >= 113 &&
         !profile.name.contains("webassembly");
}

/// Programs are measured on it over its raw REPL: the session and the points of the probe have
/// names of their own.
inline bool isMeasuredInSession(const FirmwareProfile &profile) {
  return profile.name.contains("webassembly") || profile.name == "micropython-1.9.2-microbit" ||
         profile.name == "micropython-1.25-unix-32" || profile.name == "micropython-1.28-unix-64";
}

/// A module that lies in the firmware as a file: importing it runs code, which the evaluator does
/// not have.
inline bool isFileOfFirmware(const FirmwareProfile &profile, llvm::StringRef module) {
  // Source: the pyscript variant of the port, and what importing each took there.
  static constexpr llvm::StringLiteral kFiles[] = {
      "abc",     "base64",   "binascii", "collections", "copy",  "datetime",  "functools",
      "gzip",    "hmac",     "html",     "inspect",     "io",    "itertools", "locale",
      "logging", "operator", "os",       "time",        "types", "pathlib",   "stat",
      "string",  "tarfile",  "unittest", "zlib"};
  return profile.name.contains("webassembly") && llvm::is_contained(kFiles, module);
}

} // namespace fraglint
