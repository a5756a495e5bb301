#include "heap/rebuilding.h"

#include "heap/value_flow.h"
#include "semantic/call_arguments.h"
#include "semantic/call_traits.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Passes that take as long as this are like events.
constexpr double kLongSeconds = 5;
/// How many places one object's Groups are put into at most.
constexpr size_t kKeeperLimit = 32;

/// What else a pass does that takes a time of its own.
enum class Delay : uint8_t { None, Wait, Long };

/// `while len(page): page.pop()`: it takes no time.
bool isDrain(SyntaxNode loop) {
  SyntaxNode test = loop.child(Field::Condition);
  SyntaxNode body = loop.child(Field::Body);
  for (SyntaxNode node = body; node && body.contains(node); node = node.next()) {
    if (node.kind() != NodeKind::Call || lastNameOf(node) != "pop")
      continue;
    SyntaxNode drained = node.child(Field::Function).child(Field::Object);
    if (drained && test.text().contains(drained.text()))
      return true;
  }
  return false;
}

/// By the `while` loops that each pass of `loop` comes to, or each call of the function for kNoId,
/// besides those around `node`.
Delay delayBeside(SyntaxNode node, const FunctionFlow &flow, LoopId loop) {
  Delay delay = Delay::None;
  for (LoopId inner = 0; inner < flow.graph.loops().size(); ++inner) {
    SyntaxNode statement = flow.graph.loop(inner).node;
    SyntaxNode test = statement.child(Field::Condition);
    LoopKind kind = flow.loops.kind(inner);
    if (flow.graph.loop(inner).parent != loop || !test || statement.contains(node) ||
        kind == LoopKind::Retry || isDrain(statement) ||
        flow.loops.onPassOf(loop, test).kind != PassKind::EveryPass)
      continue;
    delay = std::max(delay, kind == LoopKind::Wait ? Delay::Wait : Delay::Long);
  }
  return delay;
}

/// By the pass itself, and by the functions that it calls on the way to `node`.
Delay delayOf(SyntaxNode node, const Repetition &repetition, const Module &module) {
  llvm::SmallVector<SyntaxNode, 4> steps(repetition.calls.begin(), repetition.calls.end());
  steps.push_back(node);
  Delay delay = delayBeside(steps.front(), module.flow(repetition.function), repetition.loop);
  for (SyntaxNode step : llvm::drop_begin(steps))
    delay = std::max(delay, delayBeside(step, module.flow(module.model().functionOf(step)), kNoId));
  return delay;
}

/// The Group that `keeper` puts the object into, where the pass has made it anew: it is bound in
/// the loop only.
SymbolId groupOfPass(const SemanticModel &model, SyntaxNode keeper, SyntaxNode loop) {
  if (keeper.kind() != NodeKind::Call || lastNameOf(keeper) != "append")
    return kNoId;
  SymbolId group = model.symbolOf(keeper.child(Field::Function).child(Field::Object));
  SyntaxNode made = group == kNoId ? SyntaxNode() : model.soleValueOf(group);
  return made && loop.contains(made) ? group : kNoId;
}

/// Whether each place that keeps the object has kept the one of the pass before until then.
bool isReplaced(const SemanticModel &model, SyntaxNode made, SyntaxNode loop) {
  llvm::SmallVector<SyntaxNode, 4> keepers = keepersOf(model, made);
  for (size_t next = 0; next < keepers.size(); ++next) {
    SyntaxNode keeper = keepers[next];
    bool isItem = keeper.kind() == NodeKind::Subscript &&
                  model.intervalOf(keeper.child(Field::Subscript)).isExact();
    if (isItem || keeper.kind() == NodeKind::Attribute)
      continue;
    SymbolId group = groupOfPass(model, keeper, loop);
    if (group == kNoId || next >= kKeeperLimit)
      return false;
    keepers.append(keepersOf(model, group));
  }
  return true;
}

