#pragma once
/// Which modules a file imports, read off its text without parsing it: to find the files of a
/// program before any of them is analysed.

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace fraglint {

/// Every name in the file's imports that may be a module, dotted as spelled, with the leading
/// dots of relative ones: `import a.b` gives `a` and `a.b`; `from .c import d` gives `.c` and
/// `.c.d`. Sorted, each once. Lines in strings that look like imports count too.
std::vector<std::string> importedModules(llvm::StringRef text);

} // namespace fraglint
