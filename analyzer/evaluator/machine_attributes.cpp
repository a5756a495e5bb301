#include "evaluator/code.h"
#include "evaluator/machine.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Whether micropython-lib's file of a module has that function itself, in Python; the rest of such
/// files is taken over from the module in C. What it asks for is not known then.
bool isDefinedByFile(llvm::StringRef name) {
  return name == "binascii.a2b_base64" || name == "binascii.b2a_base64";
}

constexpr unsigned kMostBases = 32; ///< depth of inheritance that is followed

} // namespace

Value Machine::nativeFunction(const NativeRow &row) {
  auto [place, isNew] = nativeFunctions_.try_emplace(&row);
  if (isNew) {
    NativeObject &object = heap_.make<NativeObject>();
    object.row = &row;
    place->second = object.id;
  }
  return Value::object(place->second);
}

const ClassObject *Machine::nativeBaseOf(ObjectId type) const {
  const auto *current = llvm::cast<ClassObject>(&heap_[type]);
  for (unsigned depth = 0; depth < kMostBases && !current->isNative; ++depth) {
    const ClassObject *next = nullptr;
    for (ObjectId base : current->bases) {
      const auto *candidate = llvm::cast<ClassObject>(&heap_[base]);
      if ((candidate->isNative && candidate->name != "object") || candidate->isNamedTuple)
        return candidate;
      if (!next && !candidate->isNative)
        next = candidate;
    }
    if (!next)
      return nullptr;
    current = next;
  }
  return current->isNative && current->name != "object" ? current : nullptr;
}

namespace {

/// What a function of the firmware that is found in the classes of `instance` is called on: one
/// that a class of the program holds is none of its methods.
Value receiverOf(const NativeObject &function, llvm::StringRef name,
                 const InstanceObject &instance) {
  llvm::StringRef whole = function.row->name;
  if (!whole.consume_back(name) || !whole.ends_with("."))
    return {};
  return instance.native.isObject() ? instance.native : Value::object(instance.id);
}

} // namespace

/// Depth first, as the firmware looks.
Machine::Attribute Machine::findInClass(ObjectId type, llvm::StringRef name, bool isSuper) {
  llvm::SmallVector<ObjectId, 8> waiting;
  const auto *first = type ? heap_.get<ClassObject>(Value::object(type)) : nullptr;
  if (!first)
    return {};
  if (isSuper)
    waiting.append(first->bases.rbegin(), first->bases.rend());
  else
    waiting.push_back(type);
  Value key = this->name(name);
  for (unsigned steps = 0; !waiting.empty() && steps < 10 * kMostBases; ++steps) {
    ObjectId id = waiting.pop_back_val();
    const auto *current = llvm::cast<ClassObject>(&heap_[id]);
    if (current->isNative) {
      if (const NativeRow *row = findNative(current->name + "." + name.str()))
        return {nativeFunction(*row), {}};
      continue;
    }
    std::optional<const MapTable::Slot *> slot = findInTable(*this, current->members, key);
    if (slot && *slot)
      return {(*slot)->value, {}};
    waiting.append(current->bases.rbegin(), current->bases.rend());
  }
  return {};
}

