#pragma once
/// The arguments of a call as Python matches them: by position and by keyword.

#include "syntax/syntax_tree.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace fraglint {

class CallArguments {
public:
  explicit CallArguments(SyntaxNode call);

  /// The argument at `position`, or the one passed by `keyword`; null where neither is given
  /// or where a `*` or `**` argument hides which it is.
  SyntaxNode get(unsigned position, llvm::StringRef keyword = {}) const;
  unsigned positionalCount() const { return static_cast<unsigned>(positional_.size()); }
  /// Whether `*sequence` or `**mapping` is passed: then not every argument is known.
  bool hasSplat() const { return hasSplat_; }
  /// Whether nothing at all is passed.
  bool empty() const { return positional_.empty() && keywords_.empty() && !hasSplat_; }

private:
  llvm::SmallVector<SyntaxNode, 4> positional_;
  llvm::SmallVector<SyntaxNode, 4> keywords_; ///< KeywordArgument nodes
  bool hasSplat_ = false;
};

} // namespace fraglint
