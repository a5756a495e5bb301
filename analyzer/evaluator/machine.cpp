#include "evaluator/machine.h"

#include "evaluator/containers.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

bool isTextKind(const Object &object) {
  return object.kind == ObjectKind::Str || object.kind == ObjectKind::Bytes;
}

bool isBufferKind(const Object &object) {
  return object.kind == ObjectKind::ByteArray || object.kind == ObjectKind::Array ||
         object.kind == ObjectKind::MemoryView;
}

bool isContainerKind(const Object &object) {
  switch (object.kind) {
  case ObjectKind::Tuple:
  case ObjectKind::List:
  case ObjectKind::Dict:
  case ObjectKind::DictView:
  case ObjectKind::Set:
  case ObjectKind::Deque:
  case ObjectKind::Range:
    return true;
  default:
    return false;
  }
}

struct OperatorName {
  llvm::StringLiteral method, reverse;
};

constexpr OperatorName operatorName(BinaryOperator op) {
  constexpr OperatorName kNames[] = {{"__add__", "__radd__"},
                                     {"__sub__", "__rsub__"},
                                     {"__mul__", "__rmul__"},
                                     {"__truediv__", "__rtruediv__"},
                                     {"__floordiv__", "__rfloordiv__"},
                                     {"__mod__", "__rmod__"},
                                     {"__pow__", "__rpow__"},
                                     {"__lshift__", "__rlshift__"},
                                     {"__rshift__", "__rrshift__"},
                                     {"__and__", "__rand__"},
                                     {"__or__", "__ror__"},
                                     {"__xor__", "__rxor__"},
                                     {"__matmul__", "__rmatmul__"}};
  return kNames[static_cast<size_t>(op)];
}

constexpr llvm::StringLiteral inPlaceName(BinaryOperator op) {
  constexpr llvm::StringLiteral kNames[] = {"__iadd__",      "__isub__", "__imul__", "__itruediv__",
                                            "__ifloordiv__", "__imod__", "__ipow__", "__ilshift__",
                                            "__irshift__",   "__iand__", "__ior__",  "__ixor__",
                                            "__imatmul__"};
  return kNames[static_cast<size_t>(op)];
}

/// A firmware has no name for what asks whether something is in another.
constexpr llvm::StringLiteral compareName(CompareOperator op) {
  constexpr llvm::StringLiteral kNames[] = {"__lt__", "__le__", "__eq__", "__ne__",
                                            "__gt__", "__ge__", "",       ""};
  return kNames[static_cast<size_t>(op)];
}

constexpr llvm::StringLiteral symbolOf(BinaryOperator op) {
  constexpr llvm::StringLiteral kNames[] = {"+",  "-",  "*", "/", "//", "%", "**",
                                            "<<", ">>", "&", "|", "^",  "@"};
  return kNames[static_cast<size_t>(op)];
}

} // namespace

Machine::Machine(const FirmwareProfile &profile) : profile_(profile) {
  heap_.setBlockBytes(profile.blockBytes());
}

Machine::~Machine() = default;

// --- Values ----------------------------------------------------------------------------------

Value Machine::abstract(llvm::StringRef type, const llvm::Twine &reason) {
  AbstractObject &object = heap_.make<AbstractObject>();
  object.type = type.str();
  object.reason = reason.str();
  return Value::object(object.id);
}

Value Machine::abstractInt(Interval number, const llvm::Twine &reason) {
  if (number.isExact())
    return integer(number.lo);
  AbstractObject &object = heap_.make<AbstractObject>();
  object.type = "int";
  object.number = number;
  object.reason = reason.str();
  return Value::object(object.id);
}

Interval Machine::contractedLength(Interval known, int64_t) { return known; }

Value Machine::unknown(const llvm::Twine &reason) { return abstract("", reason); }

std::optional<llvm::StringRef> Machine::textOf(Value value) const {
  const auto *text = heap_.get<StrObject>(value);
  if (!text || !text->content.isKnown)
    return std::nullopt;
  return llvm::StringRef(text->content.bytes);
}

std::optional<std::string> Machine::dataOf(Value value) const {
  if (std::optional<llvm::StringRef> text = textOf(value))
    return text->str();
  const Content *content = nullptr;
  if (const auto *bytes = heap_.get<BytesObject>(value))
    content = &bytes->content;
  else if (const auto *array = heap_.get<ByteArrayObject>(value))
    content = &array->content;
  if (content && content->isKnown)
    return content->bytes;
  const auto *array = heap_.get<ArrayObject>(value);
  if (!array || !array->isKnown || array->itemBytes != 1)
    return std::nullopt;
  std::string data;
  for (Value item : array->items) {
    std::optional<int64_t> byte = intOf(item);
    if (!byte)
      return std::nullopt;
    data += static_cast<char>(*byte);
  }
  return data;
}

