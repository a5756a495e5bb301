#include "measure/recorder.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <functional>

namespace fraglint {

Recorder::Recorder(const Instrumentation &program, const ProbeLimits &limits,
                   const ProbeFacts &facts)
    : program_(program), limits_(limits), facts_(facts), stack_(1),
      frameBlocks_(limits.frameBlocks) {
  std::optional<uint32_t> lastPiece;
  for (const MeasuredStatement &statement : program.statements) {
    StatementMeasurement &row = statements_.emplace_back();
    row.line = statement.line;
    row.column = statement.column;
    row.delegates = statement.delegates;
    row.isInFinally = statement.isInFinally;
    if (limits.bare.contains(statement.piece) && statement.piece == lastPiece)
      row.notMeasured = NotMeasured::WithCaller;
    lastPiece = statement.piece;
  }
}

void Recorder::beginPiece(uint32_t number) {
  isFirst_ = true;
  lastOutside_.reset();
  pieceLine_ = program_.pieces[number].line;
}

llvm::Error Recorder::take(llvm::ArrayRef<ProbeEvent> events) {
  for (const ProbeEvent &event : events) {
    std::optional<ProbePoint> point = program_.pointNamed(event.point);
    if (!point)
      return llvm::createStringError("`" + event.point +
                                     "` is none of the probe's points: the program itself writes "
                                     "the byte 0x1e, which marks them");
    hasEnded_ |= point->kind == PointKind::InputEnd;
    if (!hasEnded_)
      take(*point, event);
  }
  return llvm::Error::success();
}

void Recorder::take(const ProbePoint &point, const ProbeEvent &event) {
  if (!std::exchange(isFirst_, false)) {
    settleFrames(point, event);
    if (event.change)
      account(*event.change, point);
  }
  move(point);
  if (!event.change)
    return;
  if (event.change->after)
    map_ = *event.change->after;
  else if (event.change->before)
    map_ = *event.change->before;
  usedBytes_ = event.change->collectedBytes;
  settleOwners();
}

/// Frames are given back when their function is left, by its end or by an exception, and nothing
/// else that was requested just before its first point is.
void Recorder::settleFrames(const ProbePoint &point, const ProbeEvent &event) {
  bool isFinally = left_ && point.kind == PointKind::Statement && point.block == left_->block &&
                   program_.statements[point.statement].isInFinally;
  if (isFinally) {
    stack_.push_back(std::move(*left_));
    stack_.back().isLeaving = true;
  } else if (left_)
    settleFrame(stack_.back(), *left_, event);
  left_.reset();
  if (point.kind != PointKind::Statement && point.kind != PointKind::PieceEnd)
    return;
  for (size_t above = stack_.size() - 1, last = indexOf(point.block); above > last; --above)
    settleFrame(stack_[above - 1], stack_[above], event);
}

void Recorder::settleFrame(Activation &caller, const Activation &left, const ProbeEvent &event) {
  if (left.maybeFrame.empty())
    return;
  if (!event.change || !event.change->before) {
    unclearFrames_.insert(left.block);
    return;
  }
  const HeapRun *frame = frameAmong(left, *event.change->before);
  if (!frame) {
    hiddenFrames_.insert(left.block);
    return;
  }
  frameBlocks_[left.block] = frame->blocks;
  forgetFrame(caller, *frame);
}

/// The one that is gone; where something else may lie in its place now, the one of the size that
/// the function's frame is known to have. Null where it has none on the heap, or none is known.
const HeapRun *Recorder::frameAmong(const Activation &left, const HeapMap &now) const {
  uint32_t known = frameBlocks_.lookup(left.block);
  const HeapRun *likely = nullptr;
  for (const HeapRun &run : left.maybeFrame) {
    if (!map_.holds(run) || (known != 0 && run.blocks != known))
      continue;
    const HeapRun *there = now.at(run.begin);
    if (!there || *there != run || there->kind != run.kind)
      return &run;
    likely = known != 0 ? &run : nullptr;
  }
  return likely;
}

/// As if it had never been requested.
void Recorder::forgetFrame(Activation &caller, const HeapRun &frame) {
  int64_t bytes = int64_t(frame.blocks) * facts_.blockBytes;
  caller.takenBytes -= bytes;
  caller.grownBytes -= bytes;
  liveBytes_ -= bytes;
  usedBytes_ -= bytes;
  llvm::erase(caller.requests, frame);
  owners_.erase(frame.begin);
  map_.remove(frame);
}

/// What happened since the last point is the running statement's.
void Recorder::account(const ProbeEvent::Change &change, const ProbePoint &point) {
  Activation &running = stack_.back();
  int64_t grown = int64_t(change.collectedBytes) - int64_t(usedBytes_);
  liveBytes_ += grown;
  running.grownBytes += grown;
  if (running.statement && limits_.collecting.contains(*running.statement))
    return;
  std::vector<HeapRun> requests;
  if (change.before)
    requests = requestsBetween(map_, *change.before);
  for (uint32_t blocks : facts_.cost.requests) {
    auto own = llvm::find_if(requests, [&](const HeapRun &run) { return run.blocks == blocks; });
    if (own != requests.end())
      requests.erase(own);
  }
  running.takenBytes +=
      int64_t(change.usedBytes) - int64_t(usedBytes_) - int64_t(facts_.cost.bytes);
  for (const HeapRun &run : requests)
    if (running.statement)
      owners_[run.begin] = {run, *running.statement};
  llvm::append_range(running.requests, requests);
  if (wasLeftByException(point))
    for (const HeapRun &run : requests)
      running.perhapsOfCaller.push_back(run.blocks);
  if (point.kind == PointKind::Enter)
    entered_ = std::move(requests);
}

/// Whether the function that was running is not any more, although it did not come to its end.
bool Recorder::wasLeftByException(const ProbePoint &point) const {
  bool isBelow = point.kind == PointKind::Statement || point.kind == PointKind::PieceEnd;
  if (!isBelow || stack_.back().block == point.block)
    return false;
  return stack_[indexOf(point.block)].block == point.block;
}

/// Forgets who asked for what is not in use any more.
void Recorder::settleOwners() {
  llvm::SmallVector<uint32_t> gone;
  for (auto &[begin, owned] : owners_) {
    const HeapRun *there = map_.at(begin);
    if (!there || there->blocks > owned.run.blocks)
      gone.push_back(begin);
    else
      owned.run.blocks = there->blocks; // a part of it may have been given back
  }
  for (uint32_t begin : gone)
    owners_.erase(begin);
}

void Recorder::move(const ProbePoint &point) {
  switch (point.kind) {
  case PointKind::Statement:
    return begin(point);
  case PointKind::Resume:
    return resume(point.block);
  case PointKind::Enter:
    stack_.emplace_back();
    stack_.back().block = point.block;
    stack_.back().maybeFrame = std::exchange(entered_, {});
    return;
  case PointKind::Leave:
    return leave();
  case PointKind::FinallyEnd:
    if (stack_.back().isLeaving) {
      finish(stack_.back());
      left_ = std::move(stack_.back());
      stack_.pop_back();
    }
    return;
  case PointKind::PieceEnd:
    return endPiece();
  case PointKind::InputEnd:
    return;
  }
}

void Recorder::begin(const ProbePoint &point) {
  unwindTo(point.block);
  Activation &running = stack_.back();
  finish(running);
  running.statement = point.statement;
  const MeasuredStatement &statement = program_.statements[point.statement];
  if (!statement.isExceptClause)
    lastOutside_ = point.statement;
  if (!statement.isEndlessLoop)
    return;
  if (!mainLoop_)
    mainLoop_ = point.statement;
  if (*mainLoop_ == point.statement)
    live_.push_back({statement.line, ++passes_, liveBytes_});
}

/// Of the innermost activation of `block`; of the topmost of all where there is none.
size_t Recorder::indexOf(CodeBlockId block) const {
  for (size_t index = stack_.size(); index-- != 0;)
    if (stack_[index].block == block)
      return index;
  return stack_.size() - 1;
}

/// Functions above `block` were left by an exception. Where it does not run at all, it is a
/// generator that goes on.
void Recorder::unwindTo(CodeBlockId block) {
  size_t index = indexOf(block);
  if (stack_[index].block != block)
    return resume(block);
  while (stack_.size() - 1 > index) {
    finish(stack_.back());
    stack_.pop_back();
    if (std::optional<uint32_t> caller = stack_.back().statement)
      statements_[*caller].calledOneThatRaised = true;
  }
}

void Recorder::resume(CodeBlockId block) {
  auto found = suspended_.find(block);
  if (found == suspended_.end()) {
    stack_.emplace_back();
    stack_.back().block = block;
    return;
  }
  llvm::append_range(stack_, std::move(found->second));
  suspended_.erase(found);
}

void Recorder::leave() {
  if (stack_.size() == 1)
    return;
  std::optional<uint32_t> statement = stack_.back().statement;
  Activation left = std::move(stack_.back());
  stack_.pop_back();
  if (!statement || !program_.statements[*statement].yields) {
    finish(left);
    left_ = std::move(left);
    return;
  }
  CodeBlockId block = left.block;
  left.maybeFrame.clear(); // generators have theirs in the generator
  std::vector<Activation> chain;
  chain.push_back(std::move(left));
  auto delegates = [&](const Activation &one) {
    return one.statement && program_.statements[*one.statement].delegates;
  };
  while (stack_.size() > 1 && delegates(stack_.back())) {
    chain.push_back(std::move(stack_.back()));
    stack_.pop_back();
  }
  std::reverse(chain.begin(), chain.end());
  suspended_[block] = std::move(chain);
}

/// The execution is over: what it asked for goes to its statement.
void Recorder::finish(Activation &activation) {
  std::optional<uint32_t> number = std::exchange(activation.statement, std::nullopt);
  ExecutionCost cost;
  for (const HeapRun &run : std::exchange(activation.requests, {}))
    cost.requests.push_back(run.blocks);
  llvm::sort(cost.requests, std::greater<>());
  std::vector<uint32_t> own = cost.requests;
  bool isDoubtful = !activation.perhapsOfCaller.empty();
  for (uint32_t blocks : std::exchange(activation.perhapsOfCaller, {}))
    if (auto one = llvm::find(own, blocks); one != own.end())
      own.erase(one);
  cost.takenBytes = std::exchange(activation.takenBytes, 0);
  int64_t grown = std::exchange(activation.grownBytes, 0);
  if (!number)
    return;
  StatementMeasurement &row = statements_[*number];
  row.retainedBytes += grown;
  if (limits_.collecting.contains(*number))
    row.notMeasured = NotMeasured::HeapTooSmall;
  if (!cost.requests.empty())
    row.largestRequest = std::max(row.largestRequest, cost.requests.front());
  row.wasLeftByException |= isDoubtful;
  if (!own.empty())
    row.largestOwn = std::max(row.largestOwn, own.front());
  if (row.executions++ == 0)
    row.first = cost;
  auto weight = [](const ExecutionCost &one) { return std::pair(one.blocks(), one.takenBytes); };
  if (row.executions == 1 || weight(cost) > weight(row.heaviest))
    row.heaviest = std::move(cost);
}

void Recorder::endPiece() {
  unwindTo(kModuleBlock);
  finish(stack_.back());
  live_.push_back({pieceLine_, 0, liveBytes_});
}

void Recorder::cutOff() {
  for (Activation &one : stack_)
    if (one.statement && program_.statements[*one.statement].isExceptClause)
      finish(one); // it did not match, and that is all that it does
    else if (one.statement && statements_[*one.statement].executions == 0)
      statements_[*one.statement].notMeasured = NotMeasured::CutOff;
}

bool Recorder::learnFrames(ProbeLimits &limits) const {
  bool isNew = false;
  for (CodeBlockId block : unclearFrames_)
    isNew |= limits.framed.insert(block).second;
  for (CodeBlockId block : hiddenFrames_)
    if (uint32_t blocks = frameBlocks_.lookup(block))
      isNew |= limits.frameBlocks.try_emplace(block, blocks).second;
  return isNew;
}

std::vector<StatementMeasurement> Recorder::statements() const {
  std::vector<StatementMeasurement> rows = statements_;
  if (facts_.drawsMaps) {
    for (StatementMeasurement &row : rows)
      row.retainedBytes = 0;
    for (const auto &[begin, owned] : owners_)
      rows[owned.statement].retainedBytes += int64_t(owned.run.blocks) * facts_.blockBytes;
  }
  llvm::erase_if(rows, [](const StatementMeasurement &row) {
    return row.executions == 0 && row.notMeasured == NotMeasured::No;
  });
  return rows;
}

} // namespace fraglint
