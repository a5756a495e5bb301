#include "device/session.h"

#include "device/escaped_text.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <optional>

namespace fraglint {

namespace {

constexpr llvm::StringLiteral kFormat = "fraglint-session/";
constexpr llvm::StringLiteral kVersion = "1";
/// A file that was made by hand or broken cannot ask for memory by a number.
constexpr size_t kMostDevices = 100000;

struct KindWord {
  SessionEventKind kind;
  llvm::StringLiteral word;
  bool hasText;
};
constexpr KindWord kWords[] = {
    {SessionEventKind::Open, "open", false},
    {SessionEventKind::Refused, "refused", true},
    {SessionEventKind::Write, "write", true},
    {SessionEventKind::Read, "read", true},
    {SessionEventKind::Silence, "silence", false},
    {SessionEventKind::Full, "full", false},
    {SessionEventKind::Late, "late", false},
    {SessionEventKind::Interrupt, "interrupt", false},
    {SessionEventKind::End, "end", true},
    {SessionEventKind::Close, "close", false},
};

const KindWord &wordOf(SessionEventKind kind) {
  return *llvm::find_if(kWords, [&](const KindWord &one) { return one.kind == kind; });
}

bool isBytes(SessionEventKind kind) {
  return kind == SessionEventKind::Write || kind == SessionEventKind::Read;
}

/// Why `line` is no event; empty where it is one, which then stands in `event` and `device`.
std::string readEvent(llvm::StringRef line, size_t &device, SessionEvent &event) {
  auto [number, rest] = line.split(' ');
  auto [word, text] = rest.split(' ');
  if (number.getAsInteger(10, device) || device == 0 || device > kMostDevices)
    return "it does not begin with the number of a device";
  const KindWord *known =
      llvm::find_if(kWords, [&](const KindWord &one) { return one.word == word; });
  if (known == std::end(kWords))
    return ("there is no event `" + word + "`").str();
  event.kind = known->kind;
  if (!known->hasText)
    return text.empty() ? "" : ("`" + word + "` has no text").str();
  std::optional<std::string> bytes = unescapedText(text);
  if (!bytes)
    return ("the text after `" + word + "` is not whole, or holds an escape that is none").str();
  event.text = std::move(*bytes);
  return "";
}

/// Why the event cannot stand there; empty where it can.
std::string addEvent(Session &session, size_t device, SessionEvent event) {
  bool opens = event.kind == SessionEventKind::Open || event.kind == SessionEventKind::Refused;
  if (opens != (device == session.devices.size() + 1) || device > session.devices.size() + 1)
    return opens ? "devices are opened in the order of their numbers, each once"
                 : "this device was not opened before";
  if (opens)
    session.devices.emplace_back();
  session.devices[device - 1].push_back(std::move(event));
  return "";
}

llvm::Error brokenLine(const Session &session, size_t line, const llvm::Twine &why) {
  return llvm::createStringError(session.path + ":" + llvm::Twine(line) +
                                 ": the session is broken here: " + why);
}

/// The next line of `bytes`, which Git may have given a carriage return.
llvm::StringRef takeLine(llvm::StringRef &bytes) {
  llvm::StringRef line;
  std::tie(line, bytes) = bytes.split('\n');
  line.consume_back("\r");
  return line;
}

llvm::Error readHead(llvm::StringRef &bytes, Session &session) {
  llvm::StringRef line = takeLine(bytes);
  if (!line.consume_front(kFormat))
    return llvm::createStringError(session.path +
                                   " is no recorded session: its first line is not `" + kFormat +
                                   kVersion + "`");
  if (line != kVersion)
    return llvm::createStringError(session.path + ": the session has format " + line +
                                   ", and this fraglint reads " + kVersion + "; record it again");
  line = takeLine(bytes);
  if (!line.consume_front("device ") || line.empty())
    return brokenLine(session, 2, "it does not name the device");
  session.device = line.str();
  return llvm::Error::success();
}

} // namespace

llvm::Expected<Session> Session::load(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false, /*IsVolatile=*/true);
  if (!buffer)
    return llvm::createStringError("cannot read " + path + ": " + buffer.getError().message());
  return parse((*buffer)->getBuffer(), path);
}

llvm::Expected<Session> Session::parse(llvm::StringRef bytes, const std::string &path) {
  Session session;
  session.path = path;
  if (llvm::Error error = readHead(bytes, session))
    return error;
  for (size_t number = 3; !bytes.empty(); ++number) {
    llvm::StringRef line = takeLine(bytes);
    size_t device = 0;
    SessionEvent event;
    event.line = number;
    std::string why = readEvent(line, device, event);
    if (why.empty())
      why = addEvent(session, device, std::move(event));
    if (!why.empty())
      return brokenLine(session, number, why);
  }
  return session;
}

llvm::Expected<std::unique_ptr<SessionWriter>> SessionWriter::create(const std::string &path,
                                                                     llvm::StringRef device) {
  int descriptor = -1;
  if (std::error_code error = llvm::sys::fs::openFileForWrite(path, descriptor))
    return llvm::createStringError("cannot record to " + path + ": " + error.message());
  std::unique_ptr<SessionWriter> writer(new SessionWriter(path, descriptor));
  writer->os_ << kFormat << kVersion << "\ndevice " << device << '\n';
  if (llvm::Error error = writer->finishLine())
    return error;
  return writer;
}

SessionWriter::~SessionWriter() {
  llvm::consumeError(finishLine()); // told by add(), but for the last line
}

llvm::Error SessionWriter::add(size_t device, SessionEventKind kind, llvm::StringRef text) {
  if (device != pendingDevice_ || kind != pendingKind_)
    if (llvm::Error error = finishLine())
      return error;
  if (!isBytes(kind)) {
    os_ << device << ' ' << wordOf(kind).word;
    if (wordOf(kind).hasText)
      os_ << ' ' << escapedText(text);
    os_ << '\n';
    return finishLine();
  }
  while (!text.empty()) {
    size_t lineEnd = text.find('\n');
    llvm::StringRef line =
        text.take_front(lineEnd == llvm::StringRef::npos ? lineEnd : lineEnd + 1);
    text = text.drop_front(line.size());
    pendingDevice_ = device;
    pendingKind_ = kind;
    pendingText_ += line;
    if (line.ends_with("\n"))
      if (llvm::Error error = finishLine())
        return error;
  }
  return llvm::Error::success();
}

llvm::Error SessionWriter::finishLine() {
  if (pendingDevice_ != 0)
    os_ << pendingDevice_ << ' ' << wordOf(pendingKind_).word << ' ' << escapedText(pendingText_)
        << '\n';
  pendingDevice_ = 0;
  pendingText_.clear();
  os_.flush();
  if (!os_.has_error())
    return llvm::Error::success();
  std::error_code error = os_.error();
  os_.clear_error(); // or its destructor ends the tool
  return llvm::createStringError("cannot record to " + path_ + ": " + error.message());
}

} // namespace fraglint
