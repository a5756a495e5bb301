#include "semantic/value_evaluator.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

#include <cmath>

// Recursion here is bounded: every way round goes through a Step.
// NOLINTBEGIN(misc-no-recursion)

namespace fraglint {

namespace {

/// Integers beyond this do not all fit a double.
constexpr int64_t kExactDouble = int64_t{1} << 53;

std::optional<double> asDouble(Interval value) {
  if (!value.isExact() || value.lo > kExactDouble || value.lo < -kExactDouble)
    return std::nullopt;
  return static_cast<double>(value.lo);
}

std::optional<double> floatLiteral(llvm::StringRef text) {
  std::string digits = text.str();
  llvm::erase_if(digits, [](char c) { return c == '_'; });
  double value = 0;
  if (llvm::StringRef(digits).getAsDouble(value))
    return std::nullopt;
  return value;
}

bool isComplexLiteral(SyntaxNode expression) {
  return expression.text().ends_with_insensitive("j");
}

std::optional<double> arithmetic(llvm::StringRef op, double a, double b) {
  if (op == "+")
    return a + b;
  if (op == "-")
    return a - b;
  if (op == "*")
    return a * b;
  if (op == "**")
    return std::pow(a, b);
  if (b == 0)
    return std::nullopt;
  if (op == "/")
    return a / b;
  if (op == "//")
    return std::floor(a / b);
  if (op == "%")
    return a - std::floor(a / b) * b;
  return std::nullopt;
}

std::optional<bool> compared(llvm::StringRef op, double a, double b) {
  if (op == "==")
    return a == b;
  if (op == "!=")
    return a != b;
  if (op == "<")
    return a < b;
  if (op == "<=")
    return a <= b;
  if (op == ">")
    return a > b;
  if (op == ">=")
    return a >= b;
  return std::nullopt;
}

void appendCodePoint(uint32_t codePoint, bool isBytes, std::string &text) {
  char buffer[UNI_MAX_UTF8_BYTES_PER_CODE_POINT];
  char *end = buffer;
  if (isBytes)
    text += static_cast<char>(codePoint);
  else if (llvm::ConvertCodePointToUTF8(codePoint, end))
    text.append(buffer, end);
  else
    text += '?'; // a lone surrogate: one character, like the one it stands for
}

/// Appends what `\…` stands for and takes it off `rest`. False for `\N{…}`.
bool appendEscape(llvm::StringRef &rest, bool isBytes, std::string &text) {
  static constexpr llvm::StringLiteral kPlain = "abfnrtv\\'\"";
  static constexpr llvm::StringLiteral kMeaning = "\a\b\f\n\r\t\v\\'\"";
  char kind = rest.size() > 1 ? rest[1] : '\0';
  if (size_t index = kPlain.find(kind); kind != '\0' && index != llvm::StringRef::npos) {
    text += kMeaning[index];
    rest = rest.drop_front(2);
    return true;
  }
  if (kind == '\n' || kind == '\r') { // joins two lines
    rest = rest.drop_front(rest.starts_with("\\\r\n") ? 3 : 2);
    return true;
  }
  if (kind == 'N' && !isBytes)
    return false;
  bool isUnicode = (kind == 'u' || kind == 'U') && !isBytes;
  unsigned radix = kind == 'x' || isUnicode ? 16 : 8;
  unsigned most = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 3;
  llvm::StringRef digits = rest.drop_front(radix == 16 ? 2 : 1).take_front(most);
  digits = digits.take_while(
      [radix](char c) { return radix == 16 ? llvm::isHexDigit(c) : c >= '0' && c <= '7'; });
  uint32_t value = 0;
  if (digits.empty() || digits.getAsInteger(radix, value)) { // no escape: both characters stay
    text += rest.take_front(2);
    rest = rest.drop_front(std::min<size_t>(2, rest.size()));
    return true;
  }
  appendCodePoint(value, isBytes, text);
  rest = rest.drop_front((radix == 16 ? 2 : 1) + digits.size());
  return true;
}

/// Appends the value of one string literal; false where it is not constant or not understood.
bool appendLiteral(SyntaxNode string, std::string &text) {
  llvm::StringRef prefix = string.child(NodeKind::StringStart).text();
  llvm::StringRef quote = prefix.drop_while([](char c) { return c != '"' && c != '\''; });
  prefix = prefix.drop_back(quote.size());
  if (prefix.contains_insensitive('f') || prefix.contains_insensitive('t') || quote.empty() ||
      !string.child(NodeKind::StringEnd))
    return false;
  llvm::StringRef rest = string.text().drop_front(prefix.size() + quote.size());
  rest = rest.drop_back(quote.size());
  if (prefix.contains_insensitive('r')) {
    text += rest;
    return true;
  }
  bool isBytes = prefix.contains_insensitive('b');
  while (!rest.empty()) {
    size_t plain = std::min(rest.find('\\'), rest.size());
    text += rest.take_front(plain);
    rest = rest.drop_front(plain);
    if (!rest.empty() && !appendEscape(rest, isBytes, text))
      return false;
  }
  return true;
}

} // namespace

std::optional<double> ValueEvaluator::numberOf(SyntaxNode expression) {
  expression = withoutParentheses(expression);
  Step step(*this);
  if (!step)
    return std::nullopt;
  switch (expression.kind()) {
  case NodeKind::Float:
    return isComplexLiteral(expression) ? std::nullopt : floatLiteral(expression.text());
  case NodeKind::UnaryOperator:
  case NodeKind::BinaryOperator:
    return numberOfOperation(expression);
  case NodeKind::Call:
    return numberOfCall(expression);
  case NodeKind::Identifier:
  case NodeKind::Attribute: {
    SymbolId symbol = attributeSymbol(expression);
    SyntaxNode value = soleValueOf(symbol);
    if (!value || isActive(symbol))
      return std::nullopt;
    active_.push_back({symbol});
    std::optional<double> number = numberOf(value);
    active_.pop_back();
    return number;
  }
  case NodeKind::ConditionalExpression: {
    SyntaxNode yes = expression.firstChild();
    std::optional<bool> truth = truthOf(yes.nextSibling());
    if (!truth)
      return std::nullopt;
    return numberOf(*truth ? yes : yes.nextSibling().nextSibling());
  }
  default:
    return asDouble(integerOf(expression));
  }
}

std::optional<double> ValueEvaluator::numberOfOperation(SyntaxNode operation) {
  llvm::StringRef op = operatorOf(operation);
  if (operation.kind() == NodeKind::UnaryOperator) {
    std::optional<double> argument = numberOf(operation.child(Field::Argument));
    if (!argument || op == "~")
      return argument ? std::optional(-std::floor(*argument) - 1) : std::nullopt;
    return op == "-" ? -*argument : *argument;
  }
  if (Interval value = integerOf(operation); value.isExact())
    return asDouble(value);
  std::optional<double> left = numberOf(operation.child(Field::Left));
  std::optional<double> right = left ? numberOf(operation.child(Field::Right)) : std::nullopt;
  std::optional<double> result = right ? arithmetic(op, *left, *right) : std::nullopt;
  return result && std::isfinite(*result) ? result : std::nullopt;
}

std::optional<double> ValueEvaluator::numberOfCall(SyntaxNode call) {
  std::string name = nameOf(call.child(Field::Function));
  if (name == "float" || name == "const" || name == "micropython.const")
    return numberOf(CallArguments(call).get(0));
  return asDouble(integerOf(call));
}

std::optional<bool> ValueEvaluator::truthOf(SyntaxNode expression) {
  expression = withoutParentheses(expression);
  Step step(*this);
  if (!step)
    return std::nullopt;
  switch (expression.kind()) {
  case NodeKind::NoneLiteral:
    return false;
  case NodeKind::NotOperator: {
    std::optional<bool> argument = truthOf(expression.child(Field::Argument));
    return argument ? std::optional(!*argument) : std::nullopt;
  }
  case NodeKind::BooleanOperator: {
    bool isAnd = operatorOf(expression) == "and";
    std::optional<bool> left = truthOf(expression.child(Field::Left));
    std::optional<bool> right = truthOf(expression.child(Field::Right));
    for (std::optional<bool> side : {left, right})
      if (side && *side != isAnd)
        return side; // decides alone
    return left && right ? std::optional(isAnd) : std::nullopt;
  }
  case NodeKind::ComparisonOperator:
    return truthOfComparison(expression);
  case NodeKind::Identifier:
  case NodeKind::Attribute: {
    SymbolId symbol = attributeSymbol(expression);
    SyntaxNode value = soleValueOf(symbol);
    if (!value || isActive(symbol))
      return std::nullopt;
    active_.push_back({symbol});
    std::optional<bool> truth = truthOf(value);
    active_.pop_back();
    return truth;
  }
  case NodeKind::String:
  case NodeKind::ConcatenatedString: {
    std::optional<std::string> text = stringOf(expression);
    return text ? std::optional(!text->empty()) : std::nullopt;
  }
  default: {
    if (std::optional<double> number = numberOf(expression))
      return *number != 0;
    return std::nullopt;
  }
  }
}

std::optional<bool> ValueEvaluator::truthOfComparison(SyntaxNode comparison) {
  SyntaxNode left = comparison.firstChild();
  SyntaxNode op = left.nextSibling();
  SyntaxNode right = op.nextSibling();
  if (!right || right.nextSibling()) // a chain
    return std::nullopt;
  std::optional<double> a = numberOf(left);
  std::optional<double> b = a ? numberOf(right) : std::nullopt;
  return b ? compared(op.text(), *a, *b) : std::nullopt;
}

std::optional<std::string> ValueEvaluator::stringOf(SyntaxNode expression) {
  expression = withoutParentheses(expression);
  Step step(*this);
  if (!step)
    return std::nullopt;
  std::string text;
  switch (expression.kind()) {
  case NodeKind::String:
    return appendLiteral(expression, text) ? std::optional(std::move(text)) : std::nullopt;
  case NodeKind::ConcatenatedString:
    for (SyntaxNode part : expression.children())
      if (!appendLiteral(part, text))
        return std::nullopt;
    return text;
  case NodeKind::Identifier:
  case NodeKind::Attribute: {
    SymbolId symbol = attributeSymbol(expression);
    SyntaxNode value = soleValueOf(symbol);
    if (!value || isActive(symbol))
      return std::nullopt;
    active_.push_back({symbol});
    std::optional<std::string> result = stringOf(value);
    active_.pop_back();
    return result;
  }
  default:
    return std::nullopt;
  }
}

} // namespace fraglint
// NOLINTEND(misc-no-recursion)
