#include "evaluator/containers.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

using Steps = IteratorObject::Steps;

/// An iterator as `mp_getiter` lays it out: 4 words where the caller has no room for it.
IteratorObject &makeIterator(Machine &m, Steps steps, Value source, bool isOnHeap) {
  auto &iterator = m.heap().make<IteratorObject>();
  if (isOnHeap)
    m.allocate(iterator, 4);
  iterator.steps = steps;
  iterator.sources = {source};
  return iterator;
}

/// Over what is not known. A generator or iterator would be its own iterator.
Value makeUnknownIterator(Machine &m, Value source, bool isOnHeap) {
  auto &iterator = makeIterator(m, Steps::Unknown, source, false);
  if (!isOnHeap)
    return Value::object(iterator.id);
  const auto *abstract = m.heap().get<AbstractObject>(source);
  const bool mayBeIterator = abstract && (abstract->type.empty() || abstract->type == "generator");
  iterator.header = m.heap().request({mayBeIterator ? 0 : m.words(4), m.words(4)});
  return Value::object(iterator.id);
}

std::optional<Value> iteratorOfInstance(Machine &m, Value value, bool isOnHeap) {
  if (hasMethod(m, value, "__iter__"))
    return m.callMethod(value, "__iter__", {});
  const auto *instance = m.heap().get<InstanceObject>(value);
  if (!instance->native.isUnbound())
    return m.iterator(instance->native, isOnHeap);
  if (hasMethod(m, value, "__getitem__"))
    return Value::object(makeIterator(m, Steps::Sequence, value, isOnHeap).id);
  return m.raise("TypeError", "'" + m.typeName(value) + "' object isn't iterable");
}

/// Ends an iteration where StopIteration, or of `__getitem__` IndexError, was raised.
std::optional<Value> endedBy(Machine &m, llvm::ArrayRef<llvm::StringRef> types) {
  const Value exception = m.raised();
  for (llvm::StringRef type : types) {
    if (!m.isInstance(exception, m.nativeType(type)))
      continue;
    m.clearRaised();
    return Value();
  }
  return std::nullopt;
}

std::optional<Value> nextCharacter(Machine &m, Value iterator, const StrObject &text) {
  const std::string &bytes = text.content.bytes;
  IteratorObject &steps = *m.heap().change<IteratorObject>(iterator);
  const auto start = static_cast<size_t>(steps.position);
  if (start >= bytes.size())
    return Value();
  size_t end = start + 1;
  while (end < bytes.size() && (static_cast<uint8_t>(bytes[end]) & 0xC0) == 0x80)
    ++end;
  steps.position = static_cast<int64_t>(end);
  return m.name(std::string(bytes, start, end - start));
}

/// The item of something that can be indexed.
std::optional<Value> nextInSequence(Machine &m, Value iterator) {
  const Value source = m.heap().get<IteratorObject>(iterator)->sources[0];
  const ObjectHeap &heap = m.heap();
  if (const auto *text = heap.get<StrObject>(source); text && text->content.isKnown)
    return nextCharacter(m, iterator, *text);
  IteratorObject &steps = *m.heap().change<IteratorObject>(iterator);
  const int64_t at = steps.position;
  if (heap.get<InstanceObject>(source)) {
    const auto item = m.callMethod(source, "__getitem__", {Value::integer(at)});
    if (!item)
      return endedBy(m, {"StopIteration", "IndexError"});
    m.heap().change<IteratorObject>(iterator)->position = at + 1;
    return item;
  }
  if (at >= lengthOf(m, source)->lo)
    return Value();
  steps.position = at + 1;
  if (const auto *list = heap.get<ListObject>(source);
      steps.takesAnyOrder && list && !list->shuffled.empty())
    return list->shuffled[at];
  if (const auto *items = itemsOf(m, source))
    return (*items)[at];
  if (const auto *deque = heap.get<DequeObject>(source); deque && deque->isKnown)
    return deque->items[at];
  if (const auto *bytes = heap.get<BytesObject>(source); bytes && bytes->content.isKnown)
    return Value::integer(static_cast<uint8_t>(bytes->content.bytes[at]));
  if (heap.get<ByteArrayObject>(source) || heap.get<ArrayObject>(source) ||
      heap.get<MemoryViewObject>(source))
    return loadBufferItem(m, source, Value::integer(at));
  const Value item = anyItemOf(m, source);
  return item.isUnbound() ? m.abstract("", "an item that is not known") : item;
}

