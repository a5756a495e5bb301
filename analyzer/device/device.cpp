#include "device/device.h"

#include "device/engine.h"
#include "device/fd_port.h"
#include "device/process_port.h"

#include "llvm/ADT/Twine.h"

namespace fraglint {

namespace {

/// A UART behind which nobody tells how much it has taken: the micro:bit's firmware has room for 64
/// bytes while it compiles or draws.
constexpr Pacing kUartPacing{32, Milliseconds(20)};

/// Started here, so it has a prompt to wait for.
bool isStarted(DeviceKind kind) {
  return kind == DeviceKind::Unix || kind == DeviceKind::Node || kind == DeviceKind::Qemu ||
         kind == DeviceKind::Exec;
}

bool hasUart(DeviceKind kind) { return kind == DeviceKind::Qemu || !isStarted(kind); }

/// Any kind of port as a port.
template <typename Kind>
llvm::Expected<std::unique_ptr<Port>> asPort(llvm::Expected<std::unique_ptr<Kind>> port) {
  if (!port)
    return port.takeError();
  return std::move(*port);
}

llvm::Expected<std::unique_ptr<Port>> openPort(const DeviceAddress &address,
                                               const ReplDeadlines &deadlines) {
  switch (address.kind) {
  case DeviceKind::Tcp:
    return asPort(FdPort::connectTcp(address.host, address.port, deadlineIn(deadlines.prompt)));
  case DeviceKind::Socket:
    return asPort(FdPort::connectUnix(address.path));
  case DeviceKind::Terminal:
    return asPort(FdPort::openTerminal(address.path));
  case DeviceKind::Unix:
  case DeviceKind::Node:
  case DeviceKind::Qemu:
  case DeviceKind::Exec:
    break;
  }
  llvm::Expected<std::vector<std::string>> command = engineCommand(address, engineRoots());
  if (!command)
    return command.takeError();
  bool readsKeys = address.kind == DeviceKind::Node || address.kind == DeviceKind::Qemu;
  return asPort(ProcessPort::start(*command, readsKeys ? InterruptBy::Key : InterruptBy::Signal));
}

} // namespace

llvm::Expected<std::unique_ptr<Device>> Device::open(const DeviceAddress &address,
                                                     const ReplDeadlines &deadlines) {
  llvm::Expected<std::unique_ptr<Port>> port = openPort(address, deadlines);
  if (!port)
    return port.takeError();
  ReplOptions options;
  options.isFresh = isStarted(address.kind);
  options.deadlines = deadlines;
  if (hasUart(address.kind))
    options.pacing = kUartPacing;
  llvm::Expected<std::unique_ptr<RawRepl>> repl = RawRepl::enter(**port, options);
  if (!repl)
    return repl.takeError();
  return std::unique_ptr<Device>(new Device(std::move(*port), std::move(*repl)));
}

llvm::Error Device::run(llvm::StringRef code, Milliseconds timeout, Execution &execution) {
  if (!repl_) {
    execution = Execution();
    return llvm::createStringError(failure_);
  }
  llvm::Error error = repl_->run(code, timeout, execution);
  if (!error || repl_->isUsable())
    return error;
  failure_ = llvm::toString(std::move(error));
  repl_.reset();
  port_.reset();
  return llvm::createStringError(failure_);
}

} // namespace fraglint
