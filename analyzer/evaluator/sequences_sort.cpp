#include "evaluator/containers.h"

namespace fraglint {

namespace {

/// Quicksort that takes the last item as the pivot, goes on with the smaller part first, and asks
/// the key function anew for each comparison, as `mp_quicksort` does: it is not stable, and what
/// it leaves of equal items is printed by programs.
class Quicksort {
public:
  Quicksort(Machine &m, std::vector<Value> &items, Value key, bool isReverse, bool findsEqual)
      : m_(m), items_(items), key_(key), less_(Value::boolean(!isReverse)),
        findsEqual_(findsEqual) {}

  /// Sorts what lies behind index `head` up to index `tail`; `head` may be -1.
  bool sort(int64_t head, int64_t tail) {
    while (tail - head > 1) {
      int64_t low = head, high = tail;
      const auto pivot = keyOf(items_[tail]);
      if (!pivot)
        return false;
      while (true) {
        do {
          ++low;
        } while (low < high && staysBelow(low, *pivot));
        do {
          --high;
        } while (!hasFailed_ && low < high && staysAbove(high, *pivot));
        if (hasFailed_)
          return false;
        if (low >= high)
          break;
        std::swap(items_[low], items_[high]);
      }
      std::swap(items_[low], items_[tail]);
      if (high - head < tail - low) {
        if (!sort(head, high))
          return false;
        head = low;
      } else {
        if (!sort(low, tail))
          return false;
        tail = high;
      }
    }
    return true;
  }
  bool isUnknown() const { return isUnknown_; }
  bool hasEqual() const { return hasEqual_; }

private:
  std::optional<Value> keyOf(Value item) {
    const auto key = key_.isUnbound() ? std::optional<Value>(item) : m_.call(key_, {item});
    hasFailed_ |= !key;
    return key;
  }
  bool staysBelow(int64_t index, Value pivot) {
    const auto key = keyOf(items_[index]);
    return key && isLess(*key, pivot);
  }
  bool staysAbove(int64_t index, Value pivot) {
    const auto key = keyOf(items_[index]);
    return key && isLess(pivot, *key);
  }
  bool isLess(Value left, Value right) {
    const auto result = m_.compare(CompareOperator::Less, left, right);
    isUnknown_ |= result && m_.isAbstract(*result);
    hasFailed_ |= !result || isUnknown_;
    // Of equal items that are the same it does not matter which comes first.
    bool mayDiffer = findsEqual_ && (!key_.isUnbound() || !(left == right));
    if (!hasFailed_ && mayDiffer && *result == Value::boolean(false)) {
      const auto isEqual = m_.equal(left, right);
      hasFailed_ |= !isEqual;
      hasEqual_ |= isEqual.value_or(false);
    }
    return !hasFailed_ && *result == less_;
  }

  Machine &m_;
  std::vector<Value> &items_;
  Value key_, less_;
  bool findsEqual_, hasFailed_ = false, isUnknown_ = false, hasEqual_ = false;
};

} // namespace

bool sortList(Machine &m, Value value, Value key, bool isReverse) {
  const auto *list = m.heap().get<ListObject>(value);
  if (!list->isKnown)
    return true;
  const bool isInAnyOrder = !list->shuffled.empty();
  // The key function may look at the list.
  std::vector<Value> items(isInAnyOrder ? list->shuffled : list->items);
  Quicksort quicksort(m, items, key, isReverse, isInAnyOrder);
  AnyOrderWalk walk;
  if (isInAnyOrder)
    m.beginWalk(walk, {});
  const bool isSorted = quicksort.sort(-1, static_cast<int64_t>(items.size()) - 1);
  if (!m.endWalk(walk, {}))
    return false;
  ListObject &changed = *m.heap().change<ListObject>(value);
  changed.items = std::move(items);
  changed.length = Interval::exactly(static_cast<int64_t>(changed.items.size()));
  if (quicksort.isUnknown() || quicksort.hasEqual())
    forgetItems(m, changed);
  return isSorted || quicksort.isUnknown();
}

} // namespace fraglint
