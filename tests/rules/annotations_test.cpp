/// The teeth of the harness: whatever differs from the annotations must come out.

#include "support/annotations.h"

#include "lint/rule_registry.h"
#include "text/source_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Rule &buffers() { return *findRule("buffer-in-loop"); }
const Rule &deletions() { return *findRule("del-without-collect"); }
const Rule &syntax() { return *findRule("syntax-error"); }

/// `note buffer-in-loop 3 "text"`.
std::string textOf(const Expectation &one) {
  std::string text = (severityName(one.severity) + " " + one.rule->name + " ").str();
  text += std::to_string(one.line);
  for (const std::string &part : one.substrings)
    text += " \"" + part + "\"";
  return text;
}

std::vector<std::string> expectationsIn(llvm::StringRef code, const Rule *folderRule = &buffers()) {
  Annotations annotations = readAnnotations(code, folderRule);
  EXPECT_THAT(annotations.mistakes, IsEmpty());
  std::vector<std::string> texts;
  texts.reserve(annotations.expectations.size());
  for (const Expectation &one : annotations.expectations)
    texts.push_back(textOf(one));
  return texts;
}

std::vector<std::string> mistakesIn(llvm::StringRef code, const Rule *folderRule = &buffers()) {
  return readAnnotations(code, folderRule).mistakes;
}

TEST(Annotations, BesideTheCode) {
  EXPECT_THAT(expectationsIn("a = 1\nb = 2  # expect\n"), ElementsAre("warning buffer-in-loop 2"));
  EXPECT_THAT(expectationsIn("b = 2  # expect-note\n"), ElementsAre("note buffer-in-loop 1"));
  EXPECT_THAT(expectationsIn("b = 2  # kept # expect\n"), ElementsAre("warning buffer-in-loop 1"));
}

TEST(Annotations, NameRulesAndPartsOfMessages) {
  EXPECT_THAT(expectationsIn("b  # expect: \"1,040 bytes\"\n"),
              ElementsAre("warning buffer-in-loop 1 \"1,040 bytes\""));
  EXPECT_THAT(expectationsIn("b  # expect: del-without-collect\n"),
              ElementsAre("warning del-without-collect 1"));
  EXPECT_THAT(expectationsIn("b  # expect-note: FRG201 \"a; # b\" \"c\"\n", nullptr),
              ElementsAre("note del-without-collect 1 \"a; # b\" \"c\""));
}

TEST(Annotations, ARuleOfErrorsIsExpectedAsOne) {
  EXPECT_THAT(expectationsIn("b b  # expect: syntax-error\n"), ElementsAre("error syntax-error 1"));
}

TEST(Annotations, AboveTheCode) {
  EXPECT_THAT(
      expectationsIn("# expect: \"x\"\n\n# words\n  # expect: del-without-collect\nb = 2\n"),
      ElementsAre("warning buffer-in-loop 5 \"x\"", "warning del-without-collect 5"));
}

TEST(Annotations, BehindOtherWordsOfAnOwnLineTheySpeakOfThatLine) {
  EXPECT_THAT(expectationsIn("# fraglint: ignore[FRG999]  # expect\nb = 2\n"),
              ElementsAre("warning buffer-in-loop 1"));
}

TEST(Annotations, SeveralStack) {
  EXPECT_THAT(
      expectationsIn("# expect\nb = 2  # expect: \"y\"; del-without-collect  # expect-note\n"),
      ElementsAre("warning buffer-in-loop 2", "warning buffer-in-loop 2 \"y\"",
                  "warning del-without-collect 2", "note buffer-in-loop 2"));
}

TEST(Annotations, ProseAndStringsAreNone) {
  EXPECT_THAT(expectationsIn("# expected sizes, \"as is\n# expectations\na = '# expect: x'\n"
                             "b = '''\n# expect: x\n'''\n# the target: 20 a second\n",
                             nullptr),
              IsEmpty());
}

TEST(Annotations, LineEndsOfAnyKind) {
  EXPECT_THAT(expectationsIn("a = 1\r\nb = 2  # expect\r\n# expect\rc = 3\r"),
              ElementsAre("warning buffer-in-loop 2", "warning buffer-in-loop 4"));
}

TEST(Annotations, TheHeadNamesTheTarget) {
  Annotations annotations =
      readAnnotations("# Words.\n# target: circuitpython/trinket_m0\nimport board\n", nullptr);
  EXPECT_THAT(annotations.mistakes, IsEmpty());
  EXPECT_EQ(annotations.target, findTarget("circuitpython/trinket_m0"));
  EXPECT_EQ(readAnnotations("import board\n", nullptr).target, nullptr);
}

