#include "device/device_source.h"

#include "device/engine.h"
#include "device/process_port.h"
#include "support/environment.h"
#include "support/port_text.h"
#include "support/processes.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;

constexpr Milliseconds kPlenty(20000);
/// For what is meant to be waited out.
constexpr Milliseconds kShort(300);
constexpr llvm::StringLiteral kFake = "exec:" FRAGLINT_SOURCE_DIR "/tests/device/fake_repl.py";
constexpr llvm::StringLiteral kFakeRepl = FRAGLINT_SOURCE_DIR "/tests/device/fake_repl.py";

DeviceSource liveAt(llvm::StringRef text, const ReplDeadlines &deadlines = {}) {
  return llvm::cantFail(DeviceSource::at(llvm::cantFail(DeviceAddress::parse(text)), deadlines));
}

/// All that running `codes` on a device from `source` says, one text each.
std::vector<std::string> runAll(DeviceSource &source, llvm::ArrayRef<llvm::StringRef> codes,
                                Milliseconds timeout = kPlenty) {
  auto device = source.open();
  if (!device)
    return {llvm::toString(device.takeError())};
  std::vector<std::string> said;
  for (llvm::StringRef code : codes) {
    Execution execution;
    std::string error = errorOf((*device)->run(code, timeout, execution));
    said.push_back(execution.output + "|" + execution.error + "|" +
                   (execution.timedOut ? "timed out" : "") + "|" + error);
  }
  return said;
}

class EngineSessionTest : public testing::TestWithParam<const char *> {};
INSTANTIATE_TEST_SUITE_P(Engine, EngineSessionTest,
                         testing::Values("unix:64k", "unix32:64k", "node:micropython",
                                         "qemu:microbit"),
                         [](const testing::TestParamInfo<const char *> &text) {
                           return llvm::StringRef(text.param).split(':').first.str();
                         });

TEST_P(EngineSessionTest, ARecordedSessionReplaysWithoutAnEngine) {
  auto command = engineCommand(llvm::cantFail(DeviceAddress::parse(GetParam())), engineRoots());
  if (!command)
    GTEST_SKIP() << llvm::toString(command.takeError());
  TempFolder folder;
  std::string code = "total = 0\n";
  for (int line = 0; line < 60; ++line)
    code += "total += " + std::to_string(line) + "\n";
  code += "print(total)\n";
  const llvm::StringRef codes[] = {
      "print('\\xff\\x04')", "import micropython\nmicropython.mem_info(1)", "[][1]", code, ""};
  std::vector<std::string> live;
  {
    DeviceSource source = liveAt(GetParam());
    llvm::cantFail(source.recordTo(folder.path("session")));
    live = runAll(source, codes);
    for (const std::string &said : runAll(source, {"print(1)", "print(2)"}))
      live.push_back(said);
  }
  EXPECT_THAT(live[3], HasSubstr("1770"));
  Environment path("PATH", "/nowhere");
  DeviceSource source = llvm::cantFail(DeviceSource::replaying(folder.path("session")));
  EXPECT_TRUE(source.isReplay());
  EXPECT_EQ(GetParam(), source.address().text);
  std::vector<std::string> replayed;
  {
    auto device = llvm::cantFail(source.open());
    for (llvm::StringRef one : codes) {
      Execution execution;
      llvm::cantFail(device->run(one, kPlenty, execution));
      EXPECT_TRUE(hasNoChild());
      replayed.push_back(execution.output + "|" + execution.error + "||");
    }
  }
  for (const std::string &said : runAll(source, {"print(1)", "print(2)"}))
    replayed.push_back(said);
  EXPECT_EQ(live, replayed);
}

TEST(DeviceSource, TheEngineOfASessionMayBeGone) {
  TempFolder folder;
  llvm::cantFail(
      llvm::errorCodeToError(llvm::sys::fs::create_link(kFakeRepl, folder.path("engine"))));
  std::string address = "exec:" + folder.path("engine");
  DeviceSource live = liveAt(address);
  llvm::cantFail(live.recordTo(folder.path("session")));
  std::vector<std::string> said = runAll(live, {"print(1)"});
  EXPECT_EQ(std::vector<std::string>{"1\n|||"}, said);
  EXPECT_FALSE(llvm::sys::fs::remove(folder.path("engine")));
  EXPECT_THAT(runAll(live, {"print(1)"})[0], HasSubstr("cannot run "));
  DeviceSource replay = llvm::cantFail(DeviceSource::replaying(folder.path("session")));
  EXPECT_EQ(said, runAll(replay, {"print(1)"}));
  EXPECT_THAT(runAll(replay, {"print(1)"})[0], HasSubstr("cannot run ")); // as it was then
  EXPECT_THAT(runAll(replay, {"print(1)"})[0],
              HasSubstr("the session ends here: 2 devices were opened in it"));
}

/// What ended with a deadline or a failure ends so again, and at once.
TEST(DeviceSource, FailuresReplayWithoutWaiting) {
  TempFolder folder;
  const llvm::StringRef codes[] = {
      "while True: print('x', flush=True)", "import time\nprint('a', flush=True)\ntime.sleep(1000)",
      "import os\nprint('b', flush=True)\nos.kill(os.getpid(), 9)", "print(1)"};
  std::vector<std::string> live;
  {
    DeviceSource source = liveAt(kFake, {kPlenty, kPlenty, kPlenty});
    llvm::cantFail(source.recordTo(folder.path("session")));
    live = runAll(source, codes, kShort);
  }
  EXPECT_THAT(live[0], HasSubstr("KeyboardInterrupt"));
  EXPECT_THAT(live[1], HasSubstr("timed out"));
  EXPECT_THAT(live[2], HasSubstr("b\n|||`fake_repl.py` was killed by signal 9"));
  DeviceSource source = llvm::cantFail(DeviceSource::replaying(folder.path("session")));
  auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(live, runAll(source, codes, Milliseconds(1000000)));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2 * kShort); // both deadlines passed once
}

