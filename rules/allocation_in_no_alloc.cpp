/// FRG903: something that is said to allocate nothing does.

#include "evaluator/evaluation.h"
#include "lint/rule.h"
#include "lint/rule_context.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace fraglint::rules {

namespace {

/// What is asked for at one place of the function or loop, directly or through calls.
struct Asked {
  SyntaxNode place;
  SyntaxNode site; ///< where the request is made
  ByteFigure bytes;
  std::string reason; ///< why it is not known; empty where it is
};

using AskedByPlace = std::map<uint32_t, Asked>;

/// Keeps the one that says most.
void keep(AskedByPlace &all, Asked asked) {
  auto [known, isNew] = all.try_emplace(asked.place.ordinal(), asked);
  if (!isNew && asked.bytes.bytes.lo > known->second.bytes.bytes.lo)
    known->second = std::move(asked);
}

/// The part that is to ask for nothing: of a function its body, since making the function itself is
/// another matter; of a `for` not its sequence, which is made once.
bool isWithin(SyntaxNode statement, SyntaxNode node) {
  if (statement.kind() == NodeKind::FunctionDefinition)
    return statement.child(Field::Body).contains(node);
  return statement.contains(node) && !statement.child(Field::Right).contains(node);
}

/// What the evaluator saw there.
void addSeen(SyntaxNode statement, const Evaluation &evaluation, AskedByPlace &all) {
  auto isInside = [&](SyntaxNode node) { return isWithin(statement, node); };
  for (const HeapEvent &event : evaluation.log.events) {
    bool isTaken = event.kind == EventKind::Request || event.kind == EventKind::Resize;
    if (!isTaken || !event.isHard)
      continue;
    SyntaxNode place = innermostOnPath(evaluation.log, event.callPath, event.site, isInside);
    if (place)
      keep(all,
           {place, event.site, ByteFigure::of(event.bytes), evaluation.log.reasons[event.reason]});
  }
}

/// What the code shows where the evaluator did not come: in the function itself, and in those that
/// it calls. `place` is where the statement's own code goes there.
class UnseenCode {
public:
  UnseenCode(SyntaxNode statement, const RuleContext &context, AskedByPlace &all)
      : statement_(statement), heap_(context.heap()), model_(context.module().model()),
        evaluation_(context.program().evaluation()), all_(all) {}

  void add() {
    bool isFunction = statement_.kind() == NodeKind::FunctionDefinition;
    FunctionId own =
        isFunction ? model_.functionDefinedBy(statement_) : model_.functionOf(statement_);
    addSites(own, {});
    for (const CallEdge &edge : model_.callEdges())
      if (edge.caller == own && isWithin(statement_, edge.call))
        follow(edge.callee, edge.call);
  }

private:
  bool isSeen(FunctionId function) const {
    return model_.isModuleBody(function) ||
           evaluation_.entered.contains(model_.function(function).node.ordinal());
  }

  void follow(FunctionId first, SyntaxNode place) {
    std::vector<FunctionId> waiting = {first};
    for (size_t next = 0; next < waiting.size(); ++next) {
      addSites(waiting[next], place);
      for (const CallEdge &edge : model_.callEdges())
        if (edge.caller == waiting[next] && !llvm::is_contained(waiting, edge.callee))
          waiting.push_back(edge.callee);
    }
  }

  /// `place`: null for the sites of the statement itself.
  void addSites(FunctionId function, SyntaxNode place) {
    if (isSeen(function) || model_.function(function).isOpaque)
      return;
    for (const AllocationSite &site : heap_.allocationSites()) {
      if (site.function != function || (!place && !isWithin(statement_, site.node)))
        continue;
      ByteFigure bytes = site.cost.contiguous();
      if (bytes.bytes.lo > 0)
        keep(all_, {place ? place : site.node, site.node, bytes, ""});
    }
  }

  SyntaxNode statement_;
  const HeapModel &heap_;
  const SemanticModel &model_;
  const Evaluation &evaluation_;
  AskedByPlace &all_;
};

std::string nameOf(SyntaxNode statement) {
  if (statement.kind() == NodeKind::FunctionDefinition)
    return "`" + statement.child(Field::Name).text().str() + "`";
  return "this loop";
}

void report(const Contract &contract, const Asked &asked, RuleContext &context) {
  bool isCertain = asked.bytes.bytes.lo > 0 && asked.reason.empty();
  std::string what = isCertain ? "this asks for " + asked.bytes.text()
                     : asked.reason.empty()
                         ? "this may ask for memory (" + asked.bytes.text() + ")"
                         : "whether this asks for memory is not known (" + asked.reason + ")";
  Diagnostic &finding = context.report(asked.place, what + ", and " + nameOf(contract.statement) +
                                                        " is to ask for none (`no-alloc`)");
  if (!isCertain)
    finding.severity = Severity::Note;
  finding.cost = asked.bytes;
  if (asked.site && !(asked.site == asked.place))
    finding.notes.push_back(RuleContext::note(asked.site, "it is asked for here"));
}

void check(const BoundedFile &bounded, RuleContext &context) {
  for (const Contract &contract : context.module().contracts().all()) {
    if (contract.kind != ContractKind::NoAlloc ||
        context.module().model().fileOf(contract.statement) != bounded.file)
      continue;
    AskedByPlace all;
    addSeen(contract.statement, context.program().evaluation(), all);
    UnseenCode(contract.statement, context, all).add();
    for (const auto &[ordinal, asked] : all)
      report(contract, asked, context);
  }
}

} // namespace

extern const Rule allocation_in_no_alloc;
const Rule allocation_in_no_alloc = {
    .name = "allocation-in-no-alloc",
    .code = "FRG903",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "A function or loop that is said to allocate nothing asks for memory",
    .rationale =
        R"(Interrupt handlers must not ask for memory at all, and loops that play sound or watch a pulse
should not: a collection in between takes milliseconds. `# fraglint: no-alloc` behind a `def`, a
`for` or a `while`, or above it, says that nothing in it does.

Flagged: each place in it that asks for memory, itself or through what it calls, as the evaluation
of `fraglint heap` charges it; where that does not come, what the code shows. As notes: places of
which it is not known. The sequence that a `for` goes over is made before its first pass and may
take memory.

Silent: frames of functions, which are taken from the stack where the heap has no room.)",
    .bad = R"(from machine import Pin

times = []


def on_pulse(pin):  # fraglint: no-alloc
    times.append(bytearray(4))


Pin(4, Pin.IN).irq(on_pulse)
)",
    .good = R"(from machine import Pin

times = bytearray(4)


def on_pulse(pin):  # fraglint: no-alloc
    times[0] = 1


Pin(4, Pin.IN).irq(on_pulse)
)",
    .references = {},
    .fix = FixAvailability::None,
    .check = check,
};

} // namespace fraglint::rules
