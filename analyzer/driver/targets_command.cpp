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

void writeTable(llvm::raw_ostream &os) {
  os << llvm::formatv("{0,-48} {1,-12} {2,-24} {3,-8} {4}\n", "target", "processor",
                      "heap in bytes", "large", "figure is");
  for (const Target &target : allTargets())
    os << llvm::formatv("{0,-48} {1,-12} {2,-24} {3,-8} {4}{5}\n", target.name, target.mcu,
                        heapText(target), withThousands(target.largeBytes()),
                        provenanceName(target.provenance), target.psram ? ", with PSRAM" : "");
}

void writeJson(llvm::raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("schema", "fraglint-targets/1");
    json.attributeArray("targets", [&] {
      for (const Target &target : allTargets())
        json.object([&] {
          json.attribute("name", target.name);
          json.attribute("mcu", target.mcu);
          json.attribute("word_bytes", target.wordBytes);
          json.attribute("boxed_floats", target.boxedFloats);
          json.attribute("growing_heap", target.growingHeap);
          json.attribute("psram", target.psram);
          json.attributeObject("heap", [&] {
            json.attribute("lo", target.heapBytes.lo);
            json.attribute("hi", target.heapBytes.hi);
            json.attribute("provenance", provenanceName(target.provenance));
          });
          json.attribute("large", target.largeBytes());
        });
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
