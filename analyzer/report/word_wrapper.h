#pragma once
/// Fills lines with words.

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>

namespace fraglint {

/// Writes words with a space or a line break between them; further lines are indented, so that
/// the eye finds where the next paragraph starts.
class WordWrapper {
public:
  WordWrapper(llvm::raw_ostream &os, uint32_t width) : os_(os), width_(width) {}

  /// `shown` with its colours takes `cells` columns; it is kept in one piece.
  void word(llvm::StringRef shown, uint32_t cells);
  /// All words of `text`, which is made safe for terminals.
  void words(llvm::StringRef text);
  /// Ends the paragraph.
  void end();

private:
  llvm::raw_ostream &os_;
  uint32_t width_;
  uint32_t column_ = 0;
};

} // namespace fraglint
