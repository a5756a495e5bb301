#include "evaluator/evaluation.h"

#include "evaluator/code_builder.h"
#include "evaluator/compile_cost.h"
#include "evaluator/live_bytes.h"
#include "heap/frozen_modules.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

#include <utility>

namespace fraglint {

namespace {

/// The peak of what is reachable is looked for in steps of this part of it: each look walks all
/// objects.
constexpr int64_t kPeakParts = 256;
constexpr llvm::StringLiteral
    kGrows("this is longer after each pass; if it is not, say how long it gets: "
           "`# fraglint: len<=64`");
constexpr llvm::StringLiteral
    kChanges("whether the program keeps more after each pass of its loop is not known");
constexpr llvm::StringLiteral kUnbounded("how long this gets is not known: `# fraglint: len<=64`");
/// Tasks that take turns begin the passes of many loops again and again.
constexpr size_t kMostPhases = 100;

/// Writes the log and keeps the figures while the program is evaluated.
class Recorder : public HeapObserver {
public:
  Recorder(Interpreter &interpreter, Evaluation &evaluation, HeapObserver *further)
      : interpreter_(interpreter), evaluation_(evaluation), further_(further), live_(interpreter) {
    interpreter.onUnknown = [this](HeapEvent event) { record(event); };
    interpreter.onNames = [this](HeapEvent event, const NameGrowth &growth) {
      recordNames(event, growth);
    };
  }

  /// A file of the program was compiled, at the site under way.
  void onImport(const CompileCost &cost) {
    Interval live = live_.now() + cost.peakLive, kept = cost.kept;
    if (interpreter_.isUncertain())
      kept.lo = 0;
    takeImport(evaluation_.importRun, cost.contiguous);
    takeImport(evaluation_.importLive, live);
    evaluation_.keptByImports = evaluation_.keptByImports + kept;
    evaluation_.importExtent += compileExtent(cost.peakLive, cost.moved);
    live_.keep(kept);
    taken_ = taken_ + kept;
    occupied_ = occupied_ + kept;
  }

  void onEvent(const HeapEvent &event) override {
    HeapEvent full = event;
    full.way = event.mayNotHappen ? kNoWay : interpreter_.way();
    full.mayNotHappen |= interpreter_.isUncertain();
    record(full);
  }

  void finish(bool isComplete) {
    endPhase(live_.now());
    evaluation_.namesAtMost = names_.mostKeptOfFile();
    evaluation_.live.figure = ByteFigure::of(evaluation_.live.figure.bytes + namesKept());
    for (const auto &[index, names] : siteNames_)
      evaluation_.sites[index].total = evaluation_.sites[index].total + Interval{0, names.most()};
    bool mayGoOn = !isComplete || interpreter_.hasCutPasses();
    for (const auto &[id, growth] : interpreter_.growths())
      if (mayGoOn && growth.isGrowing && growth.length > 0)
        addGrowth(growth);
    evaluation_.isSteady = interpreter_.isSteady();
    if (!evaluation_.isSteady)
      loseBounds();
    for (SiteCost &site : evaluation_.sites) {
      takePeak(site, evaluation_.run);
      for (PhaseCost &phase : evaluation_.phases)
        if (phase.phase == site.phase && phase.pass == site.pass)
          takePeak(site, phase.largest);
    }
    joinAlternatives();
  }

private:
  void takeImport(Peak &peak, Interval bytes) {
    if (interpreter_.isUncertain())
      bytes.lo = 0;
    Interval before = peak.figure.bytes;
    peak.figure = ByteFigure::of({std::max(before.lo, bytes.lo), std::max(before.hi, bytes.hi)});
    if (peak.site && bytes.hi <= before.hi)
      return;
    peak.site = interpreter_.site();
    peak.phase = interpreter_.phase();
    peak.pass = peak.phase == Phase::Pass ? static_cast<uint16_t>(interpreter_.pass()) : 0;
    peak.callPath = interpreter_.callPath();
  }

