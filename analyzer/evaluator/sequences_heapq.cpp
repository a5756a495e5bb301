/// The module `heapq`. Source: extmod/modheapq.c.

#include "evaluator/containers.h"

namespace fraglint {

namespace {

/// The items of a heap while they are moved. Comparing may run code of the program, so they are a
/// copy, which is written back.
class PriorityQueue {
public:
  PriorityQueue(Machine &m, Value list)
      : m_(m), list_(list), items_(m.heap().get<ListObject>(list)->items) {}

  /// Both give false where something was raised.
  bool moveTowardsRoot(size_t start, size_t at) {
    const Value item = items_[at];
    while (at > start) {
      const size_t parent = (at - 1) / 2;
      const auto less = isLess(item, items_[parent]);
      if (!less)
        return false;
      if (!*less)
        break;
      items_[at] = items_[parent];
      at = parent;
    }
    items_[at] = item;
    return true;
  }
  bool moveToLeavesAndBack(size_t at) {
    const size_t start = at;
    const Value item = items_[at];
    for (size_t child = 2 * at + 1; child < items_.size(); child = 2 * at + 1) {
      if (child + 1 < items_.size()) {
        const auto less = isLess(items_[child], items_[child + 1]);
        if (!less)
          return false;
        child += *less ? 0 : 1;
      }
      items_[at] = items_[child];
      at = child;
    }
    items_[at] = item;
    return moveTowardsRoot(start, at);
  }
  Value takeFirst() {
    const Value first = items_.front();
    items_.front() = items_.back();
    items_.pop_back();
    return first;
  }
  size_t size() const { return items_.size(); }
  /// What was found to be unknown makes the list so.
  void writeBack() {
    ListObject &list = *m_.heap().change<ListObject>(list_);
    list.items = items_;
    list.length = Interval::exactly(static_cast<int64_t>(items_.size()));
    if (isUnknown_)
      forgetItems(m_, list);
  }

private:
  std::optional<bool> isLess(Value left, Value right) {
    const auto less = m_.compare(CompareOperator::Less, left, right);
    if (!less)
      return std::nullopt;
    isUnknown_ |= m_.isAbstract(*less);
    return *less == Value::boolean(true);
  }

  Machine &m_;
  Value list_;
  std::vector<Value> items_;
  bool isUnknown_ = false;
};

std::optional<Value> push(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  appendToList(m, call.arguments[0], call.arguments[1]);
  if (!m.heap().get<ListObject>(call.arguments[0])->isKnown)
    return Value::none();
  PriorityQueue queue(m, call.arguments[0]);
  const bool isDone = queue.moveTowardsRoot(0, queue.size() - 1);
  queue.writeBack();
  return isDone ? std::optional<Value>(Value::none()) : std::nullopt;
}

std::optional<Value> pop(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  ListObject &list = *m.heap().change<ListObject>(call.arguments[0]);
  if (!list.isKnown) {
    list.length = (list.length - Interval::exactly(1)).clampedBelow(0);
    return list.element;
  }
  if (list.items.empty())
    return m.raise("IndexError", "empty heap");
  PriorityQueue queue(m, call.arguments[0]);
  const Value first = queue.takeFirst();
  const bool isDone = queue.size() == 0 || queue.moveToLeavesAndBack(0);
  queue.writeBack();
  return isDone ? std::optional<Value>(first) : std::nullopt;
}

std::optional<Value> heapify(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  if (!m.heap().get<ListObject>(call.arguments[0])->isKnown)
    return Value::none();
  PriorityQueue queue(m, call.arguments[0]);
  bool isDone = true;
  for (size_t i = queue.size() / 2; isDone && i > 0;)
    isDone = queue.moveToLeavesAndBack(--i);
  queue.writeBack();
  return isDone ? std::optional<Value>(Value::none()) : std::nullopt;
}

constexpr NativeRow kRows[] = {
    {"heapq.heappush", onKind<push, ObjectKind::List>, true},
    {"heapq.heappop", onKind<pop, ObjectKind::List>, true},
    {"heapq.heapify", onKind<heapify, ObjectKind::List>, true},
};

} // namespace

llvm::ArrayRef<NativeRow> heapNatives() { return kRows; }

} // namespace fraglint
