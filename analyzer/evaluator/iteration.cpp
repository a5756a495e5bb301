/// Functions that give iterators, and `range` and `slice`.

#include "evaluator/containers.h"

namespace fraglint {

namespace {

using Steps = IteratorObject::Steps;

std::optional<Value> iterate(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  return m.iterator(call.arguments[0], true);
}

std::optional<Value> next(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 2))
    return std::nullopt;
  const Value iterator = call.arguments[0];
  if (call.arguments.size() == 1 && m.heap().get<GeneratorObject>(iterator))
    return resumeOrStop(m, iterator, Value::none());
  if (const auto ways = m.waysOf(iterator); !ways.empty())
    return m.eachWay(ways, [&](Value one) {
      NativeCall each = call;
      llvm::SmallVector<Value, 2> arguments(call.arguments);
      arguments[0] = one;
      each.arguments = arguments;
      return next(m, each);
    });
  const auto item = m.next(iterator, Asks::ForOne);
  if (!item)
    return item;
  if (!item->isUnbound() && mayBeOver(m, iterator)) {
    if (call.arguments.size() > 1)
      return joinValues(m, *item, call.arguments[1]);
    m.mayRaise("StopIteration");
  }
  if (!item->isUnbound())
    return item;
  return call.arguments.size() > 1 ? std::optional<Value>(call.arguments[1])
                                   : m.raise("StopIteration");
}

/// The iterator's own object first, then an iterator over each source.
std::optional<Value> makeStepping(Machine &m, Steps steps, int64_t headerWords,
                                  llvm::ArrayRef<Value> iterables, Value function = {}) {
  auto &made = m.heap().make<IteratorObject>();
  m.allocate(made, headerWords);
  made.steps = steps;
  made.function = function;
  const Value value = Value::object(made.id);
  for (Value iterable : iterables) {
    const auto source = m.iterator(iterable, true);
    if (!source)
      return std::nullopt;
    m.heap().change<IteratorObject>(value)->sources.push_back(*source);
  }
  return value;
}

std::optional<Value> makeEnumerate(Machine &m, const NativeCall &call) {
  const Value iterable = call.argument(0, "iterable"), start = call.argument(1, "start");
  if (iterable.isUnbound() || call.arguments.size() + call.keywords.size() > 2)
    return m.raise("TypeError", "function takes 2 positional arguments but " +
                                    llvm::Twine(call.arguments.size()) + " were given");
  std::optional<int64_t> first = 0;
  if (m.isAbstract(start))
    return unknownCost(m, "where a count starts is not known");
  if (!start.isUnbound())
    first = toInt(m, start);
  if (!first)
    return std::nullopt;
  const auto made = makeStepping(m, Steps::Enumerate, 3, {iterable});
  if (made)
    m.heap().change<IteratorObject>(*made)->position = *first;
  return made;
}

std::optional<Value> makeZip(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 0, SIZE_MAX))
    return std::nullopt;
  return makeStepping(m, Steps::Zip, 2 + static_cast<int64_t>(call.arguments.size()),
                      call.arguments);
}

std::optional<Value> makeMap(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, SIZE_MAX))
    return std::nullopt;
  return makeStepping(m, Steps::Map, 2 + static_cast<int64_t>(call.arguments.size()),
                      call.arguments.drop_front(), call.arguments[0]);
}

std::optional<Value> makeFilter(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  return makeStepping(m, Steps::Filter, 3, {call.arguments[1]}, call.arguments[0]);
}

std::optional<Value> makeReversed(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 1))
    return std::nullopt;
  const Value source = call.arguments[0];
  if (hasMethod(m, source, "__reversed__"))
    return m.callMethod(source, "__reversed__", {});
  auto &made = m.heap().make<IteratorObject>();
  m.allocate(made, 3);
  made.steps = Steps::Reversed;
  made.sources = {source};
  const auto length = m.length(source);
  if (!length)
    return std::nullopt;
  if (const auto count = m.intOf(*length))
    made.position = *count;
  else
    made.steps = Steps::Unknown;
  return Value::object(made.id);
}

