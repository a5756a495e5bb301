#include "measure/heap_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

HeapMap mapOf(const std::string &lines) {
  return llvm::cantFail(HeapMap::parse("GC memory layout; from 20000000:\n" + lines));
}

TEST(HeapMap, HasTheRunsThatMemInfoDraws) {
  HeapMap map = mapOf("00000000: h=hhL==.D.\n");
  EXPECT_THAT(map.runs(), ElementsAre(HeapRun{0, 2}, HeapRun{2, 1}, HeapRun{3, 1}, HeapRun{4, 3},
                                      HeapRun{8, 1}));
}

TEST(HeapMap, GoesOnBehindLinesThatAreAllFree) {
  HeapMap map = mapOf("00000000: h.\n       (2 lines all free)\n00000c00: h==\n");
  EXPECT_THAT(map.runs(), ElementsAre(HeapRun{0, 1}, HeapRun{2 + 2 * 64, 3}));
}

TEST(HeapMap, ReadsWhatAnOlderFirmwareDrawsOverAUart) {
  // MicroPython 1.9.2 on an emulated micro:bit: shorter addresses, three characters a line end.
  llvm::Expected<HeapMap> map = HeapMap::parse(
      "stack: 528 out of 1800\r\r\nGC: total: 10048, used: 64, free: 9984\r\r\n"
      " No. of 1-blocks: 1, 2-blocks: 0, max blk sz: 3, max free sz: 364\r\r\n"
      "GC memory layout; from 200004a0:\r\r\n00000: M==T\r\r\n       (9 lines all free)\r\r\n");
  ASSERT_TRUE(bool(map)) << llvm::toString(map.takeError());
  EXPECT_THAT(map->runs(), ElementsAre(HeapRun{0, 3}, HeapRun{3, 1}));
}

TEST(HeapMap, CountsThroughTheAreasOfASplitHeap) {
  HeapMap map = mapOf("00000000: h=\nGC memory layout; from 30000000:\n00000000: L=\n");
  EXPECT_THAT(map.runs(), ElementsAre(HeapRun{0, 2}, HeapRun{2, 2}));
}

TEST(HeapMap, SaysWhichLineIsDamaged) {
  for (const char *line : {"00000000: h=?", "00000000: ..=", "0000 h=", "h=="}) {
    llvm::Expected<HeapMap> map =
        HeapMap::parse("GC memory layout; from 0:\n" + std::string(line) + "\n");
    ASSERT_FALSE(bool(map)) << line;
    EXPECT_THAT(llvm::toString(map.takeError()), HasSubstr(line));
  }
}

TEST(HeapMap, IsNotReadFromSomethingElse) {
  llvm::Expected<HeapMap> map = HeapMap::parse("hello\n");
  ASSERT_FALSE(bool(map));
  EXPECT_EQ("there is no map of the heap in what mem_info(1) printed",
            llvm::toString(map.takeError()));
}

TEST(HeapMap, KnowsWhetherItHoldsARun) {
  HeapMap map = mapOf("00000000: h=.L\n");
  EXPECT_TRUE(map.holds({0, 2}));
  EXPECT_TRUE(map.holds({3, 1}));
  EXPECT_FALSE(map.holds({0, 1}));
  EXPECT_FALSE(map.holds({2, 1}));
  EXPECT_FALSE(map.holds({9, 1}));
}

TEST(HeapMap, RequestsAreRunsThatAreNewOrHaveGrown) {
  HeapMap before = mapOf("00000000: h=L.D==.h\n");
  EXPECT_THAT(requestsBetween(before, before), IsEmpty());
  EXPECT_THAT(requestsBetween(before, mapOf("00000000: h=L=D==Bh\n")),
              ElementsAre(HeapRun{2, 2}, HeapRun{7, 1}));
}

TEST(HeapMap, WhatIsGivenBackIsNoRequest) {
  EXPECT_THAT(requestsBetween(mapOf("00000000: h=D===L\n"), mapOf("00000000: ..D=..L\n")),
              IsEmpty());
}

TEST(HeapMap, WhatLiesWhereSomethingElseWasIsARequest) {
  EXPECT_THAT(requestsBetween(mapOf("00000000: hA===..\n"), mapOf("00000000: hL..A==\n")),
              ElementsAre(HeapRun{1, 1}, HeapRun{4, 3}));
}

TEST(HeapMap, ForgetsARun) {
  HeapMap map = mapOf("00000000: h=L.D=\n");
  map.remove({2, 1});
  EXPECT_THAT(map.runs(), ElementsAre(HeapRun{0, 2}, HeapRun{4, 2}));
}

TEST(HeapMap, ATableThatMovedIsARequestOfItsNewSize) {
  EXPECT_THAT(requestsBetween(mapOf("00000000: hD=.....\n"), mapOf("00000000: h..D===.\n")),
              ElementsAre(HeapRun{3, 4}));
}

} // namespace
} // namespace fraglint
