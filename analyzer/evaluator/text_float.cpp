/// Floats in fields. After MicroPython 1.29's mp_format_float (py/formatfloat.c): digits are taken
/// six (doubles: sixteen) at first, and more only where these do not give the number again.

#include "evaluator/text_print.h"

#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace fraglint {

namespace {

/// Of the buffer on the firmware's stack, what is there for sign and digits.
constexpr int kRoom = 33;

struct Precision {
  int safe;
  int most;
};

Precision precisionOf(FloatKind kind) {
  return kind == FloatKind::Boxed64 ? Precision{16, 19} : Precision{6, 9};
}

bool isSame(FloatKind kind, const std::string &text, double value) {
  if (kind == FloatKind::Boxed64)
    return std::strtod(text.c_str(), nullptr) == value;
  auto bits = std::bit_cast<uint32_t>(std::strtof(text.c_str(), nullptr));
  auto wanted = std::bit_cast<uint32_t>(static_cast<float>(value));
  uint32_t kept = kind == FloatKind::Word30 ? ~3U : ~0U;
  return (bits & kept) == (wanted & kept);
}

/// The decimal exponent of the first digit.
int exponentOf(double value) {
  if (value == 0)
    return 0;
  int exponent = static_cast<int>(std::floor(std::log10(value)));
  auto power = [](int e) { return std::pow(10.0L, e); };
  while (power(exponent) > value)
    --exponent;
  while (power(exponent + 1) <= value)
    ++exponent;
  return exponent;
}

/// `value * 10**shift` as an integer, halves rounded up as the firmware rounds.
std::string digitsOf(FloatKind kind, double value, int shift) {
  long double scaled = value * std::pow(10.0L, shift);
  if (kind != FloatKind::Boxed64)
    scaled = static_cast<double>(scaled);
  return std::to_string(static_cast<unsigned long long>(scaled + 0.5L));
}

std::string exponentText(int exponent, bool isUpper) {
  std::string text(1, isUpper ? 'E' : 'e');
  text += exponent < 0 ? '-' : '+';
  int size = std::abs(exponent);
  if (size < 10)
    text += '0';
  return text + std::to_string(size);
}

void dropZeros(std::string &text) {
  if (text.find('.') == std::string::npos)
    return;
  while (text.back() == '0')
    text.pop_back();
  if (text.back() == '.')
    text.pop_back();
}

/// Of `digits` before and behind a point that follows the first `before` ones.
std::string withPoint(std::string digits, int before) {
  if (before < static_cast<int>(digits.size()))
    digits.insert(static_cast<size_t>(before), ".");
  return digits;
}

class FloatFormatter {
public:
  FloatFormatter(FloatKind kind, double value, bool isUpper, int room)
      : kind_(kind), value_(value), isUpper_(isUpper), room_(room), exponent_(exponentOf(value)),
        limits_(precisionOf(kind)) {}

  int exponent() const { return exponent_; }

  std::string fixed(int decimals) const {
    int most = std::min(decimals, room_ - 3);
    int zeros = 0; ///< behind the point, before the digits that are looked at
    if (exponent_ >= 0) {
      most += exponent_ + 1;
    } else if (most > 2 && exponent_ < -2) {
      zeros = std::min(-exponent_, most) - 2;
      most -= zeros;
    } else {
      ++most;
    }
    int shown = std::min(decimals, room_ - 3);
    most = std::min(most, limits_.most);
    std::string text;
    for (int count = std::min(limits_.safe, most);; ++count) {
      int places = exponent_ >= 0 ? count - 1 - exponent_ : zeros > 0 ? zeros + count : count - 1;
      text = fixedWith(places);
      if (count >= most || isSame(kind_, text, value_))
        break;
    }
    size_t point = text.find('.');
    int have = point == std::string::npos ? 0 : static_cast<int>(text.size() - point) - 1;
    if (shown > have) {
      if (point == std::string::npos)
        text += '.';
      int added = std::min(shown - have, std::max(0, room_ - 1 - static_cast<int>(text.size())));
      text.append(static_cast<size_t>(added), '0');
    }
    return text;
  }

