#include "semantic/clock_form.h"

#include "semantic/call_arguments.h"
#include "semantic/call_traits.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

void ClockForm::add(const ClockForm &other, double factor) {
  if (other.clock != 0)
    secondsPerTick = other.secondsPerTick;
  clock += other.clock * factor;
  constant += other.constant * factor;
  for (const Term &term : other.terms) {
    auto same = llvm::find_if(
        terms, [&](const Term &mine) { return mine.place.text() == term.place.text(); });
    if (same != terms.end())
      same->factor += term.factor * factor;
    else
      terms.push_back({term.place, term.factor * factor});
  }
}

void ClockForm::scale(double factor) {
  clock *= factor;
  constant *= factor;
  for (Term &term : terms)
    term.factor *= factor;
}

namespace {

/// How long one tick of a clock function lasts, by its name; 0 where it gives no plain number of
/// known unit (`localtime()`, `ticks_cpu()`).
double secondsPerTick(llvm::StringRef clock) {
  if (clock == "monotonic" || clock == "time")
    return 1;
  if (clock.ends_with("_ms") || clock == "millis" || clock == "running_time")
    return 1e-3;
  if (clock.ends_with("_us") || clock == "micros")
    return 1e-6;
  return clock.ends_with("_ns") ? 1e-9 : 0;
}

SyntaxNode withoutParentheses(SyntaxNode expression) {
  while (expression.kind() == NodeKind::ParenthesizedExpression)
    expression = expression.firstChild();
  return expression;
}

ClockForm constantForm(double value) {
  ClockForm form;
  form.constant = value;
  return form;
}

} // namespace

// NOLINTBEGIN(misc-no-recursion): kMaxDepth and kMaxNodes bound it.

std::optional<ClockForm> ClockReader::read(SyntaxNode expression, unsigned depth) {
  if (depth > kMaxDepth || ++seenNodes_ > kMaxNodes)
    return std::nullopt;
  expression = withoutParentheses(expression);
  switch (expression.kind()) {
  case NodeKind::Integer:
  case NodeKind::Float:
    if (std::optional<double> number = model_.numberOf(expression))
      return constantForm(*number);
    return std::nullopt;
  case NodeKind::BinaryOperator:
    return readOperator(expression, depth);
  case NodeKind::UnaryOperator: {
    std::optional<ClockForm> form = read(expression.child(Field::Argument), depth + 1);
    if (form && expression.child(Field::Operator).text() == "-")
      form->scale(-1);
    return form;
  }
  case NodeKind::Call:
    return readCall(expression, depth);
  case NodeKind::Identifier:
  case NodeKind::Attribute:
  case NodeKind::Subscript:
    return readPlace(expression, depth);
  default:
    return std::nullopt;
  }
}

std::optional<ClockForm> ClockReader::difference(SyntaxNode a, SyntaxNode b, double factor,
                                                 unsigned depth) {
  std::optional<ClockForm> form = read(a, depth + 1);
  std::optional<ClockForm> other = read(b, depth + 1);
  if (!form || !other)
    return std::nullopt;
  form->add(*other, factor);
  return form;
}

std::optional<ClockForm> ClockReader::readOperator(SyntaxNode expression, unsigned depth) {
  SyntaxNode left = expression.child(Field::Left);
  SyntaxNode right = expression.child(Field::Right);
  llvm::StringRef sign = expression.child(Field::Operator).text();
  if (sign == "+")
    return difference(left, right, 1, depth);
  if (sign == "-")
    return difference(left, right, -1, depth);
  if (sign != "*" && sign != "/" && sign != "//")
    return std::nullopt;
  std::optional<double> factor = model_.numberOf(right);
  if (!factor && sign == "*") {
    factor = model_.numberOf(left);
    std::swap(left, right);
  }
  if (!factor || *factor == 0)
    return std::nullopt;
  std::optional<ClockForm> form = read(left, depth + 1);
  if (form)
    form->scale(sign == "*" ? *factor : 1 / *factor);
  return form;
}

std::optional<ClockForm> ClockReader::readCall(SyntaxNode call, unsigned depth) {
  CallArguments arguments(call);
  llvm::StringRef name = lastNameOf(call);
  if (name == "ticks_diff")
    return difference(arguments.get(0), arguments.get(1), -1, depth);
  if (name == "ticks_add")
    return difference(arguments.get(0), arguments.get(1), 1, depth);
  if (name == "int" || name == "float" || name == "abs" || name == "round")
    return read(arguments.get(0), depth + 1);
  if (!callHas(model_, call, Trait::ReadsClock))
    return std::nullopt;
  ClockForm form;
  form.clock = 1;
  form.secondsPerTick = secondsPerTick(name);
  return form;
}

/// A name: a constant, what it was set to, or itself.
std::optional<ClockForm> ClockReader::readPlace(SyntaxNode place, unsigned depth) {
  if (SyntaxNode value = expansion_(place))
    if (std::optional<ClockForm> form = read(value, depth + 1); form && form->clock != 0)
      return form;
  if (std::optional<double> number = model_.numberOf(place))
    return constantForm(*number);
  ClockForm form;
  form.terms.push_back({place, 1});
  return form;
}

// NOLINTEND(misc-no-recursion)

std::optional<ClockForm> ClockReader::sumOf(SyntaxNode expression) {
  seenNodes_ = 0;
  return read(expression, 0);
}

std::optional<ClockForm> ClockReader::excessOf(SyntaxNode comparison) {
  seenNodes_ = 0;
  comparison = withoutParentheses(comparison);
  if (comparison.kind() == NodeKind::Call && lastNameOf(comparison) == "ticks_less") {
    CallArguments arguments(comparison);
    return difference(arguments.get(1), arguments.get(0), -1, 0);
  }
  if (comparison.kind() != NodeKind::ComparisonOperator)
    return std::nullopt;
  SyntaxNode left = comparison.firstChild();
  SyntaxNode sign = left.nextSibling();
  SyntaxNode right = sign.nextSibling();
  if (!right || right.nextSibling())
    return std::nullopt;
  if (sign.text() == ">" || sign.text() == ">=")
    return difference(left, right, -1, 0);
  if (sign.text() == "<" || sign.text() == "<=")
    return difference(right, left, -1, 0);
  return std::nullopt;
}

} // namespace fraglint
