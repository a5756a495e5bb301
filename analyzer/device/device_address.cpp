#include "device/device_address.h"

#include "device/serial_port.h"
#include "lint/nearest_name.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

namespace fraglint {

namespace {

constexpr DeviceForm kForms[] = {
    {DeviceKind::Unix, "unix", "unix:64k",
     "MicroPython for this machine, with a heap of that size"},
    {DeviceKind::Unix32, "unix32", "unix32:64k",
     "the same as a program of 32 bits, with the layouts of a board"},
    {DeviceKind::Node, "node", "node:micropython", "MicroPython as 32-bit WebAssembly under Node"},
    {DeviceKind::Qemu, "qemu", "qemu:microbit", "the firmware of a BBC micro:bit, emulated"},
    {DeviceKind::Exec, "exec", "exec:./micropython", "any interpreter on this machine"},
    {DeviceKind::Serial, "serial", "serial:/dev/ttyACM0",
     "a board on a serial port, with 115200 baud or, behind an @, another speed"},
    {DeviceKind::Auto, "auto", "auto", "the one board that is connected over USB"},
    {DeviceKind::Tcp, "tcp", "tcp:192.168.4.1:2323", "a REPL behind a TCP port"},
    {DeviceKind::Socket, "socket", "socket:/tmp/repl", "a REPL behind a Unix socket"},
    {DeviceKind::Terminal, "pty", "pty:/dev/pts/3", "a REPL behind a pseudoterminal"},
};

/// MicroPython for Unix does not start with less, and needs no more for any board's program.
constexpr uint64_t kLeastHeap = 2048;
constexpr uint32_t kUsualBaud = 115200;
constexpr uint64_t kMostHeap = uint64_t(1) << 30;

llvm::Error mistake(llvm::StringRef text, const llvm::Twine &reason, llvm::StringRef example) {
  return llvm::createStringError("device `" + text + "`: " + reason + "; write, for example, `" +
                                 example + "`");
}

/// `64k`, `1M` or bytes; nothing for what is no size.
std::optional<uint64_t> sizeOf(llvm::StringRef text) {
  uint64_t unit = 1;
  if (text.consume_back_insensitive("k"))
    unit = 1024;
  else if (text.consume_back_insensitive("m"))
    unit = 1 << 20;
  uint64_t count = 0;
  if (text.getAsInteger(10, count) || count > kMostHeap)
    return std::nullopt;
  return count * unit;
}

llvm::Error unknownForm(llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef> words, examples;
  for (const DeviceForm &form : kForms) {
    words.push_back(form.word);
    examples.push_back(form.example);
  }
  if (text.starts_with("/dev/"))
    return llvm::createStringError("there is no device `" + text + "`" +
                                   didYouMean(("serial:" + text).str()));
  auto [word, rest] = text.split(':');
  llvm::StringRef nearest = nearestName(word, words);
  std::string help = "; the forms are " + llvm::join(examples, ", ");
  for (const DeviceForm &form : kForms)
    if (form.word == nearest)
      help = didYouMean(rest.empty() || form.word == form.example ? std::string(form.example)
                                                                  : (nearest + ":" + rest).str());
  return llvm::createStringError("there is no device `" + text + "`" + help);
}

/// The one name that may stand behind `word`.
llvm::Error expectName(llvm::StringRef text, llvm::StringRef rest, const DeviceForm &form) {
  if (rest == form.example.split(':').second)
    return llvm::Error::success();
  return llvm::createStringError("there is no device `" + text + "`" + didYouMean(form.example));
}

llvm::Error readHeap(llvm::StringRef text, llvm::StringRef rest, const DeviceForm &form,
                     DeviceAddress &address) {
  std::optional<uint64_t> size = sizeOf(rest);
  if (!size)
    return mistake(text, "`" + rest + "` is no heap size", form.example);
  if (*size < kLeastHeap || *size > kMostHeap)
    return mistake(text, "the heap has from 2k to 1024m", form.example);
  address.heapBytes = *size;
  return llvm::Error::success();
}

llvm::Error readSerial(llvm::StringRef text, llvm::StringRef rest, const DeviceForm &form,
                       DeviceAddress &address) {
  address.baud = kUsualBaud;
  auto [path, speed] = rest.rsplit('@');
  bool hasSpeed = !speed.empty() && llvm::all_of(speed, llvm::isDigit); // paths may hold an @, too
  address.path = (hasSpeed ? path : rest).str();
  if (address.path.empty())
    return mistake(text, "a path is wanted", form.example);
  if (hasSpeed && (speed.getAsInteger(10, address.baud) || !isSerialSpeed(address.baud)))
    return mistake(text, "`" + speed + "` is no speed of a serial port",
                   "serial:/dev/ttyUSB0@9600");
  return llvm::Error::success();
}

llvm::Error readHost(llvm::StringRef text, llvm::StringRef rest, const DeviceForm &form,
                     DeviceAddress &address) {
  auto [host, port] = rest.rsplit(':');
  if (host.consume_front("[")) // as IPv6 addresses are written before a port
    host.consume_back("]");
  if (host.empty() || port.getAsInteger(10, address.port) || address.port == 0)
    return mistake(text, "host and port are wanted", form.example);
  address.host = host.str();
  return llvm::Error::success();
}

} // namespace

llvm::ArrayRef<DeviceForm> deviceForms() { return kForms; }

llvm::Expected<DeviceAddress> DeviceAddress::parse(llvm::StringRef text) {
  llvm::StringRef word = text.split(':').first;
  llvm::StringRef rest = text.split(':').second;
  const DeviceForm *form =
      llvm::find_if(kForms, [&](const DeviceForm &one) { return one.word == word; });
  if (form == std::end(kForms))
    return unknownForm(text);
  DeviceAddress address;
  address.text = text.str();
  address.kind = form->kind;
  llvm::Error error = llvm::Error::success();
  switch (form->kind) {
  case DeviceKind::Unix:
  case DeviceKind::Unix32:
    error = readHeap(text, rest, *form, address);
    break;
  case DeviceKind::Serial:
    error = readSerial(text, rest, *form, address);
    break;
  case DeviceKind::Auto:
  case DeviceKind::Node:
  case DeviceKind::Qemu:
    error = expectName(text, rest, *form);
    break;
  case DeviceKind::Tcp:
    error = readHost(text, rest, *form, address);
    break;
  case DeviceKind::Exec:
  case DeviceKind::Socket:
  case DeviceKind::Terminal:
    address.path = rest.str();
    if (rest.empty())
      error = mistake(text, "a path is wanted", form->example);
    break;
  }
  if (error)
    return error;
  return address;
}

} // namespace fraglint
