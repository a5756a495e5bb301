#include "evaluator/parse_cost.h"
#include "evaluator/text_names.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

ParseCost parseCost(const SyntaxTree &tree, uint32_t begin, uint32_t end,
                    const FirmwareProfile &profile) {
  return ParseWalk(profile).walk(tree, begin, end);
}

ParseCost ParseWalk::walk(const SyntaxTree &tree, uint32_t begin, uint32_t end) {
  unsigned count = 0;
  if (begin < end) {
    // Blank lines and comments at the head of a file are one empty statement.
    SyntaxNode first = tree.statement(begin);
    llvm::StringRef before = first.tree().file().text().take_front(first.range().begin);
    if (before.contains('\n')) {
      push();
      ++count;
    }
  }
  for (uint32_t index = begin; index < end; ++index) {
    statement(tree.statement(index), 2);
    ++count;
  }
  noStatement(2);
  list(count);
  return std::move(cost_);
}

/// What ends a block is seen when it is no statement of any kind; an expression is tried last.
void ParseWalk::noStatement(unsigned depth) {
  unsigned before = results_;
  nothing(depth + 4);
  results_ = before;
}

void ParseWalk::push() {
  ++results_;
  // What may follow is looked for with an empty result behind this one.
  cost_.mostResults = std::max(cost_.mostResults, results_ + 1);
}

void ParseWalk::node(unsigned arguments) {
  nodeBytes(arguments);
  pop(arguments);
  push();
}

void ParseWalk::list(unsigned items, bool hasLastSeparator) {
  if (items > 1 || (items == 1 && hasLastSeparator))
    node(items);
}

void ParseWalk::object(int64_t bytes) {
  int64_t block = profile_.blockBytes();
  cost_.objectBytes += (bytes + block - 1) / block * block;
  cost_.largestObject = std::max(cost_.largestObject, bytes);
  cost_.objectRequests += bytes;
  ++cost_.objectCount;
}

void ParseWalk::token(size_t length) {
  cost_.longestToken = std::max(cost_.longestToken, static_cast<uint32_t>(length));
}

void ParseWalk::name(llvm::StringRef text) {
  token(text.size());
  if (!text.empty() && !isFirmwareName(profile_, text) && names_.insert(text).second)
    cost_.names.push_back(text.str());
}

// --- Simple statements -----------------------------------------------------------------------

void ParseWalk::statement(SyntaxNode statement, unsigned depth) {
  if (nesting_ >= kMostNesting)
    return push();
  ++nesting_;
  reach(depth + 4);
  if (isCompoundStatement(statement.kind()))
    compoundStatement(statement, depth + 2);
  else
    simpleStatement(statement, depth + 2);
  --nesting_;
}

/// `depth`: of the rules for the kinds of statements.
void ParseWalk::simpleStatement(SyntaxNode statement, unsigned depth) {
  switch (statement.kind()) {
  case NodeKind::ExpressionStatement:
    return expressionStatement(statement, depth);
  case NodeKind::ReturnStatement:
    if (statement.firstChild())
      expressions(statement.firstChild(), depth + 4);
    else
      nothing(depth + 4);
    return node(1);
  case NodeKind::DeleteStatement:
    expressions(statement.firstChild(), depth);
    return node(1);
  case NodeKind::RaiseStatement: {
    SyntaxNode cause = statement.child(Field::Cause);
    SyntaxNode raised = statement.firstChild();
    if (raised)
      expressions(raised, depth + 4);
    else
      nothing(depth + 4);
    if (cause) {
      expression(cause, depth + 5);
      node(2);
    }
    return node(1);
  }
  case NodeKind::AssertStatement: {
    unsigned count = 0;
    for (SyntaxNode child : statement.children()) {
      expression(child, depth + 2 + count);
      ++count;
    }
    if (count < 2)
      push();
    return node(2);
  }
  case NodeKind::GlobalStatement:
  case NodeKind::NonlocalStatement:
    nameList(statement);
    return node(1);
  case NodeKind::ImportStatement: {
    unsigned count = 0;
    for (SyntaxNode child : statement.children()) {
      aliased(child);
      ++count;
    }
    list(count);
    return node(1);
  }
  case NodeKind::ImportFromStatement:
  case NodeKind::FutureImportStatement:
    return importFrom(statement, depth);
  default: // pass, break, continue
    push();
    nodeBytes(0);
  }
}

