#pragma once
/// The serial ports of USB devices that are connected, as Linux lists them below /sys.

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fraglint {

struct UsbPort {
  std::string path; ///< /dev/ttyACM0
  uint16_t vendor = 0;
  uint16_t product = 0;
  std::string maker;   ///< what the device says of itself; may be empty
  std::string name;    ///< of the product, likewise
  std::string usbPath; ///< of the device, which may have several ports
  unsigned interfaceNumber = 0;

  /// `2e8a:0005`
  std::string ids() const;

  /// Who makes boards, or the chips on them, under that vendor number; empty where it is not known
  /// for boards that MicroPython or CircuitPython run on.
  llvm::StringRef knownVendor() const;

  /// Whether it may have a board with MicroPython or CircuitPython behind it.
  bool isLikelyBoard() const;

  /// Whether the lines DTR and RTS, which opening a port raises, are wired to the reset of a board.
  bool resetsByLines() const;
};

/// All of them, by path. `systemFolder` is where /sys is.
std::vector<UsbPort> usbPorts(const std::string &systemFolder = "/sys");

/// The one that is likely a board: of a board with several ports the first, where the REPL is. The
/// error lists what there is instead.
llvm::Expected<UsbPort> onlyBoard(const std::vector<UsbPort> &ports);

} // namespace fraglint
