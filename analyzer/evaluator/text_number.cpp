/// Numbers in fields, and padding. After MicroPython's py/mpprint.c and py/objint.c.

#include "evaluator/numbers.h"
#include "evaluator/text_print.h"

#include "llvm/ADT/StringExtras.h"

#include <cmath>

namespace fraglint {

namespace {

/// Pads are written in pieces of so many characters.
constexpr int kPadPiece = 16;
/// Wider fields than any screen's are not written piece by piece.
constexpr int kMostPad = 1 << 16;

/// Bits per digit, rounded down, as the firmware reckons the room for digits.
int64_t bitsPerDigit(unsigned base) { return base == 2 ? 1 : base == 16 ? 4 : 3; }

/// A buffer of so many words lies on the C stack.
constexpr int64_t kWordsOnStack = 4;

/// Digits of the largest number of so many bits.
int64_t digitsWithin(int64_t bits, unsigned base) {
  return static_cast<int64_t>(std::ceil(static_cast<double>(bits) / std::log2(base)));
}

int64_t digitRoom(int64_t bits, unsigned base, size_t prefix, bool hasSeparator) {
  int64_t digits = bits / bitsPerDigit(base) + 1;
  int64_t separators = hasSeparator ? digits / (base == 10 ? 3 : 4) : 0;
  return digits + separators + static_cast<int64_t>(prefix) + 2;
}

std::string digitsOf(const llvm::APInt &magnitude, unsigned base, char letter, char separator) {
  llvm::SmallString<64> digits;
  magnitude.toString(digits, base, /*Signed=*/false, /*formatAsCLiteral=*/false,
                     /*UpperCase=*/letter == 'A');
  std::string text(digits.str());
  if (!separator)
    return text;
  size_t group = base == 10 ? 3 : 4;
  for (size_t place = text.size(); place > group;) {
    place -= group;
    text.insert(place, 1, separator);
  }
  return text;
}

std::string prefixOf(bool isNegative, unsigned base, char letter, const FieldLayout &layout) {
  std::string prefix;
  if (!isNegative && layout.showsSign)
    prefix += '+';
  else if (!isNegative && layout.spacesSign)
    prefix += ' ';
  if (!layout.showsPrefix || base == 10)
    return prefix;
  prefix += '0';
  bool isUpper = letter == 'A';
  if (base == 2)
    prefix += isUpper ? 'B' : 'b';
  else if (base == 16)
    prefix += isUpper ? 'X' : 'x';
  else if (layout.showsOctalLetter)
    prefix += isUpper ? 'O' : 'o';
  return prefix;
}

/// The int as it stands, and the buffers that the firmware needs for its digits.
class Digits {
public:
  Digits(Machine &m, Value value) : m_(m) {
    if (const auto *big = m.heap().get<BigIntObject>(value)) {
      isNegative = big->value.isNegative();
      magnitude_ = isNegative ? -big->value.sext(big->value.getBitWidth() + 1) : big->value;
      bigDigits_ = (magnitude_.getActiveBits() + 15) / 16;
      isBig_ = true;
      return;
    }
    int64_t number = m.intOf(value).value_or(0);
    isNegative = number < 0;
    magnitude_ = llvm::APInt(64, isNegative ? -static_cast<uint64_t>(number)
                                            : static_cast<uint64_t>(number));
  }

  std::string text(unsigned base, llvm::StringRef prefix, char letter, char separator) {
    int64_t wordBytes = m_.profile().wordBytes;
    int64_t bits = isBig_ ? bigDigits_ * 16 : wordBytes * 8;
    int64_t room = digitRoom(bits, base, prefix.size(), separator != 0);
    if (room > wordBytes * kWordsOnStack)
      buffer_ = m_.heap().request(room);
    if (isBig_ && bigDigits_ > 0) {
      Run copy = m_.heap().request(bigDigits_ * 2);
      m_.heap().release(copy);
    }
    return ((isNegative ? "-" : "") + prefix).str() + digitsOf(magnitude_, base, letter, separator);
  }

  void release() {
    if (buffer_)
      m_.heap().release(buffer_);
  }

