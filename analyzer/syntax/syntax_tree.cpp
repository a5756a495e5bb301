#include "syntax/syntax_tree.h"

#include "syntax/parse_history.h"
#include "syntax/parser.h"
#include "syntax/recovery.h"
#include "syntax/tree_lowering.h"
#include "syntax/validity.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <optional>

namespace fraglint {

char NotAnalysedError::ID = 0;

llvm::StringRef SyntaxNode::text() const {
  if (!tree_)
    return {};
  TextRange where = range();
  return tree().file().text().slice(where.begin, where.end);
}

SyntaxNode SyntaxNode::previousSibling() const {
  SyntaxNode before;
  for (SyntaxNode sibling = parent().firstChild(); sibling && sibling.index_ < index_;
       sibling = sibling.nextSibling())
    before = sibling;
  return before;
}

SyntaxNode SyntaxNode::child(Field field) const {
  for (SyntaxNode candidate : children())
    if (candidate.field() == field)
      return candidate;
  return {};
}

SyntaxNode SyntaxNode::child(NodeKind kind) const {
  for (SyntaxNode candidate : children())
    if (candidate.kind() == kind)
      return candidate;
  return {};
}

SyntaxNode SyntaxNode::enclosing(NodeKind kind) const {
  SyntaxNode node = *this;
  while (node && node.kind() != kind)
    node = node.parent();
  return node;
}

SyntaxNode SyntaxNode::followingStatement() const {
  if (!tree_ || index_ != 0)
    return nextSibling();
  const auto &statements = tree_->statements_;
  bool isLast = statement_ + 1 >= statements.size() ||
                statements[statement_ + 1].part != statements[statement_].part;
  return isLast ? SyntaxNode() : tree_->statement(statement_ + 1);
}

SyntaxNode SyntaxNode::statement() const {
  SyntaxNode node = *this;
  while (node && !isStatement(node.kind()) && node.index_ != 0)
    node = node.parent();
  if (node.kind() != NodeKind::DecoratedDefinition)
    return node;
  SyntaxNode definition = node.child(Field::Definition);
  return definition ? definition : node;
}

namespace {

/// How much of the file lies in nodes of kind Error.
uint64_t errorBytes(const SyntaxTree &tree) {
  uint64_t bytes = 0;
  for (uint32_t index = 0; index < tree.statementCount(); ++index)
    for (SyntaxNode node = tree.statement(index); node && node.hasError();) {
      bool isError = node.kind() == NodeKind::Error;
      if (isError)
        bytes += std::max(node.range().length(), 1u);
      node = isError ? node.firstAfter() : node.next();
      while (node && !node.hasError())
        node = node.firstAfter();
    }
  return bytes;
}

} // namespace

/// Parses once more without the broken lines that `recovery` found so far, and keeps the result
/// if it explains more of the file. Returns whether the parser still saw errors.
bool SyntaxTree::reparse(const Recovery &recovery, PythonParser &parser, Deadline deadline) {
  ParsedText parsed = parser.parseEdited(recovery.text(), deadline);
  if (!parsed.tree)
    return true;
  SyntaxTree again;
  again.file_ = file_;
  bool hasErrors = TreeLowering::lower(parsed, again);
  if (errorBytes(again) <= errorBytes(*this))
    statements_ = std::move(again.statements_);
  return hasErrors;
}

/// Finds the lines that are wrong and reads the rest without them.
ParserErrors SyntaxTree::recover(const ScannedLines &lines, bool hasErrors, PythonParser &parser,
                                 Deadline deadline) {
  Recovery recovery(file_->text(), lines, parser, deadline);
  recovery.trySuspects();
  if (hasErrors || !recovery.broken().empty())
    hasErrors = reparse(recovery, parser, deadline);
  if (hasErrors) {
    recovery.tryErrors(*this);
    hasErrors = reparse(recovery, parser, deadline);
  }
  TreeLowering::markBroken(*this, recovery.broken());
  return {recovery.broken(), hasErrors};
}

llvm::Expected<std::shared_ptr<const SyntaxTree>>
SyntaxTree::parse(std::shared_ptr<const SourceFile> file, const ParseLimits &limits) {
  PythonParser parser;
  return TreeLowering::parse(std::move(file), limits, parser);
}

/// Of an edited document, the first that recover() would try: whether it is valid without the lines
/// in which the scanner saw problems. What the parser makes of them does not count then, and it
/// takes long to make something of them.
bool TreeLowering::lowerWithoutSuspects(const ScannedLines &lines, SyntaxTree &tree,
                                        ParserErrors &errors, PythonParser &parser,
                                        Deadline deadline) {
  if (!parser.history())
    return false;
  Recovery recovery(tree.file().text(), lines, parser, deadline);
  recovery.trySuspects();
  if (recovery.broken().empty())
    return false;
  ParsedText parsed = parser.parseSound(recovery.text(), deadline);
  if (!parsed.tree)
    return false;
  lower(parsed, tree);
  markBroken(tree, recovery.broken());
  errors = {recovery.broken(), false};
  return true;
}

/// Of an edited document that was valid: only what the edit touches is read. Null where that is not
/// valid by itself; then it may change what stands around it.
std::shared_ptr<SyntaxTree> TreeLowering::parsePart(std::shared_ptr<const SourceFile> file,
                                                    PythonParser &parser, Deadline deadline) {
  llvm::StringRef text = file->text();
  std::optional<EditedPart> part =
      parser.history() ? parser.history()->editedPartOf(text) : std::nullopt;
  if (!part || !part->isRestValid)
    return nullptr;
  ScannedLines lines = scanLines(text.slice(part->range.begin, part->range.end));
  if (!lines.problems.empty() || lines.misleadsParser)
    return nullptr;
  ParsedText parsed = parser.parseSound(text, deadline);
  if (!parsed.tree)
    return nullptr;
  auto tree = std::make_shared<SyntaxTree>();
  tree->file_ = std::move(file);
  lower(parsed, *tree);
  uint32_t offset = part->range.begin;
  for (LogicalLine &line : lines.lines) {
    line.begin += offset;
    line.end += offset;
    line.lastTokenBegin += offset;
  }
  StatementRange own = {static_cast<uint32_t>(part->before.size()),
                        tree->statementCount() - static_cast<uint32_t>(part->behind.size())};
  if (!checkValidity(*tree, lines, {}, own).faults.empty())
    return nullptr;
  auto addComments = [&](llvm::ArrayRef<Comment> comments, uint32_t shift) {
    for (const Comment &one : comments)
      tree->comments_.push_back({{one.range.begin + shift, one.range.end + shift}, one.ownLine});
  };
  addComments(part->commentsBefore, 0);
  addComments(lines.comments, offset);
  addComments(part->commentsBehind, part->shift);
  parser.history()->remember(text, statementsOf(*tree), tree->comments_, true);
  return tree;
}

llvm::Expected<std::shared_ptr<const SyntaxTree>>
TreeLowering::parse(std::shared_ptr<const SourceFile> file, const ParseLimits &limits,
                    PythonParser &parser) {
  Deadline deadline = ThreadClock::now() + limits.deadline;
  if (std::shared_ptr<SyntaxTree> edited = parsePart(file, parser, deadline))
    return edited;
  auto tree = std::make_shared<SyntaxTree>();
  tree->file_ = std::move(file);
  llvm::StringRef text = tree->file().text();
  ScannedLines lines = scanLines(text);
  std::string replaced = lines.misleadsParser ? textForParser(text) : std::string();
  if (lines.misleadsParser)
    text = replaced;
  ParserErrors errors;
  std::vector<LoweredStatement> statements; // of a text without errors, for the history
  bool isRemembered = false;
  if (lines.problems.empty() || !lowerWithoutSuspects(lines, *tree, errors, parser, deadline)) {
    ParsedText parsed = parser.parseEdited(text, deadline);
    if (!parsed.tree)
      return llvm::make_error<NotAnalysedError>(
          "parsing took longer than " + std::to_string(limits.deadline.count()) +
          " ms, so the file is skipped: it may not be Python");
    bool hasErrors = lower(parsed, *tree);
    isRemembered = !hasErrors && parser.history();
    if (isRemembered)
      statements = statementsOf(*tree);
    if (hasErrors || !lines.problems.empty())
      errors = tree->recover(lines, hasErrors, parser, deadline);
  }
  Validity validity = checkValidity(*tree, lines, errors, {0, tree->statementCount()});
  if (isRemembered) // before the statements are marked
    parser.history()->remember(text, std::move(statements), lines.comments,
                               validity.faults.empty() && validity.wrongNodes.empty() &&
                                   !lines.misleadsParser);
  for (SyntaxNode node : validity.wrongNodes)
    markError(*tree, node);
  for (Fault &fault : validity.faults)
    tree->problems_.push_back({fault.range, std::move(fault.message)});
  tree->comments_ = std::move(lines.comments);
  tree->isPython2_ = validity.isPython2;
  return tree;
}

std::shared_ptr<const SyntaxTree>
SyntaxTree::join(llvm::ArrayRef<std::shared_ptr<const SyntaxTree>> trees) {
  if (trees.size() == 1)
    return trees.front();
  auto joined = std::make_shared<SyntaxTree>();
  joined->file_ = trees.front()->file_;
  joined->parts_.assign(trees.begin(), trees.end());
  uint32_t ordinal = 0;
  for (uint32_t part = 0; part < trees.size(); ++part) {
    for (Statement statement : trees[part]->statements_) {
      statement.firstOrdinal += ordinal;
      statement.part = part;
      joined->statements_.push_back(std::move(statement));
    }
    ordinal += trees[part]->nodeCount();
  }
  return joined;
}

llvm::SmallVector<SyntaxTree::Part, 1> SyntaxTree::parts() const {
  if (parts_.empty())
    return {{this, 0, statementCount()}};
  llvm::SmallVector<Part, 1> parts;
  uint32_t begin = 0;
  for (const auto &tree : parts_) {
    parts.push_back({tree.get(), begin, begin + tree->statementCount()});
    begin = parts.back().end;
  }
  return parts;
}

uint32_t SyntaxTree::nodeCount() const {
  if (statements_.empty())
    return 0;
  const Statement &last = statements_.back();
  return last.firstOrdinal + static_cast<uint32_t>(last.nodes->size());
}

SyntaxNode SyntaxTree::statement(uint32_t index) const {
  return index < statements_.size() ? SyntaxNode(this, index, 0) : SyntaxNode();
}

SyntaxNode SyntaxTree::node(uint32_t ordinal) const {
  if (ordinal >= nodeCount())
    return {};
  auto after = llvm::upper_bound(statements_, ordinal, [](uint32_t value, const Statement &it) {
    return value < it.firstOrdinal;
  });
  auto index = static_cast<uint32_t>(after - statements_.begin()) - 1;
  return {this, index, ordinal - statements_[index].firstOrdinal};
}

namespace {

/// Whether an empty `range` stands at the end of `node`: it then covers the next node rather,
/// which starts there, if there is one.
bool onlyTouches(SyntaxNode node, TextRange range) {
  return range.empty() && node.range().end == range.begin && !node.range().empty();
}

} // namespace

SyntaxNode SyntaxTree::covering(TextRange range) const {
  auto after = llvm::upper_bound(statements_, range.begin, [](uint32_t value, const Statement &it) {
    return value < it.begin;
  });
  if (after == statements_.begin())
    return {};
  SyntaxNode node = statement(static_cast<uint32_t>(after - statements_.begin()) - 1);
  if (!node.range().contains(range))
    return {};
  for (SyntaxNode inner = node; inner;) {
    node = inner;
    inner = {};
    for (SyntaxNode child : node.children())
      if (child.range().contains(range) && (!inner || onlyTouches(inner, range)))
        inner = child;
  }
  return node;
}

} // namespace fraglint
