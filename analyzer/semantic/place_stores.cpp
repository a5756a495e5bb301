#include "semantic/place_stores.h"

#include "semantic/evaluation.h"

#include "llvm/ADT/DenseSet.h"

namespace fraglint {

namespace {

/// How many functions a search for callers may look at.
constexpr size_t kCallerLimit = 64;

/// Whether a binding of this kind happens as control comes by.
bool isStore(BindingKind kind) {
  return kind != BindingKind::Import && kind != BindingKind::Function &&
         kind != BindingKind::Class && kind != BindingKind::Parameter;
}

/// Whether running its function from the top surely comes to `node`, early returns aside.
bool isUnconditional(SyntaxNode node, SyntaxNode function) {
  for (SyntaxNode at = node; at && at != function; at = at.parent()) {
    switch (at.kind()) {
    case NodeKind::ElifClause:
    case NodeKind::ExceptClause:
    case NodeKind::CaseClause:
      return false;
    case NodeKind::Block: {
      NodeKind around = at.parent().kind();
      if (around == NodeKind::IfStatement || around == NodeKind::WhileStatement ||
          around == NodeKind::ForStatement || around == NodeKind::ElseClause)
        return false;
      break;
    }
    default:
      if (!isStatement(at.kind()) && isConditionalOrDeferred(at))
        return false;
    }
  }
  return true;
}

} // namespace

llvm::ArrayRef<PlaceStore> PlaceStores::storesTo(SyntaxNode place) {
  SymbolId symbol = model_.symbolOf(place);
  if (symbol == kNoId) {
    indexTexts();
    return byText_[place.text()];
  }
  auto [entry, isNew] = bySymbol_.try_emplace(symbol);
  if (isNew) {
    Stores stores = findStores(symbol); // may look up others meanwhile
    bySymbol_[symbol] = std::move(stores);
  }
  return bySymbol_.find(symbol)->second;
}

llvm::ArrayRef<PlaceStore> PlaceStores::changesWithin(SyntaxNode base) {
  indexTexts();
  return byBase_[base.text()];
}

PlaceStores::Stores PlaceStores::findStores(SymbolId symbol) {
  Stores stores;
  for (BindingId id : model_.symbol(symbol).bindings) {
    const Binding &binding = model_.binding(id);
    if (!isStore(binding.kind))
      continue;
    PlaceStore store;
    bool isValue =
        binding.kind == BindingKind::Assignment || binding.kind == BindingKind::Unpacking ||
        binding.kind == BindingKind::AugmentedAssignment || binding.kind == BindingKind::Walrus;
    store.value = isValue ? binding.value : SyntaxNode();
    store.adds = binding.kind == BindingKind::AugmentedAssignment;
    if (binding.function == function_) {
      addStore(binding.name, store, stores);
    } else {
      SyntaxNode function = model_.function(binding.function).node;
      store.isSure = isUnconditional(binding.name, function);
      addCallers(binding.function, store, stores);
    }
  }
  return stores;
}

/// Adds a store that happens where `name` is evaluated.
void PlaceStores::addStore(SyntaxNode name, PlaceStore store, Stores &stores) const {
  for (FlowPoint point : graph_.pointsOf(name)) {
    store.block = point.block;
    stores.push_back(store);
  }
}

/// Adds a store that `callee` does where this function calls it, directly or through others.
void PlaceStores::addCallers(FunctionId callee, PlaceStore store, Stores &stores) {
  indexCallers();
  struct Called {
    FunctionId function;
    bool isSure;
  };
  llvm::SmallVector<Called, 8> waiting = {{callee, store.isSure}};
  llvm::DenseSet<FunctionId> seen = {callee};
  while (!waiting.empty() && seen.size() <= kCallerLimit) {
    Called called = waiting.pop_back_val();
    for (uint32_t index : callers_[called.function]) {
      const CallEdge &edge = model_.callEdges()[index];
      bool isSure = called.isSure && isUnconditional(edge.call, model_.function(edge.caller).node);
      if (edge.caller == function_) {
        // Whether the call itself is on every path is told by its block.
        store.isSure = called.isSure;
        addStore(edge.call, store, stores);
      } else if (seen.insert(edge.caller).second) {
        waiting.push_back({edge.caller, isSure});
      }
    }
  }
}

void PlaceStores::indexCallers() {
  if (!callers_.empty())
    return;
  callers_.resize(model_.functions().size());
  for (uint32_t index = 0; index < model_.callEdges().size(); ++index)
    callers_[model_.callEdges()[index].callee].push_back(index);
}

/// Collects the stores to attributes and items, and the method calls, of this function.
void PlaceStores::indexTexts() {
  if (hasTexts_)
    return;
  hasTexts_ = true;
  for (const BasicBlock &block : graph_.blocks()) {
    for (SyntaxNode element : block.elements) {
      if (element.kind() != NodeKind::ExpressionStatement)
        continue;
      SyntaxNode inner = element.firstChild();
      bool isAssignment = inner.kind() == NodeKind::Assignment;
      if (isAssignment || inner.kind() == NodeKind::AugmentedAssignment)
        indexTarget(inner, inner.child(Field::Left));
      SyntaxNode callee = inner.child(Field::Function);
      if (inner.kind() == NodeKind::Call && callee.kind() == NodeKind::Attribute)
        addStore(element, {}, byBase_[callee.child(Field::Object).text()]);
    }
  }
}

void PlaceStores::indexTarget(SyntaxNode statement, SyntaxNode target) {
  bool isPlace = target.kind() == NodeKind::Attribute || target.kind() == NodeKind::Subscript;
  if (!isPlace)
    return;
  PlaceStore store;
  store.value = statement.child(Field::Right);
  store.adds = statement.kind() == NodeKind::AugmentedAssignment;
  addStore(statement, store, byText_[target.text()]);
  if (target.kind() == NodeKind::Subscript)
    addStore(statement, store, byBase_[target.child(Field::Value).text()]);
}

} // namespace fraglint
