#pragma once
/// How full a simulated heap was after each event.

#include "evaluator/heap_simulator.h"

#include <cstdint>
#include <vector>

namespace fraglint {

struct HeapMoment {
  uint32_t event = 0; ///< index into RequestLog::events
  uint32_t usedBlocks = 0;
  uint32_t largestFree = 0;  ///< in blocks
  uint32_t failedBlocks = 0; ///< what a request asked for that was not served; else 0
  bool wasCollected = false;
  bool wasGrown = false;
};

/// Moments in order; one an event.
class HeapTimeline {
public:
  void record(const HeapSimulator &heap, uint32_t event, uint32_t failedBlocks, bool wasCollected,
              bool wasGrown) {
    moments_.push_back(
        {event, heap.usedBlocks(), heap.largestFree(), failedBlocks, wasCollected, wasGrown});
    peakUsed_ = std::max(peakUsed_, moments_.back().usedBlocks);
  }
  const std::vector<HeapMoment> &moments() const { return moments_; }
  uint32_t peakUsedBlocks() const { return peakUsed_; }

private:
  std::vector<HeapMoment> moments_;
  uint32_t peakUsed_ = 0;
};

} // namespace fraglint
