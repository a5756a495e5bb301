#include "heap/heap_shape.h"

#include <algorithm>

namespace fraglint {

namespace {

/// The table of states has a byte for so many blocks; a pool is a whole number of such groups.
constexpr int64_t kBlocksOfByte = 4;
/// Between that table and the next (firmware of 2022 and later; it changes no figure of before).
constexpr int64_t kGap = 1;

int64_t divideUp(int64_t value, int64_t by) { return (value + by - 1) / by; }

/// At the start of an added area: a link, where each table and the pool lie, their length, and
/// where to search next.
int64_t headerBytes(const HeapShape &shape, const FirmwareProfile &profile) {
  int64_t words = 7 + (shape.hasFinaliserTable ? 1 : 0) + (shape.hasScanTable ? 1 : 0);
  return words * profile.wordBytes;
}

/// The size that growth reckons with for so many blocks.
int64_t addedAreaBytes(const HeapShape &shape, const FirmwareProfile &profile, int64_t blocks) {
  int64_t block = profile.blockBytes();
  // CircuitPython counts whole groups and a block more, since the end is cut to whole blocks.
  if (profile.isCircuitPython())
    blocks = divideUp(blocks, kBlocksOfByte) * kBlocksOfByte;
  int64_t bitTables = (shape.hasFinaliserTable ? 1 : 0) + (shape.hasScanTable ? 1 : 0);
  int64_t bitTable = profile.isCircuitPython() ? divideUp(blocks, 8) : blocks / 8;
  int64_t bytes = headerBytes(shape, profile) + blocks / kBlocksOfByte + kGap +
                  bitTables * bitTable + blocks * block + (profile.isCircuitPython() ? block : 0);
  return divideUp(bytes, block) * block;
}

/// What the firmware wants at least for one request.
int64_t neededBytes(const HeapShape &shape, const FirmwareProfile &profile, int64_t request) {
  if (profile.isCircuitPython())
    return addedAreaBytes(shape, profile, divideUp(request, profile.blockBytes()));
  return request + std::max<int64_t>(2048, request * 13 / 512);
}

} // namespace

// heap-facts a, "pool from area size"; checked there on 10,240 (micro:bit), 65,536 and 1 MiB bytes
// (MicroPython), 8,192 (CircuitPython).
int64_t poolBytes(const HeapShape &shape, const FirmwareProfile &profile, int64_t areaBytes) {
  if (areaBytes <= kGap)
    return 0;
  int64_t block = profile.blockBytes();
  int64_t bitsOfBlock = 8 * block + shape.tableBits();
  return (areaBytes - kGap) * 8 / (bitsOfBlock * kBlocksOfByte) * kBlocksOfByte * block;
}

int64_t addedPoolBytes(const HeapShape &shape, const FirmwareProfile &profile, int64_t areaBytes) {
  return poolBytes(shape, profile, areaBytes - headerBytes(shape, profile));
}

int64_t areaBytesFor(const HeapShape &shape, const FirmwareProfile &profile, int64_t pool) {
  int64_t group = kBlocksOfByte * profile.blockBytes();
  int64_t bitsOfGroup = kBlocksOfByte * (8 * profile.blockBytes() + shape.tableBits());
  return kGap + divideUp(divideUp(pool, group) * bitsOfGroup, 8);
}

// heap-facts a.1, "Growth rule".
int64_t newAreaBytes(const HeapShape &shape, const FirmwareProfile &profile, int64_t pools,
                     int64_t request, int64_t outside) {
  if (!shape.grows())
    return 0;
  if (shape.mostNewArea != 0)
    outside = std::min(outside, shape.mostNewArea);
  int64_t needed = neededBytes(shape, profile, request);
  if (outside < needed)
    return 0;
  int64_t doubled = addedAreaBytes(shape, profile, pools / profile.blockBytes());
  return std::min(outside, std::max(doubled, needed));
}

} // namespace fraglint
