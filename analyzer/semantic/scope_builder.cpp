#include "semantic/scope_builder.h"

#include "semantic/class_table.h"
#include "semantic/reference_resolver.h"

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

/// `a . b` -> `a.b`.
std::string dottedText(SyntaxNode dottedName) {
  std::string text;
  for (SyntaxNode part : dottedName.children()) {
    if (!text.empty())
      text += '.';
    text += part.text();
  }
  return text;
}

/// The module of `from MODULE import …`; leading dots of a relative one stay.
std::string moduleText(SyntaxNode module) {
  if (module.kind() != NodeKind::RelativeImport)
    return dottedText(module);
  std::string text = module.child(NodeKind::ImportPrefix).text().str();
  llvm::erase_if(text, [](char c) { return c != '.'; });
  return text + dottedText(module.child(NodeKind::DottedName));
}

bool isCompilerDecorator(llvm::StringRef name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("asm_pio", "asm_thumb", "asm_xtensa", "asm_xtensawin", "asm_rv32", true)
      .Cases("native", "viper", true)
      .Default(false);
}

} // namespace

void ScopeBuilder::build() {
  const SyntaxTree &tree = model_.tree();
  model_.symbolOfNode_.assign(tree.nodeCount(), kNoId);
  addScope(ScopeKind::Module, {}, kModuleBody);
  model_.functions_.emplace_back();
  openRegion(0, ~0U, kModuleScope, kModuleBody, false);
  for (uint32_t index = 0; index < tree.statementCount(); ++index) {
    SyntaxNode next = tree.statement(index + 1);
    walkStatement(tree.statement(index), next ? next.ordinal() : tree.nodeCount());
  }
  llvm::stable_sort(uses_.globals, [](const NameUses::GlobalAlias &a,
                                      const NameUses::GlobalAlias &b) { return a.scope < b.scope; });
  ReferenceResolver resolver(model_, uses_);
  resolver.resolveNames();
  ClassTable(model_).build();
  resolver.resolveAttributes();
  resolver.resolveFunctions();
}

void ScopeBuilder::walkStatement(SyntaxNode root, uint32_t end) {
  statementEnd_ = end;
  SyntaxNode node = root;
  while (node) {
    uint32_t ordinal = node.ordinal();
    if (here().end <= ordinal) {
      do
        regions_.pop_back();
      while (here().end <= ordinal);
      markScope(ordinal, here().scope);
    }
    while (!openings_.empty() && openings_.back().ordinal < ordinal)
      openings_.pop_back(); // was in a part that visit() leapt over
    if (!openings_.empty() && openings_.back().ordinal == ordinal) {
      Opening opening = openings_.back();
      openings_.pop_back();
      openRegion(ordinal, endOf(node), opening.scope, opening.function, false);
    }
    node = visit(node);
  }
}

