#include "heap/label_cost.h"

#include "heap/object_layout.h"
#include "semantic/call_arguments.h"
#include "semantic/call_traits.h"

#include "llvm/ADT/StringSwitch.h"

#include <algorithm>

namespace fraglint {

namespace {

/// Pixels of a letter, and how much lower the next line is.
struct GlyphSize {
  int64_t width = 6;
  int64_t height = 12;
  int64_t lineStep = 15;
};

/// Of `terminalio.FONT`.
constexpr GlyphSize kBuiltinSize;
/// The longest text that makes no string of its own.
constexpr int64_t kShortText = 15;

/// Bytes of the list that `count` members were appended to, one by one.
int64_t grownList(int64_t count, const Target &target) {
  int64_t room = 4;
  while (room < count && room < Interval::kNoHi / 64)
    room *= 2;
  return room * target.wordBytes();
}

/// Bytes of the pixels of `text` in one bitmap of `bits` bits a pixel. heap-facts c.1: every row
/// in whole 32-bit words. A text of several lines of unknown lengths has at least the area of
/// its characters.
Interval pixelBytes(const LabelText &text, int64_t bits, GlyphSize glyph = kBuiltinSize) {
  auto bytes = [&](int64_t characters) {
    int64_t lines = text.lines();
    if (characters > Interval::kNoHi / (int64_t{1} << 16))
      return Interval::kNoHi;
    int64_t widest = (characters + lines - 1) / lines;
    int64_t rowBytes = (widest * glyph.width * bits + 31) / 32 * 4;
    return rowBytes * (glyph.height + (lines - 1) * glyph.lineStep);
  };
  return {bytes(text.characters.lo),
          text.lines() == 1 ? bytes(text.characters.hi) : Interval::kNoHi};
}

/// Collects requests that are counted, not listed.
class CostSum {
public:
  explicit CostSum(const Target &target) : block_(target.blockBytes()) {}

