/// Methods that look at a text or change its characters. After MicroPython's py/objstr.c.

#include "evaluator/text_methods.h"

#include "evaluator/text_data.h"
#include "evaluator/text_format.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint::text_methods {

namespace {

using Result = std::optional<Value>;

/// The object of a method; nothing, and TypeError, where it is no text or the arguments are not as
/// many.
std::optional<TextOperand> selfOf(Machine &m, const NativeCall &call, size_t least, size_t most) {
  if (!hasArguments(m, call, least + 1, most + 1))
    return std::nullopt;
  std::optional<TextOperand> self = textOperand(m, call.arguments[0]);
  if (!self)
    m.raise("TypeError", "argument has wrong type");
  return self;
}

/// An argument that has to be of the object's family.
std::optional<TextOperand> sameFamily(Machine &m, const TextOperand &self, Value value) {
  std::optional<TextOperand> operand = textOperand(m, value);
  if (operand && isSameFamily(operand->type, self.type))
    return operand;
  const auto *abstract = m.heap().get<AbstractObject>(value);
  if (abstract && abstract->type.empty())
    return TextOperand{value, self.type, false, {}, abstract->length.clampedBelow(0)};
  badConversion(m, value);
  return std::nullopt;
}

Result changeCase(Machine &m, const NativeCall &call, bool toUpper) {
  std::optional<TextOperand> self = selfOf(m, call, 0, 0);
  if (!self)
    return std::nullopt;
  Content content = contentOf(*self);
  for (char &c : content.bytes)
    if (toUpper ? isLowerChar(c) : isUpperChar(c))
      c = static_cast<char>(c ^ 0x20);
  Run buffer = m.heap().request(withNull(content.length));
  return textFrom(m, self->type, buffer, content);
}

enum class Side : uint8_t { Both, Left, Right };

Result stripSide(Machine &m, const NativeCall &call, Side side) {
  std::optional<TextOperand> self = selfOf(m, call, 0, 1);
  if (!self)
    return std::nullopt;
  llvm::StringRef removed = " \t\n\r\v\f";
  bool isKnown = self->isKnown;
  if (call.arguments.size() > 1) {
    std::optional<TextOperand> given = sameFamily(m, *self, call.arguments[1]);
    if (!given)
      return std::nullopt;
    removed = given->bytes;
    isKnown = isKnown && given->isKnown;
  }
  if (!isKnown) // or the text itself
    return newTextMaybe(m, self->type, {0, self->length.hi});
  llvm::StringRef rest = self->bytes;
  if (side != Side::Right)
    rest = rest.ltrim(removed);
  if (side != Side::Left)
    rest = rest.rtrim(removed);
  if (rest.empty())
    return emptyText(m, self->type);
  if (rest.size() == self->bytes.size())
    return self->value;
  return newText(m, self->type, Content::of(rest.str()));
}

/// The part of `self` between the bounds that are given from `first` on: offset and text. Nothing
/// where a bound is no int (raised); `isKnown` is cleared where one is not known.
std::optional<std::pair<size_t, size_t>> boundsOf(Machine &m, const NativeCall &call, size_t first,
                                                  const TextOperand &self, bool &isKnown) {
  size_t bounds[] = {0, self.bytes.size()};
  for (size_t i = 0; i < 2 && first + i < call.arguments.size(); ++i) {
    Value given = call.arguments[first + i];
    if (given.isNone())
      continue;
    if (m.isAbstract(given)) {
      isKnown = false;
      continue;
    }
    std::optional<int64_t> index = m.intOf(given);
    if (!index) {
      m.raise("TypeError", "string indices must be integers, not " + m.typeName(given));
      return std::nullopt;
    }
    bounds[i] = boundOffset(self.bytes, self.isStr(), *index);
  }
  return std::pair(bounds[0], bounds[1]);
}

Result finder(Machine &m, const NativeCall &call, bool isForward, bool raises) {
  std::optional<TextOperand> self = selfOf(m, call, 1, 3);
  if (!self)
    return std::nullopt;
  std::string one;
  TextOperand needle;
  bool takesBytes = !self->isStr() && !m.profile().isCircuitPython();
  std::optional<int64_t> byte = takesBytes ? m.intOf(call.arguments[1]) : std::nullopt;
  if (byte) {
    if (*byte < 0 || *byte > 255)
      return m.raise("ValueError", "bytes value out of range");
    one.push_back(static_cast<char>(*byte));
    needle = {call.arguments[1], self->type, true, one, Interval::exactly(1)};
  } else {
    std::optional<TextOperand> given = sameFamily(m, *self, call.arguments[1]);
    if (!given)
      return std::nullopt;
    needle = *given;
  }
  bool isKnown = self->isKnown && needle.isKnown;
  auto bounds = boundsOf(m, call, 2, *self, isKnown);
  if (!bounds)
    return std::nullopt;
  if (!isKnown) {
    if (raises)
      m.mayRaise("ValueError", "substring not found");
    return m.abstractInt({raises ? 0 : -1, self->length.hi}, "the text is not known");
  }
  auto [start, end] = *bounds;
  size_t found = llvm::StringRef::npos;
  if (end >= start) {
    llvm::StringRef part = self->bytes.slice(start, end);
    found = isForward ? part.find(needle.bytes) : part.rfind(needle.bytes);
  }
  if (found == llvm::StringRef::npos) {
    if (raises)
      return m.raise("ValueError", "substring not found");
    return Value::integer(-1);
  }
  found += start;
  return Value::integer(self->isStr() ? charCount(self->bytes.take_front(found))
                                      : static_cast<int64_t>(found));
}

Result startsOrEnds(Machine &m, const NativeCall &call, bool atEnd) {
  std::optional<TextOperand> self = selfOf(m, call, 1, 3);
  if (!self)
    return std::nullopt;
  bool isKnown = self->isKnown;
  auto bounds = boundsOf(m, call, 2, *self, isKnown);
  if (!bounds)
    return std::nullopt;
  llvm::StringRef part = self->bytes.slice(bounds->first, std::max(bounds->first, bounds->second));
  llvm::SmallVector<Value, 4> prefixes{call.arguments[1]};
  if (const auto *tuple = m.heap().get<TupleObject>(call.arguments[1]))
    prefixes.assign(tuple->items.begin(), tuple->items.end());
  for (Value prefix : prefixes) {
    std::optional<TextOperand> text = textOperand(m, prefix);
    if (!text && !m.isAbstract(prefix))
      return badConversion(m, prefix);
    if (text && text->length.lo > self->length.hi)
      continue;
    isKnown = isKnown && text && text->isKnown;
    if (isKnown && (atEnd ? part.ends_with(text->bytes) : part.starts_with(text->bytes)))
      return Value::boolean(true);
    if (!isKnown)
      return unknownTruth(m);
  }
  return Value::boolean(false);
}

Result areAll(Machine &m, const NativeCall &call, bool (*isOne)(char)) {
  std::optional<TextOperand> self = selfOf(m, call, 0, 0);
  if (!self)
    return std::nullopt;
  if (!self->isKnown)
    return unknownTruth(m);
  return Value::boolean(!self->bytes.empty() && llvm::all_of(self->bytes, isOne));
}

/// Whether all letters are of one case, and there is one.
Result areLetters(Machine &m, const NativeCall &call, bool (*isOne)(char)) {
  std::optional<TextOperand> self = selfOf(m, call, 0, 0);
  if (!self)
    return std::nullopt;
  if (!self->isKnown)
    return unknownTruth(m);
  auto isOther = [&](char c) { return isAlphaChar(c) && !isOne(c); };
  return Value::boolean(llvm::any_of(self->bytes, isAlphaChar) &&
                        llvm::none_of(self->bytes, isOther));
}

} // namespace

