#include "device/serial_port.h"

#include "device/terminal_mode.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>

#include <cerrno>
#include <cstring>

namespace fraglint {

namespace {

struct Speed {
  uint32_t baud;
  speed_t code;
};
constexpr Speed kSpeeds[] = {
    {1200, B1200},       {2400, B2400},       {4800, B4800},       {9600, B9600},
    {19200, B19200},     {38400, B38400},     {57600, B57600},     {115200, B115200},
    {230400, B230400},   {460800, B460800},   {500000, B500000},   {921600, B921600},
    {1000000, B1000000}, {1500000, B1500000}, {2000000, B2000000}, {3000000, B3000000},
};

const Speed *speedOf(uint32_t baud) {
  return llvm::find_if(kSpeeds, [&](const Speed &one) { return one.baud == baud; });
}

llvm::Error cannotOpen(const std::string &path, int number) {
  std::string what = "cannot open " + path + ": ";
  switch (number) {
  case EBUSY:
  case EWOULDBLOCK:
    return llvm::createStringError(
        what + "the port is busy; close what else uses it: a terminal, an editor's REPL, another "
               "fraglint");
  case EACCES:
  case EPERM:
    return llvm::createStringError(
        what + "not allowed; your user must be in the group that owns it, which is dialout on "
               "Debian: run `sudo usermod -aG dialout $USER` and log in again");
  case ENOENT:
  case ENXIO:
  case ENODEV:
    return llvm::createStringError(what + "there is no such port; `fraglint devices` lists those "
                                          "that are connected");
  default:
    return llvm::createStringError(what + std::strerror(number));
  }
}

llvm::Error setLine(int terminal, uint32_t baud) {
  if (llvm::Error error = makeRaw(terminal))
    return error;
  termios mode = {};
  if (::tcgetattr(terminal, &mode) != 0)
    return llvm::createStringError(std::strerror(errno));
  mode.c_cflag &= ~static_cast<tcflag_t>(CSIZE | PARENB | CSTOPB | CRTSCTS);
  mode.c_cflag |= CS8 | CREAD | CLOCAL;
  ::cfsetispeed(&mode, speedOf(baud)->code);
  ::cfsetospeed(&mode, speedOf(baud)->code);
  if (::tcsetattr(terminal, TCSANOW, &mode) != 0)
    return llvm::createStringError(std::strerror(errno));
  return llvm::Error::success();
}

} // namespace

bool isSerialSpeed(uint32_t baud) { return speedOf(baud) != std::end(kSpeeds); }

llvm::Expected<std::unique_ptr<SerialPort>> SerialPort::open(const std::string &path, uint32_t baud,
                                                             bool clearsLines) {
  llvm::SmallString<128> real;
  if (std::error_code error = llvm::sys::fs::real_path(path, real))
    return cannotOpen(path, error.value());
  FileDescriptor terminal(::open(real.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
  if (!terminal.isOpen())
    return cannotOpen(path, errno);
  if (clearsLines) { // first of all; what has no such lines says so, and needs nothing
    int lines = TIOCM_DTR | TIOCM_RTS;
    ::ioctl(terminal.number(), TIOCMBIC, &lines);
  }
  if (::flock(terminal.number(), LOCK_EX | LOCK_NB) != 0)
    return cannotOpen(path, errno);
  if (llvm::Error error = setLine(terminal.number(), baud))
    return llvm::createStringError(path +
                                   " is no serial port: " + llvm::toString(std::move(error)));
  ::ioctl(terminal.number(), TIOCEXCL);
  return std::make_unique<SerialPort>(std::move(terminal));
}

/// A pseudoterminal keeps the mode while its other end is open.
SerialPort::~SerialPort() { ::ioctl(descriptor(), TIOCNXCL); }

} // namespace fraglint
