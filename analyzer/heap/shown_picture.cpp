#include "heap/shown_picture.h"

#include "heap/name_liveness.h"
#include "heap/value_flow.h"
#include "semantic/call_arguments.h"
#include "semantic/call_traits.h"

namespace fraglint {

namespace {

/// How many places one picture's Groups are put into at most.
constexpr size_t kKeeperLimit = 32;

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
               reaches(module, model.binding(model.symbol(group).bindings.front()), call) &&
               model.functionOf(value) == model.functionOf(made) &&
               loopAround(module, value) == loopAround(module, made);
  return isNew ? group : kNoId;
}

/// `display.show(group)`; others show pixels, texts or pages.
bool isShowCall(const SemanticModel &model, SyntaxNode call) {
  if (call.kind() != NodeKind::Call || lastNameOf(call) != "show")
    return false;
  SyntaxNode shown = CallArguments(call).get(0);
  llvm::StringRef type = shown ? model.typeOf(shown).name : "str";
  return type == "displayio.Group" || type == "NoneType" || type.empty();
}

/// Whether `keeper` shows the Group that it keeps.
bool isDisplayWrite(const SemanticModel &model, SyntaxNode keeper) {
  if (keeper.kind() == NodeKind::Attribute)
    return keeper.child(Field::Attribute).text() == "root_group";
  return isShowCall(model, keeper) &&
         model.typeOf(CallArguments(keeper).get(0)).name == "displayio.Group";
}

} // namespace

std::vector<SyntaxNode> displayWrites(const SemanticModel &model) {
  llvm::ArrayRef<SyntaxNode> roots = model.foreignWritesOf("root_group");
  std::vector<SyntaxNode> writes(roots.begin(), roots.end());
  for (uint32_t i = 0; i < model.tree().statementCount(); ++i) {
    SyntaxNode statement = model.tree().statement(i);
    for (SyntaxNode node = statement; node && statement.contains(node); node = node.next())
      if (isShowCall(model, node))
        writes.push_back(node);
  }
  return writes;
}

SyntaxNode rootShowing(const Module &module, SyntaxNode made) {
  const SemanticModel &model = module.model();
  SyntaxNode shown;
  llvm::SmallVector<SyntaxNode, 4> keepers = keepersOf(model, made);
  for (size_t next = 0; next < keepers.size(); ++next) {
    SyntaxNode keeper = keepers[next];
    if (next == kKeeperLimit || model.functionOf(keeper) != model.functionOf(made))
      return {};
    // A Group that is shown before the picture is made has taken the last one off.
    if (isDisplayWrite(model, keeper) && keeper.ordinal() > made.ordinal())
      shown = shown ? shown : keeper;
    else if (SymbolId group = newGroupFilledBy(module, keeper, made); group != kNoId)
      keepers.append(keepersOf(model, group));
    else if (keeper.kind() != NodeKind::Attribute)
      return {}; // a list of pictures, or another Group
  }
  return shown;
}

} // namespace fraglint
