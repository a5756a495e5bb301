#include "device/process_port.h"

#include "device/wait.h"
#include "support/port_text.h"
#include "support/processes.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>

namespace fraglint {
namespace {

std::unique_ptr<ProcessPort> start(const std::vector<std::string> &command) {
  return llvm::cantFail(ProcessPort::start(command, InterruptBy::Signal));
}
std::unique_ptr<ProcessPort> shell(std::string script) {
  return start({"sh", "-c", std::move(script)});
}

TEST(ProcessPort, TheChildTalksOverItsTerminal) {
  auto port = shell("test -t 0 && test -t 1 && test -t 2 && read -r line && echo \"got $line\"");
  llvm::cantFail(port->write("a line\n", soon()));
  EXPECT_EQ("got a line\n", readText(*port, 11)); // neither echo nor a carriage return
}

TEST(ProcessPort, TheChildLeadsItsGroupAndIsReaped) {
  {
    auto port = shell("echo ready; cat");
    EXPECT_EQ("ready\n", readText(*port, 6));
    EXPECT_EQ(port->processId(), ::getpgid(port->processId()));
    EXPECT_EQ(port->processId(), ::getsid(port->processId()));
  }
  EXPECT_TRUE(hasNoChild());
}

TEST(ProcessPort, WhatTheChildStartedEndsWithIt) {
  TempFolder folder;
  std::string alive = folder.path("alive"); // open for writing in every process of the group
  ASSERT_EQ(0, ::mkfifo(alive.c_str(), 0600));
  FileDescriptor watch(::open(alive.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  {
    auto port =
        shell("exec 3>'" + alive + "'; (trap '' HUP INT TERM; sleep 1000) & echo ready; wait");
    EXPECT_EQ("ready\n", readText(*port, 6));
    char byte;
    EXPECT_EQ(-1, ::read(watch.number(), &byte, 1));
  }
  char byte;
  ASSERT_TRUE(llvm::cantFail(waitFor(watch.number(), Readiness::Read, soon())));
  EXPECT_EQ(0, ::read(watch.number(), &byte, 1)); // the last writer is gone
}

TEST(ProcessPort, AnInterruptIsASignalOrAKey) {
  auto signalled = shell("trap 'echo interrupted' INT; echo ready; while :; do read -r line; done");
  EXPECT_EQ("ready\n", readText(*signalled, 6));
  EXPECT_TRUE(llvm::cantFail(signalled->interrupt(soon())));
  EXPECT_EQ("interrupted\n", readText(*signalled, 12));
  auto keyed = llvm::cantFail(ProcessPort::start({std::string("cat")}, InterruptBy::Key));
  EXPECT_TRUE(llvm::cantFail(keyed->interrupt(soon())));
  EXPECT_EQ("\x03", readText(*keyed, 1));
}

TEST(ProcessPort, ErrorsSayHowTheChildEnded) {
  char byte;
  auto ended = shell("exit 7");
  EXPECT_EQ("`sh` ended with exit status 7", errorOf(ended->read(byte, soon())));
  EXPECT_EQ("`sh` ended with exit status 7", errorOf(ended->read(byte, soon())));
  EXPECT_EQ("`sh` ended with exit status 7", errorOf(ended->write("x", soon())));
  auto killed = shell("kill -9 $$");
  EXPECT_EQ("`sh` was killed by signal 9 (Killed)", errorOf(killed->read(byte, soon())));
  auto silent = shell("exec sleep 1000 <&- >&- 2>&-");
  EXPECT_EQ("`sh` closed its terminal", errorOf(silent->read(byte, soon())));
  EXPECT_TRUE(hasNoChild());
}

TEST(ProcessPort, WhatCannotBeStartedIsNamed) {
  EXPECT_EQ("cannot run /nowhere/micropython: No such file or directory",
            errorOf(ProcessPort::start({std::string("/nowhere/micropython")}, InterruptBy::Key)));
  EXPECT_EQ("cannot run /dev/null: Permission denied",
            errorOf(ProcessPort::start({std::string("/dev/null")}, InterruptBy::Key)));
  EXPECT_TRUE(hasNoChild());
}

} // namespace
/// Two threads that wake each other in turn: one is always asleep, and seldom the same one.
constexpr llvm::StringLiteral kTwoThreads = R"(
import threading, time
turns = threading.Semaphore(1), threading.Semaphore(0)
def take(mine, other):
    for _ in range(20000):
        mine.acquire()
        other.release()
print("ready")
threads = [threading.Thread(target=take, args=pair) for pair in (turns, turns[::-1])]
for one in threads:
    one.start()
for one in threads:
    one.join()
print("done")
time.sleep(60)
)";

TEST(ProcessPort, WorkThatIsHandedBetweenThreadsIsAwaited) {
  auto port = start({"python3", "-c", kTwoThreads.str()});
  ASSERT_EQ("ready\n", readText(*port, 6));
  port->awaitTaken(deadlineIn(Milliseconds(60000)));
  char bytes[16];
  EXPECT_EQ(llvm::cantFail(port->read(bytes, deadlineIn(Milliseconds(0)))), 5U);
}

} // namespace fraglint
