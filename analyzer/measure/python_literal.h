#pragma once
/// Texts as Python writes them.

#include "llvm/ADT/StringRef.h"

#include <string>

namespace fraglint {

/// `text` as a string of one line.
std::string pythonLiteral(llvm::StringRef text);

} // namespace fraglint
