#pragma once
/// What the tables of library calls are written with.

#include "evaluator/buffers.h"
#include "evaluator/containers.h"
#include "evaluator/objects.h"

#include <array>

namespace fraglint {

/// A call of a library's function, method or type, while it is charged.
class LibraryCall {
public:
  LibraryCall(Machine &m, const NativeCall &call, OpaqueObject *made)
      : m_(m), call_(call), made_(made) {}

  Machine &machine() { return m_; }
  const NativeCall &call() const { return call_; }
  /// The object that the call makes; null where it makes none of the library's.
  OpaqueObject *made() { return made_; }

  /// Of a method: the object, the native one inside an instance of the program's class.
  Value self() const;
  /// The value of an int argument, as far as it is known.
  Interval integer(unsigned position, llvm::StringRef keyword = {}) const;
  /// The same, `usual` where it is left out, and never negative.
  Interval count(unsigned position, llvm::StringRef keyword, int64_t usual) const;
  bool has(unsigned position, llvm::StringRef keyword = {}) const {
    return !call_.argument(position, keyword).isUnbound();
  }

  /// A request that the object made keeps: the first is its header.
  void keep(Interval bytes);
  void keepWords(Interval words);
  void keepWords(int64_t words) { keepWords(Interval::exactly(words)); }
  /// One that nothing refers to afterwards.
  void drop(Interval bytes) { m_.heap().request(bytes); }
  void dropWords(int64_t words) { drop(Interval::exactly(m_.words(words))); }
  /// One that is given back.
  void pass(Interval bytes);
  /// More is asked for than is known.
  void unknown(llvm::StringRef reason) { m_.noteUnknownCost(reason); }

  /// Gives the call another result than that of its row.
  void setResult(Value value) { result_ = value; }
  Value result() const { return result_; }

private:
  Machine &m_;
  const NativeCall &call_;
  OpaqueObject *made_;
  Value result_;
};

/// One row: what a call makes and asks for.
struct LibraryCallRow {
  llvm::StringLiteral name;   ///< `displayio.Bitmap`, `machine.Pin.value`
  llvm::StringLiteral result; ///< as for valueOfType
  void (*charge)(LibraryCall &call);
};

/// Asks for nothing.
inline void chargeNothing(LibraryCall &) {}
/// Asks for these runs, each of so many words, and keeps them.
template <int64_t... Words> void chargeWords(LibraryCall &call) { (call.keepWords(Words), ...); }
/// An object of some blocks, another in each port.
inline void chargeSmall(LibraryCall &call) { call.keepWords(Interval{0, 16}); }
/// One of which nothing is known.
inline void chargeUnknown(LibraryCall &call) {
  call.unknown("what the library asks for is not known");
}
/// `read(n)`, `n` at that position: bytes, n of them or, where `IsAtMost`, fewer.
template <unsigned Position, bool IsAtMost> void chargeRead(LibraryCall &call) {
  Interval count = call.integer(Position).clampedBelow(0);
  Machine &m = call.machine();
  Run run = m.heap().request(count + Interval::exactly(1));
  call.setResult(m.bytesFrom(run, Content::ofLength(IsAtMost ? Interval{0, count.hi} : count)));
}
/// Fills the buffer at that position.
template <unsigned Position> void chargeReadInto(LibraryCall &call) {
  forgetContent(call.machine(), call.call().argument(Position));
}
/// The same, giving how much was read, or `None` where nothing came.
template <unsigned Position> void chargeReadSome(LibraryCall &call) {
  chargeReadInto<Position>(call);
  Machine &m = call.machine();
  std::optional<Value> length = m.length(call.call().argument(Position));
  std::optional<int64_t> most = length ? m.intOf(*length) : std::nullopt;
  m.clearRaised();
  Value count = m.abstractInt({0, most.value_or(Interval::kNoHi)}, "how much is read is not known");
  call.setResult(joinValues(m, Value::none(), count));
}
/// A file that is opened.
void chargeOpenFile(LibraryCall &call, llvm::StringRef path);

/// An attribute of a library's object that is read, not called.
struct LibraryAttributeRow {
  llvm::StringLiteral name;   ///< `analogio.AnalogIn.value`
  llvm::StringLiteral result; ///< as for valueOfType
  Interval bounds;            ///< of an int
  int64_t words = 0;          ///< that reading it asks for, at most
};
/// Null where there is none.
const LibraryAttributeRow *findLibraryAttribute(llvm::StringRef dottedName);
Value readLibraryAttribute(Machine &m, const LibraryAttributeRow &row);
/// The type in the firmware that draws for a driver of a display; empty where that has none.
llvm::StringRef drawingBase(llvm::StringRef type);

/// The number of a format of `framebuf` (`MONO_HLSB`); Unbound where there is none of that name.
Value drawingFormat(llvm::StringRef name);

/// library_display.cpp, library_framebuf.cpp, library_label.cpp, library_drivers.cpp,
/// library_hardware.cpp, library_network.cpp, library_storage.cpp.
llvm::ArrayRef<NativeRow> displayNatives();
llvm::ArrayRef<NativeRow> framebufNatives();
llvm::ArrayRef<NativeRow> labelNatives();
llvm::ArrayRef<NativeRow> driverNatives();
llvm::ArrayRef<NativeRow> hardwareNatives();
llvm::ArrayRef<NativeRow> networkNatives();
llvm::ArrayRef<NativeRow> storageNatives();

/// Runs `row`.
std::optional<Value> runLibraryRow(Machine &m, const NativeCall &call, const LibraryCallRow &row);

/// The rows of a table as natives: `kTable` is an array of LibraryCallRow.
template <const auto &Table, size_t Index>
std::optional<Value> runRow(Machine &m, const NativeCall &call) {
  return runLibraryRow(m, call, Table[Index]);
}
template <const auto &Table, size_t... Index>
constexpr auto nativeRows(std::index_sequence<Index...>) {
  return std::array<NativeRow, sizeof...(Index)>{
      NativeRow{Table[Index].name, runRow<Table, Index>, true, Table[Index].result}...};
}
template <const auto &Table> constexpr auto nativeRows() {
  return nativeRows<Table>(std::make_index_sequence<std::size(Table)>());
}

} // namespace fraglint
