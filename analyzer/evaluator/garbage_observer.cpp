#include "evaluator/garbage_observer.h"

#include "evaluator/name_table.h"
#include "evaluator/reachable_runs.h"

#include "llvm/Support/Casting.h"

#include <bit>

namespace fraglint {

namespace {

/// Looks of one evaluation, and objects that they visit.
constexpr uint32_t kMostLooks = 400;
constexpr uint64_t kMostVisited = 1'000'000;
/// Executions of one expression of which each is looked at; and calls of one place.
constexpr uint32_t kEachLookedAt = 4;
constexpr uint32_t kMostCallsSeen = 64;

/// What no node asks for. The two numbers above it may not be looked for in a DenseMap.
constexpr uint32_t kNoOrdinal = ~0U - 2;

uint32_t ordinalOf(SyntaxNode node) { return node ? node.ordinal() : kNoOrdinal; }

/// What further passes may come to is taken to the most.
void addMost(SeenBytes &seen, int64_t most) { seen.most = std::max(seen.most, most); }
void addMost(SiteSight &seen, int64_t waiting, int64_t ofOthers) {
  addMost(seen.waiting, waiting);
  addMost(seen.waitingOfOthers, ofOthers);
}

void addFurtherSights(llvm::DenseMap<uint32_t, GarbageSight> &sights,
                      const llvm::DenseMap<uint32_t, GarbageSight> &further) {
  for (const auto &[ordinal, sight] : further) {
    auto [place, isNew] = sights.try_emplace(ordinal, sight);
    addMost(place->second.left, sight.left.most);
  }
}

} // namespace

GarbageObserver::GarbageObserver(Interpreter &interpreter, const WatchedPlaces &watched,
                                 GarbageSights &sights)
    : interpreter_(interpreter), watched_(watched), sights_(sights) {
  interpreter.onCall = [this](Interpreter::CallMoment moment) { onCall(moment); };
  interpreter.onPass = [this] { onPass(); };
  interpreter.onStopped = [this](uint32_t way) { onStopped(way); };
}

/// Executions behind the last look have no bound.
GarbageObserver::~GarbageObserver() {
  for (const auto &[ordinal, seen] : lastOfSite_)
    if (seen.isOpen)
      addMost(sights_.sites[ordinal], Interval::kNoHi, Interval::kNoHi);
  if (!areFurtherAlike_)
    addFurther();
}

void GarbageObserver::addFurther() {
  for (const auto &[ordinal, sight] : further_.sites) {
    SiteSight &sum = sights_.sites[ordinal];
    if (sum.executions == 0)
      sum.largest.lo = sight.largest.lo;
    sum.largest.hi = std::max(sum.largest.hi, sight.largest.hi);
    addMost(sum, sight.waiting.most, sight.waitingOfOthers.most);
    for (const auto &[site, held] : sight.held)
      addMost(sum.held[site], held.most);
  }
  for (const auto &[ordinal, text] : further_.texts) {
    auto [place, isNew] = sights_.texts.try_emplace(ordinal, text);
    place->second.bytes.hi = std::max(place->second.bytes.hi, text.bytes.hi);
    place->second.bytes.lo = std::min(place->second.bytes.lo, text.bytes.lo);
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
  if (NameTable::isOfNames(event))
    return; // names are never garbage
  bool isAsked = event.kind == EventKind::Request || event.kind == EventKind::Resize;
  if (isAsked && event.isHard)
    atSite(event);
  if (!watched_.texts.empty() && event.site)
    atText(event.site);
  take(event);
}

void GarbageObserver::take(const HeapEvent &event) {
  uint32_t way = event.mayNotHappen ? interpreter_.way() : 0;
  if (event.kind == EventKind::Collect) {
    if (look())
      collections_.push_back({lastLook(), way});
    return;
  }
  unknown_.sizes += !event.bytes.isExact();
  if (event.run == 0) {
    // What it takes may become garbage at any time.
    deaths_.push_back({0, Interval::kNoHi, way, asking().site, lastLook()});
    return;
  }
  auto [place, isNew] = taken_.try_emplace(event.run);
  if (!isNew)
    return change(event);
  if (event.kind == EventKind::Free) {
    taken_.erase(place);
    return;
  }
  TakenRun &run = place->second;
  run.least = blockBytes(event.bytes.lo);
  run.most = blockBytes(event.bytes.hi);
  run.way = way;
  run.lastReached = lastLook();
  Asking asking = this->asking();
  run.site = asking.site;
  run.step = asking.step;
}

GarbageObserver::Asking GarbageObserver::asking() const {
  Interpreter::Making making = interpreter_.making();
  if (!making.node || making.node.ordinal() < watched_.end)
    return {ordinalOf(making.node), interpreter_.steps(), making.isInside};
  const auto &calls = interpreter_.log().calls;
  for (uint32_t path = interpreter_.callPath(); path != 0; path = calls[path].outer)
    if (SyntaxNode call = calls[path].call; call && call.ordinal() < watched_.end)
      return {call.ordinal(), calls[path].step, false};
  return {kNoOrdinal, interpreter_.steps(), false};
}

/// Of a run that is there. What is done to it on some of its paths only is not counted where that
/// would make the least more, nor taken off where it would make the most less.
void GarbageObserver::change(const HeapEvent &event) {
  TakenRun &run = taken_[event.run];
  bool isOnItsPaths = !event.mayNotHappen || interpreter_.way() == run.way;
  if (event.kind == EventKind::Free) {
    if (isOnItsPaths)
      taken_.erase(event.run);
    else
      run.least = 0;
    return;
  }
  int64_t least = blockBytes(event.bytes.lo), most = blockBytes(event.bytes.hi);
  run.least = isOnItsPaths ? least : std::min(run.least, least);
  run.most = isOnItsPaths ? most : std::max(run.most, most);
}

/// Of the ways that are open at the last look. Few ways made many runs.
bool GarbageObserver::isOnWay(uint32_t way) const {
  if (way == 0)
    return true;
  auto [known, isNew] = onWay_.try_emplace(way, false);
  if (isNew)
    known->second = interpreter_.isOnWay(way);
  return known->second;
}

/// Finds what has become garbage since the last look. False where there were looks enough.
bool GarbageObserver::look() {
  if (looks_.size() > kMostLooks || visited_ > kMostVisited) {
    sights_.isCutOff = true;
    return false;
  }
  auto now = static_cast<uint32_t>(looks_.size());
  visited_ += visitReachable(interpreter_, [&](const Run &reached, bool isSure) {
    auto place = taken_.find(reached.id);
    if (place == taken_.end())
      return;
    TakenRun &run = place->second;
    // What two ways made of it when they met, no event says.
    run.least = std::min(run.least, blockBytes(reached.bytes.lo));
    run.most = std::max(run.most, blockBytes(reached.bytes.hi));
    if (run.lastReached == now)
      return;
    if (!isSure && (!run.isDoubtful || run.lastReached + 1 != now))
      run.doubtfulSince = now;
    run.isDoubtful = !isSure;
    run.lastReached = now;
  });
  doubtful_.clear();
  deathsOnThisWay_.clear();
  onWay_.clear();
  uint32_t arm = interpreter_.arm();
  live_ = Interval::exactly(0);
  for (auto at = taken_.begin(), end = taken_.end(); at != end; ++at) {
    const TakenRun &run = at->second;
    if (run.lastReached != now) {
      bool isOnAllWays = run.way >= arm;
      (isOnAllWays ? deaths_ : deathsOnThisWay_)
          .push_back({run.least, run.most, run.way, run.site, run.lastReached});
      if (isOnAllWays)
        taken_.erase(at);
      continue;
    }
    bool isSure = !run.isDoubtful && isOnWay(run.way);
    live_ = live_ + Interval{isSure ? run.least : 0, run.most};
    if (run.isDoubtful)
      doubtful_.push_back({run.doubtfulSince, run.site, run.most});
  }
  looks_.push_back({deaths_.size(), interpreter_.undecided(), interpreter_.lostBytes()});
  return true;
}

/// What became garbage since that look, up to the last one, and was not collected. At the least
/// that of the paths that come here.
Interval GarbageObserver::since(uint32_t look, std::optional<uint32_t> withoutSite) const {
  const Look &begin = looks_[look], &end = looks_.back();
  uint32_t leastFrom = look, mostFrom = look;
  for (const Collection &collection : collections_) {
    leastFrom = std::max(leastFrom, collection.look);
    if (isOnWay(collection.way))
      mostFrom = std::max(mostFrom, collection.look);
  }
  Interval garbage = Interval::exactly(0);
  auto add = [&](const Death &death) {
    if (death.site == withoutSite)
      return;
    bool isSure = death.lastReached >= leastFrom && isOnWay(death.way);
    garbage = garbage + Interval{isSure ? death.least : 0, death.most};
  };
  for (size_t death = looks_[mostFrom].deaths; death < end.deaths; ++death)
    add(deaths_[death]);
  for (const Death &death : deathsOnThisWay_)
    if (death.lastReached >= mostFrom)
      add(death);
  // Where all tests were known since, what was doubtful has not become garbage in between.
  bool wereKnown = begin.undecided == end.undecided;
  for (const Doubtful &run : doubtful_)
    if ((!wereKnown || run.since > look) && run.site != withoutSite)
      garbage = garbage + Interval{0, run.most};
  garbage.lo = std::max<int64_t>(0, garbage.lo - (end.lostBytes - looks_[leastFrom].lostBytes));
  return garbage;
}

/// All requests of one instruction are one execution, and all of a comprehension's code.
bool GarbageObserver::isNewExecution(const SiteSight &sight, const Asking &asking,
                                     const HeapEvent &event) {
  if (sight.executions > 0 && (lastStep_ == asking.step || asking.isInside))
    return false;
  lastStep_ = asking.step;
  return event.kind == EventKind::Request || event.kind == EventKind::Resize;
}

void GarbageObserver::atSite(const HeapEvent &event) {
  Asking asking = this->asking();
  uint32_t ordinal = asking.site;
  if (!watched_.sites.contains(ordinal))
    return;
  SiteSight &sight = sights_.sites[ordinal];
  bool isNew = isNewExecution(sight, asking, event);
  SiteSight &seen = sights().sites[ordinal];
  seen.isSure |= !event.mayNotHappen;
  seen.largest.lo = std::max(seen.largest.lo, event.bytes.lo);
  seen.largest.hi = std::max(seen.largest.hi, event.bytes.hi);
  if (!isNew)
    return;
  ++sight.executions;
  LastExecution &last = lastOfSite_[ordinal];
  bool isEach = sight.executions <= kEachLookedAt;
  if ((!isEach && !std::has_single_bit(sight.executions)) || !look()) {
    last.isOpen = true;
    return;
  }
  if (sight.executions > 1) {
    Interval waiting = since(last.look);
    // That of several executions says nothing of the least.
    seen.waiting.widen({last.isOpen ? seen.waiting.least : waiting.lo, waiting.hi});
    addMost(seen.waitingOfOthers, since(last.look, ordinal).hi);
    seeHeld(seen, asking);
  }
  last = {lastLook(), false};
}

/// Setting a text asks for memory where the label draws it.
void GarbageObserver::atText(SyntaxNode site) {
  uint32_t ordinal = ordinalOf(site.statement());
  Value text = interpreter_.storedInAttribute();
  if (text.isUnbound() || !watched_.texts.contains(ordinal))
    return;
  Interval bytes = Interval::atLeast(0);
  if (std::optional<llvm::StringRef> known = interpreter_.textOf(text))
    bytes = Interval::exactly(static_cast<int64_t>(known->size()));
  else if (const auto *str = interpreter_.heap().get<StrObject>(text))
    bytes = str->content.length;
  else if (const auto *abstract = interpreter_.heap().get<AbstractObject>(text))
    bytes = abstract->length.clampedBelow(0);
  Interval &seen = sights().texts[ordinal].bytes;
  seen = {std::min(seen.lo, bytes.lo), std::max(seen.hi, bytes.hi)};
}

void GarbageObserver::seeHeld(SiteSight &sight, const Asking &asking) const {
  llvm::DenseMap<uint32_t, Interval> held;
  for (const auto &[id, run] : taken_) {
    if (run.step == asking.step || run.lastReached != lastLook() ||
        !watched_.sites.contains(run.site))
      continue;
    Interval &bytes = held.try_emplace(run.site, Interval::exactly(0)).first->second;
    bool isSure = !run.isDoubtful && isOnWay(run.way);
    bytes = bytes + Interval{isSure ? run.least : 0, run.most};
  }
  for (auto &[site, bytes] : held)
    sight.held.try_emplace(site);
  for (auto &[site, seen] : sight.held) {
    auto now = held.find(site);
    seen.widen(now == held.end() ? Interval::exactly(0) : now->second);
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
      calls_.push_back({ordinal, {lastLook(), live_}});
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
  ++sight.count;
  sight.left.widen(since(window.look));
  sight.liveAtBegin = window.live;
  sight.liveAtEnd = live_;
}

/// What was taken there lies before nothing that is still to come.
void GarbageObserver::onStopped(uint32_t way) {
  for (Death &death : deaths_)
    if (death.way >= way)
      death.least = death.most = 0;
  for (auto at = taken_.begin(), end = taken_.end(); at != end; ++at)
    if (at->second.way >= way)
      taken_.erase(at);
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
      addMost(sights().sites[ordinal], since(last.look).hi, since(last.look, ordinal).hi);
    last.isOpen = false;
  }
  loop_ = loop;
  pass_ = {lastLook(), live_};
}

} // namespace fraglint
