#include "device/device.h"

#include "device/engine.h"
#include "device/process_port.h"
#include "support/port_text.h"
#include "support/processes.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/personality.h>

namespace fraglint {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::StartsWith;

constexpr Milliseconds kPlenty(20000);
/// For what is meant to be waited out.
constexpr Milliseconds kShort(300);
constexpr llvm::StringLiteral kFakeRepl = FRAGLINT_SOURCE_DIR "/tests/device/fake_repl.py";

DeviceAddress addressOf(llvm::StringRef text) { return llvm::cantFail(DeviceAddress::parse(text)); }

class DeviceTest : public testing::Test {
protected:
  ~DeviceTest() override {
    device_.reset();
    EXPECT_TRUE(hasNoChild());
  }
  void open(llvm::StringRef text, const ReplDeadlines &deadlines = {kPlenty, kPlenty, kPlenty}) {
    device_ = llvm::cantFail(Device::open(addressOf(text), deadlines));
  }
  Execution run(llvm::StringRef code, Milliseconds timeout = kPlenty) {
    Execution execution;
    EXPECT_EQ("", errorOf(device_->run(code, timeout, execution)));
    return execution;
  }
  std::string runError(llvm::StringRef code, Execution &execution, Milliseconds timeout = kPlenty) {
    return errorOf(device_->run(code, timeout, execution));
  }

  std::unique_ptr<Device> device_;
};

/// What every engine does. One that is not there is skipped, and the reason said.
class EachEngineTest : public DeviceTest, public testing::WithParamInterface<const char *> {
protected:
  void SetUp() override {
    llvm::Expected<std::vector<std::string>> command =
        engineCommand(addressOf(GetParam()), engineRoots());
    if (!command)
      GTEST_SKIP() << llvm::toString(command.takeError());
    open(GetParam());
  }
};
class UnixEngineTest : public EachEngineTest {};
class NodeEngineTest : public EachEngineTest {};

std::string engineName(const testing::TestParamInfo<const char *> &text) {
  return llvm::StringRef(text.param).split(':').first.str();
}
INSTANTIATE_TEST_SUITE_P(Engine, EachEngineTest,
                         testing::Values("unix:64k", "unix32:64k", "node:micropython",
                                         "qemu:microbit"),
                         engineName);
INSTANTIATE_TEST_SUITE_P(Engine, UnixEngineTest, testing::Values("unix:64k", "unix32:64k"),
                         engineName);
INSTANTIATE_TEST_SUITE_P(Engine, NodeEngineTest, testing::Values("node:micropython"), engineName);

TEST_P(EachEngineTest, RunsPrograms) {
  Execution fine = run("import gc\nprint('heap', gc.mem_alloc() > 0)\n");
  EXPECT_THAT(fine.output, ContainsRegex("^heap True\r?\n$"));
  EXPECT_EQ("", fine.error);
  Execution failed = run("print('before')\n[][1]\n");
  EXPECT_THAT(failed.output, StartsWith("before"));
  EXPECT_THAT(failed.error, HasSubstr("IndexError"));
  EXPECT_EQ("", run("kept = 7").output);
  EXPECT_THAT(run("print(kept)").output, StartsWith("7"));
  EXPECT_EQ("", run("").output);
}

TEST_P(EachEngineTest, TakesWholeProgramsOfABoard) {
  // 2 KB of statements, of which none may lose a byte on the way.
  std::string code = "total = 0\n";
  for (int line = 0; line < 100; ++line)
    code += "total += " + std::to_string(1000 + line) + " # sum\n";
  EXPECT_THAT(run(code + "print(total)\n").output, StartsWith("104950"));
}

TEST_P(EachEngineTest, ShowsItsHeap) {
  EXPECT_THAT(run("import micropython\nmicropython.mem_info(1)\n").output,
              HasSubstr("GC memory layout"));
}

TEST_P(EachEngineTest, OutputNeedNotBeText) {
  Execution raw = run("print('\\xff\\x04')");
  EXPECT_THAT(raw.output, testing::AnyOf(StartsWith("\xc3\xbf\x04"), StartsWith("\xff\x04")));
}

TEST_P(EachEngineTest, ASoftResetForgetsAll) {
  run("kept = bytearray(2000)");
  std::string before = run("import gc\nprint(gc.mem_alloc())").output;
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ("", errorOf(device_->softReset()));
    EXPECT_THAT(run("print(kept)").error, HasSubstr("NameError"));
  }
  std::string after = run("import gc\nprint(gc.mem_alloc())").output;
  EXPECT_GT(std::stoi(before), std::stoi(after) + 1500);
}

