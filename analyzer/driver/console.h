#pragma once
/// Where the tool's words go: standard output and standard error, and what is known of them.

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <string>

namespace fraglint {

enum class ColourMode : uint8_t { Auto, Always, Never };

/// One per process; not thread-safe. A reader that goes away (`| head`) is no error.
class Console {
public:
  Console();
  /// Drops what could not be written: take() tells about that.
  ~Console();

  llvm::raw_fd_ostream &out() { return out_; }
  llvm::raw_fd_ostream &err() { return err_; }
  bool outIsTerminal() const { return outIsTerminal_; }
  bool errIsTerminal() const { return errIsTerminal_; }
  /// Whether standard output is to be coloured: as asked, else by NO_COLOR and FORCE_COLOR, else
  /// where it is a terminal.
  bool usesColour(ColourMode mode) const;

  /// `fraglint: MESSAGE` on standard error, one such line for each of the message's.
  void complain(llvm::StringRef message);
  /// Whether nobody reads standard output any more.
  bool isClosed() const;
  /// Writes out what is buffered. False, with a word on standard error, where that fails.
  bool finish();

private:
  llvm::raw_fd_ostream out_;
  llvm::raw_fd_ostream err_;
  bool outIsTerminal_;
  bool errIsTerminal_;
};

/// Writes out what `os` has buffered and forgets its error: why it failed, empty where it did
/// not, or where only its reader went away.
std::string finishStream(llvm::raw_fd_ostream &os);

} // namespace fraglint
