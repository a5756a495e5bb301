#include "evaluator/containers.h"
#include "evaluator/interpreter.h"
#include "evaluator/numbers.h"
#include "evaluator/text_data.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

constexpr int64_t kLargestRound = 1 << 16;
/// Numbers that tests compare with, of one program.
constexpr size_t kMostBounds = 64;
/// References that are followed to compare what was made since with what was there.
constexpr unsigned kLikeDepth = 2;

} // namespace

/// `other`: versions of what the other path changed; `before`: of what this one did, as it was.
void Interpreter::joinHeaps(const ObjectHeap::Changes &other, const ObjectHeap::Changes &before) {
  for (const auto &[id, version] : other)
    joinObject(heap_.change(id), *version);
  for (const auto &[id, version] : before)
    if (!other.contains(id))
      joinObject(heap_.change(id), *version);
}

void Interpreter::joinFrames(Frame &frame, const Frame &other) {
  for (size_t i = 0; i < frame.locals.size() && i < other.locals.size(); ++i)
    frame.locals[i] = join(frame.locals[i], other.locals[i]);
  for (size_t i = 0; i < frame.stack.size() && i < other.stack.size(); ++i)
    frame.stack[i] = join(frame.stack[i], other.stack[i]);
}

/// Numbers that something is compared with in passes are where it may cease to grow: it has reached
/// them then, or is one beyond.
void Interpreter::noteBound(Value compared) {
  if (!compared.isInt() || !pass_ || bounds_.size() >= kMostBounds)
    return;
  for (int64_t bound : {compared.asInt(), compared.asInt() + 1}) {
    auto *place = llvm::lower_bound(bounds_, bound);
    if (bound > 0 && bound < kLargestRound && (place == bounds_.end() || *place != bound))
      bounds_.insert(place, bound);
  }
}

/// The next of those, or of 16, 64, 256 …; none beyond the largest.
int64_t Interpreter::roundedUp(int64_t bound) const {
  if (bound <= 0)
    return 0;
  int64_t round = 16;
  while (round < bound && round < kLargestRound)
    round *= 4;
  const auto *next = llvm::lower_bound(bounds_, bound);
  if (next != bounds_.end())
    round = std::min(round, *next);
  return round >= bound ? round : Interval::kNoHi;
}

Interpreter::Widening Interpreter::wideningOf(unsigned count, unsigned beforeRound,
                                              unsigned beforeNone) {
  constexpr unsigned kForSizes = 2;
  return count < beforeRound              ? Widening::None
         : count < beforeNone             ? Widening::ToRound
         : count < beforeNone + kForSizes ? Widening::NumbersToNone
                                          : Widening::ToNone;
}

/// What still moves has a round bound for some times, then none where `isFree`.
Interval Interpreter::joinBounds(Interval one, Interval two, bool isFree) {
  if (one == two)
    return one;
  Interval hull = one.hull(two);
  bringsNew_ |= hull != two;
  if (widening_ == Widening::None)
    return hull;
  if (hull.lo < two.lo)
    hull.lo = isFree ? Interval::kNoLo : -roundedUp(-std::max(hull.lo, -kLargestRound - 1));
  if (hull.hi > two.hi)
    hull.hi = isFree ? Interval::kNoHi : roundedUp(hull.hi);
  return hull;
}

Interval Interpreter::joinIntervals(Interval one, Interval two) {
  return joinBounds(one, two, widening_ >= Widening::NumbersToNone);
}

/// Of lengths and bytes, which are never negative.
Interval Interpreter::joinSizes(Interval one, Interval two) {
  return joinBounds(one, two, widening_ == Widening::ToNone).clampedBelow(0);
}

void Interpreter::loseRun(const Run &run) {
  lostBytes_ += std::min(run.bytes.hi, kUnboundedBytes) + heap_.blockBytes();
}

void Interpreter::loseValue(Value value) {
  if (!value.isObject())
    return;
  const auto *abstract = heap_.get<AbstractObject>(value);
  const auto *text = heap_.get<StrObject>(value);
  const auto *bytes = heap_.get<BytesObject>(value);
  // One that stands for several texts or numbers has lost them before.
  bool isAlone = (abstract && abstract->alternatives.empty() &&
                  (abstract->header || abstract->type == "str" || abstract->type == "bytes" ||
                   abstract->type == "int")) ||
                 (text && !text->sharedData) || (bytes && !bytes->sharedData);
  if (!isAlone) {
    lostBytes_ += kUnboundedBytes;
    return;
  }
  loseRun(heap_[value.asObject()].header);
  loseRun(abstract ? abstract->data : text ? text->data : bytes->data);
}

