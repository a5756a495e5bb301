#include "evaluator/containers.h"

namespace fraglint {

namespace {

/// The number of items of a slice where not everything is known of it.
Interval sliceLength(const Machine &m, const SliceObject &slice, Interval length) {
  const auto bound = [&](Value value, Interval otherwise) {
    if (value.isNone())
      return otherwise;
    Interval number = Interval::unknown();
    if (const auto known = m.intOf(value))
      number = Interval::exactly(*known);
    else if (const auto *abstract = m.heap().get<AbstractObject>(value))
      number = abstract->number;
    if (number.lo < 0 && number.hi >= 0)
      return Interval{0, length.hi};
    if (number.hi < 0)
      number = length + number;
    return Interval{std::clamp<int64_t>(number.lo, 0, length.lo),
                    std::clamp<int64_t>(number.hi, 0, length.hi)};
  };
  if (!slice.step.isNone() && slice.step != Value::integer(1))
    return {0, length.hi};
  return (bound(slice.stop, length) - bound(slice.start, Interval::exactly(0))).clampedBelow(0);
}

bool isKnownSlice(const Machine &m, const SliceObject &slice) {
  return !m.isAbstract(slice.start) && !m.isAbstract(slice.stop) && !m.isAbstract(slice.step);
}

std::optional<Value> loadSlice(Machine &m, Value base, const SliceObject &slice) {
  const bool isList = m.typeName(base) == "list";
  const auto *items = itemsOf(m, base);
  if (!items || !isKnownSlice(m, slice)) {
    const Interval length = sliceLength(m, slice, *lengthOf(m, base));
    const Value element = anyItemOf(m, base);
    if (isList)
      return makeUnknownList(m, length, element);
    m.heap().request(listBytes(m, length + Interval::exactly(2)));
    const Value tuple = m.abstract("tuple", "bounds of a slice are not known");
    m.heap().change<AbstractObject>(tuple)->length = length;
    return tuple;
  }
  const auto bounds = sliceBounds(m, slice, static_cast<int64_t>(items->size()));
  if (!bounds)
    return std::nullopt;
  if (bounds->step == 1) {
    const std::vector<Value> part(items->begin() + bounds->start,
                                  items->begin() + bounds->start + bounds->count);
    return isList ? m.list(part) : m.tuple(part);
  }
  if (!isList)
    return m.raise("NotImplementedError", "only slices with step=1 (aka None) are supported");
  const Value part = m.list({});
  for (int64_t i = 0; i < bounds->count; ++i)
    appendToList(m, part, (*items)[bounds->start + i * bounds->step]);
  return part;
}

/// `list[slice] = value`, and with no value `del list[slice]`. Room grows to exactly what is
/// needed and never shrinks.
bool storeSlice(Machine &m, Value base, const SliceObject &slice, Value value) {
  if (!value.isUnbound() && !m.heap().get<ListObject>(value) && !m.heap().get<TupleObject>(value)) {
    if (m.isAbstract(value))
      m.noteUnknownCost("what is assigned to a slice is not known");
    else
      m.raise("TypeError", "object '" + m.typeName(value) + "' isn't a tuple or list");
    return m.isAbstract(value);
  }
  ListObject &list = *m.heap().change<ListObject>(base);
  const Interval added = value.isUnbound() ? Interval::exactly(0) : *lengthOf(m, value);
  const auto *items = value.isUnbound() ? nullptr : itemsOf(m, value);
  if (!list.isKnown || !isKnownSlice(m, slice) || (!value.isUnbound() && !items)) {
    const Interval length =
        (list.length - sliceLength(m, slice, list.length) + added).clampedBelow(0);
    forgetItems(m, list);
    growList(m, list, length, length);
    list.length = length;
    if (!value.isUnbound())
      list.element = joinValues(m, list.element, anyItemOf(m, value));
    return true;
  }
  const auto bounds = sliceBounds(m, slice, static_cast<int64_t>(list.items.size()));
  if (!bounds)
    return false;
  if (bounds->step != 1) {
    m.raise("NotImplementedError");
    return false;
  }
  const std::vector<Value> inserted = items ? *items : std::vector<Value>();
  const Interval length =
      Interval::exactly(static_cast<int64_t>(list.items.size() + inserted.size()) - bounds->count);
  if (length.lo > list.allocated.hi) {
    m.heap().resize(list.data, listBytes(m, length));
    list.allocated = length;
  }
  const auto at = list.items.erase(list.items.begin() + bounds->start,
                                   list.items.begin() + bounds->start + bounds->count);
  list.items.insert(at, inserted.begin(), inserted.end());
  list.length = length;
  return true;
}

} // namespace

std::optional<SliceBounds> sliceBounds(Machine &m, const SliceObject &slice, int64_t length) {
  SliceBounds bounds;
  if (!slice.step.isNone()) {
    const auto step = toInt(m, slice.step);
    if (!step)
      return std::nullopt;
    if (*step == 0)
      return m.raise("ValueError", "slice step can't be zero");
    bounds.step = *step;
  }
  // Backwards, the place before the first item is a bound, too, and that behind the last is not.
  const int64_t least = bounds.step > 0 ? 0 : -1;
  const int64_t most = bounds.step > 0 ? length : length - 1;
  const auto bound = [&](Value value, int64_t otherwise) -> std::optional<int64_t> {
    if (value.isNone())
      return otherwise;
    const auto number = toInt(m, value);
    if (!number)
      return std::nullopt;
    return std::min(most, std::max(*number < 0 ? *number + length : *number, least));
  };
  const auto start = bound(slice.start, bounds.step > 0 ? least : most);
  if (!start)
    return std::nullopt;
  const auto stop = bound(slice.stop, bounds.step > 0 ? most : least);
  if (!stop)
    return std::nullopt;
  bounds.start = *start;
  bounds.stop = *stop;
  const int64_t span = bounds.step > 0 ? *stop - *start : *start - *stop;
  const int64_t stride = bounds.step > 0 ? bounds.step : -bounds.step;
  bounds.count = span > 0 ? (span - 1) / stride + 1 : 0;
  return bounds;
}

std::optional<Value> loadSequenceItem(Machine &m, Value base, Value index) {
  if (const auto *slice = m.heap().get<SliceObject>(index))
    return loadSlice(m, base, *slice);
  const auto *items = itemsOf(m, base);
  if (m.isAbstract(index) || !items) {
    mayBeOutside(m, base, index);
    const Value item = anyItemOf(m, base);
    return item.isUnbound() ? m.abstract("", "item of a list that is not known") : item;
  }
  const auto position = indexIn(m, base, static_cast<int64_t>(items->size()), index, false);
  if (!position)
    return std::nullopt;
  return (*items)[*position];
}

bool storeSequenceItem(Machine &m, Value base, Value index, Value value) {
  if (const auto *slice = m.heap().get<SliceObject>(index))
    return storeSlice(m, base, *slice, value);
  ListObject &list = *m.heap().change<ListObject>(base);
  if (!list.isKnown) {
    list.element = joinValues(m, list.element, value);
    return true;
  }
  if (m.isAbstract(index)) {
    // One of them is another now; each may be that one.
    if (list.items.size() > 64)
      forgetItems(m, list), list.element = joinValues(m, list.element, value);
    else
      for (Value &item : list.items)
        item = joinValues(m, item, value);
    return true;
  }
  const auto position = indexIn(m, base, static_cast<int64_t>(list.items.size()), index, false);
  if (!position)
    return false;
  list.items[*position] = value;
  return true;
}

bool deleteSequenceItem(Machine &m, Value base, Value index) {
  if (const auto *slice = m.heap().get<SliceObject>(index))
    return storeSlice(m, base, *slice, {});
  return popFromList(m, base, index).has_value();
}

} // namespace fraglint
