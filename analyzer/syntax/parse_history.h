#pragma once
/// What one parse of an edited document leaves for the next.

#include "syntax/parser.h"
#include "syntax/syntax_tree.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>
#include <vector>

namespace fraglint {

using LoweredNodes = std::shared_ptr<const std::vector<LoweredNode>>;

/// A top-level statement as it was lowered.
struct LoweredStatement {
  LoweredNodes nodes; ///< not marked by anything that was found later
  uint32_t begin;
};

/// The last tree, told what has changed since.
struct EditedTree {
  ParsedTree tree; ///< null where there is none
  TextRange before; ///< what was taken out
  TextRange now;    ///< what took its place
};

/// What a tree has in common with the last one, of which it was made.
class UnchangedStatements {
public:
  /// Of nothing.
  UnchangedStatements() = default;
  UnchangedStatements(const EditedTree &edited, const TSTree &parsed,
                      llvm::ArrayRef<LoweredStatement> before);

  /// The nodes of the statement that covers `range`; null where they may be others than before.
  LoweredNodes at(TextRange range) const;

private:
  TextRange before_;
  TextRange now_;
  llvm::SmallVector<TextRange, 4> changed_; ///< in order; within them the tree is another one
  llvm::ArrayRef<LoweredStatement> statements_; ///< of the last tree
};

/// Remembers the last text that parsed without an error, with its tree. Not thread-safe; of one
/// document.
class ParseHistory {
public:
  /// The same tree as SyntaxTree::parse gives, made of what has changed since the last time.
  llvm::Expected<std::shared_ptr<const SyntaxTree>> parse(std::shared_ptr<const SourceFile> file,
                                                          const ParseLimits &limits = {});

  /// The last tree, told what to change to become that of `text`.
  EditedTree editedTo(llvm::StringRef text) const;
  /// Those of the last tree.
  llvm::ArrayRef<LoweredStatement> statements() const { return statements_; }
  /// From now on this text, without errors, is the last one.
  void remember(llvm::StringRef text, ParsedTree parsed, std::vector<LoweredStatement> statements);

private:
  std::string text_;
  ParsedTree parsed_; ///< null at first
  std::vector<LoweredStatement> statements_;
};

} // namespace fraglint
