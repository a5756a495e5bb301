#include "evaluator/containers.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

std::optional<Value> makeListOf(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 0, 1))
    return std::nullopt;
  const Value list = m.list({});
  if (!call.arguments.empty() && !extendFromIterator(m, list, call.arguments[0]))
    return std::nullopt;
  return list;
}

/// The same requests as of a known one, in bounds.
std::optional<Value> makeUnknownTupleOf(Machine &m, Value iterable) {
  Run scratch = m.heap().request(m.words(4));
  const auto iterator = m.iterator(iterable, true);
  if (!iterator)
    return std::nullopt;
  const Interval length = lengthOf(m, iterable).value_or(Interval::atLeast(0));
  if (length.hi > 4) {
    const Interval most = listBytes(m, length * Interval::exactly(2));
    growMaybe(m, scratch, {m.words(4), most.hi}, {m.words(8), most.hi});
  }
  const Value tuple = makeUnknownTuple(m, length, "what a tuple is made of is not known");
  m.heap().release(scratch);
  return tuple;
}

std::optional<Value> makeTupleOf(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 0, 1))
    return std::nullopt;
  if (call.arguments.empty())
    return m.tuple({});
  if (const auto *tuple = m.heap().get<TupleObject>(call.arguments[0]); tuple && !tuple->type)
    return call.arguments[0];
  if (!isKnownIterable(m, call.arguments[0]))
    return makeUnknownTupleOf(m, call.arguments[0]);
  // A scratch array that doubles, then a tuple of its items.
  int64_t room = 4;
  Run scratch = m.heap().request(m.words(room));
  std::vector<Value> items;
  const bool isDone = m.forEach(call.arguments[0], true, [&](Value item) {
    if (static_cast<int64_t>(items.size()) >= room) {
      room *= 2;
      m.heap().resize(scratch, m.words(room));
    }
    items.push_back(item);
    return true;
  });
  if (!isDone)
    return std::nullopt;
  const Value tuple = m.tuple(items);
  m.heap().release(scratch);
  return tuple;
}

std::optional<Value> append(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  appendToList(m, call.arguments[0], call.arguments[1]);
  return Value::none();
}

std::optional<Value> extend(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2) || !extendList(m, call.arguments[0], call.arguments[1]))
    return std::nullopt;
  return Value::none();
}

std::optional<Value> pop(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 2))
    return std::nullopt;
  return popFromList(m, call.arguments[0],
                     call.arguments.size() > 1 ? call.arguments[1] : Value::integer(-1));
}

std::optional<Value> insert(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 3, 3))
    return std::nullopt;
  const auto index = m.intOf(call.arguments[1]);
  const auto length = lengthOf(m, call.arguments[0])->lo;
  appendToList(m, call.arguments[0], Value::none());
  ListObject &list = *m.heap().change<ListObject>(call.arguments[0]);
  if (list.isKnown && !index)
    forgetItems(m, list);
  if (!list.isKnown) {
    list.element = joinValues(m, list.element, call.arguments[2]);
    return Value::none();
  }
  list.items.pop_back();
  const int64_t position = std::clamp<int64_t>(*index < 0 ? *index + length : *index, 0, length);
  list.items.insert(list.items.begin() + position, call.arguments[2]);
  return Value::none();
}

std::optional<Value> remove(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  const auto index = findItem(m, call);
  if (!index || !popFromList(m, call.arguments[0], *index))
    return std::nullopt;
  return Value::none();
}

std::optional<Value> clear(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  ListObject &list = *m.heap().change<ListObject>(call.arguments[0]);
  list.items.clear();
  list.isKnown = true;
  list.element = {};
  list.length = Interval::exactly(0);
  list.allocated = Interval::exactly(4);
  m.heap().resize(list.data, listBytes(m, list.allocated));
  return Value::none();
}

std::optional<Value> copy(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  const auto *list = m.heap().get<ListObject>(call.arguments[0]);
  if (list->isKnown)
    return m.list(std::vector<Value>(list->items));
  return makeUnknownList(m, list->length, list->element);
}

std::optional<Value> reverse(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  ListObject &list = *m.heap().change<ListObject>(call.arguments[0]);
  std::reverse(list.items.begin(), list.items.end());
  return Value::none();
}

/// The keywords of `list.sort` and `sorted`.
bool sortAsAsked(Machine &m, Value list, const NativeCall &call) {
  Value key;
  bool isReverse = false;
  for (const auto &[name, value] : call.keywords) {
    if (name == "key") {
      key = value.isNone() ? Value() : value;
    } else if (name == "reverse") {
      const auto truth = m.truth(value);
      if (!truth)
        return false;
      isReverse = *truth;
    } else {
      m.raise("TypeError", "extra keyword arguments given");
      return false;
    }
  }
  return sortList(m, list, key, isReverse);
}

std::optional<Value> sort(Machine &m, const NativeCall &call) {
  if (call.arguments.size() > 1)
    return m.raise("TypeError", "extra positional arguments given");
  if (!sortAsAsked(m, call.arguments[0], call))
    return std::nullopt;
  return Value::none();
}

std::optional<Value> sorted(Machine &m, const NativeCall &call) {
  if (call.arguments.size() > 1)
    return m.raise("TypeError", "must use keyword argument for key function");
  if (call.arguments.empty())
    return m.raise("TypeError", "function missing 1 required positional arguments");
  const Value list = m.list({});
  if (!extendFromIterator(m, list, call.arguments[0]) || !sortAsAsked(m, list, call))
    return std::nullopt;
  return list;
}

constexpr NativeRow kRows[] = {
    {"list", makeListOf, true, "list"},
    {"list.append", onKind<append, ObjectKind::List>, true},
    {"list.extend", onKind<extend, ObjectKind::List>, true},
    {"list.pop", onKind<pop, ObjectKind::List>, true},
    {"list.insert", onKind<insert, ObjectKind::List>, true},
    {"list.remove", onKind<remove, ObjectKind::List>, true},
    {"list.clear", onKind<clear, ObjectKind::List>, true},
    {"list.copy", onKind<copy, ObjectKind::List>, true, "list"},
    {"list.reverse", onKind<reverse, ObjectKind::List>, true},
    {"list.sort", onKind<sort, ObjectKind::List>, true},
    {"list.index", onKind<findItem, ObjectKind::List>, true, "int"},
    {"list.count", onKind<countItem, ObjectKind::List>, true, "int"},
    {"tuple", makeTupleOf, true, "tuple"},
    {"tuple.index", onKind<findItem, ObjectKind::Tuple>, true, "int"},
    {"tuple.count", onKind<countItem, ObjectKind::Tuple>, true, "int"},
    {"sorted", sorted, true, "list"},
};

} // namespace

llvm::ArrayRef<NativeRow> listNatives() { return kRows; }

} // namespace fraglint