  bool isNegative = false;

private:
  Machine &m_;
  llvm::APInt magnitude_;
  int64_t bigDigits_ = 0; ///< of 16 bits
  bool isBig_ = false;
  Run buffer_;
};

/// The zeros before a number in groups: a window of a text that repeats.
std::string groupedZeros(int width, char separator, int &pad) {
  std::string period = separator == '_' ? "0000_000" : "000,00";
  int size = separator == '_' ? 5 : 4;
  if (width % size == 0) {
    ++pad;
    ++width;
  }
  return period.substr(static_cast<size_t>(size - 1 - width % size), static_cast<size_t>(size));
}

} // namespace

Interval intTextLength(const Machine &m, Value value, unsigned base) {
  const auto *abstract = m.heap().get<AbstractObject>(value);
  const Interval number = abstract ? abstract->number : Interval::unknown();
  auto length = [&](int64_t one) {
    llvm::APInt magnitude(64, one < 0 ? -static_cast<uint64_t>(one) : static_cast<uint64_t>(one));
    return static_cast<int64_t>(digitsOf(magnitude, base, 'a', 0).size()) + (one < 0 ? 1 : 0);
  };
  // Nothing bounds it: one of 32 bits, or of as many as the digits that were asked for hold.
  constexpr int64_t kWordBytes = 4;
  int64_t bytes = std::max(kWordBytes, digitBytesOf(m, value));
  int64_t most = bytes == Interval::kNoHi ? bytes : digitsWithin(bytes * 8, base) + 1;
  int64_t low = number.hasLo() ? length(number.lo) : most;
  int64_t high = number.hasHi() ? length(number.hi) : most;
  int64_t least = number.lo >= 0 ? length(number.lo) : number.hi < 0 ? length(number.hi) : 1;
  return {least, std::max({least, low, high})};
}

DigitRoom::DigitRoom(Machine &m, Value value, unsigned base, const FieldLayout &layout) : m_(m) {
  int64_t wordBytes = m.profile().wordBytes;
  size_t prefix = layout.showsPrefix && base != 10 ? 2 : 0;
  int64_t digitBytes = digitBytesOf(m, value);
  auto room = [&](int64_t bytes) {
    if (bytes == Interval::kNoHi)
      return bytes;
    int64_t size = digitRoom(bytes * 8, base, prefix, layout.separator != 0);
    return size > wordBytes * kWordsOnStack ? size : 0;
  };
  Interval asked{room(wordBytes), room(std::max(wordBytes, digitBytes))};
  if (asked.hi > 0)
    buffer_ = m.heap().request(asked);
  if (digitBytes > 0) {
    Run copy = m.heap().request(Interval{0, digitBytes});
    m.heap().release(copy);
  }
  if (!asked.hasHi())
    m.noteUnknownLength("how many digits this number has is not known");
}

DigitRoom::~DigitRoom() {
  if (buffer_)
    m_.heap().release(buffer_);
}

void printPadded(const Content &text, const FieldLayout &layout, TextSink sink) {
  if (!text.length.isExact() || layout.width > kMostPad) {
    Interval width = Interval::exactly(std::max(layout.width, 0));
    // What is grown to in pieces may have room for one more.
    Interval spare = {0, layout.width > kMostPad ? kPadPiece : 0};
    sink(Content::ofLength(maximum(text.length, width) + spare));
    return;
  }
  int pad = layout.width - static_cast<int>(std::min<int64_t>(text.length.lo, INT32_MAX / 2));
  char fill = layout.fill ? layout.fill : ' ';
  std::string piece(fill == ' ' || fill == '0' ? kPadPiece : 1, fill);
  if (fill == '0' && layout.separator)
    piece = groupedZeros(layout.width, layout.separator, pad);
  int left = layout.isCentred ? pad / 2 : layout.isLeft ? 0 : pad;
  int right = layout.isCentred ? pad - left : layout.isLeft ? pad : 0;
  auto putPad = [&](int count) {
    for (; count > 0; count -= static_cast<int>(piece.size()))
      put(sink, llvm::StringRef(piece).take_front(static_cast<size_t>(count)));
  };
  putPad(left);
  if (text.length.lo > 0)
    sink(text);
  putPad(right);
}

void printInteger(Machine &m, Value value, unsigned base, char letter, FieldLayout layout,
                  TextSink sink) {
  if (!layout.isLeft && !layout.isCentred && layout.fill == '0') {
    layout.width = std::max(layout.width, layout.precision);
    layout.precision = 0;
  }
  Digits digits(m, value);
  std::string prefix = prefixOf(digits.isNegative, base, letter, layout);
  bool hasPrecision = layout.precision > 1;
  bool padsAfterSign = layout.padsAfterSign || hasPrecision;
  std::string text = digits.text(base, padsAfterSign ? "" : prefix, letter, layout.separator);
  bool hasMinus = padsAfterSign && digits.isNegative;
  if (hasMinus)
    text.erase(0, 1);

  int before = 0;
  int after = 0;
  if (hasPrecision) {
    int wide = std::max(static_cast<int>(text.size()), layout.precision) + (hasMinus ? 1 : 0) +
               static_cast<int>(prefix.size());
    if (wide < layout.width)
      (layout.isLeft ? after : before) = layout.width - wide;
    layout.fill = '0';
    layout.isLeft = false;
  }
  FieldLayout spaces;
  auto putSpaces = [&](int count) {
    spaces.width = count;
    printPadded({}, spaces, sink);
  };
  putSpaces(before);
  if (padsAfterSign) {
    if (hasMinus) {
      put(sink, "-");
      --layout.width;
    }
    put(sink, prefix);
    layout.width -= static_cast<int>(prefix.size());
  }
  if (hasPrecision)
    layout.width = layout.precision;
  printPadded(Content::of(text), layout, sink);
  putSpaces(after);
  digits.release();
}

/// `mp_print_float`, whose buffer has so much room for the digits.
void printFloat(const Machine &m, double value, char format, FieldLayout layout, TextSink sink) {
  constexpr size_t kBuffer = 33;
  char sign = layout.showsSign ? '+' : layout.spacesSign ? ' ' : 0;
  std::string text = formatFloat(m.profile(), value, kBuffer, format, layout.precision, sign);
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
