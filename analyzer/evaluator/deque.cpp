#include "evaluator/containers.h"

namespace fraglint {

namespace {

/// An item at either end of a deque; of a full one, the item at the other end is pushed out.
bool push(Machine &m, Value value, Value item, bool isLeft) {
  DequeObject &deque = *m.heap().change<DequeObject>(value);
  if (!deque.isKnown) {
    deque.element = joinValues(m, deque.element, item);
    deque.length = {std::min(deque.length.lo + 1, deque.most),
                    std::min(deque.length.hi + 1, deque.most)};
    return true;
  }
  const bool isFull = static_cast<int64_t>(deque.items.size()) >= deque.most;
  if (isFull && deque.checksOverflow) {
    m.raise("IndexError", "full");
    return false;
  }
  deque.items.insert(isLeft ? deque.items.begin() : deque.items.end(), item);
  if (isFull)
    deque.items.erase(isLeft ? deque.items.end() - 1 : deque.items.begin());
  deque.length = Interval::exactly(static_cast<int64_t>(deque.items.size()));
  return true;
}

bool extendDeque(Machine &m, Value deque, Value iterable) {
  if (!isKnownIterable(m, iterable)) {
    const Value item = anyItemOf(m, iterable);
    const auto length = lengthOf(m, iterable);
    DequeObject &changed = *m.heap().change<DequeObject>(deque);
    if (changed.isKnown) {
      changed.element = anyOf(m, changed.items);
      changed.items = {};
      changed.isKnown = false;
    }
    changed.element = joinValues(m, changed.element, item);
    const Interval added = length ? *length : Interval::atLeast(0);
    changed.length = minimum(changed.length + added, Interval::exactly(changed.most));
    return true;
  }
  return m.forEach(iterable, false, [&](Value item) { return push(m, deque, item, false); });
}

std::optional<Value> makeDeque(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 3))
    return std::nullopt;
  if (m.isAbstract(call.arguments[1]))
    return unknownCost(m, "the room of a deque is not known");
  const auto most = toInt(m, call.arguments[1]);
  if (!most)
    return std::nullopt;
  if (*most < 0)
    return m.raise("ValueError");
  auto &deque = m.heap().make<DequeObject>();
  m.allocate(deque, 6);
  deque.most = *most;
  deque.data = m.heap().request(m.words(*most + 1));
  if (call.arguments.size() > 2) {
    const auto flags = toInt(m, call.arguments[2]);
    if (!flags)
      return std::nullopt;
    deque.checksOverflow = (*flags & 1) != 0;
  }
  const Value made = Value::object(deque.id);
  return extendDeque(m, made, call.arguments[0]) ? std::optional<Value>(made) : std::nullopt;
}

template <bool IsLeft> std::optional<Value> append(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2) || !push(m, call.arguments[0], call.arguments[1], IsLeft))
    return std::nullopt;
  return Value::none();
}

template <bool IsLeft> std::optional<Value> pop(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  DequeObject &deque = *m.heap().change<DequeObject>(call.arguments[0]);
  if (!deque.isKnown) {
    if (deque.length.lo == 0)
      m.mayRaise("IndexError", "empty");
    deque.length = (deque.length - Interval::exactly(1)).clampedBelow(0);
    return deque.element;
  }
  if (deque.items.empty())
    return m.raise("IndexError", "empty");
  const auto at = IsLeft ? deque.items.begin() : deque.items.end() - 1;
  const Value item = *at;
  deque.items.erase(at);
  deque.length = Interval::exactly(static_cast<int64_t>(deque.items.size()));
  return item;
}

std::optional<Value> extend(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2) || !extendDeque(m, call.arguments[0], call.arguments[1]))
    return std::nullopt;
  return Value::none();
}

// --- heapq. Source: extmod/modheapq.c ---

std::vector<Value> &itemsAt(Machine &m, Value list) {
  return m.heap().change<ListObject>(list)->items;
}

/// Whether `left < right`; nothing where that raised. `isOpen` becomes true where it is not known.
std::optional<bool> isLess(Machine &m, Value left, Value right, bool &isOpen) {
  const auto less = m.compare(CompareOperator::Less, left, right);
  if (!less)
    return std::nullopt;
  isOpen |= m.isUndecided(*less);
  return m.isUndecided(*less) ? std::optional(false) : m.truth(*less);
}

bool siftDown(Machine &m, Value list, size_t start, size_t at, bool &isOpen) {
  const Value item = itemsAt(m, list)[at];
  while (at > start) {
    const size_t parent = (at - 1) >> 1;
    const Value above = itemsAt(m, list)[parent];
    const auto less = isLess(m, item, above, isOpen);
    if (!less)
      return false;
    if (!*less)
      break;
    itemsAt(m, list)[at] = above;
    at = parent;
  }
  itemsAt(m, list)[at] = item;
  return true;
}

