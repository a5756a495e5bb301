/// `fraglint baseline` and what `check` does with what it writes.

#include "driver/looping_program.h"
#include "driver/tool_run.h"
#include "support/temp_folder.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class BaselineTest : public testing::Test {
protected:
  ToolRun run(const std::vector<std::string> &arguments, const std::string &standardInput = "") {
    return runTool(arguments, {folder_.path(), standardInput, environment_});
  }
  ToolRun check(std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), "check");
    return run(arguments);
  }
  void writeBaseline(std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), {"baseline", "write"});
    ToolRun written = run(arguments);
    ASSERT_EQ(0, written.status) << written.out << written.err;
  }
  std::string baseline() { return folder_.read("fraglint-baseline.json"); }

  TempFolder folder_;
  std::vector<std::string> environment_;
};

TEST_F(BaselineTest, HidesWhatIsKnownAndShowsWhatIsNew) {
  folder_.write("code.py", program({"first", "second"}));
  EXPECT_EQ(1, check().status);
  ToolRun written = run({"baseline", "write"});
  EXPECT_EQ(0, written.status) << written.err;
  EXPECT_THAT(written.out, HasSubstr("fraglint-baseline.json: 2 findings in 1 file"));
  ToolRun clean = check();
  EXPECT_EQ(0, clean.status) << clean.out;
  EXPECT_THAT(clean.out,
              AllOf(HasSubstr("All clean"), HasSubstr("2 known findings are not shown")));
  EXPECT_THAT(clean.err, IsEmpty());
  folder_.write("code.py", program({"first", "second", "third"}));
  ToolRun dirty = check();
  EXPECT_EQ(1, dirty.status);
  EXPECT_THAT(dirty.out, AllOf(HasSubstr("code.py:14:"), HasSubstr("Found 1 warning"),
                               Not(HasSubstr("code.py:4:"))));
  EXPECT_EQ(1, check({"--no-baseline"}).status);
  EXPECT_THAT(check({"--no-baseline"}).out, HasSubstr("Found 3 warnings"));
}

TEST_F(BaselineTest, IsTheSameForTheSameFindingsWithALineForEach) {
  folder_.write("lib/b.py", program({"second", "first"}));
  folder_.write("code.py", program({"first", "first"}));
  writeBaseline();
  std::string once = baseline();
  writeBaseline();
  EXPECT_EQ(once, baseline());
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(once).split(lines, '\n');
  ASSERT_EQ(13U, lines.size()) << once;
  EXPECT_EQ("    \"code.py\": [", lines[3]);
  EXPECT_THAT(lines[4].str(),
              AllOf(HasSubstr("\"count\":2"), HasSubstr("first = bytearray(4096)")));
  EXPECT_EQ("    \"lib/b.py\": [", lines[6]);
  EXPECT_THAT(lines[7].str(), HasSubstr("first"));
  EXPECT_THAT(lines[8].str(), HasSubstr("second"));
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(once);
  ASSERT_TRUE(bool(value)) << llvm::toString(value.takeError());
  EXPECT_EQ("fraglint-baseline/1", value->getAsObject()->getString("schema"));
}

TEST_F(BaselineTest, CodeThatMovesAroundResurfacesNothing) {
  folder_.write("code.py", program({"first", "second", "third"}));
  writeBaseline();
  std::string before = baseline();
  // Other lines, another order, another depth.
  folder_.write(
      "code.py", "# New words.\n\nimport board\n\nuart = board.UART()\n\ndef run():\n" + [] {
        std::string moved;
        llvm::SmallVector<llvm::StringRef> lines;
        std::string text = loop("third") + loop("first") + loop("second");
        llvm::StringRef(text).split(lines, '\n', -1, false);
        for (llvm::StringRef line : lines)
          moved += "    " + line.str() + "\n";
        return moved;
      }() + "\nrun()\n");
  ToolRun moved = check();
  EXPECT_EQ(0, moved.status) << moved.out;
  EXPECT_THAT(moved.err, IsEmpty());
  EXPECT_EQ(before, baseline());
}

TEST_F(BaselineTest, CountsWhatIsAlike) {
  folder_.write("code.py", program({"same", "same"}));
  writeBaseline();
  folder_.write("code.py", program({"same", "same", "same"}));
  ToolRun third = check();
  EXPECT_EQ(1, third.status);
  EXPECT_THAT(third.out, HasSubstr("Found 1 warning"));
}

TEST_F(BaselineTest, ShrinksWhenAFindingIsMended) {
  folder_.write("code.py", program({"first", "second", "same", "same"}));
  folder_.write("lib/other.py", program({"other"}));
  writeBaseline();
  folder_.write("code.py", program({"second", "same"}));
  ToolRun mended = check();
  EXPECT_EQ(0, mended.status) << mended.out;
  EXPECT_THAT(mended.err,
              AllOf(HasSubstr("fraglint-baseline.json: 2 findings of it are no more, taken out"),
                    HasSubstr("code.py: FRG103 `first = bytearray(4096)`"),
                    HasSubstr("code.py: FRG103 `same = bytearray(4096)`"),
                    Not(HasSubstr("second"))));
  EXPECT_THAT(baseline(), AllOf(Not(HasSubstr("first =")), HasSubstr("second ="),
                                HasSubstr("\"count\":1,\"text\":\"same"), HasSubstr("other =")));
  EXPECT_THAT(check().err, IsEmpty());
  folder_.write("code.py", program({"first", "second", "same"}));
  EXPECT_EQ(1, check().status) << "what was mended is new when it comes back";
}

