#pragma once
/// Where the files of programs come from: the disk, or what stands in front of it in an editor.

#include "syntax/syntax_tree.h"
#include "text/source_file.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fraglint {

/// The one place that a program's files are asked of; this one is the disk, and holds nothing.
/// Paths are absolute. Safe to ask from any thread; one that derives from it says for itself.
class FileStore {
public:
  virtual ~FileStore() = default;

  /// The file at `path` under the name that reports show. Fails as SourceFile::read.
  virtual llvm::Expected<std::shared_ptr<const SourceFile>>
  read(const std::string &path, const std::string &shown, uint64_t maxBytes) const;
  /// The tree of a file that read() gave, or of any other one. Fails as SyntaxTree::parse.
  virtual llvm::Expected<std::shared_ptr<const SyntaxTree>>
  parse(const std::shared_ptr<const SourceFile> &file, const ParseLimits &limits) const;
  /// What importedModules() says of the file; none where it cannot be read.
  virtual std::vector<std::string> modulesImportedBy(const std::string &path) const;
  virtual bool isFile(const std::string &path) const;
  /// Paths of the Python files directly in a folder, in no order.
  virtual std::vector<std::string> pythonFilesIn(const std::string &folder) const;

  /// The disk.
  static const FileStore &disk();
};

} // namespace fraglint
