#include "evaluator/containers.h"
#include "evaluator/interpreter.h"
#include "evaluator/objects.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Passes of a loop whose end is not known before its state is widened, and how many are made in
/// all: as many as bring something new, between these.
constexpr unsigned kPassesBeforeWidening = 1;
constexpr unsigned kLeastPasses = 2, kMostPasses = 12;
/// Where it is known how often a loop comes round at the most, all of its passes are made one by
/// one, if these are so few, and as long as they took no more than that part of the steps that are
/// left for what may not happen.
constexpr int64_t kMostCounted = 1000;
constexpr uint64_t kCountedParts = 16;
/// Whether a request of the last pass is larger than all of the same place in the pass before.
bool asksForMore(const RequestLog &log, std::pair<size_t, size_t> begins) {
  llvm::DenseMap<uint32_t, int64_t> largest;
  llvm::ArrayRef<HeapEvent> events = log.events;
  for (const HeapEvent &event : events.slice(begins.first, begins.second - begins.first))
    if (event.site)
      largest[event.site.ordinal()] = std::max(largest[event.site.ordinal()], event.bytes.hi);
  return llvm::any_of(events.drop_front(begins.second), [&](const HeapEvent &event) {
    auto before = event.site ? largest.find(event.site.ordinal()) : largest.end();
    return before != largest.end() && event.bytes.hi > before->second;
  });
}

} // namespace

/// Both ways from a test that is not known. The frame is as it is behind the test.
///
/// Where only one way comes to the meeting point, the other's effects are joined there already, and
/// what follows may not happen: no path is kept waiting.
Ending Interpreter::branch(Frame &frame, uint32_t target, uint32_t next, uint32_t join,
                           const Region &region, Value &result) {
  uint32_t begin = frame.pc - 1;
  ++undecided_;
  if (!mayFork() || join == 0) {
    skip(frame, frame.pc, std::max({target, next, join}));
    frame.pc = next;
    return Ending::Reached;
  }
  Region armRegion;
  armRegion.stop = join;
  armRegion.begin = std::min(begin, join);
  armRegion.end = join < begin ? static_cast<uint32_t>(frame.code->instructions.size()) : join;
  std::optional<Tested> tested = testedBefore(frame, begin);
  bool jumpsIfTrue = frame.code->instructions[begin].op == Op::PopJumpIfTrue;
  Frame before = frame;
  openArm();
  if (tested)
    narrow(frame, *tested, jumpsIfTrue);
  Arm first = runArm(frame, target, armRegion);
  first.frame = std::move(frame);
  first.changes = heap_.rewind();
  frame = std::move(before);
  if (tested)
    narrow(frame, *tested, !jumpsIfTrue);
  Arm second = runArm(frame, next, armRegion);
  closeArm();
  bool takesFirst = rank(first) < rank(second);
  if (takesFirst) {
    // The first way goes on: it is put into force again.
    second.frame = std::move(frame);
    second.changes = heap_.rewind();
    heap_.apply(std::move(first.changes));
    frame = std::move(first.frame);
  }
  Arm &main = takesFirst ? first : second;
  Arm &other = takesFirst ? second : first;
  ObjectHeap::Changes base = heap_.close();
  if (other.ending == Ending::Stopped) {
    if (main.ending == Ending::Stopped)
      isStopped_ = true;
  } else {
    joinHeaps(other.changes, base);
    noteOther(frame, other, main);
  }
  raised_ = main.raised;
  if (main.ending == Ending::Raised)
    isPropagated_ = false;
  result = main.result;
  return afterArm(frame, main.ending, region);
}

/// Whether there is room for another test that is not known: in depth, and in work that only may
/// be done.
bool Interpreter::mayFork() const {
  return forks_ < limits_.forks && uncertainSteps_ < limits_.uncertainSteps;
}

void Interpreter::openArm() {
  ++forks_;
  ++uncertainty_;
  ways_.push_back(++lastWay_);
  heap_.fork();
}

void Interpreter::closeArm() {
  --forks_;
  --uncertainty_;
  ways_.pop_back();
}

Interpreter::Arm Interpreter::runArm(Frame &frame, uint32_t at, const Region &region) {
  ways_.back() = ++lastWay_;
  frame.pc = at;
  Value result;
  Ending ending = at == region.stop ? Ending::Reached : execute(frame, region, result);
  return finishArm(frame, ending, result);
}

