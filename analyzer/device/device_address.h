#pragma once
/// The texts that name a device: `unix:64k`, `tcp:192.168.4.1:23`, …

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>

namespace fraglint {

enum class DeviceKind : uint8_t {
  Unix,
  Unix32,
  Node,
  Qemu,
  Exec,
  Serial,
  Auto,
  Tcp,
  Socket,
  Terminal
};

/// One row of the table of what may be written.
struct DeviceForm {
  DeviceKind kind;
  llvm::StringLiteral word;    ///< before the colon, or all of it
  llvm::StringLiteral example; ///< of the whole
  llvm::StringLiteral meaning;
};
llvm::ArrayRef<DeviceForm> deviceForms();

struct DeviceAddress {
  std::string text; ///< as it was written
  DeviceKind kind = DeviceKind::Unix;
  uint64_t heapBytes = 0; ///< of Unix and Unix32
  std::string path;       ///< of Exec, Serial, Socket and Terminal
  uint32_t baud = 0;      ///< of Serial
  std::string host;       ///< of Tcp: numeric, or `localhost`
  uint16_t port = 0;      ///< of Tcp

  /// The error names the nearest text that is valid.
  static llvm::Expected<DeviceAddress> parse(llvm::StringRef text);
};

} // namespace fraglint
