#include "measure/recorder.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <functional>

namespace fraglint {

Recorder::Recorder(const Instrumentation &program, const ProbeLimits &limits, const ProbeCost &cost)
    : program_(program), limits_(limits), cost_(cost), stack_(1) {
  for (const MeasuredStatement &statement : program.statements) {
    statements_.emplace_back();
    statements_.back().line = statement.line;
    statements_.back().column = statement.column;
    bool isFirst = statements_.size() == 1 ||
                   program.statements[statements_.size() - 2].piece != statement.piece;
    if (limits.bare.contains(statement.piece) && !isFirst)
      statements_.back().notMeasured = NotMeasured::WithCaller;
  }
}

void Recorder::beginPiece(uint32_t number) {
  isFirst_ = true;
  pieceLine_ = program_.pieces[number].line;
}

llvm::Error Recorder::take(llvm::ArrayRef<ProbeEvent> events) {
  for (const ProbeEvent &event : events) {
    std::optional<ProbePoint> point = program_.pointNamed(event.point);
    if (!point)
      return llvm::createStringError("`" + event.point +
                                     "` is none of the probe's points: the program itself writes "
                                     "the byte 0x1e, which marks them");
    take(*point, event);
  }
  return llvm::Error::success();
}

void Recorder::take(const ProbePoint &point, const ProbeEvent &event) {
  bool isFirst = std::exchange(isFirst_, false);
  if (!isFirst) {
    resolveFrame(event);
    if (event.change)
      account(*event.change, point.kind == PointKind::Enter);
  }
  move(point, event);
  if (!event.change)
    return;
  if (event.change->after)
    map_ = *event.change->after;
  else if (event.change->before)
    map_ = *event.change->before;
  usedBytes_ = event.change->collectedBytes;
}

/// What happened since the last point is the running statement's.
void Recorder::account(const ProbeEvent::Change &change, bool isEnter) {
  Activation &running = stack_.back();
  int64_t retained = int64_t(change.collectedBytes) - int64_t(usedBytes_);
  liveBytes_ += retained;
  running.retainedBytes += retained;
  if (running.statement && limits_.collecting.contains(*running.statement))
    return;
  std::vector<HeapRun> requests;
  if (change.before)
    requests = requestsBetween(map_, *change.before);
  for (uint32_t blocks : cost_.requests) {
    auto own = llvm::find_if(requests, [&](const HeapRun &run) { return run.blocks == blocks; });
    if (own != requests.end())
      requests.erase(own);
  }
  running.takenBytes += int64_t(change.usedBytes) - int64_t(usedBytes_) - int64_t(cost_.bytes);
  llvm::append_range(running.requests, requests);
  if (isEnter)
    entered_ = std::move(requests);
}

/// Frames are given back at the end of their function, and nothing else that was requested just
/// before its first point is.
void Recorder::resolveFrame(const ProbeEvent &event) {
  if (frameOfLeft_.empty())
    return;
  if (event.change && event.change->before)
    forgetFrame(frameOfLeft_, *event.change->before);
  else
    unclearFrames_.insert(left_);
  frameOfLeft_.clear();
}

void Recorder::forgetFrame(llvm::ArrayRef<HeapRun> maybeFrame, const HeapMap &now) {
  for (const HeapRun &run : maybeFrame)
    if (map_.holds(run) && !now.holds(run)) {
      llvm::erase(stack_.back().requests, run);
      map_.remove(run); // what lies there now is something else
    }
}

void Recorder::move(const ProbePoint &point, const ProbeEvent &event) {
  switch (point.kind) {
  case PointKind::Statement:
    return begin(point, event);
  case PointKind::Resume:
    return resume(point.block);
  case PointKind::Enter:
    stack_.emplace_back();
    stack_.back().block = point.block;
    stack_.back().maybeFrame = std::exchange(entered_, {});
    return;
  case PointKind::Leave:
    return leave();
  case PointKind::PieceEnd:
    return endPiece(event);
  }
}

void Recorder::begin(const ProbePoint &point, const ProbeEvent &event) {
  unwindTo(point.block, event);
  Activation &running = stack_.back();
  finish(running);
  running.statement = point.statement;
  if (!program_.statements[point.statement].isExceptClause)
    lastOutside_ = point.statement;
  if (!program_.statements[point.statement].isEndlessLoop)
    return;
  if (!mainLoop_)
    mainLoop_ = point.statement;
  if (*mainLoop_ == point.statement)
    live_.push_back({statements_[point.statement].line, ++passes_, liveBytes_});
}

/// Functions above `block` were left by an exception. Where it does not run at all, it is a
/// generator that goes on.
void Recorder::unwindTo(CodeBlockId block, const ProbeEvent &event) {
  auto isIts = [&](const Activation &one) { return one.block == block; };
  if (llvm::none_of(stack_, isIts))
    return resume(block);
  while (!isIts(stack_.back())) {
    Activation left = std::move(stack_.back());
    stack_.pop_back();
    finish(left);
    if (event.change && event.change->before)
      forgetFrame(left.maybeFrame, *event.change->before);
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
    left_ = left.block;
    frameOfLeft_ = std::move(left.maybeFrame);
    return;
  }
  CodeBlockId block = left.block;
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
  cost.takenBytes = std::exchange(activation.takenBytes, 0);
  int64_t retained = std::exchange(activation.retainedBytes, 0);
  if (!number)
    return;
  StatementMeasurement &row = statements_[*number];
  row.retainedBytes += retained;
  if (limits_.collecting.contains(*number))
    row.notMeasured = NotMeasured::HeapTooSmall;
  if (!cost.requests.empty())
    row.largestRequest = std::max(row.largestRequest, cost.requests.front());
  if (row.executions++ == 0)
    row.first = cost;
  auto weight = [](const ExecutionCost &one) { return std::pair(one.blocks(), one.takenBytes); };
  if (row.executions == 1 || weight(cost) > weight(row.heaviest))
    row.heaviest = std::move(cost);
}

void Recorder::endPiece(const ProbeEvent &event) {
  unwindTo(kModuleBlock, event);
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

std::optional<uint32_t> Recorder::running() const { return lastOutside_; }

std::vector<StatementMeasurement> Recorder::statements() const {
  std::vector<StatementMeasurement> ran;
  for (const StatementMeasurement &row : statements_)
    if (row.executions != 0 || row.notMeasured != NotMeasured::No)
      ran.push_back(row);
  return ran;
}

} // namespace fraglint
