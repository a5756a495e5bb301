#include "evaluator/numbers.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

std::optional<Value> nothing(Machine &, const NativeCall &) { return Value::none(); }

std::optional<Value> first(Machine &, const NativeCall &call) { return call.argument(0); }

/// The largest int that needs no object.
int64_t largestSmallInt(const Machine &m) {
  return (int64_t{1} << (m.profile().smallIntBits() - 1)) - 1;
}

// --- gc

std::optional<Value> collect(Machine &m, const NativeCall &) {
  m.heap().collect();
  if (m.profile().isCircuitPython())
    return Value::none();
  return m.abstractInt({0, largestSmallInt(m)}, "how much was garbage is not known");
}

std::optional<Value> memory(Machine &m, const NativeCall &) {
  return m.abstractInt({0, largestSmallInt(m)}, "how much memory is free is not known");
}

std::optional<Value> threshold(Machine &m, const NativeCall &call) {
  if (!call.arguments.empty())
    return Value::none();
  return m.abstractInt({-1, largestSmallInt(m)}, "the threshold is not known");
}

std::optional<Value> isEnabled(Machine &m, const NativeCall &) {
  return m.abstract("bool", "whether collection is on is not known");
}

// --- time

/// extmod/modtime.c: ticks wrap around at half of the small ints.
int64_t ticksPeriod(const Machine &m) { return largestSmallInt(m) + 1; }

std::optional<Value> ticks(Machine &m, const NativeCall &) {
  return m.abstractInt({0, ticksPeriod(m) - 1}, "the time is not known");
}

Interval numberRange(Machine &m, Value value) {
  if (const auto *abstract = m.heap().get<AbstractObject>(value))
    return abstract->number;
  std::optional<int64_t> number = m.intOf(value);
  return number ? Interval::exactly(*number) : Interval::unknown();
}

std::optional<Value> ticksDifference(Machine &m, const NativeCall &call) {
  int64_t period = ticksPeriod(m);
  Interval end = numberRange(m, call.argument(0)), start = numberRange(m, call.argument(1));
  if (end.isExact() && start.isExact())
    return Value::integer((static_cast<uint64_t>(end.lo - start.lo + period / 2) & (period - 1)) -
                          period / 2);
  return m.abstractInt({-period / 2, period / 2 - 1}, "the time is not known");
}

std::optional<Value> ticksSum(Machine &m, const NativeCall &call) {
  int64_t period = ticksPeriod(m);
  Interval start = numberRange(m, call.argument(0)), more = numberRange(m, call.argument(1));
  if (start.isExact() && more.isExact())
    return Value::integer(static_cast<int64_t>(static_cast<uint64_t>(start.lo + more.lo) &
                                               static_cast<uint64_t>(period - 1)));
  return m.abstractInt({0, period - 1}, "the time is not known");
}

/// Seconds since 1970 are beyond a small int of 32 bits. Row `time.ticks`; ports that count from
/// 2000 stay below it, and ask for nothing.
std::optional<Value> seconds(Machine &m, const NativeCall &) {
  constexpr Interval kNow = {1'600'000'000, 4'000'000'000};
  if (m.profile().floats == FloatKind::Boxed64)
    return abstractFloat(m, "the time is not known");
  if (m.profile().wordBytes > 4)
    return m.abstractInt(kNow, "the time is not known");
  return abstractBigInt(m, kNow, 8, "the time is not known");
}

std::optional<Value> nanoseconds(Machine &m, const NativeCall &) {
  return abstractBigInt(m, Interval::atLeast(0), 8, "the time is not known");
}

std::optional<Value> monotonic(Machine &m, const NativeCall &) {
  return abstractFloat(m, "the time is not known");
}

} // namespace

// Row `time.localtime`: a tuple of nine.
Value timeTuple(Machine &m, bool hasNames) {
  constexpr Interval kFields[] = {{1970, 2200}, {1, 12}, {1, 31},  {0, 23}, {0, 59},
                                  {0, 61},      {0, 6},  {1, 366}, {-1, 1}};
  constexpr llvm::StringLiteral kNames[] = {"tm_year", "tm_mon",  "tm_mday", "tm_hour", "tm_min",
                                            "tm_sec",  "tm_wday", "tm_yday", "tm_isdst"};
  llvm::SmallVector<Value, 9> items;
  for (Interval field : kFields)
    items.push_back(m.abstractInt(field, "the time is not known"));
  Value tuple = m.tuple(items);
  if (hasNames) {
    Value type = m.nativeType("struct_time");
    auto *changed = m.heap().change<ClassObject>(type);
    changed->isNamedTuple = true;
    changed->fields.assign(std::begin(kNames), std::end(kNames));
    m.heap().change<TupleObject>(tuple)->type = type.asObject();
  }
  return tuple;
}

