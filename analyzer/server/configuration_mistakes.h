#pragma once
/// Mistakes in configuration files, as diagnostics where they were made.

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

#include <map>
#include <string>

namespace fraglint {

/// Diagnostics by the absolute path of the file that they are about.
using MistakesByFile = std::map<std::string, llvm::json::Array>;

/// Adds those of `problem`, as Configuration words it: `path:line:column: …` a line. Lines without
/// a place, and what was added before, are passed over.
void addMistakes(llvm::StringRef problem, MistakesByFile &mistakes);

} // namespace fraglint
