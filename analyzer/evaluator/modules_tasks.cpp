#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <cstdlib>

namespace fraglint {

namespace {

// extmod/asyncio/core.py as far as programs lean on it: tasks that sleep, and that wait for
// others. What a coroutine yields here is the time that it sleeps, in milliseconds, or an object
// that holds the tasks that it waits for.

constexpr llvm::StringLiteral kTask = "asyncio.Task";
constexpr llvm::StringLiteral kLoop = "asyncio.Loop";
constexpr llvm::StringLiteral kWait = "asyncio.wait";
constexpr llvm::StringLiteral kLock = "asyncio.Lock";

Value attribute(const Machine &m, Value object, llvm::StringRef name) {
  const auto *opaque = m.heap().get<OpaqueObject>(object);
  for (const auto &[key, value] : opaque->attributes)
    if (key == name)
      return value;
  return {};
}

void setAttribute(Machine &m, Value object, llvm::StringRef name, Value value) {
  auto *opaque = m.heap().change<OpaqueObject>(object);
  for (auto &[key, old] : opaque->attributes) {
    if (key == name) {
      old = value;
      return;
    }
  }
  opaque->attributes.emplace_back(name.str(), value);
}

Value makeOpaque(Machine &m, llvm::StringRef type) {
  auto &made = m.heap().make<OpaqueObject>();
  made.type = type.str();
  return Value::object(made.id);
}

/// Row `import asyncio`, of the frozen module where words have 4 bytes: bytes that are asked for,
/// and below 0 bytes, in whole blocks, of the last such run that is given back. What `fraglint
/// measure` shows of it on 1.25 with words of 4 bytes and on 1.29 with words of 8 is the same in
/// words.
constexpr int16_t kImport[] = {
    16,  16,  8,   16,   16,  16,  -16,  32,  -16,  16,  12,   16,  16, 8,   16,  -16, 16,  20,
    32,  -16, 48,  -32,  64,  -48, 16,   80,  -64,  16,  16,   16,  12, 64,  16,  16,  16,  12,
    64,  96,  -80, 16,   24,  16,  16,   16,  16,   32,  -16,  16,  16, 48,  -32, 60,  136, -96,
    16,  16,  16,  12,   20,  16,  16,   16,  16,   16,  32,   -16, 16, 16,  48,  -32, 16,  16,
    64,  -48, 16,  16,   80,  -64, 60,   16,  16,   184, -144, 12,  20, 16,  16,  16,  16,  16,
    32,  -16, 16,  16,   48,  -32, 16,   16,  64,   -48, 16,   16,  80, -64, 16,  16,  96,  -80,
    16,  60,  232, -192, 16,  24,  16,   16,  8,    16,  40,   16,  16, 48,  -32, 64,  -48, 80,
    -64, 96,  -80, 136,  -96, 184, -144, 232, -192, 16,  80,   16};

// Parts of it, each loaded when a name of it is first asked for. Those of events and locks are
// rows; of the others `fraglint measure` shows the sizes, not their order.

constexpr int16_t kEventPart[] = {16,  16, 8,  16,  -16, 16, 12, 32,  -16, 16, 16, 16,  16, 32,
                                  -16, 16, 16, 48,  -32, 16, 16, 64,  -48, 60, 48, -32, 16, 16,
                                  16,  16, 32, -16, 16,  16, 48, -32, 16,  16, 64, -48, 12, 68};
constexpr int16_t kLockPart[] = {16, 16,  8,  16, -16, 16,  12, 32, -16, 16,  16, 16, 16,
                                 32, -16, 16, 16, 48,  -32, 16, 16, 64,  -48, 16, 60};
constexpr int16_t kFunctionsPart[] = {16,  16, 8,  16, -16, 16, 12, 32, -16, 16, 16, 16, 16, 32,
                                      -16, 16, 16, 48, -32, 16, 16, 64, -48, 16, 32, 60, 32, 16};
constexpr int16_t kStreamPart[] = {16, 16, 8,   16, -16, 16, 12,  32, -16, 16, 16,  16,
                                   16, 32, -16, 16, 16,  48, -32, 16, 16,  64, -48, 60,
                                   16, 16, 32,  16, 16,  16, 16,  32, 60,  16, 16,  16,
                                   16, 32, 16,  16, 16,  16, 32,  68, 16,  16, 136};

struct Part {
  llvm::StringLiteral name; ///< of the file
  llvm::ArrayRef<int16_t> requests;
};

/// extmod/asyncio/__init__.py: the part that has a name; null for what is there at once.
const Part *partOf(llvm::StringRef name) {
  static constexpr Part kEvents{"event", kEventPart}, kLocks{"lock", kLockPart},
      kFunctions{"funcs", kFunctionsPart}, kStream{"stream", kStreamPart};
  return llvm::StringSwitch<const Part *>(name)
      .Cases("Event", "ThreadSafeFlag", &kEvents)
      .Case("Lock", &kLocks)
      .Cases("gather", "wait_for", "wait_for_ms", &kFunctions)
      .Cases("StreamReader", "StreamWriter", "open_connection", "start_server", &kStream)
      .Default(nullptr);
}

/// Names that the module has when it is imported, and what its table has room for then and later
/// (`fraglint measure`, on 1.25).
constexpr int64_t kNames = 28, kSlots[] = {29, 37, 48};

/// The event loop: it holds the tasks that are not done.
Value loopOf(Machine &m) {
  Value loop = Value::object(m.moduleState(kLoop));
  if (attribute(m, loop, "now").isUnbound())
    setAttribute(m, loop, "now", Value::integer(0));
  return loop;
}

/// The module as it was frozen in from 1.25 on. CircuitPython has it as a library, the web's port
/// as a file.
bool isFrozenAsMeasured(const FirmwareProfile &profile) {
  return !profile.isCircuitPython() && profile.version >= 125 &&
         !llvm::is_contained(profile.traits.fileModules, "asyncio");
}

/// Charges a list of requests as above; the event loop keeps what stays.
void chargeImport(Machine &m, llvm::ArrayRef<int16_t> requests) {
  const FirmwareProfile &profile = m.profile();
  if (!isFrozenAsMeasured(profile))
    return m.noteUnknownCost("what importing asyncio asks for is not known");
  const unsigned blockBytes = profile.blockBytes();
  llvm::SmallVector<Run, 64> runs;
  for (int64_t row : requests) {
    int64_t bytes = std::abs(row) * profile.wordBytes / 4;
    if (row >= 0) {
      runs.push_back(m.heap().request(bytes));
      continue;
    }
    for (Run &run : llvm::reverse(runs)) {
      if (run && llvm::alignTo(static_cast<uint64_t>(run.bytes.lo), blockBytes) ==
                     static_cast<uint64_t>(bytes)) {
        m.heap().release(run);
        break;
      }
    }
  }
  auto *kept = m.heap().change<OpaqueObject>(loopOf(m));
  for (const Run &run : runs)
    if (run)
      kept->runs.push_back(run);
}

/// A flag of the loop. Whether it was not set before.
bool setFirst(Machine &m, llvm::StringRef flag) {
  Value loop = loopOf(m);
  bool isFirst = attribute(m, loop, flag).isUnbound();
  setAttribute(m, loop, flag, Value::boolean(true));
  return isFirst;
}

/// The module's table gets one more name.
void addName(Machine &m) {
  Value loop = loopOf(m), before = attribute(m, loop, "names");
  int64_t names = (before.isUnbound() ? kNames : before.asInt()) + 1;
  setAttribute(m, loop, "names", Value::integer(names));
  if (!isFrozenAsMeasured(m.profile()))
    return;
  const auto *full = llvm::find(llvm::ArrayRef(kSlots).drop_back(), names - 1);
  if (full == std::end(kSlots) - 1)
    return;
  auto *kept = m.heap().change<OpaqueObject>(loop);
  auto table = llvm::find_if(kept->runs, [&](const Run &run) {
    return run.bytes == Interval::exactly(m.words(2 * full[0]));
  });
  if (table == kept->runs.end())
    return;
  Run longer = m.heap().request(m.words(2 * full[1]));
  m.heap().release(*table);
  *table = longer;
}

bool isTask(const Machine &m, Value value) { return m.typeName(value) == kTask; }

/// Row `asyncio.create_task`: eight words.
Value makeTask(Machine &m, Value coroutine) {
  Value task = makeOpaque(m, kTask);
  Value loop = loopOf(m);
  Run header = m.heap().request(m.words(8));
  m.heap().change<OpaqueObject>(task)->header = header;
  setAttribute(m, task, "coro", coroutine);
  setAttribute(m, task, "wake", attribute(m, loop, "now"));
  m.heap().change<OpaqueObject>(loop)->held.push_back(task);
  return task;
}

std::optional<Value> taskOf(Machine &m, Value awaitable) {
  if (isTask(m, awaitable))
    return awaitable;
  if (m.heap().get<GeneratorObject>(awaitable))
    return makeTask(m, awaitable);
  if (m.isAbstract(awaitable))
    return unknownResult(m, "the coroutine is not known");
  return m.raise("TypeError", "coroutine expected");
}

std::optional<Value> createTask(Machine &m, const NativeCall &call) {
  return taskOf(m, call.arguments.back());
}

/// What `await` goes over: it gives `value` once; nothing where that is Unbound.
Value awaitable(Machine &m, Value value) {
  auto &tuple = m.heap().make<TupleObject>();
  if (!value.isUnbound())
    tuple.items.push_back(value);
  auto &iterator = m.heap().make<IteratorObject>();
  iterator.steps = IteratorObject::Steps::Sequence;
  iterator.sources.push_back(Value::object(tuple.id));
  return Value::object(iterator.id);
}

template <int64_t Factor> std::optional<Value> sleep(Machine &m, const NativeCall &call) {
  std::optional<double> time = m.numberOf(call.argument(0));
  Value delay = Value::integer(time ? static_cast<int64_t>(std::max(*time, 0.0) * Factor) : 0);
  return awaitable(m, delay);
}

std::optional<Value> waitFor(Machine &m, llvm::ArrayRef<Value> awaitables, bool isForAll) {
  Value wait = makeOpaque(m, kWait);
  setAttribute(m, wait, "all", Value::boolean(isForAll));
  for (Value one : awaitables) {
    std::optional<Value> task = taskOf(m, one);
    if (!task)
      return std::nullopt;
    m.heap().change<OpaqueObject>(wait)->held.push_back(*task);
  }
  return awaitable(m, wait);
}

std::optional<Value> gather(Machine &m, const NativeCall &call) {
  m.noteUnknownCost("what `asyncio.gather` asks for beside its tasks is not known");
  return waitFor(m, call.arguments, true);
}

bool isWaiting(const Machine &m, Value task) {
  const auto *wait = m.heap().get<OpaqueObject>(attribute(m, task, "wait"));
  return wait != nullptr &&
         llvm::any_of(wait->held, [&](Value one) { return attribute(m, one, "done").isUnbound(); });
}

/// The task that runs next; Unbound where none can.
Value nextTask(const Machine &m, Value loop) {
  Value best;
  for (Value task : m.heap().get<OpaqueObject>(loop)->held) {
    bool isEarlier =
        best.isUnbound() || attribute(m, task, "wake").asInt() < attribute(m, best, "wake").asInt();
    if (isEarlier && !isWaiting(m, task))
      best = task;
  }
  return best;
}

void endTask(Machine &m, Value loop, Value task) {
  setAttribute(m, task, "done", Value::boolean(true));
  llvm::erase(m.heap().change<OpaqueObject>(loop)->held, task);
}

/// One step of a task. False where the program ends by it.
bool step(Machine &m, Value loop, Value task, bool isMain) {
  // The frame of IOQueue.wait_io_event (row `asyncio.sleep_ms`).
  if (!m.profile().hasPystack) {
    Run frame = m.heap().requestSoft(m.words(18));
    // The poller's own iterator, made once.
    if (attribute(m, loop, "polled").isUnbound())
      m.heap().discard(m.words(4));
    setAttribute(m, loop, "polled", Value::boolean(true));
    m.heap().release(frame);
  }
  int64_t now = std::max(attribute(m, loop, "now").asInt(), attribute(m, task, "wake").asInt());
  setAttribute(m, loop, "now", Value::integer(now));
  Value coroutine = attribute(m, task, "coro"), returned = Value::none();
  std::optional<Value> given = m.heap().get<GeneratorObject>(coroutine)
                                   ? m.resumeGenerator(coroutine, Value::none(), &returned)
                                   : m.next(coroutine);
  if (!given) {
    bool isError = !m.raised().isUnbound() && m.isInstance(m.raised(), m.nativeType("Exception"));
    endTask(m, loop, task);
    setAttribute(m, task, "result", m.abstract("", "the task was ended by an exception"));
    if (!isMain && isError)
      m.noteGap("what waits for a task that an exception ends is not followed");
    if (isMain || !isError)
      return false;
    m.clearRaised();
    m.write(Content::ofLength(Interval::atLeast(0)));
    return true;
  }
  if (given->isUnbound()) {
    endTask(m, loop, task);
    setAttribute(m, task, "result", returned);
    return true;
  }
  // Behind all that are to run at the same time.
  llvm::erase(m.heap().change<OpaqueObject>(loop)->held, task);
  m.heap().change<OpaqueObject>(loop)->held.push_back(task);
  setAttribute(m, task, "wake", Value::integer(now + m.intOf(*given).value_or(0)));
  setAttribute(m, task, "wait", m.typeName(*given) == kWait ? *given : Value::none());
  return true;
}

llvm::SmallVector<Value> coroutinesOf(const Machine &m, Value loop) {
  llvm::SmallVector<Value> coroutines;
  for (Value task : m.heap().get<OpaqueObject>(loop)->held)
    coroutines.push_back(attribute(m, task, "coro"));
  return coroutines;
}

/// Runs all tasks; until `main` is done where there is one.
std::optional<Value> runTasks(Machine &m, Value main) {
  Value loop = loopOf(m);
  Run frame;
  if (!m.profile().hasPystack)
    frame = m.heap().requestSoft(m.words(26));
  // Two tuples of exception types.
  m.heap().discard(m.words(4));
  m.heap().discard(m.words(4));
  bool isRunning = true;
  const size_t mark = m.heap().pendingMark();
  while (isRunning && (main.isUnbound() || attribute(m, main, "done").isUnbound())) {
    Value task = nextTask(m, loop);
    if (task.isUnbound())
      m.noteGap("tasks that wait for what is not followed");
    if (task.isUnbound() || m.haveTasksEnough()) {
      if (!m.repeatTasks(main.isUnbound() ? main : attribute(m, main, "coro"),
                         [&] { return coroutinesOf(m, loop); })) {
        if (m.raised().isUnbound())
          m.stop();
        return std::nullopt;
      }
      return m.abstract("", "what the coroutine returns is not known");
    }
    isRunning = step(m, loop, task, task == main);
    m.heap().forgetPending(mark); // what stays of a step is in its task
  }
  m.heap().release(frame);
  if (!isRunning)
    return std::nullopt;
  // The StopIteration that ended it.
  if (!main.isUnbound())
    addTraceback(m, makeException(m, m.nativeType("StopIteration").asObject(), {}));
  Value result = main.isUnbound() ? Value() : attribute(m, main, "result");
  return result.isUnbound() ? m.abstract("", "what the coroutine returns is not known") : result;
}

std::optional<Value> run(Machine &m, const NativeCall &call) {
  std::optional<Value> main = taskOf(m, call.arguments.back());
  if (!main || !isTask(m, *main))
    return main;
  return runTasks(m, *main);
}

std::optional<Value> runForever(Machine &m, const NativeCall &) { return runTasks(m, {}); }

std::optional<Value> eventLoop(Machine &m, const NativeCall &) { return loopOf(m); }

std::optional<Value> isDone(Machine &m, const NativeCall &call) {
  return Value::boolean(!attribute(m, call.argument(0), "done").isUnbound());
}

std::optional<Value> cancel(Machine &m, const NativeCall &call) {
  m.noteGap("what a task does that is cancelled is not followed");
  endTask(m, loopOf(m), call.argument(0));
  return Value::boolean(true);
}

// extmod/asyncio/event.py: an instance, its attributes, a queue of tasks.
Value makeWaitedFor(Machine &m, llvm::StringRef type) {
  Value event = makeOpaque(m, type);
  for (int64_t words : {4, 4, 2}) {
    Run run = m.heap().request(m.words(words));
    m.heap().change<OpaqueObject>(event)->runs.push_back(run);
  }
  return event;
}

std::optional<Value> makeEvent(Machine &m, const NativeCall &) {
  return makeWaitedFor(m, "asyncio.Event");
}

/// One that is not taken is done.
std::optional<Value> makeLock(Machine &m, const NativeCall &) {
  Value lock = makeWaitedFor(m, kLock);
  setAttribute(m, lock, "done", Value::boolean(true));
  return lock;
}

/// The same, of the words of the coroutine that it is: `await event.wait()` on the engines.
Value coroutineOf(Machine &m, Value value, int64_t words) {
  Value made = awaitable(m, value);
  Run header = m.heap().request(m.words(words));
  m.heap().change<IteratorObject>(made)->header = header;
  return made;
}

Value waitOf(Machine &m, Value waitedFor) {
  Value wait = makeOpaque(m, kWait);
  m.heap().change<OpaqueObject>(wait)->held.push_back(waitedFor);
  return wait;
}

constexpr int64_t kWaitWords = 12, kAcquireWords = 24, kEnterWords = 12, kExitWords = 16,
                  kTimeoutWords = 28;

std::optional<Value> acquire(Machine &m, const NativeCall &call) {
  Value lock = call.argument(0), wait;
  if (attribute(m, lock, "done").isUnbound())
    wait = waitOf(m, lock);
  else
    setAttribute(m, lock, "done", Value());
  return coroutineOf(m, wait, kAcquireWords);
}

std::optional<Value> enterLock(Machine &m, const NativeCall &call) {
  m.heap().discard(m.words(kEnterWords));
  return acquire(m, call);
}

/// Of several that wait one goes on; which one is taken to be any.
std::optional<Value> release(Machine &m, const NativeCall &call) {
  setAttribute(m, call.argument(0), "done", Value::boolean(true));
  return Value::none();
}

std::optional<Value> exitLock(Machine &m, const NativeCall &call) {
  release(m, call);
  return coroutineOf(m, Value(), kExitWords);
}

std::optional<Value> isLocked(Machine &m, const NativeCall &) {
  return m.abstract("bool", "whether the lock is taken is not known");
}

/// What an interrupt sets: it may be at any time.
std::optional<Value> makeFlag(Machine &m, const NativeCall &) {
  m.noteUnknownCost("what `asyncio.ThreadSafeFlag` asks for is not known");
  return makeOpaque(m, "asyncio.ThreadSafeFlag");
}

std::optional<Value> changeFlag(Machine &, const NativeCall &) { return Value::none(); }

std::optional<Value> waitForFlag(Machine &m, const NativeCall &) {
  m.noteUnknownCost("what waiting for a flag asks for is not known");
  return coroutineOf(m, Value::integer(0), kWaitWords);
}

std::optional<Value> setEvent(Machine &m, const NativeCall &call) {
  setAttribute(m, call.argument(0), "done", Value::boolean(true));
  return Value::none();
}

std::optional<Value> clearEvent(Machine &m, const NativeCall &call) {
  setAttribute(m, call.argument(0), "done", Value());
  return Value::none();
}

std::optional<Value> waitForEvent(Machine &m, const NativeCall &call) {
  return coroutineOf(m, waitOf(m, call.argument(0)), kWaitWords);
}

/// asyncio/funcs.py: another task, beside which a timeout runs; whichever is over first ends the
/// other.
std::optional<Value> waitForAtMost(Machine &m, const NativeCall &call) {
  m.heap().discard(m.words(kTimeoutWords));
  m.noteUnknownCost("what a timeout asks for beside its task is not known");
  Value awaited = call.argument(0);
  if (isTask(m, awaited))
    awaited = attribute(m, awaited, "coro");
  m.runPerhaps(awaited, "how far what has a timeout comes is not known");
  m.noteFailure([&] { m.raise(m.abstract("", "whether the time is over is not known")); });
  return m.abstract("", "what has a timeout gives something that is not known");
}

std::optional<Value> waitForTask(Machine &m, const NativeCall &call) {
  return waitFor(m, call.arguments, false);
}

constexpr NativeRow kRows[] = {
    {"asyncio.Event", makeEvent, true, "asyncio.Event"},
    {"asyncio.Event.clear", clearEvent, true, "NoneType"},
    {"asyncio.Event.is_set", isDone, true, "bool"},
    {"asyncio.Event.set", setEvent, true, "NoneType"},
    {"asyncio.Event.wait", waitForEvent, true, ""},
    {"asyncio.Lock", makeLock, true, kLock},
    {"asyncio.Lock.__aenter__", enterLock, true, ""},
    {"asyncio.Lock.__aexit__", exitLock, true, ""},
    {"asyncio.Lock.acquire", acquire, true, ""},
    {"asyncio.Lock.locked", isLocked, true, "bool"},
    {"asyncio.Lock.release", release, true, "NoneType"},
    {"asyncio.Loop.create_task", createTask, true, kTask},
    {"asyncio.Loop.run_forever", runForever, true, ""},
    {"asyncio.Loop.run_until_complete", run, true, ""},
    {"asyncio.Task.__iter__", waitForTask, true, ""},
    {"asyncio.Task.cancel", cancel, true, "bool"},
    {"asyncio.Task.done", isDone, true, "bool"},
    {"asyncio.ThreadSafeFlag", makeFlag, true, "asyncio.ThreadSafeFlag"},
    {"asyncio.ThreadSafeFlag.clear", changeFlag, true, "NoneType"},
    {"asyncio.ThreadSafeFlag.set", changeFlag, true, "NoneType"},
    {"asyncio.ThreadSafeFlag.wait", waitForFlag, true, ""},
    {"asyncio.create_task", createTask, true, kTask},
    {"asyncio.gather", gather, true, ""},
    {"asyncio.get_event_loop", eventLoop, true, kLoop},
    {"asyncio.new_event_loop", eventLoop, true, kLoop},
    {"asyncio.run", run, true, ""},
    {"asyncio.sleep", sleep<1000>, true, ""},
    {"asyncio.sleep_ms", sleep<1>, true, ""},
    {"asyncio.wait_for", waitForAtMost, true, ""},
    {"asyncio.wait_for_ms", waitForAtMost, true, ""},
};

} // namespace

Value awaitedValue(Machine &m, Value iterator) {
  const auto *steps = m.heap().get<IteratorObject>(iterator);
  if (!steps || steps->sources.size() != 1)
    return Value::none();
  const auto *one = m.heap().get<TupleObject>(steps->sources.front());
  if (!one || one->items.size() != 1 || m.typeName(one->items.front()) != kWait)
    return Value::none();
  const Value wait = one->items.front();
  auto resultOf = [&](Value task) {
    if (m.typeName(task) == kLock)
      setAttribute(m, task, "done", Value()); // it is taken again
    if (!isTask(m, task))
      return Value::boolean(true); // of an event
    Value result = attribute(m, task, "result");
    return result.isUnbound() ? m.abstract("", "what the task returns is not known") : result;
  };
  const llvm::SmallVector<Value, 4> tasks = m.heap().get<OpaqueObject>(wait)->held;
  if (attribute(m, wait, "all").isUnbound() || !attribute(m, wait, "all").asBool())
    return tasks.empty() ? Value::none() : resultOf(tasks.front());
  std::vector<Value> results;
  for (Value task : tasks)
    results.push_back(resultOf(task));
  return m.list(results);
}

void chargeTasksImport(Machine &m) {
  if (!setFirst(m, "imported"))
    return;
  chargeImport(m, kImport);
  m.name("asyncio.core");
}

void chargeTasksName(Machine &m, llvm::StringRef name) {
  const Part *part = partOf(name);
  if (!part || !setFirst(m, name))
    return;
  if (setFirst(m, part->name)) {
    chargeImport(m, part->requests);
    m.name(("asyncio." + part->name).str());
    addName(m);
  }
  addName(m);
}

llvm::ArrayRef<NativeRow> taskNatives() { return kRows; }

} // namespace fraglint
