#pragma once
/// What waits to be collected at chosen places of a program, seen while it is evaluated.

#include "evaluator/interpreter.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

#include <vector>

namespace fraglint {

/// Where to look, by the ordinals of nodes.
struct WatchedPlaces {
  llvm::DenseSet<uint32_t> sites; ///< expressions that ask for memory
  llvm::DenseSet<uint32_t> calls; ///< of the program's functions
};

/// Bytes of whole blocks, over what was seen of one place.
struct SeenBytes {
  int64_t least = Interval::kNoHi; ///< of those that happen on every path
  int64_t most = 0;                ///< of all; kNoHi: not known
  void widen(Interval seen, bool isSure) {
    if (isSure)
      least = std::min(least, seen.lo);
    most = std::max(most, seen.hi);
  }
};

/// What was seen where an expression asks for memory.
struct SiteSight {
  uint32_t executions = 0; ///< that asked for memory, on whatever path
  uint32_t sure = 0; ///< of those that were looked at, without the first: they are on every path
  /// That became garbage since it was asked for the time before, and that no collection has given
  /// back. The first time does not count.
  SeenBytes waiting;
  /// That the watched sites of these ordinals made, this one included, and that is reachable when
  /// it asks. The first time does not count.
  llvm::DenseMap<uint32_t, SeenBytes> held;
};

/// What was seen of calls, or of passes of a loop.
struct GarbageSight {
  uint32_t count = 0; ///< that were seen from begin to end
  uint32_t sure = 0; ///< of them, that are on every path
  SeenBytes left; ///< that became garbage in between, and was not collected
  Interval liveAtBegin, liveAtEnd; ///< bytes of whole blocks, of the one that was seen last
};

struct GarbageSights {
  llvm::DenseMap<uint32_t, SiteSight> sites; ///< by ordinal of the expression
  llvm::DenseMap<uint32_t, GarbageSight> calls; ///< by ordinal of the call
  llvm::DenseMap<uint32_t, GarbageSight> loops; ///< by ordinal of the `while`; not of first passes
  bool isCutOff = false; ///< looking took too long; what was seen until then stands
};

/// Looks at what the program reaches when a watched expression asks for memory, at the begin and
/// the end of watched calls, and between passes. Executions of an expression behind the fourth are
/// looked at less and less often: what became garbage between two looks bounds what did before each
/// in between. The passes that stand for all further ones count where they know less than the ones
/// before: where they come to other tests, or to sizes, that are not known.
class GarbageObserver : public HeapObserver {
public:
  /// All must outlive it. The interpreter's onCall and onPass are taken.
  GarbageObserver(Interpreter &interpreter, const WatchedPlaces &watched, GarbageSights &sights);

  ~GarbageObserver() override;
  GarbageObserver(const GarbageObserver &) = delete;
  GarbageObserver &operator=(const GarbageObserver &) = delete;

  void onEvent(const HeapEvent &event) override;

private:
  /// A run that is not known to be garbage. Bytes of its blocks.
  struct TakenRun {
    int64_t least = 0; ///< 0 where it is taken on some paths only
    int64_t most = 0; ///< kNoHi: not known
    uint32_t site = 0; ///< ordinal
    uint64_t step = 0; ///< of the interpreter, when it was asked for
    uint32_t lastReached = 0; ///< the look that reached it for sure
    uint32_t lastMayBeReached = 0; ///< or perhaps
  };
  /// All that ever became garbage.
  struct Total {
    int64_t least = 0, most = 0;
    uint32_t unbounded = 0; ///< requests of an unknown number of bytes
  };
  struct Window {
    uint32_t look = 0; ///< at its begin
    bool isSure = false;
    Interval live;
  };

  struct LastExecution {
    uint32_t look = 0; ///< at it, or at the last one before it that was looked at
    bool isOpen = false; ///< there were others since, which were not
  };

  /// What is not known of a pass.
  struct Unknowns {
    uint64_t tests = 0, sizes = 0;
    friend bool operator==(const Unknowns &, const Unknowns &) = default;
  };

  bool look();
  uint32_t lastLook() const { return static_cast<uint32_t>(totals_.size() - 1); }
  Interval since(uint32_t look) const;
  void take(const HeapEvent &event);
  void atSite(const HeapEvent &event);
  GarbageSights &sights() { return interpreter_.isGeneralPass() ? further_ : sights_; }
  void seeHeld(SiteSight &sight, bool isSure) const;
  void onCall(Interpreter::CallMoment moment);
  void onPass();
  void close(const Window &window, GarbageSight &sight) const;
  void addFurther();
  int64_t blockBytes(int64_t bytes) const;

  Interpreter &interpreter_;
  const WatchedPlaces &watched_;
  GarbageSights &sights_;
  llvm::DenseMap<uint32_t, TakenRun> taken_;
  std::vector<Total> totals_{{}}; ///< by look; of look 0 the program's begin
  uint32_t sureCollection_ = 0, lastCollection_ = 0; ///< the looks just before them
  Interval live_ = Interval::exactly(0); ///< at the last look
  Total mayBeGarbage_; ///< at the last look: reachable on some paths only
  uint64_t visited_ = 0; ///< objects, by all looks
  uint64_t lastStep_ = 0; ///< of the last execution of a watched site
  llvm::DenseMap<uint32_t, LastExecution> lastOfSite_; ///< by ordinal
  std::vector<std::pair<uint32_t, Window>> calls_; ///< under way, of those that are watched
  Window pass_;
  SyntaxNode loop_;
  Unknowns unknown_; ///< so far
  Unknowns unknownBefore_; ///< when the pass began
  Unknowns unknownInPass_; ///< of the last pass that stands for itself
  GarbageSights further_; ///< of passes that stand for all further ones
  bool areFurtherAlike_ = true; ///< they know as much as the last one before them
};

} // namespace fraglint
