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

template <bool isLeft> std::optional<Value> append(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2) || !push(m, call.arguments[0], call.arguments[1], isLeft))
    return std::nullopt;
  return Value::none();
}

template <bool isLeft> std::optional<Value> pop(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  DequeObject &deque = *m.heap().change<DequeObject>(call.arguments[0]);
  if (!deque.isKnown) {
    deque.length = (deque.length - Interval::exactly(1)).clampedBelow(0);
    return deque.element;
  }
  if (deque.items.empty())
    return m.raise("IndexError", "empty");
  const auto at = isLeft ? deque.items.begin() : deque.items.end() - 1;
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

constexpr ObjectKind Deque = ObjectKind::Deque;

constexpr NativeRow kRows[] = {
    {"collections.deque", makeDeque, true, "deque"},
    {"deque", makeDeque, true, "deque"},
    {"deque.append", onKind<append<false>, Deque>, true},
    {"deque.appendleft", onKind<append<true>, Deque>, true},
    {"deque.pop", onKind<pop<false>, Deque>, true},
    {"deque.popleft", onKind<pop<true>, Deque>, true},
    {"deque.extend", onKind<extend, Deque>, true},
};

} // namespace

llvm::ArrayRef<NativeRow> dequeNatives() { return kRows; }

} // namespace fraglint
