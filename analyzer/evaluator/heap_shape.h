#pragma once
/// What a firmware's build and board decide about the heap itself: its areas, the tables in front
/// of them, how it grows. Facts: py/gc.c of MicroPython 1.29 and CircuitPython 10.3.

#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <optional>

namespace fraglint {

/// What a heap does that has no room left after a collection.
enum class HeapGrowth : uint8_t {
  Fixed,         ///< fails
  MicroPython,   ///< adds an area, at least 2 KiB larger than the request
  CircuitPython, ///< adds an area, as large as the request needs at least
};

struct HeapShape {
  /// Bytes of each area that is there from the start, its tables included, up to the last whole
  /// block: `gc_init` is given this. A first of 65,536 has a pool of 64,000 on MicroPython.
  llvm::SmallVector<uint64_t, 2> areas{uint64_t{64} * 1024};
  uint32_t blockBytes = 16;
  /// One bit a block each, beside the two bits that every block has.
  bool hasFinaliserTable = true;
  bool hasCollectTable = false; ///< CircuitPython: which runs are scanned
  bool hasWeakRefTable = false;
  /// A byte behind the table of blocks; the micro:bit's v1.9.2 has none.
  bool hasGapByte = true;

  HeapGrowth growth = HeapGrowth::Fixed;
  /// Free runs of the memory that new areas are taken from, in bytes. What a firmware asks of it
  /// for other ends is not known here.
  llvm::SmallVector<uint64_t, 2> outer;
  /// Bytes that each area costs there beyond its own.
  uint32_t outerHeaderBytes = 4;
  /// How far behind a multiple of a block the memory begins that it gives. The end of an area is
  /// cut off at one, so that MicroPython's may be up to four blocks smaller for it.
  uint32_t outerMisalignment = 0;
  /// The outer heap gives out of its largest free run what is a whole number of slices; a power
  /// of two has so many (TLSF's second level). 0: every byte.
  uint32_t outerSlices = 32;

  /// `gc.threshold()`: bytes after which a request collects first; nothing: never.
  std::optional<uint64_t> thresholdBytes;
  /// Collections while the program runs: MicroPython for the web puts them off.
  bool collects = true;

  /// Blocks in the pool of an area of so many bytes.
  uint32_t poolBlocks(uint64_t areaBytes) const;
  /// The same in bytes.
  uint64_t poolBytes(uint64_t areaBytes) const {
    return uint64_t{blockBytes} * poolBlocks(areaBytes);
  }
  /// Bytes of the record that stands at the start of each area that was added.
  uint32_t recordBytes() const {
    return blockBytes / 4 * (7 + hasFinaliserTable + hasCollectTable + hasWeakRefTable);
  }
  /// Bytes that the firmware reckons for an area with so many blocks.
  uint64_t bytesFor(uint64_t blocks) const;
};

} // namespace fraglint
