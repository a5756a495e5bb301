#include "evaluator/maps_set.h"

namespace fraglint {

namespace {

bool isSet(const Machine &m, Value value) { return m.heap().get<SetObject>(value) != nullptr; }

std::optional<Value> makeSetOf(Machine &m, const NativeCall &call, bool isFrozen) {
  if (!checkArguments(m, call, 0, 1))
    return std::nullopt;
  const Value set = newSet(m, 0);
  if (!call.arguments.empty() && !lookUpAll(m, set, call.arguments[0], SetLookup::Add))
    return std::nullopt;
  m.heap().change<SetObject>(set)->isFrozen = isFrozen;
  return set;
}

std::optional<Value> makeSet(Machine &m, const NativeCall &call) {
  return makeSetOf(m, call, false);
}
std::optional<Value> makeFrozenSet(Machine &m, const NativeCall &call) {
  return makeSetOf(m, call, true);
}

std::optional<Value> add(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2) || !addToSet(m, call.arguments[0], call.arguments[1]))
    return std::nullopt;
  return Value::none();
}

std::optional<Value> clear(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  clearSet(m, call.arguments[0]);
  return Value::none();
}

std::optional<Value> copy(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  return copySet(m, call.arguments[0]);
}

std::optional<Value> discard(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2) ||
      !lookUpInSet(m, call.arguments[0], call.arguments[1], SetLookup::Remove))
    return std::nullopt;
  return Value::none();
}

std::optional<Value> remove(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  const auto was = lookUpInSet(m, call.arguments[0], call.arguments[1], SetLookup::Remove);
  if (!was)
    return std::nullopt;
  if (*was == Value::boolean(false))
    return raiseKeyError(m, call.arguments[1]);
  return Value::none();
}

std::optional<Value> pop(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  return popFromSet(m, call.arguments[0]);
}

std::optional<Value> subtract(Machine &m, Value set, llvm::ArrayRef<Value> others, bool isUpdate) {
  if (!isUpdate)
    set = copySet(m, set);
  for (Value other : others) {
    if (set == other)
      clearSet(m, set);
    else if (!lookUpAll(m, set, other, SetLookup::Remove))
      return std::nullopt;
  }
  return set;
}

std::optional<Value> difference(Machine &m, const NativeCall &call) {
  return subtract(m, call.arguments[0], call.arguments.drop_front(), false);
}

std::optional<Value> differenceUpdate(Machine &m, const NativeCall &call) {
  if (!subtract(m, call.arguments[0], call.arguments.drop_front(), true))
    return std::nullopt;
  return Value::none();
}

std::optional<Value> intersect(Machine &m, Value set, Value other, bool isUpdate) {
  if (set == other)
    return isUpdate ? Value::none() : copySet(m, set);
  const Value common = newSet(m, 0);
  if (!isKnownIterable(m, other) || !m.heap().get<SetObject>(set)->isKnown) {
    const auto iterator = m.iterator(other, true);
    if (!iterator)
      return std::nullopt;
    const int64_t most = std::min(m.heap().get<SetObject>(set)->used.hi, stepsOf(m, *iterator).hi);
    addUnknown(m, *m.heap().change<SetObject>(common), anyItemOf(m, set), {0, most});
    if (isUpdate)
      takeTable(m, set, common);
    return isUpdate ? Value::none() : common;
  }
  const auto iterator = m.iterator(other, true);
  if (!iterator)
    return std::nullopt;
  if (takeKeysInAnyOrder(m, *iterator))
    m.heap().change<SetObject>(common)->isByAddress = true;
  const bool isDone = m.forEach(*iterator, true, [&](Value item) {
    const auto isIn = isInSet(m, set, item);
    return isIn && (*isIn == Value::boolean(false) || addToSet(m, common, item));
  });
  if (!isDone)
    return std::nullopt;
  if (!isUpdate)
    return common;
  takeTable(m, set, common);
  return Value::none();
}

