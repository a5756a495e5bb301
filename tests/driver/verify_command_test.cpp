#include "driver/tool_run.h"
#include "support/temp_folder.h"

#include "llvm/Support/JSON.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;

/// With the engine for this machine; skipped where that is not there.
class VerifyCommandTest : public testing::Test {
protected:
  void SetUp() override {
    ToolRun devices = runTool({"devices"});
    if (!testing::Value(devices.out, ContainsRegex("unix:64k +yes")))
      GTEST_SKIP() << "the engine of unix: is not there";
    folder_.write("code.py", kProgram);
  }
  ToolRun verify(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"verify", "code.py"});
    ToolInput input;
    input.folder = folder_.path();
    return runTool(arguments, input);
  }

  static constexpr llvm::StringLiteral kProgram = "rows = None\n"
                                                  "rows = [0] * 100\n"
                                                  "rows.append(1)\n"
                                                  "print(len(rows))\n";
  TempFolder folder_;
};

TEST_F(VerifyCommandTest, HoldsEachStatementAgainstTheEngine) {
  ToolRun run = verify({"--device", "unix:64k"});
  EXPECT_EQ(0, run.status) << run.out << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("estimates for micropython/unix-64"),
                             ContainsRegex("    2  exactly 800 bytes +800 +equal"),
                             ContainsRegex("    3  exactly 1,600 bytes +1,600 +equal"),
                             HasSubstr("0 outside"), HasSubstr("in a heap of 65,536 bytes: fits")));
}

TEST_F(VerifyCommandTest, GivesTheSameAsJson) {
  ToolRun run = verify({"--device", "unix:64k", "--format", "json"});
  EXPECT_EQ(0, run.status) << run.err;
  llvm::json::Value report = llvm::cantFail(llvm::json::parse(run.out));
  EXPECT_EQ("fraglint-verify/1", report.getAsObject()->getString("schema"));
  EXPECT_EQ(true, report.getAsObject()->getBoolean("holds"));
  const llvm::json::Object &first = *report.getAsObject()->getArray("runs")->front().getAsObject();
  EXPECT_EQ(0, first.getInteger("outside"));
  const llvm::json::Object &demand = *first.getObject("contiguous");
  EXPECT_EQ(3, demand.getInteger("line"));
  EXPECT_EQ(1600, demand.getObject("measured")->getInteger("lo"));
  EXPECT_EQ("exact", demand.getObject("estimate")->getString("tag"));
}

TEST_F(VerifyCommandTest, TheProgramIsJudgedAndRunInHeapsAroundTheSmallest) {
  ToolRun run = verify({"--device", "unix:64k", "--format", "json"});
  llvm::json::Value report = llvm::cantFail(llvm::json::parse(run.out));
  std::map<int64_t, bool> ran;
  for (const llvm::json::Value &one : *report.getAsObject()->getArray("verdicts")) {
    const llvm::json::Object &verdict = *one.getAsObject();
    bool didRun = *verdict.getBoolean("ran");
    ran[*verdict.getInteger("heap_bytes")] = didRun;
    EXPECT_NE(didRun ? "will-fail" : "fits", verdict.getString("verdict")->str());
  }
  ASSERT_LE(7U, ran.size()); // six around the smallest, and all of the device's
  int64_t smallest = 0;
  for (auto [bytes, didRun] : ran)
    if (didRun && smallest == 0)
      smallest = bytes;
  EXPECT_TRUE(ran.count(smallest - 128));
  EXPECT_TRUE(ran.rbegin()->second);
  EXPECT_EQ(65536, ran.rbegin()->first);
}

TEST_F(VerifyCommandTest, AnotherFirmwaresModelIsContradicted) {
  ToolRun run = verify({"--device", "unix:64k", "--target", "micropython/unix-32"});
  EXPECT_EQ(1, run.status) << run.err;
  EXPECT_THAT(run.out, ContainsRegex("exactly 416 bytes +800 +outside"));
}

TEST_F(VerifyCommandTest, WithoutAMapTheHeapIsSqueezed) {
  ToolRun run = verify({"--device", "unix:64k", "--no-map"});
  EXPECT_EQ(0, run.status) << run.out << run.err;
  EXPECT_THAT(run.out, AllOf(ContainsRegex("    2  exactly 800 bytes +800 +equal"),
                             ContainsRegex("    3  exactly 1,600 bytes +1,600 +equal")));
}

TEST_F(VerifyCommandTest, ASessionIsVerifiedWithoutTheEngine) {
  EXPECT_EQ(0, verify({"--device", "unix:64k", "--record", "session"}).status);
  ToolInput nowhere;
  nowhere.folder = folder_.path();
  nowhere.environment = {"PATH=/nonexistent"};
  ToolRun again = runTool({"verify", "code.py", "--replay", "session"}, nowhere);
  EXPECT_EQ(0, again.status) << again.err;
  EXPECT_THAT(again.out, ContainsRegex("    2  exactly 800 bytes +800 +equal"));
}

TEST_F(VerifyCommandTest, ATargetThatIsNotThereIsNamed) {
  ToolRun run = verify({"--device", "unix:64k", "--target", "raspberry_pi_pica"});
  EXPECT_EQ(3, run.status);
  EXPECT_THAT(run.err, HasSubstr("did you mean `circuitpython/raspberry_pi_pico`?"));
}

} // namespace
} // namespace fraglint
