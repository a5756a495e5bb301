#pragma once
/// The lines of source that a place covers, with a gutter of line numbers and the place marked.

#include "lint/diagnostic.h"
#include "report/terminal_style.h"

#include "llvm/Support/raw_ostream.h"

#include <cstdint>

namespace fraglint {

/// How to mark a place, and in how much room.
struct ExcerptLook {
  TextRole role;        ///< of the marks
  char mark;            ///< stands below each marked column
  uint32_t gutterCells; ///< for line numbers
  uint32_t width;       ///< for everything
};

/// Columns that excerpts with this place need for their line numbers, at least `atLeast`.
uint32_t gutterCells(const Location &location, uint32_t atLeast);

/// Nothing for a file without text. Of more than four lines, those in the middle are left out.
void writeExcerpt(llvm::raw_ostream &os, const TerminalStyle &style, const Location &location,
                  const ExcerptLook &look);

} // namespace fraglint
