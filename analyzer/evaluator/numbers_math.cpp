// The module math: py/modmath.c, and CircuitPython's own.

#include "evaluator/numbers.h"

#include "llvm/ADT/StringSwitch.h"

#include <cmath>
#include <limits>

namespace fraglint {

using llvm::StringRef;

namespace {

std::optional<Value> raiseDomain(Machine &m) { return m.raise("ValueError", "math domain error"); }

/// The reason where a number among the arguments is not known; raises for what is none.
enum class Arguments : uint8_t { Known, Unknown, Raised };

Arguments readArguments(Machine &m, const NativeCall &call, llvm::MutableArrayRef<double> into,
                        std::string &reason) {
  bool isUnknown = false;
  for (size_t i = 0; i < into.size(); ++i) {
    Value value = call.argument(static_cast<unsigned>(i));
    if (const auto *abstract = m.heap().get<AbstractObject>(value)) {
      isUnknown = true;
      if (reason.empty())
        reason = abstract->reason;
      continue;
    }
    auto real = requireFloat(m, value);
    if (!real)
      return Arguments::Raised;
    into[i] = *real;
  }
  return isUnknown ? Arguments::Unknown : Arguments::Known;
}

/// MicroPython takes a result that is no number, or infinite, for an error where the argument was
/// fine; CircuitPython looks at the arguments of some functions only.
bool isError(const Machine &m, StringRef name, double x, double result) {
  if (m.profile().isCircuitPython()) {
    if (name == "sqrt")
      return x < 0;
    if (name == "log2" || name == "log10")
      return x <= 0;
    return false;
  }
  return (std::isnan(result) && !std::isnan(x)) || (std::isinf(result) && !std::isinf(x));
}

/// A function of one float. The macros give one plain function for each row.
template <class Function>
std::optional<Value> ofOne(Machine &m, const NativeCall &call, StringRef name, Function function) {
  double x = 0;
  std::string reason;
  switch (readArguments(m, call, x, reason)) {
  case Arguments::Raised:
    return std::nullopt;
  case Arguments::Unknown:
    return abstractFloat(m, reason);
  case Arguments::Known:
    break;
  }
  double result =
      inPrecision(m.profile(), [&](auto zero) { return function(static_cast<decltype(zero)>(x)); });
  if (isError(m, name, x, result))
    return raiseDomain(m);
  return m.real(result);
}

template <class Function>
std::optional<Value> ofTwo(Machine &m, const NativeCall &call, Function function) {
  double both[2] = {};
  std::string reason;
  switch (readArguments(m, call, both, reason)) {
  case Arguments::Raised:
    return std::nullopt;
  case Arguments::Unknown:
    return abstractFloat(m, reason);
  case Arguments::Known:
    break;
  }
  auto [x, y] = std::pair{both[0], both[1]};
  double result = inPrecision(m.profile(), [&](auto zero) {
    using Float = decltype(zero);
    return function(static_cast<Float>(x), static_cast<Float>(y));
  });
  bool isWrong = (std::isnan(result) && !std::isnan(x) && !std::isnan(y)) ||
                 (std::isinf(result) && !std::isinf(x) && !std::isinf(y));
  if (isWrong && !m.profile().isCircuitPython())
    return raiseDomain(m);
  return m.real(result);
}

template <class Function>
std::optional<Value> toInt(Machine &m, const NativeCall &call, Function function) {
  double x = 0;
  std::string reason;
  switch (readArguments(m, call, x, reason)) {
  case Arguments::Raised:
    return std::nullopt;
  case Arguments::Unknown:
    if (auto number = intervalOf(m, call.arguments[0]))
      return m.abstractInt(*number, reason);
    return m.abstractInt(Interval::unknown(), reason);
  case Arguments::Known:
    break;
  }
  return intFromFloat(m, function(x));
}

template <class Function>
std::optional<Value> toBool(Machine &m, const NativeCall &call, Function function) {
  double x = 0;
  std::string reason;
  switch (readArguments(m, call, x, reason)) {
  case Arguments::Raised:
    return std::nullopt;
  case Arguments::Unknown:
    return m.abstract("bool", reason);
  case Arguments::Known:
    break;
  }
  return Value::boolean(function(x));
}

// NOLINTBEGIN(cppcoreguidelines-macro-usage)
#define ONE(NAME, FUNCTION)                                                                        \
  {"math." NAME,                                                                                   \
   [](Machine &m, const NativeCall &call) {                                                        \
     return ofOne(m, call, NAME, [](auto x) { return FUNCTION; });                                 \
   },                                                                                              \
   true, "float"}
#define TWO(NAME, FUNCTION)                                                                        \
  {"math." NAME,                                                                                   \
   [](Machine &m, const NativeCall &call) {                                                        \
     return ofTwo(m, call, [](auto x, auto y) { return FUNCTION; });                               \
   },                                                                                              \
   true, "float"}
#define TO_INT(NAME, FUNCTION)                                                                     \
  {"math." NAME,                                                                                   \
   [](Machine &m, const NativeCall &call) {                                                        \
     return toInt(m, call, [](double x) { return FUNCTION; });                                     \
   },                                                                                              \
   true, "int"}
#define TO_BOOL(NAME, FUNCTION)                                                                    \
  {"math." NAME,                                                                                   \
   [](Machine &m, const NativeCall &call) {                                                        \
     return toBool(m, call, [](double x) { return FUNCTION; });                                    \
   },                                                                                              \
   true, "bool"}
// NOLINTEND(cppcoreguidelines-macro-usage)

std::optional<Value> logarithm(Machine &m, const NativeCall &call) {
  double both[2] = {};
  size_t count = call.arguments.size() > 1 ? 2 : 1;
  std::string reason;
  switch (readArguments(m, call, llvm::MutableArrayRef(both, count), reason)) {
  case Arguments::Raised:
    return std::nullopt;
  case Arguments::Unknown:
    return abstractFloat(m, reason);
  case Arguments::Known:
    break;
  }
  if (both[0] <= 0 || (count == 2 && both[1] <= 0))
    return raiseDomain(m);
  if (count == 2 && both[1] == 1)
    return m.raise("ZeroDivisionError", zeroDivisionMessage(m.profile()));
  return m.real(inPrecision(m.profile(), [&](auto zero) {
    using Float = decltype(zero);
    Float result = std::log(static_cast<Float>(both[0]));
    return count == 2 ? result / std::log(static_cast<Float>(both[1])) : result;
  }));
}

std::optional<Value> loadExponent(Machine &m, const NativeCall &call) {
  std::string reason = reasonOf(m, call.argument(0)) + reasonOf(m, call.argument(1));
  if (!reason.empty())
    return abstractFloat(m, reason);
  auto x = requireFloat(m, call.argument(0));
  auto exponent = x ? requireInt(m, call.argument(1)) : std::nullopt;
  if (!exponent)
    return std::nullopt;
  int power = static_cast<int>(std::clamp<int64_t>(*exponent, -10000, 10000));
  return m.real(inPrecision(
      m.profile(), [&](auto zero) { return std::ldexp(static_cast<decltype(zero)>(*x), power); }));
}

/// `frexp` and `modf`: two numbers, then their tuple.
std::optional<Value> splitExponent(Machine &m, const NativeCall &call) {
  double x = 0;
  std::string reason;
  switch (readArguments(m, call, x, reason)) {
  case Arguments::Raised:
    return std::nullopt;
  case Arguments::Unknown: {
    Value mantissa = abstractFloat(m, reason);
    return m.tuple({mantissa, m.abstractInt(Interval{-1100, 1100}, reason)});
  }
  case Arguments::Known:
    break;
  }
  int exponent = 0;
  Value mantissa = m.real(std::frexp(x, &exponent));
  return m.tuple({mantissa, Value::integer(exponent)});
}

std::optional<Value> splitFraction(Machine &m, const NativeCall &call) {
  double x = 0;
  std::string reason;
  switch (readArguments(m, call, x, reason)) {
  case Arguments::Raised:
    return std::nullopt;
  case Arguments::Unknown: {
    Value fraction = abstractFloat(m, reason);
    return m.tuple({fraction, abstractFloat(m, reason)});
  }
  case Arguments::Known:
    break;
  }
  double whole = 0;
  Value fraction = m.real(std::modf(x, &whole));
  return m.tuple({fraction, m.real(whole)});
}

std::optional<Value> isClose(Machine &m, const NativeCall &call) {
  Value relative = call.argument(99, "rel_tol"), absoluteValue = call.argument(99, "abs_tol");
  for (Value one : {call.argument(0), call.argument(1), relative, absoluteValue})
    if (std::string reason = reasonOf(m, one); !reason.empty())
      return m.abstract("bool", reason);
  auto a = requireFloat(m, call.argument(0));
  auto b = a ? requireFloat(m, call.argument(1)) : std::nullopt;
  if (!b)
    return std::nullopt;
  auto tolerance = relative.isUnbound() ? std::optional(1e-9) : requireFloat(m, relative);
  auto least = absoluteValue.isUnbound() ? std::optional(0.0) : requireFloat(m, absoluteValue);
  if (!tolerance || !least)
    return std::nullopt;
  if (*tolerance < 0 || *least < 0)
    return raiseDomain(m);
  double difference = std::fabs(*a - *b);
  bool isNear = difference <= *least || difference <= std::fabs(*tolerance * *a) ||
                difference <= std::fabs(*tolerance * *b);
  return Value::boolean(*a == *b || (!std::isinf(difference) && isNear));
}

/// A product of start … end, halved as MICROPY_OPT_MATH_FACTORIAL does.
std::optional<Value> productOf(Machine &m, int64_t start, int64_t end) {
  auto times = [&](std::optional<Value> a, std::optional<Value> b) {
    return a && b ? binaryNumber(m, BinaryOperator::Multiply, *a, *b) : std::nullopt;
  };
  if (start == end)
    return Value::integer(start);
  if (end - start == 1)
    return times(Value::integer(start), Value::integer(end));
  if (end - start == 2)
    return times(times(Value::integer(start), Value::integer(start + 1)), Value::integer(end));
  int64_t middle = start + ((end - start) >> 1);
  auto left = productOf(m, start, middle);
  auto right = left ? productOf(m, middle + 1, end) : std::nullopt;
  return times(left, right);
}

std::optional<Value> factorial(Machine &m, const NativeCall &call) {
  if (std::string reason = reasonOf(m, call.argument(0)); !reason.empty())
    return abstractIntResult(m, Interval::atLeast(1), reason);
  auto most = requireInt(m, call.argument(0));
  if (!most)
    return std::nullopt;
  if (*most < 0)
    return m.raise("ValueError", "negative factorial");
  if (*most > 2000)
    return m.unknown("a very large factorial");
  if (*most == 0)
    return Value::integer(1);
  if (m.profile().traits.halvesFactorials)
    return productOf(m, 1, *most);
  if (*most <= 1)
    return Value::integer(1);
  int64_t half = *most >> 1, factor = half * half, first = factor << 1;
  if (*most & 1)
    first *= *most;
  std::optional<Value> product = Value::integer(first);
  for (int64_t number = 1; product && number < *most - 2; number += 2) {
    factor -= number;
    product = binaryNumber(m, BinaryOperator::Multiply, *product, Value::integer(factor));
  }
  return product;
}

constexpr double kPi = 3.14159265358979323846;

template <class Float> Float roundPower(Float x, Float y) {
  return x == 1 || y == 0 ? Float(1) : std::pow(x, y);
}

constexpr NativeRow kRows[] = {
    ONE("sqrt", std::sqrt(x)),
    ONE("exp", std::exp(x)),
    ONE("expm1", std::expm1(x)),
    ONE("log2", std::log2(x)),
    ONE("log10", std::log10(x)),
    ONE("cosh", std::cosh(x)),
    ONE("sinh", std::sinh(x)),
    ONE("tanh", std::tanh(x)),
    ONE("acosh", std::acosh(x)),
    ONE("asinh", std::asinh(x)),
    ONE("atanh", std::atanh(x)),
    ONE("cos", std::cos(x)),
    ONE("sin", std::sin(x)),
    ONE("tan", std::tan(x)),
    ONE("acos", std::acos(x)),
    ONE("asin", std::asin(x)),
    ONE("atan", std::atan(x)),
    ONE("fabs", std::fabs(x)),
    ONE("erf", std::erf(x)),
    ONE("erfc", std::erfc(x)),
    ONE("gamma", std::tgamma(x)),
    ONE("lgamma", std::lgamma(x)),
    ONE("radians", (x * (static_cast<decltype(x)>(kPi) / static_cast<decltype(x)>(180)))),
    ONE("degrees", (x * (static_cast<decltype(x)>(180) / static_cast<decltype(x)>(kPi)))),
    TWO("pow", roundPower(x, y)),
    TWO("atan2", std::atan2(x, y)),
    TWO("copysign", std::copysign(x, y)),
    TWO("fmod", std::fmod(x, y)),
    TO_INT("ceil", std::ceil(x)),
    TO_INT("floor", std::floor(x)),
    TO_INT("trunc", std::trunc(x)),
    TO_BOOL("isfinite", std::isfinite(x)),
    TO_BOOL("isinf", std::isinf(x)),
    TO_BOOL("isnan", std::isnan(x)),
    {"math.log", logarithm, true, "float"},
    {"math.ldexp", loadExponent, true, "float"},
    {"math.frexp", splitExponent, true, "tuple"},
    {"math.modf", splitFraction, true, "tuple"},
    {"math.isclose", isClose, true, "bool"},
    {"math.factorial", factorial, true, "int"},
};

} // namespace

llvm::ArrayRef<NativeRow> mathNatives() { return kRows; }

std::optional<double> mathConstant(StringRef name) {
  return llvm::StringSwitch<std::optional<double>>(name)
      .Case("math.pi", kPi)
      .Case("math.e", 2.7182818284590452354)
      .Case("math.tau", 2 * kPi)
      .Case("math.inf", std::numeric_limits<double>::infinity())
      .Case("math.nan", std::numeric_limits<double>::quiet_NaN())
      .Default(std::nullopt);
}

/// These lie in flash.
std::optional<Value> numberConstant(Machine &m, StringRef name) {
  auto value = mathConstant(name);
  return value ? std::optional(Value::real(m.rounded(*value))) : std::nullopt;
}

} // namespace fraglint
