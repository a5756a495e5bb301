#include "evaluator/containers.h"
#include "evaluator/interpreter.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

// --- Functions -------------------------------------------------------------------------------

/// Source: py/objfun.c, py/objclosure.c. A function is 4 words and its defaults; a closure another
/// object of 3 words and its cells.
std::optional<Value> Interpreter::makeFunction(Frame &frame, const Instruction &instruction) {
  const Code &child = *frame.code->children[static_cast<size_t>(instruction.a)];
  std::vector<Value> &stack = frame.stack;
  size_t cells = child.closure.size();
  bool hasDefaults = (instruction.b & 1) != 0;
  FunctionObject &function = heap_.make<FunctionObject>();
  ObjectId id = function.id;
  function.code = &child;
  function.globals = frame.globals;
  function.cells.append(stack.end() - static_cast<ptrdiff_t>(cells), stack.end());
  int64_t extra = 0;
  if (hasDefaults) {
    function.keywordDefaults = stack[stack.size() - cells - 1];
    function.defaults = stack[stack.size() - cells - 2];
    if (const auto *defaults = heap_.get<TupleObject>(function.defaults))
      extra += static_cast<int64_t>(defaults->items.size());
    if (function.keywordDefaults.isObject())
      ++extra;
  }
  held_.push_back(Value::object(id));
  allocate(function, 4 + extra);
  if (cells)
    static_cast<FunctionObject &>(heap_.change(id)).closure =
        heap_.request(words(3 + static_cast<int64_t>(cells)));
  // The tuple of defaults is copied into the function: it is garbage now. What it holds is not.
  stack.resize(stack.size() - cells - (hasDefaults ? 2 : 0));
  auto &made = static_cast<FunctionObject &>(heap_.change(id));
  if (const auto *defaults = heap_.get<TupleObject>(made.defaults)) {
    TupleObject &copy = heap_.make<TupleObject>();
    copy.items = defaults->items;
    made.defaults = Value::object(copy.id);
  }
  stack.push_back(Value::object(id));
  return Value::none();
}

/// Source: py/bc.c. What is left over goes into a tuple and a dictionary, then cells are made.
bool Interpreter::bindArguments(Frame &frame, const FunctionObject &function,
                                llvm::ArrayRef<Value> arguments, Keywords keywords) {
  const Code &code = *function.code;
  size_t first = code.closure.size();
  for (size_t i = 0; i < first && i < function.cells.size(); ++i)
    frame.locals[i] = function.cells[i];
  size_t given = arguments.size();
  auto wrongCount = [&](size_t expected) {
    std::string name = profile_.traits.reportsInDetail ? code.name.str() + "()" : "function";
    // The cells of a closure are arguments, too: they come first.
    raise("TypeError", name + " takes " + llvm::Twine(expected + first) +
                           " positional arguments but " + llvm::Twine(given + first) +
                           " were given");
    return false;
  };
  if (given > code.positional && !code.hasStar)
    return wrongCount(code.positional);
  size_t plain = std::min<size_t>(given, code.positional);
  for (size_t i = 0; i < plain; ++i)
    frame.locals[first + i] = arguments[i];
  size_t starAt = first + code.positional + code.keywordOnly;
  if (code.hasStar) {
    std::optional<Value> rest = tuple(arguments.drop_front(plain));
    frame.locals[starAt] = *rest;
  }
  size_t doubleStarAt = starAt + (code.hasStar ? 1 : 0);
  if (code.hasDoubleStar)
    frame.locals[doubleStarAt] = newDict(*this, static_cast<int64_t>(keywords.size()));
  for (const auto &[name, value] : keywords) {
    const auto *begin = code.locals.data() + first;
    const auto *end = begin + code.positional + code.keywordOnly;
    const auto *found = std::find(begin, end, name);
    if (found != end) {
      Value &place = frame.locals[first + static_cast<size_t>(found - begin)];
      if (!place.isUnbound()) {
        raise("TypeError", "function got multiple values for argument '" + name + "'");
        return false;
      }
      place = value;
    } else if (code.hasDoubleStar) {
      if (!storeInDict(*this, frame.locals[doubleStarAt], this->name(name), value))
        return false;
    } else {
      raise("TypeError", "unexpected keyword argument '" + name + "'");
      return false;
    }
  }
  const auto *defaults = heap_.get<TupleObject>(function.defaults);
  size_t defaultCount = defaults ? defaults->items.size() : 0;
  size_t required = code.positional - std::min<size_t>(defaultCount, code.positional);
  bool isPlain = keywords.empty() && heap_.get<DictObject>(function.keywordDefaults) == nullptr;
  if (isPlain && given < required)
    return wrongCount(required);
  for (size_t i = required; i < code.positional; ++i)
    if (Value &place = frame.locals[first + i]; place.isUnbound())
      place = defaults->items[i - required];
  for (size_t i = required; i-- > 0;)
    if (frame.locals[first + i].isUnbound()) {
      raise("TypeError",
            "function missing required positional argument #" + llvm::Twine(i + first));
      return false;
    }
  if (isPlain && code.keywordOnly > 0) {
    raise("TypeError", "function missing keyword-only argument");
    return false;
  }
  for (size_t i = code.positional; i < size_t{code.positional} + code.keywordOnly; ++i) {
    Value &place = frame.locals[first + i];
    if (!place.isUnbound())
      continue;
    const auto *named = heap_.get<DictObject>(function.keywordDefaults);
    std::optional<const MapTable::Slot *> slot = nullptr;
    if (named)
      slot = findInTable(*this, named->table, name(code.locals[first + i]));
    if (!slot || !*slot) {
      raise("TypeError",
            "function missing required keyword argument '" + code.locals[first + i] + "'");
      return false;
    }
    place = (*slot)->value;
  }
  for (uint16_t index : code.cells) {
    CellObject &cell = heap_.make<CellObject>();
    cell.content = frame.locals[index];
    Value made = Value::object(cell.id);
    held_.push_back(made);
    allocate(cell, 2);
    frame.locals[index] = made;
  }
  return true;
}

