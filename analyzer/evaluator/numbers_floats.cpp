// Floats as text and from text: py/formatfloat.c and py/parsenum.c. The way of the firmware since
// 1.27 (MICROPY_FLOAT_FORMAT_IMPL) is here; that of older ones in numbers_old_floats.cpp.

#include "evaluator/numbers.h"
#include "evaluator/numbers_old_floats.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/bit.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace fraglint {

namespace {

/// What the two precisions differ in.
struct SingleTraits {
  using Float = float;
  using Large = float; ///< what decimal exponents are computed with
  using Whole = uint32_t;
  static constexpr int kLeastBuffer = 6;
  static constexpr int kMostDigits = 9;
  static constexpr int kSafeDigits = 6;
  static constexpr bool kIsExact = false;
  static constexpr Whole kMostMantissa = 0x19999998U;
  static constexpr int kExactPowerOf5 = 10;
  static constexpr int kExactPowerOf10 = 9; ///< before 1.27
  static constexpr int kLeastExponent = -37;
};

struct DoubleTraits {
  using Float = double;
  using Large = long double;
  using Whole = uint64_t;
  static constexpr int kLeastBuffer = 7;
  static constexpr int kMostDigits = 19;
  static constexpr int kSafeDigits = 16;
  static constexpr bool kIsExact = true;
  static constexpr Whole kMostMantissa = 0x1999999999999998ULL;
  static constexpr int kExactPowerOf10 = 22;
  static constexpr int kLeastExponent = -307;
};

/// `number` times a power of ten.
template <class T> typename T::Large scaled(typename T::Large number, int exponent) {
  if (exponent == 0 || number == 0)
    return number;
  if constexpr (T::kIsExact) {
    bool isNegative = exponent < 0;
    auto left = static_cast<unsigned>(std::abs(exponent));
    typename T::Large power = 10;
    while (left != 0) {
      if (left & 1U)
        number = isNegative ? number / power : number * power;
      left >>= 1;
      if (left != 0)
        power *= power;
    }
    return number;
  } else {
    // First by a power of two in the exponent field, which wraps as the firmware's does.
    auto bits = llvm::bit_cast<uint32_t>(number);
    uint32_t field = ((bits >> 23) + static_cast<uint32_t>(exponent)) & 0xffU;
    number = llvm::bit_cast<float>((bits & 0x807fffffU) | field << 23);
    if (exponent < 0 && exponent >= -T::kExactPowerOf5)
      return number / std::pow(5.0F, static_cast<float>(-exponent));
    return number * std::pow(5.0F, static_cast<float>(exponent));
  }
}

/// The same before 1.27.
template <class T> typename T::Float scaledAsBefore(typename T::Float number, int exponent) {
  using Float = typename T::Float;
  if (exponent < T::kLeastExponent) {
    exponent -= T::kLeastExponent;
    number *= std::is_same_v<Float, float> ? Float(1e-37) : Float(1e-307);
  }
  if (exponent < 0 && exponent >= -T::kExactPowerOf10)
    return number / std::pow(Float(10), static_cast<Float>(-exponent));
  return number * std::pow(Float(10), static_cast<Float>(exponent));
}

/// A decimal number without sign, and how many characters it is; nothing for an exponent without
/// digits.
template <class T>
std::optional<std::pair<typename T::Float, size_t>> parsed(llvm::StringRef text,
                                                           bool isOld = false) {
  using Whole = typename T::Whole;
  enum class In { Integer, Fraction, Exponent } in = In::Integer;
  Whole mantissa = 0;
  bool isExponentNegative = false;
  int exponent = 0, extra = 0, integerZeros = 0, fractionZeros = 0;
  auto accept = [&](unsigned digit, In where) {
    if (mantissa < T::kMostMantissa) {
      if (where == In::Fraction)
        --extra;
      mantissa = static_cast<Whole>(10U * mantissa + digit);
    } else if (where == In::Integer) {
      ++extra;
    }
  };
  size_t i = 0;
  for (; i < text.size(); ++i) {
    char c = text[i];
    if (llvm::isDigit(c)) {
      auto digit = static_cast<unsigned>(c - '0');
      if (in == In::Exponent) {
        if (exponent < (std::numeric_limits<int>::max() / 2 - 9) / 10)
          exponent = 10 * exponent + static_cast<int>(digit);
      } else if (digit == 0 || mantissa >= T::kMostMantissa) {
        // Zeros count only when another digit follows.
        ++(in == In::Integer ? integerZeros : fractionZeros);
      } else {
        for (; integerZeros > 0; --integerZeros)
          accept(0, In::Integer);
        for (; fractionZeros > 0; --fractionZeros)
          accept(0, In::Fraction);
        accept(digit, in);
      }
    } else if (in == In::Integer && c == '.') {
      in = In::Fraction;
    } else if (in != In::Exponent && (c == 'e' || c == 'E')) {
      in = In::Exponent;
      if (i + 1 < text.size() && (text[i + 1] == '+' || text[i + 1] == '-'))
        isExponentNegative = text[++i] == '-';
      if (i + 1 == text.size())
        return std::nullopt;
    } else if (c != '_') {
      break;
    }
  }
  int power = (isExponentNegative ? -exponent : exponent) + extra + integerZeros;
  if (isOld)
    return std::pair{scaledAsBefore<T>(static_cast<typename T::Float>(mantissa), power), i};
  auto result = scaled<T>(static_cast<typename T::Large>(mantissa), power);
  return std::pair{static_cast<typename T::Float>(result), i};
}

/// One way to write a float: digits of its mantissa, and where dot and zeros go.
struct Layout {
  std::string before; ///< zeros that lead
  int digits = 0;
  int mostZeros = 0; ///< largest exponent that is written as zeros
  int zerosAfter = 0;
  int dot = 0; ///< digits before it, less one
  int exponent = 0;
};

constexpr int kNoDot = 255;

std::string zerosBefore(int count) { return "0." + std::string(std::max(count, 0), '0'); }

std::string exponentText(char format, int exponent) {
  std::string text(1, format);
  text += exponent < 0 ? '-' : '+';
  int size = std::abs(exponent);
  if (size >= 100)
    text += static_cast<char>('0' + size / 100);
  text += static_cast<char>('0' + size / 10 % 10);
  text += static_cast<char>('0' + size % 10);
  return text;
}

template <class Whole>
std::string written(Whole mantissa, Whole limit, Layout layout, char format) {
  bool isFixed = (format | 0x20) == 'f', isGeneral = (format | 0x20) == 'g';
  if (mantissa != 0 && mantissa >= limit) {
    if (isFixed) {
      ++layout.digits;
      ++layout.dot;
    } else {
      mantissa /= 10;
      ++layout.exponent;
    }
  }
  std::string text = layout.before;
  if (isGeneral && layout.exponent > 0) {
    if (layout.exponent < layout.mostZeros) {
      layout.dot += layout.exponent;
      if (layout.dot >= layout.digits)
        layout.zerosAfter = layout.dot - (layout.digits - 1);
      layout.exponent = 0;
    }
  } else if (isGeneral && layout.exponent < 0 && layout.exponent >= -4) {
    int cut = 0;
    while (layout.exponent < 0 && mantissa % 10 == 0) {
      mantissa /= 10;
      ++cut;
      ++layout.exponent;
    }
    layout.digits -= cut;
    text += zerosBefore(cut - layout.exponent - 1);
    layout.dot = kNoDot;
    layout.exponent = 0;
  }
  std::string digits(static_cast<size_t>(std::max(layout.digits, 0)), '0');
  for (size_t i = digits.size(); i-- > 0; mantissa /= 10)
    digits[i] = static_cast<char>('0' + static_cast<int>(mantissa % 10));
  bool hasDot = layout.dot >= kNoDot;
  if (layout.dot + 1 < layout.digits) {
    hasDot = true;
    digits.insert(static_cast<size_t>(layout.dot) + 1, 1, '.');
  }
  text += digits;
  int untilDot = layout.dot - (layout.digits - 1);
  for (int i = 0; i < layout.zerosAfter; ++i) {
    if (untilDot-- == 0) {
      text += '.';
      hasDot = true;
    }
    text += '0';
  }
  if (isGeneral && hasDot) {
    while (text.back() == '0')
      text.pop_back();
    if (text.back() == '.')
      text.pop_back();
  }
  if ((layout.exponent != 0 || (!isFixed && !isGeneral)) && !isFixed)
    text += exponentText(static_cast<char>('E' | (format & 0x20)), layout.exponent);
  return text;
}

/// Differences that the firmware does not see, since its word has no room for them.
float difference(const FirmwareProfile &profile, float a, float b) {
  if (profile.floats != FloatKind::Word30)
    return a - b;
  auto cut = [](float value) {
    return llvm::bit_cast<float>(llvm::bit_cast<uint32_t>(value) & ~3U);
  };
  return cut(a) - cut(b);
}

template <class T>
std::string formatted(const FirmwareProfile &profile, typename T::Float value, int room,
                      char format, int precision) {
  using Float = typename T::Float;
  using Large = typename T::Large;
  using Whole = typename T::Whole;
  bool isFixed = (format | 0x20) == 'f', isGeneral = (format | 0x20) == 'g';
  if (precision < 0)
    precision = 6;
  int mostZeros = std::min(precision, room - 3);
  if (precision == kReprPrecision) {
    precision = T::kMostDigits;
    mostZeros = 16;
  }
  // The decimal exponent.
  int e = 0;
  if (value != 0) {
    int binary = 0;
    if constexpr (std::is_same_v<Float, float>)
      binary = static_cast<int>(llvm::bit_cast<uint32_t>(value) >> 23) - 127;
    else
      binary = static_cast<int>(llvm::bit_cast<uint64_t>(value) >> 52) - 1023;
    e = static_cast<int>(static_cast<Float>(binary) * static_cast<Float>(0.3010299956639812));
    int isPositive = value < 1 ? 0 : 1;
    auto base = static_cast<Float>(scaled<T>(Large(1), e + isPositive));
    while ((value >= base ? 1 : 0) == isPositive) {
      e += isPositive ? 1 : -1;
      base = static_cast<Float>(scaled<T>(Large(1), e + isPositive));
    }
  }
  if (isFixed && e > 0 && e + precision + 2 > room) {
    isFixed = false;
    isGeneral = true;
    format = static_cast<char>('G' | (format & 0x20));
    ++precision;
  }
  int mostDigits = precision;
  int leadingZeros = 0, trailingZeros = 0;
  if (isFixed) {
    mostDigits = std::min(mostDigits, room - 3);
    if (e < 0) {
      if (mostDigits > 2 && e < -2) {
        leadingZeros = std::min(-e, mostDigits) - 2;
        mostDigits -= leadingZeros;
      } else {
        ++mostDigits;
      }
    } else {
      mostDigits += e + 1;
    }
  } else if (!isGeneral || mostDigits == 0) {
    ++mostDigits;
  }
  if (mostDigits > T::kMostDigits) {
    trailingZeros = mostDigits - T::kMostDigits;
    mostDigits = T::kMostDigits;
  }
  int overhead = isFixed ? 3 : T::kLeastBuffer + 1;
  trailingZeros = std::min(trailingZeros, room - mostDigits - overhead);

  for (int digits = std::min(T::kSafeDigits, mostDigits);; ++digits) {
    Layout layout;
    layout.digits = digits;
    layout.mostZeros = mostZeros;
    layout.zerosAfter = trailingZeros + (mostDigits - digits);
    layout.exponent = e;
    int power = 0;
    if (value != 0 && isFixed) {
      power = digits - 1;
      if (e < 0) {
        if (leadingZeros > 0) {
          layout.before = zerosBefore(leadingZeros);
          power += leadingZeros + 1;
          layout.dot = kNoDot;
        }
      } else {
        power -= e;
        layout.dot = e;
      }
    } else if (value != 0) {
      power = digits - e - 1;
    }
    Whole limit = 10;
    for (int i = 1; i < digits; ++i)
      limit = static_cast<Whole>(limit * 10);
    Whole mantissa = 1;
    if (sizeof(Large) == sizeof(Float) && digits > T::kSafeDigits && power > 1) {
      bool isTwo = digits > T::kSafeDigits + 1 && power > 2;
      mantissa = isTwo ? 100 : 10;
      power -= isTwo ? 2 : 1;
    }
    mantissa = static_cast<Whole>(mantissa *
                                  static_cast<Whole>(scaled<T>(Large(value), power) + Large(0.5)));
    std::string text = written(mantissa, limit, layout, format);
    auto reread = [&] {
      auto back = parsed<T>(text);
      return back ? back->first : Float(0);
    };
    if constexpr (T::kIsExact) {
      if (digits < mostDigits && reread() != value)
        continue;
      return text;
    } else {
      // Digits were computed with too little precision: look around for those that read back.
      float diff = difference(profile, reread(), value);
      float bestDiff = diff;
      Whole best = mantissa;
      if (diff == 0)
        return text;
      Whole step = 1;
      if (digits > T::kSafeDigits)
        step <<= 3 * (digits - T::kSafeDigits);
      bool isRetried = false;
      for (int runs = 3 + 3 * (T::kMostDigits - T::kSafeDigits); runs-- > 0;) {
        mantissa = std::signbit(diff) ? mantissa + step : mantissa - step;
        text = written(mantissa, limit, layout, format);
        diff = difference(profile, reread(), value);
        if (diff == 0)
          return text;
        float delta = std::fabs(diff) - std::fabs(bestDiff);
        if (std::signbit(delta) || (delta == 0 && mantissa % 10 == 0)) {
          bestDiff = diff;
          best = mantissa;
        }
        if (step > 1) {
          step >>= 1;
        } else {
          isRetried = digits < mostDigits;
          if (!isRetried && mantissa != best)
            text = written(best, limit, layout, format);
          break;
        }
      }
      if (!isRetried)
        return text;
    }
  }
}

} // namespace

