#include "device/fd_port.h"

#include "device/terminal_mode.h"
#include "device/wait.h"

#include "llvm/ADT/Twine.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>

namespace fraglint {

namespace {

llvm::Error cannotConnect(const llvm::Twine &where, int number) {
  return llvm::createStringError("cannot connect to " + where + ": " + std::strerror(number));
}

/// Connects without blocking: `Expected` where the other end did not answer in time, too.
llvm::Expected<FileDescriptor> connectSocket(const sockaddr *address, socklen_t length,
                                             const llvm::Twine &where, Deadline deadline) {
  FileDescriptor socket(
      ::socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.isOpen())
    return cannotConnect(where, errno);
  if (::connect(socket.number(), address, length) == 0)
    return socket;
  if (errno != EINPROGRESS)
    return cannotConnect(where, errno);
  llvm::Expected<bool> ready = waitFor(socket.number(), Readiness::Write, deadline);
  if (!ready)
    return ready.takeError();
  if (!*ready)
    return cannotConnect(where, ETIMEDOUT);
  int outcome = 0;
  socklen_t outcomeLength = sizeof outcome;
  ::getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &outcome, &outcomeLength);
  if (outcome != 0)
    return cannotConnect(where, outcome);
  return socket;
}

bool isTransient(int number) {
  return number == EINTR || number == EAGAIN || number == EWOULDBLOCK;
}

/// A pseudoterminal whose other end is closed answers EIO.
llvm::Error closedPort(int number) {
  if (number == 0 || number == EIO || number == EPIPE || number == ECONNRESET)
    return llvm::createStringError("the other end of the port is closed");
  return llvm::createStringError(llvm::Twine("the port failed: ") + std::strerror(number));
}

} // namespace

llvm::Expected<std::unique_ptr<FdPort>> FdPort::openTerminal(const std::string &path) {
  FileDescriptor terminal(::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
  if (!terminal.isOpen())
    return llvm::createStringError("cannot open " + path + ": " + std::strerror(errno));
  if (llvm::Error error = makeRaw(terminal.number()))
    return llvm::createStringError(path + ": " + llvm::toString(std::move(error)));
  return std::make_unique<FdPort>(std::move(terminal));
}

llvm::Expected<std::unique_ptr<FdPort>> FdPort::connectUnix(const std::string &path) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return cannotConnect(path, ENAMETOOLONG);
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  // Such a socket connects at once or not at all.
  llvm::Expected<FileDescriptor> socket =
      connectSocket(reinterpret_cast<const sockaddr *>(&address), sizeof address, path, Deadline());
  if (!socket)
    return socket.takeError();
  return std::make_unique<FdPort>(std::move(*socket));
}

llvm::Expected<std::unique_ptr<FdPort>> FdPort::connectTcp(const std::string &host, uint16_t port,
                                                           Deadline deadline) {
  const char *numeric = host == "localhost" ? "127.0.0.1" : host.c_str();
  std::string where = host + ":" + std::to_string(port);
  sockaddr_in four = {};
  four.sin_family = AF_INET;
  four.sin_port = htons(port);
  sockaddr_in6 six = {};
  six.sin6_family = AF_INET6;
  six.sin6_port = htons(port);
  llvm::Expected<FileDescriptor> socket = FileDescriptor();
  if (::inet_pton(AF_INET, numeric, &four.sin_addr) == 1)
    socket = connectSocket(reinterpret_cast<const sockaddr *>(&four), sizeof four, where, deadline);
  else if (::inet_pton(AF_INET6, numeric, &six.sin6_addr) == 1)
    socket = connectSocket(reinterpret_cast<const sockaddr *>(&six), sizeof six, where, deadline);
  else
    return llvm::createStringError("`" + host +
                                   "` is no numeric address, and names are not resolved; "
                                   "`getent hosts " +
                                   host + "` tells the address");
  if (!socket)
    return socket.takeError();
  return std::make_unique<FdPort>(std::move(*socket));
}

FdPort::FdPort(FileDescriptor descriptor) : descriptor_(std::move(descriptor)) {
  int flags = ::fcntl(descriptor_.number(), F_GETFL);
  ::fcntl(descriptor_.number(), F_SETFL, flags | O_NONBLOCK);
  struct stat status = {};
  isSocket_ = ::fstat(descriptor_.number(), &status) == 0 && S_ISSOCK(status.st_mode);
}

llvm::Expected<size_t> FdPort::read(llvm::MutableArrayRef<char> into, Deadline deadline) {
  for (;;) {
    llvm::Expected<bool> ready = waitFor(descriptor_.number(), Readiness::Read, deadline);
    if (!ready)
      return ready.takeError();
    if (!*ready)
      return 0;
    ssize_t count = ::read(descriptor_.number(), into.data(), into.size());
    if (count > 0)
      return static_cast<size_t>(count);
    if (count == 0 || !isTransient(errno))
      return closedPort(count == 0 ? 0 : errno);
  }
}

llvm::Expected<size_t> FdPort::write(llvm::StringRef bytes, Deadline deadline) {
  size_t done = 0;
  while (done < bytes.size()) {
    llvm::Expected<bool> ready = waitFor(descriptor_.number(), Readiness::Write, deadline);
    if (!ready)
      return ready.takeError();
    if (!*ready)
      break;
    const char *rest = bytes.data() + done;
    // A closed socket is an error here, not a signal that ends the tool.
    ssize_t count = isSocket_
                        ? ::send(descriptor_.number(), rest, bytes.size() - done, MSG_NOSIGNAL)
                        : ::write(descriptor_.number(), rest, bytes.size() - done);
    if (count >= 0)
      done += static_cast<size_t>(count);
    else if (!isTransient(errno))
      return closedPort(errno);
  }
  return done;
}

} // namespace fraglint
