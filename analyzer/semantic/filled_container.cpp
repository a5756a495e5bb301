#include "semantic/filled_container.h"

#include "semantic/call_arguments.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

bool isOneOf(llvm::StringRef name, std::initializer_list<llvm::StringRef> names) {
  return llvm::is_contained(names, name);
}

SyntaxNode withoutParentheses(SyntaxNode expression) {
  while (expression.kind() == NodeKind::ParenthesizedExpression)
    expression = expression.firstChild();
  return expression;
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

/// One question about one iterable, answered within a budget of steps.
class ContainerReader {
public:
  explicit ContainerReader(const SemanticModel &model) : model_(model) {}

  bool hasPass(SyntaxNode forStatementOrClause, unsigned depth = 0);

private:
  static constexpr unsigned kMaxDepth = 12;
  static constexpr unsigned kMaxSteps = 1000;

  bool isFilled(SyntaxNode iterable, unsigned depth);
  bool isFilledCall(SyntaxNode call, unsigned depth);
  bool isFilledName(SymbolId symbol, unsigned depth);
  bool isStartUp(SyntaxNode node) const;
  bool isEmptyStart(const Binding &binding) const;
  bool isUsedToFill(const Symbol &symbol, bool isNeeded);

  const SemanticModel &model_;
  unsigned steps_ = 0;
};

// NOLINTBEGIN(misc-no-recursion): kMaxDepth and kMaxSteps bound it.

bool ContainerReader::hasPass(SyntaxNode forStatementOrClause, unsigned depth) {
  return model_.tripsOf(forStatementOrClause).lo >= 1 ||
         isFilled(forStatementOrClause.child(Field::Right), depth);
}

bool ContainerReader::isFilled(SyntaxNode iterable, unsigned depth) {
  iterable = withoutParentheses(iterable);
  if (!iterable || depth > kMaxDepth || ++steps_ > kMaxSteps)
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
           hasPass(iterable.child(NodeKind::ForInClause), depth + 1);
  case NodeKind::Call:
    return isFilledCall(iterable, depth + 1);
  case NodeKind::Identifier:
  case NodeKind::Attribute: {
    SymbolId symbol = model_.symbolOf(iterable);
    return symbol != kNoId && isFilledName(symbol, depth + 1);
  }
  default:
    return false;
  }
}

/// Whether a call gives as many items as its arguments have.
bool ContainerReader::isFilledCall(SyntaxNode call, unsigned depth) {
  CallArguments arguments(call);
  SyntaxNode callee = call.child(Field::Function);
  if (callee.kind() == NodeKind::Attribute)
    return arguments.empty() &&
           isOneOf(callee.child(Field::Attribute).text(), {"items", "keys", "values"}) &&
           isFilled(callee.child(Field::Object), depth);
  llvm::StringRef name = model_.calleeName(call);
  SyntaxNode first = arguments.get(0);
  if (isOneOf(name, {"enumerate", "reversed", "sorted", "list", "tuple", "set", "iter"}))
    return isFilled(first, depth);
  if (name == "range" && arguments.positionalCount() == 1)
    return model_.calleeName(first) == "len" && isFilled(CallArguments(first).get(0), depth);
  if (name != "zip" || arguments.hasSplat() || arguments.empty())
    return false;
  for (unsigned index = 0; index < arguments.positionalCount(); ++index)
    if (!isFilled(arguments.get(index), depth))
      return false;
  return true;
}

/// Whether the container that a name stands for has items whenever a loop comes to it: it was
/// bound to filled ones, or to an empty one that was then filled, and nothing takes items out.
bool ContainerReader::isFilledName(SymbolId symbol, unsigned depth) {
  const Symbol &named = model_.symbol(symbol);
  bool startsEmpty = false;
  bool grows = false;
  for (BindingId id : named.bindings) {
    const Binding &binding = model_.binding(id);
    if (binding.kind == BindingKind::Assignment && isFilled(binding.value, depth))
      continue;
    bool adds = binding.kind == BindingKind::AugmentedAssignment && isStartUp(binding.name);
    if (!adds && !isEmptyStart(binding))
      return false;
    (adds ? grows : startsEmpty) = true;
  }
  return !named.bindings.empty() && isUsedToFill(named, startsEmpty && !grows);
}

// NOLINTEND(misc-no-recursion)

/// Whether no use of a container takes items out of it, and, if that is needed, one puts some in.
bool ContainerReader::isUsedToFill(const Symbol &symbol, bool isNeeded) {
  bool grows = false;
  for (SyntaxNode reference : symbol.references) {
    if (++steps_ > kMaxSteps || takesOut(reference.parent()))
      return false;
    grows |= putsIn(reference.parent()) && isStartUp(reference);
  }
  return grows || !isNeeded;
}

/// Whether `node` runs as the program builds itself up: at module level or in a constructor,
/// and not in its main loop.
bool ContainerReader::isStartUp(SyntaxNode node) const {
  FunctionId function = model_.functionOf(node);
  bool isBuilding = model_.isModuleBody(function) || model_.function(function).name == "__init__";
  return isBuilding && !node.enclosing(NodeKind::WhileStatement);
}

/// Whether a binding gives a container that is still empty: `[]`, `list()`.
bool ContainerReader::isEmptyStart(const Binding &binding) const {
  if (binding.kind != BindingKind::Assignment || !isStartUp(binding.name))
    return false;
  SyntaxNode value = withoutParentheses(binding.value);
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

} // namespace

bool surelyHasPass(const SemanticModel &model, SyntaxNode forStatementOrClause) {
  return ContainerReader(model).hasPass(forStatementOrClause);
}

} // namespace fraglint
