// The module struct: py/modstruct.c, and CircuitPython's own, which checks more.

#include "evaluator/buffers.h"
#include "evaluator/numbers.h"
#include "evaluator/packing.h"

#include "llvm/ADT/StringExtras.h"

namespace fraglint {

using llvm::StringRef;

namespace {

/// No board packs more at once.
constexpr int64_t kMostBytes = 1 << 20;

/// One code of a format with its count.
struct FormatItem {
  char code = 0;
  int64_t count = 1;
  ItemLayout layout; ///< not of `x` and `s`
};

struct Format {
  char order = '@';
  std::vector<FormatItem> items;
  int64_t bytes = 0;
  int64_t values = 0;
};

int64_t aligned(int64_t at, int64_t alignment) {
  return (at + alignment - 1) / alignment * alignment;
}

/// Nothing where a code is unknown (raised).
std::optional<Format> parseFormat(Machine &m, StringRef text) {
  Format format;
  if (!text.empty() && StringRef("!@=<>").contains(text.front())) {
    format.order = text.front() == '!' ? '>' : text.front();
    text = text.drop_front();
  }
  while (!text.empty()) {
    FormatItem item;
    if (llvm::isDigit(text.front()) && text.consumeInteger(10, item.count))
      break; // beyond any memory
    if (text.empty())
      break;
    item.code = text.front();
    text = text.drop_front();
    if (item.code == 'x') {
      format.bytes += item.count;
    } else if (item.code == 's') {
      format.bytes += item.count;
      ++format.values;
    } else {
      item.layout = itemLayout(m.profile(), format.order, item.code);
      if (item.layout.bytes == 0)
        return m.raise("ValueError", "bad typecode");
      format.values += item.count;
      if (item.count > 0)
        format.bytes = aligned(format.bytes, item.layout.alignment) +
                       std::min(item.count, kMostBytes) * item.layout.bytes;
    }
    format.items.push_back(item);
    if (format.bytes > kMostBytes)
      return m.raise("MemoryError", "memory allocation failed");
  }
  return format;
}

/// The format argument; nothing where it is not known, or wrong (raised).
std::optional<Format> formatOf(Machine &m, Value value) {
  if (auto text = m.textOf(value))
    return parseFormat(m, *text);
  if (auto data = m.dataOf(value))
    return parseFormat(m, *data);
  if (!m.isAbstract(value) && !m.heap().get<StrObject>(value))
    m.raise("TypeError", "can't convert '" + m.typeName(value) + "' object to str implicitly");
  return std::nullopt;
}

bool isRaised(const Machine &m) { return !m.raised().isUnbound(); }

std::optional<Value> calculateSize(Machine &m, const NativeCall &call) {
  auto format = formatOf(m, call.argument(0));
  if (format)
    return Value::integer(format->bytes);
  if (isRaised(m))
    return std::nullopt;
  return m.abstractInt(Interval::atLeast(0), "a format that is not known");
}

/// What stands at `offset` of the packed bytes; `isKnown` is cleared where a value is not.
bool packInto(Machine &m, const Format &format, llvm::ArrayRef<Value> values, std::string &bytes,
              bool &isKnown) {
  if (m.profile().isCircuitPython() && static_cast<int64_t>(values.size()) != format.values) {
    m.raise("ValueError", "pack expected " + std::to_string(format.values) +
                              " items for packing (got " + std::to_string(values.size()) + ")");
    return false;
  }
  int64_t at = 0;
  size_t next = 0;
  for (const FormatItem &item : format.items) {
    if (next >= values.size())
      break;
    if (item.code == 'x') {
      std::fill_n(bytes.begin() + at, item.count, '\0');
      at += item.count;
      continue;
    }
    if (item.code == 's') {
      auto view = requireBuffer(m, values[next++]);
      if (!view)
        return false;
      isKnown &= view->bytes.has_value();
      std::string part = view->bytes.value_or(std::string());
      part.resize(static_cast<size_t>(item.count), '\0');
      bytes.replace(static_cast<size_t>(at), part.size(), part);
      at += item.count;
      continue;
    }
    for (int64_t i = 0; i < item.count && next < values.size(); ++i) {
      at = aligned(at, item.layout.alignment);
      Value value = values[next++];
      if (m.isAbstract(value)) {
        isKnown = false;
      } else {
        auto packed = packItem(m, item.code, item.layout.bytes, format.order == '>', value);
        if (!packed)
          return false;
        bytes.replace(static_cast<size_t>(at), packed->size(), *packed);
      }
      at += item.layout.bytes;
    }
  }
  return true;
}

std::optional<Value> pack(Machine &m, const NativeCall &call) {
  auto format = formatOf(m, call.argument(0));
  if (!format) {
    if (isRaised(m))
      return std::nullopt;
    return m.unknown("bytes packed by a format that is not known");
  }
  Run buffer = m.heap().request(format->bytes + 1);
  std::string bytes(static_cast<size_t>(format->bytes), '\0');
  bool isKnown = true;
  if (!packInto(m, *format, call.arguments.drop_front(), bytes, isKnown))
    return std::nullopt;
  return m.bytesFrom(buffer, isKnown ? Content::of(std::move(bytes))
                                     : Content::ofLength(Interval::exactly(format->bytes)));
}

std::optional<Value> raiseTooSmall(Machine &m) {
  return m.profile().isCircuitPython() ? m.raise("RuntimeError", "Buffer too small")
                                       : m.raise("ValueError", "buffer too small");
}

/// An offset argument, from the end where negative; nothing where it is not known or wrong.
std::optional<int64_t> offsetOf(Machine &m, Value value, Interval length) {
  if (value.isUnbound())
    return 0;
  if (m.isAbstract(value))
    return std::nullopt;
  auto offset = requireInt(m, value);
  if (!offset)
    return std::nullopt;
  if (*offset < 0) {
    if (!length.isExact())
      return std::nullopt;
    *offset += length.lo;
    if (*offset < 0) {
      raiseTooSmall(m);
      return std::nullopt;
    }
  }
  return offset;
}

std::optional<Value> packIntoBuffer(Machine &m, const NativeCall &call) {
  auto target = requireBuffer(m, call.argument(1));
  if (!target)
    return std::nullopt;
  if (!target->isWritable && !m.isAbstract(call.argument(1)))
    return m.raise("TypeError", "object with buffer protocol required");
  auto offset = offsetOf(m, call.argument(2), target->length);
  auto format = isRaised(m) ? std::nullopt : formatOf(m, call.argument(0));
  if (isRaised(m))
    return std::nullopt;
  if (!format || !offset) {
    forgetContent(m, call.argument(1));
    return Value::none();
  }
  if (*offset + format->bytes > target->length.hi)
    return raiseTooSmall(m);
  // What the format leaves out stays as it is.
  std::string bytes(static_cast<size_t>(format->bytes), '\0');
  if (target->bytes)
    bytes = target->bytes->substr(static_cast<size_t>(*offset), static_cast<size_t>(format->bytes));
  bool isKnown = target->bytes.has_value();
  llvm::ArrayRef<Value> values =
      call.arguments.drop_front(std::min<size_t>(3, call.arguments.size()));
  if (!packInto(m, *format, values, bytes, isKnown))
    return std::nullopt;
  writeBuffer(m, call.argument(1), *offset,
              isKnown ? std::optional<StringRef>(bytes) : std::nullopt);
  return Value::none();
}

/// The items of a format; the tuple was asked for before them.
std::vector<Value> unpackItems(Machine &m, const Format &format, std::optional<StringRef> bytes,
                               const std::string &reason) {
  std::vector<Value> items;
  int64_t at = 0;
  for (const FormatItem &item : format.items) {
    if (item.code == 'x') {
      at += item.count;
      continue;
    }
    if (item.code == 's') {
      items.push_back(
          bytes ? m.bytes(bytes->substr(static_cast<size_t>(at), static_cast<size_t>(item.count)))
                : unknownText(m, false, Interval::exactly(item.count)));
      at += item.count;
      continue;
    }
    for (int64_t i = 0; i < item.count; ++i) {
      at = aligned(at, item.layout.alignment);
      items.push_back(bytes ? unpackItem(m, item.code,
                                         bytes->substr(static_cast<size_t>(at),
                                                       static_cast<size_t>(item.layout.bytes)),
                                         format.order == '>', false)
                            : unknownItem(m, item.code, item.layout.bytes, false, reason));
      at += item.layout.bytes;
    }
  }
  return items;
}

std::optional<Value> unpackAt(Machine &m, const NativeCall &call, bool isWhole) {
  auto format = formatOf(m, call.argument(0, "format"));
  if (!format) {
    if (isRaised(m))
      return std::nullopt;
    return m.unknown("what a format that is not known unpacks");
  }
  // MicroPython makes the tuple before it looks at the buffer, CircuitPython after.
  auto makeTuple = [&]() -> TupleObject & {
    auto &made = m.heap().make<TupleObject>();
    if (format->values > 0)
      made.header = m.heap().request(m.words(2 + format->values));
    return made;
  };
  TupleObject *made = m.profile().isCircuitPython() ? nullptr : &makeTuple();
  auto view = requireBuffer(m, call.argument(1, "buffer"));
  if (!view)
    return std::nullopt;
  auto offset = offsetOf(m, call.argument(2, "offset"), view->length);
  if (isRaised(m))
    return std::nullopt;
  if (offset && *offset + format->bytes > view->length.hi)
    return m.profile().isCircuitPython() && isWhole
               ? m.raise("RuntimeError", "buffer size must match format")
               : raiseTooSmall(m);
  if (m.profile().isCircuitPython() && isWhole && view->length.isExact() &&
      view->length.lo != format->bytes)
    return m.raise("RuntimeError", "buffer size must match format");
  ObjectId unpacked = made ? made->id : 0;
  if (!offset || *offset + format->bytes > view->length.lo)
    m.noteFailure([&] { raiseTooSmall(m); });
  if (unpacked == 0)
    unpacked = makeTuple().id;
  std::optional<StringRef> bytes;
  if (offset && view->bytes)
    bytes = StringRef(*view->bytes).drop_front(static_cast<size_t>(*offset));
  ObjectId id = unpacked;
  std::vector<Value> items = unpackItems(m, *format, bytes, view->reason);
  if (items.empty())
    return m.tuple({});
  llvm::cast<TupleObject>(m.heap().change(id)).items = std::move(items);
  return Value::object(id);
}

std::optional<Value> unpack(Machine &m, const NativeCall &call) { return unpackAt(m, call, true); }
std::optional<Value> unpackFrom(Machine &m, const NativeCall &call) {
  return unpackAt(m, call, false);
}

constexpr NativeRow kRows[] = {
    {"struct.calcsize", calculateSize, true, "int"},
    {"struct.pack", pack, true, "bytes"},
    {"struct.pack_into", packIntoBuffer, true, "NoneType"},
    {"struct.unpack", unpack, true, "tuple"},
    {"struct.unpack_from", unpackFrom, true, "tuple"},
};

} // namespace

llvm::ArrayRef<NativeRow> structNatives() { return kRows; }

} // namespace fraglint
