#include "semantic/loop_model.h"

#include "semantic/clock_form.h"
#include "semantic/filled_container.h"
#include "semantic/gate_reader.h"
#include "semantic/loop_bound.h"
#include "semantic/loop_sleep.h"
#include "semantic/pass_graph.h"
#include "semantic/program_end.h"
#include "semantic/wait_loop.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace fraglint {

namespace {

/// From how many passes on a `for` is one that repeats, and from how many seconds of sleep on a
/// pass is a slow one.
constexpr int64_t kManyPasses = 8;
constexpr double kSlowSeconds = 5;

/// How long the user takes: longer than any sleep that matters.
constexpr double kUserSeconds = 1e6;

} // namespace

/// The shortest way through a pass, in seconds.
struct LoopModel::Sleep {
  double plain = 0;    ///< slept
  double withUser = 0; ///< where the user, too, takes their time
};

/// What is known of one loop's pass, worked out bit by bit.
struct LoopModel::Pass {
  PassGraph graph;
  std::vector<PassFacts> facts; ///< by index in `graph`; empty until asked for
  std::optional<Sleep> sleep;
};

LoopModel::LoopModel(const SemanticModel &model, const ControlFlowGraph &graph, FunctionId function)
    : model_(model), graph_(graph), function_(function), stores_(model, graph, function) {
  passes_.resize(graph.loops().size() + 1);
  for (LoopId loop = 0; loop < graph.loops().size(); ++loop)
    kinds_.push_back(kindOf(loop));
}

LoopModel::~LoopModel() = default;

LoopModel::Pass &LoopModel::pass(LoopId loop) const {
  std::unique_ptr<Pass> &pass = loop == kNoId ? passes_.back() : passes_[loop];
  if (!pass) {
    auto entered = [this](LoopId inner) { return isEntered(inner); };
    pass = std::make_unique<Pass>(Pass{PassGraph(graph_, loop, entered), {}, {}});
  }
  return *pass;
}

// --- Kinds -----------------------------------------------------------------------------------

LoopKind LoopModel::kindOf(LoopId loop) const {
  SyntaxNode node = graph_.loop(loop).node;
  if (node.kind() == NodeKind::ForStatement)
    return LoopKind::Counted;
  if (onlyWaits(model_, node))
    return LoopKind::Wait;
  if (hasConstantTest(loop) && !pass(loop).graph.canLeave())
    return LoopKind::Endless;
  if (isRetry(loop))
    return LoopKind::Retry;
  if (isLastOfProgram(model_, node, function_) &&
      !LoopBound(model_, graph_, stores_, loop).exists())
    return LoopKind::Endless;
  return LoopKind::Repeating;
}

/// Whether a pass without an exception always leaves the loop: `while not done: try: …; done =
/// True`.
bool LoopModel::isRetry(LoopId loop) const {
  return !pass(loop).graph.completes() ||
         failsAfterPass(graph_.loop(loop).node.child(Field::Condition), loop);
}

/// Whether every pass ends by setting the one name in the test so that the test fails.
bool LoopModel::failsAfterPass(SyntaxNode test, LoopId loop) const {
  bool holdsWhere = true;
  while (test.kind() == NodeKind::NotOperator || test.kind() == NodeKind::ParenthesizedExpression) {
    holdsWhere ^= test.kind() == NodeKind::NotOperator;
    test = test.child(Field::Argument) ? test.child(Field::Argument) : test.firstChild();
  }
  if (test.kind() != NodeKind::Identifier && test.kind() != NodeKind::Attribute)
    return false;
  const PassGraph &graph = pass(loop).graph;
  bool isSet = false;
  for (const PlaceStore &store : stores_.storesTo(test)) {
    PassGraph::Index index = graph.indexOf(store.block);
    if (index == kNoId)
      continue;
    if (!store.value || store.adds || model_.truthOf(store.value) != !holdsWhere)
      return false;
    isSet |= store.isSure && graph.isOnEveryPath(index);
  }
  return isSet;
}

bool LoopModel::hasConstantTest(LoopId loop) const {
  return model_.truthOf(graph_.loop(loop).node.child(Field::Condition)) == true;
}

bool LoopModel::neverEnds(LoopId loop) const {
  if (kinds_[loop] != LoopKind::Wait)
    return kinds_[loop] == LoopKind::Endless;
  return hasConstantTest(loop) && !pass(loop).graph.canLeave();
}

Interval LoopModel::trips(LoopId loop) const {
  SyntaxNode node = graph_.loop(loop).node;
  if (kinds_[loop] == LoopKind::Counted) {
    Interval count = model_.tripsOf(node).clampedBelow(isEntered(loop) ? 1 : 0);
    if (pass(loop).graph.canLeave())
      count.lo = std::min<int64_t>(count.lo, 1);
    return count;
  }
  bool runsOnce = hasConstantTest(loop) || kinds_[loop] == LoopKind::Endless;
  return Interval::unknown().clampedBelow(runsOnce ? 1 : 0);
}

