#include "evaluator/heap_trace.h"

#include "evaluator/live_runs.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>

namespace fraglint {

// --- Replaying.

namespace {

/// Whether a run that is garbage survives a collection. The same in each replay.
bool outlives(const ReplayOptions &options, uint32_t run, uint32_t collection) {
  if (options.keptGarbagePercent == 0)
    return false;
  // splitmix64's last step: no library's hash, which may differ from run to run.
  uint64_t mixed = (uint64_t{options.seed} << 48) ^ (uint64_t{collection} << 32) ^ run;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  mixed ^= mixed >> 31;
  return mixed % 100 < options.keptGarbagePercent;
}

/// What an event did to a heap.
struct Served {
  bool isServed = true, wasCollected = false, wasGrown = false;
  uint32_t foundFree = 0; ///< as of ServedRequest
};

Served serve(HeapSimulator &heap, const TraceEvent &event, const ReachableRuns &reachable) {
  switch (event.kind) {
  case EventKind::Request: {
    ServedRequest served = heap.allocate(event.run, event.bytes);
    return {served.isServed, served.wasCollected, served.wasGrown, served.foundFree};
  }
  case EventKind::Resize:
  case EventKind::Shrink: {
    ServedResize served = heap.resize(event.run, event.bytes);
    return {served.outcome != ResizeOutcome::Failed, served.wasCollected, served.wasGrown,
            served.foundFree};
  }
  case EventKind::Free:
    heap.release(event.run);
    return {};
  case EventKind::Collect:
    break;
  }
  heap.collect(reachable);
  return {true, true, false, heap.largestFree()};
}

/// Writes moments while a trace is replayed.
class Chronicle {
public:
  Chronicle(HeapTimeline *timeline, const HeapSimulator &heap)
      : timeline_(timeline), heap_(heap), permanent_(timeline ? heap.usedBlocks() : 0) {}

