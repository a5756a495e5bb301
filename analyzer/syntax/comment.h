#pragma once
/// Comments and the directives in them. Parsed once here; the layers above give the
/// directives their meaning.

#include "text/text_range.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace fraglint {

/// One `# …` up to the end of its line.
struct Comment {
  TextRange range;      ///< with the `#`
  bool ownLine = false; ///< nothing but blanks stands before it on its line
};

/// A `# fraglint: WORD[ARG, …] reason`, `# fraglint: WORD=ARG`, `# fraglint: WORD<=ARG` or
/// `# noqa: FRG201` comment. A plain `# noqa` has no arguments.
struct Directive {
  std::string word; ///< `ignore`, `ignore-file`, `ignore-start`, `ignore-end`, `size`, …; `noqa`
  llvm::SmallVector<std::string, 2> arguments;    ///< inside the brackets, or after `=` or `<=`
  std::string reason;                             ///< what follows, trimmed
  TextRange range;                                ///< from the `#` to the end of the reason
  llvm::SmallVector<TextRange, 2> argumentRanges; ///< one per argument
  bool ownLine = false;
  bool isAtMost = false;  ///< the argument stands after `<=`, not `=`
  bool malformed = false; ///< no word, nothing after `=`, or brackets left open or empty
};

/// The directive that `comment` (its text, `#` included) holds, if any. A comment after code
/// may carry one behind other words: `# keep  # fraglint: ignore[FRG201] reused`. Where both
/// a fraglint and a noqa directive stand, it is the fraglint one.
std::optional<Directive> parseDirective(const Comment &comment, llvm::StringRef text);

} // namespace fraglint
