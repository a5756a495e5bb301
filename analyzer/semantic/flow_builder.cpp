#include "semantic/flow_builder.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

void FlowBuilder::build(const SyntaxTree &tree, const Function &body) {
  for (BlockId fixed : {graph_.entry(), graph_.exit(), graph_.raisedExit()}) {
    [[maybe_unused]] BlockId made = newBlock();
    assert(made == fixed);
  }
  current_ = graph_.entry();
  SyntaxNode function = graph_.function_;
  if (!function) {
    uint32_t end = std::min(body.endStatement, tree.statementCount());
    for (uint32_t index = body.firstStatement; index < end; ++index)
      statement(tree.statement(index));
  } else if (function.kind() == NodeKind::Lambda) {
    add(function.child(Field::Body));
  } else {
    block(function.child(Field::Body));
  }
  goTo(graph_.exit());
  finish();
}

// --- Blocks and edges ------------------------------------------------------------------------

BlockId FlowBuilder::newBlock() {
  graph_.blocks_.emplace_back().loop = loop_;
  raisesTo_.push_back(kNoId);
  return static_cast<BlockId>(graph_.blocks_.size()) - 1;
}

/// The block that the flow is in; a new one without a way to it where the flow goes nowhere.
BlockId FlowBuilder::here() {
  if (current_ == kNoId)
    current_ = newBlock();
  return current_;
}

BlockId FlowBuilder::branch(BlockId from, EdgeKind kind) {
  BlockId to = newBlock();
  connect(from, to, kind);
  return to;
}

void FlowBuilder::connect(BlockId from, BlockId to, EdgeKind kind) {
  graph_.blocks_[from].successors.push_back({to, kind});
}

/// Ends the current path, where there is one, with an edge.
void FlowBuilder::goTo(BlockId target, EdgeKind kind) {
  if (current_ != kNoId)
    connect(current_, target, kind);
  current_ = kNoId;
}

namespace {

/// Whether evaluating an element can raise an exception.
bool canRaise(SyntaxNode element) {
  switch (element.kind()) {
  case NodeKind::PassStatement:
  case NodeKind::BreakStatement:
  case NodeKind::ContinueStatement:
  case NodeKind::GlobalStatement:
  case NodeKind::NonlocalStatement:
  case NodeKind::True:
  case NodeKind::False:
  case NodeKind::Integer:
    return false;
  default:
    return true;
  }
}

} // namespace

void FlowBuilder::add(SyntaxNode element) {
  if (!element)
    return;
  BlockId id = here();
  // The target first: it may have to be built, and that moves the blocks.
  if (raisesTo_[id] == kNoId && canRaise(element)) {
    BlockId target = targetOf(Way::Exception, frames_.size());
    raisesTo_[id] = target;
  }
  auto &elements = graph_.blocks_[id].elements;
  FlowPoint point{id, static_cast<uint32_t>(elements.size())};
  elements.push_back(element);
  places_.push_back({{element.ordinal(), point}, rank_});
}

void FlowBuilder::leaveOpen(OpenEnds &ends) {
  if (current_ != kNoId)
    ends.push_back({current_, EdgeKind::Next});
  current_ = kNoId;
}

/// Goes on where all `ends` meet; nowhere if there is none.
void FlowBuilder::join(const OpenEnds &ends) {
  current_ = kNoId;
  if (ends.empty())
    return;
  current_ = newBlock();
  for (OpenEnd end : ends)
    connect(end.block, current_, end.kind);
}

/// Adds the Exception edges, the predecessors and the sorted places.
void FlowBuilder::finish() {
  std::vector<BasicBlock> &blocks = graph_.blocks_;
  for (BlockId id = 0; id < blocks.size(); ++id) {
    // The copy of a `finally` body for exceptions may have that very edge: it raises anew.
    bool isThere = llvm::any_of(blocks[id].successors, [&](FlowEdge edge) {
      return edge.kind == EdgeKind::Exception && edge.target == raisesTo_[id];
    });
    if (raisesTo_[id] != kNoId && !isThere)
      connect(id, raisesTo_[id], EdgeKind::Exception);
  }

  std::vector<bool> reached(blocks.size());
  llvm::SmallVector<BlockId, 32> waiting = {graph_.entry()};
  reached[graph_.entry()] = true;
  while (!waiting.empty()) {
    BlockId id = waiting.pop_back_val();
    for (FlowEdge edge : blocks[id].successors) {
      auto &predecessors = blocks[edge.target].predecessors;
      // All edges of one block are handled together, so a second one of the same follows at once.
      if (predecessors.empty() || predecessors.back() != id)
        predecessors.push_back(id);
      if (!reached[edge.target]) {
        reached[edge.target] = true;
        waiting.push_back(edge.target);
      }
    }
  }
  for (BasicBlock &each : blocks)
    llvm::sort(each.predecessors);

  // A place that is reached goes before one that is not, then the ordinary one.
  llvm::stable_sort(places_, [&](const RankedPlace &a, const RankedPlace &b) {
    auto key = [&](const RankedPlace &it) {
      return std::tuple(it.place.ordinal, !reached[it.place.point.block], it.rank);
    };
    return key(a) < key(b);
  });
  graph_.places_.reserve(places_.size());
  for (const RankedPlace &each : places_)
    graph_.places_.push_back(each.place);
}

