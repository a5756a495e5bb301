#include "measure/instrumentation.h"

#include "measure/declared_constants.h"
#include "text/edit.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/Twine.h"

namespace fraglint {

namespace {

// Of heap_probe.py.
constexpr llvm::StringLiteral kProbe = "__name__.";
constexpr llvm::StringLiteral kHeld = "__name__._v";
constexpr llvm::StringLiteral kCollectAgain = "__name__._E()";
constexpr llvm::StringLiteral kLeave = "_x";
constexpr llvm::StringLiteral kLeaveAndDraw = "_X";
constexpr llvm::StringLiteral kFinallyEnd = "_y";
constexpr llvm::StringLiteral kPieceEnd = "_z";
constexpr llvm::StringLiteral kInputEnd = "_e"; ///< of program_modules.cpp

/// Of one part of Instrumentation::knownCode.
constexpr size_t kMostKnownBytes = 200;

/// One that the compiler makes a name of: py/mpconfig.h, MICROPY_ALLOC_PARSE_INTERN_STRING_LEN.
bool isShortString(SyntaxNode node) {
  constexpr size_t kMostBytes = 10 + 2; // with its quotes
  return node.kind() == NodeKind::String && node.text().size() <= kMostBytes &&
         (node.text().front() == '"' || node.text().front() == '\'');
}

/// Whether evaluating it asks for nothing, so that a point before it is as good as one behind it.
bool isAtom(SyntaxNode expression) {
  switch (expression.kind()) {
  case NodeKind::None:
  case NodeKind::Identifier:
  case NodeKind::Integer:
  case NodeKind::Float:
  case NodeKind::True:
  case NodeKind::False:
  case NodeKind::NoneLiteral:
    return true;
  case NodeKind::String:
    return !expression.child(NodeKind::Interpolation);
  default:
    return false;
  }
}

/// `@micropython.native` and its like: a point in such a body would not be, or not be the same.
bool isCompiledOtherwise(SyntaxNode definition) {
  for (SyntaxNode one : definition.parent().children())
    if (one.kind() == NodeKind::Decorator &&
        llvm::StringSwitch<bool>(one.text().rsplit('.').second.trim())
            .Cases("native", "viper", "asm_thumb", "asm_xtensa", "asm_rv32", true)
            .Default(one.text().contains("asm_pio")))
      return true;
  return false;
}

/// The nearest loop that a `continue` there belongs to.
SyntaxNode loopAround(SyntaxNode node) {
  while (node && node.kind() != NodeKind::ForStatement && node.kind() != NodeKind::WhileStatement)
    node = node.parent();
  return node;
}

/// The yield that is all, or all that is assigned, of a simple statement.
SyntaxNode yieldOf(SyntaxNode statement) {
  SyntaxNode value =
      statement.kind() == NodeKind::ExpressionStatement ? statement.firstChild() : SyntaxNode();
  if (value.kind() == NodeKind::Assignment)
    value = value.child(Field::Right);
  while (value.kind() == NodeKind::ParenthesizedExpression)
    value = value.firstChild();
  return value.kind() == NodeKind::Yield && !value.child(NodeKind::From) ? value : SyntaxNode();
}

/// A statement of which nothing is left in the compiled program, or that only jumps.
bool runsNothing(SyntaxNode statement) {
  switch (statement.kind()) {
  case NodeKind::PassStatement:
  case NodeKind::BreakStatement:
  case NodeKind::GlobalStatement:
  case NodeKind::NonlocalStatement:
  case NodeKind::TryStatement:
    return true;
  case NodeKind::ExpressionStatement:
    return !statement.firstChild().nextSibling() && isAtom(statement.firstChild()) &&
           statement.firstChild().kind() != NodeKind::Identifier;
  default:
    return false;
  }
}

/// `while True` or `while 1`.
bool isEndless(SyntaxNode statement) {
  SyntaxNode condition = statement.child(Field::Condition);
  return statement.kind() == NodeKind::WhileStatement &&
         (condition.kind() == NodeKind::True ||
          (condition.kind() == NodeKind::Integer && condition.text() != "0"));
}

/// Whether it runs in a `finally` of its own function.
bool isInFinally(SyntaxNode statement) {
  SyntaxNode node = statement.parent();
  while (node && node.kind() != NodeKind::FinallyClause &&
         node.kind() != NodeKind::FunctionDefinition && node.kind() != NodeKind::ClassDefinition)
    node = node.parent();
  return node.kind() == NodeKind::FinallyClause;
}

/// The exceptions that the clause names; null where it takes all.
SyntaxNode caughtBy(SyntaxNode clause) {
  SyntaxNode caught = clause.firstChild();
  if (caught.kind() == NodeKind::AsPattern)
    caught = caught.firstChild();
  return caught.kind() == NodeKind::Block ? SyntaxNode() : caught;
}

SyntaxNode lastStatementOf(SyntaxNode block) {
  SyntaxNode last;
  for (SyntaxNode one : block.children())
    if (isStatement(one.kind()))
      last = one;
  return last;
}

class Instrumenter {
public:
  Instrumenter(const SyntaxTree &tree, const ProbeLimits &limits)
      : text_(tree.file().text()), lines_(tree.file().lines()), limits_(limits) {
    for (uint32_t index = 0; index < tree.statementCount(); ++index)
      piece(tree.statement(index), index);
    makeKnown();
  }

