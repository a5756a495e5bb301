#include "evaluator/containers.h"
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
  const auto *native = heap_.get<NativeObject>(callee);
  return !heap_.get<FunctionObject>(callee) &&
         (isOutside(callee) || (native && isLibraryCall(native->row->name)) ||
          llvm::any_of(arguments, [&](Value argument) { return isOutside(argument); }));
}

/// Whether a value is no object of the program or of the language. What the language's own modules
/// make has natives that know when it fails.
bool Interpreter::isOutside(Value value) const {
  const auto *opaque = heap_.get<OpaqueObject>(value);
  return isAbstract(value) || (opaque && !isLanguageType(opaque->type));
}

/// What a library is given it may fill, if it is a buffer, or call, if it is a function.
void Interpreter::noteOutsideCall(Value callee, llvm::ArrayRef<Value> arguments,
                                  Keywords keywords) {
  std::string taker = typeName(callee).str();
  if (const auto *native = heap_.get<NativeObject>(callee))
    taker = native->row->name.str();
  else if (const auto *type = heap_.get<ClassObject>(callee))
    taker = type->name;
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
      if (llvm::none_of(callbacks_, [&](const Callback &one) { return one.function == value; }))
        callbacks_.push_back({value, taker});
    }
  };
  for (Value argument : arguments)
    note(argument);
  for (const auto &[name, value] : keywords)
    note(value);
}

/// Whether it can be called with nothing but values for its places.
static bool takesPlaces(const Code &code) {
  return code.keywordOnly == 0 && !code.hasStar && !code.hasDoubleStar;
}

/// What others see of a name: `__len__`, but not `_buffer`; making and ending objects is no call.
static bool isPublic(llvm::StringRef name) {
  constexpr llvm::StringLiteral kOfObjects[] = {"__init__", "__new__", "__del__"};
  return !name.starts_with("_") ||
         (name.starts_with("__") && name.ends_with("__") && !llvm::is_contained(kOfObjects, name));
}

/// An object of a class of the program, made with whatever; Unbound where that cannot be done.
Value Interpreter::makeAsOthersMay(Value type) {
  Attribute maker = findInClass(type.asObject(), "__init__");
  const auto *function = heap_.get<FunctionObject>(maker.value);
  if (!maker.value.isUnbound() && (!function || !takesPlaces(*function->code)))
    return {};
  std::vector<Value> arguments;
  for (unsigned place = 1; function && place < function->code->positional; ++place)
    arguments.push_back(
        unknown("what `" + heap_.get<ClassObject>(type)->name + "()` is called with is not known"));
  std::optional<Value> made = call(type, arguments);
  clearRaised();
  return made ? *made : Value();
}

/// Adds what others may call of the functions in a table, with `self` in front where there is one.
void Interpreter::addCallees(const MapTable &table, ObjectId module, Value self) {
  auto add = [&](Value function, Value first) {
    const auto *object = heap_.get<FunctionObject>(function);
    if (!object || object->globals != module || !takesPlaces(*object->code))
      return;
    if (!first.isUnbound()) {
      auto &method = heap_.make<BoundMethodObject>();
      method.function = function;
      method.self = first;
      function = Value::object(method.id);
    }
    callbacks_.push_back({function, ""});
  };
  for (const MapTable::Slot &slot : table.slots) {
    std::optional<llvm::StringRef> name = textOf(slot.key);
    if (!name || !isPublic(*name))
      continue;
    if (const auto *wrapper = heap_.get<WrapperObject>(slot.value);
        wrapper && wrapper->wraps == WrapperObject::Wraps::Property) {
      Value get = wrapper->get, set = wrapper->set;
      add(get, self);
      add(set, self);
    } else if (wrapper && wrapper->wraps == WrapperObject::Wraps::StaticMethod) {
      add(wrapper->get, {});
    } else {
      add(slot.value, self);
    }
  }
}