// --- Calls -----------------------------------------------------------------------------------

std::optional<Value> Interpreter::loadMethod(Frame &frame, const Instruction &instruction,
                                             bool isSuper) {
  llvm::StringRef name = frame.code->names[static_cast<size_t>(instruction.a)];
  std::vector<Value> &stack = frame.stack;
  if (isSuper) {
    Value self = stack.back(), type = stack[stack.size() - 2];
    if (!heap_.get<ClassObject>(type))
      return raise("TypeError", "super() is not known here");
    Attribute found = findInClass(type.asObject(), name, /*isSuper=*/true);
    const auto *instance = heap_.get<InstanceObject>(self);
    Value on = self;
    if (const auto *wrapper = heap_.get<WrapperObject>(found.value)) {
      if (wrapper->wraps == WrapperObject::Wraps::Property) {
        std::optional<Value> value = call(wrapper->get, {self});
        if (!value)
          return std::nullopt;
        found.value = *value;
        on = {};
      } else {
        bool isStatic = wrapper->wraps == WrapperObject::Wraps::StaticMethod;
        on = isStatic ? Value() : instance ? Value::object(instance->type) : self;
        found.value = wrapper->get;
      }
    }
    if (found.value.isUnbound() && name == "__init__") {
      // The constructor of a native base, or object's, which does nothing.
      found.value = nativeFunction(*findNative("object.__init__"));
    } else if (found.value.isUnbound() && instance && instance->native.isObject()) {
      Attribute inner = findAttribute(instance->native, name);
      found.value = inner.value;
      on = inner.self;
    } else if (heap_.get<NativeObject>(found.value) && instance && instance->native.isObject()) {
      on = instance->native;
    }
    // `object` is behind all bases; what makes an instance belongs to none.
    if (const NativeRow *row = findNative("object." + name.str()); row && found.value.isUnbound()) {
      found.value = nativeFunction(*row);
      on = name == "__new__" ? Value() : self;
    }
    if (found.value.isUnbound())
      return raise("AttributeError", "'super' object has no attribute '" + name + "'");
    stack.resize(stack.size() - 3);
    stack.push_back(found.value);
    stack.push_back(on);
    return Value::none();
  }
  Value object = stack.back();
  const auto *abstract = heap_.get<AbstractObject>(object);
  // What was not followed may have bound an object of the program.
  if (abstract && !leftOut_.empty() && abstract->type.empty() && abstract->alternatives.empty())
    skipMethods(name, std::string(leftOut_));
  Attribute found = findAttribute(object, name);
  if (!raised_.isUnbound())
    return std::nullopt;
  if (found.value.isUnbound()) {
    if (const auto *type = heap_.get<ClassObject>(object))
      return raise("AttributeError",
                   "type object '" + type->name + "' has no attribute '" + name + "'");
    if (heap_.get<ModuleObject>(object))
      return raise("AttributeError", "'module' object has no attribute '" + name + "'");
    return raise("AttributeError",
                 "'" + typeName(object) + "' object has no attribute '" + name + "'");
  }
  stack.back() = found.value;
  stack.push_back(found.self);
  return Value::none();
}

