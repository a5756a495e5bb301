#pragma once
/// What the model says that a probe will see of each statement. A probe draws the heap between
/// statements: it sees what is there when a statement ends, or when it calls another function of
/// the program; not what was given back by then, nor frames.

#include "evaluator/evaluation.h"
#include "measure/measurement.h"

#include "llvm/ADT/DenseSet.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace fraglint {

/// Where a statement begins: line and column as in StatementMeasurement.
using StatementPlace = std::pair<uint32_t, uint32_t>;

struct StatementEstimate {
  /// Blocks of its largest request that can be seen, over all executions.
  Interval largest = Interval::exactly(0);
  std::string reason; ///< why there is no upper bound
  /// Blocks of the frames of functions that it calls, which a point within such a function sees.
  std::set<int64_t> frames;

  CostTag tag() const { return ByteFigure::of(largest).tag; }
};

/// One top-level statement with all that it calls.
struct TopLevelEstimate {
  Interval largest = Interval::exactly(0); ///< bytes of its largest hard request
  std::string reason; ///< why there is no upper bound

  CostTag tag() const { return ByteFigure::of(largest).tag; }
};

struct ProgramEstimate {
  StatementEstimate of(StatementPlace place) const;
  TopLevelEstimate ofTopLevel(uint32_t line) const;

  std::map<StatementPlace, StatementEstimate> statements; ///< without those that ask for nothing
  std::map<uint32_t, TopLevelEstimate> topLevel;          ///< by line; likewise
  std::string cutOff; ///< why those that are not here may ask for something after all; else empty
};

/// From the evaluation of a program whose entry is the file that was measured. Requests made where
/// the probe has no points are those of the statement that called: lambdas, imported files, and
/// functions with a statement in `withoutPoints`.
ProgramEstimate estimateStatements(const Module &program, const Evaluation &evaluation,
                                   uint32_t blockBytes,
                                   const std::vector<StatementPlace> &withoutPoints);

} // namespace fraglint
