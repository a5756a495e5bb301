#pragma once
/// Numbers as bytes: what arrays hold and struct packs (py/binary.c).

#include "evaluator/machine.h"

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace fraglint {

/// How an item of a type code lies in memory. `order` is `<`, `>` or `@`; no bytes for what the
/// firmware calls a bad type code.
struct ItemLayout {
  int64_t bytes = 0;
  int64_t alignment = 1;
};
ItemLayout itemLayout(const FirmwareProfile &profile, char order, char typeCode);

/// CircuitPython's check that an int fits so many bytes, which makes the bounds of large ints;
/// false where it does not (raised). MicroPython cuts what does not fit.
bool checkFits(Machine &m, Value value, int64_t bytes, bool isSigned);

/// The bytes of an item; nothing where the value does not suit (raised).
std::optional<std::string> packItem(Machine &m, char typeCode, int64_t bytes, bool isBigEndian,
                                    Value value);
/// The item in `data`, with what its object asks for. Arrays make large ints of all items of 64
/// bits, struct only of those that need it.
Value unpackItem(Machine &m, char typeCode, llvm::StringRef data, bool isBigEndian, bool isArray);
/// An item that is not known.
Value unknownItem(Machine &m, char typeCode, int64_t bytes, bool isArray,
                  const llvm::Twine &reason);

/// `mp_obj_bytes_hex`: two digits for each byte, as str or bytes.
std::optional<Value> hexText(Machine &m, Value of, Value separator, bool isText);

/// Rows of struct, binascii and hashlib.
llvm::ArrayRef<NativeRow> structNatives();
llvm::ArrayRef<NativeRow> binasciiNatives();
llvm::ArrayRef<NativeRow> hashlibNatives();

} // namespace fraglint
