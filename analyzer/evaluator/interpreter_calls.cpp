#include "evaluator/interpreter.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// Literals of so many bytes are names to the firmware's compiler.
constexpr size_t kLongestName = 10;
/// Passes of a task for each pass of a program.
constexpr uint64_t kYieldsPerPass = 64;

} // namespace

// --- Constants and names ---------------------------------------------------------------------

/// What compiling makes known: identifiers, and short literals.
void Interpreter::learnNames(const Code &code) {
  name(code.name);
  for (const std::string &one : code.names)
    name(one);
  for (llvm::StringRef one : code.locals)
    name(one);
  for (const Constant &constant : code.constants)
    if (constant.kind == Constant::Kind::Str && constant.text.size() <= kLongestName)
      name(constant.text);
  for (const auto &child : code.children)
    learnNames(*child);
}

Value Interpreter::constantValue(const Constant &constant, bool isTopLevel) {
  (void)isTopLevel;
  switch (constant.kind) {
  case Constant::Kind::None:
    return Value::none();
  case Constant::Kind::True:
    return Value::boolean(true);
  case Constant::Kind::False:
    return Value::boolean(false);
  case Constant::Kind::Ellipsis: {
    SingletonObject &object = heap_.make<SingletonObject>();
    object.name = "Ellipsis";
    return Value::object(object.id);
  }
  case Constant::Kind::Int:
    return Value::integer(constant.integer);
  case Constant::Kind::BigInt: {
    BigIntObject &object = heap_.make<BigIntObject>();
    object.value = constant.big;
    return Value::object(object.id);
  }
  case Constant::Kind::Float:
    return Value::real(rounded(constant.real));
  case Constant::Kind::Str: {
    if (constant.text.size() <= kLongestName || isName(constant.text))
      return name(constant.text);
    StrObject &object = heap_.make<StrObject>();
    object.content = Content::of(constant.text);
    return Value::object(object.id);
  }
  case Constant::Kind::Bytes: {
    BytesObject &object = heap_.make<BytesObject>();
    object.content = Content::of(constant.text);
    return Value::object(object.id);
  }
  case Constant::Kind::Tuple: {
    std::vector<Value> items;
    for (const Constant &item : constant.items)
      items.push_back(constantValue(item, false));
    TupleObject &object = heap_.make<TupleObject>();
    object.items = std::move(items);
    return Value::object(object.id);
  }
  }
  return Value::none();
}

const std::vector<Value> &Interpreter::constantsOf(const Code &code) {
  auto &made = constants_[&code];
  if (!made) {
    made = std::make_unique<std::vector<Value>>();
    for (const Constant &constant : code.constants)
      made->push_back(constantValue(constant, true));
  }
  return *made;
}

std::optional<Value> Interpreter::builtin(llvm::StringRef name) {
  auto found = builtins_.find(name);
  if (found != builtins_.end())
    return found->second;
  Value value;
  if (name == "Ellipsis" || name == "NotImplemented") {
    SingletonObject &object = heap_.make<SingletonObject>();
    object.name = name.str();
    value = Value::object(object.id);
  } else if (const NativeRow *row = findNative(name)) {
    value = nativeValue(*this, *row);
  }
  builtins_[name] = value;
  return value;
}

std::optional<Value> Interpreter::loadGlobal(Frame &frame, llvm::StringRef name) {
  const auto &module = llvm::cast<ModuleObject>(heap_[frame.globals]);
  std::optional<const MapTable::Slot *> slot = findInTable(*this, module.globals, this->name(name));
  if (slot && *slot)
    return (*slot)->value;
  if (name == "__name__")
    return this->name(module.name);
  std::optional<Value> found = builtin(name);
  if (!found || !found->isUnbound())
    return found;
  if (isUncertain() || !gaps_.empty())
    return unknown("`" + name + "` is not bound on all paths");
  return raise("NameError", "name '" + name + "' isn't defined");
}

