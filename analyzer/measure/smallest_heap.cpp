#include "measure/smallest_heap.h"

#include "device/engine.h"
#include "device/process_port.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Program.h"

#include <algorithm>

namespace fraglint {

namespace {

/// The collector's tables have a byte for so many blocks of 32 bytes: pools grow in such steps.
constexpr uint64_t kStepBytes = 128;
/// Smaller than anything starts with.
constexpr uint64_t kLeastBytes = 2048;
/// Heaps above the smallest one that are tried, too, up to twice as large.
constexpr uint64_t kTriedAbove = 16;
/// Heaps whose outcome is kept, in twentieths of the smallest one.
constexpr uint64_t kKeptTwentieths[] = {10, 16, 20, 25, 40};

class HeapSearch {
public:
  HeapSearch(const DeviceAddress &device, const std::string &program, Milliseconds timeout)
      : device_(device), program_(program), timeout_(timeout) {}

  llvm::Expected<std::optional<SmallestHeap>> run() {
    const uint64_t most = inSteps(device_.heapBytes);
    uint64_t works = most, fails = kLeastBytes - kStepBytes;
    if (!worksIn(works))
      return failed(std::nullopt);
    while (works - fails > kStepBytes) {
      uint64_t middle = inSteps((works + fails) / 2);
      (worksIn(middle) ? works : fails) = middle;
    }
    SmallestHeap found{works, std::nullopt, {}};
    for (uint64_t part = 1; part <= kTriedAbove; ++part) {
      uint64_t bytes = inSteps(works + works * part / kTriedAbove);
      if (bytes <= most && !worksIn(bytes))
        found.failsAt = bytes;
    }
    keep(works - kStepBytes, found);
    keep(most, found);
    for (uint64_t twentieths : kKeptTwentieths)
      keep(std::clamp(inSteps(works * twentieths / 20), kLeastBytes - kStepBytes, most), found);
    if (found.failsAt)
      keep(*found.failsAt, found);
    return failed(found);
  }

private:
  static uint64_t inSteps(uint64_t bytes) { return bytes / kStepBytes * kStepBytes; }

  void keep(uint64_t bytes, SmallestHeap &found) { found.around[bytes] = worksIn(bytes); }

  llvm::Expected<std::optional<SmallestHeap>> failed(std::optional<SmallestHeap> found) {
    if (!failure_.empty())
      return llvm::createStringError(failure_);
    return found;
  }

  bool worksIn(uint64_t bytes) {
    if (!failure_.empty())
      return false;
    auto [known, isNew] = tried_.try_emplace(bytes, false);
    if (isNew)
      known->second = runsIn(bytes);
    return known->second;
  }

  bool runsIn(uint64_t bytes) {
    DeviceAddress address = device_;
    address.heapBytes = bytes;
    llvm::Expected<std::vector<std::string>> command = engineCommand(address, engineRoots());
    if (!command) {
      failure_ = llvm::toString(command.takeError());
      return false;
    }
    command->push_back(program_);
    llvm::SmallVector<llvm::StringRef> words(command->begin(), command->end());
    // Neither what it reads nor what it writes is of interest: the null device.
    const std::optional<llvm::StringRef> nowhere[] = {"", "", ""};
    bool didNotStart = false;
    std::string why;
    unsigned seconds = static_cast<unsigned>((timeout_.count() + 999) / 1000);
    std::vector<std::string> settings = reproducibleEnvironment();
    llvm::SmallVector<llvm::StringRef> environment(settings.begin(), settings.end());
    int status = llvm::sys::ExecuteAndWait(words.front(), words, environment, nowhere, seconds,
                                           /*MemoryLimit=*/0, &why, &didNotStart);
    if (didNotStart)
      failure_ = why;
    else if (status == -2 && llvm::StringRef(why).contains("timed out"))
      failure_ =
          llvm::formatv("in a heap of {0} bytes the program did not end in {1} s", bytes, seconds);
    return status == 0;
  }

  const DeviceAddress &device_;
  const std::string &program_;
  Milliseconds timeout_;
  std::map<uint64_t, bool> tried_; ///< heaps in which it was run, and whether to its end
  std::string failure_;
};

} // namespace

llvm::Expected<std::optional<SmallestHeap>>
findSmallestHeap(const DeviceAddress &device, const std::string &program, Milliseconds timeout) {
  return HeapSearch(device, program, timeout).run();
}

} // namespace fraglint
