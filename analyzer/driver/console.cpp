#include "driver/console.h"

#include "llvm/Support/Process.h"

#include <csignal>
#include <cstdlib>
#include <unistd.h>

namespace fraglint {

namespace {

bool isSet(const char *variable) {
  const char *value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

} // namespace

Console::Console()
    : out_(STDOUT_FILENO, /*shouldClose=*/false), err_(STDERR_FILENO, /*shouldClose=*/false),
      outIsTerminal_(llvm::sys::Process::StandardOutIsDisplayed()),
      errIsTerminal_(llvm::sys::Process::StandardErrIsDisplayed()) {
  // A closed pipe then is an error of writing, which is dealt with in one place.
  std::signal(SIGPIPE, SIG_IGN);
  out_.SetBufferSize(1 << 16);
}

Console::~Console() {
  finishStream(out_);
  finishStream(err_);
}

bool Console::usesColour(ColourMode mode) const {
  if (mode != ColourMode::Auto)
    return mode == ColourMode::Always;
  if (isSet("NO_COLOR"))
    return false;
  if (isSet("FORCE_COLOR"))
    return true;
  const char *terminal = std::getenv("TERM");
  return outIsTerminal_ && !(terminal != nullptr && llvm::StringRef(terminal) == "dumb");
}

void Console::complain(llvm::StringRef message) {
  llvm::SmallVector<llvm::StringRef> lines;
  message.split(lines, '\n', -1, /*KeepEmpty=*/false);
  out_.flush(); // in the order things happened
  for (llvm::StringRef line : lines)
    err_ << "fraglint: " << line << "\n";
  err_.flush();
}

bool Console::isClosed() const { return out_.error() == std::errc::broken_pipe; }

bool Console::finish() {
  std::string error = finishStream(out_);
  if (error.empty())
    return true;
  complain("cannot write to standard output: " + error);
  return false;
}

std::string finishStream(llvm::raw_fd_ostream &os) {
  os.flush();
  std::error_code error = os.error();
  os.clear_error();
  return error && error != std::errc::broken_pipe ? error.message() : "";
}

} // namespace fraglint