  /// Each may be the one for which the table grows, which it does as often as all together need.
  void recordNames(HeapEvent event, const NameGrowth &growth) {
    place(event);
    interpreter_.log().names[interpreter_.log().events.size()] = growth;
    interpreter_.log().events.push_back(event);
    names_.add(growth);
    namesOfPhase_.add(growth);
    siteNames_[addToSite(event)].add(growth);
    // What replays the requests takes it to happen, once.
    event.bytes = Interval::exactly(growth.mostOfFile);
    event.mayNotHappen = false;
    if (nameRuns_.insert(event.run).second && further_)
      further_->onEvent(event);
  }

  void record(HeapEvent event) {
    place(event);
    interpreter_.log().events.push_back(event);
    live_.onEvent(event);
    account(event);
    occupy(event);
    if (event.kind == EventKind::Request || event.kind == EventKind::Resize) {
      SiteCost &site = evaluation_.sites[addToSite(event)];
      site.total = site.total + addend(event);
    }
    if (further_)
      further_->onEvent(event);
  }

  /// Where it happens, and when.
  void place(HeapEvent &event) {
    event.phase = interpreter_.phase();
    event.pass = event.phase == Phase::Pass ? static_cast<uint16_t>(interpreter_.pass()) : 0;
    event.site = interpreter_.site();
    event.callPath = interpreter_.callPath();
    if (evaluation_.phases.empty() || evaluation_.phases.back().phase != event.phase ||
        evaluation_.phases.back().pass != event.pass)
      beginPhase(event);
  }

  /// Of what passes ask for and keep, where each keeps more than the one before.
  void loseBounds() {
    if (Peak &live = evaluation_.live; live.figure.bytes.hasHi()) {
      live.figure = ByteFigure::of(Interval::atLeast(live.figure.bytes.lo));
      live.reason = kChanges.str();
    }
    for (SiteCost &site : evaluation_.sites)
      if (site.phase == Phase::Pass && site.largest.hasHi() && !site.largest.isExact()) {
        site.largest.hi = site.total.hi = Interval::kNoHi;
        site.reason = kChanges.str();
      }
  }

  /// A container that is longer after each pass: what it asks for next has no end.
  void addGrowth(const Interpreter::Growth &growth) {
    Interval most = interpreter_.roomPromised(growth.site);
    std::string reason = most.hasHi() ? "" : kGrows.str();
    if (Peak &live = evaluation_.live; !most.hasHi()) {
      if (live.figure.bytes.hasHi())
        live.reason = reason;
      live.figure = ByteFigure::of(Interval::atLeast(live.figure.bytes.lo));
    }
    for (SiteCost &site : evaluation_.sites)
      if (site.site == growth.site && site.phase == Phase::Pass) {
        site.largest.hi = std::max(site.largest.hi, most.hi);
        site.total.hi = Interval::kNoHi;
        site.reason = reason;
        return;
      }
    SiteCost site;
    site.site = growth.site;
    site.phase = Phase::Pass;
    site.pass = evaluation_.phases.empty() ? 0 : evaluation_.phases.back().pass;
    site.largest = most;
    site.total = Interval::atLeast(0);
    site.reason = reason;
    evaluation_.sites.push_back(site);
  }

  /// A container that becomes longer on some ways at one place, on others at another, asks once.
  void joinAlternatives() {
    std::map<std::tuple<uint32_t, int64_t, int64_t>, llvm::SmallVector<SyntaxNode, 4>> places;
    auto keyOf = [](const SiteCost &site) {
      return std::tuple(site.lineage, site.largest.lo, site.largest.hi);
    };
    auto isChosen = [](const SiteCost &site) {
      return site.site && site.lineage != 0 && !site.isSure && site.largest.isExact();
    };
    for (const SiteCost &site : evaluation_.sites)
      if (isChosen(site) && !llvm::is_contained(places[keyOf(site)], site.site))
        places[keyOf(site)].push_back(site.site);
    for (SiteCost &site : evaluation_.sites)
      if (isChosen(site))
        for (SyntaxNode other : places[keyOf(site)])
          if (other != site.site)
            site.otherwise.push_back(other);
  }

