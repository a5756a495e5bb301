#include "semantic/semantic_model.h"

#include "semantic/class_table.h"
#include "semantic/scope_builder.h"
#include "semantic/value_evaluator.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// The answer that was given of a node, or is now.
template <typename Answer, typename Work>
Answer known(llvm::DenseMap<uint32_t, Answer> &answers, SyntaxNode node, Work work) {
  if (!node) // it has no number
    return work();
  if (auto given = answers.find(node.ordinal()); given != answers.end())
    return given->second;
  Answer answer = work();
  answers[node.ordinal()] = answer;
  return answer;
}

} // namespace

SemanticModel::SemanticModel(const SyntaxTree &tree, const ProgramImports &imports) : tree_(tree) {
  ScopeBuilder(*this, imports).build();
}

// --- Tables ----------------------------------------------------------------------------------

SemanticModel::NameId SemanticModel::intern(llvm::StringRef name) {
  return names_.try_emplace(name, static_cast<NameId>(names_.size())).first->second;
}

SymbolId SemanticModel::symbolFor(ScopeId scope, llvm::StringRef name, NameId id) {
  auto next = static_cast<SymbolId>(symbols_.size());
  auto [entry, isNew] = symbolIn_.try_emplace(nameKey(scope, id), next);
  if (isNew) {
    Symbol &symbol = symbols_.emplace_back();
    symbol.name = name;
    symbol.scope = scope;
    scopes_[scope].symbols.push_back(next);
  }
  return entry->second;
}

SymbolId SemanticModel::symbolNamed(ScopeId scope, llvm::StringRef name) const {
  auto id = names_.find(name);
  if (id == names_.end())
    return kNoId;
  auto found = symbolIn_.find(nameKey(scope, id->second));
  if (found == symbolIn_.end() || found->second == kNoId)
    return kNoId;
  return symbols_[found->second].bindings.empty() ? kNoId : found->second;
}

llvm::ArrayRef<BindingId> SemanticModel::importsOf(llvm::StringRef imported) const {
  auto found = imports_.find(imported);
  if (found == imports_.end())
    return {};
  return found->second;
}

ClassId SemanticModel::classOf(ScopeId scope) const {
  auto found = llvm::partition_point(
      classes_, [scope](const ClassInfo &info) { return info.instance < scope; });
  bool isMatch = found != classes_.end() && (found->scope == scope || found->instance == scope);
  return isMatch ? static_cast<ClassId>(found - classes_.begin()) : kNoId;
}

FunctionId SemanticModel::functionDefinedBy(SyntaxNode definition) const {
  if (!definition)
    return kNoId;
  uint32_t ordinal = definition.ordinal();
  auto found = llvm::partition_point(
      functions_, [ordinal](const Function &function) { return function.firstOrdinal < ordinal; });
  while (found != functions_.end() && !found->node)
    ++found; // the body of a file that begins with the definition
  bool isMatch = found != functions_.end() && found->node == definition;
  return isMatch ? static_cast<FunctionId>(found - functions_.begin()) : kNoId;
}

llvm::SmallVector<SyntaxNode, 4> SemanticModel::returnedBy(FunctionId function) const {
  llvm::SmallVector<SyntaxNode, 4> values;
  auto first = llvm::partition_point(
      returns_, [function](const auto &entry) { return entry.first < function; });
  for (; first != returns_.end() && first->first == function; ++first)
    values.push_back(first->second.firstChild());
  return values;
}

uint32_t SemanticModel::fileOf(SyntaxNode node) const {
  if (node.ordinal() >= symbolOfNode_.size())
    return kNoId;
  auto after =
      llvm::upper_bound(files_, node.ordinal(), [](uint32_t ordinal, const ModuleFile &file) {
        return ordinal < file.firstOrdinal;
      });
  return after == files_.begin() ? 0 : static_cast<uint32_t>(after - files_.begin()) - 1;
}

SymbolId SemanticModel::symbolOf(SyntaxNode node) const {
  return node ? symbolOfNode_[node.ordinal()] : kNoId;
}

ScopeId SemanticModel::scopeOf(SyntaxNode node) const {
  if (!node)
    return kModuleScope;
  auto after =
      llvm::upper_bound(scopeStarts_, node.ordinal(),
                        [](uint32_t ordinal, const auto &start) { return ordinal < start.first; });
  return after == scopeStarts_.begin() ? kModuleScope : std::prev(after)->second;
}

FunctionId SemanticModel::functionOf(SyntaxNode node) const {
  return functionOfScope_[scopeOf(node)];
}

