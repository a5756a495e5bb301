#include "semantic/pass_graph.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

/// Visits what a pass can reach and puts it in order.
class PassGraph::Explorer {
public:
  Explorer(const ControlFlowGraph &graph, LoopId loop, llvm::function_ref<bool(LoopId)> isEntered)
      : graph_(graph), loop_(loop), isEntered_(isEntered) {}

  /// A successor within the pass, by block.
  struct Step {
    BlockId target;
    EdgeKind kind;
    LoopId finished = kNoId;
  };
  using Steps = llvm::SmallVector<Step, 2>;

  /// Fills order() with what `start` reaches, each block after all its successors.
  void explore(BlockId start);
  llvm::ArrayRef<BlockId> order() const { return order_; }
  const Steps &stepsFrom(BlockId block) const { return steps_.find(block)->second; }
  bool canLeave() const { return canLeave_; }

private:
  Steps findSteps(BlockId block);
  void addStep(BlockId from, FlowEdge edge, Steps &steps);
  void addWhileEnd(LoopId inner, Steps &steps);
  bool isOfLoop(BlockId block) const { return graph_.isWithin(graph_.block(block).loop, loop_); }
  bool isSkippedEntry(BlockId from) const;

  const ControlFlowGraph &graph_;
  LoopId loop_;
  llvm::function_ref<bool(LoopId)> isEntered_;
  llvm::DenseMap<BlockId, Steps> steps_;
  std::vector<BlockId> order_;
  bool canLeave_ = false;
};

void PassGraph::Explorer::explore(BlockId start) {
  struct Visit {
    BlockId block;
    size_t next;
  };
  std::vector<Visit> stack = {{start, 0}};
  steps_[start] = findSteps(start);
  while (!stack.empty()) {
    Visit &top = stack.back();
    const Steps &steps = steps_.find(top.block)->second;
    if (top.next == steps.size()) {
      order_.push_back(top.block);
      stack.pop_back();
      continue;
    }
    BlockId target = steps[top.next++].target;
    if (!steps_.contains(target)) {
      steps_[target] = findSteps(target);
      stack.push_back({target, 0});
    }
  }
}

PassGraph::Explorer::Steps PassGraph::Explorer::findSteps(BlockId block) {
  Steps steps;
  for (FlowEdge edge : graph_.block(block).successors)
    addStep(block, edge, steps);
  return steps;
}

void PassGraph::Explorer::addStep(BlockId from, FlowEdge edge, Steps &steps) {
  if (edge.kind == EdgeKind::Exception)
    return;
  LoopId inner = graph_.block(from).loop;
  bool isInLoop = inner != kNoId;
  bool isLatch = isInLoop && graph_.loop(inner).latch == from;
  bool isWhile = isInLoop && graph_.loop(inner).node.kind() == NodeKind::WhileStatement;
  if (edge.kind == EdgeKind::Back) {
    // The next pass of a loop inside: after some passes its test will fail.
    if (inner != loop_ && isWhile)
      addWhileEnd(inner, steps);
    return;
  }
  if (edge.kind == EdgeKind::ZeroTrip && isSkippedEntry(from))
    return;
  bool isTestFailing = edge.kind == EdgeKind::False && isWhile && graph_.loop(inner).header == from;
  bool isExhausted = isLatch && !isWhile;
  bool isOver = isTestFailing || isExhausted;
  if (!isOfLoop(edge.target)) {
    canLeave_ |= !isOver;
    return;
  }
  steps.push_back({edge.target, edge.kind, isOver ? inner : kNoId});
}

/// The way from the latch of a `while` inside to what runs when it is over.
void PassGraph::Explorer::addWhileEnd(LoopId inner, Steps &steps) {
  for (FlowEdge edge : graph_.block(graph_.loop(inner).header).successors)
    if (edge.kind == EdgeKind::False && isOfLoop(edge.target))
      steps.push_back({edge.target, EdgeKind::False, inner});
}

