#include "evaluator/name_table.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

// heap-facts b.9: a pool of MicroPython's is 24 + 7 k bytes, of k = 20, 40, 80 … names.

TEST(NameTable, APoolIsAskedForWhereTheLastOneMayBeFull) {
  NameTable table(*findProfile("micropython-1.29"), {20, 20});
  NameTable::Growth growth = table.add(1);
  EXPECT_EQ(growth.bytes, (Interval{0, 24 + 7 * 40}));
  EXPECT_EQ(growth.mostOfFile, 24 + 7 * 40);
  EXPECT_TRUE(growth.isHard);
  // There is room in it now; a chunk of text may be full.
  growth = table.add(1);
  EXPECT_EQ(growth.bytes, (Interval{0, 128}));
  EXPECT_FALSE(growth.isHard);
}

TEST(NameTable, WhatIsNotKnownToBeFullMayBe) {
  NameTable table(*findProfile("circuitpython-10.3"), {50, 65});
  EXPECT_EQ(table.add(3).bytes, (Interval{0, 24 + 6 * 80}));
  // Files that are imported bring names of their own: the one after the 140th needs another pool.
  table.learn(80);
  EXPECT_EQ(table.add(3).bytes, (Interval{0, 24 + 6 * 160}));
}

TEST(NameTable, TheSessionOfAnEngineHasNamesToo) {
  NameTable table(*findProfile("micropython-1.27-webassembly"), {25, 30});
  NameTable::Growth growth = table.add(1);
  EXPECT_EQ(growth.mostOfFile, 128);
  EXPECT_EQ(growth.bytes, (Interval{0, 24 + 7 * 160})); // some of 226 to 231 names
  EXPECT_FALSE(growth.isHard);
}

} // namespace
} // namespace fraglint
