#include "page/heap_page_curve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(EventAxis, GivesAllEventsTheSameWidth) {
  EventAxis axis(100, 400, 4, 4);
  EXPECT_EQ(axis.x(0), 100);
  EXPECT_EQ(axis.x(3), 400);
  EXPECT_EQ(axis.x(4), 500);
  EXPECT_THAT(axis.steps(), ElementsAre(0U, 1U, 2U, 3U, 4U));
}

TEST(EventAxis, ALongTailSharesAQuarter) {
  EventAxis axis(0, 400, 1000, 10);
  EXPECT_EQ(axis.x(10), 300);
  EXPECT_EQ(axis.x(5), 150);
  EXPECT_EQ(axis.x(505), 350);
  EXPECT_EQ(axis.x(1000), 400);
  // A short one has what it needs.
  EventAxis shortTail(0, 400, 1000, 900);
  EXPECT_EQ(shortTail.x(900), 360);
}

TEST(EventAxis, HasNoMoreStepsThanCanBeSeen) {
  EventAxis axis(0, 960, 1'000'000, 1'000'000);
  EXPECT_LE(axis.steps().size(), 321U);
  EXPECT_EQ(axis.steps().front(), 0U);
  EXPECT_EQ(axis.steps().back(), 1'000'000U);
  EventAxis none(0, 960, 0, 0);
  EXPECT_THAT(none.steps(), ElementsAre(0U, 1U));
}

TEST(StepCurve, GoesInSteps) {
  EventAxis axis(0, 30, 3, 3);
  EXPECT_EQ(stepCurve(axis, 3, [](uint32_t event) { return event == 1 ? 5.0 : 2.5; }),
            "M0 2.5H0V2.5H10V5H20V2.5H30");
  EXPECT_EQ(stepCurve(axis, 2, [](uint32_t) { return 1.0; }), "M0 1H0V1H20");
}

TEST(StepCurve, KeepsWhatStandsOut) {
  EventAxis axis(0, 960, 1'000'000, 1'000'000);
  std::string path = stepCurve(axis, 1'000'000, [](uint32_t event) {
    return event == 123'456 ? 99.0 : event == 654'321 ? 1.0 : 50.0;
  });
  EXPECT_THAT(path, HasSubstr("V99"));
  EXPECT_THAT(path, HasSubstr("V1H"));
  EXPECT_LT(path.size(), 200U);
}

} // namespace
} // namespace fraglint
