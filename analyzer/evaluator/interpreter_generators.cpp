// Generators: how they go on, from which places, and what others make of them.
#include "evaluator/containers.h"
#include "evaluator/interpreter.h"
#include "evaluator/objects.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Places where one generator may stand.
constexpr size_t kMostPlaces = 16;
/// Steps of a generator that stand for any number, at most, and behind how many of them what still
/// moves has a round bound, then none.
constexpr unsigned kMostSteps = 16, kStepsBeforeWidening = 1, kStepsToRound = 4;
constexpr llvm::StringLiteral kTooMany = "generators stand in too many places to be followed";

/// Whether two frames that wait can go on as one: what lies on the stack for the end of a block
/// says what comes behind it.
bool areAlike(const Frame &one, const Frame &other) {
  if (one.pc != other.pc || one.isAnywhere != other.isAnywhere ||
      one.stack.size() != other.stack.size() || one.caught.size() != other.caught.size())
    return false;
  if (!llvm::equal(one.handlers, other.handlers, [](const Handler &a, const Handler &b) {
        return a.at == b.at && a.height == b.height && a.isActive == b.isActive;
      }))
    return false;
  auto isFixed = [](Value value) { return value.isNone() || value.isBool() || value.isUnbound(); };
  return llvm::none_of(one.handlers, [](const Handler &a) { return a.isActive; }) ||
         llvm::equal(one.stack, other.stack,
                     [&](Value a, Value b) { return a == b || (!isFixed(a) && !isFixed(b)); });
}

/// Without what belongs to the run that came to the place: its loops decide anew.
Frame asItWaits(Frame place) {
  place.waiting.clear();
  place.given = {};
  place.mayReturn = {};
  place.repeated.clear();
  for (Frame::Exit &exit : place.exits)
    exit.state = nullptr;
  return place;
}

void setOver(GeneratorObject &generator) {
  generator.places.clear();
  generator.mayBeOver = false;
}

} // namespace

/// Adds one to the places where a generator may wait; its state is joined with that of one that can
/// go on as it does.
void Interpreter::addPlace(llvm::SmallVectorImpl<std::shared_ptr<const Frame>> &places,
                           const std::shared_ptr<const Frame> &place) {
  for (std::shared_ptr<const Frame> &one : places) {
    if (one == place)
      return;
    if (!areAlike(*one, *place))
      continue;
    Frame joined = *one;
    joinFrames(joined, *place);
    one = std::make_shared<Frame>(std::move(joined));
    return;
  }
  if (places.size() < kMostPlaces)
    return places.push_back(place);
  noteGap(kTooMany);
  skipFunction(*place->code, kTooMany);
}

/// What other ways of the same run came to.
void Interpreter::addWaiting(Frame &frame, const Frame &other) {
  for (const std::shared_ptr<const Frame> &place : other.waiting)
    addPlace(frame.waiting, place);
  frame.given = join(frame.given, other.given);
}

/// A way of a generator's run comes to a `yield` while another goes on.
void Interpreter::addWaiting(Frame &frame, Frame place, Value item) {
  addPlace(frame.waiting, std::make_shared<Frame>(asItWaits(std::move(place))));
  frame.given = join(frame.given, item);
}

/// Where a run does not go on but may wait: that is what becomes of it.
bool Interpreter::waitInstead(Frame &frame, Value &result) {
  if (frame.waiting.empty())
    return false;
  Frame place = *frame.waiting.pop_back_val();
  place.waiting = std::move(frame.waiting);
  place.given = frame.given;
  place.exits = std::move(frame.exits);
  place.mayReturn = frame.mayReturn;
  result = frame.given;
  frame = std::move(place);
  return true;
}

/// At a `yield from` of something that may be over: on one way the frame waits, on the other it
/// goes on behind, which is what it does here.
void Interpreter::waitAndGoOn(Frame &frame, Value item, Value returned) {
  Arm waiting, goingOn;
  waiting.ending = Ending::Yielded;
  waiting.result = item;
  waiting.frame = frame;
  noteOther(frame, waiting, goingOn);
  if (auto *source = heap_.change<GeneratorObject>(frame.stack.back()))
    setOver(*source);
  ++frame.pc;
  frame.stack.back() = returned;
}

