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

/// A signal stack for the thread that makes it, until that ends: then the thread has again what it
/// had before. (Sanitizers give each thread a signal stack, too, and at its end unmap the one that
/// they find.)
class HandlerStack {
public:
  HandlerStack() {
    stack_t stack = {};
    stack.ss_sp = bytes_.data();
    stack.ss_size = bytes_.size();
    isInForce_ = sigaltstack(&stack, &before_) == 0;
  }
  ~HandlerStack() {
    if (isInForce_)
      sigaltstack(&before_, nullptr);
  }
  HandlerStack(const HandlerStack &) = delete;
  HandlerStack &operator=(const HandlerStack &) = delete;

private:
  std::array<char, kStackBytes> bytes_;
  stack_t before_ = {};
  bool isInForce_ = false;
};

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
void provideHandlerStack() { thread_local HandlerStack stack; }

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