Result upper(Machine &m, const NativeCall &call) { return changeCase(m, call, true); }
Result lower(Machine &m, const NativeCall &call) { return changeCase(m, call, false); }
Result strip(Machine &m, const NativeCall &call) { return stripSide(m, call, Side::Both); }
Result lstrip(Machine &m, const NativeCall &call) { return stripSide(m, call, Side::Left); }
Result rstrip(Machine &m, const NativeCall &call) { return stripSide(m, call, Side::Right); }
Result find(Machine &m, const NativeCall &call) { return finder(m, call, true, false); }
Result rfind(Machine &m, const NativeCall &call) { return finder(m, call, false, false); }
Result index(Machine &m, const NativeCall &call) { return finder(m, call, true, true); }
Result rindex(Machine &m, const NativeCall &call) { return finder(m, call, false, true); }
Result startswith(Machine &m, const NativeCall &call) { return startsOrEnds(m, call, false); }
Result endswith(Machine &m, const NativeCall &call) { return startsOrEnds(m, call, true); }
Result isalpha(Machine &m, const NativeCall &call) { return areAll(m, call, isAlphaChar); }
Result isdigit(Machine &m, const NativeCall &call) { return areAll(m, call, isDigitChar); }
Result isspace(Machine &m, const NativeCall &call) { return areAll(m, call, isSpaceChar); }
Result isupper(Machine &m, const NativeCall &call) { return areLetters(m, call, isUpperChar); }
Result islower(Machine &m, const NativeCall &call) { return areLetters(m, call, isLowerChar); }

