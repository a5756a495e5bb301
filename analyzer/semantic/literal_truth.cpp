#include "semantic/literal_truth.h"

namespace fraglint {

namespace {

/// Whether a number literal is zero: no digit but 0 in its mantissa.
bool isZero(llvm::StringRef number) {
  if (number.size() > 1 && (number[1] == 'x' || number[1] == 'X'))
    return number.drop_front(2).find_first_not_of("0_") == llvm::StringRef::npos;
  if (number.size() > 1 &&
      (number[1] == 'b' || number[1] == 'B' || number[1] == 'o' || number[1] == 'O'))
    number = number.drop_front(2);
  number = number.take_until([](char c) { return c == 'e' || c == 'E' || c == 'j' || c == 'J'; });
  return number.find_first_not_of("0_.") == llvm::StringRef::npos;
}

/// Truth of a string without interpolations: whether it has content.
std::optional<bool> stringTruth(SyntaxNode string) {
  if (string.child(NodeKind::Interpolation))
    return std::nullopt;
  return bool(string.child(NodeKind::StringContent));
}

std::optional<bool> plainTruth(SyntaxNode expression) {
  switch (expression.kind()) {
  case NodeKind::True:
    return true;
  case NodeKind::False:
  case NodeKind::NoneLiteral:
    return false;
  case NodeKind::Integer:
  case NodeKind::Float:
    return !isZero(expression.text());
  case NodeKind::String:
    return stringTruth(expression);
  case NodeKind::List:
  case NodeKind::Tuple:
  case NodeKind::Dictionary:
    if (!expression.firstChild())
      return false;
    return std::nullopt; // may evaluate calls, and `[*x]` may be empty
  default:
    return std::nullopt;
  }
}

} // namespace

std::optional<bool> literalTruth(SyntaxNode expression) {
  bool negated = false;
  while (true) {
    if (expression.kind() == NodeKind::NotOperator) {
      negated = !negated;
      expression = expression.child(Field::Argument);
    } else if (expression.kind() == NodeKind::ParenthesizedExpression) {
      expression = expression.firstChild();
    } else {
      break;
    }
  }
  std::optional<bool> truth = plainTruth(expression);
  if (!truth)
    return std::nullopt;
  return *truth != negated;
}

} // namespace fraglint
