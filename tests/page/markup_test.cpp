#include "page/markup.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

TEST(Markup, NothingOfATextIsMarkup) {
  EXPECT_EQ(escaped("a<b> & \"c\" 'd'"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
  EXPECT_EQ(escaped("bell \x07"), "bell &lt;U+0007&gt;");
  EXPECT_EQ(escaped("\xff"), "&lt;0xFF&gt;");
  EXPECT_EQ(escaped("\xc3\xa9"), "\xc3\xa9");
}

TEST(Markup, BackquotesAreCode) {
  EXPECT_EQ(proseMarkup("what `a<b` is"), "what <code>a&lt;b</code> is");
  EXPECT_EQ(proseMarkup("`x`"), "<code>x</code>");
  EXPECT_EQ(proseMarkup("one ` alone"), "one ` alone");
  EXPECT_EQ(proseMarkup("`a` and `"), "<code>a</code> and `");
  EXPECT_EQ(proseMarkup(""), "");
}

TEST(Markup, FiguresHaveTheirTags) {
  auto shown = [](Interval bytes) { return shortFigureMarkup(ByteFigure::of(bytes)); };
  EXPECT_EQ(shown(Interval::exactly(4112)),
            "<abbr title=\"exact\">=</abbr> <data value=\"4112\">4,112</data>");
  EXPECT_EQ(shown({96, 320}), "<data value=\"96\">96</data><abbr title=\"bounded\">–</abbr>"
                              "<data value=\"320\">320</data>");
  EXPECT_EQ(shown(Interval::atLeast(512)),
            "<abbr title=\"at-least\">≥</abbr> <data value=\"512\">512</data>");
  EXPECT_EQ(shown(Interval::atLeast(0)), "<abbr title=\"unknown\">?</abbr>");
  EXPECT_EQ(figureMarkup(ByteFigure::of(Interval::atLeast(0))),
            "<span class=\"figure\">? <span class=\"tag unknown\">unknown</span></span>");
}

TEST(Markup, LengthsAreShort) {
  EXPECT_EQ(lengthMarkup(12), "12");
  EXPECT_EQ(lengthMarkup(12.34), "12.3");
  EXPECT_EQ(lengthMarkup(-0.26), "-0.3");
  EXPECT_EQ(lengthMarkup(-0.04), "0");
  EXPECT_EQ(sizeLabel(512), "512 B");
  EXPECT_EQ(sizeLabel(65'536), "64 KiB");
  EXPECT_EQ(sizeLabel(3'145'728), "3 MiB");
}

} // namespace
} // namespace fraglint