bool Interpreter::storeGlobal(Frame &frame, llvm::StringRef name, Value value) {
  auto &module = static_cast<ModuleObject &>(heap_.change(frame.globals));
  return storeInTable(*this, module.globals, this->name(name), value);
}

// --- Modules ---------------------------------------------------------------------------------

/// The firmware puts some names into `__main__` before it runs.
Value Interpreter::moduleObject(const Code &code) {
  bool isEntry = modules_.empty();
  ModuleObject &module = heap_.make<ModuleObject>();
  ObjectId id = module.id;
  module.name = isEntry ? "__main__" : code.name.str();
  modules_[&code] = id;
  auto &changed = static_cast<ModuleObject &>(heap_.change(id));
  prepareGlobals(changed, isEntry);
  return Value::object(id);
}

std::optional<Value> Interpreter::importModule(llvm::StringRef name, Value fromList) {
  SyntaxNode site = this->site();
  const Code *code = resolver_ ? resolver_(site, name) : nullptr;
  if (code) {
    auto found = modules_.find(code);
    if (found != modules_.end())
      return Value::object(found->second);
    if (frames_.size() > limits_.callDepth)
      return unknown("imports are nested too deeply to be followed");
    learnNames(*code);
    noteGap("what compiling `" + name + "` asks for is not in these figures");
    Frame inner;
    inner.code = code;
    inner.constants = &constantsOf(*code);
    Value module = moduleObject(*code);
    static_cast<ModuleObject &>(heap_.change(module.asObject())).name = name.str();
    inner.globals = module.asObject();
    Value result;
    openFrame(inner);
    frames_.push_back(&inner);
    Ending ending = execute(inner, {}, result);
    frames_.pop_back();
    if (ending == Ending::Stopped) {
      isStopped_ = true;
      return std::nullopt;
    }
    closeFrame(inner);
    return ending == Ending::Returned ? std::optional(module) : std::nullopt;
  }
  // `import a.b` gives a; `from a.b import c` gives a.b.
  llvm::StringRef wanted = fromList.isNone() ? name.split('.').first : name;
  return nativeModule(*this, wanted);
}

std::optional<Value> Interpreter::importStar(Frame &frame, Value module) {
  const auto *object = heap_.get<ModuleObject>(module);
  if (!object || object->isNative) {
    noteGap("what `import *` of a library binds is not known");
    return Value();
  }
  std::vector<std::pair<Value, Value>> names;
  for (const MapTable::Slot &slot : object->globals.slots) {
    std::optional<llvm::StringRef> text = textOf(slot.key);
    if (!slot.isDeleted && text && !text->starts_with("_"))
      names.push_back({slot.key, slot.value});
  }
  for (const auto &[key, value] : names)
    if (!storeGlobal(frame, *textOf(key), value))
      return std::nullopt;
  return Value();
}

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
    raise("TypeError", "function takes " + llvm::Twine(expected) + " positional arguments but " +
                           llvm::Twine(given) + " were given");
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
  for (size_t i = 0; i < code.positional; ++i) {
    Value &place = frame.locals[first + i];
    if (!place.isUnbound())
      continue;
    if (i + defaultCount >= code.positional)
      place = defaults->items[i + defaultCount - code.positional];
    else if (keywords.empty())
      return wrongCount(code.positional);
    else {
      raise("TypeError", "function missing required positional argument #" + llvm::Twine(i));
      return false;
    }
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
    if (const auto *wrapper = heap_.get<WrapperObject>(found.value)) {
      if (wrapper->wraps == WrapperObject::Wraps::Property) {
        std::optional<Value> value = call(wrapper->get, {self});
        if (!value)
          return std::nullopt;
        found.value = *value;
      } else {
        found.value = wrapper->get;
      }
    }
    const auto *instance = heap_.get<InstanceObject>(self);
    Value on = self;
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
    if (found.value.isUnbound())
      return raise("AttributeError", "'super' object has no attribute '" + name + "'");
    stack.resize(stack.size() - 3);
    stack.push_back(found.value);
    stack.push_back(on);
    return Value::none();
  }
  Value object = stack.back();
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

