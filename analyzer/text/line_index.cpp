#include "text/line_index.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace fraglint {

namespace {

bool isContinuationByte(char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u; }

/// How far the character that starts with `lead` moves a column. Continuation bytes count
/// nothing, so that summing over bytes needs no decoding.
uint32_t width(char lead, ColumnUnit unit) {
  if (unit == ColumnUnit::Bytes)
    return 1;
  if (isContinuationByte(lead))
    return 0;
  bool outsideBmp = static_cast<unsigned char>(lead) >= 0xF0u;
  return unit == ColumnUnit::Utf16 && outsideBmp ? 2 : 1;
}

} // namespace

LineIndex::LineIndex(llvm::StringRef text) : text_(text) {
  assert(text.size() < std::numeric_limits<uint32_t>::max() && "callers limit the size");
  starts_.reserve(text.size() / 32 + 1);
  starts_.push_back(0);
  const char *begin = text.data();
  auto size = static_cast<uint32_t>(text.size());
  for (uint32_t at = 0; at < size; ++at) {
    char byte = begin[at];
    if (byte > '\r') // one comparison for nearly every byte
      continue;
    bool crOfCrlf = byte == '\r' && at + 1 < size && begin[at + 1] == '\n';
    if (byte == '\n' || (byte == '\r' && !crOfCrlf))
      starts_.push_back(at + 1);
  }
}

uint32_t LineIndex::lineAt(uint32_t offset) const {
  auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<uint32_t>(after - starts_.begin()) - 1;
}

TextRange LineIndex::fullLineRange(uint32_t line) const {
  line = std::min(line, lineCount() - 1);
  bool isLast = line + 1 == lineCount();
  return {starts_[line], isLast ? static_cast<uint32_t>(text_.size()) : starts_[line + 1]};
}

TextRange LineIndex::lineRange(uint32_t line) const {
  TextRange range = fullLineRange(line);
  if (!range.empty() && text_[range.end - 1] == '\n')
    --range.end;
  if (!range.empty() && text_[range.end - 1] == '\r')
    --range.end;
  return range;
}

Position LineIndex::position(uint32_t offset, ColumnUnit unit) const {
  offset = std::min(offset, static_cast<uint32_t>(text_.size()));
  uint32_t line = lineAt(offset);
  if (unit == ColumnUnit::Bytes)
    return {line, offset - starts_[line]};
  // Inside a character: its own column, not the next one's.
  while (offset > starts_[line] && offset < text_.size() && isContinuationByte(text_[offset]))
    --offset;
  uint32_t column = 0;
  for (uint32_t at = starts_[line]; at < offset; ++at)
    column += width(text_[at], unit);
  return {line, column};
}

uint32_t LineIndex::offset(Position position, ColumnUnit unit) const {
  if (position.line >= lineCount())
    return static_cast<uint32_t>(text_.size());
  TextRange range = lineRange(position.line);
  if (unit == ColumnUnit::Bytes)
    return range.begin + std::min(position.column, range.length());
  uint32_t column = 0;
  uint32_t at = range.begin;
  while (at < range.end) {
    column += width(text_[at], unit);
    if (column > position.column)
      break;
    ++at;
  }
  return at;
}

} // namespace fraglint
