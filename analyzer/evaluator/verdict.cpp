#include "evaluator/verdict.h"

#include "evaluator/exhaustion.h"
#include "evaluator/heap_room.h"
#include "evaluator/reachable_runs.h"
#include "evaluator/target_heap.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

/// The least that compiling needs is trusted within so many parts of it: of some 300 programs, the
/// smallest heap that compiled the worst one was 1 % below.
constexpr int64_t kLoadTrust = 32;
/// What is foretold to be reachable is so close to the truth, in parts of it.
constexpr int64_t kLiveTrust = 16;
/// Compiling a file takes so many times its text at most where words are of 4 bytes: dense scripts
/// were measured at 4 to 6.5 times.
constexpr int64_t kLoadOfText = 8, kLeastLoad = 2048;
/// Passes that are evaluated to see a loop through several collections.
constexpr int64_t kMostPasses = 200;
/// Programs with more events are not simulated; and of those that are, reachability is looked for
/// so often.
constexpr size_t kMostEvents = 200'000;
constexpr uint32_t kMostLooks = 400;

// What is simulated: smaller heaps too, with garbage that outlives collections, with the code
// that loading leaves lying closely, or as far apart as it reached.
constexpr int64_t kSizeParts = 32;
constexpr int64_t kFewerParts[] = {0, 1, 2, 3};
constexpr uint32_t kKeptGarbage[] = {0, 25};
constexpr CodeLies kCodeLies[] = {CodeLies::Together, CodeLies::OverTheLoad};

/// Modules of both firmwares whose natives are not known to take anything of the memory around a
/// heap that grows. No board was asked.
constexpr llvm::StringLiteral kAtHome[] = {
    "__future__", "_asyncio",    "adafruit_pixelbuf",
    "analogio",   "array",       "binascii",
    "board",      "builtins",    "cmath",
    "errno",      "collections", "digitalio",
    "framebuf",   "gc",          "hashlib",
    "heapq",      "io",          "json",
    "math",       "micropython", "microcontroller",
    "os",         "random",      "re",
    "storage",    "struct",      "supervisor",
    "sys",        "time",        "typing",
    "ubinascii",  "uerrno",      "ucollections",
    "uhashlib",   "uio",         "ujson",
    "uos",        "urandom",     "ure",
    "ustruct",    "usys",        "utime",
};
/// Whose natives may take of it for drivers and queues of what a board has a few of, on the ESP32
/// for example; buffers whose size the program says are among its requests. This is reckoned for
/// all of them in use at once, and not measured. What others take, for a radio or the picture of a
/// display, is not known.
constexpr llvm::StringLiteral kDrivers[] = {"busio", "countio",  "keypad", "machine",
                                            "pwmio", "rotaryio", "touchio"};
constexpr int64_t kOfDrivers = 24 * 1024;

std::string amount(int64_t bytes) { return withThousands(bytes) + " bytes"; }

class Judge {
public:
  Judge(const Evaluation &evaluation, const JudgedHeap &heap, int64_t importBytes,
        Rehearse rehearse)
      : evaluation_(evaluation), heap_(heap), importBytes_(importBytes), rehearse_(rehearse),
        blockBytes_(heap.least.blockBytes) {}

  HeapVerdict judge() {
    takeLargest();
    if (isSureToFail())
      result_.verdict = isHandled_ ? Verdict::AtRisk : Verdict::WillFail;
    else if (isSureToFit())
      result_.verdict = Verdict::Fits;
    return std::move(result_);
  }

private:
  int64_t inBlocks(int64_t bytes) const {
    return bytes == Interval::kNoHi
               ? bytes
               : static_cast<int64_t>(llvm::alignTo(static_cast<uint64_t>(bytes), blockBytes_));
  }

  void point(const Peak &peak) {
    result_.site = peak.site;
    result_.phase = peak.phase;
    result_.pass = peak.pass;
    result_.bytes = peak.figure.bytes.lo;
  }

  void point(const HeapEvent &event) {
    result_.site = event.site;
    result_.phase = event.phase;
    result_.pass = event.pass;
    result_.bytes = event.bytes.lo;
  }

  void takeLargest() {
    point(evaluation_.headline());
    int64_t most = 0;
    for (const Peak *peak : {&evaluation_.live, &evaluation_.loadLive, &evaluation_.importLive})
      most = std::max(most, peak->figure.bytes.hi);
    if (most != Interval::kNoHi && evaluation_.gaps.empty())
      result_.margin = heap_.bytes.lo - most;
  }

  // --- What is sure to fail.

