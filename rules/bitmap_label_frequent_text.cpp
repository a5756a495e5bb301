/// FRG302: a bitmap_label with a long text of varying width is set on every pass of a loop.

#include "evaluator/label_comparison.h"
#include "lint/rule.h"
#include "lint/rule_context.h"
#include "semantic/call_arguments.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace fraglint::rules {

namespace {

/// The fix is for files that are not longer, and make no more labels, than people write.
constexpr uint32_t kMaxNodes = 30000;
constexpr unsigned kMaxLabels = 32;

std::string bitmapText(const LabelWrite &write, const LabelChurn &churn,
                       const LabelComparison &both) {
  if (churn.likelyBitmap == 0)
    return "a new bitmap of " + ByteFigure::of(both.bitmap.bitmap).text() +
           " in one run while the old one is still in use. ";
  return "a new bitmap in one run while the old one is still in use. How large is not known; the "
         "name of the font's file tells of a height of " +
         std::to_string(write.style.namedPixels) + " pixels, which makes some " +
         withThousands(churn.likelyBitmap) + " bytes. ";
}

/// In how long runs: each is shorter than the bitmap, whatever the text's length.
std::string glyphsText(const LabelCost &glyphs) {
  return glyphs.largest.hasHi()
             ? "but no run longer than " + withThousands(glyphs.largest.hi) + " bytes"
             : "but in many shorter runs";
}

std::string messageFor(const LabelWrite &write, const LabelChurn &churn,
                       const LabelComparison &both) {
  std::string name = "`" + write.target.text().take_front(60).str() + "`";
  bool isEveryPass = churn.repetition.pass.kind == PassKind::EveryPass;
  std::string message = name + " is set on " + (isEveryPass ? "every pass" : "many passes") +
                        " of this loop, and how wide its text is varies: each other width takes " +
                        bitmapText(write, churn, both);
  message += "`label.Label` takes more for the same text, " +
             ByteFigure::of(both.glyphs.bytes).text() + ", " + glyphsText(both.glyphs);
  return message + ". Format the text to a fixed width in `terminalio.FONT`, or use `label.Label`";
}

/// Arguments that `label.Label` takes, too. It cannot write upside down (`label_direction="UPD"`).
bool isCommonArgument(SyntaxNode argument, const SemanticModel &model) {
  llvm::StringRef name = argument.child(Field::Name).text();
  if (name == "label_direction")
    return llvm::is_contained({"LTR", "RTL", "UPR", "DWR"},
                              model.stringOf(argument.child(Field::Value)).value_or(""));
  return llvm::StringSwitch<bool>(name)
      .Cases("font", "text", "color", "background_color", "background_tight", "scale", true)
      .Cases("x", "y", "anchor_point", "anchored_position", "line_spacing", true)
      .Cases("padding_top", "padding_bottom", "padding_left", "padding_right", true)
      .Cases("base_alignment", "tab_replacement", true)
      .Default(false);
}

/// The call that uses the module's name to make a label, with arguments that any label takes;
/// null where the use is another.
SyntaxNode plainConstructor(SyntaxNode use, const SemanticModel &model) {
  SyntaxNode callee = use.parent();
  SyntaxNode call = callee.parent();
  if (callee.kind() != NodeKind::Attribute || callee.child(Field::Attribute).text() != "Label" ||
      call.kind() != NodeKind::Call || !(call.child(Field::Function) == callee))
    return {};
  CallArguments arguments(call);
  bool isPlain = !arguments.hasSplat() && arguments.positionalCount() <= 1;
  for (SyntaxNode argument : call.child(Field::Arguments).children())
    isPlain &= argument.kind() != NodeKind::KeywordArgument || isCommonArgument(argument, model);
  return isPlain ? call : SyntaxNode();
}

/// Whether the file gives the name `label` a meaning already, or asks a label for its bitmap
/// or turns it.
bool standsInTheWay(const SemanticModel &model, SyntaxNode node) {
  if (node.kind() == NodeKind::Identifier && node.text() == "label") {
    SymbolId symbol = model.symbolOf(node);
    return symbol != kNoId && !model.symbol(symbol).bindings.empty();
  }
  llvm::StringRef attribute = node.child(Field::Attribute).text();
  return node.kind() == NodeKind::Attribute &&
         (attribute == "bitmap" || attribute == "tilegrid" || attribute == "label_direction");
}

/// The same of any node of the file; a long file is not looked through.
bool mayStandInTheWay(const SemanticModel &model) {
  if (model.tree().nodeCount() > kMaxNodes)
    return true;
  for (uint32_t i = 0; i < model.tree().statementCount(); ++i)
    for (SyntaxNode node = model.tree().statement(i); node; node = node.next())
      if (standsInTheWay(model, node))
        return true;
  return false;
}

/// Makes labels of glyphs of all that `from adafruit_display_text import bitmap_label` makes:
/// both modules would take more than they are worth.
std::optional<Fix> swapKind(const LabelWrite &write, const RuleContext &context) {
  const SemanticModel &model = context.module().model();
  if (write.constructors.size() != 1)
    return std::nullopt;
  SyntaxNode name = write.constructors.front().child(Field::Function).child(Field::Object);
  SymbolId symbol = model.symbolOf(name);
  if (symbol == kNoId || model.symbol(symbol).bindings.size() != 1)
    return std::nullopt;
  const Binding &import = model.binding(model.symbol(symbol).bindings.front());
  if (import.kind != BindingKind::Import || name.text() != "bitmap_label" ||
      import.importedName != "adafruit_display_text.bitmap_label" ||
      import.name.enclosing(NodeKind::AliasedImport) ||
      !import.name.enclosing(NodeKind::ImportFromStatement))
    return std::nullopt;
  if (model.symbol(symbol).references.size() > kMaxLabels || mayStandInTheWay(model))
    return std::nullopt;
  Fix fix;
  fix.title = "Make it a `label.Label`";
  fix.applicability = Applicability::Unsafe;
  fix.edits.push_back({import.name.range(), "label"});
  for (SyntaxNode use : model.symbol(symbol).references) {
    if (!plainConstructor(use, model))
      return std::nullopt;
    fix.edits.push_back({use.range(), "label"});
  }
  return fix;
}

void check(const LabelWrite &write, RuleContext &context) {
  const LabelChurn *churn = context.heap().labelChurn(write);
  if (!churn)
    return;
  LabelComparison both = compareLabels(write, *churn, context.program(), context.target());
  if (!both.isBetterInGlyphs)
    return;
  Diagnostic &finding = context.report(write.target, messageFor(write, *churn, both));
  bool isKnown = churn->likelyBitmap == 0;
  finding.severity = churn->isSure && isKnown ? Severity::Warning : Severity::Note;
  finding.cost = ByteFigure::of(both.bitmap.bitmap);
  finding.notes = context.wayOf(churn->repetition);
  if (!write.constructors.empty())
    finding.notes.push_back(context.note(write.constructors.front(), "the label is made here"));
  finding.fix = swapKind(write, context);
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
`label.Label` would need. A note where only a timer, a mode or the like changes the text, else a
warning. Fonts read from files have sizes that the program does not show: where the file's name
tells of a height (`Helvetica-Bold-16.pcf`) a note goes by that, else FRG301 speaks.

Silent: texts of fixed width in `terminalio.FONT` (`{:5d}`), also those that are seen to be as long
each time when the program is evaluated, short ones, and everything that
FRG301 is silent about.

The fix makes labels of glyphs of all that the import makes, where their arguments are known to
both kinds; they draw the same letters, background and outline may differ. It
trades long runs for many small ones, and so FRG301 speaks on of how often the text is set: that is
the next thing to mend.)",
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
from adafruit_display_text import label

uart = board.UART()
line = label.Label(terminalio.FONT)
board.DISPLAY.root_group = line

while True:
    line.text = "The last of the messages that came in over the serial line: {}".format(uart.readline())
)",
    .references = {},
    .fix = FixAvailability::Unsafe,
    .check = check,
};

} // namespace fraglint::rules