Interpreter::Arm Interpreter::finishArm(Frame &frame, Ending ending, Value result) {
  Arm arm;
  if (ending == Ending::Stopped && waitInstead(frame, result))
    ending = Ending::Yielded;
  arm.ending = ending;
  arm.result = result;
  arm.at = frame.pc;
  arm.raised = raised_;
  clearRaised();
  isStopped_ = false;
  if (ending == Ending::Stopped && onStopped)
    onStopped(ways_.back());
  return arm;
}

/// What goes on is the way that comes to the meeting point, else one that stays in the function.
unsigned Interpreter::rank(const Arm &arm) {
  switch (arm.ending) {
  case Ending::Reached:
    return 0;
  case Ending::Left:
    return 1;
  case Ending::Returned:
  case Ending::Yielded:
    return 2;
  case Ending::Raised:
    return 3;
  case Ending::Stopped:
    break;
  }
  return 4;
}

/// What becomes of the way that does not go on. Its effects are joined already.
void Interpreter::noteOther(Frame &frame, Arm &other, const Arm &main) {
  bool isSame =
      other.ending == main.ending && (other.ending != Ending::Left || other.at == main.at);
  // What it met on its way stays.
  frame.mayReturn = join(frame.mayReturn, other.frame.mayReturn);
  frame.hasPassedOver |= other.frame.hasPassedOver;
  addWaiting(frame, other.frame);
  for (const Frame::Exit &exit : other.frame.exits)
    addExit(frame, exit);
  switch (other.ending) {
  case Ending::Reached:
    joinFrames(frame, other.frame);
    return;
  case Ending::Left:
    joinFrames(frame, other.frame);
    if (isSame)
      return;
    keepExit(frame, other, other.at);
    frame.doubts.push_back({other.at, ++lastWay_});
    return;
  case Ending::Returned:
    frame.mayReturn = join(frame.mayReturn, other.result);
    if (isSame)
      return;
    keepExit(frame, other, ~0U);
    frame.doubts.push_back({~0U, ++lastWay_});
    return;
  case Ending::Raised:
    std::swap(frame.pc, other.frame.pc); // where it leaves the function
    addFailure(other.raised, frames_.size() - 1, true);
    std::swap(frame.pc, other.frame.pc);
    if (!isSame)
      frame.doubts.push_back({~0U, ++lastWay_});
    return;
  case Ending::Yielded:
    addWaiting(frame, other.frame, other.result);
    if (isSame)
      return;
    keepExit(frame, other, ~0U);
    frame.doubts.push_back({~0U, ++lastWay_});
    return;
  case Ending::Stopped:
    return;
  }
}

/// What the end of an arm means to the region around it.
Ending Interpreter::afterArm(Frame &frame, Ending ending, const Region &region) {
  if (ending == Ending::Stopped)
    isStopped_ = true;
  if (ending != Ending::Left && ending != Ending::Reached)
    return ending;
  if (frame.pc == region.stop)
    return Ending::Reached;
  bool isOutside = region.stop != ~0U && (frame.pc < region.begin || frame.pc > region.end);
  return isOutside ? Ending::Left : Ending::Reached;
}

/// The same where one way keeps the tested value: `a or b`, and chains of comparisons, where that
/// way has to take the middle one off first.
Ending Interpreter::branchKeeping(Frame &frame, uint32_t target, uint32_t next, uint32_t join,
                                  Value &result) {
  ++undecided_;
  Value kept = frame.stack.back();
  bool isChain = target != join;
  if (isChain)
    kept = abstractInt({0, 1}, "what is compared is not known");
  else if (isAbstract(kept) && frame.code->instructions[next - 1].op == Op::JumpIfTrueOrPop)
    kept = narrowed(kept, Tested(), true);
  auto keep = [&](Frame &one) {
    one.stack.resize(frame.code->heights[join] - 1);
    one.stack.push_back(kept);
    one.pc = join;
  };
  if (!mayFork() || join == 0) {
    skip(frame, next, std::max(target, join));
    keep(frame);
    return Ending::Reached;
  }
  frame.stack.pop_back();
  Frame before = frame;
  openArm();
  Region region;
  region.stop = join;
  region.begin = next - 1;
  region.end = join;
  Arm arm = runArm(frame, next, region);
  closeArm();
  keep(before);
  if (arm.ending != Ending::Reached) {
    // The right side does not come to an end: what is kept goes on.
    frame.stack = before.stack;
    goBack(frame, std::move(before), arm);
    result = arm.result;
    return Ending::Reached;
  }
  ObjectHeap::Changes base = heap_.close();
  ObjectHeap::Changes none;
  joinHeaps(none, base);
  joinFrames(frame, before);
  return Ending::Reached;
}

