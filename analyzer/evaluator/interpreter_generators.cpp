// Generators: how they go on, from which places, and what others make of them.
#include "evaluator/containers.h"
#include "evaluator/interpreter.h"
#include "evaluator/objects.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

std::optional<Value> Interpreter::resumeGenerator(Value generator, Value sent, Value *returned) {
  const auto *object = heap_.get<GeneratorObject>(generator);
  if (object && object->isFinished && !object->passedOver.isUnbound())
    heap_.change<GeneratorObject>(generator)->passedOver = Value(); // it was given
  object = heap_.get<GeneratorObject>(generator);
  if (!object || object->isFinished)
    return Value();
  if (object->isRunning)
    return raise("ValueError", "generator already executing");
  if (frames_.size() > limits_.callDepth) {
    skipValue(generator, kNestedCalls);
    return unknown(kNestedCalls);
  }
  heap_.change<GeneratorObject>(generator)->mayBeOver = false;
  if (!object->others.empty())
    return resumeAnyPlace(generator, sent, returned);
  Frame frame = *object->frame;
  bool isStarted = frame.pc != 0;
  ++frame.resumes;
  heap_.change<GeneratorObject>(generator)->isRunning = true;
  held_.push_back(generator);
  if (isStarted)
    frame.stack.push_back(sent.isUnbound() ? Value::none() : sent);
  Value result;
  Ending ending;
  OtherEnds others;
  {
    Activation activation(*this, frame);
    if (isStarted && !thrown_.isUnbound()) {
      ending = raiseWhereItWaits(frame, std::exchange(thrown_, {}), result);
      if (ending == Ending::Raised)
        ending = unwind(frame);
      if (ending == Ending::Reached)
        ending = executeAll(frame, result, others);
    } else {
      ending = executeAll(frame, result, others);
    }
  }
  GeneratorObject &after = *heap_.change<GeneratorObject>(generator);
  after.isRunning = false;
  after.passedOver = std::exchange(frame.passedOver, {});
  if (ending == Ending::Yielded) {
    after.frame = std::make_shared<Frame>(std::move(frame));
    after.others = std::move(others.places);
    if (!others.returned.isUnbound()) {
      after.mayBeOver = true;
      if (returned)
        *returned = others.returned;
    }
    return result;
  }
  after.isFinished = true;
  frame.locals.clear();
  frame.stack.clear();
  after.frame = std::make_shared<Frame>(std::move(frame));
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

/// The same where it may stand in several places: each is a way of its own.
std::optional<Value> Interpreter::resumeAnyPlace(Value generator, Value sent, Value *returned) {
  auto places = std::exchange(heap_.change<GeneratorObject>(generator)->others, {});
  places.push_back(heap_.get<GeneratorObject>(generator)->frame);
  Value thrown = std::exchange(thrown_, {}), ended;
  std::unique_ptr<Object> after;
  bool mayEnd = false;
  std::optional<Value> given =
      eachWay(std::vector<Value>(places.size(), generator),
              [&, next = places.begin()](Value) mutable -> std::optional<Value> {
                auto &here = *heap_.change<GeneratorObject>(generator);
                here.frame = *next++;
                here.others = {}; // those that a way before this one left it in
                thrown_ = thrown;
                Value value;
                std::optional<Value> item = resumeGenerator(generator, sent, &value);
                const GeneratorObject &now = *heap_.get<GeneratorObject>(generator);
                if (after)
                  joinObject(*after, now);
                else
                  after = now.clone();
                if (item && (item->isUnbound() || now.mayBeOver)) {
                  mayEnd = true;
                  ended = join(ended, value.isUnbound() ? Value::none() : value);
                }
                return item;
              });
  // As it stands behind each of them: it has gone on in any case.
  if (after) {
    auto &now = *heap_.change<GeneratorObject>(generator);
    const auto &joined = llvm::cast<GeneratorObject>(*after);
    now.frame = joined.frame;
    now.others = joined.others;
    now.isFinished = joined.isFinished;
    now.passedOver = joined.passedOver;
    now.mayBeOver = mayEnd && given && !given->isUnbound();
  }
  if (returned && mayEnd)
    *returned = ended;
  return given;
}

/// One of several, each of which goes on: `over` is what those return that are over, or may be.
std::optional<Value> Interpreter::resumeEach(llvm::ArrayRef<Value> ways, Value sent, Value &over) {
  return eachWay(ways, [&](Value one) {
    Value returned = Value::none();
    const bool isGenerator = heap_.get<GeneratorObject>(one) != nullptr;
    std::optional<Value> item = isGenerator ? resumeGenerator(one, sent, &returned) : next(one);
    if (item && (item->isUnbound() || (isGenerator && heap_.get<GeneratorObject>(one)->mayBeOver)))
      over = join(over, returned);
    return item;
  });
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
  if (item && !item->isUnbound()) {
    result = *item;
    return Ending::Yielded;
  }
  ++frame.pc;
  if (!item)
    return Ending::Raised;
  frame.stack.back() = returned;
  if (!isExit)
    return Ending::Reached;
  raise(exception);
  return Ending::Raised;
}

std::optional<Value> Interpreter::throwInto(Value generator, Value exception) {
  const auto *object = heap_.get<GeneratorObject>(generator);
  if (!object || object->isFinished || !object->frame || object->frame->pc == 0) {
    if (object)
      heap_.change<GeneratorObject>(generator)->isFinished = true;
    return raise(exception);
  }
  thrown_ = exception;
  return resumeGenerator(generator, {}, nullptr);
}

/// A `yield from` within a way of a test that is not known: what it goes over is gone over to its
/// end, though each item may be the last that is asked for. `first` was given already.
Ending Interpreter::delegateAll(Frame &frame, Value first, Value &result) {
  Value source = frame.stack.back(), ended;
  frame.passedOver = join(frame.passedOver, first);
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
        if (frame.code->isAsync)
          letOthersRun();
        Value returned = Value::none();
        bool isGenerator = heap_.get<GeneratorObject>(source) != nullptr;
        std::optional<Value> item =
            isGenerator ? resumeGenerator(source, Value::none(), &returned) : anyItem(source);
        frame.pc = pass.stop;
        if (!item) {
          clearRaised();
          return Entry::None;
        }
        if (!item->isUnbound())
          frame.passedOver = join(frame.passedOver, *item);
        else
          ended = join(ended, isGenerator ? returned : awaitedValue(*this, source));
        return Entry::Whole;
      },
      [] { return Interval::kNoHi; }, result);
  frame.pc = pass.stop;
  frame.stack.back() =
      ended.isUnbound() ? unknown("whether this comes to an end is not known") : ended;
  return Ending::Reached;
}

