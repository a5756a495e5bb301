#pragma once
/// What rules and budgets ask of a program's evaluation. It is made when the first of them asks.

#include "heap/heap_model.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace fraglint {

struct Evaluation;

/// What is known of one expression that asks for memory. A bound is missing where the evaluation
/// did not come to the program's end: why() says so.
struct SiteFigures {
  uint32_t executions = 0; ///< seen, on whatever path
  bool isSure = false;     ///< some execution happens on every path
  ByteFigure largest; ///< bytes of its largest hard request, as asked for, on whatever path
  /// Bytes of blocks that became garbage since it was asked for the time before, and wait; the
  /// first time does not count. Nothing where it was not asked for again.
  std::optional<ByteFigure> waiting;
  /// The most of it that other expressions made; kNoHi: not known.
  int64_t waitingOfOthers = Interval::kNoHi;
};

/// What is known of the passes of a loop that never ends, without the first, or of the calls of a
/// function at one place. Bytes of blocks.
struct GarbageFigures {
  ByteFigure garbage; ///< that became garbage in one of them, and waits at its end
  Interval liveAtBegin, liveAtEnd; ///< of the last one
};

/// How much garbage a finding tells of.
struct ToldGarbage {
  ByteFigure bytes;
  bool isSeen = false;   ///< else only foretold, for the way that leaves most
  bool isMostly = false; ///< most of it comes from the sites of the static model
};
/// The better figure of what was `seen`, if anything was, and of what the static model foretells.
/// That leaves small things out, so that its figure is never more than the least.
ToldGarbage toldGarbage(const std::optional<ByteFigure> &seen, const Garbage &foretold);

/// The evaluation of one program on one target, with limits for `check`. Not thread-safe: it is
/// evaluated on the first question.
class ProgramHeap {
public:
  using Clock = ThreadClock;
  /// The program with files behind its own that are evaluated with it; null where there are none.
  using Libraries = std::function<std::unique_ptr<const Module>()>;
  /// `heap` must outlive it; the evaluation is given up at `end`. With `isLeftOut` nothing is
  /// evaluated: answers say that nothing was seen. `libraries` is asked before the program is
  /// evaluated.
  explicit ProgramHeap(const HeapModel &heap, Clock::time_point end = Clock::time_point::max(),
                       bool isLeftOut = false, Libraries libraries = nullptr);
  ~ProgramHeap();
  ProgramHeap(const ProgramHeap &) = delete;
  ProgramHeap &operator=(const ProgramHeap &) = delete;

  /// Whether any of the questions below was asked since the last call of this.
  bool takeAsked() const { return std::exchange(isAsked_, false); }

  /// Nodes of the program's own files are those of its Module.
  const Evaluation &evaluation() const;
  /// Why upper bounds are missing: the evaluation ran out of its budget, or left something out.
  /// Empty where it did not.
  llvm::StringRef why() const;

  /// Nothing where the evaluation did not come to it, and where `site` is not large, nor a buffer
  /// that may be.
  std::optional<SiteFigures> at(const AllocationSite &site) const;
  /// The largest hard request of `site`, by what the evaluation saw and what the static model says.
  ByteFigure contiguous(const AllocationSite &site) const;
  /// Whether all requests of `site` are known to be smaller than what is large on the target.
  bool isSmall(const AllocationSite &site) const;
  /// Whether every way was followed and none comes to `site`.
  bool isUnreached(const AllocationSite &site) const;
  /// Bytes of blocks that `other` has made and that are reachable when `site` asks again. Nothing
  /// where the evaluation did not come to both, or where either is not large.
  std::optional<ByteFigure> heldAt(const AllocationSite &site, const AllocationSite &other) const;
  /// Nothing where no such call was seen from begin to end, and where HeapModel::summary says that
  /// it leaves little.
  std::optional<GarbageFigures> leftBy(const CallSite &call) const;
  /// Nothing where no pass behind the first was seen.
  std::optional<GarbageFigures> perPass(const Loop &loop) const;
  /// The text that `write` gives to a label, as long as the evaluation and the static model have
  /// it; fixed too where each is as long.
  LabelText textOf(const LabelWrite &write) const;

private:
  struct Evaluated;
  const Evaluated &evaluated() const;

  const HeapModel &heap_;
  const Clock::time_point end_;
  const bool isLeftOut_;
  const Libraries libraries_;
  mutable bool isAsked_ = false;
  mutable std::unique_ptr<const Evaluated> evaluated_;
};

} // namespace fraglint
