/// The simulated heap against the real ones: after each step of a program that allocates at random
/// both must have the same map.

#include "device/engine.h"
#include "device/process_port.h"
#include "evaluator/heap_simulator.h"
#include "measure/allocating_program.h"
#include "measure/heap_map.h"
#include "support/temp_folder.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <set>

namespace fraglint {
namespace {

/// A step of the program: the words that it printed, and the map behind it; or how it ended.
struct Step {
  std::vector<std::string> words;
  std::string info; ///< what mem_info(1) printed
  uint64_t number(size_t word) const { return std::stoull(words[word]); }
};

/// What it printed, in steps.
std::vector<Step> stepsOf(llvm::StringRef output) {
  std::vector<Step> steps;
  while (!output.empty()) {
    auto [line, rest] = output.split('\n');
    output = rest;
    bool isOfInfo = line.empty() || line.contains(':') || line.starts_with(" ");
    if (isOfInfo && !steps.empty()) {
      steps.back().info += line.str() + "\n";
    } else if (!isOfInfo) {
      llvm::SmallVector<llvm::StringRef> words;
      line.split(words, ' ');
      steps.emplace_back();
      for (llvm::StringRef word : words)
        steps.back().words.push_back(word.str());
    }
  }
  return steps;
}

/// The number behind a word of what mem_info(1) printed.
uint64_t figure(llvm::StringRef info, llvm::StringRef word) {
  uint64_t value = 0;
  info.split(word).second.ltrim().consumeInteger(10, value);
  return value;
}

/// The lines of the map, with one word for the head of each area.
std::string linesOf(llvm::StringRef info) {
  std::string lines;
  bool isInMap = false;
  while (!info.empty()) {
    auto [line, rest] = info.split('\n');
    info = rest;
    bool isHead = line.starts_with("GC memory layout");
    isInMap = isInMap || isHead;
    if (isInMap && !line.empty())
      lines += (isHead ? "area" : line.str()) + "\n";
  }
  return lines;
}

/// Sizes of hash tables, in slots: py/map.c.
constexpr std::array<uint32_t, 24> kTableSizes = {0,   2,   4,   6,   8,   10,  12,  17,
                                                  23,  29,  37,  47,  59,  73,  97,  127,
                                                  167, 223, 293, 389, 521, 691, 919, 1223};

/// Runs up to this one were there when the program began.
constexpr uint32_t kSetUpRuns = 1000;

/// Plays the steps on a simulated heap.
class Player {
public:
  /// `map` is drawn of the same heap: what is there has the runs from 1 on.
  Player(const HeapSimulator &heap, uint32_t word, const HeapMap &map) : heap_(heap), word_(word) {
    for (const HeapRun &run : map.runs())
      letters_[static_cast<uint32_t>(letters_.size()) + 1] = run.kind;
  }

  /// What an object of the program holds: the header, the rest, and how much of that is in use.
  struct Held {
    uint32_t header = 0, data = 0;
    uint64_t length = 0, room = 0;
    char kind = 'b';
  };

