#include "semantic/filled_container.h"

#include "semantic/call_arguments.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// How deep wrappers (`enumerate(reversed(x))`) are looked through, a name counting for several,
/// and how many bindings of one name are looked at.
constexpr unsigned kMaxDepth = 8;
constexpr unsigned kNameDepth = 3;
constexpr size_t kMaxBindings = 16;

bool isOneOf(llvm::StringRef name, std::initializer_list<llvm::StringRef> names) {
  return llvm::is_contained(names, name);
}

/// What a name was bound to at first, and what happened to it since.
class ContainerHistory {
public:
  ContainerHistory(const SemanticModel &model, unsigned depth) : model_(model), depth_(depth) {}
  /// Whether the container that `symbol` names has items whenever a loop comes to it.
  bool isFilled(SymbolId symbol) const;

private:
  bool isFilledBy(const Binding &binding) const;
  bool isEmptyStart(const Binding &binding) const;

  const SemanticModel &model_;
  unsigned depth_;
};

bool isFilled(const SemanticModel &model, SyntaxNode iterable, unsigned depth);

SyntaxNode unwrapped(SyntaxNode expression) {
  while (expression.kind() == NodeKind::ParenthesizedExpression)
    expression = expression.firstChild();
  return expression;
}

/// Whether a call gives as many items as its arguments have.
bool isFilledCall(const SemanticModel &model, SyntaxNode call, unsigned depth) {
  CallArguments arguments(call);
  SyntaxNode callee = call.child(Field::Function);
  SyntaxNode first = arguments.get(0);
  if (callee.kind() == NodeKind::Attribute)
    return arguments.empty() &&
           isOneOf(callee.child(Field::Attribute).text(), {"items", "keys", "values"}) &&
           isFilled(model, callee.child(Field::Object), depth + 1);
  std::string name = model.calleeName(call);
  if (isOneOf(name, {"enumerate", "reversed", "sorted", "list", "tuple", "set", "iter", "len"}))
    return first && isFilled(model, first, depth + 1);
  if (name == "range" && arguments.positionalCount() == 1)
    return model.calleeName(first) == "len" && isFilledCall(model, first, depth + 1);
  if (name != "zip" || arguments.hasSplat())
    return false;
  for (unsigned index = 0; index < arguments.positionalCount(); ++index)
    if (!isFilled(model, arguments.get(index), depth + 1))
      return false;
  return arguments.positionalCount() > 0;
}

bool isFilled(const SemanticModel &model, SyntaxNode iterable, unsigned depth) {
  iterable = unwrapped(iterable);
  if (!iterable || depth > kMaxDepth)
    return false;
  switch (iterable.kind()) {
  case NodeKind::List:
  case NodeKind::Tuple:
  case NodeKind::Set:
  case NodeKind::Dictionary:
    return llvm::any_of(iterable.children(), [](SyntaxNode item) {
      return item.kind() != NodeKind::ListSplat && item.kind() != NodeKind::DictionarySplat;
    });
  case NodeKind::ListComprehension:
  case NodeKind::DictionaryComprehension:
  case NodeKind::SetComprehension:
    return !iterable.child(NodeKind::IfClause) &&
           surelyHasPass(model, iterable.child(NodeKind::ForInClause));
  case NodeKind::Call:
    return isFilledCall(model, iterable, depth);
  case NodeKind::Identifier:
  case NodeKind::Attribute: {
    SymbolId symbol = model.symbolOf(iterable);
    return symbol != kNoId && ContainerHistory(model, depth + kNameDepth).isFilled(symbol);
  }
  default:
    return false;
  }
}

/// Whether `node` runs as the program builds itself up: at module level or in a constructor,
/// and not in its main loop.
bool isStartUp(const SemanticModel &model, SyntaxNode node) {
  FunctionId function = model.functionOf(node);
  bool isBuilding = function == kModuleBody || model.function(function).name == "__init__";
  return isBuilding && !node.enclosing(NodeKind::WhileStatement);
}

/// Whether a use of a container takes items out of it.
bool takesOut(SyntaxNode use) {
  if (use.kind() == NodeKind::Subscript)
    return use.statement().kind() == NodeKind::DeleteStatement;
  return use.kind() == NodeKind::Attribute &&
         isOneOf(use.child(Field::Attribute).text(),
                 {"clear", "pop", "popleft", "popitem", "remove"});
}

bool putsIn(SyntaxNode use) {
  if (use.kind() == NodeKind::Subscript)
    return use.field() == Field::Left;
  return use.kind() == NodeKind::Attribute &&
         isOneOf(use.child(Field::Attribute).text(), {"append", "extend", "insert", "add"});
}

bool ContainerHistory::isFilledBy(const Binding &binding) const {
  return binding.kind == BindingKind::Assignment &&
         ::fraglint::isFilled(model_, binding.value, depth_);
}

/// Whether a binding gives a container that is still empty: `[]`, `list()`.
bool ContainerHistory::isEmptyStart(const Binding &binding) const {
  if (binding.kind != BindingKind::Assignment || !isStartUp(model_, binding.name))
    return false;
  SyntaxNode value = unwrapped(binding.value);
  switch (value.kind()) {
  case NodeKind::List:
  case NodeKind::Dictionary:
  case NodeKind::Tuple:
    return !value.firstChild();
  case NodeKind::Call:
    return CallArguments(value).empty() &&
           isOneOf(model_.calleeName(value), {"list", "dict", "set"});
  default:
    return false;
  }
}

bool ContainerHistory::isFilled(SymbolId symbol) const {
  const Symbol &named = model_.symbol(symbol);
  if (named.bindings.empty() || named.bindings.size() > kMaxBindings)
    return false;
  bool startsEmpty = false;
  bool grows = false;
  for (BindingId id : named.bindings) {
    const Binding &binding = model_.binding(id);
    if (isFilledBy(binding))
      continue;
    bool adds = binding.kind == BindingKind::AugmentedAssignment && isStartUp(model_, binding.name);
    if (!adds && !isEmptyStart(binding))
      return false;
    (adds ? grows : startsEmpty) = true;
  }
  for (SyntaxNode reference : named.references) {
    if (takesOut(reference.parent()))
      return false;
    grows |= putsIn(reference.parent()) && isStartUp(model_, reference);
  }
  return !startsEmpty || grows;
}

} // namespace

bool surelyHasPass(const SemanticModel &model, SyntaxNode forStatementOrClause) {
  if (model.tripsOf(forStatementOrClause).lo >= 1)
    return true;
  return isFilled(model, forStatementOrClause.child(Field::Right), 0);
}

} // namespace fraglint
