#include "semantic/reference_resolver.h"

#include "semantic/class_table.h"
#include "semantic/value_evaluator.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"

namespace fraglint {

void ReferenceResolver::resolveNames() {
  resolveNonlocals();
  visible_.assign(model_.names_.size(), kNoId);
  isOnStack_.assign(model_.scopes_.size(), false);
  for (const NameUses::GlobalAlias &alias : uses_.globals)
    if (!model_.symbols_[alias.symbol].bindings.empty())
      model_.symbolOfNode_[alias.node.ordinal()] = alias.symbol;
  for (const NameUses::Load &load : uses_.loads) {
    if (stack_.empty() || load.scope != stack_.back())
      enterScope(load.scope);
    SymbolId symbol = lookUp(load.scope, load.name);
    symbol = symbol == kNoId ? starImported(load.node) : originOf(symbol);
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
  for (ScopeId at = model_.scopes_[scope].parent;
       at != kNoId && model_.scopes_[at].kind != ScopeKind::Module;
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
  for (; scope != kNoId && !isOnStack_[scope]; scope = model_.scopes_[scope].parent)
    path_.push_back(scope);
  while (!stack_.empty() && stack_.back() != scope)
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

// --- Names of other files --------------------------------------------------------------------

namespace {

/// Names imported on through more files than this are not followed.
constexpr unsigned kMaxOrigins = 8;
/// Longer chains of attributes name no module.
constexpr unsigned kMaxPath = 8;

/// `a.b.c` -> `a.b` and `c`; `.x` -> `.` and `x`.
std::pair<llvm::StringRef, llvm::StringRef> splitLast(llvm::StringRef dotted) {
  size_t dot = dotted.rfind('.');
  if (dot == llvm::StringRef::npos)
    return {{}, dotted};
  llvm::StringRef module = dotted.take_front(dot);
  bool isRelative = module.ltrim('.').empty();
  return {isRelative ? dotted.take_front(dot + 1) : module, dotted.drop_front(dot + 1)};
}

} // namespace

/// The file that `importer` means by a module's name; kNoId where it is none of the program's.
uint32_t ReferenceResolver::fileNamed(uint32_t importer, llvm::StringRef module) const {
  if (importer >= imports_.size())
    return kNoId;
  auto found = imports_[importer].find(module);
  return found == imports_[importer].end() ? kNoId : found->second;
}

/// `module.name`, of a module of the program that assigns the name.
SymbolId ReferenceResolver::importedSymbol(uint32_t importer, llvm::StringRef name) const {
  auto [module, last] = splitLast(name);
  uint32_t file = fileNamed(importer, module);
  return file == kNoId ? kNoId : model_.symbolNamed(model_.files_[file].scope, last);
}

/// What a name that is only imported means in the file where it is made; else the name itself.
SymbolId ReferenceResolver::originOf(SymbolId symbol) {
  if (imports_.empty())
    return symbol;
  origins_.resize(model_.symbols_.size(), kPendingSymbol);
  if (origins_[symbol] != kPendingSymbol)
    return origins_[symbol];
  SymbolId origin = symbol;
  for (unsigned step = 0; step < kMaxOrigins; ++step) {
    llvm::ArrayRef<BindingId> bindings = model_.symbols_[origin].bindings;
    if (bindings.size() != 1 || model_.bindings_[bindings.front()].kind != BindingKind::Import)
      break;
    const Binding &binding = model_.bindings_[bindings.front()];
    SymbolId next = importedSymbol(model_.fileOf(binding.name), binding.importedName);
    if (next == kNoId)
      break;
    origin = next;
  }
  return origins_[symbol] = origin;
}

/// What a name that its file does not bind means by `from module import *`.
SymbolId ReferenceResolver::starImported(SyntaxNode load) const {
  if (imports_.empty())
    return kNoId;
  uint32_t file = model_.fileOf(load);
  for (const StarImport &import : model_.starImports_) {
    if (model_.fileOf(import.node) != file)
      continue;
    uint32_t imported = fileNamed(file, import.module);
    SymbolId symbol = imported == kNoId || load.text().starts_with("_")
                          ? kNoId
                          : model_.symbolNamed(model_.files_[imported].scope, load.text());
    if (symbol != kNoId)
      return symbol;
  }
  return kNoId;
}

/// `a.b` for an expression that spells a module by a name that is only imported, with what the
/// name stands for in place of it; empty for any other.
std::string ReferenceResolver::importedPath(SyntaxNode expression) const {
  llvm::SmallVector<llvm::StringRef, 4> names;
  for (; expression.kind() == NodeKind::Attribute && names.size() < kMaxPath;
       expression = expression.child(Field::Object))
    names.push_back(expression.child(Field::Attribute).text());
  SymbolId root = expression.kind() == NodeKind::Identifier
                      ? model_.symbolOfNode_[expression.ordinal()]
                      : kNoId;
  if (root == kNoId)
    return {};
  std::string path;
  for (BindingId id : model_.symbols_[root].bindings) {
    const Binding &binding = model_.bindings_[id];
    // `robot = robot.Robot()`: on its right the name still means the module.
    if (binding.kind == BindingKind::Assignment && binding.value.contains(expression))
      continue;
    if (binding.kind != BindingKind::Import || (!path.empty() && path != binding.importedName))
      return {};
    path = binding.importedName;
  }
  for (llvm::StringRef name : llvm::reverse(names))
    path += "." + name.str();
  return path;
}

SymbolId ReferenceResolver::moduleAttribute(SyntaxNode attribute) {
  std::string path = importedPath(attribute.child(Field::Object));
  uint32_t file = path.empty() ? kNoId : fileNamed(model_.fileOf(attribute), path);
  if (file == kNoId)
    return kNoId;
  llvm::StringRef name = attribute.child(Field::Attribute).text();
  SymbolId symbol = model_.symbolNamed(model_.files_[file].scope, name);
  return symbol == kNoId ? kNoId : originOf(symbol);
}

void ReferenceResolver::resolveModuleAttributes() {
  if (imports_.empty())
    return;
  for (SyntaxNode attribute : uses_.attributeLoads)
    if (SymbolId symbol = moduleAttribute(attribute); symbol != kNoId) {
      model_.symbolOfNode_[attribute.ordinal()] = symbol;
      model_.symbols_[symbol].references.push_back(attribute);
    }
}

/// The first import of a file runs its statements.
void ReferenceResolver::resolveImports() {
  if (imports_.empty())
    return;
  for (const NameUses::Import &import : uses_.imports) {
    uint32_t importer = model_.fileOf(import.statement);
    for (const std::string &module : {import.module, import.item})
      if (uint32_t file = fileNamed(importer, module); file != kNoId)
        model_.callEdges_.push_back({import.statement, import.importer, model_.files_[file].body});
  }
  llvm::stable_sort(model_.callEdges_, [](const CallEdge &a, const CallEdge &b) {
    return a.call.ordinal() < b.call.ordinal();
  });
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
    if (model_.symbolOfNode_[attribute.ordinal()] != kNoId)
      continue; // of a module
    else if (llvm::StringRef name = attribute.child(Field::Attribute).text(); names.contains(name))
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
  meaning = moduleAttribute(target.node);
  if (meaning != kNoId) {
    addBinding(meaning, target);
    return;
  }
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
  meaning = model_.symbolFor(scope, name.text(), model_.intern(name.text()));
  addBinding(meaning, target);
}

void ReferenceResolver::addBinding(SymbolId symbol, const NameUses::AttributeTarget &target) {
  auto id = static_cast<BindingId>(model_.bindings_.size());
  model_.bindings_.push_back({target.kind, symbol, target.node, target.value, target.function, {}});
  model_.symbols_[symbol].bindings.push_back(id);
}

// --- Functions -------------------------------------------------------------------------------

void ReferenceResolver::resolveFunctions() {
  for (ClassInfo &info : model_.classes_)
    info.baseInLibrary = model_.typeInLibrary(info.foreignBase);
  llvm::DenseSet<llvm::StringRef> methods;
  for (const Function &function : model_.functions_)
    if (function.classScope != kNoId)
      methods.insert(function.name);
  for (const NameUses::Call &call : uses_.calls) {
    SyntaxNode callee = call.node.child(Field::Function);
    if (callee.kind() == NodeKind::Attribute && model_.symbolOfNode_[callee.ordinal()] == kNoId &&
        !methods.contains(callee.child(Field::Attribute).text()))
      continue;
    // Not what the model keeps: who calls whom, which it may ask for, is not known yet.
    FunctionId target = ValueEvaluator(model_).calleeOf(call.node);
    if (target != kNoId)
      model_.callEdges_.push_back({call.node, call.caller, target});
  }
  resolveImports();
  model_.edgesByCallee_ = model_.callEdges_;
  llvm::stable_sort(model_.edgesByCallee_,
                    [](const CallEdge &a, const CallEdge &b) { return a.callee < b.callee; });
}

} // namespace fraglint
