#include "evaluator/program_heap.h"

#include "evaluator/evaluation.h"
#include "evaluator/garbage_observer.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Some tenths of what `heap` allows: rules have many programs to judge.
EvaluationLimits limitsOfCheck(ProgramHeap::Clock::time_point end) {
  EvaluationLimits limits;
  limits.steps = 200'000;
  limits.growingPasses = 6;
  limits.decidedPasses = 5'000;
  limits.growingSteps = 50'000;
  limits.uncertainSteps = 100'000;
  limits.forks = 8;
  limits.objects = 50'000;
  limits.end = end;
  return limits;
}

/// Places of which rules may ask: no others are looked at.
WatchedPlaces watchedPlaces(const HeapModel &heap) {
  WatchedPlaces watched;
  for (const AllocationSite &site : heap.allocationSites())
    if (heap.isLarge(site))
      watched.sites.insert(site.node.ordinal());
  int64_t large = heap.target().largeBytes();
  for (const CallSite &call : heap.calls())
    if (heap.endlessLoopAround(call.call) != kNoId &&
        heap.summary(call.callee).left.isAtLeast(large))
      watched.calls.insert(call.call.ordinal());
  return watched;
}

} // namespace

struct ProgramHeap::Evaluated {
  WatchedPlaces watched;
  GarbageSights sights;
  Evaluation evaluation;
  std::string why;

  ByteFigure figureOf(Interval bytes) const {
    return ByteFigure::of({bytes.lo, why.empty() ? bytes.hi : Interval::kNoHi});
  }
  ByteFigure figureOf(const SeenBytes &seen, bool isSure) const {
    return figureOf(Interval{isSure ? seen.least : 0, seen.most});
  }
  std::optional<GarbageFigures> figuresOf(const llvm::DenseMap<uint32_t, GarbageSight> &seen,
                                          SyntaxNode node) const {
    auto place = seen.find(node.ordinal());
    if (place == seen.end() || place->second.count == 0)
      return std::nullopt;
    const GarbageSight &sight = place->second;
    return GarbageFigures{figureOf(sight.left, sight.sure > 0), sight.liveAtBegin, sight.liveAtEnd};
  }
};

ProgramHeap::ProgramHeap(const HeapModel &heap, Clock::time_point end) : heap_(heap), end_(end) {}

ProgramHeap::~ProgramHeap() = default;

const ProgramHeap::Evaluated &ProgramHeap::evaluated() const {
  if (evaluated_)
    return *evaluated_;
  auto made = std::make_unique<Evaluated>();
  made->watched = watchedPlaces(heap_);
  auto observe = [&](Interpreter &interpreter) {
    return std::make_unique<GarbageObserver>(interpreter, made->watched, made->sights);
  };
  made->evaluation = evaluate(heap_.module(), heap_.target(), limitsOfCheck(end_), observe);
  const Evaluation &evaluation = made->evaluation;
  if (!evaluation.gaps.empty())
    made->why = evaluation.gaps.front();
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
  Interval largest = Interval::exactly(0);
  for (const SiteCost &cost : all.evaluation.sites) {
    if (!(cost.site == site.node) || !cost.isHard)
      continue;
    figures.isSure |= cost.isSure;
    if (cost.isSure)
      largest.lo = std::max(largest.lo, cost.largest.lo);
    largest.hi = std::max(largest.hi, cost.largest.hi);
  }
  figures.largest = all.figureOf(largest);
  if (figures.executions > 1)
    figures.waiting = all.figureOf(sight->second.waiting, sight->second.sure > 0);
  return figures;
}

std::optional<ByteFigure> ProgramHeap::heldAt(const AllocationSite &site,
                                              const AllocationSite &other) const {
  const Evaluated &all = evaluated();
  auto sight = all.sights.sites.find(site.node.ordinal());
  if (sight == all.sights.sites.end() || !all.sights.sites.contains(other.node.ordinal()) ||
      sight->second.executions < 2)
    return std::nullopt;
  auto held = sight->second.held.find(other.node.ordinal());
  if (held == sight->second.held.end())
    return all.figureOf(Interval::exactly(0));
  return all.figureOf(held->second, sight->second.sure > 0);
}

std::optional<GarbageFigures> ProgramHeap::leftBy(const CallSite &call) const {
  return evaluated().figuresOf(evaluated().sights.calls, call.call);
}

std::optional<GarbageFigures> ProgramHeap::perPass(const Loop &loop) const {
  return evaluated().figuresOf(evaluated().sights.loops, loop.node);
}

} // namespace fraglint
