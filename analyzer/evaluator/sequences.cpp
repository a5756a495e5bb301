#include "evaluator/containers.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// What a list never has less room for when it is made.
constexpr int64_t kLeastRoom = 4;

/// What appending so many items to an empty one makes room for.
int64_t grownRoomOf(int64_t count) {
  int64_t room = kLeastRoom;
  while (room < count)
    room = room > Interval::kNoHi / 2 ? Interval::kNoHi : 2 * room;
  return room;
}

int64_t doubled(int64_t count) { return count > Interval::kNoHi / 2 ? Interval::kNoHi : 2 * count; }

void setRoom(Machine &m, ListObject &list, Interval room) {
  if (room == list.allocated)
    return;
  m.heap().resize(list.data, listBytes(m, room));
  list.allocated = room;
}

std::optional<Value> multiplySequence(Machine &m, Value sequence, Value times, bool isList) {
  const auto length = lengthOf(m, sequence);
  if (const auto *abstract = m.heap().get<AbstractObject>(times)) {
    if (abstract->type != "int")
      return Value();
    const Interval result = *length * abstract->number.clampedBelow(0);
    const std::string reason = abstract->reason;
    const Value element = anyItemOf(m, sequence);
    if (isList)
      return makeUnknownList(m, result, element);
    return makeUnknownTuple(m, result, reason);
  }
  const auto count = m.intOf(times);
  if (!count)
    return Value();
  const Interval result = *length * Interval::exactly(std::max<int64_t>(*count, 0));
  const auto *items = itemsOf(m, sequence);
  if (!items || result.lo > kMostItems) {
    const Value element = anyItemOf(m, sequence);
    if (isList)
      return makeUnknownList(m, result, element);
    return makeUnknownTuple(m, result, "more items than are kept one by one");
  }
  std::vector<Value> all;
  all.reserve(static_cast<size_t>(result.lo));
  for (int64_t i = 0; i < *count; ++i)
    all.insert(all.end(), items->begin(), items->end());
  return isList ? m.list(all) : m.tuple(all);
}

bool isAbstractOf(const Machine &m, Value value, llvm::StringRef type) {
  const auto *abstract = m.heap().get<AbstractObject>(value);
  return abstract && abstract->type == type;
}

std::optional<Value> addLists(Machine &m, Value left, Value right) {
  const auto *leftItems = itemsOf(m, left), *rightItems = itemsOf(m, right);
  if (!leftItems || !rightItems) {
    const Value element = joinValues(m, anyItemOf(m, left), anyItemOf(m, right));
    return makeUnknownList(m, *lengthOf(m, left) + *lengthOf(m, right), element);
  }
  std::vector<Value> all(*leftItems);
  all.insert(all.end(), rightItems->begin(), rightItems->end());
  return m.list(all);
}

std::optional<Value> addTuples(Machine &m, Value left, Value right) {
  const auto *leftItems = itemsOf(m, left), *rightItems = itemsOf(m, right);
  if (!leftItems || !rightItems)
    return makeUnknownTuple(m, *lengthOf(m, left) + *lengthOf(m, right),
                            "a tuple that is added to is not known");
  std::vector<Value> all(*leftItems);
  all.insert(all.end(), rightItems->begin(), rightItems->end());
  return m.tuple(all);
}

} // namespace

Interval listBytes(const Machine &m, Interval room) { return room * Interval::exactly(m.words(1)); }

ListObject &makeList(Machine &m, int64_t length) {
  auto &list = m.heap().make<ListObject>();
  m.allocate(list, 4);
  list.length = Interval::exactly(length);
  list.allocated = Interval::exactly(std::max(length, kLeastRoom));
  list.data = m.heap().request(listBytes(m, list.allocated));
  return list;
}

