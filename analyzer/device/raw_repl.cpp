#include "device/raw_repl.h"

#include "device/interruption.h"
#include "device/raw_answer.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

namespace fraglint {

namespace {

constexpr llvm::StringLiteral kEndOfCode = "\x04";
constexpr llvm::StringLiteral kMoreRoom = "\x01"; ///< for another window of code
/// Out of a line or a program, whatever it is, and into raw mode. CircuitPython wants a key
/// before it shows its prompt: the line end.
constexpr llvm::StringLiteral kEnterRaw = "\r\x03\x03\r\x01";
constexpr llvm::StringLiteral kLeaveRaw = "\r\x03\x02";
constexpr llvm::StringLiteral kRawPrompt = "raw REPL; CTRL-B to exit\r\n>";
/// What every firmware says, some with a name before it.
constexpr llvm::StringLiteral kRestarted = "soft reboot";
constexpr llvm::StringLiteral kFriendlyPrompt = ">>> ";
constexpr llvm::StringLiteral kAskForPaste = "\x05"
                                             "A\x01";
constexpr llvm::StringLiteral kAccepted = "OK";

/// A board that is still booting hears nothing: asked again so often.
constexpr Milliseconds kAskAgain(500);
/// Programs may catch KeyboardInterrupt: interrupted again so often.
constexpr Milliseconds kInterruptAgain(250);
/// For the way out: a board that does not say so is left as it is.
constexpr Milliseconds kLeaving(1000);
/// Of an error message.
constexpr size_t kShownBytes = 80;
/// What is kept while something is waited for that does not come.
constexpr size_t kKeptBytes = 4096;

std::string seconds(Milliseconds time) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%g s", static_cast<double>(time.count()) / 1000);
  return text;
}

/// The end of `bytes`, with all that is not printable escaped.
std::string shown(llvm::StringRef bytes) {
  if (bytes.empty())
    return "nothing";
  std::string text = bytes.size() > kShownBytes ? "…" : "";
  llvm::raw_string_ostream os(text);
  os << '`';
  os.write_escaped(bytes.take_back(kShownBytes), /*UseHexEscapes=*/true) << '`';
  return text;
}

/// Raw mode takes these as commands to itself.
llvm::Error refuseCommands(llvm::StringRef code) {
  for (size_t offset = 0; offset < code.size(); ++offset)
    if (code[offset] >= 1 && code[offset] <= 4)
      return llvm::createStringError(
          llvm::formatv("the program holds the control byte {0} at offset {1}, which the raw REPL "
                        "takes as a command; write it as \\x0{0}",
                        static_cast<int>(code[offset]), offset));
  return llvm::Error::success();
}

} // namespace

llvm::Expected<std::unique_ptr<RawRepl>> RawRepl::enter(Port &port, const ReplOptions &options) {
  std::unique_ptr<RawRepl> repl(new RawRepl(port, options));
  if (options.isFresh)
    if (llvm::Error error = repl->awaitPrompt())
      return error;
  if (llvm::Error error = repl->enterRawMode())
    return error;
  return repl;
}

RawRepl::~RawRepl() { leave(); }

llvm::Error RawRepl::awaitPrompt() {
  const Milliseconds allowed = options_.deadlines.prompt;
  llvm::Expected<bool> found = receiveUntil(kFriendlyPrompt, deadlineIn(allowed));
  if (!found)
    return found.takeError();
  return *found ? llvm::Error::success() : tooLate("no prompt", allowed);
}

llvm::Error RawRepl::enterRawMode() {
  Deadline deadline = deadlineIn(options_.deadlines.prompt);
  bool found = false;
  while (!found) {
    if (port_.hasPassed(deadline))
      return tooLate("no raw REPL prompt", options_.deadlines.prompt);
    if (llvm::Error error = write(kEnterRaw, deadline))
      return error;
    if (llvm::Error error =
            receiveUntil(kRawPrompt, std::min(deadline, deadlineIn(kAskAgain))).moveInto(found))
      return error;
  }
  wasLeftRaw_ = !llvm::StringRef(passed_).contains(kFriendlyPrompt);
  if (llvm::Error error = synchronise())
    return error;
  isUsable_ = wasEntered_ = true;
  return llvm::Error::success();
}

