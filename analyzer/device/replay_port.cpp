#include "device/replay_port.h"

#include "device/escaped_text.h"

#include "llvm/ADT/Twine.h"

#include <algorithm>

namespace fraglint {

namespace {

/// Of an error message.
constexpr size_t kShownBytes = 60;

std::string inWords(const SessionEvent &event, size_t offset) {
  llvm::StringRef text = llvm::StringRef(event.text).drop_front(offset).take_front(kShownBytes);
  switch (event.kind) {
  case SessionEventKind::Write:
    return "was written " + escapedText(text);
  case SessionEventKind::Read:
    return "was read " + escapedText(text);
  case SessionEventKind::Silence:
  case SessionEventKind::Full:
  case SessionEventKind::Late:
    return "a deadline passed";
  case SessionEventKind::Interrupt:
    return "the program was interrupted";
  case SessionEventKind::Open:
  case SessionEventKind::Refused:
  case SessionEventKind::End:
  case SessionEventKind::Close:
    return "the port was closed";
  }
  return "";
}

} // namespace

llvm::Expected<std::unique_ptr<Port>> ReplayPort::open(std::shared_ptr<const Session> session,
                                                       size_t device) {
  if (device >= session->devices.size())
    return llvm::createStringError(
        session->path + ": the session ends here: " + llvm::Twine(session->devices.size()) +
        " devices were opened in it, and now one more is wanted");
  const SessionEvent &first = session->devices[device].front();
  if (first.kind == SessionEventKind::Refused)
    return llvm::createStringError(first.text);
  std::unique_ptr<ReplayPort> port(new ReplayPort(std::move(session), device));
  port->step(); // over its opening
  return port;
}

llvm::Expected<size_t> ReplayPort::read(llvm::MutableArrayRef<char> into, Deadline) {
  if (isAt(SessionEventKind::Silence))
    return step(), 0;
  size_t count = 0;
  while (count < into.size() && isAt(SessionEventKind::Read)) {
    llvm::StringRef rest = llvm::StringRef(events_.front().text).drop_front(offset_);
    rest = rest.take_front(into.size() - count);
    std::copy(rest.begin(), rest.end(), into.begin() + count);
    count += rest.size();
    offset_ += rest.size();
    if (offset_ == events_.front().text.size())
      step();
  }
  if (count == 0 && !wasLate_)
    return differs("something is read");
  return count;
}

llvm::Expected<size_t> ReplayPort::write(llvm::StringRef bytes, Deadline) {
  wasLate_ = false;
  size_t done = 0;
  while (done < bytes.size() && isAt(SessionEventKind::Write)) {
    llvm::StringRef rest = llvm::StringRef(events_.front().text).drop_front(offset_);
    size_t common = std::min(rest.size(), bytes.size() - done);
    if (rest.take_front(common) != bytes.substr(done, common))
      return differs("is written ", bytes.drop_front(done));
    done += common;
    offset_ += common;
    if (offset_ == events_.front().text.size())
      step();
  }
  if (done < bytes.size() && !isAt(SessionEventKind::Full))
    return differs("is written ", bytes.drop_front(done));
  if (done < bytes.size())
    step();
  return done;
}

llvm::Expected<bool> ReplayPort::interrupt(Deadline) {
  wasLate_ = false;
  bool done = isAt(SessionEventKind::Interrupt);
  if (!done && !isAt(SessionEventKind::Full))
    return differs("the program is interrupted");
  step();
  return done;
}

/// Only a deadline that passed was written down.
bool ReplayPort::hasPassed(Deadline) {
  bool passed = isAt(SessionEventKind::Late);
  if (passed)
    step();
  wasLate_ |= passed;
  return passed;
}

bool ReplayPort::isAt(SessionEventKind kind) const {
  return !events_.empty() && events_.front().kind == kind;
}

void ReplayPort::step() {
  events_ = events_.drop_front();
  offset_ = 0;
}

/// Where the port ended in the recording, its end, once more.
llvm::Error ReplayPort::differs(llvm::StringRef done, llvm::StringRef bytes) const {
  if (isAt(SessionEventKind::End))
    return llvm::createStringError(events_.front().text);
  std::string what = done.str();
  if (!bytes.empty())
    what += escapedText(bytes.take_front(kShownBytes));
  if (events_.empty())
    return llvm::createStringError(session_->path + ": the session breaks off, and now " + what);
  return llvm::createStringError(
      session_->path + ":" + llvm::Twine(events_.front().line) + ": the session differs: here " +
      inWords(events_.front(), offset_) + ", and now " + what + "; record it again");
}

} // namespace fraglint
