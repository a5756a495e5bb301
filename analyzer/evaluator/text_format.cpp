/// `str.format` and f-strings. After MicroPython's mp_obj_str_format_helper (py/objstr.c): the
/// result grows byte by byte between fields; a field without a specification is made a str of its
/// own first, and the specification of one that has it is a text of its own.

#include "evaluator/text_format.h"
#include "evaluator/objects.h"

#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

constexpr int64_t kFirstRoom = 16;
constexpr unsigned kMostNesting = 8;

bool isAlignment(char c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

class Formatter {
public:
  Formatter(Machine &m, llvm::ArrayRef<Value> arguments,
            llvm::ArrayRef<std::pair<llvm::StringRef, Value>> keywords)
      : m_(m), arguments_(arguments), keywords_(keywords) {}

  /// False where something was raised.
  bool format(llvm::StringRef text, GrowingRun &out);
  bool formatValue(Value value, char conversion, std::optional<llvm::StringRef> spec,
                   TextSink sink);

private:
  struct Field {
    llvm::StringRef name;
    char conversion = 0;
    std::optional<llvm::StringRef> spec;
  };

  bool fail(llvm::StringRef message) {
    m_.raise("ValueError", message);
    return false;
  }
  /// Takes a field off the front, its closing brace too.
  bool readField(llvm::StringRef &text, Field &field);
  std::optional<Value> argumentOf(llvm::StringRef name);
  /// `spec` after its fields are filled in.
  bool readSpec(llvm::StringRef spec, Value value, FieldLayout &layout, char &type, char &align);
  bool printNumber(Value value, FieldKind kind, char type, FieldLayout layout, TextSink sink);
  bool printOther(Value value, char type, char align, FieldLayout layout, TextSink sink);
  bool failCode(char type, Value value) {
    m_.raise("ValueError", "unknown format code '" + llvm::Twine(llvm::StringRef(&type, 1)) +
                               "' for object of type '" + m_.typeName(value) + "'");
    return false;
  }

  Machine &m_;
  llvm::ArrayRef<Value> arguments_;
  llvm::ArrayRef<std::pair<llvm::StringRef, Value>> keywords_;
  int next_ = 0; ///< of fields without names; -1 once one had a number
  unsigned nesting_ = 0;
};

bool Formatter::format(llvm::StringRef text, GrowingRun &out) {
  while (!text.empty()) {
    char c = text.front();
    text = text.drop_front();
    if (c == '}') {
      if (!text.consume_front("}"))
        return fail("single '}' encountered in format string");
      out.append("}");
      continue;
    }
    if (c != '{' || text.consume_front("{")) {
      out.append(llvm::StringRef(&c, 1));
      continue;
    }
    Field field;
    if (!readField(text, field))
      return false;
    std::optional<Value> value = argumentOf(field.name);
    if (!value || !formatValue(*value, field.conversion, field.spec,
                               [&](const Content &piece) { out.append(piece); }))
      return false;
  }
  return true;
}

bool Formatter::readField(llvm::StringRef &text, Field &field) {
  field.name = text.take_until([](char c) { return c == '}' || c == '!' || c == ':'; });
  text = text.drop_front(field.name.size());
  if (text.consume_front("!")) {
    if (text.empty())
      return fail("end of format while looking for conversion specifier");
    field.conversion = text.front();
    if (field.conversion != 'r' && field.conversion != 's')
      return fail("unknown conversion specifier " + std::string(1, field.conversion));
    text = text.drop_front();
  }
  if (text.consume_front(":") && !text.starts_with("}")) {
    size_t end = 0;
    for (int nest = 1; end < text.size(); ++end) {
      if (text[end] == '{')
        ++nest;
      else if (text[end] == '}' && --nest == 0)
        break;
    }
    field.spec = text.take_front(end);
    text = text.drop_front(end);
  }
  if (text.empty())
    return fail("unmatched '{' in format");
  if (!text.consume_front("}"))
    return fail("expected ':' after format specifier");
  return true;
}

std::optional<Value> Formatter::argumentOf(llvm::StringRef name) {
  auto at = [&](int index) -> std::optional<Value> {
    if (static_cast<size_t>(index) < arguments_.size())
      return arguments_[static_cast<size_t>(index)];
    return m_.raise("IndexError", "tuple index out of range");
  };
  if (name.empty()) {
    if (next_ < 0)
      return m_.raise("ValueError", "can't switch from manual field specification to automatic "
                                    "field numbering");
    std::optional<Value> value = at(next_);
    ++next_;
    return value;
  }
  std::optional<Value> value;
  if (isDigitChar(name.front())) {
    if (next_ > 0)
      return m_.raise("ValueError", "can't switch from automatic field numbering to manual field "
                                    "specification");
    value = at(takeDigits(name).value_or(0));
    next_ = -1;
  } else {
    llvm::StringRef keyword = name.take_until([](char c) { return c == '.' || c == '['; });
    name = name.drop_front(keyword.size());
    Value key = m_.name(keyword);
    for (const auto &[given, argument] : keywords_)
      if (given == keyword)
        value = argument;
    if (!value)
      return raiseWith(m_, "KeyError", key);
  }
  if (value && !name.empty())
    return m_.raise("NotImplementedError", "attributes not supported");
  return value;
}

bool Formatter::readSpec(llvm::StringRef spec, Value value, FieldLayout &layout, char &type,
                         char &align) {
  FieldKind kind = fieldKindOf(m_, value);
  bool isNumber = kind == FieldKind::Integer || kind == FieldKind::Float;
  layout.fill = 0;
  if (!spec.empty() && isAlignment(spec[0])) {
    align = spec[0];
    spec = spec.drop_front();
  } else if (spec.size() > 1 && isAlignment(spec[1])) {
    layout.fill = spec[0];
    align = spec[1];
    spec = spec.drop_front(2);
  }
  if (spec.consume_front("+"))
    layout.showsSign = true;
  else if (spec.consume_front(" "))
    layout.spacesSign = true;
  else
    spec.consume_front("-");
  layout.showsPrefix = spec.consume_front("#");
  if (spec.starts_with("0")) {
    if (!align && isNumber)
      align = '=';
    if (!layout.fill)
      layout.fill = '0';
  }
  layout.width = takeDigits(spec).value_or(layout.width);
  if (spec.starts_with(",") || (m_.profile().traits.formatsUnderscores && spec.starts_with("_"))) {
    layout.separator = spec[0];
    spec = spec.drop_front();
  }
  if (spec.consume_front("."))
    layout.precision = takeDigits(spec).value_or(layout.precision);
  if (!spec.empty() && llvm::StringRef("bcdeEfFgGnosxX%").contains(spec[0])) {
    type = spec[0];
    spec = spec.drop_front();
  }
  return spec.empty() || fail("invalid format specifier");
}

bool Formatter::printNumber(Value value, FieldKind kind, char type, FieldLayout layout,
                            TextSink sink) {
  bool isUnknown = isUnknownNumber(m_, value);
  auto putInteger = [&](unsigned base, char letter) {
    if (!isUnknown) {
      printInteger(m_, value, base, letter, layout, sink);
      return true;
    }
    DigitRoom room(m_, value, base, layout);
    sink(Content::ofLength(fieldLength(m_, value, base, layout)));
    return true;
  };
  if (kind == FieldKind::Integer) {
    switch (type) {
    case 'b':
      return putInteger(2, 'a');
    case 'c':
      if (isUnknown) {
        sink(Content::ofLength({std::max(layout.width, 1), std::max(layout.width, 4)}));
        return true;
      }
      return printChar(m_, value, layout, sink);
    case 0:
    case 'n':
    case 'd':
      return putInteger(10, 'a');
    case 'o':
      layout.showsOctalLetter = layout.showsPrefix;
      return putInteger(8, 'a');
    case 'x':
      return putInteger(16, 'a');
    case 'X':
      return putInteger(16, 'A');
    default:
      break;
    }
  }
  if (!type || type == 'n')
    type = 'g';
  if (!llvm::StringRef("eEfFgG%").contains(type))
    return failCode(type, value);
  layout.addsPercent = type == '%';
  char format = type == '%' ? 'f' : type;
  if (isUnknown) {
    sink(Content::ofLength(floatFieldLength(format, layout)));
    return true;
  }
  double number = m_.numberOf(value).value_or(0);
  printFloat(m_, type == '%' ? m_.rounded(number * 100) : number, format, layout, sink);
  return true;
}

bool Formatter::printOther(Value value, char type, char align, FieldLayout layout, TextSink sink) {
  if (align == '=')
    return fail("'=' alignment not allowed in string format specifier");
  if (type && type != 's')
    return failCode(type, value);
  std::optional<TextOperand> text = textOperand(m_, value);
  if (!text || text->type == TextType::ByteArray) {
    badConversion(m_, value);
    return false;
  }
  Content content = contentOf(*text);
  if (layout.precision >= 0 && content.length.hi > layout.precision) {
    Interval most = Interval::exactly(layout.precision);
    content = content.isKnown
                  ? Content::of(content.bytes.substr(0, static_cast<size_t>(layout.precision)))
                  : Content::ofLength(minimum(content.length, most));
  }
  printPadded(content, layout, sink);
  return true;
}

bool Formatter::formatValue(Value value, char conversion, std::optional<llvm::StringRef> spec,
                            TextSink sink) {
  if (!spec && !conversion)
    conversion = 's';
  if (conversion) {
    GrowingRun own(m_, kFirstRoom);
    if (!printTo(m_, value, conversion == 's' ? PrintKind::Str : PrintKind::Repr,
                 [&](const Content &piece) { own.append(piece); }))
      return false;
    value = m_.strFrom(own.run, own.content);
  }
  FieldLayout layout;
  layout.fill = 0;
  char type = 0;
  char align = 0;
  FieldKind kind = fieldKindOf(m_, value);
  if (spec) {
    if (++nesting_ > kMostNesting) {
      m_.raise("RuntimeError", "maximum recursion depth exceeded");
      return false;
    }
    GrowingRun filled(m_, kFirstRoom);
    if (!format(*spec, filled))
      return false;
    --nesting_;
    filled.terminate();
    bool isKnown = filled.content.isKnown;
    std::string filledSpec = filled.content.bytes;
    if (isKnown && !readSpec(filledSpec, value, layout, type, align))
      return false;
    filled.discard();
    if (!isKnown || kind == FieldKind::Unknown) {
      bool hasWidth = layout.width > 0;
      if (isKnown && kind == FieldKind::Unknown && llvm::StringRef("bcdnoxX").contains(type) &&
          type)
        return printNumber(value, FieldKind::Integer, type, layout, sink);
      if (isKnown && kind == FieldKind::Unknown && llvm::StringRef("eEfFgG%").contains(type) &&
          type)
        return printNumber(value, FieldKind::Float, type, layout, sink);
      sink(Content::ofLength(Interval::atLeast(hasWidth ? layout.width : 0)));
      return true;
    }
  }
  bool isNumber = kind == FieldKind::Integer || kind == FieldKind::Float;
  if (!align)
    align = isNumber ? '>' : '<';
  if (!layout.fill)
    layout.fill = ' ';
  if (layout.showsSign || layout.spacesSign) {
    if (type == 's')
      return fail("sign not allowed in string format specifier");
    if (type == 'c')
      return fail("sign not allowed with integer format specifier 'c'");
  }
  layout.isLeft = align == '<';
  layout.padsAfterSign = align == '=';
  layout.isCentred = align == '^';
  return isNumber ? printNumber(value, kind, type, layout, sink)
                  : printOther(value, type, align, layout, sink);
}

} // namespace

std::optional<Content> formatField(Machine &m, Value value, char conversion, llvm::StringRef spec) {
  Content content;
  Formatter formatter(m, {}, {});
  if (!formatter.formatValue(value, conversion, spec.empty() ? std::nullopt : std::optional(spec),
                             [&](const Content &piece) { addTo(content, piece); }))
    return std::nullopt;
  return content;
}

std::optional<Value> formatAs(Machine &m, TextType type, llvm::StringRef format,
                              llvm::ArrayRef<Value> arguments,
                              llvm::ArrayRef<std::pair<llvm::StringRef, Value>> keywords) {
  GrowingRun out(m, kFirstRoom);
  if (!Formatter(m, arguments, keywords).format(format, out))
    return std::nullopt;
  return textFrom(m, type, out.run, out.content);
}

std::optional<Value> formatText(Machine &m, llvm::StringRef format, llvm::ArrayRef<Value> arguments,
                                llvm::ArrayRef<std::pair<llvm::StringRef, Value>> keywords) {
  return formatAs(m, TextType::Str, format, arguments, keywords);
}

} // namespace fraglint
