/// FRG105: a large value is replaced while the old one is still bound, or shown.

#include "heap/bound_values.h"
#include "heap/document_reads.h"
#include "heap/name_liveness.h"
#include "heap/rebuilding.h"
#include "lint/rule.h"
#include "lint/rule_context.h"
#include "semantic/call_arguments.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint::rules {

namespace {

/// A counted loop of fewer passes is no repeating one.
constexpr int64_t kManyPasses = 8;

/// What becomes of the old value where the new one cannot be made.
enum class AfterFailure : uint8_t { NotRead, ReadLater, ReadByHandler };

bool readsName(SyntaxNode within, SymbolId symbol, const SemanticModel &model) {
  for (SyntaxNode node = within; node && within.contains(node); node = node.next())
    if (node.kind() == NodeKind::Identifier && model.symbolOf(node) == symbol)
      return true;
  return false;
}

/// Handlers that read the name, or that leave an attribute or a name of several functions as it
/// was, keep the old value on purpose; code after the handlers may read it for want of thought.
AfterFailure afterFailure(const Rebinding &rebinding, const Module &module) {
  const SemanticModel &model = module.model();
  bool isLocal = !rebinding.isShared && rebinding.target.kind() == NodeKind::Identifier;
  for (SyntaxNode up = rebinding.assignment; up; up = up.parent()) {
    if (up.kind() != NodeKind::TryStatement || model.functionOf(up) != rebinding.function)
      continue;
    for (SyntaxNode clause : up.children())
      if (clause.kind() == NodeKind::ExceptClause &&
          (!isLocal || readsName(clause, rebinding.symbol, model)))
        return AfterFailure::ReadByHandler;
  }
  return isReadAfterFailure(module, rebinding.function, rebinding.assignment, rebinding.symbol)
             ? AfterFailure::ReadLater
             : AfterFailure::NotRead;
}

/// `read(n)` takes a stream piece by piece, each of a size that was chosen; `json.loads(line[5:])`
/// decodes a part of what was read.
bool isPiece(const AllocationSite &site) {
  if (site.kind != AllocationKind::Document || site.node.kind() != NodeKind::Call)
    return false;
  SyntaxNode argument = CallArguments(site.node).get(0);
  bool isSlice =
      argument && argument.kind() == NodeKind::Subscript && argument.child(NodeKind::Slice);
  return !site.presumedLarge || isSlice;
}

/// Whether passes of a loop, of many or an unknown number of them, come to the assignment one
/// after the other.
bool isRepeated(const Rebinding &rebinding, const Module &module) {
  const FunctionFlow &flow = module.flow(rebinding.function);
  FlowPoint point = flow.graph.pointOf(rebinding.assignment);
  if (point.block == kNoId)
    return false;
  for (LoopId loop = flow.graph.block(point.block).loop; loop != kNoId;
       loop = flow.graph.loop(loop).parent)
    if (Interval trips = flow.loops.trips(loop);
        flow.loops.kind(loop) != LoopKind::Wait && (!trips.hasHi() || trips.hi >= kManyPasses))
      return true;
  return false;
}

/// Whether only the few tries of a counted loop meet the old value of a local name.
bool isRetried(const Rebinding &rebinding, const Module &module) {
  const SemanticModel &model = module.model();
  const FunctionFlow &flow = module.flow(rebinding.function);
  FlowPoint point = flow.graph.pointOf(rebinding.assignment);
  if (point.block == kNoId || rebinding.isShared ||
      model.scope(model.symbol(rebinding.symbol).scope).kind != ScopeKind::Function)
    return false;
  LoopId loop = flow.graph.block(point.block).loop;
  bool isInLoop = loop != kNoId;
  for (; loop != kNoId; loop = flow.graph.loop(loop).parent)
    if (Interval trips = flow.loops.trips(loop); !trips.hasHi() || trips.hi >= kManyPasses)
      return false;
  return isInLoop;
}

/// Whether the object can be given another file to read, so that no second one is needed.
bool isReusable(const AllocationSite &site, const SemanticModel &model) {
  return site.node.kind() == NodeKind::Call && model.calleeName(site.node) == "audiomp3.MP3Decoder";
}

/// Whether the site decodes a service's answer of which the program reads no more than single
/// fields at its top: a token, a time, a status. What is built that way has no large run in it, for
/// a table of a hundred fields takes about a kilobyte.
bool isPlainAnswer(const AllocationSite &site, const Rebinding &rebinding,
                   const SemanticModel &model) {
  return site.node.kind() == NodeKind::Call &&
         model.calleeName(site.node).ends_with(".Response.json") &&
         readsTopFieldsOnly(model, rebinding.symbol);
}

/// Bytes of blocks that the old value takes when the new one is made, by what the evaluation saw:
/// 0 where the name holds none after all. Nothing where not all is known that it may be bound to.
std::optional<ByteFigure> heldByName(const AllocationSite &site, const Rebinding &rebinding,
                                     const RuleContext &context) {
  const SemanticModel &model = context.module().model();
  if (rebinding.symbol == kNoId)
    return std::nullopt;
  Interval held = Interval::exactly(0);
  for (BindingId id : model.symbol(rebinding.symbol).bindings) {
    SyntaxNode value = boundValue(model.binding(id));
    if (value.kind() == NodeKind::NoneLiteral)
      continue;
    const AllocationSite *older =
        llvm::find_if(context.heap().allocationSites(),
                      [&](const AllocationSite &one) { return one.node == value; });
    std::optional<ByteFigure> figure = older != context.heap().allocationSites().end()
                                           ? context.program().heldAt(site, *older)
                                           : std::nullopt;
    if (!figure)
      return std::nullopt;
    held = held + figure->bytes;
  }
  return ByteFigure::of(held);
}

/// Whether one expression asks a service and decodes the answer: until it has asked, the library
/// holds the document of the time before, and a collection before it frees nothing.
bool isHeldBySession(const AllocationSite &site) {
  SyntaxNode asked =
      site.node.kind() == NodeKind::Call ? site.node.child(Field::Function) : site.node;
  return site.heldByLibrary && asked.child(Field::Object).kind() == NodeKind::Call;
}

/// What takes the room twice, with the numbers where they are known.
std::string roomFor(ByteFigure run, const std::optional<ByteFigure> &held,
                    const RuleContext &context) {
  if (run.bytes.lo >= context.target().largeBytes()) {
    std::string room = run.text() + " must be free in one run beside the old ";
    return held && held->bytes.lo > 0 ? room + "value, which takes " + held->text() : room + "ones";
  }
  return "there must be room for both, whose size is not known here but large in practice";
}

std::string messageFor(const AllocationSite &site, const Coexistence &both, AfterFailure failed,
                       const std::string &room, const RuleContext &context) {
  std::string name = "`" + both.rebinding.target.text().str() + "`";
  if (both.display) {
    bool isCall = both.display.kind() == NodeKind::Call;
    return name + " still shows the last picture while " + site.what + " makes the next: " + room +
           ". " +
           (isCall ? "Let it show None, set every other name of the picture to None"
                   : "Set " + name + " to None, with every other name of the picture") +
           ", and call `gc.collect()` first (the screen goes blank meanwhile)";
  }
  std::string message = name + " still holds its old value, " + both.old->what + ", while " +
                        site.what + " makes the new one: " + room;
  if (isReusable(site, context.module().model()))
    return message + ". One decoder is enough: give it the next file, " + "`" +
           both.rebinding.target.text().str() + ".file = open(…)`";
  if (isHeldBySession(site))
    return message +
           ". The library holds its last answer, with the document, until the next "
           "request: keep the answer under a name of its own, `reply = …`, then set " +
           name + " to None and call `gc.collect()`, and only then decode `reply`";
  message += ". Set " + name + " to None and call `gc.collect()` first";
  if (failed == AfterFailure::ReadLater)
    message += ", and leave the pass where that fails: what follows would read the old value again";
  return message;
}

/// Whether something may need the old value after all, or there is room enough for both.
bool isDoubtful(ByteFigure run, const Coexistence &both, const RuleContext &context) {
  bool isKnown = run.bytes.lo >= context.target().largeBytes();
  bool isInTry = static_cast<bool>(both.rebinding.assignment.enclosing(NodeKind::TryStatement));
  return both.rebinding.isShared || (both.display && isInTry) ||
         (!isKnown && context.target().hasPsram());
}

void check(const AllocationSite &site, RuleContext &context) {
  const HeapModel &heap = context.heap();
  const SemanticModel &model = context.module().model();
  if (!heap.isLarge(site) || site.kind == AllocationKind::Text || heap.isTemporary(site) ||
      isPiece(site))
    return;
  std::optional<Coexistence> both = heap.coexistence(site);
  if (!both ||
      !(heap.isHot(both->rebinding.assignment) || isRepeated(both->rebinding, context.module())) ||
      both->rebinding.assignment.enclosing(NodeKind::ExceptClause) || rebuildingOf(site, heap))
    return;
  AfterFailure failed = AfterFailure::NotRead;
  if (!both->display) {
    if (isRetried(both->rebinding, context.module()) || isPlainAnswer(site, both->rebinding, model))
      return;
    failed = afterFailure(both->rebinding, context.module());
  }
  if (failed == AfterFailure::ReadByHandler)
    return;
  // Dropping the name frees nothing that a player holds too.
  bool reusable = isReusable(site, model);
  if (both->rebinding.isPlayed && !reusable)
    return;
  // A buffer that is dead at the end of its pass is best made once: FRG103 says so.
  if (site.kind == AllocationKind::Buffer && !both->display && !heap.staysOn(site))
    return;
  if (context.program().isSmall(site))
    return;
  std::optional<ByteFigure> held = heldByName(site, both->rebinding, context);
  if (held && held->bytes.hi == 0)
    return;
  ByteFigure run = context.program().contiguous(site);
  Diagnostic &finding =
      context.report(both->rebinding.assignment,
                     messageFor(site, *both, failed, roomFor(run, held, context), context));
  if (isDoubtful(run, *both, context))
    finding.severity = Severity::Note;
  finding.cost = run;
  if (!(both->old == &site))
    finding.notes.push_back(context.note(both->old->node, "the old value was made here"));
  if (both->display) {
    finding.notes.push_back(context.note(both->display, "it is shown here"));
    return;
  }
  if (reusable || isHeldBySession(site) || failed == AfterFailure::ReadLater)
    return;
  SyntaxNode statement = both->rebinding.assignment.statement();
  std::string drop = both->rebinding.target.text().str() + " = None";
  if (auto edits = context.collectBefore(statement, drop); !edits.empty())
    finding.fix =
        Fix{"Drop the old value first, and collect", Applicability::Unsafe, std::move(edits)};
}

} // namespace

