#include "evaluator/heap_simulator.h"
#include "evaluator/target_heap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;

HeapShape shapeOf(llvm::StringRef name, int64_t heapBytes) {
  return heapShapeOf(*findTarget(name), heapBytes);
}

uint64_t poolOf(llvm::StringRef name, int64_t areaBytes) {
  return oneAreaOf(*findTarget(name), areaBytes).poolBytes(areaBytes);
}

TEST(TargetHeap, PoolsAreThoseOfTheFirmware) {
  EXPECT_EQ(poolOf("micropython/unix-32", 1048576), 1024512U);
  EXPECT_EQ(poolOf("micropython/ESP32_GENERIC_S3", 65536), 64000U);
  EXPECT_EQ(poolOf("micropython/ESP32_GENERIC", 57344), 56000U);
  EXPECT_EQ(poolOf("micropython/microbit", 10240), 10048U);
  EXPECT_EQ(poolOf("circuitpython/raspberry_pi_pico", 8192), 7936U);
  EXPECT_EQ(poolOf("micropython/unix-64", 2097152), 2072832U);
}

TEST(TargetHeap, AnAreaThatTheLinkerLeavesIsTheSmallestForTheFigure) {
  for (int64_t pool : {8 * 1024, 102400, 192 * 1024, 199999}) {
    HeapShape shape = shapeOf("micropython/PYBV11", pool);
    ASSERT_EQ(shape.areas.size(), 1U);
    EXPECT_GE(shape.poolBytes(shape.areas[0]), static_cast<uint64_t>(pool));
    EXPECT_LT(shape.poolBytes(shape.areas[0] - 1), static_cast<uint64_t>(pool));
    EXPECT_EQ(shape.growth, HeapGrowth::Fixed);
    EXPECT_TRUE(shape.outer.empty());
  }
}

TEST(TargetHeap, AreasThatTheFirmwareFixesStay) {
  EXPECT_THAT(shapeOf("micropython/microbit", 9264).areas, ElementsAre(10240));
  EXPECT_THAT(shapeOf("micropython/TEENSY40", 768384).areas, ElementsAre(786432));
  HeapShape giga = shapeOf("micropython/ARDUINO_GIGA", 8724480);
  ASSERT_EQ(giga.areas.size(), 5U);
  // Less 128,064 and twice 2,049,088 and 4,098,240 bytes.
  EXPECT_EQ(giga.poolBytes(giga.areas[0]), 400000U);
  EXPECT_EQ(giga.areas[4], 4U * 1024 * 1024);
}

TEST(TargetHeap, WhatAGrowingHeapMayTakeIsOutside) {
  HeapShape pico = shapeOf("circuitpython/raspberry_pi_pico", 7936 + 160000);
  EXPECT_EQ(pico.growth, HeapGrowth::CircuitPython);
  EXPECT_THAT(pico.areas, ElementsAre(8192));
  ASSERT_EQ(pico.outer.size(), 1U);
  EXPECT_GE(pico.outer[0], 160000U);
  EXPECT_LT(pico.outer[0], 160000U * 34 / 32);
  EXPECT_TRUE(pico.hasCollectTable);
  EXPECT_THAT(shapeOf("circuitpython/raspberry_pi_pico", 4096).outer, ElementsAre(0));
  EXPECT_EQ(shapeOf("micropython/ESP32_GENERIC", 100000).growth, HeapGrowth::MicroPython);
}

TEST(TargetHeap, RulesAreTheBuilds) {
  EXPECT_FALSE(shapeOf("micropython/microbit", 9264).hasGapByte);
  EXPECT_FALSE(shapeOf("micropython/microbit", 9264).hasFinaliserTable);
  EXPECT_TRUE(shapeOf("micropython/microbit-v2", 64000).hasGapByte);
  HeapShape web = shapeOf("micropython/webassembly", 135241840);
  EXPECT_FALSE(web.collects);
  EXPECT_EQ(web.thresholdBytes, 16384U);
  EXPECT_EQ(shapeOf("micropython/RPI_PICO", 200000).thresholdBytes, std::nullopt);
  EXPECT_EQ(shapeOf("micropython/unix-64", 2071680).blockBytes, 32U);
}

TEST(TargetHeap, EveryTargetServesASmallRequest) {
  for (const Target &target : allTargets())
    for (int64_t bytes : {target.heapBytes.lo, target.heapBytes.hi}) {
      HeapSimulator heap(heapShapeOf(target, bytes));
      EXPECT_TRUE(heap.allocate(1, 100)) << target.name.data();
    }
}

// What is said to be free of a growing heap can be had in one piece, but for what the outer heap
// and the tables take.
TEST(TargetHeap, AGrowingHeapGivesItsFigure) {
  for (llvm::StringRef name : {"circuitpython/raspberry_pi_pico", "micropython/ESP32_GENERIC"}) {
    const Target &target = *findTarget(name);
    int64_t bytes = target.heapBytes.hi;
    HeapSimulator enough(heapShapeOf(target, bytes));
    EXPECT_TRUE(enough.allocate(1, bytes / 2)) << name.str();
    HeapSimulator tooSmall(heapShapeOf(target, bytes));
    EXPECT_FALSE(tooSmall.allocate(1, bytes + 1)) << name.str();
  }
}

} // namespace
} // namespace fraglint
