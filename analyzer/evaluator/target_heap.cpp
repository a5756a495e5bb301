#include "evaluator/target_heap.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

namespace fraglint {

namespace {

/// All but areas and what is outside.
HeapShape rulesOf(const Target &target) {
  const FirmwareHeap &heap = *target.heap;
  HeapShape shape;
  shape.blockBytes = target.blockBytes();
  shape.hasFinaliserTable = heap.hasFinaliserTable;
  shape.hasCollectTable = heap.hasScanTable;
  shape.hasGapByte = heap.hasGapByte;
  if (heap.thresholdAtStart != 0)
    shape.thresholdBytes = heap.thresholdAtStart;
  shape.collects = !heap.postponesCollection;
  return shape;
}

/// The smallest area that has at least so many bytes for objects.
uint64_t areaFor(const HeapShape &shape, uint64_t pool) {
  // Four blocks and their tables at a time, in bytes.
  uint64_t group = uint64_t{4} * shape.blockBytes;
  uint64_t bitsOfBlock =
      2 + shape.hasFinaliserTable + shape.hasCollectTable + 8 * uint64_t{shape.blockBytes};
  return llvm::divideCeil(llvm::divideCeil(pool, group) * 4 * bitsOfBlock, 8) + shape.hasGapByte;
}

} // namespace

HeapShape heapShapeOf(const Target &target, int64_t heapBytes) {
  const FirmwareHeap &heap = *target.heap;
  HeapShape shape = rulesOf(target);
  uint64_t fixed = 0;
  for (int64_t area : heap.areasAtStart)
    fixed += shape.poolBytes(area);
  uint64_t wanted = heapBytes;
  uint64_t rest = wanted > fixed ? wanted - fixed : 0;
  shape.areas.clear();
  for (int64_t area : heap.areasAtStart)
    shape.areas.push_back(area != 0 ? area : areaFor(shape, rest));
  if (!heap.grows)
    return shape;
  shape.growth =
      target.profile->isCircuitPython() ? HeapGrowth::CircuitPython : HeapGrowth::MicroPython;
  uint64_t outside = rest == 0 ? 0 : shape.bytesFor(rest / shape.blockBytes);
  shape.outer.push_back(outside);
  // The web's memory is no TLSF: its runs are of any size.
  if (heap.mostNewArea != 0)
    shape.outerSlices = 0;
  return shape;
}

HeapShape oneAreaOf(const Target &target, int64_t areaBytes) {
  HeapShape shape = rulesOf(target);
  shape.areas.assign(1, static_cast<uint64_t>(areaBytes));
  return shape;
}

} // namespace fraglint
