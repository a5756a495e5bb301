#include "evaluator/library.h"
#include "evaluator/operations.h"
#include "heap/object_layout.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

// --- displayio, heap-facts c.1.

void chargeBitmap(LibraryCall &call) {
  call.keepWords(9);
  call.keep(bitmapBytes(call.integer(0, "width").clampedBelow(0),
                        call.integer(1, "height").clampedBelow(0),
                        call.integer(2, "value_count").clampedBelow(0)));
}

void chargePalette(LibraryCall &call) {
  call.keepWords(4);
  call.keep(call.integer(0, "color_count").clampedBelow(0) * Interval::exactly(16));
}

/// The tiles' indices lie in the object up to four of one byte, two of two.
void chargeTileGrid(LibraryCall &call) {
  Interval tiles = call.count(~0U, "width", 1) * call.count(~0U, "height", 1);
  bool isTiled = call.has(~0U, "tile_width") || call.has(~0U, "tile_height");
  call.keepWords(21);
  if (tiles.hi <= 2 || (!isTiled && tiles.hi <= 4))
    return;
  // Two bytes each where the bitmap has more than 255 tiles, which its size decides.
  Interval bytes = tiles * Interval{1, 2};
  const auto *bitmap = call.machine().heap().get<OpaqueObject>(call.call().argument(0, "bitmap"));
  auto side = [&](llvm::StringRef name) -> Interval {
    if (bitmap != nullptr)
      for (const auto &[key, value] : bitmap->attributes)
        if (key == name && call.machine().intOf(value))
          return Interval::exactly(*call.machine().intOf(value));
    return Interval::unknown();
  };
  Interval across = side("width"), down = side("height");
  if (across.isExact() && down.isExact()) {
    Interval kinds = floorDivide(across, call.count(~0U, "tile_width", across.lo)) *
                     floorDivide(down, call.count(~0U, "tile_height", down.lo));
    if (kinds.isExact())
      bytes = tiles * Interval::exactly(kinds.lo > 255 ? 2 : 1);
  }
  if (bytes.isExact() && bytes.lo <= 4)
    return;
  call.keep(bytes);
}

void chargeGroup(LibraryCall &call) {
  call.keepWords(11);
  // The list of its members.
  call.keepWords(4);
  call.keepWords(4);
  call.made()->attributes.emplace_back("<members>", newListOf(call.machine()));
}

/// A bitmap's sides, which programs read, and the grid above.
void chargeBitmapWithSides(LibraryCall &call) {
  chargeBitmap(call);
  for (auto [position, name] : llvm::enumerate({"width", "height"})) {
    Value side = call.call().argument(static_cast<unsigned>(position), name);
    if (!side.isUnbound())
      call.made()->attributes.emplace_back(name, side);
  }
}

/// The members of a group: their list doubles.
void chargeAppend(LibraryCall &call) {
  Machine &m = call.machine();
  Value self = call.call().argument(0);
  call.setResult(Value::none());
  const auto *group = m.heap().get<OpaqueObject>(self);
  if (group == nullptr)
    return;
  int64_t count = 0, room = 4;
  for (Value held : group->held)
    count += held.isObject() ? 1 : 0;
  while (room < count)
    room *= 2;
  auto *changed = m.heap().change<OpaqueObject>(self);
  changed->held.push_back(call.call().argument(1));
  if (count == room && !changed->runs.empty())
    m.heap().resize(changed->runs.back(), m.words(2 * room));
}

} // namespace

llvm::ArrayRef<NativeRow> displayNatives();

} // namespace fraglint
