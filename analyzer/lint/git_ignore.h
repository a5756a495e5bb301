#pragma once
/// The patterns of one `.gitignore` file.

#include "lint/path_pattern.h"

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <vector>

namespace fraglint {

class GitIgnore {
public:
  /// Lines that are no valid pattern match nothing, as in git.
  explicit GitIgnore(llvm::StringRef text);

  bool empty() const { return patterns_.empty(); }
  /// What the last pattern that means the entry says: true to leave it out, false (a `!`
  /// pattern) to keep it; nothing where none means it. `path` is relative to the file's folder.
  std::optional<bool> verdict(llvm::StringRef path, bool isFolder) const;

private:
  struct Line {
    PathPattern pattern;
    bool keeps;
  };
  std::vector<Line> patterns_;
};

} // namespace fraglint