extern const Rule old_and_new_coexist;
const Rule old_and_new_coexist = {
    .name = "old-and-new-coexist",
    .code = "FRG105",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "A large value is replaced while its name, or the display, still holds the old one",
    .rationale =
        R"(In `page = make_page()` the right side runs first: until it is done, `page` holds the old
page. There must be room for both, and no collection can help, for the old one is no garbage yet.
Setting the name to None and collecting first lets the new one take the old one's room.

Flagged: in a loop that never ends, in what it calls, or in another loop of many passes, a name or
`self.x` that gets a new large value while it may still hold one, from an earlier pass or call; and a picture that is loaded
while the display still shows the last one, for what is shown is no garbage either.

Silent: names that are dropped before or tested to hold nothing, or are seen to hold nothing when the
program is evaluated; pieces of a stream, `read(n)`; values that something else holds too; a new value made
of the old one; a `try` whose handler reads the old one; a service's answers of which only
single fields are read, `reply["token"]`, which are small as a rule; buffers that are dead by the end of
the pass, which are FRG103's; the same file loaded on every pass, which is FRG104's. A note where other functions look at the name too.

MicroPython clears no slot of a frame's stack before it is used again. Behind `print(name, len(page))`
in the same function the collection may find the old page there, and keep it, until another call has
as many arguments or a `with` comes: use the old value last in a function of its own, or by a short call.)",
    .bad = R"(import board
import json

state = {}

while True:
    print(board.board_id, len(state))
    with open("state.json") as source:
        state = json.load(source)
)",
    .good = R"(import board
import gc
import json

state = {}

while True:
    print(board.board_id, len(state))
    with open("state.json") as source:
        state = None
        gc.collect()
        state = json.load(source)
)",
    .references = {},
    .fix = FixAvailability::Unsafe,
    .check = check,
};

} // namespace fraglint::rules