bool Interpreter::callAsOthersMay(const Code &module) {
  // A loop that never ends, whose passes call them: `while True: pass`.
  auto loop = std::make_unique<Code>();
  loop->name = module.name;
  loop->instructions = {{Op::PassStart, 2, static_cast<int32_t>(LoopExits::None)}, {Op::Jump, 0}};
  loop->sites.resize(loop->instructions.size());
  loop->joins.resize(loop->instructions.size());
  loop->heights.resize(loop->instructions.size());
  callers_ = std::move(loop);
  passCode_ = nullptr;
  pass_ = 0;
  steps_ = 0;
  growths_.clear();
  hasMadeAllPasses_ = false;
  isSteady_ = true;
  ObjectId id = modules_[&module];
  Frame frame;
  frame.code = callers_.get();
  frame.constants = &constantsOf(*callers_);
  frame.globals = id;
  openFrame(frame);
  Activation activation(*this, frame);

  MapTable globals = llvm::cast<ModuleObject>(heap_[id]).globals;
  addCallees(globals, id, {});
  for (const MapTable::Slot &slot : globals.slots) {
    std::optional<llvm::StringRef> name = textOf(slot.key);
    const auto *type = heap_.get<ClassObject>(slot.value);
    if (!type || type->isNative || type->isException || !name || !isPublic(*name))
      continue;
    MapTable members = type->members;
    if (Value self = makeAsOthersMay(slot.value); !self.isUnbound())
      addCallees(members, id, self);
  }
  Value result;
  execute(frame, {}, result);
  return hasMadeAllPasses_;
}

/// Something outside of the program may call its functions at any time: once a pass, perhaps, and
/// while it waits. What one raises that a library calls goes on in the program.
void Interpreter::runCallbacks(llvm::StringRef native) {
  if (callbacks_.empty() || isInCallback_)
    return;
  if (!mayFork()) {
    for (const Callback &callback : callbacks_)
      skipValue(callback.function, "too many ways to be followed");
    return;
  }
  isInCallback_ = true;
  // NOLINTNEXTLINE(modernize-loop-convert): what is called may set callbacks of its own.
  for (size_t i = 0; i < callbacks_.size(); ++i) {
    Value callback = callbacks_[i].function;
    std::string taker = callbacks_[i].taker;
    if (!native.empty() && !mayCallBack(taker, native))
      continue;
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
      arguments.push_back(
          valueOfType(*this, callbackArgument(taker, argument),
                      "what `" + object->code->name + "` is called with is not known"));
    size_t failures = failures_.size();
    openArm();
    std::optional<Value> result = call(callback, arguments);
    closeArm();
    Value raised = raised_;
    clearRaised();
    isPropagated_ = false;
    if (isStopped_) {
      isStopped_ = false;
      heap_.rewind();
      heap_.close();
      failures_.resize(failures);
      continue;
    }
    ObjectHeap::Changes base = heap_.close();
    joinHeaps(ObjectHeap::Changes(), base);
    bool goesOn = !native.empty() && raisesThrough(taker);
    if (!goesOn)
      failures_.resize(failures);
    else if (!result)
      addFailure(raised, frames_.size(), /*isPropagated=*/true);
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
        heap_.get<ClassObject>(one) || heap_.get<NativeObject>(one) ||
        hasMethod(*this, one, "__call__"))
      callees.push_back(one);
  if (callees.size() < abstract->alternatives.size())
    mayRaise("TypeError", "object isn't callable");
  abstract = heap_.get<AbstractObject>(callee);
  if (callees.empty() ||
      llvm::any_of(abstract->alternatives, [&](Value one) { return isAbstract(one); }))
    noteUnknownCost(reason);
  if (callees.empty()) {
    // What was not followed may have bound a function of the program.
    if (!leftOut_.empty() && abstract->type.empty())
      skipHeldFunctions(std::string(leftOut_));
    return unknown(reason);
  }
  return eachWay(callees, [&](Value one) { return call(one, arguments, keywords); });
}

} // namespace fraglint
