#pragma once
/// How many bytes a program under evaluation reaches.

#include "evaluator/object.h"
#include "evaluator/request_log.h"

#include "llvm/ADT/DenseMap.h"

#include <cstdint>
#include <string>

namespace fraglint {

class Interpreter;

/// With what paths, sizes and containers of unknown length leave open, and without what the table
/// of names has grown by. Hears of each event.
class LiveBytes {
public:
  /// The interpreter must outlive it.
  explicit LiveBytes(Interpreter &interpreter) : interpreter_(interpreter) {}

  void onEvent(const HeapEvent &event);
  /// So much more stays in use that no object of the program holds: code.
  void keep(Interval bytes) { kept_ = kept_ + bytes; }
  /// Bytes of the blocks of all that can be reached now.
  Interval now();
  /// Why what was found last has no upper bound; empty where it has.
  const std::string &reason() const { return reason_; }
  /// Bytes that a request without a run may leave.
  static Interval mostLeft(const HeapEvent &event) {
    // Further passes ask again, and nobody knows what is kept of each time.
    return {0, event.phase == Phase::Pass ? Interval::kNoHi : event.bytes.hi};
  }

private:
  struct Doubt {
    uint32_t way = 0;    ///< on which it was asked for, see Interpreter::way
    uint32_t reason = 0; ///< of HeapEvent
  };

  void noteUnbounded(const std::string &reason);
  Interval withoutRuns(const Object &object) const;
  void addItems(Value item, Interval count);
  int64_t mostOf(Value value) const;

  Interpreter &interpreter_;
  llvm::DenseMap<uint32_t, Doubt> doubts_; ///< by run, where there is one
  /// What requests of which nothing is known but their size may have left, and why there is no
  /// bound of it.
  Interval left_ = Interval::exactly(0);
  Interval kept_ = Interval::exactly(0);
  uint32_t leftReason_ = 0;
  Interval found_;
  std::string reason_;
};

} // namespace fraglint