/// What something that is gone over may give next; of a generator that passes items over any of
/// those that it gave, too. Unbound: nothing.
std::optional<Value> Interpreter::anyItem(Value iterating) {
  if (isAbstract(iterating)) {
    llvm::SmallVector<Value, 8> ways = waysOf(iterating);
    return ways.empty() ? std::optional(unknown("what this goes over is not known"))
                        : eachWay(ways, [&](Value one) { return anyItem(one); });
  }
  if (!heap_.get<GeneratorObject>(iterating))
    return next(iterating);
  Value generator = iterating;
  const auto *object = heap_.get<GeneratorObject>(generator);
  Value given = object->passedOver;
  if (!object->isFinished) {
    std::optional<Value> item = resumeGenerator(generator, Value::none(), nullptr);
    if (!item)
      return std::nullopt;
    given = join(given, join(*item, heap_.get<GeneratorObject>(generator)->passedOver));
    heap_.change<GeneratorObject>(generator)->passedOver = given;
  }
  return given;
}

/// Where either may stand. What may be over goes on as the other does.
void Interpreter::joinPlaces(GeneratorObject &generator, const GeneratorObject &other) {
  constexpr size_t kMostPlaces = 8;
  if (other.isFinished || (generator.frame == other.frame && other.others.empty()))
    return;
  if (generator.isFinished) {
    generator.frame = other.frame;
    generator.others = other.others;
    return;
  }
  auto add = [&](const std::shared_ptr<const Frame> &frame) {
    auto joinAt = [&](std::shared_ptr<const Frame> &place) {
      if (place == frame)
        return true;
      if (place->pc != frame->pc || place->stack.size() != frame->stack.size())
        return false;
      Frame joined = *place;
      joinFrames(joined, *frame);
      place = std::make_shared<Frame>(std::move(joined));
      return true;
    };
    if (joinAt(generator.frame) || llvm::any_of(generator.others, joinAt))
      return;
    bringsNew_ = true;
    if (generator.others.size() < kMostPlaces)
      generator.others.push_back(frame);
    else
      noteGap("where a generator waits is not known");
  };
  add(other.frame);
  for (const std::shared_ptr<const Frame> &frame : other.others)
    add(frame);
}

} // namespace fraglint
