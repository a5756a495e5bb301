#pragma once
/// Distances between rules of the firmware's grammar, counted as ParseWalk counts depth, and what
/// its files share. Each was held against the engines: see tests/evaluator/compile_cost_test.cpp.

#include "syntax/syntax_tree.h"

#include "llvm/ADT/SmallVector.h"

namespace fraglint {

inline constexpr unsigned kInParentheses =
    16; ///< rules between an expression and one in brackets in it
inline constexpr unsigned kInBraces = 15;
inline constexpr unsigned kInList = 18;        ///< the same of all but the first
inline constexpr unsigned kInArguments = 17;
inline constexpr unsigned kInOperand = 2;      ///< of a sign, of `not`, of the right side of `**`
inline constexpr unsigned kProbe = 14; ///< most rules until it is seen that there is no expression
inline constexpr unsigned kLeaf = 15; ///< most rules on the way to an atom and what may follow

using ParsedNodes = llvm::SmallVector<SyntaxNode, 8>;

/// Whether a comma stands before the closing bracket.
inline bool hasLastComma(SyntaxNode display) {
  llvm::StringRef text = display.text();
  return text.take_front(text.size() - !text.empty()).rtrim().ends_with(",");
}

} // namespace fraglint