void Machine::write(const Content &text) {
  if (text.isKnown && !isUncertain())
    output_ += text.bytes;
  else if (!llvm::StringRef(output_).ends_with("?"))
    output_ += '?';
}

// --- Truth and comparison --------------------------------------------------------------------

bool Machine::isUndecided(Value value) {
  const auto *abstract = heap_.get<AbstractObject>(value);
  if (!abstract) {
    if (!value.isObject())
      return false;
    // Of containers only the length decides.
    const Object &object = heap_[value.asObject()];
    auto open = [](Interval length) { return length.lo <= 0 && length.hi > 0; };
    switch (object.kind) {
    case ObjectKind::List:
      return open(llvm::cast<ListObject>(object).length);
    case ObjectKind::Str:
      return open(llvm::cast<StrObject>(object).content.length);
    case ObjectKind::Bytes:
      return open(llvm::cast<BytesObject>(object).content.length);
    case ObjectKind::ByteArray:
      return open(llvm::cast<ByteArrayObject>(object).content.length);
    case ObjectKind::Dict:
      return open(llvm::cast<DictObject>(object).table.used);
    case ObjectKind::Set:
      return open(llvm::cast<SetObject>(object).used);
    case ObjectKind::Deque:
      return open(llvm::cast<DequeObject>(object).length);
    default:
      return false;
    }
  }
  if (abstract->type == "int" || abstract->type == "bool")
    return abstract->number.lo <= 0 && abstract->number.hi >= 0;
  bool hasLength = abstract->type == "str" || abstract->type == "bytes";
  if (hasLength && abstract->alternatives.empty())
    return abstract->length.lo <= 0;
  return true;
}

std::optional<bool> Machine::truth(Value value) {
  switch (value.kind()) {
  case ValueKind::Unbound:
  case ValueKind::None:
    return false;
  case ValueKind::Bool:
  case ValueKind::Int:
    return value.asInt() != 0;
  case ValueKind::Float:
    return value.asReal() != 0;
  case ValueKind::Object:
    break;
  }
  const Object &object = heap_[value.asObject()];
  switch (object.kind) {
  case ObjectKind::BoxedFloat:
    return llvm::cast<BoxedFloatObject>(object).value != 0;
  case ObjectKind::BigInt:
    return !llvm::cast<BigIntObject>(object).value.isZero();
  case ObjectKind::Abstract: {
    const auto &unknown = llvm::cast<AbstractObject>(object);
    return !(unknown.number.lo == 0 && unknown.number.hi == 0 && unknown.type == "int");
  }
  case ObjectKind::Instance: {
    for (llvm::StringRef method : {"__bool__", "__len__"}) {
      bool isThere = false;
      std::optional<Value> result = callOperator(value, method, {}, isThere);
      if (isThere)
        return result ? truth(*result) : std::nullopt;
    }
    Value native = llvm::cast<InstanceObject>(object).native;
    return native.isObject() && !heap_.get<ExceptionObject>(native) ? truth(native)
                                                                    : std::optional(true);
  }
  default:
    break;
  }
  if (isTextKind(object) || isBufferKind(object) || isContainerKind(object)) {
    std::optional<Value> count = length(value);
    if (!count)
      return std::nullopt;
    return truth(*count);
  }
  return true;
}

std::optional<bool> Machine::equal(Value left, Value right) {
  if (left == right && !left.isFloat())
    return true;
  std::optional<Value> result = compare(CompareOperator::Equal, left, right);
  if (!result)
    return std::nullopt;
  return truth(*result);
}

namespace {

/// Methods are made anew each time that they are taken, and are equal nevertheless.
bool isSameMethod(const ObjectHeap &heap, Value left, Value right) {
  const auto *one = heap.get<BoundMethodObject>(left), *other = heap.get<BoundMethodObject>(right);
  return one && other && one->function == other->function && one->self == other->self;
}

} // namespace

