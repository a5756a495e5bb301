#include "evaluator/library.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

#include <vector>

namespace fraglint {

Value LibraryCall::self() const {
  Value self = call_.argument(0);
  const auto *instance = m_.heap().get<InstanceObject>(self);
  return instance && instance->native.isObject() ? instance->native : self;
}

Interval LibraryCall::integer(unsigned position, llvm::StringRef keyword) const {
  Value value = call_.argument(position, keyword);
  if (std::optional<int64_t> number = m_.intOf(value))
    return Interval::exactly(*number);
  if (const auto *abstract = m_.heap().get<AbstractObject>(value))
    return abstract->number;
  return Interval::unknown();
}

Interval LibraryCall::count(unsigned position, llvm::StringRef keyword, int64_t usual) const {
  if (!has(position, keyword))
    return Interval::exactly(usual);
  return integer(position, keyword).clampedBelow(0);
}

void LibraryCall::keep(Interval bytes) {
  Run run = m_.heap().request(bytes.clampedBelow(0));
  if (made_ == nullptr)
    return;
  if (!made_->header)
    made_->header = run;
  else
    made_->runs.push_back(run);
}

void LibraryCall::keepWords(Interval words) { keep(words * Interval::exactly(m_.words(1))); }

void LibraryCall::pass(Interval bytes) {
  Run run = m_.heap().request(bytes.clampedBelow(0));
  m_.heap().release(run);
}

std::optional<Value> runLibraryRow(Machine &m, const NativeCall &call, const LibraryCallRow &row) {
  // What is made is of the library's type, and keeps its arguments; a method gives something else.
  OpaqueObject *made = nullptr;
  if (llvm::StringRef(row.result).contains('.')) {
    made = &m.heap().make<OpaqueObject>();
    made->type = row.result.str();
    for (Value value : call.arguments)
      if (value.isObject())
        made->held.push_back(value);
    for (const auto &[name, value] : call.keywords)
      if (value.isObject())
        made->held.push_back(value);
  }
  LibraryCall charged(m, call, made);
  row.charge(charged);
  if (!m.raised().isUnbound())
    return std::nullopt;
  if (!charged.result().isUnbound())
    return charged.result();
  if (made != nullptr)
    return Value::object(made->id);
  return valueOfType(m, row.result, "what `" + row.name + "` gives is not known");
}

namespace {

constexpr llvm::StringLiteral kArray = "ulab.numpy.ndarray";

/// A number among the attributes of an array of ulab.
Interval partOf(const Machine &m, Value array, llvm::StringRef name) {
  const auto *object = m.heap().get<OpaqueObject>(array);
  if (object != nullptr && object->type == kArray)
    for (const auto &[key, value] : object->attributes)
      if (key == name)
        return Interval::exactly(m.intOf(value).value_or(0));
  return Interval::unknown();
}

bool isArray(const Machine &m, Value value) { return m.typeName(value) == kArray; }

/// Rows `np add`, `np scalar mul`: of arrays of floats, which give floats.
Value combineArrays(Machine &m, Value left, Value right) {
  Value array = isArray(m, left) ? left : right;
  bool isScalar = !isArray(m, left) || !isArray(m, right);
  m.heap().discard(m.words(2));
  if (isScalar) {
    m.heap().discard(m.words(9));
    m.heap().discard(m.words(2));
    m.heap().discard(1);
    for (int part = 0; part < 4; ++part)
      m.heap().discard(m.words(2));
  }
  m.heap().discard(m.words(2));
  m.heap().discard(m.words(2));
  auto &made = m.heap().make<OpaqueObject>();
  made.type = kArray.str();
  made.header = m.heap().request(m.words(9));
  m.heap().discard(m.words(2));
  Interval count = partOf(m, array, "size").clampedBelow(0);
  Interval item = partOf(m, array, "itemsize");
  bool isFloat = item == Interval::exactly(4);
  made.runs.push_back(m.heap().request(count * (isFloat ? item : Interval{1, 4})));
  if (count.isExact() && isFloat) {
    made.attributes.emplace_back("size", Value::integer(count.lo));
    made.attributes.emplace_back("itemsize", Value::integer(4));
  }
  return Value::object(made.id);
}

/// Rows `np slice`, `np index`.
Value loadArrayItem(Machine &m, Value index) {
  m.heap().discard(m.words(1));
  m.heap().discard(m.words(3));
  m.heap().discard(m.words(2));
  m.heap().discard(m.words(2));
  if (m.heap().get<SliceObject>(index)) {
    auto &view = m.heap().make<OpaqueObject>();
    view.type = kArray.str();
    view.header = m.heap().request(m.words(9));
    return Value::object(view.id);
  }
  m.heap().discard(m.words(9));
  return m.abstract("float", "the array's items are not known");
}

} // namespace

std::optional<Value> binaryLibrary(Machine &m, BinaryOperator op, Value left, Value right) {
  (void)op;
  if (isArray(m, left) || isArray(m, right))
    return combineArrays(m, left, right);
  if (m.heap().get<OpaqueObject>(left) || m.heap().get<OpaqueObject>(right))
    return unknownResult(m, "what operators of a library's object give is not known");
  return Value();
}

std::optional<Value> loadLibraryItem(Machine &m, Value base, Value index) {
  llvm::StringRef type = m.typeName(base);
  if (type == "displayio.Bitmap" || type == "displayio.Palette" || type == "displayio.TileGrid" ||
      type == "nvm.ByteArray")
    return m.abstractInt(Interval::atLeast(0), "what is drawn is not known");
  if (type == "displayio.Group") {
    const auto *group = m.heap().get<OpaqueObject>(base);
    for (const auto &[key, members] : group->attributes)
      if (key == "<members>")
        return m.loadSubscript(members, index);
  }
  if (type == kArray)
    return loadArrayItem(m, index);
  return unknownResult(m, "what is at that index is not known");
}

bool storeLibraryItem(Machine &m, Value base, Value index, Value value) {
  llvm::StringRef type = m.typeName(base);
  // Row `Palette set tuple`: the colour as three bytes.
  if (type == "displayio.Palette" && m.heap().get<TupleObject>(value)) {
    m.heap().discard(3);
    m.heap().discard(m.words(4));
    return true;
  }
  (void)index;
  return true;
}

bool isLibraryCall(llvm::StringRef name) {
  static const llvm::StringSet<> kNames = [] {
    llvm::StringSet<> names;
    for (const NativeRow &row : libraryNatives())
      names.insert(row.name);
    return names;
  }();
  return kNames.contains(name);
}

bool isLanguageType(llvm::StringRef type) {
  return type == "re" || type == "match" || type == "complex" || type.starts_with("hashlib.") ||
         type.starts_with("random.");
}

llvm::ArrayRef<NativeRow> libraryNatives() {
  static const std::vector<NativeRow> kAll = [] {
    std::vector<NativeRow> rows;
    for (llvm::ArrayRef<NativeRow> part :
         {displayNatives(), framebufNatives(), labelNatives(), driverNatives(), hardwareNatives(),
          networkNatives(), storageNatives()})
      rows.insert(rows.end(), part.begin(), part.end());
    return rows;
  }();
  return kAll;
}

} // namespace fraglint
