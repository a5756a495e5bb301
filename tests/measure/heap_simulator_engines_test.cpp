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

/// The lines of the map, with `h` for all kinds of objects.
std::string linesOf(llvm::StringRef info) {
  std::string lines;
  info = info.split("GC memory layout").second.split('\n').second;
  while (!info.empty()) {
    auto [line, rest] = info.split('\n');
    info = rest;
    lines += line.starts_with(" ") ? line.str() : (line.split(' ').first + " ").str();
    if (!line.starts_with(" "))
      for (char letter : line.split(' ').second)
        lines += llvm::isAlpha(letter) ? 'h' : letter;
    lines += '\n';
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
  Player(const HeapSimulator &heap, uint32_t word) : heap_(heap), word_(word) {}

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
      if (isServed)
        replace(held, made);
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
  uint32_t lastRun_ = kSetUpRuns;
  uint64_t failedBytes_ = 0;
};

/// Plays a step so that the map behind it is the engine's. A collection keeps what the program
/// reaches, and what addresses on the C stack happen to keep: which of the rest these are, the
/// map has to tell. A run of it that seems to be kept may also be a new one in the same place.
struct Match {
  const Player &before;
  const Step &step;
  const HeapMap &map;
  std::string wanted;

  std::string got{}; ///< the first that was tried
  bool isRefused = false;
  llvm::DenseSet<uint32_t> retained{};
  std::optional<Player> after{};
  unsigned left = 3000; ///< tries

  bool find() {
    if (left-- == 0)
      return false;
    std::vector<std::pair<uint32_t, HeapRun>> gone;
    after.emplace(before);
    after->reachable = [&](llvm::function_ref<void(uint32_t)> keep) {
      for (uint32_t run = 1; run <= after->lastRun(); ++run) {
        std::optional<HeapPlace> place = after->heap().placeOf(run);
        if (!place)
          continue;
        HeapRun there{place->block, place->blocks};
        bool isNew = !before.heap().placeOf(run);
        // What set-up left is hardly ever in the place of something new.
        bool isOfSetUp = run <= kSetUpRuns && map.holds(there);
        if (isNew || isOfSetUp || !before.isDropped(run) || retained.contains(run))
          keep(run);
        else if (map.holds(there))
          gone.push_back({run, there});
      }
    };
    bool isServed = after->play(step);
    std::string lines = llvm::StringRef(after->heap().drawing()).split('\n').second.str();
    if (got.empty()) {
      got = lines;
      isRefused = !isServed;
    }
    if (isServed && lines == wanted)
      return true;
    HeapMap now = llvm::cantFail(HeapMap::parse("GC memory layout\n" + lines));
    // First those that are missed in the map, then those in whose place there is another.
    for (bool isThere : {false, true})
      for (auto [run, place] : gone)
        if (now.holds(place) == isThere && retained.insert(run).second) {
          if (find())
            return true;
          retained.erase(run);
        }
    return false;
  }
};

struct Engine {
  const char *address;
  uint32_t blockBytes;
};

class HeapSimulatorOn : public testing::TestWithParam<Engine> {
protected:
  /// What the program printed with this seed in so large a heap.
  std::string run(uint64_t heapBytes, uint32_t seed, uint64_t threshold) {
    TempFolder folder;
    folder.write("program.py", "seed = " + std::to_string(seed) + "\nthreshold = " +
                                   std::to_string(threshold) + kAllocatingProgram);
    std::vector<std::string> command = commandOf(heapBytes);
    command.push_back(folder.path("program.py"));
    std::string output = folder.path("output"), nothing;
    std::optional<llvm::StringRef> streams[] = {"", output, ""};
    llvm::SmallVector<llvm::StringRef> words(command.begin(), command.end());
    std::vector<std::string> settings = reproducibleEnvironment();
    llvm::SmallVector<llvm::StringRef> environment(settings.begin(), settings.end());
    EXPECT_EQ(llvm::sys::ExecuteAndWait(words[0], words, environment, streams, 60), 0);
    return folder.read("output");
  }

  std::vector<std::string> commandOf(uint64_t heapBytes) {
    std::string address = GetParam().address + std::to_string(heapBytes);
    return llvm::cantFail(
        engineCommand(llvm::cantFail(DeviceAddress::parse(address)), engineRoots()));
  }

  void SetUp() override {
    std::string address = std::string(GetParam().address) + "64k";
    auto command = engineCommand(llvm::cantFail(DeviceAddress::parse(address)), engineRoots());
    if (!command)
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

  uint32_t steps_ = 0, collections_ = 0, failures_ = 0, retained_ = 0, garbage_ = 0;
};

void HeapSimulatorOn::play(uint64_t heapBytes, uint32_t seed, uint64_t threshold) {
  SCOPED_TRACE("heap " + std::to_string(heapBytes) + ", seed " + std::to_string(seed));
  std::vector<Step> steps = stepsOf(run(heapBytes, seed, threshold));
  ASSERT_FALSE(steps.empty());
  ASSERT_EQ(steps[0].words[0], "begin");
  Player player(heapOf(steps[0], heapBytes), GetParam().blockBytes / 4);
  if (threshold)
    player.heap().setThreshold(threshold);
  ASSERT_EQ("\n" + linesOf(steps[0].info),
            "\n" + llvm::StringRef(player.heap().drawing()).split('\n').second.str());
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
      const Step &end = steps[number + 1];
      ASSERT_EQ(end.words[0], "fail");
      std::string bytes = end.words[end.words.size() - 2];
      // What was left tells what addresses on the C stack kept.
      HeapMap rest = llvm::cantFail(HeapMap::parse(end.info));
      Player after = player;
      after.reachable = [&](llvm::function_ref<void(uint32_t)> keep) {
        for (uint32_t each = 1; each <= after.lastRun(); ++each)
          if (std::optional<HeapPlace> place = after.heap().placeOf(each);
              place && (!player.isDropped(each) || rest.holds({place->block, place->blocks})))
            keep(each);
      };
      EXPECT_FALSE(after.play(step));
      EXPECT_EQ(std::to_string(after.failedBytes()), bytes);
      ++failures_;
      return;
    }
    HeapMap map = llvm::cantFail(HeapMap::parse(step.info));
    Match match{player, step, map, linesOf(step.info)};
    if (!match.find()) {
      ASSERT_FALSE(match.isRefused) << "the engine served it";
      ASSERT_EQ("\n" + match.wanted, "\n" + match.got);
    }
    HeapCounts counts = match.after->heap().counts();
    EXPECT_EQ(counts.usedBytes, figure(step.info, "used:"));
    EXPECT_EQ(counts.ofOneBlock, figure(step.info, "1-blocks:"));
    EXPECT_EQ(counts.ofTwoBlocks, figure(step.info, "2-blocks:"));
    EXPECT_EQ(counts.largestRun, figure(step.info, "max blk sz:"));
    EXPECT_EQ(counts.largestFree, figure(step.info, "max free sz:"));
    if (match.after->heap().collections() != player.heap().collections()) {
      ++collections_;
      retained_ += match.retained.size();
      garbage_ += player.garbage();
    }
    player = *match.after;
    ++steps_;
  }
  ADD_FAILURE() << "it ended without a word";
}

