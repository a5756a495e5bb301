#include "verify/stand_in_use.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

#include <cctype>

namespace fraglint {

namespace {

class UseFinder {
public:
  UseFinder(const SemanticModel &model, llvm::ArrayRef<std::string> modules) : model_(model) {
    for (const Binding &binding : model.bindings())
      if (binding.kind == BindingKind::Import &&
          llvm::is_contained(modules, llvm::StringRef(binding.importedName).split('.').first))
        held_.insert(binding.symbol);
    while (spread())
      ;
  }

  StandInUses run() const {
    StandInUses uses;
    for (SyntaxNode statement : entryStatements())
      for (SyntaxNode node = statement; node; node = node.next())
        if ((node.kind() == NodeKind::Call || node.kind() == NodeKind::Attribute) && isHeld(node))
          add(node, uses);
    return uses;
  }

private:
  std::vector<SyntaxNode> entryStatements() const {
    std::vector<SyntaxNode> statements;
    for (uint32_t at = 0; at < model_.tree().statementCount(); ++at)
      if (SyntaxNode statement = model_.tree().statement(at); model_.fileOf(statement) == 0)
        statements.push_back(statement);
    return statements;
  }

  /// Names that hold what calls on held ones gave. Returns whether there was a new one.
  bool spread() {
    size_t before = held_.size();
    for (const Binding &binding : model_.bindings())
      if (binding.value && (binding.kind == BindingKind::LoopTarget ? isHeld(binding.value)
                                                                    : holdsCall(binding.value)))
        held_.insert(binding.symbol);
    return held_.size() != before;
  }

  bool holdsCall(SyntaxNode value) const {
    for (SyntaxNode node = value; node && value.contains(node); node = node.next())
      if (node.kind() == NodeKind::Call && isHeld(node))
        return true;
    return false;
  }

  /// Whether `a.b(c)[d].e` begins with a name that is held.
  bool isHeld(SyntaxNode expression) const {
    for (SyntaxNode node = expression; node;) {
      if (SymbolId symbol = model_.symbolOf(node); symbol != kNoId)
        return held_.contains(symbol);
      switch (node.kind()) {
      case NodeKind::Call:
        node = node.child(Field::Function);
        break;
      case NodeKind::Attribute:
        node = node.child(Field::Object);
        break;
      case NodeKind::Subscript:
        node = node.child(Field::Value);
        break;
      default:
        return false;
      }
    }
    return false;
  }

  static void add(SyntaxNode node, StandInUses &uses) {
    SyntaxNode callee = node.child(Field::Function);
    SyntaxNode name =
        callee.kind() == NodeKind::Attribute ? callee.child(Field::Attribute) : callee;
    bool isMaking = name && !name.text().empty() &&
                    std::isupper(static_cast<unsigned char>(name.text().front())) != 0;
    const SourceFile &file = node.tree().file();
    Position at = file.lines().position(node.statement().range().begin, ColumnUnit::CodePoints);
    StandInUse &use =
        uses.try_emplace({at.line + 1, at.column + 1}, StandInUse::Call).first->second;
    if (isMaking)
      use = StandInUse::Making;
  }

  const SemanticModel &model_;
  llvm::DenseSet<SymbolId> held_;
};

} // namespace

StandInUses standInUses(const Module &program, llvm::ArrayRef<std::string> modules) {
  return UseFinder(program.model(), modules).run();
}

} // namespace fraglint
