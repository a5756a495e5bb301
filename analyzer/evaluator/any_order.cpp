/// Tables of which it is not known in which order the firmware goes over them, and lists that were
/// filled from such: what looks at all of their items may take these in any order.

#include "evaluator/any_order.h"
#include "evaluator/containers.h"
#include "evaluator/interpreter.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

bool takeInAnyOrder(Machine &m, Value iterator) {
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

void Interpreter::beginWalk(AnyOrderWalk &walk) {
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

bool Interpreter::endWalk(AnyOrderWalk &walk, llvm::ArrayRef<Value> own) {
  if (!walk.isUnderWay)
    return true;
  constexpr llvm::StringLiteral kReason = "this depends on an order that is not known";
  walk.isUnderWay = false;
  if (isStopped_)
    return false;
  if (!raised_.isUnbound() || output_.size() != walk.output ||
      heap_.hasChanged(walk.firstNew, walk.changes, own))
    return giveUp("what happens in an order that is not known is not followed");
  // What is made of all the items grows with their number, whichever comes first.
  llvm::SmallVector<uint32_t, 2> growing;
  for (Value made : own) {
    if (const auto *list = heap_.get<ListObject>(made))
      growing.push_back(list->data.lineage);
    if (const auto *set = heap_.get<SetObject>(made))
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

/// Of a comprehension: what it made is in no known order.
bool Interpreter::endWalkOf(Frame &frame, Value iterating) {
  Value made = frame.stack.end()[-5];
  bool isOver = endWalk(frame.walk, {made, iterating});
  if (auto *set = heap_.change<SetObject>(made))
    set->isByAddress = true;
  else if (heap_.get<ListObject>(made))
    shuffleList(*this, made);
  return isOver;
}

} // namespace fraglint
