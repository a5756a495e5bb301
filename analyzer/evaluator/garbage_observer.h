#pragma once
/// What waits to be collected at chosen places of a program, and how long texts are there, seen
/// while it is evaluated.

#include "evaluator/interpreter.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

#include <optional>
#include <vector>

namespace fraglint {

/// Where to look, by the ordinals of nodes.
struct WatchedPlaces {
  /// Ordinals from here on are of libraries: what they ask for is asked for where the program calls
  /// them.
  uint32_t end = ~0U;
  llvm::DenseSet<uint32_t> sites; ///< expressions that ask for memory
  llvm::DenseSet<uint32_t> calls; ///< of the program's functions
  llvm::DenseSet<uint32_t> texts; ///< statements that set the text of a label
};

/// Bytes of whole blocks, over what was seen of one place.
struct SeenBytes {
  int64_t least = Interval::kNoHi; ///< kNoHi: not known
  int64_t most = 0; ///< kNoHi: not known
  void widen(Interval seen) {
    least = std::min(least, seen.lo);
    most = std::max(most, seen.hi);
  }
};

/// What was seen where an expression asks for memory.
struct SiteSight {
  uint32_t executions = 0; ///< that asked for memory, on whatever path
  bool isSure = false; ///< some execution is on every path
  /// Bytes of its largest hard request, as asked for, on whatever path.
  Interval largest = Interval::exactly(0);
  /// That became garbage since it was asked for the time before, and that no collection has given
  /// back. The first time does not count.
  SeenBytes waiting;
  SeenBytes waitingOfOthers; ///< of it, what other expressions made
  /// That the watched sites of these ordinals made, this one included, and that is reachable when
  /// it asks. The first time does not count.
  llvm::DenseMap<uint32_t, SeenBytes> held;
};

/// What was seen of calls, or of passes of a loop.
struct GarbageSight {
  uint32_t count = 0; ///< that were seen from begin to end
  SeenBytes left; ///< that became garbage in between, and was not collected
  Interval liveAtBegin, liveAtEnd; ///< bytes of whole blocks, of the one that was seen last
};

/// What texts a statement gave to labels.
struct TextSight {
  Interval bytes = {Interval::kNoHi, 0}; ///< of each
};

struct GarbageSights {
  llvm::DenseMap<uint32_t, SiteSight> sites; ///< by ordinal of the expression
  llvm::DenseMap<uint32_t, GarbageSight> calls; ///< by ordinal of the call
  llvm::DenseMap<uint32_t, GarbageSight> loops; ///< by ordinal of the `while`; not of first passes
  llvm::DenseMap<uint32_t, TextSight> texts; ///< by ordinal of the statement
  bool isCutOff = false; ///< looking took too long; what was seen until then stands
};

/// Looks at what the program reaches when a watched expression asks for memory, at the begin and
/// the end of watched calls, and between passes. Executions of an expression behind the fourth are
/// looked at less and less often: what became garbage between two looks bounds what did before each
/// in between. The passes that stand for all further ones count where they know less than the ones
/// before: where they come to other tests, or to sizes, that are not known.
class GarbageObserver : public HeapObserver {
public:
  /// All must outlive it. The interpreter's onCall, onPass and onStopped are taken.
  GarbageObserver(Interpreter &interpreter, const WatchedPlaces &watched, GarbageSights &sights);

  ~GarbageObserver() override;
  GarbageObserver(const GarbageObserver &) = delete;
  GarbageObserver &operator=(const GarbageObserver &) = delete;

  void onEvent(const HeapEvent &event) override;

private:
  /// Bytes of its blocks.
  struct TakenRun {
    int64_t least = 0, most = 0; ///< most: kNoHi where not known
    uint32_t way = 0; ///< see Interpreter::way
    uint32_t site = 0; ///< ordinal
    uint64_t step = 0; ///< of the interpreter, when it was asked for
    uint32_t lastReached = 0; ///< the look that reached it last, or just before it was made
    bool isDoubtful = false; ///< that found it reachable on some paths only
    uint32_t doubtfulSince = 0; ///< the first look that did, and all since
  };
  /// A run that became garbage, or a request of which not even that is known.
  struct Death {
    int64_t least = 0, most = 0;
    uint32_t way = 0; ///< on which it was made
    uint32_t site = 0; ///< that made it, by ordinal
    uint32_t lastReached = 0; ///< the look
  };
  /// How things stood.
  struct Look {
    size_t deaths = 0; ///< so far
    uint64_t undecided = 0; ///< tests that were not known, so far
    int64_t lostBytes = 0;
  };
  struct Collection {
    uint32_t look = 0; ///< just before it
    uint32_t way = 0;
  };
  struct Window {
    uint32_t look = 0; ///< at its begin
    Interval live;
  };
  /// What asks, as the program shows it.
  struct Asking {
    uint32_t site = 0; ///< ordinal
    uint64_t step = 0; ///< of its instruction
    bool isInside = false; ///< of a comprehension's code
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
  uint32_t lastLook() const { return static_cast<uint32_t>(looks_.size() - 1); }
  bool isOnWay(uint32_t way) const;
  Interval since(uint32_t look, std::optional<uint32_t> withoutSite = std::nullopt) const;
  void take(const HeapEvent &event);
  void change(const HeapEvent &event);
  void atSite(const HeapEvent &event);
  Asking asking() const;
  bool isNewExecution(const SiteSight &sight, const Asking &asking, const HeapEvent &event);
  void seeHeld(SiteSight &sight, const Asking &asking) const;
  void atText(SyntaxNode site);
  void onCall(Interpreter::CallMoment moment);
  void onPass();
  void onStopped(uint32_t way);
  void close(const Window &window, GarbageSight &sight) const;
  void addFurther();
  int64_t blockBytes(int64_t bytes) const;
  GarbageSights &sights() { return interpreter_.isGeneralPass() ? further_ : sights_; }

  Interpreter &interpreter_;
  const WatchedPlaces &watched_;
  GarbageSights &sights_;
  llvm::DenseMap<uint32_t, TakenRun> taken_; ///< by id, of runs that are not known to be garbage
  std::vector<Death> deaths_;
  std::vector<Death> deathsOnThisWay_; ///< at the last look, of runs that another may reach
  std::vector<Look> looks_{{}}; ///< the first is the program's begin
  std::vector<Collection> collections_;
  mutable llvm::DenseMap<uint32_t, bool> onWay_; ///< isOnWay() since the last look
  Interval live_ = Interval::exactly(0); ///< at the last look
  /// A run that is reachable on some paths only, at the last look.
  struct Doubtful {
    uint32_t since = 0;
    uint32_t site = 0;
    int64_t most = 0;
  };
  std::vector<Doubtful> doubtful_;
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
