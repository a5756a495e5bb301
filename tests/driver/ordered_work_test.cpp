#include "driver/ordered_work.h"
#include "driver/progress_bar.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <thread>

namespace fraglint {
namespace {

/// The order in which results are consumed, up to `last`.
std::vector<size_t> consumed(size_t count, unsigned threads, size_t last = SIZE_MAX) {
  std::vector<size_t> order;
  workInOrder<size_t>(
      count, threads,
      [](size_t index) {
        // Early items take longest.
        std::this_thread::sleep_for(std::chrono::microseconds(index < 5 ? 3000 : 10));
        return index * 2;
      },
      [&](size_t index, size_t result) {
        EXPECT_EQ(result, index * 2);
        order.push_back(index);
        return index < last;
      },
      [](size_t) {});
  return order;
}

std::vector<size_t> upTo(size_t count) {
  std::vector<size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

TEST(OrderedWork, ResultsComeInOrder) {
  for (unsigned threads : {1U, 2U, 8U})
    EXPECT_EQ(consumed(200, threads), upTo(200)) << threads;
  EXPECT_EQ(consumed(0, 4), upTo(0));
  EXPECT_EQ(consumed(1, 4), upTo(1));
}

TEST(OrderedWork, EndsWhenNobodyWantsMore) {
  for (unsigned threads : {1U, 3U})
    EXPECT_EQ(consumed(200, threads, 10), upTo(11)) << threads;
}

TEST(ProgressBar, ShowsItselfAfterASecondOnly) {
  std::string text;
  llvm::raw_string_ostream os(text);
  {
    ProgressBar bar(os, 100, true);
    bar.update(10);
    EXPECT_EQ(text, "");
    std::this_thread::sleep_for(std::chrono::milliseconds(1050));
    bar.update(50);
    EXPECT_NE(text.find("50 of 100 files"), std::string::npos);
  }
  EXPECT_TRUE(llvm::StringRef(text).ends_with("\r\x1b[K"));
}

TEST(ProgressBar, IsSilentWhereItIsNotWanted) {
  std::string text;
  llvm::raw_string_ostream os(text);
  ProgressBar bar(os, 100, false);
  std::this_thread::sleep_for(std::chrono::milliseconds(1050));
  bar.update(50);
  EXPECT_EQ(text, "");
}

} // namespace
} // namespace fraglint
