#include "heap/label_text.h"

#include "semantic/call_arguments.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>

// NOLINTBEGIN(misc-no-recursion): kMaxDepth bounds it, kMaxSteps the work.

namespace fraglint {

namespace {

constexpr unsigned kMaxDepth = 12;
constexpr unsigned kMaxSteps = 200;
/// Wider fields are taken for this wide: nobody draws them.
constexpr int64_t kMaxWidth = 1 << 12;

LabelText unknownText(std::string reason) {
  LabelText text;
  text.characters = Interval::atLeast(0);
  text.isFixed = false;
  text.reason = std::move(reason);
  return text;
}

void append(LabelText &text, const LabelText &part) {
  text.characters = text.characters + part.characters;
  text.lineEnds += part.lineEnds;
  text.blanks += part.blanks;
  text.isFixed &= part.isFixed;
  if (text.reason.empty())
    text.reason = part.reason;
}

LabelText eitherOf(const LabelText &a, const LabelText &b) {
  LabelText text;
  text.characters = a.characters.hull(b.characters);
  text.lineEnds = std::min(a.lineEnds, b.lineEnds);
  text.blanks =
      text.characters.lo - std::min(a.characters.lo - a.blanks, b.characters.lo - b.blanks);
  text.isFixed = a.isFixed && b.isFixed && text.characters.isExact();
  text.reason = a.reason.empty() ? b.reason : a.reason;
  return text;
}

LabelText literalText(llvm::StringRef text) {
  LabelText literal;
  for (char c : text) {
    literal.blanks += c == ' ' ? 1 : 0;
    if (c == '\n')
      ++literal.lineEnds;
    else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80)
      ++literal.characters.lo;
  }
  literal.characters.hi = literal.characters.lo;
  return literal;
}

/// The decimal digits, and the sign, of the numbers of an interval.
Interval digitsOf(Interval value) {
  auto digits = [](int64_t n) {
    int64_t count = n < 0 ? 2 : 1;
    for (n /= 10; n != 0; n /= 10)
      ++count;
    return count;
  };
  if (!value.hasLo() || !value.hasHi())
    return Interval::atLeast(1);
  Interval ends = Interval::exactly(digits(value.lo)).hull(Interval::exactly(digits(value.hi)));
  if (value.lo <= 0 && value.hi >= 0)
    ends.lo = 1;
  return ends;
}

/// What stands behind the colon of `{:>8.2f}` or behind the percent sign of `%8.2f`.
struct FieldFormat {
  int64_t width = 0;
  int64_t precision = -1;
  char type = 0;
  bool padsWithBlanks = true; ///< not so `{:02d}`
};

FieldFormat parseFormat(llvm::StringRef spec) {
  FieldFormat format;
  auto isAlignment = [](char c) { return llvm::StringRef("<>=^").contains(c); };
  if (spec.size() >= 2 && isAlignment(spec[1])) {
    format.padsWithBlanks = spec.front() == ' ';
    spec = spec.drop_front(2);
  }
  llvm::StringRef unflagged = spec.ltrim("<>=^+- #0");
  format.padsWithBlanks &= !spec.drop_back(unflagged.size()).contains('0');
  spec = unflagged;
  if (!spec.consumeInteger(10, format.width))
    format.width = std::clamp<int64_t>(format.width, 0, kMaxWidth);
  spec.consume_front(",");
  if (spec.consume_front(".") && !spec.consumeInteger(10, format.precision))
    format.precision = std::clamp<int64_t>(format.precision, 0, kMaxWidth);
  spec = spec.ltrim("lh");
  if (!spec.empty())
    format.type = spec.front();
  return format;
}

class Measurer {
public:
  explicit Measurer(const SemanticModel &model) : model_(model) {}

