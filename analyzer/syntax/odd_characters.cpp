#include "syntax/odd_characters.h"

namespace fraglint {

namespace {

struct Entry {
  llvm::StringLiteral bytes;
  OddCharacter character;
};

constexpr llvm::StringLiteral kInvisible =
    "an invisible character stands here that Python does not take for a blank: type the blank "
    "anew";
constexpr llvm::StringLiteral kQuote =
    "this is a printer's quotation mark: Python knows only ' and \"";
constexpr llvm::StringLiteral kControl = "a control character stands here: the file may be damaged";

std::optional<OddCharacter> oddAscii(char byte) {
  switch (byte) {
  case '$':
    return OddCharacter{1, "`$` has no meaning in Python"};
  case '?':
    return OddCharacter{1, "`?` has no meaning in Python"};
  case '\0': // which the scanner reports wherever it stands
  case '\t':
  case '\n':
  case '\f':
  case '\r':
    return std::nullopt;
  default:
    break;
  }
  bool isControl = static_cast<unsigned char>(byte) < 0x20u || byte == 0x7F;
  if (isControl)
    return OddCharacter{1, kControl, byte == '\v'};
  return std::nullopt;
}

} // namespace

std::optional<OddCharacter> oddCharacterAt(llvm::StringRef text, uint32_t offset) {
  if (static_cast<unsigned char>(text[offset]) < 0x80u)
    return oddAscii(text[offset]);
  static constexpr Entry kEntries[] = {
      {"\xC2\x85", {2, kInvisible, true}},         // U+0085 next line
      {"\xC2\xA0", {2, kInvisible, true}},         // U+00A0 no-break space
      {"\xE1\x9A\x80", {3, kInvisible, true}},     // U+1680 ogham space
      {"\xE2\x80\xA8", {3, kInvisible, true}},     // U+2028 line separator
      {"\xE2\x80\xA9", {3, kInvisible, true}},     // U+2029 paragraph separator
      {"\xE2\x80\xAF", {3, kInvisible, true}},     // U+202F narrow no-break space
      {"\xE2\x81\x9F", {3, kInvisible, true}},     // U+205F mathematical space
      {"\xE2\x81\xA0", {3, kInvisible, true}},     // U+2060 word joiner
      {"\xE3\x80\x80", {3, kInvisible, true}},     // U+3000 ideographic space
      {"\xEF\xBB\xBF", {3, kInvisible, true}},     // U+FEFF byte order mark
      {"\xE2\x80\x98", {3, kQuote}},               // U+2018
      {"\xE2\x80\x99", {3, kQuote}},               // U+2019
      {"\xE2\x80\x9C", {3, kQuote}},               // U+201C
      {"\xE2\x80\x9D", {3, kQuote}},               // U+201D
  };
  llvm::StringRef rest = text.substr(offset);
  for (const Entry &entry : kEntries)
    if (rest.starts_with(entry.bytes))
      return entry.character;
  // U+2000 to U+200B, spaces of many widths and the zero-width one.
  if (rest.starts_with("\xE2\x80") && rest.size() > 2 &&
      static_cast<unsigned char>(rest[2]) <= 0x8Bu)
    return OddCharacter{3, kInvisible, true};
  return std::nullopt;
}

} // namespace fraglint
