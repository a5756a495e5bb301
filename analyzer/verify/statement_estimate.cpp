#include "verify/statement_estimate.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

/// The clause of a generator expression whose source is evaluated when that is made.
bool isFirstClause(SyntaxNode clause) {
  for (SyntaxNode part : clause.parent().children())
    if (part.kind() == NodeKind::ForInClause)
      return part == clause;
  return false;
}

/// Whether `part` of an expression, in which `inner` lies, runs when that is called: at other times
/// than the statement that it stands in, and without probe points.
bool isDeferred(SyntaxNode part, SyntaxNode inner) {
  switch (part.parent().kind()) {
  case NodeKind::Lambda:
    return part.field() != Field::Parameters; // its defaults
  case NodeKind::GeneratorExpression:
    return !(inner.field() == Field::Right && isFirstClause(part));
  default:
    return false;
  }
}

bool isMeasured(SyntaxNode node) {
  NodeKind kind = node.kind();
  return (isStatement(kind) && node.parent().kind() != NodeKind::DecoratedDefinition) ||
         kind == NodeKind::ElifClause || kind == NodeKind::ExceptClause;
}

/// Each `yield` of the statement itself: neither of a statement in it nor of a lambda. Those that
/// delegate are left out: what they wait for has points of its own.
std::vector<SyntaxNode> yieldsOf(SyntaxNode statement) {
  std::vector<SyntaxNode> yields;
  const SyntaxNode after = statement.firstAfter();
  for (SyntaxNode node = statement.next(); node && !(node == after);) {
    if (isMeasured(node) || node.kind() == NodeKind::Lambda ||
        node.kind() == NodeKind::GeneratorExpression) {
      node = node.firstAfter();
      continue;
    }
    if (node.kind() == NodeKind::Yield && node.firstChild().kind() != NodeKind::From)
      yields.push_back(node);
    node = node.next();
  }
  return yields;
}

/// Whether `site` is evaluated after `yield`: it is behind it, or around it.
bool isAfter(SyntaxNode site, SyntaxNode yield) {
  TextRange range = site.range(), before = yield.range();
  return before.end <= range.begin || (range.contains(before) && !(site == yield));
}

StatementPlace placeOf(SyntaxNode statement) {
  Position at =
      statement.tree().file().lines().position(statement.range().begin, ColumnUnit::CodePoints);
  return {at.line + 1, at.column + 1};
}

/// The function whose code a statement is part of; 0 for the module.
uint32_t codeOf(SyntaxNode statement) {
  for (SyntaxNode node = statement.parent(); node; node = node.parent())
    if (node.kind() == NodeKind::FunctionDefinition || node.kind() == NodeKind::ClassDefinition)
      return node.ordinal() + 1;
  return 0;
}

Interval inBlocks(Interval bytes, int64_t blockBytes) {
  auto up = [&](int64_t one) { return (one + blockBytes - 1) / blockBytes; };
  return {up(std::max<int64_t>(bytes.lo, 0)), bytes.hasHi() ? up(bytes.hi) : Interval::kNoHi};
}

/// Follows the log of an evaluation as a probe follows the program.
class Estimator {
public:
  Estimator(const Module &program, const Evaluation &evaluation, uint32_t blockBytes,
            const std::vector<StatementPlace> &withoutPoints)
      : model_(program.model()), evaluation_(evaluation), blockBytes_(blockBytes),
        withoutPoints_(withoutPoints.begin(), withoutPoints.end()) {}

  ProgramEstimate run() {
    findFrames();
    for (size_t at = 0; at < evaluation_.log.events.size(); ++at)
      take(evaluation_.log.events[at], frames_.contains(at));
    for (const auto &[code, execution] : running_)
      finish(execution);
    for (const SiteCost &site : evaluation_.sites)
      if (site.isHard && !site.largest.hasHi())
        openEnd(site);
    if (!evaluation_.isComplete) {
      result_.cutOff = "the evaluation was cut off by its limits";
      for (auto &[place, estimate] : result_.statements)
        addReason(estimate, result_.cutOff);
    }
    // A way that was not followed may come to statements that were not evaluated.
    if (evaluation_.isComplete && !evaluation_.gaps.empty())
      result_.cutOff = evaluation_.gaps.front();
    return std::move(result_);
  }

private:
  struct Visible {
    Interval bytes;
    bool isSure;
  };
  /// One execution of a statement, or several in a row of the same.
  struct Execution {
    SyntaxNode statement;
    llvm::DenseMap<uint32_t, Visible> there; ///< by run
  };

