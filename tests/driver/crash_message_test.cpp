#include "driver/crash_message.h"

#include "driver/exit_status.h"

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <thread>

namespace fraglint {
namespace {

constexpr int kFailed = static_cast<int>(ExitStatus::Failed);

TEST(CrashMessageDeathTest, NamesTheFileInWork) {
  auto crash = [](int signal) {
    installCrashMessages();
    CrashContext context("lib/odd.py");
    std::raise(signal);
  };
  for (int signal : {SIGSEGV, SIGABRT})
    EXPECT_EXIT(crash(signal), testing::ExitedWithCode(kFailed),
                "fraglint: internal error at lib/odd.py; please report it");
}

TEST(CrashMessageDeathTest, AlsoOnOtherThreads) {
  auto crash = [] {
    installCrashMessages();
    std::thread([] {
      CrashContext context("b.py");
      std::abort();
    }).join();
  };
  EXPECT_EXIT(crash(), testing::ExitedWithCode(kFailed), "internal error at b.py");
}

TEST(CrashMessageDeathTest, NamesNoFileThatIsDone) {
  auto crash = [] {
    installCrashMessages();
    {
      CrashContext context("done.py");
    }
    std::abort();
  };
  EXPECT_EXIT(crash(), testing::ExitedWithCode(kFailed), "internal error; please");
}

/// A signal stack that a thread had before the tool came, and what the thread has when it ends.
struct FormerStack {
  std::array<char, 16384> bytes;
  stack_t before = {};
  void **atEnd;

  explicit FormerStack(void **answer) : atEnd(answer) {
    stack_t stack = {};
    stack.ss_sp = bytes.data();
    stack.ss_size = bytes.size();
    EXPECT_EQ(sigaltstack(&stack, &before), 0);
  }
  ~FormerStack() {
    stack_t now = {};
    sigaltstack(&before, &now);
    *atEnd = now.ss_sp;
  }
};

TEST(CrashMessageTest, AThreadEndsWithTheSignalStackThatItHad) {
  void *former = nullptr, *within = nullptr, *atEnd = nullptr;
  std::thread([&] {
    thread_local FormerStack stack(&atEnd); // made first, so that it goes last
    former = stack.bytes.data();
    CrashContext context("a.py");
    stack_t now = {};
    sigaltstack(nullptr, &now);
    within = now.ss_sp;
  }).join();
  EXPECT_NE(within, former);
  EXPECT_EQ(atEnd, former);
}

} // namespace
} // namespace fraglint
