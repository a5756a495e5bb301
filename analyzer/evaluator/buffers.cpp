#include "evaluator/buffers.h"

#include "evaluator/numbers.h"
#include "evaluator/packing.h"

#include <algorithm>
#include <cstring>

namespace fraglint {

using llvm::StringRef;

namespace {

/// Nothing but whole items of a buffer: what `bytes` of it are.
BufferView sliced(BufferView view, Interval offset, Interval length) {
  view.length = length * Interval::exactly(view.itemBytes);
  if (view.bytes && offset.isExact() && length.isExact())
    view.bytes = view.bytes->substr(static_cast<size_t>(offset.lo * view.itemBytes),
                                    static_cast<size_t>(view.length.lo));
  else
    view.bytes.reset();
  return view;
}

BufferView viewOf(const Content &content) {
  BufferView view;
  if (content.isKnown)
    view.bytes = content.bytes;
  view.length = content.length;
  return view;
}

/// A stored item as bytes. Items are kept as plain numbers, so nothing is asked for.
std::string storedBytes(const ArrayObject &array, Value item) {
  uint64_t bits = 0;
  if (item.isFloat()) {
    double real = item.asReal();
    auto single = static_cast<float>(real);
    if (array.typeCode == 'd')
      std::memcpy(&bits, &real, sizeof real);
    else
      std::memcpy(&bits, &single, sizeof single);
  } else {
    bits = static_cast<uint64_t>(item.asInt());
  }
  std::string text;
  for (unsigned i = 0; i < array.itemBytes; ++i)
    text += static_cast<char>(bits >> (8 * i) & 0xff);
  return text;
}

/// The other way.
Value storedItem(char typeCode, StringRef bytes) {
  uint64_t bits = 0;
  for (size_t i = bytes.size(); i-- > 0;)
    bits = bits << 8 | static_cast<uint8_t>(bytes[i]);
  if (typeCode == 'f') {
    float single = 0;
    auto low = static_cast<uint32_t>(bits);
    std::memcpy(&single, &low, sizeof single);
    return Value::real(static_cast<double>(single));
  }
  if (typeCode == 'd') {
    double real = 0;
    std::memcpy(&real, &bits, sizeof real);
    return Value::real(real);
  }
  auto width = static_cast<unsigned>(8 * bytes.size());
  if (typeCode > 'Z' && width < 64 && (bits >> (width - 1) & 1) != 0)
    bits |= ~uint64_t{0} << width;
  return Value::integer(static_cast<int64_t>(bits));
}

std::vector<Value> storedItems(const ArrayObject &array, StringRef bytes) {
  std::vector<Value> items;
  for (; bytes.size() >= array.itemBytes; bytes = bytes.drop_front(array.itemBytes))
    items.push_back(storedItem(array.typeCode, bytes.take_front(array.itemBytes)));
  return items;
}

/// Lets an array or bytearray have `length` items of these bytes.
void setContent(Machine &m, Value buffer, std::optional<std::string> bytes, Interval length) {
  if (auto *array = m.heap().change<ByteArrayObject>(buffer)) {
    array->content = bytes ? Content::of(std::move(*bytes)) : Content::ofLength(length);
    return;
  }
  auto *array = m.heap().change<ArrayObject>(buffer);
  array->length = length;
  array->isKnown = bytes && static_cast<int64_t>(bytes->size()) <= kMostContent;
  array->items.clear();
  if (array->isKnown)
    array->items = storedItems(*array, *bytes);
}

Interval minimumOf(Interval a, Interval b) { return minimum(a, b); }

/// One bound of a slice, counted from the start; `missing` where it is left out.
Interval boundOf(const Machine &m, Value bound, Interval length, Interval missing) {
  if (bound.isNone() || bound.isUnbound())
    return missing;
  Interval at = intervalOf(m, bound).value_or(Interval::unknown());
  if (at.hi < 0)
    at = at + length;
  else if (at.lo < 0)
    at.lo = 0; // may count from the end: anything
  if (at.lo < 0)
    at = at.clampedBelow(0);
  return minimumOf(at, length);
}

} // namespace

std::optional<BufferView> bufferOf(const Machine &m, Value value) {
  const ObjectHeap &heap = m.heap();
  if (const auto *text = heap.get<StrObject>(value))
    return viewOf(text->content);
  if (const auto *bytes = heap.get<BytesObject>(value))
    return viewOf(bytes->content);
  if (const auto *array = heap.get<ByteArrayObject>(value)) {
    BufferView view = viewOf(array->content);
    view.isWritable = true;
    return view;
  }
  if (const auto *array = heap.get<ArrayObject>(value)) {
    BufferView view;
    view.typeCode = array->typeCode;
    view.itemBytes = array->itemBytes;
    view.isWritable = true;
    view.length = array->length * Interval::exactly(array->itemBytes);
    if (array->isKnown) {
      view.bytes.emplace();
      for (Value item : array->items)
        *view.bytes += storedBytes(*array, item);
    }
    return view;
  }
  if (const auto *memory = heap.get<MemoryViewObject>(value)) {
    auto view = bufferOf(m, memory->base);
    if (!view)
      return std::nullopt;
    return sliced(std::move(*view), memory->offset, memory->length);
  }
  if (const auto *abstract = heap.get<AbstractObject>(value)) {
    StringRef type = abstract->type;
    if (type != "str" && type != "bytes" && type != "bytearray" && type != "memoryview")
      return std::nullopt;
    BufferView view;
    view.length = abstract->length;
    view.isWritable = type == "bytearray" || type == "memoryview";
    view.reason = abstract->reason;
    return view;
  }
  return std::nullopt;
}

std::optional<BufferView> requireBuffer(Machine &m, Value value) {
  auto view = bufferOf(m, value);
  if (!view && m.isAbstract(value)) {
    BufferView unknown;
    unknown.length = Interval::atLeast(0);
    unknown.reason = reasonOf(m, value);
    return unknown;
  }
  if (!view)
    return m.raise("TypeError", "object with buffer protocol required");
  return view;
}

void forgetContent(Machine &m, Value buffer) {
  if (auto *array = m.heap().change<ByteArrayObject>(buffer)) {
    array->content = Content::ofLength(array->content.length);
  } else if (auto *items = m.heap().change<ArrayObject>(buffer)) {
    items->isKnown = items->length == Interval::exactly(0);
    items->items.clear();
  } else if (const auto *memory = m.heap().get<MemoryViewObject>(buffer)) {
    forgetContent(m, memory->base);
  }
}

bool writeBuffer(Machine &m, Value target, int64_t offset, std::optional<StringRef> bytes) {
  if (const auto *memory = m.heap().get<MemoryViewObject>(target)) {
    auto base = bufferOf(m, memory->base);
    if (!base || !base->isWritable)
      return false;
    if (!memory->offset.isExact())
      bytes.reset();
    return writeBuffer(m, memory->base, offset + memory->offset.lo * base->itemBytes, bytes);
  }
  auto view = bufferOf(m, target);
  if (!view || !view->isWritable)
    return false;
  if (m.isAbstract(target))
    return true;
  if (!bytes || !view->bytes) {
    forgetContent(m, target);
    return true;
  }
  if (auto *array = m.heap().change<ByteArrayObject>(target)) {
    array->content.bytes.replace(static_cast<size_t>(offset), bytes->size(), bytes->str());
    return true;
  }
  view->bytes->replace(static_cast<size_t>(offset), bytes->size(), bytes->str());
  setContent(m, target, std::move(view->bytes), m.heap().get<ArrayObject>(target)->length);
  return true;
}

Value newByteArray(Machine &m, Content content) {
  auto &made = m.heap().make<ByteArrayObject>();
  m.allocate(made, 4);
  content.length = m.contractedLength(content.length);
  made.allocated = content.length;
  made.data = m.heap().request(content.length);
  made.content = std::move(content);
  return Value::object(made.id);
}

Value newArray(Machine &m, char typeCode, Interval length) {
  auto &made = m.heap().make<ArrayObject>();
  made.typeCode = typeCode;
  made.itemBytes = static_cast<uint8_t>(itemLayout(m.profile(), '@', typeCode).bytes);
  m.allocate(made, 4);
  length = m.contractedLength(length, made.itemBytes);
  made.data = m.heap().request(length * Interval::exactly(made.itemBytes));
  made.length = made.allocated = length;
  made.isKnown = length == Interval::exactly(0);
  return Value::object(made.id);
}

Value newArray(Machine &m, char typeCode, std::vector<Value> items) {
  Value made = newArray(m, typeCode, Interval::exactly(static_cast<int64_t>(items.size())));
  auto *array = m.heap().change<ArrayObject>(made);
  array->isKnown = static_cast<int64_t>(items.size()) * array->itemBytes <= kMostContent;
  if (array->isKnown)
    array->items = std::move(items);
  return made;
}

Value unknownText(Machine &m, bool isText, Interval length) {
  length = m.contractedLength(length.clampedBelow(0));
  auto fill = [&](auto &made) {
    m.allocate(made, 4);
    made.data = m.heap().request(length + Interval::exactly(1));
    made.content = Content::ofLength(length);
    return Value::object(made.id);
  };
  return isText ? fill(m.heap().make<StrObject>()) : fill(m.heap().make<BytesObject>());
}

Interval sliceLength(const Machine &m, const SliceObject &slice, Interval length) {
  Interval start = boundOf(m, slice.start, length, Interval::exactly(0));
  Interval stop = boundOf(m, slice.stop, length, length);
  // An end that is the length itself moves with it.
  bool isWhole = slice.stop.isNone() && slice.start.isNone();
  return isWhole ? length : minimumOf((stop - start).clampedBelow(0), length);
}

bool appendToBuffer(Machine &m, Value buffer, Value item) {
  ObjectHeap &heap = m.heap();
  auto *bytes = heap.change<ByteArrayObject>(buffer);
  auto *array = heap.change<ArrayObject>(buffer);
  Interval length = bytes ? bytes->content.length : array->length;
  Interval &allocated = bytes ? bytes->allocated : array->allocated;
  Run &data = bytes ? bytes->data : array->data;
  m.noteGrowth(buffer);
  int64_t itemBytes = bytes ? 1 : array->itemBytes;
  char typeCode = bytes ? 'B' : array->typeCode;
  if (!length.isExact() || !allocated.isExact()) {
    // One more by eight is all that is known of the room.
    Interval longer = length + Interval::exactly(1);
    allocated = allocated.hull(longer + Interval::exactly(7));
    heap.resize(data, allocated * Interval::exactly(itemBytes));
  } else if (allocated.lo <= length.lo) {
    allocated = Interval::exactly(length.lo + 8);
    heap.resize(data, allocated.lo * itemBytes);
  }
  std::optional<std::string> packed;
  if (!m.isAbstract(item)) {
    packed = packItem(m, typeCode, itemBytes, false, item);
    if (!packed)
      return false;
  }
  Interval longer = length + Interval::exactly(1);
  bool isKept = packed && (longer * Interval::exactly(itemBytes)).hi <= kMostContent;
  if (bytes) {
    if (isKept && bytes->content.isKnown) {
      bytes->content.bytes += *packed;
      bytes->content.length = longer;
    } else {
      bytes->content = Content::ofLength(longer);
    }
    return true;
  }
  array->length = longer;
  if (isKept && array->isKnown) {
    array->items.push_back(storedItem(typeCode, *packed));
  } else {
    array->isKnown = false;
    array->items.clear();
  }
  return true;
}

bool extendBuffer(Machine &m, Value buffer, Value from) {
  auto other = bufferOf(m, from);
  if (!other && m.isAbstract(from))
    other = requireBuffer(m, from);
  if (!other) {
    if (!m.profile().traits.extendsByAnyItems)
      return requireBuffer(m, from).has_value();
    return m.forEach(from, true, [&](Value item) { return appendToBuffer(m, buffer, item); });
  }
  auto mine = bufferOf(m, buffer);
  ObjectHeap &heap = m.heap();
  auto *bytes = heap.change<ByteArrayObject>(buffer);
  auto *array = heap.change<ArrayObject>(buffer);
  Interval length = bytes ? bytes->content.length : array->length;
  Interval &allocated = bytes ? bytes->allocated : array->allocated;
  Run &data = bytes ? bytes->data : array->data;
  m.noteGrowth(buffer);
  int64_t itemBytes = mine->itemBytes;
  Interval added = floorDivide(other->length, Interval::exactly(itemBytes));
  Interval longer = length + added;
  bool isExact = longer.isExact() && allocated.isExact();
  if (!isExact || allocated.lo < longer.lo) {
    allocated = isExact ? longer : maximum(allocated, longer);
    heap.resize(data, allocated * Interval::exactly(itemBytes));
  }
  std::optional<std::string> joined;
  if (mine->bytes && other->bytes) {
    joined = std::move(mine->bytes);
    *joined += StringRef(*other->bytes).take_front(static_cast<size_t>(added.lo * itemBytes));
  }
  setContent(m, buffer, std::move(joined), longer);
  return true;
}

} // namespace fraglint