  /// What is heard of has happened: a run that was asked for is held by what is under way, but for
  /// what the table of names may have asked for.
  Interval liveBefore(const HeapEvent &event) {
    Interval live = live_.now();
    Interval bytes = blocksOf(event.bytes), before = blocksOf(event.before);
    auto without = [&live](Interval taken, Interval kept) {
      if (live.hasHi())
        live.hi = taken.hasHi() ? live.hi - taken.hi + kept.hi : Interval::kNoHi;
      live.lo = live.lo - taken.lo + kept.lo;
    };
    if (event.run == 0 || NameTable::isOfNames(event))
      return live;
    if (event.kind == EventKind::Request)
      without(bytes, Interval::exactly(0));
    else if (event.kind == EventKind::Resize || event.kind == EventKind::Shrink)
      without(bytes, before);
    return live.clampedBelow(0);
  }

  /// What an event adds to a sum.
  static Interval addend(const HeapEvent &event) {
    return {event.mayNotHappen ? 0 : event.bytes.lo, event.bytes.hi};
  }

  void account(const HeapEvent &event) {
    Interval bytes = blocksOf(event.bytes), before = blocksOf(event.before);
    auto add = [this](Interval more, Interval less) {
      taken_.lo += more.lo - less.lo;
      taken_.hi = (taken_ + more - Interval::exactly(less.hasHi() ? less.hi : 0)).hi;
    };
    switch (event.kind) {
    case EventKind::Request:
      add(event.run == 0 ? LiveBytes::mostLeft(event) : bytes, Interval::exactly(0));
      requested_ = requested_ + addend(event);
      break;
    case EventKind::Resize:
      // Where it moves, the old run lives until the copy is made.
      add(bytes, Interval::exactly(0));
      requested_ = requested_ + addend(event);
      look(event, before);
      add(Interval::exactly(0), before);
      return;
    case EventKind::Shrink:
      add(bytes, before);
      return;
    case EventKind::Free:
      add(Interval::exactly(0), bytes);
      return;
    case EventKind::Collect:
      taken_ = live_.now();
      return;
    }
    look(event, Interval::exactly(0));
  }

  void occupy(const HeapEvent &event) {
    Interval bytes = blocksOf(event.bytes), before = blocksOf(event.before);
    Interval taken = Interval::exactly(0), freed = Interval::exactly(0);
    switch (event.kind) {
    case EventKind::Request:
      taken = bytes;
      break;
    case EventKind::Resize:
    case EventKind::Shrink:
      taken = bytes;
      freed = before;
      break;
    case EventKind::Free:
      freed = bytes;
      break;
    case EventKind::Collect:
      occupied_ = event.mayNotHappen
                      ? Interval{std::min(occupied_.lo, live_.now().lo), occupied_.hi}
                      : live_.now();
      return;
    }
    if (event.mayNotHappen)
      taken.lo = freed.lo = 0;
    occupied_ = (occupied_ + taken - freed).clampedBelow(0);
  }

  Interval blocksOf(Interval bytes) const { return interpreter_.heap().inBlocks(bytes); }

