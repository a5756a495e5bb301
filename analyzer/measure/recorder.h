#pragma once
/// From the points that control came by to what each statement asked for.

#include "measure/instrumentation.h"
#include "measure/measurement.h"
#include "measure/probe_events.h"

#include "llvm/ADT/DenseMap.h"

#include <vector>

namespace fraglint {

/// Follows a program through its functions and generators. What happens between two points belongs
/// to the statement that was running.
class Recorder {
public:
  Recorder(const Instrumentation &program, const ProbeLimits &limits, const ProbeCost &cost);

  /// The piece begins: what was requested since the last one was asked for by its compilation.
  void beginPiece(uint32_t number);
  /// Takes in the points of the piece, in order. Fails at one that the program has not.
  llvm::Error take(llvm::ArrayRef<ProbeEvent> events);
  /// The piece ended without its end point: the statement that was running is not counted.
  void cutOff();

  /// Where control is: a statement's number; nothing before the first point. While an exception
  /// passes `except` clauses, the statement that raised it.
  std::optional<uint32_t> running() const;

  /// Functions whose frame could not be told from a request: see ProbeLimits::framed.
  const llvm::DenseSet<CodeBlockId> &unclearFrames() const { return unclearFrames_; }

  std::vector<StatementMeasurement> statements() const;
  const std::vector<LiveBytes> &live() const { return live_; }

private:
  /// A function that runs, or the module.
  struct Activation {
    CodeBlockId block = kModuleBlock;
    std::optional<uint32_t> statement;
    // Of the running execution.
    std::vector<HeapRun> requests;
    int64_t takenBytes = 0;
    int64_t retainedBytes = 0;
    /// Requested between the caller's last point and this function's first: one of these may be its
    /// frame. They are counted as the caller's, up to the point that shows.
    std::vector<HeapRun> maybeFrame;
  };

  void take(const ProbePoint &point, const ProbeEvent &event);
  void account(const ProbeEvent::Change &change, bool isEnter);
  void resolveFrame(const ProbeEvent &event);
  void forgetFrame(llvm::ArrayRef<HeapRun> maybeFrame, const HeapMap &now);
  void move(const ProbePoint &point, const ProbeEvent &event);
  void begin(const ProbePoint &point, const ProbeEvent &event);
  void unwindTo(CodeBlockId block, const ProbeEvent &event);
  void resume(CodeBlockId block);
  void leave();
  void finish(Activation &activation);
  void endPiece(const ProbeEvent &event);

  const Instrumentation &program_;
  const ProbeLimits &limits_;
  ProbeCost cost_;
  std::vector<Activation> stack_;
  /// What suspended with a generator: it and what delegated to it, by its code block.
  llvm::DenseMap<CodeBlockId, std::vector<Activation>> suspended_;
  std::vector<StatementMeasurement> statements_;
  std::vector<LiveBytes> live_;
  llvm::DenseSet<CodeBlockId> unclearFrames_;

  HeapMap map_; ///< after the last point
  uint64_t usedBytes_ = 0; ///< likewise
  bool isFirst_ = true; ///< the next point is the piece's first: nothing to compare with
  int64_t liveBytes_ = 0;
  uint32_t pieceLine_ = 0;
  std::optional<uint32_t> mainLoop_; ///< the first endless loop that began: its statement
  uint64_t passes_ = 0; ///< of it

  std::optional<uint32_t> lastOutside_; ///< the last statement that is no `except` clause
  std::vector<HeapRun> entered_; ///< requested before the point that enters a function

  /// The function that has just been left, and what was requested as it was entered.
  CodeBlockId left_ = kModuleBlock;
  std::vector<HeapRun> frameOfLeft_;
};

} // namespace fraglint
