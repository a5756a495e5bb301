/// Methods that take texts apart and put them together. After MicroPython's py/objstr.c.

#include "evaluator/containers.h"
#include "evaluator/operations.h"
#include "evaluator/text_data.h"
#include "evaluator/text_methods.h"

namespace fraglint::text_methods {

namespace {

using Result = std::optional<Value>;

/// The list that pieces are added to, each made a text of its own first.
class Pieces {
public:
  Pieces(Machine &m, TextType type) : list(newList(m, 0)), m_(m), type_(type) {}
  void add(llvm::StringRef piece) {
    appendToList(m_, list, newText(m_, type_, Content::of(piece.str())));
  }
  Value list;

private:
  Machine &m_;
  TextType type_;
};

std::optional<TextOperand> selfOf(Machine &m, const NativeCall &call) {
  std::optional<TextOperand> self;
  if (!call.arguments.empty())
    self = textOperand(m, call.arguments[0]);
  if (!self)
    m.raise("TypeError", "argument has wrong type");
  return self;
}

void splitAtSpace(Pieces &pieces, llvm::StringRef text, int64_t most) {
  text = text.drop_while(isSpaceChar);
  while (!text.empty() && most != 0) {
    llvm::StringRef piece = text.take_until(isSpaceChar);
    pieces.add(piece);
    text = text.drop_front(piece.size());
    if (text.empty())
      break;
    text = text.drop_while(isSpaceChar);
    if (most > 0)
      --most;
  }
  if (!text.empty())
    pieces.add(text);
}

void splitAt(Pieces &pieces, llvm::StringRef text, llvm::StringRef separator, int64_t most) {
  while (true) {
    size_t end = most == 0 ? llvm::StringRef::npos : text.find(separator);
    pieces.add(text.take_front(end));
    // A separator at the very end is followed by an empty piece.
    if (end == llvm::StringRef::npos)
      return;
    text = text.drop_front(end + separator.size());
    if (most > 0)
      --most;
  }
}

Result partitionFrom(Machine &m, const NativeCall &call, bool isForward) {
  if (!hasArguments(m, call, 2, 2))
    return std::nullopt;
  std::optional<TextOperand> self = selfOf(m, call);
  if (!self)
    return std::nullopt;
  std::optional<TextOperand> separator = textOperand(m, call.arguments[1]);
  if (!self->isKnown || (separator && !separator->isKnown)) {
    Value parts[3];
    for (Value &part : parts)
      part = newTextMaybe(m, self->type, {0, self->length.hi});
    return m.tuple(parts);
  }
  if (!separator || !isSameFamily(separator->type, self->type))
    return badConversion(m, call.arguments[1]);
  if (separator->bytes.empty())
    return m.raise("ValueError", "empty separator");
  llvm::StringRef text = self->bytes;
  llvm::StringRef between = separator->bytes;
  Value empty = emptyText(m, self->type);
  Value parts[] = {isForward ? self->value : empty, empty, isForward ? empty : self->value};
  Value middle = separator->value;
  if (separator->type != self->type)
    middle = newText(m, self->type, Content::of(between.str()));
  size_t at = isForward ? text.find(between) : text.rfind(between);
  if (at != llvm::StringRef::npos) {
    parts[0] = newText(m, self->type, Content::of(text.take_front(at).str()));
    parts[1] = middle;
    parts[2] = newText(m, self->type, Content::of(text.drop_front(at + between.size()).str()));
  }
  return m.tuple(parts);
}

/// A list of pieces of a text of which only the length is known, at least `least` bytes of which
/// lie between two of them.
Value unknownPieces(Machine &m, const TextOperand &self, Interval between, int64_t most,
                    int64_t fewest) {
  Interval count{fewest, Interval::kNoHi};
  if (self.length.hasHi())
    count.hi = self.length.hi / std::max<int64_t>(between.lo, 1) + 1;
  if (most >= 0)
    count.hi = std::min(count.hi, most + 1);
  Value piece = newTextMaybe(m, self.type, {0, self.length.hi});
  return makeGrownList(m, count, piece);
}

/// The length of a joined list of which only bounds are known.
Result joinUnknown(Machine &m, const TextOperand &self, const ListObject &list) {
  Interval item = Interval::atLeast(0);
  if (std::optional<TextOperand> element = textOperand(m, list.element))
    item = element->length;
  Interval between = (list.length - Interval::exactly(1)).clampedBelow(0) * self.length;
  Content content = Content::ofLength(list.length.clampedBelow(0) * item + between);
  Run buffer = m.heap().request(withNull(content.length));
  return textFrom(m, self.type, buffer, content);
}

} // namespace

Result split(Machine &m, const NativeCall &call) {
  if (!hasArguments(m, call, 1, 3))
    return std::nullopt;
  std::optional<TextOperand> self = selfOf(m, call);
  if (!self)
    return std::nullopt;
  Value separator = call.arguments.size() > 1 ? call.arguments[1] : Value::none();
  int64_t most = -1;
  if (call.arguments.size() > 2) {
    std::optional<int64_t> given = requireInt(m, call.arguments[2]);
    if (!given)
      return std::nullopt;
    most = *given;
  }
  std::optional<TextOperand> between = textOperand(m, separator);
  if (!self->isKnown || (between && !between->isKnown))
    return unknownPieces(m, *self, between ? between->length : Interval::exactly(1), most,
                         between ? 1 : 0);
  Pieces pieces(m, self->type);
  if (separator.isNone()) {
    splitAtSpace(pieces, self->bytes, most);
    return pieces.list;
  }
  if (!between || !isSameFamily(between->type, self->type))
    return badConversion(m, separator);
  if (between->bytes.empty())
    return m.raise("ValueError", "empty separator");
  splitAt(pieces, self->bytes, between->bytes, most);
  return pieces.list;
}

Result rsplit(Machine &m, const NativeCall &call) {
  if (!hasArguments(m, call, 1, 3))
    return std::nullopt;
  if (call.arguments.size() < 3)
    return split(m, call);
  std::optional<TextOperand> self = selfOf(m, call);
  std::optional<int64_t> most = self ? requireInt(m, call.arguments[2]) : std::nullopt;
  if (!most)
    return std::nullopt;
  if (*most < 0)
    return split(m, call);
  std::optional<TextOperand> between = textOperand(m, call.arguments[1]);
  if (!self->isKnown || (between && !between->isKnown)) {
    m.heap().discard(m.words(*most + 1));
    return unknownPieces(m, *self, between ? between->length : Interval::exactly(1), *most, 1);
  }
  // Room for all pieces at once; they are made from the end on.
  Value list = newList(m, *most + 1);
  if (call.arguments[1].isNone())
    return m.raise("NotImplementedError", "rsplit(None,n)");
  if (!between)
    return badConversion(m, call.arguments[1]);
  if (between->bytes.empty())
    return m.raise("ValueError", "empty separator");
  std::vector<Value> items;
  llvm::StringRef text = self->bytes;
  for (int64_t left = *most;; --left) {
    size_t at = left == 0 ? llvm::StringRef::npos : text.rfind(between->bytes);
    if (at == llvm::StringRef::npos)
      break;
    llvm::StringRef piece = text.drop_front(at + between->bytes.size());
    items.push_back(newText(m, self->type, Content::of(piece.str())));
    text = text.take_front(at);
  }
  items.push_back(newText(m, self->type, Content::of(text.str())));
  auto *result = m.heap().change<ListObject>(list);
  result->items.assign(items.rbegin(), items.rend());
  result->length = Interval::exactly(static_cast<int64_t>(items.size()));
  return list;
}

Result splitlines(Machine &m, const NativeCall &call) {
  NativeCall positional{call.arguments, {}};
  if (!hasArguments(m, positional, 1, 2))
    return std::nullopt;
  std::optional<TextOperand> self = selfOf(m, call);
  if (!self)
    return std::nullopt;
  Value given = call.argument(1, "keepends");
  std::optional<bool> keeps = given.isUnbound() ? false : m.truth(given);
  if (!keeps)
    return std::nullopt;
  if (!self->isKnown)
    return unknownPieces(m, *self, Interval::exactly(1), -1, 0);
  Pieces pieces(m, self->type);
  for (llvm::StringRef text = self->bytes; !text.empty();) {
    size_t end = text.find_first_of("\r\n");
    size_t ending = end == llvm::StringRef::npos               ? 0
                    : text.drop_front(end).starts_with("\r\n") ? 2
                                                               : 1;
    size_t size = std::min(end, text.size());
    pieces.add(text.take_front(*keeps ? size + ending : size));
    text = text.drop_front(size + ending);
  }
  return pieces.list;
}

Result partition(Machine &m, const NativeCall &call) { return partitionFrom(m, call, true); }
Result rpartition(Machine &m, const NativeCall &call) { return partitionFrom(m, call, false); }

Result join(Machine &m, const NativeCall &call) {
  if (!hasArguments(m, call, 2, 2))
    return std::nullopt;
  std::optional<TextOperand> self = selfOf(m, call);
  if (!self)
    return std::nullopt;
  Value given = m.settled(call.arguments[1]);
  if (const auto *abstract = m.heap().get<AbstractObject>(given)) {
    if (!abstract->isPlainData)
      return unknownAtUnknownCost(m, "str", "what is joined is not known");
    given = m.dataAsList(given);
  }
  const auto *tuple = m.heap().get<TupleObject>(given);
  if (!m.heap().get<ListObject>(given) && !(tuple && !tuple->type)) {
    Result list = m.call(m.nativeType("list"), {given});
    if (!list)
      return std::nullopt;
    given = *list;
    tuple = nullptr;
    if (m.isAbstract(given))
      return unknownAtUnknownCost(m, "str", "what is joined is not known");
  }
  const auto *list = m.heap().get<ListObject>(given);
  if (list && !list->isKnown)
    return joinUnknown(m, *self, *list);
  llvm::ArrayRef<Value> items = tuple ? tuple->items : list->items;
  Content joined;
  for (size_t i = 0; i < items.size(); ++i) {
    std::optional<TextOperand> item = textOperand(m, items[i]);
    if (!item && m.isAbstract(items[i]))
      item = TextOperand{items[i], self->type, false, {}, Interval::atLeast(0)};
    if (!item || !isSameFamily(item->type, self->type))
      return m.raise("TypeError",
                     "join expects a list of str/bytes objects consistent with self object");
    if (i > 0)
      addTo(joined, contentOf(*self));
    addTo(joined, contentOf(*item));
  }
  Run buffer = m.heap().request(withNull(joined.length));
  return textFrom(m, self->type, buffer, joined);
}

} // namespace fraglint::text_methods
