#include "evaluator/containers.h"
#include "evaluator/interpreter.h"
#include "evaluator/operations.h"
#include "evaluator/text_data.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

// What a test says of the variable that it looks at, on each of the two ways from it.

namespace {

bool loadsVariable(Op op) {
  return op == Op::LoadLocal || op == Op::LoadCell || op == Op::LoadName || op == Op::LoadGlobal;
}

bool isJump(Op op) {
  switch (op) {
  case Op::Jump:
  case Op::PopJumpIfTrue:
  case Op::PopJumpIfFalse:
  case Op::JumpIfTrueOrPop:
  case Op::JumpIfFalseOrPop:
  case Op::PopExceptJump:
  case Op::UnwindJump:
  case Op::ForIterator:
    return true;
  default:
    return false;
  }
}

/// Whether another way leads to behind the first of these instructions.
bool isEntered(const Code &code, uint32_t first, uint32_t last) {
  return llvm::any_of(code.instructions, [&](const Instruction &one) {
    auto target = static_cast<uint32_t>(one.a);
    return isJump(one.op) && target > first && target <= last;
  });
}

CompareOperator inverse(CompareOperator op) {
  switch (op) {
  case CompareOperator::Less:
    return CompareOperator::GreaterEqual;
  case CompareOperator::LessEqual:
    return CompareOperator::Greater;
  case CompareOperator::Greater:
    return CompareOperator::LessEqual;
  case CompareOperator::GreaterEqual:
    return CompareOperator::Less;
  case CompareOperator::Equal:
    return CompareOperator::NotEqual;
  case CompareOperator::NotEqual:
    return CompareOperator::Equal;
  case CompareOperator::Is:
    return CompareOperator::IsNot;
  case CompareOperator::IsNot:
    return CompareOperator::Is;
  default:
    return op;
  }
}

/// `number` where the comparison holds; as it is where it cannot.
Interval within(Interval number, CompareOperator op, Interval other) {
  // Of the numbers beside a bound: none is beyond the last that a bound can be.
  const Interval one = Interval::exactly(1);
  Interval result = number;
  switch (op) {
  case CompareOperator::Less:
    result.hi = std::min(result.hi, (other - one).hi);
    break;
  case CompareOperator::LessEqual:
    result.hi = std::min(result.hi, other.hi);
    break;
  case CompareOperator::Greater:
    result.lo = std::max(result.lo, (other + one).lo);
    break;
  case CompareOperator::GreaterEqual:
    result.lo = std::max(result.lo, other.lo);
    break;
  case CompareOperator::Equal:
    result = {std::max(number.lo, other.lo), std::min(number.hi, other.hi)};
    break;
  case CompareOperator::NotEqual:
    if (other.isExact() && number.lo == other.lo)
      result.lo = std::max(number.lo, (number + one).lo);
    if (other.isExact() && number.hi == other.lo)
      result.hi = std::min(number.hi, (number - one).hi);
    break;
  default:
    break;
  }
  return result.lo <= result.hi ? result : number;
}

} // namespace

