#pragma once
/// A port that writes down what passes through it.

#include "device/port.h"
#include "device/session.h"

#include <memory>

namespace fraglint {

/// Its errors are those of `port`, or say that the recording cannot be written.
class RecordingPort : public Port {
public:
  /// `writer` may be shared with the ports of other devices.
  static llvm::Expected<std::unique_ptr<Port>> open(llvm::Expected<std::unique_ptr<Port>> port,
                                                    std::shared_ptr<SessionWriter> writer);
  ~RecordingPort() override;

  llvm::Expected<size_t> read(llvm::MutableArrayRef<char> into, Deadline deadline) override;
  llvm::Expected<size_t> write(llvm::StringRef bytes, Deadline deadline) override;
  llvm::Expected<bool> interrupt(Deadline deadline) override;
  void awaitTaken(Deadline deadline) override { port_->awaitTaken(deadline); }
  bool hasPassed(Deadline deadline) override;

private:
  RecordingPort(std::unique_ptr<Port> port, std::shared_ptr<SessionWriter> writer, size_t device)
      : port_(std::move(port)), writer_(std::move(writer)), device_(device) {}

  llvm::Error add(SessionEventKind kind, llvm::StringRef text = "");
  llvm::Error end(llvm::Error error);

  std::unique_ptr<Port> port_;
  std::shared_ptr<SessionWriter> writer_;
  size_t device_;
  bool hasEnded_ = false;
};

} // namespace fraglint
