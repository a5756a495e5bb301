#pragma once
/// What drawings of a program's heap show: how it fills, and how it lies at the worst moment. The
/// second is one possible layout, and there only where each request and each path is known.

#include "evaluator/heap_simulator.h"
#include "evaluator/verdict.h"
#include "page/heap_figures.h"

#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// How full the heap was after an event. Bytes.
struct HeapPoint {
  Interval live = Interval::exactly(0); ///< reachable, whole blocks
  // Of a simulated heap alone:
  int64_t used = 0;        ///< reachable or garbage
  int64_t largestFree = 0; ///< the longest free run
  int64_t foundFree = 0; ///< the longest that the request found, behind a collection that it made
  bool wasCollected = false;
  bool wasGrown = false;
};

/// A line of the program, and what it holds at the moment that is drawn.
struct HeapOwner {
  SourcePlace place; ///< no line: what the firmware asks for by itself
  int64_t bytes = 0;
  uint32_t runs = 0;
};

/// A run of blocks.
struct HeapSpan {
  HeapPlace place;
  uint32_t owner = 0; ///< index into HeapSnapshot::owners
  bool isGarbage = false;
  bool isAsked = false; ///< it is the one that the moment's request was given
};

/// How a heap lies at one moment.
struct HeapSnapshot {
  /// Code, constants and names.
  static constexpr uint32_t kCode = 0;
  std::vector<HeapPlace> areas; ///< from first block to last
  std::vector<HeapSpan> spans; ///< in order of their places
  std::vector<HeapOwner> owners; ///< kCode, then those that hold most first
  uint32_t blockBytes = 16;
  int64_t free = 0, largestFree = 0; ///< bytes
  std::string drawing; ///< as `micropython.mem_info(1)` draws it, with letterOf() of each run
};

/// `c` of code; `A`, `B`, … of the lines that hold most; `h` of the others.
char letterOf(uint32_t owner);

struct HeapPicture {
  std::vector<HeapEvent> events; ///< all that the program does
  std::vector<HeapPoint> points; ///< one an event, up to the first that fails
  bool isSimulated = false; ///< else what is live is all that is known
  /// Of the failing request, or else of the closest one: index into points.
  std::optional<uint32_t> worst;
  bool isFailed = false; ///< the last point's request is not served
  std::optional<HeapSnapshot> map;
  uint32_t blockBytes = 16;
  /// What is simulated: bytes for objects at start and that it may grow by.
  int64_t heapBytes = 0;
  bool isSmaller = false; ///< than the heap that is judged: see PossibleLayout
  bool grows = false; ///< by areas, where a request does not fit into those that are there
  CodeLies code = CodeLies::OverTheLoad;
};

/// Evaluates the program once more.
HeapPicture drawHeap(const Module &program, const Target &target, const EvaluationLimits &limits,
                     const Evaluation &evaluation, const JudgedHeap &heap,
                     const HeapVerdict &verdict);

} // namespace fraglint