  /// What is soft and given back later is a frame.
  void findFrames() {
    llvm::DenseMap<uint32_t, size_t> waiting;
    for (const auto &[at, event] : llvm::enumerate(evaluation_.log.events)) {
      if (event.kind == EventKind::Request && !event.isHard)
        waiting[event.run] = at;
      else if (auto found = waiting.find(event.run);
               event.kind == EventKind::Free && found != waiting.end()) {
        frames_.insert(found->second);
        frames_.insert(at);
        waiting.erase(found);
      }
    }
  }

  void take(const HeapEvent &event, bool isFrame) {
    if (event.phase == Phase::Load || event.kind == EventKind::Collect)
      return;
    addTopLevel(event);
    SyntaxNode statement = statementAt(event.site, event.callPath);
    if (isFrame) {
      if (statement && event.kind == EventKind::Request)
        result_.statements[placeOf(statement)].frames.insert(inBlocks(event.bytes, blockBytes_).hi);
      return;
    }
    if (!statement)
      return;
    Execution &execution = running_[codeOf(statement)];
    // The traceback of an exception grows in each function that it leaves: it is seen with what ran
    // last there, which no request tells. It may be the statement that made it.
    if (event.kind == EventKind::Resize && !event.isHard) {
      auto made = execution.there.find(event.run);
      if (made != execution.there.end())
        made->second.bytes = made->second.bytes.hull(event.bytes);
      return;
    }
    if (!(execution.statement == statement)) {
      finish(execution);
      execution.statement = statement;
      execution.there.clear();
    }
    follow(event, execution);
    addReason(event, execution);
  }

  static void follow(const HeapEvent &event, Execution &execution) {
    switch (event.kind) {
    case EventKind::Request:
    case EventKind::Resize:
      execution.there[event.run] = {event.bytes, isSureEarly(event)};
      return;
    case EventKind::Shrink:
      if (auto found = execution.there.find(event.run); found != execution.there.end())
        found->second.bytes = event.bytes;
      return;
    case EventKind::Free:
      execution.there.erase(event.run);
      return;
    case EventKind::Collect:
      return;
    }
  }

  /// A measured program may end before its second pass.
  static bool isSureEarly(const HeapEvent &event) {
    return !event.mayNotHappen && (event.phase == Phase::SetUp || event.pass <= 1);
  }

  void finish(const Execution &execution) {
    if (!execution.statement || execution.there.empty())
      return;
    Interval &largest = result_.statements[placeOf(execution.statement)].largest;
    for (const auto &[run, visible] : execution.there) {
      Interval blocks = inBlocks(visible.bytes, blockBytes_);
      largest = {visible.isSure ? std::max(largest.lo, blocks.lo) : largest.lo,
                 std::max(largest.hi, blocks.hi)};
    }
  }

  void addReason(const HeapEvent &event, const Execution &execution) {
    if (event.reason == 0 || event.bytes.hasHi())
      return;
    std::string &reason = result_.statements[placeOf(execution.statement)].reason;
    if (reason.empty())
      reason = evaluation_.log.reasons[event.reason];
  }

  template <class Estimate> static void addReason(Estimate &estimate, llvm::StringRef reason) {
    estimate.largest.hi = Interval::kNoHi;
    if (estimate.reason.empty())
      estimate.reason = reason;
  }

  void openEnd(const SiteCost &site) {
    if (SyntaxNode statement = statementAt(site.site, site.callPath))
      addReason(result_.statements[placeOf(statement)], site.reason);
    if (SyntaxNode statement = topLevelAt(site.site, site.callPath))
      addReason(result_.topLevel[placeOf(statement).first], site.reason);
  }

