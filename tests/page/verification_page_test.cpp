#include "page/verification_page.h"

#include "support/parsed.h"

#include "llvm/Support/raw_ostream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

VerifiedRow row(uint32_t line, Interval estimate, int64_t measured, Agreement agreement) {
  VerifiedRow made;
  made.line = line;
  made.column = 1;
  made.estimate = estimate;
  made.tag = ByteFigure::of(estimate).tag;
  made.measured = Interval::exactly(measured);
  made.agreement = agreement;
  return made;
}

class VerificationPageTest : public testing::Test {
protected:
  VerificationPageTest() {
    report_.facts.blockBytes = 32;
    report_.facts.drawsMaps = true;
    report_.facts.firmware = "micropython 1.29.0 on <b>";
  }
  void add(const std::string &input, std::vector<VerifiedRow> rows) {
    VerifiedRun run{input, {}};
    run.verification.rows = std::move(rows);
    report_.runs.push_back(std::move(run));
  }
  std::string page() {
    Parsed program("a = bytearray(100)\nb = '</script>' + a\n");
    std::string text;
    llvm::raw_string_ostream os(text);
    writeVerificationPage(report_, program.tree->file(), os);
    return text;
  }

  VerificationReport report_{"code.py", *findTarget("micropython/unix-64"), {}, {}, {}};
};

TEST_F(VerificationPageTest, SaysThatAllHolds) {
  add("", {row(1, Interval::exactly(128), 128, Agreement::Equal)});
  report_.verdicts = {{8192, Verdict::AtRisk, false}, {65536, Verdict::Fits, true}};
  EXPECT_THAT(page(), AllOf(HasSubstr("<h2>Every estimate holds</h2>"), HasSubstr("1 of 1"),
                            HasSubstr("<td>fits</td><td>it ran</td>"), Not(HasSubstr("wrong"))));
}

TEST_F(VerificationPageTest, WhatIsContradictedComesFirst) {
  add("", {row(1, Interval::exactly(128), 128, Agreement::Equal),
           row(2, Interval::exactly(32), 64, Agreement::Outside)});
  report_.verdicts = {{8192, Verdict::Fits, false}};
  std::string text = page();
  EXPECT_THAT(text, AllOf(HasSubstr("The model is wrong here"), HasSubstr("class=\"cross\""),
                          HasSubstr("it failed <span class=\"tag unknown\">wrong</span>")));
  EXPECT_LT(text.find("<th scope=\"row\" data-column=\"line\">2</th>"),
            text.find("<th scope=\"row\" data-column=\"line\">1</th>"));
}

TEST_F(VerificationPageTest, RunsThatShowTheSameAreOneRow) {
  VerifiedRow same = row(1, {32, 128}, 64, Agreement::Inside);
  add("input 1", {same, row(2, Interval::exactly(32), 32, Agreement::Equal)});
  add("input 2", {same});
  std::string text = page();
  EXPECT_THAT(
      text,
      AllOf(
          HasSubstr(
              "<th scope=\"row\" data-column=\"line\">1</th><td data-column=\"runs\">all</td>"),
          HasSubstr(
              "<th scope=\"row\" data-column=\"line\">2</th><td data-column=\"runs\">input 1</td>"),
          HasSubstr("2 of 3"))); // inside, of all that were compared
}

TEST_F(VerificationPageTest, SaysWhatItsWordsMean) {
  add("", {row(1, Interval::exactly(128), 128, Agreement::Equal)});
  EXPECT_THAT(page(), AllOf(HasSubstr("<dt>request</dt>"), HasSubstr("<dt>at-least</dt>"),
                            HasSubstr("<dt>outside</dt>")));
}

TEST_F(VerificationPageTest, WhatProgramsAndFirmwaresAreCalledIsEscaped) {
  add("", {row(2, Interval::atLeast(32), 64, Agreement::Inside)});
  report_.program = "<img src=x>.py";
  EXPECT_THAT(page(), AllOf(Not(HasSubstr("<img")), Not(HasSubstr("on <b>")),
                            Not(HasSubstr("</script>")), HasSubstr("&lt;/script&gt;")));
}

} // namespace
} // namespace fraglint
