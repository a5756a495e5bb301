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
  Recorder(const Instrumentation &program, const ProbeLimits &limits, const ProbeFacts &facts);

  /// The piece begins: what was requested since the last one was asked for by its compilation.
  void beginPiece(uint32_t number);
  /// Takes in the points of the piece, in order. Fails at one that the program has not.
  llvm::Error take(llvm::ArrayRef<ProbeEvent> events);
  /// The piece ended without its end point: the statement that was running is not counted.
  void cutOff();

  /// Where control is: a statement's number; nothing before the first point of the piece. While an
  /// exception passes `except` clauses, the statement that raised it.
  std::optional<uint32_t> running() const { return lastOutside_; }

  /// Adds to `limits` what this run has shown of frames; returns whether the program is to be run
  /// again by them.
  bool learnFrames(ProbeLimits &limits) const;

  std::vector<StatementMeasurement> statements() const;
  const std::vector<LiveBytes> &live() const { return live_; }

private:
  /// A function that runs, or the module.
  struct Activation {
    CodeBlockId block = kModuleBlock;
    std::optional<uint32_t> statement;
    // Of the running execution.
    std::vector<HeapRun> requests;
    std::vector<uint32_t> perhapsOfCaller; ///< blocks of those that may be
    int64_t takenBytes = 0;
    int64_t grownBytes = 0; ///< after collections
    /// Requested between the caller's last point and this function's first: one of these may be its
    /// frame. They are counted as the caller's, up to the point that shows.
    std::vector<HeapRun> maybeFrame;
    bool isLeaving = false; ///< it has been left, but for its `finally`
  };
  /// Who asked for what is in use.
  struct Owned {
    HeapRun run;
    uint32_t statement;
  };

  void take(const ProbePoint &point, const ProbeEvent &event);
  void settleFrames(const ProbePoint &point, const ProbeEvent &event);
  void settleFrame(Activation &caller, const Activation &left, const ProbeEvent &event);
  const HeapRun *frameAmong(const Activation &left, const HeapMap &now) const;
  void forgetFrame(Activation &caller, const HeapRun &frame);
  void account(const ProbeEvent::Change &change, const ProbePoint &point);
  bool wasLeftByException(const ProbePoint &point) const;
  void settleOwners();
  void move(const ProbePoint &point);
  void begin(const ProbePoint &point);
  size_t indexOf(CodeBlockId block) const;
  void unwindTo(CodeBlockId block);
  void resume(CodeBlockId block);
  void leave();
  void finish(Activation &activation);
  void endPiece();

  const Instrumentation &program_;
  const ProbeLimits &limits_;
  const ProbeFacts &facts_;
  std::vector<Activation> stack_;
  /// What suspended with a generator: it and what delegated to it, by its code block.
  llvm::DenseMap<CodeBlockId, std::vector<Activation>> suspended_;
  std::vector<StatementMeasurement> statements_;
  std::vector<LiveBytes> live_;
  llvm::DenseMap<uint32_t, Owned> owners_; ///< by the run's first block

  // After the last point.
  HeapMap map_;
  uint64_t usedBytes_ = 0;
  bool isFirst_ = true; ///< the next point is the piece's first: nothing to compare with
  bool hasEnded_ = false; ///< all input is read
  std::optional<uint32_t> lastOutside_; ///< the last statement that is no `except` clause
  std::vector<HeapRun> entered_; ///< requested before the point that enters a function
  std::optional<Activation> left_; ///< by the last point

  int64_t liveBytes_ = 0;
  uint32_t pieceLine_ = 0;
  std::optional<uint32_t> mainLoop_; ///< the first endless loop that began: its statement
  uint64_t passes_ = 0; ///< of it

  llvm::DenseMap<CodeBlockId, uint32_t> frameBlocks_; ///< as this run has shown
  llvm::DenseSet<CodeBlockId> unclearFrames_; ///< nothing was drawn when they were left
  llvm::DenseSet<CodeBlockId> hiddenFrames_; ///< something else may lie in their place
};

} // namespace fraglint
