#include "evaluator/parse_cost.h"
#include "evaluator/parse_rules.h"

namespace fraglint {

void ParseWalk::suite(SyntaxNode block, unsigned depth) {
  unsigned count = 0;
  bool isBlock = static_cast<bool>(block);
  SyntaxNode header = block.parent();
  llvm::StringRef between;
  if (isBlock && header)
    between = header.text().take_front(block.range().begin - header.range().begin);
  bool isOneLine = !between.rtrim(" \t").ends_with("\n") && !between.contains('\n') &&
                   !block.text().contains('\n');
  ++blocks_;
  cost_.deepestIndent = std::max(cost_.deepestIndent, blocks_);
  for (SyntaxNode child : block.children()) {
    statement(child, isOneLine ? depth : depth + 3);
    ++count;
  }
  --blocks_;
  if (!isOneLine)
    noStatement(depth + 3);
  if (count == 0)
    return push();
  list(count);
}

void ParseWalk::compoundStatement(SyntaxNode statement, unsigned depth) {
  switch (statement.kind()) {
  case NodeKind::IfStatement:
    return ifStatement(statement, depth);
  case NodeKind::WhileStatement:
    expression(statement.child(Field::Condition), depth + 2);
    suite(statement.child(Field::Body), depth + 1);
    if (SyntaxNode other = statement.child(Field::Alternative))
      suite(other.child(Field::Body), depth + 2);
    else
      push();
    return node(3);
  case NodeKind::ForStatement:
    expressions(statement.child(Field::Left), depth + 1);
    expressions(statement.child(Field::Right), depth + 2);
    suite(statement.child(Field::Body), depth + 1);
    if (SyntaxNode other = statement.child(Field::Alternative))
      suite(other.child(Field::Body), depth + 2);
    else
      push();
    node(4);
    break;
  case NodeKind::TryStatement:
    return tryStatement(statement, depth);
  case NodeKind::WithStatement:
    withStatement(statement, depth);
    break;
  case NodeKind::FunctionDefinition:
  case NodeKind::ClassDefinition:
    definition(statement, depth);
    break;
  case NodeKind::DecoratedDefinition:
    return decorated(statement, depth);
  default:
    return push();
  }
  if (statement.child(NodeKind::Async))
    node(1);
}

void ParseWalk::ifStatement(SyntaxNode statement, unsigned depth) {
  expression(statement.child(Field::Condition), depth + 2);
  suite(statement.child(Field::Consequence), depth + 1);
  unsigned elifs = 0;
  bool hasElse = false;
  for (SyntaxNode child : statement.children()) {
    if (child.kind() == NodeKind::ElifClause) {
      expression(child.child(Field::Condition), depth + 4);
      suite(child.child(Field::Consequence), depth + 3);
      node(2);
      ++elifs;
    } else if (child.kind() == NodeKind::ElseClause) {
      if (elifs == 0)
        push();
      list(elifs);
      suite(child.child(Field::Body), depth + 2);
      hasElse = true;
    }
  }
  if (!hasElse) {
    if (elifs == 0)
      push();
    list(elifs);
    push();
  }
  node(4);
}

void ParseWalk::tryStatement(SyntaxNode statement, unsigned depth) {
  suite(statement.child(Field::Body), depth + 1);
  unsigned handlers = 0;
  bool hasElse = false, hasFinally = false;
  auto endHandlers = [&] { list(handlers); };
  for (SyntaxNode child : statement.children()) {
    switch (child.kind()) {
    case NodeKind::ExceptClause: {
      SyntaxNode value = child.child(Field::Value), alias = child.child(Field::Alias);
      if (!value)
        value = child.firstChild();
      if (value.kind() == NodeKind::Block)
        value = SyntaxNode();
      if (value.kind() == NodeKind::AsPattern) {
        alias = value.child(Field::Alias);
        value = value.firstChild();
      }
      if (value)
        expressions(value, depth + 6);
      else
        nothing(depth + 6);
      if (alias) {
        name(alias.text());
        push();
        node(2);
      }
      suite(child.child(NodeKind::Block), depth + 5);
      node(2);
      ++handlers;
      break;
    }
    case NodeKind::ElseClause:
      endHandlers();
      suite(child.child(Field::Body), depth + 4);
      hasElse = true;
      break;
    case NodeKind::FinallyClause:
      if (handlers > 0 && !hasElse) {
        endHandlers();
        push();
      }
      suite(child.child(NodeKind::Block), depth + (handlers > 0 ? 4 : 2));
      node(1);
      hasFinally = true;
      break;
    default:
      break;
    }
  }
  if (handlers > 0) {
    if (hasElse && !hasFinally)
      push();
    if (hasElse || hasFinally)
      node(3);
    else
      endHandlers();
  }
  node(2);
}

void ParseWalk::withStatement(SyntaxNode statement, unsigned depth) {
  SyntaxNode clause = statement.child(NodeKind::WithClause);
  unsigned count = 0;
  for (SyntaxNode item : clause.children()) {
    SyntaxNode value = item.kind() == NodeKind::WithItem ? item.child(Field::Value) : item;
    ++count;
    if (value.kind() != NodeKind::AsPattern) {
      expression(value, depth + 3);
      continue;
    }
    expression(value.firstChild(), depth + 3);
    SyntaxNode target = value.child(Field::Alias);
    expression(target.kind() == NodeKind::AsPatternTarget ? target.firstChild() : target, depth);
    node(2);
  }
  list(count);
  suite(statement.child(Field::Body), depth + 1);
  node(2);
}

void ParseWalk::definition(SyntaxNode statement, unsigned depth) {
  name(statement.child(Field::Name).text());
  push();
  if (statement.kind() == NodeKind::ClassDefinition) {
    SyntaxNode bases = statement.child(Field::Superclasses);
    if (!bases)
      push();
    else if (bases.firstChild())
      arguments(bases, depth + 4 - 17);
    else {
      push();
      node(1);
    }
    suite(statement.child(Field::Body), depth + 1);
    push();
    return node(4);
  }
  if (statement.child(NodeKind::Async))
    ++depth;
  parameters(statement.child(Field::Parameters), depth + 1, /*isLambda=*/false);
  if (SyntaxNode type = statement.child(Field::ReturnType))
    expression(type, depth + 2);
  else
    push();
  suite(statement.child(Field::Body), depth + 1);
  push();
  node(5);
}

void ParseWalk::decorated(SyntaxNode statement, unsigned depth) {
  unsigned count = 0;
  for (SyntaxNode child : statement.children()) {
    if (child.kind() != NodeKind::Decorator)
      continue;
    SyntaxNode value = child.firstChild();
    SyntaxNode given;
    if (value.kind() == NodeKind::Call) {
      given = value.child(Field::Arguments);
      value = value.child(Field::Function);
    }
    llvm::SmallVector<llvm::StringRef, 4> parts;
    value.text().split(parts, '.');
    for (llvm::StringRef part : parts) {
      name(part);
      push();
    }
    list(static_cast<unsigned>(parts.size()));
    if (given) {
      arguments(given, depth + 4 - 15);
      node(1);
    } else {
      push();
    }
    node(2);
    ++count;
  }
  list(count);
  compoundStatement(statement.child(Field::Definition), depth + 2);
  node(2);
}

void ParseWalk::parameters(SyntaxNode parameters, unsigned depth, bool isLambda) {
  unsigned count = 0;
  for (SyntaxNode parameter : parameters.children()) {
    ++count;
    SyntaxNode type = parameter.child(Field::Type), value = parameter.child(Field::Value);
    SyntaxNode named = parameter.child(Field::Name);
    bool isTyped = parameter.kind() == NodeKind::TypedParameter;
    if (isTyped)
      named = parameter.firstChild();
    if (!named)
      named = parameter;
    NodeKind kind = isTyped ? named.kind() : parameter.kind();
    bool isStar = kind == NodeKind::ListSplatPattern || kind == NodeKind::KeywordSeparator;
    bool isDoubleStar = kind == NodeKind::DictionarySplatPattern;
    if (kind != NodeKind::KeywordSeparator && kind != NodeKind::PositionalSeparator)
      name(named.text().ltrim("* "));
    push();
    if (!isStar && !isDoubleStar && !type && !value)
      continue;
    if (type)
      expression(type, depth + 4);
    else if (!isLambda && kind != NodeKind::KeywordSeparator)
      push();
    if (isStar) {
      if (!isLambda && kind != NodeKind::KeywordSeparator)
        node(2);
      node(1);
    } else if (isDoubleStar) {
      node(isLambda ? 1 : 2);
    } else {
      if (value)
        expression(value, depth + 4);
      else
        push();
      node(isLambda ? 2 : 3);
    }
  }
  if (count == 0)
    return push();
  list(count, !isLambda && hasLastComma(parameters));
}

} // namespace fraglint
