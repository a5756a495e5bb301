/// FRG302: a bitmap_label with a long text of varying width is set on every pass of a loop.

#include "heap/label_churn.h"
#include "lint/rule.h"
#include "lint/rule_context.h"

namespace fraglint::rules {

namespace {

std::string messageFor(const LabelWrite &write, const LabelChurn &churn) {
  std::string name = "`" + write.target.text().take_front(60).str() + "`";
  bool isEveryPass = churn.repetition.pass.kind == PassKind::EveryPass;
  std::string message = name + " is set on " + (isEveryPass ? "every pass" : "many passes") +
                        " of this loop, and how wide its text is varies: each other width takes a "
                        "new bitmap of " +
                        ByteFigure::of(write.cost.bitmap).text() +
                        " in one run while the old one is still in use. ";
  message += "`label.Label` takes more for the same text, " +
             ByteFigure::of(churn.glyphs.bytes).text() + ", but no run longer than " +
             ByteFigure::of(churn.glyphs.largest).text();
  return message + ". Format the text to a fixed width in `terminalio.FONT`, or use `label.Label`";
}

void check(const LabelWrite &write, RuleContext &context) {
  std::optional<LabelChurn> churn = labelChurnOf(write, context.heap());
  if (!churn || !churn->isBetterInGlyphs)
    return;
  Diagnostic &finding = context.report(write.target, messageFor(write, *churn));
  finding.severity = churn->isQuick ? Severity::Warning : Severity::Note;
  finding.cost = ByteFigure::of(write.cost.bitmap);
  finding.notes = context.wayOf(churn->repetition);
  if (!write.constructors.empty())
    finding.notes.push_back(context.note(write.constructors.front(), "the label is made here"));
}

} // namespace

extern const Rule bitmap_label_frequent_text;
const Rule bitmap_label_frequent_text = {
    .name = "bitmap-label-frequent-text",
    .code = "FRG302",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "A bitmap_label whose long text varies in width is set on every pass of a loop",
    .rationale =
        R"(`bitmap_label.Label` keeps its whole text in one bitmap. A text as wide as the last one is drawn
into it; any other width asks for a new bitmap, in one run, before the old one is given up. For a
long text that run is large, and after some minutes there may be none. `label.Label` takes more
bytes for the same text, in small pieces that fit anywhere.

Flagged, in place of FRG301: a text given to a `bitmap_label.Label` or `OutlinedLabel` on passes
of a loop, whose width varies and whose bitmap is large on the board and larger than any run that
`label.Label` would need. A warning where nothing slows the passes down, else a note.

Silent: texts of fixed width in `terminalio.FONT` (`{:5d}`), short ones, and everything that
FRG301 is silent about. Fonts read from files have sizes that the program does not show: FRG301.)",
    .bad = R"(import board
import terminalio
from adafruit_display_text import bitmap_label

uart = board.UART()
line = bitmap_label.Label(terminalio.FONT)
board.DISPLAY.root_group = line

while True:
    line.text = "The last of the messages that came in over the serial line: {}".format(uart.readline())
)",
    .good = R"(import board
import terminalio
from adafruit_display_text import bitmap_label

uart = board.UART()
line = bitmap_label.Label(terminalio.FONT)
board.DISPLAY.root_group = line

while True:
    message = uart.readline()
    if message is not None:
        line.text = "The last of the messages that came in over the serial line: {}".format(message)
)",
    .references = {},
    .fix = FixAvailability::None,
    .check = check,
};

} // namespace fraglint::rules