Machine::Attribute Machine::findAttribute(Value base, llvm::StringRef name) {
  if (!base.isObject()) {
    if (name == "__class__")
      return {typeOf(base), {}};
    if (const NativeRow *row = findNative(typeName(base).str() + "." + name.str()))
      return {nativeFunction(*row), base};
    return {};
  }
  const Object &object = heap_[base.asObject()];
  switch (object.kind) {
  case ObjectKind::Module: {
    const auto &module = llvm::cast<ModuleObject>(object);
    std::optional<const MapTable::Slot *> slot =
        findInTable(*this, module.globals, this->name(name));
    if (slot && *slot)
      return {(*slot)->value, {}};
    if (!module.isNative)
      return {};
    std::optional<Value> constant = loadLibraryAttribute(*this, base, name);
    if (!constant || !constant->isUnbound())
      return {constant.value_or(Value()), {}};
    if (const NativeRow *row = findNative(module.name + "." + name.str())) {
      bool isOfFile = llvm::is_contained(profile_.traits.fileModules, module.name) &&
                      isDefinedByFile(row->name);
      return {isOfFile ? libraryFunction(*this, row->name) : nativeFunction(*row), {}};
    }
    return {unknown("what `" + module.name + "." + name + "` is is not known"), {}};
  }
  case ObjectKind::Class: {
    const auto &type = llvm::cast<ClassObject>(object);
    if (name == "__name__")
      return {this->name(type.name), {}};
    if (name == "__bases__" && !type.isNative)
      return {basesOf(*this, type), {}};
    if (name == "__dict__" && !type.isNative)
      return {copyOfMembers(*this, type.members), {}};
    Attribute found = findInClass(base.asObject(), name);
    if (const auto *wrapper = heap_.get<WrapperObject>(found.value)) {
      if (wrapper->wraps == WrapperObject::Wraps::StaticMethod)
        return {wrapper->get, {}};
      if (wrapper->wraps == WrapperObject::Wraps::ClassMethod)
        return {wrapper->get, base};
    }
    if (found.value.isUnbound() && type.isNative) {
      std::optional<Value> constant = loadLibraryAttribute(*this, base, name);
      return {constant.value_or(Value()), {}};
    }
    return found;
  }
  case ObjectKind::Instance: {
    const auto &instance = llvm::cast<InstanceObject>(object);
    std::optional<const MapTable::Slot *> slot =
        findInTable(*this, instance.members, this->name(name));
    if (slot && *slot)
      return {(*slot)->value, {}};
    if (name == "__class__")
      return {Value::object(instance.type), {}};
    if (name == "__dict__")
      return {copyOfMembers(*this, instance.members), {}};
    Attribute found = findInClass(instance.type, name);
    if (const auto *wrapper = heap_.get<WrapperObject>(found.value)) {
      switch (wrapper->wraps) {
      case WrapperObject::Wraps::Property: {
        if (wrapper->get.isUnbound() || wrapper->get.isNone())
          return {};
        std::optional<Value> value = call(wrapper->get, {base});
        return {value.value_or(Value()), {}};
      }
      case WrapperObject::Wraps::StaticMethod:
        return {wrapper->get, {}};
      case WrapperObject::Wraps::ClassMethod:
        return {wrapper->get, Value::object(instance.type)};
      case WrapperObject::Wraps::Super:
        return found;
      }
    }
    if (const auto *native = heap_.get<NativeObject>(found.value))
      return {found.value, receiverOf(*native, name, instance)};
    if (heap_.get<FunctionObject>(found.value))
      return {found.value, base};
    if (!found.value.isUnbound())
      return found;
    if (instance.native.isObject())
      if (Attribute inner = findAttribute(instance.native, name); !inner.value.isUnbound())
        return inner;
    bool isThere = false;
    std::optional<Value> value = callOperator(base, "__getattr__", {this->name(name)}, isThere);
    return {isThere ? value.value_or(Value()) : Value(), {}};
  }
  case ObjectKind::Wrapper: {
    const auto &wrapper = llvm::cast<WrapperObject>(object);
    if (wrapper.wraps == WrapperObject::Wraps::Super) {
      Value self = wrapper.set;
      Attribute found = findInClass(wrapper.get.asObject(), name, /*isSuper=*/true);
      // `object` is behind all bases; what makes an instance belongs to none.
      if (found.value.isUnbound())
        if (const NativeRow *row = findNative("object." + name.str()))
          return {nativeFunction(*row), name == "__new__" ? Value() : self};
      const auto *instance = heap_.get<InstanceObject>(self);
      if (const auto *native = heap_.get<NativeObject>(found.value); native && instance)
        return {found.value, receiverOf(*native, name, *instance)};
      const auto *inner = heap_.get<WrapperObject>(found.value);
      if (!inner)
        return {found.value, found.value.isUnbound() ? Value() : self};
      if (inner->wraps == WrapperObject::Wraps::Property) {
        std::optional<Value> value = call(inner->get, {self});
        return {value.value_or(Value()), {}};
      }
      bool isStatic = inner->wraps == WrapperObject::Wraps::StaticMethod;
      return {inner->get, isStatic ? Value() : self};
    }
    if (wrapper.wraps == WrapperObject::Wraps::Property &&
        (name == "setter" || name == "deleter" || name == "getter"))
      if (const NativeRow *row = findNative("property." + name.str()))
        return {nativeFunction(*row), base};
    return {};
  }
  case ObjectKind::Function:
    if (name == "__name__")
      return {this->name(llvm::cast<FunctionObject>(object).code->name), {}};
    return {};
  case ObjectKind::Tuple: {
    const auto &tuple = llvm::cast<TupleObject>(object);
    if (tuple.type) {
      const auto &type = llvm::cast<ClassObject>(heap_[tuple.type]);
      for (size_t i = 0; i < type.fields.size(); ++i)
        if (type.fields[i] == name)
          return {tuple.items[i], {}};
    }
    break;
  }
  case ObjectKind::Abstract: {
    const auto &unknownValue = llvm::cast<AbstractObject>(object);
    if (llvm::SmallVector<Value, 8> ways = waysOf(base); !ways.empty()) {
      if (ways.size() < unknownValue.alternatives.size())
        mayRaise("AttributeError", "'NoneType' object has no attribute '" + name + "'");
      Value one = settled(base);
      return one == base ? attributeOfWays(ways, name) : findAttribute(one, name);
    }
    if (unknownValue.isPlainData)
      if (Value one = dataWith(base, name); !one.isUnbound())
        return findAttribute(one, name);
    if (!unknownValue.type.empty())
      if (const NativeRow *row = findNative(unknownValue.type + "." + name.str()))
        return {nativeFunction(*row), base};
    std::optional<Value> attribute = loadLibraryAttribute(*this, base, name);
    if (!attribute || !attribute->isUnbound())
      return {attribute.value_or(Value()), {}};
    return {unknown("what `." + name + "` of this is is not known"), {}};
  }
  case ObjectKind::Opaque: {
    const auto &opaque = llvm::cast<OpaqueObject>(object);
    for (const auto &[attribute, value] : opaque.attributes)
      if (attribute == name)
        return {value, {}};
    if (const NativeRow *row = findNative(opaque.type + "." + name.str()))
      return {nativeFunction(*row), base};
    std::optional<Value> attribute = loadLibraryAttribute(*this, base, name);
    if (!attribute || !attribute->isUnbound())
      return {attribute.value_or(Value()), {}};
    return {unknown("what `." + name + "` of a " + opaque.type + " is is not known"), {}};
  }
  case ObjectKind::Exception: {
    std::optional<Value> attribute = loadLibraryAttribute(*this, base, name);
    if (!attribute || !attribute->isUnbound())
      return {attribute.value_or(Value()), {}};
    break;
  }
  default:
    break;
  }
  if (name == "__class__")
    return {typeOf(base), {}};
  if (const NativeRow *row = findNative(typeName(base).str() + "." + name.str()))
    return {nativeFunction(*row), base};
  return {};
}