  void add(Interval bytes, Interval times = Interval::exactly(1)) {
    auto round = [&](int64_t n) {
      return n > Interval::kNoHi - block_ ? n : (n + block_ - 1) / block_ * block_;
    };
    cost_.bytes = cost_.bytes + times * Interval{round(bytes.lo), round(bytes.hi)};
    cost_.requests = cost_.requests + times;
    if (times.lo > 0)
      cost_.largest.lo = std::max(cost_.largest.lo, bytes.lo);
    if (times.hi > 0)
      cost_.largest.hi = std::max(cost_.largest.hi, bytes.hi);
  }
  LabelCost take() { return std::move(cost_); }

private:
  int64_t block_;
  LabelCost cost_ = {Interval::exactly(0), Interval::exactly(0), Interval::exactly(0), {}, {}};
};

/// A request that may be left out.
constexpr Interval kPerhaps = {0, 1};

// heap-facts c.2. A font read from a file keeps its glyphs; whether it draws the blanks is not
// known, so that the lower bound counts neither.
LabelCost costOfGlyphs(const LabelStyle &style, const LabelText &text, const Target &target) {
  CostSum sum(target);
  int64_t word = target.wordBytes();
  Interval count = text.characters;
  if (!style.isBuiltinFont)
    count.lo = std::max<int64_t>(0, count.lo - text.blanks);
  auto words = [&](int64_t n) { return Interval::exactly(n * word); };
  Interval looked = style.isBuiltinFont ? count : Interval{0, count.hi};
  sum.add(words(10), looked); // Glyph
  sum.add(words(4), count);   // set for the test of the direction
  sum.add(words(2), count);
  sum.add(words(21), count); // TileGrid
  sum.add(words(6));         // bounding box
  sum.add(words(4));         // the text's copies: short ones are interned
  Interval isLong = {count.lo > kShortText ? 1 : 0, count.hi > kShortText ? 1 : 0};
  sum.add(count + Interval::exactly(1), isLong);
  sum.add(words(4), isLong * Interval::exactly(2));
  // The list of members grows where the text is longer than any before.
  Interval members = {grownList(count.lo, target),
                      count.hasHi() ? grownList(count.hi, target) : Interval::kNoHi};
  sum.add(members, kPerhaps);
  if (style.hasBackground) {
    sum.add(words(9));
    sum.add(style.isBuiltinFont ? pixelBytes(text, 1) : Interval::atLeast(0));
    sum.add(words(21));
    sum.add(words(4));
    sum.add(words(2));
  }
  LabelCost cost = sum.take();
  cost.largest = maximum(cost.largest, members);
  return cost;
}

// heap-facts c.2: two looks at each glyph, and a new bitmap where the pixel box changes.
LabelCost costOfBitmap(const LabelStyle &style, const LabelText &text, const Target &target) {
  CostSum sum(target);
  int64_t word = target.wordBytes();
  auto words = [&](int64_t n) { return Interval::exactly(n * word); };
  Interval count = text.characters;
  Interval looked = style.isBuiltinFont ? count : Interval{0, count.hi};
  sum.add(words(10), looked * Interval::exactly(2));
  for (int64_t size : {4, 8, 6, 4, 2}) // box, measures
    sum.add(words(size));
  sum.add(words(4), Interval::exactly(3)); // the text's copies
  bool boxStays = style.kind == LabelKind::Window || (text.isFixed && style.isBuiltinFont);
  Interval pixels = style.kind == LabelKind::Window || !style.isBuiltinFont ? Interval::atLeast(0)
                                                                            : pixelBytes(text, 2);
  if (!boxStays) {
    sum.add(words(9), kPerhaps);
    sum.add(pixels, kPerhaps);
    sum.add(words(21), kPerhaps);
  }
  LabelCost cost = sum.take();
  cost.bitmap = pixels;
  return cost;
}

/// Fonts are named after heights from this to that.
constexpr int64_t kLeastNamed = 6;
constexpr int64_t kMostNamed = 200;

/// The last number in the name of a file.
int64_t numberInName(llvm::StringRef path) {
  llvm::StringRef name = path.rsplit('.').first;
  size_t end = name.find_last_of("0123456789");
  name = name.take_front(end == llvm::StringRef::npos ? 0 : end + 1);
  llvm::StringRef digits = name.drop_front(name.find_last_not_of("0123456789") + 1);
  int64_t number = 0;
  bool isHeight = !digits.getAsInteger(10, number) && number >= kLeastNamed && number <= kMostNamed;
  return isHeight ? number : 0;
}

// NOLINTBEGIN(misc-no-recursion): kMaxDepth bounds it.

/// What the name of a font's file says, of any that the expression may stand for; `expression` is
/// the font or the path.
int64_t namedPixelsOf(const SemanticModel &model, SyntaxNode expression, unsigned depth = 0) {
  constexpr unsigned kMaxDepth = 4;
  if (!expression || depth > kMaxDepth)
    return 0;
  if (std::optional<std::string> path = model.stringOf(expression))
    return numberInName(*path);
  if (expression.kind() == NodeKind::Call)
    return lastNameOf(expression) == "load_font"
               ? namedPixelsOf(model, CallArguments(expression).get(0, "filename"), depth + 1)
               : 0;
  SymbolId symbol = model.symbolOf(expression);
  if (symbol == kNoId || model.symbol(symbol).bindings.empty())
    return 0;
  int64_t least = kMostNamed;
  for (BindingId id : model.symbol(symbol).bindings) {
    const Binding &binding = model.binding(id);
    bool isValue = binding.kind == BindingKind::Assignment;
    least = std::min(least, isValue ? namedPixelsOf(model, binding.value, depth + 1) : 0);
  }
  return least;
}

// NOLINTEND(misc-no-recursion)

} // namespace

std::optional<LabelKind> labelKindOf(llvm::StringRef typeName) {
  return llvm::StringSwitch<std::optional<LabelKind>>(typeName)
      .Case("adafruit_display_text.label.Label", LabelKind::Glyphs)
      .Case("adafruit_display_text.bitmap_label.Label", LabelKind::Bitmap)
      .Case("adafruit_display_text.outlined_label.OutlinedLabel", LabelKind::Bitmap)
      .Case("adafruit_display_text.scrolling_label.ScrollingLabel", LabelKind::Window)
      .Case("adafruit_display_text.text_box.TextBox", LabelKind::Window)
      .Default(std::nullopt);
}

LabelStyle labelStyleOf(const SemanticModel &model, SyntaxNode constructor, LabelKind kind) {
  CallArguments arguments(constructor);
  LabelStyle style;
  style.kind = kind;
  style.isBuiltinFont = model.qualifiedName(arguments.get(0, "font")) == "terminalio.FONT";
  if (!style.isBuiltinFont)
    style.namedPixels = namedPixelsOf(model, arguments.get(0, "font"));
  SyntaxNode background = arguments.get(~0U, "background_color");
  style.hasBackground = background && background.kind() != NodeKind::NoneLiteral;
  return style;
}

LabelCost costOfText(const LabelStyle &style, const LabelText &text, const Target &target) {
  LabelCost cost = style.kind == LabelKind::Glyphs ? costOfGlyphs(style, text, target)
                                                   : costOfBitmap(style, text, target);
  if (!cost.bytes.hasHi())
    cost.reason = !text.characters.hasHi() && !text.reason.empty() ? text.reason
                                                                   : "the font's size is not known";
  return cost;
}

int64_t likelyBitmapBytes(const LabelStyle &style, const LabelText &text) {
  int64_t height = style.namedPixels;
  return height > 0 ? pixelBytes(text, 2, {height / 2, height, height}).lo : 0;
}

} // namespace fraglint
