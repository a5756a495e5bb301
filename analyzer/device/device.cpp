#include "device/device.h"

#include "device/open_port.h"

#include "llvm/ADT/Twine.h"

namespace fraglint {

llvm::Expected<std::unique_ptr<Device>> Device::open(const DeviceAddress &address,
                                                     std::optional<ReplDeadlines> deadlines) {
  ReplDeadlines chosen = deadlines.value_or(usualDeadlines(address.kind));
  return open(address, chosen, [=] { return openPort(address, chosen); });
}

llvm::Expected<std::unique_ptr<Device>>
Device::open(const DeviceAddress &address, const ReplDeadlines &deadlines, PortOpener openPort) {
  ReplOptions options;
  options.isFresh = isStarted(address.kind);
  options.deadlines = deadlines;
  options.pacing = pacingOf(address.kind);
  std::unique_ptr<Device> device(new Device(address.kind, options, std::move(openPort)));
  if (llvm::Error error = device->start())
    return error;
  return device;
}

llvm::Error Device::start() {
  if (llvm::Error error = openPort_().moveInto(port_))
    return error;
  return RawRepl::enter(*port_, options_).moveInto(repl_);
}

llvm::Error Device::run(llvm::StringRef code, Milliseconds timeout, Execution &execution,
                        size_t mostBytes) {
  if (!repl_) {
    execution = Execution();
    return llvm::createStringError(failure_);
  }
  llvm::Error error = repl_->run(code, timeout, execution, mostBytes);
  return !error || repl_->isUsable() ? std::move(error) : fail(std::move(error));
}

llvm::Error Device::softReset() {
  if (!repl_ || endsAtReset(kind_)) {
    repl_.reset();
    port_.reset(); // a board's port opens once
    if (llvm::Error error = start())
      return fail(std::move(error));
    if (isStarted(kind_))
      return llvm::Error::success();
  }
  llvm::Error error = repl_->softReset();
  return error ? fail(std::move(error)) : llvm::Error::success();
}

/// Lets go of the device and keeps the words.
llvm::Error Device::fail(llvm::Error error) {
  failure_ = llvm::toString(std::move(error));
  repl_.reset();
  port_.reset();
  return llvm::createStringError(failure_);
}

} // namespace fraglint
