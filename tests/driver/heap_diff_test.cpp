/// `fraglint heap --diff`: bytes worked out by hand for micropython/unix-32.

#include "driver/tool_run.h"
#include "support/temp_folder.h"

#include "llvm/Support/JSON.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class HeapDiffTest : public testing::Test {
protected:
  ToolRun diff(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "heap");
    arguments.insert(arguments.end(), {"--target", "micropython/unix-32"});
    ToolInput input;
    input.folder = folder_.path();
    return runTool(arguments, input);
  }
  llvm::json::Object json(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--format", "json"});
    ToolRun run = diff(std::move(arguments));
    EXPECT_EQ(0, run.status) << run.err;
    llvm::Expected<llvm::json::Value> value = llvm::json::parse(run.out);
    if (!value)
      return llvm::consumeError(value.takeError()), llvm::json::Object();
    return *value->getAsObject();
  }
  void git(const std::string &words) {
    ToolInput input;
    input.folder = folder_.path();
    ToolRun run = runShell(
        "git -c user.name=a -c user.email=a@b -c init.defaultBranch=main " + words + " >&2", input);
    ASSERT_EQ(0, run.status) << run.err;
  }

  TempFolder folder_;
};

TEST_F(HeapDiffTest, ShowsWhatALineCostsMoreWhereverItStandsNow) {
  folder_.write("old.py", "a = 1\nframe = bytearray(512)\nrow = bytearray(100)\n");
  folder_.write("new.py", "# Two lines more.\n\na = 1\nframe = bytearray(2576)\n"
                          "row = bytearray(100)\n");
  ToolRun run = diff({"new.py", "--diff", "old.py"});
  EXPECT_EQ(0, run.status) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("+2,064 contiguous bytes at new.py:4"),
                             HasSubstr("exactly 2,576 bytes, before exactly 512 bytes"),
                             Not(HasSubstr("new.py:5"))));
  llvm::json::Object report = json({"new.py", "--diff", "old.py"});
  EXPECT_EQ("fraglint-heap-diff/1", report.getString("schema"));
  EXPECT_EQ(2064, report.getObject("change")->getInteger("run_contiguous"));
  // Blocks of 16 bytes: 161 in place of 32.
  EXPECT_EQ((161 - 32) * 16, report.getObject("change")->getInteger("peak_live"));
  ASSERT_EQ(1U, report.getArray("lines")->size());
  const llvm::json::Object &line = *report.getArray("lines")->front().getAsObject();
  EXPECT_EQ(2064, line.getInteger("contiguous"));
  EXPECT_EQ(2, line.getObject("before")->getInteger("line"));
  EXPECT_EQ(4, line.getObject("after")->getInteger("line"));
}

TEST_F(HeapDiffTest, ShowsLinesThatAreNewOrGoneAndWhatIsAskedForMoreOften) {
  folder_.write("old/code.py", "a = bytearray(1000)\nfor n in range(2):\n    bytearray(64)\n");
  folder_.write("new/code.py", "for n in range(5):\n    bytearray(64)\nimport more\n");
  folder_.write("new/more.py", "b = bytearray(3000)\n");
  ToolRun run = diff({"new/code.py", "--diff", "old"});
  EXPECT_EQ(0, run.status) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("+3,000 contiguous bytes at new/more.py:1  (new: "),
                             HasSubstr("-1,000 contiguous bytes at new/code.py:1 as it was"),
                             // A header of 16 bytes and 64 of data, three times more.
                             HasSubstr("+240 bytes, in all, at new/code.py:2")));
}

TEST_F(HeapDiffTest, ReadsARevisionAndLeavesTheWorkTreeAlone) {
  folder_.write("app/code.py", "import sizes\nframe = bytearray(sizes.FRAME)\n");
  folder_.write("app/sizes.py", "FRAME = 512\n");
  git("init -q");
  git("add .");
  git("commit -qm first");
  folder_.write("app/sizes.py", "FRAME = 2576\n");
  ToolRun run = diff({"app/code.py", "--diff", "HEAD"});
  EXPECT_EQ(0, run.status) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("app/code.py against HEAD"),
                             HasSubstr("+2,064 contiguous bytes at app/code.py:2")));
  git("commit -qam second");
  EXPECT_EQ(
      2064,
      json({"app/code.py", "--diff", "HEAD~1"}).getObject("change")->getInteger("run_contiguous"));
  EXPECT_THAT(diff({"app/code.py", "--diff", "main"}).out, HasSubstr("no line costs more or less"));
  folder_.write("app/other.py", "x = 1\n");
  ToolRun missing = diff({"app/other.py", "--diff", "HEAD"});
  EXPECT_EQ(3, missing.status);
  EXPECT_THAT(missing.err, HasSubstr("`HEAD` has no app/other.py"));
  ToolRun unknown = diff({"app/code.py", "--diff", "HAED"});
  EXPECT_EQ(3, unknown.status);
  EXPECT_THAT(unknown.err, HasSubstr("neither a file, nor a folder, nor a git revision"));
}

TEST_F(HeapDiffTest, SaysWhereThereIsNoRepository) {
  folder_.write("code.py", "x = 1\n");
  ToolRun run = diff({"code.py", "--diff", "HEAD~1"});
  EXPECT_EQ(3, run.status);
  EXPECT_THAT(run.err, HasSubstr("no file or folder `HEAD~1`"));
}

} // namespace
} // namespace fraglint