  bool fails(int64_t needed, std::string reason) {
    result_.margin = heap_.utmost - needed;
    result_.reason = std::move(reason);
    return true;
  }

  /// A request fails that the program may catch, or one before it may: then nobody knows how it
  /// goes on.
  bool failsUnlessHandled(int64_t needed, std::string reason) {
    if (isHandled_)
      reason += "; the program may catch that, or run out earlier and catch it: how it goes on "
                "then is not foretold";
    return fails(needed, std::move(reason));
  }

  /// Whether a handler may catch the request's failure. Each site is looked at once on each way.
  bool mayCatch(const HeapEvent &event) {
    auto [found, isNew] =
        caught_.try_emplace({event.site ? event.site.ordinal() : ~0U, event.callPath}, false);
    if (isNew)
      found->second = mayCatchExhaustion(evaluation_.log, event.site, event.callPath);
    return found->second;
  }

  bool isSureToFail() {
    int64_t room = heap_.utmost;
    if (int64_t needed = inBlocks(evaluation_.load.figure.bytes.lo); needed > room) {
      point(evaluation_.load);
      return fails(needed, "compiling asks for a run of " + amount(needed) +
                               ", and the whole heap is " + amount(room));
    }
    int64_t load = evaluation_.loadLive.figure.bytes.lo;
    if (int64_t needed = load - load / kLoadTrust; needed > room) {
      point(evaluation_.loadLive);
      result_.isInUse = true;
      return fails(needed, "compiling needs at least " + amount(needed) +
                               " at once, and the whole heap is " + amount(room) +
                               ": it fails before the first line runs");
    }
    // While all that was asked for up to then has room side by side, nothing can have failed.
    Interval all = Interval::exactly(loadExtent(evaluation_)) + Interval::exactly(importBytes_) +
                   Interval::exactly(evaluation_.namesAtMost);
    for (const HeapEvent &event : evaluation_.log.events) {
      if (!isTaking(event))
        continue;
      all = all + Interval::exactly(inBlocks(event.bytes.hi));
      if (!event.isHard)
        continue;
      isHandled_ = isHandled_ || (all.hi > heap_.bytes.lo && mayCatch(event));
      if (event.mayNotHappen)
        continue;
      if (int64_t needed = inBlocks(event.bytes.lo); needed > room) {
        point(event);
        return failsUnlessHandled(needed, "this line asks for a run of " + amount(needed) +
                                              ", and the whole heap is " + amount(room));
      }
    }
    return isSureToFailByLive(room);
  }

  bool isSureToFailByLive(int64_t room) {
    // The figure takes every run that grows for one that moves; the trace does not.
    if (!evaluation_.isExact || evaluation_.live.figure.bytes.lo <= room)
      return false;
    const Rehearsal *rehearsal = rehearsed(0);
    if (!rehearsal || !rehearsal->isExact)
      return false;
    int64_t needed = evaluation_.keptByLoad.lo + rehearsal->trace.leastPeak(blockBytes_);
    if (needed - needed / kLiveTrust <= room)
      return false;
    point(evaluation_.live);
    result_.isInUse = true;
    return failsUnlessHandled(needed, "at least " + amount(needed) +
                                          " are in use at once while this runs, and the whole "
                                          "heap is " +
                                          amount(room));
  }

  /// What the table of names may ask for is reckoned by itself: Evaluation::namesAtMost.
  static bool isTaking(const HeapEvent &event) {
    return (event.kind == EventKind::Request || event.kind == EventKind::Resize) &&
           !NameTable::isOfNames(event);
  }

  // --- What is sure to fit.

  bool risks(std::string reason) {
    result_.reason = std::move(reason);
    return false;
  }

  bool isSureToFit() {
    int64_t room = heap_.bytes.lo;
    Interval load = evaluation_.loadLive.figure.bytes;
    if (!load.hasHi())
      return risks("nobody knows how much compiling needs at once");
    loadExtent_ = loadExtent(evaluation_);
    if (loadExtent_ > room)
      return risks("compiling needs " + amount(load.lo) + " to " + amount(load.hi) +
                   " at once, and some room for holes; the heap is " + amount(room));
    if (!evaluation_.gaps.empty())
      return risks("not all requests are known: " + evaluation_.gaps.front());
    if (!evaluation_.isComplete)
      return risks("the program is too long to be evaluated to its end");
    for (const SiteCost &site : evaluation_.sites)
      if (!site.largest.hasHi()) {
        point(site);
        return risks("nobody knows how long a run this line asks for" +
                     (site.reason.empty() ? std::string() : ": " + site.reason));
      }
    if (!evaluation_.isSteady)
      return risks("whether the program keeps more after each pass of its loop is not known");
    if (needsNoCollection() || hasRoomBetweenPasses() || hasRoomBesideLive())
      return true;
    if (!evaluation_.isExact)
      return risks("some requests are known in bounds only, and the heap must be collected: where "
                   "its holes will lie is not known");
    if (!heap_.isFirm)
      return risks("how large the heap is, is estimated, and not so much that all is served "
                   "wherever its holes lie");
    if (importBytes_ > 0)
      return risks("the other files of the program are compiled while it runs: where the holes "
                   "will lie then is not known");
    return isServed();
  }

