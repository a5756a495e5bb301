#pragma once
/// What one parse of an edited document leaves for the next.

#include "syntax/parser.h"
#include "syntax/syntax_tree.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>
#include <vector>

namespace fraglint {

/// Remembers the last text that parsed without an error, with its tree. Not thread-safe; of one
/// document.
class ParseHistory {
public:
  /// A top-level statement's array as it was lowered; it must not be changed.
  using Array = std::shared_ptr<const std::vector<LoweredNode>>;
  /// By tree-sitter's own node.
  using Statements = llvm::DenseMap<const void *, Array>;

  /// The same tree as SyntaxTree::parse gives, made of what has changed since the last time.
  llvm::Expected<std::shared_ptr<const SyntaxTree>> parse(std::shared_ptr<const SourceFile> file,
                                                          const ParseLimits &limits = {});

  /// The last tree, told what to change to become that of `text`; null where there is none.
  ParsedTree editedTo(llvm::StringRef text) const;
  /// The array of a node of the last tree, which another one may share; null where it has none.
  Array statement(const void *node) const { return statements_.lookup(node); }

  /// From now on this text, without errors, is the last one.
  void remember(llvm::StringRef text, ParsedTree parsed);
  void rememberStatements(Statements statements, size_t reused) {
    next_ = std::move(statements);
    reused_ = reused;
  }
  /// How many statements the last parse without errors took over from the one before.
  size_t reused() const { return reused_; }

private:
  std::string text_;
  ParsedTree parsed_; ///< null at first
  Statements statements_;
  size_t reused_ = 0;
  Statements next_; ///< of the tree that remember() may be told of
};

} // namespace fraglint
