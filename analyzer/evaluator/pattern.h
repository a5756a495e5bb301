#pragma once
/// Regular expressions as the firmware compiles and matches them (its library re1.5): sizes of the
/// compiled program, and the same first match.

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace fraglint {

/// A compiled pattern. One byte each: instructions, characters, distances.
struct Pattern {
  enum class Op : uint8_t {
    Character,  ///< character
    Any,
    Class,      ///< number of pairs, then the pairs
    ClassNot,
    ClassNamed, ///< d, D, s, S, w, W
    LineStart,
    LineEnd,
    Jump,       ///< distance
    Split,      ///< distance: first on, then there
    SplitBack,  ///< distance: first there, then on
    Save,       ///< number
    Match,
  };
  llvm::SmallVector<uint8_t, 64> code;
  unsigned groups = 0;
  bool isUnbalanced = false; ///< a `)` is left over, which is seen when the program is made

  /// Bytes of the program with what stands before and behind it.
  int64_t bytes() const { return static_cast<int64_t>(code.size()) + kAround; }
  static constexpr int64_t kAround = 10;
};

/// Nothing where the firmware cannot count how long the program of the pattern is.
std::optional<Pattern> compilePattern(llvm::StringRef text);

/// Where a group starts and ends; npos where it took no part.
struct GroupSpan {
  size_t start = llvm::StringRef::npos, end = llvm::StringRef::npos;
};

struct PatternMatch {
  bool isMatch = false;
  bool isEndless = false; ///< it goes round without a step, until the stack is full
  bool isTooDeep = false; ///< more steps than are worth it, or an endless loop: not known
  llvm::SmallVector<GroupSpan, 4> groups; ///< [0] is the whole
};

/// Matches `subject` from `start` on; `^` matches at 0 only.
PatternMatch matchPattern(const Pattern &pattern, llvm::StringRef subject, size_t start,
                          bool isAnchored);

} // namespace fraglint