/// From here on each item of the list may be any of them, in any order.
void forgetOrder(Machine &m, Value list) {
  const Value element = anyOf(m, std::vector<Value>(itemsAt(m, list)));
  auto &changed = *m.heap().change<ListObject>(list);
  changed.isKnown = false;
  changed.items.clear();
  changed.element = element;
}

/// What is asked for where any two of its items are compared.
bool compareAny(Machine &m, Value list) {
  bool isOpen = false;
  const auto &heap = *m.heap().get<ListObject>(list);
  return heap.element.isUnbound() || heap.length.hi < 2 ||
         isLess(m, heap.element, heap.element, isOpen).has_value();
}

bool siftUp(Machine &m, Value list, size_t at, bool &isOpen) {
  const size_t start = at, end = itemsAt(m, list).size();
  const Value item = itemsAt(m, list)[at];
  for (size_t child = 2 * at + 1; child < end; child = 2 * at + 1) {
    if (child + 1 < end) {
      const auto less = isLess(m, itemsAt(m, list)[child], itemsAt(m, list)[child + 1], isOpen);
      if (!less)
        return false;
      child += *less ? 0 : 1;
    }
    itemsAt(m, list)[at] = itemsAt(m, list)[child];
    at = child;
  }
  itemsAt(m, list)[at] = item;
  return siftDown(m, list, start, at, isOpen);
}

/// The list that is the first argument; Unbound where it is none, which raises.
Value heapOf(Machine &m, const NativeCall &call, size_t count) {
  if (!checkArguments(m, call, count, count))
    return {};
  if (!m.heap().get<ListObject>(call.arguments[0])) {
    m.raise("TypeError", "heap must be a list");
    return {};
  }
  return call.arguments[0];
}

std::optional<Value> heapPush(Machine &m, const NativeCall &call) {
  const Value list = heapOf(m, call, 2);
  if (list.isUnbound())
    return std::nullopt;
  appendToList(m, list, call.arguments[1]);
  const auto &made = *m.heap().get<ListObject>(list);
  bool isOpen = false;
  if (made.isKnown ? !siftDown(m, list, 0, made.items.size() - 1, isOpen) : !compareAny(m, list))
    return std::nullopt;
  if (isOpen)
    forgetOrder(m, list);
  return Value::none();
}

/// Of a heap whose items are not known one by one.
std::optional<Value> popAny(Machine &m, Value list) {
  auto &heap = *m.heap().change<ListObject>(list);
  const Value item = heap.element;
  if (item.isUnbound())
    return m.raise("IndexError", "empty heap");
  if (heap.length.lo <= 0)
    m.mayRaise("IndexError", "empty heap");
  if (!compareAny(m, list))
    return std::nullopt;
  auto &changed = *m.heap().change<ListObject>(list);
  changed.length = (changed.length - Interval::exactly(1)).clampedBelow(0);
  return item;
}

std::optional<Value> heapPop(Machine &m, const NativeCall &call) {
  const Value list = heapOf(m, call, 1);
  if (list.isUnbound())
    return std::nullopt;
  if (!m.heap().get<ListObject>(list)->isKnown)
    return popAny(m, list);
  std::vector<Value> &items = itemsAt(m, list);
  if (items.empty())
    return m.raise("IndexError", "empty heap");
  const Value least = items.front();
  items.front() = items.back();
  items.pop_back();
  // Its room stays as it is.
  m.heap().change<ListObject>(list)->length = Interval::exactly(static_cast<int64_t>(items.size()));
  bool isOpen = false;
  if (!items.empty() && !siftUp(m, list, 0, isOpen))
    return std::nullopt;
  if (isOpen)
    forgetOrder(m, list);
  return least;
}

std::optional<Value> heapify(Machine &m, const NativeCall &call) {
  const Value list = heapOf(m, call, 1);
  if (list.isUnbound())
    return std::nullopt;
  if (!m.heap().get<ListObject>(list)->isKnown)
    return compareAny(m, list) ? std::optional(Value::none()) : std::nullopt;
  bool isOpen = false;
  for (size_t at = itemsAt(m, list).size() / 2; at > 0; --at)
    if (!siftUp(m, list, at - 1, isOpen))
      return std::nullopt;
  if (isOpen)
    forgetOrder(m, list);
  return Value::none();
}

constexpr ObjectKind kDeque = ObjectKind::Deque;

constexpr NativeRow kRows[] = {
    {"collections.deque", makeDeque, true, "deque"},
    {"deque", makeDeque, true, "deque"},
    {"deque.append", onKind<append<false>, kDeque>, true},
    {"deque.appendleft", onKind<append<true>, kDeque>, true},
    {"deque.pop", onKind<pop<false>, kDeque>, true},
    {"deque.popleft", onKind<pop<true>, kDeque>, true},
    {"deque.extend", onKind<extend, kDeque>, true},
    {"heapq.heapify", heapify, true, "NoneType"},
    {"heapq.heappop", heapPop, true},
    {"heapq.heappush", heapPush, true, "NoneType"},
};

} // namespace

llvm::ArrayRef<NativeRow> dequeNatives() { return kRows; }

} // namespace fraglint
