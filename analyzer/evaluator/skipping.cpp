#include "evaluator/interpreter.h"
#include "evaluator/text_data.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"

namespace fraglint {

// What is not followed: nothing is known of what it asks for, nor of what it binds.

namespace {

constexpr llvm::StringLiteral kNestedTests = "tests that are not known are nested too deeply here";
constexpr llvm::StringLiteral kRecursion = "how often a function calls itself is not known";

bool mayJump(Op op) {
  switch (op) {
  case Op::Jump:
  case Op::PopJumpIfTrue:
  case Op::PopJumpIfFalse:
  case Op::JumpIfTrueOrPop:
  case Op::JumpIfFalseOrPop:
  case Op::UnwindJump:
  case Op::PopExceptJump:
    return true;
  default:
    return false;
  }
}

/// Whether an instruction by itself can ask for something.
bool mayAsk(Op op) {
  if (mayJump(op))
    return false;
  switch (op) {
  case Op::LoadConstant:
  case Op::LoadNull:
  case Op::LoadLocal:
  case Op::StoreLocal:
  case Op::DeleteLocal:
  case Op::LoadCell:
  case Op::StoreCell:
  case Op::DeleteCell:
  case Op::LoadName:
  case Op::LoadGlobal:
  case Op::Duplicate:
  case Op::DuplicateTwo:
  case Op::Pop:
  case Op::RotateTwo:
  case Op::RotateThree:
  case Op::PassStart:
  case Op::Return:
    return false;
  default:
    return true;
  }
}

/// Where what is run from `at` on may go back to: the head of the outermost loop around it.
uint32_t firstBefore(const Code &code, uint32_t at) {
  for (bool isMoving = true; isMoving;) {
    isMoving = false;
    for (size_t i = at; i < code.instructions.size(); ++i) {
      const Instruction &instruction = code.instructions[i];
      if (!mayJump(instruction.op) || static_cast<uint32_t>(instruction.a) >= at)
        continue;
      at = static_cast<uint32_t>(instruction.a);
      isMoving = true;
    }
  }
  return at;
}

/// Functions that operators, loops and the like call: `__getitem__`, `__iter__`.
void findSpecial(const Code &code, llvm::SmallVectorImpl<const Code *> &found) {
  constexpr llvm::StringLiteral kOfObjects[] = {"__init__", "__new__", "__del__"};
  for (const auto &child : code.children) {
    llvm::StringRef name = child->name;
    if (code.kind == CodeKind::Class && name.starts_with("__") && name.ends_with("__") &&
        !llvm::is_contained(kOfObjects, name))
      found.push_back(child.get());
    findSpecial(*child, found);
  }
}

/// Functions of that name, methods too.
void findFunctions(const Code &code, llvm::StringRef name,
                   llvm::SmallVectorImpl<const Code *> &found) {
  for (const auto &child : code.children) {
    if (child->name == name)
      found.push_back(child.get());
    findFunctions(*child, name, found);
  }
}

/// Whether a function, or one that it names, may change what was there before it was called.
bool mayChangeOthers(const Code &code, llvm::function_ref<void(llvm::StringRef)> name) {
  constexpr llvm::StringLiteral kChanging[] = {
      "add",      "append", "appendleft", "clear", "difference_update", "discard",
      "extend",   "insert", "next",       "pop",   "popitem",           "popleft",
      "readinto", "remove", "reverse",    "send",  "setattr",           "setdefault",
      "sort",     "throw",  "update",     "write"};
  for (const Instruction &one : code.instructions)
    switch (one.op) {
    case Op::StoreGlobal:
    case Op::DeleteGlobal:
    case Op::StoreCell:
    case Op::DeleteCell:
    case Op::StoreAttribute:
    case Op::DeleteAttribute:
    case Op::StoreSubscript:
    case Op::DeleteSubscript:
      return true;
    case Op::Binary:
      if (one.b)
        return true;
      break;
    case Op::LoadName:
    case Op::LoadGlobal:
    case Op::LoadMethod:
    case Op::LoadAttribute: {
      llvm::StringRef used = code.names[static_cast<size_t>(one.a)];
      if (llvm::is_contained(kChanging, used))
        return true;
      name(used);
      break;
    }
    default:
      break;
    }
  return false;
}

} // namespace

/// Instructions of the frame from `begin` on.
void Interpreter::skip(Frame &frame, uint32_t begin, uint32_t end) {
  const Code &code = *frame.code;
  skipCode(code, begin, end, kNestedTests);
  end = std::min<uint32_t>(end, static_cast<uint32_t>(code.instructions.size()));
  ++uncertainty_;
  for (uint32_t at = begin; at < end; ++at) {
    const Instruction &instruction = code.instructions[at];
    auto index = static_cast<size_t>(instruction.a);
    if (instruction.op == Op::StoreLocal)
      frame.locals[index] = unknown(kNestedTests);
    else if (instruction.op == Op::StoreGlobal || (instruction.op == Op::StoreName && !frame.body))
      storeGlobal(frame, code.names[index], unknown(kNestedTests));
    else if (instruction.op == Op::Return)
      frame.mayReturn = join(frame.mayReturn, unknown(kNestedTests));
  }
  --uncertainty_;
}

/// The same without what they bind, with all functions that they may call.
void Interpreter::skipCode(const Code &code, uint32_t begin, uint32_t end, llvm::StringRef reason) {
  noteGap(reason);
  Frame place;
  place.code = &code;
  frames_.push_back(&place);
  end = std::min<uint32_t>(end, static_cast<uint32_t>(code.instructions.size()));
  llvm::SmallVector<const Code *, 8> called;
  SyntaxNode last;
  for (uint32_t at = begin; at < end; ++at) {
    const Instruction &instruction = code.instructions[at];
    auto index = static_cast<size_t>(instruction.a);
    if (instruction.op == Op::MakeFunction)
      called.push_back(code.children[index].get());
    if (instruction.op == Op::LoadName || instruction.op == Op::LoadGlobal ||
        instruction.op == Op::LoadMethod || instruction.op == Op::LoadAttribute)
      for (const auto &[file, module] : modules_)
        findFunctions(*file, code.names[index], called);
    place.pc = at + 1;
    if (!mayAsk(instruction.op) || site() == last || asked_.contains(site().ordinal()))
      continue;
    last = site();
    noteUnknownCost(reason);
  }
  frames_.pop_back();
  for (const auto &[file, module] : modules_)
    if (skipped_.insert(file).second) // whose own body is none of a function
      findSpecial(*file, called);
  for (const Code *one : called)
    skipFunction(*one, reason);
}

/// All of a function, once.
void Interpreter::skipFunction(const Code &code, llvm::StringRef reason) {
  if (skipped_.insert(&code).second)
    skipCode(code, 0, ~0U, reason);
}

/// What runs where something is done with `value` that is not followed: the function, or whatever
/// an object of the program, or of a class of it, can do.
void Interpreter::skipValue(Value value, llvm::StringRef reason) {
  if (const auto *function = heap_.get<FunctionObject>(value))
    return skipFunction(*function->code, reason);
  if (const auto *method = heap_.get<BoundMethodObject>(value))
    return skipValue(method->function, reason);
  if (const auto *generator = heap_.get<GeneratorObject>(value)) {
    if (!generator->isOver())
      skipFunction(*generator->code, reason);
    return;
  }
  if (const auto *wrapper = heap_.get<WrapperObject>(value)) {
    for (Value one : {wrapper->get, wrapper->set, wrapper->del})
      skipValue(one, reason);
    return;
  }
  if (const auto *instance = heap_.get<InstanceObject>(value))
    return skipValue(Value::object(instance->type), reason);
  const auto *type = heap_.get<ClassObject>(value);
  if (!type || type->isNative)
    return;
  for (const MapTable::Slot &slot : type->members.slots)
    if (!slot.key.isUnbound() && !heap_.get<ClassObject>(slot.value))
      skipValue(slot.value, reason);
  for (ObjectId base : type->bases)
    skipValue(Value::object(base), reason);
}

/// What may run where a function is called of which nothing is known: any that is held by something
/// else than its name.
void Interpreter::skipHeldFunctions(llvm::StringRef reason) {
  // All objects now and then, as they become more; the new ones each time.
  size_t first = heap_.size() > 2 * heldFunctionsOfAll_ ? 1 : heldFunctionsOf_;
  if (first == 1)
    heldFunctionsOfAll_ = heap_.size();
  heldFunctionsOf_ = heap_.size();
  llvm::SmallVector<Value, 8> functions;
  auto take = [&](Value value) {
    const auto *function = heap_.get<FunctionObject>(value);
    if (function && function->code->kind != CodeKind::Class && !skipped_.contains(function->code))
      functions.push_back(value);
  };
  ObjectVisitor visitor{take, [](const Run &) {}, take};
  for (auto id = static_cast<ObjectId>(first); id < heap_.size(); ++id) {
    const Object &holder = heap_[id];
    if (holder.kind != ObjectKind::Module && holder.kind != ObjectKind::Class &&
        holder.kind != ObjectKind::Wrapper)
      holder.visit(visitor);
  }
  for (Value function : functions)
    skipValue(function, reason);
}

/// The same of a method of an object of which nothing is known.
void Interpreter::skipMethods(llvm::StringRef name, llvm::StringRef reason) {
  llvm::SmallVector<const Code *, 8> found;
  for (const auto &[file, module] : modules_)
    findFunctions(*file, name, found);
  for (const Code *one : found)
    if (one->parent && one->parent->kind == CodeKind::Class)
      skipFunction(*one, reason);
}

/// All that may still run is not known. Each frame goes on, and comes round again in the loops that
/// it is in; so do generators that wait and what others may call.
void Interpreter::skipRest(llvm::StringRef reason) {
  noteGap(reason);
  // What has asked before goes on to do so: only what was never come to is not known at all.
  asked_.clear();
  for (const HeapEvent &event : log_.events)
    if (event.site)
      asked_.insert(event.site.ordinal());
  auto forget = llvm::make_scope_exit([this] { asked_.clear(); });
  std::vector<Frame *> frames = frames_;
  for (const Frame *frame : llvm::reverse(frames)) {
    uint32_t begin = firstBefore(*frame->code, frame->pc);
    uint32_t &from = restsSkipped_.try_emplace(frame->code, ~0U).first->second;
    if (begin < from) {
      uint32_t end = std::exchange(from, begin);
      skipCode(*frame->code, begin, end, reason);
    }
  }
  if (std::exchange(hasSkippedOthers_, true))
    return;
  for (const Callback &callback : callbacks_)
    skipValue(callback.function, reason);
  for (ObjectId id = 1; id < heap_.size(); ++id)
    if (heap_.get<GeneratorObject>(Value::object(id)))
      skipValue(Value::object(id), reason);
}

/// The evaluation ends here. Always false.
bool Interpreter::giveUp(llvm::StringRef reason) {
  skipRest(reason);
  isStopped_ = true;
  return false;
}

/// Whether what is known of `value` is known of `general`, too.
bool Interpreter::covers(Value general, Value value) const {
  if (general == value)
    return true;
  if (typeName(general) != typeName(value))
    return false;
  auto isWithin = [](Interval one, Interval other) {
    return one.lo >= other.lo && one.hi <= other.hi;
  };
  std::optional<TextOperand> text = textOperand(*this, general), other = textOperand(*this, value);
  if (text && other)
    return !text->isKnown && isWithin(other->length, text->length);
  const auto *abstract = heap_.get<AbstractObject>(general);
  if (std::optional<int64_t> number = intOf(value); abstract && number)
    return isWithin(Interval::exactly(*number), abstract->number);
  const auto *otherAbstract = heap_.get<AbstractObject>(value);
  if (abstract && otherAbstract)
    return isWithin(otherAbstract->number, abstract->number) &&
           isWithin(otherAbstract->length, abstract->length) && abstract->alternatives.empty();
  const auto *list = heap_.get<ListObject>(general), *otherList = heap_.get<ListObject>(value);
  return list && otherList && !list->isKnown && isWithin(otherList->length, list->length);
}

/// Whether a function that may be called is under way, called with what is no less general: what it
/// asks for has been seen. But not how often, nor what it changes outside of its frame each time:
/// the rest of the program runs with that. Where it is not, but is deep in itself, it is not
/// followed.
bool Interpreter::isRecursion(const Code &code, llvm::ArrayRef<Value> arguments) {
  constexpr unsigned kMostCalls = 6, kMostGenerators = 10;
  if (uncertainty_ == 0)
    return false;
  unsigned calls = 0;
  for (const Frame *frame : llvm::reverse(frames_)) {
    if (frame->code != &code)
      continue;
    bool isCovered = llvm::equal(frame->arguments, arguments, [this](Value general, Value value) {
      return covers(general, value);
    });
    if (isCovered || ++calls == (code.isGenerator ? kMostGenerators : kMostCalls)) {
      if (!isCovered)
        skipFunction(code, kNestedTests);
      // The calls from there to here come again, any number of times, with all that they name.
      llvm::SmallVector<const Code *, 8> comes;
      for (const Frame *under : llvm::reverse(frames_)) {
        comes.push_back(under->code);
        if (under == frame)
          break;
      }
      for (size_t i = 0; i < comes.size(); ++i) {
        llvm::SmallVector<const Code *, 8> named;
        bool changes = mayChangeOthers(*comes[i], [&](llvm::StringRef name) {
          for (const auto &[file, module] : modules_)
            findFunctions(*file, name, named);
        });
        for (const auto &child : comes[i]->children)
          named.push_back(child.get());
        for (const Code *each : named)
          if (!llvm::is_contained(comes, each))
            comes.push_back(each);
        if (!changes)
          continue;
        skipFunction(code, kRecursion);
        skipRest(kRecursion);
        break;
      }
      return true;
    }
  }
  return false;
}

} // namespace fraglint
