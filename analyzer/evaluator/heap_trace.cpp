#include "evaluator/heap_trace.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <map>

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

} // namespace

std::optional<uint32_t> HeapTrace::replay(HeapSimulator &heap, const ReplayOptions &options) const {
  uint32_t now = 0;
  // Of the runs that are there, since the others are forgotten as they go.
  llvm::DenseMap<uint32_t, uint32_t> deaths;
  auto reachable = [&](llvm::function_ref<void(uint32_t run)> keep) {
    llvm::SmallVector<uint32_t, 0> gone;
    for (auto [run, death] : deaths)
      if (now < death || outlives(options, run, heap.collections()))
        keep(run);
      else
        gone.push_back(run);
    for (uint32_t run : gone)
      deaths.erase(run);
  };
  auto add = [&](uint32_t run) {
    auto life = lives_.find(run);
    uint32_t death = kNever;
    if (life != lives_.end() && life->second.missed != kNever)
      death =
          options.bound == DeathBound::Latest ? life->second.missed : life->second.lastReached + 1;
    deaths.try_emplace(run, death);
  };
  heap.setReachable(reachable);
  std::optional<uint32_t> failed;
  auto end = std::min(static_cast<uint32_t>(events_.size()), options.until);
  for (; now < end && !failed; ++now) {
    const TraceEvent &event = events_[now];
    bool isServed = true;
    switch (event.kind) {
    case EventKind::Request:
      isServed = heap.allocate(event.run, event.bytes).isServed;
      add(event.run);
      break;
    case EventKind::Resize:
    case EventKind::Shrink:
      isServed = heap.resize(event.run, event.bytes).outcome != ResizeOutcome::Failed;
      add(event.run);
      break;
    case EventKind::Free:
      heap.release(event.run);
      deaths.erase(event.run);
      break;
    case EventKind::Collect:
      heap.collect(reachable);
      break;
    }
    if (!isServed && event.isHard)
      failed = now;
  }
  heap.setReachable({});
  return failed;
}

int64_t HeapTrace::leastPeak(uint32_t blockBytes) const {
  llvm::DenseMap<uint32_t, int64_t> sizes;
  std::multimap<uint32_t, uint32_t> deaths;
  int64_t inUse = 0, peak = 0;
  for (uint32_t now = 0; now < events_.size(); ++now) {
    const TraceEvent &event = events_[now];
    auto release = [&](uint32_t run) {
      if (auto found = sizes.find(run); found != sizes.end()) {
        inUse -= found->second;
        sizes.erase(found);
      }
    };
    for (; !deaths.empty() && deaths.begin()->first <= now; deaths.erase(deaths.begin()))
      release(deaths.begin()->second);
    if (event.kind == EventKind::Collect)
      continue;
    release(event.run);
    if (event.kind == EventKind::Free || !event.isHard)
      continue;
    auto bytes = static_cast<int64_t>(llvm::alignTo(event.bytes, blockBytes));
    sizes[event.run] = bytes;
    inUse += bytes;
    peak = std::max(peak, inUse);
    auto life = lives_.find(event.run);
    if (life != lives_.end() && life->second.lastReached != kNever)
      deaths.emplace(life->second.lastReached + 1, event.run);
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
