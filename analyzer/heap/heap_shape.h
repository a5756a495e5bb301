#pragma once
/// How the heap of a firmware lies in RAM, how it grows and when it is collected: what a simulation
/// of the allocator needs besides the requests. All sizes are bytes.

#include "heap/firmware_profile.h"

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>

namespace fraglint {

enum class HeapGrowth : uint8_t {
  Fixed, ///< the areas at start are all there ever is
  Doubles, ///< when a request fails after a collection, one more area as large as all so far
};

/// Constant data, one for the boards of a port that have the same.
struct HeapShape {
  /// In the order in which they are searched, their tables included. 0: all RAM that static data
  /// and stack leave there, so it differs by board (Target::firstAreaBytes()).
  llvm::ArrayRef<int64_t> areasAtStart;
  HeapGrowth growth = HeapGrowth::Fixed;
  /// The largest area that growth may add, where the firmware says so; 0: what is free outside.
  int64_t mostNewArea = 0;
  /// A collection is due when so many bytes were handed out since the last, unless the program sets
  /// another figure; 0: only when a request fails.
  int64_t thresholdAtStart = 0;
  /// Of the stack that frames and the scratch of calls with stars lie on; 0: they lie on the heap.
  uint32_t pystackBytes = 0;
  bool hasFinaliserTable = true; ///< a bit for every block
  bool hasScanTable = false; ///< a bit for every block: buffers are not searched for references
  bool hasThreshold = true; ///< programs may call `gc.threshold()`
  bool collectsAfterImport = false; ///< of a file, .py or .mpy, once its body has run
  bool collectsBeforeRun = false; ///< after the program's file is compiled, before it runs
  /// Collections, `gc.collect()` too, wait until the program returns to what called it; until then
  /// the heap only grows.
  bool postponesCollection = false;

  constexpr bool grows() const { return growth != HeapGrowth::Fixed; }
  /// Bits that the tables hold for every block, the two of its state included.
  constexpr int64_t tableBits() const {
    return 2 + (hasFinaliserTable ? 1 : 0) + (hasScanTable ? 1 : 0);
  }
};

/// Bytes for objects in an area of that size at start: the rest are tables.
int64_t poolBytes(const HeapShape &shape, const FirmwareProfile &profile, int64_t areaBytes);
/// The same of an area that growth added: a header lies in it, too.
int64_t addedPoolBytes(const HeapShape &shape, const FirmwareProfile &profile, int64_t areaBytes);
/// The smallest area at start that has at least `pool` bytes for objects.
int64_t areaBytesFor(const HeapShape &shape, const FirmwareProfile &profile, int64_t pool);
/// The size of the area that a growing heap adds for a request of so many bytes, which found no
/// room in the areas so far, of `pools` bytes for objects together; `outside` is the largest run
/// that is free outside the heap. 0: none is added, and the request fails.
int64_t newAreaBytes(const HeapShape &shape, const FirmwareProfile &profile, int64_t pools,
                     int64_t request, int64_t outside);

} // namespace fraglint
