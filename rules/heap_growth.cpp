/// FRG904: a change makes a program ask for more of its heap than it did before.

#include "lint/rule.h"
#include "lint/rule_context.h"

namespace fraglint::rules {

namespace {

void check(const ProgramGrowth &growth, RuleContext &context) {
  if (growth.allowed && growth.bytes <= *growth.allowed)
    return;
  bool isRun = growth.figure == ProgramGrowth::Figure::Contiguous;
  std::string message =
      isRun ? "the largest run that the program asks for is " + growth.now.text() +
                  " here, and before the change it was " + growth.before.text()
            : "the most that the program has in use at once is " + growth.now.text() +
                  " here, and before the change it was " + growth.before.text();
  message +=
      growth.allowed ? ": `max-growth` allows " + withThousands(*growth.allowed) + " more" : "";
  Diagnostic &finding = context.report(
      growth.place, message + "; `fraglint heap --diff` shows which lines ask for more");
  finding.cost = growth.now;
  if (!growth.allowed && growth.bytes < growth.large)
    finding.severity = Severity::Note;
}

} // namespace

extern const Rule heap_growth;
const Rule heap_growth = {
    .name = "heap-growth",
    .code = "FRG904",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "A change makes the program ask for surely more of the heap than before",
    .rationale =
        R"(Firmware rarely outgrows its heap in one step: each change takes a little, and the last one gets
the MemoryError. `fraglint check --since origin/main` compares each program whose files a branch
changes with what it was where the branch began, by the figures of `fraglint heap`.

Flagged: the largest run and the most bytes in use where they surely grew: the least that the
program needs now is above the most that it needed before, or, where nothing bounded that, above
the least. It is a note where that is less than the board calls large (a 128th of its heap). What
a branch may add is said in bytes, also for one program, and is then what counts in place of that:

    [budgets]
    max-growth = 512
    "code.py" = { max-growth = 4096 }

A change that is worth its bytes raises that number, where a reviewer sees it.

Silent: without `--since`; programs that are new; growth that is not sure.)",
    // What the good one became.
    .bad = R"(import board

frame = bytearray(8192)
board.UART().readinto(frame)
)",
    .good = R"(import board

frame = bytearray(512)
board.UART().readinto(frame)
)",
    .references = {},
    .fix = FixAvailability::None,
    .check = check,
};

} // namespace fraglint::rules
