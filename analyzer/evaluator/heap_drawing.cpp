/// What HeapSimulator tells of all runs at once.

#include "evaluator/heap_simulator.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <tuple>

namespace fraglint {

namespace {

constexpr uint32_t kLineBlocks = 64;

} // namespace

std::vector<HeapSimulator::Ordered> HeapSimulator::ordered() const {
  // By their areas' places in the search, which are in order of the numbers.
  std::vector<Ordered> all;
  all.reserve(runs_.size() + permanent_.size());
  for (const HeapPlace &place : permanent_)
    all.push_back({place, kPermanent});
  for (const auto &[run, placed] : runs_)
    all.push_back({placed.place, run});
  llvm::sort(all, [](const Ordered &one, const Ordered &other) {
    return std::tie(one.place.area, one.place.block) <
           std::tie(other.place.area, other.place.block);
  });
  return all;
}

HeapCounts HeapSimulator::counts() const {
  HeapCounts counts;
  counts.totalBytes = uint64_t{totalBlocks()} * shape_.blockBytes;
  counts.freeBytes = uint64_t{freeBlocks()} * shape_.blockBytes;
  counts.usedBytes = counts.totalBytes - counts.freeBytes;
  counts.largestFree = largestFree();
  for (const Ordered &each : ordered()) {
    counts.ofOneBlock += each.place.blocks == 1;
    counts.ofTwoBlocks += each.place.blocks == 2;
    counts.largestRun = std::max(counts.largestRun, each.place.blocks);
  }
  return counts;
}

std::vector<HeapHole> HeapSimulator::holes() const {
  std::vector<HeapHole> holes;
  std::vector<Ordered> all = ordered();
  auto next = all.begin();
  for (const Area &area : areas_) {
    uint32_t block = 0;
    std::optional<uint32_t> before;
    auto addHole = [&](uint32_t end, std::optional<uint32_t> behind) {
      if (end > block)
        holes.push_back({{area.number, block, end - block}, before, behind});
    };
    for (; next != all.end() && next->place.area == area.number; ++next) {
      addHole(next->place.block, next->run);
      block = next->place.block + next->place.blocks;
      before = next->run;
    }
    addHole(area.free.size(), std::nullopt);
  }
  return holes;
}

void HeapSimulator::drawLines(llvm::StringRef blocks, uint32_t blockBytes, std::string &text) {
  for (size_t begin = 0; begin < blocks.size(); begin += kLineBlocks) {
    size_t taken =
        std::min(blocks.find_if([](char letter) { return letter != '.'; }, begin), blocks.size());
    if (taken - begin >= size_t{2} * kLineBlocks) {
      text += llvm::formatv("\n       ({0} lines all free)", (taken - begin) / kLineBlocks).str();
      begin = taken / kLineBlocks * kLineBlocks;
      if (begin >= blocks.size())
        break;
    }
    text += llvm::formatv("\n{0:x-8}: ", begin * blockBytes).str();
    text += blocks.substr(begin, kLineBlocks);
  }
  text += '\n';
}

void HeapSimulator::visitRuns(llvm::function_ref<void(uint32_t run, HeapPlace place)> take) const {
  for (const Ordered &each : ordered())
    take(each.run, each.place);
}

std::vector<HeapPlace> HeapSimulator::areas() const {
  std::vector<HeapPlace> places;
  places.reserve(areas_.size());
  for (const Area &area : areas_)
    places.push_back({area.number, 0, area.free.size()});
  return places;
}

std::string HeapSimulator::drawing(llvm::function_ref<char(uint32_t run)> letter) const {
  std::string text;
  std::vector<Ordered> all = ordered();
  auto next = all.begin();
  for (const Area &area : areas_) {
    std::string blocks(area.free.size(), '.');
    for (; next != all.end() && next->place.area == area.number; ++next) {
      const HeapPlace &place = next->place;
      blocks.replace(place.block, place.blocks, place.blocks, '=');
      blocks[place.block] = letter(next->run);
    }
    text += "GC memory layout; area " + std::to_string(area.number) + ":";
    drawLines(blocks, shape_.blockBytes, text);
  }
  return text;
}

} // namespace fraglint
