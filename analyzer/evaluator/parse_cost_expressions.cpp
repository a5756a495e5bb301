#include "evaluator/constants.h"
#include "evaluator/parse_cost.h"
#include "evaluator/parse_rules.h"
#include "evaluator/text_names.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Rules of a binary operator: those of one chain are of one node.
enum class Level : uint8_t { Or, Xor, And, Shift, Sum, Product, Power };

Level levelOf(llvm::StringRef op) {
  return op == "|"                  ? Level::Or
         : op == "^"                ? Level::Xor
         : op == "&"                ? Level::And
         : op == "<<" || op == ">>" ? Level::Shift
         : op == "+" || op == "-"   ? Level::Sum
         : op == "**"               ? Level::Power
                                    : Level::Product;
}

} // namespace

void ParseWalk::nothing(unsigned depth) {
  reach(depth + kProbe);
  push();
}

void ParseWalk::expression(SyntaxNode expression, unsigned depth) {
  if (!expression)
    return;
  reach(depth + kLeaf);
  if (nesting_ >= kMostNesting)
    return push();
  ++nesting_;
  unfolded(expression, depth);
  --nesting_;
}

void ParseWalk::unfolded(SyntaxNode expression, unsigned depth) {
  switch (expression.kind()) {
  case NodeKind::Identifier:
  case NodeKind::Integer:
  case NodeKind::Float: {
    if (expression.kind() == NodeKind::Identifier)
      name(expression.text());
    token(expression.text().size());
    std::optional<Constant> value = constants_.fold(expression);
    push();
    if (expression.kind() != NodeKind::Identifier)
      number(expression.text(), value);
    else if (value && value->kind != Constant::Kind::Int)
      constantNode();
    return;
  }
  case NodeKind::String:
  case NodeKind::ConcatenatedString:
    if (isFormatted(expression))
      return chain(expression, depth);
    return literal(expression, depth);
  case NodeKind::ParenthesizedExpression:
    return this->expression(expression.firstChild(), depth + kInParentheses);
  case NodeKind::Attribute:
  case NodeKind::Call:
  case NodeKind::Subscript:
  case NodeKind::Await:
    return chain(expression, depth);
  case NodeKind::BinaryOperator:
    return binary(expression, depth);
  case NodeKind::BooleanOperator: {
    ParsedNodes parts;
    llvm::StringRef op = expression.child(Field::Operator).text();
    SyntaxNode left = expression;
    for (; left.kind() == NodeKind::BooleanOperator && left.child(Field::Operator).text() == op;
         left = left.child(Field::Left))
      parts.push_back(left.child(Field::Right));
    parts.push_back(left);
    for (SyntaxNode part : llvm::reverse(parts))
      this->expression(part, depth);
    return list(static_cast<unsigned>(parts.size()));
  }
  case NodeKind::UnaryOperator: {
    push();
    this->expression(expression.child(Field::Argument), depth + kInOperand);
    if (std::optional<Constant> value = constants_.fold(expression)) {
      fold(2);
      return constant(*value);
    }
    return node(2);
  }
  case NodeKind::NotOperator:
    this->expression(expression.child(Field::Argument), depth + kInOperand);
    if (constants_.fold(expression))
      return;
    return node(1);
  case NodeKind::ComparisonOperator:
    return comparison(expression, depth);
  case NodeKind::ConditionalExpression: {
    ParsedNodes parts(expression.children().begin(), expression.children().end());
    unsigned extra = 0;
    for (SyntaxNode part : parts)
      this->expression(part, depth + extra++);
    node(2);
    return node(2);
  }
  case NodeKind::Lambda: {
    if (SyntaxNode given = expression.child(Field::Parameters))
      parameters(given, depth + 2, /*isLambda=*/true);
    else
      push();
    this->expression(expression.child(Field::Body), depth + 2);
    push();
    return node(3);
  }
  case NodeKind::NamedExpression:
    this->expression(expression.child(Field::Name), depth + 1);
    this->expression(expression.child(Field::Value), depth + 2);
    return node(2);
  case NodeKind::Yield: {
    SyntaxNode value = expression.firstChild();
    bool isFrom = value.kind() == NodeKind::From;
    if (isFrom)
      value = value.nextSibling();
    if (value)
      expressions(value, depth + 2);
    else
      nothing(depth + 2);
    if (isFrom)
      node(1);
    return node(1);
  }
  case NodeKind::ListSplat:
  case NodeKind::ListSplatPattern:
  case NodeKind::DictionarySplat:
    this->expression(expression.firstChild(), depth + 1);
    return node(1);
  case NodeKind::Tuple:
  case NodeKind::TuplePattern:
  case NodeKind::List:
  case NodeKind::ListPattern:
    return sequence(expression, depth);
  case NodeKind::ExpressionList:
  case NodeKind::PatternList:
    return expressions(expression, depth);
  case NodeKind::Dictionary:
  case NodeKind::Set:
    return dictionary(expression, depth);
  case NodeKind::ListComprehension:
  case NodeKind::GeneratorExpression:
    comprehension(expression, depth + kInParentheses);
    return node(1);
  case NodeKind::SetComprehension:
  case NodeKind::DictionaryComprehension:
    comprehension(expression, depth + kInBraces);
    return node(1);
  case NodeKind::Slice:
    return slice(expression, depth);
  case NodeKind::Type:
    return this->expression(expression.firstChild(), depth);
  default:
    push();
  }
}

