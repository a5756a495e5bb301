#include "lint/collect_insertion.h"

#include "llvm/ADT/STLExtras.h"

#include <optional>

namespace fraglint {

namespace {

constexpr llvm::StringLiteral kBlanks(" \t\f\v");
constexpr llvm::StringLiteral kImport("import gc");

// --- Statements and their lines ----------------------------------------------------------------

/// The statement before (-1) or after (+1) one, in the same block or at the top level.
SyntaxNode neighbour(SyntaxNode statement, int step) {
  if (statement.parent())
    return step > 0 ? statement.nextSibling() : statement.previousSibling();
  const SyntaxTree &tree = statement.tree();
  uint32_t low = 0;
  for (uint32_t high = tree.statementCount(); low < high;) {
    uint32_t middle = low + (high - low) / 2;
    if (tree.statement(middle).range().begin < statement.range().begin)
      low = middle + 1;
    else
      high = middle;
  }
  int64_t index = int64_t{low} + step;
  bool exists = index >= 0 && index < int64_t{tree.statementCount()};
  return exists ? tree.statement(static_cast<uint32_t>(index)) : SyntaxNode();
}

/// Where a statement stands: which lines, and what shares them.
class StatementLine {
public:
  explicit StatementLine(SyntaxNode statement)
      : statement_(statement), file_(statement.tree().file()), lines_(file_.lines()) {}

  /// The next statement where it begins on the line this one ends on (`del a; x = 1`).
  SyntaxNode follower() const {
    SyntaxNode next = neighbour(statement_, 1);
    return next && lineAt(next.range().begin) == lineAt(statement_.range().end) ? next
                                                                                : SyntaxNode();
  }

  /// The blanks before the first statement of the line; nothing where a compound statement's
  /// header stands there (`if x: del y`).
  std::optional<llvm::StringRef> indent() const {
    SyntaxNode first = statement_;
    while (SyntaxNode before = neighbour(first, -1)) {
      if (lineAt(before.range().end) != lineAt(first.range().begin))
        break;
      first = before;
    }
    uint32_t begin = first.range().begin;
    llvm::StringRef head = file_.text().slice(lines_.lineRange(lineAt(begin)).begin, begin);
    return head.trim(kBlanks).empty() ? std::optional(head) : std::nullopt;
  }

  /// Whether nothing but a `;` and a comment follows on the statement's last line.
  bool endsLine() const {
    llvm::StringRef rest = file_.text().slice(statement_.range().end, lineEnd()).ltrim(kBlanks);
    rest.consume_front(";");
    rest = rest.ltrim(kBlanks);
    return rest.empty() || rest.starts_with("#");
  }

  /// Offset of the end of the statement's last line, before the line end.
  uint32_t lineEnd() const { return lines_.lineRange(lineAt(statement_.range().end)).end; }

  /// The line end as written after the statement; the file's first one where it has none.
  llvm::StringRef lineBreak() const {
    for (uint32_t line : {lineAt(statement_.range().end), uint32_t{0}}) {
      uint32_t end = lines_.lineRange(line).end;
      if (llvm::StringRef found = file_.text().slice(end, lines_.fullLineRange(line).end);
          !found.empty())
        return found;
    }
    return "\n";
  }

private:
  uint32_t lineAt(uint32_t offset) const { return lines_.lineAt(offset); }

