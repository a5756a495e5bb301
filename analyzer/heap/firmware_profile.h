#pragma once
/// What a build of the firmware decides about objects: how wide a word is, where floats live, where
/// frames live. Boards of one profile ask the allocator for the same bytes.

#include "heap/firmware_traits.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace fraglint {

/// Where a float is kept, and how precisely.
enum class FloatKind : uint8_t {
  Word30, ///< in the word itself: single precision without its last two bits (representation C)
  Boxed32, ///< a heap object with a float of single precision (A, B)
  Boxed64, ///< a heap object with a double
};

/// Constant data.
struct FirmwareProfile {
  llvm::StringRef name; ///< `micropython-1.29`
  FirmwareFamily family = FirmwareFamily::MicroPython;
  /// Major and minor of the firmware, for programs that ask for it: 129 for MicroPython 1.29, 1003
  /// for CircuitPython 10.3. What they decide is in `traits`.
  uint16_t version = 129;
  uint8_t wordBytes = 4;
  FloatKind floats = FloatKind::Boxed32;
  /// Frames and the scratch of calls with stars lie on a stack of their own, not on the heap.
  bool hasPystack = false;
  /// Bytes of the hash that is kept of an interned name; 0: none is, and it is made each time.
  uint8_t nameHashBytes = 2;
  /// Integers beyond the word's are objects; without them they are an OverflowError.
  bool hasBigInts = true;
  /// Names that `__main__` holds before a program begins, and the slots of its dictionary. On the
  /// engines that are fed over their raw REPL: as they are there.
  uint8_t mainNames = 2;
  uint8_t mainSlots = 2;
  /// Programs are measured on it over its raw REPL: the session and the points of the probe have
  /// names of their own.
  bool isMeasuredInSession = false;
  FirmwareTraits traits = {};

  constexpr uint32_t blockBytes() const { return 4U * wordBytes; }
  constexpr bool boxesFloats() const { return floats != FloatKind::Word30; }
  constexpr bool isCircuitPython() const { return family == FirmwareFamily::CircuitPython; }
  /// Bits of an interned name's hash: it orders dictionaries.
  constexpr unsigned nameHashBits() const { return nameHashBytes == 0 ? 16 : 8U * nameHashBytes; }
  /// Integers of this many bits, sign included, need no object.
  constexpr unsigned smallIntBits() const { return 8U * wordBytes - 1; }
};

/// All profiles that targets are of.
llvm::ArrayRef<FirmwareProfile> firmwareProfiles();
/// By its full name; null if there is none.
const FirmwareProfile *findProfile(llvm::StringRef name);

} // namespace fraglint
