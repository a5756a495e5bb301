#include "evaluator/code_nesting.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

llvm::SmallVector<SyntaxNode, 4> itemsOf(SyntaxNode list) {
  return llvm::SmallVector<SyntaxNode, 4>(list.children().begin(), list.children().end());
}

bool isTargetList(SyntaxNode target) {
  return target.kind() == NodeKind::PatternList || target.kind() == NodeKind::TuplePattern ||
         target.kind() == NodeKind::ListPattern || target.kind() == NodeKind::Tuple ||
         target.kind() == NodeKind::List || target.kind() == NodeKind::ExpressionList;
}

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

bool isStarred(SyntaxNode target) {
  return target.kind() == NodeKind::ListSplatPattern || target.kind() == NodeKind::ListSplat;
}

/// `(a)`, which the grammar takes for a tuple of one; only a comma makes it one.
bool isInParentheses(SyntaxNode target) {
  SyntaxNode inner = target.firstChild();
  if (target.kind() != NodeKind::TuplePattern || !inner || inner.nextSibling())
    return false;
  return !target.text().drop_front(inner.range().end - target.range().begin).contains(',');
}

} // namespace

void CodeBuilder::buildBlock(SyntaxNode block) {
  for (SyntaxNode statement : block.children())
    buildStatement(statement);
}

void CodeBuilder::buildStatement(SyntaxNode statement) {
  Nesting nesting(*this);
  site_ = statement;
  if (nesting.isTooDeep() || statement.kind() == NodeKind::Error) {
    emitUnknown("this statement is nested too deeply or is no valid Python", 0);
    return;
  }
  if (isSimpleStatement(statement.kind()) && statement.hasError()) {
    emitUnknown("this statement is no valid Python", 0);
    return;
  }
  switch (statement.kind()) {
  case NodeKind::ExpressionStatement:
    return buildExpressionStatement(statement);
  case NodeKind::IfStatement:
    return buildIf(statement);
  case NodeKind::WhileStatement:
    return buildWhile(statement);
  case NodeKind::ForStatement:
    return buildFor(statement);
  case NodeKind::TryStatement:
    return buildTry(statement);
  case NodeKind::WithStatement:
    return buildWith(statement);
  case NodeKind::FunctionDefinition:
  case NodeKind::ClassDefinition:
    return buildDefinition(statement, {});
  case NodeKind::DecoratedDefinition: {
    llvm::SmallVector<SyntaxNode, 2> decorators;
    for (SyntaxNode child : statement.children())
      if (child.kind() == NodeKind::Decorator)
        decorators.push_back(child.firstChild());
    return buildDefinition(statement.child(Field::Definition), decorators);
  }
  case NodeKind::ImportStatement:
    return buildImport(statement);
  case NodeKind::ImportFromStatement:
    return buildImportFrom(statement);
  case NodeKind::DeleteStatement:
    for (SyntaxNode target : statement.children())
      buildDelete(target);
    return;
  case NodeKind::RaiseStatement:
    return buildRaise(statement);
  case NodeKind::AssertStatement:
    return buildAssert(statement);
  case NodeKind::BreakStatement:
    return buildJumpOut(/*isBreak=*/true);
  case NodeKind::ContinueStatement:
    return buildJumpOut(/*isBreak=*/false);
  case NodeKind::ReturnStatement:
    if (code_.kind != CodeKind::Function) {
      emitUnknown("return outside of a function", 0);
      return;
    }
    if (SyntaxNode value = statement.firstChild())
      build(value);
    else
      emitNone();
    emit(Op::Return, -1);
    return;
  case NodeKind::MatchStatement: // neither firmware has it
    emitUnknown("match statements are not known to the firmware", 0);
    return;
  default:
    return; // pass, global, nonlocal, future imports: nothing to run
  }
}