namespace {

std::optional<Value> localTime(Machine &m, const NativeCall &) {
  return timeTuple(m, m.profile().isCircuitPython());
}

// --- os

/// Row `os.urandom`.
std::optional<Value> randomBytes(Machine &m, const NativeCall &call) {
  Interval count = numberRange(m, call.argument(0)).clampedBelow(0);
  Run run = m.heap().request(count + Interval::exactly(1));
  return m.bytesFrom(run, Content::ofLength(count));
}

std::optional<Value> settings(Machine &m, const NativeCall &) {
  m.noteUnknownCost("how long the setting is is not known");
  return m.abstract("", "the setting is not known");
}

std::optional<Value> storageStatus(Machine &m, const NativeCall &) {
  llvm::SmallVector<Value, 10> items;
  for (int field = 0; field < 10; ++field)
    items.push_back(m.abstractInt(Interval::atLeast(0), "the storage is not known"));
  return m.tuple(items);
}

// --- sys

std::optional<Value> exitProgram(Machine &m, const NativeCall &call) {
  return raiseWith(m, "SystemExit", call.arguments.take_front(1));
}

/// Bytes of a traceback's lines. Source: mp_obj_print_exception in py/obj.c. Under which path the
/// firmware knows the file is the board's affair; paths and names have no more than 255 bytes.
Interval tracebackBytes(const ExceptionObject &exception) {
  constexpr int64_t kHead = 35, kLeast = 17, kMost = 17 + 255 + 9 + 6 + 255;
  const Interval lines = exception.tracebackWords;
  if (lines == Interval::exactly(0))
    return lines;
  return {kHead + lines.lo / 3 * kLeast,
          (Interval::exactly(kHead) + Interval{0, lines.hi} * Interval::exactly(kMost)).hi};
}

std::optional<Value> printException(Machine &m, const NativeCall &call) {
  Value value = call.argument(0);
  Interval length = Interval::atLeast(0);
  if (const ExceptionObject *exception = exceptionIn(m, value)) {
    decompressMessage(m, *exception);
    length = tracebackBytes(*exceptionIn(m, value));
    const auto name = static_cast<int64_t>(m.typeName(value).size());
    const auto text = m.print(value, false), quoted = m.print(value, true);
    if (!text || !quoted)
      return std::nullopt;
    // The name, perhaps a colon and what it says, and the end of the line.
    length = length + Interval{name + 1, name + 3} +
             Interval{0, std::max(text->length.hi, quoted->length.hi)};
  }
  printTo(m, call.argument(1), Content::ofLength(length));
  return Value::none();
}

std::optional<Value> sizeOf(Machine &m, const NativeCall &) {
  return m.abstractInt({0, largestSmallInt(m)}, "sizes are not told");
}

std::optional<Value> intern(Machine &m, const NativeCall &call) {
  if (std::optional<llvm::StringRef> text = m.textOf(call.argument(0)))
    return m.name(text->str());
  return call.argument(0);
}

// --- micropython

std::optional<Value> memoryInfo(Machine &m, const NativeCall &) {
  m.write(Content::ofLength(Interval::atLeast(0)));
  return Value::none();
}

std::optional<Value> optimisation(Machine &m, const NativeCall &call) {
  if (!call.arguments.empty())
    return Value::none();
  return m.abstractInt({0, 3}, "the level of optimisation is not known");
}

std::optional<Value> emergencyBuffer(Machine &m, const NativeCall &call) {
  // The firmware keeps it, for good.
  m.heap().request(numberRange(m, call.argument(0)).clampedBelow(0));
  return Value::none();
}

// --- collections

/// py/objnamedtuple.c: the type, and a word for each field; it begins with what every type has.
std::optional<Value> namedTuple(Machine &m, const NativeCall &call) {
  std::optional<llvm::StringRef> name = m.textOf(call.argument(0));
  Value fieldsValue = call.argument(1);
  if (!name)
    return unknownResult(m, "the name of the named tuple is not known");
  std::string title = name->str();
  m.name(title);
  if (m.heap().get<StrObject>(fieldsValue)) {
    std::optional<Value> parts = m.callMethod(fieldsValue, "split", {});
    if (!parts)
      return std::nullopt;
    fieldsValue = *parts;
  }
  std::vector<Value> items;
  if (const auto *list = m.heap().get<ListObject>(fieldsValue); list && list->isKnown)
    items = list->items;
  else if (const auto *tuple = m.heap().get<TupleObject>(fieldsValue))
    items = tuple->items;
  else
    return unknownResult(m, "the fields of the named tuple are not known");
  std::vector<std::string> fields;
  for (Value item : items) {
    std::optional<llvm::StringRef> field = m.textOf(item);
    if (!field)
      return m.raise("TypeError",
                     "can't convert '" + m.typeName(item) + "' object to str implicitly");
    fields.push_back(field->str());
    m.name(fields.back());
  }
  Value base = m.nativeType("tuple");
  auto &type = m.heap().make<ClassObject>();
  type.name = title;
  type.bases.push_back(base.asObject());
  type.isNamedTuple = true;
  int64_t start = m.profile().wordBytes == 4 ? 20 : 24;
  type.header = m.heap().request(start + m.words(9 + static_cast<int64_t>(fields.size())));
  type.fields = std::move(fields);
  return Value::object(type.id);
}

constexpr NativeRow kRows[] = {
    {"collections.namedtuple", namedTuple, true, "type"},
    {"gc.collect", collect, true, "int"},
    {"gc.disable", nothing, true, "NoneType"},
    {"gc.enable", nothing, true, "NoneType"},
    {"gc.isenabled", isEnabled, true, "bool"},
    {"gc.mem_alloc", memory, true, "int"},
    {"gc.mem_free", memory, true, "int"},
    {"gc.threshold", threshold, true, "int"},
    {"micropython.alloc_emergency_exception_buf", emergencyBuffer, true, "NoneType"},
    {"micropython.asm_thumb", first, true, ""},
    {"micropython.const", first, true, ""},
    {"micropython.heap_lock", nothing, true, "NoneType"},
    {"micropython.heap_unlock", nothing, true, "NoneType"},
    {"micropython.kbd_intr", nothing, true, "NoneType"},
    {"micropython.mem_info", memoryInfo, true, "NoneType"},
    {"micropython.native", first, true, ""},
    {"micropython.opt_level", optimisation, true, "int"},
    {"micropython.qstr_info", memoryInfo, true, "NoneType"},
    {"micropython.stack_use", memory, true, "int"},
    {"micropython.viper", first, true, ""},
    {"os.getenv", settings, true, ""},
    {"os.statvfs", storageStatus, true, "tuple"},
    {"os.sync", nothing, true, "NoneType"},
    {"os.urandom", randomBytes, true, "bytes"},
    {"sys.exit", exitProgram, true, ""},
    {"sys.getsizeof", sizeOf, true, "int"},
    {"sys.intern", intern, true, "str"},
    {"sys.print_exception", printException, true, "NoneType"},
    {"time.gmtime", localTime, true, "tuple"},
    {"time.localtime", localTime, true, "tuple"},
    {"time.mktime", seconds, true, "int"},
    {"time.monotonic", monotonic, true, "float"},
    {"time.monotonic_ns", nanoseconds, true, "int"},
    {"time.sleep", nothing, true, "NoneType"},
    {"time.sleep_ms", nothing, true, "NoneType"},
    {"time.sleep_us", nothing, true, "NoneType"},
    {"time.ticks_add", ticksSum, true, "int"},
    {"time.ticks_cpu", ticks, true, "int"},
    {"time.ticks_diff", ticksDifference, true, "int"},
    {"time.ticks_ms", ticks, true, "int"},
    {"time.ticks_us", ticks, true, "int"},
    {"time.time", seconds, true, "int"},
    {"time.time_ns", nanoseconds, true, "int"},
};

} // namespace

llvm::ArrayRef<NativeRow> systemNatives() { return kRows; }

} // namespace fraglint
