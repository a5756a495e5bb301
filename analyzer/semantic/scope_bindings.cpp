/// The part of ScopeBuilder that makes scopes, functions and bindings.

#include "semantic/scope_builder.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace fraglint {

namespace {

bool isSequence(NodeKind kind) {
  switch (kind) {
  case NodeKind::ExpressionList:
  case NodeKind::List:
  case NodeKind::ListPattern:
  case NodeKind::PatternList:
  case NodeKind::Tuple:
  case NodeKind::TuplePattern:
    return true;
  default:
    return false;
  }
}

bool isSplat(NodeKind kind) {
  return kind == NodeKind::ListSplat || kind == NodeKind::ListSplatPattern ||
         kind == NodeKind::DictionarySplatPattern || kind == NodeKind::ParenthesizedListSplat;
}

/// Whether a pattern of one element is `(x)`, which is `x`, and not `(x,)`.
bool isOnlyParenthesized(SyntaxNode pattern) {
  SyntaxNode element = pattern.firstChild();
  if (pattern.kind() != NodeKind::TuplePattern || !element || element.nextSibling())
    return false;
  uint32_t offset = element.range().end - pattern.range().begin;
  return !pattern.text().drop_front(offset).contains(',');
}

/// The number of elements of a sequence without splats, else nothing.
std::optional<size_t> plainLength(SyntaxNode sequence) {
  size_t length = 0;
  for (SyntaxNode element : sequence.children()) {
    if (isSplat(element.kind()))
      return std::nullopt;
    ++length;
  }
  return length;
}

bool isCompilerDecorator(llvm::StringRef name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("asm_pio", "asm_thumb", "asm_xtensa", "asm_xtensawin", "asm_rv32", true)
      .Cases("native", "viper", true)
      .Default(false);
}

} // namespace

// --- Scopes, functions, regions --------------------------------------------------------------

ScopeId ScopeBuilder::addScope(ScopeKind kind, SyntaxNode node, FunctionId function) {
  auto id = static_cast<ScopeId>(model_.scopes_.size());
  Scope &scope = model_.scopes_.emplace_back();
  scope.kind = kind;
  scope.node = node;
  scope.parent = regions_.empty() ? kNoId : here().scope;
  model_.functionOfScope_.push_back(function);
  return id;
}

FunctionId ScopeBuilder::addFunction(SyntaxNode node, ScopeKind kind) {
  auto id = static_cast<FunctionId>(model_.functions_.size());
  Function function;
  function.node = node;
  function.name = node.child(Field::Name).text();
  function.scope = addScope(kind, node, id);
  function.firstOrdinal = node.ordinal();
  function.parent = here().function;
  function.isAsync = node.firstChild().kind() == NodeKind::Async;
  if (kind == ScopeKind::Function) {
    if (model_.scopes_[here().scope].kind == ScopeKind::Class)
      function.classScope = here().scope;
    readDecorators(node, function);
  }
  model_.functions_.push_back(function);
  return id;
}

/// By spelling: these names mean the same whatever is imported, to the compiler too.
void ScopeBuilder::readDecorators(SyntaxNode definition, Function &function) {
  // __new__ gets the class without being told.
  function.isClassMethod = function.classScope != kNoId && function.name == "__new__";
  SyntaxNode decorated = definition.parent();
  if (decorated.kind() != NodeKind::DecoratedDefinition)
    return;
  for (SyntaxNode decorator : decorated.children()) {
    if (decorator.kind() != NodeKind::Decorator)
      continue;
    SyntaxNode expression = decorator.firstChild();
    if (expression.kind() == NodeKind::Call)
      expression = expression.child(Field::Function);
    bool isDotted = expression.kind() == NodeKind::Attribute;
    llvm::StringRef name = isDotted ? expression.child(Field::Attribute).text() : expression.text();
    function.isOpaque |= isCompilerDecorator(name);
    function.isStaticMethod |= name == "staticmethod";
    function.isClassMethod |= name == "classmethod";
    function.isProperty |=
        name == "property" || (isDotted && (name == "setter" || name == "deleter"));
  }
}

void ScopeBuilder::bindParameters(SyntaxNode parameters, FunctionId function) {
  for (SyntaxNode parameter : parameters.children())
    bindParameter(parameter, function);
  const Function &owner = model_.functions_[function];
  SyntaxNode first = parameters.firstChild();
  if (owner.classScope == kNoId || owner.isStaticMethod || !first)
    return;
  SyntaxNode self = first.kind() == NodeKind::Identifier ? first : first.firstChild();
  SymbolId symbol = self ? model_.symbolOfNode_[self.ordinal()] : kNoId;
  if (symbol != kNoId && !isSplat(first.kind()))
    model_.classOfSelf_[symbol] = model_.classOf(owner.classScope);
}

void ScopeBuilder::bindParameter(SyntaxNode parameter, FunctionId function) {
  SyntaxNode name = parameter;
  if (SyntaxNode named = parameter.child(Field::Name))
    name = named;
  else if (parameter.kind() == NodeKind::TypedParameter)
    name = parameter.firstChild();
  if (isSplat(name.kind()))
    name = name.firstChild();
  ScopeId scope = model_.functions_[function].scope;
  if (name.kind() == NodeKind::Identifier)
    addBinding(name, BindingKind::Parameter, parameter.child(Field::Value), scope, function);
}

