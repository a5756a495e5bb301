#pragma once
/// The two kinds of label, with the same text.

#include "evaluator/program_heap.h"
#include "heap/label_churn.h"

namespace fraglint {

struct LabelComparison {
  LabelCost bitmap; ///< of a label that keeps its text in one bitmap
  LabelCost glyphs; ///< of a `label.Label`
  /// The bitmap varies in width, and may be large and larger than any request of the other. Where
  /// the size of the font is not known, it is likely.
  bool isBetterInGlyphs = false;
};

/// `churn` is that of `write`. Where it says that glyphs are not better, nothing is evaluated.
LabelComparison compareLabels(const LabelWrite &write, const LabelChurn &churn,
                              const ProgramHeap &program, const Target &target);

} // namespace fraglint
