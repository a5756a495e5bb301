#include "driver/tool_run.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;

class CalibrateCommandTest : public testing::Test {
protected:
  ToolRun run(const std::vector<std::string> &arguments) {
    ToolInput input;
    input.folder = folder_.path();
    return runTool(arguments, input);
  }
  static bool hasEngine() {
    return testing::Value(runTool({"devices"}).out, ContainsRegex("unix:64k +yes"));
  }

  TempFolder folder_;
};

TEST_F(CalibrateCommandTest, WritesATargetThatVerifyTakes) {
  if (!hasEngine())
    GTEST_SKIP() << "the engine of unix: is not there";
  ToolRun made =
      run({"calibrate", "--device", "unix:64k", "-o", "mine.toml", "--record", "session"});
  ASSERT_EQ(0, made.status) << made.out << made.err;
  EXPECT_THAT(made.out, AllOf(HasSubstr("settings measured: words of 8 bytes"),
                              HasSubstr("assumed, as in micropython/unix-64:"),
                              HasSubstr("\n  heap.collects-before-run\n")));
  folder_.write("code.py", "rows = [0] * 100\nprint((1.5 + len(rows)) / 3)\n");
  ToolRun verified = run({"verify", "code.py", "--device", "unix:64k", "--target", "mine.toml"});
  EXPECT_EQ(0, verified.status) << verified.err;
  EXPECT_THAT(verified.out, AllOf(HasSubstr("estimates for mine"), HasSubstr("0 outside"),
                                  HasSubstr("in a heap of 65,536 bytes: fits")));
  // What was recorded gives the same, without the engine.
  ToolRun again = run({"calibrate", "--replay", "session", "-o", "again.toml"});
  EXPECT_EQ(0, again.status) << again.err;
  EXPECT_EQ(again.out.substr(again.out.find('\n')), made.out.substr(made.out.find('\n')));
}

TEST_F(CalibrateCommandTest, MistakesLeaveNoFile) {
  ToolRun none = run({"calibrate", "-o", "mine.toml"});
  EXPECT_EQ(3, none.status);
  EXPECT_THAT(none.err, HasSubstr("one of --device and --replay is wanted"));
  ToolRun unknown = run({"calibrate", "--device", "unix:none", "-o", "mine.toml"});
  EXPECT_EQ(3, unknown.status);
  ToolRun gone = run({"calibrate", "--device", "exec:./none", "-o", "mine.toml"});
  EXPECT_EQ(4, gone.status) << gone.err;
  EXPECT_FALSE(llvm::sys::fs::exists(folder_.path("mine.toml")));
  EXPECT_EQ(3, run({"calibrate", "--device", "unix:64k"}).status) << "where it goes is not said";
}

TEST_F(CalibrateCommandTest, AFileThatIsNoTargetIsSaid) {
  folder_.write("code.py", "import machine\n");
  folder_.write("mine.toml", "[heap]\nbites = 5\n");
  for (const char *command : {"check", "heap"}) {
    ToolRun checked = run({command, "code.py", "--target", "mine.toml"});
    EXPECT_EQ(3, checked.status) << command;
    EXPECT_THAT(checked.err, HasSubstr("mine.toml:2:1: `bites` is nothing that a target has in "
                                       "[heap]; did you mean `bytes`?"));
  }
}

} // namespace
} // namespace fraglint