Value makeUnknownList(Machine &m, Interval length, Value element) {
  auto &list = m.heap().make<ListObject>();
  m.allocate(list, 4);
  length = m.contractedLength(length.clampedBelow(0), m.words(1));
  list.length = length;
  list.allocated = length.clampedBelow(kLeastRoom);
  list.data = m.heap().request(listBytes(m, list.allocated));
  list.isKnown = length == Interval::exactly(0);
  list.element = element;
  return Value::object(list.id);
}

Value makeGrownList(Machine &m, Interval length, Value element) {
  const Value value = newList(m, 0);
  ListObject &list = *m.heap().change<ListObject>(value);
  list.isKnown = length == Interval::exactly(0);
  growList(m, list, length, {grownRoomOf(length.lo), grownRoomOf(length.hi)});
  list.length = length;
  list.element = element;
  return value;
}

Value makeUnknownTuple(Machine &m, Interval length, llvm::StringRef reason) {
  length = m.contractedLength(length.clampedBelow(0), m.words(1));
  m.heap().request(listBytes(m, length + Interval::exactly(2)));
  const Value tuple = m.abstract("tuple", reason);
  m.heap().change<AbstractObject>(tuple)->length = length;
  return tuple;
}

void forgetItems(Machine &m, ListObject &list) {
  if (!list.isKnown)
    return;
  list.element = anyOf(m, list.items);
  list.items = {};
  list.isKnown = false;
}

void growList(Machine &m, ListObject &list, Interval least, Interval wanted) {
  const Interval room = list.allocated;
  if (least.hi <= room.lo)
    return;
  if (least.lo > room.hi) {
    setRoom(m, list, wanted);
    return;
  }
  list.allocated = {std::max(room.lo, least.lo), std::max(room.hi, wanted.hi)};
  growMaybe(m, list.data, listBytes(m, list.allocated),
            listBytes(m, {std::max(wanted.lo, room.lo + 1), wanted.hi}));
}

Value newList(Machine &m, int64_t room) {
  ListObject &list = makeList(m, room);
  list.length = Interval::exactly(0);
  return Value::object(list.id);
}

void appendToList(Machine &m, Value value, Value item) {
  m.noteGrowth(value);
  ListObject &list = *m.heap().change<ListObject>(value);
  const Interval room = list.allocated, length = list.length + Interval::exactly(1);
  growList(m, list, length, {doubled(room.lo), doubled(std::min(room.hi, list.length.hi))});
  list.length = length;
  if (list.isKnown && static_cast<int64_t>(list.items.size()) >= kMostItems)
    forgetItems(m, list);
  if (list.isKnown)
    list.items.push_back(item);
  else
    list.element = joinValues(m, list.element, item);
}

bool extendList(Machine &m, Value value, Value iterable) {
  if (const auto *other = m.heap().get<ListObject>(iterable)) {
    ListObject &list = *m.heap().change<ListObject>(value);
    other = m.heap().get<ListObject>(iterable);
    const Interval length = list.length + other->length;
    growList(m, list, length, length + Interval::exactly(4));
    list.length = length;
    if (list.isKnown && (!other->isKnown || length.lo > kMostItems))
      forgetItems(m, list);
    if (!list.isKnown) {
      list.element = joinValues(m, list.element, anyItemOf(m, iterable));
      return true;
    }
    const std::vector<Value> items(other->items); // the list itself, perhaps
    list.items.insert(list.items.end(), items.begin(), items.end());
    return true;
  }
  if (isAbstractOf(m, iterable, "list")) {
    const Value item = anyItemOf(m, iterable);
    ListObject &list = *m.heap().change<ListObject>(value);
    const Interval length = list.length + *lengthOf(m, iterable);
    growList(m, list, length, length + Interval::exactly(4));
    list.length = length;
    forgetItems(m, list);
    list.element = joinValues(m, list.element, item);
    return true;
  }
  return extendFromIterator(m, value, iterable);
}

