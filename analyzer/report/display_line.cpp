#include "report/display_line.h"

#include <algorithm>

namespace fraglint {

namespace {

constexpr uint32_t kTabStop = 4;
constexpr llvm::StringLiteral kEllipsis("...");
constexpr auto kEllipsisCells = static_cast<uint32_t>(kEllipsis.size());

Glyph tabAt(uint32_t at, uint32_t column) {
  uint32_t cells = kTabStop - column % kTabStop;
  return {at, at + 1, cells, std::string(cells, ' ')};
}

/// The start of the character that byte `at` is in.
uint32_t characterStart(llvm::StringRef line, uint32_t at) {
  while (at > 0 && at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0u) == 0x80u)
    --at;
  return at;
}

} // namespace

DisplayLine::DisplayLine(llvm::StringRef line, TextRange mark, uint32_t maxCells) {
  readGlyphs(line, mark, maxCells);
  show(chooseWindow(mark, maxCells), mark);
}

void DisplayLine::readGlyphs(llvm::StringRef line, TextRange mark, uint32_t maxCells) {
  // A line may be megabytes long: only what has a chance to be shown is looked at.
  uint32_t reach = 4 * maxCells; // bytes of that many characters
  uint32_t at = characterStart(line, mark.begin > reach ? mark.begin - reach : 0);
  auto end = std::min<uint64_t>(line.size(), uint64_t{mark.begin} + reach);
  cutBefore_ = at > 0;
  uint32_t column = 0;
  while (at < end) {
    glyphs_.push_back(line[at] == '\t' ? tabAt(at, column) : glyphAt(line, at));
    column += glyphs_.back().cells;
    at = glyphs_.back().end;
  }
  cutAfter_ = at < line.size();
}

uint32_t DisplayLine::cellsBetween(size_t first, size_t last) const {
  uint32_t cells = 0;
  for (; first < last; ++first)
    cells += glyphs_[first].cells;
  return cells;
}

DisplayLine::Window DisplayLine::chooseWindow(TextRange mark, uint32_t maxCells) const {
  size_t count = glyphs_.size();
  if (!cutBefore_ && !cutAfter_ && cellsBetween(0, count) <= maxCells)
    return {0, count};

  auto startsBefore = [](const Glyph &glyph, uint32_t offset) { return glyph.begin < offset; };
  auto indexOf = [&](uint32_t offset) {
    return static_cast<size_t>(
        std::lower_bound(glyphs_.begin(), glyphs_.end(), offset, startsBefore) - glyphs_.begin());
  };
  size_t first = 0;
  size_t markFirst = indexOf(mark.begin);
  if (cutBefore_ || cellsBetween(0, indexOf(mark.end)) + kEllipsisCells > maxCells) {
    // A quarter of the room for what comes before the mark.
    first = markFirst;
    for (uint32_t cells = 0; first > 0 && cells < maxCells / 4;)
      cells += glyphs_[--first].cells;
  }
  // The ellipsis behind may turn out not to be needed; its room is kept all the same.
  uint32_t used = kEllipsisCells + (first > 0 || cutBefore_ ? kEllipsisCells : 0);
  size_t last = first;
  while (last < count && used + glyphs_[last].cells <= maxCells)
    used += glyphs_[last++].cells;
  // A mark near the end of the line leaves room for more of what is before it.
  while (first > 0 && used + glyphs_[first - 1].cells <= maxCells)
    used += glyphs_[--first].cells;
  return {first, last};
}

void DisplayLine::show(Window window, TextRange mark) {
  if (window.first > 0 || cutBefore_)
    text_ += kEllipsis;
  uint32_t column = static_cast<uint32_t>(text_.size());
  markBegin_ = column;
  uint32_t markEnd = column;
  for (size_t at = window.first; at < window.last; ++at) {
    const Glyph &glyph = glyphs_[at];
    if (glyph.end <= mark.begin)
      markBegin_ = column + glyph.cells;
    column += glyph.cells;
    if (glyph.begin < mark.end)
      markEnd = column;
    text_ += glyph.text;
  }
  if (window.last < glyphs_.size() || cutAfter_)
    text_ += kEllipsis;
  // A combining mark alone is shown on the character that it belongs to.
  if (!mark.empty() && markEnd <= markBegin_ && markBegin_ > 0)
    --markBegin_;
  markCells_ = markEnd > markBegin_ ? markEnd - markBegin_ : 1;
}

} // namespace fraglint
