#pragma once
/// The machines that programs run on: board, firmware, heap. One table a family, in
/// targets_circuitpython.cpp and targets_micropython.cpp; heap figures are intervals and say where
/// they come from.

#include "heap/firmware_heap.h"
#include "heap/firmware_profile.h"
#include "semantic/firmware.h"
#include "semantic/interval.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <algorithm>
#include <cstdint>

namespace fraglint {

/// Where a heap figure comes from, in order of trust.
enum class Provenance : uint8_t {
  Measured,  ///< read from the running firmware here
  Published, ///< `gc.mem_free()` that somebody printed on that board and published, or fixed by the
             ///< firmware's source
  Estimated, ///< RAM less static data and stack
};
llvm::StringRef provenanceName(Provenance provenance);

/// One board with its firmware. Constant data; what a user's file describes is an OwnedTarget.
struct Target {
  llvm::StringRef name; ///< `circuitpython/raspberry_pi_pico`: family/board id
  llvm::StringRef title; ///< as its firmware calls it: `Raspberry Pi Pico`; empty if by no name
  llvm::StringRef mcu; ///< for people: `RP2040`
  const FirmwareProfile *profile = nullptr; ///< never null
  const FirmwareHeap *heap = nullptr; ///< never null
  Interval heapBytes; ///< free for programs after start; growing heaps at their full size
  Provenance provenance = Provenance::Estimated;
  uint8_t psramMib = 0; ///< MiB of external RAM that the heap lies (also) in
  uint16_t displayWidth = 0; ///< of the `board.DISPLAY` built in, in pixels, not turned; 0: none
  uint16_t displayHeight = 0;
  uint8_t fittedMib = 0; ///< MiB of external RAM that its firmware takes, too, where some is fitted

  constexpr FirmwareFamily family() const { return profile->family; }
  constexpr uint8_t wordBytes() const { return profile->wordBytes; }
  constexpr uint32_t blockBytes() const { return profile->blockBytes(); }
  constexpr bool hasPsram() const { return psramMib != 0; }
  /// Whether importing a file runs a collection.
  constexpr bool collectsOnImport() const { return heap->collectsAfterImport; }
  /// The board id alone.
  llvm::StringRef id() const { return name.split('/').second; }

  /// Bytes that no board of the kind has more of: a quarter is added to what is no measurement of
  /// this very firmware. kNoHi for a target that stands for many boards.
  int64_t mostHeap() const {
    if (id() == "generic")
      return Interval::kNoHi;
    int64_t spare = provenance == Provenance::Measured ? 0 : heapBytes.hi / 4;
    return heapBytes.hi + spare + int64_t{fittedMib} * 1024 * 1024;
  }
  /// The heap that rules reckon with when they judge size: the middle of heapBytes.
  constexpr int64_t typicalHeap() const { return (heapBytes.lo + heapBytes.hi) / 2; }
  /// Requests of this many bytes or more are "large" here: a 128th of the typical heap, at
  /// least 256 B, at most 64 KiB.
  constexpr int64_t largeBytes() const {
    return std::clamp<int64_t>(typicalHeap() / 128, 256, int64_t{64} * 1024);
  }
};

/// How its firmware lays out objects.
inline const FirmwareProfile &profileOf(const Target &target) { return *target.profile; }

llvm::ArrayRef<Target> allTargets();
/// By name in any case, or by a board id or the end of one (`raspberry_pi_pico`, `pico2_w`) that
/// only one target has; of ids that differ in case alone, by that very one. Null if none or
/// several.
const Target *findTarget(llvm::StringRef name);
/// The names of existing targets that `name` was probably meant to be, the likeliest first and
/// three at most: those with it in their names (`pico`), or else one spelled nearly so.
llvm::SmallVector<llvm::StringRef, 3> nearestTargetNames(llvm::StringRef name);
/// What a file is analysed for when nobody says.
const Target &defaultTarget(FirmwareKind firmware);
/// The board with external RAM that what is imported by that dotted name is written for, alone;
/// null for anything else.
const Target *targetFromImport(llvm::StringRef name);

} // namespace fraglint
