/// FRG202: a function that an endless loop calls leaves much garbage, and nobody collects it.

#include "lint/rule.h"
#include "lint/rule_context.h"
#include "semantic/repetition.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint::rules {

namespace {

/// Whether FRG103 speaks of it: a buffer that each pass makes again is made once instead.
bool isRemadeBuffer(const AllocationSite &site, const HeapModel &heap) {
  if (site.kind != AllocationKind::Buffer)
    return false;
  std::optional<Repetition> repetition = repetitionOf(heap.module(), site.node);
  return repetition && !heap.collectsEveryPass(repetition->function, repetition->loop);
}

/// Whether the site leaves what the caller should have collected. A function that collects on
/// some way from there looks after its garbage itself.
bool isCallersMatter(const AllocationSite &site, const HeapModel &heap) {
  return heap.isBigPiece(site) && !isRemadeBuffer(site, heap) && !heap.mayCollectBehind(site.node);
}

/// Whether the call leaves enough behind, in a loop that never ends, to be worth a collection.
bool leavesMuch(const CallSite &call, const HeapModel &heap) {
  if (call.call.enclosing(NodeKind::ExceptClause) || heap.endlessLoopAround(call.call) == kNoId)
    return false;
  const Garbage &left = heap.summary(call.callee).left;
  return left.isAtLeast(heap.target().largeBytes()) &&
         llvm::any_of(left.sites,
                      [&](const AllocationSite *site) { return isCallersMatter(*site, heap); });
}

/// How surely a pass of the loop around the call leaves a big piece behind; Never where the called
/// function itself makes it under a condition only: most calls would be collected after in vain.
PassKind passOf(const CallSite &call, const RuleContext &context) {
  const HeapModel &heap = context.heap();
  LoopId loop = heap.endlessLoopAround(call.call);
  PassFacts calls = context.module().flow(call.caller).loops.onPassOf(loop, call.call);
  PassKind best = PassKind::Never;
  for (const AllocationSite *site : heap.summary(call.callee).left.sites)
    if (PassFacts inside = heap.onCallOf(call.callee, *site);
        heap.isBigPiece(*site) && inside.kind > PassKind::Event)
      best = std::max(best, bothOf(calls, inside).kind);
  return best;
}

/// What the evaluation saw the call leave; nothing where it did not come to one.
std::optional<ByteFigure> seenToLeave(const CallSite &call, const RuleContext &context) {
  std::optional<GarbageFigures> seen = context.program().leftBy(call);
  return seen ? std::optional(seen->garbage) : std::nullopt;
}

/// What comes before the garbage of the call is collected; null where it is in time, where it is
/// little, or where the loop looks after its memory by itself.
const AllocationSite *nextAfter(const CallSite &call, const RuleContext &context) {
  const HeapModel &heap = context.heap();
  LoopId loop = heap.endlessLoopAround(call.call);
  if (!leavesMuch(call, heap) || heap.collectsOnDemand(call.caller, loop))
    return nullptr;
  const AllocationSite *next = heap.nextUncollected(call);
  if (next == nullptr)
    return nullptr;
  std::optional<ByteFigure> seen = seenToLeave(call, context);
  return seen && seen->bytes.hi < context.target().largeBytes() ? nullptr : next;
}

/// Whether an earlier call of the same function is reported already.
bool isReportedEarlier(const CallSite &call, const RuleContext &context) {
  return llvm::any_of(context.heap().calls(), [&](const CallSite &other) {
    return other.callee == call.callee && other.call.ordinal() < call.call.ordinal() &&
           nextAfter(other, context) != nullptr;
  });
}

/// How much a call leaves; one that answers an event, or leaves it on some way only, at the most.
std::string amountText(ByteFigure bytes, bool isSure) {
  if (isSure)
    return bytes.text();
  return bytes.bytes.hasHi() ? "up to " + withThousands(bytes.bytes.hi) + " bytes"
                             : withThousands(bytes.bytes.lo) + " bytes or more";
}

std::string messageFor(const CallSite &call, PassKind pass, const ToldGarbage &garbage,
                       const AllocationSite &next, const RuleContext &context) {
  const Garbage &left = context.heap().summary(call.callee).left;
  std::string name = context.module().model().function(call.callee).name.str();
  bool isSure = pass != PassKind::Event;
  std::string message = (isSure ? "each call of `" : "a call of `") + name +
                        (isSure ? "()` leaves " : "()` can leave ");
  if (garbage.bytes.bytes.lo >= context.target().largeBytes())
    message += amountText(garbage.bytes, isSure) + " of garbage behind, " +
               (garbage.isMostly ? "mostly" : "some of it") + " from ";
  else
    message += "garbage behind whose size is not known here but large in practice, from ";
  // adafruit_requests 4.1: the session lets go of a response when it makes the next request.
  bool isHeld = left.sites.front()->heldByLibrary;
  message += left.sites.front()->what + (isHeld ? " of the call before" : "");
  message += pass == PassKind::EveryPass ? ", on every pass of this loop" : ", in this loop";
  std::string nextText = next.what + " in " + context.lineOf(next.node);
  message += context.heap().setsThreshold() ? ". " + nextText + " can come before it is collected: "
                                            : ". Nothing collects it before " + nextText + ": ";
  return message + context.whyRoomIsTaken() +
         "; if that lives on, it may split the free space. Call `gc.collect()` right after the "
         "call" +
         (isHeld ? ", which frees what the call before left" : "");
}

/// Collects after each call of the function that leaves its garbage to others.
std::optional<Fix> collectAfterCalls(const CallSite &first, const RuleContext &context) {
  Fix fix{"Collect after the call", Applicability::Safe, {}};
  for (const CallSite &call : context.heap().calls()) {
    if (call.callee != first.callee || nextAfter(call, context) == nullptr)
      continue;
    auto edits = context.collectAfter(call.call.statement());
    if (edits.empty())
      return std::nullopt;
    for (Edit &edit : edits)
      if (!llvm::is_contained(fix.edits, edit))
        fix.edits.push_back(std::move(edit));
  }
  return fix;
}

void check(const CallSite &call, RuleContext &context) {
  const HeapModel &heap = context.heap();
  const AllocationSite *next = nextAfter(call, context);
  if (next == nullptr || isReportedEarlier(call, context))
    return;
  LoopId loop = heap.endlessLoopAround(call.call);
  const FunctionFlow &flow = context.module().flow(call.caller);
  PassKind pass = passOf(call, context);
  if (pass == PassKind::Never)
    return;
  const Garbage &left = heap.summary(call.callee).left;
  ToldGarbage told = toldGarbage(seenToLeave(call, context), left);
  Diagnostic &finding = context.report(call.call, messageFor(call, pass, told, *next, context));
  bool isKnown = left.bytes.lo >= context.target().largeBytes();
  bool matters = heap.mayBeLarge(*next) && !heap.setsThreshold();
  if (pass == PassKind::Event || !matters || (!isKnown && context.target().hasPsram()))
    finding.severity = Severity::Note;
  finding.cost = told.bytes;
  finding.notes.push_back(
      context.note(flow.graph.loop(loop).node.firstChild(), "the loop is here"));
  for (const AllocationSite *site : left.sites)
    finding.notes.push_back(context.note(
        site->node, site->heldByLibrary
                        ? "the library holds the latest until its next request: with each call "
                          "the one before becomes garbage"
                        : "garbage when the function returns"));
  finding.notes.push_back(context.note(next->node, "this is allocated before a collection"));
  finding.fix = collectAfterCalls(call, context);
}

} // namespace

