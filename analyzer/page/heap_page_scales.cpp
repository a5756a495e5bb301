#include "page/heap_page_scales.h"

#include <algorithm>
#include <cmath>

namespace fraglint {

namespace {

/// What is in use is drawn against all of the heap, unless that is so many times as much; and then
/// against so many times what is in use.
constexpr int64_t kMostTimes = 8, kTimesWhenCut = 4;

} // namespace

TimelineScales::TimelineScales(const TimelineSubject &subject) {
  const Evaluation &evaluation = subject.evaluation;
  const HeapPicture &picture = subject.picture;
  heap = picture.isSimulated ? picture.heapBytes : subject.heapBytes.hi;
  least = picture.blockBytes;
  int64_t peak = std::max(mostOf(evaluation.loadLive.figure.bytes), mostOf(evaluation.keptByLoad));
  int64_t largest = std::max(mostOf(evaluation.load.figure.bytes), heap);
  for (size_t event = 0; event < picture.points.size(); ++event) {
    peak = std::max({peak, mostOf(picture.points[event].live), picture.points[event].used});
    largest = std::max(largest, mostOf(picture.events[event].bytes));
  }
  top = std::max<int64_t>({heap, peak, 1});
  isCut = peak > 0 && heap / peak >= kMostTimes;
  if (isCut)
    top = kTimesWhenCut * peak;
  logTop = std::log2(std::max(static_cast<double>(largest), 2 * least));
}

double TimelineScales::useY(int64_t bytes) const {
  double part = static_cast<double>(std::min(bytes, top)) / static_cast<double>(top);
  return kUseBottom - kUseHeight * part;
}

double TimelineScales::runY(int64_t bytes) const {
  // What is there at all stands out from the ground.
  constexpr double kStump = 3;
  double log = std::log2(std::max(static_cast<double>(bytes), least) / least);
  return kRunBottom - kStump - (kRunHeight - kStump) * log / (logTop - std::log2(least));
}

} // namespace fraglint
