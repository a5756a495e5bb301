#include "evaluator/numbers_big.h"

#include "evaluator/numbers.h"

#include "llvm/ADT/SmallString.h"

#include <algorithm>
#include <cmath>

namespace fraglint {

using llvm::APInt;

namespace {

/// Both in the same width, with `extra` bits to spare.
std::pair<APInt, APInt> alike(const APInt &a, const APInt &b, unsigned extra) {
  unsigned width = std::max(a.getBitWidth(), b.getBitWidth()) + extra;
  return {a.sext(width), b.sext(width)};
}

} // namespace

APInt trimmed(const APInt &value) {
  return value.sextOrTrunc(std::max(64U, value.getSignificantBits()));
}

int64_t BigArithmetic::length(const APInt &value) {
  unsigned bits = value.sext(value.getBitWidth() + 1).abs().getActiveBits();
  return (bits + kDigitBits - 1) / kDigitBits;
}

BigNumber BigArithmetic::operand(Value value) const {
  BigNumber number;
  if (const auto *big = m_.heap().get<BigIntObject>(value)) {
    number.value = trimmed(big->value);
    number.digits = big->digits;
    if (big->digits)
      number.room = big->digits.bytes.hi / kDigitBytes;
    return number;
  }
  number.value = APInt(64, static_cast<uint64_t>(value.asInt()), /*isSigned=*/true);
  number.room = digitsOfWord();
  number.isFixed = true;
  return number;
}

Value BigArithmetic::object(Run header, const BigNumber &number) {
  auto &made = m_.heap().make<BigIntObject>();
  made.header = header;
  made.value = trimmed(number.value);
  made.digits = number.digits;
  return Value::object(made.id);
}

Value BigArithmetic::smallOrObject(Run header, const BigNumber &number) {
  APInt value = trimmed(number.value);
  if (value.getBitWidth() == 64 && fitsSmallInt(m_.profile(), value.getSExtValue()))
    return Value::integer(value.getSExtValue());
  return object(header, number);
}

Value BigArithmetic::fromLong(const APInt &value) {
  Run run = header();
  BigNumber number;
  need(number, digitsOfLong());
  number.value = value;
  return object(run, number);
}

Value BigArithmetic::fromBytes(const APInt &value, int64_t bytes) {
  Run run = header();
  BigNumber number;
  need(number, (bytes * 8 + kDigitBits - 1) / kDigitBits);
  number.value = value;
  return object(run, number);
}

Value BigArithmetic::fromText(const APInt &value, int64_t characters) {
  Run run = header();
  BigNumber number;
  need(number, characters * 8 / kDigitBits + 1);
  number.value = value;
  return object(run, number);
}

Value BigArithmetic::fromFloat(double value) {
  Run run = header();
  BigNumber number;
  int exponent = 0;
  std::frexp(value, &exponent); // value = 0.5… * 2^exponent
  if (exponent <= 1) {
    setSmall(number, static_cast<int64_t>(value));
    return object(run, number);
  }
  need(number, (exponent + kDigitBits - 1) / kDigitBits);
  unsigned width = static_cast<unsigned>(exponent) + 64;
  // 53 bits of mantissa, then shifted to where they belong.
  int shift = std::max(0, exponent - 53);
  auto mantissa = static_cast<int64_t>(std::trunc(std::ldexp(value, -shift)));
  number.value = APInt(width, static_cast<uint64_t>(mantissa), /*isSigned=*/true)
                     .shl(static_cast<unsigned>(shift));
  return object(run, number);
}

void BigArithmetic::need(BigNumber &number, int64_t digits) {
  digits = std::max<int64_t>(digits, 2);
  if (number.room >= digits)
    return;
  if (number.digits)
    m_.heap().resize(number.digits, digits * kDigitBytes);
  else
    number.digits = m_.heap().request(digits * kDigitBytes);
  number.room = digits;
}

void BigArithmetic::setSmall(BigNumber &number, int64_t value) {
  number.value = APInt(64, static_cast<uint64_t>(value), /*isSigned=*/true);
  if (value != 0)
    need(number, digitsOfWord());
}

void BigArithmetic::set(BigNumber &into, const BigNumber &from) {
  need(into, length(from.value));
  into.value = from.value;
}

void BigArithmetic::release(BigNumber &number) {
  if (!number.isFixed)
    m_.heap().release(number.digits);
  number.room = 0;
}

BigArithmetic::Clone BigArithmetic::clone(const BigNumber &of) {
  Clone clone;
  clone.object = m_.heap().request(m_.words(3));
  clone.number.value = of.value;
  clone.number.room = of.room;
  if (clone.number.room == 0) {
    // A constant of the code, whose room is what the parser of literals asks for its characters;
    // here they are guessed to be decimal.
    llvm::SmallString<32> text;
    of.value.toString(text, 10, /*Signed=*/true);
    clone.number.room = static_cast<int64_t>(text.size()) * 8 / kDigitBits + 1;
  }
  clone.number.digits = m_.heap().request(clone.number.room * kDigitBytes);
  return clone;
}

void BigArithmetic::free(Clone &clone) {
  m_.heap().release(clone.number.digits);
  m_.heap().release(clone.object);
}

void BigArithmetic::add(BigNumber &into, const BigNumber &left, const BigNumber &right,
                        bool isSubtraction) {
  auto [a, b] = alike(left.value, right.value, 2);
  bool grows = isSubtraction ? a.isNegative() != b.isNegative() : a.isNegative() == b.isNegative();
  int64_t longest = std::max(length(left.value), length(right.value));
  APInt result = trimmed(isSubtraction ? a - b : a + b);
  need(into, longest + (grows ? 1 : 0));
  into.value = std::move(result);
}

void BigArithmetic::multiply(BigNumber &into, const BigNumber &left, const BigNumber &right) {
  if (left.value.isZero() || right.value.isZero()) {
    setSmall(into, 0);
    return;
  }
  // The operand that is the result, too, is copied first.
  bool isCopied = &into == &left || &into == &right;
  Clone copy;
  if (isCopied)
    copy = clone(into);
  unsigned width = left.value.getBitWidth() + right.value.getBitWidth();
  APInt result = trimmed(left.value.sext(width) * right.value.sext(width));
  need(into, length(left.value) + length(right.value));
  into.value = std::move(result);
  if (isCopied)
    free(copy);
}

void BigArithmetic::power(BigNumber &into, const BigNumber &base, const BigNumber &exponent) {
  if (base.value.isZero() || exponent.value.isNegative()) {
    setSmall(into, 0);
    return;
  }
  if (exponent.value.isZero()) {
    setSmall(into, 1);
    return;
  }
  Clone x = clone(base);
  Clone n = clone(exponent);
  setSmall(into, 1);
  APInt left = exponent.value;
  while (!left.isZero()) {
    if (left[0])
      multiply(into, into, x.number);
    left.lshrInPlace(1);
    if (left.isZero())
      break;
    multiply(x.number, x.number, x.number);
  }
  free(x);
  free(n);
}

void BigArithmetic::power(BigNumber &into, const BigNumber &base, const BigNumber &exponent,
                          const BigNumber &modulus) {
  if (exponent.value.isNegative() ||
      modulus.value.sext(modulus.value.getBitWidth() + 1).abs() == 1) {
    setSmall(into, 0);
    return;
  }
  setSmall(into, 1);
  if (exponent.value.isZero()) {
    if (modulus.value.isNegative())
      add(into, into, modulus, false);
    return;
  }
  if (base.value.isZero()) {
    setSmall(into, 0);
    return;
  }
  Clone x = clone(base);
  Clone n = clone(exponent);
  BigNumber quotient;
  APInt left = exponent.value;
  while (!left.isZero()) {
    if (left[0]) {
      multiply(into, into, x.number);
      divide(quotient, into, into, modulus);
    }
    left.lshrInPlace(1);
    if (left.isZero())
      break;
    multiply(x.number, x.number, x.number);
    divide(quotient, x.number, x.number, modulus);
  }
  release(quotient);
  free(x);
  free(n);
}

void BigArithmetic::divide(BigNumber &quotient, BigNumber &remainder, const BigNumber &left,
                           const BigNumber &right) {
  APInt leftValue = left.value, rightValue = right.value;
  int64_t digits = length(leftValue) + 1;
  need(quotient, digits);
  need(remainder, digits);
  auto [a, b] = alike(leftValue, rightValue, 2);
  quotient.value = trimmed(a.sdiv(b)); // towards zero
  remainder.value = trimmed(a.srem(b));
  if (a.isNegative() == b.isNegative() || remainder.value.isZero())
    return;
  // Python's division goes down. The -1 that is added stays behind as garbage.
  BigNumber minusOne;
  setSmall(minusOne, -1);
  add(quotient, BigNumber(quotient), minusOne, false);
  BigNumber rest = remainder;
  BigNumber divisor = right;
  divisor.value = rightValue;
  add(remainder, rest, divisor, false);
}

void BigArithmetic::bitwise(BinaryOperator op, BigNumber &into, const BigNumber &left,
                            const BigNumber &right) {
  auto [a, b] = alike(left.value, right.value, 1);
  int64_t longest = std::max(length(left.value), length(right.value));
  bool anyNegative = a.isNegative() || b.isNegative();
  // MICROPY_OPT_MPZ_BITWISE is on where all features of level EXTRA are; CircuitPython turns it
  // off.
  if (op == BinaryOperator::Xor && !m_.profile().isCircuitPython())
    anyNegative = a.isNegative() != b.isNegative();
  need(into, longest + (anyNegative ? 1 : 0));
  APInt result = op == BinaryOperator::And ? a & b : op == BinaryOperator::Or ? a | b : a ^ b;
  into.value = trimmed(result);
}

void BigArithmetic::shiftLeft(BigNumber &into, const BigNumber &left, int64_t bits) {
  if (left.value.isZero() || bits == 0) {
    set(into, left);
    return;
  }
  need(into, length(left.value) + (bits + kDigitBits - 1) / kDigitBits);
  auto shift = static_cast<unsigned>(bits);
  into.value = trimmed(left.value.sext(left.value.getBitWidth() + shift).shl(shift));
}

void BigArithmetic::shiftRight(BigNumber &into, const BigNumber &left, int64_t bits) {
  if (left.value.isZero() || bits == 0) {
    set(into, left);
    return;
  }
  need(into, length(left.value));
  auto shift = static_cast<unsigned>(
      std::min<int64_t>(bits, static_cast<int64_t>(left.value.getBitWidth()) - 1));
  into.value = trimmed(left.value.ashr(shift));
}

void BigArithmetic::negate(BigNumber &into, const BigNumber &of) {
  set(into, of);
  into.value = trimmed(-of.value.sext(of.value.getBitWidth() + 1));
}

void BigArithmetic::invert(BigNumber &into, const BigNumber &of) {
  set(into, of);
  if (!of.value.isNegative())
    need(into, length(of.value) + 1);
  into.value = trimmed(~of.value.sext(of.value.getBitWidth() + 1));
}

} // namespace fraglint
