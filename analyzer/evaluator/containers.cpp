#include "evaluator/containers.h"
#include "evaluator/numbers.h"
#include "evaluator/text_data.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Values of which one is made by joining one after the other: each join makes objects.
constexpr size_t kMostJoins = 256;

std::optional<Interval> numberInterval(const Machine &m, Value value) {
  if (value.isInt())
    return Interval::exactly(value.asInt());
  if (const auto *abstract = m.heap().get<AbstractObject>(value);
      abstract && abstract->type == "int")
    return abstract->number;
  return std::nullopt;
}

bool isAnything(const AbstractObject &object) { return object.type.empty() && !object.isPlainData; }

void addAlternatives(const Machine &m, Value value, llvm::SmallVectorImpl<Value> &to,
                     bool &isOpen) {
  const auto *abstract = m.heap().get<AbstractObject>(value);
  if (abstract && (!abstract->alternatives.empty() || isAnything(*abstract))) {
    isOpen |= abstract->alternatives.empty();
    for (Value one : abstract->alternatives)
      if (!llvm::is_contained(to, one))
        to.push_back(one);
  } else if (!llvm::is_contained(to, value)) {
    to.push_back(value);
  }
}

std::string reasonOf(const Machine &m, Value left, Value right) {
  for (Value value : {left, right})
    if (const auto *abstract = m.heap().get<AbstractObject>(value);
        abstract && !abstract->reason.empty())
      return abstract->reason;
  return "one of several values";
}

} // namespace

Value unknownCost(Machine &m, llvm::StringRef reason) {
  m.noteUnknownCost(reason);
  return m.unknown(reason);
}

Value unknownResult(Machine &m, NativeFunction function) {
  constexpr llvm::StringLiteral kReason = "the object of a method is not known";
  m.noteUnknownCost(kReason);
  const auto rows = containerNatives();
  const auto *row =
      llvm::find_if(rows, [&](const NativeRow &one) { return one.function == function; });
  return m.abstract(row == rows.end() ? llvm::StringRef() : llvm::StringRef(row->result), kReason);
}

/// One value for both; none where they are not alike.
static std::optional<Value> merged(Machine &m, Value left, Value right,
                                   llvm::function_ref<Value(Value, Value)> join) {
  constexpr llvm::StringLiteral kReason = "which of several values this is is not known";
  const auto one = textOperand(m, left), two = textOperand(m, right);
  if (one && two && one->type == two->type)
    return abstractText(m, one->type, one->length.hull(two->length), kReason);
  const auto number = numberInterval(m, left), otherNumber = numberInterval(m, right);
  if (number && otherNumber)
    return m.abstractInt(number->hull(*otherNumber), kReason);
  const auto *tuple = m.heap().get<TupleObject>(left), *other = m.heap().get<TupleObject>(right);
  if (!tuple || !other || tuple->type != other->type || tuple->items.size() != other->items.size())
    return std::nullopt;
  std::vector<Value> items = tuple->items;
  const std::vector<Value> others = other->items;
  const Run header = tuple->header;
  const ObjectId type = tuple->type;
  for (size_t i = 0; i < items.size(); ++i)
    items[i] = join(items[i], others[i]);
  auto &made = m.heap().make<TupleObject>();
  made.items = std::move(items);
  made.type = type;
  made.header = header;
  return Value::object(made.id);
}

void mergeAlike(Machine &m, llvm::SmallVectorImpl<Value> &values,
                llvm::function_ref<Value(Value, Value)> join) {
  llvm::SmallVector<Value, 8> kept;
  for (Value value : values) {
    const bool isMerged = llvm::any_of(kept, [&](Value &one) {
      const auto both = merged(m, one, value, join);
      one = both.value_or(one);
      return both.has_value();
    });
    if (!isMerged)
      kept.push_back(value);
  }
  values.assign(kept.begin(), kept.end());
}

static Value joinWithin(Machine &m, Value left, Value right, unsigned depth) {
  if (left == right || right.isUnbound())
    return left;
  if (left.isUnbound())
    return right;
  auto leftNumber = numberInterval(m, left), rightNumber = numberInterval(m, right);
  if (leftNumber && rightNumber) {
    // Without a new object where nothing is learnt: loops join again and again.
    const Interval hull = leftNumber->hull(*rightNumber);
    if (hull == *leftNumber)
      return left;
    if (hull == *rightNumber)
      return right;
    return m.abstractInt(hull, reasonOf(m, left, right));
  }
  llvm::SmallVector<Value, 8> alternatives;
  bool isOpen = false;
  addAlternatives(m, left, alternatives, isOpen);
  addAlternatives(m, right, alternatives, isOpen);
  const auto *known = m.heap().get<AbstractObject>(left);
  if (known && isAnything(*known) && known->alternatives.empty())
    return left;
  if (!isOpen && alternatives.size() > kMostAlternatives && depth < kMostMergeDepth)
    mergeAlike(m, alternatives,
               [&](Value one, Value other) { return joinWithin(m, one, other, depth + 1); });
  if (!isOpen && alternatives.size() == 1)
    return alternatives.front();
  const std::string type = m.typeName(left) == m.typeName(right) ? m.typeName(left).str() : "";
  const auto leftLength = lengthOf(m, left), rightLength = lengthOf(m, right);
  const Value joined = m.abstract(type, reasonOf(m, left, right));
  if (auto *abstract = m.heap().change<AbstractObject>(joined)) {
    if (!isOpen && alternatives.size() <= kMostAlternatives)
      abstract->alternatives.assign(alternatives.begin(), alternatives.end());
    if (leftLength && rightLength)
      abstract->length = leftLength->hull(*rightLength);
  }
  return joined;
}

