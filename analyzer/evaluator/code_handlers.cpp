#include "evaluator/code_nesting.h"

namespace fraglint {

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
  // Nobody took it: it goes on, where the last clause was looked at.
  for (SyntaxNode clause : statement.children())
    if (clause.kind() == NodeKind::ExceptClause)
      site_ = clause;
  leaveHandler();
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

} // namespace fraglint