void CodeBuilder::buildExpressionStatement(SyntaxNode statement) {
  SyntaxNode expression = statement.firstChild();
  switch (expression.kind()) {
  case NodeKind::Assignment:
    return buildAssignment(expression);
  case NodeKind::AugmentedAssignment:
    return buildAugmented(expression);
  default:
    break;
  }
  if (expression.nextSibling()) { // `a, b` as a statement
    int count = 0;
    for (SyntaxNode item : statement.children()) {
      build(item);
      ++count;
    }
    emit(Op::BuildTuple, 1 - count, count);
    emit(Op::Pop, -1);
    return;
  }
  if (expression.kind() != NodeKind::Identifier && context_.constants.fold(expression))
    return; // a lonely constant, docstrings above all
  build(expression);
  site_ = statement;
  emit(Op::Pop, -1);
}

void CodeBuilder::buildAssignment(SyntaxNode assignment) {
  llvm::SmallVector<SyntaxNode, 2> targets;
  SyntaxNode value = assignment;
  while (value.kind() == NodeKind::Assignment) {
    targets.push_back(value.child(Field::Left));
    value = value.child(Field::Right);
  }
  if (!value)
    return; // `x: int`
  SyntaxNode first = targets[0];
  if (targets.size() == 1 && first.kind() == NodeKind::Identifier) {
    if (std::optional<Constant> constant = context_.constants.declared(value)) {
      context_.constants.declare(first.text(), *constant);
      if (first.text().starts_with("_"))
        return; // no slot, no name
      emitConstant(*constant);
      storeVariable(first.text());
      return;
    }
  }
  if (targets.size() == 1 && buildTupleAssignment(first, value))
    return;
  build(value);
  site_ = assignment.statement();
  for (size_t i = 0; i < targets.size(); ++i) {
    if (i + 1 < targets.size())
      emit(Op::Duplicate, 1);
    store(targets[i]);
  }
}

/// `a, b = c, d`, also with three, makes no tuple; the 2018 firmware of the micro:bit does not know
/// that.
bool CodeBuilder::buildTupleAssignment(SyntaxNode left, SyntaxNode right) {
  if (context_.profile.version < 110 || left.kind() != NodeKind::PatternList ||
      right.kind() != NodeKind::ExpressionList)
    return false;
  llvm::SmallVector<SyntaxNode, 4> targets = itemsOf(left), values = itemsOf(right);
  if (targets.size() != values.size() || targets.size() < 2 || targets.size() > 3 ||
      llvm::any_of(targets, isStarred) || context_.constants.fold(right))
    return false;
  for (SyntaxNode value : values)
    build(value);
  if (targets.size() == 3)
    emit(Op::RotateThree, 0);
  emit(Op::RotateTwo, 0);
  for (SyntaxNode target : targets)
    store(target);
  return true;
}

void CodeBuilder::buildAugmented(SyntaxNode assignment) {
  SyntaxNode target = assignment.child(Field::Left);
  llvm::StringRef op = assignment.child(Field::Operator).text();
  SyntaxNode value = assignment.child(Field::Right);
  auto binary = static_cast<int32_t>(binaryOperatorOf(op.drop_back()));
  switch (target.kind()) {
  case NodeKind::Attribute:
    build(target.child(Field::Object));
    emit(Op::Duplicate, 1);
    emit(Op::LoadAttribute, 0, nameIndex(target.child(Field::Attribute).text()));
    build(value);
    site_ = assignment;
    emit(Op::Binary, -1, binary, 1);
    emit(Op::RotateTwo, 0);
    emit(Op::StoreAttribute, -2, nameIndex(target.child(Field::Attribute).text()));
    return;
  case NodeKind::Subscript:
    build(target.child(Field::Value));
    buildIndex(target);
    emit(Op::DuplicateTwo, 2);
    emit(Op::LoadSubscript, -1);
    build(value);
    site_ = assignment;
    emit(Op::Binary, -1, binary, 1);
    emit(Op::RotateThree, 0);
    emit(Op::StoreSubscript, -3);
    return;
  case NodeKind::Identifier:
    loadVariable(target.text());
    build(value);
    site_ = assignment;
    emit(Op::Binary, -1, binary, 1);
    storeVariable(target.text());
    return;
  default:
    emitUnknown("an assignment to this is not known", 0);
  }
}

// --- Branches and loops ----------------------------------------------------------------------

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

// --- Handlers --------------------------------------------------------------------------------