extern const Rule missing_post_function_collect;
const Rule missing_post_function_collect = {
    .name = "missing-post-function-collect",
    .code = "FRG202",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "A function called in an endless loop leaves much garbage that nobody collects",
    .rationale =
        R"(What a function makes for its own use is garbage when it returns: a whole file or document, an
image, a big buffer. It stays taken until a collection runs. What is made meanwhile cannot use the
room, unless it finds no other and so starts the collection itself; if it lives on, it may split the
free space. A `gc.collect()` right after the call, when all of it is unreachable, gives the room back
before that.

Flagged: a call in a loop that never ends, also under a timer, of a function whose garbage, with
that of the functions it calls, is large on the target; once for each function. Calls that
answer an event are notes, and so are those behind which only small things are made, or where the
program sets a `gc.threshold()`, which may collect first. The session of `adafruit_requests` holds
its latest response until the next request: there each call leaves the document of the call before.

Silent: functions that collect after their last garbage on some way, that return or keep what
they made, or leave little, or make it in answer to an event of their own; what is collected before the next large or long-lived allocation; calls that are seen to leave less
when the program is evaluated for the board; loops that
collect by a counter, a timer or a `mem_free()` test.)",
    .bad = R"(import board
import json


def report():
    with open("state.json") as source:
        state = json.load(source)
    print(board.board_id, state["mode"])


while True:
    report()
)",
    .good = R"(import board
import gc
import json


def report():
    with open("state.json") as source:
        state = json.load(source)
    print(board.board_id, state["mode"])


while True:
    report()
    gc.collect()
)",
    .references = {},
    .fix = FixAvailability::Safe,
    .check = check,
};

} // namespace fraglint::rules