/// A literal. The digits of a large integer get room for what so many characters may hold
/// (mpz_set_from_str in py/mpz.c); a complex number is an object of its own.
void ParseWalk::number(llvm::StringRef text, const std::optional<Constant> &value) {
  if (text.ends_with_insensitive("j")) {
    object(word() + (profile_.floats == FloatKind::Boxed64 ? 16 : 8));
    return constantNode();
  }
  if (!value)
    return;
  bool isLarge = value->kind == Constant::Kind::BigInt ||
                 (value->kind == Constant::Kind::Int && !isSmallConstant(*value, profile_));
  if (!isLarge)
    return constant(*value);
  int64_t digitBytes = word() / 2;
  object(2LL * word() + 8);
  object((static_cast<int64_t>(text.size()) / digitBytes + 1) * digitBytes);
  constantNode();
}

/// Commas without brackets.
void ParseWalk::expressions(SyntaxNode list, unsigned depth) {
  if (list.kind() != NodeKind::ExpressionList && list.kind() != NodeKind::PatternList)
    return expression(list, depth);
  unsigned items = 0;
  int64_t before = cost_.treeBytes;
  for (SyntaxNode item : list.children()) {
    expression(item, depth);
    ++items;
  }
  if (std::optional<Constant> value = constants_.fold(list)) {
    pop(items);
    push();
    cost_.treeBytes = before;
    return constant(*value);
  }
  node(items);
}

void ParseWalk::literal(SyntaxNode string, unsigned depth) {
  (void)depth;
  push();
  std::optional<Constant> value = stringConstant(string);
  if (!value)
    return;
  // The closing quotes are read into it before they are cut off.
  token(value->text.size() +
        (string.text().ends_with("\"\"\"") || string.text().ends_with("'''") ? 3 : 1));
  if (value->kind == Constant::Kind::Str) {
    // Up to ten characters are interned; longer ones are objects unless they are names already.
    if (value->text.size() <= 10)
      return name(value->text);
    if (isFirmwareName(profile_, value->text) || names_.contains(value->text))
      return;
  }
  constant(*value);
}

/// `"…".format(…)`: gives how many trailers that are.
unsigned ParseWalk::formatted(SyntaxNode string, unsigned depth) {
  ParsedNodes values;
  size_t characters = 0, injected = 0;
  auto addValue = [&](SyntaxNode value) {
    values.push_back(value);
    injected += value.text().size() + 3; // in parentheses, with a comma
  };
  auto addPart = [&](SyntaxNode part) {
    characters += part.text().size();
    for (SyntaxNode child : part.children()) {
      if (child.kind() != NodeKind::Interpolation)
        continue;
      addValue(child.child(Field::Expression));
      characters -= child.child(Field::Expression).text().size();
      for (SyntaxNode nested : child.child(Field::FormatSpecifier).children())
        if (nested.kind() == NodeKind::FormatExpression || nested.kind() == NodeKind::Interpolation)
          addValue(nested.child(Field::Expression));
    }
  };
  if (string.kind() == NodeKind::ConcatenatedString)
    for (SyntaxNode part : string.children())
      addPart(part);
  else
    addPart(string);
  characters -= std::min<size_t>(characters, 3); // quotes and prefix
  token(characters);
  push();
  if (characters > 10) {
    object(4LL * word());
    object(static_cast<int64_t>(characters) + 1);
    constantNode();
  } else {
    name(string.text().substr(2).rtrim("\"'"));
  }
  if (values.empty())
    return 0;
  name("format");
  push();
  node(1);
  cost_.injected =
      std::max(cost_.injected, static_cast<uint32_t>(injected + sizeof(".format()") + 3));
  for (SyntaxNode value : values)
    expressions(value, depth + kInArguments + kInParentheses);
  node(static_cast<unsigned>(values.size()));
  node(1);
  return 2;
}