std::optional<Value> Machine::compare(CompareOperator op, Value left, Value right) {
  using enum CompareOperator;
  if (op == Is || op == IsNot) {
    if (isAbstract(left) || isAbstract(right)) {
      bool isKnown = left == right;
      const auto *abstract = heap_.get<AbstractObject>(isAbstract(left) ? left : right);
      Value other = isAbstract(left) ? right : left;
      // Something of a known type is not None.
      bool isSome = !abstract->alternatives.empty() &&
                    llvm::none_of(abstract->alternatives,
                                  [&](Value one) { return one.isNone() || isAbstract(one); });
      if (!abstract->type.empty() && abstract->type != "NoneType")
        isSome = true;
      if (!isKnown && other.isNone() && isSome)
        return Value::boolean(op == IsNot);
      if (!isKnown)
        return abstractInt({0, 1}, "whether these are the same is not known");
    }
    return Value::boolean((left == right) == (op == Is));
  }
  if (op == NotEqual && heap_.get<InstanceObject>(left)) {
    bool isThere = false;
    std::optional<Value> result = callOperator(left, "__ne__", {right}, isThere);
    if (isThere)
      return result;
  }
  // What is compared with None may be it.
  if (op != Equal && op != NotEqual) {
    left = settled(left);
    right = settled(right);
  }
  if (const auto ways = waysOfInstances(left); !ways.empty())
    return eachWay(ways, [&](Value one) { return compare(op, one, right); });
  if (const auto ways = waysOfInstances(right); !ways.empty())
    return eachWay(ways, [&](Value one) { return compare(op, left, one); });
  if (op == NotIn || op == NotEqual) {
    std::optional<Value> result = compare(op == NotIn ? In : Equal, left, right);
    if (!result)
      return std::nullopt;
    if (isUndecided(*result))
      return result;
    std::optional<bool> isSo = truth(*result);
    return isSo ? std::optional(Value::boolean(!*isSo)) : std::nullopt;
  }
  // Source: py/obj.c asks the other side whether they are equal (mp_obj_equal_not_equal), and
  // py/runtime.c (mp_binary_op) only in arithmetic.
  auto askRight = [&]() -> std::optional<Value> {
    const auto *instance = heap_.get<InstanceObject>(right);
    if (op != Equal || !instance)
      return Value();
    bool isThere = false;
    std::optional<Value> result = callOperator(right, compareName(op), {left}, isThere);
    if (isThere)
      return result;
    return instance->native.isObject() ? compare(op, left, instance->native) : Value();
  };
  if (!heap_.get<InstanceObject>(left))
    if (std::optional<Value> result = askRight(); !result || !result->isUnbound())
      return result;
  Value decider = op == In ? right : left;
  using Operation = std::optional<Value> (*)(Machine &, CompareOperator, Value, Value);
  Operation operations[] = {compareNumber, compareText, compareBuffer, compareContainer};
  for (Operation operation : operations) {
    std::optional<Value> result = operation(*this, op, left, right);
    if (!result || !result->isUnbound())
      return result;
  }
  if (const auto *instance = heap_.get<InstanceObject>(decider)) {
    bool isThere = false;
    std::optional<Value> result = op == In ? callOperator(decider, "__contains__", {left}, isThere)
                                           : callOperator(left, compareName(op), {right}, isThere);
    if (isThere && (op != In || !result || isUndecided(*result)))
      return result;
    if (isThere) {
      std::optional<bool> holds = truth(*result);
      return holds ? std::optional(Value::boolean(*holds)) : std::nullopt;
    }
    if (instance->native.isObject())
      return op == In ? compare(op, left, instance->native) : compare(op, instance->native, right);
    if (op == In) {
      bool isFound = false;
      forEach(right, false, [&](Value item) {
        std::optional<bool> same = equal(item, left);
        isFound = same && *same;
        return same && !isFound;
      });
      if (!raised_.isUnbound())
        return std::nullopt;
      return Value::boolean(isFound);
    }
  }
  if (std::optional<Value> result = askRight(); !result || !result->isUnbound())
    return result;
  bool isLibrary = heap_.get<OpaqueObject>(left) || heap_.get<OpaqueObject>(right);
  if (isAbstract(left) || isAbstract(right) || (isLibrary && !(left == right)))
    return abstractInt({0, 1}, "what is compared is not known");
  if (op == Equal)
    return Value::boolean(left == right || isSameMethod(heap_, left, right));
  if (op == In && !(isNumber(left) && isNumber(right)))
    return raise("TypeError", "'" + typeName(right) + "' object isn't iterable");
  return raise("TypeError", "unsupported types for " + compareName(op) + ": '" + typeName(left) +
                                "', '" + typeName(right) + "'");
}

// --- Arithmetic ------------------------------------------------------------------------------