std::string formatFloat(const FirmwareProfile &profile, double value, size_t bufferBytes,
                        char format, int precision, char sign) {
  int room = static_cast<int>(bufferBytes);
  std::string text;
  if (std::signbit(value) && !std::isnan(value)) {
    text += '-';
    value = -value;
  } else if (sign != 0) {
    text += sign;
  }
  bool isLower = (format & 0x20) != 0;
  if (std::isinf(value))
    return text + (isLower ? "inf" : "INF");
  if (std::isnan(value))
    return text + (isLower ? "nan" : "NAN");
  if (!profile.traits.printsFloatsExactly)
    return text + oldFloatText(profile, value, room - 1 - static_cast<int>(text.size()), format,
                               precision);
  room -= static_cast<int>(text.size());
  if (isSinglePrecision(profile))
    return text +
           formatted<SingleTraits>(profile, static_cast<float>(value), room, format, precision);
  return text + formatted<DoubleTraits>(profile, value, room, format, precision);
}

namespace {

/// Digits of a float's text, before firmware that looks for the fewest that read back.
int oldTextDigits(const FirmwareProfile &profile) {
  return !isSinglePrecision(profile) ? 16 : profile.floats == FloatKind::Word30 ? 6 : 7;
}

} // namespace

Interval floatTextLength(const FirmwareProfile &profile) {
  bool isSingle = isSinglePrecision(profile);
  int digits = !profile.traits.printsFloatsExactly ? oldTextDigits(profile)
               : isSingle                          ? SingleTraits::kMostDigits
                                                   : DoubleTraits::kMostDigits;
  int exponent = isSingle ? 4 : 5; // `e-37`, `e-307`
  return {3, 2 + digits + exponent};
}

std::string floatText(const FirmwareProfile &profile, double value) {
  std::string text;
  if (!profile.traits.printsFloatsExactly) {
    text = formatFloat(profile, value, isSinglePrecision(profile) ? 16 : 32, 'g',
                       oldTextDigits(profile), 0);
  } else {
    text = formatFloat(profile, value, 33, 'g', kReprPrecision, 0);
  }
  if (llvm::StringRef(text).find_first_of(".en") == llvm::StringRef::npos)
    text += ".0";
  return text;
}

std::optional<std::pair<double, size_t>> parseDecimal(const FirmwareProfile &profile,
                                                      llvm::StringRef text) {
  bool isOld = !profile.traits.printsFloatsExactly;
  if (isSinglePrecision(profile)) {
    auto single = parsed<SingleTraits>(text, isOld);
    if (!single)
      return std::nullopt;
    return std::pair{static_cast<double>(single->first), single->second};
  }
  return parsed<DoubleTraits>(text, isOld);
}

} // namespace fraglint
