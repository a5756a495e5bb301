/// FRG102: something large that stays is made while much garbage waits.

#include "heap/garbage_before.h"
#include "lint/rule.h"
#include "lint/rule_context.h"
#include "semantic/repetition.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint::rules {

namespace {

std::string garbageText(const ToldGarbage &garbage, const Target &target) {
  if (garbage.bytes.bytes.lo < target.largeBytes())
    return "garbage waits to be collected, of a size not known here but large in practice";
  if (garbage.isSeen)
    return garbage.bytes.text() + " of garbage wait to be collected";
  return withThousands(garbage.bytes.bytes.lo) +
         " bytes of garbage or more can wait to be collected";
}

std::string messageFor(const AllocationSite &site, ByteFigure run, const Garbage &waiting,
                       const ToldGarbage &garbage, const RuleContext &context) {
  std::string message = site.what;
  if (run.bytes.lo >= context.target().largeBytes())
    message += ", " + run.text() + " in one run,";
  else
    message += ", of a size not known here but large in practice,";
  const AllocationSite &most = *waiting.sites.front();
  return message + " is made and stays while " + garbageText(garbage, context.target()) +
         (garbage.isMostly ? ", mostly" : ", some of it") + " from " +
         (&most == &site ? "what was made here before" : most.what) + ": " +
         context.whyRoomIsTaken() +
         "; placed elsewhere, it may split the free space. Call `gc.collect()` before it";
}

/// The most bytes that the evaluation saw waiting, of what the static model counts: what the site
/// made before only where it does.
int64_t mostWaiting(const SiteFigures &seen, const AllocationSite &site, const Garbage &waiting) {
  if (!llvm::is_contained(waiting.sites, &site))
    return seen.waitingOfOthers;
  return seen.waiting ? seen.waiting->bytes.hi : Interval::kNoHi;
}

void check(const AllocationSite &site, RuleContext &context) {
  const HeapModel &heap = context.heap();
  Garbage waiting = garbageBefore(site, heap);
  if (waiting.sites.empty())
    return;
  int64_t large = context.target().largeBytes();
  const ProgramHeap &program = context.program();
  std::optional<SiteFigures> seen = program.at(site);
  if (seen && (program.isSmall(site) || mostWaiting(*seen, site, waiting) < large))
    return;
  ByteFigure run = program.contiguous(site);
  ToldGarbage garbage = toldGarbage(seen ? seen->waiting : std::nullopt, waiting);
  Diagnostic &finding = context.report(site.node, messageFor(site, run, waiting, garbage, context));
  bool isKnown = run.bytes.lo >= large && waiting.bytes.lo >= large;
  LoopId loop = heap.endlessLoopAround(site.node);
  bool mayCollect = loop != kNoId && heap.mayCollectIn(site.function, loop);
  bool isOfEventsOnly = !repetitionOf(context.module(), site.node, ForLoops::DoNotCount);
  if (mayCollect || isOfEventsOnly || heap.setsThreshold() ||
      (!isKnown && context.target().hasPsram()))
    finding.severity = Severity::Note;
  finding.cost = run;
  for (const AllocationSite *other : waiting.sites)
    finding.notes.push_back(context.note(other->node, "this is garbage by then"));
  if (auto edits = context.collectBefore(site.node.statement()); !edits.empty())
    finding.fix = Fix{"Collect before it", Applicability::Safe, std::move(edits)};
}

} // namespace

extern const Rule large_allocation_without_collect;
const Rule large_allocation_without_collect = {
    .name = "large-allocation-without-collect",
    .code = "FRG102",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "Something large that stays is made while much garbage waits to be collected",
    .rationale =
        R"(Where an allocation settles depends on what is free at that moment, and nothing is moved
afterwards to close gaps. A large object that stays cannot use the room of garbage: it is placed
where else there is room, and when the garbage is collected at last, the free space may lie on both
sides of it. A `gc.collect()` before the allocation lets it take the lowest room. (Running out of memory starts a
collection by itself: that places this allocation as well as an explicit collect would, but not
what was placed before it.)

Flagged: in a loop that never ends, or in what it calls, an allocation that is large on the
target and outlives the pass, while garbage of as much waits and no collection is sure to run
in between. What was taken out of a Group, or was in a Group that the display no longer shows, is
garbage too. Of several in a row, before which one collection is enough, the first.

Silent: the program's first large allocations; garbage that is collected nearby, in the caller
too; old values that are still bound, which are FRG105's; what one call leaves behind, which is
FRG202's; what each pass, or each event a decoder, makes without need, which is FRG104's; streaming
forms like `json.load(stream)`; a MemoryError that is provided for; where the program, evaluated for
the board, is seen to leave less. A note where the loop
collects on some other path, where the program sets a `gc.threshold()`, which may collect first, and
for what answers events.)",
    .bad = R"(import board
import json

pages = []

while True:
    with open("state.json") as source:
        print(board.board_id, json.loads(source.read())["mode"])
    pages.append(bytearray(4096))
    pages.pop(0)
)",
    .good = R"(import board
import gc
import json

pages = []

while True:
    with open("state.json") as source:
        print(board.board_id, json.loads(source.read())["mode"])
    gc.collect()
    pages.append(bytearray(4096))
    pages.pop(0)
)",
    .references = {},
    .fix = FixAvailability::Safe,
    .check = check,
};

} // namespace fraglint::rules
