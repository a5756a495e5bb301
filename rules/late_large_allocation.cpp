/// FRG101: something large is made late, when what stays already lies all over the heap.

#include "heap/movability.h"
#include "lint/rule.h"
#include "lint/rule_context.h"
#include "semantic/repetition.h"

#include "llvm/ADT/Twine.h"

namespace fraglint::rules {

namespace {

/// More places than these explain nothing further.
constexpr size_t kNoteLimit = 6;
/// Earlier allocations that are looked at for a row of large ones.
constexpr ptrdiff_t kRowLimit = 12;
/// A request of this part of the heap hardly ever fits once the heap is in pieces.
constexpr int64_t kWarningShare = 8;
/// A filled shape that takes fewer large requests than this is a small background.
constexpr int64_t kShapeRequests = 4;

bool isSmallShape(const AllocationSite &site, const RuleContext &context) {
  return context.module().model().calleeName(site.node).starts_with("adafruit_display_shapes.") &&
         !site.presumedLarge &&
         site.cost.contiguous().bytes.lo < kShapeRequests * context.target().largeBytes();
}

/// What needs one long run. A font comes glyph by glyph and a document is read once: they are
/// what large ones should come before.
bool needsOneRun(const AllocationSite &site, const RuleContext &context) {
  const HeapModel &heap = context.heap();
  if (!heap.isLarge(site) || heap.isTemporary(site))
    return false;
  switch (site.kind) {
  case AllocationKind::Buffer:
    return site.node.kind() != NodeKind::Subscript;
  case AllocationKind::Image:
    return !context.module().model().calleeName(site.node).ends_with("load_font");
  case AllocationKind::Object:
    return !isSmallShape(site, context);
  default:
    return false;
  }
}

std::string sizeOf(const AllocationSite &site, const Target &target) {
  ByteFigure run = site.cost.contiguous();
  if (!run.bytes.hasHi() && run.bytes.lo < target.largeBytes())
    return " needs one long run (" +
           (site.cost.reason.empty() ? std::string("its size is not known") : site.cost.reason) +
           ")";
  return " needs " + run.text() + " in one run";
}

std::string messageFor(const AllocationSite &site, const LatePlacement &late,
                       const RuleContext &context) {
  std::string message = site.what + sizeOf(site, context.target()) + ", but is made after ";
  size_t count = late.before.size();
  message += count == 1 ? "something" : withThousands(static_cast<int64_t>(count)) + " things";
  message += count == 1 ? " that stays" : " that stay";
  if (late.bytes.lo > 0)
    message += " (" + ByteFigure::of(late.bytes).text() + ")";
  else
    message += " (how many bytes is not known here)";
  message +=
      ": these, and the garbage of making them, settle all over the heap and cut the free run "
      "short. It needs none of them: make it above " +
      context.lineOf(late.destination);
  for (size_t i = late.companions.size(); i-- > 0;)
    message += (i + 1 == late.companions.size() ? ", together with " : ", ") +
               context.lineOf(late.companions[i]);
  if (context.module().model().functionOf(late.destination) != site.function)
    message += ", and hand it on to where it is used";
  return message;
}

Severity severityFor(const AllocationSite &site, const Target &target) {
  bool isHuge = site.cost.contiguous().bytes.lo >= target.typicalHeap() / kWarningShare;
  return isHuge && !target.hasPsram() ? Severity::Warning : Severity::Note;
}

Diagnostic &reportInLoop(const AllocationSite &site, llvm::StringRef when, llvm::StringRef advice,
                         RuleContext &context) {
  Diagnostic &finding = context.report(
      site.node, (llvm::Twine(site.what) + sizeOf(site, context.target()) + ", but is " + when +
                  ": by then the heap is in use and the free space in pieces. All it needs is "
                  "known from the start: make it " +
                  advice)
                     .str());
  finding.cost = site.cost.contiguous();
  return finding;
}

/// Whether a statement beside that of `node` surely collects.
bool isCollectedNearby(SyntaxNode node, const HeapModel &heap) {
  SyntaxNode statement = node.statement();
  return llvm::any_of(statement.parent().children(), [&](SyntaxNode other) {
    return !(other == statement) && heap.collects(other);
  });
}

/// A buffer of a constant size that an event in the loop makes anew, under a name of its own: what
/// every pass makes is buffer-in-loop's, and who drops or replaces it wants the room back.
bool isMadePerEvent(const AllocationSite &site, const RuleContext &context) {
  const HeapModel &heap = context.heap();
  const SemanticModel &model = context.module().model();
  SyntaxNode assignment = site.node.parent();
  SymbolId symbol = model.symbolOf(assignment.child(Field::Left));
  return site.kind == AllocationKind::Buffer && site.node.kind() == NodeKind::Call &&
         site.cost.contiguous().tag == CostTag::Exact && symbol != kNoId &&
         assignment.kind() == NodeKind::Assignment && model.soleValueOf(symbol) == site.node &&
         isFirstMadeInLoop(heap, site) && !repetitionOf(context.module(), site.node) &&
         !heap.lifetime(site).outlivesPass && !isCollectedNearby(site.node, heap);
}

/// Whether a large one that is made just before it speaks for both: it could stand at the same
/// place, or is an image of the same row, and little lies between.
bool isInRow(const AllocationSite &site, const LatePlacement &late, const RuleContext &context) {
  llvm::ArrayRef<AllocationSite> sites = context.heap().allocationSites();
  const AllocationSite *first = sites.begin();
  if (&site - first > kRowLimit)
    first = &site - kRowLimit;
  return llvm::any_of(llvm::ArrayRef(first, &site), [&](const AllocationSite &other) {
    if (other.function != site.function || !needsOneRun(other, context))
      return false;
    const auto *between = llvm::find_if(late.before, [&](const MovableAllocation &movable) {
      return context.module().model().functionOf(movable.passed) == site.function &&
             movable.passed.ordinal() > other.node.ordinal();
    });
    if (retainMuch({between, late.before.end()}, context.target()))
      return false;
    std::optional<LatePlacement> before = findLatePlacement(context.heap(), other);
    return before ? before->destination == late.destination
                  : site.kind == AllocationKind::Image && other.kind == AllocationKind::Image;
  });
}

void check(const AllocationSite &site, RuleContext &context) {
  const HeapModel &heap = context.heap();
  if (!needsOneRun(site, context) || site.node.enclosing(NodeKind::ExceptClause) ||
      heap.survivesExhaustion(site.node))
    return;
  if (SyntaxNode guard = firstTimeGuard(heap, site)) {
    Diagnostic &finding =
        reportInLoop(site, "first made when the loop comes here", "before the loop", context);
    finding.severity = severityFor(site, context.target());
    finding.notes.push_back(
        context.note(guard.child(Field::Condition), "made only once, when this first holds"));
    return;
  }
  if (isMadePerEvent(site, context)) {
    // Kept for good it takes room from all else: whether that pays, only the author knows.
    reportInLoop(site, "made only now and then, in the loop", "once, before the loop, and reuse it",
                 context)
        .severity = Severity::Note;
    return;
  }
  std::optional<LatePlacement> late = findLatePlacement(heap, site);
  if (!late || isInRow(site, *late, context))
    return;
  Diagnostic &finding = context.report(site.node, messageFor(site, *late, context));
  finding.severity = severityFor(site, context.target());
  finding.cost = site.cost.contiguous();
  for (const MovableAllocation &movable : llvm::ArrayRef(late->before).take_front(kNoteLimit))
    finding.notes.push_back(context.note(
        movable.node, movable.bytes.lo > 0
                          ? "could come after it: " + ByteFigure::of(movable.bytes).text()
                          : "could come after it: its size is not known here"));
}

} // namespace

extern const Rule late_large_allocation;
const Rule late_large_allocation = {
    .name = "late-large-allocation",
    .code = "FRG101",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "Something large is made after smaller things that it does not need",
    .rationale =
        R"(Nothing on the heap is moved to close gaps. Fonts, labels, connections and documents that are made first
settle all over it, among the garbage of making them; the free run that a large buffer needs
gets shorter with each. Made first, the large one gets the whole run, and the small ones fit
anywhere.

Flagged: a large buffer, bitmap, filled shape, image, decoder or mixer that is made once by the main
program or by a function that it calls once (`main()`, the `__init__` of its only `App()`), also
under an `if` that only the program's own settings decide, when what comes before it without need
keeps as much as a large request (fonts, three labels or more, a connection, documents); one that
a loop makes only when it first comes there; and a buffer of constant size that an event in the
loop makes anew. A note, and a warning where it takes an eighth of the heap or more.

Silent: what needs something that was made just before (`camera.width`), what only the joining of a
Wi-Fi by the firmware's own driver precedes, which takes nothing of this heap, images behind the
mounting of a card or the writing of their file, what a function drops again, small shapes, all but
the first of large ones in a row, whatever comes right behind a collection, and what only a font or
a connection precedes on a board with external RAM.)",
    .bad = R"(import board
import json

with open("state.json") as source:
    settings = json.load(source)
samples = bytearray(20000)
board.UART().readinto(samples)
print(settings["mode"])
)",
    .good = R"(import board
import json

samples = bytearray(20000)
with open("state.json") as source:
    settings = json.load(source)
board.UART().readinto(samples)
print(settings["mode"])
)",
    .references = {},
    .fix = FixAvailability::None,
    .check = check,
};

} // namespace fraglint::rules
