#include "device/recording_port.h"

#include "device/interruption.h"

namespace fraglint {

llvm::Expected<std::unique_ptr<Port>>
RecordingPort::open(llvm::Expected<std::unique_ptr<Port>> port,
                    std::shared_ptr<SessionWriter> writer) {
  size_t device = writer->addDevice();
  if (!port) {
    std::string why = llvm::toString(port.takeError());
    if (llvm::Error error = writer->add(device, SessionEventKind::Refused, why))
      return error;
    return llvm::createStringError(why);
  }
  if (llvm::Error error = writer->add(device, SessionEventKind::Open))
    return error;
  return std::unique_ptr<Port>(new RecordingPort(std::move(*port), std::move(writer), device));
}

RecordingPort::~RecordingPort() { llvm::consumeError(add(SessionEventKind::Close)); }

llvm::Expected<size_t> RecordingPort::read(llvm::MutableArrayRef<char> into, Deadline deadline) {
  llvm::Expected<size_t> count = port_->read(into, deadline);
  if (!count)
    return end(count.takeError());
  llvm::Error error = *count == 0
                          ? add(SessionEventKind::Silence)
                          : add(SessionEventKind::Read, llvm::StringRef(into.data(), *count));
  if (error)
    return error;
  return count;
}

llvm::Expected<size_t> RecordingPort::write(llvm::StringRef bytes, Deadline deadline) {
  llvm::Expected<size_t> count = port_->write(bytes, deadline);
  if (!count)
    return end(count.takeError());
  if (llvm::Error error = add(SessionEventKind::Write, bytes.take_front(*count)))
    return error;
  if (*count < bytes.size())
    if (llvm::Error error = add(SessionEventKind::Full))
      return error;
  return count;
}

llvm::Expected<bool> RecordingPort::interrupt(Deadline deadline) {
  llvm::Expected<bool> done = port_->interrupt(deadline);
  if (!done)
    return end(done.takeError());
  if (llvm::Error error = add(*done ? SessionEventKind::Interrupt : SessionEventKind::Full))
    return error;
  return done;
}

bool RecordingPort::hasPassed(Deadline deadline) {
  bool passed = port_->hasPassed(deadline);
  if (passed) // where that cannot be written, the next event says so
    llvm::consumeError(add(SessionEventKind::Late));
  return passed;
}

llvm::Error RecordingPort::add(SessionEventKind kind, llvm::StringRef text) {
  return writer_->add(device_, kind, text);
}

/// Of the port, which an interruption is not. Ports say it each time they are asked; it is written
/// once.
llvm::Error RecordingPort::end(llvm::Error error) {
  if (error.isA<Interrupted>())
    return error;
  std::string why = llvm::toString(std::move(error));
  if (!hasEnded_)
    if (llvm::Error unwritten = add(SessionEventKind::End, why))
      return unwritten;
  hasEnded_ = true;
  return llvm::createStringError(why);
}

} // namespace fraglint