/// Whether the same file is loaded on each pass, or whenever it happens.
bool loadsSame(const AllocationSite &site, const Repetition *repetition, const HeapModel &heap) {
  SyntaxNode path = CallArguments(site.node).get(0);
  if (!path || heap.module().model().stringOf(path))
    return static_cast<bool>(path);
  if (repetition == nullptr || !repetition->calls.empty())
    return false;
  // What an attribute or an item is may change at any time.
  for (SyntaxNode node = path; node && path.contains(node); node = node.next())
    if (node.kind() == NodeKind::Attribute || node.kind() == NodeKind::Subscript)
      return false;
  return heap.isInvariant(path, site.function, repetition->loop);
}

bool isFile(CostlyKind kind) { return kind == CostlyKind::Picture || kind == CostlyKind::Font; }

/// Whether a list keeps it with the others.
bool isGathered(const SemanticModel &model, SyntaxNode made) {
  return llvm::any_of(keepersOf(model, made), [&](SyntaxNode keeper) {
    return keeper.kind() == NodeKind::Call &&
           model.typeOf(keeper.child(Field::Function).child(Field::Object)).name == "list";
  });
}

/// Whether the passes of the loop make the object anew, rather than one more.
bool isAnew(const AllocationSite &site, const Repetition &repetition, CostlyKind kind,
            const HeapModel &heap) {
  const FunctionFlow &flow = heap.module().flow(repetition.function);
  bool isDead = !heap.lifetime(site, repetition).outlivesPass;
  if (kind == CostlyKind::Bitmap && isDead)
    return false;
  // A player lets go of the last one when it gets the next.
  if (kind == CostlyKind::Decoder)
    return !isGathered(heap.module().model(), site.node);
  if (isDead || flow.loops.kind(repetition.loop) == LoopKind::Endless ||
      (isFile(kind) && loadsSame(site, &repetition, heap)))
    return true;
  return repetition.calls.empty() &&
         isReplaced(heap.module().model(), site.node, flow.graph.loop(repetition.loop).node);
}

/// Whether an `OnDiskBitmap` would do for the picture: it is only shown, and no file of another
/// format.
bool couldStayOnDisk(const SemanticModel &model, SyntaxNode made) {
  if (std::optional<std::string> path = model.stringOf(CallArguments(made).get(0));
      path && !llvm::StringRef(*path).ends_with_insensitive(".bmp"))
    return false;
  SyntaxNode target = made.parent().child(Field::Left);
  SyntaxNode name = target.kind() == NodeKind::PatternList ? target.firstChild() : target;
  SymbolId symbol = name ? model.symbolOf(name) : kNoId;
  if (symbol == kNoId)
    return false;
  return llvm::any_of(model.symbol(symbol).references, [](SyntaxNode use) {
    SyntaxNode list = use.parent();
    if (list.kind() == NodeKind::KeywordArgument)
      list = list.parent();
    return list.kind() == NodeKind::ArgumentList && lastNameOf(list.parent()).ends_with("TileGrid");
  });
}

/// Whether the label is of a font that each call chooses.
bool takesOtherFont(const SemanticModel &model, SyntaxNode made) {
  SyntaxNode font = CallArguments(made).get(0, "font");
  SymbolId symbol = font ? model.symbolOf(font) : kNoId;
  if (symbol == kNoId)
    return false;
  llvm::ArrayRef<BindingId> bindings = model.symbol(symbol).bindings;
  bool isParameter = llvm::any_of(
      bindings, [&](BindingId id) { return model.binding(id).kind == BindingKind::Parameter; });
  return isParameter && (bindings.size() > 1 || model.passedFor(symbol).size() != 1);
}

/// Whether the program can do without making it again.
bool isAvoidable(const AllocationSite &site, CostlyKind kind, bool isSame,
                 const SemanticModel &model) {
  if (kind == CostlyKind::Picture)
    return isSame || couldStayOnDisk(model, site.node);
  return kind != CostlyKind::Label || !takesOtherFont(model, site.node);
}