  Instrumentation result;

private:
  struct OpenBlock {
    SyntaxNode definition;
    CodeBlockId id;
  };

  void piece(SyntaxNode root, uint32_t index) {
    names_.clear();
    befores_.clear();
    afters_.clear();
    open_.clear();
    bare_ = limits_.bare.contains(index);
    for (SyntaxNode node = root; node;) {
      while (!open_.empty() && !open_.back().definition.contains(node))
        open_.pop_back();
      node = visit(node) ? node.next() : node.firstAfter();
    }
    finishPiece(root);
    constants_.add(root);
  }

  void finishPiece(SyntaxNode root) {
    std::vector<Edit> edits = names_;
    if (bare_) {
      before(root, pointOf(numbers_.lookup(root.ordinal())));
      edits.push_back(befores_.back());
    } else {
      edits.insert(edits.end(), befores_.begin(), befores_.end());
      edits.insert(edits.end(), afters_.rbegin(), afters_.rend()); // inner statements' first
    }
    std::string declared = constants_.declarationsFor(root);
    // The map of the heap is drawn anew: much has come and gone since the last piece.
    result.pieces.push_back(
        {"__name__._m=-1\n" + declared + rewritten(root.range(), std::move(edits)) + "\n" +
             (kProbe + kPieceEnd).str() + "\n",
         declared + rewritten(root.range(), names_) + "\n", lines_.lineAt(root.range().begin) + 1});
  }

  std::string rewritten(TextRange range, std::vector<Edit> edits) const {
    for (Edit &edit : edits) {
      edit.range.begin -= range.begin;
      edit.range.end -= range.begin;
    }
    return llvm::cantFail(applyEdits(text_.slice(range.begin, range.end), edits));
  }

  /// Returns whether to look below the node.
  bool visit(SyntaxNode node) {
    NodeKind kind = node.kind();
    if (kind == NodeKind::Identifier || isShortString(node))
      known_.insert(node.text());
    if (kind == NodeKind::Await || kind == NodeKind::From)
      markDelegating(node);
    if (kind == NodeKind::Identifier && node.text() == "__name__" && isName(node))
      names_.push_back({node.range(), "\"__main__\""});
    bool isDecorated = node.parent().kind() == NodeKind::DecoratedDefinition;
    if (kind == NodeKind::FinallyClause && !open_.empty())
      after(lastStatementOf(node.child(NodeKind::Block)), (kProbe + kFinallyEnd).str());
    if (kind == NodeKind::ElifClause)
      head(node.child(Field::Condition), addStatement(node));
    else if (kind == NodeKind::ExceptClause)
      head(caughtBy(node), addStatement(node));
    else if (isStatement(kind) && !isDecorated)
      statement(node, addStatement(node));
    if (kind == NodeKind::FunctionDefinition && isDecorated && isCompiledOtherwise(node))
      return false;
    if (kind == NodeKind::FunctionDefinition || kind == NodeKind::ClassDefinition)
      body(node);
    return true;
  }