  /// False where a request fails; its bytes are failedBytes() then.
  bool play(const Step &step) {
    const std::string &what = step.words[0];
    if (what == "collect") {
      heap_.collect(reachable);
      return true;
    }
    uint64_t place = step.number(1);
    Held &held = slots_[place];
    if (what == "new" || what == "list" || what == "dict") {
      Held made;
      made.kind = what[0];
      if (what == "new")
        made.length = made.room = step.number(2);
      else if (what == "list")
        made.room = 4;
      bool isServed =
          request(made.header, 4 * word_) && request(made.data, made.room * itemOf(made));
      if (isServed) {
        letters_[made.header] = what == "new" ? 'A' : what == "list" ? 'L' : 'D';
        replace(held, made);
      }
      return isServed;
    }
    if (what == "drop") {
      replace(held, Held());
    } else if (what == "extend") {
      held.length += step.number(2);
      held.room = held.length;
      return resize(held);
    } else if (what == "append") {
      for (uint64_t left = step.number(2); left; --left) {
        if (held.length == held.room) {
          held.room *= 2;
          if (!resize(held))
            return false;
        }
        ++held.length;
      }
    } else if (what == "pop") {
      for (uint64_t left = step.number(2); left; --left)
        if (--held.length; held.room > 4 && held.room > 2 * held.length) {
          held.room /= 2;
          resize(held);
        }
    } else if (what == "shorten") {
      held.length = 0;
      held.room = 4;
      return resize(held);
    } else if (what == "insert") {
      for (uint64_t key = step.number(2); key < step.number(3); ++key) {
        if (held.length == held.room) {
          held.room = *std::upper_bound(kTableSizes.begin(), kTableSizes.end(), held.room);
          uint32_t old = held.data;
          if (!request(held.data, held.room * itemOf(held)))
            return false;
          heap_.release(old);
        }
        ++held.length;
      }
    } else if (what == "empty") {
      heap_.release(held.data);
      held.data = 0;
      held.length = held.room = 0;
    } else {
      ADD_FAILURE() << "what is `" << what << "`?";
    }
    return true;
  }

  HeapSimulator &heap() { return heap_; }
  const HeapSimulator &heap() const { return heap_; }
  uint32_t lastRun() const { return lastRun_; }
  std::string drawing() const {
    return heap_.drawing([&](uint32_t run) {
      auto found = letters_.find(run);
      return found == letters_.end() ? 'h' : found->second;
    });
  }
  uint64_t failedBytes() const { return failedBytes_; }
  /// Whether no variable reaches it, as far as is known; an address on the C stack may.
  bool isDropped(uint32_t run) const { return run <= kSetUpRuns || dropped_.contains(run); }
  /// Runs that the program dropped and that are still there.
  size_t garbage() const {
    return static_cast<size_t>(
        llvm::count_if(dropped_, [&](uint32_t run) { return heap_.placeOf(run).has_value(); }));
  }
  /// What collections keep while a step is played.
  ReachableRuns reachable;
  size_t retained = 0; ///< runs that only the C stack kept, by collection

private:
  uint64_t itemOf(const Held &held) const {
    return held.kind == 'l' ? word_ : held.kind == 'd' ? 2 * word_ : 1;
  }
  bool request(uint32_t &run, uint64_t bytes) {
    run = ++lastRun_;
    heap_.setReachable(reachable);
    bool isServed = heap_.allocate(run, bytes).isServed;
    if (!isServed)
      failedBytes_ = bytes;
    return isServed;
  }
  bool resize(Held &held) {
    heap_.setReachable(reachable);
    uint64_t bytes = held.room * itemOf(held);
    bool isServed = heap_.resize(held.data, bytes).outcome != ResizeOutcome::Failed;
    if (!isServed)
      failedBytes_ = bytes;
    return isServed;
  }
  void replace(Held &held, const Held &made) {
    dropped_.insert(held.header);
    dropped_.insert(held.data);
    held = made;
  }

