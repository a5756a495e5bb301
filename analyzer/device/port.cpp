#include "device/port.h"

namespace fraglint {

llvm::Expected<bool> Port::interrupt(Deadline deadline) {
  llvm::Expected<size_t> count = write("\x03", deadline);
  if (!count)
    return count.takeError();
  return *count == 1;
}

void Port::awaitTaken(Deadline) {}

bool Port::hasPassed(Deadline deadline) { return fraglint::hasPassed(deadline); }

} // namespace fraglint