  /// `taken_` is never less than what is reachable; only where it passes the peak is that counted,
  /// and what is done on some paths only makes the peak no more than possible.
  /// A run that grows does so in place or by moving, when the old one lives until it is copied.
  void look(const HeapEvent &event, Interval old) {
    Peak &peak = evaluation_.live;
    Interval most = peak.figure.bytes;
    auto isAbove = [](int64_t taken, int64_t bound) { return taken > bound + bound / kPeakParts; };
    bool isMore = (!event.mayNotHappen && isAbove(taken_.lo, most.lo)) ||
                  (most.hasHi() && isAbove(taken_.hi, most.hi));
    if (!isMore)
      return;
    Interval now = live_.now();
    taken_ = now + old;
    if (event.mayNotHappen)
      now.lo = most.lo;
    if (now.lo <= most.lo && taken_.hi <= most.hi)
      return;
    if (most.hasHi() && !taken_.hasHi())
      peak.reason = live_.reason();
    peak.figure = ByteFigure::of({std::max(now.lo, most.lo), std::max(taken_.hi, most.hi)});
    bool isHigher = most.hasHi() && taken_.hasHi() ? taken_.hi > most.hi : now.lo > most.lo;
    if (!isHigher)
      return;
    peak.site = event.site;
    peak.phase = event.phase;
    peak.pass = event.pass;
    peak.callPath = event.callPath;
  }

  void beginPhase(const HeapEvent &event) {
    if (evaluation_.phases.size() >= kMostPhases)
      return;
    Interval live = liveBefore(event);
    endPhase(live);
    PhaseCost phase;
    phase.phase = event.phase;
    phase.pass = event.pass;
    phase.liveAtBegin = live + namesKept();
    if (evaluation_.phases.empty())
      occupied_ = live;
    evaluation_.phases.push_back(phase);
    requested_ = Interval::exactly(0);
    namesOfPhase_ = {};
    taken_ = {std::max(taken_.lo, live.lo), std::max(taken_.hi, live.hi)};
  }

  void endPhase(Interval live) {
    if (evaluation_.phases.empty())
      return;
    PhaseCost &phase = evaluation_.phases.back();
    phase.requested = requested_ + Interval{0, namesOfPhase_.most()};
    phase.liveAtEnd = live + namesKept();
    phase.garbageAtEnd = (occupied_ - live).clampedBelow(0); // names never are
  }

  /// But for its total. Returns where it stands.
  size_t addToSite(const HeapEvent &event) {
    auto key =
        std::tuple(event.site ? event.site.ordinal() : ~0U, event.phase, event.pass, event.isHard);
    auto [place, isNew] = siteAt_.try_emplace(key, evaluation_.sites.size());
    if (isNew) {
      SiteCost site;
      site.site = event.site;
      site.phase = event.phase;
      site.pass = event.pass;
      site.isHard = event.isHard;
      site.largest = event.bytes;
      evaluation_.sites.push_back(site);
    }
    SiteCost &site = evaluation_.sites[place->second];
    if (event.bytes.lo > site.largest.lo || isNew) {
      site.callPath = event.callPath;
      site.lineage = event.lineage;
    }
    site.largest = {std::max(site.largest.lo, event.bytes.lo),
                    std::max(site.largest.hi, event.bytes.hi)};
    if (!event.mayNotHappen) {
      site.isSure = true;
      site.surely = std::max(site.surely, event.bytes.lo);
    }
    if (event.reason)
      site.reason = interpreter_.log().reasons[event.reason];
    else if (!event.bytes.hasHi() && site.reason.empty())
      site.reason = kUnbounded.str();
    ++site.count;
    return place->second;
  }

  /// Bytes of what the table of names has grown by.
  Interval namesKept() const { return interpreter_.heap().inBlocks(Interval{0, names_.most()}); }

  /// The figure is the largest lower bound; its tag is that of what could exceed it.
  static void takePeak(const SiteCost &site, Peak &peak) {
    if (!site.isHard)
      return;
    int64_t lo = site.surely;
    Interval bytes = peak.figure.bytes;
    if (!site.largest.hasHi() && peak.reason.empty())
      peak.reason = site.reason;
    if (lo > bytes.lo) {
      peak.site = site.site;
      peak.phase = site.phase;
      peak.pass = site.pass;
      peak.callPath = site.callPath;
    }
    peak.figure = ByteFigure::of({std::max(bytes.lo, lo), std::max(bytes.hi, site.largest.hi)});
  }

