#pragma once
/// Work on many items at once whose results come in the order of the items.

#include "llvm/Support/ThreadPool.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <vector>

namespace fraglint {

/// Calls `produce(i)` for each i below `count` on up to `threads` threads (on this one where
/// that is 1), and on this thread `consume(i, result)` in order; no more work is begun once it
/// returns false. `idle(done)` is called on this thread now and then while it waits.
template <typename Result, typename Produce, typename Consume, typename Idle>
void workInOrder(size_t count, unsigned threads, Produce produce, Consume consume, Idle idle) {
  if (threads <= 1 || count <= 1) {
    for (size_t index = 0; index < count && consume(index, produce(index)); ++index)
      idle(index + 1);
    return;
  }
  std::vector<std::optional<Result>> results(count);
  std::mutex mutex; // guards results
  std::condition_variable produced;
  std::atomic<size_t> next = 0;
  std::atomic<size_t> done = 0;

  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(threads));
  for (unsigned thread = 0; thread < threads; ++thread)
    pool.async([&] {
      for (size_t index = next++; index < count; index = next++) {
        Result result = produce(index);
        {
          std::lock_guard<std::mutex> lock(mutex);
          results[index] = std::move(result);
        }
        ++done;
        produced.notify_one();
      }
    });

  constexpr auto kGlance = std::chrono::milliseconds(100);
  for (size_t index = 0; index < count; ++index) {
    std::unique_lock<std::mutex> lock(mutex);
    while (!produced.wait_for(lock, kGlance, [&] { return results[index].has_value(); })) {
      lock.unlock();
      idle(done);
      lock.lock();
    }
    Result result = std::move(*results[index]);
    results[index].reset();
    lock.unlock();
    idle(done);
    if (!consume(index, std::move(result))) {
      next = count;
      break;
    }
  }
  pool.wait();
}

} // namespace fraglint
