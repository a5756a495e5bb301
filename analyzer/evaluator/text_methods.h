#pragma once
/// The methods of str, bytes and bytearray, and the functions about texts, by their Python names.

#include "evaluator/machine.h"
#include "evaluator/native.h"

namespace fraglint::text_methods {

std::optional<Value> center(Machine &m, const NativeCall &call);
std::optional<Value> count(Machine &m, const NativeCall &call);
std::optional<Value> endswith(Machine &m, const NativeCall &call);
std::optional<Value> find(Machine &m, const NativeCall &call);
std::optional<Value> format(Machine &m, const NativeCall &call);
std::optional<Value> index(Machine &m, const NativeCall &call);
std::optional<Value> isalpha(Machine &m, const NativeCall &call);
std::optional<Value> isdigit(Machine &m, const NativeCall &call);
std::optional<Value> islower(Machine &m, const NativeCall &call);
std::optional<Value> isspace(Machine &m, const NativeCall &call);
std::optional<Value> isupper(Machine &m, const NativeCall &call);
std::optional<Value> join(Machine &m, const NativeCall &call);
std::optional<Value> lower(Machine &m, const NativeCall &call);
std::optional<Value> lstrip(Machine &m, const NativeCall &call);
std::optional<Value> partition(Machine &m, const NativeCall &call);
std::optional<Value> replace(Machine &m, const NativeCall &call);
std::optional<Value> rfind(Machine &m, const NativeCall &call);
std::optional<Value> rindex(Machine &m, const NativeCall &call);
std::optional<Value> rpartition(Machine &m, const NativeCall &call);
std::optional<Value> rsplit(Machine &m, const NativeCall &call);
std::optional<Value> rstrip(Machine &m, const NativeCall &call);
std::optional<Value> split(Machine &m, const NativeCall &call);
std::optional<Value> splitlines(Machine &m, const NativeCall &call);
std::optional<Value> startswith(Machine &m, const NativeCall &call);
std::optional<Value> strip(Machine &m, const NativeCall &call);
std::optional<Value> upper(Machine &m, const NativeCall &call);

// To and from bytes.
std::optional<Value> encode(Machine &m, const NativeCall &call);
std::optional<Value> decode(Machine &m, const NativeCall &call);
std::optional<Value> hex(Machine &m, const NativeCall &call);
std::optional<Value> fromhex(Machine &m, const NativeCall &call);

// str(…), bytes(…), repr(…), and of numbers: ord, chr, hex, oct, bin.
std::optional<Value> makeStr(Machine &m, const NativeCall &call);
std::optional<Value> makeBytes(Machine &m, const NativeCall &call);
std::optional<Value> repr(Machine &m, const NativeCall &call);
std::optional<Value> ord(Machine &m, const NativeCall &call);
std::optional<Value> chr(Machine &m, const NativeCall &call);
std::optional<Value> hexOfInt(Machine &m, const NativeCall &call);
std::optional<Value> octOfInt(Machine &m, const NativeCall &call);
std::optional<Value> binOfInt(Machine &m, const NativeCall &call);

} // namespace fraglint::text_methods
