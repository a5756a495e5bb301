#include "semantic/gate_reader.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <algorithm>
#include <cmath>

namespace fraglint {

namespace {

/// `response.status_code == 200`, `response.ok`: how a request went.
bool asksForStatus(SyntaxNode test) {
  SyntaxNode asked = test.kind() == NodeKind::ComparisonOperator ? test.firstChild() : test;
  return asked && asked.kind() == NodeKind::Attribute &&
         llvm::is_contained({"status_code", "ok"}, asked.child(Field::Attribute).text());
}

} // namespace

PassFacts GateReader::factsOf(const Branch &branch) {
  const BasicBlock &block = graph_.block(pass_.blocks()[branch.block]);
  bool isTest = branch.kind == EdgeKind::True || branch.kind == EdgeKind::False;
  if (!isTest || block.elements.empty())
    return {PassKind::Event};
  SyntaxNode test = block.elements.back();
  if (test.kind() == NodeKind::CasePattern)
    return factsOfMatch(test, branch);
  if (test.kind() == NodeKind::IfClause)
    test = test.firstChild();
  return factsOfTest(test, branch.kind == EdgeKind::True, branch, 0);
}

// NOLINTBEGIN(misc-no-recursion): kMaxDepth bounds it.

PassFacts GateReader::factsOfTest(SyntaxNode test, bool holds, const Branch &branch,
                                  unsigned depth) {
  if (depth > kMaxDepth)
    return {PassKind::Event};
  switch (test.kind()) {
  case NodeKind::ParenthesizedExpression:
    return factsOfTest(test.firstChild(), holds, branch, depth + 1);
  case NodeKind::NotOperator:
    return factsOfTest(test.child(Field::Argument), !holds, branch, depth + 1);
  case NodeKind::BooleanOperator: {
    PassFacts left = factsOfTest(test.child(Field::Left), holds, branch, depth + 1);
    PassFacts right = factsOfTest(test.child(Field::Right), holds, branch, depth + 1);
    bool isAnd = test.child(Field::Operator).text() == "and";
    return isAnd == holds ? bothOf(left, right) : eitherOf(left, right);
  }
  default:
    if (std::optional<PassFacts> timer = timerOf(test, holds, branch))
      return *timer;
    if (asksForStatus(test))
      return {holdsOnSuccess(test) == holds ? PassKind::Mode : PassKind::Event};
    return {isMode(test, branch) ? PassKind::Mode : PassKind::Event};
  }
}

// NOLINTEND(misc-no-recursion)

/// A `case` is a mode where the subject is one.
PassFacts GateReader::factsOfMatch(SyntaxNode pattern, const Branch &branch) {
  SyntaxNode statement = pattern.enclosing(NodeKind::MatchStatement);
  for (SyntaxNode child : statement.children())
    if (child.field() == Field::Subject && !isMode(child, branch))
      return {PassKind::Event};
  return {PassKind::Mode};
}

// --- Modes -----------------------------------------------------------------------------------

namespace {

/// Whether evaluating a node of this kind does more than look at values.
bool runsCode(NodeKind kind) {
  switch (kind) {
  case NodeKind::Call:
  case NodeKind::Await:
  case NodeKind::Yield:
  case NodeKind::Lambda:
  case NodeKind::NamedExpression:
  case NodeKind::ListComprehension:
  case NodeKind::SetComprehension:
  case NodeKind::DictionaryComprehension:
  case NodeKind::GeneratorExpression:
    return true;
  default:
    return false;
  }
}

bool isUpperCase(llvm::StringRef name) { return name == name.upper(); }

} // namespace

/// Whether a test that asks for the status holds where the request went well, with 200, as most do.
bool GateReader::holdsOnSuccess(SyntaxNode test) const {
  SyntaxNode op = test.child(Field::Operators);
  if (test.kind() != NodeKind::ComparisonOperator || !op)
    return true;
  Interval value = model_.intervalOf(op.nextSibling());
  return llvm::StringSwitch<bool>(op.text())
      .Case("!=", value.lo > 200 || value.hi < 200)
      .Cases(">", ">=", value.lo <= 200)
      .Cases("<", "<=", value.hi > 200)
      .Case("==", value.lo <= 200 && value.hi >= 200)
      .Default(true);
}

bool GateReader::isMode(SyntaxNode test, const Branch &branch) {
  SyntaxNode end = test.firstAfter();
  for (SyntaxNode node = test; node && !(node == end);) {
    SyntaxNode next = node.next();
    switch (node.kind()) {
    case NodeKind::Attribute:
      if (model_.symbolOf(node) == kNoId && !isConstant(node))
        return false; // a device's attribute changes by itself
      if (!isModePlace(node, branch))
        return false;
      next = node.firstAfter();
      break;
    case NodeKind::Identifier:
      if (!isModePlace(node, branch))
        return false;
      break;
    case NodeKind::Subscript:
      for (const PlaceStore &change : stores_.changesWithin(node.child(Field::Value)))
        if (pass_.indexOf(change.block) != kNoId)
          return false;
      break;
    default:
      if (runsCode(node.kind()))
        return false;
    }
    node = next;
  }
  return true;
}

/// Whether whatever comes to the branch comes to `block`, too: nothing decides about that which
/// does not decide about the branch.
bool GateReader::runsWith(PassGraph::Index block, const Branch &branch) const {
  llvm::ArrayRef<Branch> around = pass_.decidersOf(branch.block);
  return llvm::all_of(pass_.decidersOf(block), [&](const Branch &decider) {
    return llvm::any_of(around, [&](const Branch &other) {
      return other.block == decider.block && other.target == decider.target;
    });
  });
}

/// Whether a name or attribute keeps its value while the branch is taken again and again.
bool GateReader::isModePlace(SyntaxNode place, const Branch &branch) {
  SymbolId symbol = model_.symbolOf(place);
  bool isProperty = place.kind() == NodeKind::Attribute && symbol != kNoId &&
                    llvm::any_of(model_.symbol(symbol).bindings, [&](BindingId binding) {
                      return model_.binding(binding).kind == BindingKind::Function;
                    });
  if (isProperty)
    return false;
  for (const PlaceStore &store : stores_.storesTo(place)) {
    PassGraph::Index index = pass_.indexOf(store.block);
    if (index == kNoId)
      continue;
    bool isEveryPass = store.isSure && runsWith(index, branch);
    bool endsMode = store.isSure && pass_.isAlwaysAfter(index, branch.target);
    if (isEveryPass || endsMode || sharesInnerLoop(store.block, branch))
      return false;
  }
  return true;
}

/// Whether an attribute is a constant as far as anybody knows: one of a module or class itself
/// (what `from x import y` brings may be a device), or spelt like one.
bool GateReader::isConstant(SyntaxNode attribute) const {
  SyntaxNode owner = attribute.child(Field::Object);
  if (owner.kind() != NodeKind::Identifier)
    return isUpperCase(attribute.child(Field::Attribute).text());
  SymbolId symbol = model_.symbolOf(owner);
  if (symbol == kNoId)
    return false;
  bool isSpeltSo = isUpperCase(attribute.child(Field::Attribute).text());
  return llvm::all_of(model_.symbol(symbol).bindings, [&](BindingId id) {
    const Binding &binding = model_.binding(id);
    if (binding.kind == BindingKind::Import)
      return isSpeltSo || !llvm::StringRef(binding.importedName).contains('.');
    return binding.kind == BindingKind::Class;
  });
}

/// Whether `block` lies in a loop inside this one that the branch lies in as well: what is
/// stored there changes while one pass of this loop runs.
bool GateReader::sharesInnerLoop(BlockId block, const Branch &branch) const {
  LoopId outermost = graph_.block(pass_.blocks().front()).loop;
  LoopId inner = graph_.block(block).loop;
  return inner != outermost &&
         graph_.isWithin(graph_.block(pass_.blocks()[branch.block]).loop, inner);
}

// --- Timers ----------------------------------------------------------------------------------

/// What `place` was surely set to, on this pass, before the branch; null where it was not.
SyntaxNode GateReader::valueBefore(SyntaxNode place, const Branch &branch) {
  SyntaxNode value;
  PassGraph::Index latest = 0;
  for (const PlaceStore &store : stores_.storesTo(place)) {
    PassGraph::Index index = pass_.indexOf(store.block);
    if (index == kNoId || index > branch.block || index < latest || store.adds ||
        !runsWith(index, branch))
      continue;
    latest = index;
    value = store.value;
  }
  return value;
}

std::optional<PassFacts> GateReader::timerOf(SyntaxNode test, bool holds, const Branch &branch) {
  auto expand = [&](SyntaxNode place) { return valueBefore(place, branch); };
  ClockReader reader(model_, expand);
  std::optional<ClockForm> form = reader.excessOf(test);
  if (!form)
    return std::nullopt;
  if (!holds)
    form->scale(-1);
  if (form->clock <= 0)
    return std::nullopt; // true at first, false later
  for (const ClockForm::Term &term : form->terms)
    if (term.factor < 0)
      if (std::optional<PassFacts> timer = timerOn(*form, term, reader, branch))
        return timer;
  return std::nullopt;
}

/// The timer whose stored time is `term`, if the branch advances that.
std::optional<PassFacts> GateReader::timerOn(const ClockForm &form, const ClockForm::Term &term,
                                             ClockReader &reader, const Branch &branch) {
  std::optional<PassFacts> timer;
  for (const PlaceStore &store : stores_.storesTo(term.place)) {
    PassGraph::Index index = pass_.indexOf(store.block);
    if (index == kNoId || !pass_.isDecidedBy(index, branch))
      continue;
    bool isSure = store.isSure && pass_.isAlwaysAfter(index, branch.target);
    double period = isSure ? periodOf(form, term, store, reader) : 0;
    if (!timer)
      timer = {PassKind::Timer, period};
    timer->periodSeconds = std::max(timer->periodSeconds, period);
  }
  return timer;
}

/// Seconds from one taking of the branch to the next: the test is `c*clock + f*place + k > 0`,
/// and the branch sets `place` to `v*clock + w` or adds `w` to it.
double GateReader::periodOf(ClockForm form, const ClockForm::Term &term, const PlaceStore &store,
                            ClockReader &reader) const {
  std::optional<ClockForm> stored = reader.sumOf(store.value);
  if (!stored)
    return 0;
  double clockFactor = form.clock;
  auto isPlace = [&](const ClockForm::Term &it) { return it.place.text() == term.place.text(); };
  bool stepsOn = store.adds || (stored->clock == 0 && llvm::any_of(stored->terms, isPlace));
  if (stepsOn) {
    form.constant = 0;
    form.terms = {term};
    llvm::erase_if(stored->terms, isPlace);
  }
  form.add(*stored, term.factor);
  bool isElapsedTime = stepsOn || std::abs(form.clock) < 1e-6;
  if (!isElapsedTime)
    return 0;
  for (const ClockForm::Term &other : form.terms) {
    if (isPlace(other))
      continue;
    Interval value = model_.intervalOf(other.place);
    if (other.factor > 0 || !value.hasLo())
      return 0;
    form.constant += other.factor * static_cast<double>(value.lo);
  }
  return std::max(0.0, -form.constant / clockFactor * form.secondsPerTick);
}

} // namespace fraglint
