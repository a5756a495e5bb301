#include "evaluator/code_nesting.h"

namespace fraglint {

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
    emit(Op::ImportFrom, 1, nameIndex(name), nameIndex(module.text()));
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
    buildBase(target.child(Field::Object));
    emit(Op::LoadNull, 1); // as the firmware does it: a store of nothing
    emit(Op::RotateTwo, 0);
    emit(Op::DeleteAttribute, -2, nameIndex(target.child(Field::Attribute).text()));
    return;
  case NodeKind::Subscript:
    buildBase(target.child(Field::Value));
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

} // namespace fraglint
