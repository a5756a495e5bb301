#include "driver/targets_command.h"

#include "heap/allocation_cost.h"
#include "heap/target.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

namespace fraglint {

namespace {

std::string heapText(const Target &target) {
  Interval heap = target.heapBytes;
  return heap.isExact() ? withThousands(heap.lo)
                        : withThousands(heap.lo) + " to " + withThousands(heap.hi);
}

std::string displayText(const Target &target) {
  return target.displayWidth == 0
             ? ""
             : llvm::formatv("{0}x{1}", target.displayWidth, target.displayHeight).str();
}

std::string provenanceText(const Target &target) {
  std::string text = provenanceName(target.provenance).str();
  if (target.hasPsram())
    text += llvm::formatv(", with {0} MiB PSRAM", target.psramMib);
  return text;
}

void writeRow(llvm::raw_ostream &os, llvm::StringRef name, llvm::StringRef mcu,
              llvm::StringRef heap, llvm::StringRef large, llvm::StringRef display,
              llvm::StringRef provenance) {
  os << llvm::formatv("{0,-56} {1,-12} {2,-24} {3,-8} {4,-8} {5}\n", name, mcu, heap, large,
                      display, provenance);
}

void writeTable(llvm::raw_ostream &os) {
  writeRow(os, "target", "processor", "heap in bytes", "large", "display", "figure is");
  for (const Target &target : allTargets())
    writeRow(os, target.name, target.mcu, heapText(target), withThousands(target.largeBytes()),
             displayText(target), provenanceText(target));
}

/// How the heap lies and grows: sizes in bytes. An area at start is null where it takes what static
/// data and stack leave.
void writeHeap(llvm::json::OStream &json, const Target &target) {
  const FirmwareHeap &heap = *target.heap;
  json.attributeArray("areas_at_start", [&] {
    for (int64_t area : heap.areasAtStart)
      json.value(area != 0 ? llvm::json::Value(area) : llvm::json::Value(nullptr));
  });
  json.attribute("growing_heap", heap.grows);
  json.attribute("pystack", heap.pystackBytes);
  json.attribute("collects_after_import", heap.collectsAfterImport);
  json.attribute("collects_before_run", heap.collectsBeforeRun);
}

void writeTarget(llvm::json::OStream &json, const Target &target) {
  json.attribute("name", target.name);
  if (!target.title.empty())
    json.attribute("title", target.title);
  json.attribute("mcu", target.mcu);
  json.attribute("profile", target.profile->name);
  json.attribute("word_bytes", target.wordBytes());
  json.attribute("boxed_floats", target.profile->boxesFloats());
  json.attribute("big_ints", target.profile->hasBigInts);
  json.attribute("psram", target.hasPsram());
  json.attribute("psram_mib", target.psramMib);
  if (target.displayWidth != 0)
    json.attributeObject("display", [&] {
      json.attribute("width", target.displayWidth);
      json.attribute("height", target.displayHeight);
    });
  json.attributeObject("heap", [&] {
    json.attribute("lo", target.heapBytes.lo);
    json.attribute("hi", target.heapBytes.hi);
    json.attribute("provenance", provenanceName(target.provenance));
  });
  json.attribute("large", target.largeBytes());
  writeHeap(json, target);
}

void writeJson(llvm::raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("schema", "fraglint-targets/1");
    json.attributeArray("targets", [&] {
      for (const Target &target : allTargets())
        json.object([&] { writeTarget(json, target); });
    });
  });
  json.flush();
  os << "\n";
}

} // namespace

ExitStatus runTargets(const TargetsOptions &options, Console &console) {
  if (options.format == "json")
    writeJson(console.out());
  else
    writeTable(console.out());
  return ExitStatus::Clean;
}

} // namespace fraglint
