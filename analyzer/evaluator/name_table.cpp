#include "evaluator/name_table.h"

#include <algorithm>

namespace fraglint {

namespace {

/// Names of the first pool on the heap.
constexpr int64_t kFirstPool = 20;
/// A chunk is of 128 bytes, and made longer while nothing is behind it: the session of an engine
/// may have done that before.
constexpr int64_t kChunk = 128, kChunkOfSession = 320;
/// Names of a session and of the points of the probe, at most.
constexpr int64_t kSessionNames = 200;

} // namespace

/// Bytes of the largest pool that may be made for the last of so many names; 0: none may.
int64_t NameTable::largestPool(Interval names) const {
  int64_t word = profile_.wordBytes, entry = word + profile_.nameHashBytes + 1, bytes = 0;
  for (int64_t size = kFirstPool, before = 0; before < names.hi; before += size, size *= 2)
    if (names.lo <= before + 1)
      bytes = 6 * word + entry * size;
  return bytes;
}

NameTable::Growth NameTable::grow(Interval names, size_t bytes) {
  names_ = names_ + names;
  text_ += static_cast<int64_t>(bytes) + 1;
  Growth growth;
  int64_t pool = largestPool(names_);
  growth.isHard = pool > 0;
  growth.mostOfFile = std::max(pool, kChunk + text_ / kChunk * kChunk);
  growth.bytes = {0, growth.mostOfFile};
  if (profile_.isMeasuredInSession)
    growth.bytes.hi = std::max({growth.bytes.hi, kChunkOfSession + text_,
                                largestPool({names_.lo, names_.hi + kSessionNames})});
  return growth;
}

} // namespace fraglint
