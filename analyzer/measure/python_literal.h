#pragma once
/// Values as Python writes them.

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

#include <string>

namespace fraglint {

/// `text` as a string of one line.
std::string pythonLiteral(llvm::StringRef text);
/// A value of JSON; numbers keep whether they are whole.
std::string pythonValue(const llvm::json::Value &value);

} // namespace fraglint
