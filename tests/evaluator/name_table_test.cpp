#include "evaluator/name_table.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

// heap-facts b.9: a pool of MicroPython's is 24 + 7 k bytes, of k = 20, 40, 80 … names.

TEST(NameTable, APoolIsAskedForWhereTheLastOneMayBeFull) {
  NameTable table(*findProfile("micropython-1.29"), {20, 20});
  NameGrowth growth = table.add(1);
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
  NameGrowth growth = table.add(1);
  EXPECT_EQ(growth.mostOfFile, 128);
  EXPECT_EQ(growth.bytes, (Interval{0, 24 + 7 * 160})); // some of 226 to 231 names
  EXPECT_FALSE(growth.isHard);
}

// What several ask for together: a pool is made once, whichever of them needs it.

TEST(NameTotal, APoolThatAnyOfSeveralMayNeedIsOne) {
  NameTable table(*findProfile("circuitpython-10.3"), {50, 65});
  NameTotal all, some;
  for (int name = 0; name < 10; ++name) {
    NameGrowth growth = table.add(3);
    EXPECT_EQ(growth.bytes, (Interval{0, 24 + 6 * 80}));
    all.add(growth);
    if (name % 5 == 4)
      some.add(growth);
  }
  EXPECT_EQ(all.mostOfPools(), 24 + 6 * 80);
  EXPECT_EQ(some.mostOfPools(), 24 + 6 * 80);
  EXPECT_EQ(all.most(), 512 + 128); // in blocks, and a chunk for their text
  EXPECT_EQ(all.mostKeptOfFile(), 512 + 128);
}

TEST(NameTotal, NamesInARowNeedTheNextPoolToo) {
  NameTable table(*findProfile("circuitpython-10.3"), {50, 55});
  NameTotal all;
  for (int name = 0; name < 95; ++name)
    all.add(table.addPerhaps(1));
  // From the 61st to the 150th at the most, so the 141st may be among them.
  EXPECT_EQ(all.mostOfPools(), (24 + 6 * 80) + (24 + 6 * 160));
  EXPECT_EQ(all.most(), 512 + 992 + 2 * 128); // 190 bytes of text
}

TEST(NameTotal, WhatHasRoomNeedsNoPool) {
  NameTable table(*findProfile("micropython-1.29"), {25, 30});
  NameTotal all;
  all.add(table.add(1));
  EXPECT_EQ(all.mostOfPools(), 0);
  EXPECT_EQ(all.most(), 128);
  EXPECT_EQ(NameTotal().most(), 0);
}

TEST(NameTotal, LongNamesLeaveRestsInChunks) {
  NameTable table(*findProfile("micropython-1.29"), {25, 30});
  NameTotal all;
  for (int name = 0; name < 3; ++name)
    all.add(table.add(99)); // one in each chunk
  EXPECT_GE(all.most(), 3 * 128);
}

TEST(NameTotal, ASessionAddsNamesInBetween) {
  NameTable table(*findProfile("micropython-1.27-webassembly"), {25, 30});
  NameTotal all;
  all.add(table.add(1));
  // One of 201 names at most that come behind the first 25 to 30.
  EXPECT_EQ(all.mostOfPools(), 24 + 7 * 160);
  all.add(table.add(1));
  EXPECT_EQ(all.mostOfPools(), (24 + 7 * 80) + (24 + 7 * 160));
  EXPECT_EQ(all.mostKeptOfFile(), 128);
}

} // namespace
} // namespace fraglint
