#pragma once
/// Characters that Python accepts nowhere outside of strings and comments, and that reach
/// programs by copying from web pages and word processors or from damaged files.

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>

namespace fraglint {

struct OddCharacter {
  uint32_t length;         ///< in bytes
  llvm::StringRef problem; ///< a sentence in static storage
  bool isBlank = false;    ///< tree-sitter takes it for a blank
};

/// The odd character at `offset` of UTF-8 `text`, if there is one.
std::optional<OddCharacter> oddCharacterAt(llvm::StringRef text, uint32_t offset);

} // namespace fraglint
