#include "evaluator/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;

constexpr int64_t kKiB = 1024;

/// A program put together by hand, on a heap of 4-byte words without tables to speak of.
class VerdictTest : public testing::Test {
protected:
  VerdictTest() {
    evaluation_.isComplete = evaluation_.isExact = true;
    setLoad(Interval::exactly(1024), Interval::exactly(4 * kKiB), Interval::exactly(1024));
  }

  void setLoad(Interval contiguous, Interval live, Interval kept) {
    evaluation_.load.figure = ByteFigure::of(contiguous);
    evaluation_.loadLive.figure = ByteFigure::of(live);
    evaluation_.load.phase = evaluation_.loadLive.phase = Phase::Load;
    evaluation_.keptByLoad = kept;
    evaluation_.live.figure = ByteFigure::of(kept);
  }

  /// Asks for a run; gives its id.
  uint32_t ask(Interval bytes, bool mayNotHappen = false) {
    HeapEvent event;
    event.run = ++lastRun_;
    event.bytes = bytes;
    event.mayNotHappen = mayNotHappen;
    event.phase = pass_ == 0 ? Phase::SetUp : Phase::Pass;
    event.pass = pass_;
    evaluation_.log.events.push_back(event);
    rehearsal_.trace.add({EventKind::Request, true, event.run, static_cast<uint64_t>(bytes.lo)});
    SiteCost site;
    site.largest = bytes;
    site.reason = "length of `uart.read()` is not known";
    evaluation_.sites.push_back(site);
    if (!bytes.isExact() || mayNotHappen)
      evaluation_.isExact = false;
    return event.run;
  }
  /// Asks for what is garbage at once.
  void waste(int64_t bytes) {
    auto now = static_cast<uint32_t>(evaluation_.log.events.size());
    rehearsal_.trace.setLife(ask(Interval::exactly(bytes)), now, now + 1);
  }

  void beginPass() {
    PhaseCost phase;
    phase.phase = Phase::Pass;
    phase.pass = ++pass_;
    evaluation_.phases.push_back(phase);
  }

  HeapVerdict judge(int64_t heapBytes, bool isFirm = true, int64_t importBytes = 0) {
    JudgedHeap heap = judgedHeap(*findTarget("micropython/unix-32"), heapBytes, true);
    heap.isFirm = isFirm;
    rehearsal_.events = evaluation_.log.events;
    rehearsal_.isExact = evaluation_.isExact;
    rehearsals_ = 0;
    return fraglint::judge(evaluation_, heap, importBytes, [&](unsigned) {
      ++rehearsals_;
      return rehearsal_;
    });
  }

  Evaluation evaluation_;
  Rehearsal rehearsal_;
  uint32_t lastRun_ = 0;
  uint16_t pass_ = 0;
  unsigned rehearsals_ = 0;
};

TEST_F(VerdictTest, IsNotSureWhereEachPassKeepsMore) {
  beginPass();
  ask(Interval::exactly(16));
  EXPECT_EQ(judge(1000 * kKiB).verdict, Verdict::Fits);
  evaluation_.isSteady = false;
  HeapVerdict verdict = judge(1000 * kKiB);
  EXPECT_EQ(verdict.verdict, Verdict::AtRisk);
  EXPECT_THAT(verdict.reason, HasSubstr("keeps more after each pass"));
}

TEST_F(VerdictTest, FailsWhereCompilingNeedsMoreThanThereIs) {
  HeapVerdict verdict = judge(3 * kKiB);
  EXPECT_EQ(verdict.verdict, Verdict::WillFail);
  EXPECT_EQ(verdict.phase, Phase::Load);
  EXPECT_LT(*verdict.margin, 0);
  EXPECT_THAT(verdict.reason, HasSubstr("before the first line runs"));
  EXPECT_EQ(rehearsals_, 0U);
}

