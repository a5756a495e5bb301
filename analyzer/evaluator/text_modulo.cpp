/// `text % values`. After MicroPython's str_modulo_format (py/objstr.c).

#include "evaluator/text_format.h"

#include <functional>

namespace fraglint {

namespace {

constexpr int64_t kFirstRoom = 16;

class ModuloFormatter {
public:
  ModuloFormatter(Machine &m, const TextOperand &text, Value right)
      : m_(m), text_(text.bytes), isBytes_(text.type == TextType::Bytes), out_(m, kFirstRoom) {
    if (const auto *tuple = m.heap().get<TupleObject>(right))
      arguments_ = tuple->items;
    else
      arguments_ = {right};
    if (m.heap().get<DictObject>(right))
      dict_ = right;
  }

  std::optional<Value> run() {
    llvm::StringRef rest = text_;
    while (!rest.empty()) {
      char c = rest.front();
      rest = rest.drop_front();
      if (c != '%' || rest.consume_front("%")) {
        out_.append(llvm::StringRef(&c, 1));
        continue;
      }
      if (!field(rest))
        return std::nullopt;
    }
    if (dict_.isUnbound() && next_ != arguments_.size())
      return m_.raise("TypeError", "format string didn't convert all arguments");
    return isBytes_ ? m_.bytesFrom(out_.run, out_.content) : m_.strFrom(out_.run, out_.content);
  }

private:
  bool fail(llvm::StringRef type, llvm::StringRef message) {
    m_.raise(type, message);
    return false;
  }
  bool take(Value &value) {
    if (next_ >= arguments_.size())
      return fail("TypeError", "format string needs more arguments");
    value = arguments_[next_++];
    return true;
  }
  bool takeNumber(int &number) {
    Value value;
    if (!take(value))
      return false;
    std::optional<int64_t> given = requireInt(m_, value);
    number = static_cast<int>(given.value_or(0));
    return given.has_value();
  }
  bool lookUp(llvm::StringRef &rest, Value &value);
  bool readLayout(llvm::StringRef &rest, FieldLayout &layout, bool &isAlternate);
  bool field(llvm::StringRef &rest);
  bool print(char type, Value value, FieldLayout layout, bool isAlternate);
  bool printText(char type, Value value, FieldLayout layout);
  bool printLetter(Value value, FieldLayout layout);

  TextSink sink() { return put_; }

