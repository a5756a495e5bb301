/// The simulated heap against the real ones: after each step of a program that allocates at random
/// both must have the same map.

#include "device/engine.h"
#include "device/process_port.h"
#include "measure/allocating_program.h"
#include "measure/allocating_steps.h"
#include "support/temp_folder.h"

#include "llvm/Support/Program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace fraglint {
namespace {

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
    std::string output = folder.path("output");
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
    if (auto command = commandOf(65'536); !command)
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
