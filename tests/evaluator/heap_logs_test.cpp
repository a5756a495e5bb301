/// The logs of corpus/heap/logged replayed: what grew in place there must grow in place here, what
/// moved must move. The logs have no addresses: of which run a line speaks is told by its length,
/// and by which of them was touched last. Where that leaves several, the line counts only if the
/// simulator would do the same with each. What lay in the heap before is not known, either.

#include "evaluator/heap_simulator.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

namespace fraglint {
namespace {

constexpr const char *kLogs = FRAGLINT_SOURCE_DIR "/corpus/heap/logged/logs";

struct LogLine {
  char kind = 'A';
  uint64_t bytes = 0;
  uint32_t before = 0, after = 0; ///< blocks
  int line = -1;
};

std::vector<LogLine> linesOf(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  EXPECT_TRUE(buffer) << path;
  std::vector<LogLine> lines;
  llvm::StringRef text = (*buffer)->getBuffer().split('\n').second;
  while (!text.empty()) {
    auto [row, rest] = text.split('\n');
    text = rest;
    llvm::SmallVector<llvm::StringRef> cells;
    row.split(cells, ',');
    LogLine line{cells[0][0]};
    EXPECT_FALSE(cells[1].getAsInteger(10, line.bytes));
    EXPECT_FALSE(cells[2].getAsInteger(10, line.before));
    EXPECT_FALSE(cells[3].getAsInteger(10, line.after));
    EXPECT_FALSE(cells[4].getAsInteger(10, line.line));
    lines.push_back(line);
  }
  return lines;
}

/// What came of the lines that grow.
struct Tally {
  uint32_t agree = 0, differ = 0;
  uint32_t open = 0; ///< of several runs that could be meant, some would move and some not
  uint32_t unknown = 0; ///< of a run from before the log
};

class Replay {
public:
  /// What the collection before the log left of the compiler's work lies scattered, with holes in
  /// between that nobody knows: here one of many ways. 0: no holes.
  explicit Replay(uint32_t scatter) : heap_(shape()) {
    std::mt19937 random(scatter);
    auto below = [&](uint32_t most) { return static_cast<uint32_t>(random() % most); };
    uint32_t most = 1 + below(40);
    uint32_t block = 0;
    for (uint32_t left = 60; left;) {
      uint32_t run = std::min(left, 1 + below(6));
      heap_.occupyAt(HeapSimulator::kPermanent, block, run);
      block += run + (scatter == 0 || below(3) ? 0 : below(most));
      left -= run;
    }
  }

  void play(const std::vector<LogLine> &lines) {
    for (size_t number = 0; number < lines.size(); ++number) {
      const LogLine &line = lines[number];
      switch (line.kind) {
      case 'A':
        EXPECT_TRUE(heap_.allocate(++lastRun_, line.bytes));
        touched_.push_back({lastRun_, line.line});
        break;
      case 'F':
        if (std::optional<uint32_t> run = latest(line.before, line.line)) {
          heap_.release(*run);
          forget(*run);
        }
        break;
      case 'S':
        if (std::optional<uint32_t> run = latest(line.before, line.line))
          resize(*run, line);
        break;
      case 'R':
      case 'M':
        grow(line);
        // The old run of one that moved is freed by the next line.
        if (line.kind == 'M' && number + 1 < lines.size() && lines[number + 1].kind == 'F' &&
            lines[number + 1].before == line.before)
          ++number;
        break;
      case '=':
        if (std::optional<uint32_t> run = latest(line.before, line.line))
          resize(*run, line);
        break;
      default:
        FAIL() << "there are no others in these logs: " << line.kind;
      }
    }
  }
  const Tally &tally() const { return tally_; }

private:
  struct Touched {
    uint32_t run;
    int line; ///< of the program
  };

  static HeapShape shape() {
    HeapShape shape;
    shape.areas = {uint64_t{1024} * 1024};
    return shape;
  }

  bool isMeant(const Touched &one, uint32_t blocks) const {
    std::optional<HeapPlace> place = heap_.placeOf(one.run);
    return place && place->blocks == blocks;
  }
  /// The run of that length that was touched last, by the same line where there is one.
  std::optional<uint32_t> latest(uint32_t blocks, int line) const {
    std::optional<uint32_t> found;
    for (const Touched &one : llvm::reverse(touched_)) {
      if (!isMeant(one, blocks))
        continue;
      if (one.line == line)
        return one.run;
      if (!found)
        found = one.run;
    }
    return found;
  }
  void forget(uint32_t run) {
    llvm::erase_if(touched_, [&](const Touched &one) { return one.run == run; });
  }
  void resize(uint32_t run, const LogLine &line) {
    heap_.resize(run, line.bytes);
    forget(run);
    touched_.push_back({run, line.line});
  }
  void grow(const LogLine &line) {
    bool didInPlace = line.kind == 'R';
    llvm::SmallVector<uint32_t> same, other;
    auto sort = [&](bool ofTheLine) {
      for (const Touched &one : llvm::reverse(touched_))
        if (isMeant(one, line.before) && (!ofTheLine || one.line == line.line))
          (heap_.fitsInPlace(one.run, line.bytes) == didInPlace ? same : other).push_back(one.run);
    };
    sort(true);
    if (same.empty() && other.empty())
      sort(false);
    if (same.empty() && other.empty()) {
      ++tally_.unknown;
      heap_.allocate(++lastRun_, line.bytes); // one of before, at least where it is now
      touched_.push_back({lastRun_, line.line});
      return;
    }
    ++(other.empty() ? tally_.agree : same.empty() ? tally_.differ : tally_.open);
    resize(same.empty() ? other.front() : same.front(), line);
  }

  HeapSimulator heap_;
  std::vector<Touched> touched_; ///< the last at the end
  uint32_t lastRun_ = 0;
  Tally tally_;
};

/// The best of some ways in which the heap may have looked before the log.
Tally tallyOf(const std::vector<LogLine> &lines) {
  std::optional<Tally> best;
  for (uint32_t scatter = 0; scatter < 400 && (!best || best->differ); ++scatter) {
    Replay replay(scatter);
    replay.play(lines);
    if (!best || replay.tally().differ < best->differ)
      best = replay.tally();
    if (lines.size() > 1500 && scatter > 40)
      break;
  }
  return *best;
}

TEST(HeapLogs, WhatGrewInPlaceGrowsInPlace) {
  std::error_code error;
  Tally all;
  uint32_t logs = 0;
  for (llvm::sys::fs::directory_iterator file(kLogs, error), end; !error && file != end;
       file.increment(error)) {
    Tally tally = tallyOf(linesOf(file->path()));
    EXPECT_LE(tally.differ, 5U) << file->path();
    EXPECT_EQ(tally.unknown, 0U) << file->path();
    all.agree += tally.agree;
    all.differ += tally.differ;
    all.open += tally.open;
    ++logs;
  }
  EXPECT_EQ(logs, 22U);
  // Those that differ come early, where small requests fill the holes that nobody knows.
  EXPECT_GE(all.agree, 200U);
  EXPECT_LE(all.differ, 8U);
  if (std::getenv("FRAGLINT_VERBOSE"))
    llvm::errs() << all.agree << " agree, " << all.differ << " differ, " << all.open
                 << " could not be checked\n";
}

} // namespace
} // namespace fraglint
