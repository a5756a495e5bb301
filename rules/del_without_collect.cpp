/// FRG201: something large is dropped, and what follows is allocated before it is collected.

#include "lint/rule.h"
#include "lint/rule_context.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint::rules {

namespace {

/// How many deletions on either side count as one row.
constexpr ptrdiff_t kRowLimit = 32;

/// What one deletion, or several in a row, give up.
struct Dropped {
  Interval bytes = Interval::exactly(0); ///< whole blocks, over all sites
  bool large = false;                    ///< known to be large here
  bool presumed = false;                 ///< large in practice, size not shown
  bool unsure = false; ///< a container of unknown size, or large only in many pieces
  llvm::SmallVector<const AllocationSite *, 2> sites;

  bool counts() const { return large || presumed || unsure; }
};

Dropped dropOf(const Deletion &deletion, const HeapModel &heap) {
  Dropped dropped;
  for (const AllocationSite *site : heap.droppedBy(deletion)) {
    Interval taken = site->cost.retained;
    bool isContainer =
        site->kind == AllocationKind::Buffer || site->kind == AllocationKind::Container;
    bool large = site->cost.contiguous().bytes.lo >= heap.target().largeBytes();
    bool grows = site->kind == AllocationKind::Container &&
                 (heap.growsLater(deletion.symbol) || heap.growsLater(*site));
    bool unknown = isContainer && (!taken.hasHi() || grows);
    bool inPieces = taken.lo >= heap.target().largeBytes();
    if (!large && !site->presumedLarge && !unknown && !inPieces)
      continue;
    dropped.large |= large;
    dropped.presumed |= site->presumedLarge;
    dropped.unsure = true;
    if (unknown)
      taken.hi = Interval::kNoHi;
    dropped.bytes = dropped.bytes + taken;
    dropped.sites.push_back(site);
  }
  return dropped;
}

/// Deletions whose statements follow one another directly are one row: only what the last one
/// leaves behind matters.
llvm::ArrayRef<Deletion> rowOf(const Deletion &deletion, const HeapModel &heap) {
  llvm::ArrayRef<Deletion> all = heap.deletions();
  auto follows = [](const Deletion &a, const Deletion &b) {
    return a.statement == b.statement || a.statement.followingStatement() == b.statement;
  };
  const Deletion *first = &deletion;
  while (first != all.begin() && &deletion - first < kRowLimit && follows(first[-1], first[0]))
    --first;
  const Deletion *last = &deletion;
  while (last + 1 != all.end() && last - &deletion < kRowLimit && follows(last[0], last[1]))
    ++last;
  return {first, last + 1};
}

std::string messageFor(const Deletion &deletion, const Dropped &dropped, const AllocationSite &next,
                       const RuleContext &context) {
  bool isDel = deletion.statement.kind() == NodeKind::DeleteStatement;
  std::string name = "`" + deletion.target.text().str() + "`";
  std::string message = isDel ? "deleting " + name : "setting " + name + " to None";
  message += " frees nothing by itself: ";
  if (dropped.large)
    message += ByteFigure::of(dropped.bytes).text() + " stay taken";
  else
    message +=
        "what it held (" + dropped.sites.front()->what + ", size not known here) stays taken";
  message += " until a collection runs, and " + next.what + " in " + context.lineOf(next.node) +
             (context.heap().setsThreshold() ? " can come first: " : " comes first: ") +
             context.whyRoomIsTaken() +
             "; if it lives on, it may split the free space. Call `gc.collect()` right after the ";
  return message + (isDel ? "del" : "assignment");
}

void check(const Deletion &deletion, RuleContext &context) {
  const HeapModel &heap = context.heap();
  if (deletion.statement.enclosing(NodeKind::ExceptClause))
    return;
  Dropped dropped = dropOf(deletion, heap);
  if (!dropped.counts())
    return;
  // A row reports once, at its last member that counts, for all of it.
  llvm::ArrayRef<Deletion> row = rowOf(deletion, heap);
  std::vector<Note> notes;
  for (const Deletion &other : row) {
    if (&other == &deletion)
      continue;
    Dropped more = dropOf(other, heap);
    if (!more.counts())
      continue;
    if (&other > &deletion)
      return;
    dropped.bytes = dropped.bytes + more.bytes;
    dropped.large |= more.large;
    dropped.presumed |= more.presumed;
    dropped.sites.append(more.sites);
    notes.push_back(context.note(other.target, "dropped in the same row"));
  }
  const AllocationSite *next = heap.nextUncollected(row.back());
  if (next == nullptr)
    return;

  Diagnostic &finding =
      context.report(deletion.target, messageFor(deletion, dropped, *next, context));
  bool isSure = dropped.large || (dropped.presumed && !heap.target().hasPsram());
  bool matters = heap.mayBeLarge(*next) && !heap.setsThreshold();
  finding.severity = isSure && matters ? Severity::Warning : Severity::Note;
  finding.cost = ByteFigure::of(dropped.bytes);
  finding.notes = std::move(notes);
  for (const AllocationSite *site : dropped.sites)
    finding.notes.push_back(context.note(site->node, "it was made here"));
  finding.notes.push_back(context.note(next->node, "this is allocated before a collection"));
  if (auto edits = context.collectAfter(row.back().statement); !edits.empty())
    finding.fix = Fix{"Collect after it", Applicability::Safe, std::move(edits)};
}

} // namespace

extern const Rule del_without_collect;
const Rule del_without_collect = {
    .name = "del-without-collect",
    .code = "FRG201",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "Something large is deleted, and more is allocated before it is collected",
    .rationale =
        R"(`del x` (and `x = None`) drops a reference; the memory stays taken until a collection runs. An
allocation that comes before that cannot use the room, unless it finds no other and so starts the
collection itself. Placed elsewhere, it may split the free space there if it lives on. A
`gc.collect()` right after the `del` lets it have the room that was just given up.

Flagged: the last reference to something large (or to a container or buffer whose size is not
known: a note), when a large or a long-lived allocation can follow before a collection, the growth
of a list that stays included, in the same function, in what it calls, or behind the calls of it.
Several deletions in a row count as one. A note where only small ones follow, or where the program
sets a `gc.threshold()`, which may collect first.

Silent: items and slices, small values, names whose object something else still holds, and
whatever is collected first. CircuitPython also collects when it imports a file.)",
    .bad = R"(import machine

samples = bytearray(4000)
samples[0] = 255
del samples
frame = bytearray(2000)
)",
    .good = R"(import machine
import gc

samples = bytearray(4000)
samples[0] = 255
del samples
gc.collect()
frame = bytearray(2000)
)",
    .references = {},
    .fix = FixAvailability::Safe,
    .check = check,
};

} // namespace fraglint::rules
