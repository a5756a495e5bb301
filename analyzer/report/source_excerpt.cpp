#include "report/source_excerpt.h"

#include "report/display_line.h"

#include <algorithm>
#include <string>

namespace fraglint {

namespace {

constexpr uint32_t kMostLines = 4;
/// However narrow the terminal says it is.
constexpr uint32_t kLeastSourceCells = 24;

/// Zero-based, both included.
struct LineSpan {
  uint32_t first;
  uint32_t last;
};

LineSpan linesOf(const Location &location) {
  const LineIndex &lines = location.file->lines();
  TextRange range = location.range;
  // A range that ends with a line's end does not cover the next line.
  uint32_t lastByte = range.empty() ? range.begin : range.end - 1;
  return {lines.lineAt(range.begin), lines.lineAt(lastByte)};
}

/// The part of `range` in a line, as bytes from the line's start. Of a line that is not the
/// first one, the indentation is not marked.
TextRange markIn(llvm::StringRef line, uint32_t lineBegin, TextRange range) {
  auto size = static_cast<uint32_t>(line.size());
  auto clamp = [&](uint32_t offset) {
    return offset < lineBegin ? 0 : std::min(offset - lineBegin, size);
  };
  TextRange mark = {clamp(range.begin), clamp(range.end)};
  if (range.begin < lineBegin) {
    auto blanks = static_cast<uint32_t>(line.size() - line.ltrim(" \t\f").size());
    mark.begin = std::min(blanks, mark.end);
  }
  return mark;
}

class ExcerptWriter {
public:
  ExcerptWriter(llvm::raw_ostream &os, const TerminalStyle &style, const Location &location,
                const ExcerptLook &look)
      : os_(os), style_(style), file_(*location.file), range_(location.range), look_(look) {}

  void line(uint32_t number) {
    TextRange bytes = file_.lines().lineRange(number);
    llvm::StringRef source = file_.text().slice(bytes.begin, bytes.end);
    TextRange mark = markIn(source, bytes.begin, range_);
    DisplayLine shown(source, mark, sourceCells());
    row(std::to_string(number + 1), shown.text());
    bool isFirst = bytes.begin <= range_.begin;
    if (isFirst || !mark.empty())
      row("", std::string(shown.markBegin(), ' ') +
                  style_.paint(look_.role, std::string(shown.markCells(), look_.mark)));
  }

  void ellipsis() { row("...", ""); }

private:
  uint32_t sourceCells() const {
    uint32_t taken = look_.gutterCells + 3;
    return std::max(look_.width, taken + kLeastSourceCells) - taken;
  }

  void row(llvm::StringRef label, llvm::StringRef content) {
    std::string gutter(look_.gutterCells - std::min<size_t>(label.size(), look_.gutterCells), ' ');
    gutter += label;
    os_ << style_.paint(TextRole::Gutter, gutter + " |");
    if (!content.empty())
      os_ << ' ' << content;
    os_ << '\n';
  }

  llvm::raw_ostream &os_;
  const TerminalStyle &style_;
  const SourceFile &file_;
  TextRange range_;
  const ExcerptLook &look_;
};

} // namespace

uint32_t gutterCells(const Location &location, uint32_t atLeast) {
  auto digits = static_cast<uint32_t>(std::to_string(linesOf(location).last + 1).size());
  return std::max(digits, atLeast);
}

void writeExcerpt(llvm::raw_ostream &os, const TerminalStyle &style, const Location &location,
                  const ExcerptLook &look) {
  if (location.file->text().empty())
    return;
  ExcerptWriter writer(os, style, location, look);
  LineSpan lines = linesOf(location);
  bool isLong = lines.last - lines.first >= kMostLines;
  for (uint32_t number = lines.first; number <= lines.last; ++number) {
    if (isLong && number == lines.first + kMostLines - 2) {
      writer.ellipsis();
      number = lines.last;
    }
    writer.line(number);
  }
}

} // namespace fraglint
