#pragma once
/// Builds a SemanticModel's tables: one pass over the tree declares scopes and bindings, one
/// over the names that it met finds out what they mean. Neither recurses: trees are deep.

#include "semantic/name_uses.h"
#include "semantic/semantic_model.h"

#include <vector>

namespace fraglint {

class ScopeBuilder {
public:
  ScopeBuilder(SemanticModel &model, const ProgramImports &imports)
      : model_(model), imports_(imports) {}
  void build();

private:
  /// A stretch of the tree whose names belong to one scope.
  struct Region {
    uint32_t end; ///< ordinal of the first node after it
    ScopeId scope;
    FunctionId function;
    bool annotation;
  };
  /// A region that starts further on.
  struct Opening {
    uint32_t ordinal;
    ScopeId scope;
    FunctionId function;
  };
  struct Target {
    SyntaxNode node;
    SyntaxNode value;
    BindingKind kind;
  };

  void walkFile(const SyntaxTree::Part &part);
  void walkStatement(SyntaxNode root, uint32_t end);
  SyntaxNode visit(SyntaxNode node);
  void visitIdentifier(SyntaxNode node);
  void visitAttribute(SyntaxNode node);
  void visitAssignment(SyntaxNode node);
  void visitAsPattern(SyntaxNode node);
  void visitDottedName(SyntaxNode node);
  void visitFunction(SyntaxNode node);
  void visitLambda(SyntaxNode node);
  void visitClass(SyntaxNode node);
  void visitComprehension(SyntaxNode node);
  void visitImport(SyntaxNode node);
  void visitImportFrom(SyntaxNode node);
  void visitGlobal(SyntaxNode node);
  void visitNonlocal(SyntaxNode node);
  void visitSplatPattern(SyntaxNode node);

  ScopeId addScope(ScopeKind kind, SyntaxNode node, FunctionId function);
  FunctionId addFunction(SyntaxNode node, ScopeKind kind);
  void bindParameters(SyntaxNode parameters, FunctionId function);
  void bindParameter(SyntaxNode parameter, FunctionId function);
  void readDecorators(SyntaxNode definition, Function &function);
  void openLater(SyntaxNode node, ScopeId scope, FunctionId function);
  void openRegion(uint32_t begin, uint32_t end, ScopeId scope, FunctionId function,
                  bool annotation);
  void markScope(uint32_t ordinal, ScopeId scope);
  uint32_t endOf(SyntaxNode node) const;

  void bindTargets(SyntaxNode target, BindingKind kind, SyntaxNode value);
  void pushElements(const Target &sequence, std::vector<Target> &todo) const;
  BindingId addBinding(SyntaxNode name, BindingKind kind, SyntaxNode value, ScopeId scope,
                       FunctionId function);
  void bind(SyntaxNode name, BindingKind kind, SyntaxNode value);
  void bindImport(SyntaxNode name, std::string imported);
  SymbolId symbolFor(ScopeId scope, uint32_t name, llvm::StringRef text);
  ScopeId walrusScope() const;

  const Region &here() const { return regions_.back(); }

  SemanticModel &model_;
  const ProgramImports &imports_;
  NameUses uses_;
  std::vector<Region> regions_;
  std::vector<Opening> openings_; ///< the next one last
  std::vector<Target> targets_;   ///< bindTargets' work, kept for its memory
  SyntaxNode chainValue_;         ///< what `a = b = value` ends in
  uint32_t statementEnd_ = 0;     ///< ordinal after the current top-level statement
  ScopeId moduleScope_ = kModuleScope; ///< of the current file
};

} // namespace fraglint
