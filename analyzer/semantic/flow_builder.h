#pragma once
/// Builds a ControlFlowGraph out of a function's statements.

#include "semantic/control_flow_graph.h"

#include <array>

namespace fraglint {

/// Used once, by the constructor of ControlFlowGraph. Recursion follows block nesting only,
/// and not deeper than kMaxNesting: a statement below that is one opaque element.
class FlowBuilder {
public:
  FlowBuilder(ControlFlowGraph &graph, ControlFlowGraph::NeverReturns neverReturns)
      : graph_(graph), neverReturns_(neverReturns) {}
  void build(const SyntaxTree &tree, const Function &body);

private:
  static constexpr unsigned kMaxNesting = 200;
  /// A `finally` inside this many copied `finally` bodies is copied no more: all ways through
  /// it share one body. (Copies of copies would multiply.)
  static constexpr unsigned kMaxCopyNesting = 1;

  /// How control leaves a statement. In the order in which the copies of a `finally` body are
  /// preferred by ControlFlowGraph::pointOf.
  enum class Way : uint8_t { Normal, Return, Break, Continue, Exception };
  static constexpr size_t kWayCount = 5;

  struct BlockSpan {
    BlockId entry = kNoId;
    BlockId end = kNoId; ///< kNoId where the end is not reached
  };

  /// A statement around the current one that jumps and exceptions meet on their way out.
  struct Frame {
    enum class Kind : uint8_t { Loop, Handlers, Finally };
    Kind kind = Kind::Loop;
    BlockId breakTarget = kNoId;    ///< Loop
    BlockId continueTarget = kNoId; ///< Loop
    BlockId dispatch = kNoId;       ///< Handlers
    SyntaxNode finallyBody;         ///< Finally
    LoopId loop = kNoId;            ///< Finally: the loop around its `try`
    std::array<BlockSpan, kWayCount> copies = {}; ///< Finally: by Way, made when first needed
  };

  /// Where a path ends that goes on after the current statement.
  struct OpenEnd {
    BlockId block = kNoId;
    EdgeKind kind = EdgeKind::Next;
  };
  using OpenEnds = llvm::SmallVector<OpenEnd, 4>;

  // Blocks and edges.
  BlockId newBlock();
  BlockId here();
  BlockId branch(BlockId from, EdgeKind kind);
  void connect(BlockId from, BlockId to, EdgeKind kind);
  void goTo(BlockId target, EdgeKind kind = EdgeKind::Next);
  void add(SyntaxNode element);
  void leaveOpen(OpenEnds &ends);
  void join(const OpenEnds &ends);
  void finish();

  // Statements. Each starts at current_ and leaves it where the flow goes on (kNoId: nowhere).
  void block(SyntaxNode block);
  void statement(SyntaxNode statement);
  void compound(SyntaxNode statement);
  void simple(SyntaxNode statement);
  void jump(SyntaxNode statement, Way way);
  void ifStatement(SyntaxNode statement);
  void whileStatement(SyntaxNode statement);
  void forStatement(SyntaxNode statement);
  void loopElse(SyntaxNode statement, BlockId otherwise, BlockId after);
  void withStatement(SyntaxNode statement);
  void matchStatement(SyntaxNode statement);
  void caseClause(SyntaxNode clause, OpenEnds &ends);
  void tryStatement(SyntaxNode statement);
  void runFinally(const Frame &frame, const OpenEnds &ends);
  void handledPart(SyntaxNode statement, OpenEnds &ends);
  void handlers(SyntaxNode statement, BlockId dispatch, OpenEnds &ends);
  void definition(SyntaxNode statement);
  bool endsPath(SyntaxNode statement) const;

  // Loops and ways out.
  LoopId enterLoop(SyntaxNode statement, BlockId header, BlockId breakTarget);
  void leaveLoop(LoopId loop);
  BlockId targetOf(Way way, size_t frameCount);
  BlockId finallyEntry(size_t frame, Way way);
  BlockSpan copyFinally(size_t frame, Way way);
  bool sharesFinally() const { return copyNesting_ >= kMaxCopyNesting; }

  struct RankedPlace {
    ControlFlowGraph::Place place;
    uint8_t rank; ///< 0 in ordinary flow
  };

  ControlFlowGraph &graph_;
  ControlFlowGraph::NeverReturns neverReturns_;
  std::vector<Frame> frames_;
  std::vector<BlockId> raisesTo_; ///< by block: target of its Exception edge, or kNoId
  std::vector<RankedPlace> places_;
  BlockId current_ = kNoId;
  LoopId loop_ = kNoId;
  unsigned nesting_ = 0;
  unsigned copyNesting_ = 0;
  uint8_t rank_ = 0;
};

} // namespace fraglint