Value Interpreter::join(Value left, Value right) {
  if (left == right)
    return left;
  if (left.isUnbound())
    return right;
  if (right.isUnbound()) {
    bringsNew_ = true;
    return left;
  }
  const auto *abstractLeft = heap_.get<AbstractObject>(left);
  const auto *abstractRight = heap_.get<AbstractObject>(right);
  auto intervalOf = [&](Value value, const AbstractObject *abstract) -> std::optional<Interval> {
    if (abstract)
      return abstract->type == "int" || abstract->type == "bool" ? std::optional(abstract->number)
                                                                 : std::nullopt;
    std::optional<int64_t> number = intOf(value);
    return number ? std::optional(Interval::exactly(*number)) : std::nullopt;
  };
  std::optional<Interval> one = intervalOf(left, abstractLeft);
  std::optional<Interval> two = one ? intervalOf(right, abstractRight) : std::nullopt;
  if (two) {
    bool isMoving = widening_ != Widening::None && *one != *two;
    int64_t digits = std::max(abstractLeft ? abstractLeft->digitBytes : 0,
                              abstractRight ? abstractRight->digitBytes : 0);
    if (abstractLeft && !isMoving && one->lo <= two->lo && one->hi >= two->hi &&
        abstractLeft->digitBytes == digits) {
      bringsNew_ |= *one != *two;
      return left;
    }
    Value joined = abstractInt(joinIntervals(*one, *two), "which way is taken is not known");
    if (auto *number = heap_.change<AbstractObject>(joined))
      number->digitBytes = digits;
    return joined;
  }
  llvm::StringRef leftType = abstractLeft ? llvm::StringRef(abstractLeft->type) : typeName(left);
  llvm::StringRef rightType =
      abstractRight ? llvm::StringRef(abstractRight->type) : typeName(right);
  if (const auto *a = heap_.get<StrObject>(left))
    if (const auto *b = heap_.get<StrObject>(right);
        b && a->content.isKnown && b->content.isKnown && a->content.bytes == b->content.bytes)
      return left;
  bool isData = abstractLeft && abstractLeft->isPlainData;
  bool isSameType = leftType == rightType;
  if (isSameType && abstractRight && abstractRight->isPlainData != isData) {
    bringsNew_ |= !isData;
    return isData ? right : left; // which may be anything
  }
  if (abstractLeft && isSameType && abstractLeft->alternatives.empty() && abstractRight &&
      abstractRight->alternatives.empty()) {
    Interval length = joinSizes(abstractLeft->length, abstractRight->length);
    loseRun(abstractRight->header);
    if (length == abstractLeft->length) {
      loseRun(abstractRight->data);
      return left;
    }
    loseRun(abstractLeft->header);
    if (abstractLeft->data)
      loseRun(abstractRight->data);
    std::string reason = abstractLeft->reason;
    AbstractObject &made = heap_.make<AbstractObject>();
    made.type = leftType.str();
    made.length = length;
    made.reason = reason;
    made.isPlainData = isData;
    made.data = abstractLeft->data ? abstractLeft->data : abstractRight->data;
    return Value::object(made.id);
  }
  // Two objects of which either may be meant.
  std::string type = isSameType ? leftType.str() : "";
  Interval length = Interval::atLeast(0);
  auto lengthOf = [&](Value value, const AbstractObject *abstract) -> Interval {
    if (abstract)
      return abstract->length;
    if (const auto *text = heap_.get<StrObject>(value))
      return text->content.length;
    return fraglint::lengthOf(*this, value).value_or(Interval::atLeast(0));
  };
  if (isSameType)
    length = joinSizes(lengthOf(left, abstractLeft), lengthOf(right, abstractRight));
  llvm::SmallVector<Value, 4> alternatives;
  auto add = [&](Value value, const AbstractObject *abstract) {
    if (abstract && !abstract->alternatives.empty()) {
      for (Value alternative : abstract->alternatives)
        if (!llvm::is_contained(alternatives, alternative))
          alternatives.push_back(alternative);
    } else if (!llvm::is_contained(alternatives, value)) {
      alternatives.push_back(value);
    }
  };
  add(right, abstractRight);
  size_t before = alternatives.size();
  add(left, abstractLeft);
  auto old = llvm::ArrayRef<Value>(alternatives).take_front(before);
  bool isNew = llvm::any_of(llvm::ArrayRef<Value>(alternatives).drop_front(before), [&](Value now) {
    return llvm::none_of(old, [&](Value then) { return isLike(now, then, kLikeDepth); });
  });
  int64_t digits = 0;
  if (type == "int")
    for (Value way : alternatives)
      digits = std::max(digits, digitBytesOf(*this, way));
  bringsNew_ |= isNew;
  if (widening_ != Widening::None)
    widenAlternatives(alternatives, right);
  if (alternatives.size() > kMostAlternatives || (isNew && widening_ == Widening::ToNone))
    mergeMany(alternatives);
  if (alternatives.size() == 1)
    return alternatives.front();
  AbstractObject &made = heap_.make<AbstractObject>();
  made.type = type;
  made.length = length;
  made.digitBytes = digits;
  made.reason = "which of several values this is is not known";
  if (alternatives.size() <= kMostAlternatives)
    made.alternatives.append(alternatives.begin(), alternatives.end());
  else
    for (Value lost : alternatives)
      loseValue(lost);
  return Value::object(made.id);
}