/// Does what a node means for scopes and gives the node to go on with.
SyntaxNode ScopeBuilder::visit(SyntaxNode node) {
  switch (node.kind()) {
  case NodeKind::Identifier:
    visitIdentifier(node);
    break;
  case NodeKind::Attribute:
    visitAttribute(node);
    break;
  case NodeKind::Call:
    uses_.calls.push_back({node, here().function});
    break;
  case NodeKind::Assignment:
    visitAssignment(node);
    break;
  case NodeKind::AugmentedAssignment:
    bindTargets(node.child(Field::Left), BindingKind::AugmentedAssignment,
                node.child(Field::Right));
    break;
  case NodeKind::NamedExpression:
    if (SyntaxNode name = node.child(Field::Name))
      addBinding(name, BindingKind::Walrus, node.child(Field::Value), walrusScope(),
                 here().function);
    break;
  case NodeKind::ForStatement:
  case NodeKind::ForInClause:
    bindTargets(node.child(Field::Left), BindingKind::LoopTarget, node.child(Field::Right));
    break;
  case NodeKind::AsPattern:
    visitAsPattern(node);
    break;
  case NodeKind::ExceptClause:
    bindTargets(node.child(Field::Alias), BindingKind::ExceptTarget, {});
    break;
  case NodeKind::DeleteStatement:
    bindTargets(node.firstChild(), BindingKind::Deletion, {});
    break;
  case NodeKind::FunctionDefinition:
    visitFunction(node);
    break;
  case NodeKind::Lambda:
    visitLambda(node);
    break;
  case NodeKind::ClassDefinition:
    visitClass(node);
    break;
  case NodeKind::ListComprehension:
  case NodeKind::SetComprehension:
  case NodeKind::DictionaryComprehension:
  case NodeKind::GeneratorExpression:
    visitComprehension(node);
    break;
  case NodeKind::Yield:
    model_.functions_[here().function].isGenerator = true;
    break;
  case NodeKind::Type:
    openRegion(node.ordinal(), endOf(node), here().scope, here().function, true);
    break;
  case NodeKind::SplatPattern:
    visitSplatPattern(node);
    return node.firstAfter();
  case NodeKind::KeywordPattern: // `name=pattern`: the name is the matched object's
    return node.firstChild().nextSibling() ? node.firstChild().nextSibling() : node.firstAfter();
  case NodeKind::DottedName:
    visitDottedName(node);
    return node.firstAfter();
  case NodeKind::ImportStatement:
    visitImport(node);
    return node.firstAfter();
  case NodeKind::ImportFromStatement:
    visitImportFrom(node);
    return node.firstAfter();
  case NodeKind::FutureImportStatement:
    return node.firstAfter();
  case NodeKind::GlobalStatement:
    visitGlobal(node);
    return node.firstAfter();
  case NodeKind::NonlocalStatement:
    visitNonlocal(node);
    return node.firstAfter();
  default:
    break;
  }
  return node.next();
}

void ScopeBuilder::visitIdentifier(SyntaxNode node) {
  switch (node.field()) {
  case Field::Attribute: // `x.name`
  case Field::Name:      // `f(name=…)`; names of definitions are bound by now
  case Field::Alias:
    return;
  default:
    break;
  }
  if (model_.symbolOfNode_[node.ordinal()] == kNoId)
    uses_.loads.push_back({node, model_.intern(node.text()), here().scope, here().annotation});
}

void ScopeBuilder::visitAttribute(SyntaxNode node) {
  if (model_.symbolOfNode_[node.ordinal()] == kNoId)
    uses_.attributeLoads.push_back(node);
}

void ScopeBuilder::visitAssignment(SyntaxNode node) {
  SyntaxNode right = node.child(Field::Right);
  if (!right) { // `x: int` makes `x` a name of this scope and gives it no value
    SyntaxNode name = node.child(Field::Left);
    if (name.kind() == NodeKind::Identifier)
      symbolFor(here().scope, model_.intern(name.text()), name.text());
    return;
  }
  bool inChain = node.field() == Field::Right && node.parent().kind() == NodeKind::Assignment;
  if (!inChain) {
    chainValue_ = right;
    while (chainValue_.kind() == NodeKind::Assignment)
      chainValue_ = chainValue_.child(Field::Right);
  }
  bindTargets(node.child(Field::Left), BindingKind::Assignment, chainValue_);
}

/// `context as target`, `Error as name`, and in a match `pattern as name`.
void ScopeBuilder::visitAsPattern(SyntaxNode node) {
  if (SyntaxNode target = node.child(Field::Alias)) {
    bool isExcept = node.parent().kind() == NodeKind::ExceptClause;
    bindTargets(target, isExcept ? BindingKind::ExceptTarget : BindingKind::WithTarget,
                isExcept ? SyntaxNode() : node.firstChild());
    return;
  }
  SyntaxNode last;
  for (SyntaxNode child : node.children())
    last = child;
  if (last.kind() == NodeKind::Identifier)
    bind(last, BindingKind::MatchCapture, {});
}

/// In a pattern: a lone name captures, `a.b` and the class of `Point(…)` are looked up.
void ScopeBuilder::visitDottedName(SyntaxNode node) {
  SyntaxNode first = node.firstChild();
  if (first.kind() != NodeKind::Identifier)
    return;
  if (first.nextSibling() || node.parent().kind() == NodeKind::ClassPattern)
    visitIdentifier(first);
  else if (first.text() != "_")
    bind(first, BindingKind::MatchCapture, {});
}

void ScopeBuilder::visitSplatPattern(SyntaxNode node) {
  SyntaxNode name = node.child(NodeKind::Identifier);
  if (name && name.text() != "_")
    bind(name, BindingKind::MatchCapture, {});
}