  /// A branch that is compiled and never run, in parts that need little memory.
  void makeKnown() {
    std::string code;
    auto flush = [&] {
      if (!code.empty())
        result.knownCode.push_back("if 0:(" + code + ")\n");
      code.clear();
    };
    for (llvm::StringRef word : known_) {
      (code += word) += ",";
      if (code.size() > kMostKnownBytes)
        flush();
    }
    flush();
  }

  static bool isName(SyntaxNode identifier) {
    return identifier.field() != Field::Attribute &&
           !identifier.enclosing(NodeKind::Interpolation) &&
           identifier.parent().kind() != NodeKind::KeywordArgument;
  }

  uint32_t addStatement(SyntaxNode node) {
    Position at = lines_.position(node.range().begin, ColumnUnit::CodePoints);
    uint32_t pieceNumber = static_cast<uint32_t>(result.pieces.size());
    result.statements.push_back({node.range(), at.line + 1, at.column + 1, pieceNumber});
    uint32_t number = static_cast<uint32_t>(result.statements.size() - 1);
    result.statements.back().isEndlessLoop = isEndless(node);
    result.statements.back().isExceptClause = node.kind() == NodeKind::ExceptClause;
    result.statements.back().isInFinally = isInFinally(node);
    numbers_[node.ordinal()] = number;
    return number;
  }

  void markDelegating(SyntaxNode node) {
    auto found = numbers_.find(node.statement().ordinal());
    if (found != numbers_.end())
      result.statements[found->second].delegates = true;
  }

  void statement(SyntaxNode node, uint32_t number) {
    switch (node.kind()) {
    case NodeKind::WhileStatement:
      return head(node.child(Field::Condition), number);
    case NodeKind::ReturnStatement:
      return returnStatement(node, number);
    case NodeKind::ContinueStatement:
      return continueStatement(node);
    case NodeKind::ForStatement:
    case NodeKind::WithStatement:
      before(node, pointOf(number));
      // What the loop asks its iterator for, and what `with` does at its end, is the head's.
      after(lastStatementOf(node.child(Field::Body)), pointOf(number));
      return;
    default:
      if (SyntaxNode yielded = yieldOf(node))
        return yieldStatement(node, yielded, number);
      if (!runsNothing(node))
        before(node, pointOf(number));
    }
  }

  /// `while`, `elif` and `except` have no place for a statement before what they evaluate.
  void head(SyntaxNode condition, uint32_t number) {
    if (!condition)
      return;
    std::string words = pointName(number) + " or ";
    if (limits_.collecting.contains(number))
      words += (kCollectAgain + " or ").str();
    insert(befores_, condition.range().begin, words + "(");
    insert(befores_, condition.range().end, ")");
  }

  void returnStatement(SyntaxNode node, uint32_t number) {
    if (open_.empty())
      return;
    SyntaxNode value = node.firstChild();
    if (isAtom(value))
      return before(node, pointOf(number) + ";" + leave());
    edit({node.range().begin, value.range().begin}, pointOf(number) + ";" + kHeld.str() + "=(");
    insert(befores_, value.range().end, ");" + leave() + ";return " + kHeld.str());
  }

  void yieldStatement(SyntaxNode node, SyntaxNode yielded, uint32_t number) {
    result.statements[number].yields = true;
    SyntaxNode value = yielded.firstChild();
    uint32_t begin = node.range().begin;
    if (isAtom(value)) {
      before(node, pointOf(number) + ";" + leave());
    } else {
      std::string rest = text_.slice(begin, value.range().begin).str() + kHeld.str();
      edit({begin, value.range().begin}, pointOf(number) + ";" + kHeld.str() + "=(");
      insert(befores_, value.range().end, ");" + leave() + ";" + rest);
    }
    insert(befores_, node.range().end, ";" + addPoint({PointKind::Resume, blockNow(), number}));
  }

  void continueStatement(SyntaxNode node) {
    SyntaxNode loop = loopAround(node);
    if (loop.kind() == NodeKind::ForStatement)
      before(node, pointOf(numbers_.lookup(loop.ordinal())));
  }

