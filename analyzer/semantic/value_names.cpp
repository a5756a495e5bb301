#include "semantic/class_table.h"
#include "semantic/value_evaluator.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

// Recursion here is bounded: every way round goes through a Step.
// NOLINTBEGIN(misc-no-recursion)

namespace fraglint {

namespace {

bool isConstantLiteral(SyntaxNode value) {
  switch (value.kind()) {
  case NodeKind::NoneLiteral:
  case NodeKind::True:
  case NodeKind::False:
  case NodeKind::Integer:
  case NodeKind::Float:
  case NodeKind::String:
    return true;
  default:
    return false;
  }
}

/// `name = None` where an import failed: the name still means the import.
bool isImportFallback(const Binding &binding) {
  return binding.kind == BindingKind::Assignment && isConstantLiteral(binding.value) &&
         (binding.value.kind() == NodeKind::NoneLiteral ||
          binding.name.enclosing(NodeKind::ExceptClause));
}

/// Decorators under which a call of the name still runs the function.
bool isTransparentDecorator(SyntaxNode decorator) {
  SyntaxNode expression = decorator.firstChild();
  if (expression.kind() == NodeKind::Call)
    expression = expression.child(Field::Function);
  if (expression.kind() == NodeKind::Attribute) // `@server.route("/")`, `@micropython.native`
    return true;
  return llvm::StringSwitch<bool>(expression.text())
      .Cases("staticmethod", "classmethod", "native", "viper", "asm_thumb", "asm_pio", true)
      .Default(false);
}

} // namespace

std::string ValueEvaluator::nameOf(SyntaxNode expression) {
  expression = withoutParentheses(expression);
  switch (expression.kind()) {
  case NodeKind::Identifier:
    return nameOfIdentifier(expression);
  case NodeKind::Attribute:
    return meaningOfAttribute(expression).name;
  default:
    return {};
  }
}

ValueEvaluator::Meaning ValueEvaluator::meaningOf(SyntaxNode expression) {
  expression = withoutParentheses(expression);
  if (expression.kind() == NodeKind::Attribute)
    return meaningOfAttribute(expression);
  Meaning meaning;
  meaning.type = typeOf(expression);
  if (expression.kind() == NodeKind::Identifier)
    meaning.name = nameOfIdentifier(expression);
  return meaning;
}

ValueEvaluator::Meaning ValueEvaluator::meaningOfAttribute(SyntaxNode attribute) {
  Step step(*this);
  if (!step)
    return {};
  llvm::StringRef member = attribute.child(Field::Attribute).text();
  if (SymbolId own = model_.symbolOf(attribute); own != kNoId) {
    Meaning meaning{nameOfSymbol(own), typeOfSymbol(own)};
    return meaning;
  }
  SyntaxNode object = withoutParentheses(attribute.child(Field::Object));
  if (ClassId known = model_.classNamed(object); known != kNoId) {
    SymbolId symbol = model_.attributeNamed(known, member, false);
    if (symbol != kNoId)
      return {nameOfSymbol(symbol), typeOfSymbol(symbol)};
    const ClassInfo &info = model_.classes()[known];
    return info.baseInLibrary.empty() ? Meaning{}
                                      : Meaning{(info.baseInLibrary + "." + member).str(), {}};
  }
  return memberOf(meaningOf(object), member);
}

/// `object.member`, for an object that is no class of this module.
ValueEvaluator::Meaning ValueEvaluator::memberOf(const Meaning &object, llvm::StringRef member) {
  if (object.type.classScope != kNoId) {
    ClassId id = model_.classOf(object.type.classScope);
    SymbolId symbol = model_.attributeNamed(id, member, true);
    if (symbol != kNoId)
      return {nameOfSymbol(symbol), typeOfSymbol(symbol)};
  }
  Meaning meaning;
  const LibraryRow *row = nullptr;
  if (object.type) {
    if (object.type.name.empty())
      return {};
    meaning.name = (object.type.name + "." + member).str();
    row = findMethod(object.type.name, member);
  } else if (!object.name.empty()) {
    meaning.name = object.name + "." + member.str();
    row = findLibrary(meaning.name);
  }
  if (row && row->has(Trait::Attribute))
    meaning.type.name = row->result;
  return meaning;
}

std::string ValueEvaluator::nameOfIdentifier(SyntaxNode identifier) {
  if (const Binding *import = takenOverImport(identifier))
    return import->importedName;
  SymbolId symbol = model_.symbolOf(identifier);
  if (symbol != kNoId)
    return nameOfSymbol(symbol);
  llvm::StringRef name = identifier.text();
  for (const StarImport &import : model_.starImports_) {
    std::string candidate = import.module + "." + name.str();
    if (findLibrary(candidate))
      return candidate;
  }
  return isBuiltinName(name) ? name.str() : std::string();
}

std::string ValueEvaluator::nameOfSymbol(SymbolId symbol) {
  Step step(*this);
  if (!step || isActive(symbol))
    return {};
  const Binding *import = nullptr;
  bool onlyImports = true;
  for (BindingId id : model_.symbol(symbol).bindings) {
    const Binding &binding = model_.binding(id);
    if (binding.kind == BindingKind::Import)
      import = import ? import : &binding;
    else if (!isImportFallback(binding))
      onlyImports = false;
  }
  if (import)
    return onlyImports ? import->importedName : std::string();
  SyntaxNode alias = withoutParentheses(soleValueOf(symbol));
  if (alias.kind() != NodeKind::Identifier && alias.kind() != NodeKind::Attribute)
    return {};
  active_.push_back({symbol});
  std::string name = nameOf(alias);
  active_.pop_back();
  return name;
}

// --- Functions -------------------------------------------------------------------------------

FunctionId ValueEvaluator::calleeOf(SyntaxNode call) {
  SyntaxNode callee = withoutParentheses(call.child(Field::Function));
  ClassId constructed = model_.classNamed(callee);
  if (constructed == kNoId)
    return functionNamed(callee);
  SymbolId init = model_.attributeNamed(constructed, "__init__", false);
  return init == kNoId ? kNoId : functionOfSymbol(init);
}

FunctionId ValueEvaluator::functionNamed(SyntaxNode expression) {
  expression = withoutParentheses(expression);
  Step step(*this);
  if (!step)
    return kNoId;
  switch (expression.kind()) {
  case NodeKind::Identifier:
    return functionOfSymbol(model_.symbolOf(expression));
  case NodeKind::Lambda:
    return model_.functionDefinedBy(expression);
  case NodeKind::Attribute:
    return isModuleName(model_.symbolOf(expression)) ? functionOfSymbol(model_.symbolOf(expression))
                                                     : methodNamed(expression);
  default:
    return kNoId;
  }
}

FunctionId ValueEvaluator::functionOfSymbol(SymbolId symbol) {
  if (symbol == kNoId || isActive(symbol))
    return kNoId;
  const Binding *only = nullptr;
  bool isSingle = model_.symbol(symbol).bindings.size() == 1;
  for (BindingId id : model_.symbol(symbol).bindings) {
    const Binding &binding = model_.binding(id);
    Step step(*this);
    if (!step)
      return kNoId;
    if (!isSingle && isUnreachable(binding.name))
      continue;
    if (only)
      return kNoId; // may be either
    only = &binding;
  }
  if (!only)
    return kNoId;
  if (only->kind == BindingKind::Function)
    return transparent(model_.functionDefinedBy(only->name.parent()));
  if (only->kind != BindingKind::Assignment)
    return kNoId;
  active_.push_back({symbol});
  FunctionId function = functionNamed(only->value);
  active_.pop_back();
  return function;
}

/// The function itself unless a decorator may have put another in its place.
FunctionId ValueEvaluator::transparent(FunctionId function) {
  if (function == kNoId || model_.function(function).isProperty)
    return kNoId;
  SyntaxNode decorated = model_.function(function).node.parent();
  if (decorated.kind() == NodeKind::DecoratedDefinition)
    for (SyntaxNode decorator : decorated.children())
      if (decorator.kind() == NodeKind::Decorator && !isTransparentDecorator(decorator))
        return kNoId;
  return function;
}

FunctionId ValueEvaluator::methodNamed(SyntaxNode attribute) {
  if (model_.classes().empty())
    return kNoId;
  SyntaxNode object = withoutParentheses(attribute.child(Field::Object));
  if (object.kind() == NodeKind::Call && object.child(Field::Function).text() == "super")
    return superMethod(attribute);
  SymbolId symbol = attributeSymbol(attribute);
  if (symbol == kNoId)
    return kNoId;
  // Behind `self` may be a derived class with a method of its own.
  bool isSelf = model_.symbolOf(attribute) != kNoId;
  auto name = model_.names_.find(attribute.child(Field::Attribute).text());
  if (isSelf && name != model_.names_.end() &&
      model_.overridden_.contains(
          SemanticModel::nameKey(model_.symbol(symbol).scope, name->second)))
    return kNoId;
  return functionOfSymbol(symbol);
}

/// `super().name` in a method of a class: the nearest base that defines it.
FunctionId ValueEvaluator::superMethod(SyntaxNode attribute) {
  FunctionId function = model_.functionOf(attribute);
  while (function != kNoId && model_.function(function).classScope == kNoId)
    function = model_.function(function).parent;
  if (function == kNoId)
    return kNoId;
  ClassId owner = model_.classOf(model_.function(function).classScope);
  llvm::StringRef name = attribute.child(Field::Attribute).text();
  for (ClassId base : model_.classes()[owner].bases)
    if (SymbolId symbol = model_.attributeNamed(base, name, false); symbol != kNoId)
      return functionOfSymbol(symbol);
  return kNoId;
}

} // namespace fraglint
// NOLINTEND(misc-no-recursion)
