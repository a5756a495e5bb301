#include "semantic/value_evaluator.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <cmath>

// Recursion here is bounded: every way round goes through a Step.
// NOLINTBEGIN(misc-no-recursion)

namespace fraglint {

namespace {

/// More elements than this are not looked at one by one.
constexpr unsigned kMaxElements = 64;
/// Of an argument that is given by keyword only.
constexpr unsigned kNoPosition = ~0U;

/// An integer literal of any spelling; one that is too large is at least the largest number.
Interval integerLiteral(llvm::StringRef text) {
  std::string digits = text.str();
  llvm::erase_if(digits, [](char c) { return c == '_'; });
  llvm::StringRef rest = digits;
  if (rest.ends_with_insensitive("j") || rest.ends_with_insensitive("l"))
    return Interval::unknown();
  unsigned radix = 10;
  if (rest.consume_front_insensitive("0x"))
    radix = 16;
  else if (rest.consume_front_insensitive("0b"))
    radix = 2;
  else if (rest.consume_front_insensitive("0o"))
    radix = 8;
  int64_t value = 0;
  if (rest.empty() || !llvm::all_of(rest, [](char c) { return llvm::isHexDigit(c); }))
    return Interval::unknown();
  rest = rest.ltrim('0');
  if (!rest.empty() && rest.getAsInteger(radix, value))
    return Interval::atLeast(Interval::kNoHi - 1);
  return value == Interval::kNoHi ? Interval::atLeast(value - 1) : Interval::exactly(value);
}

Interval integerArithmetic(llvm::StringRef op, Interval a, Interval b) {
  if (op == "+")
    return a + b;
  if (op == "-")
    return a - b;
  if (op == "*")
    return a * b;
  if (op == "//")
    return floorDivide(a, b);
  if (op == "%")
    return modulo(a, b);
  if (op == "<<")
    return shiftLeft(a, b);
  if (op == ">>")
    return shiftRight(a, b);
  if (op == "**")
    return power(a, b);
  if (op == "&")
    return bitwiseAnd(a, b);
  if (op == "|")
    return bitwiseOr(a, b);
  if (op == "^")
    return bitwiseXor(a, b);
  return Interval::unknown();
}

/// What the variable of a loop over `range(start, stop, step)` can be.
Interval rangeHull(Interval start, Interval stop, Interval step) {
  Interval one = Interval::exactly(1);
  Interval up = {start.lo, std::max(start.lo, (stop - one).hi)};
  Interval down = {std::min(start.hi, (stop + one).lo), start.hi};
  if (step.lo > 0) {
    if (start.isExact() && stop.isExact() && step.isExact() && stop.lo > start.lo)
      up.hi = (start + floorDivide(stop - start - one, step) * step).hi;
    return up;
  }
  return step.hi < 0 ? down : up.hull(down);
}

} // namespace

Interval ValueEvaluator::integerOf(SyntaxNode expression) {
  expression = withoutParentheses(expression);
  Step step(*this);
  if (!step)
    return Interval::unknown();
  switch (expression.kind()) {
  case NodeKind::Integer:
    return integerLiteral(expression.text());
  case NodeKind::True:
    return Interval::exactly(1);
  case NodeKind::False:
    return Interval::exactly(0);
  case NodeKind::Identifier:
    return integerOfSymbol(model_.symbolOf(expression));
  case NodeKind::Attribute:
    return integerOfAttribute(expression);
  case NodeKind::Call:
    return integerOfCall(expression);
  case NodeKind::Subscript:
    return integerOfSubscript(expression);
  case NodeKind::NamedExpression:
    return integerOf(expression.child(Field::Value));
  case NodeKind::NotOperator:
    return {0, 1};
  case NodeKind::UnaryOperator:
  case NodeKind::BinaryOperator:
  case NodeKind::BooleanOperator:
  case NodeKind::ComparisonOperator:
  case NodeKind::ConditionalExpression:
    return integerOfOperation(expression);
  default:
    return Interval::unknown();
  }
}

Interval ValueEvaluator::integerOfOperation(SyntaxNode operation) {
  switch (operation.kind()) {
  case NodeKind::UnaryOperator: {
    Interval argument = integerOf(operation.child(Field::Argument));
    llvm::StringRef op = operatorOf(operation);
    if (op == "~")
      return negate(argument) - Interval::exactly(1);
    return op == "-" ? negate(argument) : argument;
  }
  case NodeKind::ConditionalExpression: {
    SyntaxNode yes = operation.firstChild();
    SyntaxNode condition = yes.nextSibling();
    if (std::optional<bool> truth = truthOf(condition))
      return integerOf(*truth ? yes : condition.nextSibling());
    Interval first = integerOf(yes);
    return first.isUnknown() ? first : first.hull(integerOf(condition.nextSibling()));
  }
  case NodeKind::ComparisonOperator:
    return typeOf(operation).name == "bool" ? Interval{0, 1} : Interval::unknown();
  default: {
    Interval left = integerOf(operation.child(Field::Left));
    Interval right = integerOf(operation.child(Field::Right));
    if (operation.kind() == NodeKind::BooleanOperator)
      return left.hull(right);
    llvm::StringRef op = operatorOf(operation);
    // An unknown operand may be no integer at all: a list, a float. (`x & 15` is one or raises.)
    if (op != "&" && (!isUsable(operation.child(Field::Left), left) ||
                      !isUsable(operation.child(Field::Right), right)))
      return Interval::unknown();
    return integerArithmetic(op, left, right);
  }
  }
}

bool ValueEvaluator::isUsable(SyntaxNode operand, Interval value) {
  if (!value.isUnknown())
    return true;
  llvm::StringRef type = typeOf(operand).name;
  return type == "int" || type == "bool";
}

Interval ValueEvaluator::integerOfCall(SyntaxNode call) {
  CallArguments arguments(call);
  if (arguments.hasSplat())
    return Interval::unknown();
  if (FunctionId function = functionNamed(call.child(Field::Function)); function != kNoId)
    return returnIntegerOf(function);
  std::string name = nameOf(call.child(Field::Function));
  SyntaxNode first = arguments.get(0);
  SyntaxNode second = arguments.get(1);
  if (!first)
    return Interval::unknown();
  if (name == "len")
    return lengthOf(first);
  if (name == "const" || name == "micropython.const")
    return integerOf(first);
  if (name == "abs")
    return absolute(integerOf(first));
  if (name == "int" && !second)
    return truncated(first);
  if (name == "ord")
    return {0, 0x10FFFF};
  if ((name != "min" && name != "max") || !second || arguments.get(kNoPosition, "key"))
    return Interval::unknown();
  Interval result = integerOf(first);
  for (unsigned index = 1; SyntaxNode next = arguments.get(index); ++index) {
    Interval value = integerOf(next);
    // `min(x, 10)` of an unknown x may be a float below ten.
    if (result.isUnknown() || value.isUnknown() || index == kMaxElements)
      return Interval::unknown();
    result = name == "min" ? minimum(result, value) : maximum(result, value);
  }
  return result;
}

/// The hull of what a function of this module returns; without a value it gives no integer.
Interval ValueEvaluator::returnIntegerOf(FunctionId function) {
  const Function &callee = model_.function(function);
  if (callee.isAsync || callee.isGenerator || callee.isOpaque)
    return Interval::unknown();
  if (callee.node.kind() == NodeKind::Lambda)
    return integerOf(callee.node.child(Field::Body));
  std::optional<Interval> hull;
  for (SyntaxNode value : model_.returnedBy(function)) {
    if (!value)
      continue;
    Interval returned = integerOf(value);
    hull = hull ? hull->hull(returned) : returned;
  }
  return hull.value_or(Interval::unknown());
}

/// Whether a part of a float expression loses no digits: differences may lose any number.
bool ValueEvaluator::keepsDigits(SyntaxNode part) {
  switch (part.kind()) {
  case NodeKind::Operator:
    return part.text() == "*" || part.text() == "/";
  case NodeKind::Identifier:
  case NodeKind::Attribute:
    return soleValueOf(attributeSymbol(part)).kind() == NodeKind::Float ||
           integerOf(part).isExact();
  default:
    return true;
  }
}

/// `int(expression)`. Firmware floats have 22 bits or more; products and quotients of constants
/// are allowed for with less.
Interval ValueEvaluator::truncated(SyntaxNode expression) {
  constexpr double kError = 1e-5;
  constexpr double kLargest = 1e9;
  Interval value = integerOf(expression);
  if (!value.isUnknown())
    return value;
  for (SyntaxNode node = expression, end = expression.firstAfter(); node && !(node == end);
       node = node.next())
    if (!keepsDigits(node))
      return Interval::unknown();
  std::optional<double> number = numberOf(expression);
  if (!number || std::abs(*number) > kLargest)
    return Interval::unknown();
  double margin = std::abs(*number) * kError;
  return {static_cast<int64_t>(*number - margin), static_cast<int64_t>(*number + margin)};
}

// --- Symbols ---------------------------------------------------------------------------------

Interval ValueEvaluator::integerOfSymbol(SymbolId symbol) {
  if (symbol == kNoId || isActive(symbol))
    return Interval::unknown();
  Values values = valuesOf(symbol);
  if (!values.complete)
    return Interval::unknown();
  active_.push_back({symbol});
  std::optional<Interval> hull;
  llvm::SmallVector<BindingId, 4> augmentations;
  for (BindingId id : values.bindings) {
    const Binding &binding = model_.binding(id);
    if (binding.kind == BindingKind::Deletion)
      continue;
    if (binding.kind == BindingKind::AugmentedAssignment) {
      augmentations.push_back(id);
      continue;
    }
    Step step(*this);
    Interval value = step ? integerOfBinding(binding) : Interval::unknown();
    hull = hull ? hull->hull(value) : value;
    if (hull->isUnknown())
      break;
  }
  Interval result = hull ? augmented(*hull, augmentations) : Interval::unknown();
  active_.pop_back();
  return result;
}

Interval ValueEvaluator::integerOfBinding(const Binding &binding) {
  switch (binding.kind) {
  case BindingKind::Assignment:
  case BindingKind::Walrus:
  case BindingKind::Unpacking:
    return integerOf(binding.value);
  case BindingKind::LoopTarget: {
    if (binding.name.field() == Field::Left)
      return elementIntegerOf(binding.value);
    SyntaxNode holder = binding.name.parent();
    bool isIndex = binding.value.kind() == NodeKind::Call && holder.field() == Field::Left &&
                   holder.firstChild() == binding.name &&
                   !CallArguments(binding.value).get(1, "start") &&
                   nameOf(binding.value.child(Field::Function)) == "enumerate";
    if (!isIndex)
      return Interval::unknown();
    Interval length = lengthOf(CallArguments(binding.value).get(0));
    return {0, std::max<int64_t>((length - Interval::exactly(1)).hi, 0)};
  }
  default:
    return Interval::unknown();
  }
}

/// What is left of `base` when a name is also counted up (or only down): one bound.
Interval ValueEvaluator::augmented(Interval base, llvm::ArrayRef<BindingId> augmentations) {
  for (BindingId id : augmentations) {
    const Binding &binding = model_.binding(id);
    Interval operand = base.isUnknown() ? base : integerOf(binding.value);
    llvm::StringRef op = operatorOf(binding.name.parent());
    if (op == "+=" && operand.lo >= 0)
      base.hi = Interval::kNoHi;
    else if (op == "-=" && operand.lo >= 0)
      base.lo = Interval::kNoLo;
    else
      return Interval::unknown();
  }
  return base;
}

/// Whether a library's class has no attributes of its own that a derived class could mean, too.
static bool isWrittenInC(llvm::StringRef name) {
  return llvm::is_contained({"displayio.Group", "displayio.TileGrid", "framebuf.FrameBuffer"},
                            name);
}

/// `SIZE` of `self.SIZE`, `Class.SIZE`, and the sides of a bitmap that is made in one place.
Interval ValueEvaluator::integerOfAttribute(SyntaxNode attribute) {
  SymbolId symbol = attributeSymbol(attribute);
  if (symbol != kNoId) {
    if (isModuleName(symbol))
      return integerOfSymbol(symbol);
    // A library's class may write the attributes of its derived classes' instances.
    ClassId owner = model_.classOf(model_.symbol(symbol).scope);
    ClassId family = model_.classes()[owner].family;
    llvm::StringRef name = attribute.child(Field::Attribute).text();
    bool isConstant = name.upper() == name;
    if (!isConstant && llvm::any_of(model_.familyMembers(family), [this](ClassId member) {
          SyntaxNode base = model_.classes()[member].foreignBase;
          return base && (base.nextSibling() || !isWrittenInC(nameOf(base)));
        }))
      return Interval::unknown();
    return integerOfSymbol(symbol);
  }
  llvm::StringRef side = attribute.child(Field::Attribute).text();
  if (side != "width" && side != "height")
    return Interval::unknown();
  SyntaxNode bitmap = soleValueOf(attributeSymbol(attribute.child(Field::Object)));
  if (bitmap.kind() != NodeKind::Call ||
      nameOf(bitmap.child(Field::Function)) != "displayio.Bitmap")
    return Interval::unknown();
  return integerOf(CallArguments(bitmap).get(side == "width" ? 0 : 1, side));
}

// --- Elements --------------------------------------------------------------------------------

/// What iterating a container gives.
Interval ValueEvaluator::elementIntegerOf(SyntaxNode container) {
  container = withoutParentheses(container);
  Step step(*this);
  if (!step)
    return Interval::unknown();
  switch (container.kind()) {
  case NodeKind::List:
  case NodeKind::Tuple:
  case NodeKind::Set:
  case NodeKind::ExpressionList: {
    std::optional<Interval> hull;
    unsigned count = 0;
    for (SyntaxNode element : container.children()) {
      Interval value = ++count > kMaxElements ? Interval::unknown() : integerOf(element);
      hull = hull ? hull->hull(value) : value;
    }
    return hull.value_or(Interval::unknown());
  }
  case NodeKind::Call: {
    CallArguments arguments(container);
    if (arguments.hasSplat() || nameOf(container.child(Field::Function)) != "range")
      return Interval::unknown();
    SyntaxNode first = arguments.get(0);
    SyntaxNode second = arguments.get(1);
    SyntaxNode third = arguments.get(2);
    Interval start = second ? integerOf(first) : Interval::exactly(0);
    return rangeHull(start, integerOf(second ? second : first),
                     third ? integerOf(third) : Interval::exactly(1));
  }
  case NodeKind::Identifier:
  case NodeKind::Attribute: {
    SymbolId symbol = attributeSymbol(container);
    SyntaxNode value = withoutParentheses(soleValueOf(symbol));
    if (!value || isActive(symbol))
      return Interval::unknown();
    const Binding &binding = model_.binding(model_.symbol(symbol).bindings.front());
    bool isFixed = value.kind() == NodeKind::Tuple || value.kind() == NodeKind::ExpressionList ||
                   value.kind() == NodeKind::Call ||
                   (!isShared(binding) && usesKeep(symbol, Keeps::Content, typeOf(value).name));
    return isFixed ? elementIntegerOf(value) : Interval::unknown();
  }
  default:
    return Interval::unknown();
  }
}

/// `SIZES[1]`, `SIZES[i]` of a display that nobody changes.
Interval ValueEvaluator::integerOfSubscript(SyntaxNode subscript) {
  SyntaxNode index = subscript.child(Field::Subscript);
  if (index.kind() == NodeKind::Slice)
    return Interval::unknown();
  SyntaxNode container = withoutParentheses(subscript.child(Field::Value));
  Interval all = elementIntegerOf(container);
  Interval place = integerOf(index);
  if (all.isUnknown() && !place.isExact())
    return all;
  SyntaxNode display = container;
  if (display.kind() == NodeKind::Identifier || display.kind() == NodeKind::Attribute)
    display = withoutParentheses(soleValueOf(attributeSymbol(display)));
  bool isTuple = display.kind() == NodeKind::Tuple || display.kind() == NodeKind::ExpressionList;
  if (all.isUnknown() && !isTuple)
    return all;
  if (!place.isExact() || place.lo < 0 || place.lo >= kMaxElements ||
      (!isTuple && display.kind() != NodeKind::List))
    return all;
  SyntaxNode element = display.firstChild();
  for (int64_t skip = place.lo; skip > 0; --skip)
    element = element.nextSibling();
  return integerOf(element);
}

} // namespace fraglint
// NOLINTEND(misc-no-recursion)