Value joinValues(Machine &m, Value left, Value right) { return joinWithin(m, left, right, 0); }

/// Of more than are joined one by one, what they have in common.
static Value manyOf(Machine &m, llvm::ArrayRef<Value> values) {
  std::string type = m.typeName(values.front()).str();
  auto length = lengthOf(m, values.front()).value_or(Interval::atLeast(0));
  for (Value value : values.drop_front()) {
    if (m.typeName(value) != type)
      type.clear();
    length = length.hull(lengthOf(m, value).value_or(Interval::atLeast(0)));
  }
  const Value any = m.abstract(type, "one of several values");
  if (auto *abstract = m.heap().change<AbstractObject>(any))
    abstract->length = length;
  return any;
}

Value anyOf(Machine &m, llvm::ArrayRef<Value> values) {
  if (values.empty())
    return {};
  // All ints at once: no object for each of them.
  Interval hull{Interval::kNoHi, Interval::kNoLo};
  bool areInts = true;
  for (Value value : values) {
    const auto number = numberInterval(m, value);
    areInts &= number.has_value();
    if (!number)
      break;
    hull = {std::min(hull.lo, number->lo), std::max(hull.hi, number->hi)};
  }
  if (areInts)
    return hull.isExact() ? Value::integer(hull.lo) : m.abstractInt(hull, "one of several values");
  Value joined;
  size_t joins = 0;
  for (Value value : values) {
    if (value == joined)
      continue;
    if (++joins > kMostJoins)
      return manyOf(m, values);
    joined = joinValues(m, joined, value);
  }
  return joined;
}

bool hasKnownOrder(const Machine &m, Value value) {
  const ObjectHeap &heap = m.heap();
  if (const auto *dict = heap.get<DictObject>(value))
    return hasKnownOrder(dict->table);
  if (const auto *view = heap.get<DictViewObject>(value))
    return hasKnownOrder(m, view->dict);
  if (const auto *set = heap.get<SetObject>(value))
    return set->isKnown && (!set->isByAddress || set->used == Interval::exactly(1));
  if (const auto *list = heap.get<ListObject>(value))
    return list->shuffled.empty();
  if (const auto *iterator = heap.get<IteratorObject>(value))
    return llvm::all_of(iterator->sources, [&](Value one) { return hasKnownOrder(m, one); });
  return true;
}

bool isInAnyOrder(const Machine &m, Value value) {
  if (hasKnownOrder(m, value))
    return false;
  if (m.heap().get<ListObject>(value))
    return true;
  if (const auto *set = m.heap().get<SetObject>(value))
    return set->isKnown;
  const auto *view = m.heap().get<DictViewObject>(value);
  const auto *dict = m.heap().get<DictObject>(view ? view->dict : value);
  // Keys that may be missing are none of which it is known whether they come.
  return dict && dict->table.isKnown && dict->table.used.isExact() &&
         llvm::none_of(dict->table.slots,
                       [](const auto &slot) { return !slot.key.isUnbound() && slot.isPerhaps; });
}