TEST_F(BaselineTest, ShrinksByTheFilesThatWereChecked) {
  folder_.write("code.py", program({"first"}));
  folder_.write("other.py", program({"second"}));
  writeBaseline();
  folder_.write("code.py", program({}));
  folder_.write("other.py", program({}));
  EXPECT_THAT(check({"code.py"}).err, AllOf(HasSubstr("first"), Not(HasSubstr("second"))));
  EXPECT_THAT(baseline(), AllOf(Not(HasSubstr("first")), HasSubstr("second")));
}

TEST_F(BaselineTest, SaysWhatIsStaleWhereTheFileIsGone) {
  folder_.write("code.py", program({"first"}));
  folder_.write("old/gone.py", program({"second"}));
  writeBaseline();
  ASSERT_EQ(0, ::unlink(folder_.path("old/gone.py").c_str()));
  EXPECT_THAT(check({"code.py"}).err, IsEmpty()) << "nobody asked about the folder";
  ToolRun stale = check();
  EXPECT_EQ(0, stale.status);
  EXPECT_THAT(stale.err,
              HasSubstr("old/gone.py (no such file): FRG103 `second = bytearray(4096)`"));
  EXPECT_THAT(baseline(), Not(HasSubstr("gone.py")));
}

TEST_F(BaselineTest, SaysWhatIsStaleAndWritesNothingInCi) {
  folder_.write("code.py", program({"first", "second"}));
  writeBaseline();
  std::string before = baseline();
  folder_.write("code.py", program({"second"}));
  environment_ = {"CI=true"};
  ToolRun stale = check();
  EXPECT_EQ(0, stale.status);
  EXPECT_THAT(stale.err, AllOf(HasSubstr("1 finding of it is no more, left in it (CI is set"),
                               HasSubstr("first = bytearray(4096)")));
  EXPECT_EQ(before, baseline());
  EXPECT_THAT(check({"--quiet"}).err, IsEmpty());
}

TEST_F(BaselineTest, SaysWhereItCannotBeWritten) {
  if (::geteuid() == 0)
    GTEST_SKIP() << "root may write everything";
  folder_.write("code.py", program({"first"}));
  writeBaseline();
  folder_.write("code.py", program({}));
  ASSERT_EQ(0, ::chmod(folder_.path("fraglint-baseline.json").c_str(), 0444));
  ToolRun kept = check();
  EXPECT_EQ(0, kept.status);
  EXPECT_THAT(kept.err, HasSubstr("cannot write the baseline"));
}

TEST_F(BaselineTest, KeepsWhatThisRunCouldNotFind) {
  folder_.write("code.py", program({"first"}));
  writeBaseline();
  std::string before = baseline();
  EXPECT_THAT(check({"--ignore", "FRG103"}).err, IsEmpty());
  EXPECT_EQ(before, baseline());
  folder_.write("code.py", program({}));
  EXPECT_THAT(check({"--target", "circuitpython/raspberry_pi_pico"}).err,
              HasSubstr("--target, --assume or --isolated may be why"));
  folder_.write("code.py", "import board\nx = 'caf\xE9'\n");
  EXPECT_EQ(2, check().status) << "not analysed";
  EXPECT_EQ(before, baseline());
}

/// While a line is changed and still wrong, its entry is kept: the change may be taken back.
TEST_F(BaselineTest, KeepsAnEntryWhileItsFileHasNewFindings) {
  folder_.write("code.py", program({"first"}));
  writeBaseline();
  std::string before = baseline();
  folder_.write("code.py", program({"renamed"}));
  ToolRun changed = check();
  EXPECT_EQ(1, changed.status);
  EXPECT_THAT(changed.err, HasSubstr("1 finding of it not found, left in it until"));
  EXPECT_EQ(before, baseline());
  folder_.write("code.py", program({"first"}));
  EXPECT_EQ(0, check().status);
}

