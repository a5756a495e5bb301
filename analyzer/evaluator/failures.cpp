#include "evaluator/interpreter.h"
#include "evaluator/objects.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

// Exceptions that may be raised: what is under way goes on, and each handler that would catch one
// is a way, too.

namespace {

/// Exceptions that may be under way at once; of more, those of one type to one frame
/// are one of several.
constexpr size_t kMostFailures = 12;
/// The type of exceptions that come from outside of the program: it, or one that derives from it.
constexpr llvm::StringLiteral kOutsideException = "Exception";
/// Calls of a library in Python that an exception of it has passed through.
constexpr int64_t kMostLibraryCalls = 8;

} // namespace

/// An exception that may have been raised, and would come to the frame of that depth. Each frame
/// that it comes to from one that was called adds to its traceback, at once.
void Interpreter::addFailure(Value exception, size_t depth, bool isPropagated) {
  size_t catching = depth;
  while (catching > 0 && !hasHandler(*frames_[catching - 1]))
    --catching;
  if (catching == 0)
    return; // the program would end
  ++uncertainty_;
  for (size_t count = depth - catching + (isPropagated ? 1 : 0); count > 0; --count)
    addTraceback(*this, exception);
  --uncertainty_;
  auto same = llvm::find_if(failures_, [&](const Failure &one) {
    return one.depth == catching && typeName(one.exception) == typeName(exception);
  });
  if (failures_.size() >= kMostFailures && same != failures_.end())
    same->exception = join(same->exception, exception);
  else
    failures_.push_back({exception, catching});
}

void Interpreter::noteFailure(llvm::function_ref<void()> fail) {
  if (isProbing_ || llvm::none_of(frames_, [](const Frame *one) { return hasHandler(*one); }))
    return;
  ++uncertainty_;
  fail();
  --uncertainty_;
  Value exception = raised_;
  bool isPropagated = isPropagated_;
  isPropagated_ = false;
  clearRaised();
  addFailure(exception, frames_.size(), isPropagated);
}

/// Whether an exception that is not known may match a clause: a library raises none of the classes
/// of the program, but where it calls a function of the program.
bool Interpreter::mayMatch(Value exception, Value type) const {
  if (typeName(exception) != kOutsideException || !callbacks_.empty())
    return true;
  if (const auto *types = heap_.get<TupleObject>(type))
    return llvm::any_of(types->items, [&](Value one) { return mayMatch(exception, one); });
  const auto *one = heap_.get<ClassObject>(type);
  return !one || one->isNative;
}

/// What a library raises: an exception with one argument, of whatever type.
void Interpreter::noteOutsideFailure() {
  noteFailure([&] {
    raised_ = abstract(kOutsideException, "what this raises is not known");
    auto *exception = heap_.change<AbstractObject>(raised_);
    exception->header = heap_.requestSoft(words(profile_.isCircuitPython() ? 6 : 4));
    heap_.requestSoft(words(3));
    // Libraries in Python raise a few calls deep.
    exception->data = heap_.requestSoft(words(3));
    heap_.resize(exception->data, Interval{words(3), words(3 * kMostLibraryCalls)}, false);
  });
}

/// Whether something may have been raised that this frame would catch.
bool Interpreter::hasFailureFor(const Frame &frame) const {
  size_t depth = frames_.size();
  return !failures_.empty() && hasHandler(frame) &&
         llvm::any_of(failures_, [&](const Failure &one) { return one.depth == depth; });
}

/// The handlers of this frame are ways, too.
void Interpreter::branchToHandlers(Frame &frame) {
  size_t depth = frames_.size();
  llvm::SmallVector<Failure, 4> taken;
  for (const Failure &one : failures_)
    if (one.depth == depth)
      taken.push_back(one);
  llvm::erase_if(failures_, [&](const Failure &one) { return one.depth == depth; });
  Value raised = raised_;
  bool wasPropagated = isPropagated_;
  clearRaised();
  size_t held = held_.size();
  held_.push_back(raised);
  for (const Failure &one : taken)
    held_.push_back(one.exception);
  for (const Failure &one : taken)
    branchToHandler(frame, one);
  held_.resize(held);
  raised_ = raised;
  isPropagated_ = wasPropagated;
}

void Interpreter::branchToHandler(Frame &frame, const Failure &failure) {
  auto handler = llvm::find_if(llvm::reverse(frame.handlers), [](const Handler &one) {
    return !one.isActive && one.kind == Handler::Kind::Except;
  });
  Region region;
  region.stop = region.end = handler->end;
  region.begin = handler->begin;
  if (!mayFork())
    return skip(frame, handler->at, handler->end);
  ++undecided_;
  Frame before = frame;
  openArm();
  raised_ = failure.exception;
  isPropagated_ = false; // its traceback tells of this frame already
  Arm arm;
  arm.ending = unwind(frame);
  if (arm.ending == Ending::Reached)
    arm.ending = execute(frame, region, arm.result);
  if (arm.ending == Ending::Stopped && waitInstead(frame, arm.result))
    arm.ending = Ending::Yielded;
  if (arm.ending == Ending::Reached)
    arm.ending = Ending::Left; // behind the statement, which the other way has still to do
  arm.at = frame.pc;
  arm.raised = raised_;
  clearRaised();
  isPropagated_ = false;
  isStopped_ = false;
  closeArm();
  goBack(frame, std::move(before), arm);
}

} // namespace fraglint
