#include "semantic/interval.h"

#include "support/parsed.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <optional>
#include <ostream>

namespace fraglint {

namespace {

constexpr int64_t kMin = Interval::kNoLo;
constexpr int64_t kMax = Interval::kNoHi;

int64_t floorQuotient(int64_t a, int64_t b) {
  return static_cast<int64_t>(std::floor(static_cast<double>(a) / static_cast<double>(b)));
}

struct Operation {
  const char *name;
  Interval (*ofIntervals)(Interval, Interval);
  /// Nothing where Python raises or gives no integer.
  std::function<std::optional<int64_t>(int64_t, int64_t)> ofNumbers;
  /// The result is the smallest interval for any operands (but those that may raise).
  bool isTight;
};

std::optional<int64_t> shifted(int64_t a, int64_t count, bool left) {
  if (count < 0)
    return std::nullopt;
  int64_t factor = int64_t{1} << count;
  return left ? a * factor : floorQuotient(a, factor);
}

const Operation kOperations[] = {
    {"+", operator+, [](int64_t a, int64_t b) { return a + b; }, true},
    {"-", operator-, [](int64_t a, int64_t b) { return a - b; }, true},
    {"*", operator*, [](int64_t a, int64_t b) { return a * b; }, true},
    {"//", floorDivide,
     [](int64_t a, int64_t b) { return b ? std::optional(floorQuotient(a, b)) : std::nullopt; },
     false},
    {"%", modulo,
     [](int64_t a, int64_t b) {
       return b ? std::optional(a - floorQuotient(a, b) * b) : std::nullopt;
     },
     false},
    {"<<", shiftLeft, [](int64_t a, int64_t b) { return shifted(a, b, true); }, true},
    {">>", shiftRight, [](int64_t a, int64_t b) { return shifted(a, b, false); }, true},
    {"**", power,
     [](int64_t a, int64_t b) {
       return b >= 0 ? std::optional(static_cast<int64_t>(std::llround(std::pow(a, b))))
                     : std::nullopt;
     },
     false},
    {"&", bitwiseAnd, [](int64_t a, int64_t b) { return a & b; }, false},
    {"|", bitwiseOr, [](int64_t a, int64_t b) { return a | b; }, false},
    {"^", bitwiseXor, [](int64_t a, int64_t b) { return a ^ b; }, false},
    {"min", minimum, [](int64_t a, int64_t b) { return std::min(a, b); }, true},
    {"max", maximum, [](int64_t a, int64_t b) { return std::max(a, b); }, true},
};

/// Every pair of intervals with bounds in [-6, 6], against all pairs of numbers in them.
TEST(Interval, HoldsEveryExactResult) {
  constexpr int64_t kLimit = 6;
  for (const Operation &operation : kOperations)
    for (int64_t al = -kLimit; al <= kLimit; ++al)
      for (int64_t ah = al; ah <= kLimit; ++ah)
        for (int64_t bl = -kLimit; bl <= kLimit; ++bl)
          for (int64_t bh = bl; bh <= kLimit; ++bh) {
            Interval result = operation.ofIntervals({al, ah}, {bl, bh});
            std::optional<Interval> exact;
            for (int64_t a = al; a <= ah; ++a)
              for (int64_t b = bl; b <= bh; ++b)
                if (std::optional<int64_t> value = operation.ofNumbers(a, b)) {
                  Interval point = Interval::exactly(*value);
                  exact = exact ? exact->hull(point) : point;
                }
            if (!exact)
              continue;
            ASSERT_TRUE(result.lo <= exact->lo && exact->hi <= result.hi)
                << operation.name << " of [" << al << ", " << ah << "] and [" << bl << ", " << bh
                << "] gives [" << result.lo << ", " << result.hi << "]";
            bool isPoint = al == ah && bl == bh;
            if (!operation.isTight && !isPoint)
              continue;
            ASSERT_EQ(result, *exact) << operation.name << " of [" << al << ", " << ah << "] and ["
                                      << bl << ", " << bh << "]";
          }
}

TEST(Interval, NegateAndAbsoluteAreExact) {
  for (int64_t lo = -6; lo <= 6; ++lo)
    for (int64_t hi = lo; hi <= 6; ++hi) {
      EXPECT_EQ(negate({lo, hi}), (Interval{-hi, -lo}));
      int64_t least = lo <= 0 && hi >= 0 ? 0 : std::min(std::abs(lo), std::abs(hi));
      EXPECT_EQ(absolute({lo, hi}), (Interval{least, std::max(std::abs(lo), std::abs(hi))}));
    }
}

TEST(Interval, NoBoundStaysNone) {
  Interval positive = Interval::atLeast(5);
  Interval unknown = Interval::unknown();
  struct Case {
    Interval actual;
    Interval expected;
  } const cases[] = {
      {positive + Interval::exactly(-100), {-95, kMax}},
      {positive - positive, unknown},
      {negate(positive), {kMin, -5}},
      {positive * Interval::exactly(-2), {kMin, -10}},
      {positive * Interval::exactly(0), {0, 0}},
      {unknown * Interval::exactly(0), {0, 0}},
      {positive * positive, {25, kMax}},
      {unknown * unknown, unknown},
      {floorDivide(positive, Interval::exactly(2)), {2, kMax}},
      {floorDivide(positive, Interval::exactly(-2)), {kMin, -3}},
      {floorDivide(positive, positive), {0, kMax}},
      {floorDivide({-7, 7}, positive), {-2, 1}},
      {floorDivide(Interval::exactly(7), {kMin, -2}), {-4, -1}},
      {floorDivide(positive, {-1, 1}), unknown},
      {floorDivide(positive, Interval::exactly(0)), unknown},
      {modulo(unknown, Interval::exactly(10)), {0, 9}},
      {modulo(unknown, Interval::exactly(-10)), {-9, 0}},
      {modulo(Interval::atLeast(0), {3, 10}), {0, 9}},
      {modulo({4, 4}, Interval::atLeast(5)), {4, 4}},
      {modulo({0, 4}, Interval::atLeast(5)), {0, 4}},
      {modulo({13, 15}, Interval::exactly(10)), {3, 5}},
      {modulo({-7, -7}, Interval::exactly(4)), {1, 1}},
      {modulo(positive, {0, 3}), {0, 2}},
      {modulo(positive, Interval::exactly(0)), unknown},
      {floorDivide({-100, 100}, {-5, 20}), {-100, 100}},
      {shiftLeft(Interval::exactly(1), {0, 4}), {1, 16}},
      {shiftLeft(Interval::exactly(1), {-3, 4}), {1, 16}},
      {shiftLeft(Interval::exactly(1), {-3, -1}), unknown},
      {shiftRight(positive, Interval::exactly(1)), {2, kMax}},
      {shiftRight({-1000, 1000}, Interval::atLeast(3)), {-125, 125}},
      {bitwiseAnd(unknown, Interval::exactly(255)), {0, 255}},
      {bitwiseAnd(unknown, Interval::exactly(-1)), unknown},
      {bitwiseOr({0, 5}, {8, 9}), {8, 15}},
      {bitwiseOr(positive, {0, 3}), {5, kMax}},
      {bitwiseXor({0, 5}, {8, 9}), {0, 15}},
      {power(Interval::exactly(2), {3, 5}), {8, 32}},
      {power(Interval::exactly(2), positive), {32, kMax}},
      {power(Interval::exactly(0), {0, 3}), {0, 1}},
      {power(Interval::exactly(-1), Interval::exactly(1000001)), {-1, -1}},
      {power({-2, 2}, Interval::exactly(2)), unknown},
      {power(Interval::exactly(2), {-1, 2}), unknown},
      {minimum(unknown, Interval::exactly(3)), {kMin, 3}},
      {maximum(unknown, Interval::exactly(3)), {3, kMax}},
      {absolute(unknown), {0, kMax}},
      {absolute({kMin, -3}), {3, kMax}},
      {Interval::unknown().clampedBelow(0), {0, kMax}},
  };
  for (const Case &test : cases)
    EXPECT_EQ(test.actual, test.expected) << "case " << &test - cases;
}

/// What is too large for 64 bits becomes "no bound", or the largest finite one, but never an
/// exact number and never the other sign.
TEST(Interval, SaturatesInsteadOfWrapping) {
  Interval large = Interval::exactly(int64_t{1} << 62);
  for (Interval result :
       {large + large, large * large, large * Interval::exactly(4),
        shiftLeft(Interval::exactly(1), Interval::exactly(100)),
        shiftLeft(large, Interval::exactly(1)), power(Interval::exactly(10), Interval::exactly(30)),
        power(Interval::exactly(-2), Interval::exactly(64)), negate(negate(large) * large)}) {
    EXPECT_GE(result.lo, large.lo) << result.lo;
    EXPECT_FALSE(result.hasHi());
    EXPECT_FALSE(result.isExact());
  }
  Interval negative = negate(large) * large;
  EXPECT_FALSE(negative.hasLo());
  EXPECT_LT(negative.hi, negate(large).lo);
  EXPECT_FALSE(negative.isExact());
  EXPECT_EQ(negate({kMin + 1, kMin + 1}).lo, kMax - 1);
}

} // namespace
} // namespace fraglint