/// Whether a call outside of the program may raise something for reasons that are not in it: it is
/// given, or made on, something that is not known.
bool Interpreter::mayFail(Value callee, llvm::ArrayRef<Value> arguments) const {
  if (llvm::none_of(frames_, [](const Frame *frame) { return hasHandler(*frame); }))
    return false;
  return !heap_.get<FunctionObject>(callee) &&
         (isOutside(callee) ||
          llvm::any_of(arguments, [&](Value argument) { return isOutside(argument); }));
}

/// Whether a value is no object of the program or of the language.
bool Interpreter::isOutside(Value value) const {
  return isAbstract(value) || heap_.get<OpaqueObject>(value) != nullptr;
}

/// What a library is given it may fill, if it is a buffer, or call, if it is a function.
void Interpreter::noteOutsideCall(llvm::ArrayRef<Value> arguments, Keywords keywords) {
  auto note = [&](Value value) {
    if (auto *buffer = heap_.change<ByteArrayObject>(value)) {
      buffer->content.isKnown = false;
      buffer->content.bytes.clear();
    } else if (auto *array = heap_.change<ArrayObject>(value)) {
      array->isKnown = false;
      array->items.clear();
    } else if (const auto *view = heap_.get<MemoryViewObject>(value)) {
      if (auto *base = heap_.change<ByteArrayObject>(view->base)) {
        base->content.isKnown = false;
        base->content.bytes.clear();
      }
    } else if (heap_.get<FunctionObject>(value) || heap_.get<BoundMethodObject>(value)) {
      if (!llvm::is_contained(callbacks_, value))
        callbacks_.push_back(value);
    }
  };
  for (Value argument : arguments)
    note(argument);
  for (const auto &[name, value] : keywords)
    note(value);
}

/// Something outside of the program may call its functions at any time: once a pass, perhaps.
void Interpreter::runCallbacks() {
  if (isInCallback_ || !mayFork())
    return;
  isInCallback_ = true;
  for (size_t i = 0; i < callbacks_.size(); ++i) {
    Value callback = callbacks_[i];
    Value function = callback;
    size_t given = 0;
    if (const auto *method = heap_.get<BoundMethodObject>(callback)) {
      function = method->function;
      given = 1;
    }
    const auto *object = heap_.get<FunctionObject>(function);
    if (!object || object->code->isGenerator)
      continue;
    size_t wanted = object->code->positional > given ? object->code->positional - given : 0;
    llvm::SmallVector<Value, 4> arguments;
    for (size_t argument = 0; argument < wanted; ++argument)
      arguments.push_back(unknown("what `" + object->code->name + "` is called with is not known"));
    openArm();
    std::optional<Value> result = call(callback, arguments);
    closeArm();
    clearRaised();
    mayRaise_ = {};
    if (isStopped_ || !result) {
      isStopped_ = false;
      heap_.rewind();
      heap_.close();
      continue;
    }
    ObjectHeap::Changes base = heap_.close();
    ObjectHeap::Changes none;
    joinHeaps(none, base);
  }
  isInCallback_ = false;
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
    noteOutsideCall(arguments, keywords);
  if (fails && result)
    mayRaise_ = unknown("what this raises is not known");
  return result;
}

