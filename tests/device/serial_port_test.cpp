#include "device/serial_port.h"

#include "support/port_text.h"
#include "support/temp_folder.h"
#include "support/terminal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <termios.h>

#include <cerrno>

namespace fraglint {
namespace {

using testing::HasSubstr;

constexpr uint32_t kBaud = 115200;

/// A user without rights, if this process is root.
class NoRights {
public:
  NoRights() : before_(::geteuid()) {
    if (before_ == 0) {
      EXPECT_EQ(0, ::seteuid(65534));
    }
  }
  ~NoRights() {
    if (before_ == 0) {
      EXPECT_EQ(0, ::seteuid(before_));
    }
  }

private:
  uid_t before_;
};

TEST(SerialPort, CarriesEveryByteAtTheSpeedThatWasAsked) {
  Terminal terminal;
  auto port = llvm::cantFail(SerialPort::open(terminal.path, 9600, /*clearsLines=*/false));
  termios mode = {};
  ASSERT_EQ(0, ::tcgetattr(terminal.near.number(), &mode)); // both ends have one
  EXPECT_EQ(static_cast<speed_t>(B9600), ::cfgetospeed(&mode));
  EXPECT_EQ(static_cast<tcflag_t>(CS8 | CREAD | CLOCAL),
            mode.c_cflag & (CSIZE | CREAD | CLOCAL | PARENB | CSTOPB | CRTSCTS));
  FdPort near(std::move(terminal.near));
  llvm::StringRef all("\0\x03\x04\r\n\x11\x13\xff", 8);
  ASSERT_EQ(all.size(), llvm::cantFail(port->write(all, soon())));
  EXPECT_EQ(all, readText(near, all.size()));
  ASSERT_EQ(all.size(), llvm::cantFail(near.write(all, soon())));
  EXPECT_EQ(all, readText(*port, all.size()));
}

TEST(SerialPort, LinksAreFollowedAndLinesThatAreNotThereDoNotMatter) {
  Terminal terminal;
  TempFolder folder;
  ASSERT_EQ(0, ::symlink(terminal.path.c_str(), folder.path("usb-Board-if00").c_str()));
  EXPECT_EQ("", errorOf(SerialPort::open(folder.path("usb-Board-if00"), kBaud, true)));
}

TEST(SerialPort, ASecondOneIsToldThatThePortIsBusy) {
  Terminal terminal;
  std::string busy = "cannot open " + terminal.path +
                     ": the port is busy; close what else uses "
                     "it: a terminal, an editor's REPL, another fraglint";
  {
    auto port = llvm::cantFail(SerialPort::open(terminal.path, kBaud, false));
    EXPECT_EQ(busy, errorOf(SerialPort::open(terminal.path, kBaud, false)));
    ASSERT_EQ(0, ::chmod(terminal.path.c_str(), 0666));
    NoRights user; // whom the kernel refuses, whether they look for a lock or not
    EXPECT_EQ(-1, ::open(terminal.path.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC));
    EXPECT_EQ(EBUSY, errno);
    EXPECT_EQ(busy, errorOf(SerialPort::open(terminal.path, kBaud, false)));
  }
  NoRights user;
  EXPECT_EQ("", errorOf(SerialPort::open(terminal.path, kBaud, false))); // free again
}

TEST(SerialPort, WhatCannotBeOpenedIsNamedWithTheRemedy) {
  EXPECT_EQ("cannot open /dev/ttyACM77: there is no such port; `fraglint devices` lists those "
            "that are connected",
            errorOf(SerialPort::open("/dev/ttyACM77", kBaud, false)));
  EXPECT_THAT(errorOf(SerialPort::open("/dev/null", kBaud, false)),
              HasSubstr("/dev/null is no serial port: "));
  Terminal terminal;
  ASSERT_EQ(0, ::chmod(terminal.path.c_str(), 0));
  NoRights user;
  EXPECT_EQ("cannot open " + terminal.path +
                ": not allowed; your user must be in the group that owns it, which is dialout on "
                "Debian: run `sudo usermod -aG dialout $USER` and log in again",
            errorOf(SerialPort::open(terminal.path, kBaud, false)));
}

TEST(SerialPort, UnpluggedItIsAnError) {
  Terminal terminal;
  auto port = llvm::cantFail(SerialPort::open(terminal.path, kBaud, false));
  {
    FileDescriptor gone(std::move(terminal.near));
  }
  char byte;
  EXPECT_EQ("the other end of the port is closed", errorOf(port->read(byte, soon())));
  EXPECT_EQ("the other end of the port is closed", errorOf(port->write("x", soon())));
}

TEST(SerialPort, SpeedsAreThoseOfPorts) {
  for (uint32_t baud : {1200u, 9600u, 115200u, 3000000u})
    EXPECT_TRUE(isSerialSpeed(baud)) << baud;
  for (uint32_t baud : {0u, 1u, 9601u})
    EXPECT_FALSE(isSerialSpeed(baud)) << baud;
}

} // namespace
} // namespace fraglint
