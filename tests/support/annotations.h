#pragma once
/// Annotated Python: what a program's comments expect of the linter, and where the two differ.
/// The syntax is described in corpus/README.md.

#include "heap/target.h"
#include "lint/diagnostic.h"
#include "lint/rule.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fraglint {

/// One finding that must be there.
struct Expectation {
  uint32_t line = 0; ///< one-based: where the finding's range begins
  const Rule *rule = nullptr;
  Severity severity = Severity::Warning;
  llvm::SmallVector<std::string, 1> substrings; ///< all of them stand in the message
};

struct Annotations {
  const Target *target = nullptr; ///< of the header; null where there is none
  std::vector<Expectation> expectations; ///< in source order
  std::vector<std::string> mistakes;     ///< annotations that cannot be read: `line 7: …`

  bool expects(const Rule &rule) const;
};

/// Reads the comments of UTF-8 `text`. A bare `# expect` means `folderRule`; where that is null,
/// each annotation must name its rule.
Annotations readAnnotations(llvm::StringRef text, const Rule *folderRule);

/// Where findings and expectations differ, both ways: one paragraph for each line of the file
/// that is not as expected, with what was expected and what came; and the annotations that
/// cannot be read. `path` is for these words only.
std::vector<std::string> disagreements(llvm::StringRef path, const Annotations &annotations,
                                       llvm::ArrayRef<Diagnostic> findings);

} // namespace fraglint
