#include "evaluator/interpreter.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"
#include "evaluator/state_size.h"
#include "semantic/value_evaluator.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Passes of a task for each pass of a program.
constexpr uint64_t kYieldsPerPass = 64;
/// Loops that an exception may end are looked at for so long, while all is known.
constexpr uint64_t kCaughtPasses = 1000, kCaughtSteps = 200'000;
/// Passes that stand for all further ones: as many as bring something new, between these; and
/// behind how many of them what still moves has round bounds.
constexpr unsigned kLeastGeneralPasses = 2, kMostGeneralPasses = 16, kRoundPasses = 4;

/// Whether a handler takes more than the interruption of a program that never ends. Its clauses
/// begin as CodeBuilder::buildHandler has them.
bool takesErrors(const Code &code, const Handler &handler) {
  if (handler.isActive || handler.kind != Handler::Kind::Except)
    return false;
  const std::vector<Instruction> &instructions = code.instructions;
  uint32_t at = handler.at;
  while (instructions[at].op == Op::Duplicate) {
    const Instruction &type = instructions[at + 1];
    bool isName = type.op == Op::LoadName || type.op == Op::LoadGlobal;
    if (!isName || code.names[static_cast<size_t>(type.a)] != "KeyboardInterrupt" ||
        instructions[at + 3].op != Op::PopJumpIfFalse)
      return true;
    at = static_cast<uint32_t>(instructions[at + 3].a);
  }
  return instructions[at].op != Op::EndFinally;
}

} // namespace

/// Whether something that is raised now would be caught, by this function or one that called it.
bool Interpreter::isCaughtAnywhere() const {
  return llvm::any_of(frames_, [](const Frame *frame) {
    return llvm::any_of(frame->handlers, [frame](const Handler &handler) {
      return takesErrors(*frame->code, handler);
    });
  });
}

/// Whether a loop over a generator went round so often that what follows is taken together.
bool Interpreter::isLong(Frame &frame) {
  constexpr uint64_t kMostItems = 20'000, kMostUndecidedItems = 4;
  auto *passes =
      llvm::find_if(frame.passes, [&](const Frame::Passes &one) { return one.at == frame.pc; });
  if (passes == frame.passes.end()) {
    frame.passes.push_back({frame.pc, 0, undecided_, frame.resumes});
    return false;
  }
  bool isDecided = passes->undecided == undecided_;
  passes->undecided = undecided_;
  passes->undecidedCount += isDecided ? 0 : 1;
  return ++passes->count > kMostItems || passes->undecidedCount > kMostUndecidedItems;
}

/// Whether the loop whose passes are counted is under way. That of a task is as long as the event
/// loop is, of which all tasks are passes.
bool Interpreter::isInPass() const {
  // Tasks may be repeated although none of them has such a loop.
  if (!pass_ || !passCode_ || frames_.size() < std::min(passFrame_, passTasks_))
    return false;
  if (passTasks_ <= passFrame_) {
    const Frame &caller = *frames_[passTasks_ - 1];
    return caller.code == passTasksCode_ && caller.pc == passTasksAt_;
  }
  const Frame &frame = *frames_[passFrame_ - 1];
  return frame.code == passCode_ && frame.pc >= passAt_ && frame.pc <= passEnd_;
}

llvm::DenseSet<Interpreter::EndlessLoop> Interpreter::leftLoops() const {
  llvm::DenseSet<EndlessLoop> loops;
  for (const EndlessLoop &loop : left_)
    if (!cut_.contains(loop))
      loops.insert(loop);
  return loops;
}

/// Where the loop whose passes are counted is not under way any more. Tasks and generators leave
/// theirs only for a while.
void Interpreter::noteLeftLoop() {
  if (passCode_ && passTasks_ == ~size_t{0} && !passCode_->isGenerator && !passCode_->isAsync)
    left_.insert({passCode_, passAt_});
}

/// Its last instruction goes back to its head, and is of its condition.
SyntaxNode Interpreter::passLoop() const {
  return passCode_ && passEnd_ > 0
             ? passCode_->sites[passEnd_ - 1].enclosing(NodeKind::WhileStatement)
             : SyntaxNode();
}

void Interpreter::noteGrowth(Value container) {
  if (container.isObject() && contractAt(site(), ContractKind::Length))
    lengthened_.push_back(container);
  if (isInPass() && container.isObject() && !fixed_.contains(container.asObject()))
    growths_.try_emplace(container.asObject(), Growth{site(), lengthOf(container.asObject())});
}

int64_t Interpreter::lengthOf(ObjectId container) const { return mostItemsOf(heap_[container]); }

