#pragma once
/// Where devices come from: an engine or board, or a session that was recorded of one.

#include "device/device.h"
#include "device/session.h"

#include <memory>
#include <optional>
#include <string>

namespace fraglint {

/// May be moved and may go before the devices that came from it.
class DeviceSource {
public:
  /// What is there now, at `address`. Nothing is opened yet, but `auto` is looked up. Without
  /// `deadlines` those that are usual there.
  static llvm::Expected<DeviceSource> at(const DeviceAddress &address,
                                         std::optional<ReplDeadlines> deadlines = std::nullopt);
  /// The session in the file at `path`: its devices come in the order in which they were opened
  /// then, and no process or port is needed. The error says what is wrong with the file.
  static llvm::Expected<DeviceSource> replaying(const std::string &path);

  /// Of the device now, or then.
  const DeviceAddress &address() const { return address_; }
  bool isReplay() const { return session_ != nullptr; }

  /// From now on keeps the exchange with all devices opened from here in the file at `path`, which
  /// is replaced. Not for a replay.
  llvm::Error recordTo(const std::string &path);

  /// A device that remembers nothing: an engine is started, a board's interpreter is restarted.
  llvm::Expected<std::unique_ptr<Device>> open();

private:
  explicit DeviceSource(DeviceAddress address) : address_(std::move(address)) {}

  PortOpener opener() const;

  DeviceAddress address_;
  ReplDeadlines deadlines_;
  std::shared_ptr<SessionWriter> writer_; ///< null where nothing is recorded
  std::shared_ptr<const Session> session_; ///< null where nothing is replayed
  std::shared_ptr<size_t> replayed_; ///< how many ports were opened in the replay
};

} // namespace fraglint
