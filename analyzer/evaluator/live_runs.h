#pragma once
/// How much the runs of a program take that are not known to be garbage.

#include "evaluator/heap_trace.h"

#include "llvm/ADT/DenseMap.h"

#include <cstdint>
#include <map>

namespace fraglint {

/// Amounts in whatever unit is set.
class LiveRuns {
public:
  /// A run, or another amount for it.
  void set(uint32_t run, int64_t amount) {
    int64_t &kept = amounts_[run];
    sum_ += amount - kept;
    kept = amount;
  }
  /// The event from which on it is dead, as HeapTrace::deathOf gives it.
  void dieAt(uint32_t run, uint32_t event) {
    if (event != HeapTrace::kNever)
      deaths_.emplace(event, run);
  }
  /// Nothing where it is there no more.
  void release(uint32_t run) {
    auto found = amounts_.find(run);
    if (found == amounts_.end())
      return;
    sum_ -= found->second;
    amounts_.erase(found);
  }
  /// Those that are dead just before that event. Events in order.
  void releaseDead(uint32_t event) {
    for (; !deaths_.empty() && deaths_.begin()->first <= event; deaths_.erase(deaths_.begin()))
      release(deaths_.begin()->second);
  }
  int64_t sum() const { return sum_; }

private:
  llvm::DenseMap<uint32_t, int64_t> amounts_;
  std::multimap<uint32_t, uint32_t> deaths_;
  int64_t sum_ = 0;
};

} // namespace fraglint