std::optional<Value> Interpreter::callPlain(Frame &frame, const Instruction &instruction,
                                            bool isMethod) {
  const std::vector<Value> &stack = frame.stack;
  auto positional = static_cast<size_t>(instruction.a);
  auto keywordCount = static_cast<size_t>(instruction.b);
  size_t base = stack.size() - positional - 2 * keywordCount - (isMethod ? 2 : 1);
  Value callee = stack[base];
  llvm::SmallVector<Value, 8> arguments;
  if (isMethod && !stack[base + 1].isUnbound())
    arguments.push_back(stack[base + 1]);
  size_t at = base + (isMethod ? 2 : 1);
  for (size_t i = 0; i < positional; ++i)
    arguments.push_back(stack[at++]);
  llvm::SmallVector<std::pair<llvm::StringRef, Value>, 4> keywords;
  for (size_t i = 0; i < keywordCount; ++i, at += 2)
    keywords.push_back({textOf(stack[at]).value_or(""), stack[at + 1]});
  if (callee.isNone() && !isMethod && !arguments.empty()) {
    const auto *body = heap_.get<FunctionObject>(arguments[0]);
    if (body && body->code->kind == CodeKind::Class)
      return buildClass(frame, arguments);
  }
  bool fails = mayFail(callee, arguments);
  std::optional<Value> result = call(callee, arguments, keywords);
  if (!heap_.get<FunctionObject>(callee) && !heap_.get<ClassObject>(callee) &&
      (isOutside(callee) || (result && isOutside(*result)) ||
       (!arguments.empty() && isOutside(arguments[0]))))
    noteOutsideCall(callee, arguments, keywords);
  if (const auto *native = heap_.get<NativeObject>(callee); native && result) {
    held_.push_back(*result);
    runCallbacks(native->row->name);
  }
  if (fails && result)
    noteOutsideFailure();
  return result;
}

/// Native types that a class derives from, by each of its bases. Source:
/// instance_count_native_bases in py/objtype.c.
size_t Interpreter::nativeBases(ObjectId type) const {
  size_t count = 0;
  llvm::SmallVector<ObjectId, 8> waiting{type};
  while (!waiting.empty()) {
    const auto &one = llvm::cast<ClassObject>(heap_[waiting.pop_back_val()]);
    if (one.isNative || one.isNamedTuple)
      count += one.name != "object";
    else
      waiting.append(one.bases.begin(), one.bases.end());
  }
  return count;
}

/// Source: mp_builtin___build_class__ in py/modbuiltins.c, mp_obj_new_type in py/objtype.c.
std::optional<Value> Interpreter::buildClass(Frame &frame, llvm::ArrayRef<Value> arguments) {
  const auto &body = llvm::cast<FunctionObject>(heap_[arguments[0].asObject()]);
  const Code &code = *body.code;
  ClassObject &type = heap_.make<ClassObject>();
  ObjectId id = type.id;
  Value made = Value::object(id);
  type.name = textOf(arguments[1]).value_or("").str();
  held_.push_back(made);
  Frame inner;
  inner.code = &code;
  inner.constants = &constantsOf(code);
  inner.globals = frame.globals;
  inner.body = id;
  Value cell;
  {
    static_cast<ClassObject &>(heap_.change(id)).dict = heap_.request(words(4));
    openFrame(inner);
    Ending ending = Ending::Raised;
    if (bindArguments(inner, body, {}, {})) {
      Activation activation(*this, inner);
      ending = execute(inner, {}, cell);
    }
    closeFrame(inner);
    if (ending == Ending::Stopped)
      isStopped_ = true;
    isPropagated_ = ending == Ending::Raised;
    if (ending != Ending::Returned)
      return std::nullopt;
  }
  size_t bases = arguments.size() - 2;
  Run tuple;
  if (bases > 0)
    tuple = heap_.request(words(2 + static_cast<int64_t>(bases)));
  auto &changed = static_cast<ClassObject &>(heap_.change(id));
  for (Value base : arguments.drop_front(2))
    if (const auto *parent = heap_.get<ClassObject>(base)) {
      changed.bases.push_back(base.asObject());
      changed.isException |= parent->isException;
    }
  changed.header = heap_.request(words(typeWords(bases)));
  if (nativeBases(id) > 1)
    return raise("TypeError", "multiple bases have instance lay-out conflict");
  // `__new__` is a static method without being called one.
  std::optional<const MapTable::Slot *> maker =
      findInTable(*this, changed.members, name("__new__"));
  if (maker && *maker && heap_.get<FunctionObject>((*maker)->value)) {
    WrapperObject &wrapper = heap_.make<WrapperObject>();
    wrapper.wraps = WrapperObject::Wraps::StaticMethod;
    wrapper.get = (*maker)->value;
    allocate(wrapper, 2);
    storeAttribute(made, "__new__", Value::object(wrapper.id));
  }
  if (auto *own = heap_.change<CellObject>(cell))
    own->content = made;
  return made;
}