std::optional<Value> nextInRange(Machine &m, Value iterator) {
  IteratorObject &steps = *m.heap().change<IteratorObject>(iterator);
  const int64_t at = steps.position;
  if (steps.stride > 0 ? at >= steps.stop : at <= steps.stop)
    return Value();
  steps.position = at + steps.stride;
  return m.integer(at);
}

/// Any key or item of what is gone over in an order that is not known.
Value anyNext(Machine &m, Value iterator) {
  const auto &steps = *m.heap().get<IteratorObject>(iterator);
  if (steps.any.isUnbound()) {
    const Value any = anyItemOf(m, steps.sources[0]);
    m.heap().change<IteratorObject>(iterator)->any = any;
  }
  return another(m, m.heap().get<IteratorObject>(iterator)->any);
}

std::optional<Value> nextInDict(Machine &m, Value iterator) {
  IteratorObject &steps = *m.heap().change<IteratorObject>(iterator);
  const MapTable &table = m.heap().get<DictObject>(steps.sources[0])->table;
  Value key, value;
  if (!steps.takesAnyOrder && !hasKnownOrder(table)) {
    if (steps.position++ >= table.used.lo)
      return Value();
    if (steps.shows != DictViewObject::Shows::Values)
      key = anyNext(m, iterator);
    if (steps.shows != DictViewObject::Shows::Keys)
      value = anyValueOf(m, table);
  } else {
    auto at = static_cast<size_t>(steps.position);
    while (at < table.slots.size() && table.slots[at].key.isUnbound())
      ++at;
    if (at >= table.slots.size())
      return Value();
    steps.position = static_cast<int64_t>(at) + 1;
    key = table.slots[at].key;
    value = table.slots[at].value;
  }
  switch (steps.shows) {
  case DictViewObject::Shows::Keys:
    return key;
  case DictViewObject::Shows::Values:
    return value;
  case DictViewObject::Shows::Items:
    break;
  }
  return m.tuple({key, value});
}

std::optional<Value> nextInSet(Machine &m, Value iterator) {
  IteratorObject &steps = *m.heap().change<IteratorObject>(iterator);
  const auto &set = *m.heap().get<SetObject>(steps.sources[0]);
  if (!steps.takesAnyOrder && !hasKnownOrder(m, steps.sources[0]))
    return steps.position++ < set.used.lo ? anyNext(m, iterator) : Value();
  auto at = static_cast<size_t>(steps.position);
  while (at < set.slots.size() && set.slots[at].isUnbound())
    ++at;
  if (at >= set.slots.size())
    return Value();
  steps.position = static_cast<int64_t>(at) + 1;
  return set.slots[at];
}

std::optional<Value> nextEnumerated(Machine &m, Value iterator, Asks asks) {
  const Value source = m.heap().get<IteratorObject>(iterator)->sources[0];
  const auto item = m.next(source, asks);
  if (!item || item->isUnbound())
    return item;
  if (isUnknownIterator(m, source)) {
    const int64_t first = m.heap().get<IteratorObject>(iterator)->position;
    const Interval steps = stepsOf(m, source) - Interval::exactly(1);
    const Interval last = (Interval::exactly(first) + steps).clampedBelow(first);
    return m.tuple({m.abstractInt({first, last.hi}, "how often a loop runs is not known"), *item});
  }
  auto &steps = *m.heap().change<IteratorObject>(iterator);
  const int64_t index = steps.position++;
  if (!steps.isPositionKnown || (asks != Asks::ForOne && mayBeOver(m, source)))
    return m.tuple(
        {m.abstractInt(Interval::atLeast(index), "how often a loop runs is not known"), *item});
  return m.tuple({Value::integer(index), *item});
}