  SyntaxNode statement_;
  const SourceFile &file_;
  const LineIndex &lines_;
};

Edit insertion(uint32_t offset, std::string text) { return {{offset, offset}, std::move(text)}; }

/// Inserts the simple statement `code` after `statement`; nothing where its line is odd.
std::optional<Edit> insertAfter(SyntaxNode statement, const std::string &code) {
  StatementLine line(statement);
  if (SyntaxNode next = line.follower())
    return insertion(next.range().begin, code + "; ");
  if (!line.endsLine())
    return std::nullopt;
  std::optional<llvm::StringRef> indent = line.indent();
  if (!indent)
    return insertion(statement.range().end, "; " + code);
  return insertion(line.lineEnd(), (line.lineBreak() + *indent + code).str());
}

// --- The name of the module gc -----------------------------------------------------------------

/// The scopes whose names code in `scope` sees, innermost first.
llvm::SmallVector<ScopeId, 4> visibleScopes(const SemanticModel &model, ScopeId scope) {
  llvm::SmallVector<ScopeId, 4> visible = {scope};
  while ((scope = model.scope(scope).parent) != kNoId) {
    ScopeKind kind = model.scope(scope).kind;
    if (kind != ScopeKind::Class && kind != ScopeKind::Instance)
      visible.push_back(scope);
  }
  return visible;
}

bool isImportOf(const Binding &binding, llvm::StringRef name) {
  return binding.kind == BindingKind::Import && binding.importedName == name;
}

/// Whether every binding of the symbol imports `name`, so that it never means anything else.
bool alwaysImports(const SemanticModel &model, const Symbol &symbol, llvm::StringRef name) {
  return !symbol.bindings.empty() && llvm::all_of(symbol.bindings, [&](BindingId id) {
    return isImportOf(model.binding(id), name);
  });
}

/// Whether the import has surely been done when `statement` runs: it stands before it in a
/// block around it, or at the top of a scope whose functions run later.
bool isDoneBefore(const SemanticModel &model, const Binding &import, SyntaxNode statement) {
  SyntaxNode importing = import.name.statement();
  SyntaxNode block = importing.parent();
  if (block.parent().kind() == NodeKind::TryStatement) // try: import gc / except ImportError: …
    block = block.parent().parent();
  bool surrounds = !block || block.contains(statement);
  bool sameFunction = import.function == model.functionOf(statement);
  return surrounds && (!sameFunction || importing.range().end <= statement.range().begin);
}

/// How code at `statement` can call `collect`: `gc.collect()`, `g.collect()`, `collect()`;
/// empty where no import that is in force there allows it.
std::string boundSpelling(const SemanticModel &model, SyntaxNode statement,
                          llvm::ArrayRef<ScopeId> visible) {
  auto isHidden = [&](llvm::StringRef name, size_t depth) { // by a scope further in
    return llvm::any_of(visible.take_front(depth), [&](ScopeId inner) {
      SymbolId id = model.symbolNamed(inner, name);
      return id != kNoId && !model.symbol(id).bindings.empty();
    });
  };
  for (llvm::StringRef imported : {"gc", "gc.collect"})
    for (auto [depth, scope] : llvm::enumerate(visible))
      for (BindingId id : model.importsOf(imported)) {
        const Symbol &symbol = model.symbol(model.binding(id).symbol);
        bool usable = symbol.scope == scope && alwaysImports(model, symbol, imported) &&
                      !isHidden(symbol.name, depth) &&
                      llvm::any_of(symbol.bindings, [&](BindingId binding) {
                        return isDoneBefore(model, model.binding(binding), statement);
                      });
        if (usable)
          return symbol.name.str() + (imported == "gc" ? ".collect()" : "()");
      }
  return "";
}

/// Whether `import gc` at the top of the module makes `gc` mean the module at a place that
/// sees these scopes, and changes the meaning of no other name.
bool canImport(const SemanticModel &model, llvm::ArrayRef<ScopeId> visible) {
  return llvm::all_of(visible, [&](ScopeId scope) {
    SymbolId id = model.symbolNamed(scope, "gc");
    if (id == kNoId || model.symbol(id).bindings.empty())
      return true;
    return model.scope(scope).kind == ScopeKind::Module &&
           alwaysImports(model, model.symbol(id), "gc");
  });
}

// --- Where an import goes ----------------------------------------------------------------------

bool isDocstring(SyntaxNode statement) {
  NodeKind kind = statement.firstChild().kind();
  return statement.kind() == NodeKind::ExpressionStatement &&
         (kind == NodeKind::String || kind == NodeKind::ConcatenatedString) &&
         !statement.firstChild().nextSibling();
}

bool isImport(SyntaxNode statement) {
  return statement.kind() == NodeKind::ImportStatement ||
         statement.kind() == NodeKind::ImportFromStatement;
}

/// The line at whose start a statement may be put above `statement`: over the comments
/// directly above it that speak of it (`# fraglint: …`).
uint32_t startAbove(SyntaxNode statement) {
  const SyntaxTree &tree = statement.tree();
  const LineIndex &lines = tree.file().lines();
  uint32_t line = lines.lineAt(statement.range().begin);
  for (const Comment &comment : llvm::reverse(tree.comments())) {
    if (!comment.ownLine || comment.range.begin > statement.range().begin)
      continue;
    llvm::StringRef text = tree.file().text().slice(comment.range.begin, comment.range.end);
    if (lines.lineAt(comment.range.begin) + 1 != line || !parseDirective(comment, text))
      break;
    --line;
  }
  return lines.lineRange(line).begin;
}

/// Behind docstring, `__future__` imports and the first line of the imports that follow.
std::optional<Edit> importInsertion(const SyntaxTree &tree) {
  uint32_t index = 0;
  if (tree.statementCount() == 0)
    return std::nullopt;
  if (isDocstring(tree.statement(0)))
    ++index;
  while (index < tree.statementCount() &&
         tree.statement(index).kind() == NodeKind::FutureImportStatement)
    ++index;
  if (index < tree.statementCount() && isImport(tree.statement(index)))
    ++index;
  if (index > 0)
    return insertAfter(tree.statement(index - 1), kImport.str());
  SyntaxNode first = tree.statement(0);
  std::optional<llvm::StringRef> indent = StatementLine(first).indent();
  if (!indent || !indent->empty())
    return std::nullopt;
  return insertion(startAbove(first), (kImport + StatementLine(first).lineBreak()).str());
}

/// Whether a statement right behind this one runs after it.
bool isPassedThrough(SyntaxNode statement) {
  switch (statement.kind()) {
  case NodeKind::ReturnStatement:
  case NodeKind::RaiseStatement:
  case NodeKind::BreakStatement:
  case NodeKind::ContinueStatement:
    return false;
  default:
    return isSimpleStatement(statement.kind());
  }
}

/// Inserts simple statements before `statement`, each on a line of its own where it has one.
Edit insertBefore(SyntaxNode statement, llvm::ArrayRef<std::string> statements) {
  StatementLine line(statement);
  std::optional<llvm::StringRef> indent = line.indent();
  SyntaxNode before = neighbour(statement, -1);
  const LineIndex &lines = statement.tree().file().lines();
  bool sharesLine =
      before && lines.lineAt(before.range().end) == lines.lineAt(statement.range().begin);
  bool ownLine = indent && !sharesLine;
  std::string text;
  for (const std::string &code : statements)
    text += ownLine ? (*indent + code + line.lineBreak()).str() : code + "; ";
  return insertion(ownLine ? startAbove(statement) : statement.range().begin, text);
}

} // namespace

llvm::SmallVector<Edit, 2> collectInsertion(const SemanticModel &model, SyntaxNode statement,
                                            InsertionSide side, llvm::StringRef first) {
  bool isAfter = side == InsertionSide::After;
  if (isAfter ? !isPassedThrough(statement) : !isSimpleStatement(statement.kind()))
    return {};
  llvm::SmallVector<Edit, 2> edits;
  llvm::SmallVector<ScopeId, 4> visible = visibleScopes(model, model.scopeOf(statement));
  std::string call = boundSpelling(model, statement, visible);
  if (call.empty()) {
    std::optional<Edit> import;
    if (canImport(model, visible))
      import = importInsertion(statement.tree());
    if (!import)
      return {};
    edits.push_back(std::move(*import));
    call = "gc.collect()";
  }
  llvm::SmallVector<std::string, 2> statements;
  if (!first.empty())
    statements.push_back(first.str());
  statements.push_back(call);
  std::optional<Edit> collect =
      isAfter ? insertAfter(statement, call) : insertBefore(statement, statements);
  if (!collect)
    return {};
  edits.push_back(std::move(*collect));
  return edits;
}

} // namespace fraglint
