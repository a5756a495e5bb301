#include "server/workspace_files.h"

#include "lint/file_path.h"
#include "lint/import_scan.h"
#include "text/source_encoding.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace fraglint {

namespace fs = llvm::sys::fs;

namespace {

/// More than a program has, so that moving between two programs keeps both.
constexpr size_t kMostEntries = 256;

} // namespace

void WorkspaceFiles::begin(std::shared_ptr<const OpenFiles> open) {
  open_ = std::move(open);
  ++analysis_;
  asked_.clear();
}

void WorkspaceFiles::forgetFolders() {
  isFile_.clear();
  filesIn_.clear();
}

void WorkspaceFiles::evict() {
  if (entries_.size() <= kMostEntries)
    return;
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    bool isNeeded = entry->second.usedIn == analysis_ || open_->contains(entry->first);
    entry = isNeeded ? std::next(entry) : entries_.erase(entry);
  }
}

/// What is held of a file, without anything that is no longer so.
WorkspaceFiles::Entry &WorkspaceFiles::entryOf(const std::string &path) const {
  asked_.insert(path);
  Entry &entry = entries_[path];
  entry.usedIn = analysis_;
  if (entry.lookedAt == analysis_)
    return entry;
  entry.lookedAt = analysis_;
  if (auto open = open_->find(path); open != open_->end()) {
    if (entry.file != open->second)
      entry = {{},        analysis_,
               analysis_, open->second,
               nullptr,   false,
               {},        entry.history ? entry.history : std::make_shared<ParseHistory>()};
    return entry;
  }
  Stamp stamp;
  fs::file_status status;
  if (!fs::status(path, status))
    stamp = {status.getLastModificationTime(), status.getSize(), true};
  if (entry.stamp != stamp)
    entry = {stamp, analysis_, analysis_, nullptr, nullptr, false, {}, nullptr};
  return entry;
}

llvm::Expected<std::shared_ptr<const SourceFile>>
WorkspaceFiles::read(const std::string &path, const std::string &shown, uint64_t maxBytes) const {
  Entry &entry = entryOf(path);
  if (open_->contains(path)) {
    // As `check` would say of the file once it is saved.
    if (auto encoding = declaredEncoding(entry.file->text(), /*hasMark=*/false); !encoding)
      return encoding.takeError();
    return entry.file;
  }
  if (!entry.file) {
    auto file = SourceFile::read(shown, maxBytes);
    if (!file)
      return file.takeError();
    entry.file = std::move(*file);
  }
  return entry.file;
}

llvm::Expected<std::shared_ptr<const SyntaxTree>>
WorkspaceFiles::parse(const std::shared_ptr<const SourceFile> &file,
                      const ParseLimits &limits) const {
  auto entry = entries_.find(absolutePath(file->path()));
  if (entry == entries_.end() || entry->second.file != file)
    return SyntaxTree::parse(file, limits);
  if (!entry->second.tree) {
    ParseHistory *history = entry->second.history.get();
    auto tree = history ? history->parse(file, limits) : SyntaxTree::parse(file, limits);
    if (!tree)
      return tree.takeError();
    if (ThreadClock::isStopped()) // it may lack what there was no time for
      return std::move(*tree);
    entry->second.tree = std::move(*tree);
  }
  return entry->second.tree;
}

std::vector<std::string> WorkspaceFiles::modulesImportedBy(const std::string &path) const {
  Entry &entry = entryOf(path);
  if (!entry.hasModules) {
    entry.modules =
        entry.file ? importedModules(entry.file->text()) : FileStore::modulesImportedBy(path);
    entry.hasModules = true;
  }
  return entry.modules;
}

bool WorkspaceFiles::isFile(const std::string &path) const {
  auto [known, isNew] = isFile_.try_emplace(path, false);
  if (isNew)
    known->second = FileStore::isFile(path);
  return known->second || open_->contains(path);
}

std::vector<std::string> WorkspaceFiles::pythonFilesIn(const std::string &folder) const {
  auto [known, isNew] = filesIn_.try_emplace(folder);
  if (isNew)
    known->second = FileStore::pythonFilesIn(folder);
  std::vector<std::string> files = known->second;
  for (const auto &[path, file] : *open_)
    if (llvm::sys::path::parent_path(path) == folder && llvm::sys::path::extension(path) == ".py" &&
        !llvm::is_contained(files, path))
      files.push_back(path);
  return files;
}

} // namespace fraglint
