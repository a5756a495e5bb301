#pragma once
/// The columns at which blocks may stand, kept as MicroPython's lexer keeps them.

#include "llvm/ADT/SmallVector.h"

#include <cstddef>
#include <cstdint>

namespace fraglint {

/// The blanks before a line's first token. A tab goes to the next multiple of eight, however it is
/// mixed with blanks: where that gives blocks, MicroPython and CircuitPython take the file, though
/// CPython refuses what looks different from editor to editor (tried with MicroPython's WebAssembly
/// port).
struct Indent {
  uint32_t column = 0;

  /// Moves by one blank or tab.
  void add(char blank) { column = blank == '\t' ? (column / 8 + 1) * 8 : column + 1; }
};

enum class IndentStep : uint8_t {
  Same,
  Deeper,
  Out, ///< back to the column of a block around
  NoSuchLevel, ///< back to a column where no block stands
  TooDeep, ///< Python gives up at a hundred levels
};

class IndentStack {
public:
  IndentStack() { levels_.push_back({}); }

  /// Takes the next line's indentation. After a wrong one it carries on as if that had been
  /// meant, so that the lines after it are not all reported as well.
  IndentStep next(Indent indent);

  /// How many blocks are open: 0 at the top level.
  size_t depth() const { return levels_.size() - 1; }

private:
  IndentStep out(Indent indent);

  llvm::SmallVector<Indent, 16> levels_; ///< never empty: the module's column is 0
};

} // namespace fraglint