std::optional<Interval> lengthOf(const Machine &m, Value value) {
  const ObjectHeap &heap = m.heap();
  if (const auto *list = heap.get<ListObject>(value))
    return list->length;
  if (const auto *tuple = heap.get<TupleObject>(value))
    return Interval::exactly(static_cast<int64_t>(tuple->items.size()));
  if (const auto *dict = heap.get<DictObject>(value))
    return dict->table.used;
  if (const auto *view = heap.get<DictViewObject>(value))
    return lengthOf(m, view->dict);
  if (const auto *set = heap.get<SetObject>(value))
    return set->used;
  if (const auto *deque = heap.get<DequeObject>(value))
    return deque->length;
  if (const auto *bytes = heap.get<BytesObject>(value))
    return bytes->content.length;
  if (const auto *bytes = heap.get<ByteArrayObject>(value))
    return bytes->content.length;
  if (const auto *array = heap.get<ArrayObject>(value))
    return array->length;
  if (const auto *view = heap.get<MemoryViewObject>(value))
    return view->length;
  if (const auto *abstract = heap.get<AbstractObject>(value))
    return abstract->length;
  if (const auto *text = heap.get<StrObject>(value)) {
    if (text->content.isKnown)
      return Interval::exactly(llvm::count_if(text->content.bytes, [](char byte) {
        return (static_cast<uint8_t>(byte) & 0xC0) != 0x80;
      }));
    // In characters: a text whose length in bytes is known is taken for ASCII.
    Interval length = text->content.length;
    if (!length.isExact() && length.hasLo())
      length.lo = (length.lo + 3) / 4;
    return length;
  }
  if (const auto *range = heap.get<RangeObject>(value)) {
    // As the firmware divides: towards zero, then cut.
    const int64_t length =
        (range->stop - range->start + range->step - (range->step > 0 ? 1 : -1)) / range->step;
    return Interval::exactly(std::max<int64_t>(length, 0));
  }
  return std::nullopt;
}

const std::vector<Value> *itemsOf(const Machine &m, Value value) {
  if (const auto *list = m.heap().get<ListObject>(value))
    return list->isKnown ? &list->items : nullptr;
  if (const auto *tuple = m.heap().get<TupleObject>(value))
    return &tuple->items;
  return nullptr;
}

bool isKnownIterable(const Machine &m, Value value) {
  const ObjectHeap &heap = m.heap();
  if (const auto *iterator = heap.get<IteratorObject>(value))
    return iterator->steps != IteratorObject::Steps::Unknown &&
           llvm::all_of(iterator->sources, [&](Value one) { return isKnownIterable(m, one); });
  if (const auto *instance = heap.get<InstanceObject>(value))
    return instance->native.isUnbound() || isKnownIterable(m, instance->native);
  if (const auto length = lengthOf(m, value))
    return length->isExact();
  return !heap.get<OpaqueObject>(value);
}

namespace {

/// Of UTF-8.
Value unknownCharacter(Machine &m, llvm::StringRef reason) {
  const Value character = m.abstract("str", reason);
  m.heap().change<AbstractObject>(character)->length = {1, 4};
  m.noteCharacter();
  return character;
}

} // namespace

Value anyItemOf(Machine &m, Value value) {
  const ObjectHeap &heap = m.heap();
  if (const auto *items = itemsOf(m, value))
    return anyOf(m, *items);
  if (const auto *list = heap.get<ListObject>(value))
    return list->element;
  if (const auto *dict = heap.get<DictObject>(value))
    return anyKeyOf(m, dict->table);
  if (const auto *view = heap.get<DictViewObject>(value)) {
    const MapTable table = heap.get<DictObject>(view->dict)->table;
    switch (view->shows) {
    case DictViewObject::Shows::Keys:
      return anyKeyOf(m, table);
    case DictViewObject::Shows::Values:
      return anyValueOf(m, table);
    case DictViewObject::Shows::Items:
      return m.tuple({anyKeyOf(m, table), anyValueOf(m, table)});
    }
  }
  if (heap.get<RangeObject>(value)) {
    const RangeObject range = *heap.get<RangeObject>(value);
    const int64_t last = range.start + (lengthOf(m, value)->lo - 1) * range.step;
    return m.abstractInt(Interval::exactly(range.start).hull(Interval::exactly(last)),
                         "how often a loop runs is not known");
  }
  if (const auto *set = heap.get<SetObject>(value)) {
    if (!set->isKnown)
      return set->element;
    std::vector<Value> items;
    for (Value slot : set->slots)
      if (!slot.isUnbound())
        items.push_back(slot);
    return anyOf(m, items);
  }
  if (const auto *deque = heap.get<DequeObject>(value))
    return deque->isKnown ? anyOf(m, std::vector<Value>(deque->items)) : deque->element;
  if (heap.get<StrObject>(value))
    return unknownCharacter(m, "a character of a text that is not known");
  if (heap.get<BytesObject>(value) || heap.get<ByteArrayObject>(value))
    return m.abstractInt({0, 255}, "a byte of data that is not known");
  if (const auto *array = heap.get<ArrayObject>(value)) {
    if (array->typeCode == 'f' || array->typeCode == 'd')
      return m.abstract("float", "an item of an array that is not known");
    return m.abstractInt(Interval::unknown(), "an item of an array that is not known");
  }
  if (const auto *view = heap.get<MemoryViewObject>(value))
    return anyItemOf(m, view->base);
  if (const auto *abstract = heap.get<AbstractObject>(value)) {
    Value joined;
    for (Value one : llvm::SmallVector<Value, 2>(abstract->alternatives))
      if (lengthOf(m, one))
        joined = joinValues(m, joined, anyItemOf(m, one));
    if (!joined.isUnbound())
      return joined;
    const std::string reason = abstract->reason;
    if (abstract->type == "range")
      return m.abstractInt(abstract->number, reason);
    if (abstract->type == "bytes" || abstract->type == "bytearray")
      return m.abstractInt({0, 255}, reason);
    if (abstract->type == "str")
      return unknownCharacter(m, reason);
    return abstract->isPlainData ? m.abstractData(reason) : m.abstract("", reason);
  }
  return m.abstract("", "what this gives one by one is not known");
}