  LabelText measure(SyntaxNode expression, unsigned depth);

private:
  LabelText measureFString(SyntaxNode string, unsigned depth);
  LabelText measureCall(SyntaxNode call, unsigned depth);
  std::optional<LabelText> measureReturns(FunctionId function, unsigned depth);
  LabelText measureFormat(llvm::StringRef pattern, SyntaxNode call, unsigned depth);
  LabelText measurePercent(llvm::StringRef pattern, SyntaxNode values, unsigned depth);
  LabelText measureName(SyntaxNode name, unsigned depth);
  LabelText measureValue(SyntaxNode value, unsigned depth);
  LabelText measureField(SyntaxNode value, llvm::StringRef spec, unsigned depth);

  bool leadsBack(SyntaxNode value, unsigned depth) const;

  const SemanticModel &model_;
  llvm::SmallVector<SymbolId, 4> active_; ///< names whose values are being measured
  unsigned steps_ = 0;
};

LabelText Measurer::measure(SyntaxNode expression, unsigned depth) {
  while (expression.kind() == NodeKind::ParenthesizedExpression)
    expression = expression.firstChild();
  if (depth > kMaxDepth || ++steps_ > kMaxSteps || !expression)
    return unknownText("the text's length is not known");
  if (std::optional<std::string> text = model_.stringOf(expression))
    return literalText(*text);
  switch (expression.kind()) {
  case NodeKind::String:
    return measureFString(expression, depth);
  case NodeKind::ConcatenatedString: {
    LabelText text;
    for (SyntaxNode part : expression.children())
      append(text, measure(part, depth + 1));
    return text;
  }
  case NodeKind::BinaryOperator: {
    SyntaxNode left = expression.child(Field::Left);
    SyntaxNode right = expression.child(Field::Right);
    llvm::StringRef op = expression.child(Field::Operator).text();
    if (op == "+") {
      LabelText text = measure(left, depth + 1);
      append(text, measure(right, depth + 1));
      return text;
    }
    if (std::optional<std::string> pattern = op == "%" ? model_.stringOf(left) : std::nullopt)
      return measurePercent(*pattern, right, depth);
    break;
  }
  case NodeKind::ConditionalExpression: {
    SyntaxNode yes = expression.firstChild();
    return eitherOf(measure(yes, depth + 1), measure(yes.nextSibling().nextSibling(), depth + 1));
  }
  case NodeKind::Call:
    return measureCall(expression, depth);
  case NodeKind::Identifier:
  case NodeKind::Attribute:
    return measureName(expression, depth);
  default:
    break;
  }
  LabelText text =
      unknownText(("the length of `" + expression.text().take_front(40) + "` is not known").str());
  text.characters = model_.lengthOf(expression).clampedBelow(0);
  return text;
}

LabelText Measurer::measureFString(SyntaxNode string, unsigned depth) {
  LabelText text;
  for (SyntaxNode part : string.children()) {
    if (part.kind() == NodeKind::StringContent) {
      // An escape is one character, a joined line none; of doubled braces one is drawn.
      std::string content = part.text().str();
      llvm::SmallVector<SyntaxNode, 4> pieces(part.children());
      for (SyntaxNode escape : llvm::reverse(pieces)) {
        if (escape.kind() != NodeKind::EscapeSequence)
          continue;
        llvm::StringRef spelling = escape.text();
        bool isContinuation = spelling.ends_with("\n") || spelling.ends_with("\r");
        const char *meaning = isContinuation ? "" : spelling == "\\n" ? "\n" : "x";
        content.replace(escape.range().begin - part.range().begin, spelling.size(), meaning);
      }
      LabelText literal = literalText(content);
      size_t doubled = llvm::StringRef(content).count("{{") + llvm::StringRef(content).count("}}");
      literal.characters = literal.characters - Interval::exactly(static_cast<int64_t>(doubled));
      append(text, literal.characters.lo < 0 ? LabelText() : literal);
    } else if (part.kind() == NodeKind::Interpolation) {
      llvm::StringRef spec = part.child(Field::FormatSpecifier).text();
      spec.consume_front(":");
      append(text, measureField(part.child(Field::Expression), spec, depth));
    }
  }
  return text;
}

LabelText Measurer::measureCall(SyntaxNode call, unsigned depth) {
  SyntaxNode callee = call.child(Field::Function);
  CallArguments arguments(call);
  if (callee.kind() == NodeKind::Attribute && callee.child(Field::Attribute).text() == "format")
    if (auto pattern = model_.stringOf(callee.child(Field::Object)))
      return measureFormat(*pattern, call, depth);
  if (callee.text() == "str" && arguments.positionalCount() == 1)
    return measureValue(arguments.get(0), depth + 1);
  if (FunctionId function = model_.calleeFunction(call); function != kNoId)
    if (std::optional<LabelText> returned = measureReturns(function, depth))
      return *returned;
  LabelText text =
      unknownText(("the length of `" + callee.text().take_front(40) + "(…)` is not known").str());
  text.characters = model_.lengthOf(call).clampedBelow(0);
  return text;
}

/// Any of the texts that a function of the program returns; nothing where it returns none, or
/// gives more than a text.
std::optional<LabelText> Measurer::measureReturns(FunctionId function, unsigned depth) {
  const Function &callee = model_.function(function);
  if (callee.isAsync || callee.isGenerator || callee.isOpaque)
    return std::nullopt;
  std::optional<LabelText> text;
  for (SyntaxNode value : model_.returnedBy(function)) {
    if (!value)
      return std::nullopt;
    LabelText returned = measure(value, depth + 1);
    text = text ? eitherOf(*text, returned) : returned;
  }
  return text;
}

/// `"{}: {:>5}".format(a, b)`
LabelText Measurer::measureFormat(llvm::StringRef pattern, SyntaxNode call, unsigned depth) {
  CallArguments arguments(call);
  LabelText text;
  unsigned next = 0;
  while (!pattern.empty()) {
    size_t plain = std::min(pattern.find_first_of("{}"), pattern.size());
    append(text, literalText(pattern.take_front(plain)));
    pattern = pattern.drop_front(plain);
    if (pattern.consume_front("{{") || pattern.consume_front("}}")) {
      append(text, literalText("{"));
      continue;
    }
    if (pattern.empty())
      break;
    auto [field, rest] = pattern.drop_front().split('}');
    pattern = rest;
    auto [name, spec] = field.split(':');
    SyntaxNode value;
    unsigned position = 0;
    if (name.empty())
      value = arguments.get(next++);
    else if (!name.getAsInteger(10, position))
      value = arguments.get(position);
    else if (llvm::all_of(name, [](char c) { return llvm::isAlnum(c) || c == '_'; }))
      value = arguments.get(~0U, name);
    append(text, measureField(value, spec, depth));
  }
  return text;
}

/// `"%d: %5s" % (a, b)`
LabelText Measurer::measurePercent(llvm::StringRef pattern, SyntaxNode values, unsigned depth) {
  while (values.kind() == NodeKind::ParenthesizedExpression)
    values = values.firstChild();
  SyntaxNode value = values.kind() == NodeKind::Tuple ? values.firstChild() : values;
  LabelText text;
  while (!pattern.empty()) {
    auto [plain, rest] = pattern.split('%');
    append(text, literalText(plain));
    bool hasField = plain.size() < pattern.size();
    pattern = rest;
    if (!hasField)
      break;
    if (pattern.consume_front("%")) {
      append(text, literalText("%"));
      continue;
    }
    size_t end = pattern.find_if([](char c) { return llvm::isAlpha(c) && c != 'l' && c != 'h'; });
    if (end == llvm::StringRef::npos)
      break;
    append(text, measureField(value, pattern.take_front(end + 1), depth));
    value = value.nextSibling();
    pattern = pattern.drop_front(end + 1);
  }
  return text;
}

/// Whether a value is that of a name which is being measured, perhaps by way of other names.
bool Measurer::leadsBack(SyntaxNode value, unsigned depth) const {
  SymbolId symbol = value.kind() == NodeKind::Identifier ? model_.symbolOf(value) : kNoId;
  if (symbol == kNoId || depth > kMaxDepth)
    return false;
  if (llvm::is_contained(active_, symbol))
    return true;
  llvm::ArrayRef<BindingId> bindings = model_.symbol(symbol).bindings;
  return bindings.size() == 1 && model_.binding(bindings.front()).kind == BindingKind::Assignment &&
         leadsBack(model_.binding(bindings.front()).value, depth + 1);
}

/// A name may have held any of the texts that it is bound to; `+=` only makes it longer.
LabelText Measurer::measureName(SyntaxNode name, unsigned depth) {
  LabelText unknown =
      unknownText(("the length of `" + name.text().take_front(40) + "` is not known").str());
  unknown.characters = model_.lengthOf(name).clampedBelow(0);
  SymbolId symbol = model_.symbolOf(name);
  if (symbol == kNoId || model_.symbol(symbol).bindings.size() > 8)
    return unknown;
  std::optional<LabelText> text;
  bool grows = false;
  active_.push_back(symbol);
  auto leave = llvm::make_scope_exit([this] { active_.pop_back(); });
  for (BindingId id : model_.symbol(symbol).bindings) {
    const Binding &binding = model_.binding(id);
    grows |= binding.kind == BindingKind::AugmentedAssignment;
    if (binding.kind == BindingKind::AugmentedAssignment)
      continue;
    if (binding.kind != BindingKind::Assignment || !binding.value)
      return unknown;
    if (binding.value.kind() == NodeKind::NoneLiteral)
      continue;
    if (leadsBack(binding.value, depth))
      continue; // what the name had before
    LabelText part = measure(binding.value, depth + 1);
    text = text ? eitherOf(*text, part) : part;
  }
  if (!text)
    return unknown;
  if (grows) {
    text->characters.hi = Interval::kNoHi;
    text->isFixed = false;
    text->reason = unknown.reason;
  }
  return *text;
}

/// The text that `str(value)` gives.
LabelText Measurer::measureValue(SyntaxNode value, unsigned depth) {
  llvm::StringRef type = model_.typeOf(value).name;
  if (type == "str")
    return measure(value, depth + 1);
  LabelText text = unknownText(
      ("how long `" + value.text().take_front(40) + "` is in print is not known").str());
  if (type == "int")
    text.characters = digitsOf(model_.intervalOf(value));
  else if (type == "float")
    text.characters = Interval::atLeast(3);
  else if (type == "bool")
    text.characters = {4, 5};
  text.isFixed = text.characters.isExact();
  if (text.characters.hasHi())
    text.reason.clear();
  return text;
}

LabelText Measurer::measureField(SyntaxNode value, llvm::StringRef spec, unsigned depth) {
  bool isNested = spec.contains('{');
  FieldFormat format = isNested ? FieldFormat() : parseFormat(spec);
  LabelText text = value ? measureValue(value, depth + 1) : unknownText("a field is not known");
  Interval &length = text.characters;
  switch (format.type) {
  case 'd':
    length = value ? digitsOf(model_.intervalOf(value)) : Interval::atLeast(1);
    break;
  case 'f':
  case 'F':
    length = Interval::atLeast(format.precision < 0    ? 8
                               : format.precision == 0 ? 1
                                                       : format.precision + 2);
    break;
  case 'e':
  case 'g':
  case 'x':
  case 'X':
    length = Interval::atLeast(1);
    break;
  default:
    // `{:.10}` cuts a text off.
    if (format.precision >= 0 && model_.typeOf(value).name != "float") {
      length = {std::min(length.lo, format.precision), format.precision};
      text.blanks = length.lo;
    }
    break;
  }
  if (format.padsWithBlanks)
    text.blanks += std::max<int64_t>(0, format.width - length.lo);
  length = length.clampedBelow(format.width);
  text.isFixed = format.width > 0 || length.isExact();
  return text;
}

} // namespace

LabelText measureText(const SemanticModel &model, SyntaxNode expression) {
  return Measurer(model).measure(expression, 0);
}

} // namespace fraglint
// NOLINTEND(misc-no-recursion)