void ScopeBuilder::openLater(SyntaxNode node, ScopeId scope, FunctionId function) {
  openings_.push_back({node.ordinal(), scope, function});
}

void ScopeBuilder::openRegion(uint32_t begin, uint32_t end, ScopeId scope, FunctionId function,
                              bool annotation) {
  regions_.push_back({end, scope, function, annotation});
  markScope(begin, scope);
}

void ScopeBuilder::markScope(uint32_t ordinal, ScopeId scope) {
  auto &starts = model_.scopeStarts_;
  if (!starts.empty() && starts.back().second == scope)
    return;
  if (!starts.empty() && starts.back().first == ordinal)
    starts.back().second = scope;
  else
    starts.emplace_back(ordinal, scope);
}

uint32_t ScopeBuilder::endOf(SyntaxNode node) const {
  SyntaxNode after = node.firstAfter();
  return after ? after.ordinal() : statementEnd_;
}

/// Walrus targets in a comprehension belong to what is around it.
ScopeId ScopeBuilder::walrusScope() const {
  ScopeId scope = here().scope;
  while (model_.scopes_[scope].kind == ScopeKind::Comprehension)
    scope = model_.scopes_[scope].parent;
  return scope;
}

// --- Bindings --------------------------------------------------------------------------------

/// Binds everything in a target: `x`, `self.x`, `(a, *b)`; items and slices bind nothing.
void ScopeBuilder::bindTargets(SyntaxNode target, BindingKind kind, SyntaxNode value) {
  if (target.kind() == NodeKind::Identifier) {
    bind(target, kind, value);
    return;
  }
  targets_.push_back({target, value, kind});
  while (!targets_.empty()) {
    Target next = targets_.back();
    targets_.pop_back();
    switch (next.node.kind()) {
    case NodeKind::Identifier:
      bind(next.node, next.kind, next.value);
      break;
    case NodeKind::Attribute:
      model_.symbolOfNode_[next.node.ordinal()] = kPendingSymbol;
      uses_.attributeTargets.push_back({next.node, next.kind, next.value, here().function});
      break;
    case NodeKind::AsPatternTarget:
    case NodeKind::ParenthesizedExpression:
      targets_.push_back({next.node.firstChild(), next.value, next.kind});
      break;
    case NodeKind::ListSplat:
    case NodeKind::ListSplatPattern:
      targets_.push_back({next.node.firstChild(), {}, next.kind});
      break;
    default:
      if (isSequence(next.node.kind()))
        pushElements(next, targets_);
      break;
    }
  }
}

/// The elements of a target sequence, each with its value where the right side shows it.
void ScopeBuilder::pushElements(const Target &sequence, std::vector<Target> &todo) const {
  if (isOnlyParenthesized(sequence.node)) {
    todo.push_back({sequence.node.firstChild(), sequence.value, sequence.kind});
    return;
  }
  bool isUnpacking =
      sequence.kind == BindingKind::Assignment || sequence.kind == BindingKind::Unpacking;
  SyntaxNode element;
  if (isUnpacking && isSequence(sequence.value.kind())) {
    std::optional<size_t> length = plainLength(sequence.node);
    if (length && length == plainLength(sequence.value))
      element = sequence.value.firstChild();
  }
  size_t first = todo.size();
  for (SyntaxNode target : sequence.node.children()) {
    todo.push_back({target, isUnpacking ? element : sequence.value,
                    isUnpacking ? BindingKind::Unpacking : sequence.kind});
    element = element.nextSibling();
  }
  std::reverse(todo.begin() + static_cast<std::ptrdiff_t>(first), todo.end());
}

void ScopeBuilder::bind(SyntaxNode name, BindingKind kind, SyntaxNode value) {
  addBinding(name, kind, value, here().scope, here().function);
}

BindingId ScopeBuilder::addBinding(SyntaxNode name, BindingKind kind, SyntaxNode value,
                                   ScopeId scope, FunctionId function) {
  auto id = static_cast<BindingId>(model_.bindings_.size());
  uint32_t nameId = model_.intern(name.text());
  SymbolId symbol = symbolFor(scope, nameId, name.text());
  model_.bindings_.push_back({kind, symbol, name, value, function, {}});
  model_.symbolOfNode_[name.ordinal()] = symbol;
  if (symbol == kPendingSymbol)
    uses_.nonlocals.push_back({name, scope, nameId, id});
  else
    model_.symbols_[symbol].bindings.push_back(id);
  return id;
}

/// The symbol of a name in a scope, made where there is none; kPendingSymbol for a nonlocal.
SymbolId ScopeBuilder::symbolFor(ScopeId scope, uint32_t name, llvm::StringRef text) {
  SymbolId symbol = model_.symbolFor(scope, text, name);
  if (symbol == uses_.symbolNames.size())
    uses_.symbolNames.push_back(name);
  return symbol;
}

} // namespace fraglint