TEST_P(EachEngineTest, ASoftResetBringsAFailedOneBack) {
  open(GetParam(), {kPlenty, kPlenty, kShort});
  Execution execution;
  runError("try:\n  while True: pass\nexcept KeyboardInterrupt:\n"
           "  while True:\n    try:\n      while True: pass\n"
           "    except KeyboardInterrupt: pass\n",
           execution, kShort);
  EXPECT_TRUE(execution.timedOut);
  EXPECT_NE("", runError("print(1)", execution));
  EXPECT_EQ("", errorOf(device_->softReset()));
  EXPECT_THAT(run("print(1)").output, StartsWith("1"));
}

TEST_P(UnixEngineTest, AnEndlessProgramIsInterrupted) {
  Execution endless = run("print('begun')\nwhile True: pass\n", kShort);
  EXPECT_TRUE(endless.timedOut);
  EXPECT_EQ("begun\n", endless.output);
  EXPECT_THAT(endless.error, HasSubstr("KeyboardInterrupt"));
  EXPECT_EQ("on\n", run("print('on')").output);
}

TEST_P(UnixEngineTest, AFloodThatIsNoTextIsStopped) {
  Execution execution;
  EXPECT_EQ("the program wrote more than 16 MiB and was stopped",
            runError("import sys\nwhile True: sys.stdout.buffer.write(b'\\xff\\xfe' * 500)\n",
                     execution));
  EXPECT_THAT(execution.output, StartsWith("\xff\xfe\xff\xfe"));
  EXPECT_EQ("on\n", run("print('on')").output);
}

TEST_P(UnixEngineTest, KilledInARunItIsNamed) {
  Execution execution;
  std::string error =
      runError("print('before')\nimport os\nos.system('kill -9 $PPID')\n", execution);
  EXPECT_THAT(error, HasSubstr("was killed by signal 9"));
  EXPECT_EQ("before\n", execution.output);
  EXPECT_TRUE(hasNoChild());
  EXPECT_EQ(error, runError("print(1)", execution)); // not a second story
}

TEST_P(UnixEngineTest, TracebacksNameTheProgram) {
  Execution failed = run("def f():\n  1/0\n\nprint('a')\nf()\n");
  EXPECT_EQ("a\n", failed.output);
  EXPECT_EQ("Traceback (most recent call last):\n"
            "  File \"<stdin>\", line 5, in <module>\n"
            "  File \"<stdin>\", line 2, in f\n"
            "ZeroDivisionError: divide by zero\n",
            llvm::StringRef(failed.error).str());
}

TEST_P(UnixEngineTest, ATracebackThatIsPrintedIsOutput) {
  Execution fine = run("import sys\ntry:\n  1/0\nexcept ZeroDivisionError as error:\n"
                       "  sys.print_exception(error)\nprint('on')\n");
  EXPECT_THAT(fine.output, StartsWith("Traceback (most recent call last):"));
  EXPECT_THAT(fine.output, HasSubstr("ZeroDivisionError: divide by zero\non\n"));
  EXPECT_EQ("", fine.error);
}

TEST_P(UnixEngineTest, TheTextOfAProgramTakesNoneOfItsHeap) {
  std::string measure = "import gc\ngc.collect()\nprint(gc.mem_alloc())\n";
  int small = std::stoi(run(measure).output);
  int large = std::stoi(run(measure + std::string(30000, '#')).output);
  EXPECT_LT(large - small, 100);
}