  void point(const SiteCost &site) {
    result_.site = site.site;
    result_.phase = site.phase;
    result_.pass = site.pass;
    result_.bytes = site.largest.lo;
  }

  /// Bytes that are asked for in set-up, or in passes.
  int64_t requested(bool inPasses) const {
    Interval sum = Interval::exactly(inPasses ? 0 : evaluation_.namesAtMost);
    for (const HeapEvent &event : evaluation_.log.events)
      if (isTaking(event) && (event.phase == Phase::Pass) == inPasses)
        sum = sum + Interval::exactly(inBlocks(event.bytes.hi));
    return sum.hi;
  }

  /// What one request asks for at most, also one of the table of names.
  int64_t largestRequest() const {
    int64_t largest = 0;
    for (const HeapEvent &event : evaluation_.log.events)
      if (isTaking(event))
        largest = std::max(largest, inBlocks(event.bytes.hi));
    for (const auto &[index, growth] : evaluation_.log.names)
      if (growth.isHard)
        largest = std::max(largest, inBlocks(growth.mostOfFile));
    return largest;
  }

  bool isEndless() const {
    return llvm::any_of(evaluation_.phases,
                        [](const PhaseCost &phase) { return phase.phase == Phase::Pass; });
  }

  /// What the heap serves of requests like the program's, wherever they lie. Nothing where that is
  /// not known.
  std::optional<HeapRoom> sureRoom(int64_t largest) const {
    bool grows = heap_.least.growth != HeapGrowth::Fixed;
    if (grows && !heap_.least.collects)
      return std::nullopt;
    int64_t around = 0;
    for (llvm::StringRef name : evaluation_.firmwareModules.keys()) {
      if (!grows || llvm::is_contained(kAtHome, name))
        continue;
      if (!llvm::is_contained(kDrivers, name))
        return std::nullopt;
      around = kOfDrivers;
    }
    for (const Peak *peak : {&evaluation_.load, &evaluation_.importRun})
      largest = std::max(largest, inBlocks(peak->figure.bytes.hi));
    HeapRoom room = heapRoom(heap_.least, largest);
    room.bytes = std::min(room.bytes, heap_.bytes.lo) - around;
    return room;
  }

  /// The first free place that is long enough is never behind all that was ever asked for.
  bool needsNoCollection() {
    if (isEndless() || evaluation_.log.isFolded)
      return false;
    std::optional<HeapRoom> room = sureRoom(largestRequest());
    int64_t all = loadExtent_ + importBytes_ + requested(false);
    if (!room || all > room->bytes)
      return false;
    result_.reason = "all that it ever asks for is " + amount(all) +
                     ": it would be served if nothing were ever given back";
    return true;
  }

  /// What set-up asks for lies at the beginning of the heap, one behind the other. Behind that,
  /// only what two passes hold can be in the way, and it leaves holes of this length at least.
  bool hasRoomBetweenPasses() {
    int64_t largest = largestRequest();
    std::optional<HeapRoom> room = sureRoom(largest);
    if (!isEndless() || evaluation_.log.isFolded || !room)
      return false;
    std::map<uint16_t, std::pair<int64_t, int64_t>> passes; // bytes and requests
    for (const HeapEvent &event : evaluation_.log.events)
      if (isTaking(event) && event.phase == Phase::Pass) {
        auto &[bytes, count] = passes[event.pass];
        bytes += inBlocks(event.bytes.hi);
        ++count;
      }
    int64_t bytes = 0, count = 0;
    for (const auto &[number, pass] : passes) {
      bytes = std::max(bytes, pass.first);
      count = std::max(count, pass.second);
    }
    // Set-up goes on into the first passes, which fill what is kept.
    int64_t start = loadExtent_ + importBytes_ + requested(false) + requested(true);
    int64_t rest = room->bytes - start - 2 * bytes, hole = rest / (2 * count + room->areas);
    if (rest < 0 || hole < largest)
      return false;
    result_.reason = "behind what set-up asks for, " + amount(rest) +
                     " are free in each pass, in holes of at least " + amount(hole) +
                     "; the largest request is " + amount(largest);
    return true;
  }

