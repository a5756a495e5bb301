#include "device/friendly_port.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace fraglint {

namespace {

constexpr llvm::StringLiteral kRawPrompt = "raw REPL; CTRL-B to exit\r\n>";
constexpr llvm::StringLiteral kFriendlyPrompt = "\r\n>>> ";
/// Ends an answer, since it is the prompt.
constexpr llvm::StringLiteral kEnd = "\x04>";
constexpr llvm::StringLiteral kSetPrompt = "import sys;sys.ps1='\\x04>';del sys";
/// Where a program ends by itself, its output ends with Ctrl-D.
constexpr llvm::StringLiteral kRun = "execfile('/dev/fd/3');print('\\x04',end='')";
constexpr llvm::StringLiteral kTraceback = "Traceback (most recent call last):\n";
/// Of the call itself.
constexpr llvm::StringLiteral kFirstFrame = "  File \"<stdin>\", line 1, in <module>\n";
/// No traceback of a stack of 40,000 bytes is longer.
constexpr size_t kMostTraceback = 256 << 10;

/// Where in `text` that which may become a traceback begins; its end where nothing does.
size_t beginOfTraceback(llvm::StringRef text) {
  size_t found = text.rfind(kTraceback);
  size_t begin = found == llvm::StringRef::npos ? text.size() : found;
  // Its first part may have come, or that of the end.
  for (llvm::StringRef wanted : {llvm::StringRef(kTraceback), llvm::StringRef(kEnd)})
    for (size_t size = std::min(wanted.size() - 1, text.size()); size > 0; --size)
      if (text.ends_with(wanted.take_front(size)))
        begin = std::min(begin, text.size() - size);
  return begin;
}

/// As in raw mode.
std::string asFromStdin(llvm::StringRef traceback) {
  std::string text = kTraceback.str();
  traceback = traceback.drop_front(text.size());
  traceback.consume_front(kFirstFrame);
  for (auto [before, rest] = traceback.split("\"/dev/fd/3\"");;
       std::tie(before, rest) = rest.split("\"/dev/fd/3\"")) {
    text += before;
    if (rest.empty())
      return text;
    text += "\"<stdin>\"";
  }
}

} // namespace

llvm::Expected<std::unique_ptr<FriendlyPort>>
FriendlyPort::start(llvm::ArrayRef<std::string> command) {
  FileDescriptor file(::memfd_create("program", MFD_CLOEXEC));
  if (!file.isOpen())
    return llvm::createStringError(std::string("no file in memory: ") + std::strerror(errno));
  ProcessOptions options;
  options.given = file.number();
  options.isReproducible = true;
  auto process = ProcessPort::start(command, InterruptBy::Signal, options);
  if (!process)
    return process.takeError();
  return std::unique_ptr<FriendlyPort>(new FriendlyPort(std::move(*process), std::move(file)));
}

llvm::Expected<size_t> FriendlyPort::read(llvm::MutableArrayRef<char> into, Deadline deadline) {
  while (answer_.empty()) {
    char bytes[16384];
    llvm::Expected<size_t> count = process_->read(bytes, deadline);
    if (!count) {
      answer_ = std::exchange(received_, {}); // what came of an answer without an end
      if (answer_.empty())
        return count.takeError();
      llvm::consumeError(count.takeError()); // said again by the next read
      break;
    }
    if (*count == 0)
      return 0;
    received_.append(bytes, *count);
    take();
  }
  size_t count = std::min(into.size(), answer_.size());
  std::copy_n(answer_.begin(), count, into.begin());
  answer_.erase(0, count);
  return count;
}

/// Understands what was received as far as that can be.
void FriendlyPort::take() {
  if (state_ == State::Friendly)
    answer_ += std::exchange(received_, {});
  if (state_ == State::Raw)
    received_.clear();
  if (state_ == State::Preparing) {
    size_t end = received_.find(kEnd);
    if (end == std::string::npos)
      return;
    received_.clear();
    state_ = State::Raw;
    isPrepared_ = true;
    answer_ += kRawPrompt;
  }
  if (state_ == State::Echo) {
    size_t end = received_.find('\n');
    if (end == std::string::npos)
      return;
    received_.erase(0, end + 1);
    state_ = State::Running;
    answer_ += "OK";
  }
  if (state_ != State::Running)
    return;
  size_t end = received_.find(kEnd.data(), 0, kEnd.size());
  if (end != std::string::npos)
    return finish(end);
  size_t sure = beginOfTraceback(received_);
  if (received_.size() - sure > kMostTraceback)
    sure = received_.size();
  answer_ += received_.substr(0, sure);
  received_.erase(0, sure);
}

/// The answer of raw mode to a program whose answer ends at `end`.
void FriendlyPort::finish(size_t end) {
  llvm::StringRef said = llvm::StringRef(received_).take_front(end);
  size_t traceback = said.rfind(kTraceback);
  if (said.ends_with("\x04"))
    answer_ += said;
  else if (traceback == llvm::StringRef::npos) // it is none for a reason of its own
    answer_ += ("\x04" + said).str();
  else
    answer_ += said.take_front(traceback).str() + "\x04" + asFromStdin(said.drop_front(traceback));
  answer_ += kEnd;
  received_.clear();
  state_ = State::Raw;
}

llvm::Expected<size_t> FriendlyPort::write(llvm::StringRef bytes, Deadline deadline) {
  for (char key : bytes)
    if (llvm::Error error = press(key, deadline))
      return error;
  return bytes.size();
}

llvm::Error FriendlyPort::press(char key, Deadline deadline) {
  if (state_ == State::Raw)
    return pressRaw(key, deadline);
  if (state_ != State::Friendly || key != '\x01')
    return llvm::Error::success();
  if (isPrepared_) {
    state_ = State::Raw;
    answer_ += kRawPrompt;
    return llvm::Error::success();
  }
  state_ = State::Preparing;
  return type(kSetPrompt, deadline);
}

llvm::Error FriendlyPort::pressRaw(char key, Deadline deadline) {
  switch (key) {
  case '\x01':
    answer_ += code_ == "\x05"
                        "A"
                   ? llvm::StringRef("R\0", 2)
                   : llvm::StringRef(kRawPrompt);
    break;
  case '\x02':
    state_ = State::Friendly;
    answer_ += kFriendlyPrompt;
    break;
  case '\x03':
    break;
  case '\x04':
    return runCode(deadline);
  default:
    code_ += key;
    return llvm::Error::success();
  }
  code_.clear();
  return llvm::Error::success();
}

llvm::Error FriendlyPort::runCode(Deadline deadline) {
  std::string code = std::exchange(code_, {});
  ssize_t written = ::ftruncate(file_.number(), 0) == 0
                        ? ::pwrite(file_.number(), code.data(), code.size(), 0)
                        : -1;
  if (written != static_cast<ssize_t>(code.size()))
    return llvm::createStringError(std::string("no room for the program: ") + std::strerror(errno));
  state_ = State::Echo;
  return type(kRun, deadline);
}

/// Short enough for any terminal to take at once.
llvm::Error FriendlyPort::type(llvm::StringRef line, Deadline deadline) {
  received_.clear();
  return process_->write((line + "\r").str(), deadline).takeError();
}

llvm::Expected<bool> FriendlyPort::interrupt(Deadline deadline) {
  // At its prompt the signal would end it, and there is nothing to interrupt.
  return state_ == State::Running || state_ == State::Echo ? process_->interrupt(deadline) : true;
}

} // namespace fraglint
