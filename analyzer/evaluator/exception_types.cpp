#include "evaluator/objects.h"

#include "llvm/ADT/STLExtras.h"

#include <array>

namespace fraglint {

namespace {

struct TypeRow {
  llvm::StringLiteral name, base;
};

// py/objexcept.c. CircuitPython has the three of connections and time-outs, and ReloadException.
constexpr TypeRow kBases[] = {
    {"ArithmeticError", "Exception"},
    {"AssertionError", "Exception"},
    {"AttributeError", "Exception"},
    {"BaseException", ""},
    {"BrokenPipeError", "ConnectionError"},
    {"ConnectionError", "OSError"},
    {"EOFError", "Exception"},
    {"Exception", "BaseException"},
    {"GeneratorExit", "BaseException"},
    {"ImportError", "Exception"},
    {"IndentationError", "SyntaxError"},
    {"IndexError", "LookupError"},
    {"KeyError", "LookupError"},
    {"KeyboardInterrupt", "BaseException"},
    {"LookupError", "Exception"},
    {"MemoryError", "Exception"},
    {"NameError", "Exception"},
    {"NotImplementedError", "RuntimeError"},
    {"OSError", "Exception"},
    {"OverflowError", "ArithmeticError"},
    {"ReloadException", "BaseException"},
    {"RuntimeError", "Exception"},
    {"StopAsyncIteration", "Exception"},
    {"StopIteration", "Exception"},
    {"SyntaxError", "Exception"},
    {"SystemExit", "BaseException"},
    {"TimeoutError", "OSError"},
    {"TypeError", "Exception"},
    {"UnicodeError", "ValueError"},
    {"ValueError", "Exception"},
    {"ViperTypeError", "TypeError"},
    {"ZeroDivisionError", "ArithmeticError"},
    {"asyncio.CancelledError", "BaseException"},
    {"asyncio.TimeoutError", "Exception"},
};

/// Calling an exception type: the type, then the arguments.
std::optional<Value> makeTyped(Machine &m, const NativeCall &call) {
  if (!call.keywords.empty())
    return m.raise("TypeError", "function doesn't take keyword arguments");
  return makeException(m, call.argument(0).asObject(), call.arguments.drop_front());
}

template <size_t... Index> constexpr auto rowsOf(std::index_sequence<Index...>) {
  return std::array<NativeRow, sizeof...(Index)>{
      NativeRow{kBases[Index].name, makeTyped, true, kBases[Index].name}...};
}

constexpr auto kRows = rowsOf(std::make_index_sequence<std::size(kBases)>());

} // namespace

llvm::StringRef nativeBase(llvm::StringRef type) {
  if (type == "OrderedDict")
    return "dict";
  const TypeRow *row = llvm::lower_bound(
      kBases, type, [](const TypeRow &one, llvm::StringRef name) { return one.name < name; });
  return row != std::end(kBases) && row->name == type ? llvm::StringRef(row->base)
                                                      : llvm::StringRef();
}

llvm::ArrayRef<NativeRow> exceptionNatives() { return kRows; }

} // namespace fraglint
