/// FRG203: an endless loop makes garbage, then objects that live on, and never collects.

#include "lint/rule.h"
#include "lint/rule_context.h"
#include "semantic/repetition.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint::rules {

namespace {

/// Garbage per pass counts from this part of what is large on the target.
constexpr int64_t kPartOfLarge = 2;

/// What becomes of what lives on.
constexpr char kSpread[] =
    ": it cannot use the room of the garbage. No pass collects, and by the time that a request "
    "finds "
    "no room and starts a collection, what lives on is spread over all that the heap has so far. ";

/// Whether passes come to the site in answer to events only: that is no stream of garbage.
bool isOfEventsOnly(const AllocationSite &site, const RuleContext &context) {
  return !repetitionOf(context.module(), site.node, ForLoops::DoNotCount);
}

std::string garbageText(const ToldGarbage &garbage, int64_t least) {
  if (garbage.bytes.bytes.lo < least)
    return "makes garbage whose size is not known here but large in practice";
  if (garbage.isSeen)
    return "makes " + garbage.bytes.text() + " of garbage";
  return "can make " + withThousands(garbage.bytes.bytes.lo) + " bytes of garbage or more";
}

std::string messageFor(const Garbage &garbage, const ToldGarbage &told,
                       const SettledObject &settled, int64_t least, const RuleContext &context) {
  std::string message = "a pass of this loop " + garbageText(told, least) +
                        (told.isMostly ? ", mostly" : ", some of it") + " from " +
                        garbage.sites.front()->what;
  if (garbage.sites.front() == settled.site)
    return message + ", and what takes its place lives on" + kSpread +
           "Call `gc.collect()` once a pass";
  return message + ", and then " + settled.site->what + " in " +
         context.lineOf(settled.site->node) + ", which lives on" + kSpread +
         "Call `gc.collect()` between the two, or before the end of the pass";
}

void check(const Loop &loop, RuleContext &context) {
  const HeapModel &heap = context.heap();
  const FunctionFlow &flow = context.module().flow(loop.function);
  if (flow.loops.kind(loop.id) != LoopKind::Endless || heap.mayCollectIn(loop.function, loop.id) ||
      heap.setsThreshold())
    return;
  int64_t least = context.target().largeBytes() / kPartOfLarge;
  Garbage garbage = heap.garbagePerPass(loop);
  // A buffer made anew on every pass is best made once: FRG103 says so.
  if (!garbage.isAtLeast(least) || garbage.sites.empty() ||
      garbage.sites.front()->kind == AllocationKind::Buffer)
    return;
  SettledObject settled = heap.settledAfterGarbage(loop, least);
  if (settled.site == nullptr || isOfEventsOnly(*garbage.sites.front(), context))
    return;
  if (context.program().isUnreached(*garbage.sites.front()))
    return;
  std::optional<GarbageFigures> seen = context.program().perPass(loop);
  if (seen && seen->garbage.bytes.hi < least)
    return;
  ToldGarbage told = toldGarbage(seen ? std::optional(seen->garbage) : std::nullopt, garbage);
  Diagnostic &finding =
      context.report(loop.node.firstChild(), messageFor(garbage, told, settled, least, context));
  finding.cost = told.bytes;
  for (const AllocationSite *site : garbage.sites)
    finding.notes.push_back(context.note(site->node, "this becomes garbage"));
  finding.notes.push_back(context.note(settled.site->node, "this lives on"));
}

} // namespace

extern const Rule loop_without_collect;
const Rule loop_without_collect = {
    .name = "loop-without-collect",
    .code = "FRG203",
    .severity = Severity::Note,
    .since = "0.1.0",
    .summary = "An endless loop makes garbage, then objects that live on, and never collects",
    .rationale =
        R"(Objects that live on are best placed low, where earlier ones lie. When each pass of a loop makes
them behind its garbage, they are spread over all areas that the heap has so far by the time that a
request finds no room and a collection runs by itself (a heap that grows collects before it grows),
and what is free between them are pieces. A `gc.collect()` between garbage and
what lives on, once a pass, keeps them together.

Flagged: a loop that never ends and never collects, each pass of which makes garbage (half of
what is large on the target, or whole documents) and after it something that outlives the
pass: it is put into a container, replaces an older object, or is what a label draws of another
text, in the place of what it drew before.

Silent: programs that set a `gc.threshold()`; loops that collect anywhere, also under a condition,
by a counter or a `mem_free()` test, or in what they call; loops that only make garbage, or are seen to make less of it when the
program is evaluated for the board; labels that change seldom, or on slow
passes; large objects, which are FRG102's, and buffers, which are FRG103's.)",
    .bad = R"(import board
import json

history = []

while True:
    with open("state.json") as source:
        print(board.board_id, json.loads(source.read())["mode"])
    history.append([0, 0, 0])
    if len(history) > 20:
        history.pop(0)
)",
    .good = R"(import board
import gc
import json

history = []

while True:
    with open("state.json") as source:
        print(board.board_id, json.loads(source.read())["mode"])
    gc.collect()
    history.append([0, 0, 0])
    if len(history) > 20:
        history.pop(0)
)",
    .references = {},
    .fix = FixAvailability::None,
    .check = check,
};

} // namespace fraglint::rules
