/// Operands and results of the operations on texts.

#include "evaluator/text_data.h"

namespace fraglint {

namespace {

Interval lengthOf(const Content &content) { return content.length; }

TextOperand operandOf(Value value, TextType type, const Content &content) {
  return {value, type, content.isKnown, content.bytes, lengthOf(content)};
}

/// The items of an array as they lie in memory; floats are not told.
Content arrayContent(const Machine &m, const ArrayObject &array) {
  Interval length = array.length * Interval::exactly(array.itemBytes);
  Content content = Content::ofLength(length);
  if (!array.isKnown || array.typeCode == 'f' || array.typeCode == 'd')
    return content;
  std::string bytes;
  for (Value item : array.items) {
    std::optional<int64_t> number = m.intOf(item);
    if (!number)
      return content;
    for (unsigned i = 0; i < array.itemBytes; ++i)
      bytes.push_back(static_cast<char>(*number >> (8 * i)));
  }
  return Content::of(bytes);
}

Content viewContent(const Machine &m, const MemoryViewObject &view) {
  const auto *array = m.heap().get<ArrayObject>(view.base);
  int64_t itemBytes = array ? array->itemBytes : 1;
  Interval length = view.length * Interval::exactly(itemBytes);
  std::optional<Content> base = bufferContent(m, view.base);
  if (!base || !base->isKnown || !length.isExact() || !view.offset.isExact())
    return Content::ofLength(length);
  auto start = static_cast<size_t>(view.offset.lo * itemBytes);
  if (start > base->bytes.size())
    return Content::ofLength(length);
  return Content::of(base->bytes.substr(start, static_cast<size_t>(length.lo)));
}

uint32_t byteAt(llvm::StringRef text, size_t index) {
  return static_cast<unsigned char>(text[index]);
}

} // namespace

std::optional<TextOperand> textOperand(const Machine &m, Value value) {
  const ObjectHeap &heap = m.heap();
  if (const auto *text = heap.get<StrObject>(value))
    return operandOf(value, TextType::Str, text->content);
  if (const auto *bytes = heap.get<BytesObject>(value))
    return operandOf(value, TextType::Bytes, bytes->content);
  if (const auto *array = heap.get<ByteArrayObject>(value))
    return operandOf(value, TextType::ByteArray, array->content);
  const auto *abstract = heap.get<AbstractObject>(value);
  if (!abstract)
    return std::nullopt;
  TextOperand operand{value, TextType::Str, false, {}, abstract->length.clampedBelow(0)};
  if (abstract->type == "str")
    return operand;
  operand.type = abstract->type == "bytes" ? TextType::Bytes : TextType::ByteArray;
  if (abstract->type == "bytes" || abstract->type == "bytearray")
    return operand;
  return std::nullopt;
}

int64_t charCount(llvm::StringRef text) {
  return static_cast<int64_t>(llvm::count_if(text, [](char c) { return !isContinuation(c); }));
}

std::optional<size_t> charOffset(llvm::StringRef text, int64_t position) {
  int64_t count = charCount(text);
  if (position < 0)
    position += count;
  if (position < 0 || position >= count)
    return std::nullopt;
  size_t offset = 0;
  while (true) {
    while (offset < text.size() && isContinuation(text[offset]))
      ++offset;
    if (position-- == 0)
      return offset;
    ++offset;
  }
}

size_t boundOffset(llvm::StringRef text, bool isStr, int64_t position) {
  auto size = static_cast<int64_t>(text.size());
  int64_t count = isStr ? charCount(text) : size;
  if (position < 0)
    position = std::max<int64_t>(position + count, 0);
  if (position >= count)
    return text.size();
  return isStr ? charOffset(text, position).value_or(text.size()) : static_cast<size_t>(position);
}

llvm::StringRef charAt(llvm::StringRef text, size_t offset) {
  size_t end = offset + 1;
  while (end < text.size() && isContinuation(text[end]))
    ++end;
  return text.slice(offset, end);
}

std::string utf8(uint32_t character) {
  std::string text;
  auto add = [&](uint32_t byte) { text.push_back(static_cast<char>(byte)); };
  auto rest = [&](unsigned shift) { add(((character >> shift) & 0x3FU) | 0x80U); };
  if (character < 0x80) {
    add(character);
  } else if (character < 0x800) {
    add((character >> 6U) | 0xC0U);
    rest(0);
  } else if (character < 0x10000) {
    add((character >> 12U) | 0xE0U);
    rest(6);
    rest(0);
  } else {
    add((character >> 18U) | 0xF0U);
    rest(12);
    rest(6);
    rest(0);
  }
  return text;
}

uint32_t characterAt(llvm::StringRef text) {
  uint32_t character = byteAt(text, 0);
  if (character < 0x80)
    return character;
  character &= 0x7FU;
  for (uint32_t mask = 0x40; character & mask; mask >>= 1U)
    character &= ~mask;
  for (size_t i = 1; i < text.size() && isContinuation(text[i]); ++i)
    character = (character << 6U) | (byteAt(text, i) & 0x3FU);
  return character;
}

bool isEncoded(llvm::StringRef bytes, bool isAscii) {
  unsigned needed = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    uint32_t byte = byteAt(bytes, i);
    if (needed) {
      if (!isContinuation(bytes[i]))
        return false;
      --needed;
    } else if (!isAscii && byte >= 0xC0) {
      if (byte >= 0xF8)
        return false;
      needed = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    } else if (byte >= 0x80) {
      return false;
    }
  }
  return needed == 0;
}

