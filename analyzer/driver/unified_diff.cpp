#include "driver/unified_diff.h"

#include "driver/line_changes.h"

#include "llvm/ADT/ArrayRef.h"

#include <algorithm>
#include <vector>

namespace fraglint {

namespace {

constexpr size_t kContext = 3;

/// Each with its end.
std::vector<llvm::StringRef> linesOf(llvm::StringRef text) {
  std::vector<llvm::StringRef> lines;
  while (!text.empty()) {
    size_t end = text.find('\n');
    size_t length = end == llvm::StringRef::npos ? text.size() : end + 1;
    lines.push_back(text.take_front(length));
    text = text.drop_front(length);
  }
  return lines;
}

void addLine(std::string &diff, char sign, llvm::StringRef line) {
  diff += sign;
  diff += line;
  if (!line.ends_with("\n"))
    diff += "\n\\ No newline at end of file\n";
}

/// `12,5`; an empty range is named by the line before it.
std::string rangeText(size_t begin, size_t count) {
  return std::to_string(count == 0 ? begin : begin + 1) + "," + std::to_string(count);
}

/// Changes near each other, with the lines around them.
void addHunk(std::string &diff, llvm::ArrayRef<LineChange> changes,
             llvm::ArrayRef<llvm::StringRef> before, llvm::ArrayRef<llvm::StringRef> after) {
  const LineChange &first = changes.front();
  const LineChange &last = changes.back();
  size_t lead = std::min(kContext, first.begin);
  size_t tail = std::min(kContext, before.size() - last.begin - last.removed);
  size_t begin = first.begin - lead, end = last.begin + last.removed + tail;
  size_t newBegin = first.newBegin - lead, newEnd = last.newBegin + last.added + tail;
  diff += "@@ -" + rangeText(begin, end - begin) + " +" + rangeText(newBegin, newEnd - newBegin) +
          " @@\n";
  for (const LineChange &change : changes) {
    for (; begin < change.begin; ++begin)
      addLine(diff, ' ', before[begin]);
    for (; begin < change.begin + change.removed; ++begin)
      addLine(diff, '-', before[begin]);
    for (size_t line = 0; line < change.added; ++line)
      addLine(diff, '+', after[change.newBegin + line]);
  }
  for (; begin < end; ++begin)
    addLine(diff, ' ', before[begin]);
}

} // namespace

std::string unifiedDiff(llvm::StringRef path, llvm::StringRef before, llvm::StringRef after) {
  if (before == after)
    return "";
  std::vector<llvm::StringRef> oldLines = linesOf(before), newLines = linesOf(after);
  std::vector<LineChange> changes = changedLines(oldLines, newLines);
  std::string diff = "--- " + path.str() + "\n+++ " + path.str() + "\n";
  for (size_t first = 0; first < changes.size();) {
    size_t last = first;
    while (last + 1 < changes.size() &&
           changes[last + 1].begin - (changes[last].begin + changes[last].removed) <= 2 * kContext)
      ++last;
    addHunk(diff, llvm::ArrayRef(changes).slice(first, last - first + 1), oldLines, newLines);
    first = last + 1;
  }
  return diff;
}

} // namespace fraglint
