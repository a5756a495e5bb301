#include "measure/heap_map.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

namespace fraglint {

namespace {

constexpr char kTail = '=';
constexpr char kFree = '.';
/// Of one line, in blocks: py/gc.c, DUMP_BYTES_PER_LINE.
constexpr uint32_t kLineBlocks = 64;

llvm::Error damaged(llvm::StringRef line) {
  return llvm::createStringError("the map of the heap is damaged at `" + line + "`");
}

/// `h`, `L`, `D` and so on: the kind of object is of no interest here.
bool isHead(char letter) { return llvm::isAlpha(letter); }

/// `       (29 lines all free)`: how many; 0 for any other line.
uint32_t freeLines(llvm::StringRef line) {
  uint32_t count = 0;
  line = line.ltrim();
  bool isOne = line.consume_front("(") && !line.consumeInteger(10, count) &&
               line.starts_with(" lines all free)");
  return isOne ? count : 0;
}

/// Takes `00000400: ` off the front: false where the line has no address.
bool consumeAddress(llvm::StringRef &line) {
  size_t digits = line.find_if_not(llvm::isHexDigit);
  return digits != 0 && digits != llvm::StringRef::npos &&
         (line = line.drop_front(digits)).consume_front(": ");
}

bool liesBefore(const HeapRun &one, const HeapRun &other) { return one.begin < other.begin; }

} // namespace

llvm::Expected<HeapMap> HeapMap::parse(llvm::StringRef text) {
  HeapMap map;
  bool isInMap = false;
  uint32_t block = 0;
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    text = rest;
    line = line.rtrim('\r');
    if (line.starts_with("GC memory layout")) {
      isInMap = true;
      continue;
    }
    if (!isInMap || line.empty())
      continue;
    if (uint32_t lines = freeLines(line)) {
      block += lines * kLineBlocks;
      continue;
    }
    llvm::StringRef letters = line;
    if (!consumeAddress(letters) || letters.empty())
      return damaged(line);
    for (char letter : letters) {
      if (isHead(letter))
        map.runs_.push_back({block, 1, letter});
      else if (letter == kTail && !map.runs_.empty() &&
               map.runs_.back().begin + map.runs_.back().blocks == block)
        ++map.runs_.back().blocks;
      else if (letter != kFree)
        return damaged(line);
      ++block;
    }
  }
  if (!isInMap)
    return llvm::createStringError("there is no map of the heap in what mem_info(1) printed");
  return map;
}

const HeapRun *HeapMap::at(uint32_t begin) const {
  auto found = llvm::lower_bound(runs_, HeapRun{begin}, liesBefore);
  return found != runs_.end() && found->begin == begin ? &*found : nullptr;
}

bool HeapMap::holds(const HeapRun &run) const {
  const HeapRun *there = at(run.begin);
  return there && *there == run;
}

void HeapMap::remove(const HeapRun &run) { runs_.erase(llvm::lower_bound(runs_, run, liesBefore)); }

std::vector<HeapRun> requestsBetween(const HeapMap &before, const HeapMap &after) {
  std::vector<HeapRun> requests;
  const HeapRun *old = before.runs().begin();
  for (const HeapRun &run : after.runs()) {
    while (old != before.runs().end() && old->begin < run.begin)
      ++old;
    bool wasThere = old != before.runs().end() && old->begin == run.begin;
    if (!wasThere || old->blocks < run.blocks ||
        (old->blocks > run.blocks && old->kind != run.kind))
      requests.push_back(run);
  }
  return requests;
}

} // namespace fraglint
