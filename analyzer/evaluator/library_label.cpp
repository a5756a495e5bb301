#include "evaluator/library.h"
#include "evaluator/operations.h"
#include "heap/label_cost.h"
#include "heap/object_layout.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

// adafruit_display_text with `terminalio.FONT`: heap-facts c.2.

/// Pixels of a letter, and how much lower the next line is.
constexpr int64_t kLetterWidth = 6;
constexpr int64_t kLetterHeight = 12;
constexpr int64_t kLineStep = 15;
/// Short texts make no string of their own.
constexpr int64_t kShortText = 15;
/// Longer texts than this are not gone through letter by letter.
constexpr int64_t kMostLetters = 512;

/// A request of the library's own code, which is Python: other versions of it ask for less.
Run take(Machine &m, Interval bytes) {
  return m.heap().request(Interval{0, bytes.clampedBelow(0).hi});
}
void takeWords(Machine &m, int64_t words) { take(m, Interval::exactly(m.words(words))); }

struct Text {
  Interval letters = Interval::exactly(0);
  Interval widest = Interval::exactly(0); ///< letters of the longest line
  Interval lines = Interval::exactly(1);
};

Text textOf(const Machine &m, Value value) {
  Text text;
  if (std::optional<llvm::StringRef> known = m.textOf(value)) {
    llvm::SmallVector<llvm::StringRef, 4> lines;
    known->split(lines, '\n');
    int64_t widest = 0, letters = 0;
    for (llvm::StringRef line : lines) {
      auto length = static_cast<int64_t>(line.size());
      letters += length;
      widest = std::max(widest, length);
    }
    text.letters = Interval::exactly(letters);
    text.widest = Interval::exactly(widest);
    text.lines = Interval::exactly(static_cast<int64_t>(lines.size()));
    return text;
  }
  Interval length = Interval::atLeast(0);
  if (const auto *str = m.heap().get<StrObject>(value))
    length = str->content.length;
  else if (const auto *abstract = m.heap().get<AbstractObject>(value))
    length = abstract->length.clampedBelow(0);
  text.letters = length;
  text.widest = length;
  return text;
}

/// Charges `once` for each letter: so many surely, the others perhaps.
void eachLetter(Machine &m, Interval letters, llvm::ArrayRef<int64_t> words) {
  int64_t most = letters.hasHi() ? letters.hi : letters.lo;
  for (int64_t letter = 0; letter < std::min(most, kMostLetters); ++letter)
    for (int64_t count : words)
      takeWords(m, count);
  if (!letters.hasHi() || most > kMostLetters)
    m.noteUnknownLength("the length of the label's text is not known");
}

/// `str(text)` and its kin.
void copyText(Machine &m, Interval letters) {
  takeWords(m, 4);
  if (letters.hi <= kShortText)
    return;
  Interval bytes = letters + Interval::exactly(1);
  take(m, bytes);
  takeWords(m, 4);
}

void putGlyphs(Machine &m, const Text &text, bool hasBackground) {
  copyText(m, text.letters);
  // A glyph, a set to test the direction with, a TileGrid.
  eachLetter(m, text.letters, {10, 4, 2, 21});
  int64_t room = 4;
  while (room < text.letters.lo) {
    room *= 2;
    takeWords(m, room);
  }
  int64_t most = text.letters.hasHi() ? text.letters.hi : room;
  for (; room < most; room *= 2)
    take(m, {0, m.words(2 * room)});
  if (hasBackground) {
    takeWords(m, 9);
    take(m, bitmapBytes(text.widest * Interval::exactly(kLetterWidth),
                        text.lines * Interval::exactly(kLineStep), Interval::exactly(1)));
    takeWords(m, 21);
    takeWords(m, 4);
    takeWords(m, 2);
  }
  takeWords(m, 6);
}

/// Two looks at each letter, and a bitmap where the box changes.
Run putBitmap(Machine &m, const Text &text, bool isSameBox) {
  copyText(m, text.letters);
  for (int64_t words : {4, 8})
    takeWords(m, words);
  eachLetter(m, text.letters, {10, 10});
  Run pixels;
  if (!isSameBox) {
    takeWords(m, 9);
    Interval height = Interval::exactly(kLetterHeight) +
                      (text.lines - Interval::exactly(1)) * Interval::exactly(kLineStep);
    pixels = m.heap().request(
        bitmapBytes(text.widest * Interval::exactly(kLetterWidth), height, Interval::exactly(3)));
    takeWords(m, 21);
  }
  for (int64_t words : {6, 4, 2})
    takeWords(m, words);
  return pixels;
}

bool isBuiltinFont(const Machine &m, Value font) {
  return m.typeName(font) == "fontio.BuiltinFont";
}

