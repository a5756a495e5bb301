#pragma once
/// How long a text is that a program builds for a label: literals, f-strings, `.format()`, `%`.

#include "semantic/semantic_model.h"

#include <string>

namespace fraglint {

struct LabelText {
  Interval characters = Interval::exactly(0); ///< that are drawn: without line ends
  int64_t lineEnds = 0;                       ///< at least so many
  int64_t blanks = 0; ///< at most so many of the least `characters`; not every font draws them
  /// Whether it is as long each time it is made: nothing varies, or each field is padded.
  bool isFixed = true;
  std::string reason; ///< why a bound is missing, in words

  /// Lines, as far as literals show them.
  int64_t lines() const { return lineEnds + 1; }
};

/// Answers in bounded time; what it does not understand may be of any length.
LabelText measureText(const SemanticModel &model, SyntaxNode expression);

} // namespace fraglint
