#pragma once
/// Labels whose text a loop sets again and again: how often, what that costs, and which kind of
/// label would do better.

#include "heap/facts.h"
#include "heap/heap_model.h"
#include "heap/text_change.h"
#include "semantic/repetition.h"

#include <optional>

namespace fraglint {

struct LabelChurn {
  Repetition repetition;
  TextChange change = TextChange::Often;
  bool alternates = false; ///< with another constant text that the same pass sets
  /// Lower bound of the seconds between two changes, by sleeps and timers.
  double seconds = 0;
  bool isSure = false;  ///< every pass may set another text, as far as the code shows
  bool isQuick = false; ///< and nothing holds the passes up
  /// The bitmap that the whole text needs is large and larger than any request of a
  /// `label.Label`; the cost of that for the same text is `glyphs`.
  bool isBetterInGlyphs = false;
  LabelCost glyphs;
  /// Where that is only likely, by the name of the font: the bytes of the bitmap; else 0.
  int64_t likelyBitmap = 0;
};

/// Nothing where the text is set once, by an event, slowly, or never differs.
std::optional<LabelChurn> labelChurnOf(const LabelWrite &write, const HeapModel &heap);

} // namespace fraglint
