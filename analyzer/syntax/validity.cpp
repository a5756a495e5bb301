#include "syntax/validity.h"

#include "syntax/keywords.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <array>

namespace fraglint {

namespace {

/// More would help nobody, and a file of noise would make thousands.
constexpr size_t kMaxFaults = 100;

/// Which checks a kind of node needs, so that most nodes cost one look into a table.
enum Need : uint8_t {
  NeedsTargets = 1,
  NeedsParameters = 2,
  NeedsExpression = 4,
  NeedsStatement = 8,
  NeedsSurroundings = 16,
  NeedsPython2 = 32,
  NeedsLines = 64,
};

constexpr std::array<uint8_t, kNodeKindCount> makeNeeds() {
  std::array<uint8_t, kNodeKindCount> needs{};
  auto add = [&](uint8_t need, std::initializer_list<NodeKind> kinds) {
    for (NodeKind kind : kinds)
      needs[static_cast<uint8_t>(kind)] |= need;
  };
  for (uint8_t kind = 0; kind < kNodeKindCount; ++kind)
    if (isStatement(static_cast<NodeKind>(kind)))
      needs[kind] |= NeedsLines;
  add(NeedsLines, {NodeKind::CaseClause, NodeKind::Decorator, NodeKind::ElifClause,
                   NodeKind::ElseClause, NodeKind::ExceptClause, NodeKind::FinallyClause});
  add(NeedsTargets, {NodeKind::AsPattern, NodeKind::Assignment, NodeKind::AugmentedAssignment,
                     NodeKind::DeleteStatement, NodeKind::ForInClause, NodeKind::ForStatement});
  add(NeedsParameters, {NodeKind::ArgumentList, NodeKind::LambdaParameters, NodeKind::Parameters});
  add(NeedsExpression, {NodeKind::ArgumentList, NodeKind::AsPattern, NodeKind::ConcatenatedString,
                        NodeKind::ConstrainedType, NodeKind::Dictionary, NodeKind::ForInClause,
                        NodeKind::Identifier, NodeKind::ListSplat, NodeKind::NamedExpression,
                        NodeKind::SplatType, NodeKind::TypeConversion, NodeKind::Yield});
  add(NeedsStatement,
      {NodeKind::AssertStatement, NodeKind::FutureImportStatement, NodeKind::ImportFromStatement,
       NodeKind::ImportStatement, NodeKind::RaiseStatement, NodeKind::TryStatement,
       NodeKind::TypeAliasStatement, NodeKind::WithClause});
  add(NeedsSurroundings, {NodeKind::Async, NodeKind::Await, NodeKind::BreakStatement,
                          NodeKind::ContinueStatement, NodeKind::ImportFromStatement,
                          NodeKind::NonlocalStatement, NodeKind::ReturnStatement, NodeKind::Yield});
  add(NeedsPython2, {NodeKind::ExceptClause, NodeKind::ExecStatement, NodeKind::Integer,
                     NodeKind::Operator, NodeKind::PrintStatement, NodeKind::RaiseStatement,
                     NodeKind::StringStart, NodeKind::TuplePattern});
  return needs;
}

constexpr std::array<uint8_t, kNodeKindCount> kNeeds = makeNeeds();

/// Which logical line `offset` belongs to; between lines, the one before if it is on the same
/// physical line, else the next one.
size_t lineNumber(const ScannedLines &lines, const LineIndex &index, uint32_t offset) {
  auto line =
      llvm::partition_point(lines.lines, [&](const LogicalLine &it) { return it.end <= offset; });
  bool isBetween = line == lines.lines.end() || line->begin > offset;
  if (isBetween && line != lines.lines.begin() &&
      index.lineAt(std::prev(line)->end) == index.lineAt(offset))
    --line;
  return static_cast<size_t>(line - lines.lines.begin());
}

/// One walk over the tree in pre-order.
class ValidityWalk {
public:
  ValidityWalk(const SyntaxTree &tree, const ScannedLines &lines, const ParserErrors &errors)
      : tree_(tree), lines_(lines), broken_(errors.broken) {}

  void run(StatementRange unsure);
  std::vector<Fault> takeFaults() { return faults_.take(); }
  SyntaxNode firstPython2() const { return python2_; }

private:
  void visit(SyntaxNode node);
  void leaveScopes(SyntaxNode node);
  void enterScope(SyntaxNode node);
  const LogicalLine *lineOf(uint32_t offset);
  void checkLines(SyntaxNode node);
  void checkHeader(SyntaxNode node, const LogicalLine &line);
  void addParserError(SyntaxNode node);
  void addGeneric(SyntaxNode node, TextRange range, TextRange reach);

  struct Scope {
    SyntaxNode opener;
    Surroundings outside;
  };

