/// FRG003: a comment that suppresses findings is wrong or not needed, or a contract is.

#include "lint/rule.h"
#include "lint/rule_context.h"

namespace fraglint::rules {

namespace {

void check(const SuppressionFault &fault, RuleContext &context) {
  Diagnostic &finding = context.report(fault.range, fault.message);
  if (!fault.removal.empty())
    finding.fix = Fix{"Remove it", Applicability::Safe, {Edit{fault.removal, ""}}};
}

} // namespace

extern const Rule suppression_fault;
const Rule suppression_fault = {
    .name = "suppression-fault",
    .code = "FRG003",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "A `# fraglint:` comment is unknown, not needed, unreadable or without its reason",
    .rationale =
        R"(A comment that suppresses nothing hides the next finding that somebody brings to its line, and
one with a misspelled rule does not do what its writer thinks.

Flagged: `# fraglint: ignore[…]` and its kin with a rule that does not exist, or that has no
finding there; brackets that do not close; an `ignore-start` without `ignore-end` and the other
way round; with `require-reason` in the configuration, one that does not say why. Codes of ours in
`# noqa: …` likewise. And contracts that cannot be read (`# fraglint: len<64` for `len<=63`), or
stand where they say nothing: `no-alloc` beside something that is no function or loop.

Silent: a plain `# noqa`, other tools' codes, rules that are switched off, and files that do not
parse (the finding may be in what could not be read). The fix takes out the comment, or the one
name in it, and nothing else.)",
    .bad = R"(import board

frame = bytearray(64)  # fraglint: ignore[FRG201] it is small
)",
    .good = R"(import board

frame = bytearray(64)
)",
    .references = {},
    .fix = FixAvailability::Safe,
    .check = check,
};

} // namespace fraglint::rules