  HeapSimulator heap_;
  uint32_t word_;
  std::array<Held, 12> slots_;
  llvm::DenseSet<uint32_t> dropped_;
  llvm::DenseMap<uint32_t, char> letters_; ///< as they are drawn; `h` where there is none
  uint32_t lastRun_ = kSetUpRuns;
  uint64_t failedBytes_ = 0;
};

/// Plays a step so that the map behind it is the engine's. A collection keeps what the program
/// reaches, and what addresses on the C stack happen to keep: which of the rest these are, the
/// map has to tell. A run that seems to be kept may also be a new one in the same place, so there
/// can be several ways.
class Match {
public:
  Match(const Player &before, const Step &step, const HeapMap &map, llvm::StringRef wanted)
      : before_(before), step_(step), map_(map), wanted_(wanted) {
    tryWith({});
  }
  /// After the step.
  const std::vector<Player> &ways() const { return ways_; }
  /// The map without anything that only the C stack keeps.
  const std::string &first() const { return first_; }

private:
  void tryWith(const std::set<uint32_t> &retained) {
    if (tried_.size() == 400 || ways_.size() == 8 || !tried_.insert(retained).second)
      return;
    Player after = before_;
    std::vector<std::pair<uint32_t, HeapRun>> gone;
    after.reachable = [&](llvm::function_ref<void(uint32_t)> keep) {
      for (uint32_t run = 1; run <= after.lastRun(); ++run) {
        std::optional<HeapPlace> place = after.heap().placeOf(run);
        if (!place)
          continue;
        HeapRun there{place->block, place->blocks};
        bool isNew = !before_.heap().placeOf(run);
        // What set-up left is hardly ever in the place of something new.
        bool isOfSetUp = run <= kSetUpRuns && map_.holds(there);
        if (isNew || isOfSetUp || !before_.isDropped(run) || retained.count(run))
          keep(run);
        else if (map_.holds(there))
          gone.push_back({run, there});
      }
    };
    bool isServed = after.play(step_);
    after.retained += retained.size();
    std::string drawing = after.drawing(), lines = linesOf(drawing);
    if (first_.empty())
      first_ = lines;
    if (isServed && lines == wanted_)
      ways_.push_back(after);
    // First those that are missed in the map, then those in whose place there is another.
    HeapMap now = llvm::cantFail(HeapMap::parse(drawing));
    for (bool isThere : {false, true})
      for (auto [run, place] : gone)
        if (now.holds(place) == isThere) {
          std::set<uint32_t> more = retained;
          more.insert(run);
          tryWith(more);
        }
  }

  const Player &before_;
  const Step &step_;
  const HeapMap &map_;
  std::string wanted_, first_;
  std::set<std::set<uint32_t>> tried_;
  std::vector<Player> ways_;
};

struct Engine {
  const char *name; ///< the word of its address
  uint32_t blockBytes;
};

/// A script for Node: words behind it are the engine, the size of its heap and the program.
constexpr const char *kNodeRun = R"js(
import { readFileSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
const [engine, heapsize, program] = process.argv.slice(2);
await import(pathToFileURL(engine));
const output = [];
const stdout = (bytes) => output.push(...bytes);
const micropython = await loadMicroPython({ heapsize: +heapsize, linebuffer: false, stdout });
micropython.runPython(readFileSync(program, "utf8"));
const all = Buffer.from(output);
for (let done = 0; done < all.length; ) done += writeSync(1, all, done);
)js";

class HeapSimulatorOn : public testing::TestWithParam<Engine> {
protected:
  /// What the program printed with this seed in so large a heap.
  std::string run(uint64_t heapBytes, uint32_t seed, uint64_t threshold) {
    TempFolder folder;
    folder.write("program.py",
                 "seed = " + std::to_string(seed) + "\nthreshold = " + std::to_string(threshold) +
                     "\nfactor = " + (isNode() ? "60\ncount = 150" : "1\ncount = 400") +
                     kAllocatingProgram);
    std::vector<std::string> command = llvm::cantFail(commandOf(heapBytes));
    command.push_back(folder.path("program.py"));
    std::string output = folder.path("output"), nothing;
    std::optional<llvm::StringRef> streams[] = {"", output, ""};
    llvm::SmallVector<llvm::StringRef> words(command.begin(), command.end());
    std::vector<std::string> settings = reproducibleEnvironment();
    llvm::SmallVector<llvm::StringRef> environment(settings.begin(), settings.end());
    EXPECT_EQ(llvm::sys::ExecuteAndWait(words[0], words, environment, streams, 60), 0);
    std::string printed = folder.read("output");
    llvm::erase(printed, '\r'); // of the engine for the web
    return printed;
  }

  /// The words before the program's path; an error where the engine is not there.
  llvm::Expected<std::vector<std::string>> commandOf(uint64_t heapBytes) {
    std::string size = std::to_string(heapBytes);
    if (!isNode()) {
      std::string address = std::string(GetParam().name) + ":" + size;
      return engineCommand(llvm::cantFail(DeviceAddress::parse(address)), engineRoots());
    }
    auto repl =
        engineCommand(llvm::cantFail(DeviceAddress::parse("node:micropython")), engineRoots());
    if (!repl)
      return repl.takeError();
    return std::vector<std::string>{repl->front(), "--input-type=module", "--eval", kNodeRun,
                                    "run",         repl->back(),          size};
  }
  /// It grows, and collects nothing while a program runs.
  bool isNode() const { return llvm::StringRef(GetParam().name) == "node"; }

