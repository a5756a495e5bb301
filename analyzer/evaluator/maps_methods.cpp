#include "evaluator/containers.h"

namespace fraglint {

namespace {

std::optional<Value> updateFrom(Machine &m, Value dict, const NativeCall &call, size_t first) {
  if (call.arguments.size() > first + 1)
    return m.raise("TypeError", "function expected at most 2 arguments, got " +
                                    llvm::Twine(call.arguments.size() - first + 1));
  if (call.arguments.size() > first && !updateDict(m, dict, call.arguments[first]))
    return std::nullopt;
  for (const auto &[name, value] : call.keywords)
    if (!storeInDict(m, dict, m.name(name), value))
      return std::nullopt;
  return dict;
}

std::optional<Value> makeDict(Machine &m, const NativeCall &call) {
  return updateFrom(m, newDict(m, 0), call, 0);
}

std::optional<Value> makeOrderedDict(Machine &m, const NativeCall &call) {
  const Value dict = newDict(m, 0);
  m.heap().change<DictObject>(dict)->table.isOrdered = true;
  return updateFrom(m, dict, call, 0);
}

std::optional<Value> update(Machine &m, const NativeCall &call) {
  return updateFrom(m, call.arguments[0], call, 1) ? std::optional<Value>(Value::none())
                                                   : std::nullopt;
}

/// A method that changes: `dict` itself where it may.
DictObject *changeable(Machine &m, const NativeCall &call, size_t least, size_t most) {
  if (!checkArguments(m, call, least, most))
    return nullptr;
  auto *dict = m.heap().change<DictObject>(call.arguments[0]);
  if (!dict->table.isFixed)
    return dict;
  m.raise("TypeError");
  return nullptr;
}

std::optional<Value> clear(Machine &m, const NativeCall &call) {
  DictObject *dict = changeable(m, call, 1, 1);
  if (!dict)
    return std::nullopt;
  m.heap().release(dict->table.run);
  const bool isOrdered = dict->table.isOrdered;
  dict->table = {};
  dict->table.isOrdered = isOrdered;
  return Value::none();
}

std::optional<Value> copy(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  return copyDict(m, call.arguments[0]);
}

std::optional<Value> fromKeys(Machine &m, const NativeCall &call) {
  // As a class method it may come with the class in front.
  NativeCall rest = call;
  if (!rest.arguments.empty() && m.heap().get<ClassObject>(rest.arguments[0]))
    rest.arguments = rest.arguments.drop_front();
  if (!checkArguments(m, rest, 1, 2))
    return std::nullopt;
  const Value keys = rest.arguments[0];
  const Value value = rest.arguments.size() > 1 ? rest.arguments[1] : Value::none();
  const auto iterator = m.iterator(keys, true);
  if (!iterator)
    return std::nullopt;
  const auto length = lengthOf(m, keys);
  if (isUnknownIterator(m, *iterator)) {
    const Value dict = newDict(m, 0), key = anyItemOf(m, keys);
    MapTable &table = m.heap().change<DictObject>(dict)->table;
    table.allocated = length.value_or(Interval::atLeast(0));
    if (table.allocated.hi > 0)
      table.run = m.heap().request(table.allocated * Interval::exactly(m.words(2)));
    storeUnknown(m, table, key, value, table.allocated);
    return dict;
  }
  const Value dict = newDict(m, length ? length->lo : 0);
  if (takeKeysInAnyOrder(m, *iterator))
    loseOrder(m.heap().change<DictObject>(dict)->table);
  while (true) {
    const auto key = m.next(*iterator);
    if (!key)
      return std::nullopt;
    if (key->isUnbound())
      return dict;
    if (!storeInDict(m, dict, *key, value))
      return std::nullopt;
  }
}

std::optional<Value> get(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 3))
    return std::nullopt;
  const MapTable &table = m.heap().get<DictObject>(call.arguments[0])->table;
  const Value otherwise = call.arguments.size() > 2 ? call.arguments[2] : Value::none();
  if (!table.isKnown || !isKnownKey(m, call.arguments[1]))
    return joinValues(m, anyValueOf(m, table), otherwise);
  const auto found = findInTable(m, table, call.arguments[1]);
  if (!found)
    return std::nullopt;
  if (!*found)
    return otherwise;
  return (*found)->isPerhaps ? joinValues(m, (*found)->value, otherwise) : (*found)->value;
}

std::optional<Value> pop(Machine &m, const NativeCall &call) {
  DictObject *dict = changeable(m, call, 2, 3);
  if (!dict)
    return std::nullopt;
  const bool isKnown = dict->table.isKnown && isKnownKey(m, call.arguments[1]);
  const auto removed = removeFromTable(m, dict->table, call.arguments[1]);
  if (!removed)
    return std::nullopt;
  if (!isKnown)
    return joinValues(m, *removed, call.argument(2));
  if (!removed->isUnbound())
    return removed;
  return call.arguments.size() > 2 ? std::optional<Value>(call.arguments[2])
                                   : raiseKeyError(m, call.arguments[1]);
}

