#include "evaluator/garbage_observer.h"

#include "llvm/Support/Casting.h"

#include <bit>

namespace fraglint {

namespace {

/// Looks of one evaluation, and objects that they visit.
constexpr uint32_t kMostLooks = 400;
constexpr uint64_t kMostVisited = 1'000'000;
/// Executions of one expression of which each is looked at; and calls of one place.
constexpr uint32_t kEachLookedAt = 4;
constexpr uint32_t kMostCallsSeen = 16;

/// Of a table, whether each slot is taken whatever way the program took.
bool isSure(const MapTable &table) { return table.isKnown && table.used.isExact(); }

/// Whether an object surely refers to what it seems to refer to: not where it is one of several,
/// or joined of two that differ.
bool isSure(const Object &object) {
  switch (object.kind) {
  case ObjectKind::Abstract:
    return false;
  case ObjectKind::List:
    return llvm::cast<ListObject>(object).isKnown;
  case ObjectKind::Set:
    return llvm::cast<SetObject>(object).isKnown;
  case ObjectKind::Deque:
    return llvm::cast<DequeObject>(object).isKnown;
  case ObjectKind::Dict:
    return isSure(llvm::cast<DictObject>(object).table);
  case ObjectKind::Module:
    return isSure(llvm::cast<ModuleObject>(object).globals);
  case ObjectKind::Class:
    return isSure(llvm::cast<ClassObject>(object).members);
  case ObjectKind::Instance:
    return isSure(llvm::cast<InstanceObject>(object).members);
  default:
    return true;
  }
}

/// Goes through all that can be reached: what surely is first.
class Walk {
public:
  Walk(Interpreter &interpreter, llvm::function_ref<void(const Run &, bool isSure)> take)
      : interpreter_(interpreter), take_(take), seen_(interpreter.heap().size()) {
    interpreter.visitRoots([&](Value value) { reach(value); },
                           [&](const Run &run) { takeRun(run); });
    follow();
    isSure_ = false;
    for (Value value : doubtful_)
      reach(value);
    follow();
  }

  uint64_t visited() const { return visited_; }

private:
  void reach(Value value) {
    if (!value.isObject() || seen_[value.asObject()])
      return;
    seen_[value.asObject()] = true;
    waiting_.push_back(value.asObject());
  }

  void takeRun(const Run &run) {
    if (run)
      take_(run, isSure_);
  }

  void follow() {
    while (!waiting_.empty()) {
      const Object &object = interpreter_.heap()[waiting_.back()];
      waiting_.pop_back();
      ++visited_;
      bool isDoubtful = isSure_ && !isSure(object);
      auto takeValue = [&](Value value) {
        if (!isDoubtful)
          reach(value);
        else if (value.isObject())
          doubtful_.push_back(value);
      };
      auto takeRuns = [&](const Run &run) { takeRun(run); };
      object.visit({takeValue, takeRuns});
    }
  }

