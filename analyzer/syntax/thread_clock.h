#pragma once
/// Time that the thread itself has taken.

#include <chrono>
#include <ctime>

namespace fraglint {

/// Processor time of the calling thread: on a busy machine no file is given up that would not be on
/// an idle one. Times of different threads do not compare.
struct ThreadClock {
  // NOLINTBEGIN(readability-identifier-naming): the names that std::chrono asks for
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<ThreadClock>;
  static constexpr bool is_steady = true;
  // NOLINTEND(readability-identifier-naming)

  static time_point now() noexcept {
    timespec taken{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &taken);
    return time_point(std::chrono::seconds(taken.tv_sec) + std::chrono::nanoseconds(taken.tv_nsec));
  }
};

} // namespace fraglint