bool extendFromIterator(Machine &m, Value value, Value iterable) {
  const auto iterator = m.iterator(iterable, true);
  if (!iterator)
    return false;
  if (isUnknownIterator(m, *iterator)) {
    const auto item = m.next(*iterator);
    if (!item)
      return false;
    const Interval steps = stepsOf(m, *iterator);
    ListObject &list = *m.heap().change<ListObject>(value);
    forgetItems(m, list);
    const Interval length = list.length + steps;
    // Doubled as often as it takes; where it stops is between just enough and twice that.
    growList(m, list, length, {length.lo, doubled(length.hi)});
    list.length = length;
    list.element = joinValues(m, list.element, *item);
    return true;
  }
  AnyOrderWalk walk;
  const bool isShuffled = m.heap().get<ListObject>(value)->length == Interval::exactly(0) &&
                          takeInAnyOrder(m, *iterator);
  if (isShuffled)
    m.beginWalk(walk, *iterator);
  while (true) {
    const auto item = m.next(*iterator);
    if (!item) {
      m.endWalk(walk, {value});
      return false;
    }
    if (item->isUnbound())
      break;
    appendToList(m, value, *item);
    m.noteStep(walk);
  }
  if (m.isCountOpen())
    (void)m.opened(value);
  if (!m.endWalk(walk, {value}))
    return false;
  if (isShuffled)
    shuffleList(m, value);
  return true;
}

std::optional<Value> popFromList(Machine &m, Value value, Value index) {
  ListObject &list = *m.heap().change<ListObject>(value);
  Value popped;
  if (list.isKnown) {
    if (list.items.empty())
      return m.raise("IndexError", "pop from empty list");
    if (m.isAbstract(index)) {
      forgetItems(m, list);
      popped = list.element;
    } else {
      const auto position =
          indexIn(m, value, static_cast<int64_t>(list.items.size()), index, false);
      if (!position)
        return std::nullopt;
      popped = list.items[*position];
      list.items.erase(list.items.begin() + *position);
    }
  } else {
    popped = list.element;
    if (list.length.lo == 0)
      m.mayRaise("IndexError", "pop from empty list");
  }
  list.length = (list.length - Interval::exactly(1)).clampedBelow(0);
  // Half the room is given back as soon as more than that is free.
  const Interval room = list.allocated, length = list.length;
  if (room.lo > kLeastRoom && length.hi <= (room.lo - 1) / 2)
    setRoom(m, list, {room.lo / 2, room.hasHi() ? room.hi / 2 : room.hi});
  else if (room.hi > kLeastRoom && length.lo <= (room.hi - 1) / 2)
    setRoom(m, list, {std::min(room.lo, std::max(room.lo / 2, length.lo)), room.hi});
  return popped;
}

std::optional<Value> binarySequence(Machine &m, BinaryOperator op, Value left, Value right,
                                    bool isInPlace) {
  const ObjectHeap &heap = m.heap();
  if (op == BinaryOperator::Multiply) {
    for (auto [sequence, times] : {std::pair(left, right), std::pair(right, left)}) {
      if (heap.get<ListObject>(sequence))
        return multiplySequence(m, sequence, times, true);
      if (heap.get<TupleObject>(sequence))
        return multiplySequence(m, sequence, times, false);
    }
    return Value();
  }
  if (op != BinaryOperator::Add)
    return Value();
  if (heap.get<ListObject>(left) && isInPlace)
    return extendList(m, left, right) ? std::optional<Value>(left) : std::nullopt;
  const auto isList = [&](Value value) {
    return heap.get<ListObject>(value) || isAbstractOf(m, value, "list");
  };
  if (isList(left) && isList(right))
    return addLists(m, left, right);
  const Value added = withoutMethod(m, right, "__iter__");
  const auto isTuple = [&](Value value) {
    return heap.get<TupleObject>(value) || isAbstractOf(m, value, "tuple");
  };
  return isTuple(left) && isTuple(added) ? addTuples(m, left, added) : Value();
}

} // namespace fraglint
