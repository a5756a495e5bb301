#pragma once
/// What the program of allocating_program.h did on an engine, step by step, and the same on a
/// simulated heap.

#include "evaluator/heap_simulator.h"
#include "measure/heap_map.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>
#include <vector>

namespace fraglint {

/// A step of the program: the words that it printed, and the map behind it; or how it ended.
struct Step {
  std::vector<std::string> words;
  std::string info; ///< what mem_info(1) printed
  uint64_t number(size_t word) const { return std::stoull(words[word]); }
};

/// What it printed, in steps.
inline std::vector<Step> stepsOf(llvm::StringRef output) {
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
inline uint64_t figure(llvm::StringRef info, llvm::StringRef word) {
  uint64_t value = 0;
  info.split(word).second.ltrim().consumeInteger(10, value);
  return value;
}

/// The lines of the map, with one word for the head of each area.
inline std::string linesOf(llvm::StringRef info) {
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
inline constexpr std::array<uint32_t, 24> kTableSizes = {0,   2,   4,   6,   8,   10,  12,  17,
                                                         23,  29,  37,  47,  59,  73,  97,  127,
                                                         167, 223, 293, 389, 521, 691, 919, 1223};

/// Runs up to this one were there when the program began.
inline constexpr uint32_t kSetUpRuns = 1000;

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
          request(made.header, uint64_t{4} * word_) && request(made.data, made.room * itemOf(made));
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
  // NOLINTNEXTLINE(misc-no-recursion): as deep as there are runs that may be kept.
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
          gone.emplace_back(run, there);
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

} // namespace fraglint
