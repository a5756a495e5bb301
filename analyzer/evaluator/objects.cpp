#include "evaluator/objects.h"
#include "evaluator/operations.h"
#include "semantic/known_library.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

#include <vector>

namespace fraglint {

namespace {

/// Names of the types of builtins.
constexpr llvm::StringLiteral kTypes[] = {
    "bool",   "bytearray", "bytes",     "classmethod", "complex", "dict",  "enumerate",
    "filter", "float",     "frozenset", "int",         "list",    "map",   "memoryview",
    "object", "property",  "range",     "reversed",    "set",     "slice", "staticmethod",
    "str",    "super",     "tuple",     "type",        "zip",
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

llvm::StringRef dottedTypeName(llvm::StringRef plain) {
  return llvm::StringSwitch<llvm::StringRef>(plain)
      .Case("StringIO", "io.StringIO")
      .Case("BytesIO", "io.BytesIO")
      .Case("deque", "collections.deque")
      .Case("OrderedDict", "collections.OrderedDict")
      .Case("array", "array.array")
      .Default("");
}

llvm::StringRef lastName(llvm::StringRef dotted) {
  return dotted.rsplit('.').second.empty() ? dotted : dotted.rsplit('.').second;
}

/// Whether a name of the firmware is that of a type: of a builtin, of an exception, or one that
/// is spelled as types are.
bool isTypeName(llvm::StringRef name) {
  if (!name.contains('.'))
    return llvm::is_contained(kTypes, name) || name == "BaseException" || !nativeBase(name).empty();
  llvm::StringRef last = lastName(name);
  // `machine.ADC`, not `board.SCL`, which has no row.
  return !plainTypeName(name).empty() || (last.front() >= 'A' && last.front() <= 'Z');
}

std::optional<Value> makeNamedTuple(Machine &m, Value type, const NativeCall &call) {
  const auto &made = *m.heap().get<ClassObject>(type);
  size_t fields = made.fields.size();
  size_t given = call.arguments.size() + call.keywords.size();
  if (given != fields)
    return m.raise("TypeError", made.name + "() takes " + llvm::Twine(fields) +
                                    " positional arguments but " + llvm::Twine(given) +
                                    " were given");
  auto &tuple = m.heap().make<TupleObject>();
  tuple.type = type.asObject();
  tuple.header = m.heap().request(m.words(2 + static_cast<int64_t>(fields)));
  tuple.items.assign(call.arguments.begin(), call.arguments.end());
  tuple.items.resize(fields);
  for (const auto &[name, value] : call.keywords) {
    auto field = llvm::find(made.fields, name);
    if (field == made.fields.end())
      return m.raise("TypeError", "unexpected keyword argument '" + name + "'");
    Value &slot = tuple.items[field - made.fields.begin()];
    if (!slot.isUnbound())
      return m.raise("TypeError", "function got multiple values for argument '" + name + "'");
    slot = value;
  }
  return Value::object(tuple.id);
}

Value bindable(Machine &m, const NativeRow &row, bool &isMethod) {
  isMethod = true;
  auto &native = m.heap().make<NativeObject>();
  native.row = &row;
  return Value::object(native.id);
}

/// A method or an attribute of an object of a library, of which only the type is known.
Value libraryAttribute(Machine &m, llvm::StringRef type, llvm::StringRef name) {
  std::string dotted = (type + "." + name).str();
  const LibraryRow *known = findMethod(type, name);
  if (known != nullptr && known->has(Trait::Attribute))
    return valueOfType(m, known->result, "`" + dotted + "` is not known");
  if (known == nullptr)
    return m.abstract("", "what `" + dotted + "` is, is not known");
  auto &method = m.heap().make<OpaqueObject>();
  method.type = dotted;
  return Value::object(method.id);
}

std::optional<Value> classAttribute(Machine &m, Value base, llvm::StringRef name) {
  const auto &type = *m.heap().get<ClassObject>(base);
  if (name == "__name__")
    return m.name(lastName(type.name));
  if (type.isNative) {
    std::string own = type.name;
    for (std::string prefix : {own, dottedTypeName(own).str()})
      if (const NativeRow *row = prefix.empty() ? nullptr : findNative(prefix + "." + name.str()))
        return nativeValue(m, *row);
    if (llvm::StringRef(own).contains('.'))
      return libraryAttribute(m, own, name);
  }
  return Value();
}

} // namespace

Value nativeValue(Machine &m, const NativeRow &row) {
  if (isTypeName(row.name)) {
    llvm::StringRef plain = plainTypeName(row.name);
    return m.nativeType(plain.empty() ? llvm::StringRef(row.name) : plain);
  }
  auto &native = m.heap().make<NativeObject>();
  native.row = &row;
  return Value::object(native.id);
}

std::optional<Value> callType(Machine &m, Value type, const NativeCall &call) {
  const auto &called = *m.heap().get<ClassObject>(type);
  if (called.isNamedTuple)
    return makeNamedTuple(m, type, call);
  const NativeRow *row = findNative(called.name);
  if (row == nullptr)
    row = findNative(dottedTypeName(called.name));
  if (row == nullptr)
    return unknownCall(m, called.name);
  bool isKnown =
      row->takesAbstract ||
      (llvm::none_of(call.arguments, [&](Value one) { return m.isAbstract(one); }) &&
       llvm::none_of(call.keywords, [&](const auto &one) { return m.isAbstract(one.second); }));
  if (!isKnown) {
    m.unknown("what `" + row->name + "` makes of values that are not known");
    return valueOfType(
        m, row->result.empty() ? llvm::StringRef(called.name) : llvm::StringRef(row->result),
        "its arguments are not known");
  }
  return row->function(m, call);
}

std::optional<Value> nativeAttribute(Machine &m, Value base, llvm::StringRef name, bool &isMethod) {
  isMethod = false;
  if (name == "__class__")
    return m.typeOf(base);
  if (const auto *module = m.heap().get<ModuleObject>(base); module && module->isNative)
    return moduleAttribute(m, module->name, name);
  if (m.heap().get<ClassObject>(base))
    return classAttribute(m, base, name);
  if (exceptionIn(m, base))
    return exceptionAttribute(m, base, name);
  if (const auto *function = m.heap().get<NativeObject>(base)) {
    if (name == "__name__")
      return m.name(lastName(function->row->name));
    return Value();
  }
  if (const auto *tuple = m.heap().get<TupleObject>(base); tuple && tuple->type != 0) {
    const auto &type = static_cast<const ClassObject &>(m.heap()[tuple->type]);
    auto field = llvm::find(type.fields, name);
    if (field != type.fields.end())
      return tuple->items[field - type.fields.begin()];
  }
  if (const auto *opaque = m.heap().get<OpaqueObject>(base))
    for (const auto &[key, value] : opaque->attributes)
      if (key == name)
        return value;
  std::string type = m.typeName(base).str();
  if (type.empty())
    return Value();
  for (llvm::StringRef prefix : {llvm::StringRef(type), dottedTypeName(type)})
    if (const NativeRow *row = prefix.empty() ? nullptr : findNative((prefix + "." + name).str()))
      return bindable(m, *row, isMethod);
  if (m.heap().get<TupleObject>(base))
    if (const NativeRow *row = findNative(("tuple." + name).str()))
      return bindable(m, *row, isMethod);
  if (llvm::StringRef(nativeBase(type)) == "dict")
    if (const NativeRow *row = findNative(("dict." + name).str()))
      return bindable(m, *row, isMethod);
  if (llvm::StringRef(type).contains('.'))
    return libraryAttribute(m, type, name);
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
