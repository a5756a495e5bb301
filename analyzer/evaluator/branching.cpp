#include "evaluator/interpreter.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Passes of a loop whose end is not known before its state is widened, and at most.
constexpr unsigned kPassesBeforeWidening = 1;
constexpr unsigned kMostPasses = 5;

} // namespace

/// Both ways from a test that is not known. The frame is as it is behind the test.
///
/// Where only one way comes to the meeting point, the other's effects are joined there already, and
/// what follows may not happen: no path is kept waiting.
Ending Interpreter::branch(Frame &frame, uint32_t onTrue, uint32_t onFalse, uint32_t join,
                           const Region &region, Value &result) {
  uint32_t begin = frame.pc - 1;
  ++undecided_;
  if (!mayFork() || join == 0) {
    noteGap("tests that are not known are nested too deeply to be followed");
    frame.pc = onFalse;
    return Ending::Reached;
  }
  Region armRegion;
  armRegion.stop = join;
  armRegion.begin = begin;
  armRegion.end = join;
  Frame before = frame;
  openArm();
  Arm first = runArm(frame, onTrue, armRegion);
  first.frame = std::move(frame);
  first.changes = heap_.rewind();
  frame = std::move(before);
  Arm second = runArm(frame, onFalse, armRegion);
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
  Arm arm;
  ways_.back() = ++lastWay_;
  frame.pc = at;
  arm.ending = at == region.stop ? Ending::Reached : execute(frame, region, arm.result);
  arm.at = frame.pc;
  arm.raised = raised_;
  clearRaised();
  isStopped_ = false;
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
  switch (other.ending) {
  case Ending::Reached:
    joinFrames(frame, other.frame);
    return;
  case Ending::Left:
    joinFrames(frame, other.frame);
    if (isSame)
      return;
    frame.exits.push_back({other.at, static_cast<uint32_t>(other.frame.stack.size())});
    frame.doubts.push_back({other.at, ++lastWay_});
    return;
  case Ending::Returned:
    frame.mayReturn = join(frame.mayReturn, other.result);
    if (!isSame)
      frame.doubts.push_back({~0U, ++lastWay_});
    return;
  case Ending::Raised:
    if (isSame)
      return;
    mayRaise_ = other.raised;
    frame.doubts.push_back({~0U, ++lastWay_});
    return;
  case Ending::Yielded:
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

/// Something that was called may raise: the handler of this frame is a way, too.
Ending Interpreter::branchToHandler(Frame &frame) {
  Value exception = mayRaise_;
  mayRaise_ = {};
  if (!mayFork())
    return Ending::Reached;
  ++undecided_;
  Frame before = frame;
  openArm();
  raised_ = exception;
  isPropagated_ = true;
  Arm arm;
  Region region;
  region.stop = ~0U - 1; // it ends where it leaves the handler
  region.begin = region.end = frame.pc;
  arm.ending = unwind(frame);
  if (arm.ending == Ending::Reached) {
    arm.ending = execute(frame, region, arm.result);
    arm.at = frame.pc;
  }
  arm.raised = raised_;
  clearRaised();
  isStopped_ = false;
  arm.frame = std::move(frame);
  frame = std::move(before);
  arm.changes = heap_.rewind();
  closeArm();
  ObjectHeap::Changes base = heap_.close();
  Arm main;
  main.ending = Ending::Reached;
  if (arm.ending != Ending::Stopped) {
    joinHeaps(arm.changes, base);
    noteOther(frame, arm, main);
  }
  return Ending::Reached;
}

/// The same where one way keeps the tested value: `a or b`.
Ending Interpreter::branchKeeping(Frame &frame, uint32_t target, uint32_t next, uint32_t join,
                                  Value &result) {
  ++undecided_;
  Value kept = frame.stack.back();
  if (target != join || !mayFork()) {
    // A chain of comparisons: taken as not known.
    frame.stack.resize(frame.code->heights[join]);
    frame.stack.back() = abstractInt({0, 1}, "what is compared is not known");
    frame.pc = join;
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
  if (arm.ending != Ending::Reached) {
    // The right side does not come to an end: what is kept goes on.
    arm.frame = std::move(frame);
    arm.changes = heap_.rewind();
    ObjectHeap::Changes base = heap_.close();
    frame = std::move(before);
    frame.stack.push_back(kept);
    frame.pc = join;
    Arm main;
    main.ending = Ending::Reached;
    if (arm.ending != Ending::Stopped) {
      joinHeaps(arm.changes, base);
      arm.frame.stack = frame.stack;
      noteOther(frame, arm, main);
    }
    result = arm.result;
    return Ending::Reached;
  }
  ObjectHeap::Changes base = heap_.close();
  ObjectHeap::Changes none;
  joinHeaps(none, base);
  before.stack.push_back(kept);
  joinFrames(frame, before);
  return Ending::Reached;
}

/// Passes of a loop whose end is not known: until they change nothing any more. The frame is as it
/// is when no pass is made; `enter` puts it to the first instruction of a pass, or says that there
/// is none; `popped` values are on the stack when a pass comes back to `head`.
void Interpreter::repeatPasses(Frame &frame, uint32_t head, uint32_t behind, unsigned popped,
                               llvm::function_ref<bool()> enter, Value &result) {
  ++undecided_;
  for (unsigned pass = 0; pass < kMostPasses; ++pass) {
    if (!mayFork()) {
      noteGap("loops whose ends are not known are nested too deeply to be followed");
      return;
    }
    Region inside;
    inside.stop = head;
    inside.begin = std::min(head, behind);
    inside.end = std::max(head, behind - 1);
    if (head < behind)
      inside.begin = head ? head - 1 : 0;
    Frame before = frame;
    openArm();
    Arm arm;
    arm.ending = Ending::Stopped;
    if (enter()) {
      inside.begin = std::min(inside.begin, frame.pc ? frame.pc - 1 : 0);
      arm = runArm(frame, frame.pc, inside);
    }
    closeArm();
    bool isBack = arm.ending == Ending::Reached;
    if (isBack) {
      frame.stack.resize(frame.stack.size() - popped);
      ObjectHeap::Changes base = heap_.close();
      ObjectHeap::Changes none;
      isWidening_ = pass >= kPassesBeforeWidening;
      joinHeaps(none, base);
      joinFrames(frame, before);
      isWidening_ = false;
    } else {
      arm.frame = std::move(frame);
      arm.changes = heap_.rewind();
      ObjectHeap::Changes base = heap_.close();
      frame = std::move(before);
      Arm main;
      main.ending = Ending::Reached;
      if (arm.ending != Ending::Stopped) {
        joinHeaps(arm.changes, base);
        noteOther(frame, arm, main);
      }
    }
    if (!isBack)
      break;
  }
  result = {};
}

Ending Interpreter::repeat(Frame &frame, uint32_t head, uint32_t body, uint32_t behind,
                           const Region &region, Value &result) {
  repeatPasses(
      frame, head, behind, 1,
      [&] {
        frame.pc = body;
        return true;
      },
      result);
  frame.pc = behind;
  return afterArm(frame, Ending::Reached, region);
}

/// `for` over something of unknown length.
Ending Interpreter::repeatIteration(Frame &frame, uint32_t head, uint32_t end, Value iterating,
                                    const Region &region, Value &result) {
  repeatPasses(
      frame, head, end, 0,
      [&] {
        std::optional<Value> item = isAbstract(iterating)
                                        ? std::optional(unknown("what this goes over is not known"))
                                        : next(iterating);
        if (!item || item->isUnbound()) {
          clearRaised();
          return false;
        }
        frame.stack.push_back(*item);
        frame.pc = head + 1;
        return true;
      },
      result);
  frame.stack.resize(frame.stack.size() - 4);
  frame.pc = end;
  return afterArm(frame, Ending::Reached, region);
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
