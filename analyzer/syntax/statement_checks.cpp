#include "syntax/checks.h"

namespace fraglint {

namespace {

/// The statement's first word, where a message about the whole of it points.
TextRange firstWord(SyntaxNode node) {
  uint32_t begin = node.range().begin;
  size_t length =
      node.text().take_while([](char byte) { return byte >= 'a' && byte <= 'z'; }).size();
  return {begin, begin + static_cast<uint32_t>(length)};
}

/// `except*`, which takes an exception group.
bool isGroupClause(SyntaxNode clause) {
  return clause.text().drop_front(llvm::StringRef("except").size()).ltrim().starts_with("*");
}

void checkTry(SyntaxNode node, Faults &faults) {
  SyntaxNode firstExcept = node.child(NodeKind::ExceptClause);
  SyntaxNode orElse = node.child(NodeKind::ElseClause);
  if (!firstExcept && orElse)
    return faults.add(orElse, firstWord(orElse), "this `else` needs an `except` before it");
  if (!firstExcept && !node.child(NodeKind::FinallyClause))
    return faults.add(node, firstWord(node), "this `try` has neither an `except` nor a `finally`");
  for (SyntaxNode clause = firstExcept; clause.kind() == NodeKind::ExceptClause;
       clause = clause.nextSibling()) {
    bool isBare = !clause.child(Field::Value);
    bool isLast = clause.nextSibling().kind() != NodeKind::ExceptClause;
    if (isGroupClause(clause) != isGroupClause(firstExcept))
      faults.add(clause, firstWord(clause), "`except` and `except*` cannot be mixed");
    else if (isBare && isGroupClause(clause))
      faults.add(clause, firstWord(clause), "`except*` needs the kind of exception it takes");
    else if (isBare && !isLast)
      faults.add(clause, firstWord(clause),
                 "an `except` without a kind of exception must be the last one");
  }
}

void checkImport(SyntaxNode node, Faults &faults) {
  llvm::StringRef text = node.text();
  if (text.ends_with(","))
    faults.add(node, {node.range().end - 1, node.range().end}, "an import cannot end with a comma");
  if (node.kind() == NodeKind::ImportStatement)
    return;
  for (SyntaxNode name : node.children()) {
    if (name.field() != Field::Name)
      continue;
    SyntaxNode dotted = name.kind() == NodeKind::AliasedImport ? name.child(Field::Name) : name;
    if (dotted.firstChild().nextSibling())
      faults.add(dotted, "a name that is imported from a module cannot hold a dot");
  }
}

void checkAssert(SyntaxNode node, Faults &faults) {
  SyntaxNode third = node.firstChild().nextSibling().nextSibling();
  if (third)
    faults.add(third, "`assert` takes a condition and one message");
}

void checkRaise(SyntaxNode node, Faults &faults) {
  SyntaxNode cause = node.child(Field::Cause);
  if (cause && cause == node.firstChild())
    faults.add(node, firstWord(node), "`raise` needs an exception before `from`");
}

void checkTypeAlias(SyntaxNode node, Faults &faults) {
  SyntaxNode name = node.child(Field::Left).firstChild();
  if (name && name.kind() != NodeKind::Identifier && name.kind() != NodeKind::GenericType)
    faults.add(name, "the name of a type must be a plain name");
}

void checkNonlocal(SyntaxNode node, const Surroundings &around, Faults &faults) {
  if (node.firstChild().text() == "__class__")
    return; // every class body has it
  if (around.functionDepth < (around.inFunction ? 2u : 1u))
    faults.add(node, "`nonlocal` needs a function around, whose name it means");
}

void checkStarImport(SyntaxNode node, const Surroundings &around, Faults &faults) {
  if (node.child(NodeKind::WildcardImport) && (around.inFunction || around.inClass))
    faults.add(node, "`import *` can stand at the top level of a file only");
}

void checkYield(SyntaxNode node, const Surroundings &around, Faults &faults) {
  if (!around.inFunction)
    faults.add(node, firstWord(node), "`yield` can stand inside a function only");
  else if (around.inAsyncFunction && node.child(NodeKind::From))
    faults.add(node, firstWord(node), "`yield from` cannot stand in an `async def`: use `await`");
}

/// `async for` in a comprehension, `async for` and `async with` as statements.
void checkAsync(SyntaxNode node, const Surroundings &around, Faults &faults) {
  SyntaxNode owner = node.parent();
  bool mayWait = around.inAsyncFunction || around.inGenerator;
  if (owner.kind() == NodeKind::ForInClause &&
      owner.parent().kind() == NodeKind::GeneratorExpression)
    return;
  if (owner.kind() == NodeKind::FunctionDefinition || mayWait)
    return;
  faults.add(owner, node.range(), "`async` can stand inside an `async def` only");
}

} // namespace

void checkStatement(SyntaxNode node, Faults &faults) {
  switch (node.kind()) {
  case NodeKind::TryStatement:
    return checkTry(node, faults);
  case NodeKind::ImportStatement:
  case NodeKind::ImportFromStatement:
  case NodeKind::FutureImportStatement:
    return checkImport(node, faults);
  case NodeKind::AssertStatement:
    return checkAssert(node, faults);
  case NodeKind::RaiseStatement:
    return checkRaise(node, faults);
  case NodeKind::WithClause:
    if (node.text().ends_with(","))
      faults.add(node, {node.range().end - 1, node.range().end},
                 "`with` cannot end with a comma unless brackets are around its list");
    return;
  case NodeKind::TypeAliasStatement:
    return checkTypeAlias(node, faults);
  default:
    return;
  }
}

void checkSurroundings(SyntaxNode node, const Surroundings &around, Faults &faults) {
  switch (node.kind()) {
  case NodeKind::BreakStatement:
  case NodeKind::ContinueStatement:
    if (!around.inLoop)
      faults.add(node, "`" + node.text() + "` can stand inside a loop only");
    return;
  case NodeKind::ReturnStatement:
    if (!around.inFunction)
      faults.add(node, firstWord(node), "`return` can stand inside a function only");
    return;
  case NodeKind::NonlocalStatement:
    return checkNonlocal(node, around, faults);
  case NodeKind::ImportFromStatement:
    return checkStarImport(node, around, faults);
  case NodeKind::Yield:
    return checkYield(node, around, faults);
  case NodeKind::Await:
    // MicroPython awaits in any function, which is then a generator.
    if (!around.inFunction && !around.inGenerator)
      faults.add(node, firstWord(node), "`await` can stand inside a function only");
    return;
  case NodeKind::Async:
    return checkAsync(node, around, faults);
  default:
    return;
  }
}

llvm::StringRef python2Construct(SyntaxNode node) {
  switch (node.kind()) {
  case NodeKind::PrintStatement:
    return "`print` without brackets";
  case NodeKind::ExecStatement:
    return "`exec` without brackets";
  case NodeKind::ExceptClause: {
    SyntaxNode value = node.child(Field::Value);
    bool hasSecond = value && value.nextSibling().field() == Field::Value;
    return hasSecond ? "`except` with a comma: write `as`" : "";
  }
  case NodeKind::RaiseStatement:
    return node.firstChild().kind() == NodeKind::ExpressionList
               ? "`raise` with a comma: write a call"
               : "";
  case NodeKind::Operator:
    return node.range().length() == 2 && node.text() == "<>" ? "`<>`: write `!=`" : "";
  case NodeKind::StringStart:
    return node.text().ends_with("`") ? "backquotes: write `repr(…)`" : "";
  case NodeKind::Integer: {
    char last = node.text().back();
    return last == 'L' || last == 'l' ? "a number with an `L` behind it" : "";
  }
  case NodeKind::TuplePattern: {
    NodeKind parent = node.parent().kind();
    bool isParameter = parent == NodeKind::Parameters || parent == NodeKind::LambdaParameters ||
                       (parent == NodeKind::DefaultParameter && node.field() == Field::Name);
    return isParameter ? "a parameter in brackets" : "";
  }
  default:
    return "";
  }
}

} // namespace fraglint
