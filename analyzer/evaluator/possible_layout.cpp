#include "evaluator/possible_layout.h"

#include "evaluator/compile_cost.h"

#include <algorithm>

namespace fraglint {

namespace {

/// Blocks of a run of code.
constexpr uint32_t kCodeBlocks = 3;

/// The larger bound where there is one.
int64_t most(Interval bytes) { return bytes.hasHi() ? bytes.hi : bytes.lo; }

} // namespace

int64_t loadExtent(const Evaluation &evaluation) {
  return compileExtent(evaluation.loadLive.figure.bytes, evaluation.movedByLoad);
}

HeapSimulator loadedHeap(const PossibleLayout &layout, const Evaluation &evaluation) {
  HeapSimulator heap(layout.shape);
  uint32_t left = heap.blocksFor(most(evaluation.keptByLoad)), area = heap.totalBlocks();
  if (heap.areaCount() > 1 || layout.shape.growth != HeapGrowth::Fixed) {
    for (; left > 0; left -= std::min(left, kCodeBlocks))
      heap.occupy(uint64_t{std::min(left, kCodeBlocks)} * layout.shape.blockBytes);
    return heap;
  }
  left = std::min(left, area);
  uint32_t extent = left;
  if (layout.code == CodeLies::OverTheLoad)
    extent = heap.blocksFor(loadExtent(evaluation));
  extent = std::clamp(extent, left, area);
  uint32_t pieces = (left + kCodeBlocks - 1) / kCodeBlocks, free = extent - left, at = 0;
  for (uint32_t piece = 0; piece < pieces && left > 0; ++piece) {
    uint32_t blocks = std::min(left, kCodeBlocks);
    heap.occupyAt(HeapSimulator::kPermanent, at, blocks);
    left -= blocks;
    at += blocks + static_cast<uint32_t>(uint64_t{free} * (piece + 1) / pieces -
                                         uint64_t{free} * piece / pieces);
  }
  return heap;
}

} // namespace fraglint
