#include "semantic/value_evaluator.h"

#include "semantic/class_table.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// A symbol with more bindings has no known value.
constexpr size_t kMaxBindings = 1000;
/// More writes than this through other objects are taken for a write of anything.
constexpr size_t kMaxForeignWrites = 32;

bool isAttributeScope(ScopeKind kind) {
  return kind == ScopeKind::Class || kind == ScopeKind::Instance;
}

} // namespace

SyntaxNode withoutParentheses(SyntaxNode expression) {
  while (expression.kind() == NodeKind::ParenthesizedExpression)
    expression = expression.firstChild();
  return expression;
}

bool isShared(const Binding &binding) {
  bool isChain = binding.value.parent().kind() == NodeKind::Assignment &&
                 binding.value.parent().parent().kind() == NodeKind::Assignment;
  return isChain || binding.kind == BindingKind::Walrus ||
         withoutParentheses(binding.value).kind() == NodeKind::NamedExpression;
}

llvm::StringRef operatorOf(SyntaxNode operation) { return operation.child(Field::Operator).text(); }

const ValueEvaluator::Active *ValueEvaluator::activeEntry(SymbolId symbol) const {
  const auto *entry =
      llvm::find_if(active_, [symbol](const Active &active) { return active.symbol == symbol; });
  return entry == active_.end() ? nullptr : entry;
}

/// All bindings that a read of `symbol` may see. An attribute's are those of every class of the
/// family: an instance has one table, and a derived class may shadow a base's constant.
ValueEvaluator::Values ValueEvaluator::valuesOf(SymbolId symbol) {
  Values values;
  const Symbol &info = model_.symbol(symbol);
  const Scope &scope = model_.scope(info.scope);
  if (isAttributeScope(scope.kind)) {
    ClassId family = model_.classes()[model_.classOf(info.scope)].family;
    addFamilyBindings(symbol, family, values);
    values.complete =
        values.complete && !model_.writesAttributesUnseen_ && !hasForeignWrites(symbol, family);
    return values;
  }
  if (info.bindings.size() > kMaxBindings) {
    values.complete = false;
    return values;
  }
  values.bindings.append(info.bindings.begin(), info.bindings.end());
  if (scope.kind == ScopeKind::Module && model_.writesNamesUnseen_)
    values.complete = false;
  uint32_t first = info.bindings.empty() ? 0 : model_.binding(info.bindings.front()).name.ordinal();
  for (const StarImport &import : model_.starImports_)
    if (import.scope == info.scope && import.node.ordinal() > first)
      values.complete = false; // may bring the same name
  return values;
}

void ValueEvaluator::addFamilyBindings(SymbolId symbol, ClassId family, Values &values) {
  llvm::StringRef name = model_.symbol(symbol).name;
  for (ClassId member : model_.familyMembers(family)) {
    Step step(*this);
    if (!step || values.bindings.size() > kMaxBindings) {
      values.complete = false;
      return;
    }
    const ClassInfo &info = model_.classes()[member];
    for (ScopeId scope : {info.scope, info.instance})
      if (SymbolId same = model_.symbolNamed(scope, name); same != kNoId)
        values.bindings.append(model_.symbol(same).bindings.begin(),
                               model_.symbol(same).bindings.end());
  }
}

/// Whether `other.name = …` may write this attribute: the type of `other` does not exclude it.
bool ValueEvaluator::hasForeignWrites(SymbolId symbol, ClassId family) {
  llvm::ArrayRef<SyntaxNode> writes = accessesOf(symbol, model_.foreignWrites_);
  return writes.size() > kMaxForeignWrites ||
         llvm::any_of(writes, [&](SyntaxNode write) { return mayBelongTo(family, write); });
}

/// The accesses of attributes of the symbol's name that are not known to be its own.
llvm::ArrayRef<SyntaxNode> ValueEvaluator::accessesOf(
    SymbolId symbol, const llvm::DenseMap<uint32_t, std::vector<SyntaxNode>> &accesses) const {
  auto name = model_.names_.find(model_.symbol(symbol).name);
  if (name == model_.names_.end())
    return {};
  auto found = accesses.find(name->second);
  return found == accesses.end() ? llvm::ArrayRef<SyntaxNode>() : llvm::ArrayRef(found->second);
}