/// What was raised was raised on some of the ways to here only.
void Interpreter::noteRaised() {
  Value raised = raised_;
  bool wasPropagated = std::exchange(isPropagated_, false);
  clearRaised();
  if (!raised.isUnbound())
    noteFailure([&] {
      raised_ = raised;
      isPropagated_ = wasPropagated;
    });
}

std::optional<Value> Interpreter::resumeGenerator(Value generator, Value sent, Value *returned) {
  const auto *object = heap_.get<GeneratorObject>(generator);
  if (!object || object->isOver()) {
    thrown_ = {};
    return Value();
  }
  if (object->isRunning)
    return raise("ValueError", "generator already executing");
  if (frames_.size() > limits_.callDepth) {
    skipValue(generator, kNestedCalls);
    return unknown(kNestedCalls);
  }
  if (object->places.size() > 1 || object->mayBeOver)
    return resumeAnyPlace(generator, sent, returned);
  Frame frame = *object->places.front();
  Value thrown = std::exchange(thrown_, {});
  bool isStarted = frame.pc != 0;
  if (frame.isAnywhere || (!isStarted && isRecursion(*frame.code, frame.arguments)))
    return giveAnything(generator, std::move(frame), thrown, returned);
  if (!isStarted && !thrown.isUnbound()) {
    setOver(*heap_.change<GeneratorObject>(generator));
    return raise(thrown);
  }
  ++frame.resumes;
  heap_.change<GeneratorObject>(generator)->isRunning = true;
  held_.push_back(generator);
  if (isStarted)
    frame.stack.push_back(sent.isUnbound() ? Value::none() : sent);
  auto countFailures = [&] { // of which the generator is over
    return llvm::count_if(failures_,
                          [&](const Failure &one) { return one.depth <= frames_.size(); });
  };
  const auto failures = countFailures();
  Value result;
  Ending ending = Ending::Reached;
  {
    Activation activation(*this, frame);
    if (!thrown.isUnbound()) {
      ending = raiseWhereItWaits(frame, thrown, result);
      if (ending == Ending::Raised)
        ending = unwind(frame);
    }
    if (ending == Ending::Reached)
      ending = executeAll(frame, result);
  }
  joinExits(frame, ~0U);
  GeneratorObject &after = *heap_.change<GeneratorObject>(generator);
  after.isRunning = false;
  if (ending == Ending::Yielded) {
    after.places.assign(frame.waiting.begin(), frame.waiting.end());
    after.mayBeOver = !frame.mayReturn.isUnbound() || countFailures() > failures;
    if (returned && !frame.mayReturn.isUnbound())
      *returned = frame.mayReturn;
    addPlace(after.places, std::make_shared<Frame>(asItWaits(std::move(frame))));
    return result;
  }
  setOver(after);
  if (ending == Ending::Stopped)
    isStopped_ = true;
  isPropagated_ = ending == Ending::Raised;
  if (ending == Ending::Raised && isInstance(raised_, nativeType("StopIteration"))) {
    // Source: mp_obj_gen_resume in py/objgenerator.c.
    raise("RuntimeError", "generator raised StopIteration");
    isPropagated_ = false;
  }
  if (ending != Ending::Returned)
    return std::nullopt;
  if (returned)
    *returned = result;
  return Value();
}

/// Of one that calls itself, while one like it is under way: what it asks for has been seen.
Value Interpreter::giveAnything(Value generator, Frame place, Value thrown, Value *returned) {
  std::string reason =
      ("what `" + place.code->name + "` gives when it calls itself is not known").str();
  if (place.isAnywhere && !isRecursion(*place.code, place.arguments))
    skipFunction(*place.code, reason);
  if (!thrown.isUnbound())
    noteFailure([&] { raise(thrown); });
  place.isAnywhere = true;
  auto &object = *heap_.change<GeneratorObject>(generator);
  object.places.assign(1, std::make_shared<Frame>(std::move(place)));
  object.mayBeOver = true;
  if (returned)
    *returned = unknown(reason);
  return unknown(reason);
}

