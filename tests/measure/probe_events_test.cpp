#include "measure/probe_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

const std::string kMapOfTwo = "GC memory layout; from 0:\n00000000: h=h.\n";
const std::string kMapOfOne = "GC memory layout; from 0:\n00000000: h=..\n";

std::string errorIn(const std::string &output) {
  llvm::Expected<ProbeOutput> read = readProbeOutput(output);
  return read ? "" : llvm::toString(read.takeError());
}

ProbeOutput readIn(const std::string &output) { return llvm::cantFail(readProbeOutput(output)); }

TEST(ProbeEvents, WithoutPointsAllIsTheProgramsOwn) {
  ProbeOutput read = readIn("hello\nworld");
  EXPECT_EQ("hello\nworld", read.program);
  EXPECT_THAT(read.events, SizeIs(0));
}

TEST(ProbeEvents, PointsStandBetweenWhatTheProgramWrites) {
  ProbeOutput read = readIn("a\x1e p0\nb\n\x1e p1\n\x1e z\nc");
  EXPECT_EQ("ab\nc", read.program);
  ASSERT_THAT(read.events, SizeIs(3));
  EXPECT_EQ("p0", read.events[0].point);
  EXPECT_FALSE(read.events[0].change);
  EXPECT_EQ("z", read.events[2].point);
}

TEST(ProbeEvents, AChangeHasTheHeapBeforeAndAfterTheCollection) {
  ProbeOutput read = readIn("\x1e p4 96\n" + kMapOfTwo + "\x1e 64\n" + kMapOfOne + "\x1e\nmore");
  ASSERT_THAT(read.events, SizeIs(1));
  ASSERT_TRUE(read.events[0].change);
  const ProbeEvent::Change &change = *read.events[0].change;
  EXPECT_EQ(96u, change.usedBytes);
  EXPECT_EQ(64u, change.collectedBytes);
  ASSERT_TRUE(change.before && change.after);
  EXPECT_THAT(change.before->runs(), SizeIs(2));
  EXPECT_THAT(change.after->runs(), SizeIs(1));
  EXPECT_EQ("more", read.program);
}

TEST(ProbeEvents, ACollectionThatFreesNothingDrawsNothing) {
  ProbeOutput read = readIn("\x1e p4 96\n" + kMapOfTwo + "\x1e 96\n\x1e\n");
  ASSERT_THAT(read.events, SizeIs(1));
  EXPECT_TRUE(read.events[0].change->before);
  EXPECT_FALSE(read.events[0].change->after);
}

TEST(ProbeEvents, WhereOnlyTheCollectionChangesTheHeapItIsDrawnOnce) {
  ProbeOutput read = readIn("\x1e p4 96\n\x1e 64\n" + kMapOfOne + "\x1e\n");
  ASSERT_THAT(read.events, SizeIs(1));
  EXPECT_FALSE(read.events[0].change->before);
  EXPECT_TRUE(read.events[0].change->after);
}

TEST(ProbeEvents, WithoutMapsThereAreBytes) {
  ProbeOutput read = readIn("\x1e p4 96\n\x1e 64\n\x1e\n");
  ASSERT_THAT(read.events, SizeIs(1));
  EXPECT_EQ(96u, read.events[0].change->usedBytes);
  EXPECT_EQ(64u, read.events[0].change->collectedBytes);
}

TEST(ProbeEvents, ReadsLineEndsOfAUart) {
  ProbeOutput read = readIn("\x1e p4 96\r\r\n\x1e 96\r\r\n\x1e\r\r\nok\r\r\n");
  ASSERT_THAT(read.events, SizeIs(1));
  EXPECT_EQ("ok\r\r\n", read.program);
}

TEST(ProbeEvents, ACutOffPointIsLostAlone) {
  const std::string whole =
      "\x1e p0\nout\n\x1e p4 96\n" + kMapOfTwo + "\x1e 64\n" + kMapOfOne + "\x1e\n";
  for (size_t length = whole.find("\x1e p4"); length < whole.size(); ++length) {
    ProbeOutput read = readIn(whole.substr(0, length));
    EXPECT_EQ("out\n", read.program) << length;
    EXPECT_THAT(read.events, SizeIs(1)) << length;
  }
  EXPECT_THAT(readIn(whole).events, SizeIs(2));
}

TEST(ProbeEvents, LostBytesAreSaid) {
  EXPECT_THAT(errorIn("\x1e p0\n\x1e\n"), HasSubstr("damaged"));
  EXPECT_THAT(errorIn("\x1e p0 1 2\n"), HasSubstr("damaged"));
  EXPECT_THAT(errorIn("\x1e p0 many\n\x1e 1\n\x1e\n"), HasSubstr("damaged"));
  EXPECT_THAT(errorIn("\x1e p4 96\n" + kMapOfTwo + "\x1e p5\n\x1e\n"), HasSubstr("damaged"));
  EXPECT_THAT(errorIn("\x1e p4 96\nGC memory layout; from 0:\n000h.\n\x1e 96\n\x1e\n"),
              HasSubstr("`000h.`"));
}

TEST(ProbeEvents, AProgramThatWritesTheMarkIsTold) {
  EXPECT_THAT(errorIn("\x1e p0\nmy own \x1e mark here\n\x1e p1\n"), HasSubstr("0x1e"));
}

} // namespace
} // namespace fraglint
