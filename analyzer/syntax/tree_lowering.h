#pragma once
/// From tree-sitter's tree to the flat arrays of a SyntaxTree.

#include "syntax/language_table.h"
#include "syntax/parse_history.h"
#include "syntax/recovery.h"
#include "syntax/syntax_tree.h"

#include <cstdint>
#include <vector>

struct TSTree;
struct TSTreeCursor;

namespace fraglint {

/// Lowers each top-level statement in one pass over a cursor. The memory of the pass is kept
/// from statement to statement; each array is then made in its exact size.
class TreeLowering {
public:
  /// What SyntaxTree::parse does, by a parser that may have a history.
  static llvm::Expected<std::shared_ptr<const SyntaxTree>>
  parse(std::shared_ptr<const SourceFile> file, const ParseLimits &limits, PythonParser &parser);

  /// Fills `tree`, which must be empty, with the statements of `parsed`; reads tree-sitter's tree
  /// only while it runs. Returns whether the parser saw an error: one that only lacks a line end
  /// has no node to show it.
  static bool lower(const ParsedText &parsed, SyntaxTree &tree);

  /// Makes every node that lies inside one of `lines`, which are in order, an Error; those that
  /// only start there hold one.
  static void markBroken(SyntaxTree &tree, llvm::ArrayRef<BrokenLine> lines);

  /// Marks the node and everything it lies in as holding an error.
  static void markError(SyntaxTree &tree, SyntaxNode node);

private:
  static std::shared_ptr<SyntaxTree> parsePart(std::shared_ptr<const SourceFile> file,
                                               PythonParser &parser,
                                               ThreadClock::time_point deadline);
  static bool lowerWithoutSuspects(const ScannedLines &lines, SyntaxTree &tree,
                                   ParserErrors &errors, PythonParser &parser,
                                   ThreadClock::time_point deadline);
  TreeLowering(SyntaxTree &tree, uint32_t partBegin)
      : table_(LanguageTable::python()), tree_(tree), partBegin_(partBegin) {}

  void lowerStatement(TSTreeCursor &cursor);
  bool enter(TSTreeCursor &cursor, uint32_t parent);
  void leave(uint32_t index) { nodes_[index].subtreeEnd = static_cast<uint32_t>(nodes_.size()); }
  void pullOutSplats();
  void pullOutSplat(uint32_t splat);
  void regroupAnds();
  void regroupAnd(uint32_t top);
  char bitOperator(uint32_t binary) const;
  void finishStatement();

  static void add(llvm::ArrayRef<LoweredStatement> statements, uint32_t shift, SyntaxTree &tree);
  static std::vector<LoweredStatement> statementsOf(const SyntaxTree &tree);
  static std::vector<LoweredNode> &nodesOf(SyntaxTree &tree, uint32_t statement);

  using Nodes = std::vector<LoweredNode>;

  const LanguageTable &table_;
  SyntaxTree &tree_;
  uint32_t partBegin_; ///< where in the text that tree begins which is lowered
  Nodes nodes_; ///< of the current statement
  std::vector<uint32_t> lostSplats_; ///< `*` that ended up inside what it unpacks
  bool hasAnd_ = false; ///< an `&`, whose operands may belong to a `^`
  uint32_t base_ = 0; ///< its first byte
};

} // namespace fraglint
