// The types of numbers, and the functions that every module has: py/objint.c, py/modbuiltins.c.

#include "evaluator/buffers.h"
#include "evaluator/containers.h"
#include "evaluator/numbers.h"
#include "evaluator/numbers_big.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"
#include "evaluator/packing.h"
#include "evaluator/text_data.h"

#include "llvm/ADT/SmallVector.h"

#include <cmath>

namespace fraglint {

using llvm::APInt;
using llvm::StringRef;

namespace {

const AbstractObject *abstractOf(const Machine &m, Value value) {
  return m.heap().get<AbstractObject>(value);
}

/// Text or buffer as what `int()` and `float()` parse; nothing for others.
std::optional<std::string> parsable(Machine &m, Value value) {
  if (auto text = m.textOf(value))
    return text->str();
  return m.dataOf(value);
}

/// Whether a text or buffer is meant, its content known or not.
bool isTextual(const Machine &m, Value value) {
  const ObjectHeap &heap = m.heap();
  return heap.get<StrObject>(value) || heap.get<BytesObject>(value) ||
         heap.get<ByteArrayObject>(value) || heap.get<MemoryViewObject>(value);
}

/// An int in a text that is not known, which may hold none. Source: py/parsenum.c: what could not
/// be read stands behind the message, as `repr` shows it.
Value intInText(Machine &m, Value text, int64_t base, const llvm::Twine &reason) {
  constexpr int64_t kRoom = 50;
  m.noteFailure([&] {
    GrowingRun message(m, kRoom);
    message.append("invalid syntax for integer with base " + std::to_string(base) + ": ");
    std::optional<TextOperand> operand = textOperand(m, text);
    Interval length = operand ? operand->length : Interval::atLeast(0);
    Interval quotes = Interval::exactly(2);
    message.append(
        Content::ofLength((length + quotes).hull(length * Interval::exactly(4) + quotes)));
    Value said = m.strFrom(message.run, message.content);
    raiseWith(m, "ValueError", said);
  });
  return m.abstractInt(Interval::unknown(), reason);
}

Value floatInText(Machine &m, const llvm::Twine &reason) {
  m.mayRaise("ValueError", "invalid syntax for number");
  return abstractFloat(m, reason);
}

/// Whether a value is of a class of the program with such a method.
bool isConvertedBy(Machine &m, Value value, llvm::StringRef method) {
  const auto *instance = m.heap().get<InstanceObject>(value);
  return instance && !m.findInClass(instance->type, method).value.isUnbound();
}

std::optional<Value> makeInt(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 0, 2))
    return std::nullopt;
  if (call.arguments.empty())
    return Value::integer(0);
  Value value = m.settled(call.arguments[0]);
  if (call.arguments.size() > 1) {
    auto base = requireInt(m, call.arguments[1]);
    if (!base)
      return std::nullopt;
    if (auto text = parsable(m, value))
      return parseInt(m, *text, *base);
    if (abstractOf(m, value) || isTextual(m, value))
      return intInText(m, value, *base, "number in a text that is not known");
    return m.raise("TypeError",
                   "can't convert '" + m.typeName(value) + "' object to str implicitly");
  }
  if (const auto *abstract = abstractOf(m, value)) {
    if (abstract->type == "int")
      return value;
    if (abstract->type == "bool")
      return m.abstractInt(Interval{0, 1}, abstract->reason);
    if (abstract->type == "float" || abstract->type == "number")
      return m.abstractInt(Interval::unknown(), abstract->reason);
    return intInText(m, value, 10, std::string(abstract->reason));
  }
  if (value.isBool())
    return Value::integer(value.asInt());
  if (value.isInt() || m.heap().get<BigIntObject>(value))
    return value;
  if (auto real = floatOf(m, value))
    return intFromFloat(m, *real);
  if (auto text = parsable(m, value))
    return parseInt(m, *text, 10);
  if (isTextual(m, value))
    return intInText(m, value, 10, "number in a text that is not known");
  if (isConvertedBy(m, value, "__int__"))
    return m.callMethod(value, "__int__", {});
  return m.raise("TypeError", "can't convert " + m.typeName(value) + " to int");
}

