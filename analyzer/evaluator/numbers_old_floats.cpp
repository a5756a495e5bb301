#include "evaluator/numbers_old_floats.h"

#include "evaluator/numbers.h"

#include "llvm/ADT/bit.h"

#include <algorithm>
#include <cmath>

namespace fraglint {

namespace {

/// The longest exponent and what belongs to it: `1e+99`, `1e+199`.
template <class Float> constexpr int kLeastBuffer = std::is_same_v<Float, float> ? 6 : 7;

template <class Float> int binaryExponent(Float value) {
  if constexpr (std::is_same_v<Float, float>)
    return static_cast<int>(llvm::bit_cast<uint32_t>(value) >> 23 & 0xffU) - 127;
  else
    return static_cast<int>(llvm::bit_cast<uint64_t>(value) >> 52 & 0x7ffU) - 1023;
}

/// How a float is going to be written: decided before any digit.
struct Plan {
  char format = 'g'; ///< e, f, g
  int precision = 0;
  int exponent = 0;   ///< absolute value
  char exponentSign = 0;
  int firstDigit = 0; ///< power of ten of the first digit
  int dot = 0;        ///< digits before the dot, less one
  int digits = 0;
};

template <class Float> Float powerOf10(int exponent) {
  return std::pow(Float(10), static_cast<Float>(exponent));
}

template <class Float> void planZero(Plan &plan, int room) {
  if (plan.format == 'f') {
    plan.precision = std::min(plan.precision, room - 2);
    plan.digits = plan.precision + 1;
  } else {
    plan.precision = std::min(plan.precision, room - 6);
    if (plan.format == 'e')
      plan.exponentSign = '+';
  }
}

/// Of a value below 1; scales it where an exponent is written.
template <class Float> void planSmall(Plan &plan, Float &value, int guess, int room) {
  int e = -guess;
  Float unit = powerOf10<Float>(-e);
  while (unit > value)
    unit = powerOf10<Float>(-++e);
  plan.exponent = e;
  if (plan.format == 'f' || (plan.format == 'g' && e <= 4)) {
    if (plan.format == 'g')
      plan.precision += e - 1;
    plan.format = 'f';
    plan.precision = std::min(plan.precision, room - 2);
    plan.digits = plan.precision + 1;
    return;
  }
  value /= unit;
  plan.exponentSign = '-';
  if (plan.precision > room - kLeastBuffer<Float>) {
    plan.precision = room - kLeastBuffer<Float>;
    if (plan.format == 'g')
      ++plan.precision;
  }
  plan.firstDigit = -e;
}

template <class Float> void planLarge(Plan &plan, Float value, int guess, int room) {
  int e = guess;
  while (value >= powerOf10<Float>(e + 1))
    ++e;
  plan.exponent = e;
  if (plan.format == 'f') {
    if (e >= room) {
      plan.format = 'e';
    } else if (e + plan.precision + 2 > room) {
      plan.precision = room - e - 2;
      if (plan.precision < 0)
        ++plan.precision;
    }
  }
  if (plan.format == 'e')
    plan.precision = std::min(plan.precision, room - kLeastBuffer<Float>);
  if (plan.format == 'g')
    plan.precision = std::min(plan.precision, room - (kLeastBuffer<Float> - 1));
  if (plan.format == 'g' && e < plan.precision) {
    plan.format = 'f';
    plan.precision -= e + 1;
  }
  if (plan.format == 'f') {
    plan.dot = e;
    plan.digits = plan.precision + e + 1;
  } else {
    plan.exponentSign = '+';
  }
  plan.firstDigit = e;
}

/// Adds one to the last digit. Gives whether a digit had to be put in front.
bool roundUp(std::string &text) {
  for (size_t i = text.size(); i-- > 0;) {
    if (text[i] == '.')
      continue;
    if (text[i] < '9') {
      ++text[i];
      return false;
    }
    text[i] = '0';
  }
  return true;
}

template <class Float> std::string written(Float value, int room, char format, int precision) {
  char exponentLetter = static_cast<char>('E' | (format & 0x20));
  Plan plan;
  plan.format = static_cast<char>(format | 0x20);
  bool isGeneral = plan.format == 'g';
  plan.precision = precision < 0 ? 6 : precision;
  if (isGeneral && plan.precision == 0)
    plan.precision = 1;
  int guess = static_cast<int>(static_cast<Float>(binaryExponent(value)) *
                               static_cast<Float>(0.3010299956639812));
  if (value == 0)
    planZero<Float>(plan, room);
  else if (value < 1)
    planSmall<Float>(plan, value, guess, room);
  else
    planLarge<Float>(plan, value, guess, room);
  plan.precision = std::max(plan.precision, 0);
  if (plan.format == 'e') {
    plan.digits = plan.precision + 1;
  } else if (plan.format == 'g') {
    plan.precision = std::max(plan.precision, 1);
    plan.digits = plan.precision;
  }

  // One digit more than is shown decides about rounding.
  std::string text;
  int digit = 0;
  int left = plan.digits, dot = plan.dot;
  for (int place = plan.firstDigit; left >= 0; --place) {
    Float unit = place > 0 ? powerOf10<Float>(place) : Float(1);
    for (digit = 0; digit < 9 && value >= unit; ++digit)
      value -= unit;
    if (left > 0) {
      text += static_cast<char>('0' + digit);
      if (dot == 0 && plan.precision > 0)
        text += '.';
    }
    --dot;
    --left;
    if (place <= 0)
      value *= Float(10);
  }
  if (digit >= 5 && roundUp(text)) {
    if (text.size() > 1 && text[1] == '.' && plan.format != 'f') {
      // 9.99 became 10.0: the dot moves.
      text[0] = '.';
      text[1] = '0';
      plan.exponent += plan.exponentSign == '-' ? -1 : 1;
      if (plan.exponentSign == '-' && plan.exponent == 0)
        plan.exponentSign = '+';
      text.pop_back();
      text.insert(0, 1, '1');
    } else {
      if (static_cast<int>(text.size()) >= room)
        text.pop_back();
      text.insert(0, 1, '1');
    }
  }
  if (isGeneral && plan.precision > 0) {
    while (text.back() == '0')
      text.pop_back();
    if (text.back() == '.')
      text.pop_back();
  }
  if (plan.exponentSign != 0) {
    text += exponentLetter;
    text += plan.exponentSign;
    if (kLeastBuffer<Float> == 7 && plan.exponent >= 100)
      text += static_cast<char>('0' + plan.exponent / 100);
    text += static_cast<char>('0' + plan.exponent / 10 % 10);
    text += static_cast<char>('0' + plan.exponent % 10);
  }
  return text;
}

} // namespace

std::string oldFloatText(const FirmwareProfile &profile, double value, int room, char format,
                         int precision) {
  if (isSinglePrecision(profile))
    return written<float>(static_cast<float>(value), room, format, precision);
  return written<double>(value, room, format, precision);
}

} // namespace fraglint