ClassId SemanticModel::classNamed(SyntaxNode expression) const {
  SymbolId symbol = symbolOf(expression);
  if (symbol == kNoId || symbols_[symbol].bindings.size() != 1)
    return kNoId;
  const Binding &binding = bindings_[symbols_[symbol].bindings.front()];
  if (binding.kind != BindingKind::Class)
    return kNoId;
  SyntaxNode definition = binding.name.parent();
  auto found = llvm::partition_point(classes_, [definition](const ClassInfo &info) {
    return info.node.ordinal() < definition.ordinal();
  });
  return static_cast<ClassId>(found - classes_.begin());
}

SymbolId SemanticModel::attributeNamed(ClassId owner, llvm::StringRef name, bool onInstance) const {
  llvm::SmallVector<ClassId, 4> line = ClassTable::lineage(*this, owner);
  // An instance has one table for all its classes; it comes before the classes themselves.
  if (onInstance)
    for (ClassId id : line)
      if (SymbolId symbol = symbolNamed(classes_[id].instance, name); symbol != kNoId)
        return symbol;
  for (ClassId id : line)
    if (SymbolId symbol = symbolNamed(classes_[id].scope, name); symbol != kNoId)
      return symbol;
  return kNoId;
}

llvm::StringRef SemanticModel::typeInLibrary(SyntaxNode expression) const {
  std::string name = expression ? qualifiedName(expression) : std::string();
  const LibraryRow *row = name.empty() ? nullptr : findLibrary(name);
  return row ? llvm::StringRef(row->result) : llvm::StringRef();
}

// --- Questions about values ------------------------------------------------------------------

std::string SemanticModel::qualifiedName(SyntaxNode expression) const {
  return ValueEvaluator(*this).nameOf(expression);
}

llvm::StringRef SemanticModel::calleeName(SyntaxNode call) const {
  return known(calleeNames_, call, [&] {
    return namesGiven_.insert(qualifiedName(call.child(Field::Function))).first->first();
  });
}

FunctionId SemanticModel::calleeFunction(SyntaxNode call) const {
  return known(calleeFunctions_, call, [&] { return ValueEvaluator(*this).calleeOf(call); });
}

llvm::ArrayRef<CallEdge> SemanticModel::callersOf(FunctionId function) const {
  auto before = [](const CallEdge &edge, FunctionId callee) { return edge.callee < callee; };
  const CallEdge *first = llvm::lower_bound(llvm::ArrayRef(edgesByCallee_), function, before);
  const CallEdge *last = first;
  while (last != llvm::ArrayRef(edgesByCallee_).end() && last->callee == function)
    ++last;
  return {first, last};
}

llvm::ArrayRef<CallEdge> SemanticModel::callsAt(SyntaxNode call) const {
  auto before = [](const CallEdge &edge, uint32_t ordinal) {
    return edge.call.ordinal() < ordinal;
  };
  const CallEdge *first = llvm::lower_bound(callEdges(), call.ordinal(), before);
  const CallEdge *last = first;
  while (last != callEdges().end() && last->call == call)
    ++last;
  return {first, last};
}

FunctionId SemanticModel::functionNamed(SyntaxNode expression) const {
  return ValueEvaluator(*this).functionNamed(expression);
}

ValueType SemanticModel::typeOf(SyntaxNode expression) const {
  return known(types_, expression, [&] { return ValueEvaluator(*this).typeOf(expression); });
}

Interval SemanticModel::intervalOf(SyntaxNode expression) const {
  return ValueEvaluator(*this).integerOf(expression);
}

Interval SemanticModel::lengthOf(SyntaxNode expression) const {
  return ValueEvaluator(*this).lengthOf(expression);
}

std::optional<double> SemanticModel::numberOf(SyntaxNode expression) const {
  return ValueEvaluator(*this).numberOf(expression);
}

std::optional<bool> SemanticModel::truthOf(SyntaxNode expression) const {
  return ValueEvaluator(*this).truthOf(expression);
}

std::optional<std::string> SemanticModel::stringOf(SyntaxNode expression) const {
  return ValueEvaluator(*this).stringOf(expression);
}

Interval SemanticModel::tripsOf(SyntaxNode forStatementOrClause) const {
  return ValueEvaluator(*this).tripsOf(forStatementOrClause);
}

SyntaxNode SemanticModel::soleValueOf(SymbolId symbol) const {
  return ValueEvaluator(*this).soleValueOf(symbol);
}

llvm::SmallVector<SyntaxNode, 4> SemanticModel::passedFor(SymbolId parameter) const {
  return ValueEvaluator(*this).passedFor(parameter);
}

llvm::ArrayRef<SyntaxNode> SemanticModel::foreignWritesOf(llvm::StringRef name) const {
  auto id = names_.find(name);
  if (id == names_.end())
    return {};
  auto writes = foreignWrites_.find(id->second);
  if (writes == foreignWrites_.end())
    return {};
  return writes->second;
}

} // namespace fraglint
