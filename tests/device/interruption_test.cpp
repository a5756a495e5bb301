#include "device/interruption.h"

#include "device/device_source.h"
#include "device/fd_port.h"
#include "device/process_port.h"
#include "support/port_text.h"
#include "support/processes.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/socket.h>

#include <csignal>

namespace fraglint {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Milliseconds kPlenty(20000);
constexpr llvm::StringLiteral kFake = FRAGLINT_SOURCE_DIR "/tests/device/fake_repl.py";

/// Ends this process while it waits for the program's answer.
std::string programThatSignals(int number) {
  return "import os, time\nprint('begun', flush=True)\nos.kill(os.getppid(), " +
         std::to_string(number) + ")\ntime.sleep(1000)\n";
}

class InterruptionTest : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Signal, InterruptionTest, testing::Values(SIGINT, SIGTERM, SIGHUP));

TEST_P(InterruptionTest, EveryWaitEndsAtOnce) {
  int ends[2];
  ASSERT_EQ(0, ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
  FdPort port{FileDescriptor(ends[0])};
  FdPort other{FileDescriptor(ends[1])};
  llvm::cantFail(other.write("x", soon()));
  char byte;
  {
    InterruptionGuard guard;
    EXPECT_EQ(0, InterruptionGuard::signal());
    ::raise(GetParam()); // before the wait begins: it must not be lost
    EXPECT_EQ(GetParam(), InterruptionGuard::signal());
    EXPECT_EQ("interrupted", errorOf(other.read(byte, soon())));
    EXPECT_EQ("interrupted", errorOf(port.read(byte, soon()))); // though there is something
    EXPECT_EQ("interrupted", errorOf(port.write("y", soon())));
    WayOut wayOut;
    EXPECT_EQ(1u, llvm::cantFail(port.read(byte, soon())));
  }
  EXPECT_EQ(1u, llvm::cantFail(port.write("y", soon())));
  InterruptionGuard another;
  EXPECT_EQ(0, InterruptionGuard::signal());
  EXPECT_EQ(1u, llvm::cantFail(other.read(byte, soon())));
}

TEST_P(InterruptionTest, ABoardLeavesRawModeAndItsProgramEnds) {
  auto port = llvm::cantFail(
      ProcessPort::start({std::string("python3"), kFake.str(), "paste"}, InterruptBy::Signal));
  ReplOptions options;
  options.deadlines = {kPlenty, kPlenty, kPlenty};
  auto repl = llvm::cantFail(RawRepl::enter(*port, options));
  auto begin = std::chrono::steady_clock::now();
  {
    InterruptionGuard guard;
    Execution execution;
    EXPECT_EQ("interrupted",
              errorOf(repl->run(programThatSignals(GetParam()), kPlenty, execution)));
    // Under load the signal may be here before what was printed: an interruption comes first.
    EXPECT_THAT(execution.output, testing::AnyOf("begun\n", ""));
    EXPECT_EQ(GetParam(), InterruptionGuard::signal());
    ::kill(port->processId(), SIGINT); // in the place of the key, which this one does not hear
    repl.reset();
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kPlenty);
  repl = llvm::cantFail(RawRepl::enter(*port, options));
  EXPECT_FALSE(repl->wasLeftRaw());
}

TEST_P(InterruptionTest, AnEngineEndsAndItsRecordingStaysWhole) {
  TempFolder folder;
  DeviceSource source = llvm::cantFail(
      DeviceSource::at(llvm::cantFail(DeviceAddress::parse(("exec:" + kFake).str()))));
  llvm::cantFail(source.recordTo(folder.path("session")));
  {
    InterruptionGuard guard;
    auto device = llvm::cantFail(source.open());
    Execution execution;
    EXPECT_EQ("interrupted",
              errorOf(device->run(programThatSignals(GetParam()), kPlenty, execution)));
    EXPECT_EQ("interrupted", errorOf(device->run("print(1)", kPlenty, execution)));
    device.reset();
  }
  EXPECT_TRUE(hasNoChild());
  EXPECT_THAT(folder.read("session"), HasSubstr("1 close\n"));
  EXPECT_THAT(folder.read("session"), Not(HasSubstr("1 end ")));
  llvm::cantFail(Session::load(folder.path("session")));
}

TEST(Interruption, HandlersAreAsTheyWereAfterwards) {
  struct sigaction before, during, after;
  ::sigaction(SIGTERM, nullptr, &before);
  {
    InterruptionGuard guard;
    ::sigaction(SIGTERM, nullptr, &during);
  }
  ::sigaction(SIGTERM, nullptr, &after);
  EXPECT_EQ(before.sa_handler, after.sa_handler);
  EXPECT_NE(before.sa_handler, during.sa_handler);
}

} // namespace
} // namespace fraglint