bool isKnownKey(const Machine &m, Value key) {
  const ObjectHeap &heap = m.heap();
  if (const auto *text = heap.get<StrObject>(key))
    return text->content.isKnown;
  if (const auto *bytes = heap.get<BytesObject>(key))
    return bytes->content.isKnown;
  if (const auto *tuple = heap.get<TupleObject>(key))
    return llvm::all_of(tuple->items, [&](Value item) { return isKnownKey(m, item); });
  return !heap.get<AbstractObject>(key);
}

void growMaybe(Machine &m, Run &run, Interval bytes, Interval longer) {
  Run old = run;
  run = m.heap().requestLongerPerhaps(old, longer);
  run.bytes = bytes;
  m.heap().release(old);
}

bool checkArguments(Machine &m, const NativeCall &call, size_t least, size_t most) {
  if (!call.keywords.empty()) {
    m.raise("TypeError", "function doesn't take keyword arguments");
    return false;
  }
  const size_t given = call.arguments.size();
  if (given >= least && given <= most)
    return true;
  if (least == most)
    m.raise("TypeError", "function takes " + llvm::Twine(least) + " positional arguments but " +
                             llvm::Twine(given) + " were given");
  else if (given < least)
    m.raise("TypeError",
            "function missing " + llvm::Twine(least - given) + " required positional arguments");
  else
    m.raise("TypeError", "function expected at most " + llvm::Twine(most) + " arguments, got " +
                             llvm::Twine(given));
  return false;
}

std::optional<int64_t> toInt(Machine &m, Value value) {
  if (auto number = m.intOf(value))
    return number;
  return requireInt(m, value);
}

std::optional<int64_t> indexIn(Machine &m, Value container, int64_t length, Value index,
                               bool isCut) {
  const auto number = m.intOf(index);
  if (!number)
    return m.raise("TypeError",
                   m.typeName(container) + " indices must be integers, not " + m.typeName(index));
  int64_t position = *number < 0 ? *number + length : *number;
  if (isCut)
    return std::clamp<int64_t>(position, 0, length);
  if (position < 0 || position >= length)
    return m.raise("IndexError", m.typeName(container) + " index out of range");
  return position;
}

void mayBeOutside(Machine &m, Value container, Value index) {
  const Interval length = lengthOf(m, container).value_or(Interval::atLeast(0));
  const Interval place = numberInterval(m, index).value_or(Interval::unknown());
  const bool isInside = place.hasLo() && place.lo >= -length.lo && place.hi < length.lo;
  if (!isInside)
    m.mayRaise("IndexError", m.typeName(container) + " index out of range");
}

bool hasMethod(const Machine &m, Value instance, llvm::StringRef name) {
  const auto *object = m.heap().get<InstanceObject>(instance);
  if (!object)
    return false;
  llvm::SmallVector<ObjectId, 4> classes{object->type};
  while (!classes.empty()) {
    const auto *type = m.heap().get<ClassObject>(Value::object(classes.pop_back_val()));
    if (!type)
      continue;
    for (const MapTable::Slot &slot : type->members.slots)
      if (const auto *key = m.heap().get<StrObject>(slot.key); key && key->content.bytes == name)
        return true;
    if (!type->isNative)
      classes.append(type->bases.rbegin(), type->bases.rend());
  }
  return false;
}

Value withoutMethod(const Machine &m, Value value, llvm::StringRef method) {
  const auto *instance = m.heap().get<InstanceObject>(value);
  if (!instance || instance->native.isUnbound() || hasMethod(m, value, method))
    return value;
  return instance->native;
}

std::nullopt_t raiseKeyError(Machine &m, Value key) {
  const auto exception = m.call(m.nativeType("KeyError"), {key});
  return exception ? m.raise(*exception) : std::nullopt;
}

llvm::ArrayRef<NativeRow> containerNatives() {
  static const std::vector<NativeRow> rows = [] {
    std::vector<NativeRow> all;
    for (llvm::ArrayRef<NativeRow> some :
         {listNatives(), dictNatives(), setNatives(), dequeNatives(), iterationNatives(),
          foldNatives(), generatorNatives()})
      all.insert(all.end(), some.begin(), some.end());
    return all;
  }();
  return rows;
}

} // namespace fraglint
