#pragma once
/// An interpreter that runs programs: started for it on this machine, or reached over a port.

#include "device/device_address.h"
#include "device/raw_repl.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace fraglint {

/// Opens the port to a device once more. The error says why that cannot be.
using PortOpener = std::function<llvm::Expected<std::unique_ptr<Port>>()>;

/// In raw mode from beginning to end. Closing, and any failure, leaves raw mode where that can be,
/// and ends what was started: no process is left.
class Device {
public:
  /// Without `deadlines` those that are usual for what is at the address.
  static llvm::Expected<std::unique_ptr<Device>>
  open(const DeviceAddress &address, std::optional<ReplDeadlines> deadlines = std::nullopt);
  /// Over ports that `openPort` opens, to a device that behaves as `address` says.
  static llvm::Expected<std::unique_ptr<Device>>
  open(const DeviceAddress &address, const ReplDeadlines &deadlines, PortOpener openPort);

  /// Runs `code`; after `timeout` Ctrl-C ends it, and so it does behind `mostBytes` of output.
  /// Where the device fails, the error says how, `execution` holds what came before, and later
  /// calls fail with the same words.
  llvm::Error run(llvm::StringRef code, Milliseconds timeout, Execution &execution,
                  size_t mostBytes = kMostOutputBytes);

  /// Whether the interpreter was in raw mode already when it was reached: someone who was killed,
  /// say, left it so.
  bool wasLeftRaw() const { return repl_ && repl_->wasLeftRaw(); }

  /// Makes the interpreter forget all that was run: a board restarts it, an engine that would end
  /// then is started anew, and so is one that has failed. Its port is opened once more where the
  /// device has failed.
  llvm::Error softReset();

private:
  Device(DeviceKind kind, const ReplOptions &options, PortOpener openPort)
      : kind_(kind), options_(options), openPort_(std::move(openPort)) {}

  llvm::Error start();
  llvm::Error fail(llvm::Error error);

  DeviceKind kind_;

  ReplOptions options_;
  PortOpener openPort_;
  std::unique_ptr<Port> port_;
  std::unique_ptr<RawRepl> repl_; ///< over port_, so declared after it; null once it has failed
  std::string failure_;
};

} // namespace fraglint
