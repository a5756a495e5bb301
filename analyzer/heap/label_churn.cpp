#include "heap/label_churn.h"

#include "semantic/call_arguments.h"
#include "semantic/call_traits.h"
#include "semantic/none_check.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"

#include <array>
#include <limits>

namespace fraglint {

namespace {

/// So many seconds between two changes are no churn, less than half a second is quick.
constexpr double kLongSeconds = 5;
constexpr double kQuickSeconds = 0.5;
/// From how many passes on a `for` churns by itself though the loop around it is slow; how many a
/// `for` of an unknown number is taken to make.
constexpr int64_t kManyPasses = 100;
constexpr double kPresumedPasses = 8;
/// How many writes, or statements, to either side are looked at for what goes with a text, and how
/// many nodes of a loop for a request.
constexpr ptrdiff_t kNeighbours = 64;
constexpr unsigned kNodeLimit = 1000;
/// How many calls of a pass are looked at for one that waits.
constexpr unsigned kCallLimit = 64;
/// A name bound more often than this may be anything.
constexpr size_t kBindingLimit = 100;

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

/// The least seconds that a pass sleeps, or where a `for` in it makes an unknown number of passes
/// (a fade, a scrolled text), what is likely.
double likelySleep(const FunctionFlow &flow, LoopId loop) {
  double seconds = flow.loops.sleepPerPass(loop);
  for (LoopId inner = 0; inner < flow.graph.loops().size(); ++inner) {
    const FlowLoop &candidate = flow.graph.loop(inner);
    if (candidate.parent != loop || flow.loops.kind(inner) != LoopKind::Counted ||
        flow.loops.trips(inner).hasHi())
      continue;
    SyntaxNode iterable = candidate.node.child(Field::Right);
    if (flow.loops.onPassOf(loop, iterable).kind == PassKind::EveryPass)
      seconds += kPresumedPasses * flow.loops.sleepPerPass(inner);
  }
  return seconds;
}

bool isSlow(const FunctionFlow &flow, LoopId loop) {
  return flow.loops.isSlow(loop) || likelySleep(flow, loop) >= kLongSeconds;
}

/// The loop whose passes set the same label anew. A `for` counts only within a `while`: by
/// itself it ends soon. Within a slow one it has to make many texts.
std::optional<Repetition> churningLoop(const LabelWrite &write, const Module &module) {
  std::optional<Repetition> outer = repetitionOf(module, write.target, ForLoops::DoNotCount);
  if (!outer)
    return std::nullopt;
  std::optional<Repetition> inner = repetitionOf(module, write.target);
  if (!inner || (inner->function == outer->function && inner->loop == outer->loop))
    return outer;
  SyntaxNode loop = module.flow(inner->function).graph.loop(inner->loop).node;
  bool isOwn = inner->function == write.function && inner->calls.empty();
  bool isBrief = module.flow(inner->function).loops.trips(inner->loop).lo < kManyPasses &&
                 isSlow(module.flow(outer->function), outer->loop);
  return isOwn && !isBrief && !isChosenBy(module.model(), write.target, loop) ? inner : outer;
}

/// What holds up each pass of a loop, for a time that the code does not show.
enum class Delay : uint8_t {
  None,
  Wait, ///< for data, a time, a state, an answer from the network
  Long, ///< for the user, or for a loop of many passes of its own: a game, a scrolled text
};

/// By the loops that each pass of `loop` comes to, or each call of the function for kNoId.
Delay delayByLoops(const FunctionFlow &flow, LoopId loop) {
  Delay delay = Delay::None;
  for (LoopId inner = 0; inner < flow.graph.loops().size(); ++inner) {
    const FlowLoop &candidate = flow.graph.loop(inner);
    SyntaxNode test = candidate.node.child(Field::Condition);
    // A `for` around it does not hide it.
    LoopId around = candidate.parent;
    while (around != kNoId && around != loop && flow.loops.kind(around) == LoopKind::Counted &&
           flow.loops.onPassOf(around, candidate.node.child(Field::Condition)).kind ==
               PassKind::EveryPass) {
      test = flow.graph.loop(around).node.child(Field::Right);
      around = flow.graph.loop(around).parent;
    }
    if (around != loop || !test || flow.loops.kind(inner) == LoopKind::Counted ||
        flow.loops.onPassOf(loop, test).kind != PassKind::EveryPass)
      continue;
    LoopKind kind = flow.loops.kind(inner);
    bool isWait = kind == LoopKind::Wait && !asksUser(candidate.node.child(Field::Condition));
    if (kind != LoopKind::Retry)
      delay = std::max(delay, isWait ? Delay::Wait : Delay::Long);
  }
  return delay;
}

/// Whether a call asks a server and waits for the answer.
bool isRequest(const SemanticModel &model, SyntaxNode call) {
  const LibraryRow *row = libraryRowOf(model, call);
  return row && (row->has(Trait::OpensNetwork) ||
                 (row->name.starts_with("adafruit_io.adafruit_io.IO_HTTP.") &&
                  row->name.contains("_data")));
}

/// Whether each pass of the loop waits for a server.
bool asksServer(const SemanticModel &model, const FunctionFlow &flow, LoopId loop) {
  SyntaxNode statement = flow.graph.loop(loop).node;
  unsigned steps = 0;
  for (SyntaxNode node = statement; node && statement.contains(node) && steps < kNodeLimit;
       node = node.next(), ++steps)
    if (node.kind() == NodeKind::Call && isRequest(model, node) &&
        flow.loops.onPassOf(loop, node).kind == PassKind::EveryPass)
      return true;
  return false;
}

/// `def step(choice=None): if choice: … else: choice = ask()`: whether a call of that function
/// without arguments, `way`, comes to `inner` in it for want of one.
bool runsByDefault(const SemanticModel &model, SyntaxNode way, SyntaxNode inner) {
  SyntaxNode branch = inner.statement();
  while (branch.parent() && branch.parent().kind() != NodeKind::IfStatement)
    branch = branch.parent();
  SyntaxNode test = branch.parent().child(Field::Condition);
  if (!test || !CallArguments(way).empty())
    return false;
  SyntaxNode asked = askedForNone(test);
  bool holdsWithout = static_cast<bool>(asked);
  SymbolId symbol = model.symbolOf(asked ? asked : test);
  if (symbol == kNoId || (branch.field() == Field::Consequence) != holdsWithout)
    return false;
  const Binding &first = model.binding(model.symbol(symbol).bindings.front());
  return first.kind == BindingKind::Parameter && first.value.kind() == NodeKind::NoneLiteral;
}

/// Whether each call of a function waits for the user, if only for a while.
bool waitsForUser(const FunctionFlow &flow) {
  for (LoopId loop = 0; loop < flow.graph.loops().size(); ++loop) {
    SyntaxNode statement = flow.graph.loop(loop).node;
    if (flow.loops.kind(loop) == LoopKind::Wait && asksUser(statement) &&
        flow.loops.onCall(statement.child(Field::Condition)).kind == PassKind::EveryPass)
      return true;
  }
  return false;
}

/// Whether every way through a function ends in a sleep until an alarm, a deep one perhaps: what
/// is shown stays for as long.
bool sleepsUntilAlarm(const ControlFlowGraph &graph) {
  auto isSleep = [](SyntaxNode element) {
    for (SyntaxNode node = element; node && element.contains(node); node = node.next())
      if (node.kind() == NodeKind::Call && lastNameOf(node).ends_with("_until_alarms"))
        return element.kind() == NodeKind::ExpressionStatement;
    return false;
  };
  llvm::BitVector seen(static_cast<unsigned>(graph.blocks().size()));
  llvm::SmallVector<BlockId, 8> work{graph.entry()};
  bool sleeps = false;
  while (!work.empty()) {
    BlockId id = work.pop_back_val();
    if (id == graph.exit())
      return false;
    bool isNew = !seen.test(id);
    seen.set(id);
    bool isAwake = llvm::none_of(graph.block(id).elements, isSleep);
    sleeps |= !isAwake;
    for (FlowEdge edge : graph.block(id).successors)
      if (isNew && isAwake && edge.kind != EdgeKind::Exception)
        work.push_back(edge.target);
  }
  return sleeps;
}

/// Whether each pass of `loop`, or each call of the function for kNoId, calls one that waits for
/// the user or an alarm; `way` is the call of this function, if any.
bool callsWait(const Module &module, FunctionId function, LoopId loop, SyntaxNode way) {
  const SemanticModel &model = module.model();
  const FunctionFlow &flow = module.flow(function);
  SyntaxNode code = loop == kNoId ? model.function(function).node : flow.graph.loop(loop).node;
  const CallEdge *edge =
      llvm::lower_bound(model.callEdges(), code.ordinal(), [](const CallEdge &a, uint32_t ordinal) {
        return a.call.ordinal() < ordinal;
      });
  const CallEdge *end = model.callEdges().end();
  for (unsigned seen = 0; edge != end && code.contains(edge->call) && seen < kCallLimit;
       ++edge, ++seen) {
    bool isMade = edge->caller == function &&
                  (flow.loops.onPassOf(loop, edge->call).kind == PassKind::EveryPass ||
                   (way && runsByDefault(model, way, edge->call)));
    if (isMade && (waitsForUser(module.flow(edge->callee)) ||
                   sleepsUntilAlarm(module.flow(edge->callee).graph)))
      return true;
  }
  return false;
}

/// Of the loop's pass, and of the functions on the way to the text.
Delay delayOfPass(const Module &module, const Repetition &repetition) {
  const SemanticModel &model = module.model();
  const FunctionFlow &flow = module.flow(repetition.function);
  Delay delay = delayByLoops(flow, repetition.loop);
  if (delay == Delay::None && asksServer(model, flow, repetition.loop))
    delay = Delay::Wait;
  bool isLong = callsWait(module, repetition.function, repetition.loop, {});
  for (SyntaxNode call : repetition.calls)
    if (FunctionId callee = model.calleeFunction(call); callee != kNoId) {
      delay = std::max(delay, delayByLoops(module.flow(callee), kNoId));
      isLong |= callsWait(module, callee, kNoId, call);
    }
  return isLong ? Delay::Long : delay;
}

/// Whether the user ends the loop: its test asks for a button, or reads a name that the loop
/// sets where one is pressed. What such a loop shows follows the user.
bool isDialog(const SemanticModel &model, SyntaxNode loop) {
  SyntaxNode test = loop.child(Field::Condition);
  if (asksUser(test))
    return true;
  for (SyntaxNode node = test; node && test.contains(node); node = node.next()) {
    SymbolId symbol = model.symbolOf(node);
    if (symbol == kNoId)
      continue;
    for (BindingId id : model.symbol(symbol).bindings) {
      SyntaxNode up = model.binding(id).name;
      if (!loop.contains(up))
        continue;
      for (; !(up == loop); up = up.parent())
        if (asksUser(up.child(Field::Condition)))
          return true;
    }
  }
  return false;
}

/// Whether the loop looks at the label itself to decide when to end: it makes a text fit.
bool fitsText(const LabelWrite &write, SyntaxNode loop) {
  SyntaxNode test = loop.child(Field::Condition);
  llvm::StringRef label = write.target.child(Field::Object).text();
  for (SyntaxNode node = test; node && test.contains(node); node = node.next())
    if (node.kind() == NodeKind::Attribute && node.child(Field::Object).text() == label)
      return true;
  return false;
}

/// Whether one of the statements beside this one, in its block, collects.
bool collectsNear(SyntaxNode statement, const HeapModel &heap) {
  std::array<SyntaxNode, kNeighbours> around; // the latest ones, in a ring
  size_t count = 0;
  size_t end = std::numeric_limits<size_t>::max();
  for (SyntaxNode other = statement.parent().firstChild(); other && count < end;
       other = other.nextSibling()) {
    around[count++ % kNeighbours] = other;
    if (other == statement)
      end = count + kNeighbours / 2;
  }
  return llvm::any_of(around, [&](SyntaxNode other) {
    return other && other.kind() == NodeKind::ExpressionStatement && heap.collects(other);
  });
}

/// Whether a statement that always runs beside the text, in the loop, collects.
bool isCollectedBeside(const LabelWrite &write, const Repetition &repetition,
                       const HeapModel &heap) {
  SyntaxNode loop = heap.module().flow(repetition.function).graph.loop(repetition.loop).node;
  SyntaxNode at = repetition.calls.empty() ? write.statement : repetition.calls.front().statement();
  for (; at && loop.contains(at) && !(at == loop); at = at.parent())
    if (at.parent().kind() == NodeKind::Block && collectsNear(at, heap))
      return true;
  return false;
}

// NOLINTBEGIN(misc-no-recursion): kMaxDepth bounds it.

/// Whether the program puts the text together; what lies ready costs nothing where it is equal.
bool buildsText(const SemanticModel &model, SyntaxNode text, unsigned depth = 0) {
  constexpr unsigned kMaxDepth = 6;
  if (!text || depth > kMaxDepth)
    return true;
  if (model.stringOf(text))
    return false;
  switch (text.kind()) {
  case NodeKind::ParenthesizedExpression:
    return buildsText(model, text.firstChild(), depth + 1);
  case NodeKind::ConditionalExpression: {
    SyntaxNode test = text.firstChild().nextSibling();
    return buildsText(model, text.firstChild(), depth + 1) ||
           buildsText(model, test.nextSibling(), depth + 1);
  }
  case NodeKind::Subscript:
    return bool(text.child(NodeKind::Slice));
  case NodeKind::Identifier: {
    SymbolId symbol = model.symbolOf(text);
    if (symbol == kNoId || model.symbol(symbol).bindings.size() > kBindingLimit)
      return true;
    return llvm::any_of(model.symbol(symbol).bindings, [&](BindingId id) {
      const Binding &binding = model.binding(id);
      if (binding.kind == BindingKind::AugmentedAssignment)
        return model.typeOf(text).name == "str";
      bool isNumber = binding.value && (model.typeOf(binding.value).name == "int" ||
                                        model.typeOf(binding.value).name == "float");
      return !isNumber && (binding.kind != BindingKind::Assignment ||
                           buildsText(model, binding.value, depth + 1));
    });
  }
  default:
    return true;
  }
}

// NOLINTEND(misc-no-recursion)

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

/// FRG302: the text's width varies, and its bitmap is large and larger than any request of a
/// label of glyphs.
void compareKinds(LabelChurn &churn, const LabelWrite &write, const Target &target) {
  if (write.style.kind != LabelKind::Bitmap || (write.style.isBuiltinFont && write.text.isFixed))
    return;
  auto isWorse = [&](int64_t bitmap) {
    return bitmap >= target.largeBytes() && bitmap > churn.glyphs.largest.lo;
  };
  churn.isBetterInGlyphs = isWorse(write.cost.bitmap.lo);
  if (int64_t likely = likelyBitmapBytes(write.style, write.text);
      !churn.isBetterInGlyphs && !write.text.isFixed && isWorse(likely)) {
    churn.isBetterInGlyphs = true;
    churn.likelyBitmap = likely;
  }
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
  SyntaxNode statement = flow.graph.loop(loop).node;
  Delay delay = delayOfPass(module, *repetition);
  if (isSlow(flow, loop) || delay == Delay::Long ||
      heap.collectsEveryPass(repetition->function, loop) ||
      isCollectedBeside(write, *repetition, heap) || fitsText(write, statement))
    return std::nullopt;

  LabelChurn churn;
  churn.repetition = *repetition;
  const PassFacts &pass = repetition->pass;
  churn.seconds = std::max(flow.loops.sleepPerPass(loop),
                           pass.kind == PassKind::Timer ? pass.periodSeconds : 0);
  if (churn.seconds >= kLongSeconds)
    return std::nullopt;
  churn.change = textChangeOf(write, module, churn.repetition);
  // Texts that tell what is being waited for change as often as that.
  churn.alternates = delay == Delay::None && alternates(write, churn.repetition, heap);
  bool isSeldomFree = pass.kind == PassKind::Timer || !buildsText(module.model(), write.value) ||
                      isDialog(module.model(), statement);
  TextChange least = isSeldomFree ? TextChange::Coarsely : TextChange::Seldom;
  if (churn.change < least && !churn.alternates)
    return std::nullopt;
  churn.isSure = pass.kind == PassKind::EveryPass && churn.change == TextChange::Often;
  churn.isQuick = churn.isSure && churn.seconds < kQuickSeconds && delay == Delay::None;
  LabelStyle asGlyphs = write.style;
  asGlyphs.kind = LabelKind::Glyphs;
  churn.glyphs = costOfText(asGlyphs, write.text, heap.target());
  compareKinds(churn, write, heap.target());
  return churn;
}

} // namespace fraglint