bool ValueEvaluator::mayBelongTo(ClassId family, SyntaxNode attribute) {
  SyntaxNode object = attribute.child(Field::Object);
  if (ClassId known = model_.classNamed(object); known != kNoId)
    return model_.classes()[known].family == family;
  Meaning receiver = meaningOf(object);
  if (receiver.type.classScope != kNoId)
    return model_.classes()[model_.classOf(receiver.type.classScope)].family == family;
  return !receiver.type && receiver.name.empty();
}

/// The symbol of `x.name` where x is `self`, a class of this module or an instance of one.
SymbolId ValueEvaluator::attributeSymbol(SyntaxNode attribute) {
  if (SymbolId own = model_.symbolOf(attribute); own != kNoId)
    return own;
  Step step(*this);
  if (!step || model_.classes().empty())
    return kNoId;
  SyntaxNode object = withoutParentheses(attribute.child(Field::Object));
  llvm::StringRef name = attribute.child(Field::Attribute).text();
  if (ClassId known = model_.classNamed(object); known != kNoId)
    return model_.attributeNamed(known, name, false);
  ValueType type = typeOf(object);
  if (type.classScope == kNoId)
    return kNoId;
  return model_.attributeNamed(model_.classOf(type.classScope), name, true);
}

SyntaxNode ValueEvaluator::soleValueOf(SymbolId symbol) {
  if (symbol == kNoId)
    return {};
  Values values = valuesOf(symbol);
  if (!values.complete || values.bindings.size() != 1)
    return {};
  const Binding &binding = model_.binding(values.bindings.front());
  return binding.kind == BindingKind::Assignment ? binding.value : SyntaxNode();
}

/// Whether a symbol is a global name of a file.
bool ValueEvaluator::isModuleName(SymbolId symbol) const {
  return symbol != kNoId && model_.scope(model_.symbol(symbol).scope).kind == ScopeKind::Module;
}

/// `label = label.Label(…)` at the top of a file: the one assignment that takes a name over from
/// the import above it. Null where there is no such one.
const Binding *ValueEvaluator::takeoverOf(SymbolId symbol) const {
  if (!isModuleName(symbol) || model_.symbol(symbol).bindings.size() != 2)
    return nullptr;
  const Binding &import = model_.binding(model_.symbol(symbol).bindings.front());
  const Binding &taker = model_.binding(model_.symbol(symbol).bindings.back());
  bool isTop = !taker.name.statement().parent();
  bool isTakeover = import.kind == BindingKind::Import && taker.kind == BindingKind::Assignment &&
                    isTop && model_.isModuleBody(taker.function) && taker.value &&
                    taker.value.kind() != NodeKind::NoneLiteral;
  return isTakeover ? &taker : nullptr;
}

/// The import that a name still means where another value takes it over further down; null
/// elsewhere.
const Binding *ValueEvaluator::takenOverImport(SyntaxNode identifier) const {
  SymbolId symbol = model_.symbolOf(identifier);
  const Binding *taker = takeoverOf(symbol);
  bool isBefore =
      taker && model_.functionOf(identifier) == taker->function &&
      (taker->value.contains(identifier) || identifier.ordinal() < taker->name.ordinal());
  return isBefore ? &model_.binding(model_.symbol(symbol).bindings.front()) : nullptr;
}

/// Whether a node stands under `if False:` and the like.
bool ValueEvaluator::isUnreachable(SyntaxNode node) {
  for (unsigned level = 0; node && level < kMaxDepth; ++level, node = node.parent()) {
    SyntaxNode parent = node.parent();
    if (parent.kind() != NodeKind::IfStatement || node.field() == Field::Condition)
      continue;
    std::optional<bool> truth = truthOf(parent.child(Field::Condition));
    if (truth && *truth != (node.field() == Field::Consequence))
      return true;
  }
  return false;
}

} // namespace fraglint
