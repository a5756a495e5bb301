#include "driver/tool_run.h"
#include "support/temp_folder.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::StartsWith;

/// With the engine for this machine; skipped where that is not there.
class MeasureCommandTest : public testing::Test {
protected:
  void SetUp() override {
    ToolRun devices = runTool({"devices"});
    if (!testing::Value(devices.out, ContainsRegex("unix:64k +yes")))
      GTEST_SKIP() << "the engine of unix: is not there";
  }
  ToolRun measure(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "measure");
    ToolInput input;
    input.folder = folder_.path();
    return runTool(arguments, input);
  }
  llvm::json::Object firstRun(const ToolRun &run) {
    llvm::json::Value report = llvm::cantFail(llvm::json::parse(run.out));
    EXPECT_EQ("fraglint-measure/1", report.getAsObject()->getString("schema"));
    return *report.getAsObject()->getArray("runs")->front().getAsObject();
  }

  TempFolder folder_;
};

TEST_F(MeasureCommandTest, ShowsWhatEachLineAsksFor) {
  folder_.write("code.py", "a = None\na = bytearray(1000)\nprint(len(a))\n");
  ToolRun run = measure({"code.py", "--device", "unix:64k"});
  EXPECT_EQ(0, run.status) << run.err;
  EXPECT_THAT(run.out,
              AllOf(StartsWith("code.py on micropython "), HasSubstr("blocks of 32"),
                    ContainsRegex("    2      1       32     1056 +[0-9]+  32 1  +a = byte"),
                    ContainsRegex("Smallest heap that works: [0-9,]+ bytes")));
}

TEST_F(MeasureCommandTest, GivesTheSameAsJson) {
  folder_.write("code.py", "a = None\na = bytearray(1000)\nprint(len(a))\n");
  ToolRun run = measure({"code.py", "--device", "unix:64k", "--format", "json"});
  EXPECT_EQ(0, run.status) << run.err;
  llvm::json::Object report = firstRun(run);
  EXPECT_EQ(32, report.getInteger("block_bytes"));
  EXPECT_EQ("completed", report.getString("end"));
  EXPECT_EQ("1000\n", report.getString("output"));
  const llvm::json::Object &row = *report.getArray("statements")->operator[](1).getAsObject();
  EXPECT_EQ(2, row.getInteger("line"));
  EXPECT_EQ(32, row.getInteger("largest_request"));
  EXPECT_EQ((llvm::json::Array{32, 1}), *row.getObject("first")->getArray("requests"));
  EXPECT_EQ(1056, row.getObject("heaviest")->getInteger("taken_bytes"));
  EXPECT_GE(*report.getInteger("smallest_heap_bytes"), 2048);
}

TEST_F(MeasureCommandTest, ASmallestHeapIsReallyThat) {
  folder_.write("code.py", "a = [0] * 500\nb = 'x' * 2000\n");
  int64_t bytes = *firstRun(measure({"code.py", "--device", "unix:64k", "--format", "json"}))
                       .getInteger("smallest_heap_bytes");
  EXPECT_GE(bytes, 500 * 8 + 2000);
  ToolInput input;
  input.folder = folder_.path();
  std::string engine = FRAGLINT_SOURCE_DIR "/build/engines/bin/micropython -X heapsize=";
  EXPECT_EQ(0, runShell("HOME=/ " + engine + std::to_string(bytes) + " code.py", input).status);
  EXPECT_NE(0,
            runShell("HOME=/ " + engine + std::to_string(bytes - 128) + " code.py", input).status);
}

TEST_F(MeasureCommandTest, AProgramThatFailsIsAFinding) {
  folder_.write("code.py", "a = [1]\nb = a[3]\n");
  ToolRun run = measure({"code.py", "--device", "unix:64k"});
  EXPECT_EQ(1, run.status);
  EXPECT_THAT(run.out, HasSubstr("Ended at line 2: IndexError: "));
}

TEST_F(MeasureCommandTest, AnEndlessProgramIsAFailureAndItsRowsAreKept) {
  folder_.write("code.py", "a = [1]\nwhile True:\n    a[0] += 1\n");
  ToolRun run = measure({"code.py", "--device", "unix:64k", "--timeout", "1"});
  EXPECT_EQ(4, run.status);
  EXPECT_EQ("fraglint: code.py: the program did not end in 1 s and was stopped\n", run.err);
  EXPECT_THAT(run.out, ContainsRegex("    1      1        [12] .* a = \\[1\\]"));
}

TEST_F(MeasureCommandTest, AnEngineThatDiesIsAFailureAndItsRowsAreKept) {
  folder_.write("code.py", "a = [1]\nimport os\nos.system('kill -9 $PPID')\n");
  ToolRun run = measure({"code.py", "--device", "unix:64k"});
  EXPECT_EQ(4, run.status);
  EXPECT_THAT(run.err, HasSubstr("was killed by signal 9"));
  EXPECT_THAT(run.out, AllOf(HasSubstr("a = [1]"), HasSubstr("Ended at line 3")));
}

