#include "evaluator/interpreter.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Tasks of one function that are followed.
constexpr unsigned kMostAlike = 8;
/// Rounds of tasks that stand for all further ones, at most, and behind how many of them what still
/// moves has a round bound, then none.
constexpr unsigned kMostRounds = 12, kRoundsBeforeWidening = 1, kRoundsToRound = 4;

} // namespace

/// Each task goes on from where it waits, as often as it goes round, and may do so at any time:
/// what it comes to is joined with what there was, until no task brings anything new. Whoever
/// awaits something may find it done.
bool Interpreter::repeatTasks(Value main,
                              llvm::function_ref<llvm::SmallVector<Value>()> coroutines) {
  pass_ = kFurtherPasses;
  generalPasses_ = std::max(generalPasses_, 1U);
  generalWay_ = ++lastWay_;
  hasCutPasses_ = true;
  bool outer = std::exchange(passesOverAwaits_, true);
  bool mayEnd = false, isAtRest = false;
  Value raised; // by the main one
  for (unsigned round = 0; !isAtRest && round < kMostRounds; ++round) {
    isAtRest = true;
    llvm::DenseMap<const Code *, unsigned> alike;
    for (Value coroutine : coroutines()) {
      const auto *waiting = heap_.get<GeneratorObject>(coroutine);
      if (!waiting || waiting->isOver())
        continue;
      if (++alike[waiting->code] > kMostAlike || !mayFork()) {
        constexpr llvm::StringLiteral kTooMany = "tasks are too many to be followed";
        noteGap(kTooMany);
        skipValue(coroutine, kTooMany);
        continue;
      }
      const auto before = waiting->places;
      const bool mightBeOver = waiting->mayBeOver;
      openArm();
      std::optional<Value> ended = resumeGenerator(coroutine, Value::none(), nullptr);
      closeArm();
      mayEnd |= coroutine == main && ended;
      if (coroutine == main && !raised_.isUnbound())
        raised = raised_;
      isStopped_ = false;
      clearRaised();
      auto *again = heap_.change<GeneratorObject>(coroutine);
      again->isRunning = false;
      if (again->code->isAsync) {
        // It does not wait where it awaits something: it came to all that follows.
        again->places = before;
        again->mayBeOver = mightBeOver;
      }
      ObjectHeap::Changes base = heap_.close();
      widening_ = wideningOf(round, kRoundsBeforeWidening, kRoundsToRound);
      bringsNew_ = false;
      joinHeaps(ObjectHeap::Changes(), base);
      widening_ = Widening::None;
      isAtRest &= !bringsNew_;
    }
  }
  isSteady_ &= isAtRest;
  passesOverAwaits_ = outer;
  if (mayEnd && !raised.isUnbound())
    addFailure(raised, frames_.size(), true);
  else
    raised_ = raised;
  return mayEnd;
}

/// That it stops half-way is a gap: what it had changed by then is not among what is joined.
void Interpreter::runPerhaps(Value coroutine, const llvm::Twine &reason) {
  const auto *waiting = heap_.get<GeneratorObject>(coroutine);
  if (!waiting || waiting->isOver())
    return;
  noteGap(reason);
  if (!mayFork())
    return skipValue(coroutine, reason.str());
  bool outer = std::exchange(passesOverAwaits_, true);
  openArm();
  resumeGenerator(coroutine, Value::none(), nullptr);
  closeArm();
  isStopped_ = false;
  noteRaised();
  ObjectHeap::Changes base = heap_.close();
  joinHeaps(ObjectHeap::Changes(), base);
  passesOverAwaits_ = outer;
}

/// Whether a frame does not wait where it awaits something.
bool Interpreter::passesOver(const Frame &frame) const {
  return passesOverAwaits_ && frame.code->isAsync;
}

/// The same within a way of a test that is not known, too.
bool Interpreter::goesOnAtOnce(const Frame &frame, const Region &region) const {
  return passesOver(frame) || (frame.code->isAsync && region.stop != ~0U);
}

/// While a task waits others run: what has changed since any test that is not known, or since the
/// pass began that stands for all, may be as it was before, which is all that others leave.
void Interpreter::letOthersRun() {
  for (const auto &[id, version] : heap_.changesOfForks())
    joinObject(heap_.change(id), *version);
}

} // namespace fraglint
