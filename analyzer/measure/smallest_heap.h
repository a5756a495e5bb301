#pragma once
/// How small a heap a program can run in: found by running it as a script of the engine for this
/// machine, whose heap has any size that is asked for.

#include "device/deadline.h"
#include "device/device_address.h"

#include "llvm/Support/Error.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace fraglint {

/// Sizes are what `-X heapsize` names, in bytes, with the collector's own tables.
struct SmallestHeap {
  uint64_t bytes = 0;
  /// A larger heap in which it fails nevertheless: where small objects lie depends on when the
  /// collector runs. The largest that was found.
  std::optional<uint64_t> failsAt;
  /// Heaps in which it was run, and whether it ran to its end: half of the smallest, four fifths,
  /// the next smaller one, the smallest, a quarter more, twice as much; those above, and all of the
  /// device's.
  std::map<uint64_t, bool> around;
};

/// Searches up to the heap of `device`, which is of a kind with a heap of any size; in steps of 128
/// bytes, and then in larger heaps up to twice as much. Nothing where the program fails in all of
/// it. An error where the engine cannot be started, or a run lasts longer than `timeout`.
llvm::Expected<std::optional<SmallestHeap>>
findSmallestHeap(const DeviceAddress &device, const std::string &program, Milliseconds timeout);

} // namespace fraglint
