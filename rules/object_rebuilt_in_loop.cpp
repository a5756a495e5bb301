/// FRG104: a label, picture, font, decoder, bitmap or shape that a loop makes again and again.

#include "heap/garbage_before.h"
#include "heap/rebuilding.h"
#include "lint/rule.h"
#include "lint/rule_context.h"
#include "semantic/call_arguments.h"

namespace fraglint::rules {

namespace {

/// What an event loads while garbage waits is FRG102's: a collection before it is soon written.
bool isCollectedBest(const AllocationSite &site, const Rebuilding &rebuilding,
                     const HeapModel &heap) {
  return !rebuilding.repetition && rebuilding.object.kind != CostlyKind::Decoder &&
         !garbageBefore(site, heap).sites.empty();
}

Severity severityFor(const Rebuilding &rebuilding, const Target &target) {
  const CostlyObject &object = rebuilding.object;
  bool isDecoder = object.kind == CostlyKind::Decoder;
  bool isEveryPass =
      rebuilding.repetition && rebuilding.repetition->pass.kind == PassKind::EveryPass;
  if (!isDecoder && (!isEveryPass || rebuilding.waits))
    return Severity::Note;
  if (object.bytes.lo >= target.largeBytes())
    return Severity::Warning;
  bool isPresumed = object.kind == CostlyKind::Picture || object.kind == CostlyKind::Font ||
                    object.kind == CostlyKind::Bitmap;
  return isPresumed && !target.hasPsram() ? Severity::Warning : Severity::Note;
}

/// How often it is made, in words.
std::string timesOf(const Rebuilding &rebuilding) {
  if (!rebuilding.repetition)
    return "whenever this happens";
  switch (rebuilding.repetition->pass.kind) {
  case PassKind::EveryPass:
    return "on every pass of this loop";
  case PassKind::Timer:
    return "each time this timer in the loop fires";
  default:
    return "on every pass of this loop while its mode is on";
  }
}

std::string bytesOf(const CostlyObject &object) {
  if (object.bytes.lo > 0)
    return ByteFigure::of(object.bytes).text() + " each time";
  return object.reason + " here, but such ones are large in practice";
}

/// Whether the name of the picture's file is written out and tells of another format.
bool isOtherThanBmp(const AllocationSite &site, const SemanticModel &model) {
  std::optional<std::string> name = model.stringOf(CallArguments(site.node).get(0));
  return name && !llvm::StringRef(*name).ends_with_insensitive(".bmp");
}

std::string adviceFor(const AllocationSite &site, const Rebuilding &rebuilding,
                      const SemanticModel &model) {
  bool isHere = rebuilding.repetition && rebuilding.repetition->calls.empty();
  std::string before = isHere ? "before the loop" : "outside this function";
  switch (rebuilding.object.kind) {
  case CostlyKind::Label:
    return "Make it once " + before + ", and set what changes of its `text`, `color` and place";
  case CostlyKind::Font:
    return "Load it once " + before;
  case CostlyKind::Decoder:
    return "One decoder is enough: make it once " + before +
           ", and give it the next file, `decoder.file = open(…)`";
  case CostlyKind::Bitmap:
    return "Make it once " + before + ", and `fill()` it and draw into it again";
  case CostlyKind::Shape:
    return "Make it once " + before +
           ", and set what changes of its `x`, `y` and `fill`; a shape of `vectorio` has no pixels "
           "in RAM and can change its size, too";
  case CostlyKind::Picture:
    break;
  }
  std::string onDisk = "with `displayio.OnDiskBitmap`, which leaves the pixels on disk";
  if (!rebuilding.isSame)
    return "If they are uncompressed BMPs, show them " + onDisk + "; else load each picture once " +
           before;
  return "Load it once " + before +
         (isOtherThanBmp(site, model) ? ", or convert it to an uncompressed BMP and show that "
                                      : ", or, if it is an uncompressed BMP, show it ") +
         onDisk;
}

std::string messageFor(const AllocationSite &site, const Rebuilding &rebuilding,
                       const SemanticModel &model) {
  const CostlyObject &object = rebuilding.object;
  bool isLoaded = object.kind == CostlyKind::Picture || object.kind == CostlyKind::Font;
  std::string message = site.what;
  message += !isLoaded           ? " is made anew "
             : rebuilding.isSame ? " loads the same file anew "
                                 : " loads a file into RAM ";
  message += timesOf(rebuilding) + ": " + bytesOf(object);
  if (object.kind == CostlyKind::Label)
    message += ", in many small pieces that are garbage as soon as the next one is made";
  else if (object.run.bytes.lo > 0)
    message += ", " + object.run.text() + " of it in one run";
  return message + ". " + adviceFor(site, rebuilding, model);
}

void check(const AllocationSite &site, RuleContext &context) {
  std::optional<Rebuilding> rebuilding = rebuildingOf(site, context.heap());
  if (!rebuilding || isCollectedBest(site, *rebuilding, context.heap()))
    return;
  Diagnostic &finding =
      context.report(site.node, messageFor(site, *rebuilding, context.module().model()));
  finding.severity = severityFor(*rebuilding, context.target());
  finding.cost = rebuilding->object.run;
  if (rebuilding->repetition)
    finding.notes = context.wayOf(*rebuilding->repetition);
}

} // namespace

extern const Rule object_rebuilt_in_loop;
const Rule object_rebuilt_in_loop = {
    .name = "object-rebuilt-in-loop",
    .code = "FRG104",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "A label, picture, font, decoder or shape is made again and again, not changed",
    .rationale =
        R"(A label takes more than a kilobyte before it shows a letter, in dozens of pieces; a font, a
picture or an MP3 decoder asks for long runs as well. Made anew on every pass, each leaves all of
that as garbage, and what is made in between and stays settles among it. Changing the one that
is there costs a part of it, or nothing.

Flagged: labels of `adafruit_display_text` and their subclasses, pictures that `adafruit_imageload`
loads into RAM, fonts, `MP3Decoder`, large bitmaps, and shapes of `adafruit_display_shapes` with a
fill, of 32 by 32 pixels or more, that every pass of a loop makes; pictures and decoders also where
an event does. A note where only a mode or a timer makes them, where each pass waits for something,
for pictures that events load, and where the bytes are few for the board.

Silent: what stays beside the earlier ones (a label for each line of a page), what is made only
while there is none, or kept in a dict; labels of a font that each call chooses; all but decoders
where a pass takes 5 s or more or has a long loop of its own, and shows page after page; another
picture each time whose pixels the program reads; `OnDiskBitmap`, `TileGrid`, `Group`, `Palette`,
`RawSample` and `WaveFile`, which take little. One fault is one finding: a bitmap that is
dead by the end of its pass is FRG103's; where a name or the display still holds the last one, FRG105
tells how to let it go first, and of decoders that one is enough. But where each pass loads the
same file, this rule speaks, for none has to be let go. What an event loads while garbage waits is
FRG102's.)",
    .bad = R"(import analogio
import board
import terminalio
from adafruit_display_text import label

knob = analogio.AnalogIn(board.A0)

while True:
    level = label.Label(terminalio.FONT, text=str(knob.value))
    board.DISPLAY.root_group = level
)",
    .good = R"(import analogio
import board
import terminalio
from adafruit_display_text import label

knob = analogio.AnalogIn(board.A0)
level = label.Label(terminalio.FONT, text="")
board.DISPLAY.root_group = level
shown = None

while True:
    value = knob.value
    if value != shown:
        shown = value
        level.text = str(value)
)",
    .references = {},
    .fix = FixAvailability::None,
    .check = check,
};

} // namespace fraglint::rules