/// The same where it may stand in several places, or be over: each is a way of its own.
std::optional<Value> Interpreter::resumeAnyPlace(Value generator, Value sent, Value *returned) {
  const auto &object = *heap_.get<GeneratorObject>(generator);
  llvm::SmallVector<llvm::SmallVector<std::shared_ptr<const Frame>, 1>, 4> ways;
  for (const std::shared_ptr<const Frame> &place : object.places)
    ways.push_back({place});
  if (object.mayBeOver)
    ways.emplace_back();
  Value thrown = std::exchange(thrown_, {}), ended;
  std::unique_ptr<Object> after;
  bool gives = false; // or raises: else it never comes back
  size_t way = 0;
  std::optional<Value> given =
      eachWay(std::vector<Value>(ways.size(), generator), [&](Value) -> std::optional<Value> {
        auto &here = *heap_.change<GeneratorObject>(generator);
        here.places = ways[way++];
        here.mayBeOver = false;
        thrown_ = thrown;
        Value value = Value::none();
        std::optional<Value> item = resumeGenerator(generator, sent, &value);
        gives |= item || !raised_.isUnbound();
        const GeneratorObject &now = *heap_.get<GeneratorObject>(generator);
        if (item && (item->isUnbound() || now.mayBeOver))
          ended = join(ended, value);
        if (!item && raised_.isUnbound())
          return item;
        if (after)
          joinObject(*after, now);
        else
          after = now.clone();
        return item;
      });
  // As it stands behind each of them: it has gone on in any case.
  auto &now = *heap_.change<GeneratorObject>(generator);
  setOver(now);
  if (after) {
    now.places = llvm::cast<GeneratorObject>(*after).places;
    now.mayBeOver = llvm::cast<GeneratorObject>(*after).mayBeOver;
  }
  if (way < ways.size()) { // the others were not followed
    for (; way < ways.size(); ++way)
      now.places.append(ways[way]);
    now.mayBeOver = gives = true;
  }
  if (returned && !ended.isUnbound())
    *returned = ended;
  if (gives)
    return given;
  isStopped_ = true;
  return std::nullopt;
}

/// One step of what a generator delegates to; of one of several each goes on. `over` is what it
/// returns where it is over, or may be.
std::optional<Value> Interpreter::delegate(Value source, Value sent, Value &over) {
  if (llvm::SmallVector<Value, 8> ways = waysOf(source); !ways.empty())
    return eachWay(ways, [&](Value one) { return delegate(one, sent, over); });
  Value returned = Value::none();
  std::optional<Value> item;
  if (heap_.get<GeneratorObject>(source))
    item = resumeGenerator(source, sent, &returned);
  else if (!sent.isNone() && heap_.get<InstanceObject>(source))
    item = callMethod(source, "send", {sent});
  else
    item = next(source, Asks::ForOne);
  if (item && item->isUnbound() && heap_.get<IteratorObject>(source))
    returned = awaitedValue(*this, source);
  if (item && (item->isUnbound() || mayBeOver(*this, source)))
    over = join(over, returned);
  return item;
}

/// Source: MP_BC_YIELD_FROM in py/vm.c, mp_resume in py/runtime.c. What a generator delegates to is
/// given the exception first.
Ending Interpreter::raiseWhereItWaits(Frame &frame, Value exception, Value &result) {
  bool delegates = frame.code->instructions[frame.pc].op == Op::YieldFrom;
  if (!delegates) {
    raise(exception);
    return Ending::Raised;
  }
  frame.stack.pop_back(); // what would be sent
  Value source = frame.stack.back(), returned = Value::none();
  bool isExit = isInstance(exception, nativeType("GeneratorExit"));
  std::optional<Value> item;
  if (heap_.get<GeneratorObject>(source)) {
    thrown_ = exception;
    item = resumeGenerator(source, {}, &returned);
  } else if (hasMethod(*this, source, isExit ? "close" : "throw")) {
    item = isExit ? callMethod(source, "close", {}) : callMethod(source, "throw", {exception});
    if (item && isExit)
      returned = std::exchange(*item, Value());
  } else {
    raise(exception);
  }
  if (isStopped_)
    return Ending::Stopped;
  bool isOver = item && item->isUnbound();
  if (item && !isOver && !mayBeOver(*this, source)) {
    result = *item;
    return Ending::Yielded;
  }
  if (item && !isOver) {
    waitAndGoOn(frame, *item, returned);
  } else {
    ++frame.pc;
    frame.stack.back() = returned;
  }
  if (!item)
    return Ending::Raised;
  if (!isExit)
    return Ending::Reached;
  raise(exception);
  return Ending::Raised;
}