void CodeBuilder::buildTry(SyntaxNode statement) {
  SyntaxNode last = statement.child(NodeKind::FinallyClause);
  if (!last)
    return buildTryExcept(statement);
  Label handler = newLabel();
  enterHandler(Op::SetUpFinally, handler);
  int32_t height = height_;
  if (statement.child(NodeKind::ExceptClause)) {
    buildTryExcept(statement);
  } else {
    adjust(3);
    buildBlock(statement.child(Field::Body));
    adjust(-3);
  }
  site_ = last;
  emitNone();
  labels_[handler].height = height + 1;
  place(handler);
  adjust(1);
  buildBlock(last.child(NodeKind::Block));
  adjust(-1);
  site_ = last;
  leaveHandler();
}

void CodeBuilder::buildTryExcept(SyntaxNode statement) {
  Label handler = newLabel(), success = newLabel(), done = newLabel();
  {
    JoinAt join(*this, done);
    enterHandler(Op::SetUpExcept, handler);
  }
  int32_t height = height_;
  buildBlock(statement.child(Field::Body));
  site_ = statement;
  emitJump(Op::PopExceptJump, 0, success);
  labels_[handler].height = height + 1;
  place(handler);
  adjust(4); // the exception, and what an unwinding jump keeps
  for (SyntaxNode clause : statement.children())
    if (clause.kind() == NodeKind::ExceptClause)
      buildHandler(clause, done);
  site_ = statement;
  leaveHandler(); // nobody took it: it goes on
  adjust(-3);
  place(success);
  if (SyntaxNode otherwise = statement.child(NodeKind::ElseClause))
    buildBlock(otherwise.child(Field::Body));
  place(done);
}

void CodeBuilder::buildHandler(SyntaxNode clause, Label done) {
  site_ = clause;
  SyntaxNode value = clause.child(Field::Value);
  SyntaxNode name = clause.child(Field::Alias);
  if (value && value.kind() == NodeKind::AsPattern) {
    name = value.child(Field::Alias);
    value = value.firstChild();
  }
  if (name && name.kind() == NodeKind::AsPatternTarget)
    name = name.firstChild();
  Label next = newLabel();
  int32_t height = height_;
  if (value) {
    emit(Op::Duplicate, 1);
    build(value);
    site_ = clause;
    emit(Op::ExceptionMatch, -1);
    JoinAt join(*this, done);
    emitJump(Op::PopJumpIfFalse, -1, next);
  }
  Label cleared = newLabel();
  if (!name) {
    emit(Op::Pop, -1);
  } else {
    storeVariable(name.text());
    enterHandler(Op::SetUpFinally, cleared);
  }
  buildBlock(clause.child(NodeKind::Block));
  site_ = clause;
  if (name) {
    int32_t inside = height_;
    emitNone();
    labels_[cleared].height = inside + 1;
    place(cleared);
    adjust(1);
    emitNone();
    storeVariable(name.text());
    deleteVariable(name.text());
    adjust(-1);
    leaveHandler();
  }
  emitJump(Op::PopExceptJump, 0, done);
  labels_[next].height = height;
  place(next);
  height_ = height;
  adjust(1);
}

void CodeBuilder::buildWith(SyntaxNode statement) {
  llvm::SmallVector<SyntaxNode, 2> items;
  for (SyntaxNode item : statement.child(NodeKind::WithClause).children())
    if (item.kind() == NodeKind::WithItem)
      items.push_back(item);
  buildWithItems(items, statement.child(Field::Body),
                 static_cast<bool>(statement.child(NodeKind::Async)));
}

