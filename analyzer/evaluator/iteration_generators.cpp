/// What programs do with generators and coroutines besides going over them.

#include "evaluator/containers.h"
#include "evaluator/frame.h"
#include "evaluator/objects.h"

namespace fraglint {

namespace {

bool isStarted(const Machine &m, Value generator) {
  return llvm::any_of(m.heap().get<GeneratorObject>(generator)->places,
                      [](const auto &place) { return place->pc != 0; });
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
  if (m.heap().get<GeneratorObject>(call.arguments[0])->isOver())
    return m.raise("StopIteration");
  if (m.heap().get<ClassObject>(exception)) {
    const auto made = m.call(exception, {});
    if (!made)
      return std::nullopt;
    exception = *made;
  }
  const auto item = m.throwInto(call.arguments[0], exception);
  if (item && item->isUnbound())
    return m.raise("StopIteration");
  if (item && mayBeOver(m, call.arguments[0]))
    m.mayRaise("StopIteration");
  return item;
}

/// GeneratorExit is a constant of the firmware: nothing is asked for to raise it.
std::optional<Value> close(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  const Value generator = call.arguments[0];
  if (!isStarted(m, generator)) {
    auto &object = *m.heap().change<GeneratorObject>(generator);
    object.places.clear();
    object.mayBeOver = false;
    return Value::none();
  }
  const Value type = m.nativeType("GeneratorExit");
  auto &exit = m.heap().make<ExceptionObject>();
  exit.type = type.asObject();
  exit.arguments = m.tuple({});
  const auto item = m.throwInto(generator, Value::object(exit.id));
  constexpr llvm::StringLiteral kIgnored = "generator ignored GeneratorExit";
  if (item && !item->isUnbound()) {
    if (!mayBeOver(m, generator))
      return m.raise("RuntimeError", kIgnored);
    m.mayRaise("RuntimeError", kIgnored);
  }
  if (item)
    return Value::none();
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

std::optional<Value> nextOfGenerator(Machine &m, Value generator, Asks asks) {
  if (asks != Asks::ForOne && m.isGoneOver(generator))
    return Value();
  const auto item = m.resumeGenerator(generator, Value::none());
  if (asks == Asks::ForOne || !item || item->isUnbound() || !mayBeOver(m, generator))
    return item;
  return joinValues(m, *item, m.takeRest(generator, asks));
}

std::optional<Value> resumeOrStop(Machine &m, Value generator, Value sent) {
  const bool isOver = m.heap().get<GeneratorObject>(generator)->isOver();
  if (!isOver && !sent.isNone() && !isStarted(m, generator))
    return m.raise("TypeError", "can't send non-None value to a just-started generator");
  Value returned;
  const auto item = m.resumeGenerator(generator, sent, &returned);
  if (item && item->isUnbound())
    return raiseStop(m, returned);
  if (item && mayBeOver(m, generator))
    m.noteFailure([&] { raiseStop(m, returned); });
  return item;
}

llvm::ArrayRef<NativeRow> generatorNatives() { return kRows; }

} // namespace fraglint
