#pragma once
/// The interpreters that can be started on this machine, and where they are.

#include "device/device_address.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace fraglint {

/// Where `./dev` puts engines: below the folders that this program's own file lies in, the nearest
/// first.
std::vector<std::string> engineRoots();

/// The words of the command that starts the engine of `address`, which is of a kind that is
/// started (Unix, Unix32, Node, Qemu or Exec). The error names what is missing and what brings it.
llvm::Expected<std::vector<std::string>> engineCommand(const DeviceAddress &address,
                                                       llvm::ArrayRef<std::string> roots);

} // namespace fraglint