std::optional<Value> Machine::binary(BinaryOperator op, Value left, Value right, bool isInPlace) {
  left = settled(left);
  right = settled(right);
  if (const auto ways = waysOfInstances(left); !ways.empty())
    return eachWay(ways, [&](Value one) { return binary(op, one, right, isInPlace); });
  if (const auto ways = waysOfInstances(right); !ways.empty())
    return eachWay(ways, [&](Value one) { return binary(op, left, one, isInPlace); });
  std::optional<Value> result = binaryNumber(*this, op, left, right);
  if (!result || !result->isUnbound())
    return result;
  result = binaryText(*this, op, left, right);
  if (!result || !result->isUnbound())
    return result;
  result = binaryBuffer(*this, op, left, right, isInPlace);
  if (!result || !result->isUnbound())
    return result;
  result = binaryContainer(*this, op, left, right, isInPlace);
  if (!result || !result->isUnbound())
    return result;
  result = binaryLibrary(*this, op, left, right);
  if (!result || !result->isUnbound())
    return result;
  if (heap_.get<InstanceObject>(left)) {
    bool isThere = false;
    if (isInPlace) {
      result = callOperator(left, inPlaceName(op), {right}, isThere);
      if (isThere)
        return result;
    }
    result = callOperator(left, operatorName(op).method, {right}, isThere);
    if (isThere)
      return result;
    if (Value native = heap_.get<InstanceObject>(left)->native; native.isObject())
      return binary(op, native, right, isInPlace);
  }
  if (heap_.get<InstanceObject>(right)) {
    bool isThere = false;
    result = callOperator(right, operatorName(op).reverse, {left}, isThere);
    if (isThere)
      return result;
  }
  if (isAbstract(left) || isAbstract(right)) {
    noteUnknownCost("what `" + symbolOf(op) + "` gives is not known");
    return unknown("what `" + symbolOf(op) + "` gives is not known");
  }
  return raise("TypeError", "unsupported types for " + operatorName(op).method + ": '" +
                                typeName(left) + "', '" + typeName(right) + "'");
}

std::optional<Value> Machine::unary(UnaryOperator op, Value operand) {
  if (op == UnaryOperator::Not) {
    if (!askTruths(operand))
      return std::nullopt;
    if (isUndecided(operand))
      return abstractInt({0, 1}, "what is negated is not known");
    std::optional<bool> isTrue = truth(operand);
    return isTrue ? std::optional(Value::boolean(!*isTrue)) : std::nullopt;
  }
  std::optional<Value> result = unaryNumber(*this, op, operand);
  if (!result || !result->isUnbound())
    return result;
  if (const auto ways = waysOfInstances(operand); !ways.empty())
    return eachWay(ways, [&](Value one) { return unary(op, one); });
  static constexpr llvm::StringLiteral kNames[] = {"__neg__", "__pos__", "__invert__"};
  bool isThere = false;
  result = callOperator(operand, kNames[static_cast<size_t>(op)], {}, isThere);
  if (isThere)
    return result;
  if (isAbstract(operand))
    return unknown("the operand is not known");
  return raise("TypeError", "unsupported type for " + kNames[static_cast<size_t>(op)] + ": '" +
                                typeName(operand) + "'");
}

/// Calls a special method of an instance of the program's classes, where there is one.
std::optional<Value> Machine::callOperator(Value left, llvm::StringRef method,
                                           llvm::ArrayRef<Value> arguments, bool &isThere) {
  isThere = false;
  const auto *instance = heap_.get<InstanceObject>(left);
  if (!instance)
    return Value();
  Attribute found = findInClass(instance->type, method);
  if (found.value.isUnbound() || !found.self.isUnbound())
    return Value();
  if (heap_.get<NativeObject>(found.value) && instance->native.isObject())
    return Value(); // the operation of the base does the same
  isThere = true;
  llvm::SmallVector<Value, 3> all;
  const auto *wrapper = heap_.get<WrapperObject>(found.value);
  if (!wrapper)
    all.push_back(left);
  else if (wrapper->wraps == WrapperObject::Wraps::ClassMethod)
    all.push_back(Value::object(instance->type));
  all.append(arguments.begin(), arguments.end());
  std::optional<Value> result = call(wrapper ? wrapper->get : found.value, all);
  const auto *single = result ? heap_.get<SingletonObject>(*result) : nullptr;
  isThere = arguments.empty() || !single || single->name != "NotImplemented";
  return result;
}

// --- Subscripts ------------------------------------------------------------------------------

