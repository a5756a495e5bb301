#pragma once
/// The allocator of the firmware, to the block: where each request lies, when it collects, when it
/// fails. Facts: py/gc.c of MicroPython 1.29 and CircuitPython 10.3.
///
/// Left out: finalisers and what they free; collections of other threads; that an area of which
/// only its first block is in use is given back with it (a mistake of both firmwares).

#include "evaluator/free_blocks.h"
#include "evaluator/heap_shape.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// Gives each run that can be reached, by its id. More than once does no harm.
using ReachableRuns = std::function<void(llvm::function_ref<void(uint32_t run)>)>;

/// Where a run lies.
struct HeapPlace {
  uint32_t area = 0; ///< counted from 0 in the order in which areas were added
  uint32_t block = 0;
  uint32_t blocks = 0;
  friend bool operator==(const HeapPlace &, const HeapPlace &) = default;
};

struct ServedRequest {
  bool isServed = false;
  HeapPlace place; ///< without blocks where none were asked for, or not served
  bool wasCollected = false;
  bool wasGrown = false; ///< by an area
  uint32_t foundFree = 0; ///< where it was collected: blocks of the longest free run behind that
  explicit operator bool() const { return isServed; }
};

enum class ResizeOutcome : uint8_t { InPlace, Moved, Failed };

struct ServedResize {
  ResizeOutcome outcome = ResizeOutcome::Failed;
  HeapPlace place; ///< after it; where it failed, as before
  bool wasCollected = false;
  bool wasGrown = false;
  uint32_t foundFree = 0; ///< as of ServedRequest
};

/// What `micropython.mem_info()` counts.
struct HeapCounts {
  uint64_t totalBytes = 0, usedBytes = 0, freeBytes = 0;
  uint32_t ofOneBlock = 0, ofTwoBlocks = 0; ///< runs
  uint32_t largestRun = 0, largestFree = 0; ///< in blocks
};

/// A free run and what lies at its ends: the runs that keep holes apart.
struct HeapHole {
  HeapPlace place;
  std::optional<uint32_t> before, behind; ///< ids; nothing at the ends of an area
};

class HeapSimulator {
public:
  /// The id of all runs that stay for ever.
  static constexpr uint32_t kPermanent = 0;

  /// `reachable` is asked when a request makes the heap collect; without it, nothing is freed then.
  explicit HeapSimulator(const HeapShape &shape, ReachableRuns reachable = {});

  void setReachable(ReachableRuns reachable) { reachable_ = std::move(reachable); }

  /// A run that is never freed: what the firmware holds before a program begins.
  ServedRequest occupy(uint64_t bytes) { return allocate(kPermanent, bytes); }
  /// A run where it is known to lie, in the first area. Its blocks are free.
  void occupyAt(uint32_t run, uint32_t block, uint32_t blocks);

  /// A new run. Of 0 bytes there is none, and the request is served.
  ServedRequest allocate(uint32_t run, uint64_t bytes);
  /// Another length for a run. One that there is none of (a request that was not served) is made;
  /// 0 bytes release it. Where it may not move, the firmware tries nothing else than in place.
  ServedResize resize(uint32_t run, uint64_t bytes, bool mayMove = true);
  /// Whether the run, which is there, would grow or shrink to so many bytes where it lies.
  bool fitsInPlace(uint32_t run, uint64_t bytes) const;
  /// Nothing where there is none of this id.
  void release(uint32_t run);
  /// `gc.collect()`: all is freed that is not among `reachable`, nor permanent.
  void collect(llvm::function_ref<void(llvm::function_ref<void(uint32_t run)>)> reachable);

  /// `gc.disable()`, `gc.enable()`.
  void setCollectsByItself(bool does) { collectsByItself_ = does; }
  /// `gc.threshold(bytes)`; nothing: never.
  void setThreshold(std::optional<uint64_t> bytes);
  /// HeapShape::outerMisalignment, of areas from here on.
  void setOuterMisalignment(uint32_t bytes) { shape_.outerMisalignment = bytes; }

  // --- How it stands.

  uint32_t usedBlocks() const { return totalBlocks() - freeBlocks(); }
  uint32_t freeBlocks() const;
  uint32_t totalBlocks() const;
  size_t areaCount() const { return areas_.size(); }
  /// Blocks of the longest free run: what can be asked for without a collection.
  uint32_t largestFree() const;
  /// Nothing where it is not there, or of 0 bytes.
  std::optional<HeapPlace> placeOf(uint32_t run) const;
  /// Gives each run with its place, in order of their places; kPermanent may come often.
  void visitRuns(llvm::function_ref<void(uint32_t run, HeapPlace place)> take) const;
  /// Each area from its first block to its last, in the order of the search.
  std::vector<HeapPlace> areas() const;
  uint32_t collections() const { return collections_; }
  uint32_t blockBytes() const { return shape_.blockBytes; }
  uint32_t blocksFor(uint64_t bytes) const;

  HeapCounts counts() const;
  /// All free runs, in order of their places.
  std::vector<HeapHole> holes() const;
  /// As `micropython.mem_info(1)` draws it, 64 blocks a line. `letter` gives the kind of a run:
  /// `L` of a list, `h` of others.
  std::string drawing(llvm::function_ref<char(uint32_t run)> letter) const;
  std::string drawing() const {
    return drawing([](uint32_t) { return 'h'; });
  }

private:
  struct Area {
    uint32_t number;
    FreeBlocks free;
    std::optional<size_t> outer; ///< index of what it was taken from; nothing: there from the start
    uint64_t outerBytes = 0;
  };
  struct Placed {
    HeapPlace place;
    uint32_t marked = 0; ///< the collection that last reached it
  };
  struct Request {
    uint32_t blocks = 0;
    HeapPlace place;
    bool wasCollected = false, wasGrown = false;
    uint32_t foundFree = 0;
  };
  struct Ordered {
    HeapPlace place;
    uint32_t run;
  };

  bool serve(Request &request, uint64_t bytes, std::optional<uint32_t> alsoKept);
  bool place(Request &request);
  bool grow(uint64_t bytes);
  void collectBy(llvm::function_ref<void(llvm::function_ref<void(uint32_t run)>)> reachable,
                 std::optional<uint32_t> alsoKept);
  void collectByItself(std::optional<uint32_t> alsoKept);
  void giveBackEmptyAreas();
  uint64_t outerGives(uint64_t largest) const;
  Area &areaOf(uint32_t number);
  const Area &areaOf(uint32_t number) const;
  std::vector<Ordered> ordered() const;
  static void drawLines(llvm::StringRef blocks, uint32_t blockBytes, std::string &text);

  HeapShape shape_;
  ReachableRuns reachable_;
  std::vector<Area> areas_; ///< in the order of the search
  llvm::DenseMap<uint32_t, Placed> runs_;
  std::vector<HeapPlace> permanent_;
  llvm::SmallVector<uint64_t, 2> outer_; ///< free bytes of shape_.outer now
  std::optional<uint64_t> thresholdBlocks_;
  uint64_t sinceCollection_ = 0; ///< blocks handed out
  bool collectsByItself_ = true;
  uint32_t collections_ = 0;
  uint32_t marks_ = 0;
  uint32_t nextArea_ = 0;
};

} // namespace fraglint