/// Whether a container that was there when the last pass began is longer now.
bool Interpreter::hasGrown() {
  bool grows = false;
  for (auto at = growths_.begin(); at != growths_.end();) {
    Growth &growth = at->second;
    int64_t length = lengthOf(at->first);
    if (growth.isOld && length <= growth.length) {
      at = growths_.erase(at); // garbage, most of it
      continue;
    }
    growth.isGrowing = growth.isOld;
    grows |= growth.isGrowing;
    growth.isOld = true; // from here on it counts
    growth.length = length;
    ++at;
  }
  return grows;
}

/// Whether an integer without a bound is made in a way that adds digits again and again: of itself,
/// as in `n = n * 3` and `a, b = b, a + b`, or as a power with such a one. Sums that only count do
/// not come beyond a machine's word.
bool Interpreter::feedsItself(BinaryOperator op, Value left, Value right) const {
  auto isUnbounded = [this](Value value) {
    std::optional<Interval> bounds = boundsOf(value);
    return bounds && !(bounds->hasLo() && bounds->hasHi());
  };
  bool isPower = op == BinaryOperator::Power || op == BinaryOperator::ShiftLeft;
  if (isPower && isUnbounded(right) && boundsOf(left))
    return true;
  bool isSum = op == BinaryOperator::Add || op == BinaryOperator::Subtract;
  bool isProduct = isPower || op == BinaryOperator::Multiply;
  bool isOpen = isSum ? isUnbounded(left) && isUnbounded(right)
                      : isProduct && (isUnbounded(left) || isUnbounded(right));
  if (!isOpen)
    return false;
  SyntaxNode statement = site().statement();
  SyntaxNode target = statement ? statement.child(Field::Left) : SyntaxNode();
  if (!target && statement && statement.firstChild())
    target = statement.firstChild().child(Field::Left); // of an expression statement
  if (!target)
    return false;
  auto isTarget = [&](SyntaxNode name) {
    for (SyntaxNode node = target; node && target.contains(node); node = node.next())
      if (node.kind() == NodeKind::Identifier && node.text() == name.text())
        return true;
    return false;
  };
  SyntaxNode operation = site();
  // A remainder, or what a call makes of it, does not feed it.
  for (SyntaxNode up = operation.parent(); up && statement.contains(up) && !(up == statement);
       up = up.parent())
    if (up.kind() == NodeKind::Call ||
        llvm::is_contained({"%", "&", ">>", "//", "/"}, operatorOf(up)))
      return false;
  bool isInPlace = operation.kind() == NodeKind::AugmentedAssignment;
  SyntaxNode one = operation.child(Field::Left), other = operation.child(Field::Right);
  auto isFed = [&](SyntaxNode operand) {
    return operand && operand.kind() == NodeKind::Identifier && isTarget(operand);
  };
  if (isSum)
    return isFed(one) && isFed(other);
  return isInPlace || isFed(one) || isFed(other);
}

/// Whether the program keeps more than when the pass began: `before` has what the pass changed, and
/// `begin` is what `frame` was.
bool Interpreter::hasGrownSince(const ObjectHeap::Changes &before, Frame &frame, Frame &begin) {
  auto roots = [this](const ObjectVisitor &visitor) { visitRoots(visitor); };
  Frame then = std::exchange(begin, {}); // is no part of what is now
  int64_t bytesNow = StateSize(heap_, nullptr).of(roots);
  std::swap(frame, then);
  int64_t bytesThen = StateSize(heap_, &before).of(roots);
  std::swap(frame, then);
  begin = std::move(then);
  return bytesNow > bytesThen;
}

/// After the passes that were wanted: what differs from pass to pass is not known any more, and
/// some further ones stand for all that follow, each of which may take in more. False when they are
/// over.
bool Interpreter::startGeneralPass(Frame &frame) {
  if (isGeneralPassOpen_) {
    isGeneralPassOpen_ = false;
    Widening before = widening_;
    widening_ = wideningOf(generalPasses_, 0, kRoundPasses);
    ObjectHeap::Changes base = heap_.close();
    bool isEnough = generalPasses_ >= kLeastGeneralPasses;
    bool keepsMore = isEnough && hasGrownSince(base, frame, passFrameBefore_);
    bringsNew_ = false;
    joinHeaps(ObjectHeap::Changes(), base);
    joinFrames(frame, passFrameBefore_);
    widening_ = before;
    if (isEnough && (!bringsNew_ || generalPasses_ >= kMostGeneralPasses)) {
      isSteady_ &= !keepsMore && !bringsNew_;
      return false;
    }
  }
  ++generalPasses_;
  generalWay_ = ++lastWay_;
  passFrameBefore_ = frame;
  heap_.fork();
  isGeneralPassOpen_ = true;
  return true;
}