/// An arm that did not come to the meeting point is over: what was before it goes on.
void Interpreter::goBack(Frame &frame, Frame before, Arm &arm) {
  arm.frame = std::move(frame);
  arm.changes = heap_.rewind();
  ObjectHeap::Changes base = heap_.close();
  frame = std::move(before);
  if (arm.ending == Ending::Stopped)
    return;
  Arm main;
  main.ending = Ending::Reached;
  joinHeaps(arm.changes, base);
  noteOther(frame, arm, main);
}

/// Passes of a loop whose end is not known: until they change nothing any more. The frame is as it
/// is when no pass is made; `enter` puts it to the first instruction of a pass, or says that it was
/// one itself, or that there is none; `popped` values are on the stack when one is over; `most` is
/// how many passes there may be in all.
void Interpreter::repeatPasses(Frame &frame, const Region &pass, unsigned popped,
                               llvm::function_ref<Entry()> enter,
                               llvm::function_ref<int64_t()> most, Value &result) {
  ++undecided_;
  uint64_t begin = steps_;
  unsigned general = 0; // passes that stand for any number
  size_t events = log_.events.size();
  std::pair<size_t, size_t> passBegins; // of the last two, in the log
  bool isAtRest = false;
  for (int64_t count = 0; !isAtRest; ++count) {
    int64_t all = most();
    if (count >= all)
      break;
    bool isCounted = all <= kMostCounted && steps_ - begin < limits_.uncertainSteps / kCountedParts;
    if (!mayFork())
      return skip(frame, pass.begin, pass.end + 1);
    Frame before = frame;
    passBegins = {passBegins.second, log_.events.size()};
    openArm();
    Arm arm;
    arm.ending = Ending::Stopped;
    Entry entry = enter();
    if (entry != Entry::None) {
      Value given;
      Ending ending = entry == Entry::Whole ? Ending::Reached : execute(frame, pass, given);
      arm = finishArm(frame, ending, given);
    }
    closeArm();
    if (arm.ending == Ending::Reached) {
      frame.stack.resize(frame.stack.size() - popped);
      ObjectHeap::Changes base = heap_.close();
      widening_ = isCounted ? Widening::None
                            : wideningOf(general, kPassesBeforeWidening, kPassesBeforeWidening + 1);
      general += isCounted ? 0 : 1;
      bool keepsMore = isSteady_ && general >= kLeastPasses &&
                       (asksForMore(log_, passBegins) || hasGrownSince(base, frame, before));
      bringsNew_ = false;
      joinHeaps(ObjectHeap::Changes(), base);
      joinFrames(frame, before);
      widening_ = Widening::None;
      isAtRest = general >= kLeastPasses && (!bringsNew_ || general == kMostPasses);
      if (isAtRest)
        isSteady_ &= !keepsMore && !bringsNew_;
      continue;
    }
    goBack(frame, std::move(before), arm);
    break;
  }
  log_.isFolded |= general > 0 && log_.events.size() > events;
  result = {};
}

/// A test at the end of a loop that counts.
Ending Interpreter::repeat(Frame &frame, uint32_t head, uint32_t body, uint32_t behind,
                           const Region &region, Value &result) {
  Region pass;
  pass.stop = head;
  pass.begin = body;
  pass.end = behind - 1;
  repeatPasses(
      frame, pass, 1,
      [&] {
        frame.pc = body;
        return Entry::Begun;
      },
      [] { return Interval::kNoHi; }, result);
  frame.pc = behind;
  return afterArm(frame, Ending::Reached, region);
}

/// A test in the condition of a `while`, which jumps to `target`; the rest of the condition is
/// evaluated in any case. While a pass is under way that stands for any, it is not left here: its
/// end is.
Ending Interpreter::repeatWhile(Frame &frame, const WhileLoop &loop, uint32_t target,
                                const Region &region, Value &result) {
  uint32_t next = frame.pc;
  bool isLast = next == loop.behind;
  bool isInner = target > next && target < loop.behind;
  std::optional<Tested> tested;
  if (isLast || target == loop.behind)
    tested = testedBefore(frame, next - 1);
  // What it has to be for the loop to go on.
  bool wanted = (frame.code->instructions[next - 1].op == Op::PopJumpIfTrue) == isLast;
  auto goOn = [&] {
    if (tested)
      narrow(frame, *tested, wanted);
    frame.pc = isLast ? loop.top : next;
  };
  if (isInner || llvm::is_contained(frame.repeated, loop.condition)) {
    ++undecided_;
    goOn();
    return Ending::Reached;
  }
  Region pass;
  pass.stop = loop.condition;
  pass.begin = loop.top;
  pass.end = loop.behind - 1;
  frame.repeated.push_back(loop.condition);
  bool isFirst = true;
  repeatPasses(
      frame, pass, 0,
      [&] {
        if (!isFirst)
          frame.pc = loop.condition; // which may say more of its variables than the test did
        else
          goOn();
        isFirst = false;
        return Entry::Begun;
      },
      [] { return Interval::kNoHi; }, result);
  llvm::erase(frame.repeated, loop.condition);
  frame.pc = loop.behind;
  return afterArm(frame, Ending::Reached, region);
}

