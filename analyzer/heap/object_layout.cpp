#include "heap/object_layout.h"

#include "heap/label_cost.h"
#include "semantic/known_library.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <algorithm>

namespace fraglint {

Interval CostBuilder::words(Interval count) const {
  return count * Interval::exactly(target_.wordBytes());
}

void CostBuilder::request(Interval bytes, Interval &account) {
  bytes = bytes.clampedBelow(0);
  cost_.requests.push_back({bytes, true});
  // Whole blocks; a request of nothing takes nothing.
  int64_t block = target_.blockBytes();
  auto round = [&](int64_t n) {
    return n > Interval::kNoHi - block ? n : (n + block - 1) / block * block;
  };
  account = account + Interval{round(bytes.lo), round(bytes.hi)};
}

void CostBuilder::keep(Interval bytes) { request(bytes, cost_.retained); }
void CostBuilder::drop(Interval bytes) { request(bytes, cost_.garbage); }

void CostBuilder::because(std::string reason) {
  if (cost_.reason.empty())
    cost_.reason = std::move(reason);
}

void CostBuilder::keepBytes(Interval length) {
  keep(length.clampedBelow(0) + Interval::exactly(1));
  keep(words(4));
}

void CostBuilder::keepList(Interval count) {
  keep(words(4));
  keep(words(count.clampedBelow(4)));
}

void CostBuilder::keepGrownList(Interval count) {
  keep(words(4));
  auto capacity = [](int64_t n) {
    int64_t room = 4;
    while (room < n && room < (Interval::kNoHi >> 2))
      room *= 2;
    return room < n ? Interval::kNoHi : room;
  };
  Interval room{capacity(count.clampedBelow(0).lo), capacity(count.hi)};
  // Each growth asks for the doubled run while the old one is alive; the old ones are freed.
  for (int64_t n = 4; n < room.lo; n *= 2)
    cost_.requests.push_back({words(n), true});
  keep(words(room));
}

Interval LayoutCall::integer(unsigned position, llvm::StringRef keyword) const {
  SyntaxNode argument = arguments.get(position, keyword);
  return argument ? model.intervalOf(argument) : Interval::unknown();
}

namespace {

using enum AllocationKind;

bool isSequence(llvm::StringRef type) {
  return llvm::is_contained({"bytes", "bytearray", "str", "list", "tuple", "memoryview"}, type);
}

/// What `bytearray(x)` and `bytes(x)` take their length from: x itself, or the length of x.
Interval bufferLength(const LayoutCall &call, CostBuilder &cost) {
  SyntaxNode source = call.arguments.get(0);
  if (!source)
    return call.arguments.hasSplat() ? Interval::atLeast(0) : Interval::exactly(0);
  ValueType type = call.model.typeOf(source);
  Interval length = isSequence(type.name) ? call.model.lengthOf(source)
                                          : call.model.intervalOf(source).clampedBelow(0);
  if (!length.hasHi())
    cost.because(("the value of `" + source.text().take_front(40) + "` is not known").str());
  return length;
}

/// A copy of a whole file or response is as large as that.
void presumeAsLargeAsSource(const LayoutCall &call, CostBuilder &cost) {
  SyntaxNode source = call.arguments.get(0);
  bool isAnswer = source && source.kind() == NodeKind::Call;
  const LayoutRow *row = isAnswer ? findLayout(call.model.calleeName(source)) : nullptr;
  if (row == nullptr || row->kind != AllocationKind::Document)
    return;
  CostBuilder original(cost.target());
  row->charge({call.model, source, CallArguments(source)}, original);
  if (original.presumedLarge())
    cost.presumeLarge();
}

// heap-facts b.3: the object first, then the data in one run.
void chargeBytearray(const LayoutCall &call, CostBuilder &cost) {
  cost.keep(cost.words(4));
  cost.keep(bufferLength(call, cost));
  presumeAsLargeAsSource(call, cost);
}

// heap-facts b.2: the data with its end mark, then the object.
void chargeBytes(const LayoutCall &call, CostBuilder &cost) {
  cost.keepBytes(bufferLength(call, cost));
}

} // namespace

namespace {

/// What an array is a copy of, or another name for: all that the name may stand for.
llvm::SmallVector<SyntaxNode, 4> sourcesOf(const SemanticModel &model, SyntaxNode array) {
  if (array.kind() == NodeKind::ParenthesizedExpression)
    return {array.firstChild()};
  if (array.kind() == NodeKind::Subscript && array.child(NodeKind::Slice))
    return {array.child(Field::Value)};
  SymbolId symbol = model.symbolOf(array);
  SyntaxNode sole = symbol == kNoId ? SyntaxNode() : model.soleValueOf(symbol);
  return sole ? llvm::SmallVector<SyntaxNode, 4>{sole} : model.passedFor(symbol);
}

/// By the type code of the call that makes the array.
Interval itemBytesOfCall(const SemanticModel &model, SyntaxNode array, const Target &target) {
  SyntaxNode code = CallArguments(array).get(0);
  std::optional<std::string> typeCode = code ? model.stringOf(code) : std::nullopt;
  if (!typeCode || typeCode->size() != 1)
    return {1, 8};
  switch ((*typeCode)[0]) {
  case 'b':
  case 'B':
    return Interval::exactly(1);
  case 'h':
  case 'H':
    return Interval::exactly(2);
  case 'q':
  case 'Q':
  case 'd':
    return Interval::exactly(8);
  case 'l':
  case 'L':
  case 'O':
  case 'P':
    return Interval::exactly(target.wordBytes());
  default:
    return Interval::exactly(4);
  }
}

} // namespace

Interval arrayItemBytes(const SemanticModel &model, SyntaxNode array, const Target &target) {
  constexpr size_t kSourceLimit = 32;
  llvm::SmallVector<SyntaxNode, 8> work{array};
  std::optional<Interval> bytes;
  for (size_t next = 0; next < work.size(); ++next) {
    llvm::SmallVector<SyntaxNode, 4> sources = sourcesOf(model, work[next]);
    if (work.size() + sources.size() > kSourceLimit)
      return {1, 8};
    if (sources.empty()) {
      Interval own = itemBytesOfCall(model, work[next], target);
      bytes = bytes ? bytes->hull(own) : own;
    }
    for (SyntaxNode source : sources)
      if (!llvm::is_contained(work, source))
        work.push_back(source);
  }
  return bytes.value_or(Interval{1, 8});
}

namespace {

// heap-facts b.3: object, data, and an iterator where the source is no buffer.
void chargeArray(const LayoutCall &call, CostBuilder &cost) {
  Interval item = arrayItemBytes(call.model, call.node, cost.target());
  cost.keep(cost.words(4));
  SyntaxNode source = call.arguments.get(1);
  if (!source)
    return;
  bool isBuffer = llvm::is_contained({"bytes", "bytearray"}, call.model.typeOf(source).name);
  Interval length = call.model.lengthOf(source).clampedBelow(0);
  if (!length.hasHi())
    cost.because(("the length of `" + source.text().take_front(40) + "` is not known").str());
  cost.keep(isBuffer ? length : item * length);
  if (!isBuffer)
    cost.drop(cost.words(4));
}

// heap-facts b.4: the object and a table: of `dict(a=1)` for its keywords, of `dict(x)` as large as
// that of x, which may have more room than items.
void chargeDict(const LayoutCall &call, CostBuilder &cost) {
  cost.keep(cost.words(4));
  if (call.arguments.empty())
    return;
  SyntaxNode source = call.arguments.get(0);
  int64_t count = 0;
  for ([[maybe_unused]] SyntaxNode argument : call.node.child(Field::Arguments).children())
    ++count;
  Interval items = Interval::exactly(count);
  if (source || call.arguments.hasSplat()) {
    items = Interval::atLeast(source ? call.model.lengthOf(source).lo : 0);
    cost.because("how many items it gets is not known");
  }
  cost.keep(cost.words(items) * Interval::exactly(2));
}

/// Bits of one pixel for a number of colours: 1, 2, 4, 8 or 16.
Interval pixelBits(Interval colours) {
  auto bits = [](int64_t n) -> int64_t {
    for (int64_t width : {1, 2, 4, 8})
      if (n <= int64_t{1} << width)
        return width;
    return 16;
  };
  return {bits(colours.lo), bits(colours.hi)};
}

/// The side of a display that nobody knows: those of common ones are longer more often than not.
constexpr int64_t kDisplaySide = 240;
/// How many operations and names deep a side is followed.
constexpr unsigned kSideDepth = 6;

} // namespace

Interval bitmapBytes(Interval width, Interval height, Interval colours) {
  Interval rowBits = width * pixelBits(colours) + Interval::exactly(31);
  return floorDivide(rowBits, Interval::exactly(32)) * Interval::exactly(4) * height;
}

namespace {

using SideOf = llvm::function_ref<Interval(SyntaxNode attribute)>;

/// The number of pixels of `side`, an expression made of something's `width` or `height`, each of
/// which `sideOf` tells; unknown where it is none.
// NOLINTNEXTLINE(misc-no-recursion): `depth` bounds it.
Interval pixelsOf(const SemanticModel &model, SyntaxNode side, SideOf sideOf,
                  unsigned depth = kSideDepth) {
  while (side.kind() == NodeKind::ParenthesizedExpression)
    side = side.firstChild();
  if (!side || depth == 0)
    return Interval::unknown();
  Interval known = model.intervalOf(side);
  if (known.hasHi())
    return known;
  if (SymbolId symbol = model.symbolOf(side); symbol != kNoId) {
    SyntaxNode sole = model.soleValueOf(symbol);
    return sole ? pixelsOf(model, sole, sideOf, depth - 1) : known;
  }
  if (side.kind() == NodeKind::Attribute &&
      llvm::is_contained({"width", "height"}, side.child(Field::Attribute).text()))
    return sideOf(side);
  if (side.kind() == NodeKind::Call && model.calleeName(side) == "int")
    return pixelsOf(model, CallArguments(side).get(0), sideOf, depth - 1);
  if (side.kind() != NodeKind::BinaryOperator)
    return known;
  Interval left = pixelsOf(model, side.child(Field::Left), sideOf, depth - 1);
  Interval right = pixelsOf(model, side.child(Field::Right), sideOf, depth - 1);
  llvm::StringRef op = side.child(Field::Operator).text();
  if (!left.hasHi() || !right.hasHi())
    return known;
  return op == "+"                 ? left + right
         : op == "-"               ? left - right
         : op == "*"               ? left * right
         : op == "//" || op == "/" ? floorDivide(left, right)
                                   : known;
}

/// Whether the program may turn a display, itself or by an argument of a library's.
bool maybeTurnsDisplay(const SemanticModel &model) {
  return llvm::any_of(model.files(), [](const ModuleFile &file) {
    return file.tree->file().text().contains("rotation");
  });
}

/// A side of the display that is built into the target, if `attribute` is one of `board.DISPLAY`
/// and nothing turns that.
Interval sideOfBoard(const SemanticModel &model, SyntaxNode attribute, const Target &target) {
  SyntaxNode display = attribute.child(Field::Object);
  if (SymbolId symbol = model.symbolOf(display); symbol != kNoId)
    if (SyntaxNode sole = model.soleValueOf(symbol))
      display = sole;
  if (target.displayWidth == 0 || model.qualifiedName(display) != "board.DISPLAY" ||
      maybeTurnsDisplay(model))
    return Interval::unknown();
  bool isWidth = attribute.child(Field::Attribute).text() == "width";
  return Interval::exactly(isWidth ? target.displayWidth : target.displayHeight);
}

/// Whether a bitmap is large in practice: its sides are a display's, or parts of them, and it is
/// large on a small display.
bool isLargeOnDisplay(const SemanticModel &model, SyntaxNode across, SyntaxNode down,
                      Interval colours, const Target &target) {
  bool isDisplays = false;
  auto usual = [&](SyntaxNode) {
    isDisplays = true;
    return Interval::exactly(kDisplaySide);
  };
  Interval width = pixelsOf(model, across, usual);
  Interval height = pixelsOf(model, down, usual);
  auto most = [](Interval side) { return side.hasHi() ? side.hi : kDisplaySide; };
  return isDisplays &&
         most(width) * most(height) * pixelBits(colours).hi / 8 >= target.largeBytes();
}

// heap-facts c.1: 36 bytes, then the pixels in one run, every row in whole 32-bit words. Its sides
// are the arguments from `position` on.
void chargePixels(const LayoutCall &call, unsigned position, Interval colours, CostBuilder &cost) {
  SyntaxNode across = call.arguments.get(position, "width");
  SyntaxNode down = call.arguments.get(position + 1, "height");
  auto sideOf = [&](SyntaxNode side) { return sideOfBoard(call.model, side, cost.target()); };
  Interval width = pixelsOf(call.model, across, sideOf).clampedBelow(0);
  Interval height = pixelsOf(call.model, down, sideOf).clampedBelow(0);
  cost.keep(cost.words(9));
  Interval pixels = bitmapBytes(width, height, colours);
  if (!pixels.hasHi())
    cost.because("the size of the bitmap is not known");
  if (!pixels.hasHi() && isLargeOnDisplay(call.model, across, down, colours, cost.target()))
    cost.presumeLarge();
  cost.keep(pixels);
}

void chargeBitmap(const LayoutCall &call, CostBuilder &cost) {
  chargePixels(call, 0, call.integer(2, "value_count").clampedBelow(0), cost);
}

// adafruit_display_shapes 2.10: a bitmap of two colours (of three where the corners are round),
// its palette and, in its tables, the tile grid that it is.
void chargeShape(const LayoutCall &call, int64_t colours, CostBuilder &cost) {
  chargePixels(call, 2, Interval::exactly(colours), cost);
  cost.keep(cost.words(4));
  cost.keep(Interval::exactly(colours * 16));
  cost.keep(cost.words(21));
}
void chargeRect(const LayoutCall &call, CostBuilder &cost) { chargeShape(call, 2, cost); }
void chargeRoundRect(const LayoutCall &call, CostBuilder &cost) { chargeShape(call, 3, cost); }

// heap-facts c.1: 8 36 8 and the items in one run; floats take 4 bytes, `uint8` 1.
void chargeUlab(const LayoutCall &call, CostBuilder &cost) {
  SyntaxNode shape = call.arguments.get(0, "shape");
  Interval count = Interval::exactly(1);
  if (shape.kind() == NodeKind::Tuple) {
    for (SyntaxNode side : shape.children())
      count = count * call.model.intervalOf(side).clampedBelow(0);
  } else {
    count = call.integer(0, "shape").clampedBelow(0);
  }
  SyntaxNode type = call.arguments.get(1, "dtype");
  Interval item = Interval::exactly(4);
  if (type) {
    llvm::StringRef name = type.text();
    bool oneByte = name.ends_with("int8") || name.ends_with("bool");
    bool twoBytes = name.ends_with("int16");
    item = oneByte                   ? Interval::exactly(1)
           : twoBytes                ? Interval::exactly(2)
           : name.ends_with("float") ? item
                                     : Interval{1, 4};
  }
  cost.drop(cost.words(2));
  cost.keep(cost.words(9));
  cost.drop(cost.words(2));
  if (!count.hasHi())
    cost.because("the number of items is not known");
  cost.keep(count * item);
}

// heap-facts b.3: one block; it keeps its whole base buffer alive.
void chargeMemoryview(const LayoutCall &, CostBuilder &cost) { cost.keep(cost.words(4)); }

// heap-facts c.1: 16, then 16 bytes a colour.
void chargePalette(const LayoutCall &call, CostBuilder &cost) {
  cost.keep(cost.words(4));
  cost.keep(call.integer(0, "color_count").clampedBelow(0) * Interval::exactly(16));
}

// heap-facts c.1: 84 and the tile indices, inline up to four.
void chargeTileGrid(const LayoutCall &, CostBuilder &cost) { cost.keep(cost.words(21)); }

// heap-facts c.1: 44 and an empty list of members.
void chargeGroup(const LayoutCall &, CostBuilder &cost) {
  cost.keep(cost.words(11));
  cost.keepList(Interval::exactly(0));
}

// heap-facts c.2: without any text 1,840 bytes are asked for, the attribute table of 232 in one
// run; 832 of them are freed on the way.
void chargeLabel(const LayoutCall &, CostBuilder &cost) {
  cost.keep({232, Interval::kNoHi});
  cost.keep(Interval::atLeast(1840 - 832 - 232));
  cost.because("the text that it will show is not known here");
}

// heap-facts c.2: the attribute table takes 376 bytes in one run, and its first text a bitmap.
void chargeBitmapLabel(const LayoutCall &call, CostBuilder &cost) {
  cost.keep({376, Interval::kNoHi});
  cost.keep(Interval::atLeast(2576 - 1344 - 376));
  if (SyntaxNode text = call.arguments.get(~0U, "text")) {
    LabelKind kind = labelKindOf(call.model.typeOf(call.node).name).value_or(LabelKind::Bitmap);
    LabelStyle style = labelStyleOf(call.model, call.node, kind);
    cost.keep(costOfText(style, measureText(call.model, text), cost.target()).bitmap);
  }
  cost.because("the text that it will show is not known here");
}

void chargeUnknown(llvm::StringRef reason, CostBuilder &cost) {
  cost.keep(Interval::atLeast(0));
  cost.because(reason.str());
  cost.presumeLarge();
}

void chargeResponse(const LayoutCall &, CostBuilder &cost) {
  chargeUnknown("the length of the response is not known", cost);
}
// adafruit_requests 4.1.17: the body comes in pieces of 32 bytes, which are joined; the session
// keeps the whole until its next request, the pieces are garbage. Measured on a 32-bit MicroPython
// (the WebAssembly port, a socket that allocates nothing) with a body of 6,580 bytes and four
// header lines: a collection after each call frees 22.6 KB with `.json()`, 25.9 KB with
// `.text`, 43.6 KB with `json.loads(r.text)`, as much as the call makes.
void chargeJoinedBody(const LayoutCall &, CostBuilder &cost) {
  chargeUnknown("the length of the response is not known", cost);
  cost.drop(Interval::atLeast(0));
  cost.presumeLargeTemporaries();
}
void chargeJson(const LayoutCall &, CostBuilder &cost) {
  chargeUnknown("the size of the document is not known", cost);
}
// micropython-lib requests 0.10: text and document are made of the body, which the response keeps;
// both are gone with it.
void chargeDecodedBody(const LayoutCall &call, CostBuilder &cost) { chargeJoinedBody(call, cost); }
void chargeImage(const LayoutCall &, CostBuilder &cost) {
  chargeUnknown("the size of the image is not known", cost);
}
void chargeFont(const LayoutCall &, CostBuilder &cost) {
  chargeUnknown("the size of the font is not known", cost);
}

// heap-facts b.2: `read(n)` asks for n + 1 and the object; without n the whole rest.
void chargeRead(const LayoutCall &call, CostBuilder &cost) {
  SyntaxNode size = call.arguments.get(0, "size");
  if (!size)
    return chargeUnknown("the length of the file is not known", cost);
  cost.keepBytes(call.model.intervalOf(size).clampedBelow(0));
  cost.because("how much is read is not known");
}

// heap-facts, rules.md truth 8: several blocks, the largest above 8 KB.
void chargeMp3(const LayoutCall &, CostBuilder &cost) {
  cost.keep(Interval::atLeast(8192));
  cost.presumeLarge();
  cost.because("the decoder's buffers depend on the firmware");
}

/// More voices than this no sound chip mixes; nor are they charged.
constexpr int64_t kMixerVoices = 32;

// heap-facts c.1: the mixer, two halves of the buffer, each in one run, the voices and a tuple of
// them.
void chargeMixer(const LayoutCall &call, CostBuilder &cost) {
  auto countOr = [&](unsigned position, llvm::StringRef keyword, int64_t ifLeftOut) {
    return call.arguments.get(position, keyword) ? call.integer(position, keyword).clampedBelow(0)
                                                 : Interval::exactly(ifLeftOut);
  };
  Interval voices = countOr(0, "voice_count", 1);
  Interval half = floorDivide(countOr(1, "buffer_size", 1024), Interval::exactly(2));
  if (!half.hasHi())
    cost.because("the size of its buffer is not known");
  cost.keep(cost.words(13) + cost.words(voices));
  cost.keep(half);
  cost.keep(half);
  for (int64_t voice = 0; voice < std::min(voices.lo, kMixerVoices); ++voice)
    cost.keep(cost.words(10));
  cost.keep(cost.words(2) + cost.words(voices));
}

// Sorted by name; a test holds that.
constexpr LayoutRow kRows[] = {
    {"adafruit_bitmap_font.bitmap_font.load_font", Image, chargeFont},
    {"adafruit_display_shapes.rect.Rect", Object, chargeRect},
    {"adafruit_display_shapes.roundrect.RoundRect", Object, chargeRoundRect},
    {"adafruit_display_text.bitmap_label.Label", Object, chargeBitmapLabel},
    {"adafruit_display_text.label.Label", Object, chargeLabel},
    {"adafruit_display_text.outlined_label.OutlinedLabel", Object, chargeBitmapLabel},
    {"adafruit_display_text.scrolling_label.ScrollingLabel", Object, chargeBitmapLabel},
    {"adafruit_display_text.text_box.TextBox", Object, chargeBitmapLabel},
    {"adafruit_imageload.load", Image, chargeImage},
    {"adafruit_requests.Response.content", Document, chargeJoinedBody, true},
    {"adafruit_requests.Response.json", Document, chargeJson, true},
    {"adafruit_requests.Response.text", Document, chargeJoinedBody, true},
    {"array.array", Buffer, chargeArray},
    {"audiomixer.Mixer", Object, chargeMixer},
    {"audiomp3.MP3Decoder", Object, chargeMp3},
    {"bytearray", Buffer, chargeBytearray},
    {"bytes", Buffer, chargeBytes},
    {"dict", Container, chargeDict},
    {"displayio.Bitmap", Buffer, chargeBitmap},
    {"displayio.Group", Object, chargeGroup},
    {"displayio.Palette", Object, chargePalette},
    {"displayio.TileGrid", Object, chargeTileGrid},
    {"io.FileIO.read", Document, chargeRead},
    {"io.IOBase.read", Document, chargeRead},
    {"io.TextIOWrapper.read", Document, chargeRead},
    {"json.load", Document, chargeJson},
    {"json.loads", Document, chargeJson},
    {"memoryview", Object, chargeMemoryview},
    {"requests.Response.content", Document, chargeResponse},
    {"requests.Response.json", Document, chargeDecodedBody},
    {"requests.Response.text", Document, chargeDecodedBody},
    {"ulab.numpy.empty", Buffer, chargeUlab},
    {"ulab.numpy.ones", Buffer, chargeUlab},
    {"ulab.numpy.zeros", Buffer, chargeUlab},
};

} // namespace

const LayoutRow *findLayout(llvm::StringRef dottedName) {
  // The library table knows that `ujson` is `json`.
  if (const LibraryRow *library = findLibrary(dottedName))
    dottedName = library->name;
  const LayoutRow *row = llvm::lower_bound(
      kRows, dottedName, [](const LayoutRow &a, llvm::StringRef name) { return a.name < name; });
  return row != std::end(kRows) && row->name == dottedName ? row : nullptr;
}

} // namespace fraglint