/// Whether a value that was made since is no other than one that was there: an object of the same
/// kind and no larger, and so are what it refers to, as far as `depth` goes.
bool Interpreter::isLike(Value value, Value before, unsigned depth) {
  if (covers(before, value))
    return true;
  if (const auto *several = heap_.get<AbstractObject>(before);
      several && !several->alternatives.empty())
    return llvm::any_of(several->alternatives,
                        [&](Value one) { return isLike(value, one, depth); });
  if (!before.isObject())
    return false;
  const auto *any = heap_.get<AbstractObject>(before);
  if (any && any->type.empty() && any->alternatives.empty())
    return true;
  if (!value.isObject() || typeName(value) != typeName(before))
    return false;
  const Object &now = heap_[value.asObject()], &then = heap_[before.asObject()];
  if (now.kind != then.kind)
    return false;
  switch (now.kind) {
  case ObjectKind::MemoryView:
  case ObjectKind::DictView:
  case ObjectKind::Range:
  case ObjectKind::Slice:
  case ObjectKind::Cell:
  case ObjectKind::Iterator:
  case ObjectKind::Exception:
  case ObjectKind::Stream:
  case ObjectKind::Opaque:
    return true;
  case ObjectKind::Generator:
    return llvm::cast<GeneratorObject>(now).code == llvm::cast<GeneratorObject>(then).code;
  case ObjectKind::Function:
    return llvm::cast<FunctionObject>(now).code == llvm::cast<FunctionObject>(then).code;
  case ObjectKind::BoundMethod:
    return isLike(llvm::cast<BoundMethodObject>(now).function,
                  llvm::cast<BoundMethodObject>(then).function, depth);
  case ObjectKind::Abstract: {
    const auto &ways = llvm::cast<AbstractObject>(now).alternatives;
    return !ways.empty() &&
           llvm::all_of(ways, [&](Value one) { return isLike(one, before, depth); });
  }
  case ObjectKind::Tuple: {
    const auto &items = llvm::cast<TupleObject>(now).items,
               &old = llvm::cast<TupleObject>(then).items;
    return items.size() == old.size() &&
           (depth == 0 || llvm::all_of(llvm::zip(items, old), [&](const auto &pair) {
              return isLike(std::get<0>(pair), std::get<1>(pair), depth - 1);
            }));
  }
  case ObjectKind::Instance: {
    const auto &instance = llvm::cast<InstanceObject>(now), &old = llvm::cast<InstanceObject>(then);
    if (depth == 0 || !instance.members.isKnown || !old.members.isKnown)
      return true;
    return llvm::all_of(instance.members.slots, [&](const MapTable::Slot &slot) {
      return slot.key.isUnbound() ||
             llvm::any_of(old.members.slots, [&](const MapTable::Slot &one) {
               return one.key == slot.key && isLike(slot.value, one.value, depth - 1);
             });
    });
  }
  case ObjectKind::List:
  case ObjectKind::Dict:
  case ObjectKind::Set:
  case ObjectKind::Deque:
  case ObjectKind::ByteArray:
  case ObjectKind::Array: {
    std::optional<Interval> length = fraglint::lengthOf(*this, value);
    std::optional<Interval> old = fraglint::lengthOf(*this, before);
    return length && old && length->hull(*old) == *old;
  }
  default:
    return false;
  }
}

