/// FRG002: a file was given but could not be analysed.

#include "lint/rule.h"
#include "lint/rule_context.h"

namespace fraglint::rules {

namespace {

void check(const SkippedFile &file, RuleContext &context) {
  context.report(TextRange{}, "not analysed: " + file.reason);
}

} // namespace

extern const Rule not_analysed;
const Rule not_analysed = {
    .name = "not-analysed",
    .code = "FRG002",
    .severity = Severity::Error,
    .since = "0.1.0",
    .summary = "The file could not be read, or is beyond a limit",
    .rationale =
        R"(Nothing is known about this file: it is missing, unreadable, in an encoding that does not fit
its bytes, or so large that the analysis was cut off. The message says which. The other files
are analysed all the same, and the run ends with status 2.

This finding cannot be switched off or suppressed; `exclude` leaves a file out altogether.)",
    // A program cannot bring this about by what it says, only by its bytes: this is Latin-1 in a
    // file that is taken for UTF-8.
    .bad = "import board\n\nname = \"caf\xE9\"\n",
    .good = "# coding: latin-1\nimport board\n\nname = \"caf\xE9\"\n",
    .references = {},
    .fix = FixAvailability::None,
    .check = check,
};

} // namespace fraglint::rules
