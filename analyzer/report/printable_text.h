#pragma once
/// Text as a terminal shows it: how wide it is, and without anything that would command the
/// terminal. A file may be hostile: what is not printable (control characters, changes of
/// writing direction, …) is spelled out as `<U+001B>`, bytes that are not UTF-8 as `<0xFF>`.

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>

namespace fraglint {

/// One character, ready to be shown.
struct Glyph {
  uint32_t begin; ///< its bytes in the text it comes from
  uint32_t end;
  uint32_t cells; ///< columns of a terminal: 0 for combining marks, 2 for wide characters
  std::string text;
};

/// The character that starts at byte `at`, which must be inside `text`.
Glyph glyphAt(llvm::StringRef text, uint32_t at);

/// `text` with all that is not printable spelled out.
std::string printable(llvm::StringRef text);

/// Columns that a text from printable() takes.
uint32_t cellsOf(llvm::StringRef printableText);

} // namespace fraglint
