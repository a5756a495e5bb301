#include "evaluator/program_heap.h"

#include "evaluator/evaluation.h"
#include "evaluator/garbage_observer.h"
#include "heap/label_churn.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Some tenths of what `heap` allows: rules have many programs to judge.
EvaluationLimits limitsOfCheck(ProgramHeap::Clock::time_point end) {
  EvaluationLimits limits;
  limits.steps = 300'000;
  limits.growingPasses = 6;
  limits.decidedPasses = 5'000;
  limits.growingSteps = 50'000;
  limits.uncertainSteps = 80'000;
  limits.forks = 8;
  limits.objects = 50'000;
  limits.end = end;
  return limits;
}

/// Gives nodes of the program's own files back as those of its tree: an evaluation with libraries
/// has numbered them alike, in another one.
void takeOwnNodes(Evaluation &evaluation, const SyntaxTree &tree) {
  auto take = [&](SyntaxNode &node) {
    if (node && node.ordinal() < tree.nodeCount())
      node = tree.node(node.ordinal());
  };
  auto takeLog = [&](RequestLog &log) {
    for (HeapEvent &event : log.events)
      take(event.site);
    for (CallPathEntry &entry : log.calls) {
      take(entry.call);
      take(entry.function);
    }
  };
  takeLog(evaluation.log);
  takeLog(evaluation.otherCalls);
  for (SiteCost &site : evaluation.sites) {
    take(site.site);
    for (SyntaxNode &other : site.otherwise)
      take(other);
  }
  for (Peak *peak : {&evaluation.run, &evaluation.load, &evaluation.loadLive, &evaluation.importRun,
                     &evaluation.importLive, &evaluation.live})
    take(peak->site);
  for (PhaseCost &phase : evaluation.phases)
    take(phase.largest.site);
}

/// Places of which rules may ask: no others are looked at.
WatchedPlaces watchedPlaces(const HeapModel &heap) {
  WatchedPlaces watched;
  watched.end = heap.module().tree().nodeCount();
  for (const AllocationSite &site : heap.allocationSites())
    if (heap.isLarge(site) || (site.kind == AllocationKind::Buffer && heap.mayBeLarge(site)))
      watched.sites.insert(site.node.ordinal());
  int64_t large = heap.target().largeBytes();
  for (const CallSite &call : heap.calls())
    if (heap.endlessLoopAround(call.call) != kNoId &&
        heap.summary(call.callee).left.isAtLeast(large))
      watched.calls.insert(call.call.ordinal());
  for (const LabelWrite &write : heap.labelWrites())
    if (const LabelChurn *churn = heap.labelChurn(write); churn && churn->isBetterInGlyphs)
      watched.texts.insert(write.statement.statement().ordinal());
  return watched;
}

} // namespace

struct ProgramHeap::Evaluated {
  std::unique_ptr<const Module> withLibraries; ///< what was evaluated, where that is more
  WatchedPlaces watched;
  GarbageSights sights;
  Evaluation evaluation;
  std::string why;

  ByteFigure figureOf(Interval bytes) const {
    return ByteFigure::of({bytes.lo, why.empty() ? bytes.hi : Interval::kNoHi});
  }
  ByteFigure figureOf(const SeenBytes &seen) const {
    return figureOf(Interval{seen.least == Interval::kNoHi ? 0 : seen.least, seen.most});
  }
  std::optional<GarbageFigures> figuresOf(const llvm::DenseMap<uint32_t, GarbageSight> &seen,
                                          SyntaxNode node) const {
    auto place = seen.find(node.ordinal());
    if (place == seen.end() || place->second.count == 0)
      return std::nullopt;
    const GarbageSight &sight = place->second;
    return GarbageFigures{figureOf(sight.left), sight.liveAtBegin, sight.liveAtEnd};
  }
};

ToldGarbage toldGarbage(const std::optional<ByteFigure> &seen, const Garbage &foretold) {
  int64_t least = foretold.bytes.lo;
  bool isBounded = seen && seen->bytes.hasHi();
  // What may be of any size is not in the least that was seen.
  bool isBetter = seen && seen->bytes.lo >= least && (isBounded || !foretold.presumedLarge);
  if (isBetter || (isBounded && seen->bytes.hi < least))
    return {*seen, true, 2 * least >= seen->bytes.lo};
  return {ByteFigure::of(Interval::atLeast(least)), false, true};
}

ProgramHeap::ProgramHeap(const HeapModel &heap, Clock::time_point end, bool isLeftOut,
                         Libraries libraries)
    : heap_(heap), end_(end), isLeftOut_(isLeftOut), libraries_(std::move(libraries)) {}

ProgramHeap::~ProgramHeap() = default;

