#pragma once
/// How the heap of a firmware lies in RAM at start, whether it grows, and when it is collected:
/// data of its build. All sizes are bytes. evaluator/target_heap.h makes of it what is simulated.

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>

namespace fraglint {

/// Constant data, one for the boards of a port that have the same.
struct FirmwareHeap {
  /// In the order in which they are searched, their tables included. 0: all RAM that static data
  /// and stack leave there, so it differs by board.
  llvm::ArrayRef<int64_t> areasAtStart;
  /// When a request fails after a collection, an area is added, as large as all so far or as the
  /// request needs; else the areas at start are all there ever is.
  bool grows = false;
  /// The largest area that may be added, where the firmware says so; 0: what is free outside.
  int64_t mostNewArea = 0;
  /// A collection is due when so many bytes were handed out since the last, unless the program sets
  /// another figure; 0: only when a request fails.
  int64_t thresholdAtStart = 0;
  /// Of the stack that frames and the scratch of calls with stars lie on; 0: they lie on the heap.
  uint32_t pystackBytes = 0;
  bool hasFinaliserTable = true; ///< a bit for every block
  bool hasGapByte = true; ///< behind the table of blocks (MicroPython 1.17)
  bool hasScanTable = false; ///< a bit for every block: buffers are not searched for references
  bool hasThreshold = true; ///< programs may call `gc.threshold()`
  bool collectsAfterImport = false; ///< of a file, .py or .mpy, once its body has run
  bool collectsBeforeRun = false; ///< after the program's file is compiled, before it runs
  /// Collections, `gc.collect()` too, wait until the program returns to what called it; until then
  /// the heap only grows.
  bool postponesCollection = false;
};

} // namespace fraglint
