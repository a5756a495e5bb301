#pragma once
/// A second try at broken Python. One missing colon or bracket can make tree-sitter lose all
/// structure of a file; with the lines that are wrong by themselves made harmless, the rest is
/// read as it was meant.

#include "syntax/line_scanner.h"
#include "syntax/parser.h"
#include "syntax/syntax_tree.h"
#include "text/text_range.h"

#include "llvm/ADT/ArrayRef.h"

#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// A logical line that does not parse, whatever stands around it.
struct BrokenLine {
  TextRange line;
  TextRange where; ///< inside `line`: as near to the mistake as is known
};

/// What the parser made of a file, beyond the nodes.
struct ParserErrors {
  std::vector<BrokenLine> broken; ///< in order
  /// Whether errors are left without the broken lines. An error that only lacks a line end
  /// has no node to show it.
  bool hasOthers = false;
};

/// Finds broken lines and makes them harmless, step by step.
class Recovery {
public:
  /// Lines not tried when the deadline passes count as unbroken. The referenced objects must
  /// outlive this one.
  Recovery(llvm::StringRef text, const ScannedLines &lines, PythonParser &parser,
           Deadline deadline);

  /// Tries the lines in which the scanner saw problems: few, and most often the culprits.
  void trySuspects();
  /// Tries the lines that hold one of `tree`'s errors, or all where it shows none.
  void tryErrors(const SyntaxTree &tree);

  /// What to parse instead of the file's text: of the same length, every byte of unbroken
  /// lines in its place, broken lines replaced by names (and keywords where a block follows).
  llvm::StringRef text() const { return text_; }
  /// In order.
  llvm::ArrayRef<BrokenLine> broken() const { return broken_; }

private:
  void tryLine(size_t number);
  size_t tryLines(TextRange range, size_t next);
  std::optional<TextRange> errorAlone(const LogicalLine &line, llvm::StringRef keyword);

  const ScannedLines &lines_;
  PythonParser &parser_;
  Deadline deadline_;
  std::string text_;
  std::vector<BrokenLine> broken_;
  std::vector<bool> tried_; ///< by number of line
};

} // namespace fraglint
