#pragma once
/// What is not valid Python: mistakes that tree-sitter's recovery hides, and those it shows
/// without being able to say what is wrong.

#include "syntax/checks.h"
#include "syntax/line_scanner.h"
#include "syntax/recovery.h"
#include "syntax/syntax_tree.h"

#include "llvm/ADT/ArrayRef.h"

#include <vector>

namespace fraglint {

struct Validity {
  std::vector<Fault> faults; ///< in order; at most one per logical line
  std::vector<SyntaxNode> wrongNodes; ///< every node that is at fault, also of faults left out
  bool isPython2 = false; ///< then there is one fault, which says so
};

/// Top-level statements by index: [begin, end).
struct StatementRange {
  uint32_t begin;
  uint32_t end;
};

/// Checks the statements `unsure` of a tree, all others of which are known to be valid. The tree
///  holds tree-sitter's own errors (kind Error, hasError()); it is held against the lines of its
///  file.
/// Linear, without recursion.
Validity checkValidity(const SyntaxTree &tree, const ScannedLines &lines,
                       const ParserErrors &errors, StatementRange unsure);

} // namespace fraglint
