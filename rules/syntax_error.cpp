/// FRG001: something in the file is not valid Python.

#include "lint/rule.h"
#include "lint/rule_context.h"

namespace fraglint::rules {

namespace {

void check(const SyntaxFault &fault, RuleContext &context) {
  context.report(fault.range, fault.message);
}

} // namespace

extern const Rule syntax_error;
const Rule syntax_error = {
    .name = "syntax-error",
    .code = "FRG001",
    .severity = Severity::Error,
    .since = "0.1.0",
    .summary = "The file is not valid Python 3",
    .rationale =
        R"(The board would refuse the whole file with a `SyntaxError`: nothing of it runs, not even what
stands above. Here the statements around it that can be read are still analysed; the broken one is left out, so findings may be missing.

A file written for Python 2 is reported once and not analysed. This finding cannot be switched
off or suppressed; `exclude` leaves a file out altogether.)",
    .bad = R"(import board

while True
    pass
)",
    .good = R"(import board

while True:
    pass
)",
    .references = {},
    .fix = FixAvailability::None,
    .check = check,
};

} // namespace fraglint::rules
