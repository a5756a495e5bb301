#pragma once
/// Finds the programs that files belong to, and analyses each file in all of its programs.

#include "lint/file_store.h"
#include "lint/linter.h"
#include "lint/module_finder.h"

#include "llvm/ADT/StringMap.h"

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace fraglint {

/// A file to report on.
struct ProjectFile {
  std::string path; ///< as reports show it
  std::shared_ptr<const SourceFile> content; ///< in place of what is stored; null: read the path
  const Settings *settings; ///< must outlive the project
};

/// The files that are to be reported on, and those around them that they import or that import
/// them. An entry is a file that no other one imports, or that is named as the firmwares' own
/// entries are; a program is an entry with all that it reaches. Thread-safe once built.
class Project {
public:
  /// `store` must outlive it.
  explicit Project(std::vector<ProjectFile> files, const FileStore &store = FileStore::disk());

  /// All files that are known: those given, and those of their programs.
  std::vector<std::string> files() const;

  /// Whether the file with that absolute path is what a firmware starts, and the files of its
  /// program then, itself first, then as they are met.
  bool isEntry(const std::string &path) const;
  std::vector<std::string> filesOf(const std::string &entry) const;

  /// Analyses one of the files in each of its programs. Work that several files have in common
  /// is done once.
  FileResult lint(llvm::StringRef path) const;
  /// The same with other content in place of the file of that path.
  FileResult lint(const std::shared_ptr<const SourceFile> &content) const;

private:
  using Path = std::string; ///< absolute
  /// What a file imports: names as spelled, with the files that they mean.
  using Imports = std::map<std::string, Path>;
  /// A program whose results are kept until each of its files has taken its own.
  struct Shared {
    std::once_flag once;
    std::map<Path, FileResult> results;
  };

  std::vector<std::string> modulesOf(const Path &path) const;
  void addFile(const Path &path, ModuleFinder &finder);
  void addImporters(ModuleFinder &finder);
  std::vector<Path> entriesOf(const Path &path) const;

  std::map<Path, FileResult> run(const std::vector<Path> &files,
                                 const std::shared_ptr<const SourceFile> &content) const;
  FileResult lintShared(const Path &entry, const std::vector<Path> &files, const Path &path) const;
  FileResult lintIn(const Path &path, const std::shared_ptr<const SourceFile> &content) const;

  const FileStore *store_; ///< never null
  std::map<Path, ProjectFile> given_;
  std::map<Path, Imports> imports_;           ///< of every file that is known
  std::map<Path, std::set<Path>> importers_;
  mutable std::mutex mutex_; ///< guards shared_
  mutable std::map<Path, std::shared_ptr<Shared>> shared_; ///< by entry
};

} // namespace fraglint