std::optional<Value> Interpreter::throwInto(Value generator, Value exception) {
  thrown_ = exception;
  return resumeGenerator(generator, {}, nullptr);
}

/// An `await` within a way of a test that is not known: what it goes over is gone over to its end,
/// though each item may be the last that is asked for.
Ending Interpreter::delegateAll(Frame &frame, Value &result) {
  Value source = frame.stack.back(), ended;
  frame.hasPassedOver = true;
  if (source.isUnbound()) { // what is awaited is not known
    letOthersRun();
    frame.stack.back() = unknown("what is awaited is not known");
    return Ending::Reached;
  }
  Region pass;
  pass.begin = pass.end = frame.pc - 1;
  pass.stop = frame.pc;
  repeatPasses(
      frame, pass, 0,
      [&] {
        letOthersRun();
        std::optional<Value> item = delegate(source, Value::none(), ended);
        frame.pc = pass.stop;
        if (item)
          return Entry::Whole;
        noteRaised();
        return Entry::None;
      },
      [] { return Interval::kNoHi; }, result);
  frame.pc = pass.stop;
  frame.stack.back() =
      ended.isUnbound() ? unknown("whether this comes to an end is not known") : ended;
  return Ending::Reached;
}

/// What something that is gone over may give next. Unbound: nothing.
std::optional<Value> Interpreter::anyItem(Value iterating) {
  return isAbstract(iterating) && waysOf(iterating).empty()
             ? std::optional(unknown("what this goes over is not known"))
             : next(iterating, Asks::ForOne);
}

/// Steps are taken until none brings anything new.
Value Interpreter::takeRest(Value generator, Asks asks) {
  if (asks == Asks::ForAll)
    noteUnknownCost("how many items a generator gives is not known");
  goneOver_.push_back(generator);
  ++undecided_;
  size_t held = held_.size(), events = log_.events.size();
  Value any;
  bool isAtRest = false;
  for (unsigned count = 0; !isAtRest && count < kMostSteps && mayFork(); ++count) {
    openArm();
    std::optional<Value> item = resumeGenerator(generator, Value::none(), nullptr);
    closeArm();
    bool isLast = !item || item->isUnbound();
    isStopped_ = false;
    noteRaised();
    ObjectHeap::Changes base = heap_.close();
    widening_ = wideningOf(count, kStepsBeforeWidening, kStepsToRound);
    bringsNew_ = false;
    joinHeaps(ObjectHeap::Changes(), base);
    if (!isLast)
      any = any.isUnbound() ? *item : join(*item, any);
    widening_ = Widening::None;
    held_.push_back(any);
    isAtRest = isLast || (count > 0 && !bringsNew_);
  }
  held_.resize(held);
  held_.push_back(any);
  log_.isFolded |= log_.events.size() > events;
  if (!isAtRest) {
    noteGap(kTooMany);
    skipValue(generator, kTooMany);
    any = join(any, unknown("which item a generator gives is not known"));
  }
  return any;
}

/// Where either may stand. `other` is what it was before.
void Interpreter::joinGenerators(GeneratorObject &generator, const GeneratorObject &other) {
  bool mayBeOver = generator.isOver() || generator.mayBeOver;
  bool mightBeOver = other.isOver() || other.mayBeOver;
  bringsNew_ |= mayBeOver && !mightBeOver;
  for (const std::shared_ptr<const Frame> &place : generator.places)
    bringsNew_ |= llvm::none_of(other.places, [&](const std::shared_ptr<const Frame> &one) {
      return one == place || areAlike(*one, *place);
    });
  for (const std::shared_ptr<const Frame> &place : other.places)
    addPlace(generator.places, place);
  generator.mayBeOver = (mayBeOver || mightBeOver) && !generator.isOver();
}

} // namespace fraglint
