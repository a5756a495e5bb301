/// Whether a container stays as it was made: every use of its name is looked at.

#include "semantic/value_evaluator.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

// Recursion here is bounded: every way round goes through a Step.
// NOLINTBEGIN(misc-no-recursion)

namespace fraglint {

namespace {

/// Built-in functions that only read their arguments and keep none.
bool isReader(llvm::StringRef name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("len", "sum", "min", "max", "sorted", "print", "tuple", "list", "set", true)
      .Cases("array.array", "bytes", "bytearray", "str", "repr", "any", "all", true)
      .Cases("isinstance", "type", true)
      .Cases("random.choice", "gc.collect", "id", "bool", "hash", "frozenset", true)
      .Default(false);
}

bool isResizing(llvm::StringRef method) {
  return llvm::StringSwitch<bool>(method)
      .Cases("append", "extend", "insert", "pop", "remove", "clear", "add", true)
      .Cases("discard", "update", "setdefault", "popitem", "popleft", "appendleft", true)
      .Cases("extendleft", "popright", true)
      .Default(false);
}

bool isReordering(llvm::StringRef method) { return method == "sort" || method == "reverse"; }

/// Buffers are handed to drivers all the time; nobody but their owner resizes them.
bool isBuffer(llvm::StringRef type) { return type == "bytearray" || type == "array.array"; }

bool isKeyed(llvm::StringRef type) { return type == "dict" || type == "set"; }

} // namespace

/// All uses of a symbol, through other classes of its family too, keep what is asked for.
bool ValueEvaluator::usesKeep(SymbolId symbol, Keeps what, llvm::StringRef type) {
  const Scope &scope = model_.scope(model_.symbol(symbol).scope);
  bool isAttribute = scope.kind == ScopeKind::Class || scope.kind == ScopeKind::Instance;
  if (!isAttribute) {
    // `x += …` is no reference, and changes a list in place.
    bool isAugmented = llvm::any_of(model_.symbol(symbol).bindings, [&](BindingId id) {
      return model_.binding(id).kind == BindingKind::AugmentedAssignment;
    });
    return !isAugmented && llvm::all_of(model_.symbol(symbol).references,
                                        [&](SyntaxNode use) { return useKeeps(use, what, type); });
  }
  ClassId family = model_.classes()[model_.classOf(model_.symbol(symbol).scope)].family;
  // `display.buffer.append(…)` does not come by the symbol.
  bool areKept = llvm::all_of(accessesOf(symbol, model_.foreignReads_), [&](SyntaxNode access) {
    Step step(*this);
    return step && (!mayBelongTo(family, access) || useKeeps(access, what, type));
  });
  if (!areKept)
    return false;
  Values values = valuesOf(symbol);
  llvm::SmallVector<SymbolId, 4> symbols;
  for (BindingId id : values.bindings)
    if (!llvm::is_contained(symbols, model_.binding(id).symbol))
      symbols.push_back(model_.binding(id).symbol);
  return llvm::all_of(symbols, [&](SymbolId same) {
    return llvm::all_of(model_.symbol(same).references,
                        [&](SyntaxNode use) { return useKeeps(use, what, type); });
  });
}

bool ValueEvaluator::useKeeps(SyntaxNode use, Keeps what, llvm::StringRef type) {
  Step step(*this);
  if (!step)
    return false;
  SyntaxNode parent = use.parent();
  while (parent.kind() == NodeKind::ParenthesizedExpression) {
    use = parent;
    parent = use.parent();
  }
  switch (parent.kind()) {
  case NodeKind::Subscript:
    return use.field() != Field::Value || storeKeeps(parent, what, type);
  case NodeKind::Attribute: {
    llvm::StringRef method = parent.child(Field::Attribute).text();
    return !isResizing(method) && (what == Keeps::Length || !isReordering(method));
  }
  case NodeKind::ArgumentList:
    return argumentKeeps(use, parent.parent(), what, type);
  case NodeKind::KeywordArgument:
    return argumentKeeps(use, parent.parent().parent(), what, type);
  case NodeKind::Assignment: { // another name for it
    SyntaxNode name = parent.child(Field::Left);
    SymbolId alias = model_.symbolOf(name);
    if (use.field() != Field::Right || alias == kNoId || llvm::is_contained(keeping_, alias) ||
        soleValueOf(alias) != use)
      return false;
    keeping_.push_back(alias);
    bool keeps = usesKeep(alias, what, type);
    keeping_.pop_back();
    return keeps;
  }
  case NodeKind::ForStatement:
  case NodeKind::ForInClause:
  case NodeKind::IfStatement:
  case NodeKind::ElifClause:
  case NodeKind::WhileStatement:
  case NodeKind::ComparisonOperator:
  case NodeKind::BinaryOperator:
  case NodeKind::NotOperator:
  case NodeKind::ExpressionStatement:
  case NodeKind::AssertStatement:
  case NodeKind::AugmentedAssignment:
  case NodeKind::ListSplat:
  case NodeKind::Interpolation:
    return true;
  default: // returned, yielded, put into another container …
    return false;
  }
}

/// A call that gets the container as an argument.
bool ValueEvaluator::argumentKeeps(SyntaxNode argument, SyntaxNode call, Keeps what,
                                   llvm::StringRef type) {
  SyntaxNode callee = call.child(Field::Function);
  if (call.kind() != NodeKind::Call)
    return false;
  std::string name = nameOf(callee);
  if (isReader(name))
    return true;
  bool isLoopHelper = name == "enumerate" || name == "zip" || name == "reversed" || name == "iter";
  SyntaxNode holder = call.parent();
  if (isLoopHelper &&
      (holder.kind() == NodeKind::ForStatement || holder.kind() == NodeKind::ForInClause))
    return true;
  FunctionId function = calleeOf(call);
  if (function == kNoId)
    return what == Keeps::Length && isBuffer(type) &&
           (!name.empty() || withoutParentheses(callee).kind() == NodeKind::Attribute);
  SymbolId parameter = parameterOf(function, call, argument);
  if (parameter == kNoId || llvm::is_contained(keeping_, parameter))
    return false;
  keeping_.push_back(parameter);
  bool keeps = usesKeep(parameter, what, type);
  keeping_.pop_back();
  return keeps;
}

/// What a call passes for a parameter of the function that it calls; null where it passes
/// nothing or that is not plain.
SyntaxNode ValueEvaluator::argumentFor(const Binding &parameter, SyntaxNode call) {
  for (SyntaxNode argument : call.child(Field::Arguments).children()) {
    SyntaxNode value =
        argument.kind() == NodeKind::KeywordArgument ? argument.child(Field::Value) : argument;
    if (parameterOf(parameter.function, call, value) == parameter.symbol)
      return value;
  }
  return {};
}

/// Everything that a parameter may be bound to: what each call passes, or its default. Empty where
/// that is not known: a method, a callback, a name that is bound anew.
llvm::SmallVector<SyntaxNode, 4> ValueEvaluator::passedFor(SymbolId symbol) {
  if (symbol == kNoId || model_.symbol(symbol).bindings.size() != 1)
    return {};
  const Binding &parameter = model_.binding(model_.symbol(symbol).bindings.front());
  const Function &function = model_.function(parameter.function);
  SymbolId name = model_.symbolOf(function.node.child(Field::Name));
  if (parameter.kind != BindingKind::Parameter || function.classScope != kNoId || name == kNoId ||
      model_.symbol(name).bindings.size() != 1)
    return {};
  llvm::ArrayRef<CallEdge> callers = model_.callersOf(parameter.function);
  if (callers.size() > kMaxCallers || callers.size() != model_.symbol(name).references.size())
    return {};
  llvm::SmallVector<SyntaxNode, 4> passed;
  for (const CallEdge &edge : callers) {
    SyntaxNode argument = argumentFor(parameter, edge.call);
    if (!argument)
      argument = CallArguments(edge.call).hasSplat() ? SyntaxNode() : parameter.value;
    if (!argument)
      return {};
    passed.push_back(argument);
  }
  return passed;
}

/// The parameter that an argument of a call of a function of this module arrives in; kNoId
/// where that is not plain.
SymbolId ValueEvaluator::parameterOf(FunctionId function, SyntaxNode call, SyntaxNode argument) {
  const Function &callee = model_.function(function);
  if (CallArguments(call).hasSplat())
    return kNoId;
  if (argument.parent().kind() == NodeKind::KeywordArgument) {
    SymbolId named = model_.symbolNamed(callee.scope, argument.parent().child(Field::Name).text());
    return named;
  }
  // A method's own object comes first, unless the method is called through its class.
  bool isBound = callee.classScope != kNoId && !callee.isStaticMethod;
  if (isBound && call.child(Field::Function).kind() == NodeKind::Attribute &&
      model_.classNamed(call.child(Field::Function).child(Field::Object)) != kNoId)
    return kNoId;
  size_t index = isBound ? 1 : 0;
  for (SyntaxNode before : call.child(Field::Arguments).children()) {
    if (before == argument)
      break;
    ++index;
  }
  for (SyntaxNode parameter : callee.node.child(Field::Parameters).children()) {
    if (index-- != 0)
      continue;
    SyntaxNode name = parameter.kind() == NodeKind::Identifier ? parameter : parameter.firstChild();
    bool isPlain = name.kind() == NodeKind::Identifier &&
                   parameter.kind() != NodeKind::ListSplatPattern &&
                   parameter.kind() != NodeKind::DictionarySplatPattern;
    return isPlain ? model_.symbolOf(name) : kNoId;
  }
  return kNoId;
}

/// `x[i]`, `x[a:b]`: read, stored to or deleted.
bool ValueEvaluator::storeKeeps(SyntaxNode subscript, Keeps what, llvm::StringRef type) {
  SyntaxNode statement = subscript.parent();
  bool isStore =
      subscript.field() == Field::Left && (statement.kind() == NodeKind::Assignment ||
                                           statement.kind() == NodeKind::AugmentedAssignment);
  bool isSlice = subscript.child(Field::Subscript).kind() == NodeKind::Slice;
  if (isStore) {
    if (what == Keeps::Content || isKeyed(type))
      return false;
    if (!isSlice)
      return true;
    Interval from = lengthOf(statement.child(Field::Right));
    return statement.kind() == NodeKind::Assignment && from.isExact() &&
           from == lengthOfSlice(subscript);
  }
  switch (statement.kind()) {
  case NodeKind::DeleteStatement:
  case NodeKind::PatternList: // `x[0], y = …`, `del x[0], y`
  case NodeKind::TuplePattern:
  case NodeKind::ListPattern:
    return false;
  case NodeKind::ExpressionList:
    return statement.parent().kind() != NodeKind::DeleteStatement;
  case NodeKind::Tuple:
  case NodeKind::ParenthesizedExpression:
    return !subscript.enclosing(NodeKind::DeleteStatement);
  case NodeKind::ForStatement:
  case NodeKind::ForInClause:
    return subscript.field() != Field::Left;
  default:
    return true;
  }
}

} // namespace fraglint
// NOLINTEND(misc-no-recursion)
