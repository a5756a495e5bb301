// What texts of labels cost, against what was measured with a font of 6x12 pixels on a 32-bit
// machine.
#include "heap/label_cost.h"
#include "support/analysed.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

const Target &generic() { return *findTarget("circuitpython/generic"); }

LabelText ofLength(int64_t characters) {
  LabelText text;
  text.characters = Interval::exactly(characters);
  return text;
}

/// What is known of the length of an expression.
LabelText measured(const std::string &expression) {
  Analysed code("import board\ntext = " + expression + "\n", "circuitpython/generic");
  const SemanticModel &model = code.module.model();
  SymbolId symbol = model.symbolNamed(kModuleScope, "text");
  return measureText(model, model.soleValueOf(symbol));
}

TEST(LabelCost, IsAsMeasuredForGlyphs) {
  LabelStyle style{LabelKind::Glyphs, true, false};
  EXPECT_EQ(costOfText(style, ofLength(5), generic()).bytes.lo, 928);
  EXPECT_EQ(costOfText(style, ofLength(10), generic()).bytes.lo, 1808);
  EXPECT_EQ(costOfText(style, ofLength(20), generic()).bytes.lo, 3632);
  EXPECT_EQ(costOfText(style, ofLength(10), generic()).largest.lo, 84);
}

TEST(LabelCost, IsAsMeasuredForBitmaps) {
  LabelStyle style{LabelKind::Bitmap, true, false};
  EXPECT_EQ(costOfText(style, ofLength(10), generic()).bytes.lo, 1120);
  EXPECT_EQ(costOfText(style, ofLength(20), generic()).bytes.lo, 2080);
  EXPECT_EQ(costOfText(style, ofLength(11), generic()).bitmap, Interval::exactly(240));
}

TEST(LabelCost, KnowsNoSizeOfOtherFonts) {
  LabelCost cost = costOfText({LabelKind::Bitmap, false, false}, ofLength(60), generic());
  EXPECT_EQ(cost.bitmap, Interval::atLeast(0));
  EXPECT_EQ(cost.reason, "the font's size is not known");
}

TEST(LabelCost, TakesALikelyHeightFromTheNameOfTheFont) {
  LabelStyle style{LabelKind::Bitmap, false, false};
  EXPECT_EQ(likelyBitmapBytes(style, ofLength(37)), 0);
  style.namedPixels = 16;
  EXPECT_EQ(likelyBitmapBytes(style, ofLength(37)), 1216); // 296 by 16 pixels of two bits
}

TEST(LabelText, LeavesOutWhatTheNameHadBefore) {
  LabelText text = measured("shown\nshown = f'at {board.t:5.1f} cm'\nold = shown\nshown = old");
  EXPECT_EQ(text.characters, Interval::atLeast(11));
}

TEST(LabelCost, CountsNoBlanksOfOtherFonts) {
  LabelText text = measured("'at {:>8.2f} cm'.format(board.t)");
  EXPECT_EQ(text.characters, Interval::atLeast(14));
  EXPECT_EQ(text.blanks, 6);
  LabelStyle style{LabelKind::Glyphs, false, false};
  EXPECT_EQ(costOfText(style, text, generic()).bytes.lo,
            costOfText(style, ofLength(8), generic()).bytes.lo);
}

TEST(LabelText, FillsUpWithZerosOrBlanks) {
  EXPECT_EQ(measured("f'{board.t:02d}:{board.u:>02d}'").blanks, 0);
  EXPECT_EQ(measured("f'{board.t:0>4}'").blanks, 0);
  EXPECT_EQ(measured("f'{board.t: >4d}'").blanks, 3);
  EXPECT_EQ(measured("f'{board.t:4d}'").blanks, 3);
}

TEST(LabelText, CountsWhatIsDrawn) {
  EXPECT_EQ(measured("'a\\nbc'").characters, Interval::exactly(3));
  EXPECT_EQ(measured("'a\\nbc'").lines(), 2);
  EXPECT_EQ(measured("f'{{x}}: {3:5d}'").characters, Interval::exactly(10));
  EXPECT_EQ(measured("'%s: %5d!' % ('ab', 3)").characters, Interval::exactly(10));
  EXPECT_EQ(measured("'{}-{:>4}'.format('ab', 'c')").characters, Interval::exactly(7));
  EXPECT_EQ(measured("'on' if board.D1 else 'off'").characters, (Interval{2, 3}));
}

TEST(LabelText, HasBoundsAndReasonsWhereValuesAreNotKnown) {
  LabelText text = measured("f't = {board.t:.1f} C'");
  EXPECT_EQ(text.characters, Interval::atLeast(9));
  EXPECT_FALSE(text.isFixed);
  EXPECT_EQ(text.reason, "how long `board.t` is in print is not known");
  EXPECT_TRUE(measured("f't = {board.t:6.1f} C'").isFixed);
  EXPECT_EQ(measured("'{:.3}'.format(board.name)").characters, (Interval{0, 3}));
}

} // namespace
} // namespace fraglint
