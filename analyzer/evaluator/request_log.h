#pragma once
/// The ordered requests of an evaluation.

#include "evaluator/name_growth.h"
#include "semantic/interval.h"
#include "syntax/syntax_tree.h"

#include "llvm/ADT/DenseMap.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fraglint {

/// What happened to a run of blocks.
enum class EventKind : uint8_t {
  Request, ///< a new run
  Resize,  ///< longer: a new run and a copy, or in place where the blocks behind are free
  Shrink,  ///< shorter, in place
  Free,    ///< given back by the firmware itself
  Collect, ///< `gc.collect()`
};

/// Load, set-up, and the passes of the loop that never ends, counted from 1.
enum class Phase : uint8_t { Load, SetUp, Pass };

/// Stands for all passes behind those that were evaluated one by one.
inline constexpr uint16_t kFurtherPasses = 0xffff;

inline constexpr uint32_t kNoWay = ~0U;

/// One entry. `site` is the innermost expression or statement of the program that was being
/// evaluated; null for what no code asks for.
struct HeapEvent {
  EventKind kind = EventKind::Request;
  uint32_t run = 0;        ///< see Run::id
  uint32_t lineage = 0;    ///< see Run::lineage
  Interval bytes;          ///< as asked for, not rounded to blocks
  Interval before;         ///< of Resize, Shrink: bytes it had
  bool isHard = true;      ///< its failure raises MemoryError
  bool mayNotHappen = false; ///< made on some paths only
  uint32_t way = 0; ///< see Interpreter::way(); kNoWay: it may not happen on any
  Phase phase = Phase::SetUp;
  uint16_t pass = 0;       ///< of Phase::Pass
  SyntaxNode site;
  uint32_t callPath = 0;   ///< index into RequestLog::calls
  uint32_t reason = 0;     ///< index into RequestLog::reasons; 0: everything is known
};

/// A call that was under way: a list from the innermost outwards.
struct CallPathEntry {
  uint32_t outer = 0; ///< index; 0: the entry itself
  SyntaxNode call;
  uint32_t way = 0;    ///< that was followed when it began
  SyntaxNode function; ///< definition of what was called; null where it is none of the program's
  bool isCutOff = false; ///< it did not come to its end
  uint64_t step = 0; ///< the instruction that called, counted through the evaluation
};

struct RequestLog {
  std::vector<HeapEvent> events;
  llvm::DenseMap<size_t, NameGrowth> names; ///< by the index of the event that tells of it
  bool isFolded = false; ///< some events stand for any number of them, in a loop of unknown length
  std::vector<CallPathEntry> calls{{}};
  std::vector<std::string> reasons{{}};
};

} // namespace fraglint