TEST_P(UnixEngineTest, TwoRunsSeeTheSameAddresses) {
  int before = ::personality(0xffffffff);
  if (::personality(static_cast<unsigned>(before) | ADDR_NO_RANDOMIZE) < 0)
    GTEST_SKIP() << "this system does not allow fixed addresses";
  ::personality(static_cast<unsigned>(before));
  std::string code = "print(id([]), id(print))";
  std::string first = run(code).output;
  open(GetParam());
  EXPECT_EQ(first, run(code).output);
  EXPECT_EQ(before, ::personality(0xffffffff)); // of this process, nothing changes
}

TEST_P(UnixEngineTest, LongCodeFitsThroughItsTerminal) {
  std::string code = "n = 0\n" + std::string(80000, '#') + "\nprint(n)\n";
  EXPECT_EQ("0\n", run(code).output);
}

TEST_P(UnixEngineTest, TheHeapHasTheSizeThatWasAsked) {
  EXPECT_EQ("True\n",
            run("import gc\nprint(60000 < gc.mem_alloc() + gc.mem_free() < 65536)").output);
  EXPECT_THAT(run("bytearray(70000)").error, HasSubstr("MemoryError"));
}

TEST_P(NodeEngineTest, AProgramThatCannotBeInterruptedIsEnded) {
  open("node:micropython", {kPlenty, kPlenty, kShort});
  Execution execution;
  EXPECT_EQ("the program did not stop at Ctrl-C in 0.3 s",
            runError("while True: pass\n", execution, kShort));
  EXPECT_TRUE(execution.timedOut);
  EXPECT_TRUE(hasNoChild());
}

TEST_F(DeviceTest, AnInterpreterOfOnesOwnIsStarted) {
  open("exec:" FRAGLINT_SOURCE_DIR "/tests/device/fake_repl.py");
  EXPECT_EQ("1\n", run("print(1)").output);
}

TEST_F(DeviceTest, OneBehindASocketIsFoundAsItWasLeft) {
  TempFolder folder;
  auto fake = llvm::cantFail(ProcessPort::start(
      {std::string("python3"), kFakeRepl.str(), "old", "left-raw", folder.path("repl")},
      InterruptBy::Signal));
  EXPECT_EQ("ready\r\n", readText(*fake, 7));
  open("socket:" + folder.path("repl"));
  EXPECT_EQ("1\n", run("print(1)").output);
  Execution execution;
  EXPECT_EQ(
      "the other end of the port is closed",
      runError("print('before', flush=True)\nimport os\nos.kill(os.getpid(), 9)\n", execution));
  EXPECT_EQ("before\n", execution.output);
}

TEST_F(DeviceTest, WhatNeverPromptsIsGivenUp) {
  ReplDeadlines deadlines;
  deadlines.prompt = kShort;
  EXPECT_EQ("no prompt in 0.3 s; got nothing",
            errorOf(Device::open(addressOf("exec:/usr/bin/cat"), deadlines)));
  EXPECT_TRUE(hasNoChild());
}

TEST_F(DeviceTest, WhatEndsAtOnceIsNamed) {
  EXPECT_EQ("`true` ended with exit status 0", errorOf(Device::open(addressOf("exec:true"))));
  EXPECT_EQ("cannot run /nowhere/micropython: No such file or directory",
            errorOf(Device::open(addressOf("exec:/nowhere/micropython"))));
}

TEST(Engine, OneThatIsNotThereIsNamedWithWhatBringsIt) {
  TempFolder empty;
  EXPECT_THAT(errorOf(engineCommand(addressOf("node:micropython"), {empty.path()})),
              StartsWith("the engine of `node:` is not there: no "));
}

TEST(Engine, TheNearestRootIsTaken) {
  TempFolder near, far;
  for (const TempFolder *folder : {&near, &far})
    folder->write("build/engines/bin/micropython", "");
  EXPECT_THAT(
      llvm::cantFail(engineCommand(addressOf("unix:64k"), {near.path(), far.path()})),
      testing::ElementsAre(near.path("build/engines/bin/micropython"), "-X", "heapsize=65536"));
}

} // namespace
} // namespace fraglint
