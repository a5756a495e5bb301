#pragma once
/// The annotated programs of the folder `corpus`, and how tests analyse them.

#include "lint/linter.h"
#include "lint/rule.h"
#include "lint/settings.h"
#include "support/annotations.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <ostream>
#include <string>
#include <vector>

namespace fraglint {

/// One Python file of the corpus.
struct CorpusFile {
  std::string name; ///< from the top folder on: `corpus/rules/buffer_in_loop/small_board.py`

  std::string path() const; ///< on disk
  std::string bytes() const;
  /// The rule that its folder below corpus/rules is named after; null elsewhere.
  const Rule *folderRule() const;
  /// `x.fixed.py`: what becomes of `x.py` when everything is mended.
  bool isFixedForm() const { return llvm::StringRef(name).ends_with(".fixed.py"); }
  Annotations annotations() const;
  /// All rules, all levels, and the target of the header.
  Settings settings() const;
  FileResult lint() const;
};

/// All `.py` files below these folders of the corpus (`rules`, `syntax/valid`), by name. A folder
/// that is not there holds none.
std::vector<CorpusFile> corpusFiles(llvm::ArrayRef<llvm::StringRef> folders);
/// Names of the folders directly below corpus/rules.
std::vector<std::string> ruleFolders();

/// The file stem of a rule: `del_without_collect`.
std::string stemOf(const Rule &rule);

/// All rules at all levels.
Settings allFindings(const Target *target = nullptr);
/// Analyses bytes as the tool does: what cannot be decoded gives a skipped result.
FileResult lintBytes(std::string path, llvm::StringRef bytes, const Settings &settings);

/// What GoogleTest shows of a parameter, and a test's name made from a text.
std::ostream &operator<<(std::ostream &os, const CorpusFile &file);
std::string testNameOf(llvm::StringRef text);

} // namespace fraglint
