#pragma once
/// Finds the files that a program's imports mean, as the firmwares look for them.

#include "lint/file_store.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace fraglint {

/// Whether the source of a library that known_library.h has rows of is a file of the program: it is
/// to what evaluates it, not to rules, which know by rows what it does.
enum class KnownLibraries : uint8_t { ByRows, BySource };

/// Asks a store of files, and remembers its answers: one for a run. Not thread-safe.
class ModuleFinder {
public:
  explicit ModuleFinder(const FileStore &store, KnownLibraries known = KnownLibraries::ByRows)
      : store_(store), known_(known) {}

  /// The file that `importer` (an absolute path) means by the module `name`, dotted as spelled;
  /// empty where it is no file of the program: built in, a known library, or not there.
  ///
  /// Looked for beside the importer and in `lib/` there; from a package or out of `lib/`, also in
  /// the folders above up to the program's own; and beside the folder above of the name's first
  /// part.
  std::string find(llvm::StringRef importer, llvm::StringRef name);
  /// Whether a compiled file (`.mpy`) lies where find() looks.
  bool isCompiled(llvm::StringRef importer, llvm::StringRef name);

  /// The folders that a file in `folder` may be imported from: its own, and above a package or
  /// `lib/` those up to the program's own.
  std::vector<std::string> foldersAround(llvm::StringRef folder);

  /// The Python files directly in a folder, sorted; none where there are too many to be one
  /// program's.
  const std::vector<std::string> &filesIn(llvm::StringRef folder);

private:
  std::vector<std::string> placesOf(llvm::StringRef importer, llvm::StringRef name);
  bool isFile(const std::string &path);

  const FileStore &store_;
  const KnownLibraries known_;
  llvm::StringMap<bool> isFile_;
  llvm::StringMap<std::vector<std::string>> filesIn_;
};

} // namespace fraglint
