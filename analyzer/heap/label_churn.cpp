#include "heap/label_churn.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// A timer of a minute or more is no churn; less than half a second between changes is quick.
constexpr double kLongSeconds = 60;
constexpr double kQuickSeconds = 0.5;
/// How many writes to either side are searched for one that alternates with another.
constexpr ptrdiff_t kNeighbours = 64;

/// Whether what `target` denotes depends on the variables of a `for`.
bool isChosenBy(const SemanticModel &model, SyntaxNode target, SyntaxNode loop) {
  for (SyntaxNode node = target; node && target.contains(node); node = node.next()) {
    SymbolId symbol = model.symbolOf(node);
    if (symbol != kNoId && llvm::any_of(model.symbol(symbol).bindings, [&](BindingId id) {
          return loop.contains(model.binding(id).name);
        }))
      return true;
  }
  return false;
}

/// The loop whose passes set the same label anew. A `for` counts only within a `while`: by
/// itself it ends soon.
std::optional<Repetition> churningLoop(const LabelWrite &write, const Module &module) {
  std::optional<Repetition> outer = repetitionOf(module, write.target, ForLoops::DoNotCount);
  if (!outer)
    return std::nullopt;
  std::optional<Repetition> inner = repetitionOf(module, write.target);
  if (!inner || (inner->function == outer->function && inner->loop == outer->loop))
    return outer;
  SyntaxNode loop = module.flow(inner->function).graph.loop(inner->loop).node;
  bool isOwn = inner->function == write.function && inner->calls.empty();
  return isOwn && !isChosenBy(module.model(), write.target, loop) ? inner : outer;
}

/// Whether a test looks at something that people press, by its name.
bool asksUser(SyntaxNode test) {
  for (SyntaxNode node = test; node && test.contains(node); node = node.next())
    for (llvm::StringRef word : {"button", "btn", "pressed", "touch", "key", "fell"})
      if (node.kind() == NodeKind::Identifier && node.text().contains_insensitive(word))
        return true;
  return false;
}

/// What holds up each pass of a loop, for a time that the code does not show.
enum class Delay : uint8_t {
  None,
  Wait, ///< for data, a time, a state
  Long, ///< for the user, or for a loop of many passes of its own: a game, a scrolled text
};

Delay delayOfPass(const FunctionFlow &flow, LoopId loop) {
  Delay delay = Delay::None;
  for (LoopId inner = 0; inner < flow.graph.loops().size(); ++inner) {
    const FlowLoop &candidate = flow.graph.loop(inner);
    SyntaxNode test = candidate.node.child(Field::Condition);
    if (candidate.parent != loop || !test ||
        flow.loops.onPassOf(loop, test).kind != PassKind::EveryPass)
      continue;
    LoopKind kind = flow.loops.kind(inner);
    bool isWait = kind == LoopKind::Wait && !asksUser(test);
    if (kind != LoopKind::Retry)
      delay = std::max(delay, isWait ? Delay::Wait : Delay::Long);
  }
  return delay;
}

/// Whether the same pass gives the label another constant text, so that both are changes.
bool alternates(const LabelWrite &write, const Repetition &repetition, const HeapModel &heap) {
  const SemanticModel &model = heap.module().model();
  std::optional<std::string> text = write.value ? model.stringOf(write.value) : std::nullopt;
  if (!text || !repetition.calls.empty())
    return false;
  const LoopModel &loops = heap.module().flow(repetition.function).loops;
  llvm::ArrayRef<LabelWrite> all = heap.labelWrites();
  ptrdiff_t at = &write - all.data();
  auto from = std::max<ptrdiff_t>(0, at - kNeighbours);
  auto to = std::min<ptrdiff_t>(static_cast<ptrdiff_t>(all.size()), at + kNeighbours);
  for (const LabelWrite &other : all.slice(from, to - from)) {
    if (other.function != write.function || other.target.text() != write.target.text() ||
        !other.value)
      continue;
    std::optional<std::string> otherText = model.stringOf(other.value);
    if (otherText && *otherText != *text &&
        loops.onPassOf(repetition.loop, other.target).kind == PassKind::EveryPass)
      return true;
  }
  return false;
}

/// rules.md FRG302: the text's width varies, and its bitmap is large and larger than any request
/// of a label of glyphs.
bool isBetterInGlyphs(const LabelWrite &write, const LabelCost &glyphs, const Target &target) {
  bool varies =
      write.style.kind == LabelKind::Bitmap && !(write.style.isBuiltinFont && write.text.isFixed);
  int64_t bitmap = write.cost.bitmap.lo;
  return varies && bitmap >= target.largeBytes() && bitmap > glyphs.largest.lo;
}

} // namespace

std::optional<LabelChurn> labelChurnOf(const LabelWrite &write, const HeapModel &heap) {
  const Module &module = heap.module();
  if (write.target.enclosing(NodeKind::ExceptClause))
    return std::nullopt;
  std::optional<Repetition> repetition = churningLoop(write, module);
  if (!repetition)
    return std::nullopt;
  const FunctionFlow &flow = module.flow(repetition->function);
  LoopId loop = repetition->loop;
  if (flow.loops.isSlow(loop) || heap.collectsEveryPass(repetition->function, loop))
    return std::nullopt;

  Delay delay = delayOfPass(flow, loop);
  if (delay == Delay::Long)
    return std::nullopt;

  LabelChurn churn;
  churn.repetition = *repetition;
  const PassFacts &pass = repetition->pass;
  churn.seconds = std::max(flow.loops.sleepPerPass(loop),
                           pass.kind == PassKind::Timer ? pass.periodSeconds : 0);
  if (churn.seconds >= kLongSeconds)
    return std::nullopt;
  churn.change = textChangeOf(write, module, churn.repetition);
  churn.alternates = alternates(write, churn.repetition, heap);
  if (churn.change == TextChange::Never && !churn.alternates)
    return std::nullopt;
  churn.isQuick = pass.kind == PassKind::EveryPass && churn.change == TextChange::Often &&
                  churn.seconds < kQuickSeconds && delay == Delay::None;
  LabelStyle asGlyphs = write.style;
  asGlyphs.kind = LabelKind::Glyphs;
  churn.glyphs = costOfText(asGlyphs, write.text, heap.target());
  churn.isBetterInGlyphs = isBetterInGlyphs(write, churn.glyphs, heap.target());
  return churn;
}

} // namespace fraglint
