#pragma once
/// Files as an analysis in the editor sees them: open documents in front of the disk. What has not
/// changed between two analyses is read and parsed once.

#include "lint/file_store.h"
#include "syntax/parse_history.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Chrono.h"

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace fraglint {

/// Texts of open documents, by absolute path.
using OpenFiles = std::map<std::string, std::shared_ptr<const SourceFile>>;

/// Not thread-safe: of one worker.
class WorkspaceFiles : public FileStore {
public:
  /// Begins an analysis that sees `open`. Files on disk are looked at again, once.
  void begin(std::shared_ptr<const OpenFiles> open);
  /// Files may have come or gone.
  void forgetFolders();
  /// What was asked for since begin().
  const std::set<std::string> &asked() const { return asked_; }
  /// Lets go of what the last analysis did not need, where much is held.
  void evict();

  llvm::Expected<std::shared_ptr<const SourceFile>>
  read(const std::string &path, const std::string &shown, uint64_t maxBytes) const override;
  llvm::Expected<std::shared_ptr<const SyntaxTree>>
  parse(const std::shared_ptr<const SourceFile> &file, const ParseLimits &limits) const override;
  std::vector<std::string> modulesImportedBy(const std::string &path) const override;
  bool isFile(const std::string &path) const override;
  std::vector<std::string> pythonFilesIn(const std::string &folder) const override;

private:
  /// How a file on disk looks from outside.
  struct Stamp {
    llvm::sys::TimePoint<> modified;
    uint64_t bytes = 0;
    bool exists = false;
    friend bool operator==(const Stamp &, const Stamp &) = default;
  };
  struct Entry {
    Stamp stamp;
    uint64_t lookedAt = 0; ///< analysis that last took the stamp
    uint64_t usedIn = 0;   ///< analysis that last asked
    std::shared_ptr<const SourceFile> file;
    std::shared_ptr<const SyntaxTree> tree; ///< of `file`
    bool hasModules = false;
    std::vector<std::string> modules;
    std::shared_ptr<ParseHistory> history; ///< of an open document; else null
  };

  Entry &entryOf(const std::string &path) const;

  std::shared_ptr<const OpenFiles> open_ = std::make_shared<OpenFiles>();
  uint64_t analysis_ = 0;
  mutable std::set<std::string> asked_;
  mutable std::map<std::string, Entry> entries_;
  mutable llvm::StringMap<bool> isFile_;
  mutable llvm::StringMap<std::vector<std::string>> filesIn_;
};

} // namespace fraglint
