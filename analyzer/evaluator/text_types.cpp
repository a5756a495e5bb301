/// `str(…)`, `bytes(…)`, from one to the other, and what makes texts of numbers. After
/// MicroPython's py/objstr.c and py/modbuiltins.c.

#include "evaluator/operations.h"
#include "evaluator/text_data.h"
#include "evaluator/text_format.h"
#include "evaluator/text_methods.h"

namespace fraglint::text_methods {

namespace {

using Result = std::optional<Value>;

constexpr int64_t kFirstRoom = 16;

/// The text of a value, which grows as it is printed.
Result printed(Machine &m, Value value, PrintKind kind) {
  GrowingRun text(m, kFirstRoom);
  if (!printTo(m, value, kind, [&](const Content &piece) { text.append(piece); }))
    return std::nullopt;
  return m.strFrom(text.run, text.content);
}

/// An encoding is made a name.
std::optional<bool> isAsciiEncoding(Machine &m, Value encoding) {
  std::optional<llvm::StringRef> text = m.textOf(encoding);
  if (!text) {
    badConversion(m, encoding);
    return std::nullopt;
  }
  std::string name = text->str();
  m.name(name);
  if (!m.profile().traits.knowsEncodings)
    return false;
  if (name == "utf-8" || name == "utf8")
    return false;
  if (name == "ascii")
    return true;
  m.raise("LookupError", "unknown encoding: " + name);
  return std::nullopt;
}

/// `errors='ignore'` and `'replace'`.
Result decodeInvalid(Machine &m, llvm::StringRef bytes, bool isAscii, bool replaces) {
  GrowingRun text(m, static_cast<int64_t>(bytes.size()));
  std::string replacement = replaces ? utf8(0xFFFD) : "";
  while (!bytes.empty()) {
    auto byte = static_cast<unsigned char>(bytes[0]);
    size_t size = 1;
    bool isWhole = byte < 0x80;
    if (!isAscii && byte >= 0xC0 && byte < 0xF8) {
      size_t wanted = byte < 0xE0 ? 2U : byte < 0xF0 ? 3U : 4U;
      while (size < wanted && size < bytes.size() && isContinuation(bytes[size]))
        ++size;
      isWhole = size == wanted;
    }
    text.append(isWhole ? bytes.take_front(size) : llvm::StringRef(replacement));
    bytes = bytes.drop_front(size);
  }
  return m.strFrom(text.run, text.content);
}

/// `str(data, encoding, errors)`: bytes lend their data, others are copied.
Result decoded(Machine &m, llvm::ArrayRef<Value> arguments, Value encoding) {
  Value source = arguments[0];
  std::optional<Content> content = bufferContent(m, source);
  if (!content) {
    if (m.isAbstract(source))
      return unknownAtUnknownCost(m, "str", "what is decoded is not known");
    return m.raise("TypeError", "object with buffer protocol required");
  }
  std::optional<bool> isAscii = isAsciiEncoding(m, encoding);
  if (!isAscii)
    return std::nullopt;
  if (content->isKnown && !isEncoded(content->bytes, *isAscii)) {
    std::optional<llvm::StringRef> errors;
    if (arguments.size() > 2)
      errors = m.textOf(arguments[2]);
    if (m.profile().traits.handlesDecodingErrors && errors &&
        (*errors == "ignore" || *errors == "replace"))
      return decodeInvalid(m, content->bytes, *isAscii, *errors == "replace");
    return m.raise("UnicodeError");
  }
  if (content->isKnown && m.isName(content->bytes))
    return m.name(content->bytes);
  if (!content->isKnown)
    m.mayRaise("UnicodeError");
  if (!m.heap().get<BytesObject>(source))
    return newText(m, TextType::Str, *content);
  auto &text = m.heap().make<StrObject>();
  m.allocate(text, 4);
  text.content = std::move(*content);
  text.sharedData = source.asObject();
  return Value::object(text.id);
}

Result encoded(Machine &m, llvm::ArrayRef<Value> arguments, Value encoding) {
  std::optional<TextOperand> text = textOperand(m, arguments[0]);
  std::optional<bool> isAscii = isAsciiEncoding(m, encoding);
  if (!isAscii)
    return std::nullopt;
  if (*isAscii && text->isKnown && !isEncoded(text->bytes, true))
    return m.raise("UnicodeError");
  auto &bytes = m.heap().make<BytesObject>();
  m.allocate(bytes, 4);
  bytes.content = contentOf(*text);
  if (m.heap().get<StrObject>(arguments[0]))
    bytes.sharedData = arguments[0].asObject();
  return Value::object(bytes.id);
}

/// How many items there are, where the object says so; Unbound where it does not.
Result lengthHint(Machine &m, Value value) {
  if (!value.isObject())
    return Value();
  switch (m.heap()[value.asObject()].kind) {
  case ObjectKind::List:
  case ObjectKind::Tuple:
  case ObjectKind::Dict:
  case ObjectKind::DictView:
  case ObjectKind::Set:
  case ObjectKind::Deque:
  case ObjectKind::Range:
    return m.length(value);
  case ObjectKind::Instance:
    if (m.findInClass(m.heap().get<InstanceObject>(value)->type, "__len__").value.isUnbound())
      return Value();
    return m.length(value);
  default:
    return Value();
  }
}

Result bytesOfItems(Machine &m, Value iterable) {
  if (m.isAbstract(iterable))
    return unknownAtUnknownCost(m, "bytes", "what the bytes are made of is not known");
  if (const auto *list = m.heap().get<ListObject>(iterable); list && !list->isKnown) {
    Content content = Content::ofLength(list->length.clampedBelow(0));
    return m.bytesFrom(m.heap().request(content.length.clampedBelow(1)), content);
  }
  Result hint = lengthHint(m, iterable);
  if (!hint)
    return std::nullopt;
  std::optional<int64_t> room = hint->isUnbound() ? kFirstRoom : m.intOf(*hint);
  GrowingRun data(m, room.value_or(kFirstRoom));
  bool isDone = m.forEach(iterable, /*isOnHeap=*/false, [&](Value item) {
    if (m.isAbstract(item)) {
      data.append(Content::ofLength(Interval::exactly(1)));
      return true;
    }
    std::optional<int64_t> byte = requireInt(m, item);
    if (!byte)
      return false;
    if (*byte < 0 || *byte > 255) {
      m.raise("ValueError", "bytes value out of range");
      return false;
    }
    auto c = static_cast<char>(*byte);
    data.append(llvm::StringRef(&c, 1));
    return true;
  });
  if (!isDone)
    return std::nullopt;
  return m.bytesFrom(data.run, data.content);
}

Result zeroBytes(Machine &m, Interval count) {
  count = m.contractedLength(count.clampedBelow(0));
  Run buffer = m.heap().request(withNull(count));
  bool isKnown = count.isExact() && count.hi <= kMostContent;
  return m.bytesFrom(buffer, isKnown ? Content::of(std::string(static_cast<size_t>(count.lo), '\0'))
                                     : Content::ofLength(count));
}

} // namespace

Result makeStr(Machine &m, const NativeCall &call) {
  if (!hasArguments(m, call, 0, 3))
    return std::nullopt;
  if (call.arguments.empty())
    return m.name("");
  if (call.arguments.size() == 1)
    return printed(m, call.arguments[0], PrintKind::Str);
  return decoded(m, call.arguments, call.arguments[1]);
}

Result repr(Machine &m, const NativeCall &call) {
  if (!hasArguments(m, call, 1, 1))
    return std::nullopt;
  return printed(m, call.arguments[0], PrintKind::Repr);
}

Result makeBytes(Machine &m, const NativeCall &call) {
  if (!hasArguments(m, call, 0, 3))
    return std::nullopt;
  if (call.arguments.empty())
    return emptyText(m, TextType::Bytes);
  Value source = call.arguments[0];
  if (m.heap().get<BytesObject>(source))
    return source;
  std::optional<TextOperand> text = textOperand(m, source);
  if (text && text->isStr()) {
    if (call.arguments.size() < 2)
      return m.raise("TypeError", "string argument without an encoding");
    return encoded(m, call.arguments, call.arguments[1]);
  }
  if (call.arguments.size() > 1)
    return m.raise("TypeError", "wrong number of arguments");
  if (source.isInt()) {
    if (source.asInt() < 0)
      return m.raise("ValueError");
    return zeroBytes(m, Interval::exactly(source.asInt()));
  }
  if (const auto *abstract = m.heap().get<AbstractObject>(source); abstract && !text) {
    if (abstract->type == "int")
      return zeroBytes(m, abstract->number);
    return unknownAtUnknownCost(m, "bytes", abstract->reason);
  }
  if (std::optional<Content> content = bufferContent(m, source))
    return newText(m, TextType::Bytes, *content);
  return bytesOfItems(m, source);
}

Result decode(Machine &m, const NativeCall &call) {
  if (!hasArguments(m, call, 1, 3))
    return std::nullopt;
  return decoded(m, call.arguments,
                 call.arguments.size() > 1 ? call.arguments[1] : m.name("utf-8"));
}

Result encode(Machine &m, const NativeCall &call) {
  if (!hasArguments(m, call, 1, 3))
    return std::nullopt;
  std::optional<TextOperand> text = textOperand(m, call.arguments[0]);
  if (!text || !text->isStr())
    return m.raise("TypeError", "argument has wrong type");
  return encoded(m, call.arguments,
                 call.arguments.size() > 1 ? call.arguments[1] : m.name("utf-8"));
}

Result hex(Machine &m, const NativeCall &call) {
  if (!hasArguments(m, call, 1, 2))
    return std::nullopt;
  std::optional<Content> content = bufferContent(m, call.arguments[0]);
  if (!content)
    return m.raise("TypeError", "object with buffer protocol required");
  if (content->length == Interval::exactly(0))
    return m.name("");
  std::optional<Content> separator;
  if (call.arguments.size() > 1)
    separator = bufferContent(m, call.arguments[1]);
  if (call.arguments.size() > 1 && (!separator || !separator->isKnown))
    return badConversion(m, call.arguments[1]);
  Content text = Content::ofLength(content->length * Interval::exactly(separator ? 3 : 2) -
                                   Interval::exactly(separator ? 1 : 0));
  if (content->isKnown) {
    std::string shown;
    for (char c : content->bytes) {
      constexpr llvm::StringLiteral kDigits = "0123456789abcdef";
      auto byte = static_cast<unsigned char>(c);
      if (separator && !shown.empty())
        shown += separator->bytes.empty() ? '\0' : separator->bytes[0];
      shown += kDigits[byte >> 4U];
      shown += kDigits[byte & 15U];
    }
    text = Content::of(shown);
  }
  Run buffer = m.heap().request(withNull(text.length));
  return m.strFrom(buffer, text);
}

Result fromhex(Machine &m, const NativeCall &call) {
  if (call.arguments.empty())
    return m.raise("TypeError", "function takes 2 positional arguments but 1 were given");
  std::optional<Content> content = bufferContent(m, call.arguments.back());
  if (!content || !content->isKnown)
    return content ? Result(unknownAtUnknownCost(m, "bytes", "the text is not known"))
                   : m.raise("TypeError", "object with buffer protocol required");
  Run buffer = m.heap().request(static_cast<int64_t>(content->bytes.size()) / 2 + 1);
  std::string data;
  llvm::StringRef rest = content->bytes;
  while (!rest.empty()) {
    if (isSpaceChar(rest[0])) {
      rest = rest.drop_front();
      continue;
    }
    unsigned byte = 0;
    if (rest.size() < 2 || rest.take_front(2).getAsInteger(16, byte))
      return m.raise("ValueError", "non-hex digit");
    data.push_back(static_cast<char>(byte));
    rest = rest.drop_front(2);
  }
  return m.bytesFrom(buffer, Content::of(data));
}

Result ord(Machine &m, const NativeCall &call) {
  if (!hasArguments(m, call, 1, 1))
    return std::nullopt;
  std::optional<TextOperand> text = textOperand(m, call.arguments[0]);
  if (m.isAbstract(call.arguments[0]) || (text && !text->isKnown))
    return m.abstractInt({0, text && !text->isStr() ? 255 : 0x10FFFF}, "the text is not known");
  if (!text || text->type == TextType::ByteArray)
    return badConversion(m, call.arguments[0]);
  int64_t count = text->isStr() ? charCount(text->bytes) : static_cast<int64_t>(text->bytes.size());
  if (count != 1)
    return m.raise("TypeError", "ord() expected a character, but string of length " +
                                    llvm::Twine(count) + " found");
  return Value::integer(text->isStr() ? static_cast<int64_t>(characterAt(text->bytes))
                                      : static_cast<unsigned char>(text->bytes[0]));
}

Result chr(Machine &m, const NativeCall &call) {
  if (!hasArguments(m, call, 1, 1))
    return std::nullopt;
  if (m.isAbstract(call.arguments[0])) {
    m.noteCharacter();
    return abstractText(m, TextType::Str, {1, 4}, "which character it is, is not known");
  }
  std::optional<int64_t> number = requireInt(m, call.arguments[0]);
  if (!number)
    return std::nullopt;
  if (*number < 0 || *number >= 0x110000)
    return m.raise("ValueError", "chr() arg not in range(0x110000)");
  return m.name(utf8(static_cast<uint32_t>(*number)));
}

namespace {

Result moduloOf(Machine &m, const NativeCall &call, llvm::StringRef pattern) {
  if (!hasArguments(m, call, 1, 1))
    return std::nullopt;
  return moduloText(m, {m.name(pattern), TextType::Str, true, pattern, Interval::exactly(3)},
                    call.arguments[0]);
}

} // namespace

Result hexOfInt(Machine &m, const NativeCall &call) { return moduloOf(m, call, "%#x"); }
Result octOfInt(Machine &m, const NativeCall &call) { return moduloOf(m, call, "%#o"); }

Result binOfInt(Machine &m, const NativeCall &call) {
  if (!hasArguments(m, call, 1, 1))
    return std::nullopt;
  return formatText(m, "{:#b}", call.arguments[0], {});
}

} // namespace fraglint::text_methods
