#include "evaluator/library.h"
#include "evaluator/operations.h"
#include "heap/object_layout.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

// --- displayio: heap-facts c.1.

/// Remembers an argument as an attribute that programs read.
void keepArgument(LibraryCall &call, unsigned position, llvm::StringRef name) {
  Value value = call.call().argument(position, name);
  if (!value.isUnbound())
    call.made()->attributes.emplace_back(name.str(), value);
}

void chargeBitmap(LibraryCall &call) {
  call.keepWords(9);
  call.keep(bitmapBytes(call.integer(0, "width").clampedBelow(0),
                        call.integer(1, "height").clampedBelow(0),
                        call.integer(2, "value_count").clampedBelow(0)));
  keepArgument(call, 0, "width");
  keepArgument(call, 1, "height");
}

void chargePalette(LibraryCall &call) {
  call.keepWords(4);
  call.keep(call.integer(0, "color_count").clampedBelow(0) * Interval::exactly(16));
}

/// The side of a bitmap, where it is known.
Interval sideOf(const Machine &m, Value bitmap, llvm::StringRef name) {
  if (const auto *object = m.heap().get<OpaqueObject>(bitmap))
    for (const auto &[key, value] : object->attributes)
      if (std::optional<int64_t> side = m.intOf(value); side && key == name)
        return Interval::exactly(*side);
  return Interval::unknown();
}

/// How many tiles a bitmap has along one side.
Interval tilesAlong(LibraryCall &call, llvm::StringRef side, llvm::StringRef tileSide) {
  if (!call.has(~0U, tileSide))
    return Interval::exactly(1);
  Interval all = sideOf(call.machine(), call.call().argument(0, "bitmap"), side);
  Interval tile = call.integer(~0U, tileSide);
  return all.isExact() && tile.isExact() && tile.lo > 0 ? Interval::exactly(all.lo / tile.lo)
                                                        : Interval{1, 1 << 16};
}

/// The tiles' numbers lie in the object itself as far as four bytes go. They take two bytes each
/// where the bitmap has more than 255 tiles.
void chargeTileGrid(LibraryCall &call) {
  call.keepWords(21);
  for (llvm::StringRef name : {"x", "y"})
    keepArgument(call, ~0U, name);
  call.made()->attributes.emplace_back("bitmap", call.call().argument(0, "bitmap"));
  Interval kinds =
      tilesAlong(call, "width", "tile_width") * tilesAlong(call, "height", "tile_height");
  Interval item = {kinds.lo > 255 ? 2 : 1, kinds.hi > 255 ? 2 : 1};
  Interval bytes = call.count(~0U, "width", 1) * call.count(~0U, "height", 1) * item;
  constexpr int64_t kInside = 4;
  if (bytes.hi <= kInside)
    return;
  if (bytes.lo <= kInside)
    bytes.lo = 0;
  call.keep(bytes);
}

/// How a group keeps the list of its members among its attributes.
constexpr llvm::StringLiteral kMembers = "<members>";

void chargeGroup(LibraryCall &call) {
  call.keepWords(11);
  OpaqueObject *group = call.made();
  group->attributes.emplace_back(kMembers.str(), newList(call.machine(), 0));
  for (llvm::StringRef name : {"scale", "x", "y"})
    keepArgument(call, ~0U, name);
}

/// Calls the list's method of the same name on the members.
void callMembers(LibraryCall &call, llvm::StringRef method) {
  Machine &m = call.machine();
  const auto *group = m.heap().get<OpaqueObject>(call.self());
  if (group == nullptr)
    return call.unknown("the group is not known");
  for (const auto &[key, members] : group->attributes) {
    if (key != kMembers)
      continue;
    std::optional<Value> result = m.callMethod(members, method, call.call().arguments.drop_front());
    if (result)
      call.setResult(*result);
    return;
  }
}

void chargeAppend(LibraryCall &call) { callMembers(call, "append"); }
void chargeInsert(LibraryCall &call) { callMembers(call, "insert"); }
void chargePop(LibraryCall &call) { callMembers(call, "pop"); }
void chargeRemove(LibraryCall &call) { callMembers(call, "remove"); }
void chargeIndex(LibraryCall &call) { callMembers(call, "index"); }

/// Row `OnDiskBitmap file idx16`: the file, the object, a converter, the palette.
void chargeOnDiskBitmap(LibraryCall &call) {
  if (std::optional<llvm::StringRef> path = call.machine().textOf(call.call().argument(0)))
    chargeOpenFile(call, *path);
  call.keepWords(9);
  call.keepWords(9);
  // A palette of up to 256 colours; the file tells how many.
  call.keepWords(Interval{0, 4});
  call.keep({0, int64_t{256} * 16});
  call.pass({0, int64_t{256} * 4});
}

/// Row `vectorio Polygon`: the points as numbers of two bytes each.
void chargePolygon(LibraryCall &call) {
  call.keepWords(6);
  std::optional<Value> count = call.machine().length(call.call().argument(~0U, "points"));
  Interval points = {0, Interval::kNoHi};
  if (count && call.machine().intOf(*count))
    points = Interval::exactly(*call.machine().intOf(*count));
  call.keep(points * Interval::exactly(4));
  call.keepWords(14);
}