// --- Unpacking -------------------------------------------------------------------------------

bool Interpreter::unpack(Frame &frame, int64_t before, int64_t behind, bool hasStar) {
  Value sequence = settled(frame.stack.back());
  held_.push_back(sequence);
  std::vector<Value> items;
  int64_t wanted = before + behind;
  if (isAbstract(sequence) || !isKnownIterable(*this, sequence))
    return unpackUnknown(frame, sequence, wanted, behind, hasStar);
  if (!forEach(sequence, false, [&](Value item) {
        items.push_back(item);
        held_.push_back(item);
        return true;
      }))
    return false;
  if (isCountOpen()) {
    auto &any = heap_.make<ListObject>();
    any.items = items;
    return unpackUnknown(frame, opened(Value::object(any.id)), wanted, behind, hasStar);
  }
  auto count = static_cast<int64_t>(items.size());
  if (count < wanted) {
    raise("ValueError", "need more than " + llvm::Twine(count) + " values to unpack");
    return false;
  }
  if (!hasStar && count > wanted) {
    raise("ValueError", "too many values to unpack (expected " + llvm::Twine(wanted) + ")");
    return false;
  }
  std::vector<Value> parts(items.begin(), items.begin() + before);
  if (hasStar) {
    llvm::ArrayRef<Value> all(items);
    parts.push_back(
        list(all.slice(static_cast<size_t>(before), static_cast<size_t>(count - wanted))));
    parts.insert(parts.end(), items.end() - behind, items.end());
  }
  frame.stack.pop_back();
  frame.stack.insert(frame.stack.end(), parts.rbegin(), parts.rend());
  return true;
}

/// Each of its items is what any may be; there may be too few of them, or too many.
bool Interpreter::unpackUnknown(Frame &frame, Value sequence, int64_t wanted, int64_t behind,
                                bool hasStar) {
  constexpr llvm::StringLiteral kReason = "what is unpacked here is not known";
  const auto *abstract = heap_.get<AbstractObject>(sequence);
  if (abstract && abstract->isPlainData)
    sequence = dataAsList(sequence);
  Interval length = fraglint::lengthOf(*this, sequence).value_or(Interval::atLeast(0));
  if (length != Interval::exactly(wanted) || hasStar)
    mayRaise("ValueError", "need more than " + llvm::Twine(wanted - 1) + " values to unpack");
  Value item = anyItemOf(*this, sequence);
  if (item.isUnbound())
    item = unknown(kReason);
  frame.stack.pop_back();
  for (int64_t i = 0; i < wanted + (hasStar ? 1 : 0); ++i)
    frame.stack.push_back(item);
  if (hasStar) {
    Interval rest = (length - Interval::exactly(wanted)).clampedBelow(0);
    frame.stack[frame.stack.size() - 1 - static_cast<size_t>(wanted - behind)] =
        makeUnknownList(*this, rest, item);
  }
  return true;
}

bool Interpreter::matchesException(Value exception, Value type) {
  if (const auto *types = heap_.get<TupleObject>(type))
    return llvm::any_of(types->items, [&](Value one) { return matchesException(exception, one); });
  return isInstance(exception, type);
}

/// Source: mp_obj_new_type in py/objtype.c: as many slots as the type fills.
int64_t Interpreter::typeWords(size_t bases) const { return bases > 0 ? 16 : 15; }

} // namespace fraglint
