#include "evaluator/code_nesting.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

BinaryOperator binaryOperatorOf(llvm::StringRef text) {
  using enum BinaryOperator;
  static constexpr std::pair<llvm::StringLiteral, BinaryOperator> kNames[] = {
      {"+", Add},    {"-", Subtract}, {"*", Multiply},      {"/", Divide},      {"//", FloorDivide},
      {"%", Modulo}, {"**", Power},   {"<<", ShiftLeft},    {">>", ShiftRight}, {"&", And},
      {"|", Or},     {"^", Xor},      {"@", MatrixMultiply}};
  for (const auto &[name, op] : kNames)
    if (name == text)
      return op;
  return Add;
}

namespace {

CompareOperator compareOperator(llvm::StringRef text) {
  using enum CompareOperator;
  if (text == "in")
    return In;
  if (text == "is")
    return Is;
  if (text == "==")
    return Equal;
  if (text == "!=" || text == "<>")
    return NotEqual;
  if (text == "<")
    return Less;
  if (text == "<=")
    return LessEqual;
  if (text == ">")
    return Greater;
  if (text == ">=")
    return GreaterEqual;
  return text.starts_with("not") ? NotIn : IsNot;
}

SyntaxNode withoutParentheses(SyntaxNode expression) {
  while (expression.kind() == NodeKind::ParenthesizedExpression && expression.firstChild())
    expression = expression.firstChild();
  return expression;
}

std::optional<CodeKind> comprehensionKind(NodeKind kind) {
  switch (kind) {
  case NodeKind::ListComprehension:
    return CodeKind::List;
  case NodeKind::DictionaryComprehension:
    return CodeKind::Dict;
  case NodeKind::SetComprehension:
    return CodeKind::Set;
  case NodeKind::GeneratorExpression:
    return CodeKind::Generator;
  default:
    return std::nullopt;
  }
}

/// `super().name`, which needs no object for `super()`.
bool isSuperCall(SyntaxNode object) {
  return object.kind() == NodeKind::Call && object.child(Field::Function).text() == "super" &&
         !object.child(Field::Arguments).firstChild();
}

} // namespace

void CodeBuilder::build(SyntaxNode expression) {
  Nesting nesting(*this);
  SyntaxNode before = site_;
  site_ = expression;
  if (nesting.isTooDeep() || !expression || expression.kind() == NodeKind::Error)
    emitUnknown("this expression is nested too deeply or is no valid Python", 1);
  else if (std::optional<Constant> constant = context_.constants.fold(expression))
    emitConstant(*constant);
  else
    buildUnfolded(expression);
  site_ = before;
}

void CodeBuilder::buildUnfolded(SyntaxNode expression) {
  if (std::optional<CodeKind> kind = comprehensionKind(expression.kind()))
    return buildComprehensionCall(expression, *kind);
  switch (expression.kind()) {
  case NodeKind::ParenthesizedExpression:
    return build(expression.firstChild());
  case NodeKind::Identifier:
    return loadVariable(expression.text());
  case NodeKind::Attribute:
    build(expression.child(Field::Object));
    emit(Op::LoadAttribute, 0, nameIndex(expression.child(Field::Attribute).text()));
    return;
  case NodeKind::Subscript:
    return buildSubscript(expression);
  case NodeKind::Call:
    return buildCall(expression);
  case NodeKind::BinaryOperator:
    build(expression.child(Field::Left));
    build(expression.child(Field::Right));
    emit(Op::Binary, -1,
         static_cast<int32_t>(binaryOperatorOf(expression.child(Field::Operator).text())));
    return;
  case NodeKind::UnaryOperator: {
    build(expression.child(Field::Argument));
    llvm::StringRef op = expression.child(Field::Operator).text();
    emit(Op::Unary, 0,
         static_cast<int32_t>(op == "-"   ? UnaryOperator::Negate
                              : op == "~" ? UnaryOperator::Invert
                                          : UnaryOperator::Plus));
    return;
  }
  case NodeKind::NotOperator:
    build(expression.child(Field::Argument));
    emit(Op::Unary, 0, static_cast<int32_t>(UnaryOperator::Not));
    return;
  case NodeKind::BooleanOperator:
    return buildBoolean(expression);
  case NodeKind::ComparisonOperator:
    return buildComparison(expression);
  case NodeKind::ConditionalExpression:
    return buildConditional(expression);
  case NodeKind::Tuple:
  case NodeKind::ExpressionList:
  case NodeKind::PatternList:
    return buildSequence(Op::BuildTuple, expression);
  case NodeKind::List:
    return buildSequence(Op::BuildList, expression);
  case NodeKind::Set:
    return buildSequence(Op::BuildSet, expression);
  case NodeKind::Dictionary:
    return buildDictionary(expression);
  case NodeKind::String:
  case NodeKind::ConcatenatedString:
    return buildFormatted(expression);
  case NodeKind::Lambda:
    return buildFunctionObject(expression, CodeKind::Lambda);
  case NodeKind::NamedExpression:
    build(expression.child(Field::Value));
    emit(Op::Duplicate, 1);
    storeVariable(expression.child(Field::Name).text());
    return;
  case NodeKind::Await:
    return buildAwait(expression.firstChild());
  case NodeKind::Yield: {
    code_.isGenerator = true;
    SyntaxNode value = expression.firstChild();
    if (value.kind() == NodeKind::From) {
      build(value.nextSibling());
      emit(Op::GetIterator, 0);
      emitNone();
      emit(Op::YieldFrom, -1);
      return;
    }
    if (value)
      build(value);
    else
      emitNone();
    emit(Op::Yield, 0);
    return;
  }
  default:
    emitUnknown("this kind of expression is not evaluated", 1);
  }
}

