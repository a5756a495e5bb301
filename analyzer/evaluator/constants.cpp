#include "evaluator/constants.h"

#include "evaluator/numbers.h"
#include "syntax/literals.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"

#include <cmath>

namespace fraglint {

namespace {

constexpr unsigned kWidth = 256; ///< bits of integers while they are folded
constexpr unsigned kMostShift = 200;
constexpr unsigned kMostNesting = 64;

/// How the firmware spells an integer: `0x1f`, `0b101`, `1_000`.
std::optional<llvm::APInt> integerLiteral(llvm::StringRef text) {
  std::string digits;
  for (char c : text)
    if (c != '_')
      digits += c;
  llvm::StringRef rest = digits;
  unsigned radix = 10;
  if (rest.size() > 2 && rest[0] == '0') {
    char kind = llvm::toLower(rest[1]);
    radix = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 10;
    if (radix != 10)
      rest = rest.drop_front(2);
  }
  llvm::APInt value;
  if (rest.empty() || rest.getAsInteger(radix, value) || value.getActiveBits() >= kWidth - 1)
    return std::nullopt;
  return value.zextOrTrunc(kWidth);
}

std::optional<double> floatLiteral(llvm::StringRef text) {
  std::string digits;
  for (char c : text)
    if (c != '_')
      digits += c;
  double value = 0;
  if (llvm::StringRef(digits).getAsDouble(value))
    return std::nullopt;
  return value;
}

Constant ofInteger(const FirmwareProfile &profile, const llvm::APInt &value) {
  Constant result;
  if (value.isSignedIntN(profile.smallIntBits())) {
    result.kind = Constant::Kind::Int;
    result.integer = value.getSExtValue();
  } else {
    result.kind = Constant::Kind::BigInt;
    result.big = value;
  }
  return result;
}

Constant ofReal(double value) {
  Constant result;
  result.kind = Constant::Kind::Float;
  result.real = value;
  return result;
}

bool isInteger(const Constant &constant) {
  return constant.kind == Constant::Kind::Int || constant.kind == Constant::Kind::BigInt;
}

llvm::APInt wide(const Constant &constant) {
  if (constant.kind == Constant::Kind::BigInt)
    return constant.big.sextOrTrunc(kWidth);
  return llvm::APInt(kWidth, static_cast<uint64_t>(constant.integer), /*isSigned=*/true);
}

double asReal(const Constant &constant) {
  if (constant.kind == Constant::Kind::Float)
    return constant.real;
  // Of the absolute value, since LLVM's signed rounding is wrong for small negative numbers.
  llvm::APInt value = wide(constant);
  double size = value.abs().roundToDouble();
  return value.isNegative() ? -size : size;
}

std::optional<llvm::APInt> floorDivide(const llvm::APInt &a, const llvm::APInt &b, bool wantsRest) {
  if (b.isZero())
    return std::nullopt;
  llvm::APInt quotient, rest;
  llvm::APInt::sdivrem(a, b, quotient, rest);
  if (!rest.isZero() && rest.isNegative() != b.isNegative()) {
    quotient -= 1;
    rest += b;
  }
  return wantsRest ? rest : quotient;
}

std::optional<llvm::APInt> powerOf(const llvm::APInt &base, const llvm::APInt &exponent) {
  if (exponent.isNegative() || exponent.ugt(kMostShift))
    return std::nullopt;
  llvm::APInt result(kWidth, 1);
  for (uint64_t i = 0; i < exponent.getZExtValue(); ++i) {
    bool overflows = false;
    result = result.smul_ov(base, overflows);
    if (overflows)
      return std::nullopt;
  }
  return result;
}

std::optional<llvm::APInt> integerOperation(llvm::StringRef op, const llvm::APInt &a,
                                            const llvm::APInt &b) {
  bool overflows = false;
  llvm::APInt result(kWidth, 0);
  if (op == "+")
    result = a.sadd_ov(b, overflows);
  else if (op == "-")
    result = a.ssub_ov(b, overflows);
  else if (op == "*")
    result = a.smul_ov(b, overflows);
  else if (op == "|")
    result = a | b;
  else if (op == "&")
    result = a & b;
  else if (op == "^")
    result = a ^ b;
  else if (op == "//" || op == "%")
    return floorDivide(a, b, op == "%");
  else if (op == "**")
    return powerOf(a, b);
  else if (op == "<<" && !b.isNegative() && b.ule(kMostShift))
    result = a.sshl_ov(b, overflows);
  else if (op == ">>" && !b.isNegative())
    result = a.ashr(b);
  else
    return std::nullopt;
  if (overflows)
    return std::nullopt;
  return result;
}

/// What is infinite or no number is a constant, too; what would raise, or is complex, is none.
std::optional<double> realOperation(llvm::StringRef op, double a, double b) {
  if (op == "+")
    return a + b;
  if (op == "-")
    return a - b;
  if (op == "*")
    return a * b;
  if (op == "/" && b != 0)
    return a / b;
  if (op == "**" && !(a == 0 && b < 0) && !(a < 0 && b != std::floor(b)))
    return std::pow(a, b);
  if (op == "//" && b != 0)
    return std::floor(a / b);
  if (op == "%" && b != 0)
    return a - b * std::floor(a / b);
  return std::nullopt;
}

void appendCodePoint(std::string &text, uint32_t point) {
  char buffer[UNI_MAX_UTF8_BYTES_PER_CODE_POINT];
  char *end = buffer;
  if (llvm::ConvertCodePointToUTF8(point, end))
    text.append(buffer, end);
}

} // namespace

bool isFormatted(SyntaxNode string) {
  if (string.kind() == NodeKind::ConcatenatedString)
    return llvm::any_of(string.children(), isFormatted);
  SyntaxNode start = string.firstChild();
  return start.kind() == NodeKind::StringStart &&
         start.text().find_first_of("fF") != llvm::StringRef::npos;
}

std::string decodeContent(llvm::StringRef content, bool isRaw, bool isBytes) {
  std::string text;
  for (size_t i = 0; i < content.size(); ++i) {
    if (content[i] == '\r') // a line end is one character
      continue;
    if (content[i] != '\\' || isRaw || i + 1 == content.size()) {
      text += content[i];
      continue;
    }
    char kind = content[++i];
    llvm::StringRef rest = content.drop_front(i + 1);
    auto takeHex = [&](size_t digits) {
      uint32_t point = 0;
      if (rest.size() < digits || rest.take_front(digits).getAsInteger(16, point))
        return;
      i += digits;
      if (isBytes || point < 0x80)
        text += static_cast<char>(point);
      else
        appendCodePoint(text, point);
    };
    switch (kind) {
    case '\n':
      break;
    case '\\':
    case '\'':
    case '"':
      text += kind;
      break;
    case 'a':
      text += '\a';
      break;
    case 'b':
      text += '\b';
      break;
    case 't':
      text += '\t';
      break;
    case 'n':
      text += '\n';
      break;
    case 'v':
      text += '\v';
      break;
    case 'f':
      text += '\f';
      break;
    case 'r':
      text += '\r';
      break;
    case 'x':
      takeHex(2);
      break;
    case 'u':
      takeHex(4);
      break;
    case 'U':
      takeHex(8);
      break;
    default:
      if (kind < '0' || kind > '7') {
        text += '\\';
        text += kind;
        break;
      }
      uint32_t point = static_cast<uint32_t>(kind - '0');
      for (int digit = 0; digit < 2 && i + 1 < content.size(); ++digit) {
        char next = content[i + 1];
        if (next < '0' || next > '7')
          break;
        point = point * 8 + static_cast<uint32_t>(next - '0');
        ++i;
      }
      if (isBytes || point < 0x80)
        text += static_cast<char>(point);
      else
        appendCodePoint(text, point);
    }
  }
  return text;
}

std::optional<Constant> stringConstant(SyntaxNode literal) {
  Constant result;
  result.kind = Constant::Kind::Str;
  auto append = [&](SyntaxNode string) {
    SyntaxNode start = string.firstChild();
    if (start.kind() != NodeKind::StringStart)
      return false;
    llvm::StringRef letters = start.text().take_until([](char c) { return c == '"' || c == '\''; });
    std::optional<StringPrefix> prefix =
        letters.empty() ? StringPrefix() : parseStringPrefix(letters);
    if (!prefix || prefix->isFormatted)
      return false;
    if (prefix->isBytes)
      result.kind = Constant::Kind::Bytes;
    // Its content may be split up by escapes: what lies between the quotes is taken as a whole.
    SyntaxNode end = start;
    while (SyntaxNode next = end.nextSibling())
      end = next;
    if (end.kind() != NodeKind::StringEnd)
      return false;
    llvm::StringRef whole = string.text();
    size_t open = start.range().end - string.range().begin;
    size_t close = end.range().begin - string.range().begin;
    result.text += decodeContent(whole.slice(open, close), prefix->isRaw, prefix->isBytes);
    return true;
  };
  if (literal.kind() == NodeKind::ConcatenatedString) {
    for (SyntaxNode part : literal.children())
      if (!append(part))
        return std::nullopt;
    return result;
  }
  if (literal.kind() != NodeKind::String || !append(literal))
    return std::nullopt;
  return result;
}

std::optional<Constant> ConstantFolder::fold(SyntaxNode expression, unsigned depth) const {
  if (depth > kMostNesting)
    return std::nullopt;
  Constant result;
  switch (expression.kind()) {
  case NodeKind::ParenthesizedExpression:
    return expression.firstChild() ? fold(expression.firstChild(), depth + 1) : std::nullopt;
  case NodeKind::NoneLiteral:
    return result;
  case NodeKind::True:
    result.kind = Constant::Kind::True;
    return result;
  case NodeKind::False:
    result.kind = Constant::Kind::False;
    return result;
  case NodeKind::Ellipsis:
    result.kind = Constant::Kind::Ellipsis;
    return result;
  case NodeKind::String:
  case NodeKind::ConcatenatedString:
    return stringConstant(expression);
  case NodeKind::Identifier: {
    auto found = names_.find(expression.text());
    return found == names_.end() ? std::nullopt : std::optional(found->second);
  }
  case NodeKind::Tuple:
  case NodeKind::ExpressionList:
    return foldTuple(expression, depth);
  default:
    return foldNumber(expression, depth);
  }
}

std::optional<Constant> ConstantFolder::foldNumber(SyntaxNode expression, unsigned depth) const {
  switch (expression.kind()) {
  case NodeKind::Integer:
    if (std::optional<llvm::APInt> value = integerLiteral(expression.text()))
      return ofInteger(profile_, *value);
    return std::nullopt;
  case NodeKind::Float:
    if (std::optional<double> value = floatLiteral(expression.text()))
      return ofReal(*value);
    return std::nullopt;
  case NodeKind::UnaryOperator:
    return foldUnary(expression, depth);
  case NodeKind::BinaryOperator:
    return foldBinary(expression, depth);
  case NodeKind::Attribute:
    // `math.pi` by its names alone.
    if (std::optional<double> value = mathConstant(expression.text());
        value && profile_.traits.foldsMathConstants)
      return ofReal(*value);
    return std::nullopt;
  default:
    return std::nullopt;
  }
}

/// A sign belongs to a float only where floats are folded.
std::optional<Constant> ConstantFolder::foldUnary(SyntaxNode expression, unsigned depth) const {
  std::optional<Constant> operand = fold(expression.child(Field::Argument), depth + 1);
  if (!operand)
    return std::nullopt;
  llvm::StringRef op = expression.child(Field::Operator).text();
  if (isInteger(*operand)) {
    llvm::APInt value = wide(*operand);
    return ofInteger(profile_, op == "-" ? -value : op == "~" ? ~value : value);
  }
  if (operand->kind != Constant::Kind::Float || op == "~" || !profile_.traits.foldsFloats)
    return std::nullopt;
  return ofReal(op == "-" ? -operand->real : operand->real);
}

std::optional<Constant> ConstantFolder::foldBinary(SyntaxNode expression, unsigned depth) const {
  std::optional<Constant> left = fold(expression.child(Field::Left), depth + 1);
  std::optional<Constant> right =
      left ? fold(expression.child(Field::Right), depth + 1) : std::nullopt;
  if (!right)
    return std::nullopt;
  llvm::StringRef op = expression.child(Field::Operator).text();
  if (isInteger(*left) && isInteger(*right)) {
    std::optional<llvm::APInt> value = integerOperation(op, wide(*left), wide(*right));
    if (value)
      return ofInteger(profile_, *value);
    if (op != "/" || !profile_.traits.foldsFloats)
      return std::nullopt;
  }
  auto isNumber = [](const Constant &one) {
    return isInteger(one) || one.kind == Constant::Kind::Float;
  };
  if (!isNumber(*left) || !isNumber(*right) || !profile_.traits.foldsFloats)
    return std::nullopt;
  std::optional<double> value =
      realOperation(op, heldFloat(profile_, asReal(*left)), heldFloat(profile_, asReal(*right)));
  return value ? std::optional(ofReal(*value)) : std::nullopt;
}

std::optional<Constant> ConstantFolder::foldTuple(SyntaxNode expression, unsigned depth) const {
  if (!profile_.traits.foldsTuples && expression.firstChild())
    return std::nullopt;
  Constant result;
  result.kind = Constant::Kind::Tuple;
  for (SyntaxNode item : expression.children()) {
    std::optional<Constant> value = fold(item, depth + 1);
    if (!value)
      return std::nullopt;
    result.items.push_back(std::move(*value));
  }
  return result;
}

std::optional<bool> ConstantFolder::truth(SyntaxNode expression) const {
  std::optional<Constant> constant = fold(expression);
  if (!constant)
    return std::nullopt;
  switch (constant->kind) {
  case Constant::Kind::None:
  case Constant::Kind::False:
    return false;
  case Constant::Kind::True:
    return true;
  case Constant::Kind::Int:
    return constant->integer != 0;
  case Constant::Kind::Str:
    return !constant->text.empty();
  default:
    return std::nullopt;
  }
}

std::optional<Constant> ConstantFolder::declared(SyntaxNode value) const {
  if (!profile_.traits.foldsDeclared || value.kind() != NodeKind::Call ||
      value.child(Field::Function).text() != "const")
    return std::nullopt;
  SyntaxNode argument = value.child(Field::Arguments).firstChild();
  return argument && !argument.nextSibling() ? fold(argument) : std::nullopt;
}

void ConstantFolder::declare(llvm::StringRef name, Constant value) {
  names_[name] = std::move(value);
}

} // namespace fraglint