  const SyntaxTree &tree_;
  const ScannedLines &lines_;
  llvm::ArrayRef<BrokenLine> broken_;
  Faults faults_;
  SyntaxNode python2_;
  Surroundings around_;
  std::vector<Scope> scopes_;
  size_t lineIndex_ = 0; ///< nodes come in order, and so do lines
  bool structureIsSure_ = true;
};

void ValidityWalk::run(StatementRange unsure) {
  for (const BrokenLine &line : broken_)
    addGeneric(tree_.covering(line.where), line.where, line.line);
  // Where something is broken, a loop or a function may have been lost around what is not.
  structureIsSure_ = lines_.problems.empty();
  for (uint32_t index = 0; index < tree_.statementCount(); ++index)
    structureIsSure_ &= !tree_.statement(index).hasError();
  for (uint32_t index = unsure.begin; index < unsure.end; ++index) {
    SyntaxNode node = tree_.statement(index);
    while (node) {
      if (node.kind() == NodeKind::Error) {
        addParserError(node);
        node = node.firstAfter();
        continue;
      }
      visit(node);
      node = node.next();
    }
  }
}

void ValidityWalk::visit(SyntaxNode node) {
  if (!scopes_.empty())
    leaveScopes(node);
  if (node.field() == Field::Body || node.kind() == NodeKind::GeneratorExpression)
    enterScope(node);
  uint8_t needs = kNeeds[static_cast<uint8_t>(node.kind())];
  if (needs == 0)
    return;
  if ((needs & NeedsLines) && !lines_.hasUnclosed)
    checkLines(node);
  if (node.hasError())
    return;
  if (needs & NeedsTargets)
    checkTargets(node, faults_);
  if (needs & NeedsParameters)
    checkParameters(node, faults_);
  if (needs & NeedsExpression)
    checkExpression(node, faults_);
  if (needs & NeedsStatement)
    checkStatement(node, faults_);
  if ((needs & NeedsSurroundings) && structureIsSure_)
    checkSurroundings(node, around_, faults_);
  // Behind an unclosed string prose is read as code, and `quoted` words in it as Python 2.
  if ((needs & NeedsPython2) && !python2_ && !lines_.hasUnclosed && !python2Construct(node).empty())
    python2_ = node;
}

void ValidityWalk::leaveScopes(SyntaxNode node) {
  while (!scopes_.empty() && !scopes_.back().opener.contains(node)) {
    around_ = scopes_.back().outside;
    scopes_.pop_back();
  }
}

void ValidityWalk::enterScope(SyntaxNode node) {
  Surroundings inside = around_;
  SyntaxNode owner = node.kind() == NodeKind::GeneratorExpression ? node : node.parent();
  switch (owner.kind()) {
  case NodeKind::GeneratorExpression:
    inside.inGenerator = true;
    break;
  case NodeKind::FunctionDefinition:
  case NodeKind::Lambda:
    inside = {};
    inside.inFunction = true;
    inside.inAsyncFunction = static_cast<bool>(owner.child(NodeKind::Async));
    inside.functionDepth = around_.functionDepth + 1;
    break;
  case NodeKind::ClassDefinition:
    inside = {};
    inside.inClass = true;
    inside.functionDepth = around_.functionDepth;
    break;
  case NodeKind::ForStatement:
  case NodeKind::WhileStatement:
    inside.inLoop = true;
    break;
  default:
    return;
  }
  scopes_.push_back({node, around_});
  around_ = inside;
}

/// The logical line that holds `offset`; offsets must not go down from call to call.
const LogicalLine *ValidityWalk::lineOf(uint32_t offset) {
  while (lineIndex_ < lines_.lines.size() && lines_.lines[lineIndex_].end <= offset)
    ++lineIndex_;
  if (lineIndex_ == lines_.lines.size() || lines_.lines[lineIndex_].begin > offset)
    return nullptr;
  return &lines_.lines[lineIndex_];
}

/// tree-sitter lets a statement run over the end of its line.
void ValidityWalk::checkLines(SyntaxNode node) {
  const LogicalLine *line = lineOf(node.range().begin);
  if (!line)
    return;
  if (!isSimpleStatement(node.kind()) && node.kind() != NodeKind::Decorator)
    return checkHeader(node, *line);
  // A comment behind a decorator is part of it.
  uint32_t end = (node.kind() == NodeKind::Decorator ? node.firstChild() : node).range().end;
  if (end > line->end)
    faults_.add(node, {line->lastTokenBegin, line->end},
                "this statement is not complete at the end of its line");
}

/// A compound statement or a clause of one: all but blocks and further clauses on one line.
void ValidityWalk::checkHeader(SyntaxNode node, const LogicalLine &line) {
  if (node.kind() == NodeKind::DecoratedDefinition)
    return;
  for (SyntaxNode child : node.children()) {
    if (child.kind() == NodeKind::Error)
      continue;
    bool isBlock = child.kind() == NodeKind::Block;
    uint32_t upTo = isBlock ? child.range().begin : child.range().end;
    if (upTo > line.end && !(isBlock && line.opensBlock))
      return faults_.add(node, {line.lastTokenBegin, line.end},
                         "this statement is not complete at the end of its line");
    if (isBlock)
      return;
  }
}

/// What can be said of `text`, which the parser could make nothing of.
std::string describeError(llvm::StringRef text, bool isWholeLine) {
  if (isKeyword(text))
    return ("the keyword `" + text + "` cannot stand here").str();
  if (!text.empty() && static_cast<unsigned char>(text.front()) >= 0x80u) {
    size_t length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0u) == 0x80u)
      ++length;
    return ("the character `" + text.take_front(length) + "` has no meaning here").str();
  }
  return isWholeLine ? "this line is not valid Python" : "this is not valid Python here";
}

