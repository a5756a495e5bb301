/// Which file of containers knows an operation.

#include "evaluator/containers.h"

namespace fraglint {

namespace {

ObjectKind kindOf(const Machine &m, Value value) {
  return value.isObject() ? m.heap()[value.asObject()].kind : ObjectKind::Singleton;
}

bool isContainer(const Machine &m, Value value) {
  switch (kindOf(m, value)) {
  case ObjectKind::List:
  case ObjectKind::Tuple:
  case ObjectKind::Dict:
  case ObjectKind::DictView:
  case ObjectKind::Set:
  case ObjectKind::Deque:
  case ObjectKind::Range:
  case ObjectKind::Iterator:
  case ObjectKind::Generator:
    return true;
  default:
    return false;
  }
}

std::optional<Value> isInRange(Machine &m, const RangeObject &range, Value item) {
  const auto number = m.numberOf(item);
  if (!number)
    return m.isAbstract(item) ? m.abstract("bool", "a number that is looked for is not known")
                              : Value::boolean(false);
  const auto start = static_cast<double>(range.start), stop = static_cast<double>(range.stop);
  const bool isInside =
      range.step > 0 ? *number >= start && *number < stop : *number <= start && *number > stop;
  if (!isInside)
    return Value::boolean(false);
  const auto whole = static_cast<int64_t>(*number);
  return Value::boolean(static_cast<double>(whole) == *number &&
                        (whole - range.start) % range.step == 0);
}

/// `item in container`, over an iterator on the stack where the container has no way of its own.
std::optional<Value> isIn(Machine &m, Value item, Value container) {
  const ObjectHeap &heap = m.heap();
  if (heap.get<DictObject>(container))
    return isInDict(m, container, item);
  if (heap.get<SetObject>(container))
    return isInSet(m, container, item);
  if (const auto *view = heap.get<DictViewObject>(container);
      view && view->shows == DictViewObject::Shows::Keys)
    return isInDict(m, view->dict, item);
  if (const auto *range = heap.get<RangeObject>(container))
    return isInRange(m, *range, item);
  const auto *list = heap.get<ListObject>(container);
  if (!isKnownIterable(m, container) || (list && !list->isKnown))
    return m.abstract("bool", "whether an item is in a container is not known");
  const auto iterator = m.iterator(container, false);
  if (!iterator)
    return std::nullopt;
  bool isUnknown = false;
  while (true) {
    const auto one = m.next(*iterator);
    if (!one)
      return std::nullopt;
    if (one->isUnbound())
      break;
    const auto same = m.compare(CompareOperator::Equal, *one, item);
    if (!same)
      return std::nullopt;
    if (m.isAbstract(*same)) {
      isUnknown = true;
      continue;
    }
    const auto isSame = m.truth(*same);
    if (!isSame)
      return std::nullopt;
    if (*isSame)
      return Value::boolean(true);
  }
  if (isUnknown)
    return m.abstract("bool", "an item that is compared is not known");
  return Value::boolean(false);
}

std::optional<Value> negated(Machine &m, std::optional<Value> value) {
  if (!value || value->isUnbound() || m.isAbstract(*value))
    return value;
  const auto truth = m.truth(*value);
  return truth ? std::optional<Value>(Value::boolean(!*truth)) : std::nullopt;
}

/// Lists with lists, tuples with tuples.
std::optional<Value> compareSequences(Machine &m, CompareOperator op, Value left, Value right) {
  const bool isList = m.heap().get<ListObject>(left) != nullptr;
  const Value other = isList ? right : withoutMethod(m, right, "__eq__");
  if (kindOf(m, other) != kindOf(m, left)) {
    const bool mayHaveMethod = kindOf(m, right) == ObjectKind::Instance;
    return op == CompareOperator::Equal && !mayHaveMethod ? Value::boolean(false) : Value();
  }
  if (left == other && op == CompareOperator::Equal)
    return Value::boolean(true);
  const auto *leftItems = itemsOf(m, left), *rightItems = itemsOf(m, other);
  if (leftItems && rightItems)
    return compareItems(m, op, *leftItems, *rightItems);
  const Interval one = *lengthOf(m, left), two = *lengthOf(m, other);
  if (op == CompareOperator::Equal && (one.hi < two.lo || two.hi < one.lo))
    return Value::boolean(false);
  return m.abstract("bool", "items of lists that are compared are not known");
}

std::optional<Value> loadDictItem(Machine &m, Value base, Value key) {
  const MapTable &table = m.heap().get<DictObject>(base)->table;
  const auto missing = [&] { raiseKeyError(m, key); };
  if (!table.isKnown || !isKnownKey(m, key)) {
    m.noteFailure(missing);
    const Value any = anyValueOf(m, table);
    return any.isUnbound() ? m.abstract("", "item of a dictionary that is not known") : any;
  }
  const auto found = findInTable(m, table, key);
  if (!found)
    return std::nullopt;
  if (!*found)
    return raiseKeyError(m, key);
  const Value value = (*found)->value;
  if ((*found)->isPerhaps)
    m.noteFailure(missing);
  return value;
}

std::optional<Value> loadRangeItem(Machine &m, Value base, Value index) {
  const RangeObject range = *m.heap().get<RangeObject>(base);
  const int64_t length = lengthOf(m, base)->lo;
  if (const auto *slice = m.heap().get<SliceObject>(index)) {
    const auto bounds = sliceBounds(m, *slice, length);
    if (!bounds)
      return std::nullopt;
    auto &part = m.heap().make<RangeObject>();
    m.allocate(part, 4);
    part.start = range.start + bounds->start * range.step;
    part.stop = range.start + bounds->stop * range.step;
    part.step = range.step * bounds->step;
    return Value::object(part.id);
  }
  if (m.isAbstract(index)) {
    const int64_t last = range.start + (length - 1) * range.step;
    return m.abstractInt(Interval::exactly(range.start).hull(Interval::exactly(last)),
                         "an index is not known");
  }
  const auto position = indexIn(m, base, length, index, false);
  if (!position)
    return std::nullopt;
  return m.integer(range.start + *position * range.step);
}

/// The item of a deque for `index`; null where it raised.
Value *itemInDeque(Machine &m, Value base, Value index) {
  auto *deque = m.heap().change<DequeObject>(base);
  const auto position = indexIn(m, base, static_cast<int64_t>(deque->items.size()), index, false);
  return position ? &deque->items[*position] : nullptr;
}

std::optional<Value> loadDequeItem(Machine &m, Value base, Value index) {
  const auto *deque = m.heap().get<DequeObject>(base);
  if (!deque->isKnown || m.isAbstract(index))
    mayBeOutside(m, base, index);
  if (!deque->isKnown)
    return deque->element;
  if (m.isAbstract(index))
    return anyOf(m, std::vector<Value>(deque->items));
  const Value *item = itemInDeque(m, base, index);
  return item ? std::optional<Value>(*item) : std::nullopt;
}

bool storeDequeItem(Machine &m, Value base, Value index, Value value) {
  DequeObject &deque = *m.heap().change<DequeObject>(base);
  if (!deque.isKnown) {
    deque.element = joinValues(m, deque.element, value);
    return true;
  }
  if (m.isAbstract(index)) {
    for (Value &item : deque.items)
      item = joinValues(m, item, value);
    return true;
  }
  Value *item = itemInDeque(m, base, index);
  if (item)
    *item = value;
  return item != nullptr;
}

/// What a container that is not known gives: its kind, at a cost that is not known.
std::optional<Value> binaryUnknown(Machine &m, BinaryOperator op, Value left, Value right) {
  static constexpr llvm::StringLiteral kTypes[] = {"list", "tuple", "set",        "frozenset",
                                                   "dict", "deque", "OrderedDict"};
  const auto *abstract = m.heap().get<AbstractObject>(left);
  const bool isLeft = abstract && llvm::is_contained(kTypes, abstract->type);
  if (!isLeft && (!isContainer(m, left) || !m.isAbstract(right)))
    return Value();
  if (op == BinaryOperator::Modulo || op == BinaryOperator::Divide)
    return Value();
  const std::string type = m.typeName(left).str();
  m.noteUnknownCost("a container that is combined is not known");
  return m.abstract(type, "a container that is combined is not known");
}

} // namespace

std::optional<Value> binaryContainer(Machine &m, BinaryOperator op, Value left, Value right,
                                     bool isInPlace) {
  std::optional<Value> result;
  switch (kindOf(m, left)) {
  case ObjectKind::Dict:
    result = binaryDict(m, op, left, right, isInPlace);
    break;
  case ObjectKind::Set:
    result = binarySet(m, op, left, right, isInPlace);
    break;
  default:
    result = binarySequence(m, op, left, right, isInPlace);
    break;
  }
  return result && result->isUnbound() ? binaryUnknown(m, op, left, right) : result;
}

std::optional<Value> compareContainer(Machine &m, CompareOperator op, Value left, Value right) {
  switch (op) {
  case CompareOperator::In:
    return isContainer(m, right) ? isIn(m, left, right) : Value();
  case CompareOperator::NotIn:
    return isContainer(m, right) ? negated(m, isIn(m, left, right)) : Value();
  case CompareOperator::NotEqual:
    return negated(m, compareContainer(m, CompareOperator::Equal, left, right));
  case CompareOperator::Is:
  case CompareOperator::IsNot:
    return Value();
  default:
    break;
  }
  switch (kindOf(m, left)) {
  case ObjectKind::List:
  case ObjectKind::Tuple:
    return compareSequences(m, op, left, right);
  case ObjectKind::Set:
    return compareSet(m, op, left, right);
  case ObjectKind::Dict:
    return op == CompareOperator::Equal ? equalDicts(m, left, right) : Value();
  default:
    return Value();
  }
}

std::optional<Value> loadContainerItem(Machine &m, Value base, Value index) {
  switch (kindOf(m, base)) {
  case ObjectKind::List:
  case ObjectKind::Tuple:
    return loadSequenceItem(m, base, index);
  case ObjectKind::Dict:
    return loadDictItem(m, base, index);
  case ObjectKind::Range:
    return loadRangeItem(m, base, index);
  case ObjectKind::Deque:
    return loadDequeItem(m, base, index);
  case ObjectKind::Abstract: {
    const auto *abstract = m.heap().get<AbstractObject>(base);
    if (abstract->type != "list" && abstract->type != "tuple")
      return Value();
    Value joined;
    const auto at = m.intOf(index);
    for (Value one : llvm::SmallVector<Value, 2>(abstract->alternatives))
      if (const auto *items = itemsOf(m, one);
          items && at && *at >= 0 && *at < static_cast<int64_t>(items->size()))
        joined = joinValues(m, joined, (*items)[*at]);
    return joined.isUnbound() ? loadSequenceItem(m, base, index) : joined;
  }
  default:
    return Value();
  }
}

void storeItemMaybe(Machine &m, Value base, Value index, Value value) {
  const auto *abstract = m.heap().get<AbstractObject>(base);
  if (abstract->alternatives.empty()) {
    if (abstract->type == "dict" || abstract->type == "OrderedDict")
      m.noteUnknownCost("which dictionary is stored into is not known");
    return;
  }
  for (Value one : llvm::SmallVector<Value, 2>(abstract->alternatives)) {
    if (auto *list = m.heap().change<ListObject>(one)) {
      const auto at = m.intOf(index);
      const auto length = static_cast<int64_t>(list->items.size());
      if (list->isKnown && at && *at >= -length && *at < length) {
        Value &item = list->items[*at < 0 ? *at + length : *at];
        item = joinValues(m, item, value);
        continue;
      }
      forgetItems(m, *list);
      list->element = joinValues(m, list->element, value);
    } else if (auto *dict = m.heap().change<DictObject>(one)) {
      m.noteUnknownCost("which dictionary is stored into is not known");
      storeUnknown(m, dict->table, index, value, {0, 1});
    } else if (auto *bytes = m.heap().change<ByteArrayObject>(one)) {
      bytes->content = Content::ofLength(bytes->content.length);
    } else if (auto *array = m.heap().change<ArrayObject>(one)) {
      array->items = {};
      array->isKnown = false;
    }
  }
}

bool storeContainerItem(Machine &m, Value base, Value index, Value value) {
  switch (kindOf(m, base)) {
  case ObjectKind::List:
    return storeSequenceItem(m, base, index, value);
  case ObjectKind::Dict:
    return storeInDict(m, base, index, value);
  case ObjectKind::Deque:
    return storeDequeItem(m, base, index, value);
  default:
    m.raise("TypeError", "'" + m.typeName(base) + "' object doesn't support item assignment");
    return false;
  }
}

bool deleteContainerItem(Machine &m, Value base, Value index) {
  if (m.heap().get<ListObject>(base))
    return deleteSequenceItem(m, base, index);
  auto *dict = m.heap().change<DictObject>(base);
  if (!dict) {
    m.raise("TypeError", "'" + m.typeName(base) + "' object doesn't support item deletion");
    return false;
  }
  if (dict->table.isFixed) {
    m.raise("TypeError");
    return false;
  }
  const auto removed = removeFromTable(m, dict->table, index);
  if (!removed)
    return false;
  if (removed->isUnbound() && dict->table.isKnown) {
    raiseKeyError(m, index);
    return false;
  }
  // It was in, or KeyError would have been raised.
  Interval &used = dict->table.used;
  if (!dict->table.isKnown && used.hasHi())
    used.hi = std::max(used.hi - 1, used.lo);
  return true;
}

} // namespace fraglint
