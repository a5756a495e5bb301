/// Any bytes as a text: what is decoded encodes to the same bytes, lines cover the text without
/// gaps, and positions lead back to where they came from.

#include "expect.h"
#include "text/source_file.h"

#include "llvm/ADT/StringExtras.h"

namespace fraglint {
namespace {

constexpr ColumnUnit kUnits[] = {ColumnUnit::Bytes, ColumnUnit::CodePoints, ColumnUnit::Utf16};

bool isInsideCharacter(llvm::StringRef text, uint32_t offset) {
  return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0u) == 0x80u;
}

void checkLines(llvm::StringRef text, const LineIndex &lines) {
  uint32_t next = 0;
  for (uint32_t line = 0; line < lines.lineCount(); ++line) {
    TextRange full = lines.fullLineRange(line);
    TextRange bare = lines.lineRange(line);
    expect(full.begin == next, "lines leave a gap or overlap");
    expect(full.contains(bare) && bare.begin == full.begin, "a line is not what it starts with");
    expect(text.slice(bare.begin, bare.end).find_first_of("\r\n") == llvm::StringRef::npos,
           "a line holds a line end");
    next = full.end;
  }
  expect(next == text.size(), "lines do not reach the end");
}

/// Offsets within a line end are the line's end, those within a character its start.
void checkOffset(llvm::StringRef text, const LineIndex &lines, uint32_t offset) {
  uint32_t line = lines.lineAt(offset);
  expect(lines.fullLineRange(line).contains(offset) || offset == text.size(),
         "an offset is not in its line");
  uint32_t lineEnd = lines.lineRange(line).end;
  for (ColumnUnit unit : kUnits) {
    Position position = lines.position(offset, unit);
    expect(position.line == line, "a position is not in its line");
    uint32_t back = lines.offset(position, unit);
    if (offset > lineEnd)
      expect(back == lineEnd, "an offset in a line end does not lead to the end of its line");
    else if (unit != ColumnUnit::Bytes && isInsideCharacter(text, offset))
      expect(back < offset && offset - back < 4, "an offset in a character leads elsewhere");
    else
      expect(back == offset, "an offset does not lead back to itself");
  }
}

/// Positions that are nowhere give an offset that is somewhere.
void checkPosition(llvm::StringRef text, const LineIndex &lines, Position position) {
  for (ColumnUnit unit : kUnits) {
    uint32_t offset = lines.offset(position, unit);
    expect(offset <= text.size(), "a position leads out of the text");
    expect(unit == ColumnUnit::Bytes || !isInsideCharacter(text, offset),
           "a position leads into a character");
  }
}

void check(llvm::StringRef bytes) {
  auto file = SourceFile::decode("input.py", bytes);
  if (!file)
    return llvm::consumeError(file.takeError());
  llvm::StringRef text = (*file)->text();
  auto encoded = (*file)->encode(text);
  if (!encoded)
    return expect(false, llvm::toString(encoded.takeError()));
  expect(*encoded == bytes, "a text does not encode to the bytes that it came from");

  const LineIndex &lines = (*file)->lines();
  checkLines(text, lines);
  for (uint32_t offset = 0; offset <= text.size(); ++offset)
    checkOffset(text, lines, offset);
  for (uint32_t line = 0; line <= lines.lineCount(); ++line)
    for (uint32_t column : {0u, 1u, 2u, 3u, 100u, ~0u})
      checkPosition(text, lines, {line, column});
}

} // namespace
} // namespace fraglint

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fraglint::check(llvm::toStringRef(llvm::ArrayRef(data, size)));
  return 0;
}
