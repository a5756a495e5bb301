#pragma once
/// Where the code of one function stores to names, attributes and items.

#include "semantic/control_flow_graph.h"
#include "semantic/semantic_model.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include <vector>

namespace fraglint {

/// One store, as seen from the function that does it or calls what does.
struct PlaceStore {
  BlockId block = kNoId; ///< of the function's graph
  SyntaxNode value;      ///< what is stored or, if `adds`, added; null where unknown
  bool adds = false;     ///< `+=`
  bool isSure = true;    ///< running the block surely stores; not so in a callee's branch
};

/// Stores of one function and of the functions of the module that it calls, a few calls deep.
/// Built on first use, place by place; not thread-safe.
class PlaceStores {
public:
  PlaceStores(const SemanticModel &model, const ControlFlowGraph &graph, FunctionId function)
      : model_(model), graph_(graph), function_(function) {}

  /// Stores to what `place` (identifier, attribute or subscript) denotes. Attributes of other
  /// objects than `self`, and items, are told apart by their source text.
  llvm::ArrayRef<PlaceStore> storesTo(SyntaxNode place);
  /// Stores to items of the container that `base` denotes, and calls of its methods.
  llvm::ArrayRef<PlaceStore> changesWithin(SyntaxNode base);

private:
  using Stores = std::vector<PlaceStore>;

  Stores findStores(SymbolId symbol);
  void addStore(SyntaxNode name, PlaceStore store, Stores &stores) const;
  void addCallers(FunctionId callee, PlaceStore store, Stores &stores);
  void indexTexts();
  void indexTarget(SyntaxNode statement, SyntaxNode target);
  void indexCallers();

  const SemanticModel &model_;
  const ControlFlowGraph &graph_;
  FunctionId function_;
  llvm::DenseMap<SymbolId, Stores> bySymbol_;
  llvm::StringMap<Stores> byText_;   ///< attributes and subscripts that are assigned
  llvm::StringMap<Stores> byBase_;   ///< what items are assigned of or methods are called of
  bool hasTexts_ = false;
  std::vector<llvm::SmallVector<uint32_t, 2>> callers_; ///< by callee: indices of callEdges()
};

} // namespace fraglint
