// Operators of numbers that are not fully known: in intervals. Ints that nothing bounds count as
// small ones, as what sensors and clocks give is; those whose bounds leave the word may need an
// object.

#include "evaluator/numbers.h"
#include "evaluator/numbers_big.h"

namespace fraglint {

using enum BinaryOperator;

namespace {

Interval wordInterval(const FirmwareProfile &profile) {
  int64_t most = (int64_t{1} << (profile.smallIntBits() - 1)) - 1;
  return {-most - 1, most};
}

/// Of the digits of an int of 64 bits.
constexpr int64_t kLongBytes = 8;

/// How a value takes part.
enum class Part : uint8_t { Int, Float, Number, Anything, Other };

Part partOf(const Machine &m, Value value) {
  if (const auto *abstract = m.heap().get<AbstractObject>(value)) {
    if (abstract->type == "int" || abstract->type == "bool")
      return Part::Int;
    if (abstract->type == "float")
      return Part::Float;
    if (abstract->type == "number")
      return Part::Number;
    return abstract->type.empty() ? Part::Anything : Part::Other;
  }
  if (floatOf(m, value))
    return Part::Float;
  return m.isNumber(value) ? Part::Int : Part::Other;
}

bool isBounded(Interval number) { return number.hasLo() && number.hasHi(); }

/// Whether the bounds of an int are of such as may need an object.
bool leavesWord(const Machine &m, Interval number) {
  Interval word = wordInterval(m.profile());
  return (number.hasLo() && (number.lo < word.lo || number.lo > word.hi)) ||
         (number.hasHi() && (number.hi > word.hi || number.hi < word.lo));
}

bool isPlainData(const Machine &m, Value value) {
  const auto *abstract = m.heap().get<AbstractObject>(value);
  return abstract && abstract->isPlainData;
}

int64_t boxBytes(const Machine &m) {
  const FirmwareProfile &profile = m.profile();
  if (!profile.boxesFloats())
    return 0;
  return m.words(profile.floats == FloatKind::Boxed64 && profile.wordBytes == 4 ? 3 : 2);
}

Interval computed(BinaryOperator op, Interval a, Interval b) {
  switch (op) {
  case Add:
    return a + b;
  case Subtract:
    return a - b;
  case Multiply:
    return a * b;
  case FloorDivide:
    return floorDivide(a, b);
  case Modulo:
    return modulo(a, b);
  case Power:
    return power(a, b);
  case ShiftLeft:
    return shiftLeft(a, b);
  case ShiftRight:
    return shiftRight(a, b);
  case And:
    return bitwiseAnd(a, b);
  case Or:
    return bitwiseOr(a, b);
  case Xor:
    return bitwiseXor(a, b);
  default:
    return Interval::unknown();
  }
}

/// A number of which not even the kind is known: perhaps a box.
Value abstractNumber(Machine &m, const llvm::Twine &reason) {
  if (int64_t box = boxBytes(m)) {
    m.heap().request(Interval{0, box});
  }
  return m.abstract("number", reason);
}

} // namespace

std::string reasonOf(const Machine &m, Value value) {
  const auto *abstract = m.heap().get<AbstractObject>(value);
  return abstract ? abstract->reason : std::string();
}

std::optional<Interval> intervalOf(const Machine &m, Value value) {
  if (const auto *abstract = m.heap().get<AbstractObject>(value)) {
    if (abstract->type == "bool")
      return Interval{0, 1};
    if (abstract->type == "int")
      return abstract->number;
    return std::nullopt;
  }
  if (auto known = m.intOf(value))
    return Interval::exactly(*known);
  if (auto wide = wideIntOf(m, value))
    return wide->isNegative() ? Interval{Interval::kNoLo, Interval::kNoLo + 1}
                              : Interval::atLeast(Interval::kNoHi - 1);
  return std::nullopt;
}

Value abstractFloat(Machine &m, const llvm::Twine &reason) {
  Value result = m.abstract("float", reason);
  if (int64_t box = boxBytes(m))
    m.heap().change<AbstractObject>(result)->header = m.heap().request(box);
  return result;
}

Value abstractIntResult(Machine &m, Interval number, const llvm::Twine &reason) {
  if (number.isExact() && fitsSmallInt(m.profile(), number.lo))
    return Value::integer(number.lo);
  Interval word = wordInterval(m.profile());
  bool isLarge = (number.hasLo() && number.lo > word.hi) || (number.hasHi() && number.hi < word.lo);
  Value result = m.abstractInt(number, reason);
  if (leavesWord(m, number)) {
    int64_t digits = kLongBytes;
    Run header = m.heap().request(Interval{isLarge ? m.words(4) : 0, m.words(4)});
    m.heap().request(Interval{isLarge ? digits : 0, digits});
    m.heap().change<AbstractObject>(result)->header = header;
  }
  return result;
}

int64_t digitBytesOf(const Machine &m, Value value) {
  if (const auto *big = m.heap().get<BigIntObject>(value))
    return BigArithmetic::length(big->value) * BigArithmetic::kDigitBytes;
  const auto *abstract = m.heap().get<AbstractObject>(value);
  if (!abstract || abstract->type != "int")
    return 0;
  int64_t bytes = abstract->digitBytes;
  for (Value one : abstract->alternatives)
    if (one != value)
      bytes = std::max(bytes, digitBytesOf(m, one));
  return bytes > 0 || !leavesWord(m, abstract->number) ? bytes : kLongBytes;
}

Value largeIntOfBytes(Machine &m, Interval number, Interval bytes, const llvm::Twine &reason) {
  Value result = m.abstractInt(number, reason);
  Run header = m.heap().request(Interval{0, m.words(4)});
  Run digits = m.heap().request(Interval{0, bytes.hi});
  if (!bytes.hasHi())
    m.noteUnknownLength();
  if (auto *made = m.heap().change<AbstractObject>(result)) {
    made->header = header;
    made->data = digits;
    made->digitBytes = bytes.hi;
  }
  return result;
}

namespace {

/// Digits of what an operator gives, and of what it asks for, of two ints of which one may not fit
/// into the word. Source: py/mpz.c.
struct DigitBytes {
  Interval asked, given;
};

DigitBytes digitBytes(const Machine &m, BinaryOperator op, Value left, Value right, Interval y) {
  auto bytesOf = [&](Value value) {
    return Interval::exactly(std::max<int64_t>(digitBytesOf(m, value), m.words(1)));
  };
  Interval a = bytesOf(left), b = bytesOf(right), more = Interval::exactly(2);
  Interval longest = maximum(a, b) + more;
  switch (op) {
  case Add:
  case Subtract:
  case Or:
  case Xor:
    return {longest, longest};
  case And:
    return {longest, y.lo >= 0 ? b : longest};
  case Multiply:
    return {a + b, a + b};
  case FloorDivide:
    return {a + more, a + more};
  case Modulo:
    return {a + more, b + more};
  case ShiftRight:
    return {a, a};
  case ShiftLeft:
    if (y.hasHi()) {
      Interval shifted = a + Interval::exactly(y.hi / 8 + 2);
      return {shifted, shifted};
    }
    break;
  default:
    break;
  }
  return {Interval::atLeast(0), Interval::atLeast(0)};
}

/// Of an operator that an object does: for what it gives one is made first, which is garbage where
/// that fits into the word. `number`: what it gives.
Value largeIntResult(Machine &m, BinaryOperator op, Value left, Value right, Interval number,
                     const llvm::Twine &reason) {
  Interval second = intervalOf(m, right).value_or(Interval::unknown());
  DigitBytes digits = digitBytes(m, op, left, right, second);
  Value result = m.abstractInt(number, reason);
  Run header = m.heap().request(Interval{0, m.words(4)});
  Run data = m.heap().request(Interval{0, digits.asked.hi});
  if (op == FloorDivide || op == Modulo)
    m.heap().request(Interval{0, digits.asked.hi}); // the other of quotient and rest
  if (!digits.asked.hasHi())
    m.noteUnknownCost("how many digits this number has is not known");
  auto *made = m.heap().change<AbstractObject>(result);
  if (made && (leavesWord(m, number) || !isBounded(number))) {
    made->header = header;
    made->data = data;
    made->digitBytes = digits.given.hi;
  }
  return result;
}

/// Of two ints that each fit into 64 bits, which may not.
Value wideProduct(Machine &m, Interval number, const llvm::Twine &reason) {
  constexpr int64_t kDigits = 16;
  Value result = m.abstractInt(number, reason);
  Run header = m.heap().request(Interval{0, m.words(4)});
  m.heap().request(Interval{0, kDigits});
  auto *made = m.heap().change<AbstractObject>(result);
  made->header = header;
  made->digitBytes = kDigits;
  return result;
}

} // namespace

std::optional<Value> binaryAbstractNumber(Machine &m, BinaryOperator op, Value left, Value right) {
  Part a = partOf(m, left), b = partOf(m, right);
  if (a == Part::Other || b == Part::Other)
    return Value();
  if (op == Divide || op == FloorDivide || op == Modulo) {
    std::optional<double> divisor = m.numberOf(right);
    Interval bounds = intervalOf(m, right).value_or(Interval::unknown());
    if (divisor ? *divisor == 0 : bounds.lo <= 0 && bounds.hi >= 0)
      m.mayRaise("ZeroDivisionError", zeroDivisionMessage(m.profile()));
  }
  std::string reason = reasonOf(m, left);
  if (reason.empty())
    reason = reasonOf(m, right);
  if (a == Part::Anything || b == Part::Anything) {
    // What is not known at all may be a text or a list where these have the operator.
    bool isOfData = isPlainData(m, left) && isPlainData(m, right);
    bool isOfNumbers = isOfData && op != Add && op != Multiply && op != Modulo;
    if ((a == Part::Anything && b == Part::Anything && !isOfNumbers) || op == MatrixMultiply)
      return Value();
    Part known = a == Part::Anything ? b : a;
    bool mayBeSequence =
        (op == Multiply && known == Part::Int) || (op == Modulo && a == Part::Anything);
    if (mayBeSequence)
      return Value();
    if (op == Divide || known == Part::Float)
      return abstractFloat(m, reason);
    return abstractNumber(m, reason);
  }
  bool isBitwise = op == And || op == Or || op == Xor || op == ShiftLeft || op == ShiftRight;
  if (isBitwise && (a == Part::Float || b == Part::Float))
    return Value();
  if (op == MatrixMultiply)
    return Value();
  if (a == Part::Float || b == Part::Float || op == Divide)
    return abstractFloat(m, reason);
  auto x = intervalOf(m, left), y = intervalOf(m, right);
  int64_t digits = std::max(digitBytesOf(m, left), digitBytesOf(m, right));
  if (x && y) {
    if (op == Power && y->lo < 0)
      return abstractNumber(m, reason);
    Interval result = computed(op, *x, *y);
    if (digits > kLongBytes || (digits > 0 && !leavesWord(m, result)))
      return largeIntResult(m, op, left, right, result, reason);
    bool isBeyond = isBounded(*x) && isBounded(*y) && !isBounded(result);
    return isBeyond && op == Multiply ? wideProduct(m, result, reason)
                                      : abstractIntResult(m, result, reason);
  }
  if (isBitwise)
    return m.abstractInt(Interval::unknown(), reason);
  return abstractNumber(m, reason);
}

std::optional<Value> compareAbstractNumber(Machine &m, CompareOperator op, Value left,
                                           Value right) {
  Part a = partOf(m, left), b = partOf(m, right);
  if (a == Part::Other || b == Part::Other || (a == Part::Anything && b == Part::Anything))
    return Value();
  std::string reason = reasonOf(m, left);
  if (reason.empty())
    reason = reasonOf(m, right);
  auto x = intervalOf(m, left), y = intervalOf(m, right);
  std::optional<bool> known;
  if (x && y) {
    // Open ends compare as beyond everything, which they may be.
    bool always = x->hasHi() && y->hasLo() && x->hi < y->lo;
    bool never = x->hasLo() && y->hasHi() && x->lo > y->hi;
    bool alwaysOrEqual = x->hasHi() && y->hasLo() && x->hi <= y->lo;
    bool neverOrEqual = x->hasLo() && y->hasHi() && x->lo >= y->hi;
    switch (op) {
    case CompareOperator::Less:
      if (always)
        known = true;
      else if (neverOrEqual)
        known = false;
      break;
    case CompareOperator::LessEqual:
      if (alwaysOrEqual)
        known = true;
      else if (never)
        known = false;
      break;
    case CompareOperator::Greater:
      if (never)
        known = true;
      else if (alwaysOrEqual)
        known = false;
      break;
    case CompareOperator::GreaterEqual:
      if (neverOrEqual)
        known = true;
      else if (always)
        known = false;
      break;
    case CompareOperator::Equal:
    case CompareOperator::NotEqual:
      if (always || never)
        known = op == CompareOperator::NotEqual;
      break;
    default:
      return Value();
    }
  }
  if (op == CompareOperator::In || op == CompareOperator::NotIn || op == CompareOperator::Is ||
      op == CompareOperator::IsNot)
    return Value();
  if (known)
    return Value::boolean(*known);
  return m.abstract("bool", reason);
}

} // namespace fraglint
