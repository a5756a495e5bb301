/// FRG902: more is in use at once, or left by a pass, than the user allows or the heap has.

#include "evaluator/evaluation.h"
#include "evaluator/exhaustion.h"
#include "lint/rule.h"
#include "lint/rule_context.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint::rules {

namespace {

/// What is in use is known as near as this part of it.
constexpr int64_t kTrust = 32;

/// Whether the code shows so much that it may not fit: else nobody needs to look.
bool mayBeTooMuch(const HeapModel &heap) {
  int64_t room = heap.target().mostHeap();
  Interval kept = Interval::exactly(0);
  for (const AllocationSite &site : heap.allocationSites())
    kept = kept + site.cost.retained;
  return room != Interval::kNoHi && kept.lo > room / 2;
}

/// Whether one request alone is too much, which is FRG901's to say.
bool failsByItself(const Evaluation &evaluation, int64_t room) {
  return evaluation.headline().figure.bytes.lo > room;
}

/// In the entry, since it is the whole program's.
void checkLive(const BoundedFile &bounded, RuleContext &context) {
  const Evaluation &evaluation = context.program().evaluation();
  const SemanticModel &model = context.module().model();
  const Peak &peak = evaluation.live;
  int64_t live = peak.figure.bytes.lo;
  int64_t room = bounded.isBoardKnown ? context.target().mostHeap() : Interval::kNoHi;
  std::optional<int64_t> allowed = bounded.budgets.file.maxLive;
  bool isOverHeap = live - live / kTrust > room && !failsByItself(evaluation, room) &&
                    !mayCatchExhaustion(evaluation.log, peak.site, peak.callPath);
  if (!isOverHeap && (!allowed || live <= *allowed))
    return;
  auto isHere = [&](SyntaxNode node) { return model.fileOf(node) == bounded.file; };
  SyntaxNode place = innermostOnPath(evaluation.log, peak.callPath, peak.site, isHere);
  if (!place)
    return;
  std::string limit = isOverHeap
                          ? "no " + context.target().name.str() + " has a heap of more than " +
                                withThousands(room) + ": it will fail with MemoryError"
                          : "`max-live` allows " + withThousands(*allowed);
  Diagnostic &finding =
      context.report(place, "while this runs, " + peak.figure.text() + " are in use at once, and " +
                                limit + "; drop what is not needed any more before it");
  finding.cost = peak.figure;
  if (!(place == peak.site))
    finding.notes.push_back(RuleContext::note(peak.site, "the last of it is asked for here"));
}

void checkGarbage(const BoundedFile &bounded, RuleContext &context) {
  int64_t allowed = *bounded.budgets.file.maxGarbagePerPass;
  for (const Loop &loop : context.heap().loops()) {
    if (context.module().model().fileOf(loop.node) != bounded.file)
      continue;
    std::optional<GarbageFigures> pass = context.program().perPass(loop);
    if (!pass || pass->garbage.bytes.lo <= allowed)
      continue;
    context
        .report(loop.node.firstChild(), "each pass of this loop leaves " + pass->garbage.text() +
                                            " of garbage, and `max-garbage-per-pass` allows " +
                                            withThousands(allowed))
        .cost = pass->garbage;
  }
}

void check(const BoundedFile &bounded, RuleContext &context) {
  if (bounded.file == 0 && (bounded.budgets.file.maxLive || mayBeTooMuch(context.heap())))
    checkLive(bounded, context);
  if (bounded.budgets.file.maxGarbagePerPass)
    checkGarbage(bounded, context);
}

} // namespace

extern const Rule heap_budget_exceeded;
const Rule heap_budget_exceeded = {
    .name = "heap-budget-exceeded",
    .code = "FRG902",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "More is in use at once, or left by a pass, than the budget or the heap has",
    .rationale =
        R"(What a program holds at once must fit the heap, with room for holes; and garbage that each pass
leaves is what holes are made of. Both can be held by CI:

    [budgets]
    max-live = 60000
    max-garbage-per-pass = 2048
    "code.py" = { max-live = 40000 }

Flagged: a program that surely has more in use at once than that, at the line where it has the
most, and an endless loop whose passes surely leave more. Without any budget, a program that holds
more than any board of the name has, as FRG901 reckons it. The figures are those of `fraglint heap`; of several
budgets the least counts.

Silent: what may be more but need not be, and targets that stand for many boards.)",
    .bad = R"(import microbit

low = bytearray(4000)
high = bytearray(4000)
peaks = bytearray(4000)
microbit.uart.readinto(low)
microbit.uart.readinto(high)
microbit.uart.readinto(peaks)
)",
    .good = R"(import microbit

low = bytearray(400)
high = bytearray(400)
peaks = bytearray(400)
microbit.uart.readinto(low)
microbit.uart.readinto(high)
microbit.uart.readinto(peaks)
)",
    .references = {},
    .fix = FixAvailability::None,
    .check = check,
};

} // namespace fraglint::rules
