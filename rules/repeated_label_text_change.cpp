/// FRG301: a loop gives a label a text on every pass.

#include "evaluator/label_comparison.h"
#include "lint/rule.h"
#include "lint/rule_context.h"

namespace fraglint::rules {

namespace {

std::string countText(Interval count) {
  std::string least = withThousands(count.lo);
  if (count.isExact())
    return "exactly " + least;
  return count.hasHi() ? least + " to " + withThousands(count.hi) : "at least " + least;
}

llvm::StringRef whenText(PassKind pass) {
  switch (pass) {
  case PassKind::Timer:
    return "each time this timer in the loop fires";
  case PassKind::Mode:
    return "on every pass of this loop while its mode is on";
  default:
    return "on every pass of this loop";
  }
}

std::string messageFor(const LabelWrite &write, const LabelChurn &churn) {
  std::string name = "`" + write.target.text().take_front(60).str() + "`";
  std::string message = name + " is set " + whenText(churn.repetition.pass.kind).str();
  if (churn.alternates)
    message += ", and to another text on the same pass";
  else if (churn.change == TextChange::Seldom)
    message += ", though what it shows changes seldom";
  message += ": each other text takes " + ByteFigure::of(write.cost.bytes).text() + " in " +
             countText(write.cost.requests) + " requests, most of it garbage by the next";
  if (!write.cost.bytes.hasHi() && !write.cost.reason.empty())
    message += " (" + write.cost.reason + ")";
  if (churn.alternates)
    return message + ". Set each text only when what it tells has changed";
  if (churn.change == TextChange::Seldom)
    return message + ", and the text is built each time. Build and set it only when that changes";
  if (churn.repetition.pass.kind == PassKind::Timer || churn.seconds >= 0.5)
    return message + ". Set it only when what it shows has changed by enough to matter";
  return message + ". Set it only when what it shows has changed by enough to matter, or by a "
                   "timer, a few times a second";
}

/// A warning where every pass makes a large amount, and nothing slows the passes down.
Severity severityFor(const LabelWrite &write, const LabelChurn &churn, const Target &target) {
  return churn.isQuick && write.cost.bytes.lo >= target.largeBytes() ? Severity::Warning
                                                                     : Severity::Note;
}

void check(const LabelWrite &write, RuleContext &context) {
  const LabelChurn *churn = context.heap().labelChurn(write);
  if (!churn || compareLabels(write, *churn, context.program(), context.target()).isBetterInGlyphs)
    return;
  Diagnostic &finding = context.report(write.target, messageFor(write, *churn));
  finding.severity = severityFor(write, *churn, context.target());
  finding.cost = ByteFigure::of(write.cost.bytes);
  finding.notes = context.wayOf(churn->repetition);
  if (!write.constructors.empty())
    finding.notes.push_back(context.note(write.constructors.front(), "the label is made here"));
}

} // namespace

extern const Rule repeated_label_text_change;
const Rule repeated_label_text_change = {
    .name = "repeated-label-text-change",
    .code = "FRG301",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "A label gets a text on every pass of a loop",
    .rationale =
        R"(A label draws each new text from scratch: `label.Label` makes a glyph record and a TileGrid for
every character, `bitmap_label.Label` looks each glyph up twice and makes a new bitmap when the
text gets wider or narrower. In a loop without a pause that is the largest stream of garbage in
many programs with a display, and what lives on settles among it. Setting an equal text does
nothing, so it is the changes that cost, and each of them more than the eye can follow is wasted.

Flagged: text given to a label of `adafruit_display_text` on every pass of a `while` loop, also
through functions, where it may be another text each time. A warning where a pass sleeps less
than half a second and one text takes as much as is large on the board; else a note, also where
what is shown changes by events only, in a mode, or by a timer.

Silent: a text set behind a test whether it changed, or in answer to an event; a text that no
pass changes, or one of a few that lie ready; loops whose passes sleep five seconds, collect, play
a game or scroll a text; timers of five seconds and more, and a time without seconds shown by a
timer; what tells the user of a dialog what was chosen, or what the program waits for; the `text`
of anything that is no label.)",
    .bad = R"(import board
import terminalio
from adafruit_display_text import label

knob = board.ADC()
status = label.Label(terminalio.FONT)
board.DISPLAY.root_group = status

while True:
    status.text = "Position: {:5d}".format(knob.value)
)",
    .good = R"(import board
import terminalio
from adafruit_display_text import label

knob = board.ADC()
status = label.Label(terminalio.FONT)
board.DISPLAY.root_group = status
shown = None

while True:
    position = knob.value
    if position != shown:
        shown = position
        status.text = "Position: {:5d}".format(position)
)",
    .references = {},
    .fix = FixAvailability::None,
    .check = check,
};

} // namespace fraglint::rules
