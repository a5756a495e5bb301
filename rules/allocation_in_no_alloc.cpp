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
void addSeen(SyntaxNode statement, const RequestLog &log, AskedByPlace &all) {
  auto isInside = [&](SyntaxNode node) { return isWithin(statement, node); };
  for (const HeapEvent &event : log.events) {
    bool isTaken = event.kind == EventKind::Request || event.kind == EventKind::Resize;
    if (!isTaken || !event.isHard)
      continue;
    SyntaxNode place = innermostOnPath(log, event.callPath, event.site, isInside);
    if (place)
      keep(all, {place, event.site, ByteFigure::of(event.bytes), log.reasons[event.reason]});
  }
}

/// Whether the evaluator came to the function: what it did not see there is not asked for.
bool isEvaluated(FunctionId function, const RuleContext &context) {
  const SemanticModel &model = context.module().model();
  if (model.isModuleBody(function))
    return true;
  const Evaluation &evaluation = context.program().evaluation();
  SyntaxNode definition = model.function(function).node;
  return evaluation.entered.contains(definition.ordinal()) ||
         llvm::any_of(evaluation.otherCalls.calls,
                      [&](const CallPathEntry &call) { return call.function == definition; });
}

/// The function that is said to ask for nothing, or that has the loop.
FunctionId functionOf(SyntaxNode statement, const SemanticModel &model) {
  bool isFunction = statement.kind() == NodeKind::FunctionDefinition;
  return isFunction ? model.functionDefinedBy(statement) : model.functionOf(statement);
}

/// What the code shows where the evaluator did not come: in the function itself, and in those that
/// it calls. `place` is where the statement's own code goes there.
class UnseenCode {
public:
  UnseenCode(SyntaxNode statement, const RuleContext &context, AskedByPlace &all)
      : statement_(statement), context_(context), model_(context.module().model()), all_(all) {}

  void add() {
    FunctionId own = functionOf(statement_, model_);
    addSites(own, {});
    for (const CallEdge &edge : model_.callEdges())
      if (edge.caller == own && isWithin(statement_, edge.call))
        follow(edge.callee, edge.call);
  }

private:
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
    if (isEvaluated(function, context_) || model_.function(function).isOpaque)
      return;
    for (const AllocationSite &site : context_.heap().allocationSites()) {
      if (site.function != function || (!place && !isWithin(statement_, site.node)))
        continue;
      ByteFigure bytes = site.cost.contiguous();
      if (bytes.bytes.lo > 0)
        keep(all_, {place ? place : site.node, site.node, bytes, ""});
    }
  }

  SyntaxNode statement_;
  const RuleContext &context_;
  const SemanticModel &model_;
  AskedByPlace &all_;
};

/// What stands for the whole statement: a name, a condition, or the names that a `for` binds.
SyntaxNode headOf(SyntaxNode statement) {
  for (Field field : {Field::Name, Field::Condition, Field::Left})
    if (SyntaxNode head = statement.child(field))
      return head;
  return statement;
}

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
    const Evaluation &evaluation = context.program().evaluation();
    addSeen(contract.statement, evaluation.log, all);
    if (all.empty())
      addSeen(contract.statement, evaluation.otherCalls, all);
    UnseenCode(contract.statement, context, all).add();
    for (const auto &[ordinal, asked] : all)
      report(contract, asked, context);
    if (all.empty() &&
        !isEvaluated(functionOf(contract.statement, context.module().model()), context))
      context
          .report(headOf(contract.statement),
                  nameOf(contract.statement) +
                      " was not evaluated, since nothing that was followed calls it: whether it "
                      "asks for memory, as `no-alloc` says that it does not, is not known")
          .severity = Severity::Note;
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
        R"(A hard interrupt handler (`hard=True`, where the port has it) runs with the heap locked: any
request raises MemoryError. Soft ones may allocate, but can start a collection, which takes
milliseconds; loops that play sound or watch a pulse should not wait for one either.
`# fraglint: no-alloc` behind a `def`, a `for` or a `while`, or above it, says that nothing in it
asks for memory.

Flagged: each place in it that asks for memory, itself or through what it calls, as the evaluation
of `fraglint heap` charges it. A function that only the hardware or another program calls is
evaluated with whatever it may be given. As notes: places of which it is not known, and functions
that the evaluation did not come to. The sequence that a `for` goes over is made before its first pass and may
take memory.

Silent: frames of functions, which are taken from the stack where the heap has no room.)",
    .bad = R"(from machine import Pin

times = []


def on_pulse(pin):  # fraglint: no-alloc
    times.append(bytearray(4))


Pin(4, Pin.IN).irq(on_pulse, hard=True)
)",
    .good = R"(from machine import Pin

times = bytearray(4)


def on_pulse(pin):  # fraglint: no-alloc
    times[0] = 1


Pin(4, Pin.IN).irq(on_pulse, hard=True)
)",
    .references = {},
    .fix = FixAvailability::None,
    .check = check,
};

} // namespace fraglint::rules
