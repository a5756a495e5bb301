// What a native made of a generator of which nobody knows how many items it gives.
#include "evaluator/containers.h"
#include "evaluator/machine.h"
#include "evaluator/numbers.h"

namespace fraglint {

namespace {

constexpr llvm::StringLiteral kReason = "how many items a generator gives is not known";

void openItems(Machine &m, Value value) {
  if (m.heap().get<ListObject>(value)) {
    Value item = anyItemOf(m, value);
    auto &list = *m.heap().change<ListObject>(value);
    list.isKnown = false;
    list.items.clear();
    list.element = item.isUnbound() ? m.unknown(kReason) : item;
    list.length = list.allocated = list.data.bytes = Interval::atLeast(0);
  } else if (m.heap().get<SetObject>(value)) {
    auto &set = *m.heap().change<SetObject>(value);
    set.isKnown = false;
    set.slots.clear();
    set.isDeleted.clear();
    set.element = m.unknown(kReason);
    set.used = set.allocated = set.data.bytes = Interval::atLeast(0);
  } else if (m.heap().get<DictObject>(value)) {
    MapTable &table = m.heap().change<DictObject>(value)->table;
    forgetSlots(m, table);
    table.used = table.allocated = table.run.bytes = Interval::atLeast(0);
  } else if (m.heap().get<DequeObject>(value)) {
    auto &deque = *m.heap().change<DequeObject>(value);
    deque.isKnown = false;
    deque.items.clear();
    deque.element = m.unknown(kReason);
    deque.length.lo = 0;
  } else if (m.heap().get<ByteArrayObject>(value)) {
    auto &array = *m.heap().change<ByteArrayObject>(value);
    array.content = Content::ofLength(Interval::atLeast(0));
    array.allocated = array.data.bytes = Interval::atLeast(0);
  }
}

} // namespace

Value Machine::opened(Value value) {
  if (isNumber(value))
    return floatOf(*this, value) ? abstract("float", kReason)
                                 : abstractInt(Interval::unknown(), kReason);
  if (!value.isObject())
    return value;
  switch (heap_[value.asObject()].kind) {
  case ObjectKind::Tuple:
  case ObjectKind::Str:
  case ObjectKind::Bytes:
    return abstract(typeName(value), kReason);
  case ObjectKind::Abstract:
    return value;
  default:
    openItems(*this, value);
    return value;
  }
}

} // namespace fraglint
