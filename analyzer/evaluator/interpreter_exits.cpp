#include "evaluator/interpreter.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace fraglint {

namespace {

/// So many objects are kept as they are where a way leaves a loop or a function.
constexpr size_t kMostKept = 256;

bool isChangeable(ObjectKind kind) {
  switch (kind) {
  case ObjectKind::List:
  case ObjectKind::Dict:
  case ObjectKind::Set:
  case ObjectKind::Deque:
  case ObjectKind::ByteArray:
  case ObjectKind::Array:
  case ObjectKind::Instance:
  case ObjectKind::Cell:
  case ObjectKind::Iterator:
  case ObjectKind::Generator:
    return true;
  default:
    return false;
  }
}

/// What may be another by the time that a way which left is joined, as far as it is looked for:
/// objects that the frame refers to, directly or by some steps. `areAll`: there are no more.
std::vector<ObjectId> changeableNear(const ObjectHeap &heap, const Frame &frame, bool &areAll) {
  std::vector<ObjectId> found{frame.globals};
  llvm::DenseSet<ObjectId> seen{frame.globals};
  areAll = true;
  auto take = [&](Value value) {
    if (!value.isObject() || !isChangeable(heap[value.asObject()].kind) ||
        !seen.insert(value.asObject()).second)
      return;
    areAll = found.size() < kMostKept;
    if (areAll)
      found.push_back(value.asObject());
  };
  ObjectVisitor visitor{take, [](const Run &) {}, take};
  for (Value local : frame.locals)
    take(local);
  for (Value place : frame.stack)
    take(place);
  // NOLINTNEXTLINE(modernize-loop-convert): a visit adds to them.
  for (size_t next = 0; next < found.size(); ++next)
    heap[found[next]].visit(visitor);
  return found;
}

} // namespace

bool Interpreter::isFollowed(const Frame::Exit &exit) const {
  return !exit.state || followedExits_.contains(exit.id);
}

/// The state that a way comes to `at` with, which the other may change in between.
void Interpreter::keepExit(Frame &frame, Arm &other, uint32_t at) {
  auto state = std::make_shared<Frame::ExitState>();
  state->locals = other.frame.locals;
  state->stack = other.frame.stack;
  state->handlers = other.frame.handlers;
  bool areAll = true;
  for (ObjectId id : changeableNear(heap_, other.frame, areAll))
    if (!other.changes.contains(id))
      other.changes[id] = heap_[id].clone();
  if (!areAll)
    noteGap("more objects than are kept for where a way leaves");
  state->objects = std::move(other.changes);
  addExit(frame, {++lastExit_, at, static_cast<uint32_t>(state->stack.size()), std::move(state)});
}

/// Of several ways to a place the states are joined.
void Interpreter::addExit(Frame &frame, const Frame::Exit &exit) {
  auto *old = llvm::find_if(frame.exits, [&](const Frame::Exit &one) { return one.at == exit.at; });
  if (old == frame.exits.end()) {
    frame.exits.push_back(exit);
    return;
  }
  if (old->id == exit.id || isFollowed(exit))
    return;
  if (isFollowed(*old)) {
    *old = exit;
    return;
  }
  auto joined = std::make_shared<Frame::ExitState>();
  auto joinValues = [this](std::vector<Value> values, llvm::ArrayRef<Value> others) {
    for (size_t i = 0; i < values.size() && i < others.size(); ++i)
      values[i] = join(values[i], others[i]);
    return values;
  };
  joined->locals = joinValues(exit.state->locals, old->state->locals);
  joined->stack = joinValues(exit.state->stack, old->state->stack);
  joined->handlers = old->state->handlers;
  for (const auto &[id, version] : old->state->objects)
    joined->objects[id] = version->clone();
  for (const auto &[id, version] : exit.state->objects) {
    std::unique_ptr<Object> now = version->clone();
    if (auto before = joined->objects.find(id); before != joined->objects.end())
      joinObject(*now, *before->second);
    joined->objects[id] = std::move(now);
  }
  old->id = ++lastExit_;
  old->state = std::move(joined);
}

/// Joins the state that ways came to `at` with. That there were some stays known.
void Interpreter::joinExits(Frame &frame, uint32_t at) {
  auto *exit = llvm::find_if(frame.exits, [at](const Frame::Exit &one) { return one.at == at; });
  if (exit == frame.exits.end() || !exit->state)
    return;
  followedExits_.insert(exit->id);
  std::shared_ptr<const Frame::ExitState> state = std::move(exit->state);
  for (const auto &[id, version] : state->objects)
    joinObject(heap_.change(id), *version);
  if (at == ~0U)
    return;
  for (size_t local = 0; local < state->locals.size() && local < frame.locals.size(); ++local)
    frame.locals[local] = join(frame.locals[local], state->locals[local]);
}

