#include "evaluator/label_comparison.h"

namespace fraglint {

LabelComparison compareLabels(const LabelWrite &write, const LabelChurn &churn,
                              const ProgramHeap &program, const Target &target) {
  LabelComparison both = {write.cost, churn.glyphs, churn.isBetterInGlyphs};
  if (!churn.isBetterInGlyphs || churn.likelyBitmap != 0)
    return both;
  LabelText text = program.textOf(write);
  LabelStyle glyphs = write.style;
  glyphs.kind = LabelKind::Glyphs;
  both.bitmap = costOfText(write.style, text, target);
  both.glyphs = costOfText(glyphs, text, target);
  bool staysWide = write.style.isBuiltinFont && text.isFixed;
  both.isBetterInGlyphs = !staysWide && both.bitmap.bitmap.hi >= target.largeBytes() &&
                          both.bitmap.bitmap.hi > both.glyphs.largest.lo;
  return both;
}

} // namespace fraglint