/// The grammar binds `await` behind `**`, Python before it.
void CodeBuilder::buildAwait(SyntaxNode awaited) {
  bool isPower =
      awaited.kind() == NodeKind::BinaryOperator && awaited.child(Field::Operator).text() == "**";
  build(isPower ? awaited.child(Field::Left) : awaited);
  awaitTop();
  if (!isPower)
    return;
  build(awaited.child(Field::Right));
  emit(Op::Binary, -1, static_cast<int32_t>(BinaryOperator::Power));
}

// --- Conditions ------------------------------------------------------------------------------

/// Jumps to `target` where the truth of `expression` is `jumpIf`, and goes on otherwise.
void CodeBuilder::buildCondition(SyntaxNode expression, bool jumpIf, Label target) {
  Nesting nesting(*this);
  SyntaxNode inner = withoutParentheses(expression);
  if (!nesting.isTooDeep() && inner.kind() == NodeKind::BooleanOperator) {
    bool isOr = inner.child(Field::Operator).text() == "or";
    if (isOr == jumpIf) {
      buildCondition(inner.child(Field::Left), jumpIf, target);
      buildCondition(inner.child(Field::Right), jumpIf, target);
    } else {
      Label next = newLabel();
      buildCondition(inner.child(Field::Left), !jumpIf, next);
      buildCondition(inner.child(Field::Right), jumpIf, target);
      place(next);
    }
    return;
  }
  if (!nesting.isTooDeep() && inner.kind() == NodeKind::NotOperator)
    return buildCondition(inner.child(Field::Argument), !jumpIf, target);
  if (std::optional<bool> truth = context_.constants.truth(inner)) {
    if (*truth == jumpIf)
      emitJump(Op::Jump, 0, target);
    return;
  }
  build(expression);
  site_ = expression;
  emitJump(jumpIf ? Op::PopJumpIfTrue : Op::PopJumpIfFalse, -1, target);
}

void CodeBuilder::buildBoolean(SyntaxNode expression) {
  Label end = newLabel();
  bool isOr = expression.child(Field::Operator).text() == "or";
  build(expression.child(Field::Left));
  {
    JoinAt join(*this, end);
    emitJump(isOr ? Op::JumpIfTrueOrPop : Op::JumpIfFalseOrPop, -1, end);
  }
  build(expression.child(Field::Right));
  place(end);
}

void CodeBuilder::buildComparison(SyntaxNode expression) {
  llvm::SmallVector<SyntaxNode, 8> parts(expression.children().begin(),
                                         expression.children().end());
  build(parts[0]);
  bool isChain = parts.size() > 3;
  Label fail = newLabel(), end = newLabel();
  for (size_t i = 1; i + 1 < parts.size(); i += 2) {
    bool isLast = i + 2 >= parts.size();
    build(parts[i + 1]);
    if (!isLast) {
      emit(Op::Duplicate, 1);
      emit(Op::RotateThree, 0);
    }
    emit(Op::Compare, -1, static_cast<int32_t>(compareOperator(parts[i].text())));
    if (!isLast) {
      JoinAt join(*this, end);
      emitJump(Op::JumpIfFalseOrPop, -1, fail);
    }
  }
  if (!isChain)
    return;
  emitJump(Op::Jump, 0, end);
  place(fail);
  adjust(1);
  emit(Op::RotateTwo, 0);
  emit(Op::Pop, -1);
  place(end);
}

void CodeBuilder::buildConditional(SyntaxNode expression) {
  SyntaxNode yes = expression.firstChild();
  SyntaxNode condition = yes.nextSibling();
  SyntaxNode no = condition.nextSibling();
  Label fail = newLabel(), end = newLabel();
  {
    JoinAt join(*this, end);
    buildCondition(condition, /*jumpIf=*/false, fail);
  }
  build(yes);
  emitJump(Op::Jump, 0, end);
  adjust(-1);
  place(fail);
  build(no);
  place(end);
}

