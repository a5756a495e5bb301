#include "lint/file_path.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace fraglint {

namespace path = llvm::sys::path;

std::string absolutePath(llvm::StringRef path) {
  llvm::SmallString<256> absolute(path);
  // Fails only where there is no working folder any more; then the path stays as it is.
  (void)llvm::sys::fs::make_absolute(absolute);
  path::remove_dots(absolute, /*remove_dot_dot=*/true);
  return std::string(absolute);
}

std::string displayPath(llvm::StringRef path) {
  std::string absolute = absolutePath(path);
  llvm::SmallString<256> working;
  if (!llvm::sys::fs::current_path(working))
    if (llvm::StringRef below = pathBelow(working, absolute); !below.empty())
      return path::convert_to_slash(below);
  return path::convert_to_slash(absolute);
}

llvm::StringRef pathBelow(llvm::StringRef base, llvm::StringRef path) {
  if (!path.consume_front(base))
    return "";
  bool atSlash = base.ends_with("/") || path.consume_front("/");
  return atSlash ? path : "";
}

} // namespace fraglint
