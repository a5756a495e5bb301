#include "device/raw_repl.h"

#include "device/process_port.h"
#include "support/port_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr Milliseconds kPlenty(20000);
/// For what is meant to be waited out.
constexpr Milliseconds kShort(300);
constexpr ReplDeadlines kPatient{kPlenty, kPlenty, kPlenty};

/// fake_repl.py on a terminal.
class RawReplTest : public testing::Test {
protected:
  void startFake(std::string paste, std::string state = "prompt") {
    port_ = llvm::cantFail(ProcessPort::start({std::string("python3"),
                                               FRAGLINT_SOURCE_DIR "/tests/device/fake_repl.py",
                                               std::move(paste), std::move(state)},
                                              InterruptBy::Signal));
    EXPECT_EQ("ready\r\n", readText(*port_, 7));
  }
  void enter(const ReplOptions &options) {
    repl_ = llvm::cantFail(RawRepl::enter(*port_, options));
  }
  void start(std::string paste, std::string state = "prompt") {
    startFake(std::move(paste), std::move(state));
    enter({.deadlines = kPatient});
  }
  /// An error is a failure.
  Execution run(llvm::StringRef code, Milliseconds timeout = kPlenty) {
    Execution execution;
    EXPECT_EQ("", errorOf(repl_->run(code, timeout, execution)));
    return execution;
  }
  std::string runError(llvm::StringRef code, Execution &execution, Milliseconds timeout = kPlenty) {
    return errorOf(repl_->run(code, timeout, execution));
  }

  std::unique_ptr<ProcessPort> port_;
  std::unique_ptr<RawRepl> repl_;
};

/// The same for each answer that firmware gives when it is asked for raw-paste mode.
class EachPasteTest : public RawReplTest, public testing::WithParamInterface<const char *> {};

std::string pasteName(const testing::TestParamInfo<const char *> &paste) {
  return paste.param == llvm::StringRef("refuses-paste") ? "refused" : paste.param;
}
INSTANTIATE_TEST_SUITE_P(Paste, EachPasteTest, testing::Values("paste", "refuses-paste", "old"),
                         pasteName);

TEST_P(EachPasteTest, GivesOutputAndError) {
  start(GetParam());
  Execution fine = run("print('a')\nprint('b')");
  EXPECT_EQ("a\nb\n", fine.output);
  EXPECT_EQ("", fine.error);
  EXPECT_FALSE(fine.timedOut);
  Execution failed = run("print('c')\n1/0\n");
  EXPECT_EQ("c\n", failed.output);
  EXPECT_THAT(failed.error, HasSubstr("ZeroDivisionError"));
  EXPECT_EQ("", run("").output);
}

TEST_P(EachPasteTest, CodeMayBeLongerThanAnyBuffer) {
  start(GetParam());
  std::string code = "text = '" + std::string(70000, 'x') + "'\nprint(len(text))\n";
  EXPECT_EQ("70000\n", run(code).output);
}

TEST_P(EachPasteTest, OutputNeedNotBeText) {
  start(GetParam());
  EXPECT_EQ(llvm::StringRef("\xff\xfe\0\x04>\x80\r\n", 8),
            run("import sys\nsys.stdout.buffer.write(b'\\xff\\xfe\\0\\x04>\\x80\\r\\n')\n").output);
}

TEST_P(EachPasteTest, AnEndlessProgramIsInterrupted) {
  start(GetParam());
  Execution endless = run("print('begun', flush=True)\nwhile True: pass\n", kShort);
  EXPECT_TRUE(endless.timedOut);
  EXPECT_EQ("begun\n", endless.output);
  EXPECT_THAT(endless.error, HasSubstr("KeyboardInterrupt"));
  EXPECT_EQ("on\n", run("print('on')").output);
}

TEST_P(EachPasteTest, ItLeavesRawModeBehind) {
  start(GetParam());
  EXPECT_FALSE(repl_->wasLeftRaw());
  repl_.reset();
  enter({.deadlines = kPatient});
  EXPECT_FALSE(repl_->wasLeftRaw());
}

TEST_P(EachPasteTest, ASoftResetForgetsNames) {
  start(GetParam());
  EXPECT_EQ("7\n", run("kept = 7\nprint(kept)").output);
  EXPECT_EQ("", errorOf(repl_->softReset()));
  EXPECT_THAT(run("print(kept)").error, HasSubstr("NameError"));
}

TEST_F(RawReplTest, ASoftResetThatDoesNotComeIsNamed) {
  startFake("paste");
  enter({.deadlines = {.prompt = kShort}});
  EXPECT_EQ("", run("import __main__\n__main__.RAW_PROMPT = b'boot loop'").error);
  EXPECT_EQ("no restart after Ctrl-D in 0.3 s; got `\\x0D\\nboot loop`",
            errorOf(repl_->softReset()));
  EXPECT_FALSE(repl_->isUsable());
  EXPECT_THAT(errorOf(repl_->softReset()), StartsWith("the raw REPL failed before"));
}

TEST_F(RawReplTest, ARawModeLeftBehindIsNoticed) {
  start("paste", "left-raw");
  EXPECT_TRUE(repl_->wasLeftRaw());
  EXPECT_EQ("1\n", run("print(1)").output);
}

