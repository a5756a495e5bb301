#include "device/process_port.h"

#include "device/interruption.h"
#include "device/terminal_mode.h"
#include "device/wait.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cassert>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace fraglint {

namespace {

/// A process that closes its terminal because it ends has this long to do so; the kernel needs
/// microseconds.
constexpr Milliseconds kEndGrace(1000);
/// Between two looks at whether a child works.
constexpr Milliseconds kLookAgain(1);

struct TerminalPair {
  FileDescriptor near;
  FileDescriptor far;
  std::string farPath;
};

llvm::Error noTerminal(const llvm::Twine &reason) {
  return llvm::createStringError("no pseudoterminal: " + reason);
}

llvm::Expected<TerminalPair> openTerminalPair() {
  TerminalPair pair;
  pair.near = FileDescriptor(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  char path[64];
  if (!pair.near.isOpen() || ::grantpt(pair.near.number()) != 0 ||
      ::unlockpt(pair.near.number()) != 0 ||
      ::ptsname_r(pair.near.number(), path, sizeof path) != 0)
    return noTerminal(std::strerror(errno));
  pair.farPath = path;
  pair.far = FileDescriptor(::open(path, O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (!pair.far.isOpen())
    return noTerminal(std::strerror(errno));
  if (llvm::Error error = makeRaw(pair.far.number()))
    return noTerminal(llvm::toString(std::move(error)));
  return pair;
}

/// While it lives, what this thread starts is loaded to fixed addresses, if `isWanted` and allowed.
class FixedAddresses {
public:
  explicit FixedAddresses(bool isWanted) {
    int now = isWanted ? ::personality(kAsk) : -1;
    if (now >= 0 && ::personality(static_cast<unsigned>(now) | ADDR_NO_RANDOMIZE) >= 0)
      before_ = now;
  }
  ~FixedAddresses() {
    if (before_ >= 0)
      ::personality(static_cast<unsigned>(before_));
  }
  FixedAddresses(const FixedAddresses &) = delete;
  FixedAddresses &operator=(const FixedAddresses &) = delete;

private:
  static constexpr unsigned long kAsk = 0xffffffff;
  int before_ = -1;
};

/// Starts `command` as leader of a new session with the terminal at `path` as its own: a session
/// leader that opens a terminal gets it as the controlling one. Zero, or an error number.
int spawnOnTerminal(llvm::ArrayRef<std::string> command, const std::string &path,
                    const ProcessOptions &options, pid_t &process) {
  FixedAddresses addresses(options.isReproducible);
  std::vector<char *> words;
  for (const std::string &word : command)
    words.push_back(const_cast<char *>(word.c_str()));
  words.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, path.c_str(), O_RDWR, 0);
  posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO);
  if (options.given >= 0)
    posix_spawn_file_actions_adddup2(&actions, options.given, 3);
  // What this process ignores or blocks is none of the child's business.
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  std::vector<std::string> settings = reproducibleEnvironment();
  std::vector<char *> own(settings.size() + 1); // the last is null
  llvm::transform(settings, own.begin(), [](std::string &setting) { return setting.data(); });
  int failure = ::posix_spawnp(&process, words[0], &actions, &attributes, words.data(),
                               options.isReproducible ? own.data() : environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return failure;
}

/// What all threads of the process have run for, in nanoseconds; 0 where that is not told.
uint64_t timeRun(pid_t process) {
  clockid_t clock;
  timespec time = {};
  if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
    return 0;
  return static_cast<uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(time.tv_nsec);
}

/// Whether some thread of the process runs, would if it were its turn, or waits for a disk. Source:
/// `man 5 proc`, /proc/pid/stat, of which the third word, behind the name in parentheses, is the
/// state.
bool hasBusyThread(pid_t process) {
  std::error_code error;
  std::string tasks = "/proc/" + std::to_string(process) + "/task";
  for (llvm::sys::fs::directory_iterator task(tasks, error), end; !error && task != end;
       task.increment(error)) {
    auto status = llvm::MemoryBuffer::getFileAsStream(task->path() + "/stat");
    if (!status)
      continue;
    llvm::StringRef state = (*status)->getBuffer().rsplit(')').second;
    if (state.starts_with(" R") || state.starts_with(" D"))
      return true;
  }
  return false;
}

/// Whether the process works. Its threads are looked at one after the other, and one that was seen
/// asleep may since have been woken by the next, which then sleeps: what was seen holds of all at
/// once only where none has run meanwhile.
bool isRunning(pid_t process) {
  uint64_t before = timeRun(process);
  return hasBusyThread(process) || timeRun(process) != before;
}

/// Whether the child has ended, reaped or not, before the deadline.
bool hasEnded(pid_t process, Deadline deadline) {
  FileDescriptor handle(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
  if (!handle.isOpen())
    return false;
  llvm::Expected<bool> ready = waitFor(handle.number(), Readiness::Read, deadline);
  if (!ready) {
    llvm::consumeError(ready.takeError());
    return false;
  }
  return *ready;
}

std::string describeEnd(int status) {
  if (WIFSIGNALED(status))
    return "was killed by signal " + std::to_string(WTERMSIG(status)) + " (" +
           ::strsignal(WTERMSIG(status)) + ")";
  return "ended with exit status " + std::to_string(WEXITSTATUS(status));
}

} // namespace

std::vector<std::string> reproducibleEnvironment() {
  const char *path = ::getenv("PATH");
  return {std::string("PATH=") + (path ? path : "/usr/bin:/bin"), "HOME=/"};
}

llvm::Expected<std::unique_ptr<ProcessPort>> ProcessPort::start(llvm::ArrayRef<std::string> command,
                                                                InterruptBy interruptBy,
                                                                const ProcessOptions &options) {
  assert(!command.empty());
  llvm::Expected<TerminalPair> pair = openTerminalPair();
  if (!pair)
    return pair.takeError();
  pid_t process = -1;
  if (int failure = spawnOnTerminal(command, pair->farPath, options, process))
    return llvm::createStringError("cannot run " + command[0] + ": " + std::strerror(failure));
  return std::unique_ptr<ProcessPort>(new ProcessPort(llvm::sys::path::filename(command[0]).str(),
                                                      process, std::move(pair->near), interruptBy));
}

ProcessPort::ProcessPort(std::string name, pid_t process, FileDescriptor terminal,
                         InterruptBy interruptBy)
    : name_(std::move(name)), process_(process), terminal_(std::move(terminal)),
      interruptBy_(interruptBy) {}

ProcessPort::~ProcessPort() {
  if (!end_)
    endProcess();
}

int ProcessPort::endProcess() {
  // The group first: its number is safe from being used anew only while its leader is not reaped.
  ::kill(-process_, SIGKILL);
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

llvm::Error ProcessPort::ended(llvm::Error cause) {
  if (cause.isA<Interrupted>())
    return cause;
  llvm::consumeError(std::move(cause)); // that the terminal is closed
  if (!end_) {
    bool byItself = hasEnded(process_, deadlineIn(kEndGrace));
    int status = endProcess();
    end_ = byItself ? describeEnd(status) : "closed its terminal";
  }
  return llvm::createStringError("`" + name_ + "` " + *end_);
}

llvm::Expected<size_t> ProcessPort::read(llvm::MutableArrayRef<char> into, Deadline deadline) {
  llvm::Expected<size_t> count = terminal_.read(into, deadline);
  return count ? std::move(count) : ended(count.takeError());
}

llvm::Expected<size_t> ProcessPort::write(llvm::StringRef bytes, Deadline deadline) {
  if (end_) // the terminal would take bytes still
    return ended(llvm::Error::success());
  llvm::Expected<size_t> count = terminal_.write(bytes, deadline);
  return count ? std::move(count) : ended(count.takeError());
}

llvm::Expected<bool> ProcessPort::interrupt(Deadline deadline) {
  if (interruptBy_ == InterruptBy::Key)
    return Port::interrupt(deadline);
  if (end_)
    return ended(llvm::Error::success());
  ::kill(-process_, SIGINT);
  return true;
}

void ProcessPort::awaitTaken(Deadline deadline) {
  while (isRunning(process_) && !fraglint::hasPassed(deadline))
    std::this_thread::sleep_for(kLookAgain);
}

} // namespace fraglint