TEST_F(MeasureCommandTest, AnEngineThatNeverPromptsIsAFailure) {
  folder_.write("code.py", "a = [1]\n");
  folder_.write("silent", "#!/bin/sh\nexec cat >/dev/null\n");
  ASSERT_FALSE(llvm::sys::fs::setPermissions(folder_.path("silent"), llvm::sys::fs::all_all));
  ToolRun run = measure({"code.py", "--device", "exec:" + folder_.path("silent")});
  EXPECT_EQ(4, run.status);
  EXPECT_THAT(run.err, HasSubstr("no prompt in 5 s"));
}

TEST_F(MeasureCommandTest, AHeapTooSmallForTheProbeIsAFailure) {
  folder_.write("code.py", "a = [1]\n");
  ToolRun run = measure({"code.py", "--device", "unix:4k"});
  EXPECT_EQ(4, run.status);
  EXPECT_THAT(run.err, HasSubstr("MemoryError"));
}

TEST_F(MeasureCommandTest, OutputThatIsNoTextIsStillJson) {
  folder_.write("code.py", "import sys\nsys.stdout.buffer.write(b'\\xff\\xfe!\\n')\n");
  ToolRun run = measure({"code.py", "--device", "unix:64k", "--format", "json"});
  EXPECT_EQ(0, run.status) << run.err;
  EXPECT_EQ("\xef\xbf\xbd\xef\xbf\xbd!\n", firstRun(run).getString("output"));
}

TEST_F(MeasureCommandTest, AnInterruptEndsItCleanlyAndItsRowsAreKept) {
  folder_.write("code.py", "a = [1]\nprint('running')\nwhile True:\n    a[0] += 1\n");
  ToolInput input;
  input.folder = folder_.path();
  ToolRun run =
      runShell("{ $fraglint measure code.py --device unix:64k --record session & tool=$!; "
               "until grep -qs 'read .*running' session; do :; done; "
               "kill -TERM $tool; wait $tool; }",
               input);
  EXPECT_EQ(4, run.status);
  EXPECT_THAT(run.err, HasSubstr("interrupted"));
  EXPECT_THAT(run.out, HasSubstr("a = [1]"));
}

TEST_F(MeasureCommandTest, EachRecordedInputIsARun) {
  folder_.write("code.py", "import recorded\nseen = []\nwhile True:\n"
                           "    seen.append(recorded.read('light'))\n    print(seen[-1])\n");
  folder_.write("input.json", "[{\"light\": [1, 2]}, {\"light\": []}]");
  ToolRun run =
      measure({"code.py", "--device", "unix:64k", "--input", "input.json", "--format", "json"});
  EXPECT_EQ(0, run.status) << run.err;
  llvm::json::Value report = llvm::cantFail(llvm::json::parse(run.out));
  const llvm::json::Array &runs = *report.getAsObject()->getArray("runs");
  ASSERT_EQ(2u, runs.size());
  EXPECT_EQ("1\n2\n", runs[0].getAsObject()->getString("output"));
  EXPECT_EQ("input-ended", runs[0].getAsObject()->getString("end"));
  EXPECT_EQ("", runs[1].getAsObject()->getString("output"));
}

TEST_F(MeasureCommandTest, ASessionReplaysWithoutTheEngine) {
  folder_.write("code.py", "a = []\nfor i in range(20):\n    a.append(i)\nprint(a)\n");
  ToolRun live = measure({"code.py", "--device", "unix:64k", "--record", "session"});
  ASSERT_EQ(0, live.status) << live.err;
  ToolInput nowhere;
  nowhere.folder = folder_.path();
  nowhere.environment = {"PATH=/nonexistent"};
  ToolRun again = runTool({"measure", "code.py", "--replay", "session"}, nowhere);
  EXPECT_EQ(0, again.status) << again.err;
  EXPECT_EQ(live.out, again.out);
}

TEST_F(MeasureCommandTest, SaysWhatIsWrongWithItsArguments) {
  folder_.write("code.py", "a = 1\n");
  folder_.write("broken.py", "a = = 1\n");
  folder_.write("input.json", "{\"light\": 3}");
  ToolRun neither = measure({"code.py"});
  EXPECT_EQ(3, neither.status);
  EXPECT_THAT(neither.err, HasSubstr("one of --device and --replay is wanted"));
  ToolRun unknown = measure({"code.py", "--device", "unx:64k"});
  EXPECT_EQ(3, unknown.status);
  EXPECT_THAT(unknown.err, HasSubstr("unix:64k"));
  ToolRun missing = measure({"none.py", "--device", "unix:64k"});
  EXPECT_EQ(2, missing.status);
  EXPECT_THAT(missing.err, HasSubstr("none.py: "));
  ToolRun broken = measure({"broken.py", "--device", "unix:64k"});
  EXPECT_EQ(2, broken.status);
  EXPECT_THAT(broken.err, HasSubstr("broken.py: line 1: "));
  ToolRun input = measure({"code.py", "--device", "unix:64k", "--input", "input.json"});
  EXPECT_EQ(3, input.status);
  EXPECT_THAT(input.err, HasSubstr("input.json: recorded input is a list of runs"));
  ToolRun replay = measure({"code.py", "--replay", "none"});
  EXPECT_EQ(3, replay.status);
  EXPECT_THAT(replay.err, HasSubstr("none"));
}

} // namespace
} // namespace fraglint