  /// A collection leaves what is in use, and what the stack still shows, which is taken to be as
  /// much again. However that lies, each block of it, and code, divide the rest into so many holes
  /// at the most.
  bool hasRoomBesideLive() {
    Interval live = evaluation_.live.figure.bytes;
    int64_t largest = largestRequest();
    std::optional<HeapRoom> room = sureRoom(largest);
    if (!room || !live.hasHi())
      return false;
    int64_t kept = 2 * inBlocks(live.hi);
    int64_t rest = room->bytes - loadExtent_ - importBytes_ - kept;
    int64_t hole = rest / (kept / blockBytes_ + room->areas);
    if (rest < 0 || hole < largest)
      return false;
    result_.reason =
        "no more than " + amount(live.hi) +
        " are in use at once; however they lie, a collection leaves a hole of at least " +
        amount(hole) + ", and the largest request is " + amount(largest);
    return true;
  }

  // --- Simulations.

  const Rehearsal *rehearsed(unsigned passes) {
    if (evaluation_.log.events.size() > kMostEvents)
      return nullptr;
    if (!rehearsal_ || passes != 0)
      rehearsal_ = rehearse_(passes);
    return &*rehearsal_;
  }

  /// Twice the heap is asked for in so many passes, so that it was collected by then. 0: as many
  /// as were evaluated do.
  std::optional<unsigned> passesNeeded() const {
    if (!isEndless())
      return 0;
    int64_t count = evaluation_.phases.back().pass, of = requested(true);
    int64_t room = heap_.bytes.lo;
    if (of >= 2 * room)
      return 0;
    if (of == 0 || 2 * room / of * count > kMostPasses)
      return std::nullopt;
    return static_cast<unsigned>(2 * room / of * count + count);
  }

  HeapShape smaller(int64_t parts) const {
    HeapShape shape = heap_.least;
    for (uint64_t &area : shape.areas)
      area -= area * parts / kSizeParts;
    for (uint64_t &area : shape.outer)
      area -= area * parts / kSizeParts;
    return shape;
  }

  bool isServed() {
    std::optional<unsigned> passes = passesNeeded();
    if (!passes)
      return risks("its loop asks for so little in each pass that its collections are not seen");
    const Rehearsal *rehearsal = rehearsed(*passes);
    if (!rehearsal || !rehearsal->isExact)
      return risks("it asks too often to be simulated");
    uint32_t runs = 0;
    for (int64_t parts : kFewerParts)
      for (uint32_t kept : kKeptGarbage)
        for (CodeLies lies : kCodeLies) {
          PossibleLayout layout{smaller(parts), lies, {}, *passes};
          layout.replay.keptGarbagePercent = kept;
          layout.replay.seed = runs++;
          HeapSimulator heap = loadedHeap(layout, evaluation_);
          if (heap.blocksFor(evaluation_.keptByLoad.hi) > heap.totalBlocks())
            return risks("there is little more room than code and constants take");
          if (std::optional<uint32_t> failed = rehearsal->trace.replay(heap, layout.replay)) {
            result_.layout = layout;
            return isNotServed(*rehearsal, *failed, heap, parts);
          }
        }
    showLargest(*rehearsal, *passes);
    result_.reason = "all requests are known, and simulated heaps of this size and somewhat less "
                     "serve them in each of " +
                     std::to_string(runs) + " layouts of code and garbage";
    return true;
  }

  bool isNotServed(const Rehearsal &rehearsal, uint32_t failed, const HeapSimulator &heap,
                   int64_t parts) {
    if (failed < rehearsal.events.size())
      point(rehearsal.events[failed]);
    result_.largestFree = int64_t{heap.largestFree()} * blockBytes_;
    return risks("in one possible layout" +
                 (parts == 0 ? std::string()
                             : " of a heap that is " + std::to_string(parts * 100 / kSizeParts) +
                                   " % smaller") +
                 " the longest free run is " + amount(*result_.largestFree) +
                 " when this line asks for " + amount(result_.bytes) + ", with " +
                 amount(int64_t{heap.freeBlocks()} * blockBytes_) + " free in all");
  }