void CodeBuilder::buildWithItems(llvm::ArrayRef<SyntaxNode> items, SyntaxNode body, bool isAsync) {
  Nesting nesting(*this);
  if (nesting.isTooDeep())
    return emitUnknown("this statement is nested too deeply", 0);
  if (items.empty())
    return buildBlock(body);
  Label end = newLabel();
  SyntaxNode value = items.front().child(Field::Value);
  SyntaxNode target;
  if (value.kind() == NodeKind::AsPattern) {
    target = value.child(Field::Alias);
    if (target.kind() == NodeKind::AsPatternTarget)
      target = target.firstChild();
    value = value.firstChild();
  }
  int32_t outside = height_;
  build(value);
  site_ = items.front();
  if (isAsync) {
    // Source: compile_async_with_stmt_helper in py/compile.c.
    enterAsync(target, "__aenter__");
    enterHandler(Op::SetUpFinally, end);
    int32_t managed = height_;
    adjust(3);
    buildWithItems(items.drop_front(), body, isAsync);
    adjust(-3);
    site_ = items.front();
    emitNone();
    labels_[end].height = managed + 1;
    place(end);
    emit(Op::LoadExit, 5);
    emit(Op::CallMethod, -4, 3);
    awaitTop();
    emit(Op::EndExit, -1);
    leaveHandler();
    emit(Op::Pop, -1);
    return;
  }
  enterHandler(Op::SetUpWith, end);
  if (target)
    store(target);
  else
    emit(Op::Pop, -1);
  int32_t inside = height_;
  buildWithItems(items.drop_front(), body, isAsync);
  site_ = items.front();
  emitNone();
  labels_[end].height = inside + 1;
  place(end);
  adjust(2);
  emit(Op::WithCleanup, 0);
  height_ = outside + 1;
  adjust(-4);
  leaveHandler();
  height_ = outside;
}

// --- Imports, deletions, definitions ---------------------------------------------------------

void CodeBuilder::buildImport(SyntaxNode statement) {
  for (SyntaxNode child : statement.children()) {
    SyntaxNode name = child, alias;
    if (child.kind() == NodeKind::AliasedImport) {
      name = child.child(Field::Name);
      alias = child.child(Field::Alias);
    }
    if (name.kind() != NodeKind::DottedName)
      continue;
    Constant level;
    level.kind = Constant::Kind::Int;
    emitConstant(level);
    emitNone();
    emit(Op::ImportName, -1, nameIndex(name.text()));
    llvm::StringRef first = name.firstChild().text();
    if (!alias) {
      storeVariable(first);
      continue;
    }
    for (SyntaxNode part = name.firstChild().nextSibling(); part; part = part.nextSibling())
      emit(Op::LoadAttribute, 0, nameIndex(part.text()));
    storeVariable(alias.text());
  }
}

void CodeBuilder::buildImportFrom(SyntaxNode statement) {
  SyntaxNode module = statement.child(Field::ModuleName);
  bool isStar = static_cast<bool>(statement.child(NodeKind::WildcardImport));
  llvm::SmallVector<std::pair<llvm::StringRef, llvm::StringRef>, 4> names; // and what they become
  bool isBehindModule = false;
  for (SyntaxNode child : statement.children()) {
    if (child == module) {
      isBehindModule = true;
      continue;
    }
    if (!isBehindModule)
      continue;
    if (child.kind() == NodeKind::AliasedImport)
      names.push_back({child.child(Field::Name).text(), child.child(Field::Alias).text()});
    else if (child.kind() == NodeKind::DottedName || child.kind() == NodeKind::Identifier)
      names.push_back({child.text(), child.text()});
  }
  Constant level;
  level.kind = Constant::Kind::Int;
  emitConstant(level);
  if (isStar)
    emitString("*");
  for (const auto &[name, alias] : names)
    emitString(name);
  int count = isStar ? 1 : static_cast<int>(names.size());
  emit(Op::BuildTuple, 1 - count, count);
  emit(Op::ImportName, -1, nameIndex(module.text()));
  if (isStar) {
    emit(Op::ImportStar, -1);
    return;
  }
  for (const auto &[name, alias] : names) {
    emit(Op::ImportFrom, 1, nameIndex(name));
    storeVariable(alias);
  }
  emit(Op::Pop, -1);
}

void CodeBuilder::buildDelete(SyntaxNode target) {
  Nesting nesting(*this);
  if (nesting.isTooDeep())
    return;
  switch (target.kind()) {
  case NodeKind::Identifier:
    return deleteVariable(target.text());
  case NodeKind::Attribute:
    build(target.child(Field::Object));
    emit(Op::LoadNull, 1); // as the firmware does it: a store of nothing
    emit(Op::RotateTwo, 0);
    emit(Op::DeleteAttribute, -2, nameIndex(target.child(Field::Attribute).text()));
    return;
  case NodeKind::Subscript:
    build(target.child(Field::Value));
    buildIndex(target);
    emit(Op::LoadNull, 1);
    emit(Op::RotateThree, 0);
    emit(Op::DeleteSubscript, -3);
    return;
  default:
    for (SyntaxNode item : target.children())
      buildDelete(item);
  }
}

