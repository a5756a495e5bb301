#pragma once
/// The machines that programs run on: word size, object representation, heap. One table in
/// targets.cpp; heap figures are intervals and say where they come from.

#include "heap/firmware_profile.h"
#include "semantic/firmware.h"
#include "semantic/interval.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <algorithm>
#include <cstdint>

namespace fraglint {

/// Where a heap figure comes from, in order of trust.
enum class Provenance : uint8_t { Measured, Published, Estimated };
llvm::StringRef provenanceName(Provenance provenance);

/// One board with its firmware. Constant data.
struct Target {
  llvm::StringLiteral name; ///< `circuitpython/raspberry_pi_pico`: family/board id
  llvm::StringLiteral mcu;  ///< for people: `RP2040`
  FirmwareFamily family;
  uint8_t wordBytes; ///< 4, or 8 on 64-bit engines
  bool boxedFloats;  ///< floats are heap objects (object representation A); else in the word
  bool growingHeap;  ///< areas are added while the firmware has RAM left
  bool psram;        ///< the heap lies (also) in external RAM
  Interval heapBytes; ///< free for programs after start; growing heaps at their full size
  Provenance provenance;
  uint16_t displayWidth = 0; ///< of the `board.DISPLAY` built in, in pixels, not turned; 0: none
  uint16_t displayHeight = 0;

  constexpr uint32_t blockBytes() const { return 4U * wordBytes; }
  /// The heap that rules reckon with when they judge size: the middle of heapBytes.
  constexpr int64_t typicalHeap() const { return (heapBytes.lo + heapBytes.hi) / 2; }
  /// Requests of this many bytes or more are "large" here: a 128th of the typical heap, at
  /// least 256 B, at most 64 KiB.
  constexpr int64_t largeBytes() const {
    return std::clamp<int64_t>(typicalHeap() / 128, 256, int64_t{64} * 1024);
  }
  /// Whether importing a file runs a collection.
  constexpr bool collectsOnImport() const { return family == FirmwareFamily::CircuitPython; }
};

/// How its firmware lays out objects.
const FirmwareProfile &profileOf(const Target &target);

llvm::ArrayRef<Target> allTargets();
/// By name in any case, or by a suffix of it (`raspberry_pi_pico`) that only one target has;
/// null if none or several.
const Target *findTarget(llvm::StringRef name);
/// The names of existing targets that `name` was probably meant to be, the likeliest first and
/// three at most: those with it in their names (`pico`), or else one spelled nearly so.
llvm::SmallVector<llvm::StringRef, 3> nearestTargetNames(llvm::StringRef name);
/// What a file is analysed for when nobody says.
const Target &defaultTarget(FirmwareKind firmware);
/// The board with external RAM that what is imported by that dotted name is written for, alone;
/// null for anything else.
const Target *targetFromImport(llvm::StringRef name);
/// From the text of a board's `boot_out.txt` (its "Board ID:" line); null if not recognised.
const Target *targetFromBootOut(llvm::StringRef text);

} // namespace fraglint
