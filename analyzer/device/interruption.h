#pragma once
/// The signals that ask this process to end, as the end of what it waits for.

#include "llvm/Support/Error.h"

namespace fraglint {

/// That a wait was ended by a signal. The port is as it was.
class Interrupted : public llvm::ErrorInfo<Interrupted> {
public:
  static char ID;
  void log(llvm::raw_ostream &os) const override;
  std::error_code convertToErrorCode() const override;
};

/// While it lives, SIGINT, SIGTERM and SIGHUP do not end this process: every wait of this layer,
/// from then on, ends at once with the error Interrupted, so that boards leave raw mode and
/// children end on the ordinary way out. One at a time, in a process.
class InterruptionGuard {
public:
  InterruptionGuard();
  ~InterruptionGuard(); ///< as it was before
  InterruptionGuard(const InterruptionGuard &) = delete;
  InterruptionGuard &operator=(const InterruptionGuard &) = delete;

  /// The signal that came first; 0 where none has.
  static int signal();
};

/// While one lives, waits are not ended by signals: the way out has waits of its own.
class WayOut {
public:
  WayOut();
  ~WayOut();
  WayOut(const WayOut &) = delete;
  WayOut &operator=(const WayOut &) = delete;
};

/// What a wait watches: readable once a signal has come. -1, which poll() passes over, while
/// nothing is to be watched.
int interruptionDescriptor();

} // namespace fraglint
