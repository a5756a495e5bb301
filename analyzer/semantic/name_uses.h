#pragma once
/// What the pass that declares scopes and bindings leaves for the pass that resolves names.

#include "semantic/scope.h"

#include <vector>

namespace fraglint {

/// Stands for the meaning of a node that the second pass fills in.
inline constexpr SymbolId kPendingSymbol = kNoId - 1;

/// Everything in pre-order.
struct NameUses {
  struct Load {
    SyntaxNode node; ///< the identifier
    uint32_t name;
    ScopeId scope;
    bool annotation; ///< in a type annotation, which no firmware evaluates
  };
  /// `object.attribute = …` and its like, for any object.
  struct AttributeTarget {
    SyntaxNode node;
    BindingKind kind;
    SyntaxNode value;
    FunctionId function;
  };
  /// A declaration or a binding of a name that is `nonlocal` in `scope`.
  struct Nonlocal {
    SyntaxNode node; ///< the identifier
    ScopeId scope;
    uint32_t name;
    BindingId binding; ///< kNoId for the declaration
  };
  struct GlobalAlias {
    SyntaxNode node; ///< the identifier in the declaration
    ScopeId scope;
    uint32_t name;
    SymbolId symbol;
  };
  struct Call {
    SyntaxNode node;
    FunctionId caller;
  };

  /// What one item of an import statement may run: the module, and (`from package import
  /// module`) the module that the item itself is.
  struct Import {
    SyntaxNode statement;
    FunctionId importer;
    std::string module; ///< dotted, as spelled
    std::string item;   ///< dotted with its module; empty for `import x` and `*`
  };

  std::vector<Load> loads;
  std::vector<AttributeTarget> attributeTargets;
  std::vector<SyntaxNode> attributeLoads;
  std::vector<Nonlocal> nonlocals;
  std::vector<GlobalAlias> globals; ///< by scope for the second pass
  std::vector<Call> calls;
  std::vector<Import> imports;
  std::vector<uint32_t> symbolNames; ///< by symbol
};

} // namespace fraglint
