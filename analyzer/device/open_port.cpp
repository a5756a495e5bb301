#include "device/open_port.h"

#include "device/engine.h"
#include "device/fd_port.h"
#include "device/friendly_port.h"
#include "device/process_port.h"
#include "device/serial_port.h"
#include "device/usb_port.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"

namespace fraglint {

namespace {

/// A UART behind which nobody tells how much it has taken: microcontrollers have room for some
/// dozens of bytes.
constexpr Pacing kUartPacing{32, Milliseconds(20)};
/// Measured with programs of 2 KB: the emulated micro:bit loses bytes with pauses of 1 ms, and none
/// with 2 ms. On a busy machine Port::awaitTaken waits longer.
constexpr Pacing kQemuPacing{32, Milliseconds(4)};

/// Whether the board behind the serial port at `path` is reset by its lines DTR and RTS.
bool resetsByLines(const std::string &path) {
  llvm::SmallString<128> real;
  if (llvm::sys::fs::real_path(path, real))
    return false;
  for (const UsbPort &port : usbPorts())
    if (port.path == real)
      return port.resetsByLines();
  return false;
}

/// Any kind of port as a port.
template <typename Kind>
llvm::Expected<std::unique_ptr<Port>> asPort(llvm::Expected<std::unique_ptr<Kind>> port) {
  if (!port)
    return port.takeError();
  return std::move(*port);
}

llvm::Expected<std::unique_ptr<Port>> startEngine(const DeviceAddress &address) {
  llvm::Expected<std::vector<std::string>> command = engineCommand(address, engineRoots());
  if (!command)
    return command.takeError();
  if (address.kind == DeviceKind::Unix32)
    return asPort(FriendlyPort::start(*command));
  bool readsKeys = address.kind == DeviceKind::Node || address.kind == DeviceKind::Qemu;
  ProcessOptions options;
  options.isReproducible = !readsKeys;
  return asPort(
      ProcessPort::start(*command, readsKeys ? InterruptBy::Key : InterruptBy::Signal, options));
}

} // namespace

bool isStarted(DeviceKind kind) {
  return kind == DeviceKind::Unix || kind == DeviceKind::Unix32 || kind == DeviceKind::Node ||
         kind == DeviceKind::Qemu || kind == DeviceKind::Exec;
}

ReplDeadlines usualDeadlines(DeviceKind kind) {
  constexpr Milliseconds kBusy{60'000};
  ReplDeadlines deadlines;
  if (isStarted(kind) && kind != DeviceKind::Exec) // of what that starts nothing is known
    deadlines.prompt = deadlines.transfer = kBusy;
  return deadlines;
}

bool endsAtReset(DeviceKind kind) { return isStarted(kind) && kind != DeviceKind::Qemu; }

Pacing pacingOf(DeviceKind kind) {
  if (kind == DeviceKind::Qemu)
    return kQemuPacing;
  return isStarted(kind) ? Pacing() : kUartPacing;
}

llvm::Expected<DeviceAddress> resolved(const DeviceAddress &address) {
  if (address.kind != DeviceKind::Auto)
    return address;
  llvm::Expected<UsbPort> board = onlyBoard(usbPorts());
  if (!board)
    return board.takeError();
  return DeviceAddress::parse("serial:" + board->path);
}

llvm::Expected<std::unique_ptr<Port>> openPort(const DeviceAddress &given,
                                               const ReplDeadlines &deadlines) {
  llvm::Expected<DeviceAddress> address = resolved(given);
  if (!address)
    return address.takeError();
  switch (address->kind) {
  case DeviceKind::Serial:
    return asPort(SerialPort::open(address->path, address->baud, resetsByLines(address->path)));
  case DeviceKind::Tcp:
    return asPort(FdPort::connectTcp(address->host, address->port, deadlineIn(deadlines.prompt)));
  case DeviceKind::Socket:
    return asPort(FdPort::connectUnix(address->path));
  case DeviceKind::Terminal:
    return asPort(FdPort::openTerminal(address->path));
  case DeviceKind::Unix:
  case DeviceKind::Unix32:
  case DeviceKind::Node:
  case DeviceKind::Qemu:
  case DeviceKind::Exec:
    return startEngine(*address);
  case DeviceKind::Auto:
    break;
  }
  llvm_unreachable("it was resolved");
}

} // namespace fraglint
