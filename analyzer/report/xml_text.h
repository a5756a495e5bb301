#pragma once
/// Text within XML.

#include "llvm/ADT/StringRef.h"

#include <string>

namespace fraglint {

/// For a quoted attribute or between tags. Characters that XML 1.0 does not have, and bytes that
/// are no UTF-8, become U+FFFD; line breaks stay line breaks in attributes, too.
std::string xmlText(llvm::StringRef text);

} // namespace fraglint
