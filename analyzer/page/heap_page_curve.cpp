#include "page/heap_page_curve.h"

#include "page/markup.h"

#include <algorithm>
#include <array>

namespace fraglint {

namespace {

constexpr uint32_t kMostSteps = 320;
/// Of the axis, for a tail.
constexpr double kMostTail = 0.25;

} // namespace

EventAxis::EventAxis(double left, double width, uint32_t events, uint32_t tail)
    : left_(left), width_(width), events_(std::max<uint32_t>(events, 1)),
      tail_(std::min(tail, events_)) {
  double part = static_cast<double>(events_ - tail_) / events_;
  tailX_ = left + width * (tail_ == 0 ? 0 : 1 - std::min(part, kMostTail));
  steps_.push_back(0);
  uint32_t next = 1;
  for (uint32_t step = 1; step < kMostSteps; ++step) {
    double at = left + width * step / kMostSteps;
    while (next < events_ && x(next) < at)
      ++next;
    if (next < events_ && next > steps_.back() && x(next) < left + width * (step + 1) / kMostSteps)
      steps_.push_back(next);
  }
  steps_.push_back(events_);
}

double EventAxis::x(double event) const {
  if (event <= tail_)
    return tail_ == 0 ? left_ : left_ + (tailX_ - left_) * event / tail_;
  return tailX_ + (left_ + width_ - tailX_) * (event - tail_) / (events_ - tail_);
}

std::string stepCurve(const EventAxis &axis, uint32_t end,
                      llvm::function_ref<double(uint32_t event)> y) {
  std::string path = "M" + lengthMarkup(axis.x(0)) + " " + lengthMarkup(end ? y(0) : 0);
  std::string last;
  for (size_t step = 0; step + 1 < axis.steps().size(); ++step) {
    uint32_t from = axis.steps()[step], to = std::min(axis.steps()[step + 1], end);
    if (from >= to)
      break;
    uint32_t least = from, greatest = from;
    for (uint32_t event = from; event < to; ++event) {
      if (y(event) < y(least))
        least = event;
      if (y(event) > y(greatest))
        greatest = event;
    }
    std::array<uint32_t, 4> kept{from, std::min(least, greatest), std::max(least, greatest),
                                 to - 1};
    for (uint32_t event : kept) {
      std::string height = lengthMarkup(y(event));
      if (height == last)
        continue;
      last = height;
      path += "H" + lengthMarkup(axis.x(event)) + "V" + height;
    }
  }
  return path + "H" + lengthMarkup(axis.x(end));
}

} // namespace fraglint