/// A tuple of an item of each.
std::optional<Value> nextZipped(Machine &m, Value iterator, Asks asks) {
  const llvm::SmallVector<Value, 2> sources = m.heap().get<IteratorObject>(iterator)->sources;
  const auto headerWords = 2 + static_cast<int64_t>(sources.size());
  if (sources.empty())
    return Value();
  const bool isTupleFirst = !m.profile().traits.zipsItemsFirst;
  auto &tuple = m.heap().make<TupleObject>();
  if (isTupleFirst)
    m.allocate(tuple, headerWords);
  for (Value source : sources) {
    const auto item = m.next(source, asks);
    if (!item)
      return std::nullopt;
    if (item->isUnbound()) {
      if (isTupleFirst)
        m.heap().release(tuple.header);
      return Value();
    }
    if (!tuple.header)
      m.allocate(tuple, headerWords);
    tuple.items.push_back(*item);
  }
  return Value::object(tuple.id);
}

std::optional<Value> nextMapped(Machine &m, Value iterator, Asks asks) {
  const auto &steps = *m.heap().get<IteratorObject>(iterator);
  const llvm::SmallVector<Value, 2> sources = steps.sources;
  const Value function = steps.function;
  // Room for the arguments, which nobody gives back but at the end.
  Run room = m.heap().request(m.words(static_cast<int64_t>(sources.size())));
  llvm::SmallVector<Value, 4> arguments;
  for (Value source : sources) {
    const auto item = m.next(source, asks);
    if (!item)
      return std::nullopt;
    if (item->isUnbound()) {
      m.heap().release(room);
      return Value();
    }
    arguments.push_back(*item);
  }
  return m.call(function, arguments);
}

/// Of a source that may be over any item is asked about, since none may pass.
std::optional<Value> nextFiltered(Machine &m, Value iterator, Asks asks) {
  const auto &steps = *m.heap().get<IteratorObject>(iterator);
  const Value source = steps.sources[0], function = steps.function;
  while (true) {
    const auto item = m.next(source, asks == Asks::ForEach ? asks : Asks::ForAll);
    if (!item || item->isUnbound())
      return item;
    const auto chosen = function.isNone() ? item : m.call(function, {*item});
    if (!chosen)
      return std::nullopt;
    if (m.isAbstract(*chosen)) {
      m.noteUnknownCost("whether a filter lets an item pass is not known");
      return item;
    }
    const auto isChosen = m.truth(*chosen);
    if (!isChosen)
      return std::nullopt;
    if (*isChosen)
      return item;
  }
}

std::optional<Value> nextReversed(Machine &m, Value iterator) {
  IteratorObject &steps = *m.heap().change<IteratorObject>(iterator);
  if (steps.position == 0)
    return Value();
  const Value source = steps.sources[0];
  return m.loadSubscript(source, Value::integer(--steps.position));
}

std::optional<Value> nextLine(Machine &m, Value stream) {
  const auto line = m.callMethod(stream, "readline", {});
  if (!line || m.isAbstract(*line))
    return line;
  const auto truth = m.truth(*line);
  if (!truth)
    return std::nullopt;
  return *truth ? *line : Value();
}

std::optional<Value> nextOfIterator(Machine &m, Value iterator, Asks asks) {
  const auto &steps = *m.heap().get<IteratorObject>(iterator);
  switch (steps.steps) {
  case Steps::Sequence:
    return nextInSequence(m, iterator);
  case Steps::Range:
    return nextInRange(m, iterator);
  case Steps::Dict:
    return nextInDict(m, iterator);
  case Steps::Set:
    return nextInSet(m, iterator);
  case Steps::Enumerate:
    return nextEnumerated(m, iterator, asks);
  case Steps::Zip:
    return nextZipped(m, iterator, asks);
  case Steps::Map:
    return nextMapped(m, iterator, asks);
  case Steps::Filter:
    return nextFiltered(m, iterator, asks);
  case Steps::Reversed:
    return nextReversed(m, iterator);
  case Steps::Lines:
    return nextLine(m, steps.sources[0]);
  case Steps::Sentinel:
  case Steps::Unknown:
    break;
  }
  const Value item = anyItemOf(m, steps.sources[0]);
  return item.isUnbound() ? m.abstract("", "an item that is not known") : item;
}

} // namespace

