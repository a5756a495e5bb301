#include "evaluator/variables.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Whether an identifier stands for a variable, and not for an attribute, a keyword or a module.
bool isVariable(SyntaxNode identifier) {
  if (identifier.field() == Field::Attribute)
    return false;
  SyntaxNode parent = identifier.parent();
  if (!parent)
    return true;
  switch (parent.kind()) {
  case NodeKind::KeywordArgument:
    return identifier.field() != Field::Name;
  case NodeKind::DottedName:
  case NodeKind::GlobalStatement:
    return false;
  default:
    return true;
  }
}

} // namespace

Variables::Variables(const SemanticModel &model)
    : model_(model), cells_(model.scopes().size()), free_(model.scopes().size()) {
  for (ScopeId id = 0; id < model.scopes().size(); ++id) {
    const Scope &scope = model.scope(id);
    if (scope.node && scope.kind != ScopeKind::Instance)
      scopeOfNode_.try_emplace(scope.node.ordinal(), id);
  }
  const SyntaxTree &tree = model.tree();
  for (uint32_t index = 0; index < tree.statementCount(); ++index)
    for (SyntaxNode node = tree.statement(index); node; node = node.next())
      if (node.kind() == NodeKind::Identifier && isVariable(node)) {
        capture(model.scopeOf(node), node.text());
        if (node.text() == "super" && node.field() == Field::Function)
          captureClass(model.scopeOf(node));
      }
}

bool Variables::isFunctionLike(ScopeId scope) const {
  ScopeKind kind = model_.scope(scope).kind;
  return kind == ScopeKind::Function || kind == ScopeKind::Lambda ||
         kind == ScopeKind::Comprehension;
}

bool Variables::binds(ScopeId scope, llvm::StringRef name) const {
  return llvm::any_of(model_.scope(scope).symbols,
                      [&](SymbolId id) { return model_.symbol(id).name == name; });
}

/// Finds the function around `user` that `name` is a variable of, makes it a cell there and a free
/// variable of all functions in between.
void Variables::capture(ScopeId user, llvm::StringRef name) {
  llvm::SmallVector<ScopeId, 4> between;
  for (ScopeId scope = user; scope != kNoId; scope = model_.scope(scope).parent) {
    if (!isFunctionLike(scope)) {
      if (model_.scope(scope).kind == ScopeKind::Module)
        return;
      if (scope == user && binds(scope, name))
        return; // a class body's own name
      continue;
    }
    SymbolId symbol = model_.symbolNamed(scope, name);
    if (symbol != kNoId && model_.scope(model_.symbol(symbol).scope).kind == ScopeKind::Module &&
        !binds(scope, name))
      return; // declared global
    if (!binds(scope, name)) {
      between.push_back(scope);
      continue;
    }
    if (between.empty())
      return;
    cells_[scope].insert(name);
    for (ScopeId inner : between)
      if (!llvm::is_contained(free_[inner], name))
        free_[inner].push_back(name);
    return;
  }
}

/// A method that says `super()` is a closure over its class.
void Variables::captureClass(ScopeId method) {
  ScopeId owner = model_.scope(method).parent;
  if (!isFunctionLike(method) || owner == kNoId || model_.scope(owner).kind != ScopeKind::Class ||
      llvm::is_contained(free_[method], kOwnClass))
    return;
  free_[method].push_back(kOwnClass);
  cells_[owner].insert(kOwnClass);
}

Storage Variables::storageOf(ScopeId scope, llvm::StringRef name) const {
  if (llvm::is_contained(free_[scope], name))
    return Storage::Free;
  if (model_.scope(scope).kind == ScopeKind::Class)
    return name == kOwnClass && cells_[scope].contains(name) ? Storage::Cell : Storage::Named;
  if (!isFunctionLike(scope) || !binds(scope, name))
    return Storage::Global;
  return cells_[scope].contains(name) ? Storage::Cell : Storage::Local;
}

llvm::ArrayRef<llvm::StringRef> Variables::freeIn(ScopeId scope) const { return free_[scope]; }

ScopeId Variables::scopeOf(SyntaxNode node) const {
  auto found = scopeOfNode_.find(node.ordinal());
  return found == scopeOfNode_.end() ? kNoId : found->second;
}

} // namespace fraglint
