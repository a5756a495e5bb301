/// Tables of which it is not known in which order the firmware goes over them, and lists that were
/// filled from such: what looks at all of their items may take these in any order.

#include "evaluator/any_order.h"
#include "evaluator/containers.h"
#include "evaluator/interpreter.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Whether a comprehension is a single loop that does no more than look at items: in which order
/// it goes over them then matters only to that of what it makes, or gives.
bool looksOnly(const Code &code) {
  size_t loops = 0;
  for (const Instruction &one : code.instructions)
    switch (one.op) {
    case Op::ForIterator:
      ++loops;
      break;
    case Op::LoadConstant:
    case Op::LoadNull:
    case Op::LoadLocal:
    case Op::StoreLocal:
    case Op::LoadCell:
    case Op::LoadGlobal:
    case Op::LoadName:
    case Op::LoadAttribute:
    case Op::LoadSubscript:
    case Op::Duplicate:
    case Op::DuplicateTwo:
    case Op::Pop:
    case Op::RotateTwo:
    case Op::RotateThree:
    case Op::Jump:
    case Op::PopJumpIfTrue:
    case Op::PopJumpIfFalse:
    case Op::JumpIfTrueOrPop:
    case Op::JumpIfFalseOrPop:
    case Op::GetIteratorOnStack:
    case Op::Unary:
    case Op::Compare:
    case Op::BuildList:
    case Op::BuildSet:
    case Op::UnpackSequence:
    case Op::StoreComprehension:
    case Op::Yield:
    case Op::Return:
      break;
    default:
      return false;
    }
  return loops == 1;
}

/// What an expression that gives items one by one goes over, where it did not begin yet and does no
/// more than look at them; else Unbound.
Value sourceOfGenerator(const Machine &m, Value value) {
  const auto *generator = m.heap().get<GeneratorObject>(value);
  if (!generator || generator->places.size() != 1 || generator->mayBeOver)
    return {};
  const Frame &place = *generator->places.front();
  return place.pc == 0 && place.arguments.size() == 1 && place.code->kind == CodeKind::Generator &&
                 looksOnly(*place.code)
             ? place.arguments.front()
             : Value();
}

} // namespace

bool takeInAnyOrder(Machine &m, Value iterator) {
  if (Value source = sourceOfGenerator(m, iterator); !source.isUnbound())
    return takeInAnyOrder(m, source);
  using Steps = IteratorObject::Steps;
  const auto *steps = m.heap().get<IteratorObject>(iterator);
  if (!steps || steps->position != 0 ||
      (steps->steps != Steps::Dict && steps->steps != Steps::Set &&
       steps->steps != Steps::Sequence) ||
      !isInAnyOrder(m, steps->sources[0]))
    return false;
  m.heap().change<IteratorObject>(iterator)->takesAnyOrder = true;
  return true;
}

bool takeKeysInAnyOrder(Machine &m, Value iterator) {
  const auto *steps = m.heap().get<IteratorObject>(iterator);
  return steps &&
         (steps->steps == IteratorObject::Steps::Set ||
          (steps->steps == IteratorObject::Steps::Dict &&
           steps->shows == DictViewObject::Shows::Keys)) &&
         takeInAnyOrder(m, iterator);
}

void shuffleList(Machine &m, Value value) {
  const auto *list = m.heap().get<ListObject>(value);
  if (!list->isKnown || list->items.size() < 2)
    return;
  std::vector<Value> items = list->items;
  const Value any = anyOf(m, items);
  if (llvm::all_of(items, [&](Value item) { return item == any; }))
    return;
  std::vector<Value> anys;
  for (size_t i = 0; i < items.size(); ++i)
    anys.push_back(another(m, any));
  ListObject &shuffled = *m.heap().change<ListObject>(value);
  shuffled.items = std::move(anys);
  shuffled.shuffled = std::move(items);
}

void Interpreter::beginWalk(AnyOrderWalk &walk, Value iterator) {
  walk.iterators = {iterator, sourceOfGenerator(*this, iterator)};
  walk.isUnderWay = true;
  walk.changes = heap_.changes();
  walk.firstNew = static_cast<ObjectId>(heap_.size());
  walk.output = output_.size();
  walk.steps = {log_.events.size()};
}

void Interpreter::noteStep(AnyOrderWalk &walk) {
  if (walk.isUnderWay)
    walk.steps.push_back(log_.events.size());
}

bool Interpreter::endWalk(AnyOrderWalk &walk, llvm::ArrayRef<Value> made) {
  if (!walk.isUnderWay)
    return true;
  constexpr llvm::StringLiteral kReason = "this depends on an order that is not known";
  walk.isUnderWay = false;
  if (isStopped_)
    return false;
  llvm::SmallVector<Value, 4> own(walk.iterators.begin(), walk.iterators.end());
  own.append(made.begin(), made.end());
  if (!raised_.isUnbound() || output_.size() != walk.output ||
      heap_.hasChanged(walk.firstNew, walk.changes, own))
    return giveUp("what happens in an order that is not known is not followed");
  // What is made of all the items grows with their number, whichever comes first.
  llvm::SmallVector<uint32_t, 2> growing;
  for (Value one : made) {
    if (const auto *list = heap_.get<ListObject>(one))
      growing.push_back(list->data.lineage);
    if (const auto *set = heap_.get<SetObject>(one))
      growing.push_back(set->data.lineage);
  }
  auto requestsOf = [&](size_t from, size_t to) {
    std::vector<HeapEvent> found;
    for (const HeapEvent &event : llvm::ArrayRef(log_.events).slice(from, to - from))
      if (!llvm::is_contained(growing, event.lineage))
        found.push_back(event);
    return found;
  };
  std::vector<HeapEvent> all = requestsOf(walk.steps.front(), log_.events.size());
  if (all.empty())
    return true;
  log_.isFolded = true; // what lies where depends on it
  bool isEach = walk.steps.size() > 1;
  bool isSame = !isEach && llvm::none_of(all, [](const HeapEvent &one) { return one.isHard; });
  if (isEach) {
    std::vector<HeapEvent> first = requestsOf(walk.steps[0], walk.steps[1]);
    isSame = true;
    for (size_t i = 1; isSame && i + 1 < walk.steps.size(); ++i)
      isSame = llvm::equal(first, requestsOf(walk.steps[i], walk.steps[i + 1]),
                           [](const HeapEvent &a, const HeapEvent &b) {
                             return a.kind == b.kind && a.bytes == b.bytes &&
                                    a.before == b.before && a.isHard == b.isHard &&
                                    a.site == b.site;
                           });
  }
  if (!isSame)
    noteUnknownCost(kReason);
  return true;
}

bool Interpreter::collectsInAnyOrder(const Code &code, Value iterating) {
  return (code.kind == CodeKind::List || code.kind == CodeKind::Set) && looksOnly(code) &&
         takeInAnyOrder(*this, iterating);
}

/// Of a comprehension: what it made is in no known order.
bool Interpreter::endWalkOf(Frame &frame) {
  Value made = frame.stack.end()[-5];
  bool isOver = endWalk(frame.walk, {made});
  if (auto *set = heap_.change<SetObject>(made))
    set->isByAddress = true;
  else if (heap_.get<ListObject>(made))
    shuffleList(*this, made);
  return isOver;
}

} // namespace fraglint
