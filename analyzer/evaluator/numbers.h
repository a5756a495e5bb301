#pragma once
/// Numbers as the firmware computes them: its precision, its digits of large ints, its text.

#include "evaluator/machine.h"
#include "evaluator/operations.h"

#include "llvm/ADT/APInt.h"
#include "llvm/ADT/StringRef.h"

#include <cmath>
#include <optional>
#include <string>
#include <type_traits>

namespace fraglint {

/// Whether floats are computed with single precision.
inline bool isSinglePrecision(const FirmwareProfile &profile) {
  return profile.floats != FloatKind::Boxed64;
}

/// A float as the firmware holds it.
double heldFloat(const FirmwareProfile &profile, double value);
/// Calls `function` with a value of the type that the firmware computes with.
template <class Function> double inPrecision(const FirmwareProfile &profile, Function function) {
  if (isSinglePrecision(profile))
    return static_cast<double>(function(float{}));
  return function(double{});
}

/// Whether the firmware has `value` without an object.
bool fitsSmallInt(const FirmwareProfile &profile, int64_t value);
/// `value` in no more bits than it needs, but at least 64.
llvm::APInt trimmed(const llvm::APInt &value);
/// An int or bool of any size.
std::optional<llvm::APInt> wideIntOf(const Machine &m, Value value);
/// A float, whether in the word or boxed.
std::optional<double> floatOf(const Machine &m, Value value);
/// What `float()` makes of an int, with the firmware's rounding.
double intAsFloat(const FirmwareProfile &profile, const llvm::APInt &value);
/// `mp_obj_get_float`: raises TypeError for what is no number.
std::optional<double> requireFloat(Machine &m, Value value);
/// `mp_obj_get_int`: raises TypeError, and OverflowError for what does not fit the word.
std::optional<int64_t> requireInt(Machine &m, Value value);
/// `mp_obj_new_int_from_float`.
std::optional<Value> intFromFloat(Machine &m, double value);
/// `mp_parse_num_integer` and `mp_parse_num_float`: raise ValueError.
std::optional<Value> parseInt(Machine &m, llvm::StringRef text, int64_t base);
std::optional<Value> parseFloat(Machine &m, llvm::StringRef text);
/// The decimal number without sign at the start of `text`, as the firmware's parser computes it
/// (literals, too), and how many characters it is; nothing for an exponent without digits.
std::optional<std::pair<double, size_t>> parseDecimal(const FirmwareProfile &profile,
                                                      llvm::StringRef text);
/// The shortest and the longest text of a float that is not known: `0.0` … `-1.234567e+10`.
Interval floatTextLength(const FirmwareProfile &profile);
/// `mp_format_float` with a buffer of that size. `format` is one of e, f, g, E, F, G.
inline constexpr int kReprPrecision = 99;
std::string formatFloat(const FirmwareProfile &profile, double value, size_t bufferBytes,
                        char format, int precision, char sign);
/// `float op float`. Unbound for what floats do not know.
std::optional<Value> binaryFloat(Machine &m, BinaryOperator op, double left, double right);
/// The same where one operand is not known, or what it is.
std::optional<Value> binaryAbstractNumber(Machine &m, BinaryOperator op, Value left, Value right);
std::optional<Value> compareAbstractNumber(Machine &m, CompareOperator op, Value left, Value right);
/// The interval of an int that may not be fully known; nothing for what is no int.
std::optional<Interval> intervalOf(const Machine &m, Value value);
/// A float of which only that it is one is known: asks for its box.
Value abstractFloat(Machine &m, const llvm::Twine &reason);
/// Requests for an int somewhere in `number`, where that may need an object; and the int.
Value abstractIntResult(Machine &m, Interval number, const llvm::Twine &reason);
/// Bytes that the digits of an int may have; 0: it fits into the word.
int64_t digitBytesOf(const Machine &m, Value value);
/// Requests for an int somewhere in `number` that may need an object with so many bytes of digits;
/// and the int.
Value largeIntOfBytes(Machine &m, Interval number, Interval bytes, const llvm::Twine &reason);
/// Why a value is not known; "" where it is.
std::string reasonOf(const Machine &m, Value value);
/// A constant of a module of numbers, such as `math.pi`; nothing where there is none.
std::optional<double> mathConstant(llvm::StringRef name);
std::optional<Value> numberConstant(Machine &m, llvm::StringRef name);
/// What CircuitPython and old versions word differently.
llvm::StringRef zeroDivisionMessage(const FirmwareProfile &profile);

/// Rows of the files of this family.
llvm::ArrayRef<NativeRow> mathNatives();
llvm::ArrayRef<NativeRow> randomNatives();

} // namespace fraglint
