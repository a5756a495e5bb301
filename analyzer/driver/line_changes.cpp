#include "driver/line_changes.h"

#include <algorithm>

namespace fraglint {

namespace {

/// Changes are few lines, mostly. Texts that differ in more than this many are one change.
constexpr int64_t kMaxEdits = 500;

/// The shortest way from one list of lines to another, by Myers' greedy algorithm ("An O(ND)
/// Difference Algorithm and Its Variations", 1986). Diagonal k is where old index - new index
/// is k; a frontier says how far into the old lines each diagonal gets with d edits.
class EditPath {
public:
  EditPath(llvm::ArrayRef<llvm::StringRef> before, llvm::ArrayRef<llvm::StringRef> after)
      : before_(before), after_(after) {}

  /// The changes in order.
  std::vector<LineChange> changes() {
    if (!search())
      return {{0, before_.size(), 0, after_.size()}};
    std::vector<LineChange> changes;
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
  static void addInFront(std::vector<LineChange> &changes, size_t x, size_t y, bool isAddition) {
    size_t removed = isAddition ? 0 : 1;
    size_t added = isAddition ? 1 : 0;
    if (!changes.empty() && changes.back().begin == x + removed &&
        changes.back().newBegin == y + added) {
      LineChange &next = changes.back();
      next = {x, next.removed + removed, y, next.added + added};
      return;
    }
    changes.push_back({x, removed, y, added});
  }

  llvm::ArrayRef<llvm::StringRef> before_;
  llvm::ArrayRef<llvm::StringRef> after_;
  std::vector<std::vector<int64_t>> frontiers_; ///< by number of edits; index diagonal + edits
};

} // namespace

std::vector<LineChange> changedLines(llvm::ArrayRef<llvm::StringRef> before,
                                     llvm::ArrayRef<llvm::StringRef> after) {
  return EditPath(before, after).changes();
}

} // namespace fraglint
