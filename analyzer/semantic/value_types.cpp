#include "semantic/class_table.h"
#include "semantic/value_evaluator.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

// Recursion here is bounded: every way round goes through a Step.
// NOLINTBEGIN(misc-no-recursion)

namespace fraglint {

namespace {

/// More elements than this are not looked at one by one.
constexpr unsigned kMaxElements = 64;

ValueType named(llvm::StringRef name) { return {name, kNoId}; }

bool isNone(ValueType type) { return type.name == "NoneType"; }

bool isSequence(llvm::StringRef name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("str", "bytes", "bytearray", "list", "tuple", "array.array", true)
      .Default(false);
}

bool isNumeric(llvm::StringRef name) { return name == "int" || name == "float" || name == "bool"; }

/// The type that all of several agree on.
class Agreement {
public:
  void add(ValueType type) {
    if (isNone(type)) { // a place holder until there is a value
      sawNone_ = true;
      return;
    }
    if (!type || (type_ && !(*type_ == type)))
      failed_ = true;
    type_ = type;
  }
  void fail() { failed_ = true; }
  ValueType result() const {
    if (failed_)
      return {};
    return type_ ? *type_ : sawNone_ ? named("NoneType") : ValueType();
  }

private:
  std::optional<ValueType> type_;
  bool sawNone_ = false;
  bool failed_ = false;
};

llvm::StringRef typeOfString(SyntaxNode string) {
  llvm::StringRef prefix = string.text().take_until([](char c) { return c == '"' || c == '\''; });
  return prefix.contains_insensitive('b') ? "bytes" : "str";
}

llvm::StringRef typeOfLiteral(SyntaxNode expression) {
  switch (expression.kind()) {
  case NodeKind::Integer:
    return expression.text().ends_with_insensitive("j") ? "complex" : "int";
  case NodeKind::Float:
    return expression.text().ends_with_insensitive("j") ? "complex" : "float";
  case NodeKind::True:
  case NodeKind::False:
  case NodeKind::NotOperator:
    return "bool";
  case NodeKind::NoneLiteral:
    return "NoneType";
  case NodeKind::String:
    return typeOfString(expression);
  case NodeKind::ConcatenatedString:
    return typeOfString(expression.firstChild());
  case NodeKind::List:
  case NodeKind::ListComprehension:
    return "list";
  case NodeKind::Tuple:
  case NodeKind::ExpressionList:
    return "tuple";
  case NodeKind::Dictionary:
  case NodeKind::DictionaryComprehension:
    return "dict";
  case NodeKind::Set:
  case NodeKind::SetComprehension:
    return "set";
  case NodeKind::GeneratorExpression:
    return "generator";
  default:
    return "";
  }
}

/// What `a OP b` gives for operands of known types.
llvm::StringRef typeOfArithmetic(llvm::StringRef op, llvm::StringRef left, llvm::StringRef right) {
  if (op == "%" && (left == "str" || left == "bytes"))
    return left;
  if (op == "*" && isSequence(left) && isNumeric(right))
    return left;
  if (op == "*" && isSequence(right) && isNumeric(left))
    return right;
  if (op == "+" && isSequence(left))
    return left; // anything else on the right raises, or is converted
  if (left == "set" && right == "set")
    return left;
  if (!isNumeric(left) || !isNumeric(right))
    return "";
  if (op == "/" || left == "float" || right == "float")
    return "float";
  if (op == "**") // of negative exponents a float
    return "";
  bool bothBool = left == "bool" && right == "bool";
  return bothBool && (op == "&" || op == "|" || op == "^") ? "bool" : "int";
}

bool isElementwise(NodeKind kind) {
  return kind == NodeKind::List || kind == NodeKind::Tuple || kind == NodeKind::Set ||
         kind == NodeKind::ExpressionList;
}

} // namespace

ValueType ValueEvaluator::typeOf(SyntaxNode expression) {
  expression = withoutParentheses(expression);
  if (llvm::StringRef literal = typeOfLiteral(expression); !literal.empty())
    return named(literal);
  Step step(*this);
  if (!step)
    return {};
  switch (expression.kind()) {
  case NodeKind::Identifier:
    return takenOverImport(expression) ? ValueType() : typeOfSymbol(model_.symbolOf(expression));
  case NodeKind::Attribute:
    return meaningOfAttribute(expression).type;
  case NodeKind::Call:
    return typeOfCall(expression);
  case NodeKind::Subscript:
    return typeOfSubscript(expression);
  case NodeKind::NamedExpression:
    return typeOf(expression.child(Field::Value));
  case NodeKind::ComparisonOperator:
  case NodeKind::BinaryOperator:
  case NodeKind::UnaryOperator:
  case NodeKind::BooleanOperator:
    return typeOfOperation(expression);
  case NodeKind::ConditionalExpression: {
    SyntaxNode yes = expression.firstChild();
    return joined({yes, yes.nextSibling().nextSibling()});
  }
  default:
    return {};
  }
}

ValueType ValueEvaluator::joined(llvm::ArrayRef<SyntaxNode> expressions) {
  Agreement agreement;
  for (SyntaxNode expression : expressions)
    agreement.add(typeOf(expression));
  return agreement.result();
}

ValueType ValueEvaluator::typeOfOperation(SyntaxNode operation) {
  SyntaxNode left = operation.child(Field::Left);
  SyntaxNode right = operation.child(Field::Right);
  switch (operation.kind()) {
  case NodeKind::BooleanOperator:
    return joined({left, right});
  case NodeKind::UnaryOperator: {
    ValueType argument = typeOf(operation.child(Field::Argument));
    if (argument.name == "bool")
      return named("int");
    return isNumeric(argument.name) ? argument : ValueType();
  }
  case NodeKind::BinaryOperator: {
    ValueType leftType = typeOf(left);
    if (leftType.classScope != kNoId)
      return {};
    ValueType rightType = typeOf(right);
    return named(typeOfArithmetic(operatorOf(operation), leftType.name, rightType.name));
  }
  default: { // comparisons: of numbers and strings; a class may define its own
    ValueType first = typeOf(operation.firstChild());
    return first.classScope == kNoId && (isNumeric(first.name) || isSequence(first.name))
               ? named("bool")
               : ValueType();
  }
  }
}

ValueType ValueEvaluator::instanceOf(ClassId id) {
  for (ClassId base : ClassTable::lineage(model_, id))
    if (llvm::StringRef name = model_.classes()[base].baseInLibrary; !name.empty())
      return {name, model_.classes()[id].scope};
  return {"", model_.classes()[id].scope};
}

ValueType ValueEvaluator::typeOfCall(SyntaxNode call) {
  SyntaxNode callee = withoutParentheses(call.child(Field::Function));
  if (ClassId constructed = model_.classNamed(callee); constructed != kNoId)
    return instanceOf(constructed);
  if (FunctionId function = functionNamed(callee); function != kNoId) {
    ValueType type = returnTypeOf(function);
    SyntaxNode passed = type ? SyntaxNode() : argumentReturnedBy(function, call);
    return passed ? typeOf(passed) : type;
  }
  Meaning meaning = meaningOf(callee);
  llvm::StringRef name = meaning.name;
  if (name == "super") {
    FunctionId function = model_.functionOf(call);
    ScopeId owner = model_.function(function).classScope;
    return owner == kNoId ? ValueType() : named(instanceOf(model_.classOf(owner)).name);
  }
  if (name == "micropython.const" || name == "const" || name == "abs")
    return typeOf(CallArguments(call).get(0));
  if (name == "min" || name == "max")
    return typeOfExtreme(CallArguments(call));
  if (name == "open" || name == "io.open")
    return typeOfOpen(call);
  const LibraryRow *row = name.empty() ? nullptr : findLibrary(name);
  if (!row && callee.kind() == NodeKind::Attribute && meaning.name.empty())
    row = findMethod("", callee.child(Field::Attribute).text());
  return row && !row->has(Trait::Attribute) ? named(row->result) : ValueType();
}

/// What all `return` statements of a function agree on. (Without a value for some calls it may
/// also be None, as any name may be before it is bound.)
ValueType ValueEvaluator::returnTypeOf(FunctionId function) {
  const Function &callee = model_.function(function);
  if (callee.isAsync || callee.isGenerator || callee.isOpaque)
    return {};
  Step step(*this);
  if (!step)
    return {};
  if (callee.node.kind() == NodeKind::Lambda)
    return typeOf(callee.node.child(Field::Body));
  Agreement agreement;
  for (SyntaxNode value : model_.returnedBy(function))
    agreement.add(value ? typeOf(value) : named("NoneType"));
  return agreement.result();
}

/// The argument that a call of the function gives back, as in `retried(5, requests.get(url))`:
/// each `return` names the same parameter, or a name for it. Null where that is not so.
SyntaxNode ValueEvaluator::argumentReturnedBy(FunctionId function, SyntaxNode call) {
  SymbolId returned = kNoId;
  for (SyntaxNode value : model_.returnedBy(function)) {
    SymbolId symbol = value ? model_.symbolOf(value) : kNoId;
    if (symbol != kNoId)
      if (SyntaxNode original = model_.soleValueOf(symbol))
        symbol = model_.symbolOf(original);
    if (symbol == kNoId || (returned != kNoId && symbol != returned))
      return {};
    returned = symbol;
  }
  if (returned == kNoId || model_.symbol(returned).bindings.size() != 1)
    return {};
  const Binding &binding = model_.binding(model_.symbol(returned).bindings.front());
  bool isOwn = binding.kind == BindingKind::Parameter && binding.function == function;
  return isOwn ? argumentFor(binding, call) : SyntaxNode();
}

/// `min(a, b)` is one of its arguments, `max(container)` an element.
ValueType ValueEvaluator::typeOfExtreme(const CallArguments &arguments) {
  if (arguments.hasSplat())
    return {};
  if (arguments.positionalCount() == 1)
    return elementTypeOf(arguments.get(0));
  llvm::SmallVector<SyntaxNode, 4> candidates;
  for (unsigned index = 0; index < arguments.positionalCount(); ++index)
    candidates.push_back(arguments.get(index));
  return joined(candidates);
}

/// `open(path, mode)`: text or binary, as the mode says.
ValueType ValueEvaluator::typeOfOpen(SyntaxNode call) {
  CallArguments arguments(call);
  SyntaxNode mode = arguments.get(1, "mode");
  if (!mode && !arguments.hasSplat())
    return named("io.TextIOWrapper");
  std::optional<std::string> text = mode ? stringOf(mode) : std::nullopt;
  if (!text)
    return named("io.IOBase");
  return named(llvm::StringRef(*text).contains('b') ? "io.FileIO" : "io.TextIOWrapper");
}

ValueType ValueEvaluator::typeOfSubscript(SyntaxNode subscript) {
  SyntaxNode container = subscript.child(Field::Value);
  if (subscript.child(Field::Subscript).kind() != NodeKind::Slice)
    return elementTypeOf(container);
  ValueType type = typeOf(container);
  return isSequence(type.name) || type.name == "memoryview" || type.name == "range" ? type
                                                                                    : ValueType();
}

// --- Symbols ---------------------------------------------------------------------------------

ValueType ValueEvaluator::typeOfSymbol(SymbolId symbol) {
  if (symbol == kNoId)
    return {};
  if (auto self = model_.classOfSelf_.find(symbol); self != model_.classOfSelf_.end()) {
    const Symbol &info = model_.symbol(symbol);
    bool isClass = model_.function(model_.binding(info.bindings.front()).function).isClassMethod;
    return info.bindings.size() == 1 && !isClass ? instanceOf(self->second) : ValueType();
  }
  if (const Active *entry = activeEntry(symbol))
    return entry->type;
  Values values = valuesOf(symbol);
  if (!values.complete)
    return {};
  active_.push_back({symbol});
  size_t place = active_.size() - 1;
  const Binding *taker = takeoverOf(symbol);
  // What the bindings so far give is assumed where a later one reads the name itself. If all
  // agree in the end, the assumption holds: the name never had another type.
  Agreement agreement;
  for (BindingId id : values.bindings) {
    const Binding &binding = model_.binding(id);
    bool isTakenOver = taker && binding.kind == BindingKind::Import;
    if (binding.kind == BindingKind::Deletion || isTakenOver)
      continue;
    Step step(*this);
    agreement.add(step ? typeOfBinding(binding, active_[place].type) : ValueType());
    active_[place].type = agreement.result();
    if (!agreement.result())
      break;
  }
  active_.pop_back();
  return agreement.result();
}

ValueType ValueEvaluator::typeOfBinding(const Binding &binding, ValueType soFar) {
  switch (binding.kind) {
  case BindingKind::Assignment:
  case BindingKind::Walrus:
  case BindingKind::Unpacking: {
    ValueType type = binding.value ? typeOf(binding.value) : ValueType();
    return type && !isNone(type)       ? type
           : typeOfAnnotation(binding) ? typeOfAnnotation(binding)
                                       : type;
  }
  case BindingKind::AugmentedAssignment: {
    if (isSequence(soFar.name) && operatorOf(binding.name.parent()).size() == 2)
      return soFar; // `+=`, `*=`, and `%=` of a string
    llvm::StringRef op = operatorOf(binding.name.parent()).drop_back();
    return named(typeOfArithmetic(op, soFar.name, typeOf(binding.value).name));
  }
  case BindingKind::Parameter: {
    if (ValueType annotated = typeOfAnnotation(binding))
      return annotated;
    ValueType type = binding.value ? typeOf(binding.value) : ValueType();
    return type && !isNone(type) ? type : typeOfArguments(binding);
  }
  case BindingKind::LoopTarget:
  case BindingKind::WithTarget:
    return typeOfTarget(binding);
  default:
    return {};
  }
}

/// What all calls of a function in the program pass for a parameter; unknown where there is no
/// call, or too many.
ValueType ValueEvaluator::typeOfArguments(const Binding &parameter) {
  llvm::ArrayRef<CallEdge> callers = model_.callersOf(parameter.function);
  if (callers.size() > kMaxCallers)
    return {};
  Agreement agreement;
  for (const CallEdge &edge : callers) {
    SyntaxNode argument = argumentFor(parameter, edge.call);
    Step step(*this);
    if (!step)
      return {};
    if (argument)
      agreement.add(typeOf(argument));
    else if (!parameter.value) // passed in a way that is not plain
      agreement.fail();
  }
  ValueType type = agreement.result();
  return isNone(type) ? ValueType() : type;
}

/// Loop and with targets. In `for i, x in enumerate(y)` the first is an index.
ValueType ValueEvaluator::typeOfTarget(const Binding &binding) {
  SyntaxNode holder = binding.name.parent();
  if (binding.kind == BindingKind::WithTarget)
    return holder.kind() == NodeKind::AsPatternTarget ? typeOf(binding.value) : ValueType();
  if (binding.name.field() == Field::Left) // of a dict these would be the keys
    return typeOf(binding.value).name == "dict" ? ValueType() : elementTypeOf(binding.value);
  bool isEnumerate = binding.value.kind() == NodeKind::Call &&
                     nameOf(binding.value.child(Field::Function)) == "enumerate";
  if (!isEnumerate || holder.field() != Field::Left)
    return {};
  return holder.firstChild() == binding.name ? named("int")
                                             : elementTypeOf(CallArguments(binding.value).get(0));
}

ValueType ValueEvaluator::typeOfAnnotation(const Binding &binding) {
  SyntaxNode type = binding.name.parent().child(Field::Type);
  if (!type)
    return {};
  SyntaxNode expression = type.firstChild();
  if (ClassId known = model_.classNamed(expression); known != kNoId)
    return instanceOf(known);
  return named(model_.typeInLibrary(expression));
}

// --- Elements --------------------------------------------------------------------------------

/// The type of what iterating a container or taking an item of it gives.
ValueType ValueEvaluator::elementTypeOf(SyntaxNode container) {
  container = withoutParentheses(container);
  Step step(*this);
  if (!step)
    return {};
  if (isElementwise(container.kind())) {
    llvm::SmallVector<SyntaxNode, 8> elements(container.children());
    return elements.size() > kMaxElements ? ValueType() : joined(elements);
  }
  if (container.kind() == NodeKind::ListComprehension)
    return typeOf(container.child(Field::Body));
  if (container.kind() == NodeKind::BinaryOperator && operatorOf(container) == "*")
    return elementTypeOf(container.child(Field::Left));
  if (container.kind() == NodeKind::Call) {
    std::string callee = nameOf(container.child(Field::Function));
    if (callee == "reversed" || callee == "sorted" || callee == "list" || callee == "tuple")
      return elementTypeOf(CallArguments(container).get(0));
  }
  if (container.kind() == NodeKind::Identifier || container.kind() == NodeKind::Attribute)
    if (ValueType type = elementTypeOfSymbol(attributeSymbol(container)))
      return type;
  Meaning meaning = meaningOf(container);
  if (const LibraryRow *item = findLibrary(meaning.name + "[]"))
    return named(item->result);
  llvm::StringRef type = meaning.type.name;
  if (type == "str")
    return named("str");
  if (type == "bytes" || type == "bytearray" || type == "range")
    return named("int");
  return {};
}

/// `list()`, `displayio.Group(scale=2)`: made without elements.
bool ValueEvaluator::isEmptyContainer(SyntaxNode call) {
  std::string name = nameOf(call.child(Field::Function));
  return name == "displayio.Group" ||
         ((name == "list" || name == "dict") && CallArguments(call).empty());
}

/// A list's or dict's values: those of all displays it is bound to and all that is appended to
/// it or stored in it under its name.
ValueType ValueEvaluator::elementTypeOfSymbol(SymbolId symbol) {
  if (symbol == kNoId || isActive(symbol))
    return {};
  Values values = valuesOf(symbol);
  if (!values.complete)
    return {};
  active_.push_back({symbol});
  Agreement agreement;
  for (BindingId id : values.bindings) {
    const Binding &binding = model_.binding(id);
    SyntaxNode value = withoutParentheses(binding.value);
    bool isDictionary = value.kind() == NodeKind::Dictionary;
    bool startsEmpty = value.kind() == NodeKind::Call && isEmptyContainer(value);
    if (binding.kind != BindingKind::Assignment)
      agreement.fail();
    else if (startsEmpty)
      continue;
    else if (isDictionary)
      for (SyntaxNode pair : value.children())
        agreement.add(typeOf(pair.child(Field::Value)));
    else if (value.kind() != NodeKind::NoneLiteral &&
             (value.firstChild() || value.kind() != NodeKind::List))
      agreement.add(elementTypeOf(value));
  }
  for (SyntaxNode use : model_.symbol(symbol).references) {
    Step step(*this);
    if (!step) {
      agreement.fail();
      break;
    }
    SyntaxNode parent = use.parent();
    SyntaxNode call = parent.parent();
    if (parent.kind() == NodeKind::Attribute && parent.child(Field::Attribute).text() == "append" &&
        call.kind() == NodeKind::Call)
      agreement.add(typeOf(CallArguments(call).get(0)));
    else if (parent.kind() == NodeKind::Subscript && use.field() == Field::Value &&
             call.kind() == NodeKind::Assignment && parent.field() == Field::Left)
      agreement.add(typeOf(call.child(Field::Right)));
  }
  active_.pop_back();
  return agreement.result();
}

} // namespace fraglint
// NOLINTEND(misc-no-recursion)
