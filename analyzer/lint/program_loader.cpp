#include "lint/program_loader.h"

#include "lint/file_path.h"
#include "lint/import_scan.h"
#include "lint/module_finder.h"
#include "semantic/firmware.h"
#include "semantic/known_library.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <vector>

namespace fraglint {

namespace {

/// Programs of more files are cut off: what is missing counts as unknown.
constexpr size_t kMostFiles = 100;

class Loader {
public:
  Loader(uint64_t maxBytes, const FileStore &store)
      : maxBytes_(maxBytes), store_(store), finder_(store, KnownLibraries::BySource) {}

  llvm::Expected<std::unique_ptr<const Module>> load(const std::string &entry,
                                                     llvm::ArrayRef<Assumption> assumptions) {
    if (llvm::Error error = add(entry, absolutePath(entry)))
      return error;
    for (size_t next = 0; next < trees_.size(); ++next)
      followImports(next);
    return std::make_unique<const Module>(SyntaxTree::join(trees_), std::move(imports_),
                                          assumptions);
  }

  std::unique_ptr<const Module>
  addLibraries(llvm::ArrayRef<std::shared_ptr<const SyntaxTree>> files, ProgramImports imports,
               llvm::ArrayRef<Assumption> assumptions) {
    trees_.assign(files.begin(), files.end());
    found_ = trees_.size();
    imports_ = std::move(imports);
    imports_.resize(found_);
    for (uint32_t file = 0; file < found_; ++file) {
      paths_.push_back(absolutePath(trees_[file]->file().path().str()));
      numbers_[paths_.back()] = file;
    }
    for (size_t next = 0; next < trees_.size(); ++next)
      followImports(next);
    if (!isMore_)
      return nullptr;
    return std::make_unique<const Module>(SyntaxTree::join(trees_), std::move(imports_),
                                          assumptions);
  }

private:
  llvm::Error add(const std::string &shown, const std::string &path) {
    auto source = store_.read(path, shown, maxBytes_);
    if (!source)
      return source.takeError();
    auto tree = store_.parse(*source, {});
    if (!tree)
      return tree.takeError();
    numbers_[path] = static_cast<uint32_t>(trees_.size());
    paths_.push_back(path);
    trees_.push_back(std::move(*tree));
    imports_.emplace_back();
    return llvm::Error::success();
  }

  void followImports(size_t importer) {
    std::string path = paths_[importer];
    for (const std::string &name : importedModules(trees_[importer]->file().text())) {
      llvm::StringRef top = llvm::StringRef(name).split('.').first;
      if (imports_[importer].contains(name))
        continue;
      if (importer < found_ && !isKnownModule(top) && !isOfNoFirmware(top))
        continue;
      std::string file = finder_.find(path, name);
      if (file.empty() && !isBuiltinModule(top) && finder_.isCompiled(path, name)) {
        imports_[importer][name] = kNoId;
        isMore_ |= isOfNoFirmware(top);
      }
      if (file.empty() || file == path)
        continue;
      if (!numbers_.contains(file)) {
        if (trees_.size() >= kMostFiles)
          continue;
        if (llvm::Error error = add(displayPath(file), file)) {
          llvm::consumeError(std::move(error));
          continue;
        }
      }
      imports_[importer][name] = numbers_[file];
      isMore_ = true;
    }
  }

  uint64_t maxBytes_;
  const FileStore &store_;
  ModuleFinder finder_;
  std::vector<std::shared_ptr<const SyntaxTree>> trees_;
  std::vector<std::string> paths_; ///< absolute
  llvm::StringMap<uint32_t> numbers_;
  ProgramImports imports_;
  size_t found_ = 0; ///< files that were given, whose other imports have been looked for
  bool isMore_ = false; ///< than what was given
};

} // namespace

std::string entryOf(const std::string &path) {
  if (!llvm::sys::fs::is_directory(path))
    return path;
  for (llvm::StringRef name : {"code.py", "main.py"}) {
    llvm::SmallString<128> entry(path);
    llvm::sys::path::append(entry, name);
    if (llvm::sys::fs::exists(entry))
      return entry.str().str();
  }
  return path;
}

llvm::Expected<std::unique_ptr<const Module>> loadProgram(const std::string &path,
                                                          uint64_t maxBytes,
                                                          llvm::ArrayRef<Assumption> assumptions,
                                                          const FileStore &store) {
  return Loader(maxBytes, store).load(path, assumptions);
}

std::unique_ptr<const Module> withLibraries(llvm::ArrayRef<std::shared_ptr<const SyntaxTree>> files,
                                            ProgramImports imports, uint64_t maxBytes,
                                            llvm::ArrayRef<Assumption> assumptions,
                                            const FileStore &store) {
  return Loader(maxBytes, store).addLibraries(files, std::move(imports), assumptions);
}

} // namespace fraglint