  Interpreter &interpreter_;
  Evaluation &evaluation_;
  HeapObserver *further_;
  LiveBytes live_;
  Interval taken_ = Interval::exactly(0); ///< bytes of blocks, see look()
  /// Bytes of blocks that are not free, while nothing but `gc.collect()` collects.
  Interval occupied_ = Interval::exactly(0);
  Interval requested_ = Interval::exactly(0);
  std::map<std::tuple<uint32_t, Phase, uint16_t, bool>, size_t> siteAt_;
  // Of the table of names.
  llvm::DenseSet<uint32_t> nameRuns_;
  NameTotal names_, namesOfPhase_;
  llvm::DenseMap<size_t, NameTotal> siteNames_; ///< by the index of the site
};

void addLoading(Evaluation &evaluation, const CompileCost &cost) {
  evaluation.load.figure = ByteFigure::of(cost.contiguous);
  evaluation.load.phase = Phase::Load;
  evaluation.loadLive.figure = ByteFigure::of(cost.peakLive);
  evaluation.loadLive.phase = Phase::Load;
  evaluation.keptByLoad = cost.kept;
  evaluation.movedByLoad = cost.moved;
  evaluation.live.figure = ByteFigure::of(evaluation.live.figure.bytes + cost.kept);
  if (evaluation.importLive.site)
    evaluation.importLive.figure = ByteFigure::of(evaluation.importLive.figure.bytes + cost.kept);
  for (PhaseCost &phase : evaluation.phases) {
    phase.liveAtBegin = phase.liveAtBegin + cost.kept;
    phase.liveAtEnd = phase.liveAtEnd + cost.kept;
  }
}

/// A program that came to its end may be a module: its functions are for others.
void callFunctions(Interpreter &interpreter, const Code &entry, Evaluation &evaluation) {
  Evaluation further;
  Recorder recorder(interpreter, further, nullptr);
  interpreter.log() = RequestLog();
  interpreter.heap().setObserver(&recorder);
  bool isDone = interpreter.callAsOthersMay(entry);
  interpreter.heap().setObserver(nullptr);
  if (isDone)
    evaluation.otherCalls = std::move(interpreter.log());
  if (interpreter.gaps().size() > evaluation.gaps.size())
    evaluation.otherCallsGap = interpreter.gaps().back();
  evaluation.areOtherCallsSteady = interpreter.isSteady();
}

/// Nothing where the program left loops that were taken for its main loop: `known` are these then,
/// and it is to be evaluated again.
std::optional<Evaluation>
evaluateKnowing(llvm::DenseSet<Interpreter::EndlessLoop> &known, const Module &program,
                const Code &entry, const FirmwareProfile &profile, const EvaluationLimits &limits,
                const ModuleResolver &resolver, const ObserverFactory &observer) {
  Evaluation evaluation;
  Interpreter interpreter(profile, limits, resolver);
  auto treeOf = [&](const Code &code) -> const SyntaxTree & {
    return *program.model().files()[code.file].tree;
  };
  if (!program.contracts().empty())
    interpreter.setContracts(program.contracts());
  std::unique_ptr<HeapObserver> further = observer ? observer(interpreter) : nullptr;
  Recorder recorder(interpreter, evaluation, further.get());
  interpreter.onImport = [&](const Code &code, Interval names) {
    recorder.onImport(importCost(treeOf(code), code, profile, names));
  };
  CompileCost loading = compileCost(treeOf(entry), entry, profile);
  interpreter.setLeftLoops(known);
  interpreter.prepare(entry);
  interpreter.beginNames(loading.names);
  interpreter.heap().setObserver(&recorder);
  Ending ending = interpreter.runModule(entry);
  evaluation.isComplete =
      ending == Ending::Returned || ending == Ending::Raised || interpreter.hasMadeAllPasses();
  if (known.empty() && !interpreter.leftLoops().empty()) {
    known = interpreter.leftLoops();
    interpreter.heap().setObserver(nullptr);
    return std::nullopt;
  }
  recorder.finish(evaluation.isComplete);
  interpreter.heap().setObserver(nullptr);

  evaluation.entered = interpreter.entered();
  evaluation.firmwareModules = interpreter.firmwareModules();
  evaluation.gaps.assign(interpreter.gaps().begin(), interpreter.gaps().end());
  evaluation.leftOut = interpreter.leftOut().str();
  evaluation.printed = interpreter.output();
  if (ending == Ending::Raised)
    if (std::optional<Content> text = interpreter.print(interpreter.uncaught(), /*isRepr=*/true))
      evaluation.uncaught = text->isKnown ? text->bytes : "?";
  evaluation.steps = interpreter.steps();
  addLoading(evaluation, loading);
  evaluation.log = std::move(interpreter.log());
  evaluation.isExact =
      evaluation.gaps.empty() && evaluation.isComplete && !evaluation.importRun.site &&
      llvm::all_of(evaluation.log.events, [](const HeapEvent &event) {
        return NameTable::isOfNames(event) || (event.bytes.isExact() && !event.mayNotHappen);
      });
  if (limits.callsFunctions && ending == Ending::Returned)
    callFunctions(interpreter, entry, evaluation);
  return evaluation;
}

/// Whether a module's file lies in the folder that firmwares look into behind what is frozen into
/// them: `lib/name.py`, `lib/name/__init__.py`.
bool isInLibraries(llvm::StringRef file, llvm::StringRef name) {
  llvm::StringRef place = llvm::sys::path::parent_path(file);
  if (llvm::sys::path::filename(file) == "__init__.py")
    place = llvm::sys::path::parent_path(place);
  for (size_t dots = name.count('.'); dots > 0; --dots)
    place = llvm::sys::path::parent_path(place);
  return llvm::sys::path::filename(place) == "lib";
}

} // namespace

CostTag SiteCost::tag() const { return ByteFigure::of(largest).tag; }

std::vector<SyntaxNode> callsOnPath(const RequestLog &log, uint32_t path) {
  std::vector<SyntaxNode> calls;
  for (; path != 0; path = log.calls[path].outer)
    if (log.calls[path].call)
      calls.push_back(log.calls[path].call);
  std::reverse(calls.begin(), calls.end());
  return calls;
}

SyntaxNode innermostOnPath(const RequestLog &log, uint32_t path, SyntaxNode site,
                           llvm::function_ref<bool(SyntaxNode)> isWanted) {
  if (site && isWanted(site))
    return site;
  for (; path != 0; path = log.calls[path].outer)
    if (SyntaxNode call = log.calls[path].call; call && isWanted(call))
      return call;
  return {};
}

Evaluation evaluate(const Module &program, const Target &target, const EvaluationLimits &limits,
                    const ObserverFactory &observer) {
  const SemanticModel &model = program.model();
  const FirmwareProfile &profile = profileOf(target);
  Variables variables(model);
  std::vector<std::unique_ptr<const Code>> codes(model.files().size());
  auto codeOf = [&](uint32_t file) {
    if (!codes[file])
      codes[file] = buildCode(model, variables, file, profile);
    return codes[file].get();
  };
  ModuleResolver resolver;
  resolver.find = [&](uint32_t importer, llvm::StringRef name) -> const Code * {
    uint32_t file = program.fileNamed(importer, name);
    bool isSeen = file != kNoId && !(mayBeFrozen(target, name) &&
                                     isInLibraries(model.files()[file].tree->file().path(), name));
    return isSeen ? codeOf(file) : nullptr;
  };
  resolver.isThere = [&](uint32_t importer, llvm::StringRef name) {
    return program.isThere(importer, name);
  };

  llvm::DenseSet<Interpreter::EndlessLoop> known;
  const Code &entry = *codeOf(0);
  while (true)
    if (std::optional<Evaluation> evaluation =
            evaluateKnowing(known, program, entry, profile, limits, resolver, observer))
      return std::move(*evaluation);
}

} // namespace fraglint