std::optional<Value> Machine::loadAttribute(Value base, llvm::StringRef name) {
  Attribute found = findAttribute(base, name);
  if (!raised_.isUnbound())
    return std::nullopt;
  if (found.value.isUnbound()) {
    if (const auto *type = heap_.get<ClassObject>(base))
      return raise("AttributeError",
                   "type object '" + type->name + "' has no attribute '" + name + "'");
    if (const auto *module = heap_.get<ModuleObject>(base))
      return raise("AttributeError",
                   "module '" + module->name + "' has no attribute '" + name + "'");
    return raise("AttributeError",
                 "'" + typeName(base) + "' object has no attribute '" + name + "'");
  }
  if (found.self.isUnbound())
    return found.value;
  BoundMethodObject &method = heap_.make<BoundMethodObject>();
  method.function = found.value;
  method.self = found.self;
  allocate(method, 3);
  return Value::object(method.id);
}

bool Machine::storeAttribute(Value base, llvm::StringRef name, Value value) {
  if (!base.isObject()) {
    raise("AttributeError", "'" + typeName(base) + "' object has no attribute '" + name + "'");
    return false;
  }
  Value key = this->name(name);
  bool isDeletion = value.isUnbound();
  if (auto *instance = heap_.get<InstanceObject>(base)) {
    Attribute found = findInClass(instance->type, name);
    if (const auto *wrapper = heap_.get<WrapperObject>(found.value);
        wrapper && wrapper->wraps == WrapperObject::Wraps::Property) {
      Value function = isDeletion ? wrapper->del : wrapper->set;
      if (function.isUnbound() || function.isNone()) {
        raise("AttributeError", "'" + typeName(base) + "' object has no attribute '" + name + "'");
        return false;
      }
      return isDeletion ? call(function, {base}).has_value()
                        : call(function, {base, value}).has_value();
    }
    bool isThere = false;
    std::optional<Value> result = isDeletion
                                      ? callOperator(base, "__delattr__", {key}, isThere)
                                      : callOperator(base, "__setattr__", {key, value}, isThere);
    if (isThere)
      return result.has_value();
    MapTable &members = heap_.change<InstanceObject>(base)->members;
    if (isDeletion) {
      std::optional<Value> removed = removeFromTable(*this, members, key);
      if (removed && removed->isUnbound())
        raise("AttributeError", "'" + typeName(base) + "' object has no attribute '" + name + "'");
      return removed && !removed->isUnbound();
    }
    return storeInTable(*this, members, key, value);
  }
  if (auto *type = heap_.change<ClassObject>(base); type && !type->isNative) {
    if (isDeletion)
      return removeFromTable(*this, type->members, key).has_value();
    return storeInTable(*this, type->members, key, value);
  }
  if (auto *module = heap_.change<ModuleObject>(base)) {
    if (isDeletion)
      return removeFromTable(*this, module->globals, key).has_value();
    return storeInTable(*this, module->globals, key, value);
  }
  if (heap_.get<OpaqueObject>(base) && storeLibraryAttribute(*this, base, name, value))
    return raised_.isUnbound();
  if (auto *opaque = heap_.change<OpaqueObject>(base)) {
    for (auto &[attribute, old] : opaque->attributes)
      if (attribute == name) {
        old = value;
        return true;
      }
    opaque->attributes.emplace_back(name.str(), value);
    return true;
  }
  if (llvm::SmallVector<Value, 8> ways = waysOf(base); !ways.empty()) {
    std::optional<Value> done = eachWay(ways, [&](Value one) -> std::optional<Value> {
      return storeAttribute(one, name, value) ? std::optional(Value::none()) : std::nullopt;
    });
    return done.has_value();
  }
  if (isAbstract(base) || heap_.get<ExceptionObject>(base))
    return true;
  if (const auto *tuple = heap_.get<TupleObject>(base); tuple && tuple->type != 0) {
    raise("AttributeError", "can't set attribute");
    return false;
  }
  raise("AttributeError", "'" + typeName(base) + "' object has no attribute '" + name + "'");
  return false;
}

