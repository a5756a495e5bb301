#pragma once
/// A folder laid out as Linux's /sys is, with serial ports of USB devices.

#include "support/temp_folder.h"

#include <filesystem>

namespace fraglint {

class FakeSystem {
public:
  FakeSystem() { folder_.write("class/tty/console/uevent", ""); }

  struct Usb {
    std::string at; ///< its place on the bus
    std::string vendor;
    std::string product;
    std::string maker;
    std::string name;
  };
  void addDevice(const Usb &usb) {
    std::string folder = "devices/pci/usb1/" + usb.at;
    folder_.write(folder + "/idVendor", usb.vendor + "\n");
    folder_.write(folder + "/idProduct", usb.product + "\n");
    if (!usb.maker.empty())
      folder_.write(folder + "/manufacturer", usb.maker + "\n");
    if (!usb.name.empty())
      folder_.write(folder + "/product", usb.name + "\n");
  }
  /// A port at that interface of the device at `at`. Those of bridges lie one folder deeper.
  void addPort(const std::string &name, const std::string &at, const std::string &interface) {
    std::string folder = "devices/pci/usb1/" + at + "/" + at + ":1." + interface;
    folder_.write(folder + "/bInterfaceNumber", "0" + interface + "\n");
    if (llvm::StringRef(name).starts_with("ttyUSB"))
      folder += "/" + name;
    addLink(name, folder);
  }
  /// A port that no USB device has.
  void addPlainPort(const std::string &name) { addLink(name, "devices/platform/serial8250"); }

  const std::string &path() const { return folder_.path(); }

private:
  void addLink(const std::string &name, const std::string &device) {
    std::string terminal = device + "/tty/" + name;
    folder_.write(terminal + "/uevent", "");
    std::filesystem::create_directory_symlink(folder_.path(device),
                                              folder_.path(terminal + "/device"));
    std::filesystem::create_directory_symlink(folder_.path(terminal),
                                              folder_.path("class/tty/" + name));
  }

  TempFolder folder_;
};

} // namespace fraglint
