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

/// Checks a tree that holds tree-sitter's own errors (kind Error, hasError()) against the
/// lines of its file. Linear, without recursion.
Validity checkValidity(const SyntaxTree &tree, const ScannedLines &lines,
                       const ParserErrors &errors);

} // namespace fraglint