// --- Calls -----------------------------------------------------------------------------------

std::optional<Value> Machine::callMethod(Value base, llvm::StringRef name,
                                         llvm::ArrayRef<Value> arguments) {
  Attribute found = findAttribute(base, name);
  if (!raised_.isUnbound())
    return std::nullopt;
  if (found.value.isUnbound())
    return raise("AttributeError",
                 "'" + typeName(base) + "' object has no attribute '" + name + "'");
  if (found.self.isUnbound())
    return call(found.value, arguments);
  llvm::SmallVector<Value, 4> all{found.self};
  all.append(arguments.begin(), arguments.end());
  return call(found.value, all);
}

std::optional<Value> Machine::call(Value callee, llvm::ArrayRef<Value> arguments,
                                   Keywords keywords) {
  if (!callee.isObject())
    return raise("TypeError", "'" + typeName(callee) + "' object isn't callable");
  const Object &object = heap_[callee.asObject()];
  switch (object.kind) {
  case ObjectKind::Function:
    return callFunction(callee, arguments, keywords);
  case ObjectKind::Native:
    return callNative(*llvm::cast<NativeObject>(object).row, arguments, keywords);
  case ObjectKind::BoundMethod: {
    const auto &method = llvm::cast<BoundMethodObject>(object);
    llvm::SmallVector<Value, 4> all{method.self};
    all.append(arguments.begin(), arguments.end());
    return call(method.function, all, keywords);
  }
  case ObjectKind::Class:
    return instantiate(callee, arguments, keywords);
  case ObjectKind::Instance: {
    Attribute found = findInClass(llvm::cast<InstanceObject>(object).type, "__call__");
    if (found.value.isUnbound())
      break;
    llvm::SmallVector<Value, 4> all{callee};
    all.append(arguments.begin(), arguments.end());
    return call(found.value, all, keywords);
  }
  case ObjectKind::Abstract:
    return callUnknown(callee, arguments, keywords);
  case ObjectKind::Opaque:
    return unknownCall(*this, llvm::cast<OpaqueObject>(object).type);
  default:
    break;
  }
  return raise("TypeError", "'" + typeName(callee) + "' object isn't callable");
}

