#include "page/heap_picture.h"

#include "evaluator/live_runs.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <map>

namespace fraglint {

namespace {

constexpr uint32_t kLetters = 8;

bool isTaking(const HeapEvent &event) {
  return event.kind == EventKind::Request || event.kind == EventKind::Resize;
}

class Painter {
public:
  Painter(Rehearsal rehearsal, const Evaluation &evaluation, HeapPicture &picture)
      : rehearsal_(std::move(rehearsal)), evaluation_(evaluation), picture_(picture) {}

  /// The intervals of what is live, where nothing can be simulated.
  void takeLive() {
    LiveRuns least, most;
    uint32_t index = 0; // among the trace's events, which leave out what is not known
    for (const HeapEvent &event : rehearsal_.events) {
      least.releaseDead(index);
      most.releaseDead(index);
      bool isTraced = event.kind == EventKind::Collect || event.run != 0;
      if (event.kind == EventKind::Free) {
        least.release(event.run);
        most.release(event.run);
      } else if (event.kind != EventKind::Collect && event.run != 0) {
        Interval blocks = inBlocks(event.bytes);
        if (!event.mayNotHappen) {
          least.set(event.run, blocks.lo);
          least.dieAt(event.run, rehearsal_.trace.deathOf(event.run, DeathBound::Earliest));
        }
        most.set(event.run, blocks.hasHi() ? blocks.hi : blocks.lo);
        most.dieAt(event.run, rehearsal_.trace.deathOf(event.run, DeathBound::Latest));
      }
      index += isTraced;
      HeapPoint point;
      Interval kept = evaluation_.keptByLoad;
      // Where ways were joined, what is reachable on each is more than what is on any.
      int64_t greatest = evaluation_.live.figure.bytes.hi;
      point.live = {
          std::min(kept.lo + least.sum(), greatest),
          std::min((kept.hasHi() ? kept.hi : kept.lo) + most.sum(), greatest),
      };
      picture_.points.push_back(point);
    }
    takeLargest();
  }

  void simulate(const PossibleLayout &layout) {
    picture_.isSimulated = true;
    HeapSimulator heap = loadedHeap(layout, evaluation_);
    HeapTimeline timeline;
    ReplayOptions options = layout.replay;
    options.timeline = &timeline;
    picture_.isFailed = rehearsal_.trace.replay(heap, options).has_value();
    for (const HeapMoment &moment : timeline.moments())
      picture_.points.push_back(pointOf(moment, layout.shape.blockBytes));
    findWorst();
    if (!picture_.worst)
      return;
    HeapSimulator again = loadedHeap(layout, evaluation_);
    options.timeline = nullptr;
    options.until = *picture_.worst + 1;
    rehearsal_.trace.replay(again, options);
    takeMap(again);
  }

  void finish() { picture_.events = std::move(rehearsal_.events); }

private:
  Interval inBlocks(Interval bytes) const {
    auto round = [&](int64_t one) {
      return static_cast<int64_t>(
          llvm::alignTo(static_cast<uint64_t>(std::max<int64_t>(one, 0)), picture_.blockBytes));
    };
    return {round(bytes.lo), bytes.hasHi() ? round(bytes.hi) : bytes.hi};
  }

  static HeapPoint pointOf(const HeapMoment &moment, int64_t blockBytes) {
    HeapPoint point;
    point.live = Interval::exactly(moment.liveBlocks * blockBytes);
    point.used = moment.usedBlocks * blockBytes;
    point.largestFree = moment.largestFree * blockBytes;
    point.foundFree = moment.foundFree * blockBytes;
    point.wasCollected = moment.wasCollected;
    point.wasGrown = moment.wasGrown;
    return point;
  }

  /// The one that fails; or of those for which the heap had to be collected, the one that found
  /// least beyond what it needs; or else the largest.
  void findWorst() {
    if (picture_.isFailed) {
      picture_.worst = static_cast<uint32_t>(picture_.points.size() - 1);
      return;
    }
    int64_t least = Interval::kNoHi;
    for (uint32_t index = 0; index < picture_.points.size(); ++index) {
      const HeapEvent &event = rehearsal_.events[index];
      const HeapPoint &point = picture_.points[index];
      if (!isTaking(event) || !event.isHard || !point.wasCollected)
        continue;
      if (int64_t room = point.foundFree - inBlocks(event.bytes).lo; room < least) {
        least = room;
        picture_.worst = index;
      }
    }
    if (!picture_.worst)
      takeLargest();
  }

  void takeLargest() {
    int64_t largest = -1;
    for (uint32_t index = 0; index < picture_.points.size(); ++index) {
      const HeapEvent &event = rehearsal_.events[index];
      if (isTaking(event) && event.isHard && !event.mayNotHappen && event.bytes.lo > largest) {
        largest = event.bytes.lo;
        picture_.worst = index;
      }
    }
  }

