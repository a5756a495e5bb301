#pragma once
/// The parse of one file: tree-sitter's tree lowered into flat pre-order arrays, one per
/// top-level statement, so that an edit re-lowers only its own statement. Comments are kept
/// apart from the nodes; anonymous tokens are kept only where they carry meaning (operators,
/// `async`). The trees of a program's files can be joined into one, which shares their arrays.

#include "syntax/comment.h"
#include "syntax/node_kind.h"
#include "syntax/thread_clock.h"
#include "text/source_file.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/iterator_range.h"
#include "llvm/Support/Error.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fraglint {

class SyntaxTree;
class PythonParser;
class Recovery;
struct ParserErrors;
struct ScannedLines;

/// One lowered node as it is stored; SyntaxNode is the way to read it. Offsets are relative
/// to the statement's first byte, so that a statement that an edit only moves keeps its array.
struct LoweredNode {
  uint32_t begin;
  uint32_t end;
  uint32_t parent;     ///< index of the parent; own index for the root
  uint32_t subtreeEnd; ///< one past the last descendant
  NodeKind kind;
  Field field;
  bool hasError;
};

/// A node: a handle of 16 bytes, valid as long as its tree. A default-made one is null; every
/// navigation from null gives null, so chains need no checks in between.
class SyntaxNode {
public:
  class ChildIterator;

  SyntaxNode() = default;

  explicit operator bool() const { return tree_ != nullptr; }
  NodeKind kind() const; ///< NodeKind::None for null
  Field field() const;   ///< the field this node fills in its parent, or Field::None
  TextRange range() const;
  llvm::StringRef text() const;

  SyntaxNode parent() const; ///< null for a top-level statement
  SyntaxNode firstChild() const;
  SyntaxNode nextSibling() const;
  SyntaxNode previousSibling() const;    ///< linear in the number of siblings before
  SyntaxNode child(Field field) const;   ///< the first child with that field
  SyntaxNode child(NodeKind kind) const; ///< the first child of that kind
  llvm::iterator_range<ChildIterator> children() const;

  /// The next node in pre-order within the same top-level statement; null after the last.
  /// With firstAfter() this walks any subtree without recursion.
  SyntaxNode next() const;
  /// The first node in pre-order after this whole subtree; null after the last.
  SyntaxNode firstAfter() const;
  /// Whether `other` is this node or lies below it. O(1).
  bool contains(SyntaxNode other) const;
  /// Nearest node at or above this one whose kind is `kind`; null where there is none.
  SyntaxNode enclosing(NodeKind kind) const;
  /// The statement this node lies in or is (simple or compound; decorated definitions count
  /// as their definition).
  SyntaxNode statement() const;

  /// What follows a statement in its block, or at the top level; null after the last.
  SyntaxNode followingStatement() const;

  /// Whether this subtree holds something that is not valid Python.
  bool hasError() const;

  /// Dense number over the whole tree (all files of a joined one), in pre-order: an index for
  /// side tables.
  uint32_t ordinal() const;
  /// The tree of the node's file, also where the node is reached through a joined tree. Not for
  /// null.
  const SyntaxTree &tree() const;

  friend bool operator==(SyntaxNode a, SyntaxNode b) {
    return a.tree_ == b.tree_ && a.statement_ == b.statement_ && a.index_ == b.index_;
  }

private:
  friend class SyntaxTree;
  friend class TreeLowering;
  SyntaxNode(const SyntaxTree *tree, uint32_t statement, uint32_t index)
      : tree_(tree), statement_(statement), index_(index) {}
  const LoweredNode &data() const;     ///< not for null
  SyntaxNode at(uint32_t index) const; ///< of the same statement

  const SyntaxTree *tree_ = nullptr;
  uint32_t statement_ = 0; ///< which top-level statement
  uint32_t index_ = 0;     ///< index into its array
};

/// Something that is not valid Python (or that no tool can make sense of).
struct SyntaxProblem {
  TextRange range;
  std::string message; ///< a full sentence without the final stop
};

/// Bounds of one parse. A parse that runs past its deadline fails; it never hangs.
struct ParseLimits {
  std::chrono::milliseconds deadline{5000};
};

/// A file cannot be analysed at all (deadline passed): FRG002, with the reason.
class NotAnalysedError : public llvm::ErrorInfo<NotAnalysedError> {
public:
  static char ID;
  explicit NotAnalysedError(std::string reason) : reason_(std::move(reason)) {}
  void log(llvm::raw_ostream &os) const override { os << reason_; }
  std::error_code convertToErrorCode() const override { return llvm::inconvertibleErrorCode(); }

private:
  std::string reason_;
};

/// Immutable. Owns the flat arrays and shares the SourceFile.
class SyntaxTree {
public:
  /// One file's top-level statements within a tree: [begin, end).
  struct Part {
    const SyntaxTree *tree; ///< of the file alone
    uint32_t begin;
    uint32_t end;
  };

  /// Parses and checks. Broken Python is no failure: it gives problems() and nodes with
  /// hasError(). Fails with NotAnalysedError only.
  static llvm::Expected<std::shared_ptr<const SyntaxTree>>
  parse(std::shared_ptr<const SourceFile> file, const ParseLimits &limits = {});

  /// The statements of several files as one tree, numbered through in the order given. Its
  /// file() is the first one's; comments and problems stay with the parts. At least one tree.
  static std::shared_ptr<const SyntaxTree>
  join(llvm::ArrayRef<std::shared_ptr<const SyntaxTree>> trees);
  /// What the tree is joined from, in order; of a file's own tree, all of it.
  llvm::SmallVector<Part, 1> parts() const;