TEST_F(BaselineTest, LiesBesideTheConfigurationOrWhereThatSays) {
  folder_.write("fraglint.toml", "level = 'note'\n");
  folder_.write("app/code.py", program({"first"}));
  ToolInput below;
  below.folder = folder_.path("app");
  EXPECT_EQ(0, runTool({"baseline", "write"}, below).status);
  EXPECT_THAT(baseline(), HasSubstr("\"app/code.py\": ["));
  EXPECT_EQ(0, runTool({"check"}, below).status);
  EXPECT_EQ(0, check().status);

  folder_.write("fraglint.toml", "baseline = 'ci/known.json'\n");
  ToolRun missing = check();
  EXPECT_EQ(3, missing.status);
  EXPECT_THAT(missing.err, HasSubstr("ci/known.json: there is no such baseline; `fraglint baseline "
                                     "write` makes one"));
  folder_.write("ci/README", "");
  writeBaseline();
  EXPECT_THAT(folder_.read("ci/known.json"), HasSubstr("\"../app/code.py\": ["));
  EXPECT_EQ(0, check().status);
  EXPECT_EQ(0, runTool({"check"}, below).status);

  writeBaseline({"--baseline", "mine.json"});
  EXPECT_EQ(0, check({"--baseline", "mine.json"}).status);
  EXPECT_EQ(3, check({"--baseline", "none.json"}).status);
  EXPECT_EQ(1, check({"--isolated"}).status);
  folder_.write("fraglint.toml", "baseline = ''\n");
  EXPECT_EQ(1, check().status);
}

TEST_F(BaselineTest, SaysWhatIsWrongWithTheFileAndHowToMendIt) {
  folder_.write("code.py", program({"first"}));
  for (const char *broken :
       {"", "[]", "{\"schema\": \"fraglint-baseline/2\", \"files\": {}}",
        "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n",
        "{\"schema\": \"fraglint-baseline/1\", \"files\": {\"code.py\": [{\"rule\": 3}]}}",
        "{\"schema\": \"fraglint-baseline/1\", \"files\": 1}"}) {
    folder_.write("fraglint-baseline.json", broken);
    ToolRun refused = check();
    EXPECT_EQ(3, refused.status) << broken;
    EXPECT_THAT(refused.err, AllOf(HasSubstr("fraglint-baseline.json: this is no baseline"),
                                   HasSubstr("`fraglint baseline write` makes it anew")));
  }
  folder_.write("fraglint-baseline.json", std::string(200000, '['));
  EXPECT_EQ(3, check().status);
  writeBaseline();
  EXPECT_EQ(0, check().status);
}

TEST_F(BaselineTest, OfAPartLeavesTheRestAsItIs) {
  folder_.write("a.py", program({"first"}));
  folder_.write("b.py", program({"second"}));
  writeBaseline();
  folder_.write("a.py", program({"first", "third"}));
  folder_.write("b.py", program({"second", "fourth"}));
  writeBaseline({"a.py"});
  EXPECT_THAT(baseline(), AllOf(HasSubstr("first"), HasSubstr("third"), HasSubstr("second"),
                                Not(HasSubstr("fourth"))));
}

TEST_F(BaselineTest, FixesNothingThatIsKnown) {
  folder_.write(
      "code.py",
      "import board\npicture = bytearray(38400)\ndel picture\nframe = bytearray(38400)\n");
  writeBaseline();
  std::string before = folder_.read("code.py");
  EXPECT_EQ(0, check({"--fix"}).status);
  EXPECT_EQ(before, folder_.read("code.py"));
  EXPECT_EQ(0, check({"--fix", "--no-baseline"}).status);
  EXPECT_NE(before, folder_.read("code.py"));
  EXPECT_THAT(check().err, HasSubstr("which leaves none: it can be deleted"));
}

TEST_F(BaselineTest, IsCountedInJsonAndSuppressedInSarif) {
  folder_.write("code.py", program({"first"}) + "while True:\n    second = bytearray(4096)  # "
                                                "fraglint: ignore[FRG103] one at a time\n"
                                                "    uart.readinto(second)\n");
  writeBaseline();
  ToolRun json = check({"--output-format", "json"});
  llvm::Expected<llvm::json::Value> report = llvm::json::parse(json.out);
  ASSERT_TRUE(bool(report)) << llvm::toString(report.takeError());
  EXPECT_EQ(1, report->getAsObject()->getInteger("known"));
  EXPECT_TRUE(report->getAsObject()->getArray("findings")->empty());
  ToolRun sarif = check({"--output-format", "sarif"});
  report = llvm::json::parse(sarif.out);
  ASSERT_TRUE(bool(report)) << llvm::toString(report.takeError());
  const llvm::json::Array &results =
      *(*report->getAsObject()->getArray("runs"))[0].getAsObject()->getArray("results");
  std::vector<std::string> said;
  for (const llvm::json::Value &result : results) {
    const llvm::json::Array &all = *result.getAsObject()->getArray("suppressions");
    ASSERT_EQ(1U, all.size());
    const llvm::json::Object &one = *all[0].getAsObject();
    said.push_back((*one.getString("kind") + ": " + *one.getString("justification")).str());
  }
  EXPECT_THAT(said, testing::UnorderedElementsAre("external: in fraglint-baseline.json",
                                                  "inSource: one at a time"));
}

TEST_F(BaselineTest, HelpsWhereNothingIsSaid) {
  ToolRun help = run({"baseline"});
  EXPECT_EQ(0, help.status);
  EXPECT_THAT(help.out, HasSubstr("fraglint baseline write"));
  EXPECT_EQ(3, run({"baseline", "code.py"}).status);
}

} // namespace
} // namespace fraglint