/// What the jump at `jump` tests, where that is a variable.
std::optional<Interpreter::Tested> Interpreter::testedBefore(const Frame &frame, uint32_t jump) {
  const Code &code = *frame.code;
  Tested tested;
  uint32_t at = jump; // what is before it is looked at
  auto before = [&]() -> const Instruction * {
    return at > 0 ? &code.instructions[at - 1] : nullptr;
  };
  const Instruction *last = before();
  if (last && last->op == Op::Unary && static_cast<UnaryOperator>(last->a) == UnaryOperator::Not) {
    tested.isNegated = true;
    --at;
    last = before();
  }
  if (last && last->op == Op::Compare) {
    tested.looks = Tested::Looks::Value;
    tested.op = static_cast<CompareOperator>(last->a);
    --at;
    const Instruction *right = before();
    if (!right)
      return std::nullopt;
    if (right->op == Op::LoadConstant) {
      tested.other = (*frame.constants)[static_cast<size_t>(right->a)];
    } else if (loadsVariable(right->op)) {
      Tested other;
      other.variable = right;
      tested.other = valueOf(frame, other);
    }
    if (tested.other.isUnbound())
      return std::nullopt;
    --at;
    const Instruction *left = before();
    if (left && left->op == Op::CallFunction && left->a == 1 && left->b == 0 && at > 2) {
      const Instruction &callee = code.instructions[at - 3];
      bool isName = callee.op == Op::LoadName || callee.op == Op::LoadGlobal;
      if (!isName || code.names[static_cast<size_t>(callee.a)] != "len")
        return std::nullopt;
      tested.looks = Tested::Looks::Length;
      --at;
    }
  }
  const Instruction *load = before();
  if (load && load->op == Op::LoadAttribute) {
    tested.attribute = load;
    --at;
    load = before();
  }
  if (!load || !loadsVariable(load->op) || isEntered(code, at - 1, jump))
    return std::nullopt;
  tested.variable = load;
  return tested;
}

/// The variable's value; Unbound where that is not known.
Value Interpreter::valueOf(const Frame &frame, const Tested &tested) {
  auto index = static_cast<size_t>(tested.variable->a);
  auto valueIn = [&](const MapTable &table, llvm::StringRef name) {
    Value key = this->name(name);
    for (const MapTable::Slot &slot : table.slots)
      if (slot.key == key && !slot.isDeleted)
        return slot.value;
    return Value();
  };
  Value value;
  switch (tested.variable->op) {
  case Op::LoadLocal:
    value = frame.locals[index];
    break;
  case Op::LoadCell:
    if (const auto *cell = heap_.get<CellObject>(frame.locals[index]))
      value = cell->content;
    break;
  default:
    if (!frame.body)
      value =
          valueIn(llvm::cast<ModuleObject>(heap_[frame.globals]).globals, frame.code->names[index]);
    break;
  }
  if (!tested.attribute)
    return value;
  const auto *instance = heap_.get<InstanceObject>(value);
  return instance ? valueIn(instance->members,
                            frame.code->names[static_cast<size_t>(tested.attribute->a)])
                  : Value();
}

/// Where it stands, to be changed; null where that is not known.
Value *Interpreter::placeOf(Frame &frame, const Tested &tested) {
  auto index = static_cast<size_t>(tested.variable->a);
  auto slotOf = [&](MapTable &table, llvm::StringRef name) -> Value * {
    Value key = this->name(name);
    for (MapTable::Slot &slot : table.slots)
      if (slot.key == key && !slot.isDeleted)
        return &slot.value;
    return nullptr;
  };
  Value *place = nullptr;
  switch (tested.variable->op) {
  case Op::LoadLocal:
    place = &frame.locals[index];
    break;
  case Op::LoadCell:
    if (auto *cell = heap_.change<CellObject>(frame.locals[index]))
      place = &cell->content;
    break;
  default:
    if (!frame.body)
      place = slotOf(static_cast<ModuleObject &>(heap_.change(frame.globals)).globals,
                     frame.code->names[index]);
    break;
  }
  if (!tested.attribute || !place)
    return place;
  auto *instance = heap_.change<InstanceObject>(*place);
  return instance ? slotOf(instance->members,
                           frame.code->names[static_cast<size_t>(tested.attribute->a)])
                  : nullptr;
}

/// On the way where the test is `isTrue`.
void Interpreter::narrow(Frame &frame, const Tested &tested, bool isTrue) {
  Value value = valueOf(frame, tested);
  if (value.isUnbound())
    return;
  bool holds = isTrue != tested.isNegated;
  if (tested.looks == Tested::Looks::Length) {
    Value other = settled(tested.other);
    Interval length = Interval::unknown();
    if (std::optional<int64_t> number = intOf(other))
      length = Interval::exactly(*number);
    else if (const auto *abstract = heap_.get<AbstractObject>(other);
             abstract && abstract->type == "int")
      length = abstract->number;
    return narrowLength(value, fraglint::within(Interval::atLeast(0),
                                                holds ? tested.op : inverse(tested.op), length));
  }
  Value result = narrowed(value, tested, holds);
  if (result == value)
    return;
  if (Value *place = placeOf(frame, tested))
    *place = result;
}