  void SetUp() override {
    if (auto command = commandOf(64 * 1024); !command)
      GTEST_SKIP() << llvm::toString(command.takeError());
  }

  /// A heap as it was at the first step: what lies there has runs of its own, from 1 on.
  HeapSimulator heapOf(const Step &first, uint64_t heapBytes) {
    HeapShape shape;
    shape.blockBytes = GetParam().blockBytes;
    shape.areas = {heapBytes};
    uint64_t total = figure(first.info, "total:");
    // Where the end of the heap is no multiple of a block, the rest is lost.
    while (shape.poolBytes(shape.areas[0]) > total)
      --shape.areas[0];
    EXPECT_EQ(shape.poolBytes(shape.areas[0]), total);
    if (isNode()) {
      shape.growth = HeapGrowth::MicroPython;
      shape.outer = {uint64_t{1} << 30};
      shape.collects = false;
    }
    EXPECT_LT(heapBytes - shape.areas[0], shape.blockBytes);
    HeapSimulator heap(shape);
    HeapMap map = llvm::cantFail(HeapMap::parse(first.info));
    uint32_t number = 0;
    for (const HeapRun &each : map.runs())
      heap.occupyAt(++number, each.begin, each.blocks);
    return heap;
  }

  /// A threshold of 0 is none.
  void play(uint64_t heapBytes, uint32_t seed, uint64_t threshold);

  void report() {
    if (std::getenv("FRAGLINT_VERBOSE"))
      llvm::errs() << steps_ << " steps, " << collections_ << " with collections, " << failures_
                   << " failures, " << retained_ << " of " << garbage_
                   << " runs of garbage kept by the C stack\n";
  }

  /// A step at which the engine raised MemoryError; `end` is what came then.
  void expectFailure(const std::vector<Player> &players, const Step &step, const Step &end) {
    ASSERT_EQ(end.words[0], "fail");
    // What was left tells what addresses on the C stack kept.
    HeapMap rest = llvm::cantFail(HeapMap::parse(end.info));
    std::vector<std::string> failed;
    for (const Player &player : players) {
      Player after = player;
      after.reachable = [&](llvm::function_ref<void(uint32_t)> keep) {
        for (uint32_t each = 1; each <= after.lastRun(); ++each)
          if (std::optional<HeapPlace> place = after.heap().placeOf(each);
              place && (!player.isDropped(each) || rest.holds({place->block, place->blocks})))
            keep(each);
      };
      failed.push_back(after.play(step) ? "none" : std::to_string(after.failedBytes()));
    }
    EXPECT_THAT(failed, testing::Contains(end.words[end.words.size() - 2]));
    ++failures_;
  }