TEST_F(VerdictTest, IsAtRiskWhereCompilingMayNeedMoreThanThereIs) {
  setLoad(Interval::exactly(1024), {3 * kKiB, 5 * kKiB}, Interval::exactly(1024));
  EXPECT_EQ(judge(4 * kKiB).verdict, Verdict::AtRisk);
  EXPECT_EQ(judge(5 * kKiB).verdict, Verdict::AtRisk);
  EXPECT_EQ(judge(6 * kKiB).verdict, Verdict::Fits);
}

TEST_F(VerdictTest, FailsWhereOneRequestIsLargerThanTheHeap) {
  ask(Interval::exactly(16 * kKiB));
  HeapVerdict verdict = judge(16 * kKiB);
  EXPECT_EQ(verdict.verdict, Verdict::WillFail);
  EXPECT_EQ(verdict.bytes, 16 * kKiB);
  EXPECT_EQ(verdict.phase, Phase::SetUp);
}

TEST_F(VerdictTest, ARequestThatMayNotHappenIsNoSureFailure) {
  ask(Interval::exactly(16 * kKiB), /*mayNotHappen=*/true);
  EXPECT_EQ(judge(16 * kKiB).verdict, Verdict::AtRisk);
}

TEST_F(VerdictTest, FailsWhereMoreIsInUseThanThereIs) {
  for (int i = 0; i < 20; ++i)
    ask(Interval::exactly(1024));
  evaluation_.live.figure = ByteFigure::of(Interval::exactly(21 * kKiB));
  EXPECT_EQ(judge(16 * kKiB).verdict, Verdict::WillFail);
  EXPECT_EQ(judge(21 * kKiB).verdict, Verdict::AtRisk);
}

TEST_F(VerdictTest, WhatDiesIsNotInUse) {
  for (int i = 0; i < 20; ++i)
    waste(1024);
  evaluation_.live.figure = ByteFigure::of(Interval::exactly(21 * kKiB));
  EXPECT_NE(judge(16 * kKiB).verdict, Verdict::WillFail);
}

TEST_F(VerdictTest, FitsWithoutAnyCollection) {
  for (int i = 0; i < 20; ++i)
    ask({100, 1024});
  HeapVerdict verdict = judge(32 * kKiB, /*isFirm=*/false);
  EXPECT_EQ(verdict.verdict, Verdict::Fits);
  EXPECT_EQ(rehearsals_, 0U);
  // What other files take while they are compiled comes on top.
  EXPECT_EQ(judge(32 * kKiB, true, 16 * kKiB).verdict, Verdict::AtRisk);
}

TEST_F(VerdictTest, NothingFitsOfWhichTheEndIsNotKnown) {
  ask(Interval::atLeast(100));
  HeapVerdict verdict = judge(1024 * kKiB);
  EXPECT_EQ(verdict.verdict, Verdict::AtRisk);
  EXPECT_THAT(verdict.reason, HasSubstr("uart.read()"));
}

TEST_F(VerdictTest, NothingFitsThatHasGaps) {
  evaluation_.gaps.emplace_back("what `thing.do()` takes is not known");
  EXPECT_EQ(judge(1024 * kKiB).verdict, Verdict::AtRisk);
  evaluation_.gaps.clear();
  evaluation_.isComplete = false;
  EXPECT_EQ(judge(1024 * kKiB).verdict, Verdict::AtRisk);
}

TEST_F(VerdictTest, FitsByCollectionsThatAreSimulated) {
  for (int i = 0; i < 200; ++i)
    waste(256);
  HeapVerdict verdict = judge(16 * kKiB);
  EXPECT_EQ(verdict.verdict, Verdict::Fits);
  EXPECT_EQ(rehearsals_, 1U);
  ASSERT_TRUE(verdict.largestFree);
  EXPECT_EQ(judge(16 * kKiB, /*isFirm=*/false).verdict, Verdict::AtRisk);
}