std::optional<Value> setDefault(Machine &m, const NativeCall &call) {
  DictObject *dict = changeable(m, call, 2, 3);
  if (!dict)
    return std::nullopt;
  const Value otherwise = call.arguments.size() > 2 ? call.arguments[2] : Value::none();
  const auto found = findInTable(m, dict->table, call.arguments[1]);
  if (!found)
    return std::nullopt;
  if (*found && !(*found)->isPerhaps)
    return (*found)->value;
  if (*found) {
    const Value either = joinValues(m, (*found)->value, otherwise);
    if (!storeInTable(m, dict->table, call.arguments[1], either))
      return std::nullopt;
    return either;
  }
  if (!storeInTable(m, dict->table, call.arguments[1], otherwise))
    return std::nullopt;
  return dict->table.isKnown ? otherwise : dict->table.anyValue;
}

std::optional<Value> popItem(Machine &m, const NativeCall &call) {
  DictObject *dict = changeable(m, call, 1, 1);
  if (!dict)
    return std::nullopt;
  MapTable &table = dict->table;
  if (table.used != Interval::exactly(0) && !hasKnownOrder(table)) {
    forgetSlots(m, table);
    table.used = (table.used - Interval::exactly(1)).clampedBelow(0);
    return m.tuple({anyKeyOf(m, table), anyValueOf(m, table)});
  }
  if (table.used.lo == 0)
    return m.raise("KeyError", "popitem(): dictionary is empty");
  int64_t at = table.isOrdered ? table.used.lo - 1 : 0;
  while (table.slots[at].key.isUnbound())
    ++at;
  const MapTable::Slot slot = table.slots[at];
  table.slots[at] = {{}, {}, !table.isOrdered};
  table.used = table.used - Interval::exactly(1);
  return m.tuple({slot.key, slot.value});
}

template <DictViewObject::Shows Shown>
std::optional<Value> view(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  auto &view = m.heap().make<DictViewObject>();
  m.allocate(view, 3);
  view.shows = Shown;
  view.dict = call.arguments[0];
  return Value::object(view.id);
}

std::optional<Value> getItem(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  return m.loadSubscript(call.arguments[0], call.arguments[1]);
}

std::optional<Value> setItem(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 3, 3) ||
      !m.storeSubscript(call.arguments[0], call.arguments[1], call.arguments[2]))
    return std::nullopt;
  return Value::none();
}

std::optional<Value> deleteItem(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2) || !m.deleteSubscript(call.arguments[0], call.arguments[1]))
    return std::nullopt;
  return Value::none();
}

constexpr ObjectKind kDict = ObjectKind::Dict;
using Shows = DictViewObject::Shows;

constexpr NativeRow kRows[] = {
    {"dict", makeDict, true, "dict"},
    {"collections.OrderedDict", makeOrderedDict, true, "OrderedDict"},
    {"OrderedDict", makeOrderedDict, true, "OrderedDict"},
    {"dict.update", onKind<update, kDict>, true},
    {"dict.clear", onKind<clear, kDict>, true},
    {"dict.copy", onKind<copy, kDict>, true, "dict"},
    {"dict.fromkeys", fromKeys, true, "dict"},
    {"dict.get", onKind<get, kDict>, true},
    {"dict.pop", onKind<pop, kDict>, true},
    {"dict.setdefault", onKind<setDefault, kDict>, true},
    {"dict.popitem", onKind<popItem, kDict>, true, "tuple"},
    {"dict.items", onKind<view<Shows::Items>, kDict>, true},
    {"dict.keys", onKind<view<Shows::Keys>, kDict>, true},
    {"dict.values", onKind<view<Shows::Values>, kDict>, true},
    {"dict.__getitem__", onKind<getItem, kDict>, true},
    {"dict.__setitem__", onKind<setItem, kDict>, true},
    {"dict.__delitem__", onKind<deleteItem, kDict>, true},
    {"OrderedDict.update", onKind<update, kDict>, true},
    {"OrderedDict.clear", onKind<clear, kDict>, true},
    {"OrderedDict.copy", onKind<copy, kDict>, true, "OrderedDict"},
    {"OrderedDict.fromkeys", fromKeys, true, "OrderedDict"},
    {"OrderedDict.get", onKind<get, kDict>, true},
    {"OrderedDict.pop", onKind<pop, kDict>, true},
    {"OrderedDict.setdefault", onKind<setDefault, kDict>, true},
    {"OrderedDict.popitem", onKind<popItem, kDict>, true, "tuple"},
    {"OrderedDict.items", onKind<view<Shows::Items>, kDict>, true},
    {"OrderedDict.keys", onKind<view<Shows::Keys>, kDict>, true},
    {"OrderedDict.values", onKind<view<Shows::Values>, kDict>, true},
    {"OrderedDict.__getitem__", onKind<getItem, kDict>, true},
    {"OrderedDict.__setitem__", onKind<setItem, kDict>, true},
    {"OrderedDict.__delitem__", onKind<deleteItem, kDict>, true},
};

} // namespace

llvm::ArrayRef<NativeRow> dictNatives() { return kRows; }

} // namespace fraglint