std::optional<Value> intersection(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  return intersect(m, call.arguments[0], call.arguments[1], false);
}

std::optional<Value> intersectionUpdate(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  return intersect(m, call.arguments[0], call.arguments[1], true);
}

std::optional<Value> isDisjoint(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  if (!isKnownIterable(m, call.arguments[1]))
    return m.abstract("bool", "items of a set are not known");
  const auto iterator = m.iterator(call.arguments[1], false);
  if (!iterator)
    return std::nullopt;
  if (!(*iterator == call.arguments[1])) // which would go on behind the item that decides
    takeInAnyOrder(m, *iterator);
  while (true) {
    const auto item = m.next(*iterator);
    if (!item)
      return std::nullopt;
    if (item->isUnbound())
      return Value::boolean(true);
    const auto isIn = isInSet(m, call.arguments[0], *item);
    if (!isIn || m.isAbstract(*isIn))
      return isIn;
    if (isIn->asBool())
      return Value::boolean(false);
  }
}

/// `mp_obj_set_issubset_internal`: what is no set is made one for the while.
std::optional<Value> isSubset(Machine &m, Value one, Value other, bool isProper) {
  bool isMade[2] = {false, false};
  Value sets[2] = {one, other};
  for (unsigned i : {0U, 1U}) {
    if (isSet(m, sets[i]))
      continue;
    const auto made = makeSet(m, {sets[i], {}});
    if (!made)
      return std::nullopt;
    sets[i] = *made;
    isMade[i] = true;
  }
  const auto &left = *m.heap().get<SetObject>(sets[0]);
  const auto &right = *m.heap().get<SetObject>(sets[1]);
  std::optional<Value> result = Value::boolean(true);
  if (!left.isKnown || !right.isKnown) {
    result = m.abstract("bool", "items of a set are not known");
  } else if (isProper && left.used == right.used) {
    result = Value::boolean(false);
  } else {
    for (Value item : std::vector<Value>(left.slots)) {
      if (item.isUnbound())
        continue;
      result = isInSet(m, sets[1], item);
      if (!result)
        return std::nullopt;
      if (*result != Value::boolean(true))
        break;
    }
  }
  for (unsigned i : {0U, 1U})
    if (isMade[i])
      clearSet(m, sets[i]);
  return result;
}

std::optional<Value> isSubsetMethod(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  return isSubset(m, call.arguments[0], call.arguments[1], false);
}

std::optional<Value> isSupersetMethod(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  return isSubset(m, call.arguments[1], call.arguments[0], false);
}

/// A copy that each item of `other` is then looked up in.
std::optional<Value> changedCopy(Machine &m, Value set, Value other, SetLookup lookup) {
  const Value copy = copySet(m, set);
  return lookUpAll(m, copy, other, lookup) ? std::optional<Value>(copy) : std::nullopt;
}

std::optional<Value> symmetricDifference(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  return changedCopy(m, call.arguments[0], call.arguments[1], SetLookup::AddOrRemove);
}

std::optional<Value> symmetricUpdate(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2) ||
      !lookUpAll(m, call.arguments[0], call.arguments[1], SetLookup::AddOrRemove))
    return std::nullopt;
  return Value::none();
}

std::optional<Value> unite(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  return changedCopy(m, call.arguments[0], call.arguments[1], SetLookup::Add);
}

std::optional<Value> update(Machine &m, const NativeCall &call) {
  for (Value other : call.arguments.drop_front())
    if (!lookUpAll(m, call.arguments[0], other, SetLookup::Add))
      return std::nullopt;
  return Value::none();
}

constexpr ObjectKind kSet = ObjectKind::Set;

