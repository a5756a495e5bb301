#include "evaluator/interpreter.h"
#include "evaluator/text_data.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

// What is not followed: nothing is known of what it asks for, nor of what it binds.

namespace {

constexpr llvm::StringLiteral kReason = "tests that are not known are nested too deeply here";

/// Whether an instruction by itself can ask for something.
bool mayAsk(Op op) {
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
  case Op::Jump:
  case Op::PopJumpIfTrue:
  case Op::PopJumpIfFalse:
  case Op::JumpIfTrueOrPop:
  case Op::JumpIfFalseOrPop:
  case Op::UnwindJump:
  case Op::PopExceptJump:
  case Op::Return:
    return false;
  default:
    return true;
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

} // namespace

/// Instructions of the frame from `begin` on.
void Interpreter::skip(Frame &frame, uint32_t begin, uint32_t end) {
  const Code &code = *frame.code;
  skipCode(code, begin, end);
  end = std::min<uint32_t>(end, static_cast<uint32_t>(code.instructions.size()));
  ++uncertainty_;
  for (uint32_t at = begin; at < end; ++at) {
    const Instruction &instruction = code.instructions[at];
    auto index = static_cast<size_t>(instruction.a);
    if (instruction.op == Op::StoreLocal)
      frame.locals[index] = unknown(kReason);
    else if (instruction.op == Op::StoreGlobal || (instruction.op == Op::StoreName && !frame.body))
      storeGlobal(frame, code.names[index], unknown(kReason));
  }
  --uncertainty_;
}

/// The same without what they bind, with all functions that they may call.
void Interpreter::skipCode(const Code &code, uint32_t begin, uint32_t end) {
  noteGap(kReason);
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
    if (!mayAsk(instruction.op) || site() == last)
      continue;
    last = site();
    noteUnknownCost(kReason);
  }
  frames_.pop_back();
  for (const Code *one : called)
    if (skipped_.insert(one).second)
      skipCode(*one, 0, ~0U);
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
/// asks for has been seen. Where it is not, but is deep in itself, it is not followed.
bool Interpreter::isRecursion(const FunctionObject &function, llvm::ArrayRef<Value> arguments) {
  constexpr unsigned kMostCalls = 6;
  if (uncertainty_ == 0 || function.code->isGenerator)
    return false;
  unsigned calls = 0;
  size_t first = function.code->closure.size();
  for (const Frame *frame : llvm::reverse(frames_)) {
    if (frame->code != function.code)
      continue;
    bool isCovered = first + arguments.size() <= frame->locals.size();
    for (size_t i = 0; isCovered && i < arguments.size(); ++i)
      isCovered = covers(frame->locals[first + i], arguments[i]);
    if (isCovered)
      return true;
    if (++calls == kMostCalls) {
      skipCode(*function.code, 0, ~0U);
      return true;
    }
  }
  return false;
}

} // namespace fraglint