  void addTopLevel(const HeapEvent &event) {
    if (!event.isHard || (event.kind != EventKind::Request && event.kind != EventKind::Resize))
      return;
    SyntaxNode statement = topLevelAt(event.site, event.callPath);
    if (!statement)
      return;
    Interval &largest = result_.topLevel[placeOf(statement).first].largest;
    largest = {isSureEarly(event) ? std::max(largest.lo, event.bytes.lo) : largest.lo,
               std::max(largest.hi, event.bytes.hi)};
  }

  /// The statement of the entry that was running, as the probe sees it; null for none.
  SyntaxNode statementAt(SyntaxNode site, uint32_t path) {
    bool wasResumed = false;
    while (site) {
      SyntaxNode statement = measuredAround(site);
      // What delegates has passed on what resumed it.
      wasResumed = statement &&
                   (isResumed(statement, site) || (wasResumed && site.kind() == NodeKind::Yield));
      if (statement && !wasResumed)
        return statement;
      if (path == 0)
        return {};
      site = evaluation_.log.calls[path].call;
      path = evaluation_.log.calls[path].outer;
    }
    return {};
  }

  /// Whether a `yield` in the statement has returned when `site` is evaluated: the last point that
  /// was passed is that of what resumed it.
  bool isResumed(SyntaxNode statement, SyntaxNode site) {
    auto [found, isNew] = yields_.try_emplace(statement.ordinal());
    if (isNew)
      found->second = yieldsOf(statement);
    return llvm::any_of(found->second, [&](SyntaxNode yield) { return isAfter(site, yield); });
  }

  /// Null where the probe has no points.
  SyntaxNode measuredAround(SyntaxNode site) const {
    if (model_.fileOf(site) != 0)
      return {};
    SyntaxNode node = site, inner = site;
    while (node && !isMeasured(node)) {
      if (node.parent() && isDeferred(node, inner))
        return {};
      inner = std::exchange(node, node.parent());
    }
    return node && !withoutPoints_.contains(placeOf(node)) ? node : SyntaxNode();
  }

  SyntaxNode topLevelAt(SyntaxNode site, uint32_t path) const {
    for (; path != 0; path = evaluation_.log.calls[path].outer)
      if (SyntaxNode call = evaluation_.log.calls[path].call)
        site = call;
    if (!site || model_.fileOf(site) != 0)
      return {};
    while (SyntaxNode parent = site.parent())
      site = parent;
    return site;
  }

  const SemanticModel &model_;
  const Evaluation &evaluation_;
  const int64_t blockBytes_;
  const std::set<StatementPlace> withoutPoints_;
  llvm::DenseSet<size_t> frames_; ///< events, by index
  std::map<uint32_t, Execution> running_; ///< by the code that it is part of
  llvm::DenseMap<uint32_t, std::vector<SyntaxNode>> yields_; ///< by the statement's ordinal
  ProgramEstimate result_;
};

} // namespace

namespace {

/// What is not in the table asks for nothing, where all was evaluated.
template <class Table>
typename Table::mapped_type lookUp(const Table &table, typename Table::key_type key,
                                   const std::string &cutOff) {
  if (auto found = table.find(key); found != table.end())
    return found->second;
  typename Table::mapped_type nothing;
  if (!cutOff.empty()) {
    nothing.largest.hi = Interval::kNoHi;
    nothing.reason = cutOff;
  }
  return nothing;
}

} // namespace

StatementEstimate ProgramEstimate::of(StatementPlace place) const {
  return lookUp(statements, place, cutOff);
}

TopLevelEstimate ProgramEstimate::ofTopLevel(uint32_t line) const {
  return lookUp(topLevel, line, cutOff);
}

ProgramEstimate estimateStatements(const Module &program, const Evaluation &evaluation,
                                   uint32_t blockBytes,
                                   const std::vector<StatementPlace> &withoutPoints) {
  return Estimator(program, evaluation, blockBytes, withoutPoints).run();
}

} // namespace fraglint
