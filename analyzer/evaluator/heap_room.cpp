#include "evaluator/heap_room.h"

#include "llvm/Support/MathExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

/// An area's pool is cut off at so many blocks.
constexpr int64_t kBlocksCut = 4;
/// MicroPython asks for an area so much larger than the request (py/gc.c).
constexpr int64_t kLeastSpare = 2048;

/// Bytes that are in the memory around it when no area can be added for the request any more.
int64_t restOutside(const HeapShape &shape, int64_t request) {
  int64_t block = shape.blockBytes;
  auto needed = static_cast<int64_t>(
      shape.bytesFor(llvm::divideCeil(static_cast<uint64_t>(request), shape.blockBytes)));
  if (shape.growth == HeapGrowth::MicroPython)
    needed = std::max(needed, request + std::max(kLeastSpare, request / 32));
  // It gives whole slices only.
  int64_t slice = shape.outerSlices == 0 ? 0 : needed / (shape.outerSlices - 1) + 1;
  return needed + slice + shape.outerHeaderBytes + block;
}

/// Areas of which each is as large as all before it together, in so many bytes.
int64_t areasThatDouble(int64_t bytes, int64_t first) {
  int64_t areas = 0;
  for (int64_t size = std::max<int64_t>(first, 1); size <= bytes; bytes -= size, size += size)
    ++areas;
  return areas;
}

} // namespace

HeapRoom heapRoom(const HeapShape &shape, int64_t largest) {
  HeapRoom room{0, static_cast<int64_t>(shape.areas.size())};
  int64_t inAreas = 0, around = 0, outside = 0;
  for (uint64_t area : shape.areas) {
    room.bytes += static_cast<int64_t>(shape.poolBytes(area));
    inAreas += static_cast<int64_t>(area);
  }
  int64_t request = std::max<int64_t>(largest, shape.blockBytes);
  if (shape.growth != HeapGrowth::Fixed) {
    for (uint64_t run : shape.outer) {
      around += static_cast<int64_t>(run);
      outside += static_cast<int64_t>(shape.poolBytes(run));
    }
    // An area that is added is as large as all that are there; or it takes the longest run of the
    // memory around it whole, but for less than a slice. Runs lie between areas.
    int64_t doubling = areasThatDouble(around, inAreas);
    int64_t filling = doubling + static_cast<int64_t>(shape.outer.size());
    int64_t ofArea = request + shape.recordBytes() + shape.outerHeaderBytes +
                     (kBlocksCut + 1) * int64_t{shape.blockBytes};
    outside -= doubling * ofArea + filling * std::max(ofArea, restOutside(shape, request));
    if (shape.outerSlices != 0)
      outside -= around / shape.outerSlices;
    room.areas += doubling + filling;
    room.bytes += std::max<int64_t>(outside, 0);
  }
  // The rest of one area may serve the largest; that of each other need not.
  room.bytes -= (static_cast<int64_t>(shape.areas.size()) - 1) * request;
  room.bytes = std::max<int64_t>(room.bytes, 0);
  return room;
}

} // namespace fraglint
