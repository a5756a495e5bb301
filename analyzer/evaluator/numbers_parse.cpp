// Numbers from text: py/parsenum.c, py/parsenumbase.c.

#include "evaluator/numbers.h"
#include "evaluator/numbers_big.h"

#include "llvm/ADT/StringExtras.h"

#include <cmath>
#include <limits>

namespace fraglint {

using llvm::APInt;
using llvm::StringRef;

namespace {

bool isSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Drops the prefix of a base, and settles base 0. Base 1 stands for a number that begins with 0
/// without a prefix: only zeros are allowed then.
void takePrefix(StringRef &text, int64_t &base) {
  if (text.size() > 1 && text[0] == '0') {
    char c = static_cast<char>(text[1] | 0x20);
    int64_t named = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 0;
    if (named != 0 && (base == 0 || base == named)) {
      base = named;
      text = text.drop_front(2);
    } else if (base == 0) {
      base = 1;
    }
    return;
  }
  if (base == 0)
    base = 10;
}

std::optional<unsigned> digitOf(char c) {
  if (llvm::isDigit(c))
    return static_cast<unsigned>(c - '0');
  if (llvm::isAlpha(c))
    return static_cast<unsigned>((c | 0x20) - 'a') + 10;
  return std::nullopt;
}

std::optional<Value> raiseSyntax(Machine &m, StringRef text, int64_t base) {
  std::string message =
      "invalid syntax for integer with base " + std::to_string(base == 1 ? 0 : base);
  if (m.profile().traits.reportsInDetail)
    message += ": '" + text.str() + "'";
  return m.raise("ValueError", message);
}

} // namespace

std::optional<Value> parseInt(Machine &m, StringRef text, int64_t base) {
  if ((base != 0 && base < 2) || base > 36)
    return m.raise("ValueError", "int() arg 2 must be >= 2 and <= 36");
  text = text.drop_while(isSpace);
  bool isNegative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    isNegative = text[0] == '-';
    text = text.drop_front();
  }
  takePrefix(text, base);
  int64_t most = (int64_t{1} << (m.profile().smallIntBits() - 1)) - 1;
  int64_t small = 0;
  bool isLarge = false;
  size_t end = 0;
  APInt large(64, 0);
  for (; end < text.size(); ++end) {
    if (text[end] == '_' && !isLarge)
      continue;
    auto digit = digitOf(text[end]);
    if (!digit || *digit >= static_cast<uint64_t>(base))
      break;
    if (!isLarge && small <= (most - static_cast<int64_t>(*digit)) / base) {
      small = small * base + static_cast<int64_t>(*digit);
      continue;
    }
    if (!isLarge) {
      // All is read again, into a large int, which knows no `_`.
      isLarge = true;
      if (size_t stop = text.take_front(end).find('_'); stop != StringRef::npos) {
        end = stop;
        break;
      }
      large = APInt(128, static_cast<uint64_t>(small));
    }
    unsigned width = large.getActiveBits() + 16;
    large = large.zextOrTrunc(width < 64 ? 64 : width) * static_cast<uint64_t>(base) + *digit;
  }
  std::optional<Value> result;
  if (isLarge) {
    APInt value = large.zext(large.getBitWidth() + 1);
    result =
        BigArithmetic(m).fromText(isNegative ? -value : value, static_cast<int64_t>(text.size()));
  } else {
    result = Value::integer(isNegative ? -small : small);
  }
  if (end == 0 || !text.drop_front(end).drop_while(isSpace).empty())
    return raiseSyntax(m, text, base);
  return result;
}

std::optional<Value> parseFloat(Machine &m, StringRef text) {
  auto fail = [&] { return m.raise("ValueError", "invalid syntax for number"); };
  text = text.drop_while(isSpace);
  bool isNegative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    isNegative = text[0] == '-';
    text = text.drop_front();
  }
  double value = 0;
  size_t end = 0;
  if (text.starts_with_insensitive("infinity")) {
    value = std::numeric_limits<double>::infinity();
    end = 8;
  } else if (text.starts_with_insensitive("inf")) {
    value = std::numeric_limits<double>::infinity();
    end = 3;
  } else if (text.starts_with_insensitive("nan")) {
    value = std::numeric_limits<double>::quiet_NaN();
    end = 3;
  } else {
    auto number = parseDecimal(m.profile(), text);
    if (!number)
      return fail();
    std::tie(value, end) = *number;
  }
  if (end == 0 || !text.drop_front(end).drop_while(isSpace).empty())
    return fail();
  return m.real(isNegative ? -value : value);
}

} // namespace fraglint
