#pragma once
/// Where a value goes once it is made: into names, into other objects, out of the function, or
/// nowhere.

#include "semantic/semantic_model.h"

#include "llvm/ADT/SmallVector.h"

namespace fraglint {

/// Everything that refers to one value.
struct ValueHolders {
  /// Names that are bound to it: locals, or module variables of the module body.
  llvm::SmallVector<SymbolId, 2> symbols;
  /// The first place that keeps it beyond those names: an attribute, a container, a return, a
  /// call that holds on to its argument, a closure. Null where there is none.
  SyntaxNode keeper;
  /// A call that fills it in place (`readinto(…)`), null where there is none.
  SyntaxNode filler;
};

/// Follows the value of the expression `made` through names, arguments and wrapping objects of
/// this module. A call of something unknown is taken to keep its argument where its name says
/// so (a class, `append`, `play`, …) and to be done with it otherwise.
ValueHolders followValue(const SemanticModel &model, SyntaxNode made);

/// The same for whatever `symbol` is bound to: what besides `symbol` itself holds it.
ValueHolders followSymbol(const SemanticModel &model, SymbolId symbol);

/// All places that keep a value beyond its names; the first one is ValueHolders::keeper.
llvm::SmallVector<SyntaxNode, 4> keepersOf(const SemanticModel &model, SyntaxNode made);

/// The same for whatever `symbol` is bound to.
llvm::SmallVector<SyntaxNode, 4> keepersOf(const SemanticModel &model, SymbolId symbol);

/// The parameter in which an argument of a call of `function`, one of this module, arrives; kNoId
/// where that is not plain.
SymbolId parameterOf(const SemanticModel &model, FunctionId function, SyntaxNode argument);

} // namespace fraglint
