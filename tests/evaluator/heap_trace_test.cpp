#include "evaluator/heap_trace.h"
#include "evaluator/simulating_observer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <random>
#include <set>

namespace fraglint {
namespace {

using testing::Optional;

constexpr uint64_t kBlock = 16;

HeapShape shapeOf(uint32_t blocks) {
  HeapShape shape;
  shape.areas = {0};
  while (shape.poolBlocks(shape.areas[0]) < blocks)
    ++shape.areas[0];
  return shape;
}

HeapEvent eventOf(EventKind kind, uint32_t run, int64_t blocks, bool isHard = true) {
  HeapEvent event;
  event.kind = kind;
  event.run = run;
  event.bytes = Interval::exactly(blocks * static_cast<int64_t>(kBlock));
  event.isHard = isHard;
  return event;
}

/// What a program reaches, as a test says.
struct Reached {
  std::set<uint32_t> runs;
  ReachableRuns asked() {
    return [this](llvm::function_ref<void(uint32_t)> keep) {
      for (uint32_t run : runs)
        keep(run);
    };
  }
};

// --- While a program is evaluated.

TEST(SimulatingObserver, RemembersTheFirstHardFailure) {
  Reached reached;
  SimulatingObserver observer(shapeOf(8), reached.asked());
  observer.onEvent(eventOf(EventKind::Request, 1, 4));
  reached.runs = {1};
  observer.onEvent(eventOf(EventKind::Request, 2, 5, /*isHard=*/false));
  EXPECT_FALSE(observer.failure()) << "a frame goes to the C stack";
  EXPECT_EQ(observer.absorbed(), 1U);
  observer.onEvent(eventOf(EventKind::Free, 2, 5));
  observer.onEvent(eventOf(EventKind::Resize, 1, 9));
  ASSERT_TRUE(observer.failure());
  EXPECT_EQ(observer.failure()->event, 3U);
  EXPECT_EQ(observer.failure()->bytes, 9 * kBlock);
  EXPECT_EQ(observer.failure()->largestFree, 4U);
  observer.onEvent(eventOf(EventKind::Request, 3, 100));
  EXPECT_EQ(observer.failure()->event, 3U) << "the first";
  EXPECT_EQ(observer.events(), 5U);
}

TEST(SimulatingObserver, WhatIsNotKnownTakesNoRoom) {
  Reached reached;
  SimulatingObserver observer(shapeOf(8), reached.asked());
  observer.onEvent(eventOf(EventKind::Request, 0, 9)); // of a call that is not known
  EXPECT_FALSE(observer.failure());
  EXPECT_FALSE(observer.isExact());
  EXPECT_EQ(observer.heap().usedBlocks(), 0U);
}

TEST(SimulatingObserver, KeepsATimeline) {
  Reached reached;
  reached.runs = {2};
  SimulatingObserver observer(shapeOf(16), reached.asked());
  observer.onEvent(eventOf(EventKind::Request, 1, 4));
  observer.onEvent(eventOf(EventKind::Request, 2, 4));
  observer.onEvent(eventOf(EventKind::Collect, 0, 0));
  observer.onEvent(eventOf(EventKind::Request, 3, 10, /*isHard=*/false));
  const std::vector<HeapMoment> &moments = observer.timeline().moments();
  ASSERT_EQ(moments.size(), 4U);
  EXPECT_EQ(moments[1].usedBlocks, 8U);
  EXPECT_EQ(moments[1].largestFree, 8U);
  EXPECT_EQ(moments[2].usedBlocks, 4U);
  EXPECT_TRUE(moments[2].wasCollected);
  EXPECT_EQ(moments[3].failedBlocks, 10U);
  EXPECT_EQ(observer.timeline().peakUsedBlocks(), 8U);
}

TEST(SimulatingObserver, SaysWhereALayoutIsOneOfMany) {
  Reached reached;
  SimulatingObserver observer(shapeOf(64), reached.asked());
  observer.onEvent(eventOf(EventKind::Request, 1, 1));
  EXPECT_TRUE(observer.isExact());
  HeapEvent event = eventOf(EventKind::Request, 2, 1);
  event.bytes = {20, 40};
  observer.onEvent(event);
  EXPECT_FALSE(observer.isExact());
  EXPECT_THAT(observer.firstInexact(), Optional(1U));
  EXPECT_EQ(observer.heap().placeOf(2)->blocks, 2U);
}

// --- Traces.

TEST(HeapTrace, ReplaysAsTheObserverDid) {
  // A program at random, once with an observer that asks what is reachable when it collects, and
  // once as a trace in which that was written down.
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(seed);
    Reached reached;
    HeapShape shape = shapeOf(200 + 40 * (seed % 5));
    SimulatingObserver observer(shape, reached.asked());
    TraceRecorder recorder(reached.asked());
    std::vector<uint32_t> live;
    uint32_t lastRun = 0;
    auto send = [&](const HeapEvent &event) {
      observer.onEvent(event);
      recorder.onEvent(event);
    };
    for (uint32_t step = 0; step < 1500; ++step) {
      auto below = [&](uint32_t most) { return static_cast<uint32_t>(random() % most); };
      uint32_t what = below(10), most = live.size() < 60 ? 8 : 2;
      if (what < 5 || live.empty()) {
        send(eventOf(EventKind::Request, ++lastRun, 1 + below(most)));
        live.push_back(lastRun);
        reached.runs.insert(lastRun);
        continue;
      }
      size_t index = below(static_cast<uint32_t>(live.size()));
      if (what < 6) {
        send(eventOf(EventKind::Resize, live[index], 1 + below(most)));
        continue;
      }
      if (what == 6)
        send(eventOf(EventKind::Free, live[index], 0));
      reached.runs.erase(live[index]);
      live.erase(live.begin() + static_cast<std::ptrdiff_t>(index));
    }
    HeapTrace trace = recorder.finish();
    EXPECT_TRUE(trace.isExact());
    for (DeathBound bound : {DeathBound::Earliest, DeathBound::Latest}) {
      HeapSimulator heap(shape);
      std::optional<uint32_t> failed = trace.replay(heap, {bound});
      ASSERT_EQ(failed.has_value(), observer.failure().has_value()) << "seed " << seed;
      if (failed) {
        EXPECT_EQ(*failed, observer.failure()->event) << "seed " << seed;
      }
      EXPECT_EQ(heap.collections(), observer.heap().collections()) << "seed " << seed;
      EXPECT_EQ(heap.drawing(), observer.heap().drawing()) << "seed " << seed;
    }
  }
}

TEST(HeapTrace, BoundsHoldWhatWasNotLookedFor) {
  Reached reached;
  TraceRecorder recorder(reached.asked(), /*interval=*/3);
  reached.runs = {1, 2, 3, 4, 5, 6};
  for (uint32_t run = 1; run <= 2; ++run)
    recorder.onEvent(eventOf(EventKind::Request, run, 4)); // looks before the first
  reached.runs = {2, 3, 4, 5, 6};                          // the first is dropped
  for (uint32_t run = 3; run <= 4; ++run)
    recorder.onEvent(eventOf(EventKind::Request, run, 4)); // looks before the fourth
  HeapTrace trace = recorder.finish();
  EXPECT_FALSE(trace.isExact());
  HeapSimulator early(shapeOf(12)), late(shapeOf(12));
  EXPECT_EQ(trace.replay(early, {DeathBound::Earliest}), std::nullopt);
  EXPECT_EQ(trace.replay(late, {DeathBound::Latest}), std::nullopt) << "dead by the fourth";
  HeapSimulator narrowEarly(shapeOf(8)), narrowLate(shapeOf(8));
  EXPECT_EQ(trace.replay(narrowEarly, {DeathBound::Earliest}), 3U) << "2, 3, 4 are too much";
  EXPECT_EQ(trace.replay(narrowLate, {DeathBound::Latest}), 2U) << "1 and 2 are in the way of 3";
}

TEST(HeapTrace, TellsHowTheHeapStoodAfterEachEvent) {
  Reached reached;
  TraceRecorder recorder(reached.asked());
  recorder.onEvent(eventOf(EventKind::Request, 1, 3)); // blocks 0 to 2
  reached.runs = {1};
  recorder.onEvent(eventOf(EventKind::Request, 2, 2)); // blocks 3, 4: garbage at once
  recorder.onEvent(eventOf(EventKind::Request, 3, 1)); // block 5
  reached.runs = {1, 3};
  recorder.onEvent(eventOf(EventKind::Request, 4, 3)); // 2 are left, and 2 in the hole of 2
  HeapTrace trace = recorder.finish();
  EXPECT_EQ(trace.deathOf(1), HeapTrace::kNever);
  EXPECT_EQ(trace.deathOf(2), 2U) << "not reached when 3 was asked for";

  HeapSimulator heap(shapeOf(8));
  HeapTimeline timeline;
  ReplayOptions options;
  options.timeline = &timeline;
  EXPECT_EQ(trace.replay(heap, options), 3U);
  const std::vector<HeapMoment> &moments = timeline.moments();
  ASSERT_EQ(moments.size(), 4U);
  EXPECT_EQ(moments[1].usedBlocks, 5U);
  EXPECT_EQ(moments[1].liveBlocks, 5U) << "it is garbage just before the next event";
  EXPECT_EQ(moments[1].foundFree, 5U) << "of 8 blocks, 3 were in use";
  EXPECT_EQ(moments[2].usedBlocks, 6U);
  EXPECT_EQ(moments[2].liveBlocks, 4U);
  EXPECT_FALSE(moments[2].wasCollected);
  EXPECT_TRUE(moments[3].wasCollected);
  EXPECT_EQ(moments[3].foundFree, 2U) << "behind the collection";
  EXPECT_EQ(moments[3].failedBlocks, 3U);
  EXPECT_EQ(moments[3].usedBlocks, 4U);
}

TEST(HeapTrace, SomeGarbageOutlivesCollections) {
  Reached reached;
  TraceRecorder recorder(reached.asked());
  for (uint32_t run = 1; run <= 400; ++run)
    recorder.onEvent(eventOf(EventKind::Request, run, 1));
  recorder.onEvent(eventOf(EventKind::Collect, 0, 0));
  HeapTrace trace = recorder.finish();
  auto left = [&](uint32_t percent, uint32_t seed) {
    HeapSimulator heap(shapeOf(1000));
    trace.replay(heap, {DeathBound::Latest, percent, seed});
    return heap.usedBlocks();
  };
  EXPECT_EQ(left(0, 1), 0U);
  EXPECT_EQ(left(100, 1), 400U);
  EXPECT_NEAR(left(20, 1), 80, 25);
  EXPECT_NEAR(left(20, 2), 80, 25);
  EXPECT_EQ(left(20, 1), left(20, 1));
}

// --- The smallest heap.

TEST(SmallestHeap, IsFoundInSteps) {
  HeapShape shape;
  auto runs = [](HeapSimulator &heap) { return heap.allocate(1, 4000).isServed; };
  std::optional<SmallestFit> found = smallestHeap(shape, runs, 1024, 65'536);
  ASSERT_TRUE(found);
  // 252 blocks of 16 bytes, their 2.625 bits, and a byte.
  EXPECT_EQ(found->bytes, 4224U);
  EXPECT_FALSE(found->failsAt);
  EXPECT_FALSE(smallestHeap(shape, runs, 1024, 4096));
}

TEST(SmallestHeap, SaysWhereALargerOneFails) {
  HeapShape shape;
  auto runs = [&](HeapSimulator &heap) {
    uint64_t bytes = uint64_t{heap.totalBlocks()} * kBlock;
    return bytes >= 3900 && (bytes < 6000 || bytes > 7000);
  };
  std::optional<SmallestFit> found = smallestHeap(shape, runs, 1024, 65'536);
  ASSERT_TRUE(found);
  ASSERT_TRUE(found->failsAt);
  EXPECT_GT(*found->failsAt, 6000U);
}

} // namespace
} // namespace fraglint
