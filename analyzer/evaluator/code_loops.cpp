#include "evaluator/code_nesting.h"

namespace fraglint {

namespace {

/// How a loop without a condition may end, or be left for a while: see LoopExits.
LoopExits exitsOf(SyntaxNode loop) {
  LoopExits exits = LoopExits::None;
  SyntaxNode end = loop.firstAfter();
  for (SyntaxNode node = loop.firstChild(); node && !(node == end);) {
    switch (node.kind()) {
    case NodeKind::FunctionDefinition:
    case NodeKind::Lambda:
    case NodeKind::ClassDefinition:
      node = node.firstAfter();
      continue;
    case NodeKind::BreakStatement:
    case NodeKind::ReturnStatement:
    case NodeKind::RaiseStatement:
      return LoopExits::Leaves;
    case NodeKind::Await:
      exits = LoopExits::Awaits;
      break;
    case NodeKind::Yield:
      exits = exits == LoopExits::Awaits ? exits : LoopExits::Yields;
      break;
    default:
      break;
    }
    node = node.next();
  }
  return exits;
}

} // namespace

void CodeBuilder::buildIf(SyntaxNode statement) {
  Label end = newLabel();
  llvm::SmallVector<SyntaxNode, 4> clauses{statement};
  SyntaxNode otherwise;
  for (SyntaxNode child : statement.children()) {
    if (child.kind() == NodeKind::ElifClause)
      clauses.push_back(child);
    else if (child.kind() == NodeKind::ElseClause)
      otherwise = child;
  }
  for (size_t i = 0; i < clauses.size(); ++i) {
    SyntaxNode condition = clauses[i].child(Field::Condition);
    std::optional<bool> truth = context_.constants.truth(condition);
    if (truth && !*truth)
      continue;
    Label fail = newLabel();
    if (!truth) {
      JoinAt join(*this, end);
      buildCondition(condition, /*jumpIf=*/false, fail);
    }
    buildBlock(clauses[i].child(Field::Consequence));
    site_ = clauses[i];
    if (truth) {
      place(fail);
      place(end);
      return;
    }
    if (i + 1 < clauses.size() || otherwise)
      emitJump(Op::Jump, 0, end);
    place(fail);
  }
  if (otherwise)
    buildBlock(otherwise.child(Field::Body));
  place(end);
}

void CodeBuilder::buildWhile(SyntaxNode statement) {
  SyntaxNode condition = statement.child(Field::Condition);
  std::optional<bool> truth = context_.constants.truth(condition);
  Label onBreak = newLabel(), onContinue = newLabel(), behind = newLabel();
  if (!truth || *truth) {
    loops_.push_back({onBreak, onContinue, false, handlers_, height_});
    Label top = newLabel();
    if (!truth)
      emitJump(Op::Jump, 0, onContinue);
    place(top);
    if (truth)
      emitJump(Op::PassStart, 0, onBreak, static_cast<int32_t>(exitsOf(statement)));
    buildBlock(statement.child(Field::Body));
    place(onContinue);
    site_ = condition;
    if (truth) {
      emitJump(Op::Jump, 0, top);
    } else {
      JoinAt join(*this, behind);
      buildCondition(condition, /*jumpIf=*/true, top);
      code_.loops.push_back({static_cast<uint32_t>(top), static_cast<uint32_t>(onContinue),
                             static_cast<uint32_t>(behind)});
    }
    loops_.pop_back();
  }
  place(behind);
  if (SyntaxNode otherwise = statement.child(Field::Alternative))
    buildBlock(otherwise.child(Field::Body));
  place(onBreak);
}

void CodeBuilder::buildFor(SyntaxNode statement) {
  if (buildRangeLoop(statement))
    return;
  if (statement.child(NodeKind::Async))
    return buildAsyncFor(statement);
  Label onBreak = newLabel(), onContinue = newLabel(), end = newLabel();
  build(statement.child(Field::Right));
  site_ = statement;
  emit(Op::GetIteratorOnStack, 3);
  loops_.push_back({onBreak, onContinue, true, handlers_, height_});
  place(onContinue);
  int32_t inside = height_;
  {
    JoinAt join(*this, end);
    emitJump(Op::ForIterator, 1, end);
  }
  labels_[end].height = inside - 4;
  store(statement.child(Field::Left));
  buildBlock(statement.child(Field::Body));
  site_ = statement;
  emitJump(Op::Jump, 0, onContinue);
  loops_.pop_back();
  place(end);
  adjust(-4);
  if (SyntaxNode otherwise = statement.child(Field::Alternative))
    buildBlock(otherwise.child(Field::Body));
  place(onBreak);
}

/// Gives what is on top to the event loop until it is done.
void CodeBuilder::awaitTop() {
  emit(Op::GetIterator, 0);
  emitNone();
  emit(Op::YieldFrom, -1);
  code_.isGenerator = true;
}

/// Awaits a method of what is on top, which stays there, and stores what that gives.
void CodeBuilder::enterAsync(SyntaxNode target, llvm::StringRef method) {
  emit(Op::Duplicate, 1);
  emit(Op::LoadMethod, 1, nameIndex(method));
  emit(Op::CallMethod, -1, 0);
  awaitTop();
  if (target)
    store(target);
  else
    emit(Op::Pop, -1);
}

/// Source: compile_async_for_stmt in py/compile.c. StopAsyncIteration ends it.
void CodeBuilder::buildAsyncFor(SyntaxNode statement) {
  Label onBreak = newLabel(), onContinue = newLabel(), handler = newLabel(), next = newLabel(),
        body = newLabel(), behind = newLabel();
  build(statement.child(Field::Right));
  site_ = statement;
  emit(Op::LoadMethod, 1, nameIndex("__aiter__"));
  emit(Op::CallMethod, -1, 0);
  int32_t height = height_;
  loops_.push_back({onBreak, onContinue, false, handlers_, height});
  place(onContinue);
  enterHandler(Op::SetUpExcept, handler);
  enterAsync(statement.child(Field::Left), "__anext__");
  emitJump(Op::PopExceptJump, 0, body);
  labels_[handler].height = height + 1;
  place(handler);
  adjust(4);
  emit(Op::Duplicate, 1);
  emit(Op::LoadGlobal, 1, nameIndex("StopAsyncIteration"));
  emit(Op::ExceptionMatch, -1);
  {
    JoinAt join(*this, behind);
    emitJump(Op::PopJumpIfFalse, -1, next);
  }
  emit(Op::Pop, -1);
  emitJump(Op::PopExceptJump, 0, behind);
  labels_[next].height = height + 1;
  place(next);
  leaveHandler();
  adjust(-3);
  place(body);
  buildBlock(statement.child(Field::Body));
  site_ = statement;
  emitJump(Op::Jump, 0, onContinue);
  loops_.pop_back();
  place(behind);
  if (SyntaxNode otherwise = statement.child(Field::Alternative))
    buildBlock(otherwise.child(Field::Body));
  labels_[onBreak].height = height;
  place(onBreak);
  emit(Op::Pop, -1);
}

/// `for i in range(…)` counts on the stack, without an iterator.
bool CodeBuilder::buildRangeLoop(SyntaxNode statement) {
  SyntaxNode target = statement.child(Field::Left), call = statement.child(Field::Right);
  if (target.kind() != NodeKind::Identifier || call.kind() != NodeKind::Call ||
      call.child(Field::Function).text() != "range" || statement.child(NodeKind::Async))
    return false;
  SyntaxNode arguments = call.child(Field::Arguments);
  if (arguments.kind() != NodeKind::ArgumentList)
    return false;
  llvm::SmallVector<SyntaxNode, 4> given = itemsOf(arguments);
  if (given.empty() || given.size() > 3)
    return false;
  for (SyntaxNode one : given)
    if (isStarred(one) || one.kind() == NodeKind::KeywordArgument ||
        one.kind() == NodeKind::DictionarySplat)
      return false;
  Constant step;
  step.kind = Constant::Kind::Int;
  step.integer = 1;
  if (given.size() == 3) {
    std::optional<Constant> constant = context_.constants.fold(given[2]);
    if (!constant || constant->kind != Constant::Kind::Int || constant->integer == 0)
      return false;
    step = *constant;
  }
  Constant zero;
  zero.kind = Constant::Kind::Int;
  SyntaxNode stop = given.size() == 1 ? given[0] : given[1];
  std::optional<Constant> constantStop = context_.constants.fold(stop);
  bool isStopOnStack = !constantStop || constantStop->kind != Constant::Kind::Int;

  Label onBreak = newLabel(), onContinue = newLabel(), top = newLabel(), entry = newLabel(),
        behind = newLabel();
  int32_t outside = height_;
  if (isStopOnStack)
    build(stop);
  if (given.size() == 1)
    emitConstant(zero);
  else
    build(given[0]);
  site_ = statement;
  loops_.push_back({onBreak, onContinue, false, handlers_, height_});
  emitJump(Op::Jump, 0, entry);
  place(top);
  emit(Op::Duplicate, 1);
  store(target);
  buildBlock(statement.child(Field::Body));
  site_ = statement;
  place(onContinue);
  emitConstant(step);
  emit(Op::Binary, -1, static_cast<int32_t>(BinaryOperator::Add), 1);
  place(entry);
  if (isStopOnStack) {
    emit(Op::DuplicateTwo, 2);
    emit(Op::RotateTwo, 0);
  } else {
    emit(Op::Duplicate, 1);
    emitConstant(*constantStop);
  }
  emit(Op::Compare, -1,
       static_cast<int32_t>(step.integer > 0 ? CompareOperator::Less : CompareOperator::Greater));
  {
    JoinAt join(*this, behind);
    emitJump(Op::PopJumpIfTrue, -1, top);
  }
  loops_.pop_back();
  place(behind);
  if (SyntaxNode otherwise = statement.child(Field::Alternative)) {
    int32_t inside = height_;
    emit(Op::Pop, -1);
    if (isStopOnStack)
      emit(Op::Pop, -1);
    buildBlock(otherwise.child(Field::Body));
    Label end = newLabel();
    emitJump(Op::Jump, 0, end);
    adjust(isStopOnStack ? 2 : 1);
    height_ = inside;
    place(onBreak);
    emit(Op::Pop, -1);
    if (isStopOnStack)
      emit(Op::Pop, -1);
    place(end);
  } else {
    place(onBreak);
    emit(Op::Pop, -1);
    if (isStopOnStack)
      emit(Op::Pop, -1);
  }
  height_ = outside;
  return true;
}

void CodeBuilder::buildJumpOut(bool isBreak) {
  if (loops_.empty()) {
    emitUnknown("break or continue outside of a loop", 0);
    return;
  }
  const LoopLabels &loop = loops_.back();
  int32_t before = height_;
  Label target = isBreak ? loop.onBreak : loop.onContinue;
  // A break from a `for` leaves the four places of its iterator, too.
  int32_t height = loop.height - (isBreak && loop.isFor ? 4 : 0);
  height_ = height;
  emit(Op::UnwindJump, 0, static_cast<int32_t>(target), handlers_ - loop.handlers);
  labels_[target].height = height;
  height_ = before;
}

} // namespace fraglint
