#include "driver/devices_command.h"

#include "support/fake_system.h"

#include "llvm/Support/JSON.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;

/// What the command prints for a system laid out so.
std::string printed(const FakeSystem &system, const std::string &format) {
  testing::internal::CaptureStdout();
  {
    Console console;
    DevicesOptions options;
    options.format = format;
    options.systemFolder = system.path();
    EXPECT_EQ(ExitStatus::Clean, runDevices(options, console));
    EXPECT_TRUE(console.finish());
  }
  return testing::internal::GetCapturedStdout();
}

TEST(DevicesCommand, ListsConnectedPorts) {
  FakeSystem system;
  EXPECT_THAT(printed(system, "text"), HasSubstr("No board is connected over USB."));
  system.addDevice({"1-1", "2e8a", "0005", "MicroPython", "Board in FS mode"});
  system.addPort("ttyACM0", "1-1", "0");
  system.addDevice({"1-2", "12d1", "1506", "", "Modem \xff"});
  system.addPort("ttyUSB0", "1-2", "0");
  std::string table = printed(system, "text");
  EXPECT_THAT(
      table,
      HasSubstr("serial:/dev/ttyACM0    2e8a:0005  likely    MicroPython Board in FS mode\n"));
  EXPECT_THAT(table, HasSubstr("serial:/dev/ttyUSB0    12d1:1506  ?         Modem"));
  llvm::json::Value json = llvm::cantFail(llvm::json::parse(printed(system, "json")));
  const llvm::json::Array &ports = *json.getAsObject()->getArray("ports");
  ASSERT_EQ(2u, ports.size());
  EXPECT_EQ("serial:/dev/ttyACM0", ports[0].getAsObject()->getString("device"));
  EXPECT_EQ("2e8a:0005", ports[0].getAsObject()->getString("usb"));
  EXPECT_EQ(true, ports[0].getAsObject()->getBoolean("likelyBoard"));
  EXPECT_EQ(false, ports[1].getAsObject()->getBoolean("likelyBoard"));
}

} // namespace
} // namespace fraglint
