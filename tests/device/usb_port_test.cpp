#include "device/usb_port.h"

#include "support/fake_system.h"
#include "support/port_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> pathsOf(const std::vector<UsbPort> &ports) {
  std::vector<std::string> paths;
  paths.reserve(ports.size());
  for (const UsbPort &port : ports)
    paths.push_back(port.path);
  return paths;
}

TEST(UsbPort, PortsOfUsbDevicesAreFoundWithWhatTheySay) {
  FakeSystem system;
  system.addPlainPort("ttyS0");
  system.addDevice({"1-1", "2e8a", "0005", "MicroPython", "Board in FS mode"});
  system.addPort("ttyACM10", "1-1", "0");
  system.addDevice({"1-2", "10C4", "EA60", "", ""});
  system.addPort("ttyUSB9", "1-2", "0");
  std::vector<UsbPort> ports = usbPorts(system.path());
  ASSERT_THAT(pathsOf(ports), ElementsAre("/dev/ttyUSB9", "/dev/ttyACM10"));
  EXPECT_EQ("10c4:ea60", ports[0].ids());
  EXPECT_EQ("Silicon Labs", ports[0].knownVendor());
  EXPECT_EQ("2e8a:0005", ports[1].ids());
  EXPECT_EQ("MicroPython", ports[1].maker);
  EXPECT_EQ("Board in FS mode", ports[1].name);
}

TEST(UsbPort, WithoutAKernelThatListsThemThereAreNone) {
  EXPECT_TRUE(usbPorts("/nowhere").empty());
}

/// What `auto` takes of a system with these devices, or why it takes none.
std::string chosenOf(llvm::ArrayRef<FakeSystem::Usb> devices) {
  FakeSystem system;
  int number = 0;
  for (const FakeSystem::Usb &usb : devices) {
    system.addDevice(usb);
    system.addPort("ttyACM" + std::to_string(number++), usb.at, "0");
  }
  llvm::Expected<UsbPort> port = onlyBoard(usbPorts(system.path()));
  return port ? port->path : llvm::toString(port.takeError());
}

TEST(OnlyBoard, IsKnownByItsVendorOrItsName) {
  const FakeSystem::Usb modem = {"1-1", "12d1", "1506", "HUAWEI", "Modem"};
  EXPECT_EQ("/dev/ttyACM1", chosenOf({modem, {"1-2", "239a", "80f4", "", ""}}));
  EXPECT_EQ("/dev/ttyACM1", chosenOf({modem, {"1-2", "0d28", "0204", "Arm", "BBC micro:bit"}}));
  EXPECT_EQ("/dev/ttyACM1", chosenOf({modem, {"1-2", "ffff", "0001", "", "My CircuitPython"}}));
  EXPECT_EQ("/dev/ttyACM1", chosenOf({modem, {"1-2", "ffff", "0001", "MicroPython", "x"}}));
}

TEST(OnlyBoard, NoneOrSeveralAreListed) {
  EXPECT_THAT(chosenOf({}), HasSubstr("no board is connected"));
  EXPECT_EQ("none of these ports is known to be that of a board; name the one that is:"
            "\n  serial:/dev/ttyACM0  12d1:1506  Modem",
            chosenOf({{"1-1", "12d1", "1506", "HUAWEI", "Modem"}}));
  EXPECT_EQ("several boards are connected; name one of them:"
            "\n  serial:/dev/ttyACM0  2e8a:0005  Pico"
            "\n  serial:/dev/ttyACM2  f055:9800  Pyboard",
            chosenOf({{"1-1", "2e8a", "0005", "", "Pico"},
                      {"1-2", "12d1", "1506", "", "Modem"},
                      {"1-3", "f055", "9800", "", "Pyboard"}}));
}

TEST(OnlyBoard, OfItsPortsTheFirstHasTheRepl) {
  FakeSystem system;
  system.addDevice({"1-1", "239a", "80f4", "Raspberry Pi", "Pico"});
  system.addPort("ttyACM0", "1-1", "2");
  system.addPort("ttyACM1", "1-1", "0");
  EXPECT_EQ("/dev/ttyACM1", llvm::cantFail(onlyBoard(usbPorts(system.path()))).path);
}

TEST(UsbPort, LinesResetWhereABridgeOrItsLikeIs) {
  auto resets = [](uint16_t vendor, uint16_t product) {
    UsbPort port;
    port.vendor = vendor;
    port.product = product;
    return port.resetsByLines();
  };
  EXPECT_TRUE(resets(0x10c4, 0xea60));
  EXPECT_TRUE(resets(0x1a86, 0x7523));
  EXPECT_TRUE(resets(0x0403, 0x6001));
  EXPECT_TRUE(resets(0x303a, 0x1001));
  // These send nothing while DTR is down.
  EXPECT_FALSE(resets(0x303a, 0x4001));
  EXPECT_FALSE(resets(0x239a, 0x80f4));
  EXPECT_FALSE(resets(0x2e8a, 0x0005));
}

} // namespace
} // namespace fraglint
