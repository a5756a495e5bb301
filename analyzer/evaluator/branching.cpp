#include "evaluator/containers.h"
#include "evaluator/interpreter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallSet.h"

namespace fraglint {

namespace {

/// Passes of a loop whose end is not known before its state is widened, and at most.
constexpr unsigned kPassesBeforeWidening = 1;
constexpr unsigned kMostPasses = 5;
/// Values that one may be, before it may be anything.
constexpr size_t kMostAlternatives = 12;

} // namespace

/// Both ways from a test that is not known. The frame is as it is behind the test.
///
/// Where only one way comes to the meeting point, the other's effects are joined there already, and
/// what follows may not happen: no path is kept waiting.
Ending Interpreter::branch(Frame &frame, uint32_t onTrue, uint32_t onFalse, uint32_t join,
                           const Region &region, Value &result) {
  uint32_t begin = frame.pc - 1;
  ++undecided_;
  if (!mayFork() || join == 0) {
    noteGap("tests that are not known are nested too deeply to be followed");
    frame.pc = onFalse;
    return Ending::Reached;
  }
  Region armRegion;
  armRegion.stop = join;
  armRegion.begin = begin;
  armRegion.end = join;
  Frame before = frame;
  openArm();
  Arm first = runArm(frame, onTrue, armRegion);
  first.frame = std::move(frame);
  first.changes = heap_.rewind();
  frame = std::move(before);
  Arm second = runArm(frame, onFalse, armRegion);
  closeArm();
  bool takesFirst = rank(first) < rank(second);
  if (takesFirst) {
    // The first way goes on: it is put into force again.
    second.frame = std::move(frame);
    second.changes = heap_.rewind();
    heap_.apply(std::move(first.changes));
    frame = std::move(first.frame);
  }
  Arm &main = takesFirst ? first : second;
  Arm &other = takesFirst ? second : first;
  ObjectHeap::Changes base = heap_.close();
  if (other.ending == Ending::Stopped) {
    if (main.ending == Ending::Stopped)
      isStopped_ = true;
  } else {
    joinHeaps(other.changes, base);
    noteOther(frame, other, main);
  }
  raised_ = main.raised;
  if (main.ending == Ending::Raised)
    isPropagated_ = false;
  result = main.result;
  return afterArm(frame, main.ending, region);
}

/// Whether there is room for another test that is not known: in depth, and in work that only may
/// be done.
bool Interpreter::mayFork() const {
  return forks_ < limits_.forks && uncertainSteps_ < limits_.uncertainSteps;
}

void Interpreter::openArm() {
  ++forks_;
  ++uncertainty_;
  heap_.fork();
}

void Interpreter::closeArm() {
  --forks_;
  --uncertainty_;
}

Interpreter::Arm Interpreter::runArm(Frame &frame, uint32_t at, const Region &region) {
  Arm arm;
  frame.pc = at;
  arm.ending = at == region.stop ? Ending::Reached : execute(frame, region, arm.result);
  arm.at = frame.pc;
  arm.raised = raised_;
  clearRaised();
  isStopped_ = false;
  return arm;
}

/// What goes on is the way that comes to the meeting point, else one that stays in the function.
unsigned Interpreter::rank(const Arm &arm) {
  switch (arm.ending) {
  case Ending::Reached:
    return 0;
  case Ending::Left:
    return 1;
  case Ending::Returned:
  case Ending::Yielded:
    return 2;
  case Ending::Raised:
    return 3;
  case Ending::Stopped:
    break;
  }
  return 4;
}

/// What becomes of the way that does not go on. Its effects are joined already.
void Interpreter::noteOther(Frame &frame, Arm &other, const Arm &main) {
  bool isSame =
      other.ending == main.ending && (other.ending != Ending::Left || other.at == main.at);
  switch (other.ending) {
  case Ending::Reached:
    joinFrames(frame, other.frame);
    return;
  case Ending::Left:
    joinFrames(frame, other.frame);
    if (isSame)
      return;
    frame.exits.push_back({other.at, static_cast<uint32_t>(other.frame.stack.size())});
    frame.doubts.push_back(other.at);
    return;
  case Ending::Returned:
    frame.mayReturn = join(frame.mayReturn, other.result);
    if (!isSame)
      frame.doubts.push_back(~0U);
    return;
  case Ending::Raised:
    if (isSame)
      return;
    mayRaise_ = other.raised;
    frame.doubts.push_back(~0U);
    return;
  case Ending::Yielded:
  case Ending::Stopped:
    return;
  }
}

/// What the end of an arm means to the region around it.
Ending Interpreter::afterArm(Frame &frame, Ending ending, const Region &region) {
  if (ending == Ending::Stopped)
    isStopped_ = true;
  if (ending != Ending::Left && ending != Ending::Reached)
    return ending;
  if (frame.pc == region.stop)
    return Ending::Reached;
  bool isOutside = region.stop != ~0U && (frame.pc < region.begin || frame.pc > region.end);
  return isOutside ? Ending::Left : Ending::Reached;
}

/// Something that was called may raise: the handler of this frame is a way, too.
Ending Interpreter::branchToHandler(Frame &frame) {
  Value exception = mayRaise_;
  mayRaise_ = {};
  if (!mayFork())
    return Ending::Reached;
  ++undecided_;
  Frame before = frame;
  openArm();
  raised_ = exception;
  isPropagated_ = true;
  Arm arm;
  Region region;
  region.stop = ~0U - 1; // it ends where it leaves the handler
  region.begin = region.end = frame.pc;
  arm.ending = unwind(frame);
  if (arm.ending == Ending::Reached) {
    arm.ending = execute(frame, region, arm.result);
    arm.at = frame.pc;
  }
  arm.raised = raised_;
  clearRaised();
  isStopped_ = false;
  arm.frame = std::move(frame);
  frame = std::move(before);
  arm.changes = heap_.rewind();
  closeArm();
  ObjectHeap::Changes base = heap_.close();
  Arm main;
  main.ending = Ending::Reached;
  if (arm.ending != Ending::Stopped) {
    joinHeaps(arm.changes, base);
    noteOther(frame, arm, main);
  }
  return Ending::Reached;
}

/// The same where one way keeps the tested value: `a or b`.
Ending Interpreter::branchKeeping(Frame &frame, uint32_t target, uint32_t next, uint32_t join,
                                  Value &result) {
  ++undecided_;
  Value kept = frame.stack.back();
  if (target != join || !mayFork()) {
    // A chain of comparisons: taken as not known.
    frame.stack.resize(frame.code->heights[join]);
    frame.stack.back() = abstractInt({0, 1}, "what is compared is not known");
    frame.pc = join;
    return Ending::Reached;
  }
  frame.stack.pop_back();
  Frame before = frame;
  openArm();
  Region region;
  region.stop = join;
  region.begin = next - 1;
  region.end = join;
  Arm arm = runArm(frame, next, region);
  closeArm();
  if (arm.ending != Ending::Reached) {
    // The right side does not come to an end: what is kept goes on.
    arm.frame = std::move(frame);
    arm.changes = heap_.rewind();
    ObjectHeap::Changes base = heap_.close();
    frame = std::move(before);
    frame.stack.push_back(kept);
    frame.pc = join;
    Arm main;
    main.ending = Ending::Reached;
    if (arm.ending != Ending::Stopped) {
      joinHeaps(arm.changes, base);
      arm.frame.stack = frame.stack;
      noteOther(frame, arm, main);
    }
    result = arm.result;
    return Ending::Reached;
  }
  ObjectHeap::Changes base = heap_.close();
  ObjectHeap::Changes none;
  joinHeaps(none, base);
  before.stack.push_back(kept);
  joinFrames(frame, before);
  return Ending::Reached;
}

/// Passes of a loop whose end is not known: until they change nothing any more. The frame is as it
/// is when no pass is made; `enter` puts it to the first instruction of a pass, or says that there
/// is none; `popped` values are on the stack when a pass comes back to `head`.
void Interpreter::repeatPasses(Frame &frame, uint32_t head, uint32_t behind, unsigned popped,
                               llvm::function_ref<bool()> enter, Value &result) {
  ++undecided_;
  for (unsigned pass = 0; pass < kMostPasses; ++pass) {
    if (!mayFork()) {
      noteGap("loops whose ends are not known are nested too deeply to be followed");
      return;
    }
    Region inside;
    inside.stop = head;
    inside.begin = std::min(head, behind);
    inside.end = std::max(head, behind - 1);
    if (head < behind)
      inside.begin = head ? head - 1 : 0;
    Frame before = frame;
    openArm();
    Arm arm;
    arm.ending = Ending::Stopped;
    if (enter()) {
      inside.begin = std::min(inside.begin, frame.pc ? frame.pc - 1 : 0);
      arm = runArm(frame, frame.pc, inside);
    }
    closeArm();
    bool isBack = arm.ending == Ending::Reached;
    if (isBack) {
      frame.stack.resize(frame.stack.size() - popped);
      ObjectHeap::Changes base = heap_.close();
      ObjectHeap::Changes none;
      isWidening_ = pass >= kPassesBeforeWidening;
      joinHeaps(none, base);
      joinFrames(frame, before);
      isWidening_ = false;
    } else {
      arm.frame = std::move(frame);
      arm.changes = heap_.rewind();
      ObjectHeap::Changes base = heap_.close();
      frame = std::move(before);
      Arm main;
      main.ending = Ending::Reached;
      if (arm.ending != Ending::Stopped) {
        joinHeaps(arm.changes, base);
        noteOther(frame, arm, main);
      }
    }
    if (!isBack)
      break;
  }
  result = {};
}

Ending Interpreter::repeat(Frame &frame, uint32_t head, uint32_t body, uint32_t behind,
                           const Region &region, Value &result) {
  repeatPasses(
      frame, head, behind, 1,
      [&] {
        frame.pc = body;
        return true;
      },
      result);
  frame.pc = behind;
  return afterArm(frame, Ending::Reached, region);
}

/// `for` over something of unknown length.
Ending Interpreter::repeatIteration(Frame &frame, uint32_t head, uint32_t end, Value iterating,
                                    const Region &region, Value &result) {
  repeatPasses(
      frame, head, end, 0,
      [&] {
        std::optional<Value> item = isAbstract(iterating)
                                        ? std::optional(unknown("what this goes over is not known"))
                                        : next(iterating);
        if (!item || item->isUnbound()) {
          clearRaised();
          return false;
        }
        frame.stack.push_back(*item);
        frame.pc = head + 1;
        return true;
      },
      result);
  frame.stack.resize(frame.stack.size() - 4);
  frame.pc = end;
  return afterArm(frame, Ending::Reached, region);
}

bool Interpreter::mayEndAnywhere(const IteratorObject &iterator) const {
  if (iterator.steps == IteratorObject::Steps::Unknown)
    return true;
  for (Value source : iterator.sources) {
    if (!source.isObject())
      continue;
    const Object &object = heap_[source.asObject()];
    switch (object.kind) {
    case ObjectKind::Abstract:
      return true;
    case ObjectKind::List:
      // Items that are not known are as many as it is long.
      if (!llvm::cast<ListObject>(object).length.isExact())
        return true;
      break;
    case ObjectKind::Dict:
      if (!llvm::cast<DictObject>(object).table.isKnown)
        return true;
      break;
    case ObjectKind::DictView: {
      const auto *dict = heap_.get<DictObject>(llvm::cast<DictViewObject>(object).dict);
      if (!dict || !dict->table.isKnown)
        return true;
      break;
    }
    case ObjectKind::Set:
      if (!llvm::cast<SetObject>(object).isKnown)
        return true;
      break;
    case ObjectKind::Deque:
      if (!llvm::cast<DequeObject>(object).length.isExact())
        return true;
      break;
    case ObjectKind::Str:
      if (!llvm::cast<StrObject>(object).content.isKnown)
        return true;
      break;
    case ObjectKind::Bytes:
      if (!llvm::cast<BytesObject>(object).content.length.isExact())
        return true;
      break;
    case ObjectKind::ByteArray:
      if (!llvm::cast<ByteArrayObject>(object).content.length.isExact())
        return true;
      break;
    case ObjectKind::Array:
      if (!llvm::cast<ArrayObject>(object).length.isExact())
        return true;
      break;
    case ObjectKind::Iterator:
      if (mayEndAnywhere(llvm::cast<IteratorObject>(object)))
        return true;
      break;
    default:
      break;
    }
  }
  return false;
}

// --- Joining ---------------------------------------------------------------------------------

/// `other`: versions of what the other path changed; `before`: of what this one did, as it was.
void Interpreter::joinHeaps(ObjectHeap::Changes &other, const ObjectHeap::Changes &before) {
  for (auto &[id, version] : other)
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

Interval Interpreter::joinIntervals(Interval one, Interval two) const {
  if (one == two)
    return one;
  Interval hull = one.hull(two);
  if (!isWidening_)
    return hull;
  // What still moves has no bound.
  return {hull.lo < two.lo ? Interval::kNoLo : hull.lo,
          hull.hi > two.hi ? Interval::kNoHi : hull.hi};
}

/// Of lengths and bytes, which are never negative.
Interval Interpreter::joinSizes(Interval one, Interval two) const {
  return joinIntervals(one, two).clampedBelow(0);
}

Value Interpreter::join(Value left, Value right) {
  if (left == right)
    return left;
  if (left.isUnbound())
    return right;
  if (right.isUnbound())
    return left;
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
    if (abstractLeft && one->lo <= two->lo && one->hi >= two->hi)
      return left;
    return abstractInt(joinIntervals(*one, *two), "which way is taken is not known");
  }
  llvm::StringRef leftType = abstractLeft ? llvm::StringRef(abstractLeft->type) : typeName(left);
  llvm::StringRef rightType =
      abstractRight ? llvm::StringRef(abstractRight->type) : typeName(right);
  if (const auto *a = heap_.get<StrObject>(left))
    if (const auto *b = heap_.get<StrObject>(right);
        b && a->content.isKnown && b->content.isKnown && a->content.bytes == b->content.bytes)
      return left;
  bool isSameType = leftType == rightType;
  if (abstractLeft && isSameType && abstractLeft->alternatives.empty() && abstractRight &&
      abstractRight->alternatives.empty())
    return left;
  // Two objects of which either may be meant.
  std::string type = isSameType ? leftType.str() : "";
  Interval length = Interval::atLeast(0);
  auto lengthOf = [&](Value value, const AbstractObject *abstract) -> Interval {
    if (abstract)
      return abstract->length;
    if (const auto *text = heap_.get<StrObject>(value))
      return text->content.length;
    if (const auto *bytes = heap_.get<BytesObject>(value))
      return bytes->content.length;
    return Interval::atLeast(0);
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
  add(left, abstractLeft);
  add(right, abstractRight);
  AbstractObject &made = heap_.make<AbstractObject>();
  made.type = type;
  made.length = length;
  made.reason = "which of several values this is is not known";
  if (alternatives.size() <= kMostAlternatives)
    made.alternatives.append(alternatives.begin(), alternatives.end());
  return Value::object(made.id);
}

void Interpreter::joinTables(MapTable &table, const MapTable &other) {
  table.allocated = joinSizes(table.allocated, other.allocated);
  table.used = joinSizes(table.used, other.used);
  if (other.run.bytes.lo > table.run.bytes.lo || !table.run)
    table.run = other.run;
  if (!table.isKnown || !other.isKnown) {
    MapTable two = other;
    forgetSlots(*this, table);
    forgetSlots(*this, two);
    table.anyKey = join(table.anyKey, two.anyKey);
    table.anyValue = join(table.anyValue, two.anyValue);
    return;
  }
  // Keys that only one path has stay in: a lookup finds them.
  const MapTable &fuller = other.slots.size() > table.slots.size() ? other : table;
  const MapTable &less = &fuller == &other ? table : other;
  std::vector<MapTable::Slot> slots = fuller.slots;
  for (const MapTable::Slot &slot : less.slots) {
    if (slot.key.isUnbound() || slot.isDeleted)
      continue;
    MapTable::Slot *same = nullptr;
    MapTable::Slot *free = nullptr;
    for (MapTable::Slot &candidate : slots) {
      if (candidate.key == slot.key)
        same = &candidate;
      else if (candidate.key.isUnbound() && !free)
        free = &candidate;
    }
    if (same) {
      same->value = join(same->value, slot.value);
      continue;
    }
    table.isPlaced = false;
    if (free)
      *free = slot;
    else
      slots.push_back(slot);
  }
  if (!other.isPlaced || table.slots.size() != other.slots.size())
    table.isPlaced = false;
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
      auto summary = [&](const ListObject &one) {
        Value element = one.element;
        for (Value item : one.items)
          element = join(element, item);
        return element;
      };
      Value element = join(summary(list), summary(two));
      list.isKnown = false;
      list.items.clear();
      list.element = element;
    }
    list.length = length;
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
    if (array.content.bytes != two.content.bytes)
      array.content.isKnown = false;
    array.content.length = joinSizes(array.content.length, two.content.length);
    array.allocated = joinSizes(array.allocated, two.allocated);
    array.data.bytes = joinSizes(array.data.bytes, two.data.bytes);
    return;
  }
  case ObjectKind::Array: {
    auto &array = static_cast<ArrayObject &>(object);
    const auto &two = static_cast<const ArrayObject &>(other);
    if (array.items.size() != two.items.size())
      array.isKnown = false;
    else
      for (size_t i = 0; i < array.items.size(); ++i)
        array.items[i] = join(array.items[i], two.items[i]);
    array.length = joinSizes(array.length, two.length);
    array.allocated = joinSizes(array.allocated, two.allocated);
    array.data.bytes = joinSizes(array.data.bytes, two.data.bytes);
    return;
  }
  case ObjectKind::Set: {
    auto &set = static_cast<SetObject &>(object);
    const auto &two = static_cast<const SetObject &>(other);
    if (set.slots != two.slots) {
      for (Value slot : set.slots)
        set.element = join(set.element, slot);
      for (Value slot : two.slots)
        set.element = join(set.element, slot);
      set.element = join(set.element, two.element);
      set.isKnown = false;
    }
    set.used = joinSizes(set.used, two.used);
    set.allocated = joinSizes(set.allocated, two.allocated);
    return;
  }
  case ObjectKind::Deque: {
    auto &deque = static_cast<DequeObject &>(object);
    const auto &two = static_cast<const DequeObject &>(other);
    if (deque.items != two.items) {
      for (Value item : deque.items)
        deque.element = join(deque.element, item);
      for (Value item : two.items)
        deque.element = join(deque.element, item);
      deque.isKnown = false;
    }
    deque.length = joinSizes(deque.length, two.length);
    return;
  }
  case ObjectKind::Iterator: {
    auto &iterator = static_cast<IteratorObject &>(object);
    const auto &two = static_cast<const IteratorObject &>(other);
    if (iterator.position != two.position)
      iterator.steps = IteratorObject::Steps::Unknown;
    return;
  }
  case ObjectKind::Generator: {
    auto &generator = static_cast<GeneratorObject &>(object);
    const auto &two = static_cast<const GeneratorObject &>(other);
    if (generator.frame && two.frame && generator.frame != two.frame &&
        generator.frame->pc == two.frame->pc) {
      Frame joined = *generator.frame;
      joinFrames(joined, *two.frame);
      generator.frame = std::make_shared<Frame>(std::move(joined));
    }
    generator.isFinished = generator.isFinished && two.isFinished;
    return;
  }
  case ObjectKind::Stream: {
    auto &stream = static_cast<StreamObject &>(object);
    const auto &two = static_cast<const StreamObject &>(other);
    if (stream.content.bytes != two.content.bytes)
      stream.content.isKnown = false;
    stream.content.length = joinSizes(stream.content.length, two.content.length);
    return;
  }
  case ObjectKind::Opaque: {
    auto &opaque = static_cast<OpaqueObject &>(object);
    const auto &two = static_cast<const OpaqueObject &>(other);
    joinAttributes(opaque, two);
    return;
  }
  default:
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
      object.attributes.push_back({name, value});
  }
  for (Value held : other.held)
    if (!llvm::is_contained(object.held, held))
      object.held.push_back(held);
}

} // namespace fraglint
