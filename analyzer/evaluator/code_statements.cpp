#include "evaluator/code_nesting.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

bool isTargetList(SyntaxNode target) {
  return target.kind() == NodeKind::PatternList || target.kind() == NodeKind::TuplePattern ||
         target.kind() == NodeKind::ListPattern || target.kind() == NodeKind::Tuple ||
         target.kind() == NodeKind::List || target.kind() == NodeKind::ExpressionList;
}

/// `(a)`, which the grammar takes for a tuple of one; only a comma makes it one.
bool isInParentheses(SyntaxNode target) {
  SyntaxNode inner = target.firstChild();
  if (target.kind() != NodeKind::TuplePattern || !inner || inner.nextSibling())
    return false;
  return !target.text().drop_front(inner.range().end - target.range().begin).contains(',');
}

} // namespace

llvm::SmallVector<SyntaxNode, 4> itemsOf(SyntaxNode list) {
  return llvm::SmallVector<SyntaxNode, 4>(list.children().begin(), list.children().end());
}

bool isStarred(SyntaxNode target) {
  return target.kind() == NodeKind::ListSplatPattern || target.kind() == NodeKind::ListSplat;
}

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
    SyntaxNode defined = statement.child(Field::Definition);
    if (defined.kind() != NodeKind::FunctionDefinition &&
        defined.kind() != NodeKind::ClassDefinition) {
      emitUnknown("this statement is no valid Python", 0);
      return;
    }
    llvm::SmallVector<SyntaxNode, 2> decorators;
    for (SyntaxNode child : statement.children())
      if (child.kind() == NodeKind::Decorator)
        decorators.push_back(child.firstChild());
    return buildDefinition(defined, decorators);
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

/// `a, b = c, d`, also with three.
bool CodeBuilder::buildTupleAssignment(SyntaxNode left, SyntaxNode right) {
  if (!context_.profile.traits.assignsWithoutTuple || left.kind() != NodeKind::PatternList ||
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
    buildBase(target.child(Field::Object));
    emit(Op::Duplicate, 1);
    emit(Op::LoadAttribute, 0, nameIndex(target.child(Field::Attribute).text()));
    build(value);
    site_ = assignment;
    emit(Op::Binary, -1, binary, 1);
    emit(Op::RotateTwo, 0);
    emit(Op::StoreAttribute, -2, nameIndex(target.child(Field::Attribute).text()));
    return;
  case NodeKind::Subscript:
    buildBase(target.child(Field::Value));
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

// --- Assignment targets ----------------------------------------------------------------------

void CodeBuilder::store(SyntaxNode target) {
  Nesting nesting(*this);
  if (nesting.isTooDeep())
    return emitUnknown("this target is nested too deeply", -1);
  switch (target.kind()) {
  case NodeKind::Identifier:
    return storeVariable(target.text());
  case NodeKind::Attribute:
    buildBase(target.child(Field::Object));
    emit(Op::StoreAttribute, -2, nameIndex(target.child(Field::Attribute).text()));
    return;
  case NodeKind::Subscript:
    buildBase(target.child(Field::Value));
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

/// What an attribute or item of is assigned to or deleted. Source: c_assign_atom_expr and
/// c_del_stmt in py/compile.c, which build what stands behind a name one by one: a method that is
/// called there is loaded before, as an object.
void CodeBuilder::buildBase(SyntaxNode base) {
  Nesting nesting(*this);
  bool isTrailer = base.kind() == NodeKind::Attribute || base.kind() == NodeKind::Subscript ||
                   base.kind() == NodeKind::Call;
  if (nesting.isTooDeep() || !isTrailer || context_.constants.fold(base))
    return build(base);
  SyntaxNode before = site_;
  site_ = base;
  switch (base.kind()) {
  case NodeKind::Attribute:
    buildBase(base.child(Field::Object));
    site_ = base;
    emit(Op::LoadAttribute, 0, nameIndex(base.child(Field::Attribute).text()));
    break;
  case NodeKind::Subscript:
    buildBase(base.child(Field::Value));
    buildIndex(base);
    site_ = base;
    emit(Op::LoadSubscript, -1);
    break;
  default:
    buildBase(base.child(Field::Function));
    site_ = base;
    buildArguments(base.child(Field::Arguments), /*isMethod=*/false, 0);
  }
  site_ = before;
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