  void showLargest(const Rehearsal &rehearsal, unsigned passes) {
    auto largest = llvm::max_element(rehearsal.events, [](const HeapEvent &a, const HeapEvent &b) {
      auto bytes = [](const HeapEvent &event) {
        return isTaking(event) && event.isHard ? event.bytes.lo : -1;
      };
      return bytes(a) < bytes(b);
    });
    if (largest == rehearsal.events.end() || !isTaking(*largest))
      return;
    point(*largest);
    result_.layout = PossibleLayout{heap_.least, CodeLies::OverTheLoad, {}, passes};
    HeapSimulator heap = loadedHeap(*result_.layout, evaluation_);
    ReplayOptions options;
    options.until = static_cast<uint32_t>(largest - rehearsal.events.begin());
    rehearsal.trace.replay(heap, options);
    result_.largestFree = int64_t{heap.largestFree()} * blockBytes_;
  }

  const Evaluation &evaluation_;
  const JudgedHeap &heap_;
  int64_t importBytes_;
  Rehearse rehearse_;
  uint32_t blockBytes_;
  HeapVerdict result_;
  std::optional<Rehearsal> rehearsal_;
  int64_t loadExtent_ = 0;
  bool isHandled_ = false; ///< something that may fail may be caught
  std::map<std::pair<uint32_t, uint32_t>, bool> caught_; ///< by site and call path
};

/// Keeps the events beside the trace.
class RehearsingObserver : public HeapObserver {
public:
  RehearsingObserver(Interpreter &interpreter, Rehearsal &rehearsal, uint32_t interval)
      : recorder_(reachableRuns(interpreter), interval, kMostLooks), rehearsal_(rehearsal) {}
  ~RehearsingObserver() override {
    rehearsal_.isExact = recorder_.isExact();
    rehearsal_.trace = recorder_.finish();
  }
  void onEvent(const HeapEvent &event) override {
    rehearsal_.events.push_back(event);
    recorder_.onEvent(event);
  }

private:
  TraceRecorder recorder_;
  Rehearsal &rehearsal_;
};

} // namespace

llvm::StringRef verdictName(Verdict verdict) {
  switch (verdict) {
  case Verdict::Fits:
    return "fits";
  case Verdict::AtRisk:
    return "at-risk";
  case Verdict::WillFail:
    break;
  }
  return "will-fail";
}

JudgedHeap judgedHeap(const Target &target, std::optional<int64_t> heapBytes, bool isBoardKnown) {
  JudgedHeap heap;
  if (heapBytes) {
    HeapShape own = heapShapeOf(target, *heapBytes);
    bool grows = own.growth != HeapGrowth::Fixed;
    heap.least = heap.most = grows ? own : oneAreaOf(target, *heapBytes);
    heap.utmost = grows ? *heapBytes : static_cast<int64_t>(heap.least.poolBytes(*heapBytes));
    heap.bytes = Interval::exactly(heap.utmost);
    heap.isFirm = true;
    return heap;
  }
  heap.least = heapShapeOf(target, target.heapBytes.lo);
  heap.most = heapShapeOf(target, target.heapBytes.hi);
  heap.bytes = target.heapBytes;
  heap.utmost = isBoardKnown ? target.mostHeap() : Interval::kNoHi;
  heap.isFirm = target.provenance != Provenance::Estimated;
  return heap;
}

Rehearsal rehearse(const Module &program, const Target &target, const EvaluationLimits &limits,
                   const Evaluation &evaluation, unsigned passes) {
  Rehearsal rehearsal;
  EvaluationLimits further = limits;
  if (passes != 0)
    further.passes = passes;
  auto interval = static_cast<uint32_t>(evaluation.log.events.size() / kMostLooks + 1);
  evaluate(program, target, further, [&](Interpreter &interpreter) {
    rehearsal = {};
    return std::make_unique<RehearsingObserver>(interpreter, rehearsal, interval);
  });
  return rehearsal;
}

HeapVerdict judge(const Evaluation &evaluation, const JudgedHeap &heap, int64_t importBytes,
                  Rehearse rehearse) {
  return Judge(evaluation, heap, importBytes, rehearse).judge();
}

HeapVerdict judge(const Module &program, const Target &target, const EvaluationLimits &limits,
                  const Evaluation &evaluation, const JudgedHeap &heap) {
  int64_t importBytes = 0;
  for (const ModuleFile &file : llvm::drop_begin(program.model().files()))
    importBytes += kLeastLoad + kLoadOfText * target.wordBytes() / 4 *
                                    static_cast<int64_t>(file.tree->file().text().size());
  importBytes = std::max(importBytes, evaluation.importExtent);
  return judge(evaluation, heap, importBytes, [&](unsigned passes) {
    return rehearse(program, target, limits, evaluation, passes);
  });
}

} // namespace fraglint
