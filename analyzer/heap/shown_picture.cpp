#include "heap/shown_picture.h"

#include "heap/value_flow.h"
#include "semantic/call_traits.h"

namespace fraglint {

namespace {

/// How deep Groups are nested at most.
constexpr unsigned kDepth = 4;

LoopId loopAround(const Module &module, SyntaxNode node) {
  const ControlFlowGraph &graph = module.flow(module.model().functionOf(node)).graph;
  FlowPoint point = graph.pointOf(node);
  return point.block == kNoId ? kNoId : graph.block(point.block).loop;
}

/// The Group that `call` puts its argument into, where that is made anew as often as `made` is.
SymbolId newGroupFilledBy(const Module &module, SyntaxNode call, SyntaxNode made) {
  const SemanticModel &model = module.model();
  if (call.kind() != NodeKind::Call || lastNameOf(call) != "append")
    return kNoId;
  SymbolId group = model.symbolOf(call.child(Field::Function).child(Field::Object));
  SyntaxNode value = group == kNoId ? SyntaxNode() : model.soleValueOf(group);
  bool isNew = value && model.calleeName(value) == "displayio.Group" &&
               model.functionOf(value) == model.functionOf(made) &&
               loopAround(module, value) == loopAround(module, made);
  return isNew ? group : kNoId;
}

} // namespace

SyntaxNode rootShowing(const Module &module, SyntaxNode made) {
  const SemanticModel &model = module.model();
  SyntaxNode keeper = followValue(model, made).keeper;
  for (unsigned depth = 0; keeper && depth < kDepth; ++depth) {
    if (model.functionOf(keeper) != model.functionOf(made))
      return {};
    // A Group that is shown before the picture is made has taken the last one off.
    if (keeper.kind() == NodeKind::Attribute &&
        keeper.child(Field::Attribute).text() == "root_group")
      return keeper.ordinal() > made.ordinal() ? keeper : SyntaxNode();
    SymbolId group = newGroupFilledBy(module, keeper, made);
    if (group == kNoId)
      return {};
    keeper = followSymbol(model, group).keeper;
  }
  return {};
}

} // namespace fraglint
