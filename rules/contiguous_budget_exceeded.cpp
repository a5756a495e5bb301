/// FRG901: a request is larger than the user allows, or than the whole heap.

#include "evaluator/evaluation.h"
#include "evaluator/exhaustion.h"
#include "lint/rule.h"
#include "lint/rule_context.h"
#include "syntax/comment_cover.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace fraglint::rules {

namespace {

/// What a request may have at most, and why.
struct Limit {
  int64_t bytes = Interval::kNoHi;
  std::string reason;
};

/// One place's largest sure request beyond its limit.
struct Excess {
  SyntaxNode site;
  Interval bytes = Interval::exactly(0);
  uint32_t callPath = 0;
  Limit limit;
};

/// Whether the code shows something that may not fit at all: else nobody needs to look.
bool mayBeTooLarge(const HeapModel &heap) {
  return llvm::any_of(heap.allocationSites(), [&](const AllocationSite &site) {
    return site.cost.contiguous().bytes.lo > heap.target().mostHeap();
  });
}

class ExcessFinder {
public:
  ExcessFinder(const BoundedFile &bounded, const RuleContext &context)
      : bounded_(bounded), model_(context.module().model()), target_(context.target()),
        evaluation_(context.program().evaluation()) {}

  /// By place.
  std::map<uint32_t, Excess> find() {
    std::map<uint32_t, Excess> found;
    for (const HeapEvent &event : evaluation_.log.events) {
      bool isTaken = event.kind == EventKind::Request || event.kind == EventKind::Resize;
      if (!isTaken || !event.isHard || event.mayNotHappen || !event.site)
        continue;
      // A library's code is not shown: its call is.
      SyntaxNode place =
          innermostOnPath(evaluation_.log, event.callPath, event.site,
                          [&](SyntaxNode node) { return model_.fileOf(node) != kNoId; });
      if (!place || model_.fileOf(place) != bounded_.file)
        continue;
      Limit limit = limitOf(event);
      if (event.bytes.lo <= limit.bytes)
        continue;
      Excess &excess = found[place.ordinal()];
      if (event.bytes.lo > excess.bytes.lo)
        excess = {place, event.bytes, event.callPath, std::move(limit)};
    }
    return found;
  }

  /// The least that applies to a request of the file; what the program does about running out of
  /// memory is its own affair.
  Limit limitOfFile(bool isCaught = false) const {
    int64_t heap = isCaught || !bounded_.isBoardKnown ? Interval::kNoHi : target_.mostHeap();
    int64_t allowed = bounded_.budgets.file.maxContiguous.value_or(Interval::kNoHi);
    if (heap < allowed)
      return {heap, "no " + target_.name.str() + " has a heap of more than " + withThousands(heap) +
                        ": it will fail with MemoryError"};
    return {allowed, "`max-contiguous` allows " + withThousands(allowed)};
  }

private:
  Limit limitOf(const HeapEvent &event) const {
    bool isCaught = event.bytes.lo > target_.mostHeap() &&
                    mayCatchExhaustion(evaluation_.log, event.site, event.callPath);
    Limit limit = limitOfFile(isCaught);
    for (const FunctionBudget &budget : bounded_.budgets.functions) {
      auto isIn = [&](SyntaxNode node) {
        return model_.fileOf(node) != kNoId && budget.isOf(model_, model_.functionOf(node));
      };
      if (budget.maxContiguous < limit.bytes &&
          innermostOnPath(evaluation_.log, event.callPath, event.site, isIn))
        limit = {budget.maxContiguous, "`max-contiguous` of `" + budget.name + "()` allows " +
                                           withThousands(budget.maxContiguous)};
    }
    return limit;
  }

  const BoundedFile &bounded_;
  const SemanticModel &model_;
  const Target &target_;
  const Evaluation &evaluation_;
};

void check(const BoundedFile &bounded, RuleContext &context) {
  bool isLimited = bounded.budgets.file.maxContiguous || !bounded.budgets.functions.empty();
  if (!isLimited && !(bounded.isBoardKnown && mayBeTooLarge(context.heap())))
    return;
  const Evaluation &evaluation = context.program().evaluation();
  ExcessFinder finder(bounded, context);
  Limit limit = finder.limitOfFile();
  const ByteFigure &load = evaluation.load.figure;
  const SyntaxTree &tree = context.module().tree();
  if (bounded.file == 0 && tree.statementCount() > 0 && load.bytes.lo > limit.bytes)
    context
        .report(headerRange(tree.statement(0)), "to compile this file a run of " + load.text() +
                                                    " is asked for, and " + limit.reason)
        .cost = load;
  for (const auto &[ordinal, excess] : finder.find()) {
    ByteFigure bytes = ByteFigure::of(excess.bytes);
    Diagnostic &finding = context.report(
        excess.site, "this asks for " + bytes.text() + " in one run, and " + excess.limit.reason);
    finding.cost = bytes;
    for (SyntaxNode call : callsOnPath(evaluation.log, excess.callPath)) {
      if (call == excess.site)
        break; // what follows is a library's
      finding.notes.push_back(RuleContext::note(call, "the way there goes through this"));
    }
  }
}

} // namespace

extern const Rule contiguous_budget_exceeded;
const Rule contiguous_budget_exceeded = {
    .name = "contiguous-budget-exceeded",
    .code = "FRG901",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "A request asks for more in one run than the budget, or the whole heap, has",
    .rationale =
        R"text(A heap that is half free may still have no run of a kilobyte. What CI can hold is the largest run
that the program asks for: set it in the configuration, for all files, for some, or for what a
function asks for, itself or through what it calls.

    [budgets]
    max-contiguous = 8192
    "drivers/**" = { max-contiguous = 1024 }
    "draw()" = { max-contiguous = 512 }

Flagged: each place that surely asks for more than that, by the evaluation of `fraglint heap`; of
several budgets the least counts. Without any budget, a request that is larger than the heap of
any board of that name, if the board is known: `--target`, `boot_out.txt` or a library of one board
says it.

Silent: what may be larger but need not be (`fraglint heap` lists it), targets that stand for many
boards, and external RAM that some boards of a name have, others not. What is no measurement of this
very firmware may be a quarter more. A request beyond the whole heap is no finding where a handler
may catch MemoryError.)text",
    .bad = R"(import microbit

samples = bytearray(12000)
microbit.uart.readinto(samples)
)",
    .good = R"(import microbit

samples = bytearray(1200)
microbit.uart.readinto(samples)
)",
    .references = {},
    .fix = FixAvailability::None,
    .check = check,
};

} // namespace fraglint::rules
