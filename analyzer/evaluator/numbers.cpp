// Operators of numbers: py/runtime.c for small ints, py/objint_mpz.c for large ones,
// py/objfloat.c.

#include "evaluator/numbers.h"
#include "evaluator/numbers_big.h"

#include <cmath>

namespace fraglint {

using llvm::APInt;
using enum BinaryOperator;

namespace {

/// Numbers of more bits than this are not computed: boards have no room for them.
constexpr unsigned kMostBits = 1U << 17;

bool isAbstractNumber(const Machine &m, Value value) {
  const auto *abstract = m.heap().get<AbstractObject>(value);
  return abstract &&
         (abstract->type.empty() || abstract->type == "int" || abstract->type == "bool" ||
          abstract->type == "float" || abstract->type == "number");
}

std::optional<Value> raiseZeroDivision(Machine &m) {
  return m.raise("ZeroDivisionError", zeroDivisionMessage(m.profile()));
}

/// `mp_obj_float_divmod`: Python's division of floats.
template <class Float> void floorDivision(Float &x, Float &y) {
  Float rest = std::fmod(x, y);
  Float quotient = (x - rest) / y;
  if (rest == 0) {
    rest = std::copysign(Float(0), y);
  } else if ((rest < 0) != (y < 0)) {
    rest += y;
    quotient -= Float(1);
  }
  Float whole;
  if (quotient == 0) {
    whole = std::copysign(Float(0), x / y);
  } else {
    whole = std::floor(quotient);
    if (quotient - whole > Float(0.5))
      whole += Float(1);
  }
  x = whole;
  y = rest;
}

template <class Float> Float computed(BinaryOperator op, Float left, Float right) {
  switch (op) {
  case Add:
    return left + right;
  case Subtract:
    return left - right;
  case Multiply:
    return left * right;
  case Divide:
    return left / right;
  case FloorDivide:
    floorDivision(left, right);
    return left;
  case Modulo: {
    Float rest = std::fmod(left, right);
    if (rest == 0)
      return std::copysign(Float(0), right);
    return (rest < 0) != (right < 0) ? rest + right : rest;
  }
  default:
    return std::pow(left, right);
  }
}

bool isArithmetic(BinaryOperator op) {
  return op == Add || op == Subtract || op == Multiply || op == Divide || op == FloorDivide ||
         op == Modulo || op == Power;
}

/// Whether a product leaves what the firmware multiplies without large ints.
bool overflows(const FirmwareProfile &profile, int64_t a, int64_t b, int64_t &product) {
  if (__builtin_mul_overflow(a, b, &product))
    return true;
  if (!profile.traits.multipliesInWord)
    return !fitsSmallInt(profile, product);
  return profile.wordBytes == 4 && (product < INT32_MIN || product > INT32_MAX);
}

std::optional<Value> binaryBig(Machine &m, BinaryOperator op, Value left, Value right) {
  BigArithmetic arithmetic(m);
  BigNumber a = arithmetic.operand(left), b = arithmetic.operand(right);
  const FirmwareProfile &profile = m.profile();
  if (op == Divide) {
    if (b.value.isZero())
      return raiseZeroDivision(m);
    double x = intAsFloat(profile, a.value), y = intAsFloat(profile, b.value);
    return m.real(inPrecision(profile, [&](auto zero) {
      using Float = decltype(zero);
      return static_cast<Float>(x) / static_cast<Float>(y);
    }));
  }
  if (op == MatrixMultiply)
    return Value();
  Run header = arithmetic.header();
  BigNumber result;
  switch (op) {
  case Add:
  case Subtract:
    arithmetic.add(result, a, b, op == Subtract);
    break;
  case Multiply:
    if (a.value.getSignificantBits() + b.value.getSignificantBits() > kMostBits)
      return m.unknown("a product of very large ints");
    arithmetic.multiply(result, a, b);
    break;
  case FloorDivide:
  case Modulo: {
    if (b.value.isZero())
      return raiseZeroDivision(m);
    BigNumber other;
    if (op == FloorDivide)
      arithmetic.divide(result, other, a, b);
    else
      arithmetic.divide(other, result, a, b);
    arithmetic.release(other);
    break;
  }
  case And:
  case Or:
  case Xor:
    arithmetic.bitwise(op, result, a, b);
    break;
  case ShiftLeft:
  case ShiftRight: {
    auto bits = requireInt(m, right);
    if (!bits)
      return std::nullopt;
    if (*bits < 0)
      return m.raise("ValueError", "negative shift count");
    if (op == ShiftRight) {
      arithmetic.shiftRight(result, a, *bits);
      break;
    }
    if (*bits > kMostBits)
      return m.unknown("a very large int");
    arithmetic.shiftLeft(result, a, *bits);
    break;
  }
  case Power: {
    if (b.value.isNegative())
      return binaryFloat(m, op, intAsFloat(profile, a.value), intAsFloat(profile, b.value));
    unsigned bits = a.value.getSignificantBits();
    if (bits > 2 &&
        (b.value.getActiveBits() > 32 || b.value.getZExtValue() * uint64_t{bits} > kMostBits))
      return m.unknown("a power that is a very large int");
    arithmetic.power(result, a, b);
    break;
  }
  default:
    return Value();
  }
  return arithmetic.smallOrObject(header, result);
}

std::optional<Value> binarySmall(Machine &m, BinaryOperator op, int64_t a, int64_t b) {
  const FirmwareProfile &profile = m.profile();
  // Where the result does not fit, the left operand becomes a large int first.
  auto onLarge = [&]() -> std::optional<Value> {
    Value large = BigArithmetic(m).fromLong(APInt(64, static_cast<uint64_t>(a), true));
    return binaryBig(m, op, large, Value::integer(b));
  };
  switch (op) {
  case Or:
    return Value::integer(a | b);
  case Xor:
    return Value::integer(a ^ b);
  case And:
    return Value::integer(a & b);
  case ShiftLeft:
    if (b < 0)
      return m.raise("ValueError", "negative shift count");
    if (b >= int64_t{8} * profile.wordBytes)
      return onLarge();
    if (int64_t most = (int64_t{1} << (profile.smallIntBits() - 1)) - 1;
        a > (most >> b) || a < ((-most - 1) >> b))
      return onLarge();
    return m.integer(static_cast<int64_t>(static_cast<uint64_t>(a) << b));
  case ShiftRight:
    if (b < 0)
      return m.raise("ValueError", "negative shift count");
    return Value::integer(a >> std::min<int64_t>(b, 63));
  case Add:
    return m.integer(a + b);
  case Subtract:
    return m.integer(a - b);
  case Multiply: {
    int64_t product = 0;
    return overflows(profile, a, b, product) ? onLarge() : m.integer(product);
  }
  case Divide: {
    if (b == 0)
      return raiseZeroDivision(m);
    return m.real(inPrecision(profile, [&](auto zero) {
      using Float = decltype(zero);
      return static_cast<Float>(a) / static_cast<Float>(b);
    }));
  }
  case FloorDivide:
  case Modulo: {
    if (b == 0)
      return raiseZeroDivision(m);
    int64_t quotient = a / b, rest = a % b;
    if (rest != 0 && (rest < 0) != (b < 0)) {
      --quotient;
      rest += b;
    }
    return m.integer(op == Modulo ? rest : quotient);
  }
  case Power: {
    if (b < 0)
      return binaryFloat(m, op, intAsFloat(profile, APInt(64, static_cast<uint64_t>(a), true)),
                         intAsFloat(profile, APInt(64, static_cast<uint64_t>(b), true)));
    int64_t answer = 1, base = a;
    for (int64_t left = b; left > 0;) {
      if ((left & 1) && overflows(profile, answer, base, answer))
        return onLarge();
      if (left == 1)
        break;
      left /= 2;
      if (overflows(profile, base, base, base))
        return onLarge();
    }
    return m.integer(answer);
  }
  default:
    return Value();
  }
}

} // namespace

llvm::StringRef zeroDivisionMessage(const FirmwareProfile &profile) {
  return profile.traits.saysDivideByZero ? "divide by zero" : "division by zero";
}

std::optional<Value> binaryFloat(Machine &m, BinaryOperator op, double left, double right) {
  if (!isArithmetic(op))
    return Value();
  if ((op == Divide || op == FloorDivide || op == Modulo) && right == 0)
    return raiseZeroDivision(m);
  if (op == Power) {
    if (left == 0 && right < 0 && !std::isinf(right))
      return raiseZeroDivision(m);
    if (left < 0 && right != std::floor(right) && !std::isnan(right))
      return m.unknown("a complex number");
  }
  return m.real(inPrecision(m.profile(), [&](auto zero) {
    using Float = decltype(zero);
    return computed<Float>(op, static_cast<Float>(left), static_cast<Float>(right));
  }));
}

std::optional<Value> binaryNumber(Machine &m, BinaryOperator op, Value left, Value right) {
  if (isAbstractNumber(m, left) || isAbstractNumber(m, right))
    return binaryAbstractNumber(m, op, left, right);
  auto realLeft = floatOf(m, left), realRight = floatOf(m, right);
  if (realLeft || realRight) {
    for (auto [real, value] : {std::pair{&realLeft, left}, {&realRight, right}})
      if (!*real) {
        auto wide = wideIntOf(m, value);
        if (!wide)
          return Value();
        *real = intAsFloat(m.profile(), *wide);
      }
    return binaryFloat(m, op, *realLeft, *realRight);
  }
  // Bools are the ints 0 and 1.
  auto isSmall = [](Value value) { return value.isInt() || value.isBool(); };
  auto isInt = [&](Value value) { return isSmall(value) || m.heap().get<BigIntObject>(value); };
  if (!isInt(left) || !isInt(right))
    return Value();
  if (isSmall(left) && isSmall(right))
    return binarySmall(m, op, left.asInt(), right.asInt());
  return binaryBig(m, op, left, right);
}

std::optional<Value> unaryNumber(Machine &m, UnaryOperator op, Value operand) {
  if (const auto *abstract = m.heap().get<AbstractObject>(operand)) {
    if (!isAbstractNumber(m, operand) || op == UnaryOperator::Not)
      return Value();
    if (abstract->type == "float" && op == UnaryOperator::Negate)
      return abstractFloat(m, abstract->reason);
    auto number = intervalOf(m, operand);
    if (!number)
      return op == UnaryOperator::Plus ? operand : Value();
    if (op == UnaryOperator::Plus)
      return abstract->type == "bool" ? m.abstractInt(*number, abstract->reason) : operand;
    Interval result = fraglint::negate(*number);
    if (op == UnaryOperator::Invert)
      result = result - Interval::exactly(1);
    if (int64_t digits = digitBytesOf(m, operand); digits > 0)
      return largeIntOfBytes(m, result, Interval{0, digits}, reasonOf(m, operand));
    return abstractIntResult(m, result, reasonOf(m, operand));
  }
  if (auto real = floatOf(m, operand)) {
    switch (op) {
    case UnaryOperator::Negate:
      return m.real(-*real);
    case UnaryOperator::Plus:
      return operand;
    case UnaryOperator::Not:
      return Value::boolean(*real == 0);
    case UnaryOperator::Invert:
      return Value();
    }
  }
  if (const auto *big = m.heap().get<BigIntObject>(operand)) {
    if (op == UnaryOperator::Plus)
      return operand;
    if (op == UnaryOperator::Not)
      return Value::boolean(big->value.isZero());
    // The result stays an object, even where it would fit.
    BigArithmetic arithmetic(m);
    BigNumber of = arithmetic.operand(operand), result;
    Run header = arithmetic.header();
    if (op == UnaryOperator::Negate)
      arithmetic.negate(result, of);
    else
      arithmetic.invert(result, of);
    return arithmetic.object(header, result);
  }
  if (!operand.isInt() && !operand.isBool())
    return Value();
  int64_t value = operand.asInt();
  switch (op) {
  case UnaryOperator::Negate:
    return m.integer(-value);
  case UnaryOperator::Plus:
    return Value::integer(value);
  case UnaryOperator::Invert:
    return Value::integer(~value);
  case UnaryOperator::Not:
    return Value::boolean(value == 0);
  }
  return Value();
}

std::optional<Value> compareNumber(Machine &m, CompareOperator op, Value left, Value right) {
  if (isAbstractNumber(m, left) || isAbstractNumber(m, right))
    return compareAbstractNumber(m, op, left, right);
  if (!m.isNumber(left) || !m.isNumber(right))
    return Value();
  bool isLess = false, isEqual = false, isGreater = false;
  auto realLeft = floatOf(m, left), realRight = floatOf(m, right);
  if (realLeft || realRight) {
    double a = realLeft ? *realLeft : intAsFloat(m.profile(), *wideIntOf(m, left));
    double b = realRight ? *realRight : intAsFloat(m.profile(), *wideIntOf(m, right));
    isLess = a < b;
    isEqual = a == b;
    isGreater = a > b;
  } else {
    APInt a = *wideIntOf(m, left), b = *wideIntOf(m, right);
    unsigned width = std::max(a.getBitWidth(), b.getBitWidth());
    a = a.sext(width);
    b = b.sext(width);
    isLess = a.slt(b);
    isEqual = a == b;
    isGreater = a.sgt(b);
  }
  switch (op) {
  case CompareOperator::Less:
    return Value::boolean(isLess);
  case CompareOperator::LessEqual:
    return Value::boolean(isLess || isEqual);
  case CompareOperator::Equal:
    return Value::boolean(isEqual);
  case CompareOperator::NotEqual:
    return Value::boolean(!isEqual);
  case CompareOperator::Greater:
    return Value::boolean(isGreater);
  case CompareOperator::GreaterEqual:
    return Value::boolean(isGreater || isEqual);
  default:
    return Value();
  }
}

} // namespace fraglint