void ParseWalk::nameList(SyntaxNode statement) {
  unsigned count = 0;
  for (SyntaxNode child : statement.children()) {
    name(child.text());
    push();
    ++count;
  }
  list(count);
}

void ParseWalk::dottedName(SyntaxNode dotted) {
  unsigned count = 0;
  for (SyntaxNode child : dotted.children()) {
    name(child.text());
    push();
    ++count;
  }
  // The compiler asks for it under its whole name.
  if (count > 1)
    name(dotted.text());
  list(count);
}

void ParseWalk::aliased(SyntaxNode import) {
  if (import.kind() != NodeKind::AliasedImport)
    return dottedName(import);
  dottedName(import.child(Field::Name));
  name(import.child(Field::Alias).text());
  push();
  node(2);
}

void ParseWalk::importFrom(SyntaxNode statement, unsigned) {
  SyntaxNode module = statement.child(Field::ModuleName);
  if (module.kind() == NodeKind::RelativeImport) {
    unsigned dots = static_cast<unsigned>(
        module.text().take_while([](char c) { return c == '.' || c == ' '; }).count('.'));
    dots = dots / 3 + dots % 3; // three are one token
    for (unsigned i = 0; i < dots; ++i)
      push();
    list(dots);
    if (SyntaxNode named = module.child(NodeKind::DottedName)) {
      dottedName(named);
      node(2);
    }
  } else if (module) {
    dottedName(module);
  } else {
    push();
  }
  unsigned count = 0;
  bool isStar = static_cast<bool>(statement.child(NodeKind::WildcardImport));
  for (SyntaxNode child : statement.children()) {
    if (child.field() != Field::Name)
      continue;
    SyntaxNode imported =
        child.kind() == NodeKind::AliasedImport ? child.child(Field::Name) : child;
    name(imported.text());
    push();
    if (child.kind() == NodeKind::AliasedImport)
      name(child.child(Field::Alias).text());
    push();
    node(2);
    ++count;
  }
  if (isStar)
    push();
  bool hasComma = statement.text().rtrim(") \n\t\r").ends_with(",");
  list(count, hasComma);
  node(2);
}

void ParseWalk::expressionStatement(SyntaxNode statement, unsigned depth) {
  SyntaxNode inner = statement.firstChild();
  switch (inner.kind()) {
  case NodeKind::Assignment:
    return assignment(inner, depth);
  case NodeKind::AugmentedAssignment:
    expressions(inner.child(Field::Left), depth + 2);
    push();
    expressions(inner.child(Field::Right), depth + 4);
    node(2);
    return node(2);
  case NodeKind::Yield:
    expression(inner, depth + 1);
    return node(1);
  default:
    break;
  }
  // Several with commas stand here one by one.
  unsigned count = 0;
  for (SyntaxNode child : statement.children()) {
    expressions(child, depth + 2);
    ++count;
  }
  list(count);
  push();
  node(2);
}

/// `X = const(…)` stands for its value from here on; one that begins with `_` is no statement.
bool ParseWalk::declaredConstant(SyntaxNode assignment, unsigned depth) {
  SyntaxNode left = assignment.child(Field::Left), right = assignment.child(Field::Right);
  if (left.kind() != NodeKind::Identifier || right.kind() != NodeKind::Call)
    return false;
  std::optional<Constant> value = constants_.declared(right);
  if (!value)
    return false;
  name(left.text());
  push();
  expression(right, depth + 4);
  constants_.declare(left.text(), *value);
  ++cost_.constants;
  if (left.text().starts_with("_")) {
    pop(2);
    push();
    nodeBytes(0);
  } else {
    node(2);
  }
  return true;
}

void ParseWalk::assignment(SyntaxNode assignment, unsigned depth) {
  if (declaredConstant(assignment, depth))
    return;
  expressions(assignment.child(Field::Left), depth + 2);
  if (SyntaxNode type = assignment.child(Field::Type)) {
    expression(type, depth + 3);
    if (SyntaxNode value = assignment.child(Field::Right))
      expressions(value, depth + 5);
    else
      push();
    node(2);
    return node(2);
  }
  SyntaxNode right = assignment.child(Field::Right);
  unsigned count = 1;
  for (; right.kind() == NodeKind::Assignment; right = right.child(Field::Right)) {
    expressions(right.child(Field::Left), depth + 4);
    ++count;
  }
  expressions(right, depth + 4);
  list(count);
  node(2);
}

} // namespace fraglint
