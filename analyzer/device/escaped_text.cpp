#include "device/escaped_text.h"

#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

/// Letters of escapes, and the bytes that they stand for.
constexpr llvm::StringLiteral kLetters = "nrt\"\\";
constexpr llvm::StringLiteral kLetterBytes = "\n\r\t\"\\";

/// Takes the escape behind a backslash.
std::optional<char> takeEscape(llvm::StringRef &text) {
  if (text.consume_front("x")) {
    unsigned byte = 0;
    if (text.size() < 2 || text.take_front(2).getAsInteger(16, byte))
      return std::nullopt;
    text = text.drop_front(2);
    return static_cast<char>(byte);
  }
  size_t letter = text.empty() ? llvm::StringRef::npos : kLetters.find(text.front());
  if (letter == llvm::StringRef::npos)
    return std::nullopt;
  text = text.drop_front();
  return kLetterBytes[letter];
}

} // namespace

std::string escapedText(llvm::StringRef bytes) {
  std::string text = "\"";
  for (char byte : bytes) {
    size_t letter = kLetterBytes.find(byte);
    if (letter != llvm::StringRef::npos)
      (text += '\\') += kLetters[letter];
    else if (llvm::isPrint(byte))
      text += byte;
    else
      text += "\\x" + llvm::toHex(llvm::StringRef(&byte, 1), /*LowerCase=*/true);
  }
  return text + '"';
}

std::optional<std::string> unescapedText(llvm::StringRef text) {
  if (!text.consume_front("\"") || !text.consume_back("\""))
    return std::nullopt;
  std::string bytes;
  while (!text.empty()) {
    char byte = text.front();
    text = text.drop_front();
    if (byte == '"' || !llvm::isPrint(byte))
      return std::nullopt;
    if (byte == '\\') {
      std::optional<char> escaped = takeEscape(text);
      if (!escaped)
        return std::nullopt;
      byte = *escaped;
    }
    bytes += byte;
  }
  return bytes;
}

} // namespace fraglint