bool isSpaceChar(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool isDigitChar(char c) { return c >= '0' && c <= '9'; }
bool isUpperChar(char c) { return c >= 'A' && c <= 'Z'; }
bool isLowerChar(char c) { return c >= 'a' && c <= 'z'; }
bool isAlphaChar(char c) { return isUpperChar(c) || isLowerChar(c); }

Content contentOf(const TextOperand &operand) {
  return operand.isKnown ? Content::of(operand.bytes.str()) : Content::ofLength(operand.length);
}

void addTo(Content &content, const Content &piece) {
  content.length = content.length + piece.length;
  if (content.isKnown && piece.isKnown && content.length.hi <= kMostContent) {
    content.bytes += piece.bytes;
    return;
  }
  content.isKnown = false;
  content.bytes.clear();
}

Interval withNull(Interval length) { return length.clampedBelow(0) + Interval::exactly(1); }

Value newText(Machine &m, TextType type, Content content) {
  switch (type) {
  case TextType::Str: {
    if (content.isKnown)
      return m.str(content.bytes);
    auto &text = m.heap().make<StrObject>();
    bool mayBeName = content.length.lo <= kLongestCommonName;
    text.header = m.heap().request(Interval{mayBeName ? 0 : m.words(4), m.words(4)});
    Interval bytes = withNull(content.length);
    text.data = m.heap().request({mayBeName ? 0 : bytes.lo, bytes.hi});
    text.content = std::move(content);
    return Value::object(text.id);
  }
  case TextType::Bytes: {
    if (content.isKnown)
      return m.bytes(content.bytes);
    auto &bytes = m.heap().make<BytesObject>();
    m.allocate(bytes, 4);
    bytes.data = m.heap().request(withNull(content.length));
    bytes.content = std::move(content);
    return Value::object(bytes.id);
  }
  case TextType::ByteArray: {
    auto &array = m.heap().make<ByteArrayObject>();
    m.allocate(array, 4);
    if (content.length != Interval::exactly(0))
      array.data = m.heap().request(content.length);
    array.allocated = content.length;
    array.content = std::move(content);
    return Value::object(array.id);
  }
  }
  llvm_unreachable("all types are handled");
}

Value newTextMaybe(Machine &m, TextType type, Interval length) {
  Value text = abstractText(m, type, length, "the text is not known");
  Run header = m.heap().request(Interval{0, m.words(4)});
  Run data = m.heap().request({0, withNull(length).hi});
  auto *changed = m.heap().change<AbstractObject>(text);
  changed->header = header;
  changed->data = data;
  return text;
}

Value textFrom(Machine &m, TextType type, Run buffer, Content content) {
  if (type == TextType::Str)
    return m.strFrom(buffer, std::move(content));
  if (type == TextType::Bytes)
    return m.bytesFrom(buffer, std::move(content));
  m.heap().resize(buffer, withNull(content.length));
  auto &array = m.heap().make<ByteArrayObject>();
  m.allocate(array, 4);
  array.data = buffer;
  array.allocated = content.length;
  array.content = std::move(content);
  return Value::object(array.id);
}

Value emptyText(Machine &m, TextType type) {
  if (type == TextType::Str)
    return m.name("");
  return Value::object(m.heap().make<BytesObject>().id);
}

Value abstractText(Machine &m, TextType type, Interval length, const llvm::Twine &reason) {
  constexpr llvm::StringLiteral kNames[] = {"str", "bytes", "bytearray"};
  Value value = m.abstract(kNames[static_cast<size_t>(type)], reason);
  if (auto *object = m.heap().change<AbstractObject>(value))
    object->length = length.clampedBelow(0);
  return value;
}

std::optional<Content> bufferContent(const Machine &m, Value value) {
  if (const auto *array = m.heap().get<ArrayObject>(value))
    return arrayContent(m, *array);
  if (const auto *view = m.heap().get<MemoryViewObject>(value))
    return viewContent(m, *view);
  if (std::optional<TextOperand> operand = textOperand(m, value))
    return contentOf(*operand);
  return std::nullopt;
}

Value unknownAtUnknownCost(Machine &m, llvm::StringRef type, const llvm::Twine &reason) {
  m.noteUnknownCost(reason);
  return m.abstract(type, reason);
}

bool hasArguments(Machine &m, const NativeCall &call, size_t least, size_t most) {
  size_t count = call.arguments.size();
  if (!call.keywords.empty())
    m.raise("TypeError", "function doesn't take keyword arguments");
  else if (least == most && count != least)
    m.raise("TypeError", "function takes " + llvm::Twine(least) + " positional arguments but " +
                             llvm::Twine(count) + " were given");
  else if (count < least)
    m.raise("TypeError",
            "function missing " + llvm::Twine(least - count) + " required positional arguments");
  else if (count > most)
    m.raise("TypeError", "function expected at most " + llvm::Twine(most) + " arguments, got " +
                             llvm::Twine(count));
  else
    return true;
  return false;
}

std::nullopt_t badConversion(Machine &m, Value value) {
  llvm::StringRef type = m.typeName(value);
  return m.raise("TypeError", "can't convert '" + type + "' object to " +
                                  (type == "str" ? "bytes" : "str") + " implicitly");
}

} // namespace fraglint