Interval numberInterval(const Machine &m, Value value) {
  if (const auto number = m.intOf(value))
    return Interval::exactly(*number);
  const auto *abstract = m.heap().get<AbstractObject>(value);
  return abstract && abstract->type == "int" ? abstract->number : Interval::unknown();
}

/// A range of which a bound is not known: what it gives, and how often, in bounds.
std::optional<Value> makeUnknownRange(Machine &m, Value start, Value stop, Value step) {
  m.heap().request(m.words(4));
  const Interval first = numberInterval(m, start), last = numberInterval(m, stop);
  const Interval stride = numberInterval(m, step);
  const Value range = m.abstract("range", "bounds of a range are not known");
  auto &object = *m.heap().change<AbstractObject>(range);
  object.number = first.hull(last);
  if (stride.isExact() && stride.lo != 0) {
    // Rounded upwards, as the firmware counts.
    const Interval span = stride.lo > 0 ? last - first : first - last;
    const int64_t width = stride.lo > 0 ? stride.lo : -stride.lo;
    const Interval count =
        floorDivide(span + Interval::exactly(width - 1), Interval::exactly(width));
    object.length = count.clampedBelow(0);
    if (stride.lo > 0 && object.number.hasHi())
      object.number.hi = std::max(object.number.hi - 1, object.number.lo);
  }
  return range;
}

std::optional<Value> makeRange(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 1, 3))
    return std::nullopt;
  Value start = Value::integer(0), stop = call.arguments[0], step = Value::integer(1);
  if (call.arguments.size() > 1) {
    start = call.arguments[0];
    stop = call.arguments[1];
  }
  if (call.arguments.size() > 2)
    step = call.arguments[2];
  if (m.isAbstract(start) || m.isAbstract(stop) || m.isAbstract(step))
    return makeUnknownRange(m, start, stop, step);
  auto &range = m.heap().make<RangeObject>();
  m.allocate(range, 4);
  const auto first = toInt(m, start);
  const auto last = first ? toInt(m, stop) : std::nullopt;
  const auto stride = last ? toInt(m, step) : std::nullopt;
  if (!stride)
    return std::nullopt;
  if (*stride == 0)
    return m.raise("ValueError", "zero step");
  range.start = *first;
  range.stop = *last;
  range.step = *stride;
  return Value::object(range.id);
}

/// Only CircuitPython lets programs call it.
std::optional<Value> makeSlice(Machine &m, const NativeCall &call) {
  if (!m.profile().isCircuitPython())
    return m.raise("TypeError", "cannot create 'slice' instances");
  if (!checkArguments(m, call, 1, 3))
    return std::nullopt;
  auto &slice = m.heap().make<SliceObject>();
  m.allocate(slice, 4);
  const bool isStopOnly = call.arguments.size() == 1;
  slice.start = isStopOnly ? Value::none() : call.arguments[0];
  slice.stop = call.arguments[isStopOnly ? 0 : 1];
  slice.step = call.arguments.size() > 2 ? call.arguments[2] : Value::none();
  return Value::object(slice.id);
}

std::optional<Value> sliceIndices(Machine &m, const NativeCall &call) {
  if (!checkArguments(m, call, 2, 2))
    return std::nullopt;
  const auto length = toInt(m, call.arguments[1]);
  if (!length)
    return std::nullopt;
  const auto bounds = sliceBounds(m, *m.heap().get<SliceObject>(call.arguments[0]), *length);
  if (!bounds)
    return std::nullopt;
  return m.tuple(
      {Value::integer(bounds->start), Value::integer(bounds->stop), Value::integer(bounds->step)});
}

constexpr NativeRow kRows[] = {
    {"iter", iterate, true},
    {"next", next, true},
    {"enumerate", makeEnumerate, true, "enumerate"},
    {"zip", makeZip, true, "zip"},
    {"map", makeMap, true, "map"},
    {"filter", makeFilter, true, "filter"},
    {"reversed", makeReversed, true, "reversed"},
    {"range", makeRange, true, "range"},
    {"slice", makeSlice, true, "slice"},
    {"slice.indices", onKind<sliceIndices, ObjectKind::Slice>, false, "tuple"},
};

} // namespace

llvm::ArrayRef<NativeRow> iterationNatives() { return kRows; }

} // namespace fraglint
