#include "device/session.h"

#include "device/escaped_text.h"
#include "support/port_text.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;

constexpr llvm::StringLiteral kHead = "fraglint-session/1\ndevice unix:64k\n";

std::string mistakeIn(llvm::StringRef lines) {
  return errorOf(Session::parse((kHead + lines).str(), "a.session"));
}

TEST(EscapedText, HoldsEveryByte) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte)
    all += static_cast<char>(byte);
  EXPECT_EQ(all, unescapedText(escapedText(all)));
  EXPECT_EQ("\"a\\\"\\\\b\\x041\\r\\n\\xff\"", escapedText("a\"\\b\x04"
                                                           "1\r\n\xff"));
  EXPECT_EQ("", unescapedText("\"\""));
}

TEST(EscapedText, WhatIsNoneIsNotRead) {
  for (llvm::StringRef text : {"", "\"", "a", "\"a", "a\"", "\"a\"b\"", "\"\\\"", "\"\\q\"",
                               "\"\\x4\"", "\"\\xg0\"", "\"\t\""})
    EXPECT_FALSE(unescapedText(text)) << text.str();
}

TEST(Session, AnEventEndsWhereALineDoes) {
  TempFolder folder;
  {
    auto writer = llvm::cantFail(SessionWriter::create(folder.path("a"), "unix:64k"));
    size_t first = writer->addDevice();
    llvm::cantFail(writer->add(first, SessionEventKind::Open));
    for (llvm::StringRef piece : {"on", "e\ntw", "o\n\nthr", "ee"})
      llvm::cantFail(writer->add(first, SessionEventKind::Read, piece));
    llvm::cantFail(writer->add(first, SessionEventKind::Silence));
    llvm::cantFail(writer->add(first, SessionEventKind::Write, "x"));
    size_t second = writer->addDevice();
    llvm::cantFail(writer->add(second, SessionEventKind::Refused, "no \"such\" device"));
    llvm::cantFail(writer->add(first, SessionEventKind::Interrupt));
    llvm::cantFail(writer->add(first, SessionEventKind::End, "gone"));
    llvm::cantFail(writer->add(first, SessionEventKind::Close));
  }
  EXPECT_EQ((kHead + R"(1 open
1 read "one\n"
1 read "two\n"
1 read "\n"
1 read "three"
1 silence
1 write "x"
2 refused "no \"such\" device"
1 interrupt
1 end "gone"
1 close
)")
                .str(),
            folder.read("a"));
  Session session = llvm::cantFail(Session::load(folder.path("a")));
  EXPECT_EQ("unix:64k", session.device);
  ASSERT_EQ(2u, session.devices.size());
  EXPECT_EQ(10u, session.devices[0].size());
  EXPECT_EQ("three", session.devices[0][4].text);
  EXPECT_EQ(7u, session.devices[0][4].line);
  EXPECT_EQ("no \"such\" device", session.devices[1][0].text);
}

TEST(Session, CarriageReturnsOfAnEditorDoNotMatter) {
  Session session = llvm::cantFail(
      Session::parse("fraglint-session/1\r\ndevice unix:64k\r\n1 open\r\n1 read \"a\"\r\n", "a"));
  EXPECT_EQ("a", session.devices[0][1].text);
}

TEST(Session, ABrokenFileIsAnErrorWithItsLine) {
  EXPECT_EQ("a.session is no recorded session: its first line is not `fraglint-session/1`",
            errorOf(Session::parse("", "a.session")));
  EXPECT_EQ("a.session: the session has format 2, and this fraglint reads 1; record it again",
            errorOf(Session::parse("fraglint-session/2\n", "a.session")));
  EXPECT_EQ("a.session:2: the session is broken here: it does not name the device",
            errorOf(Session::parse("fraglint-session/1\n1 open\n", "a.session")));
  EXPECT_EQ("a.session:3: the session is broken here: this device was not opened before",
            mistakeIn("1 late\n"));
  EXPECT_EQ("a.session:4: the session is broken here: there is no event `rad`",
            mistakeIn("1 open\n1 rad \"x\"\n"));
  EXPECT_THAT(mistakeIn("1 open\n1 read \"x\n"), HasSubstr("a.session:4: "));
  EXPECT_THAT(mistakeIn("1 open\n1 read \"x\n"), HasSubstr("the text after `read` is not whole"));
  EXPECT_THAT(mistakeIn("1 open\n1 late \"x\"\n"), HasSubstr("`late` has no text"));
  for (llvm::StringRef line : {"", "open", "0 open", "-1 open", "99999999999999999999 open"})
    EXPECT_THAT(mistakeIn((line + "\n").str()),
                HasSubstr("a.session:3: the session is broken here: it does not begin with"))
        << line.str();
  for (llvm::StringRef lines : {"2 open\n", "1 open\n1 open\n", "1 open\n3 open\n"})
    EXPECT_THAT(mistakeIn(lines), HasSubstr("in the order of their numbers")) << lines.str();
}

TEST(Session, FilesThatCannotBeUsedAreNamed) {
  EXPECT_EQ("cannot read /nowhere/a: No such file or directory",
            errorOf(Session::load("/nowhere/a")));
  EXPECT_EQ("cannot record to /nowhere/a: No such file or directory",
            errorOf(SessionWriter::create("/nowhere/a", "unix:64k")));
}

TEST(Session, AFullDiskIsAnError) {
  EXPECT_EQ("cannot record to /dev/full: No space left on device",
            errorOf(SessionWriter::create("/dev/full", "unix:64k")));
}

} // namespace
} // namespace fraglint