  void expect(uint32_t event) {
    if (!timeline_)
      return;
    live_.releaseDead(event);
    before_ = heap_.largestFree();
  }
  void add(uint32_t event, const TraceEvent &asked, const Served &served, uint32_t death) {
    if (!timeline_)
      return;
    if (asked.kind == EventKind::Free) {
      live_.release(asked.run);
    } else if (served.isServed && asked.kind != EventKind::Collect) {
      live_.set(asked.run, heap_.blocksFor(asked.bytes));
      live_.dieAt(asked.run, death);
    }
    HeapMoment moment;
    moment.event = event;
    moment.usedBlocks = heap_.usedBlocks();
    moment.largestFree = heap_.largestFree();
    moment.failedBlocks = served.isServed ? 0 : heap_.blocksFor(asked.bytes);
    moment.wasCollected = served.wasCollected;
    moment.wasGrown = served.wasGrown;
    moment.liveBlocks = permanent_ + static_cast<uint32_t>(live_.sum());
    moment.foundFree = served.wasCollected ? served.foundFree : before_;
    timeline_->record(moment);
  }

private:
  HeapTimeline *timeline_;
  const HeapSimulator &heap_;
  uint32_t permanent_;
  uint32_t before_ = 0;
  LiveRuns live_;
};

} // namespace

uint32_t HeapTrace::deathOf(uint32_t run, DeathBound bound) const {
  auto life = lives_.find(run);
  if (life == lives_.end() || life->second.missed == kNever)
    return kNever;
  return bound == DeathBound::Latest ? life->second.missed : life->second.lastReached + 1;
}

std::optional<uint32_t> HeapTrace::replay(HeapSimulator &heap, const ReplayOptions &options) const {
  uint32_t now = 0;
  // Of the runs that are there, since the others are forgotten as they go.
  llvm::DenseMap<uint32_t, uint32_t> deaths;
  ReachableRuns reachable = [&](llvm::function_ref<void(uint32_t run)> keep) {
    llvm::SmallVector<uint32_t, 0> gone;
    for (auto [run, death] : deaths)
      if (now < death || outlives(options, run, heap.collections()))
        keep(run);
      else
        gone.push_back(run);
    for (uint32_t run : gone)
      deaths.erase(run);
  };
  heap.setReachable(reachable);
  Chronicle chronicle(options.timeline, heap);
  std::optional<uint32_t> failed;
  auto end = std::min(static_cast<uint32_t>(events_.size()), options.until);
  for (; now < end && !failed; ++now) {
    const TraceEvent &event = events_[now];
    chronicle.expect(now);
    Served served = serve(heap, event, reachable);
    uint32_t death = kNever;
    if (event.kind == EventKind::Free) {
      deaths.erase(event.run);
    } else if (event.kind != EventKind::Collect) {
      death = deathOf(event.run, options.bound);
      deaths.try_emplace(event.run, death);
    }
    chronicle.add(now, event, served, death);
    if (!served.isServed && event.isHard)
      failed = now;
  }
  heap.setReachable({});
  return failed;
}

int64_t HeapTrace::leastPeak(uint32_t blockBytes) const {
  LiveRuns live;
  int64_t peak = 0;
  for (uint32_t now = 0; now < events_.size(); ++now) {
    const TraceEvent &event = events_[now];
    live.releaseDead(now);
    if (event.kind == EventKind::Collect)
      continue;
    live.release(event.run);
    if (event.kind == EventKind::Free || !event.isHard)
      continue;
    live.set(event.run, static_cast<int64_t>(llvm::alignTo(event.bytes, blockBytes)));
    peak = std::max(peak, live.sum());
    live.dieAt(event.run, deathOf(event.run, DeathBound::Earliest));
  }
  return peak;
}

// --- Recording.

void TraceRecorder::onEvent(const HeapEvent &event) {
  bool isUnknown = event.kind != EventKind::Collect && event.run == 0;
  isExact_ = isExact_ && !isUnknown && event.bytes.isExact() && !event.mayNotHappen;
  if (isUnknown)
    return;
  bool mayCollect = event.kind == EventKind::Request || event.kind == EventKind::Resize;
  if (event.kind == EventKind::Collect || (mayCollect && requests_++ % interval_ == 0))
    look();
  auto index = static_cast<uint32_t>(trace_.events().size());
  trace_.add({event.kind, event.isHard, event.run,
              static_cast<uint64_t>(std::max<int64_t>(event.bytes.lo, 0))});
  if (event.kind == EventKind::Request)
    seen_[event.run] = {index, index};
  else if (event.kind == EventKind::Free)
    seen_.erase(event.run);
}

void TraceRecorder::look() {
  auto now = static_cast<uint32_t>(trace_.events().size());
  looks_.push_back(now);
  if (looks_.size() % most_ == 0)
    interval_ *= 2;
  reachable_([&](uint32_t run) {
    if (auto found = seen_.find(run); found != seen_.end())
      found->second.lastReached = now;
  });
}

HeapTrace TraceRecorder::finish() {
  trace_.setExact(interval_ == 1);
  look();
  uint32_t end = looks_.back();
  for (const auto &[run, seen] : seen_) {
    if (seen.lastReached == end)
      continue;
    uint32_t missed = *llvm::upper_bound(looks_, seen.lastReached);
    trace_.setLife(run, seen.lastReached, missed);
  }
  return std::move(trace_);
}

// --- The smallest heap.

namespace {

/// Heaps above the smallest one that are tried, too.
constexpr uint64_t kTriedAbove = 16;

} // namespace

std::optional<SmallestFit> smallestHeap(HeapShape shape,
                                        llvm::function_ref<bool(HeapSimulator &heap)> runs,
                                        uint64_t least, uint64_t most, uint64_t step) {
  auto runsIn = [&](uint64_t bytes) {
    shape.areas.front() = bytes;
    HeapSimulator heap(shape);
    return runs(heap);
  };
  uint64_t works = most / step * step, fails = (least / step - 1) * step;
  if (!runsIn(works))
    return std::nullopt;
  while (works - fails > step) {
    uint64_t middle = (works + fails) / 2 / step * step;
    (runsIn(middle) ? works : fails) = middle;
  }
  SmallestFit found{works, std::nullopt};
  for (uint64_t part = 1; part <= kTriedAbove; ++part) {
    uint64_t bytes = (works + works * part / kTriedAbove) / step * step;
    if (bytes <= most && !runsIn(bytes))
      found.failsAt = bytes;
  }
  return found;
}

} // namespace fraglint