std::optional<Value> makeFloat(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 0, 1))
    return std::nullopt;
  if (call.arguments.empty())
    return m.real(0);
  Value value = m.settled(call.arguments[0]);
  if (const auto *abstract = abstractOf(m, value)) {
    if (abstract->type == "float")
      return value;
    if (abstract->type == "int" || abstract->type == "bool" || abstract->type == "number")
      return abstractFloat(m, abstract->reason);
    return floatInText(m, std::string(abstract->reason));
  }
  if (floatOf(m, value))
    return value;
  if (auto wide = wideIntOf(m, value))
    return m.real(intAsFloat(m.profile(), *wide));
  if (auto text = parsable(m, value))
    return parseFloat(m, *text);
  if (isTextual(m, value))
    return floatInText(m, "number in a text that is not known");
  if (isConvertedBy(m, value, "__float__"))
    return m.callMethod(value, "__float__", {});
  return m.raise("TypeError", "can't convert " + m.typeName(value) + " to float");
}

std::optional<Value> makeBool(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 0, 1))
    return std::nullopt;
  if (call.arguments.empty())
    return Value::boolean(false);
  Value value = call.arguments[0];
  if (const auto *abstract = abstractOf(m, value)) {
    if (abstract->type == "bool")
      return value;
    if (auto number = intervalOf(m, value)) {
      if (number->lo > 0 || number->hi < 0)
        return Value::boolean(true);
      if (*number == Interval::exactly(0))
        return Value::boolean(false);
    }
    return m.abstract("bool", abstract->reason);
  }
  auto truth = m.truth(value);
  if (!truth)
    return std::nullopt;
  return Value::boolean(*truth);
}

/// Complex numbers are objects of a type and two floats; what they are is not followed.
std::optional<Value> makeComplex(Machine &m, const NativeCall &) {
  int64_t floatBytes = isSinglePrecision(m.profile()) ? 4 : 8;
  auto &made = m.heap().make<OpaqueObject>();
  made.type = "complex";
  made.header = m.heap().request(m.words(1) + 2 * floatBytes);
  return Value::object(made.id);
}

std::optional<Value> absoluteOf(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  Value value = call.argument(0);
  if (const auto *abstract = abstractOf(m, value)) {
    if (auto number = intervalOf(m, value)) {
      if (number->lo >= 0 && abstract->type == "int")
        return value;
      return abstractIntResult(m, absolute(*number), abstract->reason);
    }
    // A float without sign is returned as it is.
    std::string reason = abstract->reason;
    Value result = m.abstract(abstract->type == "float" ? "float" : "number", reason);
    if (m.profile().boxesFloats()) {
      int64_t box =
          m.words(m.profile().floats == FloatKind::Boxed64 && m.profile().wordBytes == 4 ? 3 : 2);
      m.heap().change<AbstractObject>(result)->header = m.heap().request(Interval{0, box});
    }
    return result;
  }
  if (auto real = floatOf(m, value))
    return std::signbit(*real) ? m.real(-*real) : value;
  if (value.isInt() || value.isBool())
    return m.integer(std::abs(value.asInt()));
  if (const auto *big = m.heap().get<BigIntObject>(value)) {
    if (!big->value.isNegative())
      return value;
    BigArithmetic arithmetic(m);
    BigNumber of = arithmetic.operand(value), result;
    Run header = arithmetic.header();
    arithmetic.negate(result, of);
    return arithmetic.object(header, result);
  }
  if (isConvertedBy(m, value, "__abs__"))
    return m.callMethod(value, "__abs__", {});
  return m.raise("TypeError", "unsupported type for __abs__: '" + m.typeName(value) + "'");
}

