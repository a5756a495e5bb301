#include "device/interruption.h"

#include "llvm/Support/raw_ostream.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cassert>
#include <cerrno>
#include <csignal>

namespace fraglint {

namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

// A signal handler reaches nothing but globals.
std::atomic<int> came{0};
std::atomic<int> descriptor{-1};
std::atomic<int> waysOut{0};
std::array<struct sigaction, std::size(kSignals)> before;

void onSignal(int number) {
  int saved = errno;
  int none = 0;
  came.compare_exchange_strong(none, number);
  // Counts up and stays readable, so that a signal between a look and the wait is seen by the wait.
  eventfd_t one = 1;
  (void)!::write(descriptor, &one, sizeof one);
  errno = saved;
}

} // namespace

char Interrupted::ID;

void Interrupted::log(llvm::raw_ostream &os) const { os << "interrupted"; }

std::error_code Interrupted::convertToErrorCode() const {
  return std::make_error_code(std::errc::interrupted);
}

InterruptionGuard::InterruptionGuard() {
  assert(descriptor < 0 && "one at a time");
  came = 0;
  // Without one, which only a process out of descriptors meets, the signals stay as they are.
  descriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (descriptor < 0)
    return;
  struct sigaction action = {};
  action.sa_handler = onSignal;
  for (size_t index = 0; index < before.size(); ++index)
    ::sigaction(kSignals[index], &action, &before[index]);
}

InterruptionGuard::~InterruptionGuard() {
  if (descriptor < 0)
    return;
  for (size_t index = 0; index < before.size(); ++index)
    ::sigaction(kSignals[index], &before[index], nullptr);
  ::close(descriptor.exchange(-1));
}

int InterruptionGuard::signal() { return came; }

WayOut::WayOut() { ++waysOut; }
WayOut::~WayOut() { --waysOut; }

int interruptionDescriptor() { return waysOut == 0 ? descriptor.load() : -1; }

} // namespace fraglint