Value another(Machine &m, Value value) {
  if (m.heap().get<AbstractObject>(value)) {
    const AbstractObject copied = *m.heap().get<AbstractObject>(value);
    auto &made = m.heap().make<AbstractObject>();
    made.header = copied.header;
    made.type = copied.type;
    made.number = copied.number;
    made.length = copied.length;
    made.reason = copied.reason;
    made.data = copied.data;
    made.digitBytes = copied.digitBytes;
    made.isPlainData = copied.isPlainData;
    made.alternatives = copied.alternatives;
    return Value::object(made.id);
  }
  const auto *tuple = m.heap().get<TupleObject>(value);
  if (!tuple || llvm::none_of(tuple->items, [&](Value item) { return m.isAbstract(item); }))
    return value;
  const TupleObject copied = *tuple;
  std::vector<Value> items;
  for (Value item : copied.items)
    items.push_back(another(m, item));
  auto &made = m.heap().make<TupleObject>();
  made.items = std::move(items);
  made.type = copied.type;
  made.header = copied.header;
  return Value::object(made.id);
}

std::optional<Value> Machine::iterator(Value value, bool isOnHeap) {
  const ObjectKind kind = value.isObject() ? heap_[value.asObject()].kind : ObjectKind::Singleton;
  switch (kind) {
  case ObjectKind::Iterator:
  case ObjectKind::Generator:
  case ObjectKind::Stream:
    return value;
  case ObjectKind::Instance:
    return iteratorOfInstance(*this, value, isOnHeap);
  case ObjectKind::Opaque:
    if (findNative((typeName(value) + ".__iter__").str()))
      return callMethod(value, "__iter__", {});
    return makeUnknownIterator(*this, value, isOnHeap);
  case ObjectKind::Abstract:
    if (const auto ways = waysOfInstances(value); !ways.empty())
      return eachWay(ways, [&](Value one) { return iterator(one, isOnHeap); });
    if (llvm::any_of(waysOf(value), [&](Value one) { return heap_.get<GeneratorObject>(one); }))
      return value;
    return makeUnknownIterator(*this, value, isOnHeap);
  case ObjectKind::Range: {
    auto &iterator = makeIterator(*this, Steps::Range, value, isOnHeap);
    const auto &range = *heap_.get<RangeObject>(value);
    iterator.position = range.start;
    iterator.stop = range.stop;
    iterator.stride = range.step;
    return Value::object(iterator.id);
  }
  default:
    break;
  }
  if (!lengthOf(*this, value))
    return raise("TypeError", "'" + typeName(value) + "' object isn't iterable");
  if (!isKnownIterable(*this, value))
    return makeUnknownIterator(*this, value, isOnHeap);
  const auto *view = heap_.get<DictViewObject>(value);
  const Steps steps = view || kind == ObjectKind::Dict ? Steps::Dict
                      : kind == ObjectKind::Set        ? Steps::Set
                                                       : Steps::Sequence;
  auto &iterator = makeIterator(*this, steps, view ? view->dict : value, isOnHeap);
  if (view)
    iterator.shows = view->shows;
  return Value::object(iterator.id);
}

