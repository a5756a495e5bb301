#pragma once
/// What operators do with each family of objects. Machine asks these by the kind of the left
/// operand, and for some by that of the right one; each is of the file named after its family.
/// Nothing where an exception was raised; Unbound where the family does not know the operation,
/// so that Machine goes on or raises TypeError.

#include "evaluator/machine.h"

namespace fraglint {

// numbers.cpp: int, float, bool, big ints.
std::optional<Value> binaryNumber(Machine &m, BinaryOperator op, Value left, Value right);
std::optional<Value> unaryNumber(Machine &m, UnaryOperator op, Value operand);
/// Of numbers only: `<` … `!=`. Unbound where one is no number.
std::optional<Value> compareNumber(Machine &m, CompareOperator op, Value left, Value right);
/// The text of a float, as the firmware prints it; of an int.
std::string floatText(const FirmwareProfile &profile, double value);
std::string intText(const Machine &m, Value value);

// text.cpp: str and bytes.
std::optional<Value> binaryText(Machine &m, BinaryOperator op, Value left, Value right);
std::optional<Value> compareText(Machine &m, CompareOperator op, Value left, Value right);
std::optional<Value> loadTextItem(Machine &m, Value base, Value index); ///< slices, too
/// One replacement field of an f-string or of format(): what stands behind the colon, and the
/// conversion (`r`, `s`, 0).
std::optional<Content> formatField(Machine &m, Value value, char conversion, llvm::StringRef spec);
/// An f-string, or `text.format(…)`, evaluated: requests as the firmware's format makes them.
std::optional<Value> formatText(Machine &m, llvm::StringRef format, llvm::ArrayRef<Value> arguments,
                                llvm::ArrayRef<std::pair<llvm::StringRef, Value>> keywords);

/// A text that grows as the firmware's vstr does: room for 16, then by heap-facts' rule V.
class GrowingRun {
public:
  /// Asks for the first `room` bytes.
  GrowingRun(Machine &m, int64_t room);
  void append(const Content &text);
  void append(llvm::StringRef text) { append(Content::of(text.str())); }
  /// What there is, and its run: for Machine::strFrom, bytesFrom.
  Content content;
  Run run;
  /// Room for a byte that ends it.
  void terminate();
  /// The vstr is given back.
  void discard();

private:
  Machine &m_;
  Interval room_;
};

// sequences.cpp: list, tuple; maps.cpp: dict, set, and the table under them; deque.
std::optional<Value> binaryContainer(Machine &m, BinaryOperator op, Value left, Value right,
                                     bool isInPlace);
std::optional<Value> compareContainer(Machine &m, CompareOperator op, Value left, Value right);
std::optional<Value> loadContainerItem(Machine &m, Value base, Value index);
bool storeContainerItem(Machine &m, Value base, Value index, Value value);
/// A store into what may be one of several containers.
void storeItemMaybe(Machine &m, Value base, Value index, Value value);
bool deleteContainerItem(Machine &m, Value base, Value index);
/// `list.append`, with the schedule of its room; also what comprehensions do.
void appendToList(Machine &m, Value list, Value item);
/// An empty list, as `[]` makes it, or with room for n items.
Value newList(Machine &m, int64_t room);
/// A dictionary with an exact table for n items, as a display makes it.
Value newDict(Machine &m, int64_t room);
/// A set with a table for n items, as a display makes it.
Value newSet(Machine &m, int64_t room);
bool addToSet(Machine &m, Value set, Value item); ///< false where it raised
bool storeInDict(Machine &m, Value dict, Value key, Value value);

/// The table under dictionaries, classes, instances and modules. `owner` is changed through the
/// heap by the caller, who passes its table.
/// Slot of `key`; null where it is not in; raises for what has no hash.
std::optional<const MapTable::Slot *> findInTable(Machine &m, const MapTable &table, Value key);
bool storeInTable(Machine &m, MapTable &table, Value key, Value value);
/// The value that was there; Unbound where none was.
std::optional<Value> removeFromTable(Machine &m, MapTable &table, Value key);
/// Asks for room for `slots` slots at once.
void reserveTable(Machine &m, MapTable &table, int64_t slots);
/// Python's hash as the firmware computes it for its tables. Where it comes of an address, which
/// differs from firmware to firmware and from run to run, the bits are only like the firmware's:
/// they do not change.
struct Hash {
  uint64_t bits = 0;
  bool isByAddress = false;
};
std::optional<Hash> hashOf(Machine &m, Value value);

// buffers.cpp: bytearray, array, memoryview.
std::optional<Value> binaryBuffer(Machine &m, BinaryOperator op, Value left, Value right,
                                  bool isInPlace);
std::optional<Value> compareBuffer(Machine &m, CompareOperator op, Value left, Value right);
std::optional<Value> loadBufferItem(Machine &m, Value base, Value index);
bool storeBufferItem(Machine &m, Value base, Value index, Value value);

// library.cpp: modules and objects of the firmware and of libraries.
/// An attribute that is no function: `math.pi`, `sys.implementation`, of an exception `args` and
/// `value`, of what a library made. Unbound where there is none.
std::optional<Value> loadLibraryAttribute(Machine &m, Value base, llvm::StringRef name);

/// The bounds of a slice over `length` items: start, stop, step, count. Nothing where an index
/// is no int (raised), or step is 0 (raised).
struct SliceBounds {
  int64_t start = 0, stop = 0, step = 1, count = 0;
};
std::optional<SliceBounds> sliceBounds(Machine &m, const SliceObject &slice, int64_t length);

} // namespace fraglint
