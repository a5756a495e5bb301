#pragma once
/// One source line as it is shown, and which of its columns are marked.

#include "report/printable_text.h"
#include "text/text_range.h"

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fraglint {

/// Tabs become spaces; a line wider than the space for it is cut to a window around the mark,
/// with `...` where something is missing.
class DisplayLine {
public:
  /// `line` is without its end; `mark` counts bytes from its start. An empty mark stands for
  /// the place before its byte, which may be the end of the line.
  DisplayLine(llvm::StringRef line, TextRange mark, uint32_t maxCells);

  const std::string &text() const { return text_; }
  /// First marked column, from 0.
  uint32_t markBegin() const { return markBegin_; }
  /// Marked columns; at least one.
  uint32_t markCells() const { return markCells_; }

private:
  /// Glyphs [first, last) are shown.
  struct Window {
    size_t first;
    size_t last;
  };

  void readGlyphs(llvm::StringRef line, TextRange mark, uint32_t maxCells);
  Window chooseWindow(TextRange mark, uint32_t maxCells) const;
  void show(Window window, TextRange mark);
  uint32_t cellsBetween(size_t first, size_t last) const;

  std::vector<Glyph> glyphs_; ///< of the part of the line that may be shown
  bool cutBefore_ = false;    ///< that part does not start at the line's start
  bool cutAfter_ = false;
  std::string text_;
  uint32_t markBegin_ = 0;
  uint32_t markCells_ = 1;
};

} // namespace fraglint
