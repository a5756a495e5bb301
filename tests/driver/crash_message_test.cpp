#include "driver/crash_message.h"

#include "driver/exit_status.h"

#include <gtest/gtest.h>

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

} // namespace
} // namespace fraglint
