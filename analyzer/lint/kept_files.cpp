#include "lint/kept_files.h"

#include "lint/file_path.h"

namespace fraglint {

/// Null where the file is not kept; else it is now what was asked for last.
std::shared_ptr<KeptFiles::Entry> KeptFiles::find(const std::string &path) const {
  std::lock_guard<std::mutex> lock(mutex_);
  auto found = entries_.find(path);
  if (found == entries_.end())
    return nullptr;
  used_.splice(used_.begin(), used_, found->second->place);
  return found->second;
}

/// Gives the file that is kept: another thread may have been faster.
std::shared_ptr<const SourceFile> KeptFiles::keep(const std::string &path,
                                                  std::shared_ptr<const SourceFile> file) const {
  std::lock_guard<std::mutex> lock(mutex_);
  auto [entry, isNew] = entries_.try_emplace(path);
  if (!isNew)
    return entry->second->file->path() == file->path() ? entry->second->file : file;
  entry->second = std::make_shared<Entry>();
  entry->second->file = file;
  entry->second->place = used_.insert(used_.begin(), path);
  bytes_ += file->text().size();
  while (bytes_ > mostBytes_ && used_.size() > 1) {
    auto oldest = entries_.find(used_.back());
    bytes_ -= oldest->second->file->text().size();
    entries_.erase(oldest);
    used_.pop_back();
  }
  return file;
}

llvm::Expected<std::shared_ptr<const SourceFile>>
KeptFiles::read(const std::string &path, const std::string &shown, uint64_t maxBytes) const {
  if (std::shared_ptr<Entry> kept = find(path); kept && kept->file->path() == shown)
    return kept->file;
  auto file = FileStore::read(path, shown, maxBytes);
  return file ? keep(path, std::move(*file)) : std::move(file);
}

llvm::Expected<std::shared_ptr<const SyntaxTree>>
KeptFiles::parse(const std::shared_ptr<const SourceFile> &file, const ParseLimits &limits) const {
  std::shared_ptr<Entry> kept = find(absolutePath(file->path()));
  if (!kept || kept->file != file)
    return FileStore::parse(file, limits);
  std::lock_guard<std::mutex> lock(kept->parsing);
  if (kept->tree)
    return kept->tree;
  auto tree = FileStore::parse(file, limits);
  if (tree)
    kept->tree = *tree;
  return tree;
}

} // namespace fraglint
