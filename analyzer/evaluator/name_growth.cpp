#include "evaluator/name_growth.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <numeric>

namespace fraglint {

namespace {

/// Names of the first pool on the heap.
constexpr int64_t kFirstPool = 20;

int64_t addedNames(const NameGrowth &hull) { return hull.namesAfter.hi - hull.namesBefore.hi; }

/// A session adds its own at any time.
int64_t namesOfSession(const NameGrowth &hull) {
  return hull.profile->isMeasuredInSession ? kSessionNames : 0;
}

} // namespace

void visitPools(const FirmwareProfile &profile, Interval names,
                llvm::function_ref<void(int64_t, int64_t)> take) {
  int64_t word = profile.wordBytes, entry = word + profile.nameHashBytes + 1;
  for (int64_t size = kFirstPool, before = 0; before < names.hi; before += size, size *= 2)
    if (before >= names.lo)
      take(before, 6 * word + entry * size);
}

void NameTotal::add(const NameGrowth &growth) {
  if (!hull_.profile)
    hull_ = growth;
  hull_.namesAfter = growth.namesAfter;
  hull_.textAfter = growth.textAfter;
  hull_.longest = growth.longest;
  largest_ = std::max(largest_, growth.bytes.hi);
  if (growth.isHard)
    largestHard_ = std::max(largestHard_, growth.bytes.hi);
}

/// A pool is made by the name for which the one before has no room: so many names in a row make
/// those whose first name is among them, and nobody knows which is the first of the row. Where
/// others come in between, no more are made than names are the program's.
int64_t NameTotal::pools(int64_t addedNames, uint32_t roundedTo) const {
  Interval first = hull_.namesBefore;
  auto count = static_cast<size_t>(hull_.namesAfter.hi - first.hi);
  auto madeFrom = [&](int64_t name) {
    llvm::SmallVector<int64_t, 8> made; // the smallest first
    visitPools(*hull_.profile, {name, name + addedNames}, [&](int64_t, int64_t bytes) {
      made.push_back(static_cast<int64_t>(llvm::alignTo(static_cast<uint64_t>(bytes), roundedTo)));
    });
    llvm::ArrayRef<int64_t> largest(made);
    largest = largest.take_back(std::min(count, made.size()));
    return std::accumulate(largest.begin(), largest.end(), int64_t{0});
  };
  int64_t most = std::max(madeFrom(first.lo), madeFrom(first.hi));
  visitPools(*hull_.profile, first,
             [&](int64_t before, int64_t) { most = std::max(most, madeFrom(before)); });
  return most;
}

/// The last chunk may be full at the first name. What a chunk has left is less than the next name.
int64_t NameTotal::chunks() const {
  int64_t text = hull_.textAfter - hull_.textBefore;
  if (hull_.longest > kNameChunk / 2) // two chunks that follow each other have more than one holds
    return 2 * text + kNameChunk;
  return kNameChunk * (1 + text / (kNameChunk + 1 - hull_.longest));
}

/// In whole blocks, since that is kept.
int64_t NameTotal::most() const {
  if (!hull_.profile)
    return 0;
  uint32_t block = hull_.profile->blockBytes();
  return std::max(pools(addedNames(hull_) + namesOfSession(hull_), block) + chunks(), largest_);
}

int64_t NameTotal::mostOfPools() const {
  if (!hull_.profile)
    return 0;
  return std::max(pools(addedNames(hull_) + namesOfSession(hull_), 1), largestHard_);
}

int64_t NameTotal::mostKeptOfFile() const {
  if (!hull_.profile)
    return 0;
  uint32_t block = hull_.profile->blockBytes();
  return pools(addedNames(hull_), block) +
         static_cast<int64_t>(llvm::alignTo(static_cast<uint64_t>(chunks()), block));
}

} // namespace fraglint
