#pragma once
/// Time that the thread itself has taken.

#include <atomic>
#include <chrono>
#include <ctime>
#include <utility>

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

  /// While one lives, all that the calling thread has to do is past its end as soon as `signal` is
  /// set, by whichever thread. What comes of it then is of no use. `signal` must outlive it.
  class Stopping {
  public:
    explicit Stopping(const std::atomic<bool> &signal) : before_(std::exchange(stop, &signal)) {}
    ~Stopping() { stop = before_; }
    Stopping(const Stopping &) = delete;
    Stopping &operator=(const Stopping &) = delete;

  private:
    const std::atomic<bool> *before_;
  };
  static bool isStopped() { return stop && stop->load(std::memory_order_relaxed); }
  /// Whether the thread has no time left; `max()` is no end.
  static bool isPast(time_point end) {
    return isStopped() || (end != time_point::max() && now() >= end);
  }

private:
  static inline thread_local const std::atomic<bool> *stop = nullptr;
};

} // namespace fraglint
