#include "evaluator/interpreter.h"

#include "evaluator/containers.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/xxhash.h"

namespace fraglint {

namespace {

/// Arguments of a closure, cells included, for which there is room on the C stack.
constexpr size_t kMostOnStack = 5;
/// Instructions between two looks at the clock.
constexpr uint64_t kStepsPerLook = 4096;

} // namespace

Interpreter::Activation::Activation(Interpreter &interpreter, Frame &frame)
    : interpreter_(interpreter), path_(interpreter.callPath_),
      goneOver_(std::exchange(interpreter.goneOver_, {})) {
  if (!interpreter.frames_.empty()) {
    bool isFunction = frame.code->kind == CodeKind::Function;
    interpreter.log_.calls.push_back({path_, interpreter.site(), interpreter.way(),
                                      isFunction ? frame.code->node : SyntaxNode(),
                                      /*isCutOff=*/false, interpreter.steps_});
    interpreter.callPath_ = static_cast<uint32_t>(interpreter.log_.calls.size() - 1);
  }
  interpreter.frames_.push_back(&frame);
}

Interpreter::Activation::~Activation() {
  interpreter_.frames_.pop_back();
  interpreter_.callPath_ = path_;
  interpreter_.goneOver_ = std::move(goneOver_);
}

Interpreter::Interpreter(const FirmwareProfile &profile, const EvaluationLimits &limits,
                         ModuleResolver resolver)
    : Machine(profile), limits_(limits), resolver_(std::move(resolver)) {}

Interpreter::~Interpreter() = default;

SyntaxNode Interpreter::site() const {
  if (frames_.empty())
    return {};
  const Frame &frame = *frames_.back();
  // The counter stands behind the instruction that is running.
  size_t at = frame.pc ? frame.pc - 1 : 0;
  return at < frame.code->sites.size() ? frame.code->sites[at] : SyntaxNode();
}

/// A comprehension's code makes its value; what it goes over and its body are other expressions.
Interpreter::Making Interpreter::making() const {
  if (!frames_.empty()) {
    const Frame &frame = *frames_.back();
    bool isComprehension = frame.code->kind == CodeKind::List ||
                           frame.code->kind == CodeKind::Dict || frame.code->kind == CodeKind::Set;
    if (isComprehension && frame.pc &&
        (frame.code->instructions[frame.pc - 1].op == Op::StoreComprehension ||
         frame.code->sites[frame.pc - 1] == frame.code->node))
      return {frame.code->node, true};
  }
  return {site(), false};
}

Value Interpreter::storedInAttribute() const {
  if (frames_.empty() || frames_.back()->pc == 0)
    return {};
  const Frame &frame = *frames_.back();
  bool isStore = frame.code->instructions[frame.pc - 1].op == Op::StoreAttribute;
  return isStore && frame.stack.size() > 1 ? frame.stack.end()[-2] : Value();
}

uint32_t Interpreter::way() const {
  uint32_t way = ways_.empty() ? 0 : ways_.back();
  if (generalPasses_ > 0)
    way = std::max(way, generalWay_);
  for (const Frame *frame : frames_)
    if (!frame->doubts.empty())
      way = std::max(way, frame->doubts.back().way);
  return way;
}

bool Interpreter::isOnWay(uint32_t way) const {
  return way == 0 || (generalPasses_ > 0 && way == generalWay_) || llvm::is_contained(ways_, way) ||
         llvm::any_of(frames_, [&](const Frame *frame) {
           return llvm::any_of(frame->doubts,
                               [&](const Frame::Doubt &doubt) { return doubt.way == way; });
         });
}

void Interpreter::noteGap(const llvm::Twine &reason) {
  std::string text = reason.str();
  if (leftOut_.empty())
    leftOut_ = text;
  if (!llvm::is_contained(gaps_, text))
    gaps_.push_back(std::move(text));
}

void Interpreter::visitRoots(const ObjectVisitor &visitor) {
  for (const Frame *frame : frames_)
    frame->visit(visitor);
  for (Value held : held_)
    visitor.value(held);
  for (const Run &pending : heap_.pending())
    visitor.run(pending);
  for (const auto &entry : loaded_)
    visitor.value(Value::object(entry.second));
  for (const auto &[code, module] : modules_)
    visitor.value(Value::object(module));
  for (const auto &state : moduleStates_)
    visitor.value(Value::object(state.second));
  visitor.value(raised_);
  for (const Failure &failure : failures_)
    visitor.perhaps(failure.exception);
  passFrameBefore_.visit({visitor.perhaps, visitor.run});
  for (const Callback &callback : callbacks_)
    visitor.value(callback.function);
  for (const auto &[bytes, names] : nameRuns_)
    visitor.run(names);
}

llvm::DenseSet<uint32_t> Interpreter::entered() const {
  llvm::DenseSet<uint32_t> ordinals;
  for (const auto &[code, constants] : constants_)
    if (code->node)
      ordinals.insert(code->node.ordinal());
  return ordinals;
}

void Interpreter::prepare(const Code &code) {
  learnNames(code);
  constantsOf(code);
  moduleObject(&code, "__main__");
  heap_.forgetPending(0); // objects hold what was made
}

Ending Interpreter::runModule(const Code &code) {
  Value module = Value::object(modules_[&code]);
  Frame frame;
  frame.code = &code;
  frame.constants = &constantsOf(code);
  frame.globals = module.asObject();
  Value result;
  Ending ending;
  openFrame(frame);
  {
    Activation activation(*this, frame);
    ending = executeAll(frame, result);
  }
  if (ending == Ending::Returned) {
    noteLeftLoop();
    closeFrame(frame);
  }
  if (ending == Ending::Raised) {
    uncaught_ = raised_;
    clearRaised();
  }
  return ending;
}

// --- Frames ----------------------------------------------------------------------------------

/// Source: py/objfun.c. A frame of more than 11 words is asked for from the heap, and taken from
/// the C stack where there is no room. It is 5 words, its places, and 3 words for each handler.
void Interpreter::openFrame(Frame &frame) {
  frame.locals.resize(frame.code->locals.size());
  frame.stack.reserve(frame.code->stackSize);
  if (!profile_.hasPystack) {
    int64_t state = frame.code->stateWords() + 3 * int64_t{frame.code->handlerDepth};
    if (state > 11)
      frame.run = heap_.requestSoft(words(5 + state));
  }
}

void Interpreter::closeFrame(Frame &frame) { heap_.release(frame.run); }

/// Whether something that is raised now would be caught in this frame.
bool Interpreter::hasHandler(const Frame &frame) {
  return llvm::any_of(frame.handlers, [](const Handler &handler) {
    return !handler.isActive && handler.kind == Handler::Kind::Except;
  });
}

bool Interpreter::isUncertain() const {
  return uncertainty_ > 0 || generalPasses_ > 0 ||
         llvm::any_of(frames_, [](const Frame *frame) { return !frame->doubts.empty(); });
}

bool Interpreter::takeStep() {
  ++steps_;
  if (steps_ <= limits_.steps && heap_.size() <= limits_.objects &&
      (steps_ % kStepsPerLook != 0 || !ThreadClock::isPast(limits_.end)))
    return true;
  return giveUp("the program is longer than the evaluation");
}

Ending Interpreter::execute(Frame &frame, const Region &region, Value &result) {
  Region inside = region; // with the statement of a handler around it that runs
  uint32_t over = ~0U;    // where that is over
  bool isFirst = true;
  while (true) {
    llvm::erase_if(frame.doubts, [&](const Frame::Doubt &doubt) { return doubt.end == frame.pc; });
    if (!frame.exits.empty())
      joinExits(frame, frame.pc);
    if (frame.pc == region.stop && !isFirst)
      return Ending::Reached;
    isFirst = false;
    if (frame.pc == over)
      return Ending::Left;
    if (uncertainty_ > 0)
      ++uncertainSteps_;
    if (!takeStep())
      return Ending::Stopped;
    const Instruction &instruction = frame.code->instructions[frame.pc++];
    size_t mark = heap_.pendingMark();
    size_t held = held_.size();
    goneOver_.clear();
    Ending ending = step(frame, instruction, inside, result);
    if (names_.size() != notedNames_.size())
      noteNewNames(/*isFree=*/false);
    if (contracts_)
      applyContracts(frame, instruction, ending == Ending::Reached);
    heap_.forgetPending(mark);
    held_.resize(held);
    if ((ending == Ending::Reached || ending == Ending::Raised) && hasFailureFor(frame))
      branchToHandlers(frame);
    if (ending == Ending::Raised) {
      ending = unwind(frame);
      heap_.forgetPending(mark); // the exception holds its traceback
      bool isOutside = frame.pc < inside.begin || frame.pc > inside.end;
      if (ending == Ending::Reached && isOutside) {
        const Handler &handler = frame.handlers.back();
        inside.begin = std::min(inside.begin, handler.begin);
        if (handler.end != ~0U)
          inside.end = std::max(inside.end, handler.end);
        over = handler.end;
      }
    }
    if (ending == Ending::Reached) // goes on
      continue;
    if (ending == Ending::Returned && !frame.mayReturn.isUnbound() && region.stop == ~0U)
      result = join(result, frame.mayReturn);
    return ending;
  }
}

std::optional<Value> Interpreter::callFunction(Value function, llvm::ArrayRef<Value> arguments,
                                               Keywords keywords) {
  if (frames_.size() > limits_.callDepth) {
    skipValue(function, kNestedCalls);
    return unknown(kNestedCalls);
  }
  // What the caller made known (`getattr`) is of its own line.
  if (names_.size() != notedNames_.size())
    noteNewNames(/*isFree=*/false);
  const auto &object = llvm::cast<FunctionObject>(heap_[function.asObject()]);
  std::vector<Value> given(arguments);
  for (const auto &[name, value] : keywords) {
    given.push_back(Value::integer(static_cast<int64_t>(llvm::xxh3_64bits(name) >> 8)));
    given.push_back(value);
  }
  if (!object.code->isGenerator && isRecursion(*object.code, given))
    return unknown("what `" + object.code->name + "` gives when it calls itself is not known");
  Frame frame;
  frame.code = object.code;
  frame.constants = &constantsOf(*object.code);
  frame.globals = object.globals;
  frame.arguments = std::move(given);
  // Source: closure_call in py/objclosure.c. Its cells and the arguments are put together, on the
  // C stack where they are few.
  Run scratch;
  size_t together = object.cells.size() + arguments.size() + 2 * keywords.size();
  if (!object.cells.empty() && together > kMostOnStack)
    scratch = heap_.request(words(static_cast<int64_t>(together)));
  auto giveBack = llvm::make_scope_exit([&] {
    if (raised_.isUnbound())
      heap_.release(scratch);
  });
  size_t held = held_.size();
  held_.push_back(function);
  held_.insert(held_.end(), arguments.begin(), arguments.end());
  for (const auto &[name, value] : keywords)
    held_.push_back(value);
  if (object.code->isGenerator) {
    // Its state is an object: 7 words, its places, and 3 words for each handler.
    frame.locals.resize(object.code->locals.size());
    GeneratorObject &generator = heap_.make<GeneratorObject>();
    ObjectId id = generator.id;
    generator.code = object.code;
    allocate(generator, 7 + object.code->stateWords() + 3 * int64_t{object.code->handlerDepth});
    held_.push_back(Value::object(id));
    if (!bindArguments(frame, object, arguments, keywords))
      return std::nullopt;
    static_cast<GeneratorObject &>(heap_.change(id)).places = {std::make_shared<Frame>(frame)};
    return Value::object(id);
  }
  if (onCall)
    onCall(CallMoment::Begins);
  // What is asked for on the way in and out belongs to the call.
  openFrame(frame);
  if (!bindArguments(frame, object, arguments, keywords)) {
    closeFrame(frame);
    return std::nullopt;
  }
  Value result;
  Ending ending;
  {
    Activation activation(*this, frame);
    ending = executeAll(frame, result);
    log_.calls[callPath_].isCutOff = ending == Ending::Stopped;
  }
  joinExits(frame, ~0U);
  if (ending == Ending::Stopped || (ending == Ending::Raised && !endWalk(frame.walk, {}))) {
    isStopped_ = true;
    return std::nullopt;
  }
  closeFrame(frame);
  isPropagated_ = ending == Ending::Raised;
  if (ending != Ending::Returned)
    return std::nullopt;
  if (onCall) {
    held_.resize(held);
    held_.push_back(result);
    onCall(CallMoment::Returns);
  }
  return result;
}

// --- Handlers --------------------------------------------------------------------------------

namespace {

/// Takes away a handler of `frame` that is running, or whose `finally` was come to by itself: it
/// is not run again. Source: py/vm.c, which compares where it begins with the instruction.
bool dropRunning(Frame &frame, const Handler &handler) {
  if (handler.isActive && !frame.caught.empty())
    frame.caught.pop_back();
  return handler.isActive || handler.at < frame.pc;
}

} // namespace

Ending Interpreter::unwind(Frame &frame) {
  if (isStopped_)
    return Ending::Stopped;
  if (isPropagated_)
    addTraceback(*this, raised_);
  isPropagated_ = false;
  while (!frame.handlers.empty()) {
    Handler handler = frame.handlers.back();
    frame.handlers.pop_back();
    if (dropRunning(frame, handler))
      continue; // raised within it: what was caught is done with
    frame.stack.resize(handler.height);
    frame.stack.push_back(raised_);
    frame.caught.push_back(raised_);
    clearRaised();
    handler.isActive = true;
    frame.handlers.push_back(handler);
    frame.pc = handler.at;
    return Ending::Reached;
  }
  return Ending::Raised;
}

Ending Interpreter::jump(Frame &frame, uint32_t target, const Region &region) {
  bool isInside = frame.pc > region.begin && frame.pc <= region.end;
  frame.pc = target;
  if (target == region.stop)
    return Ending::Reached;
  return isInside && (target < region.begin || target > region.end) ? Ending::Left
                                                                    : Ending::Reached;
}

/// A jump out of `count` blocks: those with something to do at their end do it first.
Ending Interpreter::leaveBlocks(Frame &frame, uint32_t target, unsigned count, uint32_t height,
                                const Region &region) {
  while (count > 0 && !frame.handlers.empty()) {
    --count;
    Handler handler = frame.handlers.pop_back_val();
    if (dropRunning(frame, handler) || handler.kind == Handler::Kind::Except)
      continue;
    // The firmware leaves where to go, and how far to unwind, on the stack.
    frame.stack.resize(handler.height);
    frame.stack.push_back(Value::integer(target));
    frame.stack.push_back(Value::integer(int64_t{height} << 8 | count));
    frame.stack.push_back(Value::boolean(true)); // a jump
    handler.isActive = true;
    frame.handlers.push_back(handler);
    frame.caught.push_back({});
    frame.pc = handler.at;
    return Ending::Reached;
  }
  frame.stack.resize(height);
  return jump(frame, target, region);
}

Ending Interpreter::returnFrom(Frame &frame, Value value, Value &result) {
  while (!frame.handlers.empty()) {
    Handler handler = frame.handlers.pop_back_val();
    if (dropRunning(frame, handler) || handler.kind == Handler::Kind::Except)
      continue;
    frame.stack.resize(handler.height);
    frame.stack.push_back(value);
    frame.stack.push_back(Value::boolean(false)); // a return
    handler.isActive = true;
    frame.handlers.push_back(handler);
    frame.caught.push_back({});
    frame.pc = handler.at;
    return Ending::Reached;
  }
  result = value;
  return Ending::Returned;
}

/// At the end of handlers and of `finally`: what brought us here goes on.
Ending Interpreter::endFinally(Frame &frame, const Region &region, Value &result) {
  bool wasActive = !frame.handlers.empty() && frame.handlers.back().isActive;
  Value why = frame.stack.back();
  frame.stack.pop_back();
  if (!wasActive) {
    // Came here by itself: the block is over.
    if (!frame.handlers.empty())
      frame.handlers.pop_back();
    return Ending::Reached;
  }
  frame.handlers.pop_back();
  if (!frame.caught.empty())
    frame.caught.pop_back();
  if (why.isNone())
    return Ending::Reached;
  if (why.isBool()) {
    if (!why.asBool()) {
      Value value = frame.stack.back();
      frame.stack.pop_back();
      return returnFrom(frame, value, result);
    }
    int64_t packed = frame.stack.back().asInt();
    frame.stack.pop_back();
    auto target = static_cast<uint32_t>(frame.stack.back().asInt());
    frame.stack.pop_back();
    return leaveBlocks(frame, target, static_cast<unsigned>(packed & 0xff),
                       static_cast<uint32_t>(packed >> 8), region);
  }
  raised_ = why;
  return Ending::Raised;
}

/// Calls `__exit__`. Below what brought us here lie the function and the object.
Ending Interpreter::withCleanup(Frame &frame) {
  std::vector<Value> &stack = frame.stack;
  Value why = stack.back();
  size_t kept = 1;
  if (why.isBool())
    kept = why.asBool() ? 3 : 2;
  llvm::SmallVector<Value, 3> state(stack.end() - static_cast<ptrdiff_t>(kept), stack.end());
  stack.resize(stack.size() - kept);
  Value self = stack.back();
  stack.pop_back();
  Value exit = stack.back();
  stack.pop_back();
  bool isException = why.isObject();
  llvm::SmallVector<Value, 4> arguments;
  if (!self.isUnbound())
    arguments.push_back(self);
  if (isException)
    arguments.append({typeOf(why), why, Value::none()});
  else
    arguments.append({Value::none(), Value::none(), Value::none()});
  held_.append(state.begin(), state.end());
  std::optional<Value> answer = call(exit, arguments);
  if (!answer)
    return Ending::Raised;
  if (isException) {
    std::optional<bool> swallows = isUndecided(*answer) ? std::optional(false) : truth(*answer);
    if (!swallows)
      return Ending::Raised;
    if (*swallows)
      state[0] = Value::none();
  }
  stack.insert(stack.end(), state.begin(), state.end());
  return Ending::Reached;
}

} // namespace fraglint
