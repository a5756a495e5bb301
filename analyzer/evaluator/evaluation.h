#pragma once
/// What a program asks of its heap, foretold: the evaluator's result, in the figures that people
/// and rules read.

#include "evaluator/interpreter.h"
#include "heap/allocation_cost.h"
#include "heap/target.h"
#include "semantic/module.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"

#include <map>
#include <string>
#include <vector>

namespace fraglint {

/// One expression or statement, over all its executions in one phase.
struct SiteCost {
  SyntaxNode site;
  Phase phase = Phase::SetUp;
  uint16_t pass = 0;
  bool isHard = true;
  bool isSure = false;      ///< some execution of it happens on every path
  int64_t surely = 0;       ///< bytes that one of these asks for at the least
  uint64_t count = 0;       ///< requests seen
  Interval largest = Interval::exactly(0); ///< bytes of its largest request
  Interval total = Interval::exactly(0);   ///< bytes of all
  uint32_t callPath = 0;    ///< of the largest
  std::string reason;       ///< why a bound is missing
  /// Of the largest, where it is not sure: the container that becomes longer, see Run::lineage.
  uint32_t lineage = 0;
  /// Where the same container may ask for the same instead: what comes first does.
  std::vector<SyntaxNode> otherwise;
  CostTag tag() const;
};

/// The largest of something, with where it is.
struct Peak {
  ByteFigure figure = ByteFigure::of(Interval::exactly(0));
  SyntaxNode site;
  Phase phase = Phase::SetUp;
  uint16_t pass = 0;
  uint32_t callPath = 0;
  std::string reason; ///< why it has no upper bound, and what gives it one; empty where it has
};

/// What one phase takes and leaves.
struct PhaseCost {
  Phase phase = Phase::SetUp;
  uint16_t pass = 0;
  Interval requested = Interval::exactly(0); ///< bytes of all requests
  Peak largest;
  Interval liveAtEnd = Interval::exactly(0); ///< bytes of blocks that are reachable
  Interval liveAtBegin = Interval::exactly(0);
  /// Bytes of blocks that were taken and are neither freed nor reachable, where nothing but
  /// `gc.collect()` has collected.
  Interval garbageAtEnd = Interval::exactly(0);
};

struct Evaluation {
  RequestLog log;
  std::vector<SiteCost> sites; ///< in the order of their first request
  Peak run;       ///< the largest hard request, of running alone
  Peak load;      ///< of compiling
  Peak loadLive;  ///< the most bytes in use while the entry's file is compiled
  /// Bytes in use before the first statement: code, constants and names, and what the firmware
  /// itself holds where that is known. The base of all figures of what is live while it runs.
  Interval keptByLoad = Interval::exactly(0);
  int64_t movedByLoad = 0; ///< CompileCost::moved
  /// Of the other files of the program, which are compiled where they are imported: the largest
  /// hard request, the most bytes in use meanwhile, and what stays in use, which is live from then.
  Peak importRun, importLive;
  Interval keptByImports = Interval::exactly(0);
  int64_t importExtent = 0; ///< bytes that compiling all of them may reach, holes included
  Peak live; ///< the most bytes reachable at once, the request under way included
  std::vector<PhaseCost> phases;
  std::vector<std::string> gaps;
  llvm::StringSet<> firmwareModules; ///< that it imports, or may
  llvm::DenseSet<uint32_t> entered; ///< ordinals of the definitions whose functions were run
  /// Requests of functions, behind the end of the program, as others may call them; empty where
  /// that was not wanted or could not be followed.
  RequestLog otherCalls;
  std::string otherCallsGap; ///< why what they ask for has no upper bound; empty: it has
  bool areOtherCallsSteady = true; ///< as isSteady, of these
  std::string leftOut; ///< why some way that it may take was not followed; empty: all were
  std::string printed; ///< the program's output; `?` for what is not known
  std::string uncaught; ///< the exception that ended it, as it is printed; empty: none
  /// Whether passes beyond those that were evaluated keep no more than these. Otherwise what they
  /// keep has no bound, nor what they ask for where that is not always the same.
  bool isSteady = true;
  bool isComplete = false; ///< it came to its end, or to as many passes as were wanted
  /// Every request and every path is known, but for what the table of names may ask for.
  bool isExact = false;
  /// Bytes of blocks, at most, that making names known asks for while the program runs.
  int64_t namesAtMost = 0;
  uint64_t steps = 0;

  /// The largest request of all: what the headline says.
  const Peak &headline() const {
    const Peak &compiled = importRun.figure.bytes.lo > load.figure.bytes.lo ? importRun : load;
    return compiled.figure.bytes.lo > run.figure.bytes.lo ? compiled : run;
  }
};

/// Runs the program's entry. `observer` hears of each request too, with the interpreter to ask
/// what is reachable; null: none. A program that leaves loops which its first evaluation takes for
/// its main loop is evaluated anew, with another observer: what that one notes is what counts.
using ObserverFactory = std::function<std::unique_ptr<HeapObserver>(Interpreter &interpreter)>;
Evaluation evaluate(const Module &program, const Target &target, const EvaluationLimits &limits,
                    const ObserverFactory &observer = nullptr);

/// The calls on the way to a site, the outermost first.
std::vector<SyntaxNode> callsOnPath(const RequestLog &log, uint32_t path);
/// Of a site and the calls on the way to it the innermost one that is wanted; null where none is.
SyntaxNode innermostOnPath(const RequestLog &log, uint32_t path, SyntaxNode site,
                           llvm::function_ref<bool(SyntaxNode)> isWanted);

} // namespace fraglint
