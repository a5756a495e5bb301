#include "device/terminal_mode.h"

#include <termios.h>

#include <cerrno>
#include <cstring>

namespace fraglint {

llvm::Error makeRaw(int terminal) {
  termios mode = {};
  if (::tcgetattr(terminal, &mode) != 0)
    return llvm::createStringError(std::strerror(errno));
  ::cfmakeraw(&mode);
  mode.c_oflag &= ~static_cast<tcflag_t>(ONLCR); // QEMU switches output processing on again
  mode.c_cc[VMIN] = 1;
  mode.c_cc[VTIME] = 0;
  if (::tcsetattr(terminal, TCSANOW, &mode) != 0)
    return llvm::createStringError(std::strerror(errno));
  return llvm::Error::success();
}

} // namespace fraglint
