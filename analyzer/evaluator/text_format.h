#pragma once
/// `str.format`, f-strings and `%`.

#include "evaluator/operations.h"
#include "evaluator/text_data.h"
#include "evaluator/text_print.h"

namespace fraglint {

/// What a value is for the fields of a format, also where it is not known.
enum class FieldKind : uint8_t { Integer, Float, Other, Unknown };
FieldKind fieldKindOf(const Machine &m, Value value);
/// Whether the digits of a number are not known.
bool isUnknownNumber(const Machine &m, Value value);
/// An int as a field of `base` shows it where only bounds are known.
Interval fieldLength(const Machine &m, Value value, unsigned base, const FieldLayout &layout);
/// A float that is not known, with `format` as for printf.
Interval floatFieldLength(char format, const FieldLayout &layout);
/// The character of an int, as `c` shows it; false where it raised.
bool printChar(Machine &m, Value value, const FieldLayout &layout, TextSink sink);

/// `text.format(…)` of a str or bytes.
std::optional<Value> formatAs(Machine &m, TextType type, llvm::StringRef format,
                              llvm::ArrayRef<Value> arguments,
                              llvm::ArrayRef<std::pair<llvm::StringRef, Value>> keywords);

/// `text % right`.
std::optional<Value> moduloText(Machine &m, const TextOperand &text, Value right);

/// The digits at `text`'s beginning, taken off; nothing where there are none.
std::optional<int> takeDigits(llvm::StringRef &text);

} // namespace fraglint
