#include "semantic/interval.h"

#include <iterator>

namespace fraglint {

namespace {

/// Wide enough for the product of any two bounds.
using Wide = __int128;

/// Larger than every finite bound: what "no bound" counts as in products and quotients.
constexpr Wide kBeyond = static_cast<Wide>(1) << 63;
/// Shifting by this or more leaves nothing of a finite bound.
constexpr int64_t kMaxShift = 62;

constexpr int64_t kLargestLo = Interval::kNoHi - 1;
constexpr int64_t kSmallestHi = Interval::kNoLo + 1;

int64_t asLo(Wide value) {
  if (value <= Interval::kNoLo)
    return Interval::kNoLo;
  return value > kLargestLo ? kLargestLo : static_cast<int64_t>(value);
}

int64_t asHi(Wide value) {
  if (value >= Interval::kNoHi)
    return Interval::kNoHi;
  return value < kSmallestHi ? kSmallestHi : static_cast<int64_t>(value);
}

Wide widen(int64_t bound) {
  if (bound == Interval::kNoLo)
    return -kBeyond;
  return bound == Interval::kNoHi ? kBeyond : static_cast<Wide>(bound);
}

/// Bounds beyond int64_t are no bounds of interest: [2^64, 2^65] is "at least a lot".
Interval fromWide(Wide lo, Wide hi) { return {asLo(lo), asHi(hi)}; }

bool isUnbounded(Wide value) { return value >= kBeyond || value <= -kBeyond; }

/// Floor division in which a bound that is none stays none.
Wide floorQuotient(Wide a, Wide b) {
  if (isUnbounded(a) && !isUnbounded(b))
    return (a > 0) == (b > 0) ? kBeyond : -kBeyond;
  Wide quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

/// The extremes of a function that is monotone in each argument lie in the corners.
template <typename Function> Interval overCorners(Interval a, Interval b, Function function) {
  Wide corners[] = {function(widen(a.lo), widen(b.lo)), function(widen(a.lo), widen(b.hi)),
                    function(widen(a.hi), widen(b.lo)), function(widen(a.hi), widen(b.hi))};
  auto [least, most] = std::minmax_element(std::begin(corners), std::end(corners));
  return fromWide(*least, *most);
}

/// Of a divisor that may be zero: what the negative and the positive ones give.
// NOLINTNEXTLINE(misc-no-recursion): neither of its parts has the zero.
template <typename Function> Interval withoutZero(Interval divisor, Function function) {
  Interval below{divisor.lo, -1}, above{1, divisor.hi};
  if (divisor.lo == 0)
    return divisor.hi == 0 ? Interval::unknown() : function(above);
  return divisor.hi == 0 ? function(below) : function(below).hull(function(above));
}

bool isNonNegative(Interval a) { return a.lo >= 0; }

/// [2^lo, 2^hi] for exponents that are not negative.
Interval powerOfTwo(Interval exponent) {
  auto bound = [](int64_t value) {
    return value > kMaxShift ? kBeyond : static_cast<Wide>(1) << value;
  };
  return fromWide(bound(exponent.lo), bound(exponent.hi));
}

/// The smallest number of the form 2^k - 1 that is not below `value`.
int64_t allOnes(int64_t value) {
  uint64_t ones = static_cast<uint64_t>(value);
  for (unsigned shift = 1; shift < 64; shift *= 2)
    ones |= ones >> shift;
  return static_cast<int64_t>(ones);
}

/// `|` and `^` of numbers that are not negative stay below the next power of two.
int64_t bitwiseHi(Interval a, Interval b) {
  return a.hasHi() && b.hasHi() ? asHi(allOnes(std::max(a.hi, b.hi))) : Interval::kNoHi;
}

/// `base` to the power of an exponent that is not negative.
Interval exactPower(int64_t base, int64_t exponent) {
  if (base >= -1 && base <= 1) {
    bool isOne = exponent == 0 || base == 1 || (base == -1 && exponent % 2 == 0);
    return Interval::exactly(isOne ? 1 : base);
  }
  constexpr int64_t kEnough = 64; // any other base is out of bounds by then
  if (exponent > kEnough && base < 0)
    return Interval::unknown();
  Interval result = Interval::exactly(1);
  for (int64_t count = std::min(exponent, kEnough); count > 0; --count)
    result = result * Interval::exactly(base);
  return result;
}

} // namespace

Interval operator+(Interval a, Interval b) {
  return {a.hasLo() && b.hasLo() ? asLo(static_cast<Wide>(a.lo) + b.lo) : Interval::kNoLo,
          a.hasHi() && b.hasHi() ? asHi(static_cast<Wide>(a.hi) + b.hi) : Interval::kNoHi};
}

Interval operator-(Interval a, Interval b) { return a + negate(b); }

Interval operator*(Interval a, Interval b) {
  return overCorners(a, b, [](Wide x, Wide y) { return x * y; });
}

// NOLINTBEGIN(misc-no-recursion): withoutZero() gives divisors without the zero.
Interval floorDivide(Interval a, Interval b) {
  if (b.lo <= 0 && b.hi >= 0)
    return withoutZero(b, [a](Interval divisor) { return floorDivide(a, divisor); });
  return overCorners(a, b, floorQuotient);
}

Interval modulo(Interval a, Interval b) {
  if (b.lo <= 0 && b.hi >= 0)
    return withoutZero(b, [a](Interval divisor) { return modulo(a, divisor); });
  // Where the quotient is the same for all of `a`, the remainder is a shifted `a`.
  if (Interval quotient = floorDivide(a, b); b.isExact() && quotient.isExact())
    return a - quotient * b;
  if (b.lo > 0) {
    int64_t most = b.hasHi() ? b.hi - 1 : Interval::kNoHi;
    return isNonNegative(a) ? Interval{a.hi < b.lo ? a.lo : 0, std::min(a.hi, most)}
                            : Interval{0, most};
  }
  int64_t least = b.hasLo() ? b.lo + 1 : Interval::kNoLo;
  return a.hi <= 0 ? Interval{std::max(a.lo, least), a.lo > b.hi ? a.hi : 0} : Interval{least, 0};
}
// NOLINTEND(misc-no-recursion)

Interval shiftLeft(Interval a, Interval b) {
  // A negative count raises: only the others give a value.
  return b.hi < 0 ? Interval::unknown() : a * powerOfTwo(b.clampedBelow(0));
}

Interval shiftRight(Interval a, Interval b) {
  return b.hi < 0 ? Interval::unknown() : floorDivide(a, powerOfTwo(b.clampedBelow(0)));
}

Interval negate(Interval a) {
  return {a.hasHi() ? asLo(-static_cast<Wide>(a.hi)) : Interval::kNoLo,
          a.hasLo() ? asHi(-static_cast<Wide>(a.lo)) : Interval::kNoHi};
}

Interval power(Interval a, Interval b) {
  if (!isNonNegative(b))
    return Interval::unknown();
  if (a.isExact() && b.isExact())
    return exactPower(a.lo, b.lo);
  if (!isNonNegative(a))
    return Interval::unknown();
  // Growing in both arguments, but for bases below two.
  int64_t low = a.lo == 0 ? 0 : exactPower(a.lo, b.lo).lo;
  int64_t high = a.hasHi() && b.hasHi() ? exactPower(a.hi, b.hi).hi : Interval::kNoHi;
  return {low, std::max<int64_t>(high, 1)};
}

Interval bitwiseAnd(Interval a, Interval b) {
  if (a.isExact() && b.isExact())
    return Interval::exactly(a.lo & b.lo);
  if (isNonNegative(a) || isNonNegative(b))
    return {0, std::min(isNonNegative(a) ? a.hi : Interval::kNoHi,
                        isNonNegative(b) ? b.hi : Interval::kNoHi)};
  return Interval::unknown();
}

Interval bitwiseOr(Interval a, Interval b) {
  if (a.isExact() && b.isExact())
    return Interval::exactly(a.lo | b.lo);
  if (!isNonNegative(a) || !isNonNegative(b))
    return Interval::unknown();
  return {std::max(a.lo, b.lo), bitwiseHi(a, b)};
}

Interval bitwiseXor(Interval a, Interval b) {
  if (a.isExact() && b.isExact())
    return Interval::exactly(a.lo ^ b.lo);
  if (!isNonNegative(a) || !isNonNegative(b))
    return Interval::unknown();
  return {0, bitwiseHi(a, b)};
}

Interval minimum(Interval a, Interval b) { return {std::min(a.lo, b.lo), std::min(a.hi, b.hi)}; }

Interval maximum(Interval a, Interval b) { return {std::max(a.lo, b.lo), std::max(a.hi, b.hi)}; }

Interval absolute(Interval a) {
  if (isNonNegative(a))
    return a;
  Interval mirrored = negate(a);
  return a.hi <= 0 ? mirrored : Interval{0, std::max(a.hi, mirrored.hi)};
}

} // namespace fraglint