Result count(Machine &m, const NativeCall &call) {
  std::optional<TextOperand> self = selfOf(m, call, 1, 3);
  if (!self)
    return std::nullopt;
  std::optional<TextOperand> needle = sameFamily(m, *self, call.arguments[1]);
  if (!needle)
    return std::nullopt;
  bool isKnown = self->isKnown && needle->isKnown;
  auto bounds = boundsOf(m, call, 2, *self, isKnown);
  if (!bounds)
    return std::nullopt;
  if (!isKnown)
    return m.abstractInt({0, self->length.hi}, "the text is not known");
  llvm::StringRef part = self->bytes.slice(bounds->first, std::max(bounds->first, bounds->second));
  if (needle->bytes.empty())
    return Value::integer(charCount(part) + 1);
  int64_t found = 0;
  for (size_t at = 0; (at = part.find(needle->bytes, at)) != llvm::StringRef::npos;
       at += needle->bytes.size())
    ++found;
  return Value::integer(found);
}

Result center(Machine &m, const NativeCall &call) {
  std::optional<TextOperand> self = selfOf(m, call, 1, 1);
  if (!self)
    return std::nullopt;
  const auto *abstract = m.heap().get<AbstractObject>(call.arguments[1]);
  std::optional<int64_t> width = m.intOf(call.arguments[1]);
  if (!width && !abstract)
    return requireInt(m, call.arguments[1]).has_value() ? Result(self->value) : std::nullopt;
  if (!width || !self->isKnown) {
    Interval wanted = width ? Interval::exactly(*width) : abstract->number.clampedBelow(0);
    Content content = Content::ofLength(maximum(self->length, wanted));
    return textFrom(m, self->type, m.heap().request(withNull(content.length)), content);
  }
  int64_t size = self->isStr() && m.profile().traits.centersCharacters
                     ? charCount(self->bytes)
                     : static_cast<int64_t>(self->bytes.size());
  if (size >= *width)
    return self->value;
  int64_t padding = *width - size;
  Interval length = self->length + Interval::exactly(padding);
  Content content = Content::ofLength(length);
  if (length.hi <= kMostContent) {
    auto left = static_cast<size_t>(padding / 2);
    auto right = static_cast<size_t>(padding) - left;
    content = Content::of(std::string(left, ' ') + self->bytes.str() + std::string(right, ' '));
  }
  return textFrom(m, self->type, m.heap().request(withNull(length)), content);
}

Result replace(Machine &m, const NativeCall &call) {
  std::optional<TextOperand> self = selfOf(m, call, 2, 3);
  if (!self)
    return std::nullopt;
  int64_t most = -1;
  if (call.arguments.size() > 3) {
    std::optional<int64_t> given = requireInt(m, call.arguments[3]);
    if (!given)
      return std::nullopt;
    if (*given == 0)
      return self->value;
    most = std::max<int64_t>(*given, -1);
  }
  std::optional<TextOperand> from = sameFamily(m, *self, call.arguments[1]);
  std::optional<TextOperand> to = from ? sameFamily(m, *self, call.arguments[2]) : std::nullopt;
  if (!to)
    return std::nullopt;
  if (from->length.lo > self->length.hi)
    return self->value;
  if (!self->isKnown || !from->isKnown || !to->isKnown) {
    // As many as there may be become the longer ones.
    Interval length = self->length;
    Interval from1 = from->length.clampedBelow(1);
    if (to->length.lo < from1.hi)
      length.lo = 0;
    if (to->length.hi > from1.lo)
      length.hi = (length * to->length).hi;
    Content content = Content::ofLength(length);
    return textFrom(m, self->type, m.heap().request(withNull(length)), content);
  }
  std::string made;
  int64_t replaced = 0;
  llvm::StringRef rest = self->bytes;
  if (from->bytes.empty()) {
    made += to->bytes;
    ++replaced;
  }
  while (replaced != most && !rest.empty()) {
    size_t at = rest.find(from->bytes);
    if (at == llvm::StringRef::npos)
      break;
    if (from->bytes.empty())
      at = 1;
    made += rest.take_front(at);
    made += to->bytes;
    rest = rest.drop_front(at + from->bytes.size());
    ++replaced;
  }
  if (replaced == 0)
    return self->value;
  made += rest;
  Content content = Content::of(made);
  Run buffer = m.heap().request(withNull(content.length));
  return textFrom(m, self->type, buffer, content);
}

Result format(Machine &m, const NativeCall &call) {
  std::optional<TextOperand> self;
  if (!call.arguments.empty())
    self = textOperand(m, call.arguments[0]);
  if (!self)
    return m.raise("TypeError", "argument has wrong type");
  if (!self->isKnown)
    return unknownAtUnknownCost(m, "str", "the format is not known");
  std::string text = self->bytes.str();
  return formatAs(m, self->type, text, call.arguments.drop_front(), call.keywords);
}

} // namespace fraglint::text_methods