/// `round(int, -n)`.
std::optional<Value> roundInt(Machine &m, Value value, int64_t digits) {
  using enum BinaryOperator;
  auto apply = [&](BinaryOperator op, std::optional<Value> a, std::optional<Value> b) {
    return a && b ? binaryNumber(m, op, *a, *b) : std::nullopt;
  };
  auto isGreater = [&](Value a, Value b) {
    return compareNumber(m, CompareOperator::Greater, a, b)->asBool();
  };
  auto unit = apply(Power, Value::integer(10), Value::integer(-digits));
  auto half = apply(FloorDivide, unit, Value::integer(2));
  auto rest = apply(Modulo, value, unit);
  auto down = apply(Subtract, value, rest);
  if (!down || !half)
    return std::nullopt;
  if (isGreater(*half, *rest))
    return down;
  if (isGreater(*rest, *half))
    return apply(Add, down, unit);
  auto isOdd = apply(And, apply(FloorDivide, value, unit), Value::integer(1));
  if (!isOdd)
    return std::nullopt;
  return m.intOf(*isOdd) != 0 ? apply(Add, down, unit) : down;
}

std::optional<Value> roundOf(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 2))
    return std::nullopt;
  Value value = call.argument(0);
  bool hasDigits = call.arguments.size() > 1;
  if (const auto *abstract = abstractOf(m, value)) {
    if (abstract->type == "int" || abstract->type == "bool")
      return value;
    if (hasDigits)
      return abstract->type == "float"
                 ? abstractFloat(m, abstract->reason)
                 : *binaryAbstractNumber(m, BinaryOperator::Subtract, value, Value::integer(0));
    return m.abstractInt(Interval::unknown(), abstract->reason);
  }
  if (hasDigits && abstractOf(m, call.arguments[1])) {
    if (floatOf(m, value))
      return abstractFloat(m, reasonOf(m, call.arguments[1]));
    return m.unknown("digits that round() keeps are not known");
  }
  // A bool is not an int for mp_obj_is_int.
  if (value.isInt() || m.heap().get<BigIntObject>(value)) {
    if (!hasDigits)
      return value;
    auto digits = requireInt(m, call.arguments[1]);
    if (!digits)
      return std::nullopt;
    if (*digits < -1000)
      return m.unknown("a number rounded to very many digits");
    return *digits >= 0 ? value : roundInt(m, value, *digits);
  }
  auto real = requireFloat(m, value);
  if (!real)
    return std::nullopt;
  if (!hasDigits)
    return intFromFloat(m, std::nearbyint(*real));
  auto digits = requireInt(m, call.arguments[1]);
  if (!digits)
    return std::nullopt;
  return m.real(inPrecision(m.profile(), [&](auto zero) {
    using Float = decltype(zero);
    Float unit = std::pow(Float(10), static_cast<Float>(*digits));
    return std::nearbyint(static_cast<Float>(*real) * unit) / unit;
  }));
}

std::optional<Value> powerOf(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 3))
    return std::nullopt;
  if (call.arguments.size() < 3 || call.arguments[2].isNone())
    return m.binary(BinaryOperator::Power, call.argument(0), call.argument(1), false);
  for (Value one : call.arguments)
    if (abstractOf(m, one))
      return abstractIntResult(m, Interval::unknown(), reasonOf(m, one));
  auto isInt = [&](Value value) { return value.isInt() || m.heap().get<BigIntObject>(value); };
  if (!isInt(call.arguments[0]) || !isInt(call.arguments[1]) || !isInt(call.arguments[2]))
    return m.raise("TypeError", "pow() with 3 arguments requires integers");
  if (wideIntOf(m, call.arguments[2])->isZero())
    return m.raise("ValueError", m.profile().isCircuitPython() ? "pow() 3rd argument cannot be 0"
                                                               : "divide by zero");
  BigArithmetic arithmetic(m);
  Run header = arithmetic.header();
  BigNumber result, operands[3];
  bool isTemporary[3];
  for (unsigned i = 0; i < 3; ++i) {
    isTemporary[i] = call.arguments[i].isInt();
    if (isTemporary[i])
      arithmetic.setSmall(operands[i], call.arguments[i].asInt());
    else
      operands[i] = arithmetic.operand(call.arguments[i]);
  }
  arithmetic.power(result, operands[0], operands[1], operands[2]);
  for (unsigned i = 0; i < 3; ++i)
    if (isTemporary[i])
      arithmetic.release(operands[i]);
  return arithmetic.object(header, result);
}

