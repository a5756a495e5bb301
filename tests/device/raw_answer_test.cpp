#include "device/raw_answer.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

constexpr size_t kPlenty = 1000;

RawAnswer answerOf(llvm::StringRef bytes) {
  RawAnswer answer(kPlenty);
  EXPECT_EQ(bytes.size(), answer.feed(bytes));
  return answer;
}

TEST(RawAnswer, OutputAndErrorEndWithCtrlD) {
  RawAnswer answer = answerOf("1\r\n\x04Traceback\r\n\x04>");
  EXPECT_TRUE(answer.isWhole());
  EXPECT_EQ("1\r\n", answer.output());
  EXPECT_EQ("Traceback\r\n", answer.error());
}

TEST(RawAnswer, ItMayComeByteByByte) {
  RawAnswer answer(kPlenty);
  for (char byte : llvm::StringRef("a>\x04\x04")) {
    answer.feed(llvm::StringRef(&byte, 1));
    EXPECT_FALSE(answer.isWhole());
  }
  EXPECT_EQ(1u, answer.feed(">next"));
  EXPECT_TRUE(answer.isWhole());
  EXPECT_EQ("a>", answer.output());
}

TEST(RawAnswer, CtrlDInTheOutputIsOutput) {
  EXPECT_EQ("a\x04"
            "b",
            answerOf("a\x04"
                     "b\x04\x04>")
                .output());
  EXPECT_EQ("\x04\x04\x04", answerOf("\x04\x04\x04\x04\x04>").output());
  RawAnswer failed = answerOf("a\x04"
                              "b\x04"
                              "error\x04>");
  EXPECT_EQ("a\x04"
            "b",
            failed.output());
  EXPECT_EQ("error", failed.error());
}

TEST(RawAnswer, WhatHasComeOfAnUnfinishedOneIsThere) {
  EXPECT_EQ("half", answerOf("half").output());
  EXPECT_FALSE(answerOf("half").isWhole());
  EXPECT_EQ("Trace", answerOf("half\x04Trace").error());
}

TEST(RawAnswer, TheFirstBytesOfALongOneAreKept) {
  RawAnswer answer(5);
  answer.feed("12345");
  EXPECT_FALSE(answer.isTooLong());
  answer.feed("678\x04"
              "error\x04>");
  EXPECT_TRUE(answer.isTooLong());
  EXPECT_TRUE(answer.isWhole());
  EXPECT_EQ("12345", answer.output());
}

} // namespace
} // namespace fraglint
