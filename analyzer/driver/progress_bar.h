#pragma once
/// How far a long run is, on standard error of a terminal.

#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <cstddef>

namespace fraglint {

/// Shows itself after a second, not before; clear() takes it off the screen.
class ProgressBar {
public:
  /// Nothing is ever shown where not `enabled`.
  ProgressBar(llvm::raw_ostream &os, size_t total, bool enabled)
      : os_(os), total_(total), enabled_(enabled) {}
  ~ProgressBar() { clear(); }

  void update(size_t done);
  void clear();

private:
  using Clock = std::chrono::steady_clock;

  llvm::raw_ostream &os_;
  size_t total_;
  bool enabled_;
  bool visible_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point drawn_;
};

} // namespace fraglint
