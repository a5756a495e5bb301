#include "evaluator/containers.h"
#include "evaluator/interpreter.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

Value pop(Frame &frame) {
  Value value = frame.stack.back();
  frame.stack.pop_back();
  return value;
}

Value &top(Frame &frame, size_t depth = 0) { return frame.stack[frame.stack.size() - 1 - depth]; }

} // namespace

/// Source: py/vm.c. One of an array does not lie there.
bool Interpreter::takesSliceFromStack(const Frame &frame, Value base) const {
  Op next = frame.code->instructions[frame.pc].op;
  if (!profile_.traits.keepsSlicesOnStack ||
      (next != Op::LoadSubscript && next != Op::StoreSubscript))
    return false;
  if (const auto *abstract = heap_.get<AbstractObject>(base))
    return abstract->type == "bytearray" || abstract->type == "memoryview";
  return heap_.get<ByteArrayObject>(base) || heap_.get<MemoryViewObject>(base);
}

/// One instruction. Ending::Reached: go on.
Ending Interpreter::step(Frame &frame, const Instruction &instruction, const Region &region,
                         Value &result) {
  auto name = [&]() -> llvm::StringRef {
    return frame.code->names[static_cast<size_t>(instruction.a)];
  };
  auto local = [&]() -> Value & { return frame.locals[static_cast<size_t>(instruction.a)]; };
  auto push = [&](std::optional<Value> value) {
    if (isStopped_)
      return Ending::Stopped;
    if (!value)
      return Ending::Raised;
    frame.stack.push_back(*value);
    return Ending::Reached;
  };
  /// The operands stay on the stack, where a collection sees them, until the operation is over.
  auto replace = [&](size_t count, std::optional<Value> value) {
    if (isStopped_)
      return Ending::Stopped;
    if (!value)
      return Ending::Raised;
    frame.stack.resize(frame.stack.size() - count);
    frame.stack.push_back(*value);
    return Ending::Reached;
  };
  auto drop = [&](size_t count, bool isDone) {
    if (isStopped_)
      return Ending::Stopped;
    if (!isDone)
      return Ending::Raised;
    frame.stack.resize(frame.stack.size() - count);
    return Ending::Reached;
  };

  switch (instruction.op) {
  case Op::LoadConstant:
    return push((*frame.constants)[static_cast<size_t>(instruction.a)]);
  case Op::LoadNull:
    return push(Value());
  case Op::LoadLocal:
    if (local().isUnbound())
      return raise("NameError", "local variable referenced before assignment"), Ending::Raised;
    return push(local());
  case Op::StoreLocal:
    local() = pop(frame);
    return Ending::Reached;
  case Op::DeleteLocal:
    if (local().isUnbound())
      return raise("NameError", "local variable referenced before assignment"), Ending::Raised;
    local() = {};
    return Ending::Reached;
  case Op::LoadCell: {
    const auto *cell = heap_.get<CellObject>(local());
    if (!cell || cell->content.isUnbound())
      return raise("NameError", "local variable referenced before assignment"), Ending::Raised;
    return push(cell->content);
  }
  case Op::StoreCell:
    if (auto *cell = heap_.change<CellObject>(local()))
      cell->content = pop(frame);
    else
      local() = pop(frame);
    return Ending::Reached;
  case Op::DeleteCell: {
    auto *cell = heap_.change<CellObject>(local());
    if (!cell || cell->content.isUnbound())
      return raise("NameError", "local variable referenced before assignment"), Ending::Raised;
    cell->content = {};
    return Ending::Reached;
  }
  case Op::LoadName:
    if (frame.body) {
      const auto &body = llvm::cast<ClassObject>(heap_[frame.body]);
      std::optional<const MapTable::Slot *> slot =
          findInTable(*this, body.members, this->name(name()));
      if (slot && *slot)
        return push((*slot)->value);
    }
    return push(loadGlobal(frame, name()));
  case Op::LoadGlobal:
    return push(loadGlobal(frame, name()));
  case Op::StoreName:
    if (frame.body) {
      auto &body = static_cast<ClassObject &>(heap_.change(frame.body));
      return drop(1, storeInTable(*this, body.members, this->name(name()), top(frame)));
    }
    return drop(1, storeGlobal(frame, name(), top(frame)));
  case Op::StoreGlobal:
    return drop(1, storeGlobal(frame, name(), top(frame)));
  case Op::DeleteName:
  case Op::DeleteGlobal: {
    MapTable &table = frame.body ? static_cast<ClassObject &>(heap_.change(frame.body)).members
                                 : static_cast<ModuleObject &>(heap_.change(frame.globals)).globals;
    std::optional<Value> removed = removeFromTable(*this, table, this->name(name()));
    if (removed && removed->isUnbound() && !isUncertain())
      return raise("NameError", "name '" + name() + "' isn't defined"), Ending::Raised;
    return removed ? Ending::Reached : Ending::Raised;
  }
  case Op::LoadAttribute:
    return replace(1, loadAttribute(top(frame), name()));
  case Op::StoreAttribute:
    return drop(2, storeAttribute(top(frame), name(), top(frame, 1)));
  case Op::DeleteAttribute: // below the object lies nothing
    return drop(2, storeAttribute(top(frame), name(), {}));
  case Op::LoadMethod:
  case Op::LoadSuperMethod: {
    std::optional<Value> done =
        loadMethod(frame, instruction, instruction.op == Op::LoadSuperMethod);
    return isStopped_ ? Ending::Stopped : done ? Ending::Reached : Ending::Raised;
  }
  case Op::LoadSubscript:
    return replace(2, loadSubscript(top(frame, 1), top(frame)));
  case Op::StoreSubscript:
    return drop(3, storeSubscript(top(frame, 1), top(frame), top(frame, 2)));
  case Op::DeleteSubscript:
    return drop(3, deleteSubscript(top(frame, 1), top(frame)));
  case Op::Duplicate: {
    Value again = top(frame); // no reference into what becomes longer
    frame.stack.push_back(again);
    return Ending::Reached;
  }
  case Op::DuplicateTwo: {
    Value below = top(frame, 1), above = top(frame);
    frame.stack.push_back(below);
    frame.stack.push_back(above);
    return Ending::Reached;
  }
  case Op::Pop:
    frame.stack.pop_back();
    return Ending::Reached;
  case Op::RotateTwo:
    std::swap(top(frame), top(frame, 1));
    return Ending::Reached;
  case Op::RotateThree: {
    Value first = pop(frame);
    frame.stack.insert(frame.stack.end() - 2, first);
    return Ending::Reached;
  }
  case Op::PassStart:
    return startPass(frame, instruction, region, result);
  case Op::Jump:
    return jump(frame, static_cast<uint32_t>(instruction.a), region);
  case Op::PopJumpIfTrue:
  case Op::PopJumpIfFalse:
  case Op::JumpIfTrueOrPop:
  case Op::JumpIfFalseOrPop: {
    bool pops = instruction.op == Op::PopJumpIfTrue || instruction.op == Op::PopJumpIfFalse;
    bool onTrue = instruction.op == Op::PopJumpIfTrue || instruction.op == Op::JumpIfTrueOrPop;
    auto target = static_cast<uint32_t>(instruction.a);
    Value condition = top(frame);
    if (!askTruths(condition))
      return Ending::Raised;
    if (isUndecided(condition)) {
      uint32_t here = frame.pc - 1;
      uint32_t next = frame.pc;
      if (pops) {
        frame.stack.pop_back();
        for (const WhileLoop &loop : frame.code->loops)
          if (here >= loop.condition && here < loop.behind)
            return repeatWhile(frame, loop, target, region, result);
        // The condition of a comprehension goes back to its head.
        bool isCondition =
            frame.code->kind != CodeKind::Module && frame.code->kind != CodeKind::Function &&
            frame.code->kind != CodeKind::Lambda && frame.code->kind != CodeKind::Class;
        if (target <= here && isCondition)
          return branch(frame, target, next, target, region, result);
        if (target <= here)
          return repeat(frame, here, target, next, region, result);
        return branch(frame, target, next, frame.code->joins[here], region, result);
      }
      return branchKeeping(frame, target, next, frame.code->joins[here], result);
    }
    std::optional<bool> isTrue = truth(condition);
    if (!isTrue)
      return Ending::Raised;
    bool jumps = *isTrue == onTrue;
    if (pops || !jumps)
      frame.stack.pop_back();
    return jumps ? jump(frame, target, region) : Ending::Reached;
  }
  case Op::UnwindJump:
    return leaveBlocks(frame, static_cast<uint32_t>(instruction.a),
                       static_cast<unsigned>(instruction.b), frame.code->heights[frame.pc - 1],
                       region);
  case Op::SetUpExcept:
  case Op::SetUpFinally: {
    Handler handler;
    handler.kind =
        instruction.op == Op::SetUpExcept ? Handler::Kind::Except : Handler::Kind::Finally;
    handler.begin = frame.pc - 1;
    handler.at = static_cast<uint32_t>(instruction.a);
    if (instruction.op == Op::SetUpExcept)
      handler.end = frame.code->joins[handler.begin];
    handler.height = static_cast<uint32_t>(frame.stack.size());
    frame.handlers.push_back(handler);
    return Ending::Reached;
  }
  case Op::SetUpWith: {
    Value manager = top(frame);
    Attribute exit = findAttribute(manager, "__exit__");
    if (!raised_.isUnbound())
      return Ending::Raised;
    if (exit.value.isUnbound() && !isAbstract(manager) && !heap_.get<OpaqueObject>(manager))
      return raise("AttributeError",
                   "'" + typeName(manager) + "' object has no attribute '__exit__'"),
             Ending::Raised;
    if (exit.value.isUnbound())
      exit.value = unknown("what this does at the end of `with` is not known");
    Attribute enter = findAttribute(manager, "__enter__");
    std::optional<Value> value = manager;
    if (!enter.value.isUnbound() && (!isAbstract(enter.value) || !waysOf(enter.value).empty()))
      value = enter.self.isUnbound() ? call(enter.value, {}) : call(enter.value, {enter.self});
    if (!value)
      return Ending::Raised;
    frame.stack.pop_back();
    frame.stack.push_back(exit.value);
    frame.stack.push_back(exit.self);
    Handler handler;
    handler.kind = Handler::Kind::With;
    handler.at = static_cast<uint32_t>(instruction.a);
    handler.height = static_cast<uint32_t>(frame.stack.size());
    frame.handlers.push_back(handler);
    frame.stack.push_back(*value);
    return Ending::Reached;
  }
  case Op::WithCleanup:
    return withCleanup(frame);
  case Op::LoadExit: {
    Value manager = frame.stack[frame.handlers.back().height - 1], why = top(frame);
    Attribute exit = findAttribute(manager, "__aexit__");
    if (!raised_.isUnbound())
      return Ending::Raised;
    if (exit.value.isUnbound())
      return raise("AttributeError",
                   "'" + typeName(manager) + "' object has no attribute '__aexit__'"),
             Ending::Raised;
    bool isException = why.isObject();
    Value type = isException ? typeOf(why) : Value::none();
    frame.stack.insert(frame.stack.end(), {exit.value, exit.self, type,
                                           isException ? why : Value::none(), Value::none()});
    return Ending::Reached;
  }
  case Op::EndExit: {
    Value answer = pop(frame);
    if (!top(frame).isObject() || isUndecided(answer))
      return Ending::Reached;
    std::optional<bool> swallows = truth(answer);
    if (swallows && *swallows)
      top(frame) = Value::none();
    return swallows ? Ending::Reached : Ending::Raised;
  }
  case Op::EndFinally:
    return endFinally(frame, region, result);
  case Op::PopExceptJump: {
    if (!frame.handlers.empty()) {
      if (frame.handlers.back().isActive && !frame.caught.empty())
        frame.caught.pop_back();
      frame.handlers.pop_back();
    }
    uint32_t target = static_cast<uint32_t>(instruction.a);
    bool isOutside = frame.pc <= region.begin || frame.pc > region.end;
    frame.pc = target;
    return isOutside && target != region.stop && region.stop != ~0U ? Ending::Left
                                                                    : Ending::Reached;
  }
  case Op::GetIterator:
    return replace(1, iterator(top(frame), /*isOnHeap=*/true));
  case Op::GetIteratorOnStack: {
    Ending ending = replace(1, iterator(top(frame), /*isOnHeap=*/false));
    if (ending == Ending::Reached)
      frame.stack.insert(frame.stack.end(), 3, Value());
    return ending;
  }
  case Op::ForIterator: {
    // Comprehensions that are generators have nothing below their iterator: it is the second place.
    Value iterating = top(frame, 3).isUnbound() ? top(frame, 2) : top(frame, 3);
    uint32_t here = frame.pc - 1;
    auto end = static_cast<uint32_t>(instruction.a);
    const auto *steps = heap_.get<IteratorObject>(iterating);
    bool isUnknown = isAbstract(iterating) || (steps && mayEndAnywhere(*steps));
    if (isUnknown)
      return repeatIteration(frame, here, end, iterating, {}, region, result);
    if (goesOnWithGenerator(*this, iterating) && isLong(frame))
      return repeatIteration(frame, here, end, iterating, {}, region, result);
    if (steps && steps->position == 0 && collectsInAnyOrder(*frame.code, iterating))
      beginWalk(frame.walk, iterating);
    else
      noteStep(frame.walk);
    std::optional<Value> item = next(iterating, Asks::ForOne);
    if (isStopped_)
      return Ending::Stopped;
    if (!item)
      return Ending::Raised;
    if (item->isUnbound()) {
      if (frame.walk.isUnderWay && !endWalkOf(frame))
        return Ending::Stopped;
      frame.stack.resize(frame.stack.size() - 4);
      return jump(frame, end, region);
    }
    if (mayBeOver(*this, iterating))
      return repeatIteration(frame, here, end, iterating, *item, region, result);
    frame.stack.push_back(*item);
    return Ending::Reached;
  }
  case Op::Unary:
    return replace(1, unary(static_cast<UnaryOperator>(instruction.a), top(frame)));
  case Op::Binary: {
    auto op = static_cast<BinaryOperator>(instruction.a);
    if (feedsItself(op, top(frame, 1), top(frame)))
      noteUnknownCost("this number has more digits after each pass");
    return replace(2, binary(op, top(frame, 1), top(frame), instruction.b != 0));
  }
  case Op::Compare:
    noteBound(top(frame));
    return replace(2,
                   compare(static_cast<CompareOperator>(instruction.a), top(frame, 1), top(frame)));
  case Op::ExceptionMatch:
    if (isAbstract(top(frame, 1)))
      return replace(2, mayMatch(top(frame, 1), top(frame))
                            ? abstractInt({0, 1}, "what is raised is not known")
                            : Value::boolean(false));
    return replace(2, Value::boolean(matchesException(top(frame, 1), top(frame))));
  case Op::BuildTuple: {
    auto count = static_cast<size_t>(instruction.a);
    llvm::ArrayRef<Value> items(frame.stack.data() + frame.stack.size() - count, count);
    return replace(count, tuple(items));
  }
  case Op::BuildList: {
    auto count = static_cast<size_t>(instruction.a);
    llvm::ArrayRef<Value> items(frame.stack.data() + frame.stack.size() - count, count);
    return replace(count, list(items));
  }
  case Op::BuildSet: {
    auto count = static_cast<size_t>(instruction.a);
    Value made = newSet(*this, instruction.a);
    held_.push_back(made);
    for (size_t i = 0; i < count; ++i)
      if (!addToSet(*this, made, top(frame, count - 1 - i)))
        return Ending::Raised;
    return replace(count, made);
  }
  case Op::BuildMap:
    return push(newDict(*this, instruction.a));
  case Op::StoreMap: // dict, value, key
    return drop(2, storeInDict(*this, top(frame, 2), top(frame), top(frame, 1)));
  case Op::BuildSlice: {
    bool hasStep = instruction.a == 3;
    SliceObject &slice = heap_.make<SliceObject>();
    slice.step = hasStep ? top(frame) : Value::none();
    slice.stop = top(frame, hasStep ? 1 : 0);
    slice.start = top(frame, hasStep ? 2 : 1);
    Value made = Value::object(slice.id);
    if (!takesSliceFromStack(frame, top(frame, hasStep ? 3 : 2)))
      allocate(slice, 4);
    return replace(hasStep ? 3 : 2, made);
  }
  case Op::StoreComprehension: {
    Value collection = top(frame, static_cast<size_t>(instruction.b) - 0);
    if (instruction.a == 0) {
      appendToList(*this, collection, top(frame));
      return drop(1, raised_.isUnbound());
    }
    if (instruction.a == 1)
      return drop(2, storeInDict(*this, collection, top(frame), top(frame, 1)));
    return drop(1, addToSet(*this, collection, top(frame)));
  }
  case Op::UnpackSequence:
    return unpack(frame, instruction.a, 0, false) ? Ending::Reached : Ending::Raised;
  case Op::UnpackWithStar:
    return unpack(frame, instruction.a, instruction.b, true) ? Ending::Reached : Ending::Raised;
  case Op::MakeFunction:
    return makeFunction(frame, instruction) ? Ending::Reached : Ending::Raised;
  case Op::CallFunction:
  case Op::CallMethod: {
    bool isMethod = instruction.op == Op::CallMethod;
    size_t count = static_cast<size_t>(instruction.a + 2 * instruction.b) + (isMethod ? 2 : 1);
    return replace(count, callPlain(frame, instruction, isMethod));
  }
  case Op::CallStarred:
  case Op::CallMethodStarred: {
    bool isMethod = instruction.op == Op::CallMethodStarred;
    size_t count = static_cast<size_t>(instruction.a + 2 * instruction.b) + (isMethod ? 3 : 2);
    return replace(count, callStarred(frame, instruction, isMethod));
  }
  case Op::LoadBuildClass:
    return push(Value::none()); // CallFunction tells by the code that it is given
  case Op::Return:
    return returnFrom(frame, pop(frame), result);
  case Op::Raise: {
    if (instruction.a == 0) {
      Value again;
      for (Value caught : llvm::reverse(frame.caught))
        if (caught.isObject()) {
          again = caught;
          break;
        }
      if (again.isUnbound())
        return raise("RuntimeError", "no active exception to reraise"), Ending::Raised;
      raised_ = again;
      return Ending::Raised;
    }
    Value value = top(frame, instruction.a == 2 ? 1 : 0);
    if (heap_.get<ClassObject>(value)) {
      std::optional<Value> made = call(value, {});
      if (!made)
        return Ending::Raised;
      value = *made;
    }
    raise(value);
    return Ending::Raised;
  }
  case Op::Yield:
    if (goesOnAtOnce(frame, region)) {
      frame.hasPassedOver = true;
      top(frame) = unknown("what is sent to a generator is not known here");
      return Ending::Reached;
    }
    result = pop(frame);
    return Ending::Yielded;
  case Op::YieldFrom: {
    Value sent = top(frame), source = top(frame, 1);
    std::optional<Value> item;
    const auto *steps = heap_.get<IteratorObject>(source);
    bool isUnknown =
        waysOf(source).empty() && (isAbstract(source) || (steps && mayEndAnywhere(*steps)));
    Value over; // what it returns on ways on which it is over
    if (source.isUnbound()) {
      over = unknown("what is awaited is not known");
      item = Value();
    } else if (!isUnknown) {
      item = delegate(source, sent, over);
    } else if (frame.code->isAsync) {
      item = Value::none(); // others run at least once
      top(frame, 1) = Value();
    } else {
      over = unknown("what this gives at its end is not known");
      item =
          steps ? anyItemOf(*this, steps->sources[0]) : unknown("what this goes over is not known");
    }
    if (isStopped_)
      return Ending::Stopped;
    if (!item)
      return Ending::Raised;
    frame.stack.pop_back(); // what is sent next takes its place
    if (item->isUnbound()) {
      top(frame) = over;
      return Ending::Reached;
    }
    if (goesOnAtOnce(frame, region))
      return delegateAll(frame, result);
    --frame.pc;
    result = *item;
    if (over.isUnbound())
      return Ending::Yielded;
    waitAndGoOn(frame, *item, over);
    return Ending::Reached;
  }
  case Op::ImportName: {
    std::optional<Value> module = importModule(frame, name(), top(frame));
    return replace(2, module);
  }
  case Op::ImportFrom: {
    std::optional<Value> found = importFrom(frame, instruction);
    return found ? push(*found) : isStopped_ ? Ending::Stopped : Ending::Raised;
  }
  case Op::ImportStar: {
    std::optional<Value> done = importStar(frame, top(frame));
    return drop(1, done.has_value());
  }
  case Op::Unknown: {
    noteGap(name());
    noteUnknownCost(name());
    if (instruction.b > 0)
      frame.stack.push_back(unknown(name()));
    for (int32_t i = instruction.b; i < 0; ++i)
      frame.stack.pop_back();
    return Ending::Reached;
  }
  }
  return Ending::Reached;
}

} // namespace fraglint