/// Where there are too many. Those that one stands for are lost.
void Interpreter::mergeMany(llvm::SmallVectorImpl<Value> &alternatives) {
  if (mergeDepth_ == kMostMergeDepth)
    return;
  for (Value one : alternatives) {
    if (textOperand(*this, one))
      loseValue(one);
    else if (const auto *tuple = heap_.get<TupleObject>(one))
      loseRun(tuple->header);
  }
  ++mergeDepth_;
  // The newer ones come last.
  mergeAlike(*this, alternatives, [this](Value left, Value right) { return join(right, left); });
  --mergeDepth_;
}

/// Of an int.
std::optional<Interval> Interpreter::boundsOf(Value value) const {
  const auto *abstract = heap_.get<AbstractObject>(value);
  if (abstract && abstract->type == "int")
    return abstract->number;
  std::optional<int64_t> number = value.isInt() ? intOf(value) : std::nullopt;
  return number ? std::optional(Interval::exactly(*number)) : std::nullopt;
}

/// Of texts, and of ints, that still become longer or larger from pass to pass one stands for all.
/// `before` is what they were.
void Interpreter::widenAlternatives(llvm::SmallVectorImpl<Value> &alternatives, Value before) {
  llvm::SmallVector<Value, 8> old = waysOf(before);
  if (old.empty())
    old.push_back(before);
  auto widen = [&](auto boundsOf, auto make) {
    std::optional<Interval> now, then;
    auto add = [&](std::optional<Interval> &hull, Value one) {
      if (std::optional<Interval> bounds = boundsOf(one))
        hull = hull ? hull->hull(*bounds) : *bounds;
    };
    for (Value one : alternatives)
      add(now, one);
    for (Value one : old)
      add(then, one);
    if (!now || !then || *now == *then)
      return;
    llvm::erase_if(alternatives, [&](Value one) { return boundsOf(one).has_value(); });
    alternatives.push_back(make(*now, *then));
  };
  constexpr llvm::StringLiteral kReason = "this is longer after each pass";
  for (TextType type : {TextType::Str, TextType::Bytes})
    widen(
        [&](Value one) -> std::optional<Interval> {
          std::optional<TextOperand> text = textOperand(*this, one);
          return text && text->type == type ? std::optional(text->length) : std::nullopt;
        },
        [&](Interval now, Interval then) {
          return abstractText(*this, type, joinSizes(now, then), kReason);
        });
  widen([&](Value one) { return boundsOf(one); },
        [&](Interval now, Interval then) {
          return abstractInt(joinIntervals(now, then), "this is larger after each pass");
        });
}

/// One that stands for all of them, of which none is newer than another.
Value Interpreter::joinItems(Value element, llvm::ArrayRef<Value> items) {
  bool bringsNew = bringsNew_;
  for (Value item : items)
    element = join(element, item);
  bringsNew_ = bringsNew;
  return element;
}

