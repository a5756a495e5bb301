#pragma once
/// What the better example of a rule saves on a real heap: rules/measured_savings.tsv, which the
/// build puts into the tool.

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fraglint {

extern const llvm::StringRef kMeasuredSavings;

/// What of the heap is compared, in bytes.
enum class HeapFigure : uint8_t {
  Free, ///< the longest free run, after a collection
  Held, ///< in use after a collection
  Used, ///< in use, with what is garbage
  Asked, ///< taken since the beginning, with collection off: what is thrown away counts
};

/// A row: one rule on one engine, or why there is none.
struct MeasuredSaving {
  std::string rule;     ///< its code
  std::string device;   ///< `unix:64k`; empty where it is not measured
  std::string firmware; ///< what the engine says of itself
  HeapFigure figure = HeapFigure::Free;
  /// The line of both examples before which the heap is looked at; empty for the end. Where it is
  /// not measured, why.
  std::string place;
  unsigned pass = 1; ///< of the loop around it
  /// The figure in digits, or the exception that ends the program.
  std::string bad, good;

  bool isMeasured() const { return !device.empty(); }
};

/// The rows of such a table, in its order. It is part of the tool and well formed.
std::vector<MeasuredSaving> readSavings(llvm::StringRef table);
/// The same as a table.
std::string writeSavings(const std::vector<MeasuredSaving> &savings);

/// `free`, `held`, `used`, `asked`.
llvm::StringRef figureName(HeapFigure figure);

/// A sentence for each row of the rule.
std::vector<std::string> savingSentences(llvm::StringRef ruleCode);
/// Of one row: `2,064 B more in one run on …`.
std::string savingSentence(const MeasuredSaving &saving);

} // namespace fraglint
