#pragma once
/// Bounds that the user sets for what programs may ask of the heap: the table `[budgets]` of a
/// configuration file.

#include "heap/allocation_cost.h"
#include "semantic/semantic_model.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// In bytes; absent where nothing is said. Where several are said the least counts.
struct Budget {
  std::optional<int64_t> maxContiguous;     ///< of one request
  std::optional<int64_t> maxLive;           ///< of all that is in use at once
  std::optional<int64_t> maxGarbagePerPass; ///< that a pass of an endless loop leaves
  std::optional<int64_t> maxGrowth; ///< of the first two by a change; no bound of a program

  bool empty() const { return !maxContiguous && !maxLive && !maxGarbagePerPass; }
  void tighten(const Budget &other);
};

/// `"Display.draw()" = { max-contiguous = 512 }`: what a function asks for, or what it calls.
struct FunctionBudget {
  std::string name; ///< `draw`, or `Display.draw` of one class alone
  int64_t maxContiguous = 0;

  bool isOf(const SemanticModel &model, FunctionId function) const;
};

/// What applies to one file.
struct Budgets {
  Budget file;
  std::vector<FunctionBudget> functions;

  bool empty() const { return file.empty() && functions.empty(); }
};

/// A file of a program, with the bounds that the user set for it: what rules about bounds are
/// given. There is one for each file that is analysed, also where nobody set any.
struct BoundedFile {
  uint32_t file; ///< index of SemanticModel::files
  const Budgets &budgets;
  bool isBoardKnown; ///< else the usual one of its family stands for it
};

/// A figure of a program that is surely more than before a change: what rules about changes are
/// given.
struct ProgramGrowth {
  enum class Figure : uint8_t {
    Contiguous, ///< the largest run that is asked for
    Live,       ///< the most bytes in use at once
  };
  Figure figure;
  ByteFigure before, now;
  int64_t bytes;   ///< at least so many more
  TextRange place; ///< in the entry's file, where it is most now
  int64_t large;   ///< what the target calls large
  std::optional<int64_t> allowed = std::nullopt; ///< what the user allows it to grow by
};

/// The keys of a budget: `max-contiguous`, `max-live`, `max-garbage-per-pass`, `max-growth`.
llvm::ArrayRef<llvm::StringRef> budgetKeys();
/// The member of that key; null for others.
std::optional<int64_t> Budget::*budgetMember(llvm::StringRef key);

} // namespace fraglint
