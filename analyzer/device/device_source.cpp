#include "device/device_source.h"

#include "device/open_port.h"
#include "device/recording_port.h"
#include "device/replay_port.h"

#include <cassert>

namespace fraglint {

llvm::Expected<DeviceSource> DeviceSource::at(const DeviceAddress &address,
                                              std::optional<ReplDeadlines> deadlines) {
  llvm::Expected<DeviceAddress> found = resolved(address);
  if (!found)
    return found.takeError();
  DeviceSource source(std::move(*found));
  source.deadlines_ = deadlines.value_or(usualDeadlines(source.address_.kind));
  return source;
}

llvm::Expected<DeviceSource> DeviceSource::replaying(const std::string &path) {
  llvm::Expected<Session> session = Session::load(path);
  if (!session)
    return session.takeError();
  llvm::Expected<DeviceAddress> address = DeviceAddress::parse(session->device);
  if (!address)
    return llvm::createStringError(path + ":2: " + llvm::toString(address.takeError()));
  DeviceSource source(std::move(*address));
  source.session_ = std::make_shared<const Session>(std::move(*session));
  source.replayed_ = std::make_shared<size_t>(0);
  return source;
}

llvm::Error DeviceSource::recordTo(const std::string &path) {
  assert(!isReplay());
  llvm::Expected<std::unique_ptr<SessionWriter>> writer =
      SessionWriter::create(path, address_.text);
  if (!writer)
    return writer.takeError();
  writer_ = std::move(*writer);
  return llvm::Error::success();
}

llvm::Expected<std::unique_ptr<Device>> DeviceSource::open() {
  llvm::Expected<std::unique_ptr<Device>> device = Device::open(address_, deadlines_, opener());
  if (!device || isStarted(address_.kind))
    return device;
  if (llvm::Error error = (*device)->softReset())
    return error;
  return device;
}

PortOpener DeviceSource::opener() const {
  if (session_)
    return [session = session_, replayed = replayed_] {
      return ReplayPort::open(session, (*replayed)++);
    };
  PortOpener live = [address = address_, deadlines = deadlines_] {
    return openPort(address, deadlines);
  };
  if (!writer_)
    return live;
  return [live, writer = writer_] { return RecordingPort::open(live(), writer); };
}

} // namespace fraglint