std::optional<Value> Machine::next(Value iterator, Asks asks) {
  if (!takeStep())
    return std::nullopt;
  switch (iterator.isObject() ? heap_[iterator.asObject()].kind : ObjectKind::Singleton) {
  case ObjectKind::Iterator:
    return nextOfIterator(*this, iterator, asks);
  case ObjectKind::Generator:
    return nextOfGenerator(*this, iterator, asks);
  case ObjectKind::Stream:
    return nextLine(*this, iterator);
  case ObjectKind::Abstract:
    if (const auto ways = waysOf(iterator); !ways.empty())
      return eachWay(ways, [&](Value one) { return next(one, asks); });
    [[fallthrough]];
  case ObjectKind::Opaque:
    return unknownCost(*this, "what is gone over is not known");
  case ObjectKind::Instance:
    if (hasMethod(*this, iterator, "__next__")) {
      const auto item = callMethod(iterator, "__next__", {});
      return item ? item : endedBy(*this, {"StopIteration"});
    }
    break;
  default:
    break;
  }
  return raise("TypeError", "'" + typeName(iterator) + "' object isn't an iterator");
}

bool Machine::forEach(Value iterable, bool isOnHeap, llvm::function_ref<bool(Value)> take) {
  const auto over = iterator(iterable, isOnHeap);
  if (!over)
    return false;
  if (const auto ways = waysOf(*over); !ways.empty())
    return eachWay(ways,
                   [&](Value one) {
                     return forEach(one, isOnHeap, take) ? std::optional(Value::none())
                                                         : std::nullopt;
                   })
        .has_value();
  if (isUnknownIterator(*this, *over)) {
    // Once, for what an item leads to; how often it does is not known.
    noteUnknownCost("how often something is gone over is not known");
    const auto item = next(*over);
    return item && take(*item);
  }
  while (true) {
    const auto item = next(*over);
    if (!item)
      return false;
    if (item->isUnbound())
      return true;
    if (!take(*item))
      return false;
  }
}

bool mayBeOver(const Machine &m, Value value) {
  if (const auto *generator = m.heap().get<GeneratorObject>(value))
    return generator->mayBeOver;
  const auto *iterator = m.heap().get<IteratorObject>(value);
  return iterator && llvm::any_of(iterator->sources, [&](Value one) { return mayBeOver(m, one); });
}

bool goesOnWithGenerator(const Machine &m, Value value) {
  const auto *iterator = m.heap().get<IteratorObject>(value);
  return m.heap().get<GeneratorObject>(value) ||
         (iterator &&
          llvm::any_of(iterator->sources, [&](Value one) { return goesOnWithGenerator(m, one); }));
}

bool isUnknownIterator(const Machine &m, Value value) {
  if (m.isAbstract(value) || m.heap().get<OpaqueObject>(value))
    return true;
  const auto *iterator = m.heap().get<IteratorObject>(value);
  if (!iterator)
    return false;
  return iterator->steps == Steps::Unknown || llvm::any_of(iterator->sources, [&](Value one) {
           return m.heap().get<IteratorObject>(one) && isUnknownIterator(m, one);
         });
}

Interval stepsOf(const Machine &m, Value value) {
  const auto *iterator = m.heap().get<IteratorObject>(value);
  if (!iterator || iterator->sources.empty())
    return Interval::atLeast(0);
  const Value source = iterator->sources[0];
  const Interval length = lengthOf(m, source).value_or(Interval::atLeast(0));
  switch (iterator->steps) {
  case Steps::Range:
    return lengthOf(m, source).value_or(Interval::atLeast(0)).hull(Interval::exactly(0));
  case Steps::Sequence:
    return (length - Interval::exactly(iterator->position)).clampedBelow(0);
  case Steps::Dict:
  case Steps::Set:
    return iterator->position == 0 ? length : Interval{0, length.hi};
  case Steps::Unknown:
    return length;
  case Steps::Enumerate:
  case Steps::Map:
  case Steps::Zip: {
    Interval steps = stepsOf(m, source);
    for (Value one : iterator->sources)
      steps = minimum(steps, stepsOf(m, one));
    return steps;
  }
  case Steps::Filter:
    return {0, stepsOf(m, source).hi};
  case Steps::Reversed:
    return Interval::exactly(iterator->position);
  case Steps::Sentinel:
  case Steps::Lines:
    break;
  }
  return Interval::atLeast(0);
}

} // namespace fraglint
