#pragma once
/// What an operation costs on the heap: its ordered requests, what it keeps, what it leaves as
/// garbage, and how sure all that is.

#include "semantic/interval.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>

namespace fraglint {

/// How a figure relates to the truth. A figure is never shown without its tag.
enum class CostTag : uint8_t {
  Exact,   ///< lo = hi and everything is known
  Bounded, ///< the truth lies in [lo, hi]
  AtLeast, ///< lo is sure, hi is not known
  Unknown, ///< nothing is sure
};
llvm::StringRef tagName(CostTag tag);

/// An amount of bytes with its tag: what findings and reports show.
struct ByteFigure {
  Interval bytes = Interval::atLeast(0);
  CostTag tag = CostTag::Unknown;

  static ByteFigure of(Interval bytes);
  /// The figure with its tag in words: `exactly 4,112 bytes`, `1,024 to 2,048 bytes`, `at least
  /// 512 bytes`, `an unknown number of bytes`.
  std::string text() const;
  friend bool operator==(const ByteFigure &, const ByteFigure &) = default;
};

/// One call to the allocator.
struct Request {
  Interval bytes;   ///< as asked for, not rounded to blocks
  bool hard = true; ///< its failure raises MemoryError; soft ones are absorbed
};

struct AllocationCost {
  llvm::SmallVector<Request, 3> requests; ///< in the order they are made
  Interval retained = Interval::exactly(0); ///< bytes in whole blocks that the result keeps
  Interval garbage = Interval::exactly(0);  ///< bytes in whole blocks that are left unreachable
  std::string reason; ///< why a bound is missing, in words; empty when exact or bounded

  /// The largest hard request: what must be there in one run.
  ByteFigure contiguous() const;
  /// Bytes of blocks taken over all, result and garbage together.
  ByteFigure taken() const;
};

/// 1234567 -> `1,234,567`.
std::string withThousands(int64_t value);

} // namespace fraglint
