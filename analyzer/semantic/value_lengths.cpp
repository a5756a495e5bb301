#include "semantic/value_evaluator.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

// Recursion here is bounded: every way round goes through a Step.
// NOLINTBEGIN(misc-no-recursion)

namespace fraglint {

namespace {

/// Most bytes that UTF-8 takes for a character.
constexpr int64_t kMaxUtf8 = 4;

const Interval kSomeLength = Interval::atLeast(0);

int64_t codePoints(llvm::StringRef text) {
  return llvm::count_if(text,
                        [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

/// The length of a display: with `*x` among the elements only the others are sure, and equal
/// elements of a set or dictionary count once.
Interval displayLength(SyntaxNode display, bool isUnique) {
  Interval length = Interval::exactly(0);
  for (SyntaxNode element : display.children()) {
    bool isSplat = element.kind() == NodeKind::ListSplat ||
                   element.kind() == NodeKind::DictionarySplat ||
                   element.kind() == NodeKind::ParenthesizedListSplat;
    length = length + (isSplat ? kSomeLength : Interval::exactly(1));
  }
  if (isUnique && length.lo > 1)
    length.lo = 1;
  return length;
}

/// The literal characters of an f-string: the least that it can be long.
Interval formatLength(SyntaxNode string) {
  int64_t least = 0;
  for (SyntaxNode part : string.children())
    if (part.kind() == NodeKind::StringContent && !part.text().contains('\\') &&
        !part.text().contains("{{") && !part.text().contains("}}"))
      least += codePoints(part.text());
  return Interval::atLeast(least);
}

/// Of `Tuple[int, int, int]`; `Tuple[int, ...]` has any.
Interval lengthOfAnnotation(SyntaxNode type) {
  SyntaxNode generic = type.firstChild();
  llvm::StringRef name = generic.firstChild().text();
  SyntaxNode items = generic.child(NodeKind::TypeParameter);
  if ((name != "Tuple" && name != "tuple") || !items || items.text().contains("..."))
    return kSomeLength;
  return Interval::exactly(std::distance(items.children().begin(), items.children().end()));
}

bool isImmutableSequence(llvm::StringRef type) {
  return type == "str" || type == "bytes" || type == "tuple" || type == "range";
}

} // namespace

Interval ValueEvaluator::lengthOf(SyntaxNode expression) {
  expression = withoutParentheses(expression);
  Step step(*this);
  if (!step || !expression)
    return kSomeLength;
  switch (expression.kind()) {
  case NodeKind::String:
  case NodeKind::ConcatenatedString:
    if (std::optional<std::string> text = stringOf(expression))
      return Interval::exactly(typeOf(expression).name == "bytes"
                                   ? static_cast<int64_t>(text->size())
                                   : codePoints(*text));
    return expression.kind() == NodeKind::String ? formatLength(expression) : kSomeLength;
  case NodeKind::List:
  case NodeKind::Tuple:
  case NodeKind::ExpressionList:
    return displayLength(expression, false);
  case NodeKind::Set:
  case NodeKind::Dictionary:
    return displayLength(expression, true);
  case NodeKind::ListComprehension:
    return lengthOfComprehension(expression);
  case NodeKind::Call:
    return lengthOfCall(expression);
  case NodeKind::BinaryOperator:
    return lengthOfOperation(expression);
  case NodeKind::Subscript:
    return lengthOfSlice(expression);
  case NodeKind::NamedExpression:
    return lengthOf(expression.child(Field::Value));
  case NodeKind::ConditionalExpression: {
    SyntaxNode yes = expression.firstChild();
    return lengthOf(yes).hull(lengthOf(yes.nextSibling().nextSibling()));
  }
  case NodeKind::Identifier:
  case NodeKind::Attribute:
    return lengthOfSymbol(attributeSymbol(expression));
  default:
    return kSomeLength;
  }
}

Interval ValueEvaluator::lengthOfCall(SyntaxNode call) {
  CallArguments arguments(call);
  if (arguments.hasSplat())
    return kSomeLength;
  SyntaxNode callee = call.child(Field::Function);
  std::string name = nameOf(callee);
  SyntaxNode first = arguments.get(0);
  auto is = [&name](std::initializer_list<llvm::StringRef> names) {
    return llvm::is_contained(names, llvm::StringRef(name));
  };
  if (name == "range")
    return rangeLength(call);
  if (is({"bytearray", "bytes", "str", "list", "tuple", "dict", "set"}) && !first)
    return arguments.empty() ? Interval::exactly(0) : kSomeLength;
  if (is({"bytearray", "bytes"}))
    return lengthOfBytes(first);
  if (is({"list", "tuple", "sorted", "reversed", "enumerate", "iter", "memoryview"}))
    return lengthOf(first);
  if (is({"array.array"})) {
    bool isElementwise = llvm::StringSwitch<bool>(typeOf(arguments.get(1)).name)
                             .Cases("list", "tuple", "range", true)
                             .Default(false);
    return isElementwise ? lengthOf(arguments.get(1))
                         : Interval{0, arguments.get(1) ? Interval::kNoHi : 0};
  }
  if (is({"ulab.numpy.zeros", "ulab.numpy.ones"})) {
    Interval length = integerOf(first); // a tuple of sides is none
    return length.isUnknown() ? kSomeLength : length.clampedBelow(0);
  }
  return kSomeLength;
}

/// `bytearray(x)`: x is a length, a sequence of bytes or a string.
Interval ValueEvaluator::lengthOfBytes(SyntaxNode argument) {
  llvm::StringRef type = typeOf(argument).name;
  if (type == "str") {
    if (std::optional<std::string> text = stringOf(argument))
      return Interval::exactly(static_cast<int64_t>(text->size()));
    return lengthOf(argument) * Interval{1, kMaxUtf8};
  }
  if (!type.empty() && type != "int" && type != "bool")
    return type == "array.array" ? kSomeLength : lengthOf(argument);
  Interval length = integerOf(argument);
  return length.isUnknown() ? kSomeLength : length.clampedBelow(0);
}

Interval ValueEvaluator::lengthOfOperation(SyntaxNode operation) {
  SyntaxNode left = operation.child(Field::Left);
  SyntaxNode right = operation.child(Field::Right);
  llvm::StringRef op = operatorOf(operation);
  if (op == "+" && typeOf(left) && typeOf(left) == typeOf(right))
    return lengthOf(left) + lengthOf(right);
  if (op != "*")
    return kSomeLength;
  if (!integerOf(left).isUnknown())
    std::swap(left, right); // `3 * x`
  Interval count = integerOf(right);
  if (count.isUnknown())
    return kSomeLength;
  return lengthOf(left) * count.clampedBelow(0);
}

/// `x[a:b:c]`: exact where all of it is, else no longer than x.
Interval ValueEvaluator::lengthOfSlice(SyntaxNode subscript) {
  SyntaxNode slice = subscript.child(Field::Subscript);
  if (slice.kind() != NodeKind::Slice)
    return kSomeLength;
  SyntaxNode parts[3];
  unsigned index = 0;
  for (SyntaxNode part : slice.children()) {
    if (part.kind() == NodeKind::Colon)
      ++index;
    else if (index < 3)
      parts[index] = part;
  }
  Interval length = lengthOf(subscript.child(Field::Value));
  Interval atMost = {0, length.hi};
  Interval stride = parts[2] ? integerOf(parts[2]) : Interval::exactly(1);
  Interval begin = parts[0] ? integerOf(parts[0]) : Interval::exactly(0);
  Interval end = parts[1] ? integerOf(parts[1]) : length;
  if (stride != Interval::exactly(1))
    return atMost;
  if (begin.lo < 0 || end.lo < 0) { // counted from the end
    if (!length.isExact() || !begin.isExact() || !end.isExact())
      return atMost;
    begin = begin.lo < 0 ? (begin + length).clampedBelow(0) : begin;
    end = end.lo < 0 ? (end + length).clampedBelow(0) : end;
  }
  Interval stop = minimum(end, length);
  return {std::max<int64_t>((stop - begin).lo, 0), std::max<int64_t>((stop - begin).hi, 0)};
}

Interval ValueEvaluator::lengthOfComprehension(SyntaxNode comprehension) {
  Interval length = Interval::exactly(1);
  for (SyntaxNode clause : comprehension.children()) {
    if (clause.kind() == NodeKind::ForInClause)
      length = length * tripsOf(clause);
    else if (clause.kind() == NodeKind::IfClause)
      length.lo = 0;
  }
  return length;
}

Interval ValueEvaluator::lengthOfSymbol(SymbolId symbol) {
  if (symbol == kNoId)
    return kSomeLength;
  if (const Active *entry = activeEntry(symbol))
    return entry->length;
  Values values = valuesOf(symbol);
  if (!values.complete)
    return kSomeLength;
  active_.push_back({symbol});
  std::optional<Interval> hull;
  llvm::StringRef mutableType;
  for (BindingId id : values.bindings) {
    const Binding &binding = model_.binding(id);
    bool isValue = binding.kind == BindingKind::Assignment || binding.kind == BindingKind::Walrus;
    bool isNone = withoutParentheses(binding.value).kind() == NodeKind::NoneLiteral;
    if (binding.kind == BindingKind::Deletion || (isValue && isNone))
      continue; // `len()` of it raises
    bool isParameter = binding.kind == BindingKind::Parameter;
    Step step(*this);
    Interval length = kSomeLength;
    if (step && isValue)
      length = lengthOf(binding.value);
    else if (step && isParameter)
      length = lengthOfAnnotation(binding.name.parent().child(Field::Type));
    bool isTuple = isParameter && length.isExact();
    if (step && isParameter && !isTuple)
      length = lengthOfArguments(symbol);
    llvm::StringRef type = (isParameter ? typeOfBinding(binding, {}) : typeOf(binding.value)).name;
    if (!isTuple && !isImmutableSequence(type)) {
      mutableType = type.empty() ? "list" : type;
      if (!isParameter && isShared(binding))
        length = kSomeLength;
    }
    hull = hull ? hull->hull(length) : length;
    if (*hull == kSomeLength)
      break;
  }
  if (hull && !(*hull == kSomeLength) && !mutableType.empty()) {
    // While all uses so far kept its length, it has that length at the next.
    llvm::find_if(active_, [symbol](const Active &entry) {
      return entry.symbol == symbol;
    })->length = *hull;
    if (!usesKeep(symbol, Keeps::Length, mutableType))
      hull = kSomeLength;
  }
  active_.pop_back();
  return hull.value_or(kSomeLength);
}

/// What all that is passed for a parameter has in common.
Interval ValueEvaluator::lengthOfArguments(SymbolId parameter) {
  std::optional<Interval> hull;
  for (SyntaxNode argument : passedFor(parameter))
    if (argument.kind() != NodeKind::NoneLiteral) // `len()` of it raises
      hull = hull ? hull->hull(lengthOf(argument)) : lengthOf(argument);
  return hull.value_or(kSomeLength);
}

// --- Loops -----------------------------------------------------------------------------------

Interval ValueEvaluator::rangeLength(SyntaxNode call) {
  CallArguments arguments(call);
  SyntaxNode second = arguments.get(1);
  SyntaxNode third = arguments.get(2);
  Interval start = second ? integerOf(arguments.get(0)) : Interval::exactly(0);
  Interval stop = integerOf(second ? second : arguments.get(0));
  Interval step = third ? integerOf(third) : Interval::exactly(1);
  if (step.hi < 0) {
    std::swap(start, stop);
    step = negate(step);
  }
  if (step.lo <= 0)
    return kSomeLength;
  Interval one = Interval::exactly(1);
  return (floorDivide(stop - start - one, step) + one).clampedBelow(0);
}

Interval ValueEvaluator::tripsOf(SyntaxNode forStatementOrClause) {
  SyntaxNode iterable = withoutParentheses(forStatementOrClause.child(Field::Right));
  Step step(*this);
  CallArguments arguments(iterable);
  if (!step || iterable.kind() != NodeKind::Call || arguments.hasSplat())
    return lengthOf(iterable);
  SyntaxNode callee = withoutParentheses(iterable.child(Field::Function));
  std::string name = nameOf(callee);
  if (name == "zip") {
    Interval shortest = kSomeLength;
    for (unsigned index = 0; SyntaxNode argument = arguments.get(index); ++index) {
      Interval length = lengthOf(argument);
      shortest = index == 0 ? length : minimum(shortest, length);
    }
    return shortest;
  }
  bool isView = callee.kind() == NodeKind::Attribute &&
                llvm::is_contained({"dict.items", "dict.keys", "dict.values"}, name);
  return lengthOf(isView ? callee.child(Field::Object) : iterable);
}

} // namespace fraglint
// NOLINTEND(misc-no-recursion)