  Machine &m_;
  std::string text_;
  bool isBytes_;
  std::vector<Value> arguments_;
  Value dict_;
  size_t next_ = 0;
  size_t position_ = 0; ///< of the letter that ends the field
  GrowingRun out_;
  std::function<void(const Content &)> put_ = [this](const Content &piece) { out_.append(piece); };
};

bool ModuloFormatter::lookUp(llvm::StringRef &rest, Value &value) {
  if (dict_.isUnbound())
    return fail("TypeError", "format needs a dict");
  next_ = 1;
  size_t end = rest.find(')');
  if (end == llvm::StringRef::npos)
    return fail("ValueError", "incomplete format key");
  Value key = m_.name(rest.take_front(end));
  rest = rest.drop_front(end + 1);
  std::optional<Value> found = m_.loadSubscript(dict_, key);
  value = found.value_or(Value());
  return found.has_value();
}

bool ModuloFormatter::readLayout(llvm::StringRef &rest, FieldLayout &layout, bool &isAlternate) {
  for (; !rest.empty(); rest = rest.drop_front()) {
    char c = rest.front();
    if (c == '-')
      layout.isLeft = true;
    else if (c == '+')
      layout.showsSign = true;
    else if (c == ' ')
      layout.spacesSign = true;
    else if (c == '#')
      isAlternate = true;
    else if (c == '0')
      layout.padsAfterSign = true;
    else
      break;
  }
  layout.fill = layout.padsAfterSign ? '0' : ' ';
  layout.width = 0;
  if (rest.consume_front("*")) {
    if (!takeNumber(layout.width))
      return false;
  } else {
    layout.width = takeDigits(rest).value_or(0);
  }
  if (rest.consume_front(".") && !rest.empty()) {
    if (rest.consume_front("*"))
      return takeNumber(layout.precision);
    layout.precision = takeDigits(rest).value_or(0);
  }
  return true;
}

bool ModuloFormatter::field(llvm::StringRef &rest) {
  if (rest.empty())
    return fail("ValueError", "incomplete format");
  Value value;
  if (rest.consume_front("(") && !lookUp(rest, value))
    return false;
  FieldLayout layout;
  bool isAlternate = false;
  if (!readLayout(rest, layout, isAlternate))
    return false;
  if (rest.empty())
    return fail("ValueError", "incomplete format");
  if (value.isUnbound() && !take(value))
    return false;
  char type = rest.front();
  position_ = text_.size() - rest.size();
  rest = rest.drop_front();
  return print(type, value, layout, isAlternate);
}

bool ModuloFormatter::printLetter(Value value, FieldLayout layout) {
  layout.fill = ' ';
  std::optional<TextOperand> text = textOperand(m_, value);
  if (text && text->isStr()) {
    if (text->length != Interval::exactly(1) && text->isKnown)
      return fail("TypeError", "%c needs int or char");
    printPadded(text->isKnown ? contentOf(*text) : Content::ofLength(Interval::exactly(1)), layout,
                sink());
    return true;
  }
  FieldKind kind = fieldKindOf(m_, value);
  if (isUnknownNumber(m_, value)) {
    printPadded(Content::ofLength({1, 4}), layout, sink());
    return true;
  }
  if (kind != FieldKind::Integer)
    return fail("TypeError", "integer needed");
  return printChar(m_, value, layout, sink());
}

bool ModuloFormatter::printText(char type, Value value, FieldLayout layout) {
  GrowingRun own(m_, kFirstRoom);
  PrintKind kind = type == 'r' ? PrintKind::Repr : PrintKind::Str;
  if (type == 's' && isBytes_ && m_.heap().get<BytesObject>(value))
    kind = PrintKind::Raw;
  if (!printTo(m_, value, kind, [&](const Content &piece) { own.append(piece); }))
    return false;
  Content content = own.content;
  if (layout.precision >= 0 && content.length.hi > layout.precision)
    content = content.isKnown
                  ? Content::of(content.bytes.substr(0, static_cast<size_t>(layout.precision)))
                  : Content::ofLength(minimum(content.length, Interval::exactly(layout.precision)));
  layout.fill = ' ';
  printPadded(content, layout, sink());
  own.discard();
  return true;
}

bool ModuloFormatter::print(char type, Value value, FieldLayout layout, bool isAlternate) {
  FieldKind kind = fieldKindOf(m_, value);
  auto putInteger = [&](unsigned base, char letter) {
    if (kind == FieldKind::Other || (kind == FieldKind::Float && base != 10)) {
      std::optional<int64_t> number = requireInt(m_, value);
      if (!number)
        return false;
      value = m_.integer(*number);
      kind = FieldKind::Integer;
    }
    if (isUnknownNumber(m_, value)) {
      DigitRoom room(m_, value, base, layout);
      sink()(Content::ofLength(fieldLength(m_, value, base, layout)));
      return true;
    }
    if (kind == FieldKind::Float) {
      std::optional<Value> whole = m_.call(m_.nativeType("int"), {value});
      if (!whole)
        return false;
      value = *whole;
    }
    printInteger(m_, value, base, letter, layout, sink());
    return true;
  };
  switch (type) {
  case 'c':
    return printLetter(value, layout);
  case 'd':
  case 'i':
  case 'u':
    return putInteger(10, 'a');
  case 'e':
  case 'E':
  case 'f':
  case 'F':
  case 'g':
  case 'G': {
    if (isUnknownNumber(m_, value) && kind != FieldKind::Other) {
      sink()(Content::ofLength(floatFieldLength(type, layout)));
      return true;
    }
    std::optional<double> number = requireFloat(m_, value);
    if (number)
      printFloat(m_, *number, type, layout, sink());
    return number.has_value();
  }
  case 'o':
    layout.showsPrefix = layout.showsOctalLetter = isAlternate;
    return putInteger(8, 'a');
  case 'r':
  case 's':
    return printText(type, value, layout);
  case 'x':
  case 'X':
    layout.showsPrefix = isAlternate;
    return putInteger(16, type == 'x' ? 'a' : 'A');
  default:
    m_.raise("ValueError", "unsupported format character '" +
                               llvm::Twine(llvm::StringRef(&type, 1)) + "' (0x" +
                               llvm::Twine::utohexstr(static_cast<unsigned char>(type)) +
                               ") at index " + llvm::Twine(position_));
    return false;
  }
}

} // namespace

std::optional<Value> moduloText(Machine &m, const TextOperand &text, Value right) {
  const auto *abstract = m.heap().get<AbstractObject>(right);
  if (!text.isKnown || (abstract && (abstract->type.empty() || abstract->type == "tuple")))
    return unknownAtUnknownCost(m, "str", "what is formatted is not known");
  return ModuloFormatter(m, text, right).run();
}

} // namespace fraglint