TEST_F(VerdictTest, APoolOfNamesIsARequestToo) {
  for (int n = 0; n < 2000; ++n)
    waste(24);
  EXPECT_THAT(judge(40 * kKiB).reason, HasSubstr("the largest request is 32 bytes"));
  NameGrowth growth;
  growth.mostOfFile = 24 + 7 * 40;
  evaluation_.log.names[0] = growth;
  EXPECT_THAT(judge(40 * kKiB).reason, HasSubstr("the largest request is 32 bytes"))
      << "where there is no chunk for text, a smaller one will do";
  evaluation_.log.names[0].isHard = true;
  EXPECT_THAT(judge(40 * kKiB).reason, HasSubstr("simulated"));
  EXPECT_THAT(judge(60 * kKiB).reason, HasSubstr("the largest request is 304 bytes"));
}

TEST_F(VerdictTest, IsAtRiskWhereKeptRunsCutTheHeapToPieces) {
  // Half of it is kept, one run in eight: holes of 112 bytes.
  for (int i = 0; i < 200; ++i) {
    ask(Interval::exactly(16));
    waste(112);
  }
  ask(Interval::exactly(2048));
  HeapVerdict verdict = judge(16 * kKiB);
  EXPECT_EQ(verdict.verdict, Verdict::AtRisk);
  EXPECT_EQ(verdict.bytes, 2048);
  ASSERT_TRUE(verdict.largestFree);
  EXPECT_LT(*verdict.largestFree, 2048);
  EXPECT_THAT(verdict.reason, HasSubstr("free in all"));
}

TEST_F(VerdictTest, ALoopThatNeverEndsFitsBehindWhatSetUpTook) {
  ask(Interval::exactly(1024));
  for (int pass = 0; pass < 3; ++pass) {
    beginPass();
    ask({64, 128});
    ask({64, 128});
  }
  EXPECT_EQ(judge(64 * kKiB, /*isFirm=*/false).verdict, Verdict::Fits);
  EXPECT_EQ(rehearsals_, 0U);
  EXPECT_EQ(judge(8 * kKiB).verdict, Verdict::AtRisk);
}

TEST(Verdict, HasTheNamesOfTheReport) {
  EXPECT_EQ(verdictName(Verdict::Fits), "fits");
  EXPECT_EQ(verdictName(Verdict::AtRisk), "at-risk");
  EXPECT_EQ(verdictName(Verdict::WillFail), "will-fail");
}

TEST(Verdict, TargetsHeapsAreFirmUnlessTheyAreEstimated) {
  const Target &target = *findTarget("circuitpython/raspberry_pi_pico");
  JudgedHeap heap = judgedHeap(target, std::nullopt, true);
  EXPECT_EQ(heap.bytes, target.heapBytes);
  EXPECT_EQ(heap.isFirm, target.provenance != Provenance::Estimated);
  EXPECT_EQ(judgedHeap(*findTarget("micropython/RPI_PICO"), 8192, true).bytes,
            Interval::exactly(8000));
}

TEST(JudgedHeap, OfSoManyBytesGrowsAsItsTargetDoes) {
  const Target &pico = *findTarget("circuitpython/raspberry_pi_pico");
  JudgedHeap heap = judgedHeap(pico, 106496, true);
  EXPECT_EQ(heap.bytes, Interval::exactly(106496));
  EXPECT_GT(heap.least.areas.size() + heap.least.outer.size(), 1U);
  EXPECT_NE(heap.least.growth, HeapGrowth::Fixed);
}

TEST(JudgedHeap, MayBeLargerThanWhatIsOnlyEstimated) {
  auto utmost = [](llvm::StringRef name, bool isBoardKnown = true) {
    return judgedHeap(*findTarget(name), std::nullopt, isBoardKnown).utmost;
  };
  // Measured; estimated with a quarter more; with external RAM, of 8 MiB, that may be fitted.
  EXPECT_EQ(utmost("micropython/microbit"), 9264);
  EXPECT_EQ(utmost("circuitpython/feather_m0_basic"), 20 * kKiB * 5 / 4);
  EXPECT_EQ(utmost("circuitpython/adafruit_feather_rp2350"), 440 * kKiB * 5 / 4 + 8192 * kKiB);
  EXPECT_EQ(utmost("circuitpython/generic"), Interval::kNoHi);
  EXPECT_EQ(utmost("micropython/microbit", false), Interval::kNoHi);
}

} // namespace
} // namespace fraglint
