#include "evaluator/interpreter.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace fraglint {

/// Runs a function, or what is left of a generator, to its end, on all ways: where a way left a
/// loop or a statement and the one that went on never came to that place, it is gone on with from
/// there. One that comes there again, with nothing new, is not.
Ending Interpreter::executeAll(Frame &frame, Value &result, OtherEnds &others) {
  constexpr unsigned kMostFollowed = 16, kBeforeWidening = 2, kToRound = 4;
  Ending ending = execute(frame, {}, result);
  struct Followed {
    std::vector<Value> locals;
    ObjectHeap::Changes objects;
  };
  std::map<uint32_t, Followed> all; // by place
  for (unsigned followed = 0;; ++followed) {
    auto *exit = llvm::find_if(frame.exits, [this](const Frame::Exit &one) {
      return one.at != ~0U && one.objects && !followedExits_.contains(one.id);
    });
    if (exit == frame.exits.end() || (ending == Ending::Stopped && !hasMadeAllPasses_))
      return ending;
    Frame::Exit from = *exit;
    followedExits_.insert(from.id);
    if (followed == kMostFollowed || !mayFork()) {
      skip(frame, from.at, ~0U);
      continue;
    }
    widening_ = followed < kBeforeWidening ? Widening::None
                : followed < kToRound      ? Widening::ToRound
                                           : Widening::ToNone;
    bool bringsNew = false;
    auto [place, isFirst] = all.try_emplace(from.at);
    Followed &before = place->second;
    ObjectHeap::Changes versions;
    for (const auto &[id, version] : *from.objects) {
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
      before.locals = from.locals;
    for (size_t i = 0; i < from.locals.size(); ++i)
      before.locals[i] = from.locals[i] = join(from.locals[i], before.locals[i]);
    bringsNew |= bringsNew_;
    widening_ = Widening::None;
    if (isFirst || bringsNew)
      followExit(frame, from, std::move(versions), ending, result, others);
  }
}

/// `ending` and `result` are those of the ways so far, and then of all.
void Interpreter::followExit(Frame &frame, Frame::Exit &from, ObjectHeap::Changes versions,
                             Ending &ending, Value &result, OtherEnds &others) {
  Value raised = raised_;
  clearRaised();
  bool wasPropagated = std::exchange(isPropagated_, false);
  isStopped_ = false;
  size_t held = held_.size();
  held_.append({result, raised});
  Frame ended = frame;
  frame.pc = from.at;
  frame.locals = std::move(from.locals);
  frame.stack = std::move(from.stack);
  frame.handlers = std::move(from.handlers);
  frame.mayReturn = {};
  ++undecided_;
  openArm();
  heap_.apply(std::move(versions));
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
  frame.passedOver = join(frame.passedOver, ended.passedOver);

  bool isOnly = ending == Ending::Stopped;
  if (end == Ending::Returned) {
    if (ending == Ending::Yielded)
      others.returned = join(others.returned, given);
    else
      result = ending == Ending::Returned ? join(result, given) : given;
    if (ending == Ending::Raised)
      addFailure(raised, frames_.size() - 1, true);
    if (ending != Ending::Yielded)
      ending = Ending::Returned;
  } else if (end == Ending::Raised && !isOnly) {
    addFailure(failure, frames_.size() - 1, true);
  } else if (end == Ending::Raised) {
    ending = end;
    raised = failure;
    wasPropagated = false;
  } else if (end == Ending::Yielded && ending == Ending::Yielded) {
    others.places.push_back(std::make_shared<Frame>(std::move(ended)));
    result = join(result, given);
  } else if (end == Ending::Yielded) {
    if (ending == Ending::Returned)
      others.returned = join(others.returned, result);
    if (ending == Ending::Raised)
      addFailure(raised, frames_.size() - 1, true);
    std::swap(frame, ended);
    result = given;
    ending = end;
  }
  isStopped_ = ending == Ending::Stopped;
  if (ending == Ending::Raised) {
    raised_ = raised;
    isPropagated_ = wasPropagated;
  }
}

} // namespace fraglint
