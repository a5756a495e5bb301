#include "device/fd_port.h"

#include "support/port_text.h"
#include "support/temp_folder.h"
#include "support/terminal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace fraglint {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// A socket that listens at `address`, which learns the port it got.
template <typename Address> FileDescriptor listenAt(Address &address, int family) {
  FileDescriptor listener(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  socklen_t length = sizeof address;
  auto *generic = reinterpret_cast<sockaddr *>(&address);
  EXPECT_EQ(0, ::bind(listener.number(), generic, length));
  EXPECT_EQ(0, ::listen(listener.number(), 1));
  EXPECT_EQ(0, ::getsockname(listener.number(), generic, &length));
  return listener;
}

void expectBothWays(Port &one, Port &other) {
  llvm::StringRef all("\0\x03\x04\r\n\x11\x13\xff\x80 text", 14); // what terminals like to change
  ASSERT_EQ(all.size(), llvm::cantFail(one.write(all, soon())));
  EXPECT_EQ(all, readText(other, all.size()));
  ASSERT_EQ(all.size(), llvm::cantFail(other.write(all, soon())));
  EXPECT_EQ(all, readText(one, all.size()));
}

TEST(FdPort, ATerminalCarriesEveryByte) {
  Terminal terminal;
  auto far = llvm::cantFail(FdPort::openTerminal(terminal.path));
  FdPort near(std::move(terminal.near));
  expectBothWays(near, *far);
}

TEST(FdPort, AUnixSocketCarriesEveryByte) {
  TempFolder folder;
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  folder.path("repl").copy(address.sun_path, sizeof address.sun_path - 1);
  FileDescriptor listener = listenAt(address, AF_UNIX);
  auto port = llvm::cantFail(FdPort::connectUnix(folder.path("repl")));
  FdPort other(FileDescriptor(::accept(listener.number(), nullptr, nullptr)));
  expectBothWays(*port, other);
}

TEST(FdPort, ATcpConnectionCarriesEveryByte) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  FileDescriptor listener = listenAt(address, AF_INET);
  auto port = llvm::cantFail(FdPort::connectTcp("localhost", ntohs(address.sin_port), soon()));
  FdPort other(FileDescriptor(::accept(listener.number(), nullptr, nullptr)));
  expectBothWays(*port, other);
}

TEST(FdPort, ATimeoutIsAValue) {
  Terminal terminal;
  auto far = llvm::cantFail(FdPort::openTerminal(terminal.path));
  char byte;
  EXPECT_EQ(0u, llvm::cantFail(far->read(byte, deadlineIn(Milliseconds(20)))));
  // Nobody reads: it takes what its buffer holds.
  std::string flood(1 << 20, 'x');
  size_t taken = llvm::cantFail(far->write(flood, deadlineIn(Milliseconds(20))));
  EXPECT_GT(taken, 0u);
  EXPECT_LT(taken, flood.size());
}

TEST(FdPort, ATerminalClosedUnderItIsAnError) {
  Terminal terminal;
  auto far = llvm::cantFail(FdPort::openTerminal(terminal.path));
  {
    FdPort near(std::move(terminal.near));
    llvm::cantFail(near.write("last", soon()));
    EXPECT_EQ("last", readText(*far, 4));
  }
  char byte;
  EXPECT_EQ("the other end of the port is closed", errorOf(far->read(byte, soon())));
  EXPECT_EQ("the other end of the port is closed", errorOf(far->write("x", soon())));
}

TEST(FdPort, AClosedSocketIsAnErrorAndNoSignal) {
  int ends[2];
  ASSERT_EQ(0, ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
  FdPort port{FileDescriptor(ends[0])};
  {
    FileDescriptor closed(ends[1]);
  }
  char byte;
  EXPECT_EQ("the other end of the port is closed", errorOf(port.read(byte, soon())));
  EXPECT_EQ("the other end of the port is closed", errorOf(port.write("x", soon())));
}

TEST(FdPort, WhatCannotBeOpenedIsNamed) {
  EXPECT_EQ("cannot open /nowhere/tty: No such file or directory",
            errorOf(FdPort::openTerminal("/nowhere/tty")));
  EXPECT_EQ("/dev/null: Inappropriate ioctl for device",
            errorOf(FdPort::openTerminal("/dev/null")));
  EXPECT_EQ("cannot connect to /nowhere/repl: No such file or directory",
            errorOf(FdPort::connectUnix("/nowhere/repl")));
  EXPECT_THAT(errorOf(FdPort::connectUnix(std::string(200, 'x'))), HasSubstr("too long"));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  {
    FileDescriptor listener = listenAt(address, AF_INET);
  } // nobody listens there now
  EXPECT_THAT(errorOf(FdPort::connectTcp("127.0.0.1", ntohs(address.sin_port), soon())),
              StartsWith("cannot connect to 127.0.0.1:"));
  EXPECT_THAT(errorOf(FdPort::connectTcp("board.example", 23, soon())),
              StartsWith("`board.example` is no numeric address"));
}

} // namespace
} // namespace fraglint