std::optional<Value> divmodOf(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  using enum BinaryOperator;
  Value left = call.argument(0), right = call.argument(1);
  if (abstractOf(m, left) || abstractOf(m, right)) {
    auto quotient = binaryNumber(m, FloorDivide, left, right);
    auto rest = quotient ? binaryNumber(m, Modulo, left, right) : std::nullopt;
    if (!rest)
      return std::nullopt;
    if (quotient->isUnbound() || rest->isUnbound())
      return m.unknown("divmod() of what is not known");
    return m.tuple({*quotient, *rest});
  }
  if (!m.isNumber(left) || !m.isNumber(right))
    return m.raise("TypeError", "unsupported types for __divmod__: '" + m.typeName(left) + "', '" +
                                    m.typeName(right) + "'");
  auto isZero = [&] { return m.numberOf(right) == 0.0; };
  if (floatOf(m, left) || floatOf(m, right) || isZero()) {
    auto quotient = binaryNumber(m, FloorDivide, left, right);
    auto rest = quotient ? binaryNumber(m, Modulo, left, right) : std::nullopt;
    return rest ? std::optional(m.tuple({*quotient, *rest})) : std::nullopt;
  }
  if (!m.heap().get<BigIntObject>(left) && !m.heap().get<BigIntObject>(right)) {
    // The tuple comes first; the items are put in as small ints.
    int64_t a = left.asInt(), b = right.asInt();
    int64_t quotient = a / b, rest = a % b;
    if (rest != 0 && (rest < 0) != (b < 0)) {
      --quotient;
      rest += b;
    }
    return m.tuple({Value::integer(quotient), Value::integer(rest)});
  }
  BigArithmetic arithmetic(m);
  Run restHeader = arithmetic.header();
  Run quotientHeader = arithmetic.header();
  BigNumber quotient, rest;
  arithmetic.divide(quotient, rest, arithmetic.operand(left), arithmetic.operand(right));
  Value quotientValue = arithmetic.object(quotientHeader, quotient);
  return m.tuple({quotientValue, arithmetic.object(restHeader, rest)});
}

/// `int.from_bytes(data, order)`, which some call through an int.
std::optional<Value> fromBytes(Machine &m, const NativeCall &call) {
  llvm::ArrayRef<Value> arguments = call.arguments;
  if (!arguments.empty() && (arguments[0].isInt() || m.heap().get<ClassObject>(arguments[0])))
    arguments = arguments.drop_front();
  Value order = arguments.size() > 1 ? arguments[1] : call.argument(99, "byteorder");
  if (arguments.empty())
    return m.raise("TypeError", "function missing 1 required positional arguments");
  bool isLittle = m.textOf(order) == StringRef("little");
  auto data = requireBuffer(m, arguments[0]);
  if (!data)
    return std::nullopt;
  if (!data->bytes) {
    std::string reason = data->reason.empty() ? "bytes that are not known" : data->reason;
    if (data->length.hi > 7)
      return largeIntOfBytes(m, Interval::atLeast(0), data->length, reason);
    int64_t most = (int64_t{1} << (8 * std::max<int64_t>(0, data->length.hi))) - 1;
    return abstractIntResult(m, {0, most}, reason);
  }
  std::string bytes = std::move(*data->bytes);
  if (isLittle)
    std::reverse(bytes.begin(), bytes.end());
  uint64_t small = 0;
  uint64_t most = (uint64_t{1} << (m.profile().smallIntBits() - 1)) - 1;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (small > most >> 8) {
      APInt large(static_cast<unsigned>(8 * bytes.size()) + 64, 0);
      for (char c : bytes)
        large = large.shl(8) | static_cast<uint8_t>(c);
      return BigArithmetic(m).fromBytes(large, static_cast<int64_t>(bytes.size()));
    }
    small = small << 8 | static_cast<uint8_t>(bytes[i]);
  }
  // mp_obj_new_int_from_uint.
  return m.integer(static_cast<int64_t>(small));
}

