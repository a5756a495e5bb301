#pragma once
/// The control flow of one function (or of the module body): what can run after what.

#include "semantic/scope.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <vector>

namespace fraglint {

using BlockId = uint32_t;
using LoopId = uint32_t;

enum class EdgeKind : uint8_t {
  Next,
  True,      ///< the test that ends the block held
  False,     ///< it did not
  ZeroTrip,  ///< a `for` whose iterable was empty: its body is never entered
  Back,      ///< to the start of the next pass
  Break,     ///< `break`
  Exception, ///< something in the block may have raised
};

struct FlowEdge {
  BlockId target = 0;
  EdgeKind kind = EdgeKind::Next;
};

/// Statements that run one after another. Elements are simple statements and the parts of
/// compound ones that are evaluated as such: the test of `if`/`while`/`elif`, iterable and
/// target of `for`, the items of `with`, class and alias of `except`, subject, patterns and
/// guards of `match`. A nested definition is one element, which stands for its header
/// (decorators, defaults, base classes) and the binding of its name; the statements of a class
/// body are elements of their own right after it, for they run there. What is no valid Python
/// is an element too.
struct BasicBlock {
  llvm::SmallVector<SyntaxNode, 4> elements;
  llvm::SmallVector<FlowEdge, 2> successors;
  llvm::SmallVector<BlockId, 2> predecessors; ///< those that the entry reaches, each once
  LoopId loop = kNoId; ///< innermost loop whose pass this block belongs to
};

/// One `while` or `for` statement. The iterable of a `for` is evaluated before the loop; its
/// `header` is where a pass starts (for `while`: its test).
struct FlowLoop {
  SyntaxNode node;
  LoopId parent = kNoId;
  BlockId header = 0; ///< target of the Back edge
  BlockId body = 0;   ///< first block of the body
  BlockId latch = 0;  ///< every completed pass ends here, `continue` too; source of the Back edge
  BlockId after = 0;  ///< what runs when the loop is over (its `else`, where it has one)
  /// Stands in a copy of a `finally` body that is not the one of ordinary flow.
  bool isCopy = false;
};

/// A place between two elements: before element `index` of `block`.
struct FlowPoint {
  BlockId block = kNoId;
  uint32_t index = 0;
  explicit operator bool() const { return block != kNoId; }
  friend bool operator==(const FlowPoint &, const FlowPoint &) = default;
};

/// Immutable. `finally` bodies are copied for each way through them, so a node may stand in
/// several blocks; pointOf gives the one of ordinary flow.
///
/// What an exception does: each block that can raise has one Exception edge, to the dispatch
/// block of the `try` around it (an empty block, from which an Exception edge leads to each
/// handler and, unless one catches everything, on outwards), to the `finally` body around it,
/// or to raisedExit(). Ignoring all Exception edges leaves the flow without exceptions.
class ControlFlowGraph {
public:
  /// Whether a call does not come back: deep sleep, reset, `sys.exit`.
  using NeverReturns = llvm::function_ref<bool(SyntaxNode call)>;

  /// The graph of `function`'s body; `tree` gives the statements where it is the module body.
  /// A statement that is a call of which `neverReturns` holds ends its path.
  ControlFlowGraph(const SyntaxTree &tree, const Function &function,
                   NeverReturns neverReturns = nullptr);

  llvm::ArrayRef<BasicBlock> blocks() const { return blocks_; }
  const BasicBlock &block(BlockId id) const { return blocks_[id]; }
  llvm::ArrayRef<FlowLoop> loops() const { return loops_; }
  const FlowLoop &loop(LoopId id) const { return loops_[id]; }
  BlockId entry() const { return 0; }
  BlockId exit() const { return 1; }       ///< end of the body and every `return`
  BlockId raisedExit() const { return 2; } ///< left by an exception
  bool isReachable(BlockId id) const { return id == entry() || !blocks_[id].predecessors.empty(); }

  /// Where the element that holds `node` is evaluated; of a compound statement, where its first
  /// part is. `node` must belong to this function. Null for nodes that never run as such (a
  /// nested function's body).
  FlowPoint pointOf(SyntaxNode node) const;
  /// All places where it is evaluated: several inside `finally` only.
  llvm::SmallVector<FlowPoint, 1> pointsOf(SyntaxNode node) const;
  /// The element (statement, test, …) that holds `node`; null as above.
  SyntaxNode elementOf(SyntaxNode node) const;
  /// The innermost loop whose pass evaluates `node`; kNoId outside loops. A `while` statement
  /// itself belongs to the pass of the loop around it.
  LoopId loopOf(SyntaxNode node) const;
  /// Whether `inner` is `outer` or lies within it.
  bool isWithin(LoopId inner, LoopId outer) const;

private:
  friend class FlowBuilder;

  struct Place {
    uint32_t ordinal; ///< of the element
    FlowPoint point;
  };
  llvm::ArrayRef<Place> placesOf(SyntaxNode node) const;

  std::vector<BasicBlock> blocks_;
  std::vector<FlowLoop> loops_;
  std::vector<Place> places_; ///< sorted by ordinal; of one element, the ordinary one first
  SyntaxNode function_;       ///< null for the module body
};

} // namespace fraglint
