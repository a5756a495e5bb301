#pragma once
/// A port to a device that was recorded: it answers as the device did, to the same words.

#include "device/port.h"
#include "device/session.h"

#include <memory>

namespace fraglint {

/// Nothing waits: a deadline that passed in the recording passes at once, and no other does.
class ReplayPort : public Port {
public:
  /// To the device of that number, from 0. The error says that it could not be opened in the
  /// recording either, or that fewer were opened.
  static llvm::Expected<std::unique_ptr<Port>> open(std::shared_ptr<const Session> session,
                                                    size_t device);

  /// The errors of these say at which line the recording goes on otherwise.
  llvm::Expected<size_t> read(llvm::MutableArrayRef<char> into, Deadline deadline) override;
  llvm::Expected<size_t> write(llvm::StringRef bytes, Deadline deadline) override;
  llvm::Expected<bool> interrupt(Deadline deadline) override;
  bool hasPassed(Deadline deadline) override;

private:
  ReplayPort(std::shared_ptr<const Session> session, size_t device)
      : session_(std::move(session)), events_(session_->devices[device]) {}

  bool isAt(SessionEventKind kind) const;
  void step();
  llvm::Error differs(llvm::StringRef done, llvm::StringRef bytes = "") const;

  std::shared_ptr<const Session> session_;
  llvm::ArrayRef<SessionEvent> events_; ///< those to come
  size_t offset_ = 0;                   ///< in the text of the first of them
  /// Since the last write. Where more came in one piece than then, it is the wait after the one
  /// that asked for which it was too late.
  bool wasLate_ = false;
};

} // namespace fraglint
