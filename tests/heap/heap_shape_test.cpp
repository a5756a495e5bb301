// Pools of areas as they were read from running firmware, and the sizes that growth comes to by the
// firmware's rule.
#include "heap/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace fraglint {
namespace {

using testing::ElementsAre;

int64_t poolOf(llvm::StringRef name, int64_t area) {
  const Target &target = *findTarget(name);
  return poolBytes(*target.shape, *target.profile, area);
}

TEST(HeapShape, PoolsAreThoseOfTheFirmware) {
  EXPECT_EQ(poolOf("micropython/unix-32", 1024 * 1024), 1024512);
  EXPECT_EQ(poolOf("micropython/ESP32_GENERIC_S3", 65536), 64000);
  EXPECT_EQ(poolOf("micropython/ESP32_GENERIC", 57344), 56000);
  EXPECT_EQ(poolOf("micropython/microbit", 10240), 10048);
  EXPECT_EQ(poolOf("circuitpython/raspberry_pi_pico", 8192), 7936);
  EXPECT_EQ(poolOf("micropython/unix-64", 65536), 64768);
  EXPECT_EQ(poolOf("micropython/unix-64", 131072), 129536);
  EXPECT_EQ(poolOf("micropython/unix-64", 2 * 1024 * 1024), 2072832);
  EXPECT_EQ(poolOf("micropython/generic", 0), 0);
}

TEST(HeapShape, AnAreaForAPoolIsTheSmallest) {
  for (llvm::StringRef name : {"micropython/generic", "circuitpython/generic",
                               "micropython/microbit", "micropython/unix-64"}) {
    const Target &target = *findTarget(name);
    for (int64_t pool : {1, 64, 65, 7936, 56000, 102400, 1000000}) {
      int64_t area = areaBytesFor(*target.shape, *target.profile, pool);
      EXPECT_GE(poolBytes(*target.shape, *target.profile, area), pool) << name.str();
      EXPECT_LT(poolBytes(*target.shape, *target.profile, area - 1), pool) << name.str();
    }
  }
}

TEST(HeapShape, FirstAreas) {
  EXPECT_EQ(findTarget("micropython/ESP32_GENERIC")->firstAreaBytes(), Interval::exactly(57344));
  EXPECT_EQ(findTarget("circuitpython/pyportal")->firstAreaBytes(), Interval::exactly(8192));
  Interval pico = findTarget("micropython/RPI_PICO")->firstAreaBytes();
  EXPECT_GT(pico.lo, 192 * 1024) << "tables come on top";
  EXPECT_LT(pico.hi, 240 * 1024);
}

/// The areas that a heap adds one after the other for small requests.
std::vector<int64_t> growth(llvm::StringRef name, unsigned times, int64_t outside) {
  const Target &target = *findTarget(name);
  const HeapShape &shape = *target.shape;
  int64_t pools = poolBytes(shape, *target.profile, shape.areasAtStart.front());
  std::vector<int64_t> areas;
  while (areas.size() < times) {
    areas.push_back(newAreaBytes(shape, *target.profile, pools, 16, outside));
    pools += addedPoolBytes(shape, *target.profile, areas.back());
  }
  return areas;
}

// Each as large as all before: 8, 8, 16, 32 KiB and 56, 56, 112 KiB. As for 3,500 blocks of an
// ESP32: 56,000 bytes, 875 of states, 437 of finalisers, 32 of header and the gap, in whole blocks.
TEST(HeapShape, GrowthDoubles) {
  EXPECT_THAT(growth("circuitpython/raspberry_pi_pico", 3, 1 << 20),
              ElementsAre(8240, 16432, 32800));
  EXPECT_THAT(growth("micropython/ESP32_GENERIC", 2, 1 << 20), ElementsAre(57360, 114672));
}

TEST(HeapShape, ALargeRequestGetsAnAreaOfItsSize) {
  const Target &pico = *findTarget("circuitpython/raspberry_pi_pico");
  // 2,500 blocks, 625 bytes of states, two tables of 313, 36 of header, the gap and a block:
  // 41,304.
  EXPECT_EQ(newAreaBytes(*pico.shape, *pico.profile, 7936, 40000, 1 << 20), 41312);
  const Target &esp32 = *findTarget("micropython/ESP32_GENERIC");
  EXPECT_EQ(newAreaBytes(*esp32.shape, *esp32.profile, 56000, 60000, 1 << 20), 62048);
  EXPECT_EQ(newAreaBytes(*esp32.shape, *esp32.profile, 56000, 128 * 1024, 1 << 20),
            128 * 1024 + 128 * 13 * 2);
}

TEST(HeapShape, GrowthTakesWhatIsFreeOrNothing) {
  const Target &pico = *findTarget("circuitpython/raspberry_pi_pico");
  EXPECT_EQ(newAreaBytes(*pico.shape, *pico.profile, 65536, 16, 20000), 20000);
  EXPECT_EQ(newAreaBytes(*pico.shape, *pico.profile, 65536, 20000, 20000), 0);
  const Target &fixed = *findTarget("micropython/RPI_PICO");
  EXPECT_EQ(newAreaBytes(*fixed.shape, *fixed.profile, 65536, 16, 1 << 20), 0);
  const Target &web = *findTarget("micropython/webassembly");
  EXPECT_EQ(newAreaBytes(*web.shape, *web.profile, 65536, 200 << 20, int64_t{1} << 31), 0)
      << "128 MiB at most";
}

} // namespace
} // namespace fraglint