// --- Loops and ways out ----------------------------------------------------------------------

/// Makes the loop and enters it: blocks made from now on belong to its pass.
LoopId FlowBuilder::enterLoop(SyntaxNode statement, BlockId header, BlockId breakTarget) {
  auto id = static_cast<LoopId>(graph_.loops_.size());
  FlowLoop &made = graph_.loops_.emplace_back();
  made.node = statement;
  made.parent = loop_;
  made.header = header;
  made.isCopy = rank_ != 0;
  loop_ = id;
  graph_.blocks_[header].loop = id;
  BlockId latch = newBlock();
  made.latch = latch;
  Frame frame;
  frame.kind = Frame::Kind::Loop;
  frame.breakTarget = breakTarget;
  frame.continueTarget = latch;
  frames_.push_back(frame);
  return id;
}

/// Ends the body: the current path goes to the latch, and the latch back to the header.
void FlowBuilder::leaveLoop(LoopId loop) {
  const FlowLoop &left = graph_.loops_[loop];
  goTo(left.latch);
  connect(left.latch, left.header, EdgeKind::Back);
  loop_ = left.parent;
  frames_.pop_back();
}

// NOLINTBEGIN(misc-no-recursion): as deep as blocks nest, which kMaxNesting bounds.

/// Where control gets that leaves the innermost `frameCount` frames in this way.
BlockId FlowBuilder::targetOf(Way way, size_t frameCount) {
  for (size_t index = frameCount; index-- > 0;) {
    const Frame &frame = frames_[index];
    switch (frame.kind) {
    case Frame::Kind::Finally:
      return finallyEntry(index, way);
    case Frame::Kind::Handlers:
      if (way == Way::Exception)
        return frame.dispatch;
      break;
    case Frame::Kind::Loop:
      if (way == Way::Break)
        return frame.breakTarget;
      if (way == Way::Continue)
        return frame.continueTarget;
      break;
    }
  }
  // `break` and `continue` outside a loop are no Python: the path just ends.
  return way == Way::Return ? graph_.exit() : graph_.raisedExit();
}

namespace {

EdgeKind edgeOf(bool isException, bool isBreak) {
  if (isException)
    return EdgeKind::Exception;
  return isBreak ? EdgeKind::Break : EdgeKind::Next;
}

} // namespace

/// The copy of a `finally` body that control runs which leaves its `try` in this way.
BlockId FlowBuilder::finallyEntry(size_t frame, Way way) {
  size_t slot = static_cast<size_t>(way);
  if (frames_[frame].copies[slot].entry != kNoId)
    return frames_[frame].copies[slot].entry;

  BlockId onwards = targetOf(way, frame);
  BlockSpan copy;
  if (sharesFinally())
    for (const BlockSpan &other : frames_[frame].copies)
      if (other.entry != kNoId)
        copy = other;
  if (copy.entry == kNoId)
    copy = copyFinally(frame, way);
  frames_[frame].copies[slot] = copy;
  if (copy.end != kNoId)
    connect(copy.end, onwards, edgeOf(way == Way::Exception, way == Way::Break));
  return copy.entry;
}

/// Builds one copy, as seen from outside its `try`.
FlowBuilder::BlockSpan FlowBuilder::copyFinally(size_t frame, Way way) {
  std::vector<Frame> inner(frames_.begin() + frame, frames_.end());
  frames_.resize(frame);
  BlockId savedBlock = current_;
  LoopId savedLoop = loop_;
  uint8_t savedRank = rank_;

  loop_ = inner.front().loop;
  rank_ = static_cast<uint8_t>(std::min(rank_ + static_cast<int>(way), 255));
  ++copyNesting_;
  BlockSpan copy;
  copy.entry = current_ = newBlock();
  block(inner.front().finallyBody);
  copy.end = current_;
  --copyNesting_;

  rank_ = savedRank;
  loop_ = savedLoop;
  current_ = savedBlock;
  llvm::append_range(frames_, inner);
  return copy;
}

// NOLINTEND(misc-no-recursion)

} // namespace fraglint
