#pragma once
/// Lets a simulated heap serve what an evaluation asks for, as it asks.

#include "evaluator/heap_simulator.h"
#include "evaluator/heap_timeline.h"
#include "evaluator/object_heap.h"

namespace fraglint {

/// The first request that raises MemoryError.
struct HeapFailure {
  uint32_t event = 0;  ///< index of the event among all that came
  uint64_t bytes = 0;  ///< as the message of MemoryError names them
  uint32_t blocks = 0; ///< the run that was needed
  uint32_t largestFree = 0; ///< the run that was there, after the collection
  uint32_t freeBlocks = 0;  ///< in all
};

class SimulatingObserver : public HeapObserver {
public:
  /// `reachable` gives the runs that the program reaches at the moment when it is asked, those
  /// included that an operation under way holds: see reachableRuns().
  SimulatingObserver(const HeapShape &shape, ReachableRuns reachable);

  SimulatingObserver(const SimulatingObserver &) = delete;
  SimulatingObserver &operator=(const SimulatingObserver &) = delete;

  /// Stops at the first failure: what comes behind it never happens.
  void onEvent(const HeapEvent &event) override;

  const std::optional<HeapFailure> &failure() const { return failure_; }
  /// Events whose failure was absorbed.
  uint32_t absorbed() const { return absorbed_; }
  /// Whether each event was sure to happen and its bytes known; else this is one possible layout,
  /// of the fewest bytes.
  bool isExact() const { return !firstInexact_; }
  std::optional<uint32_t> firstInexact() const { return firstInexact_; }
  uint32_t events() const { return events_; }
  const HeapTimeline &timeline() const { return timeline_; }
  HeapSimulator &heap() { return heap_; }
  const HeapSimulator &heap() const { return heap_; }

private:
  void serve(const HeapEvent &event, uint32_t index);

  ReachableRuns reachable_;
  HeapSimulator heap_;
  HeapTimeline timeline_;
  std::optional<HeapFailure> failure_;
  std::optional<uint32_t> firstInexact_;
  uint32_t absorbed_ = 0;
  uint32_t events_ = 0;
};

} // namespace fraglint
