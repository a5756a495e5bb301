#include "evaluator/interpreter.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

// What the program does not hold: libraries, and values of which not everything is known.

/// Whether a call outside of the program may raise something for reasons that are not in it: it is
/// given, or made on, something that is not known.
bool Interpreter::mayFail(Value callee, llvm::ArrayRef<Value> arguments) const {
  if (llvm::none_of(frames_, [](const Frame *frame) { return hasHandler(*frame); }))
    return false;
  return !heap_.get<FunctionObject>(callee) &&
         (isOutside(callee) ||
          llvm::any_of(arguments, [&](Value argument) { return isOutside(argument); }));
}

/// Whether a value is no object of the program or of the language.
bool Interpreter::isOutside(Value value) const {
  return isAbstract(value) || heap_.get<OpaqueObject>(value) != nullptr;
}

/// What a library is given it may fill, if it is a buffer, or call, if it is a function.
void Interpreter::noteOutsideCall(llvm::ArrayRef<Value> arguments, Keywords keywords) {
  auto note = [&](Value value) {
    if (auto *buffer = heap_.change<ByteArrayObject>(value)) {
      buffer->content.isKnown = false;
      buffer->content.bytes.clear();
    } else if (auto *array = heap_.change<ArrayObject>(value)) {
      array->isKnown = false;
      array->items.clear();
    } else if (const auto *view = heap_.get<MemoryViewObject>(value)) {
      if (auto *base = heap_.change<ByteArrayObject>(view->base)) {
        base->content.isKnown = false;
        base->content.bytes.clear();
      }
    } else if (heap_.get<FunctionObject>(value) || heap_.get<BoundMethodObject>(value)) {
      if (!llvm::is_contained(callbacks_, value))
        callbacks_.push_back(value);
    }
  };
  for (Value argument : arguments)
    note(argument);
  for (const auto &[name, value] : keywords)
    note(value);
}

/// Something outside of the program may call its functions at any time: once a pass, perhaps.
void Interpreter::runCallbacks() {
  if (isInCallback_ || !mayFork())
    return;
  isInCallback_ = true;
  for (size_t i = 0; i < callbacks_.size(); ++i) {
    Value callback = callbacks_[i];
    Value function = callback;
    size_t given = 0;
    if (const auto *method = heap_.get<BoundMethodObject>(callback)) {
      function = method->function;
      given = 1;
    }
    const auto *object = heap_.get<FunctionObject>(function);
    if (!object || object->code->isGenerator)
      continue;
    size_t wanted = object->code->positional > given ? object->code->positional - given : 0;
    llvm::SmallVector<Value, 4> arguments;
    for (size_t argument = 0; argument < wanted; ++argument)
      arguments.push_back(unknown("what `" + object->code->name + "` is called with is not known"));
    openArm();
    std::optional<Value> result = call(callback, arguments);
    closeArm();
    clearRaised();
    mayRaise_ = {};
    if (isStopped_ || !result) {
      isStopped_ = false;
      heap_.rewind();
      heap_.close();
      continue;
    }
    ObjectHeap::Changes base = heap_.close();
    ObjectHeap::Changes none;
    joinHeaps(none, base);
  }
  isInCallback_ = false;
}

/// Of something that is one of a few: each of them is a way.
std::optional<Value>
Interpreter::callUnknown(Value callee, llvm::ArrayRef<Value> arguments,
                         llvm::ArrayRef<std::pair<llvm::StringRef, Value>> keywords) {
  const auto *abstract = heap_.get<AbstractObject>(callee);
  std::string reason = abstract->reason;
  llvm::SmallVector<Value, 8> callees;
  for (Value one : abstract->alternatives)
    if (heap_.get<FunctionObject>(one) || heap_.get<BoundMethodObject>(one) ||
        heap_.get<ClassObject>(one))
      callees.push_back(one);
  if (callees.empty()) {
    noteUnknownCost(reason);
    return unknown(reason);
  }
  ++undecided_;
  Value result;
  for (Value one : callees) {
    if (!mayFork()) {
      noteGap("tests that are not known are nested too deeply to be followed");
      break;
    }
    openArm();
    std::optional<Value> given = call(one, arguments, keywords);
    closeArm();
    Value raised = raised_;
    clearRaised();
    isStopped_ = false;
    ObjectHeap::Changes base = heap_.close();
    ObjectHeap::Changes none;
    joinHeaps(none, base);
    if (given)
      result = join(result, *given);
    else if (!raised.isUnbound())
      mayRaise_ = raised;
  }
  return result.isUnbound() ? unknown(reason) : result;
}

} // namespace fraglint
