#pragma once
/// One way in which a heap may lie when a program begins: where loading left code and constants is
/// not known, nor which garbage outlives collections.

#include "evaluator/evaluation.h"
#include "evaluator/heap_trace.h"

namespace fraglint {

/// Where loading leaves code, constants and names.
enum class CodeLies : uint8_t {
  Together,
  OverTheLoad, ///< spread over as much of the heap as compiling takes
};

struct PossibleLayout {
  HeapShape shape;
  CodeLies code = CodeLies::OverTheLoad;
  ReplayOptions replay;
  /// Passes of the loop that never ends, of what is replayed in it. 0: as many as were evaluated.
  unsigned passes = 0;
};

/// Bytes from the heap's beginning that compiling may take, holes included. The most that is in use
/// while the entry is compiled must be known.
int64_t loadExtent(const Evaluation &evaluation);

/// A heap of that layout, in which the program's first statement is about to run. Where code and
/// constants are more than it holds, as much of them as it does.
HeapSimulator loadedHeap(const PossibleLayout &layout, const Evaluation &evaluation);

} // namespace fraglint
