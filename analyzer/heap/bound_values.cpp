#include "heap/bound_values.h"

namespace fraglint {

SyntaxNode boundValue(const Binding &binding) {
  if (binding.value || binding.kind != BindingKind::Unpacking)
    return binding.value;
  return binding.name.enclosing(NodeKind::Assignment).child(Field::Right);
}

llvm::SmallVector<SyntaxNode, 4> valuesOf(const SemanticModel &model, SyntaxNode expression) {
  SymbolId symbol = expression.kind() == NodeKind::Identifier ? model.symbolOf(expression) : kNoId;
  if (symbol == kNoId || model.symbol(symbol).bindings.size() > kBindingLimit)
    return {expression};
  bool isOwn = model.scope(model.symbol(symbol).scope).kind == ScopeKind::Function;
  if (!isOwn) {
    SyntaxNode sole = model.soleValueOf(symbol);
    return {sole ? sole : expression};
  }
  llvm::SmallVector<SyntaxNode, 4> values;
  for (BindingId id : model.symbol(symbol).bindings)
    if (const Binding &binding = model.binding(id); binding.kind == BindingKind::Assignment)
      values.push_back(binding.value);
  return values;
}

llvm::SmallVector<SyntaxNode, 4> unpackedValues(const SemanticModel &model,
                                                const Binding &binding) {
  SyntaxNode whole = boundValue(binding);
  if (!whole)
    return {};
  FunctionId callee = whole.kind() == NodeKind::Call ? model.calleeFunction(whole) : kNoId;
  if (binding.value || callee == kNoId)
    return {whole};
  size_t place = 0;
  for (SyntaxNode name : binding.name.parent().children()) {
    if (name == binding.name)
      break;
    ++place;
  }
  // Of `_, _ = make()` only the last item stays bound.
  for (SyntaxNode later = binding.name.nextSibling(); later; later = later.nextSibling())
    if (model.symbolOf(later) == binding.symbol)
      return {};
  llvm::SmallVector<SyntaxNode, 4> values;
  for (SyntaxNode returned : model.returnedBy(callee)) {
    while (returned.kind() == NodeKind::ParenthesizedExpression)
      returned = returned.firstChild();
    bool isTuple =
        returned.kind() == NodeKind::Tuple || returned.kind() == NodeKind::ExpressionList;
    llvm::SmallVector<SyntaxNode, 4> items;
    if (isTuple)
      items.append(returned.children().begin(), returned.children().end());
    if (place < items.size())
      values.append(valuesOf(model, items[place]));
  }
  return values;
}

} // namespace fraglint
