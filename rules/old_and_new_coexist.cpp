/// FRG105: a large value is replaced, and the old one is still bound while the new one is made.

#include "lint/rule.h"
#include "lint/rule_context.h"

namespace fraglint::rules {

namespace {

/// Whether a `try` around the node, in its function, provides for failure: the old value may be
/// kept on purpose.
bool mayKeepOld(SyntaxNode node, const SemanticModel &model) {
  for (SyntaxNode up = node; up; up = up.parent())
    if (up.kind() == NodeKind::TryStatement && up.child(NodeKind::ExceptClause) &&
        model.functionOf(up) == model.functionOf(node))
      return true;
  return false;
}

std::string messageFor(const AllocationSite &site, const Coexistence &both,
                       const RuleContext &context) {
  std::string name = "`" + both.rebinding.target.text().str() + "`";
  ByteFigure run = site.cost.contiguous();
  std::string message = name + " still holds its old value, " + both.old->what + ", while " +
                        site.what + " makes the new one: ";
  if (run.bytes.lo >= context.target().largeBytes())
    message += run.text() + " must be free in one run beside the old ones";
  else
    message += "there must be room for both, whose size is not known here but large in practice";
  return message + ", and old and new take turns at two places. Set " + name +
         " to None and call `gc.collect()` first";
}

void check(const AllocationSite &site, RuleContext &context) {
  const HeapModel &heap = context.heap();
  const SemanticModel &model = context.module().model();
  if (!heap.isLarge(site) || site.kind == AllocationKind::Text || heap.isTemporary(site))
    return;
  std::optional<Coexistence> both = heap.coexistence(site);
  if (!both || !heap.isHot(both->rebinding.assignment) ||
      both->rebinding.assignment.enclosing(NodeKind::ExceptClause) ||
      mayKeepOld(both->rebinding.assignment, model))
    return;
  // A buffer that is dead at the end of its pass is best made once: FRG103 says so.
  if (site.kind == AllocationKind::Buffer && !heap.staysOn(site))
    return;
  Diagnostic &finding =
      context.report(both->rebinding.assignment, messageFor(site, *both, context));
  bool isKnown = site.cost.contiguous().bytes.lo >= context.target().largeBytes();
  if (both->rebinding.isShared || site.heldByLibrary || (!isKnown && context.target().psram))
    finding.severity = Severity::Note;
  finding.cost = site.cost.contiguous();
  if (!(both->old == &site))
    finding.notes.push_back(context.note(both->old->node, "the old value was made here"));
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
    .summary = "A large value is replaced while its name still holds the old one",
    .rationale =
        R"(In `page = make_page()` the right side runs first: until it is done, `page` holds the old
page. There must be room for both, and no collection can help, for the old one is no garbage yet.
Setting the name to None and collecting first lets the new one take the old one's room.

Flagged: in a loop that never ends, or in what it calls, a name or `self.x` that gets a new
large value while it may still hold one, from an earlier pass or call.

Silent: names that are dropped before; values that something else holds too; a new value made
of the old one; a `try` that may want to keep the old one; buffers that are dead by the end of
the pass, which are FRG103's. A note where other functions look at the name too,
and for documents of a session that keeps its last response.)",
    .bad = R"(import board
import json

state = {}

while True:
    with open("/state.json") as source:
        print(board.board_id, len(state))
        state = json.load(source)
)",
    .good = R"(import board
import gc
import json

state = {}

while True:
    with open("/state.json") as source:
        print(board.board_id, len(state))
        state = None
        gc.collect()
        state = json.load(source)
)",
    .references = {},
    .fix = FixAvailability::Unsafe,
    .check = check,
};

} // namespace fraglint::rules
