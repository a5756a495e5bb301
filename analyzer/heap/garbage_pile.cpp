#include "heap/garbage_pile.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

/// How many sites one pile remembers; what comes after them is not counted.
constexpr size_t kPileLimit = 24;

int64_t sum(int64_t a, int64_t b) { return (Interval::exactly(a) + Interval::exactly(b)).lo; }

} // namespace

int64_t PileEntry::weight(const Target &target) const {
  int64_t whole = value.lo + (site->presumedLarge ? target.largeBytes() : 0);
  bool mayBeLost = hold == Hold::Container && container != kNoId;
  return temporaries.lo + (hold < Hold::Container ? whole : mayBeLost ? whole / 2 : 0);
}

void GarbagePile::add(const PileEntry &entry, const Target &target) {
  PileEntry *known =
      llvm::find_if(entries_, [&](const PileEntry &e) { return e.site == entry.site; });
  if (known != entries_.end()) {
    // Its container holds the newest of them, on top of what it got before.
    if (known->released && !entry.released)
      *known = entry;
    std::rotate(known, known + 1, entries_.end());
    return;
  }
  if (entries_.size() == kPileLimit)
    return;
  entries_.push_back(entry);
  weight_ = sum(weight_, entry.weight(target));
}

void GarbagePile::clear() {
  entries_.clear();
  weight_ = 0;
}

void GarbagePile::replaceValues() {
  for (PileEntry &entry : entries_)
    if (entry.hold < Hold::Container)
      entry.hold = Hold::Nothing;
}

void GarbagePile::release(llvm::function_ref<bool(const PileEntry &)> lost, Loss loss,
                          const Target &target) {
  SyntaxNode last;
  for (PileEntry &entry : llvm::reverse(entries_)) {
    bool isHeld = entry.container != kNoId && entry.hold == Hold::Container;
    if (!isHeld || !lost(entry) || (last && !(entry.insertion == last)))
      continue;
    weight_ -= entry.weight(target);
    entry.hold = Hold::Nothing;
    entry.released = true;
    entry.isBrief = loss != Loss::Some;
    weight_ = sum(weight_, entry.weight(target));
    if (loss == Loss::Last)
      last = entry.insertion;
  }
}

void GarbagePile::releaseLibrary() {
  for (PileEntry &entry : entries_)
    if (entry.hold == Hold::Library)
      entry.hold = Hold::Nothing;
}

} // namespace fraglint
