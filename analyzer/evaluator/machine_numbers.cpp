// What Machine knows of numbers: making them as the firmware holds them, and looking at them.

#include "evaluator/containers.h"
#include "evaluator/numbers.h"
#include "evaluator/numbers_big.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/bit.h"

#include <cmath>

namespace fraglint {

using llvm::APInt;

namespace {

/// A float in the word lacks its two lowest bits (py/obj.h, representation C). From 1.26 on,
/// reading it fills them with copies of the two above.
float inWord(float value, bool isFilled) {
  auto bits = llvm::bit_cast<uint32_t>(value) & ~3U;
  if (isFilled)
    bits |= (bits >> 2) & 3U;
  return llvm::bit_cast<float>(bits);
}

} // namespace

double heldFloat(const FirmwareProfile &profile, double value) {
  if (!isSinglePrecision(profile))
    return value;
  auto single = static_cast<float>(value);
  if (profile.floats == FloatKind::Word30 && !std::isnan(single))
    single = inWord(single, profile.traits.roundsWordFloats);
  return static_cast<double>(single);
}

double Machine::rounded(double value) const { return heldFloat(profile_, value); }

Value Machine::real(double value) {
  value = rounded(value);
  if (!profile_.boxesFloats())
    return Value::real(value);
  auto &made = heap_.make<BoxedFloatObject>();
  made.value = value;
  bool isWide = profile_.floats == FloatKind::Boxed64 && profile_.wordBytes == 4;
  allocate(made, isWide ? 3 : 2);
  return Value::object(made.id);
}

Value Machine::integer(const APInt &value) {
  APInt shortest = trimmed(value);
  if (shortest.getBitWidth() == 64)
    return integer(shortest.getSExtValue());
  return BigArithmetic(*this).fromBytes(shortest, BigArithmetic::length(shortest) *
                                                      BigArithmetic::kDigitBytes);
}

Value Machine::integer(int64_t value) {
  if (fitsSmallInt(profile_, value))
    return Value::integer(value);
  return BigArithmetic(*this).fromLong(APInt(64, static_cast<uint64_t>(value), true));
}

std::optional<int64_t> Machine::intOf(Value value) const {
  if (value.isInt() || value.isBool())
    return value.asInt();
  if (const auto *big = heap_.get<BigIntObject>(value))
    if (big->value.getSignificantBits() <= 64)
      return big->value.getSExtValue();
  return std::nullopt;
}

std::optional<double> Machine::numberOf(Value value) const {
  if (auto real = floatOf(*this, value))
    return real;
  // Of the absolute value, since LLVM's signed rounding is wrong for 65 bits.
  if (auto wide = wideIntOf(*this, value)) {
    double size = wide->sext(wide->getBitWidth() + 1).abs().roundToDouble();
    return wide->isNegative() ? -size : size;
  }
  return std::nullopt;
}

bool Machine::isNumber(Value value) const {
  return value.isInt() || value.isBool() || value.isFloat() || heap_.get<BigIntObject>(value) ||
         heap_.get<BoxedFloatObject>(value);
}

ObjectId Machine::moduleState(llvm::StringRef name) {
  ObjectId &id = moduleStates_[name];
  if (id == 0) {
    auto &state = heap_.make<OpaqueObject>();
    state.type = name.str();
    id = state.id;
  }
  return id;
}

bool fitsSmallInt(const FirmwareProfile &profile, int64_t value) {
  unsigned bits = profile.smallIntBits();
  int64_t most = (int64_t{1} << (bits - 1)) - 1;
  return value >= -most - 1 && value <= most;
}

std::optional<APInt> wideIntOf(const Machine &m, Value value) {
  if (value.isInt() || value.isBool())
    return APInt(64, static_cast<uint64_t>(value.asInt()), /*isSigned=*/true);
  if (const auto *big = m.heap().get<BigIntObject>(value))
    return trimmed(big->value);
  return std::nullopt;
}

std::optional<double> floatOf(const Machine &m, Value value) {
  if (value.isFloat())
    return value.asReal();
  if (const auto *boxed = m.heap().get<BoxedFloatObject>(value))
    return boxed->value;
  return std::nullopt;
}

double intAsFloat(const FirmwareProfile &profile, const APInt &value) {
  if (value.getSignificantBits() <= 64) {
    int64_t whole = value.getSExtValue();
    if (fitsSmallInt(profile, whole))
      return inPrecision(profile, [&](auto zero) { return static_cast<decltype(zero)>(whole); });
  }
  // mpz_as_float: digit by digit, each step rounded.
  constexpr unsigned kDigitBits = 16;
  APInt magnitude = value.sext(value.getBitWidth() + 1).abs();
  unsigned digits = (magnitude.getActiveBits() + kDigitBits - 1) / kDigitBits;
  magnitude = magnitude.zext(std::max(magnitude.getBitWidth(), digits * kDigitBits));
  double result = inPrecision(profile, [&](auto sum) {
    using Float = decltype(sum);
    auto base = static_cast<Float>(uint64_t{1} << kDigitBits);
    for (unsigned i = digits; i-- > 0;)
      sum = sum * base +
            static_cast<Float>(magnitude.extractBitsAsZExtValue(kDigitBits, i * kDigitBits));
    return sum;
  });
  return value.isNegative() ? -result : result;
}

namespace {

/// What the instance says that it is as a number.
std::optional<Value> converted(Machine &m, Value value, llvm::StringRef method) {
  if (!m.heap().get<InstanceObject>(value) || !hasMethod(m, value, method))
    return value;
  return m.callMethod(value, method, {});
}

} // namespace

std::optional<double> requireFloat(Machine &m, Value given) {
  std::optional<Value> number = converted(m, given, "__float__");
  if (!number)
    return std::nullopt;
  Value value = *number;
  if (auto real = floatOf(m, value))
    return real;
  if (auto wide = wideIntOf(m, value))
    return intAsFloat(m.profile(), *wide);
  return m.raise("TypeError", "can't convert " + m.typeName(value) + " to float");
}

std::optional<int64_t> requireInt(Machine &m, Value given) {
  std::optional<Value> number = converted(m, given, "__int__");
  if (!number)
    return std::nullopt;
  Value value = *number;
  auto wide = wideIntOf(m, value);
  if (!wide)
    return m.raise("TypeError", "can't convert " + m.typeName(value) + " to int");
  if (wide->getSignificantBits() > 8U * m.profile().wordBytes)
    return m.raise("OverflowError", "overflow converting long int to machine word");
  return wide->getSExtValue();
}

std::optional<Value> intFromFloat(Machine &m, double value) {
  if (std::isinf(value))
    return m.raise("OverflowError", "can't convert inf to int");
  if (std::isnan(value))
    return m.raise("ValueError", "can't convert NaN to int");
  // mp_classify_fp_as_int looks at the exponent only, but for the least small int.
  double limit = std::ldexp(1.0, static_cast<int>(m.profile().smallIntBits()) - 1);
  if (value >= -limit && value < limit)
    return Value::integer(static_cast<int64_t>(value));
  return BigArithmetic(m).fromFloat(value);
}

std::string intText(const Machine &m, Value value) {
  auto wide = wideIntOf(m, value);
  if (!wide)
    return {};
  llvm::SmallString<32> text;
  wide->toString(text, 10, /*Signed=*/true);
  return text.str().str();
}

} // namespace fraglint
