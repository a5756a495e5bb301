#include "lint/file_store.h"

#include "lint/import_scan.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace fraglint {

namespace fs = llvm::sys::fs;

llvm::Expected<std::shared_ptr<const SourceFile>>
FileStore::read(const std::string &, const std::string &shown, uint64_t maxBytes) const {
  return SourceFile::read(shown, maxBytes);
}

llvm::Expected<std::shared_ptr<const SyntaxTree>>
FileStore::parse(const std::shared_ptr<const SourceFile> &file, const ParseLimits &limits) const {
  return SyntaxTree::parse(file, limits);
}

std::vector<std::string> FileStore::modulesImportedBy(const std::string &path) const {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false, /*IsVolatile=*/true);
  return buffer ? importedModules((*buffer)->getBuffer()) : std::vector<std::string>();
}

bool FileStore::isFile(const std::string &path) const { return fs::is_regular_file(path); }

std::vector<std::string> FileStore::pythonFilesIn(const std::string &folder) const {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error))
    if (llvm::sys::path::extension(entry->path()) == ".py")
      files.push_back(entry->path());
  return files;
}

const FileStore &FileStore::disk() {
  static const FileStore store;
  return store;
}

} // namespace fraglint
