#include "heap/group_release.h"

#include "semantic/call_arguments.h"
#include "semantic/call_traits.h"
#include "semantic/evaluation.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

constexpr llvm::StringLiteral kGroup = "displayio.Group";

/// `display.root_group = group`.
bool showsGroup(SyntaxNode assignment) {
  SyntaxNode target = assignment ? assignment.child(Field::Left) : SyntaxNode();
  return target && assignment.kind() == NodeKind::Assignment &&
         target.kind() == NodeKind::Attribute &&
         target.child(Field::Attribute).text() == "root_group";
}

/// What `del group[0]` and `group.pop()` take something out of; null for anything else.
SyntaxNode emptiedAt(SyntaxNode node) {
  if (node.kind() == NodeKind::DeleteStatement)
    return node.firstChild().kind() == NodeKind::Subscript ? node.firstChild().child(Field::Value)
                                                           : SyntaxNode();
  SyntaxNode method = node.kind() == NodeKind::Call ? node.child(Field::Function) : SyntaxNode();
  bool takesOut = method && method.kind() == NodeKind::Attribute &&
                  llvm::is_contained({"pop", "remove", "clear"}, lastNameOf(node));
  return takesOut ? method.child(Field::Object) : SyntaxNode();
}

} // namespace

bool asksSession(const SemanticModel &model, SyntaxNode element) {
  bool asks = false;
  forEachCall(element, [&](SyntaxNode call) {
    asks |= model.typeOf(call).name == "adafruit_requests.Response";
  });
  return asks;
}

void GroupRelease::apply(SyntaxNode element, bool isRepeated, GarbagePile &pile) const {
  if (pile.entries().empty())
    return;
  if (element.kind() == NodeKind::DeleteStatement) {
    if (SyntaxNode container = emptiedAt(element))
      release(container, GarbagePile::Loss::Some, pile);
    return;
  }
  forEachCall(element, [&](SyntaxNode call) { applyCall(call, isRepeated, pile); });
  if (SyntaxNode show = showsGroup(element) ? element : element.firstChild(); showsGroup(show))
    applyShow(show, pile);
}

void GroupRelease::applyCall(SyntaxNode call, bool isRepeated, GarbagePile &pile) const {
  if (SyntaxNode container = emptiedAt(call)) {
    bool isChosen = lastNameOf(call) == "pop" && CallArguments(call).get(0);
    GarbagePile::Loss one = isChosen ? GarbagePile::Loss::Some : GarbagePile::Loss::Last;
    release(container, isRepeated && !isChosen ? GarbagePile::Loss::All : one, pile);
  }
  FunctionId callee = model_.calleeFunction(call);
  if (callee == kNoId)
    return;
  // What a function puts into the Group that it is given, and then takes out again.
  for (SymbolId emptied : emptiedBy(callee))
    pile.release([&](const PileEntry &entry) { return entry.container == emptied; },
                 GarbagePile::Loss::Some, target_);
}

void GroupRelease::applyShow(SyntaxNode assignment, GarbagePile &pile) const {
  // What stands before it in the same Group is shown now; what stands behind is the last call's.
  SymbolId shown = model_.symbolOf(assignment.child(Field::Right));
  pile.release(
      [&](const PileEntry &entry) {
        bool isShownNow =
            entry.container == shown && entry.site->node.ordinal() < assignment.ordinal();
        return !isShownNow && isShownLocally(entry.container);
      },
      GarbagePile::Loss::Some, target_);
}

void GroupRelease::release(SyntaxNode container, GarbagePile::Loss loss, GarbagePile &pile) const {
  SymbolId emptied = model_.symbolOf(container);
  if (emptied != kNoId && model_.typeOf(container).name == kGroup)
    pile.release([&](const PileEntry &entry) { return entry.container == emptied; }, loss, target_);
}

/// The parameters whose Groups lose something in a call of the function.
llvm::ArrayRef<SymbolId> GroupRelease::emptiedBy(FunctionId function) const {
  std::optional<llvm::SmallVector<SymbolId, 1>> &known = emptied_[function];
  if (known)
    return *known;
  known.emplace();
  SyntaxNode definition = model_.function(function).node;
  for (SyntaxNode node = definition; node && definition.contains(node); node = node.next()) {
    SyntaxNode container = emptiedAt(node);
    SymbolId symbol = container ? model_.symbolOf(container) : kNoId;
    if (symbol == kNoId || model_.symbol(symbol).bindings.empty())
      continue;
    const Binding &first = model_.binding(model_.symbol(symbol).bindings.front());
    if (first.kind == BindingKind::Parameter && first.function == function &&
        model_.typeOf(container).name == kGroup)
      known->push_back(symbol);
  }
  return *known;
}

/// Whether a Group that only a function's own name refers to was shown on a display: the display
/// lets go of it when it shows another.
bool GroupRelease::isShownLocally(SymbolId group) const {
  const Symbol &symbol = model_.symbol(group);
  return model_.scope(symbol.scope).kind == ScopeKind::Function &&
         llvm::any_of(symbol.references, [&](SyntaxNode load) {
           return showsGroup(load.parent()) && load.field() == Field::Right;
         });
}

} // namespace fraglint