void CodeBuilder::buildRaise(SyntaxNode statement) {
  SyntaxNode value = statement.firstChild();
  SyntaxNode cause = statement.child(Field::Cause);
  if (!value) {
    emit(Op::Raise, 0, 0);
    return;
  }
  build(value);
  if (cause)
    build(cause);
  site_ = statement;
  emit(Op::Raise, cause ? -2 : -1, cause ? 2 : 1);
}

void CodeBuilder::buildAssert(SyntaxNode statement) {
  SyntaxNode condition = statement.firstChild();
  SyntaxNode message = condition.nextSibling();
  Label end = newLabel();
  {
    JoinAt join(*this, end);
    buildCondition(condition, /*jumpIf=*/true, end);
  }
  emit(Op::LoadGlobal, 1, nameIndex("AssertionError"));
  if (message) {
    build(message);
    emit(Op::CallFunction, -1, 1);
  }
  site_ = statement;
  emit(Op::Raise, -1, 1);
  place(end);
}

void CodeBuilder::buildDefinition(SyntaxNode statement, llvm::ArrayRef<SyntaxNode> decorators) {
  int called = 0;
  for (SyntaxNode decorator : decorators) {
    llvm::StringRef text = decorator.text();
    // These choose how the function is compiled; nothing is called.
    if (text == "micropython.native" || text == "micropython.viper" ||
        text == "micropython.bytecode" || text.starts_with("micropython.asm_"))
      continue;
    build(decorator);
    ++called;
  }
  site_ = statement;
  llvm::StringRef name = statement.child(Field::Name).text();
  if (statement.kind() == NodeKind::FunctionDefinition) {
    buildFunctionObject(statement, CodeKind::Function);
  } else {
    emit(Op::LoadBuildClass, 1);
    int32_t index = 0;
    Code &child = addChild(statement, CodeKind::Class, index);
    child.name = name;
    CodeBuilder(context_, child, context_.variables.scopeOf(statement)).buildClass(statement);
    makeFunction(index, false);
    emitString(name);
    buildArguments(statement.child(Field::Superclasses), /*isMethod=*/false, 2);
  }
  for (int i = 0; i < called; ++i)
    emit(Op::CallFunction, -1, 1);
  storeVariable(name);
}

// --- Assignment targets ----------------------------------------------------------------------

void CodeBuilder::store(SyntaxNode target) {
  Nesting nesting(*this);
  if (nesting.isTooDeep())
    return emitUnknown("this target is nested too deeply", -1);
  switch (target.kind()) {
  case NodeKind::Identifier:
    return storeVariable(target.text());
  case NodeKind::Attribute:
    build(target.child(Field::Object));
    emit(Op::StoreAttribute, -2, nameIndex(target.child(Field::Attribute).text()));
    return;
  case NodeKind::Subscript:
    build(target.child(Field::Value));
    buildIndex(target);
    emit(Op::StoreSubscript, -3);
    return;
  case NodeKind::ParenthesizedExpression:
    return store(target.firstChild());
  default:
    if (isInParentheses(target))
      return store(target.firstChild());
    if (isTargetList(target))
      return storeTuple(itemsOf(target));
    emitUnknown("an assignment to this is not known", -1);
  }
}

void CodeBuilder::storeTuple(llvm::ArrayRef<SyntaxNode> targets) {
  auto count = static_cast<int>(targets.size());
  const auto *star = llvm::find_if(targets, isStarred);
  if (star == targets.end()) {
    emit(Op::UnpackSequence, count - 1, count);
  } else {
    auto before = static_cast<int32_t>(star - targets.begin());
    emit(Op::UnpackWithStar, count - 1, before, count - before - 1);
  }
  for (SyntaxNode target : targets)
    store(isStarred(target) ? target.firstChild() : target);
}

} // namespace fraglint
