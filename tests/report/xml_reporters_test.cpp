#include "report/sample.h"
#include "report/xml_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<FileResult> twoFiles() {
  auto file = sample::source("x = 0\n温 = [1]\n", "lib/a&b.py");
  return {sample::result({sample::finding(sample::at(file, "[1]"), "is < \"2\"\n"),
                          sample::finding(sample::at(file, "x"), "m", Severity::Note)}),
          sample::quiet()};
}

TEST(XmlText, HasNothingThatXmlDoesNot) {
  EXPECT_EQ(xmlText("a<b & \"c\">\n\t\r"), "a&lt;b &amp; &quot;c&quot;&gt;&#10;&#9;&#13;");
  EXPECT_EQ(xmlText(llvm::StringRef("\x1b[0m\0 \xff", 7)), "�[0m� �");
  EXPECT_EQ(xmlText("\xef\xbf\xbf\xef\xbf\xbe 温"), "�� 温");
}

TEST(CheckstyleReporter, NamesFilesWithFindings) {
  EXPECT_EQ(sample::report("checkstyle", twoFiles(), {.level = Severity::Note}),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<checkstyle version=\"4.3\">\n"
            "  <file name=\"lib/a&amp;b.py\">\n"
            "    <error line=\"2\" column=\"5\" severity=\"warning\" "
            "message=\"is &lt; &quot;2&quot;&#10;\" source=\"fraglint.FRG103\"/>\n"
            "    <error line=\"1\" column=\"1\" severity=\"info\" message=\"m\" "
            "source=\"fraglint.FRG103\"/>\n"
            "  </file>\n"
            "</checkstyle>\n");
}

TEST(JunitReporter, CountsTestsInFrontAndAFileWithoutFindingsPasses) {
  std::string text = sample::report("junit", twoFiles(), {.level = Severity::Note});
  EXPECT_THAT(text, HasSubstr("<testsuites name=\"fraglint\" tests=\"3\" failures=\"2\" "));
  EXPECT_THAT(text, HasSubstr("<testsuite name=\"lib/a&amp;b.py\" tests=\"2\" failures=\"2\" "));
  EXPECT_THAT(text, HasSubstr("<testcase name=\"FRG103 buffer-in-loop at line 2, column 5\""));
  EXPECT_THAT(text, HasSubstr("<testcase name=\"no findings\" classname=\"code.py\""));
  std::string clean = sample::report("junit", {sample::quiet()});
  EXPECT_THAT(clean, HasSubstr("tests=\"1\" failures=\"0\""));
  EXPECT_THAT(clean, Not(HasSubstr("<failure")));
}

} // namespace
} // namespace fraglint
