#include "driver/devices_command.h"

#include "device/device_address.h"
#include "device/engine.h"

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
    if (!llvm::is_contained({DeviceKind::Unix, DeviceKind::Node, DeviceKind::Qemu}, form.kind))
      continue;
    auto command = engineCommand(llvm::cantFail(DeviceAddress::parse(form.example)), roots);
    rows.push_back({form, command ? "" : llvm::toString(command.takeError())});
  }
  return rows;
}

void writeTable(llvm::raw_ostream &os) {
  os << llvm::formatv("{0,-18} {1,-9} {2}\n", "engine", "there", "what");
  for (const EngineRow &row : engineRows())
    os << llvm::formatv("{0,-18} {1,-9} {2}\n", row.form.example,
                        row.missing.empty() ? "yes" : "no",
                        row.missing.empty() ? row.form.meaning.str() : row.missing);
  os << "\nElsewhere:\n";
  for (const DeviceForm &form : deviceForms())
    if (!llvm::is_contained({DeviceKind::Unix, DeviceKind::Node, DeviceKind::Qemu}, form.kind))
      os << llvm::formatv("{0,-28} {1}\n", form.example, form.meaning);
}

void writeJson(llvm::raw_ostream &os) {
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
  });
  json.flush();
  os << "\n";
}

} // namespace

ExitStatus runDevices(const DevicesOptions &options, Console &console) {
  if (options.format == "json")
    writeJson(console.out());
  else
    writeTable(console.out());
  return ExitStatus::Clean;
}

} // namespace fraglint