bool LoopModel::isRepeating(LoopId loop) const {
  switch (kinds_[loop]) {
  case LoopKind::Wait:
  case LoopKind::Retry:
    return false;
  case LoopKind::Endless:
  case LoopKind::Repeating:
    return true;
  case LoopKind::Counted:
    break;
  }
  Interval count = trips(loop);
  return !count.hasHi() || count.hi >= kManyPasses;
}

bool LoopModel::isEntered(LoopId loop) const {
  SyntaxNode node = graph_.loop(loop).node;
  return node.kind() == NodeKind::ForStatement && surelyHasPass(model_, node);
}

// --- What happens on each pass ---------------------------------------------------------------

PassFacts LoopModel::onPassOf(LoopId loop, SyntaxNode node) const {
  llvm::SmallVector<FlowPoint, 1> points = graph_.pointsOf(node);
  llvm::erase_if(points, [&](FlowPoint point) {
    return !graph_.isWithin(graph_.block(point.block).loop, loop);
  });
  if (points.empty())
    return {PassKind::Never};
  FlowPoint point = points.front();
  if (!isSurelyEvaluated(node, graph_.block(point.block).elements[point.index]))
    return {PassKind::Event};
  Pass &of = pass(loop);
  if (points.size() > 1 && isOnEveryPath(of, points))
    return {PassKind::EveryPass};
  PassGraph::Index index = of.graph.indexOf(point.block);
  return index == kNoId ? PassFacts{PassKind::Event} : factsOf(of, index);
}

/// Facts of a block. All of them at once, in the order of running: what decides about a block
/// runs before it.
PassFacts LoopModel::factsOf(Pass &pass, uint32_t index) const {
  const PassGraph &graph = pass.graph;
  if (!pass.facts.empty())
    return pass.facts[index];
  GateReader gates(model_, graph_, graph, stores_);
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, PassFacts> judged; // by block and target
  pass.facts.assign(graph.blocks().size(), {PassKind::EveryPass});
  for (PassGraph::Index block = 0; block < graph.blocks().size(); ++block) {
    if (graph.isOnEveryPath(block))
      continue;
    for (const PassGraph::Branch &branch : graph.decidersOf(block)) {
      auto [gate, isNew] = judged.try_emplace({branch.block, branch.target});
      if (isNew)
        gate->second = gates.factsOf(branch);
      pass.facts[block] = bothOf(pass.facts[block], bothOf(gate->second, pass.facts[branch.block]));
    }
  }
  return pass.facts[index];
}

/// Whether no way to the end avoids all of `points`: the copies of a `finally` body.
bool LoopModel::isOnEveryPath(const Pass &pass, llvm::ArrayRef<FlowPoint> points) const {
  const PassGraph &graph = pass.graph;
  if (!graph.completes())
    return false;
  llvm::BitVector reached(graph.blocks().size());
  llvm::BitVector avoided(graph.blocks().size());
  for (FlowPoint point : points)
    if (PassGraph::Index index = graph.indexOf(point.block); index != kNoId)
      avoided.set(index);
  reached.set(0);
  for (PassGraph::Index index = 0; index < graph.blocks().size(); ++index)
    if (reached[index] && !avoided[index])
      for (const PassGraph::Edge &edge : graph.successors(index))
        reached.set(edge.target);
  return avoided[reached.size() - 1] || !reached[reached.size() - 1];
}

namespace {

/// Whether evaluating `parent`, which is no comprehension, may leave its child `node` out.
bool mayLeaveOut(SyntaxNode parent, SyntaxNode node) {
  switch (parent.kind()) {
  case NodeKind::BooleanOperator:
    return node.field() == Field::Right;
  case NodeKind::ConditionalExpression: // A if TEST else B
    return !(node == parent.firstChild().nextSibling());
  case NodeKind::AssertStatement:
    return !(node == parent.firstChild());
  case NodeKind::ComparisonOperator: { // a < b < c
    SyntaxNode second = parent.firstChild().nextSibling().nextSibling();
    return !(node == parent.firstChild()) && !(node == second);
  }
  default:
    return false;
  }
}

bool isComprehension(NodeKind kind) {
  return kind == NodeKind::ListComprehension || kind == NodeKind::SetComprehension ||
         kind == NodeKind::DictionaryComprehension || kind == NodeKind::GeneratorExpression;
}

} // namespace

