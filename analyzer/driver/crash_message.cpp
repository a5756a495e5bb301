#include "driver/crash_message.h"

#include "driver/exit_status.h"

#include <array>
#include <csignal>
#include <cstring>
#include <unistd.h>

namespace fraglint {

namespace {

/// What a handler may need when the stack is used up.
constexpr size_t kStackBytes = 16384;

thread_local llvm::StringRef currentPath;
thread_local std::array<char, kStackBytes> handlerStack;
thread_local bool hasHandlerStack = false;

void say(llvm::StringRef text) {
  // Nothing can be done where even this fails.
  [[maybe_unused]] ssize_t written = write(STDERR_FILENO, text.data(), text.size());
}

/// Calls only what may be called in a signal handler.
void tellAndExit(int /*signal*/) {
  say("\nfraglint: internal error");
  if (!currentPath.empty()) {
    say(" at ");
    say(currentPath);
  }
  say("; please report it with the file\n");
  _exit(static_cast<int>(ExitStatus::Failed));
}

/// Each thread needs its own: a stack that is used up cannot run the handler.
void provideHandlerStack() {
  if (hasHandlerStack)
    return;
  stack_t stack = {};
  stack.ss_sp = handlerStack.data();
  stack.ss_size = handlerStack.size();
  hasHandlerStack = sigaltstack(&stack, nullptr) == 0;
}

} // namespace

void installCrashMessages() {
  provideHandlerStack();
  struct sigaction action = {};
  action.sa_handler = tellAndExit;
  action.sa_flags = SA_ONSTACK;
  for (int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL})
    sigaction(signal, &action, nullptr);
}

CrashContext::CrashContext(llvm::StringRef path) {
  provideHandlerStack();
  currentPath = path;
}

CrashContext::~CrashContext() { currentPath = {}; }

} // namespace fraglint