  /// Index of the owner of each run that is there: the line that asked for it last.
  std::map<uint32_t, uint32_t> takeOwners(const HeapSimulator &heap) {
    std::map<uint32_t, SyntaxNode> sites;
    for (uint32_t index = 0; index <= *picture_.worst; ++index)
      if (const HeapEvent &event = rehearsal_.events[index]; isTaking(event))
        sites[event.run] = event.site;
    HeapSnapshot &map = *picture_.map;
    map.owners.resize(1);
    std::map<std::pair<std::string, uint32_t>, uint32_t> lines;
    std::map<uint32_t, uint32_t> owners{{HeapSimulator::kPermanent, HeapSnapshot::kCode}};
    heap.visitRuns([&](uint32_t run, HeapPlace place) {
      uint32_t owner = HeapSnapshot::kCode;
      if (run != HeapSimulator::kPermanent) {
        SourcePlace line = placeOf(sites[run]);
        auto [found, isNew] =
            lines.try_emplace({line.file, line.line}, static_cast<uint32_t>(map.owners.size()));
        if (isNew)
          map.owners.push_back({line});
        owner = owners[run] = found->second;
      }
      map.owners[owner].bytes += int64_t{place.blocks} * map.blockBytes;
      ++map.owners[owner].runs;
    });
    return owners;
  }

  /// Those that hold most get the lowest indices.
  void rankOwners(std::map<uint32_t, uint32_t> &ownerOf) {
    std::vector<HeapOwner> &owners = picture_.map->owners;
    std::vector<uint32_t> order(owners.size());
    for (uint32_t index = 0; index < order.size(); ++index)
      order[index] = index;
    llvm::stable_sort(llvm::MutableArrayRef(order).drop_front(),
                      [&](uint32_t a, uint32_t b) { return owners[a].bytes > owners[b].bytes; });
    std::vector<HeapOwner> ranked;
    std::vector<uint32_t> rank(owners.size());
    for (uint32_t index : order) {
      rank[index] = static_cast<uint32_t>(ranked.size());
      ranked.push_back(owners[index]);
    }
    owners = std::move(ranked);
    for (auto &[run, owner] : ownerOf)
      owner = rank[owner];
  }

  void takeMap(const HeapSimulator &heap) {
    HeapSnapshot &map = picture_.map.emplace();
    map.areas = heap.areas();
    map.blockBytes = heap.blockBytes();
    map.free = int64_t{heap.freeBlocks()} * map.blockBytes;
    map.largestFree = int64_t{heap.largestFree()} * map.blockBytes;
    std::map<uint32_t, uint32_t> ownerOf = takeOwners(heap);
    rankOwners(ownerOf);
    uint32_t asked = rehearsal_.events[*picture_.worst].run;
    heap.visitRuns([&](uint32_t run, HeapPlace place) {
      bool isCode = run == HeapSimulator::kPermanent;
      map.spans.push_back({place, ownerOf.at(run),
                           !isCode && rehearsal_.trace.deathOf(run) <= *picture_.worst + 1,
                           !isCode && run == asked && !picture_.isFailed});
    });
    map.drawing = heap.drawing([&](uint32_t run) { return letterOf(ownerOf.at(run)); });
  }

  Rehearsal rehearsal_;
  const Evaluation &evaluation_;
  HeapPicture &picture_;
};

bool failsToLoad(const HeapVerdict &verdict) {
  return verdict.verdict == Verdict::WillFail && verdict.phase == Phase::Load;
}

} // namespace

char letterOf(uint32_t owner) {
  if (owner == HeapSnapshot::kCode)
    return 'c';
  return owner <= kLetters ? static_cast<char>('A' + owner - 1) : 'h';
}

HeapPicture drawHeap(const Module &program, const Target &target, const EvaluationLimits &limits,
                     const Evaluation &evaluation, const JudgedHeap &heap,
                     const HeapVerdict &verdict) {
  HeapPicture picture;
  PossibleLayout usual;
  usual.shape = heap.least;
  PossibleLayout layout = verdict.layout.value_or(usual);
  Rehearsal rehearsal = rehearse(program, target, limits, evaluation, layout.passes);
  picture.blockBytes = heap.least.blockBytes;
  picture.heapBytes = heap.bytes.lo;
  bool isKnown = evaluation.isExact && rehearsal.isExact && !failsToLoad(verdict) &&
                 evaluation.keptByLoad.hasHi() && evaluation.keptByLoad.hi <= heap.bytes.lo;
  Painter painter(std::move(rehearsal), evaluation, picture);
  if (isKnown) {
    int64_t simulated = 0;
    for (uint64_t area : layout.shape.areas)
      simulated += static_cast<int64_t>(layout.shape.poolBytes(area));
    if (layout.shape.growth == HeapGrowth::Fixed) {
      picture.isSmaller = simulated < heap.bytes.lo;
      picture.heapBytes = simulated;
    }
    picture.code = layout.code;
    picture.grows = layout.shape.growth != HeapGrowth::Fixed;
    painter.simulate(layout);
  } else {
    painter.takeLive();
  }
  painter.finish();
  return picture;
}

} // namespace fraglint
