#include "evaluator/objects.h"
#include "evaluator/library.h"
#include "evaluator/operations.h"
#include "semantic/known_library.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <vector>

namespace fraglint {

namespace {

/// Names of the types of builtins, and of those that modules have under longer names.
constexpr llvm::StringLiteral kTypes[] = {
    "BytesIO",     "OrderedDict", "StringIO", "array", "bool",         "bytearray", "bytes",
    "classmethod", "complex",     "deque",    "dict",  "enumerate",    "filter",    "float",
    "frozenset",   "int",         "list",     "map",   "memoryview",   "object",    "property",
    "range",       "reversed",    "set",      "slice", "staticmethod", "str",       "super",
    "tuple",       "type",        "zip",
};

/// Types that a module has under another name than Python's own.
llvm::StringRef plainTypeName(llvm::StringRef dotted) {
  return llvm::StringSwitch<llvm::StringRef>(dotted)
      .Case("io.StringIO", "StringIO")
      .Case("io.BytesIO", "BytesIO")
      .Case("collections.deque", "deque")
      .Case("collections.OrderedDict", "OrderedDict")
      .Case("array.array", "array")
      .Default("");
}

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }

/// Libraries that are no Python: their attributes ask for nothing beyond the value that is read.
bool isBuiltIn(llvm::StringRef type) {
  llvm::StringRef module = type.take_until([](char c) { return c == '.'; });
  return !module.starts_with("adafruit_") &&
         !llvm::is_contained({"requests", "urequests", "umqtt", "neopixel", "dht", "ssd1306"},
                             module);
}

/// An attribute of a library's object, or of its type, that has no row of its own.
Value typedAttribute(Machine &m, llvm::StringRef type, llvm::StringRef name) {
  std::string dotted = (type + "." + name).str();
  if (const LibraryAttributeRow *row = findLibraryAttribute(dotted))
    return readLibraryAttribute(m, *row);
  if (llvm::StringRef base = drawingBase(type); !base.empty())
    if (const NativeRow *row = findNative((base + "." + name).str()))
      return m.nativeFunction(*row);
  const LibraryRow *known = findMethod(type, name);
  bool isAttribute = known != nullptr && known->has(Trait::Attribute);
  if (known != nullptr && !isAttribute)
    return libraryFunction(m, dotted);
  // `Pin.OUT`: a number in flash.
  if (known == nullptr && llvm::all_of(name, [](char c) { return !(c >= 'a' && c <= 'z'); }))
    return m.abstract("", "what `" + dotted + "` is is not known");
  bool isScalar = known != nullptr &&
                  llvm::is_contained({"int", "bool", "float"}, llvm::StringRef(known->result));
  if (!isBuiltIn(type) || !isScalar)
    m.noteUnknownCost("what reading `" + dotted + "` asks for is not known");
  return valueOfType(m, known ? llvm::StringRef(known->result) : llvm::StringRef(),
                     "`" + dotted + "` is not known");
}

} // namespace

bool isTypeName(llvm::StringRef name) {
  if (!name.contains('.'))
    return llvm::is_contained(kTypes, name) || name == "BaseException" || !nativeBase(name).empty();
  return !plainTypeName(name).empty() || isUpper(name.rsplit('.').second.front());
}

Value nativeValue(Machine &m, const NativeRow &row) {
  if (isTypeName(row.name)) {
    llvm::StringRef plain = plainTypeName(row.name);
    return m.nativeType(plain.empty() || !findNative(plain) ? llvm::StringRef(row.name) : plain);
  }
  return m.nativeFunction(row);
}

std::optional<Value> loadLibraryAttribute(Machine &m, Value base, llvm::StringRef name) {
  if (const auto *module = m.heap().get<ModuleObject>(base)) {
    std::string dotted = module->name + "." + name.str();
    if (llvm::StringRef plain = plainTypeName(dotted); !plain.empty() && findNative(plain))
      return m.nativeType(plain);
    return moduleAttribute(m, module->name, name);
  }
  if (exceptionIn(m, base))
    return exceptionAttribute(m, base, name);
  std::string type = m.typeName(base).str();
  if (const auto *called = m.heap().get<ClassObject>(base))
    type = called->name;
  if (llvm::StringRef(type).contains('.'))
    return typedAttribute(m, type, name);
  return Value();
}

llvm::ArrayRef<NativeRow> objectNatives() {
  static const std::vector<NativeRow> kAll = [] {
    std::vector<NativeRow> rows;
    for (llvm::ArrayRef<NativeRow> part : {typeNatives(), exceptionNatives()})
      rows.insert(rows.end(), part.begin(), part.end());
    return rows;
  }();
  return kAll;
}

} // namespace fraglint
