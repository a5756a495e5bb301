/// FlowBuilder's statements, one function each.

#include "semantic/flow_builder.h"
#include "semantic/literal_truth.h"

namespace fraglint {

// NOLINTBEGIN(misc-no-recursion): as deep as blocks nest, which kMaxNesting bounds.

void FlowBuilder::block(SyntaxNode block) {
  ++nesting_;
  for (SyntaxNode child : block.children())
    statement(child);
  --nesting_;
}

void FlowBuilder::statement(SyntaxNode statement) {
  if (!isCompoundStatement(statement.kind()) || nesting_ > kMaxNesting) {
    simple(statement);
    return;
  }
  // What the parser could make nothing of stays visible: rules take it for a barrier.
  for (SyntaxNode child : statement.children())
    if (child.kind() == NodeKind::Error)
      add(child);
  compound(statement);
}

void FlowBuilder::compound(SyntaxNode statement) {
  switch (statement.kind()) {
  case NodeKind::IfStatement:
    return ifStatement(statement);
  case NodeKind::WhileStatement:
    return whileStatement(statement);
  case NodeKind::ForStatement:
    return forStatement(statement);
  case NodeKind::WithStatement:
    return withStatement(statement);
  case NodeKind::MatchStatement:
    return matchStatement(statement);
  case NodeKind::TryStatement:
    return tryStatement(statement);
  default:
    return definition(statement);
  }
}

// --- Simple statements -----------------------------------------------------------------------

void FlowBuilder::simple(SyntaxNode statement) {
  switch (statement.kind()) {
  case NodeKind::ReturnStatement:
    return jump(statement, Way::Return);
  case NodeKind::BreakStatement:
    return jump(statement, Way::Break);
  case NodeKind::ContinueStatement:
    return jump(statement, Way::Continue);
  default:
    add(statement);
    if (endsPath(statement))
      current_ = kNoId;
  }
}

void FlowBuilder::jump(SyntaxNode statement, Way way) {
  add(statement);
  BlockId target = targetOf(way, frames_.size());
  goTo(target, way == Way::Break ? EdgeKind::Break : EdgeKind::Next);
}

/// Whether nothing runs after this statement: it raises, or calls what does not come back.
bool FlowBuilder::endsPath(SyntaxNode statement) const {
  if (statement.kind() == NodeKind::RaiseStatement)
    return true;
  if (statement.kind() == NodeKind::AssertStatement)
    return literalTruth(statement.firstChild()) == false;
  if (statement.kind() != NodeKind::ExpressionStatement)
    return false;
  SyntaxNode call = statement.firstChild();
  if (call.kind() == NodeKind::Await)
    call = call.firstChild();
  if (call.kind() != NodeKind::Call)
    return false;
  return call.child(Field::Function).text() == "sys.exit" || (neverReturns_ && neverReturns_(call));
}

void FlowBuilder::definition(SyntaxNode statement) {
  add(statement);
  SyntaxNode defined = statement;
  if (defined.kind() == NodeKind::DecoratedDefinition)
    defined = defined.child(Field::Definition);
  if (defined.kind() == NodeKind::ClassDefinition)
    block(defined.child(Field::Body));
}

// --- Branches --------------------------------------------------------------------------------

void FlowBuilder::ifStatement(SyntaxNode statement) {
  OpenEnds ends;
  OpenEnd otherwise; // the way past all tests so far
  for (SyntaxNode part : statement.children()) {
    bool isFirst = part.field() == Field::Condition;
    if (!isFirst && part.field() != Field::Alternative)
      continue;
    if (!isFirst)
      current_ = otherwise.block == kNoId ? newBlock() : branch(otherwise.block, otherwise.kind);
    if (part.kind() == NodeKind::ElseClause) {
      block(part.child(Field::Body));
      leaveOpen(ends);
      otherwise = {};
      continue;
    }
    SyntaxNode arm = isFirst ? statement : part;
    SyntaxNode condition = arm.child(Field::Condition);
    add(condition);
    BlockId test = here();
    std::optional<bool> truth = literalTruth(condition);
    current_ = truth == false ? newBlock() : branch(test, EdgeKind::True);
    block(arm.child(Field::Consequence));
    leaveOpen(ends);
    otherwise = truth == true ? OpenEnd() : OpenEnd{test, EdgeKind::False};
  }
  if (otherwise.block != kNoId)
    ends.push_back(otherwise);
  join(ends);
}

void FlowBuilder::matchStatement(SyntaxNode statement) {
  for (SyntaxNode child : statement.children())
    if (child.field() == Field::Subject)
      add(child);
  OpenEnds ends;
  for (SyntaxNode clause : statement.child(Field::Body).children()) {
    if (clause.kind() == NodeKind::CaseClause)
      caseClause(clause, ends);
    else
      add(clause); // an Error
  }
  leaveOpen(ends);
  join(ends);
}

namespace {

/// Whether the patterns of a `case` match everything: `_`, or a bare name.
bool matchesAll(SyntaxNode clause) {
  SyntaxNode pattern = clause.child(NodeKind::CasePattern);
  if (pattern.nextSibling().kind() == NodeKind::CasePattern)
    return false; // `case a, b:` asks for a sequence of two
  SyntaxNode inner = pattern.firstChild();
  if (!inner)
    return pattern.text() == "_";
  return inner.kind() == NodeKind::DottedName && !inner.text().contains('.');
}

} // namespace

/// Tests the patterns, then the guard. The current path goes on to the next `case`.
void FlowBuilder::caseClause(SyntaxNode clause, OpenEnds &ends) {
  if (current_ == kNoId || !graph_.blocks_[current_].elements.empty()) {
    BlockId fresh = newBlock();
    goTo(fresh);
    current_ = fresh;
  }
  BlockId tested = current_;
  for (SyntaxNode child : clause.children())
    if (child.kind() == NodeKind::CasePattern || child.kind() == NodeKind::Error)
      add(child);
  OpenEnds otherwise;
  if (!matchesAll(clause))
    otherwise.push_back({tested, EdgeKind::False});
  current_ = branch(tested, EdgeKind::True);
  if (SyntaxNode guard = clause.child(Field::Guard)) {
    add(guard);
    otherwise.push_back({current_, EdgeKind::False});
    current_ = branch(current_, EdgeKind::True);
  }
  block(clause.child(Field::Consequence));
  leaveOpen(ends);
  join(otherwise);
}

// --- Loops -----------------------------------------------------------------------------------

void FlowBuilder::whileStatement(SyntaxNode statement) {
  BlockId after = newBlock();
  BlockId header = newBlock();
  goTo(header);
  LoopId loop = enterLoop(statement, header, after);
  current_ = header;
  SyntaxNode condition = statement.child(Field::Condition);
  add(condition);
  std::optional<bool> truth = literalTruth(condition);
  current_ = truth == false ? newBlock() : branch(header, EdgeKind::True);
  graph_.loops_[loop].body = current_;
  block(statement.child(Field::Body));
  leaveLoop(loop);

  bool hasElse = bool(statement.child(Field::Alternative));
  BlockId over = hasElse ? newBlock() : after;
  graph_.loops_[loop].after = over;
  if (truth != true)
    connect(header, over, EdgeKind::False);
  loopElse(statement, over, after);
}

void FlowBuilder::forStatement(SyntaxNode statement) {
  add(statement.child(Field::Right));
  BlockId before = here();
  BlockId after = newBlock();
  BlockId header = branch(before, EdgeKind::Next);
  LoopId loop = enterLoop(statement, header, after);
  current_ = header;
  add(statement.child(Field::Left));
  current_ = branch(header, EdgeKind::Next);
  graph_.loops_[loop].body = current_;
  block(statement.child(Field::Body));
  leaveLoop(loop);

  bool hasElse = bool(statement.child(Field::Alternative));
  BlockId over = hasElse ? newBlock() : after;
  graph_.loops_[loop].after = over;
  connect(before, over, EdgeKind::ZeroTrip);
  connect(graph_.loops_[loop].latch, over, EdgeKind::Next);
  loopElse(statement, over, after);
}

/// The `else` of a loop, where it has one (`otherwise` is `after` where not), and what follows.
void FlowBuilder::loopElse(SyntaxNode statement, BlockId otherwise, BlockId after) {
  if (otherwise != after) {
    current_ = otherwise;
    block(statement.child(Field::Alternative).child(Field::Body));
    goTo(after);
  }
  current_ = after;
}

// --- with, try -------------------------------------------------------------------------------

void FlowBuilder::withStatement(SyntaxNode statement) {
  for (SyntaxNode item : statement.child(NodeKind::WithClause).children())
    add(item);
  block(statement.child(Field::Body));
}

void FlowBuilder::tryStatement(SyntaxNode statement) {
  SyntaxNode finallyBody = statement.child(NodeKind::FinallyClause).child(NodeKind::Block);
  OpenEnds ends;
  if (!finallyBody) {
    handledPart(statement, ends);
    join(ends);
    return;
  }
  Frame frame;
  frame.kind = Frame::Kind::Finally;
  frame.finallyBody = finallyBody;
  frame.loop = loop_;
  frames_.push_back(frame);
  handledPart(statement, ends);
  frame = frames_.back();
  frames_.pop_back();
  runFinally(frame, ends);
}

/// The `finally` of ordinary flow, which comes from `ends`.
void FlowBuilder::runFinally(const Frame &frame, const OpenEnds &ends) {
  join(ends);
  bool arrives = current_ != kNoId;
  BlockSpan shared;
  for (const BlockSpan &copy : frame.copies)
    if (sharesFinally() && copy.entry != kNoId)
      shared = copy;
  if (shared.entry != kNoId) {
    goTo(shared.entry);
    current_ = shared.end == kNoId ? kNoId : branch(shared.end, EdgeKind::Next);
  } else {
    block(frame.finallyBody); // built even where nothing gets to it
  }
  if (!arrives)
    current_ = kNoId;
}

/// Body, `else` and handlers of a `try`.
void FlowBuilder::handledPart(SyntaxNode statement, OpenEnds &ends) {
  bool hasHandlers = bool(statement.child(NodeKind::ExceptClause));
  BlockId dispatch = kNoId;
  if (hasHandlers) {
    dispatch = newBlock();
    Frame frame;
    frame.kind = Frame::Kind::Handlers;
    frame.dispatch = dispatch;
    frames_.push_back(frame);
  }
  // Of its own, so that what stood before the `try` has no edge to its handlers.
  BlockId body = newBlock();
  goTo(body);
  current_ = body;
  block(statement.child(Field::Body));
  if (hasHandlers)
    frames_.pop_back();
  if (SyntaxNode otherwise = statement.child(NodeKind::ElseClause)) {
    BlockId ran = newBlock();
    goTo(ran);
    current_ = ran;
    block(otherwise.child(Field::Body));
  }
  leaveOpen(ends);
  if (hasHandlers)
    handlers(statement, dispatch, ends);
}

void FlowBuilder::handlers(SyntaxNode statement, BlockId dispatch, OpenEnds &ends) {
  bool catchesAll = false;
  for (SyntaxNode clause : statement.children()) {
    if (clause.kind() != NodeKind::ExceptClause)
      continue;
    current_ = branch(dispatch, EdgeKind::Exception);
    SyntaxNode caught = clause.child(Field::Value);
    catchesAll |= !caught || caught.text() == "BaseException";
    for (SyntaxNode part : clause.children()) {
      if (part.kind() != NodeKind::Block)
        add(part);
      else
        block(part);
    }
    leaveOpen(ends);
  }
  if (!catchesAll)
    raisesTo_[dispatch] = targetOf(Way::Exception, frames_.size());
}

// NOLINTEND(misc-no-recursion)

} // namespace fraglint
