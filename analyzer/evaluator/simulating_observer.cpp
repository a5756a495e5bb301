#include "evaluator/simulating_observer.h"

namespace fraglint {

namespace {

/// Bytes that are sure to be asked for.
uint64_t leastBytes(Interval bytes) {
  return static_cast<uint64_t>(std::max<int64_t>(bytes.lo, 0));
}

} // namespace

SimulatingObserver::SimulatingObserver(const HeapShape &shape, ReachableRuns reachable)
    : reachable_(std::move(reachable)), heap_(shape, reachable_) {}

void SimulatingObserver::onEvent(const HeapEvent &event) {
  uint32_t index = events_++;
  if (failure_)
    return;
  bool isUnknown = event.kind != EventKind::Collect && event.run == 0;
  if (!firstInexact_ && (isUnknown || !event.bytes.isExact() || event.mayNotHappen))
    firstInexact_ = index;
  if (!isUnknown)
    serve(event, index);
}

void SimulatingObserver::serve(const HeapEvent &event, uint32_t index) {
  uint64_t bytes = leastBytes(event.bytes);
  bool isServed = true, wasCollected = false, wasGrown = false;
  switch (event.kind) {
  case EventKind::Request: {
    ServedRequest served = heap_.allocate(event.run, bytes);
    isServed = served.isServed;
    wasCollected = served.wasCollected;
    wasGrown = served.wasGrown;
    break;
  }
  case EventKind::Resize:
  case EventKind::Shrink: {
    ServedResize served = heap_.resize(event.run, bytes);
    isServed = served.outcome != ResizeOutcome::Failed;
    wasCollected = served.wasCollected;
    wasGrown = served.wasGrown;
    break;
  }
  case EventKind::Free:
    heap_.release(event.run);
    break;
  case EventKind::Collect:
    heap_.collect(reachable_);
    wasCollected = true;
    break;
  }
  timeline_.record(heap_, index, isServed ? 0 : heap_.blocksFor(bytes), wasCollected, wasGrown);
  if (isServed)
    return;
  if (event.isHard)
    failure_ =
        HeapFailure{index, bytes, heap_.blocksFor(bytes), heap_.largestFree(), heap_.freeBlocks()};
  else
    ++absorbed_;
}

} // namespace fraglint