// adafruit_display_shapes 2.10; colours as in heap/object_layout.cpp.
template <int64_t Colours> void chargeShape(LibraryCall &call) {
  call.keepWords(21);
  call.keepWords(9);
  call.keep(bitmapBytes(call.integer(2, "width").clampedBelow(0),
                        call.integer(3, "height").clampedBelow(0), Interval::exactly(Colours)));
  call.keepWords(4);
  call.keep(Interval::exactly(Colours * 16));
  call.unknown("what the shape's own code asks for is not known");
}

// --- Sound.

/// Rows `Mixer 1`, `Mixer 2 buf2048`.
void chargeMixer(LibraryCall &call) {
  constexpr int64_t kMostVoices = 32;
  Interval voices = call.count(0, "voice_count", 1);
  Interval half =
      floorDivide(call.count(1, "buffer_size", 1024), Interval::exactly(2)).clampedBelow(0);
  call.keepWords(voices + Interval::exactly(13));
  call.keep(half);
  call.keep(half);
  for (int64_t voice = 0; voice < std::min(voices.lo, kMostVoices); ++voice)
    call.keepWords(10);
  call.keepWords(voices + Interval::exactly(2));
}

void chargeWaveFile(LibraryCall &call) {
  if (std::optional<llvm::StringRef> path = call.machine().textOf(call.call().argument(0)))
    chargeOpenFile(call, *path);
  call.keepWords(16);
  if (call.has(1, "buffer"))
    return;
  call.keep(Interval::exactly(256));
  call.keep(Interval::exactly(256));
}

void chargeMp3(LibraryCall &call) {
  call.keep(Interval::atLeast(8192));
  call.unknown("the decoder's buffers depend on the firmware");
}

/// Row `Echo`.
void chargeEcho(LibraryCall &call) {
  call.keepWords(28);
  Interval buffer = call.count(~0U, "buffer_size", 512);
  call.keep(buffer);
  call.keep(buffer);
  Interval rate = call.count(~0U, "sample_rate", 8000) * call.count(~0U, "channel_count", 1) *
                  floorDivide(call.count(~0U, "bits_per_sample", 16), Interval::exactly(8));
  call.keep(floorDivide(rate * call.count(~0U, "max_delay_ms", 500), Interval::exactly(1000)));
}

// --- ulab: rows `np …`.

int64_t itemBytes(Machine &m, Value type) {
  if (type.isUnbound())
    return 4;
  std::string name = m.typeName(type).str();
  if (const auto *named = m.heap().get<OpaqueObject>(type))
    name = named->type;
  llvm::StringRef last = llvm::StringRef(name).rsplit('.').second;
  if (last.ends_with("int8") || last == "bool")
    return 1;
  return last.ends_with("int16") ? 2 : 4;
}

template <bool IsFilled> void chargeArray(LibraryCall &call) {
  Machine &m = call.machine();
  Value shape = call.call().argument(0, "shape");
  Interval count = call.integer(0, "shape").clampedBelow(0);
  if (const auto *sides = m.heap().get<TupleObject>(shape)) {
    count = Interval::exactly(1);
    for (Value side : sides->items) {
      std::optional<int64_t> length = m.intOf(side);
      count = count * (length ? Interval::exactly(*length) : Interval::atLeast(0));
    }
  } else if (const auto *items = m.heap().get<ListObject>(shape)) {
    count = items->length;
  }
  if (IsFilled)
    call.dropWords(2);
  call.keepWords(9);
  call.dropWords(2);
  Value type = call.call().argument(1, "dtype");
  int64_t bytes = itemBytes(m, type);
  bool isKnown = type.isUnbound() || m.heap().get<OpaqueObject>(type);
  call.keep(count * (isKnown ? Interval::exactly(bytes) : Interval{1, 4}));
  if (isKnown && count.isExact()) {
    call.made()->attributes.emplace_back("size", Value::integer(count.lo));
    call.made()->attributes.emplace_back("itemsize", Value::integer(bytes));
  }
}

/// Row `np fft`: two numbers for each.
void chargeTransform(LibraryCall &call) {
  call.dropWords(2);
  call.keepWords(9);
  call.dropWords(2);
  Interval count = sideOf(call.machine(), call.call().argument(0), "size");
  call.keep(count.clampedBelow(0) * Interval::exactly(8));
}

void chargeFontGlyph(LibraryCall &call) { call.keepWords(10); }

