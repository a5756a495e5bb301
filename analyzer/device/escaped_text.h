#pragma once
/// Bytes as text that people can read, in quotes with escapes as in C.

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace fraglint {

/// In double quotes. Printable ASCII stands for itself; `\n`, `\r`, `\t`, `\"`, `\\` as in C; every
/// other byte is `\x` with exactly two digits.
std::string escapedText(llvm::StringRef bytes);

/// What escapedText() was made from; nothing where `text` is not such a text.
std::optional<std::string> unescapedText(llvm::StringRef text);

} // namespace fraglint
