/// What programs do with generators and coroutines besides going over them.

#include "evaluator/containers.h"
#include "evaluator/frame.h"
#include "evaluator/objects.h"

namespace fraglint {

namespace {

bool isStarted(const Machine &m, Value generator) {
  const auto *object = m.heap().get<GeneratorObject>(generator);
  return object->frame && object->frame->pc != 0;
}

std::nullopt_t raiseStop(Machine &m, Value returned) {
  return returned.isNone() || returned.isUnbound() ? m.raise("StopIteration")
                                                   : raiseWith(m, "StopIteration", {returned});
}

std::optional<Value> send(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  return resumeOrStop(m, call.arguments[0], call.arguments[1]);
}

std::optional<Value> throwException(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 4))
    return std::nullopt;
  const bool hasInstance = call.arguments.size() > 2 && !call.arguments[2].isNone();
  Value exception = call.arguments[hasInstance ? 2 : 1];
  if (m.heap().get<GeneratorObject>(call.arguments[0])->isFinished)
    return m.raise("StopIteration");
  if (m.heap().get<ClassObject>(exception)) {
    const auto made = m.call(exception, {});
    if (!made)
      return std::nullopt;
    exception = *made;
  }
  const auto item = m.throwInto(call.arguments[0], exception);
  return item && item->isUnbound() ? m.raise("StopIteration") : item;
}

/// GeneratorExit is a constant of the firmware: nothing is asked for to raise it.
std::optional<Value> close(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  const Value generator = call.arguments[0];
  if (!isStarted(m, generator) || m.heap().get<GeneratorObject>(generator)->isFinished) {
    m.heap().change<GeneratorObject>(generator)->isFinished = true;
    return Value::none();
  }
  const Value type = m.nativeType("GeneratorExit");
  auto &exit = m.heap().make<ExceptionObject>();
  exit.type = type.asObject();
  exit.arguments = m.tuple({});
  const auto item = m.throwInto(generator, Value::object(exit.id));
  if (item)
    return item->isUnbound() ? std::optional<Value>(Value::none())
                             : m.raise("RuntimeError", "generator ignored GeneratorExit");
  if (!m.raised().isUnbound() && m.isInstance(m.raised(), type)) {
    m.clearRaised();
    return Value::none();
  }
  return std::nullopt;
}

constexpr ObjectKind kGenerator = ObjectKind::Generator;

constexpr NativeRow kRows[] = {
    {"generator.send", onKind<send, kGenerator>, true},
    {"generator.throw", onKind<throwException, kGenerator>, true},
    {"generator.close", onKind<close, kGenerator>, true},
};

} // namespace

std::optional<Value> nextOfGenerator(Machine &m, Value generator, Value sent, Value *returned) {
  const auto item = m.resumeGenerator(generator, sent, returned);
  const auto *object = m.heap().get<GeneratorObject>(generator);
  if (!item || !object || (object->passedOver.isUnbound() && !object->mayBeOver))
    return item;
  m.noteOpenCount();
  return item->isUnbound() ? object->passedOver
                           : m.unknown("which item a generator gives is not known");
}

std::optional<Value> resumeOrStop(Machine &m, Value generator, Value sent) {
  const bool isFinished = m.heap().get<GeneratorObject>(generator)->isFinished;
  if (!isFinished && !sent.isNone() && !isStarted(m, generator))
    return m.raise("TypeError", "can't send non-None value to a just-started generator");
  Value returned;
  auto item = m.resumeGenerator(generator, sent, &returned);
  const auto *object = m.heap().get<GeneratorObject>(generator);
  if (item && object && !item->isUnbound() && object->mayBeOver)
    m.noteFailure([&] { raiseStop(m, returned); });
  if (item && object && !object->passedOver.isUnbound()) {
    m.noteUnknownCost("how many items a generator gives is not known");
    item = item->isUnbound() ? object->passedOver
                             : m.unknown("which item a generator gives is not known");
  }
  return item && item->isUnbound() ? raiseStop(m, returned) : item;
}

llvm::ArrayRef<NativeRow> generatorNatives() { return kRows; }

} // namespace fraglint
