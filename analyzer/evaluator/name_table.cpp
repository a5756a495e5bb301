#include "evaluator/name_table.h"

#include <algorithm>

namespace fraglint {

namespace {

/// A chunk is made longer while nothing is behind it: the session of an engine may have done that
/// before.
constexpr int64_t kChunkOfSession = 320;

} // namespace

/// Bytes of the largest pool that may be made for the last of so many names; 0: none may.
int64_t NameTable::largestPool(Interval names) const {
  int64_t largest = 0;
  visitPools(profile_, {names.lo - 1, names.hi}, [&](int64_t, int64_t bytes) { largest = bytes; });
  return largest;
}

NameGrowth NameTable::grow(Interval names, size_t bytes) {
  NameGrowth growth;
  growth.profile = &profile_;
  growth.namesBefore = names_;
  growth.textBefore = text_;
  names_ = names_ + names;
  text_ += static_cast<int64_t>(bytes) + 1;
  longest_ = std::max(longest_, static_cast<int64_t>(bytes) + 1);
  growth.namesAfter = names_;
  growth.textAfter = text_;
  growth.longest = longest_;
  int64_t pool = largestPool(names_);
  growth.isHard = pool > 0;
  growth.mostOfFile = std::max(pool, kNameChunk + text_ / kNameChunk * kNameChunk);
  growth.bytes = {0, growth.mostOfFile};
  if (profile_.isMeasuredInSession)
    growth.bytes.hi = std::max({growth.bytes.hi, kChunkOfSession + text_,
                                largestPool({names_.lo, names_.hi + kSessionNames})});
  return growth;
}

} // namespace fraglint
