#pragma once
/// Patterns of paths, with the meaning that `.gitignore` gives them; the configuration's
/// `exclude`, `per-file-ignores` and `firmware` use the same.
///
/// `*` and `?` stop at `/`, `[a-z]` is a set, `\` takes the next character as it is. `**`
/// between slashes stands for any number of folders. A pattern with a slash at its front or in
/// its middle is matched from the folder it belongs to; any other matches a name at any depth.
/// With a slash at its end it means folders only. A folder that matches goes with all that is
/// in it.

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/GlobPattern.h"

#include <memory>
#include <optional>
#include <string>

namespace fraglint {

class PathPattern {
public:
  /// Fails for a bracket without its end, or a `\` with nothing behind it. `allowBraces`:
  /// `{a,b}` stands for either; git takes it literally.
  static llvm::Expected<PathPattern> parse(llvm::StringRef text, bool allowBraces);

  /// Whether the pattern means exactly this entry; `path` is relative to the pattern's folder,
  /// with `/` between names.
  bool matches(llvm::StringRef path, bool isFolder) const;
  /// Whether it means this file or a folder that the file is in.
  bool matchesInside(llvm::StringRef path) const;

  /// Whether it is matched from the folder it belongs to, not at any depth.
  bool isAnchored() const { return isAnchored_; }

private:
  /// One name between slashes; none for `**`.
  using Segment = std::optional<llvm::GlobPattern>;

  std::unique_ptr<std::string> text_; ///< the segments refer to it, wherever this moves
  llvm::SmallVector<Segment, 2> segments_;
  bool foldersOnly_ = false;
  bool isAnchored_ = false;
};

} // namespace fraglint