// --- Calls -----------------------------------------------------------------------------------

void CodeBuilder::buildCall(SyntaxNode call) {
  SyntaxNode function = call.child(Field::Function);
  bool isMethod = function.kind() == NodeKind::Attribute;
  if (isMethod) {
    SyntaxNode object = function.child(Field::Object);
    int32_t name = nameIndex(function.child(Field::Attribute).text());
    if (isSuperCall(object) && llvm::is_contained(context_.variables.freeIn(scope_), kOwnClass) &&
        code_.positional > 0) {
      emit(Op::LoadGlobal, 1, nameIndex("super"));
      emit(Op::LoadCell, 1, localIndex(kOwnClass));
      loadVariable(code_.locals[code_.closure.size()]); // self
      emit(Op::LoadSuperMethod, -1, name);
    } else {
      build(object);
      site_ = call;
      emit(Op::LoadMethod, 1, name);
    }
  } else {
    build(function);
  }
  site_ = call;
  buildArguments(call.child(Field::Arguments), isMethod, 0);
}

void CodeBuilder::buildArguments(SyntaxNode arguments, bool isMethod, int extra) {
  SyntaxNode call = site_;
  int positional = extra, keywords = 0;
  int64_t stars = 0;
  bool hasStars = false;
  auto buildOne = [&](SyntaxNode argument) {
    switch (argument.kind()) {
    case NodeKind::ListSplat:
      hasStars = true;
      stars |= int64_t{1} << (positional - extra);
      build(argument.firstChild());
      ++positional;
      return;
    case NodeKind::DictionarySplat:
      hasStars = true;
      emit(Op::LoadNull, 1);
      build(argument.firstChild());
      ++keywords;
      return;
    case NodeKind::KeywordArgument:
      emitString(argument.child(Field::Name).text());
      build(argument.child(Field::Value));
      ++keywords;
      return;
    default:
      build(argument);
      ++positional;
    }
  };
  if (arguments.kind() == NodeKind::GeneratorExpression)
    buildOne(arguments);
  else
    for (SyntaxNode argument : arguments.children())
      buildOne(argument);
  site_ = call;
  if (hasStars) {
    Constant flags;
    flags.kind = Constant::Kind::Int;
    flags.integer = stars;
    emitConstant(flags);
  }
  int effect = -(positional + 2 * keywords) - (hasStars ? 1 : 0) - (isMethod ? 1 : 0);
  Op op = hasStars ? (isMethod ? Op::CallMethodStarred : Op::CallStarred)
                   : (isMethod ? Op::CallMethod : Op::CallFunction);
  emit(op, effect, positional, keywords);
}

// --- Subscripts ------------------------------------------------------------------------------

void CodeBuilder::buildSubscript(SyntaxNode subscript) {
  build(subscript.child(Field::Value));
  buildIndex(subscript);
  emit(Op::LoadSubscript, -1);
}

void CodeBuilder::buildIndex(SyntaxNode subscript) {
  llvm::SmallVector<SyntaxNode, 2> items;
  for (SyntaxNode child : subscript.children())
    if (child.field() == Field::Subscript)
      items.push_back(child);
  // `a[i, j]` is a tuple; one of constants is made by the compiler.
  Constant tuple;
  tuple.kind = Constant::Kind::Tuple;
  bool isConstant = items.size() > 1 && context_.profile.traits.foldsTuples;
  for (SyntaxNode item : items) {
    std::optional<Constant> constant = isConstant ? context_.constants.fold(item) : std::nullopt;
    isConstant = isConstant && constant;
    if (isConstant)
      tuple.items.push_back(*constant);
  }
  if (isConstant)
    return emitConstant(tuple);
  for (SyntaxNode item : items)
    if (item.kind() == NodeKind::Slice)
      buildSlice(item);
    else
      build(item);
  if (items.size() > 1)
    emit(Op::BuildTuple, 1 - static_cast<int>(items.size()), static_cast<int32_t>(items.size()));
}

void CodeBuilder::buildSlice(SyntaxNode slice) {
  SyntaxNode parts[3];
  unsigned part = 0;
  for (SyntaxNode child : slice.children()) {
    if (child.kind() == NodeKind::Colon)
      ++part;
    else if (part < 3)
      parts[part] = child;
  }
  bool hasStep = static_cast<bool>(parts[2]);
  for (unsigned i = 0; i < (hasStep ? 3U : 2U); ++i) {
    if (parts[i])
      build(parts[i]);
    else
      emitNone();
  }
  emit(Op::BuildSlice, hasStep ? -2 : -1, hasStep ? 3 : 2);
}

} // namespace fraglint
