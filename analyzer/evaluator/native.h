#pragma once
/// Functions, methods and types of the firmware as the evaluator runs them.

#include "evaluator/object.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <utility>

namespace fraglint {

class Machine;

struct NativeCall {
  llvm::ArrayRef<Value> arguments; ///< of a method: the object first
  llvm::ArrayRef<std::pair<llvm::StringRef, Value>> keywords;

  /// The argument at `position`, or by keyword; Unbound where neither is given.
  Value argument(unsigned position, llvm::StringRef keyword = {}) const {
    if (position < arguments.size())
      return arguments[position];
    for (const auto &[name, value] : keywords)
      if (!keyword.empty() && name == keyword)
        return value;
    return {};
  }
};

/// Nothing where an exception was raised (Machine::raise).
using NativeFunction = std::optional<Value> (*)(Machine &machine, const NativeCall &call);

struct NativeRow {
  /// `len`, `str.upper`, `json.dumps`, `list` (calling the type). `list.__new__`-like names are
  /// not used.
  llvm::StringLiteral name;
  NativeFunction function;
  /// Whether the function itself copes with arguments that are not fully known. The others are
  /// not called with such ones: the result is abstract then, of type `result`, at an unknown cost.
  bool takesAbstract = false;
  llvm::StringLiteral result = "";
};

/// Each of these is one file or family of files; names are unique over all.
llvm::ArrayRef<NativeRow> textNatives(); ///< str, bytes: types and methods; format, repr
llvm::ArrayRef<NativeRow> containerNatives(); ///< list, tuple, dict, set, deque, iteration
llvm::ArrayRef<NativeRow> bufferNatives(); ///< bytearray, array, memoryview, struct, binascii
llvm::ArrayRef<NativeRow> numberNatives(); ///< int, float, math, random, abs, round, …
llvm::ArrayRef<NativeRow> moduleNatives(); ///< json, re, io, gc, time, os, sys, micropython
llvm::ArrayRef<NativeRow> objectNatives(); ///< isinstance, getattr, print, type, super, id

/// By name; null if there is none.
const NativeRow *findNative(llvm::StringRef name);

} // namespace fraglint
