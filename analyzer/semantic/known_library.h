#pragma once
/// What is known of the functions, methods and types of the firmwares' libraries: one
/// declarative table, in known_library.cpp. What calls cost stands in heap/object_layout.cpp.

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace fraglint {

/// What calling something does, as far as control flow and values go. Bits.
enum class Trait : uint32_t {
  None = 0,
  Collects = 1 << 0,       ///< always runs a garbage collection before it returns
  SleepsSeconds = 1 << 1,  ///< for at least its first argument
  SleepsMillis = 1 << 2,
  SleepsMicros = 1 << 3,
  SleepsForever = 1 << 4,  ///< deep sleep, reset, reload: does not return
  WaitsForUser = 1 << 5,   ///< `input()`
  ReadsInto = 1 << 6,      ///< fills a buffer that it is given
  Retains = 1 << 7,        ///< keeps (some of) its arguments alive after it returned
  ReadsClock = 1 << 8,     ///< `time.monotonic()`, `ticks_ms()`
  OpensStorage = 1 << 9,   ///< mounts or changes what a path means
  Polls = 1 << 10,         ///< only looks: `any()`, `in_waiting`, `.value`
  Attribute = 1 << 11,     ///< is read, not called: the result is what reading it gives
  OpensNetwork = 1 << 12,  ///< joins a network or fetches: what that takes stays
};
constexpr Trait operator|(Trait a, Trait b) {
  return static_cast<Trait>(static_cast<uint32_t>(a) | static_cast<uint32_t>(b));
}

/// One row of the table. A name without a row is unknown: nothing is claimed of it.
struct LibraryRow {
  /// Dotted; a method is TYPE.method; `*.readinto` is a method of a value of unknown type;
  /// `TYPE.attribute[]` is an item of that attribute.
  llvm::StringLiteral name;
  /// Type of the value that the call gives, dotted; empty where unknown.
  llvm::StringLiteral result;
  Trait traits;

  constexpr bool has(Trait trait) const {
    return (static_cast<uint32_t>(traits) & static_cast<uint32_t>(trait)) != 0;
  }
};

/// The row for a dotted name, or null. MicroPython's `utime` and its like count as `time`. For a
/// method of a type without a row of its own, ask again with `*.method`: findMethod does both.
const LibraryRow *findLibrary(llvm::StringRef dottedName);
const LibraryRow *findMethod(llvm::StringRef type, llvm::StringRef method);
/// Whether the table knows anything of a module.
bool isKnownModule(llvm::StringRef module);
/// Whether a name that nobody binds is one of the firmware's own functions or types.
bool isBuiltinName(llvm::StringRef name);
/// The whole table, sorted by name.
llvm::ArrayRef<LibraryRow> knownLibrary();

} // namespace fraglint