TEST(DeviceSource, ASoftResetReplays) {
  TempFolder folder;
  auto twice = [](DeviceSource &source) {
    auto device = llvm::cantFail(source.open());
    Execution first, second;
    llvm::cantFail(device->run("kept = 1", kPlenty, first));
    llvm::cantFail(device->softReset());
    llvm::cantFail(device->run("print('kept' in globals())", kPlenty, second));
    return second.output;
  };
  DeviceSource live = liveAt(kFake);
  llvm::cantFail(live.recordTo(folder.path("session")));
  EXPECT_EQ("False\n", twice(live));
  DeviceSource replay = llvm::cantFail(DeviceSource::replaying(folder.path("session")));
  EXPECT_EQ("False\n", twice(replay));
}

TEST(DeviceSource, ABoardIsRestartedWhenItIsOpened) {
  TempFolder folder;
  auto fake = llvm::cantFail(ProcessPort::start(
      {std::string("python3"), kFakeRepl.str(), "paste", "prompt", folder.path("repl")},
      InterruptBy::Signal));
  EXPECT_EQ("ready\r\n", readText(*fake, 7));
  DeviceSource live = liveAt("socket:" + folder.path("repl"));
  llvm::cantFail(live.recordTo(folder.path("session")));
  EXPECT_EQ(std::vector<std::string>{"1\n|||"}, runAll(live, {"print(1)"}));
  EXPECT_THAT(folder.read("session"), HasSubstr("soft reboot"));
}

/// Pairs of devices may be open at once, as one that takes the place of another is.
TEST(DeviceSource, DevicesOfASessionMayOverlap) {
  TempFolder folder;
  DeviceSource live = liveAt(kFake);
  llvm::cantFail(live.recordTo(folder.path("session")));
  auto twice = [](DeviceSource &source) {
    auto device = llvm::cantFail(source.open());
    Execution first, second;
    llvm::cantFail(device->run("print('first')", kPlenty, first));
    device = llvm::cantFail(source.open());
    llvm::cantFail(device->run("print('second')", kPlenty, second));
    return first.output + second.output;
  };
  EXPECT_EQ("first\nsecond\n", twice(live));
  DeviceSource replay = llvm::cantFail(DeviceSource::replaying(folder.path("session")));
  EXPECT_EQ("first\nsecond\n", twice(replay));
}

/// What recording `print(1)` on the fake leaves, and what replaying `code` in it says then.
class DifferenceTest : public testing::Test {
protected:
  void SetUp() override {
    DeviceSource source = liveAt(kFake);
    llvm::cantFail(source.recordTo(folder_.path("session")));
    ASSERT_EQ(std::vector<std::string>{"1\n|||"}, runAll(source, {"print(1)"}));
    text_ = folder_.read("session");
  }
  std::string replay(llvm::StringRef code) {
    folder_.write("session", text_);
    DeviceSource source = llvm::cantFail(DeviceSource::replaying(folder_.path("session")));
    std::string all = runAll(source, {code})[0];
    llvm::StringRef said = all;
    said.consume_front("|||");
    said.consume_front(folder_.path("session"));
    return said.str();
  }
  /// The number of the line that holds `text`, from 1.
  size_t lineOf(llvm::StringRef text) const {
    llvm::StringRef before = llvm::StringRef(text_).split(text).first;
    return before.count('\n') + 1;
  }
  TempFolder folder_;
  std::string text_;
};

TEST_F(DifferenceTest, OtherCodeIsNamedWithTheLine) {
  EXPECT_EQ(":" + std::to_string(lineOf("print(1)")) +
                ": the session differs: here was written \"print(1)\\x04\", and now is written "
                "\"print(2)\"; record it again",
            replay("print(2)"));
  EXPECT_THAT(replay("print(1) "),
              HasSubstr("here was written \"print(1)\\x04\", and now is written \"print(1) \""));
}

TEST_F(DifferenceTest, ASessionThatBreaksOffIsSaidToBe) {
  text_.resize(text_.find("1 write \"print(1)"));
  EXPECT_EQ(": the session breaks off, and now is written \"print(1)\"", replay("print(1)"));
}

TEST_F(DifferenceTest, ARunThatIsMissingIsNamed) {
  folder_.write("session", text_);
  DeviceSource source = llvm::cantFail(DeviceSource::replaying(folder_.path("session")));
  EXPECT_THAT(runAll(source, {"print(1)", "print(1)"})[1], HasSubstr("the session differs: here "));
}

TEST(DeviceSource, ARecordingWithoutRoomIsAnError) {
  EXPECT_EQ("cannot record to /dev/full: No space left on device",
            errorOf(liveAt(kFake).recordTo("/dev/full")));
}

TEST(DeviceSource, AnAddressThatIsNoneIsNamedWithItsLine) {
  TempFolder folder;
  folder.write("session", "fraglint-session/1\ndevice unx:64k\n");
  EXPECT_EQ(folder.path("session") + ":2: there is no device `unx:64k`; did you mean `unix:64k`?",
            errorOf(DeviceSource::replaying(folder.path("session"))));
}

} // namespace
} // namespace fraglint