/// Reports at `range` up to the end of its physical line.
void ValidityWalk::addGeneric(SyntaxNode node, TextRange range, TextRange reach) {
  const LineIndex &index = tree_.file().lines();
  range.end = std::min(range.end, index.lineRange(index.lineAt(range.begin)).end);
  range.end = std::max(range.end, range.begin);
  llvm::StringRef text = tree_.file().text().slice(range.begin, range.end);
  size_t line = lineNumber(lines_, index, range.begin);
  bool isWholeLine = line < lines_.lines.size() && range.begin == lines_.lines[line].begin &&
                     range.end == lines_.lines[line].end;
  faults_.addGeneric(node, range, reach, describeError(text, isWholeLine));
}

void ValidityWalk::addParserError(SyntaxNode node) {
  TextRange range = node.range();
  auto line = llvm::partition_point(
      broken_, [&](const BrokenLine &it) { return it.line.end <= range.begin; });
  bool isReported = line != broken_.end() && line->line.begin <= range.begin;
  // Its line is right by itself, so whatever else is wrong in the file may be the cause.
  TextRange anywhere{0, static_cast<uint32_t>(tree_.file().text().size())};
  if (!isReported)
    addGeneric(node, range, anywhere);
}

// --- What is worth saying -----------------------------------------------------------------------

/// At most one fault per logical line; one that only says that something is wrong gives way
/// to any that says what, also in the lines it reaches over.
std::vector<Fault> coalesce(std::vector<Fault> all, const ScannedLines &lines,
                            const LineIndex &index) {
  llvm::stable_sort(all, [](const Fault &a, const Fault &b) {
    if (a.isGeneric != b.isGeneric)
      return b.isGeneric;
    return a.range.begin < b.range.begin;
  });
  std::vector<Fault> kept;
  llvm::DenseSet<size_t> used;
  std::vector<size_t> specific; // lines, in order
  for (Fault &fault : all) {
    size_t line = lineNumber(lines, index, fault.range.begin);
    if (fault.isGeneric) {
      size_t last = lineNumber(lines, index, std::max(fault.reach.end, 1u) - 1);
      auto next = llvm::lower_bound(specific, line);
      if (next != specific.end() && *next <= last)
        continue;
    }
    bool isRemnant = line < lines.lines.size() && lines.lines[line].isRemnant;
    if (isRemnant || !used.insert(line).second)
      continue;
    if (!fault.isGeneric)
      specific.push_back(line);
    kept.push_back(std::move(fault));
  }
  llvm::stable_sort(kept,
                    [](const Fault &a, const Fault &b) { return a.range.begin < b.range.begin; });
  if (kept.size() > kMaxFaults)
    kept.resize(kMaxFaults);
  return kept;
}

/// What a problem of the scanner makes wrong: what it lies in, else the statement of its line.
SyntaxNode nodeOf(const SyntaxProblem &problem, const SyntaxTree &tree, const ScannedLines &lines) {
  if (SyntaxNode node = tree.covering(problem.range))
    return node;
  size_t line = lineNumber(lines, tree.file().lines(), problem.range.begin);
  if (line == lines.lines.size())
    return {};
  uint32_t begin = lines.lines[line].begin;
  return tree.covering({begin, begin}).statement();
}

} // namespace

Validity checkValidity(const SyntaxTree &tree, const ScannedLines &lines,
                       const ParserErrors &errors, StatementRange unsure) {
  ValidityWalk walk(tree, lines, errors);
  walk.run(unsure);
  Validity result;
  std::vector<Fault> faults;
  faults.reserve(lines.problems.size());
  for (const SyntaxProblem &problem : lines.problems)
    faults.push_back({problem.range, problem.message, nodeOf(problem, tree, lines), false, {}});
  llvm::move(walk.takeFaults(), std::back_inserter(faults));
  if (faults.empty() && errors.hasOthers)
    faults.push_back({tree.file().lines().lineRange(0),
                      "something in this file is not valid Python",
                      tree.statement(0),
                      true,
                      {}});
  for (const Fault &fault : faults)
    if (fault.node)
      result.wrongNodes.push_back(fault.node);
  if (SyntaxNode node = walk.firstPython2()) {
    result.isPython2 = true;
    std::string message = ("this is Python 2 (" + python2Construct(node) +
                           "): MicroPython and CircuitPython run Python 3, so the file is not "
                           "analysed")
                              .str();
    result.faults.push_back({node.range(), std::move(message), node, false, {}});
    return result;
  }
  result.faults = coalesce(std::move(faults), lines, tree.file().lines());
  return result;
}

} // namespace fraglint
