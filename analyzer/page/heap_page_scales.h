#pragma once
/// Where the timeline's drawing has its two parts, and how high bytes stand in them.

#include "page/heap_page_timeline.h"

namespace fraglint {

// Lengths of the timeline's drawing.
inline constexpr double kWidth = 1120, kLeft = 74, kRight = 1104;
inline constexpr double kLoadWidth = 64, kLoadGap = 14;
inline constexpr double kAxisLeft = kLeft + kLoadWidth + kLoadGap;
inline constexpr double kUseTop = 62, kUseHeight = 236;
inline constexpr double kRunTop = kUseTop + kUseHeight + 52, kRunHeight = 150;
inline constexpr double kUseBottom = kUseTop + kUseHeight, kRunBottom = kRunTop + kRunHeight;
inline constexpr double kHeight = kRunBottom + 44;
inline constexpr double kLetterWidth = 6.6;

/// The larger bound where there is one.
constexpr int64_t mostOf(Interval bytes) { return bytes.hasHi() ? bytes.hi : bytes.lo; }

struct TimelineScales {
  explicit TimelineScales(const TimelineSubject &subject);

  int64_t heap = 0;  ///< bytes of the heap that is drawn
  int64_t top = 0;   ///< of what is in use: bytes at the upper edge
  bool isCut = false; ///< the heap goes on far above that
  double logTop =
      0; ///< of requests: the logarithm of the bytes at the upper edge, to the base of 2
  double least = 16; ///< of requests: bytes at the ground

  /// In the upper part, where all bytes are of one height.
  double useY(int64_t bytes) const;
  /// In the lower part, where each doubling is.
  double runY(int64_t bytes) const;
};

} // namespace fraglint