/// An atom and what follows it: calls, attributes, subscripts.
void ParseWalk::chain(SyntaxNode expression, unsigned depth) {
  bool isAwait = expression.kind() == NodeKind::Await;
  if (isAwait)
    expression = expression.firstChild();
  ParsedNodes trailers;
  SyntaxNode atom = expression;
  for (bool isTrailer = true; isTrailer;) {
    SyntaxNode inner;
    if (atom.kind() == NodeKind::Attribute)
      inner = atom.child(Field::Object);
    else if (atom.kind() == NodeKind::Call)
      inner = atom.child(Field::Function);
    else if (atom.kind() == NodeKind::Subscript)
      inner = atom.child(Field::Value);
    isTrailer = static_cast<bool>(inner);
    if (isTrailer) {
      trailers.push_back(atom);
      atom = inner;
    }
  }
  unsigned within = depth + (isAwait ? 1 : 0);
  bool isString = atom.kind() == NodeKind::String || atom.kind() == NodeKind::ConcatenatedString;
  unsigned count = 0;
  if (isString && isFormatted(atom))
    count = formatted(atom, within);
  else if (atom.kind() != NodeKind::Await)
    this->expression(atom, within);
  else
    push();
  for (SyntaxNode one : llvm::reverse(trailers)) {
    trailer(one, within);
    ++count;
  }
  if (count > 1)
    node(count);
  if (isAwait && count == 0)
    push();
  if (count > 0 || isAwait)
    node(2);
}

void ParseWalk::trailer(SyntaxNode trailer, unsigned depth) {
  switch (trailer.kind()) {
  case NodeKind::Attribute:
    name(trailer.child(Field::Attribute).text());
    push();
    break;
  case NodeKind::Call:
    arguments(trailer.child(Field::Arguments), depth);
    break;
  default:
    subscripts(trailer, depth);
  }
  node(1);
}

void ParseWalk::arguments(SyntaxNode arguments, unsigned depth) {
  unsigned within = depth + kInArguments;
  if (arguments.kind() == NodeKind::GeneratorExpression)
    return comprehension(arguments, within);
  unsigned count = 0;
  for (SyntaxNode argument : arguments.children()) {
    ++count;
    if (argument.kind() == NodeKind::KeywordArgument) {
      name(argument.child(Field::Name).text());
      push();
      expression(argument.child(Field::Value), within + 2);
      node(2);
    } else {
      expression(argument, within);
    }
  }
  if (count == 0)
    return nothing(within);
  list(count, hasLastComma(arguments));
}

void ParseWalk::subscripts(SyntaxNode subscript, unsigned depth) {
  unsigned items = 0;
  for (SyntaxNode child : subscript.children())
    if (child.field() == Field::Subscript) {
      expression(child, depth + kInArguments);
      ++items;
    }
  list(items);
}

void ParseWalk::binary(SyntaxNode expression, unsigned depth) {
  Level level = levelOf(expression.child(Field::Operator).text());
  std::optional<Constant> value = constants_.fold(expression);
  ParsedNodes parts;
  SyntaxNode left = expression;
  if (level == Level::Power) {
    this->expression(expression.child(Field::Left), depth);
    this->expression(expression.child(Field::Right), depth + kInOperand);
    if (!value)
      return node(2);
    fold(2);
    temporaries(*value);
    return constant(*value);
  }
  for (; left.kind() == NodeKind::BinaryOperator &&
         levelOf(left.child(Field::Operator).text()) == level;
       left = left.child(Field::Left))
    parts.push_back(left.child(Field::Right));
  parts.push_back(left);
  bool keepsOperators = level >= Level::Shift;
  unsigned count = 0;
  for (SyntaxNode part : llvm::reverse(parts)) {
    if (count > 0 && keepsOperators) {
      push();
      ++count;
    }
    this->expression(part, depth);
    ++count;
  }
  if (!value)
    return node(count);
  fold(count);
  temporaries(*value);
  constant(*value);
}

/// Powers and quotients leave room behind their digits, and take as much again on the way.
void ParseWalk::temporaries(const Constant &value) {
  if (value.kind != Constant::Kind::BigInt)
    return;
  for (unsigned i = 0; i < 2; ++i)
    object(int64_t{(value.big.getSignificantBits() + 15) / 16} * 2);
}

void ParseWalk::comparison(SyntaxNode expression, unsigned depth) {
  unsigned count = 0;
  for (SyntaxNode part : expression.children()) {
    if (count % 2 == 1) {
      llvm::StringRef op = part.text();
      push();
      if (op.starts_with("not"))
        nodeBytes(0);
      if (op.starts_with("is"))
        nodeBytes(1);
      if (op.starts_with("is") && op.size() > 2)
        nodeBytes(0);
    } else {
      this->expression(part, depth);
    }
    ++count;
  }
  node(count);
}

} // namespace fraglint
