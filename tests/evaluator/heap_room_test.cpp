#include "evaluator/heap_room.h"

#include "evaluator/heap_simulator.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace fraglint {
namespace {

HeapShape growing(HeapGrowth growth, uint64_t first, std::initializer_list<uint64_t> outer) {
  HeapShape shape;
  shape.areas.assign(1, first);
  shape.growth = growth;
  shape.outer.assign(outer);
  shape.hasCollectTable = growth == HeapGrowth::CircuitPython;
  return shape;
}

const HeapShape kShapes[] = {
    growing(HeapGrowth::CircuitPython, 8 * 1024, {160'000}),
    growing(HeapGrowth::CircuitPython, 8 * 1024, {40'000, 90'000}),
    growing(HeapGrowth::CircuitPython, 4 * 1024, {400'000}),
    growing(HeapGrowth::MicroPython, 64 * 1024, {110'000}),
    growing(HeapGrowth::MicroPython, 36 * 1024, {60'000, 30'000}),
};

TEST(HeapRoom, OneAreaServesAllThatItHas) {
  HeapShape shape;
  EXPECT_EQ(heapRoom(shape, 5'000).bytes, 64'000);
  EXPECT_EQ(heapRoom(shape, 5'000).areas, 1);
}

TEST(HeapRoom, EachOtherAreaMayHaveARestThatIsTooShort) {
  HeapShape shape;
  shape.areas.assign(2, uint64_t{64} * 1024);
  EXPECT_EQ(heapRoom(shape, 5'000).bytes, 2 * 64'000 - 5'000);
  EXPECT_EQ(heapRoom(shape, 5'000).areas, 2);
}

TEST(HeapRoom, MostOfAHeapThatGrowsIsThere) {
  // Nine tenths of what is around it where requests are small.
  for (const HeapShape &shape : kShapes) {
    uint64_t all = shape.poolBytes(shape.areas[0]);
    for (uint64_t run : shape.outer)
      all += shape.poolBytes(run);
    EXPECT_GT(heapRoom(shape, 64).bytes * 4, static_cast<int64_t>(all * 3));
    EXPECT_LT(heapRoom(shape, 64).bytes, static_cast<int64_t>(all));
  }
}

/// Requests up to one size, some of them given back, now and then collected. Nothing is refused
/// while all that was ever asked for is within the room.
class AgainstTheSimulator : public testing::TestWithParam<uint32_t> {};

TEST_P(AgainstTheSimulator, WhatIsWithinItIsServed) {
  std::mt19937 random(GetParam());
  auto below = [&](uint32_t most) { return static_cast<uint32_t>(random() % most); };
  const HeapShape &shape = kShapes[below(std::size(kShapes))];
  uint32_t largest = 16 + below(256 << below(7));
  HeapRoom room = heapRoom(shape, largest);
  std::set<uint32_t> live;
  auto keepAll = [&](llvm::function_ref<void(uint32_t)> keep) {
    for (uint32_t run : live)
      keep(run);
  };
  HeapSimulator heap(shape, keepAll);
  // Where all are as long, the end of each area is lost.
  bool givesBack = below(2), collects = below(2), areAlike = below(2);
  int64_t asked = 0;
  for (uint32_t run = 1;; ++run) {
    uint32_t bytes = areAlike || below(3) ? largest : 1 + below(largest);
    asked += int64_t{heap.blocksFor(bytes)} * shape.blockBytes;
    if (asked > room.bytes)
      break;
    ASSERT_TRUE(heap.allocate(run, bytes)) << asked << " of " << room.bytes;
    live.insert(run);
    if (givesBack && below(2)) {
      uint32_t gone = *std::next(live.begin(), below(static_cast<uint32_t>(live.size())));
      live.erase(gone);
      heap.release(gone);
    }
    if (collects && below(100) == 0)
      heap.collect(keepAll);
  }
  EXPECT_LE(static_cast<int64_t>(heap.areaCount()), room.areas);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AgainstTheSimulator, testing::Range(1U, 101U));

/// The same of what is in use at once, however much was asked for: then the holes decide.
TEST_P(AgainstTheSimulator, AHoleIsLeftThatIsLongEnough) {
  std::mt19937 random(GetParam());
  auto below = [&](uint32_t most) { return static_cast<uint32_t>(random() % most); };
  const HeapShape &shape = kShapes[below(std::size(kShapes))];
  int64_t largest = 16 << below(6);
  HeapRoom room = heapRoom(shape, largest);
  // So many bytes in use divide the rest into holes of `largest`: rest / (kept / block + areas).
  int64_t kept = 0, block = shape.blockBytes;
  while ((room.bytes - kept - block) / ((kept + block) / block + room.areas) >= largest)
    kept += block;
  std::set<uint32_t> live;
  auto keepAll = [&](llvm::function_ref<void(uint32_t)> keep) {
    for (uint32_t run : live)
      keep(run);
  };
  HeapSimulator heap(shape, keepAll);
  std::map<uint32_t, int64_t> bytesOf;
  int64_t inUse = 0;
  for (uint32_t run = 1; run < 1'500; ++run) {
    auto bytes = static_cast<uint32_t>(below(8) ? 1 + below(32) : largest);
    int64_t taken = int64_t{heap.blocksFor(bytes)} * block;
    while (!live.empty() && inUse + taken > kept) {
      uint32_t gone = *std::next(live.begin(), below(static_cast<uint32_t>(live.size())));
      inUse -= bytesOf[gone];
      live.erase(gone); // garbage, until it is collected
    }
    if (inUse + taken > kept)
      continue;
    ASSERT_TRUE(heap.allocate(run, bytes)) << inUse << " of " << kept << " in use";
    live.insert(run);
    bytesOf[run] = taken;
    inUse += taken;
  }
}

} // namespace
} // namespace fraglint