/// Whether evaluating `element` evaluates `node` in it, at least once.
bool LoopModel::isSurelyEvaluated(SyntaxNode node, SyntaxNode element) const {
  for (SyntaxNode at = node; at && !(at == element); at = at.parent()) {
    SyntaxNode parent = at.parent();
    if (mayLeaveOut(parent, at))
      return false;
    // The target of a clause is bound where the clause has an item.
    if (parent.kind() == NodeKind::ForInClause && at.field() == Field::Left &&
        !surelyHasPass(model_, parent))
      return false;
    if (!isComprehension(parent.kind()))
      continue;
    // Body and clauses run under the clauses before them.
    for (SyntaxNode clause : parent.children()) {
      if (clause == at && at.field() != Field::Body)
        break;
      bool isCondition = clause.kind() == NodeKind::IfClause;
      bool isLoop = clause.kind() == NodeKind::ForInClause;
      if (isCondition || (isLoop && !surelyHasPass(model_, clause)))
        return false;
    }
  }
  return true;
}

LoopId LoopModel::repeatingLoopOf(SyntaxNode node) const {
  for (LoopId loop = graph_.loopOf(node); loop != kNoId; loop = graph_.loop(loop).parent)
    if (isRepeating(loop) && onPassOf(loop, node).kind >= PassKind::Mode)
      return loop;
  return kNoId;
}

// --- Sleeping --------------------------------------------------------------------------------

double LoopModel::sleepPerPass(LoopId loop) const { return leastSleep(loop).plain; }

bool LoopModel::isSlow(LoopId loop) const { return leastSleep(loop).withUser >= kSlowSeconds; }

// NOLINTBEGIN(misc-no-recursion): as deep as loops nest.

LoopModel::Sleep LoopModel::leastSleep(LoopId loop) const {
  Pass &of = pass(loop);
  const PassGraph &graph = of.graph;
  if (of.sleep || !graph.completes())
    return of.sleep.value_or(Sleep());
  constexpr double kFar = std::numeric_limits<double>::infinity();
  std::vector<Sleep> least(graph.blocks().size(), {kFar, kFar}); // up to the end of each block
  least.front() = {};
  for (PassGraph::Index index = 0; index < graph.blocks().size(); ++index) {
    for (SyntaxNode element : graph_.block(graph.blocks()[index]).elements) {
      Delay delay = leastDelayOf(model_, element);
      least[index].plain += delay.seconds;
      least[index].withUser += delay.seconds + (delay.asksUser ? kUserSeconds : 0);
    }
    for (const PassGraph::Edge &edge : graph.successors(index)) {
      Sleep inner = edge.finished == kNoId ? Sleep() : furtherSleep(edge.finished, of);
      Sleep &target = least[edge.target];
      target.plain = std::min(target.plain, least[index].plain + inner.plain);
      target.withUser = std::min(target.withUser, least[index].withUser + inner.withUser);
    }
  }
  of.sleep = least.back();
  return least.back();
}

/// What an inner loop sleeps besides the one pass through it that counts anyway.
LoopModel::Sleep LoopModel::furtherSleep(LoopId inner, const Pass &outer) const {
  if (kinds_[inner] != LoopKind::Counted) {
    double seconds = leastWait(inner, outer);
    return {seconds, seconds};
  }
  int64_t passes = model_.tripsOf(graph_.loop(inner).node).lo;
  if (passes < 2)
    return {};
  Sleep once = leastSleep(inner);
  auto further = static_cast<double>(passes - 1);
  return {further * once.plain, further * once.withUser};
}

// NOLINTEND(misc-no-recursion)

/// Lower bound of the seconds that a `while` inside waits for by its test alone: `while
/// time.monotonic() < start + 5`, where every pass sets `start`.
double LoopModel::leastWait(LoopId inner, const Pass &outer) const {
  if (kinds_[inner] != LoopKind::Wait)
    return 0;
  ClockReader reader(model_, [](SyntaxNode) { return SyntaxNode(); });
  std::optional<ClockForm> left = reader.excessOf(graph_.loop(inner).node.child(Field::Condition));
  if (!left || left->clock >= 0 || left->terms.size() != 1)
    return 0;
  ClockForm::Term term = left->terms.front();
  double clockFactor = -left->clock;
  for (const PlaceStore &store : stores_.storesTo(term.place)) {
    PassGraph::Index index = outer.graph.indexOf(store.block);
    std::optional<ClockForm> start = reader.sumOf(store.value);
    if (index == kNoId || !outer.graph.isOnEveryPath(index) || !start)
      continue;
    ClockForm whole = *left;
    whole.terms.clear();
    whole.add(*start, term.factor);
    if (std::abs(whole.clock) < 1e-9 && whole.terms.empty())
      return std::max(0.0, whole.constant / clockFactor * whole.secondsPerTick);
  }
  return 0;
}

} // namespace fraglint
