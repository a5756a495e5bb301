#include "driver/unified_diff.h"

#include "llvm/ADT/ArrayRef.h"

#include <algorithm>
#include <vector>

namespace fraglint {

namespace {

using Lines = std::vector<llvm::StringRef>;

constexpr size_t kContext = 3;
/// Fixes change few lines. Texts that differ in more than this many are shown as one block.
constexpr int64_t kMaxEdits = 500;

/// `removed` lines of the old text from `begin` became `added` lines of the new from `newBegin`.
struct Change {
  size_t begin;
  size_t removed;
  size_t newBegin;
  size_t added;
};

Lines linesOf(llvm::StringRef text) {
  Lines lines;
  while (!text.empty()) {
    size_t end = text.find('\n');
    size_t length = end == llvm::StringRef::npos ? text.size() : end + 1;
    lines.push_back(text.take_front(length));
    text = text.drop_front(length);
  }
  return lines;
}

/// The shortest way from one list of lines to another, by Myers' greedy algorithm ("An O(ND)
/// Difference Algorithm and Its Variations", 1986). Diagonal k is where old index - new index
/// is k; a frontier says how far into the old lines each diagonal gets with d edits.
class EditPath {
public:
  EditPath(llvm::ArrayRef<llvm::StringRef> before, llvm::ArrayRef<llvm::StringRef> after)
      : before_(before), after_(after) {}

  /// The changes in order.
  std::vector<Change> changes() {
    if (!search())
      return {{0, before_.size(), 0, after_.size()}};
    std::vector<Change> changes;
    int64_t x = std::ssize(before_);
    int64_t y = std::ssize(after_);
    for (int64_t d = std::ssize(frontiers_) - 1; d > 0; --d) {
      bool isAddition = comesFromAbove(d, x - y);
      int64_t from = isAddition ? x - y + 1 : x - y - 1;
      x = at(d - 1, from);
      y = x - from;
      addInFront(changes, static_cast<size_t>(x), static_cast<size_t>(y), isAddition);
    }
    std::reverse(changes.begin(), changes.end());
    return changes;
  }

private:
  int64_t at(int64_t d, int64_t diagonal) const {
    return frontiers_[static_cast<size_t>(d)][static_cast<size_t>(diagonal + d)];
  }
  /// Whether edit number d on this diagonal adds a line (else it removes one).
  bool comesFromAbove(int64_t d, int64_t diagonal) const {
    if (diagonal == -d || diagonal == d)
      return diagonal == -d;
    return at(d - 1, diagonal - 1) < at(d - 1, diagonal + 1);
  }

  /// Fills the frontiers until one reaches the end of both; false where that takes too many.
  bool search() {
    for (int64_t d = 0; d <= kMaxEdits; ++d) {
      std::vector<int64_t> frontier(static_cast<size_t>(2 * d + 1), 0);
      for (int64_t k = -d; k <= d; k += 2) {
        int64_t x = 0;
        if (d > 0)
          x = comesFromAbove(d, k) ? at(d - 1, k + 1) : at(d - 1, k - 1) + 1;
        while (x < std::ssize(before_) && x - k < std::ssize(after_) &&
               before_[static_cast<size_t>(x)] == after_[static_cast<size_t>(x - k)])
          ++x;
        frontier[static_cast<size_t>(k + d)] = x;
        if (x >= std::ssize(before_) && x - k >= std::ssize(after_)) {
          frontiers_.push_back(std::move(frontier));
          return true;
        }
      }
      frontiers_.push_back(std::move(frontier));
    }
    return false;
  }

  /// One edit at (x, y), which comes before all in `changes`, whose order is from the end.
  static void addInFront(std::vector<Change> &changes, size_t x, size_t y, bool isAddition) {
    size_t removed = isAddition ? 0 : 1;
    size_t added = isAddition ? 1 : 0;
    if (!changes.empty() && changes.back().begin == x + removed &&
        changes.back().newBegin == y + added) {
      Change &next = changes.back();
      next = {x, next.removed + removed, y, next.added + added};
      return;
    }
    changes.push_back({x, removed, y, added});
  }

  llvm::ArrayRef<llvm::StringRef> before_;
  llvm::ArrayRef<llvm::StringRef> after_;
  std::vector<std::vector<int64_t>> frontiers_; ///< by number of edits; index diagonal + edits
};

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
void addHunk(std::string &diff, llvm::ArrayRef<Change> changes, const Lines &before,
             const Lines &after) {
  const Change &first = changes.front();
  const Change &last = changes.back();
  size_t lead = std::min(kContext, first.begin);
  size_t tail = std::min(kContext, before.size() - last.begin - last.removed);
  size_t begin = first.begin - lead, end = last.begin + last.removed + tail;
  size_t newBegin = first.newBegin - lead, newEnd = last.newBegin + last.added + tail;
  diff += "@@ -" + rangeText(begin, end - begin) + " +" + rangeText(newBegin, newEnd - newBegin) +
          " @@\n";
  for (const Change &change : changes) {
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
  Lines oldLines = linesOf(before);
  Lines newLines = linesOf(after);
  std::vector<Change> changes = EditPath(oldLines, newLines).changes();
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