/// At the beginning of each pass of a loop that its head never ends. The outermost one's are the
/// program's passes. Where all is known a loop that may be left runs until it is; else it is left,
/// after some passes, by the way that a test that is not known has shown.
Ending Interpreter::startPass(Frame &frame, const Instruction &start, const Region &region,
                              Value &result) {
  auto *passes =
      llvm::find_if(frame.passes, [&](const Frame::Passes &one) { return one.at == frame.pc; });
  if (passes == frame.passes.end()) {
    frame.passes.push_back({frame.pc, 0, undecided_, frame.resumes});
    passes = &frame.passes.back();
  }
  // Who asks a generator for more counts passes, or the event loop.
  bool isResumed = frame.code->isGenerator && region.stop == ~0U && !passesOver(frame) &&
                   passes->resumes != frame.resumes;
  passes->resumes = frame.resumes;
  if (isResumed && !frame.code->isAsync)
    return Ending::Reached;
  bool isCounted = passCode_ == frame.code && passAt_ == frame.pc && passFrame_ == frames_.size();
  if (!isCounted && !isInPass()) {
    noteLeftLoop();
    passCode_ = frame.code;
    passAt_ = frame.pc;
    passEnd_ = static_cast<uint32_t>(start.a);
    passFrame_ = frames_.size();
    passTasks_ = passFrame_;
    while (passTasks_ > 0 && frames_[passTasks_ - 1]->code->isAsync)
      --passTasks_;
    if (passTasks_ == 0 || !frame.code->isAsync)
      passTasks_ = ~size_t{0};
    else
      std::tie(passTasksCode_, passTasksAt_) =
          std::pair(frames_[passTasks_ - 1]->code, frames_[passTasks_ - 1]->pc);
    pass_ = static_cast<unsigned>(
        std::min<uint64_t>(passes->count, kFurtherPasses)); // tasks take turns
    isCounted = true;
    generalPasses_ = 0;
    if (isGeneralPassOpen_)
      heap_.close();
    isGeneralPassOpen_ = false;
  }
  if (isCounted && onPass && !isOfLeftLoop())
    onPass();
  auto exits = static_cast<LoopExits>(start.b);
  bool isDecided = passes->undecided == undecided_ && generalPasses_ == 0;
  // Where they may not happen at all fewer do: the first sets things up.
  uint64_t most = uncertainty_ > 0 ? std::min(limits_.passes, 2U) : limits_.passes;
  if (isDecided) {
    if (exits == LoopExits::Leaves || (exits == LoopExits::Yields && steps_ < limits_.growingSteps))
      most = limits_.decidedPasses;
    else if (exits != LoopExits::None)
      most *= kYieldsPerPass;
    else if (isCaughtAnywhere() && steps_ < kCaughtSteps)
      most = std::max(most, kCaughtPasses);
  }
  if (passes->count > 0 && (isCounted || passes->count == 1))
    runCallbacks();
  bool grows = isCounted && hasGrown();
  if (isDecided && passes->count >= most && grows && passes->count < limits_.growingPasses &&
      steps_ < limits_.growingSteps)
    most = passes->count + 1; // to see whether it ends
  if (passes->count < most) {
    ++passes->count;
    passes->undecided = undecided_;
    if (isCounted && !passesOverAwaits_)
      pass_ =
          passes->count > limits_.passes ? kFurtherPasses : static_cast<unsigned>(passes->count);
    return Ending::Reached;
  }
  hasCutPasses_ = true;
  cut_.insert({frame.code, frame.pc});
  uint32_t first = frame.pc;
  auto target = static_cast<uint32_t>(start.a);
  if (isResumed) {
    haveTasksEnough_ = true;
    return Ending::Reached;
  }
  if (isCounted && uncertainty_ == 0 && forks_ == 0 && !frame.code->isGenerator) {
    if (startGeneralPass(frame)) {
      pass_ = kFurtherPasses;
      return Ending::Reached;
    }
  } else {
    // It is within what may not happen, which is joined before the program's passes are.
    Region pass;
    pass.stop = pass.begin = first - 1;
    pass.end = target - 1;
    repeatPasses(
        frame, pass, 0,
        [&, first] {
          runCallbacks();
          frame.pc = first;
          return Entry::Begun;
        },
        [] { return Interval::kNoHi; }, result);
  }
  frame.pc = first;
  passes = llvm::find_if(frame.passes, [&](const Frame::Passes &one) { return one.at == first; });
  passes->count = 0;
  passes->undecided = undecided_;
  for (const Frame::Exit &exit : frame.exits)
    if (exit.at == target) {
      frame.stack.resize(std::min<size_t>(frame.stack.size(), exit.height));
      frame.pc = target;
      return afterArm(frame, Ending::Reached, region);
    }
  if (!frame.mayReturn.isUnbound()) {
    result = frame.mayReturn;
    return Ending::Returned;
  }
  if (waitInstead(frame, result))
    return Ending::Yielded;
  if (frame.hasPassedOver) { // of whose end nothing is known
    result = Value::none();
    return Ending::Returned;
  }
  isStopped_ = true;
  hasMadeAllPasses_ = true;
  return Ending::Stopped;
}

} // namespace fraglint