/// Reads over what was said before: older prompts, and the answers to what was asked too often.
llvm::Error RawRepl::synchronise() {
  Deadline deadline = deadlineIn(options_.deadlines.prompt);
  if (llvm::Error error = write("pass\x04", deadline))
    return error;
  llvm::Expected<bool> found = receiveUntil("OK\x04\x04>", deadline);
  if (!found)
    return found.takeError();
  return *found ? llvm::Error::success()
                : tooLate("no answer in raw mode", options_.deadlines.prompt);
}

llvm::Error RawRepl::run(llvm::StringRef code, Milliseconds timeout, Execution &execution,
                         size_t mostBytes) {
  execution = Execution();
  if (llvm::Error error = refuseCommands(code))
    return error;
  if (!isUsable_)
    return llvm::createStringError("the raw REPL failed before and runs nothing any more");
  isUsable_ = false;
  if (llvm::Error error = send(code))
    return error;
  if (llvm::Error error = collectAnswer(timeout, mostBytes, execution))
    return error;
  isUsable_ = true;
  return llvm::Error::success();
}

llvm::Error RawRepl::softReset() {
  if (!isUsable_)
    return llvm::createStringError("the raw REPL failed before and cannot be reset any more");
  isUsable_ = false;
  const Milliseconds allowed = options_.deadlines.prompt;
  Deadline deadline = deadlineIn(allowed);
  // An empty program; also after what raw-paste mode left.
  if (llvm::Error error = write(kEndOfCode, deadline))
    return error;
  for (llvm::StringRef wanted : {llvm::StringRef(kRestarted), llvm::StringRef(kRawPrompt)}) {
    llvm::Expected<bool> found = receiveUntil(wanted, deadline);
    if (!found)
      return found.takeError();
    if (!*found)
      return tooLate("no restart after Ctrl-D", allowed);
  }
  if (llvm::Error error = synchronise())
    return error;
  isUsable_ = true;
  return llvm::Error::success();
}

llvm::Error RawRepl::send(llvm::StringRef code) {
  if (paste_ != Paste::NotOffered) {
    llvm::Expected<bool> begun = beginPaste();
    if (!begun)
      return begun.takeError();
    paste_ = *begun ? Paste::Offered : Paste::NotOffered;
  }
  return paste_ == Paste::Offered ? sendPasted(code) : sendPaced(code);
}

/// Asks for raw-paste mode: whether it is entered.
llvm::Expected<bool> RawRepl::beginPaste() {
  Deadline deadline = deadlineIn(options_.deadlines.prompt);
  if (llvm::Error error = write(kAskForPaste, deadline))
    return error;
  llvm::Expected<bool> answered = receiveBytes(2, deadline);
  if (!answered)
    return answered.takeError();
  if (!*answered)
    return tooLate("no answer when asked for raw-paste mode", options_.deadlines.prompt);
  llvm::StringRef answer(received_);
  if (answer.starts_with("R\x01"))
    return take(2), true;
  if (answer.starts_with(llvm::StringRef("R\0", 2)))
    return take(2), false;
  // An older firmware takes the last byte alone, which begins raw mode once more.
  llvm::Expected<bool> found = receiveUntil(kRawPrompt, deadline);
  if (!found)
    return found.takeError();
  if (!*found)
    return tooLate("no raw REPL prompt when asked for raw-paste mode", options_.deadlines.prompt);
  return false;
}

