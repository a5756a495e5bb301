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
  case ObjectKind::Function:
    return static_cast<const FunctionObject &>(object).cells.empty() ? "function" : "closure";
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

} // namespace fraglint