TEST_F(RawReplTest, ABoardThatBootsIsAskedAgain) {
  start("old", "booting");
  EXPECT_EQ("1\n", run("print(1)").output);
}

TEST_F(RawReplTest, WhatRunsIsInterruptedFirst) {
  start("old", "running");
  EXPECT_EQ("1\n", run("print(1)").output);
}

TEST_F(RawReplTest, PlainModeIsPaced) {
  startFake("old");
  enter({.pacing = {10, Milliseconds(5)}, .deadlines = kPatient});
  auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ("", run(std::string(200, '\n')).output);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, Milliseconds(100));
}

TEST_F(RawReplTest, AnEngineMayEndThePasteEarly) {
  start("paste");
  std::string code = "(((unbalanced" + std::string(1000, '\n');
  EXPECT_THAT(run(code).error, HasSubstr("SyntaxError"));
  EXPECT_EQ("1\n", run("print(1)").output);
}

TEST_F(RawReplTest, ASilentEngineIsGivenUp) {
  startFake("old", "silent");
  ReplOptions options = {.deadlines = {.prompt = kShort}};
  EXPECT_EQ("no raw REPL prompt in 0.3 s; got nothing", errorOf(RawRepl::enter(*port_, options)));
  options.isFresh = true;
  EXPECT_EQ("no prompt in 0.3 s; got nothing", errorOf(RawRepl::enter(*port_, options)));
}

TEST_F(RawReplTest, WhatCameInsteadOfAPromptIsShown) {
  startFake("old", "lost");
  EXPECT_EQ("no prompt in 0.3 s; got `boot\\xE9\\x0D\\n`",
            errorOf(RawRepl::enter(*port_, {.isFresh = true, .deadlines = {.prompt = kShort}})));
}

TEST_F(RawReplTest, AnInterpreterThatStartsIsWaitedFor) {
  port_ = llvm::cantFail(
      ProcessPort::start({std::string("python3"), FRAGLINT_SOURCE_DIR "/tests/device/fake_repl.py"},
                         InterruptBy::Signal));
  enter({.isFresh = true, .deadlines = kPatient});
  EXPECT_EQ("1\n", run("print(1)").output);
}

TEST_F(RawReplTest, AnEngineKilledInARunIsNamed) {
  start("paste");
  Execution execution;
  EXPECT_EQ(
      "`python3` was killed by signal 9 (Killed)",
      runError("print('before', flush=True)\nimport os\nos.kill(os.getpid(), 9)\n", execution));
  EXPECT_EQ("before\n", execution.output); // what was measured until then is not lost
  EXPECT_THAT(runError("print(1)", execution), StartsWith("the raw REPL failed before"));
}

TEST_F(RawReplTest, ATerminalClosedUnderItIsNamed) {
  start("paste");
  Execution execution;
  EXPECT_EQ(
      "`python3` closed its terminal",
      runError("import os, time\nfor n in 0, 1, 2: os.close(n)\ntime.sleep(1000)\n", execution));
}

TEST_F(RawReplTest, AProgramThatCatchesCtrlCIsGivenUp) {
  startFake("paste");
  enter({.deadlines = {kPlenty, kPlenty, kShort}});
  Execution execution;
  EXPECT_EQ("the program did not stop at Ctrl-C in 0.3 s",
            runError("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
                     "print('deaf', flush=True)\nwhile True: pass\n",
                     execution, kShort));
  EXPECT_TRUE(execution.timedOut);
  EXPECT_EQ("deaf\n", execution.output);
}

TEST_F(RawReplTest, AProgramThatCatchesCtrlCOnceIsInterruptedAgain) {
  start("paste");
  Execution stubborn = run("import time\n"
                           "try:\n"
                           "  time.sleep(1000)\n"
                           "except KeyboardInterrupt:\n"
                           "  print('once', flush=True)\n"
                           "time.sleep(1000)\n",
                           kShort);
  EXPECT_TRUE(stubborn.timedOut);
  EXPECT_EQ("once\n", stubborn.output);
  EXPECT_THAT(stubborn.error, HasSubstr("KeyboardInterrupt"));
}

TEST_F(RawReplTest, AFloodIsStopped) {
  start("paste");
  Execution execution;
  EXPECT_EQ("the program wrote more than 16 MiB and was stopped",
            runError("import sys\nwhile True: sys.stdout.buffer.write(b'\\xff\\xfe' * 5000)\n",
                     execution));
  EXPECT_EQ(16u << 20, execution.output.size());
  EXPECT_THAT(execution.output, StartsWith("\xff\xfe\xff\xfe"));
  EXPECT_EQ("1\n", run("print(1)").output);
}

TEST_F(RawReplTest, CommandsOfRawModeAreNotSent) {
  start("paste");
  Execution execution;
  EXPECT_EQ("the program holds the control byte 4 at offset 6, which the raw REPL takes as a "
            "command; write it as \\x04",
            runError("text='\x04'", execution));
  EXPECT_EQ("1\n", run("print(1)").output);
}

} // namespace
} // namespace fraglint
