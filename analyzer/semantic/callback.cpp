#include "semantic/callback.h"

#include "semantic/call_traits.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Functions that call what they are given before they return.
constexpr llvm::StringLiteral kImmediate[] = {"filter", "map",  "max",   "min",
                                              "reduce", "sort", "sorted"};

/// `@server.route("/")`, `@app.get("/")`: a method of an object that the program made registers
/// the function. Decorators of modules and of properties change it.
bool registers(const SemanticModel &model, SyntaxNode decorator) {
  SyntaxNode called = decorator.firstChild();
  if (called.kind() == NodeKind::Call)
    called = called.child(Field::Function);
  if (called.kind() != NodeKind::Attribute)
    return false;
  SymbolId owner = model.symbolOf(called.child(Field::Object));
  return owner != kNoId && llvm::any_of(model.symbol(owner).bindings, [&](BindingId id) {
           return model.binding(id).kind == BindingKind::Assignment ||
                  model.binding(id).kind == BindingKind::Parameter;
         });
}

/// Whether the value of `expression` is given away to be called later.
bool isHandedOut(SyntaxNode expression) {
  SyntaxNode parent = expression.parent();
  if (parent.kind() == NodeKind::Assignment)
    return expression.field() == Field::Right &&
           parent.child(Field::Left).kind() == NodeKind::Attribute;
  if (parent.kind() == NodeKind::KeywordArgument && expression.field() == Field::Value)
    parent = parent.parent();
  return parent.kind() == NodeKind::ArgumentList && parent.parent().kind() == NodeKind::Call &&
         !llvm::is_contained(kImmediate, lastNameOf(parent.parent()));
}

} // namespace

std::vector<bool> findCallbacks(const SemanticModel &model) {
  std::vector<bool> callbacks(model.functions().size());
  for (FunctionId id = 0; id < model.functions().size(); ++id) {
    SyntaxNode around = model.isModuleBody(id) ? SyntaxNode() : model.function(id).node.parent();
    if (around && around.kind() == NodeKind::DecoratedDefinition)
      for (SyntaxNode part : around.children())
        callbacks[id] =
            callbacks[id] || (part.kind() == NodeKind::Decorator && registers(model, part));
  }
  for (uint32_t i = 0; i < model.tree().statementCount(); ++i) {
    SyntaxNode statement = model.tree().statement(i);
    for (SyntaxNode node = statement; node && statement.contains(node); node = node.next()) {
      bool isName = node.kind() == NodeKind::Identifier || node.kind() == NodeKind::Attribute ||
                    node.kind() == NodeKind::Lambda;
      if (!isName || !isHandedOut(node))
        continue;
      if (FunctionId function = model.functionNamed(node); function != kNoId)
        callbacks[function] = true;
    }
  }
  return callbacks;
}

} // namespace fraglint