/// Raw-paste mode: the engine says how many bytes it has room for.
llvm::Error RawRepl::sendPasted(llvm::StringRef code) {
  llvm::Expected<bool> answered = receiveBytes(2, deadlineIn(options_.deadlines.transfer));
  if (!answered)
    return answered.takeError();
  if (!*answered)
    return tooLate("no window size in raw-paste mode", options_.deadlines.transfer);
  std::string window = take(2);
  const size_t windowBytes =
      static_cast<unsigned char>(window[0]) | static_cast<unsigned char>(window[1]) << 8;
  size_t room = windowBytes;
  while (!code.empty()) {
    llvm::Expected<bool> wantsMore = awaitRoom(room, windowBytes);
    if (!wantsMore)
      return wantsMore.takeError();
    if (!*wantsMore) // acknowledged, it goes on to its error
      return write(kEndOfCode, deadlineIn(options_.deadlines.transfer));
    llvm::StringRef piece = code.take_front(room);
    if (llvm::Error error = write(piece, deadlineIn(options_.deadlines.transfer)))
      return error;
    code = code.drop_front(piece.size());
    room -= piece.size();
  }
  if (llvm::Error error = write(kEndOfCode, deadlineIn(options_.deadlines.transfer)))
    return error;
  llvm::Expected<bool> taken = receiveUntil(kEndOfCode, deadlineIn(options_.deadlines.transfer));
  if (!taken)
    return taken.takeError();
  return *taken ? llvm::Error::success()
                : tooLate("the program is not taken", options_.deadlines.transfer);
}

/// Waits until the engine has room for at least a byte; false where it wants no more, since it
/// cannot compile what it has seen.
llvm::Expected<bool> RawRepl::awaitRoom(size_t &room, size_t windowBytes) {
  Deadline deadline = deadlineIn(options_.deadlines.transfer);
  while (room == 0 || !received_.empty()) {
    llvm::Expected<bool> came = receiveBytes(1, deadline);
    if (!came)
      return came.takeError();
    if (!*came)
      return tooLate("the program is not taken", options_.deadlines.transfer);
    std::string word = take(1);
    if (word == kEndOfCode)
      return false;
    if (word != kMoreRoom)
      return llvm::createStringError("raw-paste mode was disturbed; got " +
                                     shown(word + received_));
    room += windowBytes;
  }
  return true;
}

llvm::Error RawRepl::sendPaced(llvm::StringRef code) {
  // Ctrl-D on an empty line restarts the interpreter.
  if (code.empty())
    code = "\n";
  while (!code.empty()) {
    llvm::StringRef piece = code.take_front(options_.pacing.pieceBytes);
    code = code.drop_front(piece.size());
    if (llvm::Error error = write(piece, deadlineIn(options_.deadlines.transfer)))
      return error;
    // Nothing comes meanwhile, but the end of the port.
    Deadline next = deadlineIn(options_.pacing.pause);
    for (bool inTime = true; inTime;)
      if (llvm::Error error = receive(next).moveInto(inTime))
        return error;
    if (options_.pacing.pause.count() > 0)
      port_.awaitTaken(deadlineIn(options_.deadlines.transfer));
  }
  if (llvm::Error error = write(kEndOfCode, deadlineIn(options_.deadlines.transfer)))
    return error;
  llvm::Expected<bool> accepted = receiveUntil(kAccepted, deadlineIn(options_.deadlines.transfer));
  if (!accepted)
    return accepted.takeError();
  return *accepted ? llvm::Error::success()
                   : tooLate("no OK after the program", options_.deadlines.transfer);
}

llvm::Error RawRepl::collectAnswer(Milliseconds timeout, size_t mostBytes, Execution &execution) {
  RawAnswer answer(mostBytes);
  auto keep = llvm::make_scope_exit([&] {
    execution.output = answer.output();
    execution.error = answer.error();
  });
  Deadline deadline = deadlineIn(timeout);
  for (bool inTime = true; inTime && !answer.isWhole() && !answer.isTooLong();)
    if (llvm::Error error = receiveAnswer(answer, deadline).moveInto(inTime))
      return error;
  if (answer.isWhole())
    return llvm::Error::success();
  execution.timedOut = !answer.isTooLong();
  if (llvm::Error error = interrupt(answer))
    return error;
  if (execution.timedOut)
    return llvm::Error::success();
  isUsable_ = true;
  return llvm::createStringError(
      llvm::formatv("the program wrote more than {0} MiB and was stopped", mostBytes >> 20));
}