/// The table of the label's attributes, as it grows up to `slots` slots.
Run growTable(Machine &m, int64_t slots) {
  Run table;
  for (int64_t count : {2, 4, 6, 8, 10, 12, 17, 23, 29, 37, 47}) {
    if (count > slots)
      break;
    Run old = table;
    table = take(m, Interval::exactly(m.words(2 * count)));
    m.heap().release(old);
  }
  return table;
}

void store(OpaqueObject &label, llvm::StringRef name, Value value) {
  for (auto &[key, old] : label.attributes) {
    if (key == name) {
      old = value;
      return;
    }
  }
  label.attributes.emplace_back(name.str(), value);
}

Value stored(const OpaqueObject &label, llvm::StringRef name) {
  for (const auto &[key, value] : label.attributes)
    if (key == name)
      return value;
  return {};
}

/// Draws `text`; the attributes say how.
void putText(Machine &m, OpaqueObject &label, Value value) {
  std::optional<LabelKind> kind = labelKindOf(label.type);
  Text text = textOf(m, value);
  if (stored(label, "<builtin>").isUnbound() || kind == LabelKind::Window) {
    m.noteUnknownCost("the font's size is not known");
    return;
  }
  if (kind == LabelKind::Glyphs)
    return putGlyphs(m, text, !stored(label, "<background>").isUnbound());
  Text old = textOf(m, stored(label, "text"));
  bool isSameBox = !stored(label, "text").isUnbound() && text.widest.isExact() &&
                   text.widest == old.widest && text.lines == old.lines;
  Run pixels = putBitmap(m, text, isSameBox);
  if (pixels) {
    while (label.runs.size() > 1)
      label.runs.pop_back();
    label.runs.push_back(pixels);
  }
}

void chargeLabel(LibraryCall &call) {
  Machine &m = call.machine();
  OpaqueObject &label = *call.made();
  bool isGlyphs = labelKindOf(label.type) == LabelKind::Glyphs;
  call.keepWords(Interval{0, 5});
  // The keywords on their way up.
  for (int64_t words : {7, 7, 4})
    takeWords(m, words);
  for (int64_t words : {4, 4, 11, 4, 4})
    call.keepWords(Interval{0, words});
  label.runs.insert(label.runs.begin(), growTable(m, isGlyphs ? 29 : 47));
  if (!isGlyphs) {
    call.keepWords(Interval{0, 9});
    call.keep({0, 4});
  }
  call.keepWords(Interval{0, 4});
  call.keep({0, isGlyphs ? 32 : 48});
  // The font has no load_glyphs: an exception that is caught.
  take(m, Interval::exactly(34));
  for (int64_t words : {6, 3, 3, 3})
    takeWords(m, words);
  for (int glyph = 0; glyph < 4; ++glyph)
    takeWords(m, 10);
  for (int64_t words : {11, 4, 4})
    takeWords(m, words);
  m.noteUnknownCost("not all that a label's constructor asks for is known");
  Value font = call.call().argument(0, "font");
  if (isBuiltinFont(m, font))
    store(label, "<builtin>", Value::boolean(true));
  Value background = call.call().argument(~0U, "background_color");
  if (!background.isUnbound() && !background.isNone())
    store(label, "<background>", Value::boolean(true));
  for (const auto &[name, value] : call.call().keywords)
    if (name != "text")
      store(label, name, value);
  Value text = call.call().argument(~0U, "text");
  if (text.isUnbound())
    text = m.name("");
  putText(m, label, text);
  store(label, "text", text);
}

constexpr LibraryCallRow kTable[] = {
    {"adafruit_display_text.bitmap_label.Label", "adafruit_display_text.bitmap_label.Label",
     chargeLabel},
    {"adafruit_display_text.label.Label", "adafruit_display_text.label.Label", chargeLabel},
    {"adafruit_display_text.outlined_label.OutlinedLabel",
     "adafruit_display_text.outlined_label.OutlinedLabel", chargeLabel},
    {"adafruit_display_text.scrolling_label.ScrollingLabel",
     "adafruit_display_text.scrolling_label.ScrollingLabel", chargeLabel},
    {"adafruit_display_text.text_box.TextBox", "adafruit_display_text.text_box.TextBox",
     chargeLabel},
};

constexpr auto kRows = nativeRows<kTable>();

} // namespace

llvm::ArrayRef<NativeRow> labelNatives() { return kRows; }

bool storeLibraryAttribute(Machine &m, Value base, llvm::StringRef name, Value value) {
  const auto *label = m.heap().get<OpaqueObject>(base);
  if (label == nullptr || name != "text" || !labelKindOf(label->type))
    return false;
  // The same text is not drawn again.
  Value old = stored(*label, "text");
  std::optional<llvm::StringRef> before = m.textOf(old), after = m.textOf(value);
  bool isSame = before && after && *before == *after;
  if (!isSame) {
    auto &changed = *m.heap().change<OpaqueObject>(base);
    putText(m, changed, value);
    store(changed, "text", value);
  }
  return true;
}

} // namespace fraglint