std::optional<Value> toBytes(Machine &m, const NativeCall &call) {
  Value lengthValue = call.argument(1, "length");
  auto length = lengthValue.isUnbound() ? std::optional<int64_t>(1) : requireInt(m, lengthValue);
  if (!length)
    return std::nullopt;
  if (*length < 0)
    return m.raise("ValueError");
  Value order = call.argument(2, "byteorder");
  bool isLittle = m.textOf(order) == StringRef("little");
  Value isSignedValue = call.argument(99, "signed");
  bool isSigned = !isSignedValue.isUnbound() && m.truth(isSignedValue) == true;
  Run buffer = m.heap().request(*length + 1);
  auto value = wideIntOf(m, call.argument(0));
  if (!value || *length > kMostContent)
    return m.bytesFrom(buffer, Content::ofLength(Interval::exactly(*length)));
  bool isNegative = value->isNegative();
  bool knowsSigned = m.profile().traits.knowsSignedBytes;
  // Where `signed` is not known, negative numbers are signed.
  isSigned = knowsSigned ? isSigned : isNegative;
  if (m.profile().isCircuitPython()) {
    if (!checkFits(m, call.arguments[0], *length, isSigned))
      return std::nullopt;
  } else {
    if (isNegative && !isSigned)
      return m.raise("OverflowError", "can't convert negative int to unsigned");
    unsigned needed = isSigned ? value->getSignificantBits() : value->getActiveBits();
    if (needed > 8 * static_cast<uint64_t>(*length) && !value->isZero())
      return m.raise("OverflowError", knowsSigned ? "value would overflow a " +
                                                        std::to_string(*length) + " byte buffer"
                                                  : "buffer too small");
  }
  std::string bytes;
  APInt wide = value->sextOrTrunc(static_cast<unsigned>(8 * *length) + 64);
  for (unsigned i = 0; i < static_cast<uint64_t>(*length); ++i)
    bytes += static_cast<char>(wide.extractBitsAsZExtValue(8, 8 * i));
  if (!isLittle)
    std::reverse(bytes.begin(), bytes.end());
  return m.bytesFrom(buffer, Content::of(std::move(bytes)));
}

std::optional<Value> bitLength(Machine &m, const NativeCall &call) {
  auto value = wideIntOf(m, call.argument(0));
  if (!value)
    return m.abstractInt(Interval{0, 64}, reasonOf(m, call.argument(0)));
  return Value::integer(value->sext(value->getBitWidth() + 1).abs().getActiveBits());
}

constexpr NativeRow kRows[] = {
    {"int", makeInt, true, "int"},
    {"float", makeFloat, true, "float"},
    {"bool", makeBool, true, "bool"},
    {"complex", makeComplex, true, "complex"},
    {"abs", absoluteOf, true, "number"},
    {"round", roundOf, true, "number"},
    {"pow", powerOf, true, "number"},
    {"divmod", divmodOf, true, "tuple"},
    {"int.from_bytes", fromBytes, true, "int"},
    {"int.to_bytes", toBytes, true, "bytes"},
    {"int.bit_length", bitLength, true, "int"},
};

} // namespace

llvm::ArrayRef<NativeRow> numberNatives() {
  static const llvm::SmallVector<NativeRow, 0> all = [] {
    llvm::SmallVector<NativeRow, 0> rows(std::begin(kRows), std::end(kRows));
    rows.append(mathNatives().begin(), mathNatives().end());
    rows.append(randomNatives().begin(), randomNatives().end());
    return rows;
  }();
  return all;
}

} // namespace fraglint
