#include "semantic/scope_builder.h"

#include "semantic/class_table.h"
#include "semantic/reference_resolver.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

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

} // namespace

void ScopeBuilder::build() {
  model_.symbolOfNode_.assign(model_.tree().nodeCount(), kNoId);
  for (const SyntaxTree::Part &part : model_.tree().parts())
    walkFile(part);
  llvm::sort(uses_.globals, [](const auto &a, const auto &b) { return a.scope < b.scope; });
  llvm::sort(model_.returns_, [](const auto &a, const auto &b) {
    return std::pair(a.first, a.second.ordinal()) < std::pair(b.first, b.second.ordinal());
  });
  ReferenceResolver resolver(model_, uses_, imports_);
  resolver.resolveNames();
  resolver.resolveModuleAttributes();
  ClassTable(model_).build();
  resolver.resolveAttributes();
  resolver.resolveFunctions();
}

/// Each file has global names and a body of its own.
void ScopeBuilder::walkFile(const SyntaxTree::Part &part) {
  const SyntaxTree &tree = model_.tree();
  auto ordinalAt = [&tree](uint32_t statement) {
    SyntaxNode node = tree.statement(statement);
    return node ? node.ordinal() : tree.nodeCount();
  };
  regions_.clear();
  openings_.clear();
  auto body = static_cast<FunctionId>(model_.functions_.size());
  moduleScope_ = addScope(ScopeKind::Module, {}, body);
  Function &function = model_.functions_.emplace_back();
  function.scope = moduleScope_;
  function.firstOrdinal = ordinalAt(part.begin);
  function.firstStatement = part.begin;
  function.endStatement = part.end;
  model_.files_.push_back({part.tree, moduleScope_, body, function.firstOrdinal});
  openRegion(ordinalAt(part.begin), ~0U, moduleScope_, body, false);
  for (uint32_t index = part.begin; index < part.end; ++index)
    walkStatement(tree.statement(index), ordinalAt(index + 1));
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
  case NodeKind::ReturnStatement:
    model_.returns_.emplace_back(here().function, node);
    break;
  case NodeKind::Yield:
    model_.functions_[here().function].isGenerator = true;
    break;
  case NodeKind::Await: // in a plain function MicroPython takes it for `yield from`
    model_.functions_[here().function].isGenerator |= !model_.functions_[here().function].isAsync;
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
    SyntaxNode name = item.kind() == NodeKind::AliasedImport ? item.child(Field::Name) : item;
    uses_.imports.push_back({node, here().function, dottedText(name), {}});
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
    SyntaxNode name = item.kind() == NodeKind::AliasedImport ? item.child(Field::Name) : item;
    uses_.imports.push_back(
        {node, here().function, module,
         item.kind() == NodeKind::WildcardImport ? "" : prefix + dottedText(name)});
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
  model_.imports_[imported].push_back(id);
  model_.bindings_[id].importedName = std::move(imported);
}

void ScopeBuilder::visitGlobal(SyntaxNode node) {
  ScopeId scope = here().scope;
  for (SyntaxNode name : node.children()) {
    uint32_t id = model_.intern(name.text());
    SymbolId symbol = symbolFor(moduleScope_, id, name.text());
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

} // namespace fraglint
