/// Operators of str and bytes, and texts that grow. After MicroPython's py/objstr.c,
/// objstrunicode.c and vstr.c.

#include "evaluator/containers.h"
#include "evaluator/operations.h"
#include "evaluator/text_data.h"
#include "evaluator/text_format.h"

namespace fraglint {

namespace {

/// Rule V of heap-facts: the room for so many bytes once a text has outgrown what it had.
int64_t grownRoom(int64_t needed) {
  return needed >= Interval::kNoHi - 64 ? Interval::kNoHi : ((needed + 16) / 8 * 8) + 8;
}

bool isText(const std::optional<TextOperand> &operand) {
  return operand && operand->type != TextType::ByteArray;
}

std::string repeated(llvm::StringRef text, int64_t count) {
  std::string result;
  for (int64_t i = 0; i < count; ++i)
    result += text;
  return result;
}

std::optional<Value> multiply(Machine &m, const TextOperand &text, Value factor) {
  std::optional<int64_t> count = m.intOf(factor);
  Interval times = Interval::exactly(count.value_or(0));
  if (!count) {
    const auto *abstract = m.heap().get<AbstractObject>(factor);
    if (!abstract || (abstract->type != "int" && abstract->type != "bool"))
      return Value();
    times = abstract->number.clampedBelow(0);
  }
  if (times.hi <= 0)
    return emptyText(m, text.type);
  Interval length = m.contractedLength(text.length * times);
  Content content = Content::ofLength(length);
  if (text.isKnown && count && length.hi <= kMostContent)
    content = Content::of(repeated(text.bytes, *count));
  Run buffer = m.heap().request(withNull(length));
  if (!m.profile().isCircuitPython())
    return textFrom(m, text.type, buffer, content);
  return newText(m, text.type, content); // a copy; the buffer is garbage
}

std::optional<Value> add(Machine &m, const TextOperand &left, const TextOperand &right) {
  if (left.isKnown && left.bytes.empty() && left.type == right.type)
    return right.value;
  if (right.isKnown && right.bytes.empty())
    return left.value;
  Content sum = contentOf(left);
  addTo(sum, contentOf(right));
  Run buffer = m.heap().request(withNull(sum.length));
  return textFrom(m, left.type, buffer, sum);
}

/// The right operand of bytes: whatever has a buffer. `data` holds its bytes where need be.
std::optional<TextOperand> bufferOperand(Machine &m, Value value, Content &data) {
  if (std::optional<TextOperand> operand = textOperand(m, value))
    return operand;
  std::optional<Content> content = bufferContent(m, value);
  if (!content)
    return std::nullopt;
  data = std::move(*content);
  return TextOperand{value, TextType::ByteArray, data.isKnown, data.bytes, data.length};
}

bool holds(CompareOperator op, int order) {
  switch (op) {
  case CompareOperator::Less:
    return order < 0;
  case CompareOperator::LessEqual:
    return order <= 0;
  case CompareOperator::Greater:
    return order > 0;
  case CompareOperator::GreaterEqual:
    return order >= 0;
  case CompareOperator::NotEqual:
    return order != 0;
  default:
    return order == 0;
  }
}

std::optional<Value> contains(Machine &m, CompareOperator op, Value needle,
                              const TextOperand &text) {
  auto answer = [&](bool isIn) { return Value::boolean(isIn == (op == CompareOperator::In)); };
  Content data;
  std::optional<TextOperand> part =
      text.isStr() ? textOperand(m, needle) : bufferOperand(m, needle, data);
  if (!part || (text.isStr() && !part->isStr())) {
    std::optional<int64_t> byte = m.intOf(needle);
    if (text.isStr() && !m.isAbstract(needle))
      return badConversion(m, needle);
    if (byte && text.isKnown)
      return answer(*byte >= 0 && *byte < 256 && text.bytes.contains(static_cast<char>(*byte)));
    if (!m.isAbstract(needle) && !byte)
      return answer(false);
    return m.abstract("bool", "what is looked for is not known");
  }
  if (part->isKnown && part->bytes.empty())
    return answer(true);
  if (part->length.lo > text.length.hi)
    return answer(false);
  if (!part->isKnown || !text.isKnown)
    return m.abstract("bool", "the text is not known");
  return answer(text.bytes.contains(part->bytes));
}

/// How long a slice of `length` items is where its bounds are known.
int64_t sliceLength(int64_t length, std::optional<int64_t> start, std::optional<int64_t> stop) {
  auto place = [&](int64_t index) {
    return index < 0 ? std::max<int64_t>(length + index, 0) : std::min(index, length);
  };
  return std::max<int64_t>(place(stop.value_or(length)) - place(start.value_or(0)), 0);
}

Interval sliceLengths(Interval length, std::optional<int64_t> start, std::optional<int64_t> stop) {
  constexpr int64_t kFar = int64_t(1) << 40;
  int64_t most = std::min(length.hi, kFar);
  for (std::optional<int64_t> *index : {&start, &stop})
    if (*index)
      **index = std::clamp(**index, -kFar, kFar);
  int64_t first = std::abs(start.value_or(0));
  int64_t last = std::abs(stop.value_or(0));
  Interval result = Interval::exactly(sliceLength(length.lo, start, stop));
  for (int64_t at : {most, first, last, first + last})
    if (at >= length.lo && at <= most)
      result = result.hull(Interval::exactly(sliceLength(at, start, stop)));
  if (result.hi > kFar / 2)
    result.hi = Interval::kNoHi;
  return result;
}

std::optional<Value> loadUnknownSlice(Machine &m, const TextOperand &text,
                                      const SliceObject &slice) {
  std::optional<int64_t> start = m.intOf(slice.start);
  std::optional<int64_t> stop = m.intOf(slice.stop);
  bool isKnown = (start || slice.start.isNone()) && (stop || slice.stop.isNone());
  Interval length = isKnown ? sliceLengths(text.length, start, stop) : Interval{0, text.length.hi};
  if (length == Interval::exactly(0))
    return text.isStr() ? m.name("") : newText(m, text.type, Content());
  return newText(m, text.type, Content::ofLength(length));
}

std::optional<Value> loadSlice(Machine &m, const TextOperand &text, const SliceObject &slice) {
  if (m.isAbstract(slice.step))
    return unknownAtUnknownCost(m, "", "the step of a slice is not known");
  bool hasStep = !slice.step.isNone() && m.intOf(slice.step) != 1;
  if (hasStep)
    return m.raise("NotImplementedError", "only slices with step=1 (aka None) are supported");
  if (!text.isKnown || m.isAbstract(slice.start) || m.isAbstract(slice.stop))
    return loadUnknownSlice(m, text, slice);
  size_t bounds[] = {0, text.bytes.size()};
  for (size_t i = 0; i < 2; ++i) {
    Value given = i == 0 ? slice.start : slice.stop;
    if (given.isNone())
      continue;
    std::optional<int64_t> index = m.intOf(given);
    if (!index)
      return m.raise("TypeError", "string indices must be integers, not " + m.typeName(given));
    bounds[i] = boundOffset(text.bytes, text.isStr(), *index);
  }
  std::string part = text.bytes.slice(bounds[0], std::max(bounds[0], bounds[1])).str();
  return newText(m, text.type, Content::of(part));
}

} // namespace

GrowingRun::GrowingRun(Machine &m, int64_t room)
    : run(m.heap().request(std::max<int64_t>(room, 1))), m_(m),
      room_(Interval::exactly(std::max<int64_t>(room, 1))) {}

void GrowingRun::append(const Content &text) {
  Interval needed = content.length + text.length;
  if (needed.hi > room_.lo) {
    Interval grown{grownRoom(needed.lo), grownRoom(needed.hi)};
    if (needed.lo <= room_.hi) // may fit
      grown = {std::min(grown.lo, room_.lo), std::max(grown.hi, room_.hi)};
    m_.heap().resize(run, grown);
    room_ = grown;
  }
  addTo(content, text);
}

void GrowingRun::terminate() {
  if (!content.length.isExact() || content.length != room_)
    return;
  room_ = room_ + Interval::exactly(1);
  m_.heap().resize(run, room_);
}

void GrowingRun::discard() { m_.heap().release(run); }

std::optional<Value> binaryText(Machine &m, BinaryOperator op, Value left, Value right) {
  std::optional<TextOperand> text = textOperand(m, left);
  if (op == BinaryOperator::Multiply) {
    if (isText(text))
      return multiply(m, *text, right);
    text = textOperand(m, right);
    return isText(text) ? multiply(m, *text, left) : Value();
  }
  if (!isText(text))
    return Value();
  if (op == BinaryOperator::Modulo)
    return moduloText(m, *text, right);
  if (op != BinaryOperator::Add)
    return Value();
  Content data;
  std::optional<TextOperand> other =
      text->isStr() ? textOperand(m, right) : bufferOperand(m, right, data);
  if (other && (!text->isStr() || other->isStr()))
    return add(m, *text, *other);
  const auto *abstract = m.heap().get<AbstractObject>(right);
  if (abstract && abstract->type.empty())
    return add(m, *text, {right, text->type, false, {}, abstract->length.clampedBelow(0)});
  return Value();
}

std::optional<Value> compareText(Machine &m, CompareOperator op, Value left, Value right) {
  if (op == CompareOperator::In || op == CompareOperator::NotIn) {
    std::optional<TextOperand> text = textOperand(m, right);
    return isText(text) ? contains(m, op, left, *text) : Value();
  }
  if (op == CompareOperator::Is || op == CompareOperator::IsNot)
    return Value();
  bool isEquality = op == CompareOperator::Equal || op == CompareOperator::NotEqual;
  std::optional<TextOperand> text = textOperand(m, left);
  if (!isText(text))
    return Value();
  Content data;
  std::optional<TextOperand> other =
      text->isStr() ? textOperand(m, right) : bufferOperand(m, right, data);
  // Of bytes and str only the order is compared.
  bool isOfOne = other && (other->isStr() == text->isStr() || (!isEquality && !text->isStr()));
  if (!isOfOne) {
    if (m.isAbstract(right) && m.heap().get<AbstractObject>(right)->type.empty())
      return m.abstract("bool", "what is compared is not known");
    return isEquality ? Value::boolean(op == CompareOperator::NotEqual) : Value();
  }
  if (isEquality && left == right)
    return Value::boolean(op == CompareOperator::Equal);
  if (isEquality && (text->length.lo > other->length.hi || text->length.hi < other->length.lo))
    return Value::boolean(op == CompareOperator::NotEqual);
  if (!text->isKnown || !other->isKnown)
    return m.abstract("bool", "the text is not known");
  return Value::boolean(holds(op, text->bytes.compare(other->bytes)));
}

std::optional<Value> loadTextItem(Machine &m, Value base, Value index) {
  std::optional<TextOperand> text = textOperand(m, base);
  if (!isText(text))
    return Value();
  if (const auto *slice = m.heap().get<SliceObject>(index))
    return loadSlice(m, *text, *slice);
  bool isStr = text->isStr();
  if (!text->isKnown || m.isAbstract(index)) {
    constexpr llvm::StringLiteral kReason = "which character it is, is not known";
    mayBeOutside(m, base, index);
    if (!isStr)
      return m.abstractInt({0, 255}, kReason);
    m.noteCharacter();
    return abstractText(m, TextType::Str, Interval::exactly(1), kReason);
  }
  std::optional<int64_t> position = m.intOf(index);
  if (!position)
    return m.raise("TypeError", (isStr ? "string" : "bytes") +
                                    llvm::Twine(" indices must be integers, not ") +
                                    m.typeName(index));
  auto size = static_cast<int64_t>(text->bytes.size());
  if (!isStr) {
    int64_t place = *position < 0 ? *position + size : *position;
    if (place < 0 || place >= size)
      return m.raise("IndexError", "bytes index out of range");
    return Value::integer(static_cast<unsigned char>(text->bytes[static_cast<size_t>(place)]));
  }
  std::optional<size_t> offset = charOffset(text->bytes, *position);
  if (!offset)
    return m.raise("IndexError", "string index out of range");
  return m.name(charAt(text->bytes, *offset).str());
}

} // namespace fraglint