  const SourceFile &file() const { return *file_; }
  const std::shared_ptr<const SourceFile> &sharedFile() const { return file_; }
  uint32_t statementCount() const { return static_cast<uint32_t>(statements_.size()); }
  SyntaxNode statement(uint32_t index) const;
  /// Total number of nodes: the bound of SyntaxNode::ordinal().
  uint32_t nodeCount() const;
  SyntaxNode node(uint32_t ordinal) const;
  /// The smallest node that covers `range`; null between statements.
  SyntaxNode covering(TextRange range) const;
  /// All comments, in order.
  llvm::ArrayRef<Comment> comments() const { return comments_; }
  /// What is not valid Python, in order; empty for a valid file.
  llvm::ArrayRef<SyntaxProblem> problems() const { return problems_; }
  /// Whether this is Python 2, which is not analysed (one problem says so).
  bool isPython2() const { return isPython2_; }

private:
  friend class SyntaxNode;
  friend class TreeLowering;

  bool reparse(const Recovery &recovery, PythonParser &parser, ThreadClock::time_point deadline);
  ParserErrors recover(const ScannedLines &lines, bool hasErrors, PythonParser &parser,
                       ThreadClock::time_point deadline);

  struct Statement {
    std::shared_ptr<const std::vector<LoweredNode>> nodes;
    uint32_t begin;        ///< byte offset of the statement
    uint32_t firstOrdinal; ///< ordinal of its root
    uint32_t part = 0;     ///< index into parts_, in a joined tree
  };

  std::shared_ptr<const SourceFile> file_;
  std::vector<Statement> statements_;
  std::vector<Comment> comments_;
  std::vector<SyntaxProblem> problems_;
  std::vector<std::shared_ptr<const SyntaxTree>> parts_; ///< of a joined tree, else empty
  bool isPython2_ = false;
};

/// Iterates over the direct children of a node.
class SyntaxNode::ChildIterator {
public:
  using value_type = SyntaxNode;
  using difference_type = std::ptrdiff_t;
  using iterator_category = std::forward_iterator_tag;
  using pointer = const SyntaxNode *;
  using reference = SyntaxNode;

  ChildIterator() = default;
  explicit ChildIterator(SyntaxNode node) : node_(node) {}
  SyntaxNode operator*() const { return node_; }
  ChildIterator &operator++() {
    node_ = node_.nextSibling();
    return *this;
  }
  ChildIterator operator++(int) {
    ChildIterator old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(ChildIterator a, ChildIterator b) { return a.node_ == b.node_; }

private:
  SyntaxNode node_;
};

// Navigation is inline: whole-tree passes above this layer consist of little else.

inline const LoweredNode &SyntaxNode::data() const {
  return (*tree_->statements_[statement_].nodes)[index_];
}

inline const SyntaxTree &SyntaxNode::tree() const {
  return tree_->parts_.empty() ? *tree_ : *tree_->parts_[tree_->statements_[statement_].part];
}

inline SyntaxNode SyntaxNode::at(uint32_t index) const { return {tree_, statement_, index}; }

inline NodeKind SyntaxNode::kind() const { return tree_ ? data().kind : NodeKind::None; }
inline Field SyntaxNode::field() const { return tree_ ? data().field : Field::None; }
inline bool SyntaxNode::hasError() const { return tree_ && data().hasError; }

inline TextRange SyntaxNode::range() const {
  if (!tree_)
    return {};
  const SyntaxTree::Statement &statement = tree_->statements_[statement_];
  const LoweredNode &node = (*statement.nodes)[index_];
  return {statement.begin + node.begin, statement.begin + node.end};
}

inline SyntaxNode SyntaxNode::parent() const {
  return tree_ && index_ != 0 ? at(data().parent) : SyntaxNode();
}

inline SyntaxNode SyntaxNode::firstChild() const {
  return tree_ && data().subtreeEnd > index_ + 1 ? at(index_ + 1) : SyntaxNode();
}

inline SyntaxNode SyntaxNode::nextSibling() const {
  if (!tree_ || index_ == 0)
    return {};
  const std::vector<LoweredNode> &nodes = *tree_->statements_[statement_].nodes;
  const LoweredNode &node = nodes[index_];
  return node.subtreeEnd < nodes[node.parent].subtreeEnd ? at(node.subtreeEnd) : SyntaxNode();
}

inline SyntaxNode SyntaxNode::next() const {
  if (!tree_ || index_ + 1 >= tree_->statements_[statement_].nodes->size())
    return {};
  return at(index_ + 1);
}

inline SyntaxNode SyntaxNode::firstAfter() const {
  if (!tree_ || data().subtreeEnd >= tree_->statements_[statement_].nodes->size())
    return {};
  return at(data().subtreeEnd);
}

inline bool SyntaxNode::contains(SyntaxNode other) const {
  return tree_ && tree_ == other.tree_ && statement_ == other.statement_ &&
         index_ <= other.index_ && other.index_ < data().subtreeEnd;
}

inline uint32_t SyntaxNode::ordinal() const {
  return tree_ ? tree_->statements_[statement_].firstOrdinal + index_ : 0;
}

inline llvm::iterator_range<SyntaxNode::ChildIterator> SyntaxNode::children() const {
  return {ChildIterator(firstChild()), ChildIterator()};
}

} // namespace fraglint
