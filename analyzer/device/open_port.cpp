#include "device/open_port.h"

#include "device/engine.h"
#include "device/fd_port.h"
#include "device/process_port.h"

namespace fraglint {

namespace {

/// A UART behind which nobody tells how much it has taken: microcontrollers have room for some
/// dozens of bytes.
constexpr Pacing kUartPacing{32, Milliseconds(20)};
/// Measured with programs of 2 KB: the emulated micro:bit loses bytes with pauses of 1 ms, and none
/// with 2 ms or, on a machine busy with twice what it has processors for, 3 ms.
constexpr Pacing kQemuPacing{32, Milliseconds(10)};

/// Any kind of port as a port.
template <typename Kind>
llvm::Expected<std::unique_ptr<Port>> asPort(llvm::Expected<std::unique_ptr<Kind>> port) {
  if (!port)
    return port.takeError();
  return std::move(*port);
}

} // namespace

bool isStarted(DeviceKind kind) {
  return kind == DeviceKind::Unix || kind == DeviceKind::Node || kind == DeviceKind::Qemu ||
         kind == DeviceKind::Exec;
}

bool endsAtReset(DeviceKind kind) { return isStarted(kind) && kind != DeviceKind::Qemu; }

Pacing pacingOf(DeviceKind kind) {
  if (kind == DeviceKind::Qemu)
    return kQemuPacing;
  return isStarted(kind) ? Pacing() : kUartPacing;
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

} // namespace fraglint
