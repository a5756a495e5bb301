/// Devices that fail, and what is left of them then.

#include "device/device.h"
#include "device/engine.h"
#include "device/process_port.h"
#include "support/port_text.h"
#include "support/processes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/time.h>

#include <csignal>
#include <fstream>

namespace fraglint {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr Milliseconds kPlenty(20000);
/// For what is meant to be waited out.
constexpr Milliseconds kShort(300);
constexpr llvm::StringLiteral kFakeRepl = FRAGLINT_SOURCE_DIR "/tests/device/fake_repl.py";
constexpr ReplDeadlines kPatient{kPlenty, kPlenty, kPlenty};

DeviceAddress addressOf(llvm::StringRef text) { return llvm::cantFail(DeviceAddress::parse(text)); }

std::unique_ptr<Device> opened(llvm::StringRef text, const ReplDeadlines &deadlines = kPatient) {
  return llvm::cantFail(Device::open(addressOf(text), deadlines));
}

/// The output of `code`, behind which its error stands, where there is one.
std::string outputOf(Device &device, llvm::StringRef code) {
  Execution execution;
  std::string error = errorOf(device.run(code, kPlenty, execution));
  return execution.output + execution.error + error;
}

/// fake_repl.py in a process of its own, which outlives who talks to it, at a port that it names.
class FakeBoard {
public:
  FakeBoard(const std::string &place, const std::string &state)
      : process_(llvm::cantFail(
            ProcessPort::start({std::string("python3"), kFakeRepl.str(), "paste", state, place},
                               InterruptBy::Signal))) {
    while (!llvm::StringRef(name_).ends_with("\r\n"))
      name_ += readText(*process_, 1);
    name_.resize(name_.size() - 2);
  }
  /// Of the port.
  const std::string &name() const { return name_; }

private:
  std::unique_ptr<ProcessPort> process_;
  std::string name_;
};

/// The one child of this process.
pid_t onlyChild() {
  std::ifstream file("/proc/self/task/" + std::to_string(::getpid()) + "/children");
  pid_t child = 0;
  file >> child;
  return child;
}

pid_t victim = 0;
void killVictim(int) { ::kill(victim, SIGKILL); }

/// Kills the process once, a while after it was made.
class KillLater {
public:
  KillLater(pid_t process, Milliseconds time) {
    victim = process;
    struct sigaction action = {};
    action.sa_handler = killVictim;
    ::sigaction(SIGALRM, &action, &before_);
    itimerval timer = {};
    timer.it_value.tv_usec = static_cast<suseconds_t>(time.count() * 1000);
    ::setitimer(ITIMER_REAL, &timer, nullptr);
  }
  ~KillLater() {
    itimerval none = {};
    ::setitimer(ITIMER_REAL, &none, nullptr);
    ::sigaction(SIGALRM, &before_, nullptr);
  }

private:
  struct sigaction before_ = {};
};

class EngineFaultTest : public testing::TestWithParam<const char *> {
protected:
  void SetUp() override {
    auto command = engineCommand(addressOf(GetParam()), engineRoots());
    if (!command)
      GTEST_SKIP() << llvm::toString(command.takeError());
    device_ = opened(GetParam());
  }
  ~EngineFaultTest() override {
    device_.reset();
    EXPECT_TRUE(hasNoChild());
  }
  std::unique_ptr<Device> device_;
};
std::string engineName(const testing::TestParamInfo<const char *> &text) {
  return llvm::StringRef(text.param).split(':').first.str();
}
INSTANTIATE_TEST_SUITE_P(Engine, EngineFaultTest,
                         testing::Values("unix:64k", "unix32:64k", "node:micropython",
                                         "qemu:microbit"),
                         engineName);

TEST_P(EngineFaultTest, KilledWhileItRuns) {
  Execution execution;
  KillLater later(onlyChild(), kShort);
  EXPECT_THAT(errorOf(device_->run("print('before')\nwhile True: pass\n", kPlenty, execution)),
              HasSubstr("was killed by signal 9 (Killed)"));
  EXPECT_THAT(execution.output, StartsWith("before"));
  EXPECT_FALSE(execution.timedOut);
  EXPECT_TRUE(hasNoChild());
  EXPECT_EQ("", errorOf(device_->softReset())); // and it can be had again
  EXPECT_THAT(outputOf(*device_, "print(1)"), StartsWith("1"));
}

/// Without the one of node: nothing interrupts WebAssembly that runs.
class InterruptibleEngineTest : public EngineFaultTest {};
INSTANTIATE_TEST_SUITE_P(Engine, InterruptibleEngineTest,
                         testing::Values("unix:64k", "unix32:64k", "qemu:microbit"), engineName);

TEST_P(InterruptibleEngineTest, AProgramThatWritesWithoutEndEndsInItsTime) {
  Execution execution;
  std::string error =
      errorOf(device_->run("while True: print('\\xff\\xfe' * 8)\n", kShort, execution));
  // Either is a clear end: it was too much, or too long.
  EXPECT_THAT(error, AnyOf("", "the program wrote more than 16 MiB and was stopped"));
  EXPECT_EQ(error.empty(), execution.timedOut);
  EXPECT_THAT(execution.output, AnyOf(StartsWith("\xc3\xbf\xc3\xbe"), StartsWith("\xff\xfe")));
  EXPECT_THAT(outputOf(*device_, "print('on')"), StartsWith("on"));
}

TEST(DeviceFault, AMicrobitKeepsItsFiles) {
  auto command = engineCommand(addressOf("qemu:microbit"), engineRoots());
  if (!command)
    GTEST_SKIP() << llvm::toString(command.takeError());
  auto device = opened("qemu:microbit");
  llvm::StringRef list = "import os\nprint(sorted((n, os.size(n)) for n in os.listdir()))";
  EXPECT_EQ("", outputOf(*device, "with open('mine.py', 'w') as f: f.write('x = 1')"));
  std::string before = outputOf(*device, list);
  EXPECT_THAT(before, StartsWith("[('mine.py', 5)]"));
  Execution execution;
  outputOf(*device, "kept = 1\n1/0");
  llvm::cantFail(device->run("while True: pass\n", kShort, execution));
  llvm::cantFail(device->softReset());
  EXPECT_EQ(before, outputOf(*device, list));
}

class BoardFaultTest : public testing::Test {
protected:
  ~BoardFaultTest() override {
    board_.reset();
    EXPECT_TRUE(hasNoChild());
  }
  void start(const std::string &place, const std::string &state = "prompt") {
    board_ = std::make_unique<FakeBoard>(place, state);
  }
  std::unique_ptr<FakeBoard> board_;
};

TEST_F(BoardFaultTest, ProgramsRunBehindATcpPort) {
  start("tcp");
  auto device = opened("tcp:127.0.0.1:" + board_->name());
  EXPECT_EQ("1\n", outputOf(*device, "print(1)"));
  EXPECT_EQ("", errorOf(device->softReset()));
  EXPECT_EQ("the other end of the port is closed",
            outputOf(*device, "import os\nos.kill(os.getpid(), 9)"));
}

TEST_F(BoardFaultTest, ProgramsRunBehindATerminalAndNoRawModeIsLeft) {
  start("pty");
  for (llvm::StringRef kind : {"pty:", "serial:", "serial:"}) {
    auto device = opened((kind + board_->name()).str());
    EXPECT_FALSE(device->wasLeftRaw());
    EXPECT_EQ("1\n", outputOf(*device, "print(1)"));
    Execution execution;
    llvm::cantFail(device->run("while True: pass\n", kShort, execution));
    EXPECT_TRUE(execution.timedOut);
  }
}

TEST_F(BoardFaultTest, ARawModeThatWasLeftIsNoticedAndLeft) {
  start("pty", "left-raw");
  EXPECT_TRUE(opened("serial:" + board_->name())->wasLeftRaw());
  EXPECT_FALSE(opened("serial:" + board_->name())->wasLeftRaw());
}

TEST_F(BoardFaultTest, ATerminalThatClosesInARunIsNamed) {
  start("pty");
  auto device = opened("serial:" + board_->name());
  Execution execution;
  EXPECT_EQ("the other end of the port is closed",
            errorOf(device->run("print('before', flush=True)\nimport os\nos.kill(os.getpid(), 9)\n",
                                kPlenty, execution)));
  // The kernel may drop what a terminal holds when that is closed, all or the end of it.
  EXPECT_THAT(execution.output, AnyOf("before\n", "before", ""));
}

TEST_F(BoardFaultTest, ABusyPortIsNamedAndItsUserUndisturbed) {
  start("pty");
  auto device = opened("serial:" + board_->name());
  EXPECT_THAT(errorOf(Device::open(addressOf("serial:" + board_->name()), kPatient)),
              HasSubstr("the port is busy"));
  EXPECT_EQ("1\n", outputOf(*device, "print(1)"));
}

TEST_F(BoardFaultTest, OneThatNeverPromptsIsGivenUp) {
  for (const char *state : {"silent", "lost"}) {
    start("pty", state);
    ReplDeadlines deadlines;
    deadlines.prompt = kShort;
    EXPECT_THAT(errorOf(Device::open(addressOf("serial:" + board_->name()), deadlines)),
                StartsWith("no raw REPL prompt in 0.3 s; got "))
        << state;
  }
}

TEST_F(BoardFaultTest, OneThatFailedMayAnswerAgain) {
  start("pty");
  auto device = opened("serial:" + board_->name(), {kPlenty, kPlenty, kShort});
  Execution execution;
  EXPECT_EQ("the program did not stop at Ctrl-C in 0.3 s",
            errorOf(device->run("import signal, time\n"
                                "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
                                "time.sleep(1)\n"
                                "signal.signal(signal.SIGINT, signal.default_int_handler)\n",
                                kShort, execution)));
  EXPECT_EQ("", errorOf(device->softReset()));
  EXPECT_EQ("1\n", outputOf(*device, "print(1)"));
}

} // namespace
} // namespace fraglint