  size_t areas_ = 0;
  uint32_t steps_ = 0, collections_ = 0, failures_ = 0, retained_ = 0, garbage_ = 0;
};

void HeapSimulatorOn::play(uint64_t heapBytes, uint32_t seed, uint64_t threshold) {
  SCOPED_TRACE("heap " + std::to_string(heapBytes) + ", seed " + std::to_string(seed));
  std::vector<Step> steps = stepsOf(run(heapBytes, seed, threshold));
  ASSERT_FALSE(steps.empty());
  ASSERT_EQ(steps[0].words[0], "begin");
  std::vector<Player> players;
  players.emplace_back(heapOf(steps[0], heapBytes), GetParam().blockBytes / 4,
                       llvm::cantFail(HeapMap::parse(steps[0].info)));
  if (threshold)
    players[0].heap().setThreshold(threshold);
  ASSERT_EQ("\n" + linesOf(steps[0].info), "\n" + linesOf(players[0].drawing()));
  for (size_t number = 1; number < steps.size(); ++number) {
    const Step &step = steps[number];
    if (step.words[0] == "end")
      return;
    std::string text;
    for (const std::string &word : step.words)
      text += word + " ";
    SCOPED_TRACE("step " + std::to_string(number) + ": " + text);
    if (step.info.empty()) { // it did not come through
      ASSERT_LT(number + 1, steps.size());
      expectFailure(players, step, steps[number + 1]);
      return;
    }
    HeapMap map = llvm::cantFail(HeapMap::parse(step.info));
    std::vector<Player> next;
    std::string wanted = linesOf(step.info), first;
    for (const Player &player : players) {
      if (next.size() >= 8)
        break;
      // What Node's malloc gives is a multiple of 8.
      for (uint32_t misalignment : {0U, 8U}) {
        Player aligned = player;
        aligned.heap().setOuterMisalignment(misalignment);
        Match match(aligned, step, map, wanted);
        next.insert(next.end(), match.ways().begin(), match.ways().end());
        if (first.empty())
          first = match.first();
        if (!isNode() || !match.ways().empty())
          break;
      }
    }
    if (next.empty()) {
      ASSERT_EQ("\n" + wanted, "\n" + first);
    }
    const Player &player = next[0];
    HeapCounts counts = player.heap().counts();
    EXPECT_EQ(counts.totalBytes, figure(step.info, "total:"));
    EXPECT_EQ(counts.usedBytes, figure(step.info, "used:"));
    EXPECT_EQ(counts.ofOneBlock, figure(step.info, "1-blocks:"));
    EXPECT_EQ(counts.ofTwoBlocks, figure(step.info, "2-blocks:"));
    EXPECT_EQ(counts.largestRun, figure(step.info, "max blk sz:"));
    EXPECT_EQ(counts.largestFree, figure(step.info, "max free sz:"));
    if (player.heap().collections() != players[0].heap().collections()) {
      ++collections_;
      garbage_ += players[0].garbage();
      retained_ += player.retained - players[0].retained;
    }
    areas_ = std::max(areas_, player.heap().areaCount());
    ++steps_;
    players = std::move(next);
  }
  ADD_FAILURE() << "it ended without a word";
}

class HeapSimulatorOnUnix : public HeapSimulatorOn {};
class HeapSimulatorOnNode : public HeapSimulatorOn {};

TEST_P(HeapSimulatorOnUnix, EveryStepGivesTheSameMap) {
  uint32_t block = GetParam().blockBytes;
  for (uint32_t seed = 1; seed <= 12 && !HasFatalFailure(); ++seed)
    play(uint64_t{block} * (560 + 12 * seed), 977 * seed, 0);
  EXPECT_GT(steps_, 500U);
  EXPECT_GT(collections_, 20U);
  EXPECT_GT(failures_, 2U);
  report();
}

TEST_P(HeapSimulatorOnUnix, AThresholdCollectsAtTheSameSteps) {
  uint32_t block = GetParam().blockBytes;
  for (uint32_t seed = 1; seed <= 6 && !HasFatalFailure(); ++seed)
    play(uint64_t{block} * 1000, 977 * seed, uint64_t{block} * (20 + 13 * seed) + 7);
  EXPECT_GT(steps_, 500U);
  EXPECT_GT(collections_, 60U);
  report();
}

TEST_P(HeapSimulatorOnNode, AreasAreAddedOfTheSameSizes) {
  for (uint32_t seed = 1; seed <= 6 && !HasFatalFailure(); ++seed)
    play(14'000 + 2'000 * seed, 977 * seed, 0);
  EXPECT_GT(steps_, 500U);
  EXPECT_GE(areas_, 4U);
  report();
}

std::string nameOf(const testing::TestParamInfo<Engine> &engine) { return engine.param.name; }

INSTANTIATE_TEST_SUITE_P(Engines, HeapSimulatorOnUnix,
                         testing::Values(Engine{"unix", 32}, Engine{"unix32", 16}), nameOf);
INSTANTIATE_TEST_SUITE_P(Engines, HeapSimulatorOnNode, testing::Values(Engine{"node", 16}), nameOf);

} // namespace
} // namespace fraglint