void ScopeBuilder::visitFunction(SyntaxNode node) {
  if (SyntaxNode name = node.child(Field::Name))
    bind(name, BindingKind::Function, {});
  FunctionId id = addFunction(node, ScopeKind::Function);
  bindParameters(node.child(Field::Parameters), id);
  if (SyntaxNode body = node.child(Field::Body))
    openLater(body, model_.functions_[id].scope, id);
}

void ScopeBuilder::visitLambda(SyntaxNode node) {
  FunctionId id = addFunction(node, ScopeKind::Lambda);
  bindParameters(node.child(Field::Parameters), id);
  if (SyntaxNode body = node.child(Field::Body))
    openLater(body, model_.functions_[id].scope, id);
}

void ScopeBuilder::visitClass(SyntaxNode node) {
  if (SyntaxNode name = node.child(Field::Name))
    bind(name, BindingKind::Class, {});
  ClassInfo info;
  info.node = node;
  info.scope = addScope(ScopeKind::Class, node, here().function);
  info.instance = addScope(ScopeKind::Instance, node, here().function);
  model_.scopes_[info.instance].parent = info.scope;
  if (SyntaxNode body = node.child(Field::Body))
    openLater(body, info.scope, here().function);
  model_.classes_.push_back(std::move(info));
}

/// All of a comprehension has its own scope but the first iterable.
void ScopeBuilder::visitComprehension(SyntaxNode node) {
  Region outer = here();
  ScopeId scope = addScope(ScopeKind::Comprehension, node, outer.function);
  openRegion(node.ordinal() + 1, endOf(node), scope, outer.function, outer.annotation);
  if (SyntaxNode iterable = node.child(NodeKind::ForInClause).child(Field::Right))
    openLater(iterable, outer.scope, outer.function);
}

void ScopeBuilder::visitImport(SyntaxNode node) {
  for (SyntaxNode item : node.children()) {
    if (item.kind() == NodeKind::AliasedImport)
      bindImport(item.child(Field::Alias), dottedText(item.child(Field::Name)));
    else if (SyntaxNode first = item.firstChild()) // `import a.b` binds `a`
      bindImport(first, first.text().str());
  }
}

void ScopeBuilder::visitImportFrom(SyntaxNode node) {
  std::string module = moduleText(node.child(Field::ModuleName));
  std::string prefix = module;
  if (!llvm::StringRef(module).ends_with("."))
    prefix += '.';
  for (SyntaxNode item : node.children()) {
    if (item.field() == Field::ModuleName)
      continue;
    if (item.kind() == NodeKind::WildcardImport) {
      model_.scopes_[here().scope].hasStarImport = true;
      model_.starImports_.push_back({module, item, here().scope});
    } else if (item.kind() == NodeKind::AliasedImport) {
      bindImport(item.child(Field::Alias), prefix + dottedText(item.child(Field::Name)));
    } else if (item.kind() == NodeKind::DottedName && item.firstChild()) {
      bindImport(item.firstChild(), prefix + dottedText(item));
    }
  }
}

void ScopeBuilder::bindImport(SyntaxNode name, std::string imported) {
  if (!name)
    return;
  BindingId id = addBinding(name, BindingKind::Import, {}, here().scope, here().function);
  model_.bindings_[id].importedName = std::move(imported);
}

void ScopeBuilder::visitGlobal(SyntaxNode node) {
  ScopeId scope = here().scope;
  for (SyntaxNode name : node.children()) {
    uint32_t id = model_.intern(name.text());
    SymbolId symbol = symbolFor(kModuleScope, id, name.text());
    model_.symbolIn_.try_emplace(model_.nameKey(scope, id), symbol);
    uses_.globals.push_back({name, scope, id, symbol});
  }
}

void ScopeBuilder::visitNonlocal(SyntaxNode node) {
  for (SyntaxNode name : node.children()) {
    uint32_t id = model_.intern(name.text());
    model_.symbolIn_.try_emplace(model_.nameKey(here().scope, id), kPendingSymbol);
    uses_.nonlocals.push_back({name, here().scope, id, kNoId});
  }
}

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
    function.isProperty |= name == "property" || (isDotted && (name == "setter" || name == "deleter"));
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
