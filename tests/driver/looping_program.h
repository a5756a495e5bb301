#pragma once
/// Programs with as many findings as a test wants, each told apart by a name.

#include <string>
#include <vector>

namespace fraglint {

/// A loop that makes a buffer in each pass: FRG103.
inline std::string loop(const std::string &name) {
  return "while True:\n    " + name + " = bytearray(4096)\n    uart.readinto(" + name +
         ")\n    if " + name + "[0] == 7:\n        break\n";
}

inline std::string program(const std::vector<std::string> &names) {
  std::string text = "import board\nuart = board.UART()\n";
  for (const std::string &name : names)
    text += loop(name);
  return text;
}

} // namespace fraglint
