#pragma once
/// The second pass: what each name that is read means, which attributes belong to `self`,
/// which functions are called.

#include "semantic/name_uses.h"
#include "semantic/semantic_model.h"

#include "llvm/ADT/DenseSet.h"

#include <vector>

namespace fraglint {

class ReferenceResolver {
public:
  ReferenceResolver(SemanticModel &model, const NameUses &uses, const ProgramImports &imports)
      : model_(model), uses_(uses), imports_(imports) {}

  /// Identifiers, nonlocal ones and those imported from files of the program included.
  void resolveNames();
  /// `module.x`, for modules that are files of the program.
  void resolveModuleAttributes();
  /// `self.x` inside methods; the rest of the written attributes become foreign writes.
  void resolveAttributes();
  /// Call edges.
  void resolveFunctions();

private:
  struct Hidden {
    uint32_t name;
    SymbolId symbol;
  };

  void resolveNonlocals();
  SymbolId enclosingSymbol(ScopeId scope, uint32_t name) const;
  void sortBindings(SymbolId symbol);
  void enterScope(ScopeId scope);
  void pushScope(ScopeId scope);
  void popScope();
  void show(uint32_t name, SymbolId symbol);
  SymbolId lookUp(ScopeId scope, uint32_t name) const;
  void noteUnseenWrites(llvm::StringRef name);

  uint32_t fileNamed(uint32_t importer, llvm::StringRef module) const;
  SymbolId importedSymbol(uint32_t importer, llvm::StringRef name) const;
  SymbolId originOf(SymbolId symbol);
  SymbolId starImported(SyntaxNode load) const;
  std::string importedPath(SyntaxNode expression) const;
  SymbolId moduleAttribute(SyntaxNode attribute);
  void resolveImports();

  ClassId classOfSelf(SyntaxNode attribute) const;
  bool onClass(SyntaxNode attribute) const;
  uint64_t attributeKey(ClassId owner, SyntaxNode attribute);
  void readAttribute(SyntaxNode attribute, llvm::StringRef name);
  void bindAttribute(const NameUses::AttributeTarget &target);
  void addBinding(SymbolId symbol, const NameUses::AttributeTarget &target);

  SemanticModel &model_;
  const NameUses &uses_;
  const ProgramImports &imports_;
  std::vector<SymbolId> origins_; ///< by symbol: what an imported name means in its own file
  std::vector<SymbolId> visible_; ///< by name: what it means in the current scope
  std::vector<ScopeId> stack_;    ///< the current scope and those around it
  std::vector<bool> isOnStack_;   ///< by scope
  std::vector<Hidden> hidden_;    ///< what inner scopes hide, to be shown again
  std::vector<size_t> hiddenAt_;  ///< by place on stack_: size of hidden_ before it
  std::vector<ScopeId> path_;     ///< enterScope's work, kept for its memory
  llvm::DenseSet<uint64_t> assigned_; ///< keys of the attributes that methods assign
};

} // namespace fraglint
