#pragma once
/// Files of the disk that several programs have in common, read and parsed once.

#include "lint/file_store.h"

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace fraglint {

/// The disk as it was when a file was first asked for. What was asked for last is kept, of all
/// files together up to so many bytes of source. Thread-safe.
class KeptFiles : public FileStore {
public:
  explicit KeptFiles(uint64_t mostBytes) : mostBytes_(mostBytes) {}

  llvm::Expected<std::shared_ptr<const SourceFile>>
  read(const std::string &path, const std::string &shown, uint64_t maxBytes) const override;
  llvm::Expected<std::shared_ptr<const SyntaxTree>>
  parse(const std::shared_ptr<const SourceFile> &file, const ParseLimits &limits) const override;

private:
  struct Entry {
    std::shared_ptr<const SourceFile> file;
    std::mutex parsing; ///< guards `tree`: who comes second waits for it
    std::shared_ptr<const SyntaxTree> tree; ///< null: not parsed yet, or not to be parsed
    std::list<std::string>::iterator place; ///< in used_
  };

  std::shared_ptr<Entry> find(const std::string &path) const;
  std::shared_ptr<const SourceFile> keep(const std::string &path,
                                         std::shared_ptr<const SourceFile> file) const;

  uint64_t mostBytes_;
  mutable std::mutex mutex_; ///< guards what follows
  mutable std::map<std::string, std::shared_ptr<Entry>> entries_; ///< by absolute path
  mutable std::list<std::string> used_; ///< paths, what was asked for last in front
  mutable uint64_t bytes_ = 0;
};

} // namespace fraglint
