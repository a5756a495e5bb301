#include "device/usb_port.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <algorithm>
#include <optional>

namespace fraglint {

namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

struct Vendor {
  uint16_t number;
  llvm::StringLiteral name;
  bool isBridge; ///< a chip between USB and a UART, of which auto-reset circuits use DTR and RTS
};
/// The list usb.ids that Linux distributions ship, and the download pages of MicroPython's and
/// CircuitPython's boards.
constexpr Vendor kVendors[] = {
    {0x0403, "FTDI", true},         {0x0d28, "Arm (micro:bit)", false},
    {0x10c4, "Silicon Labs", true}, {0x1209, "pid.codes", false},
    {0x16c0, "PJRC", false},        {0x1a86, "WCH", true},
    {0x1b4f, "SparkFun", false},    {0x1d50, "OpenMoko", false},
    {0x2341, "Arduino", false},     {0x239a, "Adafruit", false},
    {0x2886, "Seeed", false},       {0x2e8a, "Raspberry Pi", false},
    {0x303a, "Espressif", false},   {0x3343, "DFRobot", false},
    {0xf055, "MicroPython", false},
};
/// The controller in ESP32-C3, -S3 and later that is USB, UART and JTAG: its lines reset, too. With
/// other product numbers Espressif's chips are USB themselves, and then DTR must stay up.
constexpr uint16_t kEspressif = 0x303a;
constexpr uint16_t kUsbSerialJtag = 0x1001;

const Vendor *vendorOf(uint16_t number) {
  const Vendor *found =
      llvm::find_if(kVendors, [&](const Vendor &one) { return one.number == number; });
  return found == std::end(kVendors) ? nullptr : found;
}

/// The line in a file of the kernel's, or nothing.
std::optional<std::string> lineIn(llvm::StringRef folder, llvm::StringRef name) {
  llvm::SmallString<256> file(folder);
  path::append(file, name);
  // Such files tell a size that is not theirs.
  auto buffer = llvm::MemoryBuffer::getFileAsStream(file);
  if (!buffer)
    return std::nullopt;
  return (*buffer)->getBuffer().split('\n').first.trim().str();
}

unsigned hexIn(llvm::StringRef folder, llvm::StringRef name) {
  unsigned value = 0;
  if (std::optional<std::string> line = lineIn(folder, name))
    if (llvm::StringRef(*line).getAsInteger(16, value))
      return 0;
  return value;
}

/// The port of the terminal whose folder below class/tty is `folder`, if a USB device has it.
std::optional<UsbPort> usbPortIn(llvm::StringRef folder) {
  llvm::SmallString<256> link(folder), device;
  path::append(link, "device");
  if (fs::real_path(link, device))
    return std::nullopt;
  UsbPort port;
  for (llvm::StringRef at = device; !at.empty(); at = path::parent_path(at)) {
    if (lineIn(at, "bInterfaceNumber"))
      port.interfaceNumber = hexIn(at, "bInterfaceNumber");
    if (!lineIn(at, "idVendor"))
      continue;
    port.path = ("/dev/" + path::filename(folder)).str();
    port.vendor = static_cast<uint16_t>(hexIn(at, "idVendor"));
    port.product = static_cast<uint16_t>(hexIn(at, "idProduct"));
    port.maker = lineIn(at, "manufacturer").value_or("");
    port.name = lineIn(at, "product").value_or("");
    port.usbPath = at.str();
    return port;
  }
  return std::nullopt;
}

std::string listed(const std::vector<UsbPort> &ports) {
  std::string text;
  for (const UsbPort &port : ports)
    text += llvm::formatv("\n  serial:{0}  {1}  {2}", port.path, port.ids(), port.name).str();
  return text;
}

} // namespace

std::string UsbPort::ids() const { return llvm::formatv("{0:x-4}:{1:x-4}", vendor, product).str(); }

llvm::StringRef UsbPort::knownVendor() const {
  const Vendor *known = vendorOf(vendor);
  return known ? llvm::StringRef(known->name) : "";
}

bool UsbPort::isLikelyBoard() const {
  if (vendorOf(vendor))
    return true;
  for (llvm::StringRef words : {llvm::StringRef(name), llvm::StringRef(maker)})
    if (words.contains_insensitive("micropython") || words.contains_insensitive("circuitpython"))
      return true;
  return false;
}

bool UsbPort::resetsByLines() const {
  const Vendor *known = vendorOf(vendor);
  return (known && known->isBridge) || (vendor == kEspressif && product == kUsbSerialJtag);
}

std::vector<UsbPort> usbPorts(const std::string &systemFolder) {
  std::vector<UsbPort> ports;
  std::error_code error;
  for (fs::directory_iterator entry(systemFolder + "/class/tty", error), end;
       !error && entry != end; entry.increment(error))
    if (std::optional<UsbPort> port = usbPortIn(entry->path()))
      ports.push_back(std::move(*port));
  llvm::sort(ports, [](const UsbPort &one, const UsbPort &other) {
    // So that ttyACM10 comes after ttyACM9.
    return std::pair(one.path.size(), one.path) < std::pair(other.path.size(), other.path);
  });
  return ports;
}

llvm::Expected<UsbPort> onlyBoard(const std::vector<UsbPort> &ports) {
  std::vector<UsbPort> boards;
  for (const UsbPort &port : ports) {
    if (!port.isLikelyBoard())
      continue;
    auto same =
        llvm::find_if(boards, [&](const UsbPort &board) { return board.usbPath == port.usbPath; });
    if (same == boards.end())
      boards.push_back(port);
    else if (port.interfaceNumber < same->interfaceNumber)
      *same = port;
  }
  if (boards.size() == 1)
    return boards.front();
  if (boards.size() > 1)
    return llvm::createStringError("several boards are connected; name one of them:" +
                                   listed(boards));
  if (ports.empty())
    return llvm::createStringError(
        "no board is connected: no serial port of a USB device is there; if one is plugged in, try "
        "another cable, since some carry no data");
  return llvm::createStringError("none of these ports is known to be that of a board; name the one "
                                 "that is:" +
                                 listed(ports));
}

} // namespace fraglint