TEST(Annotations, WhatCannotBeReadIsSaid) {
  EXPECT_THAT(mistakesIn("a  # expect: nonsense\n"),
              ElementsAre(HasSubstr("line 1: there is no rule")));
  EXPECT_THAT(mistakesIn("a  # expect\n", nullptr), ElementsAre(HasSubstr("which rule?")));
  EXPECT_THAT(mistakesIn("a  # expect \"x\"\n"), ElementsAre(HasSubstr("colon")));
  EXPECT_THAT(mistakesIn("a  # expect:\n"), ElementsAre(HasSubstr("nothing follows the colon")));
  EXPECT_THAT(mistakesIn("a  # expect: \"x\n"), ElementsAre(HasSubstr("quotation mark")));
  EXPECT_THAT(mistakesIn("a  # expect: \"\"\n"), ElementsAre(HasSubstr("quotation mark")));
  EXPECT_THAT(mistakesIn("a  # expect: \"x\" words\n"), ElementsAre(HasSubstr("makes no sense")));
  EXPECT_THAT(mistakesIn("a  # expects: \"x\"\n"), ElementsAre(HasSubstr("is no annotation")));
  EXPECT_THAT(mistakesIn("a  # expect-error\n"), ElementsAre(HasSubstr("is no annotation")));
  EXPECT_THAT(mistakesIn("a = 1\n# expect\n\n"), ElementsAre(HasSubstr("no line of code follows")));
  EXPECT_THAT(mistakesIn("# target: nonsense\na\n"), ElementsAre(HasSubstr("there is no target")));
  EXPECT_THAT(mistakesIn("a\n# target: trinket_m0\n"),
              ElementsAre(HasSubstr("first line of code")));
}

/// Findings in a file of four lines, and what the harness says of them.
class Disagreements : public testing::Test {
protected:
  void find(const Rule &rule, Severity severity, uint32_t line, std::string message = "words") {
    uint32_t begin = file_->lines().lineRange(line - 1).begin;
    Diagnostic &finding = findings_.emplace_back();
    finding.rule = &rule;
    finding.severity = severity;
    finding.location = {file_, {begin, begin + 1}};
    finding.message = std::move(message);
  }
  std::vector<std::string> against(llvm::StringRef annotated) const {
    return disagreements("x.py", readAnnotations(annotated, &buffers()), findings_);
  }

private:
  std::shared_ptr<const SourceFile> file_ =
      llvm::cantFail(SourceFile::decode("x.py", "a\nb\nc\nd\n"));
  std::vector<Diagnostic> findings_;
};

TEST_F(Disagreements, NoneWhereAllIsAsExpected) {
  find(buffers(), Severity::Warning, 2, "exactly 1,040 bytes");
  find(buffers(), Severity::Note, 2);
  find(syntax(), Severity::Error, 3);
  EXPECT_THAT(against("a\nb  # expect: \"1,040\"  # expect-note\nc  # expect: syntax-error\nd\n"),
              IsEmpty());
}

TEST_F(Disagreements, AMissingFinding) {
  EXPECT_THAT(against("a\nb  # expect: \"1,040\"\nc\n"),
              ElementsAre("x.py:2:\n  expected: warning buffer-in-loop \"1,040\"\n"
                          "  came:     nothing"));
}

TEST_F(Disagreements, AnUnexpectedFinding) {
  find(buffers(), Severity::Note, 3);
  EXPECT_THAT(against("a\nb\nc\n"), ElementsAre("x.py:3:\n  expected: nothing\n"
                                                "  came:     note buffer-in-loop: words"));
}

TEST_F(Disagreements, OneFindingMoreThanExpected) {
  find(buffers(), Severity::Warning, 1, "one");
  find(buffers(), Severity::Warning, 1, "two");
  EXPECT_THAT(against("a  # expect\n"),
              ElementsAre(AllOf(HasSubstr("expected: nothing"), HasSubstr("came:     warning"))));
  EXPECT_THAT(against("a  # expect: \"two\"  # expect\n"), IsEmpty());
}

TEST_F(Disagreements, AnotherLineRuleSeverityOrMessage) {
  find(buffers(), Severity::Warning, 2, "exactly 1,040 bytes");
  auto both = AllOf(HasSubstr("expected: "), HasSubstr("came:     warning buffer-in-loop"));
  EXPECT_THAT(against("a  # expect\nb\n"), ElementsAre(HasSubstr("x.py:1:"), HasSubstr("x.py:2:")));
  EXPECT_THAT(against("a\nb  # expect: del-without-collect\n"), ElementsAre(both));
  EXPECT_THAT(against("a\nb  # expect-note\n"), ElementsAre(both));
  EXPECT_THAT(against("a\nb  # expect: \"1,040\" \"at least\"\n"), ElementsAre(both));
}

TEST_F(Disagreements, AnErrorIsNoWarning) {
  find(buffers(), Severity::Error, 1);
  EXPECT_THAT(against("a  # expect\n"), ElementsAre(HasSubstr("came:     error")));
}

TEST_F(Disagreements, AnnotationsThatCannotBeRead) {
  EXPECT_THAT(against("a  # expect: nonsense\n"), ElementsAre(HasSubstr("x.py: line 1")));
}

TEST(AnnotationsExpect, KnowsItsRules) {
  Annotations annotations = readAnnotations("a  # expect\n", &buffers());
  EXPECT_TRUE(annotations.expects(buffers()));
  EXPECT_FALSE(annotations.expects(deletions()));
}

} // namespace
} // namespace fraglint
