#pragma once
/// From the address of a device to a port to it.

#include "device/device_address.h"
#include "device/port.h"
#include "device/raw_repl.h"

#include <memory>

namespace fraglint {

/// `auto` as the address of the board that it means now; all others as they are. The error lists
/// the ports that there are.
llvm::Expected<DeviceAddress> resolved(const DeviceAddress &address);

/// Starts the engine of `address`, or connects to what is there, within `deadlines.prompt`.
llvm::Expected<std::unique_ptr<Port>> openPort(const DeviceAddress &address,
                                               const ReplDeadlines &deadlines);

/// Whether the interpreter is started by openPort(), so that it has a prompt to wait for.
bool isStarted(DeviceKind kind);
/// An engine shares this machine's processors, and may wait for them a while: a board that says
/// nothing for so long is not there.
ReplDeadlines usualDeadlines(DeviceKind kind);

/// Whether a soft reset ends the interpreter, as it does where that is a process: measured on
/// MicroPython for Unix and its WebAssembly build. An emulated board restarts as a real one.
bool endsAtReset(DeviceKind kind);

/// How fast a device of that kind takes what it does not acknowledge.
Pacing pacingOf(DeviceKind kind);

} // namespace fraglint
