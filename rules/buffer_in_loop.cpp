/// FRG103: a buffer that every pass of a loop makes, fills and throws away.

#include "lint/rule.h"
#include "lint/rule_context.h"
#include "semantic/repetition.h"

#include "llvm/ADT/StringExtras.h"

namespace fraglint::rules {

namespace {

/// Smaller buffers are not worth a word: they fit into almost any hole.
constexpr int64_t kLeastBytes = 256;

/// Why a buffer counts, besides that it is made and dropped on every pass.
enum class Reason : uint8_t { KnownSize, PresumedSize, FilledInPlace, InvariantSize };

std::optional<Reason> reasonFor(const AllocationSite &site, const Lifetime &lifetime,
                                const Repetition &repetition, const HeapModel &heap) {
  Interval data = heap.dataBytes(site);
  if (data.lo >= kLeastBytes)
    return Reason::KnownSize;
  if (data.hasHi() && data.hi < kLeastBytes)
    return std::nullopt;
  if (site.presumedLarge)
    return Reason::PresumedSize;
  if (lifetime.filler)
    return Reason::FilledInPlace;
  if (site.size && repetition.calls.empty() &&
      heap.isInvariant(site.size, site.function, repetition.loop))
    return Reason::InvariantSize;
  return std::nullopt;
}

/// The right side of `buffer[a:b] = …` is copied at once and often must be made.
bool fillsSlice(SyntaxNode node) {
  while (node.parent().kind() == NodeKind::ParenthesizedExpression)
    node = node.parent();
  SyntaxNode assignment = node.parent();
  return assignment.kind() == NodeKind::Assignment && assignment.child(Field::Right) == node &&
         assignment.child(Field::Left).child(NodeKind::Slice);
}

/// A finding at most a note: the condition above it, or the smallness of the buffer, takes the
/// edge off; so does a size that nobody knows on a board with much memory.
Severity severityFor(const AllocationCost &cost, Reason reason, PassKind pass,
                     const Target &target) {
  if (pass != PassKind::EveryPass || reason == Reason::InvariantSize)
    return Severity::Note;
  if (reason == Reason::KnownSize)
    return cost.contiguous().bytes.lo >= target.largeBytes() ? Severity::Warning : Severity::Note;
  return target.hasPsram() ? Severity::Note : Severity::Warning;
}

std::string messageFor(const AllocationSite &site, const AllocationCost &cost, Reason reason,
                       const Repetition &repetition) {
  PassKind pass = repetition.pass.kind;
  std::string message = site.what + " is made anew ";
  message += pass == PassKind::EveryPass ? "on every pass of this loop"
             : pass == PassKind::Timer   ? "each time this timer in the loop fires"
                                         : "on every pass of this loop while its mode is on";
  std::string advice = repetition.calls.empty() ? "before the loop" : "outside this function";
  message += " and not used after it: ";
  if (reason == Reason::KnownSize) {
    message += cost.taken().text() + " of garbage each time, ";
    message += cost.contiguous().text() + " of it in one run. ";
    return message + "Make it once " + advice + " and fill it in place";
  }
  message += cost.reason.empty() ? "how many bytes is not known" : cost.reason;
  if (reason == Reason::InvariantSize)
    return message + ", but no pass changes it. Make it once " + advice + " and fill it in place";
  if (reason == Reason::PresumedSize)
    return message + " here, but such ones are large in practice. Make one " + advice +
           ", as large as is ever needed, and reuse it";
  return message + ", but it is only filled in place. Make one as large as is ever needed " +
         advice + ", and fill that (a memoryview gives a part of it without a copy)";
}

/// Moves `name = buffer` from the loop's body to just before the loop: only where it stands
/// directly in the body on a line of its own, is the name's only binding, and no pass changes
/// its size.
std::optional<Fix> hoist(const AllocationSite &site, LoopId loop, const RuleContext &context) {
  const SemanticModel &model = context.module().model();
  SyntaxNode assignment = site.node.parent();
  SyntaxNode statement = assignment.parent();
  SyntaxNode loopNode = context.module().flow(site.function).graph.loop(loop).node;
  SyntaxNode name = assignment.child(Field::Left);
  if (assignment.kind() != NodeKind::Assignment || name.kind() != NodeKind::Identifier ||
      statement.kind() != NodeKind::ExpressionStatement || loopNode.hasError() ||
      (!statement.previousSibling() && !statement.nextSibling()) || // it is all of the body
      !(statement.parent() == loopNode.child(Field::Body)))
    return std::nullopt;
  SymbolId symbol = model.symbolOf(name);
  if (symbol == kNoId || model.symbol(symbol).bindings.size() != 1 ||
      !context.heap().isInvariant(site.node, site.function, loop))
    return std::nullopt;

  const SourceFile &file = context.file();
  uint32_t line = file.lines().lineAt(statement.range().begin);
  TextRange whole = file.lines().fullLineRange(line);
  llvm::StringRef text = file.text().slice(whole.begin, whole.end);
  uint32_t loopLine = file.lines().lineAt(loopNode.range().begin);
  TextRange before = {file.lines().lineRange(loopLine).begin, loopNode.range().begin};
  llvm::StringRef indent = file.text().slice(before.begin, before.end);
  bool standsAlone = text.trim().starts_with(statement.text()) && !text.contains(';') &&
                     text.ends_with("\n") && indent.trim().empty() && loopLine < line;
  if (!standsAlone)
    return std::nullopt;
  Fix fix;
  fix.title = "Make it once, before the loop";
  fix.applicability = Applicability::Unsafe;
  fix.edits.push_back({{before.begin, before.begin}, (indent + text.ltrim(" \t")).str()});
  fix.edits.push_back({whole, ""});
  return fix;
}

void check(const AllocationSite &site, RuleContext &context) {
  const HeapModel &heap = context.heap();
  if (site.kind != AllocationKind::Buffer || heap.isTemporary(site) || fillsSlice(site.node) ||
      site.node.enclosing(NodeKind::ExceptClause) || heap.survivesExhaustion(site.node))
    return;
  std::optional<Repetition> repetition = repetitionOf(context.module(), site.node);
  if (!repetition)
    return;
  const FunctionFlow &flow = context.module().flow(repetition->function);
  if (flow.loops.isSlow(repetition->loop) ||
      heap.collectsEveryPass(repetition->function, repetition->loop))
    return;
  Lifetime lifetime = heap.lifetime(site, *repetition);
  if (lifetime.outlivesPass)
    return;
  AllocationCost cost = heap.costWithTemporaries(site);
  std::optional<Reason> reason = reasonFor(site, lifetime, *repetition, heap);
  // What a function returns is of another size for each call, unless the code shows it.
  bool isResult = !repetition->calls.empty() && heap.lifetime(site).outlivesPass;
  if (!reason || (isResult && reason != Reason::KnownSize))
    return;
  Diagnostic &finding = context.report(site.node, messageFor(site, cost, *reason, *repetition));
  finding.severity = severityFor(cost, *reason, repetition->pass.kind, context.target());
  finding.cost = cost.contiguous();
  finding.notes = context.wayOf(*repetition);
  if (lifetime.filler)
    finding.notes.push_back(context.note(lifetime.filler, "it is filled in place here"));
  if (repetition->calls.empty())
    finding.fix = hoist(site, repetition->loop, context);
}

} // namespace

extern const Rule buffer_in_loop;
const Rule buffer_in_loop = {
    .name = "buffer-in-loop",
    .code = "FRG103",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "A buffer is made anew on every pass of a loop and thrown away at its end",
    .rationale =
        R"(Each pass asks the allocator for a fresh run and leaves the old one as garbage. Nothing frees
it before the next collection, so the heap fills with dead runs, and whatever is made in
between and lives on settles among them. When the collection comes, the free space is in
pieces.

Flagged: `bytearray`, `bytes(n)`, `array`, `[x] * n`, `Bitmap`, ulab arrays, and slices of
these, of 256 bytes or more (or of unknown size and filled by a `readinto`-like call), made on
every pass of a `while` that is no mere wait, or of a `for` of eight passes or more, and dead
when the pass ends. Known sizes below what is large on the board are notes, and so are buffers
made only in some mode or by a timer.

Silent: buffers that outlive the pass, that fill a slice, that answer an event, and small
ones.)",
    .bad = R"(import board
import busio

uart = busio.UART(board.TX, board.RX)
total = 0

while True:
    frame = bytearray(2048)
    uart.readinto(frame)
    total += sum(frame)
)",
    .good = R"(import board
import busio

uart = busio.UART(board.TX, board.RX)
total = 0

frame = bytearray(2048)
while True:
    uart.readinto(frame)
    total += sum(frame)
)",
    .references = {},
    .fix = FixAvailability::Unsafe,
    .check = check,
};

} // namespace fraglint::rules
