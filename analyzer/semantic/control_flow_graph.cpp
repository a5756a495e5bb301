#include "semantic/control_flow_graph.h"

#include "semantic/flow_builder.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// The part of a compound statement or block that is evaluated first; null where `node` is none.
SyntaxNode firstPart(SyntaxNode node) {
  switch (node.kind()) {
  case NodeKind::IfStatement:
  case NodeKind::WhileStatement:
    return node.child(Field::Condition);
  case NodeKind::ForStatement:
    return node.child(Field::Right);
  case NodeKind::WithStatement:
    return node.child(NodeKind::WithClause).child(NodeKind::WithItem);
  case NodeKind::MatchStatement:
    return node.child(Field::Subject);
  case NodeKind::TryStatement:
    return node.child(Field::Body);
  case NodeKind::Block:
    return node.firstChild();
  default:
    return {};
  }
}

/// Whether `node` is the body of a function or lambda, which runs when that is called.
bool isFunctionBody(SyntaxNode node) {
  if (node.field() != Field::Body)
    return false;
  NodeKind parent = node.parent().kind();
  return parent == NodeKind::FunctionDefinition || parent == NodeKind::Lambda;
}

} // namespace

ControlFlowGraph::ControlFlowGraph(const SyntaxTree &tree, const Function &function,
                                   NeverReturns neverReturns)
    : function_(function.node) {
  FlowBuilder(*this, neverReturns).build(tree, function);
}

llvm::ArrayRef<ControlFlowGraph::Place> ControlFlowGraph::placesOf(SyntaxNode node) const {
  while (SyntaxNode part = firstPart(node))
    node = part;
  for (SyntaxNode at = node; at && at != function_; at = at.parent()) {
    auto places =
        std::equal_range(places_.begin(), places_.end(), Place{at.ordinal(), {}},
                         [](const Place &a, const Place &b) { return a.ordinal < b.ordinal; });
    if (places.first != places.second)
      return llvm::ArrayRef(&*places.first, places.second - places.first);
    if (isFunctionBody(at))
      return {};
  }
  return {};
}

FlowPoint ControlFlowGraph::pointOf(SyntaxNode node) const {
  llvm::ArrayRef<Place> places = placesOf(node);
  return places.empty() ? FlowPoint() : places.front().point;
}

llvm::SmallVector<FlowPoint, 1> ControlFlowGraph::pointsOf(SyntaxNode node) const {
  llvm::SmallVector<FlowPoint, 1> points;
  for (const Place &place : placesOf(node))
    points.push_back(place.point);
  return points;
}

SyntaxNode ControlFlowGraph::elementOf(SyntaxNode node) const {
  FlowPoint point = pointOf(node);
  return point ? blocks_[point.block].elements[point.index] : SyntaxNode();
}

LoopId ControlFlowGraph::loopOf(SyntaxNode node) const {
  FlowPoint point = pointOf(node);
  if (!point)
    return kNoId;
  LoopId loop = blocks_[point.block].loop;
  return loop != kNoId && loops_[loop].node == node ? loops_[loop].parent : loop;
}

bool ControlFlowGraph::isWithin(LoopId inner, LoopId outer) const {
  while (inner != kNoId && inner != outer)
    inner = loops_[inner].parent;
  return inner == outer;
}

} // namespace fraglint
