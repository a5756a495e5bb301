#include "heap/value_hold.h"

#include "heap/old_value.h"
#include "heap/value_flow.h"

namespace fraglint {

/// Whether the label that gets the text is made by the same function.
static bool makesItsLabel(const SemanticModel &model, const AllocationSite &site) {
  return site.label && model.functionOf(site.label) == site.function &&
         !model.isModuleBody(site.function);
}

Hold holdOf(const SemanticModel &model, const AllocationSite &site) {
  // A label holds what it made of its text until it gets another, or ends with its function.
  if (site.kind == AllocationKind::LabelText)
    return makesItsLabel(model, site) ? Hold::Name : Hold::Place;
  if (isMadeOnce(model, site.node))
    return Hold::Container;
  Hold hold = holdOf(model, site.node);
  bool isDone = hold == Hold::Nothing || hold == Hold::Name;
  return isDone && site.heldByLibrary ? Hold::Library : hold;
}

Hold holdOf(const SemanticModel &model, SyntaxNode value) {
  ValueHolders holders = followValue(model, value);
  if (!holders.keeper)
    return holders.symbols.empty() ? Hold::Nothing : Hold::Name;
  switch (holders.keeper.kind()) {
  case NodeKind::ReturnStatement:
    return Hold::Return;
  case NodeKind::Identifier:
  case NodeKind::Attribute:
    return Hold::Place;
  default:
    return Hold::Container;
  }
}

void findContainer(const SemanticModel &model, SyntaxNode value, PileEntry &entry) {
  SyntaxNode keeper = followValue(model, value).keeper;
  SyntaxNode method =
      keeper.kind() == NodeKind::Call ? keeper.child(Field::Function) : SyntaxNode();
  if (!method || method.kind() != NodeKind::Attribute)
    return;
  entry.container = model.symbolOf(method.child(Field::Object));
  entry.insertion = keeper;
}

} // namespace fraglint
