#include "evaluator/library.h"
#include "evaluator/operations.h"

namespace fraglint {

namespace {

// extmod/modheapq.c. The order of comparisons decides what those of the program's classes ask for.

/// The items of a heap that is known; null where it is not one (raised), or not known.
std::vector<Value> *itemsOf(Machine &m, Value heap) {
  auto *list = m.heap().change<ListObject>(heap);
  if (list == nullptr) {
    if (!m.isAbstract(heap))
      m.raise("TypeError", "heap must be a list");
    return nullptr;
  }
  return list->isKnown ? &list->items : nullptr;
}

/// Whether one is less; nothing where that was raised, or is not known.
std::optional<bool> isLess(Machine &m, Value one, Value other, bool &isKnown) {
  std::optional<Value> less = m.compare(CompareOperator::Less, one, other);
  if (!less)
    return std::nullopt;
  if (m.isUndecided(*less)) {
    isKnown = false;
    return std::nullopt;
  }
  return m.truth(*less);
}

bool siftDown(Machine &m, Value heap, size_t start, size_t at, bool &isKnown) {
  std::vector<Value> &items = *itemsOf(m, heap);
  Value item = items[at];
  while (at > start) {
    size_t parent = (at - 1) / 2;
    std::optional<bool> less = isLess(m, item, items[parent], isKnown);
    if (!less)
      return false;
    if (!*less)
      break;
    items[at] = items[parent];
    at = parent;
  }
  items[at] = item;
  return true;
}

bool siftUp(Machine &m, Value heap, size_t at, bool &isKnown) {
  std::vector<Value> &items = *itemsOf(m, heap);
  size_t start = at;
  Value item = items[at];
  for (size_t child = 2 * at + 1; child < items.size(); child = 2 * at + 1) {
    if (child + 1 < items.size()) {
      std::optional<bool> less = isLess(m, items[child], items[child + 1], isKnown);
      if (!less)
        return false;
      child += *less ? 0 : 1;
    }
    items[at] = items[child];
    at = child;
  }
  items[at] = item;
  return siftDown(m, heap, start, at, isKnown);
}

/// The order of the items is not known from here on.
void forget(Machine &m, Value heap) {
  auto *list = m.heap().change<ListObject>(heap);
  if (list == nullptr)
    return;
  list->isKnown = false;
  list->items.clear();
  list->element = m.abstract("", "the order of the heap is not known");
}

std::optional<Value> ended(Machine &m, Value heap, bool isDone, bool isKnown, Value result) {
  if (!isDone && isKnown)
    return std::nullopt;
  if (!isKnown)
    forget(m, heap);
  return result;
}

std::optional<Value> push(Machine &m, const NativeCall &call) {
  Value heap = call.argument(0);
  std::vector<Value> *items = itemsOf(m, heap);
  if (!m.raised().isUnbound())
    return std::nullopt;
  if (m.heap().get<ListObject>(heap) == nullptr)
    return unknownResult(m, "the heap is not known");
  appendToList(m, heap, call.argument(1));
  if (items == nullptr)
    return Value::none();
  bool isKnown = true;
  bool isDone = siftDown(m, heap, 0, items->size() - 1, isKnown);
  return ended(m, heap, isDone, isKnown, Value::none());
}

std::optional<Value> pop(Machine &m, const NativeCall &call) {
  Value heap = call.argument(0);
  std::vector<Value> *items = itemsOf(m, heap);
  if (!m.raised().isUnbound())
    return std::nullopt;
  if (items == nullptr)
    return unknownResult(m, "the heap is not known");
  if (items->empty())
    return m.raise("IndexError", "empty heap");
  Value item = items->front();
  items->front() = items->back();
  items->pop_back();
  auto *list = m.heap().change<ListObject>(heap);
  list->length = Interval::exactly(static_cast<int64_t>(items->size()));
  bool isKnown = true;
  bool isDone = items->empty() || siftUp(m, heap, 0, isKnown);
  return ended(m, heap, isDone, isKnown, item);
}

std::optional<Value> heapify(Machine &m, const NativeCall &call) {
  Value heap = call.argument(0);
  std::vector<Value> *items = itemsOf(m, heap);
  if (!m.raised().isUnbound())
    return std::nullopt;
  if (items == nullptr)
    return Value::none();
  bool isKnown = true;
  for (size_t at = items->size() / 2; at > 0;)
    if (!siftUp(m, heap, --at, isKnown))
      return ended(m, heap, false, isKnown, Value::none());
  return Value::none();
}

constexpr NativeRow kRows[] = {
    {"heapq.heapify", heapify, true, "NoneType"},
    {"heapq.heappop", pop, true, ""},
    {"heapq.heappush", push, true, "NoneType"},
};

} // namespace

llvm::ArrayRef<NativeRow> heapqNatives() { return kRows; }

} // namespace fraglint