/// Source: mp_call_prepare_args_n_kw_var in py/runtime.c. The arguments are copied, on ports
/// without a pystack to the heap.
std::optional<Value> Interpreter::callStarred(Frame &frame, const Instruction &instruction,
                                              bool isMethod) {
  const std::vector<Value> &stack = frame.stack;
  auto positional = static_cast<size_t>(instruction.a);
  auto keywordCount = static_cast<size_t>(instruction.b);
  int64_t stars = stack.back().asInt();
  size_t base = stack.size() - 1 - positional - 2 * keywordCount - (isMethod ? 2 : 1);
  Value callee = stack[base];
  llvm::SmallVector<Value, 8> arguments;
  size_t at = base + 1;
  if (isMethod) {
    if (!stack[at].isUnbound())
      arguments.push_back(stack[at]);
    ++at;
  }
  // How many there will be, as far as that can be told at once.
  int64_t room = 1 + static_cast<int64_t>(positional);
  int64_t inDicts = 0;
  for (size_t i = 0; i < positional; ++i)
    if ((stars >> i & 1) != 0) {
      std::optional<Value> count =
          heap_.get<GeneratorObject>(stack[at + i]) ? Value() : length(stack[at + i]);
      if (!count)
        clearRaised();
      else if (count->isInt())
        room += count->asInt() - 1;
    }
  for (size_t i = 0; i < keywordCount; ++i)
    if (stack[at + positional + 2 * i].isUnbound())
      if (const auto *dict = heap_.get<DictObject>(stack[at + positional + 2 * i + 1]))
        inDicts += dict->table.used.lo - 1;
  room += 2 * (static_cast<int64_t>(keywordCount) + inDicts);
  Run scratch;
  if (!profile_.hasPystack)
    scratch = heap_.request(words(room));
  for (size_t i = 0; i < positional; ++i) {
    Value one = stack[at + i];
    if ((stars >> i & 1) == 0) {
      arguments.push_back(one);
      continue;
    }
    if (isAbstract(one)) {
      noteGap("how many arguments a star gives is not known");
      continue;
    }
    if (!forEach(one, false, [&](Value item) {
          arguments.push_back(item);
          held_.push_back(item);
          return true;
        }))
      return std::nullopt;
  }
  llvm::SmallVector<std::pair<llvm::StringRef, Value>, 4> keywords;
  for (size_t i = 0; i < keywordCount; ++i) {
    Value key = stack[at + positional + 2 * i], value = stack[at + positional + 2 * i + 1];
    if (!key.isUnbound()) {
      keywords.push_back({textOf(key).value_or(""), value});
      continue;
    }
    const auto *dict = heap_.get<DictObject>(value);
    if (!dict || !dict->table.isKnown) {
      noteGap("what arguments two stars give is not known");
      continue;
    }
    for (const MapTable::Slot &slot : dict->table.slots)
      if (std::optional<llvm::StringRef> text = textOf(slot.key); text && !slot.isDeleted)
        keywords.push_back({*textOf(name(*text)), slot.value});
  }
  std::optional<Value> result = call(callee, arguments, keywords);
  if (result)
    heap_.release(scratch);
  return result;
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
  if (auto *own = heap_.change<CellObject>(cell))
    own->content = made;
  return made;
}

// --- Unpacking -------------------------------------------------------------------------------

