#include "verify/device_target.h"

#include "heap/target_recognition.h"

namespace fraglint {

const Target *targetOfDevice(const DeviceAddress &device, llvm::StringRef firmware) {
  switch (device.kind) {
  case DeviceKind::Unix:
    return findTarget("micropython/unix-64");
  case DeviceKind::Unix32:
    return findTarget("micropython/unix-32-1.25");
  case DeviceKind::Node:
    return findTarget("micropython/webassembly");
  case DeviceKind::Qemu:
    return findTarget("micropython/microbit");
  case DeviceKind::Exec:
  case DeviceKind::Serial:
  case DeviceKind::Auto:
  case DeviceKind::Tcp:
  case DeviceKind::Socket:
  case DeviceKind::Terminal:
    break;
  }
  return targetFromImplementation(firmware);
}

} // namespace fraglint
