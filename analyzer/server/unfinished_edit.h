#pragma once
/// A line that is being typed is no Python for a while, and what the evaluator finds comes later.
/// What was found before stays what is known of all other lines, so that their findings do not
/// blink.

#include "lint/linter.h"
#include "text/text_range.h"

#include <memory>
#include <optional>

namespace fraglint {

/// The whole lines in which two texts differ.
struct LineDifference {
  TextRange before; ///< bytes of the one
  TextRange now;    ///< bytes of the other
};
LineDifference lineDifference(const SourceFile &before, const SourceFile &now);

/// What is known of `tree`'s text, which is no valid Python, from what was found in a valid one
/// before: all that lies outside the lines that differ, where it lies now, and what is wrong with
/// those. Nothing where more than a few lines differ: then that is no line being typed.
std::optional<FileResult> carriedOver(const FileResult &sound, const SyntaxTree &tree,
                                      const Settings &settings);

/// What is known of a text before the evaluator has looked at it: `result`, found without, and what
/// the rules that lack it found in the text `before`. Nothing where more than a few lines differ.
std::optional<FileResult> withEvaluatedOf(const FileResult &before, FileResult result);

} // namespace fraglint