/// `while not answer:` whose passes set `answer`: it comes round only after a failure.
bool asksAgain(const SemanticModel &model, SyntaxNode loop) {
  SyntaxNode test = loop.child(Field::Condition);
  for (SyntaxNode node = test; node && test.contains(node); node = node.next()) {
    SymbolId symbol = node.kind() == NodeKind::Identifier ? model.symbolOf(node) : kNoId;
    bool isSet = symbol != kNoId && llvm::any_of(model.symbol(symbol).bindings, [&](BindingId id) {
                   return loop.contains(model.binding(id).name);
                 });
    if (isSet && (test.kind() == NodeKind::NotOperator || test.child(NodeKind::NoneLiteral)))
      return true;
  }
  return false;
}

std::optional<Rebuilding> onPasses(const AllocationSite &site, const CostlyObject &object,
                                   std::optional<Repetition> repetition, const HeapModel &heap) {
  if (!repetition)
    return std::nullopt;
  const FunctionFlow &flow = heap.module().flow(repetition->function);
  const PassFacts &pass = repetition->pass;
  Delay delay = delayOf(site.node, *repetition, heap.module());
  bool isSeldom = flow.loops.isSlow(repetition->loop) || delay == Delay::Long ||
                  (pass.kind == PassKind::Timer && pass.periodSeconds >= kLongSeconds);
  // Playing a file takes its time, and the next decoder is needless all the same.
  if ((isSeldom && object.kind != CostlyKind::Decoder) ||
      !isAnew(site, *repetition, object.kind, heap) ||
      asksAgain(heap.module().model(), flow.graph.loop(repetition->loop).node))
    return std::nullopt;
  bool isSame = isFile(object.kind) && loadsSame(site, &*repetition, heap);
  if (!isAvoidable(site, object.kind, isSame, heap.module().model()))
    return std::nullopt;
  return Rebuilding{object, std::move(repetition), delay == Delay::Wait, isSame};
}

/// `cache[path] = made`, and all under `if path not in cache`.
bool isCached(SyntaxNode made) {
  SyntaxNode assignment = made.enclosing(NodeKind::Assignment);
  if (assignment && assignment.child(Field::Left).kind() == NodeKind::Subscript)
    return true;
  SyntaxNode branch = made.enclosing(NodeKind::IfStatement);
  return branch && branch.child(Field::Condition).text().contains(" not in ");
}

std::optional<Rebuilding> onEvents(const AllocationSite &site, const CostlyObject &object,
                                   const HeapModel &heap) {
  if (!heap.isHot(site.node) || isCached(site.node) || isGathered(heap.module().model(), site.node))
    return std::nullopt;
  bool isSame = object.kind == CostlyKind::Picture && loadsSame(site, nullptr, heap);
  if (!isAvoidable(site, object.kind, isSame, heap.module().model()))
    return std::nullopt;
  return Rebuilding{object, std::nullopt, false, isSame};
}

std::optional<Rebuilding> anyRebuildingOf(const AllocationSite &site, const CostlyObject &object,
                                          const HeapModel &heap) {
  const Module &module = heap.module();
  if (auto found = onPasses(site, object, repetitionOf(module, site.node), heap))
    return found;
  auto outer = repetitionOf(module, site.node, ForLoops::DoNotCount);
  if (auto found = onPasses(site, object, std::move(outer), heap))
    return found;
  if (object.kind == CostlyKind::Picture || object.kind == CostlyKind::Decoder)
    return onEvents(site, object, heap);
  return std::nullopt;
}

} // namespace

std::optional<Rebuilding> rebuildingOf(const AllocationSite &site, const HeapModel &heap) {
  const Module &module = heap.module();
  std::optional<CostlyObject> object = costlyObjectOf(site, module.model(), heap.target());
  if (!object || site.node.enclosing(NodeKind::ExceptClause) ||
      heap.survivesExhaustion(site.node) || isMadeOnce(module.model(), site.node))
    return std::nullopt;
  std::optional<Rebuilding> found = anyRebuildingOf(site, *object, heap);
  // These need not be let go of: the one that is there will do.
  bool isNeedless =
      found && found->repetition && (found->isSame || object->kind == CostlyKind::Label);
  if (found && !isNeedless && heap.isLarge(site) && heap.coexistence(site))
    return std::nullopt;
  return found;
}

} // namespace fraglint
