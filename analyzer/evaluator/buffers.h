#pragma once
/// Objects that give their bytes to others: bytearray, array.array, memoryview (py/objarray.c), and
/// the buffer protocol over all that have it.

#include "evaluator/machine.h"
#include "evaluator/operations.h"

#include <optional>
#include <string>

namespace fraglint {

/// What `mp_get_buffer` gives.
struct BufferView {
  std::optional<std::string> bytes; ///< where known
  Interval length = Interval::exactly(0); ///< in bytes
  char typeCode = 'B';
  int64_t itemBytes = 1;
  bool isWritable = false;
  std::string reason; ///< why the bytes are not known
};

/// Of str, bytes, bytearray, array, memoryview, and of abstract values that are one of these;
/// nothing for others.
std::optional<BufferView> bufferOf(const Machine &m, Value value);
/// The same; raises TypeError for what has no buffer.
std::optional<BufferView> requireBuffer(Machine &m, Value value);
/// Writes into a bytearray, array or memoryview, from a byte on; unknown bytes make all of it
/// unknown. False where it cannot be written to.
bool writeBuffer(Machine &m, Value target, int64_t offset, std::optional<llvm::StringRef> bytes);
/// What is in it is not known any more; its length is.
void forgetContent(Machine &m, Value buffer);

/// A new bytearray, or array for a type code: the object, then room for its items.
Value newByteArray(Machine &m, Content content);
Value newArray(Machine &m, char typeCode, std::vector<Value> items);
Value newArray(Machine &m, char typeCode, Interval length);
/// `append` and `extend` of bytearrays and arrays; false where raised.
bool appendToBuffer(Machine &m, Value buffer, Value item);
bool extendBuffer(Machine &m, Value buffer, Value from);

/// How many items a slice of step 1 takes of a sequence of a length that may not be known.
Interval sliceLength(const Machine &m, const SliceObject &slice, Interval length);
/// A str or bytes of which only the length is known: the object, then its data.
Value unknownText(Machine &m, bool isText, Interval length);

} // namespace fraglint
