#pragma once
/// Curves over the requests of a program, drawn with as many points as can be seen.

#include "llvm/ADT/STLFunctionalExtras.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fraglint {

/// Where a drawing's horizontal axis puts the events of a program: event `i` lasts from x(i) to
/// x(i + 1). All have the same width, but for those of a tail that would take most of the axis:
/// they share a part of it.
class EventAxis {
public:
  /// The tail begins at that event; there is none where that is `events`.
  EventAxis(double left, double width, uint32_t events, uint32_t tail);

  double x(double event) const;
  double left() const { return left_; }
  double width() const { return width_; }
  uint32_t events() const { return events_; }
  /// Where steps along the axis begin for which hovering says something, and in which a curve keeps
  /// its first, least, greatest and last value; from 0 on, and events() at the end.
  const std::vector<uint32_t> &steps() const { return steps_; }

private:
  double left_, width_;
  uint32_t events_, tail_;
  double tailX_; ///< where it begins
  std::vector<uint32_t> steps_;
};

/// `H` and `V` commands from the first event's value, behind a `M`; `y` gives the height of each
/// event below `end`.
std::string stepCurve(const EventAxis &axis, uint32_t end,
                      llvm::function_ref<double(uint32_t event)> y);

} // namespace fraglint
