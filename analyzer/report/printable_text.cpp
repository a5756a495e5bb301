#include "report/printable_text.h"

#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Unicode.h"

namespace fraglint {

namespace {

Glyph spelledOut(uint32_t begin, uint32_t end, std::string spelling) {
  auto cells = static_cast<uint32_t>(spelling.size());
  return {begin, end, cells, std::move(spelling)};
}

} // namespace

Glyph glyphAt(llvm::StringRef text, uint32_t at) {
  const auto *first = reinterpret_cast<const llvm::UTF8 *>(text.data()) + at;
  const auto *next = first;
  llvm::UTF32 code = 0;
  if (llvm::convertUTF8Sequence(&next, text.bytes_end(), &code, llvm::strictConversion) !=
      llvm::conversionOK)
    return spelledOut(at, at + 1, llvm::formatv("<0x{0:X-2}>", *first).str());

  auto end = at + static_cast<uint32_t>(next - first);
  llvm::StringRef character = text.slice(at, end);
  int cells = llvm::sys::unicode::columnWidthUTF8(character);
  if (cells < 0)
    return spelledOut(at, end, llvm::formatv("<U+{0:X-4}>", code).str());
  return {at, end, static_cast<uint32_t>(cells), character.str()};
}

std::string printable(llvm::StringRef text) {
  if (llvm::sys::unicode::columnWidthUTF8(text) >= 0) // nearly always
    return text.str();
  std::string result;
  for (uint32_t at = 0; at < text.size();) {
    Glyph glyph = glyphAt(text, at);
    result += glyph.text;
    at = glyph.end;
  }
  return result;
}

uint32_t cellsOf(llvm::StringRef printableText) {
  int cells = llvm::sys::unicode::columnWidthUTF8(printableText);
  return cells < 0 ? 0 : static_cast<uint32_t>(cells);
}

} // namespace fraglint
