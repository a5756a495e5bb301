#pragma once
/// The spelling rules of numbers and strings, as far as a scanner of characters needs them.

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>

namespace fraglint {

/// How far something reaches, and what is wrong with it.
struct LiteralScan {
  uint32_t end = 0;              ///< offset behind it
  llvm::StringRef problem;       ///< a sentence in static storage; empty where all is well
};

/// The number whose first digit, or dot before it, stands at `begin`.
LiteralScan scanNumber(llvm::StringRef text, uint32_t begin);

/// What the letters before a string's quote say.
struct StringPrefix {
  bool isRaw = false;
  bool isBytes = false;
  bool isFormatted = false; ///< an f-string or a t-string: code between braces
};

/// The meaning of `word` directly before a quote; nothing where it is not a prefix.
std::optional<StringPrefix> parseStringPrefix(llvm::StringRef word);

/// The escape that starts with the backslash at `begin` in a string that is not raw. A
/// backslash before anything unknown stands for itself.
LiteralScan scanEscape(llvm::StringRef text, uint32_t begin, bool isBytes);

} // namespace fraglint