std::optional<Value> Machine::loadSubscript(Value base, Value index) {
  if (!base.isObject())
    return raise("TypeError", "'" + typeName(base) + "' object isn't subscriptable");
  const Object &object = heap_[base.asObject()];
  if (isTextKind(object))
    return loadTextItem(*this, base, index);
  if (isBufferKind(object))
    return loadBufferItem(*this, base, index);
  if (isContainerKind(object))
    return loadContainerItem(*this, base, index);
  bool isThere = false;
  std::optional<Value> result = callOperator(base, "__getitem__", {index}, isThere);
  if (isThere)
    return result;
  if (const auto *instance = heap_.get<InstanceObject>(base);
      instance && instance->native.isObject())
    return loadSubscript(instance->native, index);
  if (llvm::SmallVector<Value, 8> ways = waysOf(base); !ways.empty()) {
    Value one = settled(base);
    return one == base ? eachWay(ways, [&](Value way) { return loadSubscript(way, index); })
                       : loadSubscript(one, index);
  }
  if (object.kind == ObjectKind::Abstract || object.kind == ObjectKind::Opaque) {
    const auto *abstract = heap_.get<AbstractObject>(base);
    if (abstract && abstract->isPlainData)
      return loadSubscript(typeName(index) == "str" ? dataAsDict(base) : dataAsList(base), index);
    if (abstract && (abstract->type == "str" || abstract->type == "bytes"))
      return loadTextItem(*this, base, index);
    if (abstract) {
      std::optional<Value> item = loadContainerItem(*this, base, index);
      if (!item || !item->isUnbound())
        return item;
    }
    if (abstract && abstract->type == "bytearray" && !heap_.get<SliceObject>(index)) {
      mayBeOutside(*this, base, index);
      return abstractInt({0, 255}, abstract->reason);
    }
    if (object.kind == ObjectKind::Opaque)
      return loadLibraryItem(*this, base, index);
    constexpr llvm::StringLiteral kReason = "what is at that index is not known";
    // A slice is a new object of who knows how many items; an item that is not there is an error.
    if (heap_.get<SliceObject>(index))
      noteUnknownLength(kReason);
    else
      mayRaise(typeName(index) == "str" ? "KeyError" : "IndexError");
    return unknown(kReason);
  }
  return raise("TypeError", "'" + typeName(base) + "' object isn't subscriptable");
}

bool Machine::storeSubscript(Value base, Value index, Value value) {
  if (heap_.get<DictObject>(base))
    if (llvm::SmallVector<Value, 8> keys = waysOf(index); !keys.empty()) {
      std::optional<Value> done = eachWay(keys, [&](Value one) -> std::optional<Value> {
        return storeSubscript(base, one, value) ? std::optional(Value::none()) : std::nullopt;
      });
      return done.has_value();
    }
  if (base.isObject()) {
    const Object &object = heap_[base.asObject()];
    if (isBufferKind(object))
      return storeBufferItem(*this, base, index, value);
    if (isContainerKind(object))
      return storeContainerItem(*this, base, index, value);
    bool isThere = false;
    std::optional<Value> result = callOperator(base, "__setitem__", {index, value}, isThere);
    if (isThere)
      return result.has_value();
    if (const auto *instance = heap_.get<InstanceObject>(base);
        instance && instance->native.isObject())
      return storeSubscript(instance->native, index, value);
    if (llvm::SmallVector<Value, 8> ways = waysOf(base); !ways.empty()) {
      std::optional<Value> done = eachWay(ways, [&](Value one) -> std::optional<Value> {
        return storeSubscript(one, index, value) ? std::optional(Value::none()) : std::nullopt;
      });
      return done.has_value();
    }
    if (object.kind == ObjectKind::Abstract) {
      storeItemMaybe(*this, base, index, value);
      return true;
    }
    if (object.kind == ObjectKind::Opaque)
      return storeLibraryItem(*this, base, index, value);
  }
  raise("TypeError", "'" + typeName(base) + "' object doesn't support item assignment");
  return false;
}

bool Machine::deleteSubscript(Value base, Value index) {
  if (base.isObject()) {
    const Object &object = heap_[base.asObject()];
    if (isContainerKind(object) || isBufferKind(object))
      return deleteContainerItem(*this, base, index);
    bool isThere = false;
    std::optional<Value> result = callOperator(base, "__delitem__", {index}, isThere);
    if (isThere)
      return result.has_value();
    if (const auto *instance = heap_.get<InstanceObject>(base);
        instance && instance->native.isObject())
      return deleteSubscript(instance->native, index);
    if (object.kind == ObjectKind::Abstract || object.kind == ObjectKind::Opaque)
      return true;
  }
  raise("TypeError", "'" + typeName(base) + "' object doesn't support item deletion");
  return false;
}

} // namespace fraglint
