#include "evaluator/packing.h"

#include "evaluator/numbers.h"
#include "evaluator/numbers_big.h"

#include "llvm/ADT/bit.h"

#include <algorithm>
#include <cmath>

namespace fraglint {

using llvm::APInt;
using llvm::StringRef;

namespace {

bool isSigned(char typeCode) { return typeCode > 'Z'; }
bool isFloat(char typeCode) { return typeCode == 'e' || typeCode == 'f' || typeCode == 'd'; }

float halfToFloat(uint32_t half) {
  uint32_t mantissa = half & 0x3ff;
  uint32_t exponent = half >> 10 & 0x1f;
  uint32_t sign = (half & 0x8000U) << 16;
  if (exponent == 0)
    return std::copysign(std::ldexp(static_cast<float>(mantissa), -24), sign != 0 ? -1.0F : 1.0F);
  exponent = exponent == 0x1f ? 0xff : exponent + 112;
  return llvm::bit_cast<float>(sign | exponent << 23 | mantissa << 13);
}

/// Rounds halves up, as the firmware does where the compiler has no half floats.
uint32_t floatToHalf(float value) {
  auto bits = llvm::bit_cast<uint32_t>(value);
  uint32_t mantissa = bits >> 13 & 0x3ff;
  if (bits & (1U << 12))
    ++mantissa;
  int exponent = static_cast<int>(bits >> 23 & 0xff);
  if (exponent == 0xff) {
    exponent = 0x1f;
  } else if (exponent != 0) {
    exponent -= 112;
    if (exponent < 0) {
      mantissa = exponent >= -11 ? (mantissa | 0x400) >> -exponent : 0;
      mantissa = (mantissa >> 1) + (mantissa & 1);
      exponent = 0;
    } else if (exponent > 0x3f) {
      exponent = 0x1f;
      mantissa = 0;
    }
  }
  return (bits >> 16 & 0x8000) | (static_cast<uint32_t>(exponent) << 10 | mantissa);
}

std::string bytesOf(uint64_t bits, int64_t bytes, bool isBigEndian) {
  std::string text;
  for (int64_t i = 0; i < bytes; ++i)
    text += static_cast<char>(bits >> (8 * i) & 0xff);
  if (isBigEndian)
    std::reverse(text.begin(), text.end());
  return text;
}

} // namespace

ItemLayout itemLayout(const FirmwareProfile &profile, char order, char typeCode) {
  bool isNative = order == '@';
  if (!isNative && order != '<' && order != '>')
    return {};
  int64_t bytes = 0;
  switch (typeCode) {
  case 'b':
  case 'B':
    bytes = 1;
    break;
  case 'h':
  case 'H':
  case 'e':
    bytes = 2;
    break;
  case 'i':
  case 'I':
  case 'f':
    bytes = 4;
    break;
  case 'l':
  case 'L':
    bytes = isNative ? profile.wordBytes : 4;
    break;
  case 'q':
  case 'Q':
  case 'd':
    bytes = 8;
    break;
  case 'P':
  case 'O':
  case 'S':
    bytes = profile.wordBytes;
    break;
  default:
    return {};
  }
  if (!isNative)
    return {bytes, 1};
  return {bytes, std::min<int64_t>(bytes, profile.traits.mostAlignment)};
}

bool checkFits(Machine &m, Value value, int64_t bytes, bool isSignedItem) {
  auto wide = wideIntOf(m, value);
  bool isNegative = wide->isNegative();
  unsigned needed = isSignedItem ? wide->getSignificantBits() : wide->getActiveBits();
  bool fits = wide->isZero() ||
              ((isSignedItem || !isNegative) && needed <= 8 * static_cast<uint64_t>(bytes));
  if (m.heap().get<BigIntObject>(value) && (isSignedItem || !isNegative)) {
    auto edge = binaryNumber(m, BinaryOperator::ShiftLeft, Value::integer(1),
                             Value::integer(8 * bytes - (isSignedItem ? 1 : 0)));
    bool isBelow = fits || isNegative;
    if (edge && isSignedItem && isBelow)
      unaryNumber(m, UnaryOperator::Negate, *edge);
  }
  if (!fits)
    m.raise("OverflowError", "value must fit in " + std::to_string(bytes) + " byte(s)");
  return fits;
}

std::optional<std::string> packItem(Machine &m, char typeCode, int64_t bytes, bool isBigEndian,
                                    Value value) {
  if (isFloat(typeCode)) {
    auto real = requireFloat(m, value);
    if (!real)
      return std::nullopt;
    auto single = static_cast<float>(*real);
    uint64_t bits = typeCode == 'd'   ? llvm::bit_cast<uint64_t>(*real)
                    : typeCode == 'f' ? llvm::bit_cast<uint32_t>(single)
                                      : floatToHalf(single);
    return bytesOf(bits, bytes, isBigEndian);
  }
  auto wide = wideIntOf(m, value);
  if (!wide) {
    requireInt(m, value); // raises
    return std::nullopt;
  }
  if (m.profile().isCircuitPython() && !checkFits(m, value, bytes, isSigned(typeCode)))
    return std::nullopt;
  // MicroPython cuts what does not fit.
  return bytesOf(wide->sextOrTrunc(64).getZExtValue(), bytes, isBigEndian);
}

Value unpackItem(Machine &m, char typeCode, StringRef data, bool isBigEndian, bool isArray) {
  uint64_t bits = 0;
  for (size_t i = 0; i < data.size(); ++i)
    bits = bits << 8 | static_cast<uint8_t>(data[isBigEndian ? i : data.size() - 1 - i]);
  if (typeCode == 'e')
    return m.real(static_cast<double>(halfToFloat(static_cast<uint32_t>(bits))));
  if (typeCode == 'f')
    return m.real(static_cast<double>(llvm::bit_cast<float>(static_cast<uint32_t>(bits))));
  if (typeCode == 'd')
    return m.real(llvm::bit_cast<double>(bits));
  if (typeCode == 'O' || typeCode == 'S')
    return m.unknown("what an address in a buffer stands for");
  auto width = static_cast<unsigned>(8 * data.size());
  if (isSigned(typeCode) && width < 64 && (bits >> (width - 1) & 1) != 0)
    bits |= ~uint64_t{0} << width;
  bool isAlwaysLarge = isArray && (typeCode == 'q' || typeCode == 'Q');
  bool fits = isSigned(typeCode) || bits <= static_cast<uint64_t>(INT64_MAX);
  if (!isAlwaysLarge && fits && fitsSmallInt(m.profile(), static_cast<int64_t>(bits)))
    return Value::integer(static_cast<int64_t>(bits));
  APInt value(65, bits);
  if (isSigned(typeCode))
    value = APInt(64, bits).sext(65);
  return BigArithmetic(m).fromLong(value);
}

Value unknownItem(Machine &m, char typeCode, int64_t bytes, bool isArray,
                  const llvm::Twine &reason) {
  if (isFloat(typeCode))
    return abstractFloat(m, reason);
  if (typeCode == 'O' || typeCode == 'S')
    return m.unknown(reason);
  Interval number = Interval::unknown();
  if (bytes < 8) {
    int64_t most = (int64_t{1} << (8 * bytes)) - 1;
    number = isSigned(typeCode) ? Interval{-(most >> 1) - 1, most >> 1} : Interval{0, most};
  } else {
    number =
        isSigned(typeCode) ? Interval{INT64_MIN + 1, INT64_MAX - 1} : Interval{0, INT64_MAX - 1};
  }
  if (isArray && bytes == 8) {
    Value result = m.abstractInt(number, reason);
    m.heap().change<AbstractObject>(result)->header = m.heap().request(m.words(4));
    m.heap().request(8);
    return result;
  }
  return abstractIntResult(m, number, reason);
}

} // namespace fraglint