  std::string scientific(int decimals) const {
    auto [digits, exponent] = significant(decimals + 1);
    int wanted = std::min(decimals + 1, room_ - (kind_ == FloatKind::Boxed64 ? 8 : 7));
    if (static_cast<int>(digits.size()) < wanted)
      digits.append(static_cast<size_t>(wanted) - digits.size(), '0');
    return withPoint(digits, 1) + exponentText(exponent, isUpper_);
  }

  std::string general(int precision) const {
    auto [digits, exponent] = significant(std::max(precision, 1));
    if (exponent >= 0 && (exponent == 0 || exponent < std::min(precision, room_ - 3))) {
      if (exponent >= static_cast<int>(digits.size()))
        digits.append(static_cast<size_t>(exponent + 1) - digits.size(), '0');
      std::string text = withPoint(digits, exponent + 1);
      dropZeros(text);
      return text;
    }
    if (exponent < 0 && exponent >= -4) {
      std::string text = "0." + std::string(static_cast<size_t>(-exponent - 1), '0') + digits;
      dropZeros(text);
      return text;
    }
    std::string text = withPoint(digits, 1);
    dropZeros(text);
    return text + exponentText(exponent, isUpper_);
  }

private:
  std::string fixedWith(int places) const {
    std::string digits = digitsOf(kind_, value_, places);
    if (places <= 0)
      return value_ == 0 ? "0" : digits + std::string(static_cast<size_t>(-places), '0');
    auto least = static_cast<size_t>(places) + 1;
    if (digits.size() < least)
      digits.insert(0, least - digits.size(), '0');
    digits.insert(digits.size() - static_cast<size_t>(places), ".");
    return digits;
  }

  /// At most so many significant digits, and the exponent of the first.
  std::pair<std::string, int> significant(int wanted) const {
    int most = std::min(wanted, limits_.most);
    for (int count = std::min(limits_.safe, most);; ++count) {
      std::string digits = digitsOf(kind_, value_, count - exponent_ - 1);
      int exponent = exponent_;
      if (static_cast<int>(digits.size()) > count) {
        digits.pop_back();
        ++exponent;
      }
      if (static_cast<int>(digits.size()) < count)
        digits.insert(0, static_cast<size_t>(count) - digits.size(), '0');
      if (count >= most ||
          isSame(kind_, withPoint(digits, 1) + exponentText(exponent, false), value_))
        return {digits, exponent};
    }
  }

  FloatKind kind_;
  double value_;
  bool isUpper_;
  int room_;
  int exponent_;
  Precision limits_;
};

} // namespace

std::string formatFloat(FloatKind kind, double value, char format, int precision, char sign) {
  std::string start;
  bool isUpper = format >= 'A' && format <= 'Z';
  if (std::signbit(value) && !std::isnan(value)) {
    value = -value;
    sign = '-';
  }
  if (sign)
    start.push_back(sign);
  if (std::isinf(value))
    return start + (isUpper ? "INF" : "inf");
  if (std::isnan(value))
    return start + (isUpper ? "NAN" : "nan");
  if (precision < 0)
    precision = 6;
  int room = kRoom - static_cast<int>(start.size());
  FloatFormatter formatter(kind, value, isUpper, room);
  switch (format) {
  case 'f':
  case 'F':
    if (formatter.exponent() > 0 && formatter.exponent() + precision + 2 > room)
      return start + formatter.general(precision + 1);
    return start + formatter.fixed(precision);
  case 'e':
  case 'E':
    return start + formatter.scientific(precision);
  default:
    return start + formatter.general(precision);
  }
}

void printFloat(const Machine &m, double value, char format, FieldLayout layout, TextSink sink) {
  char sign = layout.showsSign ? '+' : layout.spacesSign ? ' ' : 0;
  std::string text = formatFloat(m.profile().floats, value, format, layout.precision, sign);
  if (layout.addsPercent)
    text += '%';
  llvm::StringRef rest = text;
  if (layout.padsAfterSign && text[0] < '0') {
    put(sink, rest.take_front());
    rest = rest.drop_front();
    --layout.width;
  }
  printPadded(Content::of(rest.str()), layout, sink);
}

} // namespace fraglint
