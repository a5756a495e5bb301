#pragma once
/// What passed between the tool and devices, as a text file that people can read and compare.
///
///     fraglint-session/1
///     device unix:64k
///     1 open
///     1 read "MicroPython 1.28\r\n"
///     1 read ">>> "
///     1 write "\r\x03"
///     1 silence
///     1 close
///
/// A line is an event of one of the devices, which are numbered as they were opened. Reads follow
/// each other without a gap, and so do writes: an event ends where a line of text does, whatever
/// the pieces were in which it came.

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fraglint {

enum class SessionEventKind : uint8_t {
  Open,      ///< the port was opened
  Refused,   ///< it could not be opened; the text says why
  Write,     ///< the text was written
  Read,      ///< the text was read
  Silence,   ///< nothing came before the deadline
  Full,      ///< no more was taken before the deadline
  Late,      ///< a deadline had passed, though bytes came
  Interrupt, ///< the program was interrupted
  End,       ///< the port failed; the text says how
  Close,     ///< the port was closed
};

struct SessionEvent {
  SessionEventKind kind;
  size_t line = 0;  ///< of the file, from 1
  std::string text; ///< as it was, without escapes
};

/// A session that was recorded.
struct Session {
  std::string path;
  std::string device;                             ///< its address, as it was written
  std::vector<std::vector<SessionEvent>> devices; ///< the events of each, in order

  /// The error names the line that is broken.
  static llvm::Expected<Session> load(const std::string &path);
  static llvm::Expected<Session> parse(llvm::StringRef bytes, const std::string &path);
};

/// Writes a session as it happens. What is written is in the file at the end of each event but the
/// last, so that a recording that breaks off can be read still.
class SessionWriter {
public:
  /// Replaces the file at `path`.
  static llvm::Expected<std::unique_ptr<SessionWriter>> create(const std::string &path,
                                                               llvm::StringRef device);
  ~SessionWriter();

  /// The number of one more device.
  size_t addDevice() { return ++devices_; }

  /// The error says that the file cannot be written.
  llvm::Error add(size_t device, SessionEventKind kind, llvm::StringRef text = "");

private:
  SessionWriter(const std::string &path, int descriptor)
      : path_(path), os_(descriptor, /*shouldClose=*/true) {}

  llvm::Error finishLine();

  std::string path_;
  llvm::raw_fd_ostream os_;
  size_t devices_ = 0;
  size_t pendingDevice_ = 0; ///< of the text that waits for the end of its line; 0 for none
  SessionEventKind pendingKind_ = SessionEventKind::Read;
  std::string pendingText_;
};

} // namespace fraglint
