#include "driver/devices_command.h"

#include "device/device_address.h"
#include "device/engine.h"
#include "device/usb_port.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

#include <vector>

namespace fraglint {

namespace {

struct EngineRow {
  DeviceForm form;
  std::string missing; ///< what; empty where the engine is there
};

/// The engines that this tool starts by itself.
std::vector<EngineRow> engineRows() {
  std::vector<EngineRow> rows;
  std::vector<std::string> roots = engineRoots();
  for (const DeviceForm &form : deviceForms()) {
    if (!llvm::is_contained(
            {DeviceKind::Unix, DeviceKind::Unix32, DeviceKind::Node, DeviceKind::Qemu}, form.kind))
      continue;
    auto command = engineCommand(llvm::cantFail(DeviceAddress::parse(form.example)), roots);
    rows.push_back({form, command ? "" : llvm::toString(command.takeError())});
  }
  return rows;
}

/// What the device says of itself and who is known to have made it.
std::string descriptionOf(const UsbPort &port) {
  llvm::StringRef maker = port.maker.empty() ? port.knownVendor() : llvm::StringRef(port.maker);
  if (maker.empty() || llvm::StringRef(port.name).starts_with_insensitive(maker))
    return port.name;
  return port.name.empty() ? maker.str() : (maker + " " + port.name).str();
}

void writePorts(llvm::raw_ostream &os, const std::vector<UsbPort> &ports) {
  if (ports.empty()) {
    os << "\nNo board is connected over USB.\n";
    return;
  }
  os << llvm::formatv("\n{0,-22} {1,-10} {2,-9} {3}\n", "port", "USB", "board", "what");
  for (const UsbPort &port : ports)
    os << llvm::formatv("{0,-22} {1,-10} {2,-9} {3}\n", "serial:" + port.path, port.ids(),
                        port.isLikelyBoard() ? "likely" : "?", descriptionOf(port));
}

void writeTable(llvm::raw_ostream &os, const std::vector<UsbPort> &ports) {
  os << llvm::formatv("{0,-18} {1,-9} {2}\n", "engine", "there", "what");
  for (const EngineRow &row : engineRows())
    os << llvm::formatv("{0,-18} {1,-9} {2}\n", row.form.example,
                        row.missing.empty() ? "yes" : "no",
                        row.missing.empty() ? row.form.meaning.str() : row.missing);
  writePorts(os, ports);
  os << "\nElsewhere:\n";
  for (const DeviceForm &form : deviceForms())
    if (!llvm::is_contained(
            {DeviceKind::Unix, DeviceKind::Unix32, DeviceKind::Node, DeviceKind::Qemu}, form.kind))
      os << llvm::formatv("{0,-28} {1}\n", form.example, form.meaning);
}

void writeJson(llvm::raw_ostream &os, const std::vector<UsbPort> &ports) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("schema", "fraglint-devices/1");
    json.attributeArray("engines", [&] {
      for (const EngineRow &row : engineRows())
        json.object([&] {
          json.attribute("device", row.form.example);
          json.attribute("meaning", row.form.meaning);
          json.attribute("there", row.missing.empty());
          if (!row.missing.empty())
            json.attribute("missing", row.missing);
        });
    });
    json.attributeArray("ports", [&] {
      for (const UsbPort &port : ports)
        json.object([&] {
          json.attribute("device", "serial:" + port.path);
          json.attribute("usb", port.ids());
          json.attribute("maker", llvm::json::fixUTF8(port.maker));
          json.attribute("product", llvm::json::fixUTF8(port.name));
          json.attribute("likelyBoard", port.isLikelyBoard());
        });
    });
  });
  json.flush();
  os << "\n";
}

} // namespace

ExitStatus runDevices(const DevicesOptions &options, Console &console) {
  std::vector<UsbPort> ports = usbPorts(options.systemFolder);
  if (options.format == "json")
    writeJson(console.out(), ports);
  else
    writeTable(console.out(), ports);
  return ExitStatus::Clean;
}

} // namespace fraglint
