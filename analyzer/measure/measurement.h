#pragma once
/// What a program asked of a heap, as it was measured.

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// What one execution of a statement asked for. Seen is what is there at its end: what was freed on
/// the way is not, nor are the frames of functions.
struct ExecutionCost {
  std::vector<uint32_t> requests; ///< in blocks, the largest first
  /// By how much the bytes in use grew, before a collection; negative where it gave back memory.
  int64_t takenBytes = 0;

  uint64_t blocks() const;
  friend bool operator==(const ExecutionCost &, const ExecutionCost &) = default;
};

/// Why there are no figures for a statement, or fewer.
enum class NotMeasured : uint8_t {
  No,
  HeapTooSmall, ///< with collection off it did not fit into the heap
  CutOff, ///< the program was stopped in its only execution
  WithCaller, ///< the device has no room for points there: what it asks for is its caller's
};

/// In words: `with collection off it does not fit into the heap`. Not for No.
llvm::StringRef reasonOf(NotMeasured why);

/// All executions of one statement, or of the head of a compound one. What the functions that it
/// calls ask for is theirs.
struct StatementMeasurement {
  uint32_t line; ///< 1-based
  uint32_t column; ///< 1-based, in code points
  uint64_t executions = 0;
  ExecutionCost first;
  ExecutionCost heaviest; ///< the one that asked for most blocks, then bytes; the first of several
  uint32_t largestRequest = 0; ///< in blocks, of all executions
  /// An exception left the function with it: what was asked for up to the point that showed that
  /// may be of the statement that called it. `largestOwn` is without that.
  bool wasLeftByException = false;
  uint32_t largestOwn = 0;
  /// It called a function that was left so.
  bool calledOneThatRaised = false;
  /// It hands on what another iterator gives (`yield from`, `await`): what the generator's caller
  /// asks for between two of these may be of this statement.
  bool delegates = false;
  /// It is of a `finally`: a traceback that grows while an exception passes may be of it.
  bool isInFinally = false;
  /// Of all executions together: what of their requests is in use when the program ends. Where no
  /// map can be had, by how much the bytes in use grew over them, each time after a collection.
  int64_t retainedBytes = 0;
  NotMeasured notMeasured = NotMeasured::No;
  friend bool operator==(const StatementMeasurement &, const StatementMeasurement &) = default;
};

/// Bytes that the program's own requests keep in use: what its compiled code needs is left out,
/// for the probe's points have changed that.
struct LiveBytes {
  uint32_t line = 0; ///< of the top-level statement, 1-based
  uint64_t pass = 0; ///< of the loop that is running, from 1; 0 for the end of the statement
  int64_t bytes = 0;
  friend bool operator==(const LiveBytes &, const LiveBytes &) = default;
};

/// How the program ended.
enum class ProgramEnd : uint8_t {
  Completed,
  Raised, ///< an exception that nothing caught
  InputEnded, ///< all recorded input has been read
  TimedOut,
  DeviceFailed,
};

/// What a probe point itself asks for: measured on the device, and taken off.
struct ProbeCost {
  std::vector<uint32_t> requests; ///< in blocks
  uint64_t bytes = 0;
};

/// What is known of the device before the program runs.
struct ProbeFacts {
  std::string firmware; ///< what it says of itself
  uint32_t blockBytes = 0;
  uint64_t heapBytes = 0; ///< all of it, or what it may grow to
  uint32_t mainNames = 0; ///< names in `__main__`
  bool drawsMaps = false; ///< else there are no requests, only bytes
  /// Else nothing is collected, and so nothing known retained, within a top-level statement.
  bool collectsInside = false;
  ProbeCost cost;
};

/// The largest request of a top-level statement, functions that it calls included, as it was read
/// from a squeezed heap: in [loBytes, hiBytes].
struct SqueezedStatement {
  uint32_t line = 0; ///< 1-based
  uint64_t loBytes = 0; ///< MemoryError named it; 0 where nothing failed
  std::optional<uint64_t>
      hiBytes; ///< so much room was enough; nothing where the heap was too small
};

struct Measurement {
  ProbeFacts facts;
  std::vector<StatementMeasurement> statements; ///< those that ran, by line and column
  std::vector<SqueezedStatement> squeezed; ///< where no map can be had
  std::vector<LiveBytes> live; ///< in order of time
  std::string output; ///< the program's own
  ProgramEnd end = ProgramEnd::Completed;
  std::string endText; ///< of an exception its last line, of a failure its message
  uint32_t endLine = 0; ///< 1-based: where it was then; 0 where it completed
};

} // namespace fraglint
