/// What str.format and `%` share: kinds of arguments, and lengths of numbers that are not known.

#include "evaluator/text_format.h"

namespace fraglint {

FieldKind fieldKindOf(const Machine &m, Value value) {
  if (value.isInt() || value.isBool() || m.heap().get<BigIntObject>(value))
    return FieldKind::Integer;
  if (value.isFloat() || m.heap().get<BoxedFloatObject>(value))
    return FieldKind::Float;
  const auto *abstract = m.heap().get<AbstractObject>(value);
  if (!abstract)
    return FieldKind::Other;
  if (abstract->type == "int" || abstract->type == "bool")
    return FieldKind::Integer;
  if (abstract->type == "float")
    return FieldKind::Float;
  return abstract->type.empty() ? FieldKind::Unknown : FieldKind::Other;
}

bool isUnknownNumber(const Machine &m, Value value) { return m.isAbstract(value); }

Interval fieldLength(const Machine &m, Value value, unsigned base, const FieldLayout &layout) {
  Interval length = intTextLength(m, value, base);
  int64_t extra = (layout.showsPrefix && base != 10 ? 2 : 0);
  if (layout.showsSign || layout.spacesSign)
    ++extra;
  length = length + Interval::exactly(extra);
  if (layout.separator)
    length.hi += length.hi / 3;
  return maximum(length, Interval::exactly(std::max({layout.width, layout.precision, 0})));
}

Interval floatFieldLength(char format, const FieldLayout &layout) {
  int64_t precision = layout.precision < 0 ? 6 : layout.precision;
  int64_t point = precision > 0 ? precision + 1 : 0;
  Interval length;
  switch (format) {
  case 'f':
  case 'F': // sign, and digits before the point as firmware's figures have them
    length = {1 + point, 9 + point};
    break;
  case 'e':
  case 'E':
    length = {5 + point, 7 + point};
    break;
  default:
    length = {1, 7 + point};
  }
  if (layout.addsPercent)
    length = length + Interval::exactly(1);
  return maximum(length, Interval::exactly(std::max(layout.width, 0)));
}

bool printChar(Machine &m, Value value, const FieldLayout &layout, TextSink sink) {
  std::optional<int64_t> number = requireInt(m, value);
  if (!number)
    return false;
  if (!m.profile().traits.formatsCharacters) {
    printPadded(Content::of(std::string(1, static_cast<char>(*number))), layout, sink);
    return true;
  }
  if (*number < 0 || *number >= 0x110000) {
    m.raise("OverflowError", "char not in range(0x110000)");
    return false;
  }
  printPadded(Content::of(utf8(static_cast<uint32_t>(*number))), layout, sink);
  return true;
}

std::optional<int> takeDigits(llvm::StringRef &text) {
  llvm::StringRef digits = text.take_while(isDigitChar);
  text = text.drop_front(digits.size());
  int number = 0;
  for (char digit : digits.take_front(9))
    number = number * 10 + (digit - '0');
  return digits.empty() ? std::nullopt : std::optional(number);
}

} // namespace fraglint