std::optional<Value> Machine::callNative(const NativeRow &row, llvm::ArrayRef<Value> arguments,
                                         Keywords keywords) {
  if (!row.takesAbstract) {
    auto isOpen = [&](Value value) {
      if (!value.isObject())
        return false;
      const Object &object = heap_[value.asObject()];
      switch (object.kind) {
      case ObjectKind::Abstract:
        return true;
      case ObjectKind::Str:
        return !llvm::cast<StrObject>(object).content.isKnown;
      case ObjectKind::Bytes:
        return !llvm::cast<BytesObject>(object).content.isKnown;
      case ObjectKind::ByteArray:
        return !llvm::cast<ByteArrayObject>(object).content.isKnown;
      case ObjectKind::Array:
        return !llvm::cast<ArrayObject>(object).isKnown;
      case ObjectKind::List:
        return !llvm::cast<ListObject>(object).isKnown;
      case ObjectKind::Dict:
        return !llvm::cast<DictObject>(object).table.isKnown;
      case ObjectKind::Set:
        return !llvm::cast<SetObject>(object).isKnown;
      case ObjectKind::Deque:
        return !llvm::cast<DequeObject>(object).isKnown;
      default:
        return false;
      }
    };
    bool isKnown = llvm::none_of(arguments, isOpen);
    for (const auto &[name, value] : keywords)
      isKnown = isKnown && !isOpen(value);
    if (!isKnown) {
      noteUnknownCost("what `" + row.name + "` is given is not known");
      return abstract(row.result, "what `" + row.name + "` is given is not known");
    }
  }
  NativeCall call{arguments, keywords};
  auto outer = std::exchange(goneOver_, {});
  std::optional<Value> result = row.function(*this, call);
  const bool isOpen = !std::exchange(goneOver_, std::move(outer)).empty();
  if (!isOpen || !result)
    return result;
  if (result->isNone() && !arguments.empty())
    (void)opened(arguments[0]); // that it changed
  return opened(*result);
}

} // namespace fraglint
