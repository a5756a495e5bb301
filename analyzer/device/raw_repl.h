#pragma once
/// MicroPython's raw REPL: programs sent to the interpreter behind a port, and their answers.
///
/// https://docs.micropython.org/en/latest/reference/repl.html, "Raw mode" and "Raw-paste mode".

#include "device/port.h"

#include <memory>
#include <string>

namespace fraglint {

class RawAnswer;

/// What a program did. Bytes as they came: they need not be UTF-8.
struct Execution {
  std::string output;
  std::string error; ///< the traceback; empty where the program ran to its end
  bool timedOut = false;
};

/// A program that writes more has run away.
inline constexpr size_t kMostOutputBytes = 16 << 20;

/// How plain raw mode is written, where the firmware has no raw-paste mode: nothing tells there
/// how much it has taken, and a UART loses what it has no room for.
struct Pacing {
  size_t pieceBytes = 256;
  Milliseconds pause{0}; ///< after each piece
};

/// How long each wait may take.
struct ReplDeadlines {
  Milliseconds prompt{5000};    ///< until raw mode is entered
  Milliseconds transfer{5000};  ///< for the engine to take each part of a program
  Milliseconds interrupt{2000}; ///< from Ctrl-C to the end of a program
};

struct ReplOptions {
  /// The interpreter has just been started: its prompt is awaited first, since what is sent before
  /// may be lost.
  bool isFresh = false;
  Pacing pacing = {};
  ReplDeadlines deadlines = {};
};

class RawRepl {
public:
  /// Interrupts what runs and enters raw mode. `port` outlives the result, which leaves raw mode in
  /// its destructor.
  static llvm::Expected<std::unique_ptr<RawRepl>> enter(Port &port,
                                                        const ReplOptions &options = {});
  ~RawRepl();
  RawRepl(const RawRepl &) = delete;
  RawRepl &operator=(const RawRepl &) = delete;

  /// Whether the interpreter was in raw mode already: someone left without leaving it.
  bool wasLeftRaw() const { return wasLeftRaw_; }

  /// Whether it runs programs still; not after a failure that leaves the interpreter in an
  /// unknown state.
  bool isUsable() const { return isUsable_; }

  /// Runs `code`; after `timeout` Ctrl-C ends it, and so it does behind `mostBytes` of output.
  /// Where that fails, `execution` holds what came before.
  llvm::Error run(llvm::StringRef code, Milliseconds timeout, Execution &execution,
                  size_t mostBytes = kMostOutputBytes);

  /// Restarts the interpreter, which forgets every name and starts with an empty heap: a board does
  /// so and stays in raw mode. The error says what came instead; an engine that is a process ends.
  llvm::Error softReset();

private:
  /// What the firmware said when it was asked for raw-paste mode.
  enum class Paste : uint8_t { NotAsked, Offered, NotOffered };

  RawRepl(Port &port, const ReplOptions &options) : port_(port), options_(options) {}

  llvm::Error enterRawMode();
  llvm::Error awaitPrompt();
  llvm::Error synchronise();
  llvm::Error send(llvm::StringRef code);
  llvm::Expected<bool> beginPaste();
  llvm::Error sendPasted(llvm::StringRef code);
  llvm::Expected<bool> awaitRoom(size_t &room, size_t windowBytes);
  llvm::Error sendPaced(llvm::StringRef code);
  llvm::Error collectAnswer(Milliseconds timeout, size_t mostBytes, Execution &execution);
  llvm::Expected<bool> receiveAnswer(RawAnswer &answer, Deadline deadline);
  llvm::Error interrupt(RawAnswer &answer);
  void leave();

  llvm::Error write(llvm::StringRef bytes, Deadline deadline);
  llvm::Expected<bool> receive(Deadline deadline);
  llvm::Expected<bool> receiveUntil(llvm::StringRef wanted, Deadline deadline);
  llvm::Expected<bool> receiveBytes(size_t count, Deadline deadline);
  std::string take(size_t count);
  llvm::Error tooLate(llvm::StringRef what, Milliseconds allowed) const;

  Port &port_;
  ReplOptions options_;
  std::string received_; ///< and not yet taken
  std::string passed_; ///< what receiveUntil() skipped before it found what it wanted
  Paste paste_ = Paste::NotAsked;
  bool wasLeftRaw_ = false;
  bool wasEntered_ = false;
  bool isUsable_ = false; ///< in raw mode, nothing running
};

} // namespace fraglint
