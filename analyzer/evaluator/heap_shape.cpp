#include "evaluator/heap_shape.h"

#include "llvm/Support/MathExtras.h"

namespace fraglint {

namespace {

/// The table of blocks has a byte for so many; areas have no part of one.
constexpr uint64_t kBlocksPerByte = 4;

} // namespace

uint32_t HeapShape::poolBlocks(uint64_t areaBytes) const {
  if (areaBytes <= hasGapByte)
    return 0;
  // In bits: two for its state, one in each further table, and the block itself.
  uint64_t perBlock =
      2 + hasFinaliserTable + hasCollectTable + hasWeakRefTable + uint64_t{8} * blockBytes;
  return kBlocksPerByte * ((areaBytes - hasGapByte) * 8 / (kBlocksPerByte * perBlock));
}

uint64_t HeapShape::bytesFor(uint64_t blocks) const {
  // MicroPython's areas hold multiples of four, so that both round alike.
  blocks = llvm::alignTo(blocks, kBlocksPerByte);
  unsigned bitTables = unsigned{hasFinaliserTable} + hasCollectTable + hasWeakRefTable;
  bool isCircuitPython = growth == HeapGrowth::CircuitPython;
  uint64_t perTable = isCircuitPython ? llvm::divideCeil(blocks, 8) : blocks / 8;
  uint64_t bytes = recordBytes() + blocks / kBlocksPerByte + hasGapByte + bitTables * perTable +
                   blocks * blockBytes + (isCircuitPython ? blockBytes : 0);
  return llvm::alignTo(bytes, blockBytes);
}

} // namespace fraglint
