#pragma once
/// Reads a file's characters as Python's own tokenizer does, as far as lines, brackets,
/// strings, numbers and indentation go. tree-sitter guesses over mistakes in these; here they
/// are found, and named in words that help.

#include "syntax/comment.h"
#include "syntax/syntax_tree.h"
#include "text/text_range.h"

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fraglint {

/// What Python takes for one line: it goes on inside brackets, strings and behind a backslash.
struct LogicalLine {
  uint32_t begin;          ///< first byte of the first token
  uint32_t end;            ///< one past the last token; comments do not count
  uint32_t lastTokenBegin; ///< first byte of the last token
  bool opensBlock;         ///< it ends with a colon, or with one that is missing or misread
  bool isOrphan = false;   ///< an `else` or its like that belongs to nothing
  bool isRemnant = false;  ///< only wrong because of a line before it, most likely
};

struct ScannedLines {
  std::vector<LogicalLine> lines; ///< without blank and comment-only ones
  std::vector<Comment> comments;
  std::vector<SyntaxProblem> problems; ///< in order
  /// Whether a bracket or string is never closed: where lines end is a guess from there on.
  bool hasUnclosed = false;
  /// Whether tree-sitter would take the text for something else: parse textForParser() then.
  bool misleadsParser = false;
};

/// Linear in the length of `text`, without recursion.
ScannedLines scanLines(llvm::StringRef text);

/// `text` in a spelling that tree-sitter understands, every byte at its offset: line ends and
/// comments inside brackets are blanks; so is the `=` of the format in `f"{x:=8}"`, which would
/// make it `:=`; in `type(x).y = z` the `type` is another name, else it were a type alias;
/// NUL bytes are other characters, else the file would end there; and the backslash of `b"\N"` is
/// another character, else the quote would be skipped.
std::string textForParser(llvm::StringRef text);

/// The keyword that `line` of a file starts with, `async` left out: `if`, `def`, `match`, …;
/// empty for a line that no block or statement can belong to.
llvm::StringRef headerKeyword(llvm::StringRef text, const LogicalLine &line);

} // namespace fraglint