/// Runs a function, or what is left of a generator, to its end, on all ways: where a way left a
/// loop or a statement and the one that went on never came to that place, it is gone on with from
/// there. One that comes there again, with nothing new, is not.
Ending Interpreter::executeAll(Frame &frame, Value &result) {
  constexpr unsigned kMostFollowed = 16, kBeforeWidening = 2, kToRound = 4;
  Ending ending = execute(frame, {}, result);
  struct Followed {
    std::vector<Value> locals;
    ObjectHeap::Changes objects;
  };
  std::map<uint32_t, Followed> all; // by place
  for (unsigned followed = 0;; ++followed) {
    auto *exit = llvm::find_if(
        frame.exits, [this](const Frame::Exit &one) { return one.at != ~0U && !isFollowed(one); });
    if (exit == frame.exits.end() || (ending == Ending::Stopped && !hasMadeAllPasses_))
      return endOfAll(frame, ending, result);
    Frame::Exit from = *exit;
    followedExits_.insert(from.id);
    if (followed == kMostFollowed || !mayFork()) {
      skip(frame, from.at, ~0U);
      continue;
    }
    widening_ = wideningOf(followed, kBeforeWidening, kToRound);
    bool bringsNew = false;
    auto [place, isFirst] = all.try_emplace(from.at);
    Followed &before = place->second;
    ObjectHeap::Changes versions;
    for (const auto &[id, version] : from.state->objects) {
      auto old = before.objects.find(id);
      std::unique_ptr<Object> now = version->clone();
      bringsNew_ = old == before.objects.end();
      if (!bringsNew_)
        joinObject(*now, *old->second);
      bringsNew |= bringsNew_;
      joinObject(*now, heap_[id]); // what the others changed since may have been changed by then
      before.objects[id] = now->clone();
      versions[id] = std::move(now);
    }
    bringsNew_ = false;
    if (isFirst)
      before.locals = from.state->locals;
    for (size_t i = 0; i < before.locals.size(); ++i)
      before.locals[i] = join(from.state->locals[i], before.locals[i]);
    bringsNew |= bringsNew_;
    widening_ = Widening::None;
    if (isFirst || bringsNew)
      followExit(frame, from, before.locals, std::move(versions), ending, result);
  }
}

/// How all ways end together: one that waits stands for those that do not, and one that returns for
/// those that raise.
Ending Interpreter::endOfAll(Frame &frame, Ending ending, Value &result) {
  bool isCut = ending == Ending::Stopped && !hasMadeAllPasses_;
  if (isCut || (frame.waiting.empty() && frame.mayReturn.isUnbound()))
    return ending;
  if (ending == Ending::Yielded) {
    result = join(result, frame.given);
    return ending;
  }
  if (ending == Ending::Returned)
    frame.mayReturn = join(result, frame.mayReturn);
  if (ending == Ending::Raised)
    addFailure(raised_, frames_.size() - 1, true);
  clearRaised();
  isStopped_ = false;
  if (waitInstead(frame, result))
    return Ending::Yielded;
  result = std::exchange(frame.mayReturn, {});
  return Ending::Returned;
}

/// `ending` and `result` are those of the way that went on.
void Interpreter::followExit(Frame &frame, const Frame::Exit &from, std::vector<Value> locals,
                             ObjectHeap::Changes objects, Ending &ending, Value result) {
  Value raised = raised_;
  clearRaised();
  bool wasPropagated = std::exchange(isPropagated_, false);
  isStopped_ = false;
  size_t held = held_.size();
  held_.append({result, raised});
  Frame ended = frame;
  frame.pc = from.at;
  frame.locals = std::move(locals);
  frame.stack = from.state->stack;
  frame.handlers = from.state->handlers;
  frame.mayReturn = {};
  frame.waiting.clear();
  frame.given = {};
  ++undecided_;
  openArm();
  heap_.apply(std::move(objects));
  Value given;
  Ending end = execute(frame, {}, given);
  Value failure = raised_;
  clearRaised();
  if (end == Ending::Stopped) {
    if (onStopped)
      onStopped(ways_.back());
    heap_.rewind();
  }
  closeArm();
  joinHeaps(ObjectHeap::Changes(), heap_.close());
  held_.resize(held);
  std::swap(frame, ended); // `ended` is how this way ended from here on
  frame.exits = ended.exits;
  frame.mayReturn = join(frame.mayReturn, ended.mayReturn);
  frame.hasPassedOver |= ended.hasPassedOver;
  addWaiting(frame, ended);

  bool isOnly = ending == Ending::Stopped && frame.mayReturn.isUnbound() && frame.waiting.empty();
  if (end == Ending::Returned)
    frame.mayReturn = join(frame.mayReturn, given);
  if (end == Ending::Yielded)
    addWaiting(frame, std::move(ended), given);
  if (end == Ending::Raised && !isOnly)
    addFailure(failure, frames_.size() - 1, true);
  if (end == Ending::Raised && isOnly) {
    ending = end;
    raised = failure;
    wasPropagated = false;
  }
  isStopped_ = ending == Ending::Stopped;
  if (ending == Ending::Raised) {
    raised_ = raised;
    isPropagated_ = wasPropagated;
  }
}

} // namespace fraglint