constexpr NativeRow kRows[] = {
    {"set", makeSet, true, "set"},
    {"frozenset", makeFrozenSet, true, "frozenset"},
    {"set.add", onKind<add, kSet>, true},
    {"set.clear", onKind<clear, kSet>, true},
    {"set.copy", onKind<copy, kSet>, true, "set"},
    {"set.discard", onKind<discard, kSet>, true},
    {"set.remove", onKind<remove, kSet>, true},
    {"set.pop", onKind<pop, kSet>, true},
    {"set.difference", onKind<difference, kSet>, true, "set"},
    {"set.difference_update", onKind<differenceUpdate, kSet>, true},
    {"set.intersection", onKind<intersection, kSet>, true, "set"},
    {"set.intersection_update", onKind<intersectionUpdate, kSet>, true},
    {"set.isdisjoint", onKind<isDisjoint, kSet>, true, "bool"},
    {"set.issubset", onKind<isSubsetMethod, kSet>, true, "bool"},
    {"set.issuperset", onKind<isSupersetMethod, kSet>, true, "bool"},
    {"set.symmetric_difference", onKind<symmetricDifference, kSet>, true, "set"},
    {"set.symmetric_difference_update", onKind<symmetricUpdate, kSet>, true},
    {"set.union", onKind<unite, kSet>, true, "set"},
    {"set.update", onKind<update, kSet>, true},
    {"frozenset.copy", onKind<copy, kSet>, true, "frozenset"},
    {"frozenset.difference", onKind<difference, kSet>, true, "frozenset"},
    {"frozenset.intersection", onKind<intersection, kSet>, true, "frozenset"},
    {"frozenset.isdisjoint", onKind<isDisjoint, kSet>, true, "bool"},
    {"frozenset.issubset", onKind<isSubsetMethod, kSet>, true, "bool"},
    {"frozenset.issuperset", onKind<isSupersetMethod, kSet>, true, "bool"},
    {"frozenset.symmetric_difference", onKind<symmetricDifference, kSet>, true, "frozenset"},
    {"frozenset.union", onKind<unite, kSet>, true, "frozenset"},
};

} // namespace

std::optional<Value> binarySet(Machine &m, BinaryOperator op, Value left, Value right,
                               bool isInPlace) {
  if (!isSet(m, right))
    return Value();
  const bool isUpdate = isInPlace && !m.heap().get<SetObject>(left)->isFrozen;
  const auto updated = [&](bool isDone) {
    return isDone ? std::optional<Value>(left) : std::nullopt;
  };
  switch (op) {
  case BinaryOperator::Or:
    return isUpdate ? updated(lookUpAll(m, left, right, SetLookup::Add))
                    : changedCopy(m, left, right, SetLookup::Add);
  case BinaryOperator::Xor:
    return isUpdate ? updated(lookUpAll(m, left, right, SetLookup::AddOrRemove))
                    : changedCopy(m, left, right, SetLookup::AddOrRemove);
  case BinaryOperator::And: {
    const auto common = intersect(m, left, right, isUpdate);
    return isUpdate ? updated(common.has_value()) : common;
  }
  case BinaryOperator::Subtract:
    return subtract(m, left, right, isUpdate);
  default:
    return Value();
  }
}

std::optional<Value> compareSet(Machine &m, CompareOperator op, Value left, Value right) {
  if (!isSet(m, left) || !isSet(m, right))
    return op == CompareOperator::Equal ? Value::boolean(false) : Value();
  const auto &one = *m.heap().get<SetObject>(left), &other = *m.heap().get<SetObject>(right);
  switch (op) {
  case CompareOperator::Less:
    return isSubset(m, left, right, true);
  case CompareOperator::Greater:
    return isSubset(m, right, left, true);
  case CompareOperator::LessEqual:
    return isSubset(m, left, right, false);
  case CompareOperator::GreaterEqual:
    return isSubset(m, right, left, false);
  case CompareOperator::Equal:
    if (one.used.hi < other.used.lo || one.used.lo > other.used.hi)
      return Value::boolean(false);
    return isSubset(m, left, right, false);
  default:
    return Value();
  }
}

llvm::ArrayRef<NativeRow> setNatives() { return kRows; }

} // namespace fraglint
