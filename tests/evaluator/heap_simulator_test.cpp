#include "evaluator/heap_simulator.h"

#include "evaluator/table_heap.h"

#include <gtest/gtest.h>

#include <random>

namespace fraglint {
namespace {

/// What the plain table calls a run while the old one is still there.
constexpr uint32_t kMoving = UINT32_MAX;

constexpr uint64_t kBlock = 16;
constexpr uint64_t kKiB = 1024;

/// A heap of one area with so many blocks of 16 bytes, a multiple of four.
HeapShape shapeOf(uint32_t blocks) {
  HeapShape shape;
  shape.areas = {0};
  while (shape.poolBlocks(shape.areas[0]) < blocks)
    ++shape.areas[0];
  EXPECT_EQ(shape.poolBlocks(shape.areas[0]), blocks);
  return shape;
}

HeapShape circuitPython(uint64_t bytes) {
  HeapShape shape;
  shape.areas = {bytes};
  shape.hasCollectTable = true;
  shape.growth = HeapGrowth::CircuitPython;
  return shape;
}

// --- Pools. Figures: published or measured ones of boards and engines.

TEST(HeapShape, PoolsAreAsMeasured) {
  HeapShape shape;
  EXPECT_EQ(shape.poolBytes(1024 * kKiB), 1'024'512U) << "MicroPython, 32 bits";
  EXPECT_EQ(shape.poolBytes(65'536), 64'000U) << "ESP32";
  EXPECT_EQ(shape.poolBytes(57'344), 56'000U) << "ESP32_GENERIC";
  EXPECT_EQ(shape.poolBytes(786'432), 768'384U) << "TEENSY40";
  EXPECT_EQ(circuitPython(8192).poolBytes(8192), 7'936U);
  shape.hasFinaliserTable = false;
  shape.hasGapByte = false;
  EXPECT_EQ(shape.poolBytes(10'240), 10'048U) << "micro:bit v1.9.2";
}

TEST(HeapShape, PoolsOf64BitsAreAsMeasured) {
  HeapShape shape;
  shape.blockBytes = 32;
  EXPECT_EQ(shape.poolBytes(2048 * kKiB), 2'072'832U) << "unix, 1.29";
}

TEST(HeapShape, AnAreaTooSmallHasNoBlocks) {
  HeapShape shape;
  EXPECT_EQ(shape.poolBlocks(0), 0U);
  EXPECT_EQ(shape.poolBlocks(1), 0U);
  EXPECT_EQ(shape.poolBlocks(66), 0U);
  EXPECT_EQ(shape.poolBlocks(67), 4U) << "66.5 bytes: four blocks and their bits";
}

// --- Where requests lie.

TEST(HeapSimulator, TakesWholeBlocks) {
  HeapSimulator heap(shapeOf(32));
  EXPECT_EQ(heap.allocate(1, 1).place, (HeapPlace{0, 0, 1}));
  EXPECT_EQ(heap.allocate(2, 16).place, (HeapPlace{0, 1, 1}));
  EXPECT_EQ(heap.allocate(3, 17).place, (HeapPlace{0, 2, 2}));
  EXPECT_EQ(heap.usedBlocks(), 4U);
  EXPECT_EQ(heap.largestFree(), 28U);
}

TEST(HeapSimulator, NothingIsServedWithNothing) {
  HeapSimulator heap(shapeOf(4));
  ServedRequest served = heap.allocate(1, 0);
  EXPECT_TRUE(served);
  EXPECT_EQ(served.place.blocks, 0U);
  EXPECT_FALSE(heap.placeOf(1));
  EXPECT_EQ(heap.usedBlocks(), 0U);
}

TEST(HeapSimulator, TakesTheFirstRunThatIsLongEnough) {
  HeapSimulator heap(shapeOf(64));
  for (uint32_t run = 1; run <= 8; ++run)
    heap.allocate(run, run % 2 ? 16 : 16 * run);
  heap.release(2); // 2 blocks at 1
  heap.release(6); // 6 blocks at 9
  EXPECT_EQ(heap.allocate(10, 48).place, (HeapPlace{0, 9, 3})) << "not the better one at the end";
  EXPECT_EQ(heap.allocate(11, 16).place, (HeapPlace{0, 1, 1}));
  EXPECT_EQ(heap.allocate(12, 32).place, (HeapPlace{0, 12, 2}));
  EXPECT_EQ(heap.allocate(13, 16).place, (HeapPlace{0, 2, 1}));
}

TEST(HeapSimulator, GrowsInPlaceOnlyIntoFreeBlocksBehind) {
  HeapSimulator heap(shapeOf(32));
  heap.allocate(1, 32);
  EXPECT_EQ(heap.resize(1, 80).outcome, ResizeOutcome::InPlace);
  EXPECT_EQ(heap.placeOf(1), (HeapPlace{0, 0, 5}));
  heap.allocate(2, 16);
  ServedResize moved = heap.resize(1, 96);
  EXPECT_EQ(moved.outcome, ResizeOutcome::Moved);
  EXPECT_EQ(moved.place, (HeapPlace{0, 6, 6}));
  EXPECT_EQ(heap.allocate(3, 80).place, (HeapPlace{0, 0, 5})) << "where the old one was";
  EXPECT_EQ(heap.resize(3, 96, /*mayMove=*/false).outcome, ResizeOutcome::Failed);
  EXPECT_EQ(heap.placeOf(3), (HeapPlace{0, 0, 5}));
}

TEST(HeapSimulator, TheOldRunIsThereWhileItMoves) {
  HeapSimulator heap(shapeOf(12));
  heap.allocate(1, 4 * kBlock);
  heap.allocate(2, 16);
  EXPECT_EQ(heap.resize(1, 8 * kBlock).outcome, ResizeOutcome::Failed) << "4 + 1 + 8 > 12";
  EXPECT_EQ(heap.placeOf(1), (HeapPlace{0, 0, 4}));
  EXPECT_EQ(heap.resize(1, 7 * kBlock).outcome, ResizeOutcome::Moved);
}

TEST(HeapSimulator, ARunThatMovesIsReachable) {
  HeapSimulator heap(shapeOf(12), [](llvm::function_ref<void(uint32_t)>) {});
  heap.allocate(1, 16);
  heap.allocate(2, 4 * kBlock);
  heap.allocate(3, 7 * kBlock);
  ServedResize moved = heap.resize(2, 5 * kBlock);
  EXPECT_TRUE(moved.wasCollected);
  EXPECT_EQ(moved.outcome, ResizeOutcome::Moved);
  EXPECT_EQ(moved.place, (HeapPlace{0, 5, 5})) << "a collection does not make it grow in place";
}

TEST(HeapSimulator, ShrinksInPlaceAndTheTailIsFreeAtOnce) {
  HeapSimulator heap(shapeOf(16));
  heap.allocate(1, 8 * kBlock);
  heap.allocate(2, 16);
  EXPECT_EQ(heap.resize(1, 3 * kBlock).outcome, ResizeOutcome::InPlace);
  EXPECT_EQ(heap.allocate(3, 5 * kBlock).place, (HeapPlace{0, 3, 5}));
  EXPECT_EQ(heap.resize(1, 35).place, (HeapPlace{0, 0, 3})) << "as many blocks";
  heap.resize(1, 0);
  EXPECT_FALSE(heap.placeOf(1));
  EXPECT_EQ(heap.allocate(4, 48).place, (HeapPlace{0, 0, 3}));
}

// --- Collections and failures.

TEST(HeapSimulator, CollectsOnlyWhenNothingFits) {
  std::vector<uint32_t> reachable{1, 3};
  HeapSimulator heap(shapeOf(8), [&](llvm::function_ref<void(uint32_t)> keep) {
    for (uint32_t run : reachable)
      keep(run);
  });
  for (uint32_t run = 1; run <= 4; ++run)
    EXPECT_FALSE(heap.allocate(run, 32).wasCollected);
  ServedRequest served = heap.allocate(5, 16);
  EXPECT_TRUE(served.wasCollected);
  EXPECT_EQ(served.place, (HeapPlace{0, 2, 1}));
  EXPECT_FALSE(heap.allocate(6, 64)) << "2 and 1 blocks are free, apart";
  EXPECT_EQ(heap.collections(), 2U);
  EXPECT_EQ(heap.freeBlocks(), 4U) << "what was not reachable is gone";
  EXPECT_EQ(heap.largestFree(), 2U);
}

TEST(HeapSimulator, CollectsWhereTheThresholdIsReached) {
  HeapShape shape = shapeOf(64);
  shape.thresholdBytes = 100; // 6 blocks
  HeapSimulator heap(shape, [](llvm::function_ref<void(uint32_t)>) {});
  EXPECT_FALSE(heap.allocate(1, 5 * kBlock).wasCollected);
  heap.resize(1, 9 * kBlock); // in place: not counted
  EXPECT_FALSE(heap.allocate(2, 16).wasCollected);
  ServedRequest served = heap.allocate(3, 16);
  EXPECT_TRUE(served.wasCollected);
  EXPECT_EQ(served.place.block, 0U);
  EXPECT_FALSE(heap.allocate(4, 16).wasCollected);
  heap.setCollectsByItself(false);
  heap.allocate(5, 10 * kBlock);
  EXPECT_FALSE(heap.allocate(6, 16).wasCollected) << "gc.disable()";
}

TEST(HeapSimulator, WithCollectionsOffItFailsAtOnce) {
  HeapSimulator heap(shapeOf(4), [](llvm::function_ref<void(uint32_t)>) {});
  heap.setCollectsByItself(false);
  heap.allocate(1, 64);
  EXPECT_FALSE(heap.allocate(2, 16));
  heap.setCollectsByItself(true);
  EXPECT_TRUE(heap.allocate(2, 16).wasCollected);
}

TEST(HeapSimulator, PermanentRunsStay) {
  HeapSimulator heap(shapeOf(8));
  heap.occupy(32);
  heap.occupyAt(HeapSimulator::kPermanent, 4, 1);
  heap.allocate(1, 16);
  heap.collect([](llvm::function_ref<void(uint32_t)>) {});
  EXPECT_EQ(heap.usedBlocks(), 3U);
  std::vector<HeapHole> holes = heap.holes();
  ASSERT_EQ(holes.size(), 2U);
  EXPECT_EQ(holes[0].place, (HeapPlace{0, 2, 2}));
  EXPECT_EQ(holes[0].behind, HeapSimulator::kPermanent);
  EXPECT_EQ(holes[1].place, (HeapPlace{0, 5, 3}));
  EXPECT_EQ(holes[1].behind, std::nullopt);
}

// --- Areas.

TEST(HeapSimulator, CircuitPythonDoublesItsHeap) {
  HeapShape shape = circuitPython(8192);
  shape.outer = {100 * kKiB};
  HeapSimulator heap(shape);
  EXPECT_EQ(heap.totalBlocks(), 496U);
  heap.allocate(1, 7936);
  ServedRequest second = heap.allocate(2, 16);
  EXPECT_TRUE(second.wasCollected);
  EXPECT_TRUE(second.wasGrown);
  EXPECT_EQ(second.place, (HeapPlace{1, 0, 1}));
  EXPECT_EQ(heap.totalBlocks(), 2 * 496U);
  EXPECT_FALSE(heap.allocate(3, 7936 - 16).wasGrown);
  EXPECT_TRUE(heap.allocate(4, 16).wasGrown);
  EXPECT_EQ(heap.totalBlocks(), 4 * 496U);
}

TEST(HeapSimulator, ABigRequestGetsAnAreaOfItsSize) {
  HeapShape shape = circuitPython(8192);
  shape.outer = {100 * kKiB};
  HeapSimulator heap(shape);
  ServedRequest served = heap.allocate(1, 40'000);
  EXPECT_TRUE(served.wasGrown);
  EXPECT_EQ(served.place, (HeapPlace{1, 0, 2500}));
  EXPECT_EQ(heap.totalBlocks(), 496U + 2500U);
  EXPECT_FALSE(heap.allocate(2, 100'000)) << "no longer there outside";
}

TEST(HeapSimulator, MicroPythonTakesTwoKilobytesMore) {
  HeapShape shape;
  shape.areas = {4096};
  shape.growth = HeapGrowth::MicroPython;
  shape.outer = {100 * kKiB};
  HeapSimulator heap(shape);
  EXPECT_TRUE(heap.allocate(1, 40'000).wasGrown);
  // 42,048 bytes less a record of 32.
  EXPECT_EQ(heap.totalBlocks(), shape.poolBlocks(4096) + shape.poolBlocks(42'048 - 32));
  EXPECT_FALSE(heap.allocate(2, 59'000)) << "2 KiB more are not there";
}

TEST(HeapSimulator, EmptyAreasAreGivenBack) {
  HeapShape shape = circuitPython(8192);
  shape.outer = {20 * kKiB};
  bool isReachable = true;
  HeapSimulator heap(shape, [&](llvm::function_ref<void(uint32_t)> keep) {
    keep(1);
    if (isReachable)
      keep(2);
  });
  heap.allocate(1, 16);
  EXPECT_TRUE(heap.allocate(2, 12'000).wasGrown);
  EXPECT_FALSE(heap.allocate(3, 12'000));
  isReachable = false;
  ServedRequest again = heap.allocate(4, 12'000);
  EXPECT_TRUE(again.wasGrown) << "what was given back is taken anew";
  EXPECT_EQ(again.place.area, 2U);
}

TEST(HeapSimulator, NoRunSpansAreas) {
  HeapShape shape;
  shape.areas = {2096, 4192}; // 124 and 252 blocks
  HeapSimulator heap(shape);
  ASSERT_EQ(heap.totalBlocks(), 124U + 252U);
  EXPECT_EQ(heap.allocate(1, 130 * kBlock).place, (HeapPlace{1, 0, 130}));
  EXPECT_EQ(heap.allocate(2, 124 * kBlock).place, (HeapPlace{0, 0, 124}));
  EXPECT_EQ(heap.allocate(3, 16).place, (HeapPlace{1, 130, 1}));
  heap.release(2);
  EXPECT_EQ(heap.allocate(4, 16).place, (HeapPlace{0, 0, 1})) << "the search begins anew";
}

TEST(HeapSimulator, TheWebPutsCollectionsOff) {
  HeapShape shape;
  shape.areas = {4096};
  shape.growth = HeapGrowth::MicroPython;
  shape.outer = {uint64_t{128} << 20};
  shape.collects = false;
  HeapSimulator heap(shape, [](llvm::function_ref<void(uint32_t)>) {});
  heap.allocate(1, 3800);
  ServedRequest served = heap.allocate(2, 3800);
  EXPECT_TRUE(served.wasGrown);
  EXPECT_FALSE(served.wasCollected);
  heap.collect([](llvm::function_ref<void(uint32_t)>) {});
  EXPECT_TRUE(heap.placeOf(1));
}

// --- What it tells.

TEST(HeapSimulator, DrawsAsMemInfoDoes) {
  HeapSimulator heap(shapeOf(64 * 4));
  heap.allocate(1, 48);
  heap.allocate(2, 16);
  heap.release(1);
  EXPECT_EQ(heap.drawing(), "GC memory layout; area 0:\n00000000: ...h" + std::string(60, '.') +
                                "\n       (3 lines all free)\n");
  heap.occupyAt(3, 64 * 4 - 2, 2);
  EXPECT_EQ(heap.drawing([](uint32_t run) { return run == 3 ? 'L' : 'h'; }),
            "GC memory layout; area 0:\n00000000: ...h" + std::string(60, '.') +
                "\n       (2 lines all free)\n00000c00: " + std::string(62, '.') + "L=\n");
}

TEST(HeapSimulator, CountsAsMemInfoDoes) {
  HeapSimulator heap(shapeOf(64));
  heap.allocate(1, 48);
  heap.allocate(2, 16);
  heap.allocate(3, 32);
  heap.allocate(4, 32);
  heap.release(1);
  HeapCounts counts = heap.counts();
  EXPECT_EQ(counts.totalBytes, 1024U);
  EXPECT_EQ(counts.usedBytes, 80U);
  EXPECT_EQ(counts.freeBytes, 944U);
  EXPECT_EQ(counts.ofOneBlock, 1U);
  EXPECT_EQ(counts.ofTwoBlocks, 2U);
  EXPECT_EQ(counts.largestRun, 2U);
  EXPECT_EQ(counts.largestFree, 56U);
}

// --- Against the plain table, at random.

class AgainstTheTable : public testing::TestWithParam<uint32_t> {
protected:
  /// The longest row of free blocks.
  static uint32_t longest(const std::string &kinds) {
    uint32_t row = 0, most = 0;
    for (char kind : kinds)
      most = std::max(most, row = kind == '.' ? row + 1 : 0);
    return most;
  }
};

TEST_P(AgainstTheTable, EveryRunLiesInTheSamePlace) {
  std::mt19937 random(GetParam());
  auto below = [&](uint32_t most) { return static_cast<uint32_t>(random() % most); };
  HeapShape shape;
  shape.areas.clear();
  std::vector<uint32_t> blocks;
  for (uint32_t areas = 1 + below(3); areas; --areas) {
    shape.areas.push_back(300 + below(6'000));
    blocks.push_back(shape.poolBlocks(shape.areas.back()));
  }
  TableHeap table(blocks);
  std::set<uint32_t> live; // those that are there, in both
  std::set<uint32_t> kept; // by the collection under way
  auto choose = [&] {
    kept.clear();
    for (uint32_t run : live)
      if (below(3))
        kept.insert(run);
  };
  HeapSimulator heap(shape, [&](llvm::function_ref<void(uint32_t)> keep) {
    for (uint32_t run : kept)
      keep(run);
  });
  // Mostly small, some large, as programs do.
  auto size = [&] { return below(4) ? 1 + below(4) : 1 + below(below(8) ? 24 : 120); };
  auto allocate = [&](uint32_t run, uint32_t wanted) {
    auto place = table.allocate(run, wanted);
    if (!place) {
      table.collect(kept);
      live = kept;
      place = table.allocate(run, wanted);
    }
    return place;
  };
  auto anyOf = [&] { return *std::next(live.begin(), below(static_cast<uint32_t>(live.size()))); };
  uint32_t refused = 0, collected = 0;
  for (uint32_t step = 1; step <= 4000; ++step) {
    uint32_t what = below(64);
    choose();
    if (what < 40 || live.empty()) {
      uint32_t wanted = size();
      ServedRequest served = heap.allocate(step, wanted * kBlock);
      auto place = allocate(step, wanted);
      collected += served.wasCollected;
      ASSERT_EQ(served.isServed, place.has_value()) << "step " << step;
      if (!place) {
        ++refused;
        continue;
      }
      ASSERT_EQ(served.place, (HeapPlace{static_cast<uint32_t>(place->first),
                                         static_cast<uint32_t>(place->second), wanted}))
          << "step " << step;
      live.insert(step);
    } else if (what < 48) {
      uint32_t run = anyOf();
      live.erase(run);
      heap.release(run);
      table.release(run);
    } else if (what < 63) {
      uint32_t run = anyOf(), wanted = size();
      kept.insert(run);
      ServedResize served = heap.resize(run, wanted * 16 - below(16));
      bool isInPlace = table.resizeInPlace(run, wanted);
      ASSERT_EQ(served.outcome == ResizeOutcome::InPlace, isInPlace) << "step " << step;
      if (!isInPlace) {
        auto place = allocate(kMoving, wanted);
        ASSERT_EQ(served.outcome == ResizeOutcome::Moved, place.has_value()) << "step " << step;
        if (place) {
          ASSERT_EQ(served.place.block, place->second) << "step " << step;
          table.moveTo(kMoving, run);
        }
      }
    } else {
      heap.collect([&](llvm::function_ref<void(uint32_t)> keep) {
        for (uint32_t run : kept)
          keep(run);
      });
      table.collect(kept);
      live = kept;
    }
    uint32_t most = 0, free = 0;
    for (size_t area = 0; area < blocks.size(); ++area) {
      most = std::max(most, longest(table.kinds(area)));
      free += static_cast<uint32_t>(
          std::count(table.kinds(area).begin(), table.kinds(area).end(), '.'));
    }
    ASSERT_EQ(heap.largestFree(), most) << "step " << step;
    ASSERT_EQ(heap.freeBlocks(), free) << "step " << step;
  }
  EXPECT_GT(collected, 3U);
  EXPECT_GT(refused, 0U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AgainstTheTable, testing::Range(1U, 41U));

} // namespace
} // namespace fraglint