Value Interpreter::narrowed(Value value, const Tested &tested, bool isTrue) {
  const auto *abstract = heap_.get<AbstractObject>(value);
  if (tested.looks == Tested::Looks::Truth) {
    if (!abstract) {
      narrowLength(value, isTrue ? Interval::atLeast(1) : Interval::exactly(0));
      return value;
    }
    if (abstract->type == "int" && !isTrue)
      return Value::integer(0);
    if (!isTrue || abstract->alternatives.empty())
      return value;
  }
  bool isIdentity = tested.op == CompareOperator::Is || tested.op == CompareOperator::IsNot;
  bool isNoneTest =
      tested.looks == Tested::Looks::Value && tested.other.isNone() &&
      (isIdentity || tested.op == CompareOperator::Equal || tested.op == CompareOperator::NotEqual);
  if (isNoneTest) {
    bool isNone =
        isTrue == (tested.op == CompareOperator::Is || tested.op == CompareOperator::Equal);
    if (isNone)
      return Value::none();
  }
  if (!abstract)
    return value;
  if (isNoneTest || tested.looks == Tested::Looks::Truth) {
    llvm::SmallVector<Value, 8> ways = waysOf(value);
    if (ways.empty() || ways.size() == abstract->alternatives.size())
      return value;
    if (ways.size() == 1)
      return ways.front();
    auto copy = std::make_unique<AbstractObject>(*abstract);
    AbstractObject &made = heap_.make<AbstractObject>();
    made.type = typeName(ways.front()).str();
    std::optional<Interval> length;
    for (Value one : ways) {
      if (typeName(one) != made.type)
        made.type.clear();
      Interval ofOne = fraglint::lengthOf(*this, one).value_or(Interval::atLeast(0));
      length = length ? length->hull(ofOne) : ofOne;
    }
    made.length = *length;
    made.reason = copy->reason;
    made.alternatives.assign(ways.begin(), ways.end());
    return Value::object(made.id);
  }
  if (abstract->type != "int")
    return value;
  Interval other = Interval::unknown();
  if (std::optional<int64_t> number = intOf(tested.other))
    other = Interval::exactly(*number);
  else if (const auto *unknownOther = heap_.get<AbstractObject>(tested.other);
           unknownOther && unknownOther->type == "int")
    other = unknownOther->number;
  Interval number = within(abstract->number, isTrue ? tested.op : inverse(tested.op), other);
  if (number == abstract->number)
    return value;
  Run header = abstract->header, data = abstract->data;
  int64_t digits = abstract->digitBytes;
  Value made = abstractInt(number, abstract->reason);
  if (auto *changed = heap_.change<AbstractObject>(made)) {
    changed->header = header;
    changed->data = data;
    changed->digitBytes = digits;
  }
  return made;
}

/// The length of an object is within these bounds.
void Interpreter::narrowLength(Value value, Interval within) {
  auto clamp = [&](Interval length) {
    Interval both{std::max(length.lo, within.lo), std::min(length.hi, within.hi)};
    return both.lo <= both.hi ? both : length;
  };
  if (const auto *list = heap_.get<ListObject>(value); list && !list->isKnown) {
    Interval length = clamp(list->length);
    if (length != list->length)
      heap_.change<ListObject>(value)->length = length;
  } else if (const auto *deque = heap_.get<DequeObject>(value); deque && !deque->isKnown) {
    Interval length = clamp(deque->length);
    if (length != deque->length)
      heap_.change<DequeObject>(value)->length = length;
  } else if (const auto *dict = heap_.get<DictObject>(value)) {
    Interval used = clamp(dict->table.used);
    if (used != dict->table.used)
      heap_.change<DictObject>(value)->table.used = used;
  }
}

} // namespace fraglint
