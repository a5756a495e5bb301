#pragma once
/// How full a simulated heap was after each event.

#include "evaluator/heap_simulator.h"

#include <cstdint>
#include <vector>

namespace fraglint {

/// All amounts in blocks.
struct HeapMoment {
  uint32_t event = 0; ///< index into RequestLog::events
  uint32_t usedBlocks = 0;
  uint32_t largestFree = 0;
  uint32_t failedBlocks = 0; ///< what a request asked for that was not served; else 0
  bool wasCollected = false;
  bool wasGrown = false;
  /// Used, and not known to be garbage; where nobody asked what is reachable, all that is used.
  uint32_t liveBlocks = 0;
  /// The longest free run that a request found, behind the collection that it made.
  uint32_t foundFree = 0;
};

/// Moments in order; one an event.
class HeapTimeline {
public:
  void record(const HeapSimulator &heap, uint32_t event, uint32_t failedBlocks, bool wasCollected,
              bool wasGrown) {
    HeapMoment moment;
    moment.event = event;
    moment.usedBlocks = moment.liveBlocks = heap.usedBlocks();
    moment.largestFree = moment.foundFree = heap.largestFree();
    moment.failedBlocks = failedBlocks;
    moment.wasCollected = wasCollected;
    moment.wasGrown = wasGrown;
    record(moment);
  }
  void record(const HeapMoment &moment) {
    moments_.push_back(moment);
    peakUsed_ = std::max(peakUsed_, moment.usedBlocks);
  }
  const std::vector<HeapMoment> &moments() const { return moments_; }
  uint32_t peakUsedBlocks() const { return peakUsed_; }

private:
  std::vector<HeapMoment> moments_;
  uint32_t peakUsed_ = 0;
};

} // namespace fraglint
