#pragma once
/// Bytes to and from an interpreter, whatever carries them.

#include "device/deadline.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace fraglint {

/// A deadline that passes is a value, since the caller decides what it means; an error says that
/// the port is of no more use: the other end is gone.
class Port {
public:
  virtual ~Port() = default;

  /// Waits until there is something to read and reads at most `into.size()` bytes of it: how many
  /// there were, 0 where nothing came before the deadline.
  virtual llvm::Expected<size_t> read(llvm::MutableArrayRef<char> into, Deadline deadline) = 0;

  /// Writes all of `bytes`, or what the other end takes before the deadline: how many bytes that
  /// was.
  virtual llvm::Expected<size_t> write(llvm::StringRef bytes, Deadline deadline) = 0;

  /// Interrupts the program that the interpreter runs: the key Ctrl-C, unless it wants something
  /// else. False where the deadline passed.
  virtual llvm::Expected<bool> interrupt(Deadline deadline);

  /// Waits until the other end has taken in what was written, where that can be told.
  virtual void awaitTaken(Deadline deadline);

  /// Whether it is too late. Asked here, since for a device that was recorded it is not the clock
  /// that tells.
  virtual bool hasPassed(Deadline deadline);
};

} // namespace fraglint