void Interpreter::joinTables(MapTable &table, const MapTable &other) {
  if (table.isKnown && other.isKnown) {
    // Keys that are known are so many at most: they do not go on growing.
    table.allocated = table.allocated.hull(other.allocated);
    table.used = table.used.hull(other.used);
  } else {
    table.allocated = joinSizes(table.allocated, other.allocated);
    table.used = joinSizes(table.used, other.used);
  }
  Interval bytes = joinSizes(table.run.bytes, other.run.bytes);
  if (other.run.bytes.lo > table.run.bytes.lo || !table.run)
    table.run = other.run;
  table.run.bytes = bytes;
  if (!table.isKnown || !other.isKnown) {
    MapTable two = other;
    forgetSlots(*this, table);
    forgetSlots(*this, two);
    bringsNew_ |= other.isKnown;
    table.anyKey = join(table.anyKey, two.anyKey);
    table.anyValue = join(table.anyValue, two.anyValue);
    return;
  }
  // Keys that only one path has stay in: a lookup finds them.
  const MapTable &fuller = other.slots.size() > table.slots.size() ? other : table;
  const MapTable &less = &fuller == &other ? table : other;
  std::vector<MapTable::Slot> slots = fuller.slots;
  std::vector<bool> isOfBoth(slots.size());
  std::vector<MapTable::Slot> others;
  for (size_t i = 0; i < less.slots.size(); ++i) {
    const MapTable::Slot &slot = less.slots[i];
    if (slot.key.isUnbound())
      continue;
    auto isSameKey = [&slot](const auto &one) { return one.key == slot.key; };
    auto same = slots.begin() + static_cast<ptrdiff_t>(i); // for most
    if (!isSameKey(*same))
      same = llvm::find_if(slots, isSameKey);
    if (same == slots.end()) {
      others.push_back(slot);
      continue;
    }
    same->value = &less == &other ? join(same->value, slot.value) : join(slot.value, same->value);
    same->isPerhaps |= slot.isPerhaps;
    isOfBoth[same - slots.begin()] = true;
  }
  bool isSame = others.empty() && table.slots.size() == other.slots.size();
  bringsNew_ |= &less == &table && !others.empty();
  auto free = slots.begin();
  for (size_t i = 0; i < isOfBoth.size(); ++i)
    if (!isOfBoth[i] && !slots[i].key.isUnbound()) {
      slots[i].isPerhaps = true;
      isSame = false;
      bringsNew_ |= &fuller == &table;
    }
  for (MapTable::Slot &slot : others) {
    slot.isPerhaps = true;
    free = std::find_if(free, slots.end(), [](const auto &one) { return one.key.isUnbound(); });
    if (free == slots.end())
      free = slots.insert(free, slot);
    else
      *free = slot;
  }
  table.isPlaced = table.isPlaced && other.isPlaced && isSame;
  table.isByAddress |= other.isByAddress;
  table.slots = std::move(slots);
}

