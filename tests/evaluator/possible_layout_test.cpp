#include "evaluator/possible_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;

/// A heap of 64 blocks of 16 bytes, and a program of which 7 blocks of code stay.
class PossibleLayoutTest : public testing::Test {
protected:
  PossibleLayoutTest() {
    layout_.shape.areas = {0};
    while (layout_.shape.poolBlocks(layout_.shape.areas[0]) < 64)
      ++layout_.shape.areas[0];
    evaluation_.keptByLoad = {80, 112};
    evaluation_.loadLive.figure = ByteFigure::of({200, 256});
  }

  std::vector<uint32_t> beginsOfCode(CodeLies lies) {
    layout_.code = lies;
    std::vector<uint32_t> begins;
    loadedHeap(layout_, evaluation_).visitRuns([&](uint32_t run, HeapPlace place) {
      EXPECT_EQ(run, HeapSimulator::kPermanent);
      begins.push_back(place.block);
    });
    return begins;
  }

  PossibleLayout layout_;
  Evaluation evaluation_;
};

TEST_F(PossibleLayoutTest, CodeLiesInRunsOfThreeBlocks) {
  EXPECT_THAT(beginsOfCode(CodeLies::Together), ElementsAre(0, 3, 6));
}

TEST_F(PossibleLayoutTest, LoadingSpreadsCodeOverWhatItTakes) {
  // 256 bytes and an eighth are 18 blocks; the 11 that are free lie behind the three runs.
  EXPECT_EQ(loadExtent(evaluation_), 288);
  EXPECT_THAT(beginsOfCode(CodeLies::OverTheLoad), ElementsAre(0, 6, 13));
}

TEST_F(PossibleLayoutTest, TakesWhatFits) {
  evaluation_.keptByLoad = Interval::exactly(5000);
  layout_.code = CodeLies::Together;
  EXPECT_EQ(loadedHeap(layout_, evaluation_).freeBlocks(), 0U);
}

} // namespace
} // namespace fraglint
