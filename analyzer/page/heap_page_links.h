#pragma once
/// Links from figures to the lines of the program that they are of.

#include "page/heap_figures.h"
#include "semantic/semantic_model.h"

#include "llvm/ADT/StringMap.h"

#include <set>
#include <string>
#include <vector>

namespace fraglint {

/// Each line that is linked to is remembered, so that the listing, which is written last, shows it.
class HeapPageLinks {
public:
  explicit HeapPageLinks(const SemanticModel &model);

  /// A file by its path from the entry's folder, as people call it; not escaped.
  std::string nameOf(llvm::StringRef path) const;
  /// `code.py:12`, `no line`; not escaped.
  std::string textOf(const SourcePlace &place) const;
  /// What a line is called within the page: `L12` of the entry, `F2L12` of the second file.
  static std::string idOf(uint32_t file, uint32_t line);
  /// `#L12`; empty where it is no line of the program.
  std::string addressOf(const SourcePlace &place);
  /// A link with that text.
  std::string link(const SourcePlace &place);
  /// Markup within a link to the line, where there is one.
  std::string link(const SourcePlace &place, llvm::StringRef markup);

  /// Whether something links to a line of the file of that index.
  bool isLinked(uint32_t file, uint32_t line) const { return linked_.count({file, line}) != 0; }
  const std::set<std::pair<uint32_t, uint32_t>> &linked() const { return linked_; }

private:
  llvm::StringMap<uint32_t> files_; ///< index by path
  std::string folder_; ///< of the entry, with its `/`
  std::set<std::pair<uint32_t, uint32_t>> linked_;
};

} // namespace fraglint
