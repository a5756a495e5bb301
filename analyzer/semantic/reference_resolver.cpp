#include "semantic/reference_resolver.h"

#include "semantic/class_table.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

namespace fraglint {

void ReferenceResolver::resolveNames() {
  resolveNonlocals();
  visible_.assign(model_.names_.size(), kNoId);
  isOnStack_.assign(model_.scopes_.size(), false);
  pushScope(kModuleScope);
  for (const NameUses::GlobalAlias &alias : uses_.globals)
    if (!model_.symbols_[alias.symbol].bindings.empty())
      model_.symbolOfNode_[alias.node.ordinal()] = alias.symbol;
  for (const NameUses::Load &load : uses_.loads) {
    if (load.scope != stack_.back())
      enterScope(load.scope);
    SymbolId symbol = lookUp(load.scope, load.name);
    model_.symbolOfNode_[load.node.ordinal()] = symbol;
    if (symbol == kNoId)
      noteUnseenWrites(load.node.text());
    else if (!load.annotation)
      model_.symbols_[symbol].references.push_back(load.node);
  }
}

/// Names through which a program writes others that it does not spell.
void ReferenceResolver::noteUnseenWrites(llvm::StringRef name) {
  if (name == "exec" || name == "globals")
    model_.writesNamesUnseen_ = true;
  else if (name == "setattr" || name == "vars")
    model_.writesAttributesUnseen_ = true;
}

// --- Nonlocal --------------------------------------------------------------------------------

void ReferenceResolver::resolveNonlocals() {
  llvm::SetVector<SymbolId> touched;
  for (const NameUses::Nonlocal &use : uses_.nonlocals) {
    SymbolId &entry = model_.symbolIn_[SemanticModel::nameKey(use.scope, use.name)];
    if (entry == kPendingSymbol)
      entry = enclosingSymbol(use.scope, use.name);
    model_.symbolOfNode_[use.node.ordinal()] = entry;
    if (use.binding == kNoId)
      continue;
    model_.bindings_[use.binding].symbol = entry;
    if (entry == kNoId)
      continue;
    model_.symbols_[entry].bindings.push_back(use.binding);
    touched.insert(entry);
  }
  for (SymbolId symbol : touched)
    sortBindings(symbol);
}

/// What a name that is `nonlocal` in `scope` means: its symbol in the nearest function around.
SymbolId ReferenceResolver::enclosingSymbol(ScopeId scope, uint32_t name) const {
  for (ScopeId at = model_.scopes_[scope].parent; at != kNoId && at != kModuleScope;
       at = model_.scopes_[at].parent) {
    if (model_.scopes_[at].kind == ScopeKind::Class)
      continue;
    auto found = model_.symbolIn_.find(SemanticModel::nameKey(at, name));
    if (found != model_.symbolIn_.end() && found->second != kPendingSymbol)
      return found->second;
  }
  return kNoId; // not valid Python
}

void ReferenceResolver::sortBindings(SymbolId symbol) {
  llvm::sort(model_.symbols_[symbol].bindings, [this](BindingId a, BindingId b) {
    return model_.bindings_[a].name.ordinal() < model_.bindings_[b].name.ordinal();
  });
}

// --- What names mean in a scope --------------------------------------------------------------

/// Makes `visible_` right for `scope`. Uses come in pre-order, so the steps of all calls
/// together are about as many as there are scopes.
void ReferenceResolver::enterScope(ScopeId scope) {
  path_.clear();
  for (; !isOnStack_[scope]; scope = model_.scopes_[scope].parent)
    path_.push_back(scope);
  while (stack_.back() != scope)
    popScope();
  for (ScopeId inner : llvm::reverse(path_))
    pushScope(inner);
}

void ReferenceResolver::pushScope(ScopeId id) {
  stack_.push_back(id);
  isOnStack_[id] = true;
  hiddenAt_.push_back(hidden_.size());
  const Scope &scope = model_.scopes_[id];
  if (scope.kind == ScopeKind::Class) // its names are seen by its own statements only
    return;
  for (SymbolId symbol : scope.symbols)
    if (!model_.symbols_[symbol].bindings.empty())
      show(uses_.symbolNames[symbol], symbol);
  auto alias = llvm::lower_bound(
      uses_.globals, id, [](const NameUses::GlobalAlias &a, ScopeId b) { return a.scope < b; });
  for (; alias != uses_.globals.end() && alias->scope == id; ++alias)
    if (!model_.symbols_[alias->symbol].bindings.empty())
      show(alias->name, alias->symbol);
}

void ReferenceResolver::show(uint32_t name, SymbolId symbol) {
  hidden_.push_back({name, visible_[name]});
  visible_[name] = symbol;
}

void ReferenceResolver::popScope() {
  while (hidden_.size() > hiddenAt_.back()) {
    visible_[hidden_.back().name] = hidden_.back().symbol;
    hidden_.pop_back();
  }
  hiddenAt_.pop_back();
  isOnStack_[stack_.back()] = false;
  stack_.pop_back();
}

SymbolId ReferenceResolver::lookUp(ScopeId scope, uint32_t name) const {
  if (model_.scopes_[scope].kind == ScopeKind::Class) {
    auto own = model_.symbolIn_.find(SemanticModel::nameKey(scope, name));
    if (own != model_.symbolIn_.end() && !model_.symbols_[own->second].bindings.empty())
      return own->second;
  }
  return visible_[name];
}

// --- Attributes of self ----------------------------------------------------------------------

void ReferenceResolver::resolveAttributes() {
  for (const NameUses::AttributeTarget &target : uses_.attributeTargets)
    if (ClassId self = classOfSelf(target.node); self != kNoId)
      assigned_.insert(attributeKey(self, target.node));
  for (const NameUses::AttributeTarget &target : uses_.attributeTargets)
    bindAttribute(target);
  if (model_.classes_.empty())
    return;
  llvm::DenseSet<llvm::StringRef> names;
  for (const Symbol &symbol : model_.symbols_)
    if (model_.classOf(symbol.scope) != kNoId)
      names.insert(symbol.name);
  for (SyntaxNode attribute : uses_.attributeLoads)
    if (llvm::StringRef name = attribute.child(Field::Attribute).text(); names.contains(name))
      readAttribute(attribute, name);
}

void ReferenceResolver::readAttribute(SyntaxNode attribute, llvm::StringRef name) {
  ClassId self = classOfSelf(attribute);
  if (self == kNoId) {
    model_.foreignReads_[model_.intern(name)].push_back(attribute);
    return;
  }
  SymbolId symbol = model_.attributeNamed(self, name, !onClass(attribute));
  model_.symbolOfNode_[attribute.ordinal()] = symbol;
  if (symbol != kNoId)
    model_.symbols_[symbol].references.push_back(attribute);
}

/// The class whose instance (or which itself) the object of an attribute surely is: the first
/// parameter of a method, never rebound.
ClassId ReferenceResolver::classOfSelf(SyntaxNode attribute) const {
  SyntaxNode object = attribute.child(Field::Object);
  if (object.kind() != NodeKind::Identifier)
    return kNoId;
  SymbolId symbol = model_.symbolOfNode_[object.ordinal()];
  if (symbol == kNoId)
    return kNoId;
  auto found = model_.classOfSelf_.find(symbol);
  if (found == model_.classOfSelf_.end() || model_.symbols_[symbol].bindings.size() != 1)
    return kNoId;
  return found->second;
}

/// Whether `self` is a class method's `cls`.
bool ReferenceResolver::onClass(SyntaxNode attribute) const {
  SymbolId self = model_.symbolOfNode_[attribute.child(Field::Object).ordinal()];
  const Binding &parameter = model_.bindings_[model_.symbols_[self].bindings.front()];
  return model_.functions_[parameter.function].isClassMethod;
}

uint64_t ReferenceResolver::attributeKey(ClassId owner, SyntaxNode attribute) {
  const ClassInfo &info = model_.classes_[owner];
  return SemanticModel::nameKey(onClass(attribute) ? info.scope : info.instance,
                                model_.intern(attribute.child(Field::Attribute).text()));
}

void ReferenceResolver::bindAttribute(const NameUses::AttributeTarget &target) {
  SyntaxNode name = target.node.child(Field::Attribute);
  SymbolId &meaning = model_.symbolOfNode_[target.node.ordinal()];
  meaning = kNoId;
  ClassId self = classOfSelf(target.node);
  if (self == kNoId) {
    model_.foreignWrites_[model_.intern(name.text())].push_back(target.node);
    return;
  }
  // A base that assigns an attribute, too, owns it: the instance has only one.
  for (ClassId base : ClassTable::lineage(model_, self))
    if (assigned_.contains(attributeKey(base, target.node)))
      self = base;
  const ClassInfo &owner = model_.classes_[self];
  ScopeId scope = onClass(target.node) ? owner.scope : owner.instance;
  auto id = static_cast<BindingId>(model_.bindings_.size());
  meaning = model_.symbolFor(scope, name.text(), model_.intern(name.text()));
  model_.bindings_.push_back(
      {target.kind, meaning, target.node, target.value, target.function, {}});
  model_.symbols_[meaning].bindings.push_back(id);
}

// --- Functions -------------------------------------------------------------------------------

void ReferenceResolver::resolveFunctions() {
  for (ClassInfo &info : model_.classes_)
    info.libraryBase = model_.libraryTypeNamed(info.foreignBase);
  llvm::DenseSet<llvm::StringRef> methods;
  for (const Function &function : model_.functions_)
    if (function.classScope != kNoId)
      methods.insert(function.name);
  for (const NameUses::Call &call : uses_.calls) {
    SyntaxNode callee = call.node.child(Field::Function);
    if (callee.kind() == NodeKind::Attribute &&
        !methods.contains(callee.child(Field::Attribute).text()))
      continue;
    FunctionId target = model_.calleeFunction(call.node);
    if (target != kNoId)
      model_.callEdges_.push_back({call.node, call.caller, target});
  }
}

} // namespace fraglint
