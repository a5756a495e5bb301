#include "lint/board_target.h"

#include "heap/target_recognition.h"
#include "lint/file_path.h"
#include "text/source_file.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace fraglint {

namespace {

/// Levels above the file's folder that are looked into without a root: `lib/`, a package in it
/// and one below that.
constexpr int kLevels = 3;
/// A real boot_out.txt has a few lines.
constexpr uint64_t kMaxBytes = 1U << 16;

} // namespace

const Target *boardTarget(llvm::StringRef path, llvm::StringRef root) {
  llvm::SmallString<256> folder(llvm::sys::path::parent_path(absolutePath(path)));

  bool isBelowRoot = !root.empty() && (folder == root || !pathBelow(root, folder).empty());
  for (int level = 0; (isBelowRoot || level <= kLevels) && !folder.empty(); ++level) {
    llvm::SmallString<256> candidate(folder);
    llvm::sys::path::append(candidate, "boot_out.txt");
    if (llvm::sys::fs::exists(candidate)) {
      auto file = SourceFile::read(std::string(candidate), kMaxBytes);
      if (file)
        return targetFromBootOut((*file)->text());
      llvm::consumeError(file.takeError()); // unreadable is as good as absent
      return nullptr;
    }
    if (folder == root || folder == llvm::sys::path::root_path(folder))
      break;
    llvm::sys::path::remove_filename(folder);
  }
  return nullptr;
}

} // namespace fraglint