void Interpreter::joinObject(Object &object, const Object &other) {
  if (object.kind != other.kind)
    return;
  switch (object.kind) {
  case ObjectKind::List: {
    auto &list = static_cast<ListObject &>(object);
    const auto &two = static_cast<const ListObject &>(other);
    list.allocated = joinSizes(list.allocated, two.allocated);
    Interval length = joinSizes(list.length, two.length);
    if (list.isKnown && two.isKnown && list.items.size() == two.items.size()) {
      for (size_t i = 0; i < list.items.size(); ++i)
        list.items[i] = join(list.items[i], two.items[i]);
    } else {
      Value element = joinItems(list.element, list.items);
      element = join(element, joinItems(two.element, two.items));
      bringsNew_ |= two.isKnown;
      list.isKnown = false;
      list.items.clear();
      list.element = element;
    }
    list.length = length;
    if (list.shuffled != two.shuffled)
      list.shuffled.clear();
    list.data.bytes = joinSizes(list.data.bytes, two.data.bytes);
    return;
  }
  case ObjectKind::Dict:
    return joinTables(static_cast<DictObject &>(object).table,
                      static_cast<const DictObject &>(other).table);
  case ObjectKind::Instance: {
    auto &instance = static_cast<InstanceObject &>(object);
    const auto &two = static_cast<const InstanceObject &>(other);
    instance.native = join(instance.native, two.native);
    return joinTables(instance.members, two.members);
  }
  case ObjectKind::Module:
    return joinTables(static_cast<ModuleObject &>(object).globals,
                      static_cast<const ModuleObject &>(other).globals);
  case ObjectKind::Class:
    return joinTables(static_cast<ClassObject &>(object).members,
                      static_cast<const ClassObject &>(other).members);
  case ObjectKind::Cell: {
    auto &cell = static_cast<CellObject &>(object);
    cell.content = join(cell.content, static_cast<const CellObject &>(other).content);
    return;
  }
  case ObjectKind::ByteArray: {
    auto &array = static_cast<ByteArrayObject &>(object);
    const auto &two = static_cast<const ByteArrayObject &>(other);
    if (array.content.bytes != two.content.bytes) {
      bringsNew_ |= two.content.isKnown;
      array.content.isKnown = false;
    }
    array.content.length = joinSizes(array.content.length, two.content.length);
    array.allocated = joinSizes(array.allocated, two.allocated);
    array.data.bytes = joinSizes(array.data.bytes, two.data.bytes);
    return;
  }
  case ObjectKind::Array: {
    auto &array = static_cast<ArrayObject &>(object);
    const auto &two = static_cast<const ArrayObject &>(other);
    if (array.items.size() != two.items.size()) {
      bringsNew_ |= two.isKnown;
      array.isKnown = false;
    } else {
      for (size_t i = 0; i < array.items.size(); ++i)
        array.items[i] = join(array.items[i], two.items[i]);
    }
    array.length = joinSizes(array.length, two.length);
    array.allocated = joinSizes(array.allocated, two.allocated);
    array.data.bytes = joinSizes(array.data.bytes, two.data.bytes);
    return;
  }
  case ObjectKind::Set: {
    auto &set = static_cast<SetObject &>(object);
    const auto &two = static_cast<const SetObject &>(other);
    if (set.slots != two.slots) {
      set.element = joinItems(set.element, set.slots);
      set.element = join(set.element, joinItems(two.element, two.slots));
      bringsNew_ |= two.isKnown;
      set.isKnown = false;
    }
    set.isByAddress |= two.isByAddress;
    set.used = joinSizes(set.used, two.used);
    set.allocated = joinSizes(set.allocated, two.allocated);
    return;
  }
  case ObjectKind::Deque: {
    auto &deque = static_cast<DequeObject &>(object);
    const auto &two = static_cast<const DequeObject &>(other);
    if (deque.items != two.items) {
      deque.element = joinItems(deque.element, deque.items);
      deque.element = join(deque.element, joinItems(two.element, two.items));
      bringsNew_ |= two.isKnown;
      deque.isKnown = false;
    }
    deque.length = joinSizes(deque.length, two.length);
    return;
  }
  case ObjectKind::Iterator: {
    auto &iterator = static_cast<IteratorObject &>(object);
    const auto &two = static_cast<const IteratorObject &>(other);
    iterator.any = {}; // its like is made anew
    if (iterator.steps == IteratorObject::Steps::Enumerate && two.steps == iterator.steps) {
      bringsNew_ |= iterator.position < two.position;
      const bool isSame = iterator.position == two.position && two.isPositionKnown;
      bringsNew_ |= two.isPositionKnown && !(isSame && iterator.isPositionKnown);
      iterator.isPositionKnown = iterator.isPositionKnown && isSame;
      iterator.position = std::min(iterator.position, two.position);
    } else if (iterator.position != two.position || iterator.steps != two.steps) {
      bringsNew_ |= two.steps != IteratorObject::Steps::Unknown;
      iterator.steps = IteratorObject::Steps::Unknown;
    }
    return;
  }
  case ObjectKind::Generator:
    return joinGenerators(static_cast<GeneratorObject &>(object),
                          static_cast<const GeneratorObject &>(other));
  case ObjectKind::Stream: {
    auto &stream = static_cast<StreamObject &>(object);
    const auto &two = static_cast<const StreamObject &>(other);
    if (stream.content.bytes != two.content.bytes) {
      bringsNew_ |= two.content.isKnown;
      stream.content.isKnown = false;
    }
    stream.content.length = joinSizes(stream.content.length, two.content.length);
    return;
  }
  case ObjectKind::Opaque: {
    auto &opaque = static_cast<OpaqueObject &>(object);
    const auto &two = static_cast<const OpaqueObject &>(other);
    for (const Run &run : two.runs)
      if (llvm::none_of(opaque.runs, [&](const Run &own) { return own.id == run.id; }))
        loseRun(run);
    joinAttributes(opaque, two);
    return;
  }
  default:
    lostBytes_ += kUnboundedBytes;
    return;
  }
}

void Interpreter::joinAttributes(OpaqueObject &object, const OpaqueObject &other) {
  for (const auto &[name, value] : other.attributes) {
    bool isFound = false;
    for (auto &[own, ownValue] : object.attributes)
      if (own == name) {
        ownValue = join(ownValue, value);
        isFound = true;
      }
    if (!isFound)
      object.attributes.emplace_back(name, value);
  }
  for (Value held : other.held)
    if (!llvm::is_contained(object.held, held))
      object.held.push_back(held);
}

} // namespace fraglint
