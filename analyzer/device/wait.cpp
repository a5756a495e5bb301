#include "device/wait.h"

#include "device/interruption.h"

#include "llvm/ADT/Twine.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>

namespace fraglint {

llvm::Expected<bool> waitFor(int descriptor, Readiness readiness, Deadline deadline) {
  short events = readiness == Readiness::Read ? POLLIN : POLLOUT;
  for (;;) {
    // Rounded up: a wait that ends early would only begin again.
    auto left = std::chrono::ceil<Milliseconds>(deadline - std::chrono::steady_clock::now());
    auto most = static_cast<Milliseconds::rep>(std::numeric_limits<int>::max());
    pollfd both[] = {{descriptor, events, 0}, {interruptionDescriptor(), POLLIN, 0}};
    int count = ::poll(both, std::size(both),
                       static_cast<int>(std::clamp<Milliseconds::rep>(left.count(), 0, most)));
    if (count > 0 && both[1].revents != 0)
      return llvm::make_error<Interrupted>();
    if (count > 0)
      return true;
    if (count == 0 && hasPassed(deadline))
      return false;
    if (count < 0 && errno != EINTR)
      return llvm::createStringError(llvm::Twine("the port failed: ") + std::strerror(errno));
  }
}

} // namespace fraglint
