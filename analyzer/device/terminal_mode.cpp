#include "device/terminal_mode.h"

#include "llvm/ADT/Twine.h"

#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace fraglint {

namespace {

constexpr cc_t kCtrlC = 3;

llvm::Expected<termios> rawMode(int terminal) {
  termios mode = {};
  if (::tcgetattr(terminal, &mode) != 0)
    return llvm::createStringError(std::strerror(errno));
  ::cfmakeraw(&mode);
  mode.c_oflag &= ~static_cast<tcflag_t>(ONLCR); // QEMU switches output processing on again
  mode.c_cc[VMIN] = 1;
  mode.c_cc[VTIME] = 0;
  return mode;
}

llvm::Error apply(int terminal, const termios &mode) {
  if (::tcsetattr(terminal, TCSANOW, &mode) != 0)
    return llvm::createStringError(std::strerror(errno));
  return llvm::Error::success();
}

} // namespace

llvm::Error makeRaw(int terminal) {
  llvm::Expected<termios> mode = rawMode(terminal);
  if (!mode)
    return mode.takeError();
  return apply(terminal, *mode);
}

llvm::Error makeRawWithInterrupt(int terminal) {
  llvm::Expected<termios> mode = rawMode(terminal);
  if (!mode)
    return mode.takeError();
  mode->c_lflag |= ISIG | NOFLSH;
  mode->c_cc[VINTR] = kCtrlC;
  mode->c_cc[VQUIT] = _POSIX_VDISABLE;
  mode->c_cc[VSUSP] = _POSIX_VDISABLE;
  return apply(terminal, *mode);
}

} // namespace fraglint
