#include "semantic/loop_sleep.h"

#include "semantic/call_arguments.h"
#include "semantic/call_traits.h"
#include "semantic/clock_form.h"
#include "semantic/evaluation.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

/// How many calls deep sleeps are looked for.
constexpr unsigned kCallDepth = 4;
/// Statements of called functions that one query looks at; what lies behind them counts nothing.
constexpr unsigned kStatementLimit = 64;
/// Nodes of a compound statement that are looked at for a `return`.
constexpr unsigned kNodeLimit = 500;

/// Lower bound of a number; 0 where nothing is known.
double leastValueOf(const SemanticModel &model, SyntaxNode expression) {
  if (!expression)
    return 0;
  if (std::optional<double> number = model.numberOf(expression))
    return std::max(*number, 0.0);
  Interval value = model.intervalOf(expression);
  return value.hasLo() && value.lo > 0 ? static_cast<double>(value.lo) : 0;
}

/// Seconds until the alarm that an expression makes goes off: `TimeAlarm(monotonic_time=
/// time.monotonic() + 20)`. 0 for other alarms.
double leastAlarmDelay(const SemanticModel &model, SyntaxNode alarm) {
  if (alarm.kind() == NodeKind::Identifier)
    if (SymbolId symbol = model.symbolOf(alarm); symbol != kNoId)
      alarm = model.soleValueOf(symbol);
  if (alarm.kind() != NodeKind::Call || lastNameOf(alarm) != "TimeAlarm")
    return 0;
  SyntaxNode time = CallArguments(alarm).get(kNoId, "monotonic_time");
  ClockReader reader(model, [](SyntaxNode) { return SyntaxNode(); });
  std::optional<ClockForm> form = reader.sumOf(time);
  return form && form->clock == 1 && form->terms.empty() ? std::max(0.0, form->constant) : 0;
}

/// Of `light_sleep_until_alarms`: any of the alarms wakes the board.
double leastLightSleep(const SemanticModel &model, SyntaxNode call) {
  CallArguments alarms(call);
  if (alarms.hasSplat() || alarms.empty())
    return 0;
  double least = leastAlarmDelay(model, alarms.get(0));
  for (unsigned index = 1; index < alarms.positionalCount(); ++index)
    least = std::min(least, leastAlarmDelay(model, alarms.get(index)));
  return least;
}

/// Of a call of the library.
Delay delayOfLibraryCall(const SemanticModel &model, SyntaxNode call) {
  if (lastNameOf(call) == "light_sleep_until_alarms")
    return {leastLightSleep(model, call)};
  const LibraryRow *row = libraryRowOf(model, call);
  if (!row)
    return {};
  if (row->has(Trait::WaitsForUser))
    return {0, true};
  constexpr Trait kSleeps = Trait::SleepsSeconds | Trait::SleepsMillis | Trait::SleepsMicros;
  // A coroutine sleeps where it is awaited.
  bool isCoroutine = llvm::StringRef(row->name).starts_with("asyncio.");
  bool isAwaited = call.parent().kind() == NodeKind::Await;
  if (!row->has(kSleeps) || (isCoroutine && !isAwaited))
    return {};
  double scale = row->has(Trait::SleepsSeconds) ? 1 : row->has(Trait::SleepsMillis) ? 1e-3 : 1e-6;
  CallArguments arguments(call);
  SyntaxNode amount = arguments.get(0, "seconds");
  if (!amount)
    amount = arguments.get(0, "sleep_time");
  return {leastValueOf(model, amount) * scale};
}

// NOLINTBEGIN(misc-no-recursion): as deep as calls are followed and blocks nest, a hundred at most.

/// Adds up one query's delays, through the program's own functions.
class DelayReader {
public:
  explicit DelayReader(const SemanticModel &model) : model_(model) {}

  void element(SyntaxNode element, unsigned depth) {
    if (isCompoundStatement(element.kind()))
      return; // a nested definition
    SyntaxNode end = element.firstAfter();
    for (SyntaxNode node = element; node && !(node == end);) {
      if (!(node == element) && isConditionalOrDeferred(node)) {
        node = node.firstAfter();
        continue;
      }
      if (node.kind() == NodeKind::Call)
        call(node, depth);
      node = node.next();
    }
  }

  Delay delay;

private:
  void call(SyntaxNode call, unsigned depth) {
    Delay own = delayOfLibraryCall(model_, call);
    delay.seconds += own.seconds;
    delay.asksUser |= own.asksUser;
    FunctionId callee = depth == 0 ? kNoId : model_.calleeFunction(call);
    if (callee == kNoId)
      return;
    const Function &function = model_.function(callee);
    bool runsHere = !function.isAsync || call.parent().kind() == NodeKind::Await;
    if (runsHere && !function.isGenerator && !function.isOpaque)
      body(function.node.child(Field::Body), depth - 1);
  }

  /// The statements that each way through a body runs: up to one that may return from within.
  void body(SyntaxNode block, unsigned depth) {
    for (SyntaxNode statement : block.children()) {
      if (isCompoundStatement(statement.kind()) ? mayReturn(statement) : statements_ == 0)
        return;
      if (statement.kind() == NodeKind::ForStatement)
        counted(statement, depth);
      if (isCompoundStatement(statement.kind()))
        continue;
      --statements_;
      element(statement, depth);
      if (statement.kind() == NodeKind::ReturnStatement)
        return;
    }
  }

  /// A `for` of a known number of passes that nothing cuts short.
  void counted(SyntaxNode loop, unsigned depth) {
    int64_t passes = model_.tripsOf(loop).lo;
    if (passes < 1 || mayHave(loop, NodeKind::BreakStatement) ||
        mayHave(loop, NodeKind::ContinueStatement))
      return;
    Delay before = delay;
    body(loop.child(Field::Body), depth);
    delay.seconds += static_cast<double>(passes - 1) * (delay.seconds - before.seconds);
  }

  static bool mayReturn(SyntaxNode statement) {
    return mayHave(statement, NodeKind::ReturnStatement);
  }

  /// A statement too long to be looked at may.
  static bool mayHave(SyntaxNode statement, NodeKind kind) {
    unsigned nodes = 0;
    for (SyntaxNode node = statement; node && statement.contains(node); node = node.next())
      if (node.kind() == kind || ++nodes > kNodeLimit)
        return true;
    return false;
  }

  const SemanticModel &model_;
  unsigned statements_ = kStatementLimit; ///< of called functions that are still looked at
};

// NOLINTEND(misc-no-recursion)

} // namespace

Delay leastDelayOf(const SemanticModel &model, SyntaxNode element) {
  DelayReader reader(model);
  reader.element(element, kCallDepth);
  return reader.delay;
}

} // namespace fraglint
