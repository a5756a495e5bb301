#pragma once
/// A serial port of this machine, as boards have them over USB.

#include "device/fd_port.h"

#include <memory>
#include <string>

namespace fraglint {

/// Whether a serial port has that speed, in bits a second.
bool isSerialSpeed(uint32_t baud);

/// Eight bits, no parity, one stop bit, no flow control. It is this port's alone, as far as others
/// ask: a lock for those who lock, and the terminal's exclusive mode for those who do not.
///
/// Through termios, not libserialport: the tool is a static binary, from which a shared library
/// loads only with the very glibc that it was linked with.
class SerialPort : public FdPort {
public:
  /// Follows links, as those of /dev/serial/by-id. With `clearsLines`, DTR and RTS are let go at
  /// once, for boards that are reset by them. The error says what to do: the port is busy, not
  /// allowed, not there.
  static llvm::Expected<std::unique_ptr<SerialPort>> open(const std::string &path, uint32_t baud,
                                                          bool clearsLines);
  using FdPort::FdPort;
  ~SerialPort() override;
};

} // namespace fraglint