// bitmaptools, drawing: nothing (rows `blit`, `draw_line`, `rotozoom`, `dither`).
constexpr LibraryCallRow kTable[] = {
    {"adafruit_display_shapes.circle.Circle", "adafruit_display_shapes.circle.Circle",
     chargeUnknown},
    {"adafruit_display_shapes.rect.Rect", "adafruit_display_shapes.rect.Rect", chargeShape<2>},
    {"adafruit_display_shapes.roundrect.RoundRect", "adafruit_display_shapes.roundrect.RoundRect",
     chargeShape<3>},
    {"adafruit_imageload.load", "tuple", chargeUnknown},
    {"audiocore.RawSample", "audiocore.RawSample", chargeWords<6>},
    {"audiocore.WaveFile", "audiocore.WaveFile", chargeWaveFile},
    {"audiocore.WaveFile.deinit", "NoneType", chargeNothing},
    {"audiodelays.Echo", "audiodelays.Echo", chargeEcho},
    {"audiomixer.Mixer", "audiomixer.Mixer", chargeMixer},
    {"audiomixer.Mixer.play", "NoneType", chargeNothing},
    {"audiomixer.Mixer.stop_voice", "NoneType", chargeNothing},
    {"audiomixer.MixerVoice.play", "NoneType", chargeNothing},
    {"audiomixer.MixerVoice.stop", "NoneType", chargeNothing},
    {"audiomp3.MP3Decoder", "audiomp3.MP3Decoder", chargeMp3},
    {"bitmaptools.alphablend", "NoneType", chargeNothing},
    {"bitmaptools.arrayblit", "NoneType", chargeNothing},
    {"bitmaptools.blit", "NoneType", chargeNothing},
    {"bitmaptools.boundary_fill", "NoneType", chargeUnknown},
    {"bitmaptools.dither", "NoneType", chargeNothing},
    {"bitmaptools.draw_circle", "NoneType", chargeNothing},
    {"bitmaptools.draw_line", "NoneType", chargeNothing},
    {"bitmaptools.fill_region", "NoneType", chargeNothing},
    {"bitmaptools.rotozoom", "NoneType", chargeNothing},
    {"busdisplay.BusDisplay.refresh", "bool", chargeNothing},
    {"displayio.Bitmap", "displayio.Bitmap", chargeBitmap},
    {"displayio.Bitmap.blit", "NoneType", chargeNothing},
    {"displayio.Bitmap.deinit", "NoneType", chargeNothing},
    {"displayio.Bitmap.dirty", "NoneType", chargeNothing},
    {"displayio.Bitmap.fill", "NoneType", chargeNothing},
    {"displayio.ColorConverter", "displayio.ColorConverter", chargeWords<9>},
    {"displayio.ColorConverter.make_opaque", "NoneType", chargeNothing},
    {"displayio.ColorConverter.make_transparent", "NoneType", chargeNothing},
    {"displayio.Group", "displayio.Group", chargeGroup},
    {"displayio.Group.append", "NoneType", chargeAppend},
    {"displayio.Group.index", "int", chargeIndex},
    {"displayio.Group.insert", "NoneType", chargeInsert},
    {"displayio.Group.pop", "", chargePop},
    {"displayio.Group.remove", "NoneType", chargeRemove},
    {"displayio.OnDiskBitmap", "displayio.OnDiskBitmap", chargeOnDiskBitmap},
    {"displayio.Palette", "displayio.Palette", chargePalette},
    {"displayio.Palette.make_opaque", "NoneType", chargeNothing},
    {"displayio.Palette.make_transparent", "NoneType", chargeNothing},
    {"displayio.TileGrid", "displayio.TileGrid", chargeTileGrid},
    {"displayio.TileGrid.contains", "bool", chargeNothing},
    {"displayio.release_displays", "NoneType", chargeNothing},
    {"fontio.BuiltinFont.get_bounding_box", "tuple", chargeWords<4>},
    {"fontio.BuiltinFont.get_glyph", "fontio.Glyph", chargeFontGlyph},
    {"rainbowio.colorwheel", "int", chargeNothing},
    {"synthio.Envelope", "synthio.Envelope", chargeWords<7>},
    {"synthio.LFO", "synthio.LFO", chargeWords<13>},
    {"synthio.Note", "synthio.Note", chargeWords<32>},
    {"synthio.Synthesizer", "synthio.Synthesizer", chargeWords<104, 128, 128, 4, 4>},
    {"ulab.numpy.array", "ulab.numpy.ndarray", chargeArray<false>},
    {"ulab.numpy.empty", "ulab.numpy.ndarray", chargeArray<true>},
    {"ulab.numpy.fft.fft", "ulab.numpy.ndarray", chargeTransform},
    {"ulab.numpy.mean", "float", chargeNothing},
    {"ulab.numpy.ones", "ulab.numpy.ndarray", chargeArray<true>},
    {"ulab.numpy.zeros", "ulab.numpy.ndarray", chargeArray<true>},
    {"vectorio.Circle", "vectorio.Circle", chargeWords<5, 14>},
    {"vectorio.Polygon", "vectorio.Polygon", chargePolygon},
    {"vectorio.Rectangle", "vectorio.Rectangle", chargeWords<6, 14>},
};

constexpr auto kRows = nativeRows<kTable>();

} // namespace

llvm::ArrayRef<NativeRow> displayNatives() { return kRows; }

} // namespace fraglint
