#include "evaluator/code.h"
#include "evaluator/containers.h"
#include "evaluator/objects.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

namespace fraglint {

namespace {

llvm::StringRef wrapperName(const WrapperObject &wrapper) {
  switch (wrapper.wraps) {
  case WrapperObject::Wraps::Property:
    return "property";
  case WrapperObject::Wraps::ClassMethod:
    return "classmethod";
  case WrapperObject::Wraps::StaticMethod:
    return "staticmethod";
  case WrapperObject::Wraps::Super:
    return "super";
  }
  return "";
}

llvm::StringRef iteratorName(const IteratorObject &iterator) {
  switch (iterator.steps) {
  case IteratorObject::Steps::Enumerate:
    return "enumerate";
  case IteratorObject::Steps::Zip:
    return "zip";
  case IteratorObject::Steps::Map:
    return "map";
  case IteratorObject::Steps::Filter:
    return "filter";
  case IteratorObject::Steps::Reversed:
    return "reversed";
  default:
    return "iterator";
  }
}

const ClassObject &classAt(const Machine &m, ObjectId id) {
  return static_cast<const ClassObject &>(m.heap()[id]);
}

/// The name of an object's type; that of Tuple, Instance and Exception is asked before.
llvm::StringRef objectTypeName(const Object &object) {
  switch (object.kind) {
  case ObjectKind::Abstract:
    return static_cast<const AbstractObject &>(object).type;
  case ObjectKind::Str:
    return "str";
  case ObjectKind::Bytes:
    return "bytes";
  case ObjectKind::ByteArray:
    return "bytearray";
  case ObjectKind::Array:
    return "array";
  case ObjectKind::MemoryView:
    return "memoryview";
  case ObjectKind::BigInt:
    return "int";
  case ObjectKind::BoxedFloat:
    return "float";
  case ObjectKind::Tuple:
    return "tuple";
  case ObjectKind::List:
    return "list";
  case ObjectKind::Dict:
    return static_cast<const DictObject &>(object).table.isOrdered ? "OrderedDict" : "dict";
  case ObjectKind::DictView:
    return "dict_view";
  case ObjectKind::Set:
    return static_cast<const SetObject &>(object).isFrozen ? "frozenset" : "set";
  case ObjectKind::Deque:
    return "deque";
  case ObjectKind::Range:
    return "range";
  case ObjectKind::Slice:
    return "slice";
  case ObjectKind::Cell:
    return "cell";
  case ObjectKind::Function: {
    const auto &function = static_cast<const FunctionObject &>(object);
    if (!function.cells.empty())
      return "closure";
    return function.code->isGenerator ? "generator" : "function"; // py/objgenerator.c: gen_wrap
  }
  case ObjectKind::Native:
    return "function";
  case ObjectKind::BoundMethod:
    return "bound_method";
  case ObjectKind::Iterator:
    return iteratorName(static_cast<const IteratorObject &>(object));
  case ObjectKind::Generator:
    return "generator";
  case ObjectKind::Class:
    return "type";
  case ObjectKind::Module:
    return "module";
  case ObjectKind::Wrapper:
    return wrapperName(static_cast<const WrapperObject &>(object));
  case ObjectKind::Stream:
    return static_cast<const StreamObject &>(object).isText ? "StringIO" : "BytesIO";
  case ObjectKind::Opaque:
    return static_cast<const OpaqueObject &>(object).type;
  case ObjectKind::Singleton:
    return llvm::StringSwitch<llvm::StringRef>(static_cast<const SingletonObject &>(object).name)
        .Case("Ellipsis", "ellipsis")
        .Case("NotImplemented", "NotImplementedType")
        .Default("object");
  case ObjectKind::Instance:
  case ObjectKind::Exception:
    break;
  }
  return "";
}

/// The class that an object itself names; 0 for types of the firmware.
ObjectId ownClass(const Machine &m, Value value) {
  if (const auto *instance = m.heap().get<InstanceObject>(value))
    return instance->type;
  if (const auto *exception = m.heap().get<ExceptionObject>(value))
    return exception->type;
  if (const auto *tuple = m.heap().get<TupleObject>(value))
    return tuple->type;
  return 0;
}

} // namespace

llvm::StringRef Machine::typeName(Value value) const {
  switch (value.kind()) {
  case ValueKind::Unbound:
    return "";
  case ValueKind::None:
    return "NoneType";
  case ValueKind::Bool:
    return "bool";
  case ValueKind::Int:
    return "int";
  case ValueKind::Float:
    return "float";
  case ValueKind::Object:
    break;
  }
  if (ObjectId own = ownClass(*this, value); own != 0)
    return classAt(*this, own).name;
  return objectTypeName(heap_[value.asObject()]);
}

Value Machine::typeOf(Value value) {
  if (ObjectId own = ownClass(*this, value); own != 0)
    return Value::object(own);
  std::string name = typeName(value).str();
  if (name.empty())
    return abstract("type", "the type of the value is not known");
  return nativeType(name);
}

// NOLINTNEXTLINE(misc-no-recursion): a type's base comes before it in the hierarchy.
Value Machine::nativeType(llvm::StringRef name) {
  if (auto found = nativeTypes_.find(name); found != nativeTypes_.end())
    return Value::object(found->second);
  llvm::StringRef base = nativeBase(name);
  Value baseType = base.empty() ? Value() : nativeType(base);
  auto &type = heap_.make<ClassObject>();
  type.name = name.str();
  type.isNative = true;
  if (baseType.isObject())
    type.bases.push_back(baseType.asObject());
  type.isException = name == "BaseException" ||
                     (baseType.isObject() && heap_.get<ClassObject>(baseType)->isException);
  nativeTypes_[name] = type.id;
  return Value::object(type.id);
}

// NOLINTNEXTLINE(misc-no-recursion): classes have no circles.
bool isSubclass(const Machine &m, ObjectId type, ObjectId base) {
  if (type == base)
    return true;
  return llvm::any_of(classAt(m, type).bases,
                      [&](ObjectId one) { return isSubclass(m, one, base); });
}

bool Machine::isInstance(Value value, Value type) {
  const auto *asked = heap_.get<ClassObject>(type);
  if (asked == nullptr)
    return false;
  if (asked->isNative && asked->name == "object")
    return true;
  Value own = typeOf(value);
  return heap_.get<ClassObject>(own) && isSubclass(*this, own.asObject(), type.asObject());
}

// Several bases are kept as a tuple; of one a tuple is made when it is asked for.
Value basesOf(Machine &m, const ClassObject &type) {
  llvm::SmallVector<Value, 4> bases;
  for (ObjectId base : type.bases)
    bases.push_back(Value::object(base));
  if (bases.empty())
    bases.push_back(m.nativeType("object"));
  if (bases.size() == 1)
    return m.tuple(bases);
  TupleObject &kept = m.heap().make<TupleObject>();
  kept.items.assign(bases.begin(), bases.end());
  return Value::object(kept.id);
}

// A copy, so that nobody writes into what the object has.
Value copyOfMembers(Machine &m, const MapTable &members) {
  DictObject &view = m.heap().make<DictObject>();
  view.table = members;
  return copyDict(m, Value::object(view.id));
}

static bool hasNativeBase(const Machine &m, ObjectId type) {
  const ClassObject &own = classAt(m, type);
  if (own.isNative)
    return own.name != "object";
  return own.isNamedTuple ||
         llvm::any_of(own.bases, [&](ObjectId base) { return hasNativeBase(m, base); });
}

Value newInstance(Machine &m, ObjectId type) {
  InstanceObject &made = m.heap().make<InstanceObject>();
  made.type = type;
  m.allocate(made, hasNativeBase(m, type) ? 5 : 4);
  return Value::object(made.id);
}

/// Source: py/objtype.c. An instance is 4 words and, where a base is native, one for its object.
/// Arguments are copied beside the new object while `__init__` runs.
std::optional<Value> Machine::instantiate(Value type, llvm::ArrayRef<Value> arguments,
                                          Keywords keywords) {
  const auto &of = llvm::cast<ClassObject>(heap_[type.asObject()]);
  if (of.isNative || of.isNamedTuple) {
    llvm::StringRef constructor =
        of.isNamedTuple ? "namedtuple.__call__" : llvm::StringRef(of.name);
    const NativeRow *row = findNative(constructor);
    if (!row)
      return unknownCall(*this, of.name);
    if (!of.isNamedTuple && !of.isException)
      return callNative(*row, arguments, keywords);
    llvm::SmallVector<Value, 4> all{type};
    all.append(arguments.begin(), arguments.end());
    return callNative(*row, all, keywords);
  }
  const ClassObject *base = nativeBaseOf(type.asObject());
  Run scratch;
  auto copyArguments = [&](int64_t more) {
    if (!arguments.empty() || !keywords.empty())
      scratch = heap_.request(words(more + static_cast<int64_t>(arguments.size()) +
                                    2 * static_cast<int64_t>(keywords.size())));
  };
  Value instance;
  Attribute maker = findInClass(type.asObject(), "__new__");
  if (const auto *wrapper = heap_.get<WrapperObject>(maker.value)) {
    if (base)
      return unknownCall(*this, of.name);
    copyArguments(1);
    llvm::SmallVector<Value, 4> all{type};
    all.append(arguments.begin(), arguments.end());
    std::optional<Value> made = call(wrapper->get, all, keywords);
    if (!made)
      return std::nullopt;
    heap_.release(scratch);
    scratch = {};
    const auto *own = heap_.get<InstanceObject>(*made);
    if (!own || own->type != type.asObject())
      return made;
    instance = *made;
  } else {
    instance = newInstance(*this, type.asObject());
  }
  auto makeNative = [&](llvm::ArrayRef<Value> given, Keywords named) {
    std::optional<Value> native = call(Value::object(base->id), given, named);
    if (native)
      heap_.change<InstanceObject>(instance)->native = *native;
    return native.has_value();
  };
  Attribute init = findInClass(type.asObject(), "__init__");
  if (init.value.isUnbound() || heap_.get<NativeObject>(init.value)) {
    if (base)
      return makeNative(arguments, keywords) ? std::optional(instance) : std::nullopt;
    return instance; // nobody looks at the arguments
  }
  copyArguments(2);
  llvm::SmallVector<Value, 4> all{instance};
  all.append(arguments.begin(), arguments.end());
  std::optional<Value> result = call(init.value, all, keywords);
  if (!result)
    return std::nullopt;
  heap_.release(scratch);
  if (!result->isNone() && !isAbstract(*result)) {
    std::string given = ", not '" + typeName(*result).str() + "'";
    return raise("TypeError",
                 "__init__() should return None" + (profile_.traits.reportsInDetail ? given : ""));
  }
  // What `__init__` did not make of its base is made now, of all that was given.
  if (base && heap_.get<InstanceObject>(instance)->native.isUnbound() &&
      !makeNative(arguments, keywords))
    return std::nullopt;
  return instance;
}

} // namespace fraglint