bool Interpreter::unpack(Frame &frame, int64_t before, int64_t behind, bool hasStar) {
  Value sequence = frame.stack.back();
  std::vector<Value> items;
  int64_t wanted = before + behind;
  if (isAbstract(sequence) ||
      (heap_.get<ListObject>(sequence) && !heap_.get<ListObject>(sequence)->isKnown)) {
    frame.stack.pop_back();
    for (int64_t i = 0; i < wanted + (hasStar ? 1 : 0); ++i)
      frame.stack.push_back(unknown("what is unpacked here is not known"));
    return true;
  }
  if (!forEach(sequence, false, [&](Value item) {
        items.push_back(item);
        held_.push_back(item);
        return true;
      }))
    return false;
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

bool Interpreter::matchesException(Value exception, Value type) {
  if (const auto *types = heap_.get<TupleObject>(type))
    return llvm::any_of(types->items, [&](Value one) { return matchesException(exception, one); });
  return isInstance(exception, type);
}

/// Whether the loop whose passes are counted is under way.
bool Interpreter::isInPass() const {
  if (!pass_ || frames_.size() < passFrame_)
    return false;
  const Frame &frame = *frames_[passFrame_ - 1];
  return frame.code == passCode_ && frame.pc >= passAt_ && frame.pc <= passEnd_;
}

void Interpreter::noteGrowth(Value container) {
  if (isInPass() && container.isObject())
    growths_.try_emplace(container.asObject(), Growth{site(), lengthOf(container.asObject())});
}

int64_t Interpreter::lengthOf(ObjectId container) const {
  const Object &object = heap_[container];
  if (const auto *list = llvm::dyn_cast<ListObject>(&object))
    return list->length.hasHi() ? list->length.hi : Interval::kNoHi;
  if (const auto *dict = llvm::dyn_cast<DictObject>(&object))
    return dict->table.used.hasHi() ? dict->table.used.hi : Interval::kNoHi;
  return 0;
}

/// Whether a container that was there when the last pass began is longer now.
bool Interpreter::hasGrown() {
  bool grows = false;
  for (auto at = growths_.begin(); at != growths_.end();) {
    Growth &growth = at->second;
    int64_t length = lengthOf(at->first);
    if (growth.isOld && length <= growth.length) {
      at = growths_.erase(at); // garbage, most of it
      continue;
    }
    growth.isGrowing = growth.isOld;
    grows |= growth.isGrowing;
    growth.isOld = true; // from here on it counts
    growth.length = length;
    ++at;
  }
  return grows;
}

/// Of something that is one of a few: each of them is a way.
std::optional<Value>
Interpreter::callUnknown(Value callee, llvm::ArrayRef<Value> arguments,
                         llvm::ArrayRef<std::pair<llvm::StringRef, Value>> keywords) {
  const auto *abstract = heap_.get<AbstractObject>(callee);
  std::string reason = abstract->reason;
  llvm::SmallVector<Value, 8> callees;
  for (Value one : abstract->alternatives)
    if (heap_.get<FunctionObject>(one) || heap_.get<BoundMethodObject>(one) ||
        heap_.get<ClassObject>(one))
      callees.push_back(one);
  if (callees.empty()) {
    noteUnknownCost(reason);
    return unknown(reason);
  }
  ++undecided_;
  Value result;
  for (Value one : callees) {
    if (!mayFork()) {
      noteGap("tests that are not known are nested too deeply to be followed");
      break;
    }
    openArm();
    std::optional<Value> given = call(one, arguments, keywords);
    closeArm();
    Value raised = raised_;
    clearRaised();
    isStopped_ = false;
    ObjectHeap::Changes base = heap_.close();
    ObjectHeap::Changes none;
    joinHeaps(none, base);
    if (given)
      result = join(result, *given);
    else if (!raised.isUnbound())
      mayRaise_ = raised;
  }
  return result.isUnbound() ? unknown(reason) : result;
}

/// After the passes that were wanted: what differs from pass to pass is not known any more, and
/// two further ones stand for all that follow. False when they are over, or where a test that is
/// not known is open.
bool Interpreter::startGeneralPass(Frame &frame) {
  constexpr unsigned kGeneralPasses = 3;
  if (uncertainty_ > 0 || forks_ > 0)
    return false;
  if (isGeneralPassOpen_) {
    isGeneralPassOpen_ = false;
    bool wasWidening = isWidening_;
    isWidening_ = true;
    ObjectHeap::Changes base = heap_.close();
    ObjectHeap::Changes none;
    joinHeaps(none, base);
    joinFrames(frame, passFrameBefore_);
    isWidening_ = wasWidening;
  }
  if (generalPasses_ >= kGeneralPasses)
    return false;
  ++generalPasses_;
  passFrameBefore_ = frame;
  heap_.fork();
  isGeneralPassOpen_ = true;
  return true;
}

/// At the beginning of each pass of a loop that its head never ends. The outermost one's are the
/// program's passes. Where all is known a loop that may be left runs until it is; else it is left,
/// after some passes, by the way that a test that is not known has shown.
Ending Interpreter::startPass(Frame &frame, const Instruction &start, const Region &region,
                              Value &result) {
  auto *passes =
      llvm::find_if(frame.passes, [&](const Frame::Passes &one) { return one.at == frame.pc; });
  if (passes == frame.passes.end()) {
    frame.passes.push_back({frame.pc, 0, undecided_});
    passes = &frame.passes.back();
  }
  bool isCounted = passCode_ == frame.code && passAt_ == frame.pc && passFrame_ == frames_.size();
  if (!isCounted && !isInPass()) {
    passCode_ = frame.code;
    passAt_ = frame.pc;
    passEnd_ = static_cast<uint32_t>(start.a);
    passFrame_ = frames_.size();
    pass_ = static_cast<unsigned>(
        std::min<uint64_t>(passes->count, kFurtherPasses)); // tasks take turns
    isCounted = true;
    generalPasses_ = 0;
    if (isGeneralPassOpen_)
      heap_.close();
    isGeneralPassOpen_ = false;
  }
  auto exits = static_cast<LoopExits>(start.b);
  bool isDecided = passes->undecided == undecided_ && generalPasses_ == 0;
  uint64_t most = limits_.passes;
  if (isDecided && exits != LoopExits::None)
    most = exits == LoopExits::Leaves ? limits_.decidedPasses : most * kYieldsPerPass;
  if (isCounted && passes->count > 0)
    runCallbacks();
  bool grows = isCounted && hasGrown();
  if (passes->count >= most && grows && passes->count < limits_.growingPasses &&
      steps_ < limits_.growingSteps)
    most = passes->count + 1; // to see whether it ends
  if (passes->count < most) {
    ++passes->count;
    passes->undecided = undecided_;
    if (isCounted)
      pass_ =
          passes->count > limits_.passes ? kFurtherPasses : static_cast<unsigned>(passes->count);
    return Ending::Reached;
  }
  if (isCounted && startGeneralPass(frame)) {
    pass_ = kFurtherPasses;
    return Ending::Reached;
  }
  passes->count = 0;
  passes->undecided = undecided_;
  auto target = static_cast<uint32_t>(start.a);
  for (const Frame::Exit &exit : frame.exits)
    if (exit.at == target) {
      frame.stack.resize(std::min<size_t>(frame.stack.size(), exit.height));
      frame.pc = target;
      return afterArm(frame, Ending::Reached, region);
    }
  if (!frame.mayReturn.isUnbound()) {
    result = frame.mayReturn;
    return Ending::Returned;
  }
  isStopped_ = true;
  hasMadeAllPasses_ = true;
  return Ending::Stopped;
}

/// What lies in a module's dictionary before its first statement. Source: py/runtime.c,
/// ports/unix/main.c: `__name__` and, for a file, `__file__`, in a table without room; how many
/// there are in
/// `__main__` is measured.
void Interpreter::prepareGlobals(ModuleObject &module, bool isEntry) {
  static constexpr llvm::StringLiteral kNames[] = {"__name__", "__file__"};
  size_t names = isEntry ? profile_.mainNames : std::size(kNames);
  int64_t slots = isEntry ? profile_.mainSlots : std::size(kNames);
  for (size_t i = 0; i < names; ++i) {
    MapTable::Slot slot;
    // The others are a firmware's own, which no program binds.
    slot.key = name(i < std::size(kNames) ? kNames[i].str() : "__main__ " + std::to_string(i));
    slot.value = name(module.name);
    module.globals.slots.push_back(slot);
  }
  module.globals.slots.resize(static_cast<size_t>(slots));
  module.globals.used = Interval::exactly(static_cast<int64_t>(names));
  module.globals.allocated = Interval::exactly(slots);
  module.globals.run = heap_.request(words(2 * slots));
}

/// Source: mp_obj_new_type in py/objtype.c: as many slots as the type fills.
int64_t Interpreter::typeWords(size_t bases) const { return bases > 0 ? 16 : 15; }

} // namespace fraglint
