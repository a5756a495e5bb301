#include "evaluator/containers.h"

namespace fraglint {

namespace {

/// Filled slots in the order in which the firmware goes over them.
std::vector<MapTable::Slot> filledSlots(const MapTable &table) {
  std::vector<MapTable::Slot> filled;
  for (const MapTable::Slot &slot : table.slots)
    if (!slot.key.isUnbound())
      filled.push_back(slot);
  return filled;
}

/// One pair of what `dict.update` is given.
bool storePair(Machine &m, Value dict, Value pair) {
  const auto iterator = m.iterator(pair, true);
  if (!iterator)
    return false;
  if (isUnknownIterator(m, *iterator)) {
    const auto any = m.next(*iterator);
    return any && storeInDict(m, dict, m.abstract("", "a key that is not known"), *any);
  }
  Value parts[3];
  for (Value &part : parts) {
    const auto item = m.next(*iterator);
    if (!item)
      return false;
    part = *item;
  }
  if (parts[0].isUnbound() || parts[1].isUnbound() || !parts[2].isUnbound()) {
    m.raise("ValueError", "dict update sequence has wrong length");
    return false;
  }
  return storeInDict(m, dict, parts[0], parts[1]);
}

} // namespace

Value newDict(Machine &m, int64_t room) {
  auto &dict = m.heap().make<DictObject>();
  m.allocate(dict, 4);
  reserveTable(m, dict.table, room);
  return Value::object(dict.id);
}

bool storeInDict(Machine &m, Value value, Value key, Value item) {
  m.noteGrowth(value);
  DictObject &dict = *m.heap().change<DictObject>(value);
  if (dict.table.isFixed) {
    m.raise("TypeError");
    return false;
  }
  return storeInTable(m, dict.table, key, item);
}

Value copyDict(Machine &m, Value value) {
  auto &copy = m.heap().make<DictObject>();
  m.allocate(copy, 4);
  const MapTable &table = m.heap().get<DictObject>(value)->table;
  copy.table = table;
  copy.table.run = {};
  copy.table.isFixed = false;
  if (table.allocated.hi > 0)
    copy.table.run = m.heap().request(table.allocated * Interval::exactly(m.words(2)));
  return Value::object(copy.id);
}

bool updateDict(Machine &m, Value dict, Value other) {
  if (const auto *source = m.heap().get<DictObject>(other)) {
    if (dict == other)
      return true;
    if (!source->table.isKnown || !source->table.isPlaced) {
      const Interval count = source->table.used;
      const Value key = anyKeyOf(m, source->table), value = anyValueOf(m, source->table);
      if (count.hi > 0)
        storeUnknown(m, m.heap().change<DictObject>(dict)->table, key, value, count);
      return true;
    }
    if (!hasKnownOrder(source->table))
      loseOrder(m.heap().change<DictObject>(dict)->table);
    for (const MapTable::Slot &slot : filledSlots(source->table))
      if (!storeInDict(m, dict, slot.key, slot.value))
        return false;
    return true;
  }
  if (!isKnownIterable(m, other)) {
    m.noteUnknownCost("what a dictionary is updated with is not known");
    storeUnknown(m, m.heap().change<DictObject>(dict)->table,
                 m.abstract("", "a key that is not known"),
                 m.abstract("", "a value that is not known"),
                 {0, lengthOf(m, other).value_or(Interval::atLeast(0)).hi});
    return true;
  }
  const auto iterator = m.iterator(other, true);
  if (!iterator)
    return false;
  // Of a dictionary all keys differ, so that none replaces another.
  if (m.heap().get<DictViewObject>(other) && takeInAnyOrder(m, *iterator))
    loseOrder(m.heap().change<DictObject>(dict)->table);
  return m.forEach(*iterator, true, [&](Value pair) { return storePair(m, dict, pair); });
}

std::optional<Value> isInDict(Machine &m, Value value, Value key) {
  const auto *dict = m.heap().get<DictObject>(value);
  if (!dict->table.isKnown || !isKnownKey(m, key))
    return m.abstract("bool", "whether a key is in a dictionary is not known");
  const auto found = findInTable(m, dict->table, key);
  if (!found)
    return std::nullopt;
  if (*found && (*found)->isPerhaps)
    return m.abstract("bool", "whether a key is in a dictionary is not known");
  return Value::boolean(*found != nullptr);
}

std::optional<Value> equalDicts(Machine &m, Value left, Value right) {
  const auto *one = m.heap().get<DictObject>(left), *other = m.heap().get<DictObject>(right);
  // An ordered one equals only ordered ones: the types differ.
  if (!one || !other || one->table.isOrdered != other->table.isOrdered)
    return Value::boolean(false);
  if (!one->table.isKnown || !other->table.isKnown)
    return m.abstract("bool", "dictionaries that are compared are not known");
  if (one->table.used != other->table.used)
    return Value::boolean(false);
  const auto slots = filledSlots(one->table), others = filledSlots(other->table);
  const bool isInOrder = one->table.isOrdered;
  if (isInOrder && slots.size() > 1 && (!hasKnownOrder(one->table) || !hasKnownOrder(other->table)))
    return m.abstract("bool", "the order of dictionaries that are compared is not known");
  for (size_t i = 0; i < slots.size(); ++i) {
    Value item;
    if (isInOrder) {
      const auto same = m.equal(slots[i].key, others[i].key);
      if (!same)
        return std::nullopt;
      if (!*same)
        return Value::boolean(false);
      item = others[i].value;
    } else {
      const auto found = findInTable(m, other->table, slots[i].key);
      if (!found)
        return std::nullopt;
      if (!*found)
        return Value::boolean(false);
      item = (*found)->value;
    }
    const auto same = m.compare(CompareOperator::Equal, slots[i].value, item);
    if (!same || m.isAbstract(*same))
      return same;
    const auto isSame = m.truth(*same);
    if (!isSame)
      return std::nullopt;
    if (!*isSame)
      return Value::boolean(false);
  }
  return Value::boolean(true);
}

std::optional<Value> binaryDict(Machine &m, BinaryOperator op, Value left, Value right,
                                bool isInPlace) {
  if (op != BinaryOperator::Or)
    return Value();
  const Value result = isInPlace ? left : copyDict(m, left);
  if (!updateDict(m, result, right))
    return std::nullopt;
  return result;
}

} // namespace fraglint
