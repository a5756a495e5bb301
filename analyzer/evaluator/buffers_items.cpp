// Items, slices and operators of bytearray, array and memoryview: py/objarray.c.

#include "evaluator/buffers.h"
#include "evaluator/containers.h"
#include "evaluator/numbers.h"
#include "evaluator/packing.h"

#include <algorithm>

namespace fraglint {

using llvm::StringRef;

namespace {

bool isBuffer(const Machine &m, Value value) {
  return m.heap().get<ByteArrayObject>(value) || m.heap().get<ArrayObject>(value) ||
         m.heap().get<MemoryViewObject>(value);
}

/// Number of items.
Interval itemCount(const Machine &m, Value buffer) { return *lengthOf(m, buffer); }

/// `mp_get_index`: an index from the start, or nothing (raised).
std::optional<int64_t> indexOf(Machine &m, Value buffer, int64_t index, Interval length) {
  if (!length.isExact()) {
    mayBeOutside(m, buffer, Value::integer(index));
    return index; // who asks has to cope with negative ones
  }
  if (index < 0)
    index += length.lo;
  if (index < 0 || index >= length.lo)
    return m.raise("IndexError", m.typeName(buffer) + " index out of range");
  return index;
}

std::optional<int64_t> indexValue(Machine &m, Value buffer, Value index) {
  if (!wideIntOf(m, index))
    return m.raise("TypeError",
                   m.typeName(buffer) + " indices must be integers, not " + m.typeName(index));
  return requireInt(m, index);
}

/// Whether all bounds of a slice are known.
bool isKnownSlice(const Machine &m, const SliceObject &slice, Interval length) {
  return length.isExact() && !m.isAbstract(slice.start) && !m.isAbstract(slice.stop) &&
         !m.isAbstract(slice.step);
}

std::optional<Value> raiseStep(Machine &m) {
  return m.raise("NotImplementedError", "only slices with step=1 (aka None) are supported");
}

/// The firmware's slice of step 1; the others raise.
std::optional<SliceBounds> boundsOf(Machine &m, const SliceObject &slice, Interval length) {
  auto bounds = sliceBounds(m, slice, length.lo);
  if (bounds && bounds->step != 1) {
    raiseStep(m);
    return std::nullopt;
  }
  return bounds;
}

std::optional<Value> loadSlice(Machine &m, Value base, const SliceObject &slice) {
  Interval length = itemCount(m, base), start = Interval{0, length.hi}, count;
  if (isKnownSlice(m, slice, length)) {
    auto bounds = boundsOf(m, slice, length);
    if (!bounds)
      return std::nullopt;
    start = Interval::exactly(bounds->start);
    count = Interval::exactly(bounds->count);
  } else {
    if (slice.start.isNone())
      start = Interval::exactly(0);
    count = sliceLength(m, slice, length);
  }
  if (const auto *memory = m.heap().get<MemoryViewObject>(base)) {
    Value inner = memory->base;
    Interval offset = memory->offset + start;
    auto &made = m.heap().make<MemoryViewObject>();
    m.allocate(made, 4);
    made.base = inner;
    made.offset = offset;
    made.length = count;
    return Value::object(made.id);
  }
  if (const auto *bytes = m.heap().get<ByteArrayObject>(base)) {
    if (bytes->content.isKnown && start.isExact() && count.isExact())
      return newByteArray(m, Content::of(bytes->content.bytes.substr(
                                 static_cast<size_t>(start.lo), static_cast<size_t>(count.lo))));
    return newByteArray(m, Content::ofLength(count));
  }
  const auto *array = m.heap().get<ArrayObject>(base);
  if (array->isKnown && start.isExact() && count.isExact()) {
    auto first = array->items.begin() + start.lo;
    return newArray(m, array->typeCode, std::vector<Value>(first, first + count.lo));
  }
  return newArray(m, array->typeCode, count);
}

/// Puts `value` in place of a slice; the room follows where the lengths differ.
bool storeSlice(Machine &m, Value base, const SliceObject &slice, Value value) {
  auto from = bufferOf(m, value);
  bool isText = m.heap().get<StrObject>(value) != nullptr;
  if ((!from || isText) && !m.isAbstract(value)) {
    m.raise("NotImplementedError", "array/bytes required on right side");
    return false;
  }
  auto to = bufferOf(m, base);
  if (!to) // a view of what is not known
    return true;
  Interval length = itemCount(m, base);
  if (from && from->itemBytes != to->itemBytes) {
    m.raise("ValueError", "lhs and rhs should be compatible");
    return false;
  }
  bool isMemory = m.heap().get<MemoryViewObject>(base) != nullptr;
  if (isMemory && !to->isWritable) {
    m.raise("TypeError", "'memoryview' object doesn't support item assignment");
    return false;
  }
  if (!from || !isKnownSlice(m, slice, length) || !from->length.isExact()) {
    // The lengths are taken to agree, as they do wherever a buffer is refilled.
    forgetContent(m, base);
    return true;
  }
  auto bounds = boundsOf(m, slice, length);
  if (!bounds)
    return false;
  int64_t itemBytes = to->itemBytes;
  int64_t added = from->length.lo / itemBytes - bounds->count;
  if (added == 0)
    return writeBuffer(m, base, bounds->start * itemBytes,
                       from->bytes ? std::optional<StringRef>(*from->bytes) : std::nullopt);
  if (isMemory) {
    m.raise("ValueError", "lhs and rhs should be compatible");
    return false;
  }
  auto *bytes = m.heap().change<ByteArrayObject>(base);
  auto *array = m.heap().change<ArrayObject>(base);
  Interval &allocated = bytes ? bytes->allocated : array->allocated;
  Run &data = bytes ? bytes->data : array->data;
  Interval longer = length + Interval::exactly(added);
  if (added > 0 && allocated.lo - length.lo < added) {
    // The room is of length + added; the firmware then counts `added` as free and takes it away.
    allocated = longer;
    m.heap().resize(data, longer * Interval::exactly(itemBytes));
  }
  std::optional<std::string> joined;
  if (to->bytes && from->bytes) {
    joined = *to->bytes;
    joined->replace(static_cast<size_t>(bounds->start * itemBytes),
                    static_cast<size_t>(bounds->count * itemBytes), *from->bytes);
  }
  if (bytes) {
    bytes->content = joined ? Content::of(std::move(*joined)) : Content::ofLength(longer);
    return true;
  }
  array->length = longer;
  array->isKnown = false;
  array->items.clear();
  if (joined && static_cast<int64_t>(joined->size()) <= kMostContent) {
    array->isKnown = true;
    array->items.assign(static_cast<size_t>(longer.lo), Value::integer(0));
    return writeBuffer(m, base, 0, StringRef(*joined));
  }
  return true;
}

} // namespace

std::optional<Value> loadBufferItem(Machine &m, Value base, Value index) {
  if (!isBuffer(m, base))
    return Value();
  if (const auto *slice = m.heap().get<SliceObject>(index))
    return loadSlice(m, base, *slice);
  auto view = bufferOf(m, base);
  if (!view)
    return m.unknown("an item of a buffer that is not known");
  bool isArray = true;
  Interval length = itemCount(m, base);
  if (m.isAbstract(index)) {
    mayBeOutside(m, base, index);
    return unknownItem(m, view->typeCode, view->itemBytes, isArray, reasonOf(m, index));
  }
  auto given = indexValue(m, base, index);
  auto at = given ? indexOf(m, base, *given, length) : std::nullopt;
  if (!at)
    return std::nullopt;
  if (!view->bytes || *at < 0)
    return unknownItem(m, view->typeCode, view->itemBytes, isArray,
                       view->reason.empty() ? "what is in a buffer" : view->reason);
  std::string item = view->bytes->substr(static_cast<size_t>(*at * view->itemBytes),
                                         static_cast<size_t>(view->itemBytes));
  return unpackItem(m, view->typeCode, item, false, isArray);
}

bool storeBufferItem(Machine &m, Value base, Value index, Value value) {
  if (const auto *slice = m.heap().get<SliceObject>(index))
    return storeSlice(m, base, *slice, value);
  auto view = bufferOf(m, base);
  if (!view)
    return true;
  Interval length = itemCount(m, base);
  if (m.isAbstract(index)) {
    mayBeOutside(m, base, index);
    forgetContent(m, base);
    return true;
  }
  auto given = indexValue(m, base, index);
  auto at = given ? indexOf(m, base, *given, length) : std::nullopt;
  if (!at)
    return false;
  if (!view->isWritable) {
    m.raise("TypeError", "'memoryview' object doesn't support item assignment");
    return false;
  }
  if (m.isAbstract(value) || *at < 0) {
    forgetContent(m, base);
    return true;
  }
  auto packed = packItem(m, view->typeCode, view->itemBytes, false, value);
  if (!packed)
    return false;
  return writeBuffer(m, base, *at * view->itemBytes, StringRef(*packed));
}

std::optional<Value> binaryBuffer(Machine &m, BinaryOperator op, Value left, Value right,
                                  bool isInPlace) {
  bool isArray = m.heap().get<ArrayObject>(left) != nullptr;
  if (!isArray && !m.heap().get<ByteArrayObject>(left))
    return Value();
  auto mine = bufferOf(m, left);
  Interval length = itemCount(m, left);
  if (op == BinaryOperator::Add && isInPlace)
    return extendBuffer(m, left, right) ? std::optional(left) : std::nullopt;
  // What the result holds: of a sum, or of a product (CircuitPython only).
  Interval longer;
  std::optional<std::string> joined;
  if (op == BinaryOperator::Add) {
    auto other = requireBuffer(m, right);
    if (!other)
      return std::nullopt;
    Interval added = floorDivide(other->length, Interval::exactly(mine->itemBytes));
    longer = length + added;
    if (mine->bytes && other->bytes)
      joined =
          *mine->bytes + other->bytes->substr(0, static_cast<size_t>(added.lo * mine->itemBytes));
  } else if (op == BinaryOperator::Multiply && m.profile().isCircuitPython()) {
    auto times = intervalOf(m, right);
    if (!times)
      return Value();
    longer = length * times->clampedBelow(0);
    if (isInPlace) {
      auto *bytes = m.heap().change<ByteArrayObject>(left);
      auto *array = m.heap().change<ArrayObject>(left);
      (bytes ? bytes->allocated : array->allocated) = longer;
      m.heap().resize(bytes ? bytes->data : array->data,
                      longer * Interval::exactly(mine->itemBytes));
      if (bytes)
        bytes->content = Content::ofLength(longer);
      else
        array->length = longer;
      forgetContent(m, left);
      return left;
    }
    if (mine->bytes && longer.isExact() && longer.lo * mine->itemBytes <= kMostContent) {
      joined.emplace();
      for (int64_t i = 0; i < times->lo; ++i)
        *joined += *mine->bytes;
    }
  } else {
    return Value();
  }
  if (!isArray)
    return newByteArray(m, joined ? Content::of(std::move(*joined)) : Content::ofLength(longer));
  Value made = newArray(m, mine->typeCode, longer);
  if (joined && static_cast<int64_t>(joined->size()) <= kMostContent) {
    auto *array = m.heap().change<ArrayObject>(made);
    array->isKnown = true;
    array->items.assign(static_cast<size_t>(longer.lo), Value::integer(0));
    writeBuffer(m, made, 0, StringRef(*joined));
  }
  return made;
}

std::optional<Value> compareBuffer(Machine &m, CompareOperator op, Value left, Value right) {
  using enum CompareOperator;
  if (op == In || op == NotIn) {
    if (!isBuffer(m, right))
      return Value();
    if (m.isAbstract(left))
      return m.abstract("bool", reasonOf(m, left));
    auto part = bufferOf(m, left);
    if (!part) {
      if (m.isNumber(left))
        return m.raise("NotImplementedError");
      return Value::boolean(op == NotIn);
    }
    if (!m.heap().get<ByteArrayObject>(right))
      return Value::boolean(op == NotIn);
    auto whole = bufferOf(m, right);
    if (!part->bytes || !whole->bytes)
      return m.abstract("bool", "what is in a buffer");
    bool isFound = whole->bytes->find(*part->bytes) != std::string::npos;
    return Value::boolean(isFound == (op == In));
  }
  if (!isBuffer(m, left) && !isBuffer(m, right))
    return Value();
  // The same object is equal, whatever it holds.
  if (op == Equal && left == right)
    return Value::boolean(true);
  auto a = bufferOf(m, left), b = bufferOf(m, right);
  if (!a || !b)
    return m.isAbstract(left) || m.isAbstract(right)
               ? m.abstract("bool", reasonOf(m, left) + reasonOf(m, right))
               : Value::boolean(op == NotEqual);
  // Codes have to agree but for their sign; order is that of the bytes, for unsigned ones.
  bool isUnsigned = a->typeCode <= 'Z' || b->typeCode <= 'Z';
  char code = static_cast<char>(a->typeCode | 0x20);
  bool isEquality = op == Equal || op == NotEqual;
  if (code != (b->typeCode | 0x20) || code == 'f' || code == 'd' || (!isEquality && !isUnsigned))
    return m.raise("NotImplementedError");
  if (isEquality && (a->length.hi < b->length.lo || b->length.hi < a->length.lo))
    return Value::boolean(op == NotEqual);
  if (!a->bytes || !b->bytes)
    return m.abstract("bool", "what is in a buffer");
  int order = a->bytes->compare(*b->bytes);
  switch (op) {
  case Less:
    return Value::boolean(order < 0);
  case LessEqual:
    return Value::boolean(order <= 0);
  case Greater:
    return Value::boolean(order > 0);
  case GreaterEqual:
    return Value::boolean(order >= 0);
  case Equal:
    return Value::boolean(order == 0);
  case NotEqual:
    return Value::boolean(order != 0);
  default:
    return Value();
  }
}

} // namespace fraglint
