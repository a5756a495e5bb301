#pragma once
/// An interval of integers, closed on both sides. The ends of int64_t stand for "no bound":
/// sums and products saturate there instead of wrapping. A lower bound that is too large for
/// int64_t becomes the largest finite one, so it stays true and never looks exact.

#include <algorithm>
#include <cstdint>
#include <limits>

namespace fraglint {

struct Interval {
  static constexpr int64_t kNoLo = std::numeric_limits<int64_t>::min();
  static constexpr int64_t kNoHi = std::numeric_limits<int64_t>::max();

  int64_t lo = kNoLo;
  int64_t hi = kNoHi;

  static constexpr Interval exactly(int64_t value) { return {value, value}; }
  static constexpr Interval atLeast(int64_t value) { return {value, kNoHi}; }
  static constexpr Interval unknown() { return {}; }

  constexpr bool isExact() const { return lo == hi; }
  constexpr bool hasLo() const { return lo != kNoLo; }
  constexpr bool hasHi() const { return hi != kNoHi; }
  constexpr bool isUnknown() const { return !hasLo() && !hasHi(); }

  /// The smallest interval that holds both.
  constexpr Interval hull(Interval other) const {
    return {std::min(lo, other.lo), std::max(hi, other.hi)};
  }
  /// This interval cut off at `least` below: lengths and counts are never negative.
  constexpr Interval clampedBelow(int64_t least) const {
    return {std::max(lo, least), std::max(hi, least)};
  }
  friend constexpr bool operator==(const Interval &, const Interval &) = default;
};

Interval operator+(Interval a, Interval b);
Interval operator-(Interval a, Interval b);
Interval operator*(Interval a, Interval b);
/// Python's floor division and modulo of the divisors that are not zero, which raises; unknown
/// where there are none.
Interval floorDivide(Interval a, Interval b);
Interval modulo(Interval a, Interval b);
Interval shiftLeft(Interval a, Interval b);
Interval shiftRight(Interval a, Interval b);
Interval negate(Interval a);
/// Python's `**`; unknown for negative exponents, which give floats.
Interval power(Interval a, Interval b);
Interval bitwiseAnd(Interval a, Interval b);
/// Of `|` and of `^`: exact for exact operands, else known only where both are not negative.
Interval bitwiseOr(Interval a, Interval b);
Interval bitwiseXor(Interval a, Interval b);
Interval minimum(Interval a, Interval b);
Interval maximum(Interval a, Interval b);
Interval absolute(Interval a);

} // namespace fraglint
