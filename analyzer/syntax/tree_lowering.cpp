#include "syntax/tree_lowering.h"

#include <tree_sitter/api.h>

namespace fraglint {

namespace {

/// Whether a token of this kind means something below `parent`. Operators are decided by
/// their field.
bool meansSomethingIn(NodeKind token, NodeKind parent) {
  switch (token) {
  case NodeKind::Async:
    return true;
  case NodeKind::Colon:
    return parent == NodeKind::Slice;
  case NodeKind::From:
    return parent == NodeKind::Yield;
  case NodeKind::Equals:
    return parent == NodeKind::Interpolation || parent == NodeKind::FormatExpression;
  default:
    return false;
  }
}

/// Comments come from elsewhere, and the other tokens mean nothing.
bool isNeverLowered(NodeKind kind) {
  return kind == NodeKind::None || kind == NodeKind::Comment || kind == NodeKind::LineContinuation;
}

/// Kinds without children, or with tokens of no meaning only: no need to look.
bool isLeaf(NodeKind kind) {
  switch (kind) {
  case NodeKind::Async:
  case NodeKind::Colon:
  case NodeKind::Ellipsis:
  case NodeKind::Equals:
  case NodeKind::EscapeInterpolation:
  case NodeKind::EscapeSequence:
  case NodeKind::False:
  case NodeKind::Float:
  case NodeKind::From:
  case NodeKind::Identifier:
  case NodeKind::Integer:
  case NodeKind::NoneLiteral:
  case NodeKind::Operator:
  case NodeKind::StringEnd:
  case NodeKind::StringStart:
  case NodeKind::True:
  case NodeKind::TypeConversion:
    return true;
  default:
    return false;
  }
}

/// Expressions that start with another one, to which their grammar gives an unary `*`.
bool isPostfixOrBinary(NodeKind kind) {
  return kind == NodeKind::Attribute || kind == NodeKind::BinaryOperator ||
         kind == NodeKind::Call || kind == NodeKind::Subscript;
}

/// What may stand as a top-level node. Anything else is a shred of broken Python.
bool isTopLevel(NodeKind kind) { return isStatement(kind) || kind == NodeKind::Error; }

class Cursor {
public:
  explicit Cursor(TSNode root) : cursor_(ts_tree_cursor_new(root)) {}
  ~Cursor() { ts_tree_cursor_delete(&cursor_); }
  Cursor(const Cursor &) = delete;
  Cursor &operator=(const Cursor &) = delete;
  TSTreeCursor &get() { return cursor_; }

private:
  TSTreeCursor cursor_;
};

} // namespace

bool TreeLowering::lower(const ParsedText &parsed, SyntaxTree &tree) {
  add(parsed.part.before, 0, tree);
  TreeLowering lowering(tree, parsed.part.range.begin);
  TSNode root = ts_tree_root_node(parsed.tree.get());
  Cursor cursor(root);
  bool found = ts_tree_cursor_goto_first_child(&cursor.get());
  for (; found; found = ts_tree_cursor_goto_next_sibling(&cursor.get()))
    lowering.lowerStatement(cursor.get());
  add(parsed.part.behind, parsed.part.shift, tree);
  return ts_node_has_error(root);
}

/// Statements that were lowered for the last text.
void TreeLowering::add(llvm::ArrayRef<LoweredStatement> statements, uint32_t shift,
                       SyntaxTree &tree) {
  uint32_t ordinal = tree.nodeCount();
  for (const LoweredStatement &statement : statements) {
    tree.statements_.push_back({statement.nodes, statement.begin + shift, ordinal});
    ordinal += static_cast<uint32_t>(statement.nodes->size());
  }
}

std::vector<LoweredStatement> TreeLowering::statementsOf(const SyntaxTree &tree) {
  std::vector<LoweredStatement> statements;
  statements.reserve(tree.statements_.size());
  for (const SyntaxTree::Statement &statement : tree.statements_)
    statements.push_back({statement.nodes, statement.begin});
  return statements;
}

/// Lowers the node under the cursor and everything below it, and leaves the cursor there.
void TreeLowering::lowerStatement(TSTreeCursor &cursor) {
  nodes_.clear();
  if (!enter(cursor, 0))
    return;
  uint32_t current = 0; // the innermost node that is entered and not left
  bool descend = true;  // the node under the cursor is `current` and its children are to come
  while (true) {
    if (descend && !isLeaf(nodes_[current].kind) && ts_tree_cursor_goto_first_child(&cursor)) {
      // to the child
    } else if (descend) {
      leave(current);
      if (current == 0)
        break;
      current = nodes_[current].parent;
      descend = false;
      continue;
    } else if (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      ts_tree_cursor_goto_parent(&cursor);
      leave(current);
      if (current == 0)
        break;
      current = nodes_[current].parent;
      continue;
    }
    descend = enter(cursor, current);
    if (descend)
      current = static_cast<uint32_t>(nodes_.size()) - 1;
  }
  finishStatement();
}

/// Adds the node under the cursor. False where it is of no interest: those have no children.
bool TreeLowering::enter(TSTreeCursor &cursor, uint32_t parent) {
  TSNode node = ts_tree_cursor_current_node(&cursor);
  NodeKind kind = table_.kind(ts_node_symbol(node));
  bool isRoot = nodes_.empty();
  bool hasError = (isRoot || nodes_.front().hasError) && ts_node_has_error(node);
  Field field = Field::None;
  if (hasError && ts_node_is_missing(node)) {
    kind = NodeKind::Error; // also for tokens: else nothing would say where one is missing
  } else {
    if (isNeverLowered(kind))
      return false;
    if (!isRoot)
      field = table_.field(ts_tree_cursor_current_field_id(&cursor));
    if (kind == NodeKind::Operator && field != Field::Operator && field != Field::Operators)
      return false;
    if (kind > NodeKind::Operator && (isRoot || !meansSomethingIn(kind, nodes_[parent].kind)))
      return false;
  }
  if (isRoot && !isTopLevel(kind)) {
    kind = NodeKind::Error;
    hasError = true;
  }
  uint32_t begin = partBegin_ + ts_node_start_byte(node);
  uint32_t end = partBegin_ + ts_node_end_byte(node);
  hasAnd_ |= kind == NodeKind::Operator && end - begin == 1 && tree_.file().text()[begin] == '&';
  if (kind == NodeKind::ListSplat && isPostfixOrBinary(nodes_[parent].kind) &&
      parent + 1 == nodes_.size())
    lostSplats_.push_back(static_cast<uint32_t>(nodes_.size()));
  if (isLeaf(kind) && hasError)
    kind = NodeKind::Error; // `a not b`: half of an operator is missing
  if (isRoot)
    base_ = begin;
  nodes_.push_back({begin - base_, end - base_, parent, 0, kind, field, hasError});
  return true;
}

/// For `[*f(x)]` tree-sitter often gives a call of `*f`: the splat, its first descendant, is
/// put around what it unpacks. In pre-order that is a rotation, and parents move along.
void TreeLowering::pullOutSplats() {
  for (uint32_t splat : lostSplats_)
    pullOutSplat(splat);
  lostSplats_.clear();
}

void TreeLowering::pullOutSplat(uint32_t splat) {
  uint32_t top = splat; // the outermost expression that starts with the splat
  while (isPostfixOrBinary(nodes_[nodes_[top].parent].kind) && nodes_[top].parent + 1 == top)
    top = nodes_[top].parent;
  if (top == splat || nodes_[splat].subtreeEnd == splat + 1)
    return;
  LoweredNode moved = nodes_[splat];
  LoweredNode &inner = nodes_[splat + 1];
  for (uint32_t index = top; index < nodes_[top].subtreeEnd; ++index)
    if (index > splat + 1 && nodes_[index].parent >= top && nodes_[index].parent < splat)
      ++nodes_[index].parent;
  std::swap(inner.field, moved.field);
  moved.field = nodes_[top].field;
  moved.end = nodes_[top].end;
  moved.parent = nodes_[top].parent;
  moved.subtreeEnd = nodes_[top].subtreeEnd;
  for (uint32_t index = splat; index > top; --index) {
    nodes_[index] = nodes_[index - 1];
    nodes_[index].begin = inner.begin;
    nodes_[index].parent = index - 1;
  }
  nodes_[top + 1].field = Field::None;
  nodes_[top] = moved;
}

/// `&` or `^` of a binary operation; 0 for all others.
char TreeLowering::bitOperator(uint32_t binary) const {
  if (nodes_[binary].kind != NodeKind::BinaryOperator || nodes_[binary].hasError)
    return 0;
  const LoweredNode &token = nodes_[nodes_[binary + 1].subtreeEnd];
  llvm::StringRef text = tree_.file().text().slice(base_ + token.begin, base_ + token.end);
  return text == "&" || text == "^" ? text.front() : '\0';
}

/// The grammar binds `^` before `&`, Python the other way round.
void TreeLowering::regroupAnds() {
  if (!hasAnd_)
    return;
  hasAnd_ = false;
  // From the innermost on, since what is regrouped is moved.
  for (auto index = static_cast<uint32_t>(nodes_.size()); index-- > 0;)
    if (bitOperator(index) == '&' && (index == 0 || bitOperator(nodes_[index].parent) != '&'))
      regroupAnd(index);
}

/// `top`: the last of a row of `&` whose operands may be rows of `^`. In pre-order a row is its
/// operations, the last one first, then operands and operators in turn: those of the row are put
/// together anew from the text's own order.
void TreeLowering::regroupAnd(uint32_t top) {
  struct Item {
    uint32_t operand;
    uint32_t token; ///< the operator before it; of the first 0
  };
  // Down the left operands of rows, the rest waits.
  llvm::SmallVector<Item, 8> items, waiting{{top, 0}};
  bool hasXor = false;
  while (!waiting.empty()) {
    Item next = waiting.pop_back_val();
    char op = bitOperator(next.operand);
    if (!op) {
      items.push_back(next);
      continue;
    }
    hasXor |= op == '^';
    uint32_t token = nodes_[next.operand + 1].subtreeEnd;
    waiting.push_back({token + 1, token});
    waiting.push_back({next.operand + 1, next.token});
  }
  if (!hasXor)
    return;

  Nodes made;
  auto isXor = [&](const Item &item) {
    return tree_.file().text()[base_ + nodes_[item.token].begin] == '^';
  };
  auto copy = [&](uint32_t from, uint32_t parent, Field field) {
    auto at = top + static_cast<uint32_t>(made.size());
    for (uint32_t index = from; index < nodes_[from].subtreeEnd; ++index) {
      LoweredNode node = nodes_[index];
      node.parent = node.parent - from + at;
      node.subtreeEnd = node.subtreeEnd - from + at;
      made.push_back(node);
    }
    made[at - top].parent = parent;
    made[at - top].field = field;
  };
  auto open = [&](uint32_t parent, Field field, uint32_t from, uint32_t to) {
    LoweredNode node = nodes_[top];
    node.begin = nodes_[from].begin;
    node.end = nodes_[to].end;
    node.parent = parent;
    node.field = field;
    made.push_back(node);
    return top + static_cast<uint32_t>(made.size()) - 1;
  };
  // A row of operations: `parts` are where each of its operands begins in items, and the end.
  auto row = [&](llvm::ArrayRef<size_t> parts, uint32_t parent, Field field, auto &&operand) {
    llvm::SmallVector<uint32_t, 8> operations;
    for (size_t part = parts.size() - 2; part > 0; --part) {
      operations.push_back(
          open(parent, field, items[parts[0]].operand, items[parts[part + 1] - 1].operand));
      parent = operations.back();
      field = Field::Left;
    }
    operand(parts[0], parts[1], parent, field);
    for (size_t part = 1; part + 1 < parts.size(); ++part) {
      uint32_t operation = operations.pop_back_val();
      copy(items[parts[part]].token, operation, Field::Operator);
      operand(parts[part], parts[part + 1], operation, Field::Right);
      made[operation - top].subtreeEnd = top + static_cast<uint32_t>(made.size());
    }
  };
  llvm::SmallVector<size_t, 8> xors{0};
  for (size_t i = 1; i < items.size(); ++i)
    if (isXor(items[i]))
      xors.push_back(i);
  xors.push_back(items.size());
  row(xors, nodes_[top].parent, nodes_[top].field,
      [&](size_t begin, size_t until, uint32_t parent, Field field) {
        llvm::SmallVector<size_t, 8> ands;
        for (size_t i = begin; i <= until; ++i)
          ands.push_back(i);
        row(ands, parent, field, [&](size_t one, size_t, uint32_t operation, Field place) {
          copy(items[one].operand, operation, place);
        });
      });
  std::copy(made.begin(), made.end(), nodes_.begin() + top);
}

/// Makes the statement's own array, in its exact size.
void TreeLowering::finishStatement() {
  pullOutSplats();
  regroupAnds();
  uint32_t ordinal = tree_.nodeCount();
  tree_.statements_.push_back({std::make_shared<Nodes>(nodes_), base_, ordinal});
}

/// To be changed: a copy where a history, and so another tree, may have the same array. The others
/// were made here, and nobody else sees them before SyntaxTree::parse() returns.
std::vector<LoweredNode> &TreeLowering::nodesOf(SyntaxTree &tree, uint32_t statement) {
  LoweredNodes &nodes = tree.statements_[statement].nodes;
  if (nodes.use_count() > 1)
    nodes = std::make_shared<Nodes>(*nodes);
  return const_cast<Nodes &>(*nodes);
}

void TreeLowering::markError(SyntaxTree &tree, SyntaxNode node) {
  if (!node)
    return;
  Nodes &nodes = nodesOf(tree, node.statement_);
  // Above a marked node all are marked already; else many errors deep down would take for ever.
  for (uint32_t index = node.index_; !nodes[index].hasError; index = nodes[index].parent)
    nodes[index].hasError = true;
}

void TreeLowering::markBroken(SyntaxTree &tree, llvm::ArrayRef<BrokenLine> lines) {
  const BrokenLine *line = lines.begin();
  for (uint32_t index = 0; index < tree.statementCount(); ++index) {
    uint32_t base = tree.statements_[index].begin;
    while (line != lines.end() && line->line.end <= base)
      ++line;
    if (line == lines.end())
      return;
    if (line->line.begin > tree.statement(index).range().end)
      continue;
    Nodes &nodes = nodesOf(tree, index);
    for (LoweredNode &node : nodes) {
      while (line != lines.end() && line->line.end <= base + node.begin)
        ++line;
      if (line == lines.end())
        return;
      if (line->line.begin > base + node.begin)
        continue;
      if (base + node.end <= line->line.end)
        node.kind = NodeKind::Error;
      markError(tree, tree.statement(index).at(static_cast<uint32_t>(&node - nodes.data())));
    }
  }
}

} // namespace fraglint