/// `for` over something of unknown length. `given`: what it gave already; Unbound: nothing.
Ending Interpreter::repeatIteration(Frame &frame, uint32_t head, uint32_t end, Value iterating,
                                    Value given, const Region &region, Value &result) {
  Region pass;
  pass.stop = pass.begin = head;
  pass.end = end - 1;
  // It may become longer while it is gone over.
  auto most = [&, steps = Interval::exactly(stepsOf(*this, iterating).hi),
               length = lengthOfSources(iterating)] {
    return (steps + lengthOfSources(iterating) - length).hi;
  };
  repeatPasses(
      frame, pass, 0,
      [&] {
        std::optional<Value> item = std::exchange(given, {});
        if (item->isUnbound())
          item = anyItem(iterating);
        if (isStopped_)
          return Entry::None;
        if (!item)
          noteRaised();
        if (!item || item->isUnbound()) // what a generator does at its end is done
          return Entry::Whole;
        frame.stack.push_back(*item);
        frame.pc = head + 1;
        if (contracts_)
          applyContracts(frame, frame.code->instructions[head], /*isDone=*/true);
        return Entry::Begun;
      },
      most, result);
  frame.stack.resize(frame.stack.size() - 4);
  frame.pc = end;
  return afterArm(frame, Ending::Reached, region);
}

/// Of all that an iterator goes over, taken together, at the most.
Interval Interpreter::lengthOfSources(Value iterating) const {
  const auto *iterator = heap_.get<IteratorObject>(iterating);
  if (!iterator) {
    std::optional<Interval> length = fraglint::lengthOf(*this, iterating);
    return Interval::exactly(length ? length->hi : Interval::kNoHi);
  }
  Interval sum = Interval::exactly(0);
  for (Value source : iterator->sources)
    sum = sum + lengthOfSources(source);
  return sum;
}

bool Interpreter::mayEndAnywhere(const IteratorObject &iterator) const {
  if (iterator.steps == IteratorObject::Steps::Unknown)
    return true;
  for (Value source : iterator.sources) {
    if (!source.isObject())
      continue;
    const Object &object = heap_[source.asObject()];
    switch (object.kind) {
    case ObjectKind::Abstract:
      return true;
    case ObjectKind::List:
      // Items that are not known are as many as it is long.
      if (!llvm::cast<ListObject>(object).length.isExact())
        return true;
      break;
    case ObjectKind::Dict:
      if (!llvm::cast<DictObject>(object).table.isKnown)
        return true;
      break;
    case ObjectKind::DictView: {
      const auto *dict = heap_.get<DictObject>(llvm::cast<DictViewObject>(object).dict);
      if (!dict || !dict->table.isKnown)
        return true;
      break;
    }
    case ObjectKind::Set:
      if (!llvm::cast<SetObject>(object).isKnown)
        return true;
      break;
    case ObjectKind::Deque:
      if (!llvm::cast<DequeObject>(object).length.isExact())
        return true;
      break;
    case ObjectKind::Str:
      if (!llvm::cast<StrObject>(object).content.isKnown)
        return true;
      break;
    case ObjectKind::Bytes:
      if (!llvm::cast<BytesObject>(object).content.length.isExact())
        return true;
      break;
    case ObjectKind::ByteArray:
      if (!llvm::cast<ByteArrayObject>(object).content.length.isExact())
        return true;
      break;
    case ObjectKind::Array:
      if (!llvm::cast<ArrayObject>(object).length.isExact())
        return true;
      break;
    case ObjectKind::Iterator:
      if (mayEndAnywhere(llvm::cast<IteratorObject>(object)))
        return true;
      break;
    default:
      break;
    }
  }
  return false;
}

} // namespace fraglint
