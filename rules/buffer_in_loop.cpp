/// FRG103: a buffer that every pass of a loop makes, fills and throws away.

#include "lint/rule.h"
#include "lint/rule_context.h"
#include "semantic/repetition.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace fraglint::rules {

namespace {

/// Smaller buffers are not worth a word: they fit into almost any hole.
constexpr int64_t kLeastBytes = 256;

/// Why a buffer counts, besides that it is made and dropped on every pass.
enum class Reason : uint8_t {
  KnownSize,
  SeenSize, ///< known when the program is evaluated
  PresumedSize,
  FilledInPlace,
  InvariantSize,
};

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
Severity severityFor(ByteFigure run, Reason reason, PassKind pass, const Target &target) {
  if (pass != PassKind::EveryPass || reason == Reason::InvariantSize)
    return Severity::Note;
  if (reason == Reason::KnownSize || reason == Reason::SeenSize)
    return run.bytes.lo >= target.largeBytes() ? Severity::Warning : Severity::Note;
  return target.hasPsram() ? Severity::Note : Severity::Warning;
}

/// Whether nothing can change it once it is made.
bool isImmutable(const AllocationSite &site, const SemanticModel &model) {
  return model.typeOf(site.node).name == "bytes";
}

/// Whether it is a slice of what a memoryview gives parts of without a copy.
bool isViewable(const AllocationSite &site, const SemanticModel &model) {
  return site.node.kind() == NodeKind::Subscript &&
         llvm::is_contained({"bytes", "bytearray", "array.array"},
                            model.typeOf(site.node.child(Field::Value)).name);
}

/// Whether each pass makes the same: what it is made of is no other buffer.
bool isSameEachTime(const AllocationSite &site, const SemanticModel &model) {
  if (site.size || site.node.kind() != NodeKind::Call)
    return site.node.kind() != NodeKind::Subscript;
  SyntaxNode arguments = site.node.child(Field::Arguments);
  for (SyntaxNode node = arguments; node && arguments.contains(node); node = node.next())
    if (node.kind() == NodeKind::Identifier && model.symbolOf(node) != kNoId &&
        model.typeOf(node).name != "int")
      return false;
  return true;
}

/// Whether the code writes items of the value that the name holds, or calls its methods.
bool writesParts(SymbolId symbol, const SemanticModel &model) {
  return llvm::any_of(model.symbol(symbol).references, [](SyntaxNode use) {
    SyntaxNode part = use.parent();
    bool isStore = part.parent().kind() == NodeKind::AugmentedAssignment ||
                   (part.parent().kind() == NodeKind::Assignment && part.field() == Field::Left);
    return part.kind() == NodeKind::Attribute || (part.kind() == NodeKind::Subscript && isStore);
  });
}

/// What is in it when it is used again. A call that returns nothing fills all of it.
std::string oldContents(const Lifetime &lifetime, const SemanticModel &model) {
  if (!lifetime.filler)
    return ": the old contents stay, so zero what is not written anew each time";
  if (model.typeOf(lifetime.filler).name == "NoneType")
    return "";
  return ": where `" + lifetime.filler.child(Field::Function).child(Field::Attribute).text().str() +
         "` does not fill it, the old contents stay, so use only what that returned, or zero it "
         "first";
}

std::string adviceFor(const AllocationSite &site, const Lifetime &lifetime, Reason reason,
                      const Repetition &repetition, const RuleContext &context) {
  const SemanticModel &model = context.module().model();
  std::string place = repetition.calls.empty() ? "before the loop" : "outside this function";
  if (isViewable(site, model)) {
    std::string advice = "Take a `memoryview` once and slice that (" +
                         std::to_string(context.target().blockBytes()) + " bytes each)";
    bool isNamed = site.node.parent().kind() == NodeKind::Assignment;
    return isNamed ? advice + ", or, where it must be a copy, make it once " + place +
                         " and copy into it"
                   : advice;
  }
  if (isImmutable(site, model))
    return isSameEachTime(site, model) ? "Make it once " + place
                                       : "Hand on what it is a copy of, or a `memoryview` of that";
  bool isOfAnySize = reason == Reason::PresumedSize || reason == Reason::FilledInPlace;
  std::string advice = isOfAnySize ? "Make one " + place +
                                         ", as large as is ever needed, and fill that (a " +
                                         "`memoryview` gives a part of it without a copy)"
                                   : "Make it once " + place + " and fill it in place";
  return advice + oldContents(lifetime, model);
}

std::string messageFor(const AllocationSite &site, const AllocationCost &cost, ByteFigure run,
                       Reason reason, const Repetition &repetition) {
  PassKind pass = repetition.pass.kind;
  std::string message = site.what + " is made anew ";
  message += pass == PassKind::EveryPass ? "on every pass of this loop"
             : pass == PassKind::Timer   ? "each time this timer in the loop fires"
                                         : "on every pass of this loop while its mode is on";
  message += " and not used after it: ";
  if (reason == Reason::KnownSize) {
    message += cost.taken().text() + " of garbage each time, ";
    return message + run.text() + " of it in one run";
  }
  if (reason == Reason::SeenSize)
    return message + run.text() + " in one run each time";
  message += cost.reason.empty() ? "how many bytes is not known" : cost.reason;
  if (reason == Reason::InvariantSize)
    return message + ", but no pass changes it";
  if (reason == Reason::PresumedSize)
    return message + " here, but such ones are large in practice";
  return message + ", but it is only filled in place";
}

/// Moves `name = buffer` from the loop's body to just before the loop: only where it stands
/// directly in the body on a line of its own, is the name's only binding, and no pass changes
/// its size. Where the code writes single items, others would keep what an earlier pass wrote,
/// unless a call fills all of them.
std::optional<Fix> hoist(const AllocationSite &site, const Lifetime &lifetime, LoopId loop,
                         const RuleContext &context) {
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
      !isSameEachTime(site, model) || (!lifetime.filler && writesParts(symbol, model)) ||
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
  ByteFigure run = cost.contiguous();
  if (*reason != Reason::KnownSize) {
    run = context.program().contiguous(site);
    if (run.bytes.hi < kLeastBytes)
      return;
    if (run.bytes.lo >= kLeastBytes)
      reason = Reason::SeenSize;
  }
  Diagnostic &finding =
      context.report(site.node, messageFor(site, cost, run, *reason, *repetition) + ". " +
                                    adviceFor(site, lifetime, *reason, *repetition, context));
  finding.severity = severityFor(run, *reason, repetition->pass.kind, context.target());
  finding.cost = run;
  finding.notes = context.wayOf(*repetition);
  if (lifetime.filler)
    finding.notes.push_back(context.note(lifetime.filler, "it is filled in place here"));
  if (repetition->calls.empty())
    finding.fix = hoist(site, lifetime, repetition->loop, context);
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
ones.

A buffer that is used again keeps what an earlier pass wrote into it. `readinto` of a UART or a file
returns how much it read, and only so much is new. The fix moves what is made alike on every pass; for
buffers of which the code writes single items, and that no call fills, there is none.)",
    .bad = R"(import board
import busio

uart = busio.UART(board.TX, board.RX)
total = 0

while True:
    frame = bytearray(2048)
    if uart.readinto(frame) == len(frame):
        total += sum(frame)
)",
    .good = R"(import board
import busio

uart = busio.UART(board.TX, board.RX)
total = 0

frame = bytearray(2048)
while True:
    if uart.readinto(frame) == len(frame):
        total += sum(frame)
)",
    .references = {},
    .fix = FixAvailability::Unsafe,
    .check = check,
};

} // namespace fraglint::rules
