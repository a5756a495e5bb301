// The types bytearray, array.array and memoryview, and their methods: py/objarray.c, and what they
// share with bytes in py/objstr.c.

#include "evaluator/buffers.h"
#include "evaluator/numbers.h"
#include "evaluator/packing.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/ConvertUTF.h"

#include <algorithm>

namespace fraglint {

using llvm::StringRef;

namespace {

/// `mp_obj_len_maybe`: of what has a length; 0 for others, generators above all.
std::optional<Value> lengthOrNothing(Machine &m, Value value) {
  if (!value.isObject())
    return Value();
  switch (m.heap()[value.asObject()].kind) {
  case ObjectKind::List:
  case ObjectKind::Tuple:
  case ObjectKind::Dict:
  case ObjectKind::DictView:
  case ObjectKind::Set:
  case ObjectKind::Range:
  case ObjectKind::Deque:
  case ObjectKind::Array:
  case ObjectKind::ByteArray:
  case ObjectKind::MemoryView:
  case ObjectKind::Str:
    return m.length(value);
  default:
    return Value();
  }
}

/// `array_construct` from something that is no raw buffer.
std::optional<Value> construct(Machine &m, char typeCode, Value from, bool isByteArray) {
  auto lengthValue = lengthOrNothing(m, from);
  if (!lengthValue)
    return std::nullopt;
  Interval length = lengthValue->isUnbound()
                        ? Interval::exactly(0)
                        : intervalOf(m, *lengthValue).value_or(Interval::atLeast(0));
  auto make = [&] {
    return isByteArray ? newByteArray(m, Content::ofLength(length)) : newArray(m, typeCode, length);
  };
  if (!length.isExact()) {
    Value made = make();
    m.iterator(from, true);
    return made;
  }
  Value made = make();
  if (length.lo == 0)
    return m.forEach(from, true, [&](Value item) { return appendToBuffer(m, made, item); })
               ? std::optional(made)
               : std::nullopt;
  int64_t itemBytes = itemLayout(m.profile(), '@', typeCode).bytes;
  std::string bytes;
  bool isKnown = true;
  bool isFine = m.forEach(from, true, [&](Value item) {
    if (m.isAbstract(item)) {
      isKnown = false;
      return true;
    }
    auto packed = packItem(m, typeCode, itemBytes, false, item);
    if (packed)
      bytes += *packed;
    return packed.has_value();
  });
  if (!isFine)
    return std::nullopt;
  if (!isKnown || static_cast<int64_t>(bytes.size()) > kMostContent)
    return made;
  if (auto *array = m.heap().change<ArrayObject>(made)) {
    array->isKnown = true;
    array->items.assign(static_cast<size_t>(length.lo), Value::integer(0));
    writeBuffer(m, made, 0, StringRef(bytes));
  } else {
    m.heap().change<ByteArrayObject>(made)->content = Content::of(std::move(bytes));
  }
  return made;
}

std::string wordText(const Machine &m, int64_t value) {
  auto word = static_cast<uint64_t>(value);
  return std::to_string(m.profile().wordBytes == 4 ? static_cast<uint32_t>(word) : word);
}

std::optional<Value> makeByteArray(Machine &m, const NativeCall &call) {
  if (call.arguments.empty())
    return newByteArray(m, {});
  Value from = call.arguments[0];
  if (auto length = intervalOf(m, from); length && !from.isBool()) {
    if (length->hi < 0 || length->lo > (int64_t{1} << 40)) {
      // As a number without a sign, of a word.
      if (length->isExact())
        return m.raise("MemoryError", "memory allocation failed, allocating " +
                                          wordText(m, length->lo) + " bytes");
      return m.raise("MemoryError", "memory allocation failed");
    }
    if (length->isExact() && length->lo <= kMostContent)
      return newByteArray(m, Content::of(std::string(static_cast<size_t>(length->lo), '\0')));
    return newByteArray(m, Content::ofLength(length->clampedBelow(0)));
  }
  if (m.heap().get<StrObject>(from) && call.arguments.size() == 1)
    return m.raise("TypeError", m.profile().isCircuitPython()
                                    ? "wrong number of arguments"
                                    : "string argument without an encoding");
  if (auto view = bufferOf(m, from))
    return newByteArray(m, view->bytes ? Content::of(std::move(*view->bytes))
                                       : Content::ofLength(view->length));
  if (m.isAbstract(from))
    return newByteArray(m, Content::ofLength(Interval::atLeast(0)));
  return construct(m, 'B', from, true);
}

std::optional<Value> makeArray(Machine &m, const NativeCall &call) {
  auto code = m.textOf(call.argument(0));
  if (!code)
    return m.isAbstract(call.argument(0))
               ? std::optional(m.unknown("an array of a type that is not known"))
               : m.raise("TypeError", "can't convert '" + m.typeName(call.argument(0)) +
                                          "' object to str implicitly");
  char typeCode = code->empty() ? '\0' : code->front();
  int64_t itemBytes = itemLayout(m.profile(), '@', typeCode).bytes;
  if (itemBytes == 0)
    return m.raise("ValueError", "bad typecode");
  if (typeCode == 'O' || typeCode == 'P' || typeCode == 'S')
    return m.unknown("an array of addresses");
  if (call.arguments.size() < 2)
    return newArray(m, typeCode, Interval::exactly(0));
  Value from = call.arguments[1];
  bool isRaw = m.heap().get<BytesObject>(from) || m.heap().get<ByteArrayObject>(from);
  if (isRaw) {
    auto view = bufferOf(m, from);
    if (m.profile().isCircuitPython() && view->length.isExact() && view->length.lo % itemBytes != 0)
      return m.raise("ValueError", "bytes length not a multiple of item size");
    Interval length = floorDivide(view->length, Interval::exactly(itemBytes));
    Value made = newArray(m, typeCode, length);
    if (view->bytes && length.isExact()) {
      auto *array = m.heap().change<ArrayObject>(made);
      array->isKnown = true;
      array->items.assign(static_cast<size_t>(length.lo), Value::integer(0));
      writeBuffer(m, made, 0,
                  StringRef(*view->bytes).take_front(static_cast<size_t>(length.lo * itemBytes)));
    }
    return made;
  }
  if (m.isAbstract(from))
    return newArray(m, typeCode, Interval::atLeast(0));
  return construct(m, typeCode, from, false);
}

std::optional<Value> makeMemoryView(Machine &m, const NativeCall &call) {
  Value of = call.argument(0);
  auto view = requireBuffer(m, of);
  if (!view)
    return std::nullopt;
  Value base = of;
  Interval offset = Interval::exactly(0);
  if (const auto *other = m.heap().get<MemoryViewObject>(of)) {
    base = other->base;
    offset = other->offset;
  }
  auto &made = m.heap().make<MemoryViewObject>();
  m.allocate(made, 4);
  made.base = base;
  made.offset = offset;
  made.length = floorDivide(view->length, Interval::exactly(view->itemBytes));
  return Value::object(made.id);
}

/// The buffer that a method grows: of an instance of the program, the one inside. Unbound where it
/// is not known which it is.
Value grownBuffer(Machine &m, const NativeCall &call) {
  Value buffer = call.argument(0);
  if (const auto *instance = m.heap().get<InstanceObject>(buffer))
    buffer = instance->native;
  if (m.heap().get<ByteArrayObject>(buffer) || m.heap().get<ArrayObject>(buffer))
    return buffer;
  m.noteUnknownCost("which of several buffers this is is not known");
  return Value();
}

std::optional<Value> append(Machine &m, const NativeCall &call) {
  Value buffer = grownBuffer(m, call);
  bool isDone = buffer.isUnbound() || appendToBuffer(m, buffer, call.argument(1));
  return isDone ? std::optional(Value::none()) : std::nullopt;
}

std::optional<Value> extend(Machine &m, const NativeCall &call) {
  Value buffer = grownBuffer(m, call);
  bool isDone = buffer.isUnbound() || extendBuffer(m, buffer, call.argument(1));
  return isDone ? std::optional(Value::none()) : std::nullopt;
}

std::optional<Value> decode(Machine &m, const NativeCall &call) {
  auto view = requireBuffer(m, call.argument(0));
  if (!view)
    return std::nullopt;
  if (!view->bytes)
    return unknownText(m, true, view->length);
  const auto *first = reinterpret_cast<const llvm::UTF8 *>(view->bytes->data());
  if (!llvm::isLegalUTF8String(&first, first + view->bytes->size()))
    return m.raise("UnicodeError");
  return m.str(*view->bytes);
}

std::optional<Value> hex(Machine &m, const NativeCall &call) {
  return hexText(m, call.argument(0), call.argument(1), true);
}

/// The slice of the object that start and end arguments leave; nothing where not all is known.
struct Searched {
  std::string inside, part;
  size_t start = 0;
};

std::optional<Searched> searchedOf(Machine &m, const NativeCall &call) {
  auto whole = bufferOf(m, call.argument(0)), part = bufferOf(m, call.argument(1));
  if (!whole || !part || !whole->bytes || !part->bytes)
    return std::nullopt;
  auto length = static_cast<int64_t>(whole->bytes->size());
  int64_t bounds[2] = {0, length};
  for (unsigned i = 0; i < 2; ++i) {
    Value given = call.argument(2 + i);
    if (given.isUnbound() || given.isNone())
      continue;
    auto at = m.intOf(given);
    if (!at)
      return std::nullopt;
    bounds[i] = std::clamp<int64_t>(*at < 0 ? *at + length : *at, 0, length);
  }
  Searched searched;
  searched.start = static_cast<size_t>(bounds[0]);
  searched.inside = whole->bytes->substr(
      searched.start, static_cast<size_t>(std::max<int64_t>(0, bounds[1] - bounds[0])));
  searched.part = *part->bytes;
  return searched;
}

enum class Finds : uint8_t { First, Last };

template <Finds Kind, bool Raises> std::optional<Value> find(Machine &m, const NativeCall &call) {
  auto searched = searchedOf(m, call);
  if (!searched)
    return m.abstractInt(Interval::atLeast(Raises ? 0 : -1), "what is in a buffer");
  size_t at = Kind == Finds::First ? searched->inside.find(searched->part)
                                   : searched->inside.rfind(searched->part);
  if (at == std::string::npos) {
    if (Raises)
      return m.raise("ValueError", "substring not found");
    return Value::integer(-1);
  }
  return Value::integer(static_cast<int64_t>(at + searched->start));
}

std::optional<Value> count(Machine &m, const NativeCall &call) {
  auto searched = searchedOf(m, call);
  if (!searched)
    return m.abstractInt(Interval::atLeast(0), "what is in a buffer");
  if (searched->part.empty())
    return Value::integer(static_cast<int64_t>(searched->inside.size()) + 1);
  return Value::integer(
      static_cast<int64_t>(StringRef(searched->inside).count(StringRef(searched->part))));
}

template <bool AtStart> std::optional<Value> endsOrStarts(Machine &m, const NativeCall &call) {
  auto searched = searchedOf(m, call);
  if (!searched)
    return m.abstract("bool", "what is in a buffer");
  StringRef inside = searched->inside;
  return Value::boolean(AtStart ? inside.starts_with(searched->part)
                                : inside.ends_with(searched->part));
}

constexpr NativeRow kRows[] = {
    {"bytearray", makeByteArray, true, "bytearray"},
    {"array.array", makeArray, true, "array"},
    {"array", makeArray, true, "array"},
    {"memoryview", makeMemoryView, true, "memoryview"},
    {"bytearray.append", append, true, "NoneType"},
    {"bytearray.extend", extend, true, "NoneType"},
    {"bytearray.decode", decode, true, "str"},
    {"bytearray.hex", hex, true, "str"},
    {"bytearray.find", find<Finds::First, false>, true, "int"},
    {"bytearray.rfind", find<Finds::Last, false>, true, "int"},
    {"bytearray.index", find<Finds::First, true>, true, "int"},
    {"bytearray.rindex", find<Finds::Last, true>, true, "int"},
    {"bytearray.count", count, true, "int"},
    {"bytearray.startswith", endsOrStarts<true>, true, "bool"},
    {"bytearray.endswith", endsOrStarts<false>, true, "bool"},
    // The type's own name is `array`; by its module it is `array.array`.
    {"array.array.append", append, true, "NoneType"},
    {"array.array.extend", extend, true, "NoneType"},
    {"array.array.decode", decode, true, "str"},
    {"array.append", append, true, "NoneType"},
    {"array.extend", extend, true, "NoneType"},
    {"array.decode", decode, true, "str"},
    {"memoryview.hex", hex, true, "str"},
};

} // namespace

llvm::ArrayRef<NativeRow> bufferNatives() {
  static const llvm::SmallVector<NativeRow, 0> all = [] {
    llvm::SmallVector<NativeRow, 0> rows(std::begin(kRows), std::end(kRows));
    for (llvm::ArrayRef<NativeRow> more : {structNatives(), binasciiNatives(), hashlibNatives()})
      rows.append(more.begin(), more.end());
    return rows;
  }();
  return all;
}

} // namespace fraglint
