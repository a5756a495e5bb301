#pragma once
/// Python files as they were where a branch began: what has changed since comes out of git, in
/// front of the disk. The work tree stays as it is.

#include "lint/file_store.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

class Git;

/// Safe to ask from any thread. What git ignores is the same then and now, as what lies outside the
/// repository: an analysis finds there what it imports.
class BaseFiles : public FileStore {
public:
  /// Of the merge base of `revision` and HEAD in the repository that holds `folder` (absolute).
  /// `disk` must outlive it. Fails with what is wrong, and what to do.
  static llvm::Expected<std::unique_ptr<BaseFiles>>
  find(const std::string &folder, const std::string &revision, const FileStore &disk);

  /// The commit, abbreviated.
  llvm::StringRef commit() const { return commit_; }
  /// Where a file of now was then, both absolute; empty where there was none.
  std::string pathThen(llvm::StringRef path) const;
  /// Whether a file of then, or of now, is another one than in the other state.
  bool isChanged(llvm::StringRef path) const { return changed_.contains(path); }

  llvm::Expected<std::shared_ptr<const SourceFile>>
  read(const std::string &path, const std::string &shown, uint64_t maxBytes) const override;
  llvm::Expected<std::shared_ptr<const SyntaxTree>>
  parse(const std::shared_ptr<const SourceFile> &file, const ParseLimits &limits) const override;
  std::vector<std::string> modulesImportedBy(const std::string &path) const override;
  bool isFile(const std::string &path) const override;
  std::vector<std::string> pythonFilesIn(const std::string &folder) const override;

private:
  explicit BaseFiles(const FileStore &disk) : disk_(disk) {}
  llvm::Error readTree(Git &git);
  llvm::Error readChanges(Git &git);
  std::string absolute(llvm::StringRef name) const;

  const FileStore &disk_;
  std::string top_; ///< of the work tree, absolute
  std::string commit_;
  llvm::StringSet<> files_; ///< all files then
  std::vector<std::string> modules_; ///< folders that are repositories of their own
  /// What is not then as it is now; nothing: was not there.
  std::map<std::string, std::optional<std::string>, std::less<>> changed_;
  llvm::StringMap<std::string> renamed_; ///< to what it was called then
};

} // namespace fraglint
