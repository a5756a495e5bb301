#include "device/replay_port.h"

#include "device/fd_port.h"
#include "device/recording_port.h"
#include "support/port_text.h"
#include "support/temp_folder.h"
#include "support/terminal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;

std::unique_ptr<Port> replayed(llvm::StringRef lines) {
  auto session = std::make_shared<Session>(llvm::cantFail(
      Session::parse(("fraglint-session/1\ndevice unix:64k\n1 open\n" + lines).str(), "s")));
  return llvm::cantFail(ReplayPort::open(session, 0));
}

TEST(ReplayPort, ReadsMayBeMergedAndSplit) {
  auto port = replayed("1 read \"one\\n\"\n1 read \"two\"\n1 read \"three\"\n1 silence\n");
  EXPECT_EQ("on", readText(*port, 2));
  EXPECT_EQ("e\ntwothr", readText(*port, 8));
  char rest[10];
  EXPECT_EQ(2u, llvm::cantFail(port->read(rest, soon())));
  EXPECT_EQ(0u, llvm::cantFail(port->read(rest, soon())));
  EXPECT_EQ("s: the session breaks off, and now something is read",
            errorOf(port->read(rest, soon())));
}

TEST(ReplayPort, WritesMayComeInOtherPieces) {
  auto port = replayed("1 write \"one\\n\"\n1 write \"two\"\n1 close\n");
  EXPECT_EQ(2u, llvm::cantFail(port->write("on", soon())));
  EXPECT_EQ(4u, llvm::cantFail(port->write("e\ntw", soon())));
  EXPECT_EQ("s:5: the session differs: here was written \"o\", and now is written \"x\"; record it "
            "again",
            errorOf(port->write("x", soon())));
  EXPECT_EQ("s:5: the session differs: here was written \"o\", and now the program is interrupted; "
            "record it again",
            errorOf(port->interrupt(soon())));
  EXPECT_EQ(1u, llvm::cantFail(port->write("o", soon())));
  char byte;
  EXPECT_THAT(errorOf(port->read(byte, soon())),
              HasSubstr("s:6: the session differs: here the port "
                        "was closed, and now something is read"));
}

TEST(ReplayPort, TheEndOfThePortIsToldEachTime) {
  auto port = replayed("1 end \"gone\"\n1 close\n");
  char byte;
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ("gone", errorOf(port->read(byte, soon())));
    EXPECT_EQ("gone", errorOf(port->write("x", soon())));
    EXPECT_EQ("gone", errorOf(port->interrupt(soon())));
  }
}

/// What a port does that takes no more, one thing after the other.
void flood(Port &port, std::string &said) {
  std::string bytes(1 << 18, 'x');
  Deadline deadline = deadlineIn(Milliseconds(20));
  said += std::to_string(llvm::cantFail(port.write(bytes, deadline))) + " ";
  said += std::to_string(llvm::cantFail(port.write("more", deadline))) + " ";
  said += llvm::cantFail(port.interrupt(deadline)) ? "interrupted " : "not interrupted ";
  char byte;
  said += std::to_string(llvm::cantFail(port.read(byte, deadline))) + " ";
  said += port.hasPassed(deadline) ? "late " : "in time ";
  said += port.hasPassed(deadlineIn(Milliseconds(20000))) ? "late" : "in time";
}

TEST(ReplayPort, DeadlinesPassAsTheyDidInTheRecording) {
  Terminal terminal;
  TempFolder folder;
  std::string live, later;
  {
    std::shared_ptr<SessionWriter> writer =
        llvm::cantFail(SessionWriter::create(folder.path("s"), "unix:64k"));
    std::unique_ptr<Port> inner = llvm::cantFail(FdPort::openTerminal(terminal.path));
    auto port = llvm::cantFail(RecordingPort::open(std::move(inner), std::move(writer)));
    flood(*port, live);
  }
  EXPECT_THAT(live, HasSubstr(" 0 not interrupted 0 late in time"));
  auto session = std::make_shared<Session>(llvm::cantFail(Session::load(folder.path("s"))));
  auto port = llvm::cantFail(ReplayPort::open(session, 0));
  flood(*port, later);
  EXPECT_EQ(live, later);
}

} // namespace
} // namespace fraglint