/// Takes in what comes next: whether there may be more before the deadline.
llvm::Expected<bool> RawRepl::receiveAnswer(RawAnswer &answer, Deadline deadline) {
  bool inTime = true;
  if (received_.empty())
    if (llvm::Error error = receive(deadline).moveInto(inTime))
      return error;
  take(answer.feed(received_));
  return inTime;
}

/// Ctrl-C, until the program ends.
llvm::Error RawRepl::interrupt(RawAnswer &answer) {
  Deadline deadline = deadlineIn(options_.deadlines.interrupt);
  do {
    if (llvm::Error error = port_.interrupt(deadline).takeError())
      return error;
    Deadline again = std::min(deadline, deadlineIn(kInterruptAgain));
    for (bool inTime = true; inTime && !answer.isWhole();)
      if (llvm::Error error = receiveAnswer(answer, again).moveInto(inTime))
        return error;
    if (answer.isWhole())
      return llvm::Error::success();
  } while (!port_.hasPassed(deadline));
  return llvm::createStringError("the program did not stop at Ctrl-C in " +
                                 seconds(options_.deadlines.interrupt));
}

/// Failures are of no interest any more. What runs still is interrupted by the first of the keys.
void RawRepl::leave() {
  WayOut wayOut;
  if (llvm::Error error = write(kLeaveRaw, deadlineIn(kLeaving))) {
    llvm::consumeError(std::move(error));
    return;
  }
  if (wasEntered_)
    llvm::consumeError(receiveUntil(kFriendlyPrompt, deadlineIn(kLeaving)).takeError());
}

llvm::Error RawRepl::write(llvm::StringRef bytes, Deadline deadline) {
  llvm::Expected<size_t> taken = port_.write(bytes, deadline);
  if (!taken)
    return taken.takeError();
  if (*taken < bytes.size())
    return llvm::createStringError(
        llvm::formatv("the port took {0} of {1} bytes before the deadline", *taken, bytes.size()));
  return llvm::Error::success();
}

/// Whether more may come before the deadline: not where nothing came, and not where the other end
/// never falls silent.
llvm::Expected<bool> RawRepl::receive(Deadline deadline) {
  char bytes[16384];
  llvm::Expected<size_t> count = port_.read(bytes, deadline);
  if (!count)
    return count.takeError();
  received_.append(bytes, *count);
  return *count != 0 && !port_.hasPassed(deadline);
}

/// Takes all up to the end of `wanted`; what stood before it is then in `passed_`. Where it does
/// not come, the last of what did stays in `received_`.
llvm::Expected<bool> RawRepl::receiveUntil(llvm::StringRef wanted, Deadline deadline) {
  for (bool inTime = true;;) {
    size_t found = received_.find(wanted.data(), 0, wanted.size());
    if (found != std::string::npos) {
      passed_ = take(found);
      take(wanted.size());
      return true;
    }
    if (received_.size() > kKeptBytes)
      take(received_.size() - kKeptBytes);
    if (!inTime)
      return false;
    if (llvm::Error error = receive(deadline).moveInto(inTime))
      return error;
  }
}

/// Waits until so many bytes are there.
llvm::Expected<bool> RawRepl::receiveBytes(size_t count, Deadline deadline) {
  for (bool inTime = true; inTime && received_.size() < count;)
    if (llvm::Error error = receive(deadline).moveInto(inTime))
      return error;
  return received_.size() >= count;
}

std::string RawRepl::take(size_t count) {
  std::string taken = received_.substr(0, count);
  received_.erase(0, count);
  return taken;
}

llvm::Error RawRepl::tooLate(llvm::StringRef what, Milliseconds allowed) const {
  return llvm::createStringError(what + " in " + seconds(allowed) + "; got " + shown(received_));
}

} // namespace fraglint
