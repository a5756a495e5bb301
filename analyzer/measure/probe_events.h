#pragma once
/// What an instrumented program wrote, taken apart: its own output, and what its probe points said.

#include "measure/heap_map.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// Control came by a probe point.
struct ProbeEvent {
  std::string point;
  /// Where something was requested or became garbage since the last point: the heap before and
  /// after a collection.
  struct Change {
    uint64_t usedBytes = 0;
    uint64_t collectedBytes = 0;
    /// Nothing where the bytes in use are those of the last point, so that the heap is, too; and
    /// where the firmware draws no map.
    std::optional<HeapMap> before;
    std::optional<HeapMap> after; ///< nothing where the collection freed nothing
  };
  std::optional<Change> change;
};

struct ProbeOutput {
  std::string program; ///< what the program itself wrote
  std::vector<ProbeEvent> events;
};

/// Takes `output` apart, as heap_probe.py writes it. What is cut off in the middle of a point (the
/// program was stopped) loses that point only. Fails where bytes were lost, or where the program
/// itself writes the byte 0x1e that marks the points.
llvm::Expected<ProbeOutput> readProbeOutput(llvm::StringRef output);

} // namespace fraglint
