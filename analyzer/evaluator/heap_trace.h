#pragma once
/// What a program asks for, written down with how long each run is reachable: it can be replayed
/// on heaps of other sizes without evaluating the program again.

#include "evaluator/heap_simulator.h"
#include "evaluator/heap_timeline.h"
#include "evaluator/object_heap.h"

#include "llvm/ADT/DenseMap.h"

#include <functional>
#include <vector>

namespace fraglint {

struct TraceEvent {
  EventKind kind = EventKind::Request;
  bool isHard = true;
  uint32_t run = 0;
  uint64_t bytes = 0;
};

/// When a run that no event frees becomes garbage, as far as that was looked for.
enum class DeathBound : uint8_t { Earliest, Latest };

struct ReplayOptions {
  DeathBound bound = DeathBound::Latest;
  /// The firmware takes every word on the C stack for an address, so that some garbage outlives a
  /// collection, nobody knows which. So many of a hundred runs do here, other ones for each seed.
  /// In programs made to be unkind 10 to 20 did (heap_simulator_engines_test.cpp).
  uint32_t keptGarbagePercent = 0;
  uint32_t seed = 0;
  /// Events from here on are not served.
  uint32_t until = UINT32_MAX;
  /// Is told of each event that is served, and of the one that fails; null: nobody is.
  HeapTimeline *timeline = nullptr;
};

class HeapTrace {
public:
  static constexpr uint32_t kNever = UINT32_MAX;

  void add(TraceEvent event) { events_.push_back(event); }
  /// A run was reachable just before the event of that index, and no longer at `missed`.
  void setLife(uint32_t run, uint32_t lastReached, uint32_t missed) {
    lives_[run] = {lastReached, missed};
  }
  const std::vector<TraceEvent> &events() const { return events_; }
  /// Whether what is reachable was looked for at each event that may collect: both bounds are the
  /// same then.
  bool isExact() const { return isExact_; }
  void setExact(bool isExact) { isExact_ = isExact; }

  /// Serves all events; gives the index of the first hard one that fails, or nothing. The heap is
  /// asked for nothing behind that. Runs of which no life is known live for ever.
  std::optional<uint32_t> replay(HeapSimulator &heap, const ReplayOptions &options = {}) const;
  /// The event just before which a run is known to be garbage, and no earlier; kNever where none
  /// is.
  uint32_t deathOf(uint32_t run, DeathBound bound = DeathBound::Latest) const;
  /// Bytes of blocks that are sure to be in use at once, at the worst event: hard requests alone,
  /// each run grown in place and dead as early as may be.
  int64_t leastPeak(uint32_t blockBytes) const;

private:
  struct Life {
    uint32_t lastReached = kNever, missed = kNever;
  };
  std::vector<TraceEvent> events_;
  llvm::DenseMap<uint32_t, Life> lives_;
  bool isExact_ = true;
};

/// Writes a trace while a program is evaluated. It looks for what is reachable before each
/// `interval`-th request, and less often once it has looked `most` times. What operations under
/// way hold must be among it.
class TraceRecorder : public HeapObserver {
public:
  explicit TraceRecorder(ReachableRuns reachable, uint32_t interval = 1, uint32_t most = 2000)
      : reachable_(std::move(reachable)), interval_(interval), most_(most) {}

  void onEvent(const HeapEvent &event) override;
  /// The trace; the program has ended.
  HeapTrace finish();
  /// Whether each event was sure to happen and its bytes known.
  bool isExact() const { return isExact_; }

private:
  void look();

  ReachableRuns reachable_;
  HeapTrace trace_;
  std::vector<uint32_t> looks_; ///< indices of events
  /// Runs that are not known to be dead: the last of looks_ that reached them; where none did, the
  /// event that made them.
  struct Seen {
    uint32_t born = 0;
    uint32_t lastReached = 0;
  };
  llvm::DenseMap<uint32_t, Seen> seen_;
  uint32_t interval_, most_;
  uint32_t requests_ = 0;
  bool isExact_ = true;
};

/// The smallest heap in which a program runs.
struct SmallestFit {
  uint64_t bytes = 0; ///< of the first area
  /// A larger heap in which it fails nevertheless; the largest that was found.
  std::optional<uint64_t> failsAt;
};

/// Searches the size of the first area from `least` to `most` bytes in steps, and then up to twice
/// what it found: where small objects lie depends on when the collector runs. `runs` says whether
/// the program runs on a heap. Nothing where it does not even in the largest. The steps and tries
/// are those of findSmallestHeap() of the layer `measure`, which does it on an engine.
std::optional<SmallestFit> smallestHeap(HeapShape shape,
                                        llvm::function_ref<bool(HeapSimulator &heap)> runs,
                                        uint64_t least, uint64_t most, uint64_t step = 128);

} // namespace fraglint