  Interpreter &interpreter_;
  llvm::function_ref<void(const Run &, bool isSure)> take_;
  std::vector<bool> seen_;
  std::vector<ObjectId> waiting_;
  std::vector<Value> doubtful_;
  bool isSure_ = true;
  uint64_t visited_ = 0;
};

uint32_t ordinalOf(SyntaxNode node) { return node ? node.ordinal() : ~0U; }

/// What further passes may come to is taken to the most.
void addMost(SeenBytes &seen, const SeenBytes &further) {
  seen.most = std::max(seen.most, further.most);
}

void addFurtherSights(llvm::DenseMap<uint32_t, GarbageSight> &sights,
                      const llvm::DenseMap<uint32_t, GarbageSight> &further) {
  for (const auto &[ordinal, sight] : further) {
    auto [place, isNew] = sights.try_emplace(ordinal, sight);
    addMost(place->second.left, sight.left);
  }
}

} // namespace

GarbageObserver::GarbageObserver(Interpreter &interpreter, const WatchedPlaces &watched,
                                 GarbageSights &sights)
    : interpreter_(interpreter), watched_(watched), sights_(sights) {
  interpreter.onCall = [this](Interpreter::CallMoment moment) { onCall(moment); };
  interpreter.onPass = [this] { onPass(); };
}

/// Executions behind the last look have no bound.
GarbageObserver::~GarbageObserver() {
  for (const auto &[ordinal, seen] : lastOfSite_)
    if (seen.isOpen)
      sights_.sites[ordinal].waiting.most = Interval::kNoHi;
  if (!areFurtherAlike_)
    addFurther();
}

void GarbageObserver::addFurther() {
  for (const auto &[ordinal, sight] : further_.sites) {
    SiteSight &sum = sights_.sites[ordinal];
    addMost(sum.waiting, sight.waiting);
    for (const auto &[site, held] : sight.held)
      addMost(sum.held[site], held);
  }
  addFurtherSights(sights_.calls, further_.calls);
  addFurtherSights(sights_.loops, further_.loops);
}

int64_t GarbageObserver::blockBytes(int64_t bytes) const {
  if (bytes == Interval::kNoHi)
    return bytes;
  int64_t block = interpreter_.heap().blockBytes();
  return (std::max<int64_t>(bytes, 0) + block - 1) / block * block;
}

void GarbageObserver::onEvent(const HeapEvent &event) {
  bool isAsked = event.kind == EventKind::Request || event.kind == EventKind::Resize;
  if (isAsked && event.site && watched_.sites.contains(event.site.ordinal()))
    atSite(event);
  take(event);
}

/// What is done on some paths only is not counted where that would make the least more, nor taken
/// off where it would make the most less.
void GarbageObserver::take(const HeapEvent &event) {
  if (event.kind == EventKind::Collect) {
    if (!look())
      return;
    lastCollection_ = lastLook();
    if (!event.mayNotHappen)
      sureCollection_ = lastCollection_;
    return;
  }
  if (event.run == 0) {
    // What it takes may become garbage at any time.
    ++totals_.back().unbounded;
    ++unknown_.sizes;
    return;
  }
  if (event.kind == EventKind::Free) {
    if (!event.mayNotHappen)
      taken_.erase(event.run);
    else if (auto run = taken_.find(event.run); run != taken_.end())
      run->second.least = 0;
    return;
  }
  unknown_.sizes += !event.bytes.isExact();
  auto [place, isNew] = taken_.try_emplace(event.run);
  TakenRun &run = place->second;
  int64_t least = blockBytes(event.bytes.lo), most = blockBytes(event.bytes.hi);
  if (isNew || !event.mayNotHappen) {
    run.least = event.mayNotHappen ? 0 : least;
    run.most = most;
  } else {
    run.least = std::min(run.least, least);
    run.most = std::max(run.most, most);
  }
  if (isNew) {
    run.site = ordinalOf(event.site);
    run.step = interpreter_.steps();
  }
}

/// Finds what has become garbage since the last look. False where there were looks enough.
bool GarbageObserver::look() {
  if (totals_.size() > kMostLooks || visited_ > kMostVisited) {
    sights_.isCutOff = true;
    return false;
  }
  auto now = static_cast<uint32_t>(totals_.size());
  Walk walk(interpreter_, [&](const Run &reached, bool isSure) {
    auto run = taken_.find(reached.id);
    if (run == taken_.end())
      return;
    (isSure ? run->second.lastReached : run->second.lastMayBeReached) = now;
    // What two ways made of it when they met, no event says.
    run->second.least = std::min(run->second.least, blockBytes(reached.bytes.lo));
    run->second.most = std::max(run->second.most, blockBytes(reached.bytes.hi));
  });
  visited_ += walk.visited();
  Total total = totals_.back();
  mayBeGarbage_ = {};
  live_ = Interval::exactly(0);
  auto add = [](Total &sum, const TakenRun &run) {
    if (run.most == Interval::kNoHi)
      ++sum.unbounded;
    else
      sum.most += run.most;
  };
  for (auto at = taken_.begin(), end = taken_.end(); at != end; ++at) {
    const TakenRun &run = at->second;
    if (run.lastReached == now) {
      live_ = live_ + Interval{run.least, run.most};
    } else if (run.lastMayBeReached == now) {
      live_ = live_ + Interval{0, run.most};
      add(mayBeGarbage_, run);
    } else {
      total.least += run.least;
      add(total, run);
      taken_.erase(at);
    }
  }
  totals_.push_back(total);
  return true;
}

/// What became garbage since that look, up to the last one, and was not collected.
Interval GarbageObserver::since(uint32_t look) const {
  const Total &now = totals_.back();
  const Total &least = totals_[std::max(look, lastCollection_)];
  const Total &most = totals_[std::max(look, sureCollection_)];
  bool isBounded = now.unbounded == most.unbounded && mayBeGarbage_.unbounded == 0;
  return {interpreter_.hasLostObjects() ? 0 : now.least - least.least,
          isBounded ? now.most - most.most + mayBeGarbage_.most : Interval::kNoHi};
}

/// All requests of one instruction are one execution.
void GarbageObserver::atSite(const HeapEvent &event) {
  uint32_t ordinal = event.site.ordinal();
  SiteSight &sight = sights_.sites[ordinal];
  if (sight.executions > 0 && lastStep_ == interpreter_.steps())
    return;
  lastStep_ = interpreter_.steps();
  ++sight.executions;
  LastExecution &last = lastOfSite_[ordinal];
  bool isEach = sight.executions <= kEachLookedAt;
  if ((!isEach && !std::has_single_bit(sight.executions)) || !look()) {
    last.isOpen = true;
    return;
  }
  if (sight.executions > 1) {
    bool isSure = !event.mayNotHappen && isEach;
    SiteSight &seen = sights().sites[ordinal];
    seen.sure += isSure;
    seen.waiting.widen(since(last.look), isSure);
    seeHeld(seen, isSure);
  }
  last = {lastLook(), false};
}

void GarbageObserver::seeHeld(SiteSight &sight, bool isSure) const {
  uint32_t look = lastLook();
  llvm::DenseMap<uint32_t, Interval> held;
  for (const auto &[id, run] : taken_) {
    if (run.step == interpreter_.steps() || !watched_.sites.contains(run.site))
      continue;
    Interval &bytes = held.try_emplace(run.site, Interval::exactly(0)).first->second;
    bool isReached = run.lastReached == look;
    bytes = bytes + Interval{isReached ? run.least : 0, run.most};
  }
  for (auto &[site, bytes] : held)
    sight.held.try_emplace(site);
  for (auto &[site, seen] : sight.held) {
    auto now = held.find(site);
    seen.widen(now == held.end() ? Interval::exactly(0) : now->second, isSure);
  }
}

void GarbageObserver::onCall(Interpreter::CallMoment moment) {
  uint32_t ordinal = ordinalOf(interpreter_.site());
  if (!watched_.calls.contains(ordinal))
    return;
  GarbageSight &sight = sights().calls[ordinal];
  if (moment == Interpreter::CallMoment::Begins) {
    if (sight.count >= kMostCallsSeen) {
      sight.left.most = Interval::kNoHi;
      return;
    }
    if (look())
      calls_.push_back({ordinal, {lastLook(), !interpreter_.isUncertain(), live_}});
    return;
  }
  // Calls that raised are still there.
  while (!calls_.empty() && calls_.back().first != ordinal)
    calls_.pop_back();
  if (calls_.empty())
    return;
  Window window = calls_.back().second;
  calls_.pop_back();
  if (look())
    close(window, sight);
}

void GarbageObserver::close(const Window &window, GarbageSight &sight) const {
  bool isSure = window.isSure && !interpreter_.isUncertain();
  ++sight.count;
  sight.sure += isSure;
  sight.left.widen(since(window.look), isSure);
  sight.liveAtBegin = window.live;
  sight.liveAtEnd = live_;
}

void GarbageObserver::onPass() {
  SyntaxNode loop = interpreter_.passLoop();
  unsigned over = interpreter_.pass();
  unknown_.tests = interpreter_.undecided();
  Unknowns inPass{unknown_.tests - unknownBefore_.tests, unknown_.sizes - unknownBefore_.sizes};
  unknownBefore_ = unknown_;
  if (!interpreter_.isGeneralPass())
    unknownInPass_ = inPass;
  else if (!(inPass == unknownInPass_))
    areFurtherAlike_ = false;
  if (!look())
    return;
  // The first pass still sets things up.
  if (loop_ && loop_ == loop && over > 1)
    close(pass_, sights().loops[loop.ordinal()]);
  for (auto &[ordinal, last] : lastOfSite_) {
    if (last.isOpen)
      sights().sites[ordinal].waiting.widen(since(last.look), /*isSure=*/false);
    last.isOpen = false;
  }
  loop_ = loop;
  pass_ = {lastLook(), !interpreter_.isUncertain(), live_};
}

} // namespace fraglint
