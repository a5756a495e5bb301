#include "syntax/literals.h"

#include "syntax/odd_characters.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

bool isOctalDigit(char byte) { return byte >= '0' && byte <= '7'; }
bool isBinaryDigit(char byte) { return byte == '0' || byte == '1'; }
bool isNameByte(char byte) {
  return llvm::isAlnum(byte) || byte == '_' || static_cast<unsigned char>(byte) >= 0x80u;
}

/// Reads one number from left to right; the first problem stays.
class NumberReader {
public:
  NumberReader(llvm::StringRef text, uint32_t begin) : text_(text), at_(begin) {}

  LiteralScan read() {
    if (peek() == '0' && isRadixLetter(peek(1)))
      readWithRadix();
    else
      readDecimal();
    checkEnd();
    return {at_, problem_};
  }

private:
  char peek(uint32_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  static bool isRadixLetter(char byte) { return llvm::StringRef("xXoObB").contains(byte); }
  void fail(llvm::StringRef problem) {
    if (problem_.empty())
      problem_ = problem;
  }

  /// Digits with single underscores between them.
  void readDigits(bool (*isDigit)(char)) {
    while (true) {
      while (isDigit(peek()))
        ++at_;
      if (peek() != '_')
        return;
      ++at_;
      if (!isDigit(peek()))
        return fail("an underscore in a number must stand between two digits");
    }
  }

  void readWithRadix() {
    char letter = llvm::toLower(peek(1));
    auto isDigit = letter == 'x' ? llvm::isHexDigit : letter == 'o' ? isOctalDigit : isBinaryDigit;
    at_ += 2;
    if (peek() == '_')
      ++at_;
    if (!isDigit(peek()))
      fail("a number needs digits behind its 0x, 0o or 0b");
    readDigits(isDigit);
    if (llvm::isDigit(peek()))
      fail(letter == 'o' ? "an octal number has digits from 0 to 7 only"
                         : "a binary number has digits 0 and 1 only");
    isInteger_ = true;
  }

  void readDecimal() {
    uint32_t begin = at_;
    readDigits(llvm::isDigit);
    llvm::StringRef whole = text_.slice(begin, at_);
    isInteger_ = true;
    if (peek() == '.') {
      ++at_;
      isInteger_ = false;
      if (llvm::isDigit(peek()))
        readDigits(llvm::isDigit);
    }
    readExponent();
    if (peek() == 'j' || peek() == 'J') {
      ++at_;
      isInteger_ = false;
    }
    bool leadingZero = whole.starts_with("0") && whole.find_first_not_of("0_") != whole.npos;
    if (isInteger_ && leadingZero)
      fail("a number cannot start with 0: leave the zero out, or write 0o for an octal number");
  }

  void readExponent() {
    if (peek() != 'e' && peek() != 'E')
      return;
    uint32_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if (!llvm::isDigit(peek(1 + sign)))
      return; // as in `1else`; checkEnd() decides
    at_ += 1 + sign;
    isInteger_ = false;
    readDigits(llvm::isDigit);
  }

  /// Only these words may follow a number without a blank; anything else belongs to it.
  void checkEnd() {
    if (!isNameByte(peek()) || oddCharacterAt(text_, at_))
      return;
    bool isLong = isInteger_ && (peek() == 'L' || peek() == 'l') && !isNameByte(peek(1));
    if (isLong) { // Python 2, which is told from the tree
      ++at_;
      return;
    }
    static constexpr llvm::StringLiteral kWords[] = {"and", "else", "for", "if",
                                                     "in",  "is",   "not", "or"};
    llvm::StringRef rest = text_.substr(at_);
    if (problem_.empty() &&
        llvm::any_of(kWords, [&](llvm::StringRef word) { return rest.starts_with(word); }))
      return;
    fail("this is not a valid number (and a name cannot start with a digit)");
    while (isNameByte(peek()))
      ++at_;
  }

  llvm::StringRef text_;
  uint32_t at_;
  bool isInteger_ = false;
  llvm::StringRef problem_;
};

/// What an escape of `digits` hexadecimal digits lacks, if anything.
LiteralScan scanHexEscape(llvm::StringRef text, uint32_t begin, uint32_t digits,
                          llvm::StringRef problem) {
  llvm::StringRef written = text.substr(begin + 2, digits);
  uint32_t good = static_cast<uint32_t>(written.take_while(llvm::isHexDigit).size());
  LiteralScan scan{begin + 2 + good, {}};
  uint32_t code = 0;
  if (good < digits)
    scan.problem = problem;
  else if (digits == 8 && !written.getAsInteger(16, code) && code > 0x10FFFFu)
    scan.problem = "there is no character with a number above 10FFFF";
  return scan;
}

} // namespace

LiteralScan scanNumber(llvm::StringRef text, uint32_t begin) {
  return NumberReader(text, begin).read();
}

std::optional<StringPrefix> parseStringPrefix(llvm::StringRef word) {
  if (word.size() > 2)
    return std::nullopt;
  StringPrefix prefix;
  std::string lower = word.lower();
  for (char letter : lower) {
    prefix.isRaw |= letter == 'r';
    prefix.isBytes |= letter == 'b';
    prefix.isFormatted |= letter == 'f' || letter == 't';
  }
  static constexpr llvm::StringLiteral kPrefixes[] = {"",  "r",  "u",  "b", "br", "rb",
                                                      "f", "fr", "rf", "t", "tr", "rt"};
  if (!llvm::is_contained(kPrefixes, llvm::StringRef(lower)))
    return std::nullopt;
  return prefix;
}

LiteralScan scanEscape(llvm::StringRef text, uint32_t begin, bool isBytes) {
  char letter = begin + 1 < text.size() ? text[begin + 1] : '\0';
  switch (letter) {
  case 'x':
    return scanHexEscape(text, begin, 2,
                         "`\\x` needs two hexadecimal digits behind it; write `\\\\x` for a "
                         "backslash and an x");
  case 'u':
    if (isBytes)
      break;
    return scanHexEscape(text, begin, 4,
                         "`\\u` needs four hexadecimal digits behind it; write `\\\\u` for a "
                         "backslash and a u");
  case 'U':
    if (isBytes)
      break;
    return scanHexEscape(text, begin, 8,
                         "`\\U` needs eight hexadecimal digits behind it; write `\\\\U` for a "
                         "backslash and a U");
  case 'N': {
    if (isBytes)
      break;
    llvm::StringRef name = text.substr(begin + 2).take_until(
        [](char byte) { return byte == '}' || byte == '\n' || byte == '\r' || byte == '"'; });
    uint32_t end = begin + 2 + static_cast<uint32_t>(name.size());
    bool isNamed = name.size() > 1 && name.front() == '{' && end < text.size() && text[end] == '}';
    if (isNamed)
      return {end + 1, {}};
    return {begin + 2, "`\\N` needs the name of a character in braces behind it; write `\\\\N` "
                       "for a backslash and an N"};
  }
  case '\r': {
    bool isCrlf = begin + 2 < text.size() && text[begin + 2] == '\n';
    return {begin + (isCrlf ? 3u : 2u), {}};
  }
  default:
    break;
  }
  return {std::min(begin + 2, static_cast<uint32_t>(text.size())), {}};
}

} // namespace fraglint