  void body(SyntaxNode definition) {
    SyntaxNode block = definition.child(Field::Body);
    if (!block.firstChild())
      return;
    open_.push_back({definition, ++lastBlock_});
    before(block.firstChild(), addPoint({PointKind::Enter, lastBlock_, 0}));
    SyntaxNode last = lastStatementOf(block);
    if (last && last.kind() != NodeKind::ReturnStatement && last.kind() != NodeKind::RaiseStatement)
      after(last, leave());
  }

  CodeBlockId blockNow() const { return open_.empty() ? kModuleBlock : open_.back().id; }

  std::string leave() const {
    return (kProbe + (limits_.framed.contains(blockNow()) ? kLeaveAndDraw : kLeave)).str();
  }

  std::string addPoint(ProbePoint point) {
    result.points.push_back(point);
    return (kProbe + "_" + llvm::Twine(result.points.size() - 1)).str();
  }

  /// The statement's one point.
  std::string pointName(uint32_t number) {
    auto [at, isNew] = points_.try_emplace(number);
    if (isNew)
      at->second = addPoint({PointKind::Statement, blockNow(), number});
    return at->second;
  }
  std::string pointOf(uint32_t number) {
    std::string name = pointName(number);
    return limits_.collecting.contains(number) ? name + ";" + kCollectAgain.str() : name;
  }

  void edit(TextRange range, std::string words) { befores_.push_back({range, std::move(words)}); }
  static void insert(std::vector<Edit> &edits, uint32_t offset, std::string words) {
    edits.push_back({{offset, offset}, std::move(words)});
  }

  void before(SyntaxNode statement, const std::string &words) {
    uint32_t begin = statement.range().begin;
    bool isSimple = isSimpleStatement(statement.kind());
    insert(befores_, begin, words + (isSimple ? ";" : "\n" + indentOf(statement)));
  }

  void after(SyntaxNode statement, const std::string &words) {
    if (!statement)
      return;
    bool isSimple = isSimpleStatement(statement.kind());
    insert(afters_, statement.range().end, (isSimple ? ";" : "\n" + indentOf(statement)) + words);
  }

  std::string indentOf(SyntaxNode statement) const {
    TextRange line = lines_.lineRange(lines_.lineAt(statement.range().begin));
    llvm::StringRef before = text_.slice(line.begin, statement.range().begin);
    return before.take_while([](char c) { return c == ' ' || c == '\t'; }).str();
  }

  llvm::StringRef text_;
  const LineIndex &lines_;
  const ProbeLimits &limits_;
  llvm::DenseMap<uint32_t, uint32_t> numbers_;       ///< of statements, by ordinal
  llvm::DenseMap<uint32_t, std::string> points_;     ///< by number of statement
  CodeBlockId lastBlock_ = kModuleBlock;

  llvm::SetVector<llvm::StringRef> known_;
  DeclaredConstants constants_; ///< of the pieces before

  // Of the piece.
  std::vector<OpenBlock> open_;
  std::vector<Edit> names_; ///< what else the rewriting takes `__name__` from
  std::vector<Edit> befores_;
  std::vector<Edit> afters_; ///< at the ends of statements, outer ones first
  bool bare_ = false;
};

} // namespace

std::optional<ProbePoint> Instrumentation::pointNamed(llvm::StringRef name) const {
  if (name == kLeave || name == kLeaveAndDraw)
    return ProbePoint{PointKind::Leave};
  if (name == kFinallyEnd)
    return ProbePoint{PointKind::FinallyEnd};
  if (name == kPieceEnd)
    return ProbePoint{PointKind::PieceEnd};
  if (name == kInputEnd)
    return ProbePoint{PointKind::InputEnd};
  size_t number = 0;
  if (!name.consume_front("_") || name.getAsInteger(10, number) || number >= points.size())
    return std::nullopt;
  return points[number];
}

Instrumentation instrument(const SyntaxTree &tree, const ProbeLimits &limits) {
  return Instrumenter(tree, limits).result;
}

} // namespace fraglint
