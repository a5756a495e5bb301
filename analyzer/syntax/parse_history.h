#pragma once
/// What one parse of an edited document leaves for the next.

#include "syntax/parser.h"
#include "syntax/syntax_tree.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>

namespace fraglint {

/// Remembers the last text that parsed without an error, with its tree. Not thread-safe; of one
/// document.
class ParseHistory {
public:
  /// The same tree as SyntaxTree::parse gives, made of what has changed since the last time.
  llvm::Expected<std::shared_ptr<const SyntaxTree>> parse(std::shared_ptr<const SourceFile> file,
                                                          const ParseLimits &limits = {});

  /// The last tree, told what to change to become that of `text`; null where there is none.
  ParsedTree editedTo(llvm::StringRef text) const;
  /// From now on this text, without errors, is the last one.
  void remember(llvm::StringRef text, ParsedTree parsed);

private:
  std::string text_;
  ParsedTree parsed_; ///< null at first
};

} // namespace fraglint