const ProgramHeap::Evaluated &ProgramHeap::evaluated() const {
  isAsked_ = true;
  if (evaluated_)
    return *evaluated_;
  auto made = std::make_unique<Evaluated>();
  if (isLeftOut_) {
    made->why = "the program is not evaluated";
    evaluated_ = std::move(made);
    return *evaluated_;
  }
  if (libraries_)
    made->withLibraries = libraries_();
  const Module &program = made->withLibraries ? *made->withLibraries : heap_.module();
  made->watched = watchedPlaces(heap_);
  auto observe = [&](Interpreter &interpreter) {
    made->sights = GarbageSights();
    return std::make_unique<GarbageObserver>(interpreter, made->watched, made->sights);
  };
  EvaluationLimits limits = limitsOfCheck(end_);
  limits.callsFunctions = llvm::any_of(heap_.module().contracts().all(), [](const Contract &one) {
    return one.kind == ContractKind::NoAlloc; // of handlers, which only the hardware calls
  });
  made->evaluation = evaluate(program, heap_.target(), limits, observe);
  if (made->withLibraries)
    takeOwnNodes(made->evaluation, heap_.module().tree());
  const Evaluation &evaluation = made->evaluation;
  if (!evaluation.leftOut.empty())
    made->why = evaluation.leftOut;
  else if (made->sights.isCutOff || !evaluation.isComplete)
    made->why = "the program is longer than the evaluation";
  else if (!evaluation.uncaught.empty())
    made->why = "the program ends by " + evaluation.uncaught;
  evaluated_ = std::move(made);
  return *evaluated_;
}

const Evaluation &ProgramHeap::evaluation() const { return evaluated().evaluation; }

llvm::StringRef ProgramHeap::why() const { return evaluated().why; }

std::optional<SiteFigures> ProgramHeap::at(const AllocationSite &site) const {
  const Evaluated &all = evaluated();
  auto sight = all.sights.sites.find(site.node.ordinal());
  if (sight == all.sights.sites.end())
    return std::nullopt;
  SiteFigures figures;
  figures.executions = sight->second.executions;
  figures.isSure = sight->second.isSure;
  figures.largest = all.figureOf(sight->second.largest);
  if (figures.executions > 1)
    figures.waiting = all.figureOf(sight->second.waiting);
  if (figures.executions > 1 && all.why.empty())
    figures.waitingOfOthers = sight->second.waitingOfOthers.most;
  return figures;
}

ByteFigure ProgramHeap::contiguous(const AllocationSite &site) const {
  ByteFigure foretold = site.cost.contiguous();
  std::optional<SiteFigures> seen = at(site);
  if (!seen)
    return foretold;
  Interval bytes = {std::max(foretold.bytes.lo, seen->largest.bytes.lo),
                    std::min(foretold.bytes.hi, seen->largest.bytes.hi)};
  return bytes.lo <= bytes.hi ? ByteFigure::of(bytes) : seen->largest;
}

bool ProgramHeap::isSmall(const AllocationSite &site) const {
  std::optional<SiteFigures> seen = at(site);
  return seen && seen->largest.bytes.hi < heap_.target().largeBytes();
}

bool ProgramHeap::isUnreached(const AllocationSite &site) const {
  const Evaluated &all = evaluated();
  auto isThere = [&](SyntaxNode node) {
    // What a statement does with a value is the statement's.
    return node && (site.node.contains(node) || node.contains(site.node));
  };
  const Evaluation &evaluation = all.evaluation;
  return all.why.empty() &&
         llvm::none_of(evaluation.sites, [&](const SiteCost &one) { return isThere(one.site); }) &&
         llvm::none_of(evaluation.log.calls,
                       [&](const CallPathEntry &entry) { return isThere(entry.call); });
}

std::optional<ByteFigure> ProgramHeap::heldAt(const AllocationSite &site,
                                              const AllocationSite &other) const {
  const Evaluated &all = evaluated();
  auto sight = all.sights.sites.find(site.node.ordinal());
  auto old = all.sights.sites.find(other.node.ordinal());
  if (sight == all.sights.sites.end() || old == all.sights.sites.end() ||
      sight->second.executions < 2)
    return std::nullopt;
  auto held = sight->second.held.find(other.node.ordinal());
  SeenBytes bytes = held == sight->second.held.end() ? SeenBytes{0, 0} : held->second;
  // What it asks for may be in runs of which nothing is known.
  if (!old->second.largest.hasHi())
    bytes.most = Interval::kNoHi;
  return all.figureOf(bytes);
}

std::optional<GarbageFigures> ProgramHeap::leftBy(const CallSite &call) const {
  return evaluated().figuresOf(evaluated().sights.calls, call.call);
}

LabelText ProgramHeap::textOf(const LabelWrite &write) const {
  LabelText text = write.text;
  const Evaluated &all = evaluated();
  auto seen = all.sights.texts.find(write.statement.statement().ordinal());
  if (seen == all.sights.texts.end() || !all.why.empty() || !seen->second.bytes.hasHi())
    return text;
  Interval drawn = (seen->second.bytes - Interval::exactly(text.lineEnds)).clampedBelow(0);
  text.characters = {std::max(text.characters.lo, drawn.lo),
                     std::min(text.characters.hi, drawn.hi)};
  text.isFixed |= drawn.isExact();
  return text;
}

std::optional<GarbageFigures> ProgramHeap::perPass(const Loop &loop) const {
  return evaluated().figuresOf(evaluated().sights.loops, loop.node);
}

} // namespace fraglint