/// Whether the `for` that `from` stands before makes a pass at least.
bool PassGraph::Explorer::isSkippedEntry(BlockId from) const {
  for (FlowEdge edge : graph_.block(from).successors) {
    LoopId entered = graph_.block(edge.target).loop;
    if (edge.kind == EdgeKind::Next && entered != kNoId &&
        graph_.loop(entered).header == edge.target)
      return isEntered_(entered);
  }
  return false;
}

PassGraph::PassGraph(const ControlFlowGraph &graph, LoopId loop,
                     llvm::function_ref<bool(LoopId)> isEntered) {
  bool isFunction = loop == kNoId;
  Explorer explorer(graph, loop, isEntered);
  explorer.explore(isFunction ? graph.entry() : graph.loop(loop).header);
  canLeave_ = explorer.canLeave();
  keepCompleting(explorer, isFunction ? graph.exit() : graph.loop(loop).latch);
  if (!completes())
    return;
  findPostDominators();
  findDeciders();
}

/// Keeps the blocks from which the end can be reached, in the order of running.
void PassGraph::keepCompleting(const Explorer &explorer, BlockId end) {
  llvm::DenseMap<BlockId, bool> completing;
  for (BlockId block : explorer.order())
    completing[block] =
        block == end || llvm::any_of(explorer.stepsFrom(block), [&](const Explorer::Step &step) {
          return completing.lookup(step.target);
        });
  for (BlockId block : llvm::reverse(explorer.order())) {
    if (!completing[block])
      continue;
    indices_[block] = static_cast<Index>(blocks_.size());
    blocks_.push_back(block);
  }
  edges_.resize(blocks_.size());
  for (Index index = 0; index < blocks_.size(); ++index)
    for (const Explorer::Step &step : explorer.stepsFrom(blocks_[index]))
      if (Index target = indexOf(step.target); target != kNoId)
        edges_[index].push_back({target, step.kind, step.finished});
}

PassGraph::Index PassGraph::indexOf(BlockId block) const {
  auto found = indices_.find(block);
  return found == indices_.end() ? kNoId : found->second;
}

/// One sweep against the flow does it: there are no cycles. Later blocks have higher indices,
/// so the lower of two is the one to move on from when looking for where both ways meet.
void PassGraph::findPostDominators() {
  auto count = static_cast<Index>(blocks_.size());
  postDominator_.assign(count, count - 1);
  for (Index index = count - 1; index-- > 0;) {
    Index meeting = edges_[index].front().target;
    for (const Edge &edge : edges_[index]) {
      for (Index other = edge.target; meeting != other;)
        (meeting < other ? meeting : other) = postDominator_[std::min(meeting, other)];
    }
    postDominator_[index] = meeting;
  }

  treeSize_.assign(count, 1);
  for (Index index = 0; index + 1 < count; ++index)
    treeSize_[postDominator_[index]] += treeSize_[index];
  treeNumber_.assign(count, 0);
  std::vector<Index> nextNumber(count, 1);
  for (Index index = count - 1; index-- > 0;) {
    Index parent = postDominator_[index];
    treeNumber_[index] = nextNumber[parent];
    nextNumber[parent] += treeSize_[index];
    nextNumber[index] = treeNumber_[index] + 1;
  }
}

bool PassGraph::isAlwaysAfter(Index block, Index start) const {
  return treeNumber_[block] <= treeNumber_[start] &&
         treeNumber_[start] < treeNumber_[block] + treeSize_[block];
}

void PassGraph::findDeciders() {
  deciders_.resize(blocks_.size());
  for (Index index = 0; index < blocks_.size(); ++index)
    for (const Edge &edge : edges_[index])
      for (Index at = edge.target; at != postDominator_[index]; at = postDominator_[at])
        deciders_[at].push_back({index, edge.target, edge.kind});
}

bool PassGraph::isDecidedBy(Index block, const Branch &branch) const {
  llvm::SmallVector<Index, 8> waiting = {block};
  llvm::DenseMap<Index, bool> seen;
  while (!waiting.empty()) {
    for (const Branch &decider : deciders_[waiting.pop_back_val()]) {
      if (decider.block == branch.block && decider.target == branch.target)
        return true;
      if (decider.block > branch.block && seen.try_emplace(decider.block).second)
        waiting.push_back(decider.block);
    }
  }
  return false;
}

} // namespace fraglint