TEST_P(HeapSimulatorOn, EveryStepGivesTheSameMap) {
  uint32_t block = GetParam().blockBytes;
  for (uint32_t seed = 1; seed <= 12 && !HasFatalFailure(); ++seed)
    play(uint64_t{block} * (500 + 12 * seed), 977 * seed, 0);
  EXPECT_GT(steps_, 500U);
  EXPECT_GT(collections_, 20U);
  EXPECT_GT(failures_, 2U);
  report();
}

TEST_P(HeapSimulatorOn, AThresholdCollectsAtTheSameSteps) {
  uint32_t block = GetParam().blockBytes;
  for (uint32_t seed = 1; seed <= 6 && !HasFatalFailure(); ++seed)
    play(uint64_t{block} * 1000, 977 * seed, uint64_t{block} * (20 + 13 * seed) + 7);
  EXPECT_GT(steps_, 500U);
  EXPECT_GT(collections_, 60U);
  report();
}

INSTANTIATE_TEST_SUITE_P(Engines, HeapSimulatorOn,
                         testing::Values(Engine{"unix:", 32}, Engine{"unix32:", 16}),
                         [](const auto &engine) {
                           return std::string(engine.param.blockBytes == 32 ? "unix" : "unix32");
                         });

} // namespace
} // namespace fraglint
