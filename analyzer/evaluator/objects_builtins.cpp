#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"

#include <vector>

namespace fraglint {

namespace {

constexpr llvm::StringLiteral kNoClass = "issubclass() arg 2 must be a class or a tuple of classes";

/// Calls `is` with each type that the second argument of isinstance and issubclass names.
std::optional<Value> anyType(Machine &m, Value types, llvm::function_ref<bool(Value)> is) {
  if (m.heap().get<ClassObject>(types))
    return Value::boolean(is(types));
  if (const auto *tuple = m.heap().get<TupleObject>(types)) {
    for (Value one : tuple->items)
      if (m.heap().get<ClassObject>(one) && is(one))
        return Value::boolean(true);
    return Value::boolean(false);
  }
  if (m.isAbstract(types))
    return m.abstract("bool", "the type asked for is not known");
  return m.raise("TypeError", kNoClass);
}

std::optional<Value> isInstanceOf(Machine &m, const NativeCall &call) {
  Value value = call.argument(0);
  if (const auto *abstract = m.heap().get<AbstractObject>(value);
      abstract && abstract->type.empty())
    return m.abstract("bool", abstract->reason);
  return anyType(m, call.argument(1), [&](Value type) { return m.isInstance(value, type); });
}

std::optional<Value> isSubclassOf(Machine &m, const NativeCall &call) {
  Value type = call.argument(0);
  if (m.isAbstract(type))
    return m.abstract("bool", "the class asked about is not known");
  if (!m.heap().get<ClassObject>(type))
    return m.raise("TypeError", "issubclass() arg 1 must be a class");
  return anyType(m, call.argument(1), [&](Value base) {
    const auto &found = *m.heap().get<ClassObject>(base);
    return (found.isNative && found.name == "object") ||
           isSubclass(m, type.asObject(), base.asObject());
  });
}

/// The name that getattr and its like are given; it is a name of the firmware from now on.
std::optional<std::string> attributeName(Machine &m, Value name) {
  if (std::optional<llvm::StringRef> text = m.textOf(name)) {
    std::string copy = text->str();
    m.name(copy);
    return copy;
  }
  return std::nullopt;
}

/// The attribute, or Unbound: what is not there raises nothing and makes no object. Nothing where
/// something else was raised.
std::optional<Machine::Attribute> probe(Machine &m, Value base, llvm::StringRef name) {
  bool before = m.isProbing();
  m.setProbing(true);
  Machine::Attribute found = m.findAttribute(base, name);
  m.setProbing(before);
  if (m.raised().isUnbound())
    return found;
  if (!m.isInstance(m.raised(), m.nativeType("AttributeError")))
    return std::nullopt;
  m.clearRaised();
  return Machine::Attribute();
}

/// Names of what an object, a class or a module of the program has.
void addNames(const Machine &m, Value base, llvm::SmallVectorImpl<Value> &names) {
  const ObjectHeap &heap = m.heap();
  auto add = [&](const MapTable &table) {
    for (const MapTable::Slot &slot : table.slots)
      if (m.textOf(slot.key) && !slot.isDeleted && !llvm::is_contained(names, slot.key))
        names.push_back(slot.key);
  };
  if (const auto *instance = heap.get<InstanceObject>(base)) {
    add(instance->members);
    addNames(m, Value::object(instance->type), names);
  } else if (const auto *type = heap.get<ClassObject>(base); type && !type->isNative) {
    add(type->members);
    for (ObjectId parent : type->bases)
      addNames(m, Value::object(parent), names);
  } else if (const auto *module = heap.get<ModuleObject>(base); module && !module->isNative) {
    add(module->globals);
  }
}

/// An attribute whose name is not known: each that the program has given the object is a way, and
/// so is that it has none of that name.
std::optional<Value> anyAttribute(Machine &m, const NativeCall &call) {
  constexpr llvm::StringLiteral kReason = "which attribute `getattr` reads is not known";
  m.noteUnknownCost(kReason);
  const Value base = call.argument(0);
  llvm::SmallVector<Value, 8> bases = m.waysOf(base), names;
  if (bases.empty())
    bases.push_back(base);
  for (Value one : bases)
    addNames(m, one, names);
  if (names.empty())
    return m.unknown(kReason);
  if (call.arguments.size() < 3)
    m.mayRaise("AttributeError", "no such attribute");
  const Value made = m.unknown(kReason);
  llvm::SmallVector<Value, 2> found;
  if (call.arguments.size() > 2)
    found.push_back(call.arguments[2]);
  std::optional<Value> any = m.eachWay(names, [&](Value name) -> std::optional<Value> {
    const std::string text = m.textOf(name)->str();
    std::optional<Value> value = m.loadAttribute(base, text);
    llvm::SmallVector<Value, 8> ways = value ? m.waysOf(*value) : llvm::SmallVector<Value, 8>();
    if (value && ways.empty())
      ways.push_back(*value);
    for (Value one : ways)
      if (!llvm::is_contained(found, one))
        found.push_back(one);
    return value;
  });
  if (!any)
    return std::nullopt;
  // All of them, even where they are many: what is called is among them.
  m.heap().change<AbstractObject>(made)->alternatives = std::move(found);
  return made;
}

std::optional<Value> getAttribute(Machine &m, const NativeCall &call) {
  std::optional<std::string> name = attributeName(m, call.argument(1));
  if (!name)
    return anyAttribute(m, call);
  if (call.arguments.size() < 3)
    return m.loadAttribute(call.argument(0), *name);
  std::optional<Machine::Attribute> found = probe(m, call.argument(0), *name);
  if (!found)
    return std::nullopt;
  if (found->value.isUnbound())
    return call.argument(2);
  if (found->self.isUnbound())
    return found->value;
  // py/objboundmeth.c
  auto &method = m.heap().make<BoundMethodObject>();
  method.function = found->value;
  method.self = found->self;
  m.allocate(method, 3);
  return Value::object(method.id);
}

std::optional<Value> hasAttribute(Machine &m, const NativeCall &call) {
  std::optional<std::string> name = attributeName(m, call.argument(1));
  Value object = call.argument(0);
  const auto *abstract = m.heap().get<AbstractObject>(object);
  if (!name)
    m.noteUnknownCost("a name that is made here is kept for good");
  if (!name || (abstract && abstract->type.empty()))
    return m.abstract("bool", "which attributes it has is not known");
  std::optional<Machine::Attribute> found = probe(m, object, *name);
  if (!found)
    return std::nullopt;
  bool isOpen = m.heap().get<OpaqueObject>(object) || m.heap().get<ModuleObject>(object);
  if (isOpen && m.isAbstract(found->value))
    return m.abstract("bool", "which attributes it has is not known");
  return Value::boolean(!found->value.isUnbound());
}

std::optional<Value> setAttribute(Machine &m, const NativeCall &call) {
  std::optional<std::string> name = attributeName(m, call.argument(1));
  if (!name)
    return unknownResult(m, "which attribute `setattr` writes is not known");
  if (!m.storeAttribute(call.argument(0), *name, call.argument(2)))
    return std::nullopt;
  return Value::none();
}

std::optional<Value> isCallable(Machine &m, const NativeCall &call) {
  Value value = call.argument(0);
  if (!value.isObject())
    return Value::boolean(false);
  switch (m.heap()[value.asObject()].kind) {
  case ObjectKind::Function:
  case ObjectKind::Native:
  case ObjectKind::BoundMethod:
  case ObjectKind::Class:
    return Value::boolean(true);
  case ObjectKind::Abstract:
  case ObjectKind::Opaque:
    return m.abstract("bool", "whether it can be called is not known");
  case ObjectKind::Instance: {
    std::optional<Machine::Attribute> found = probe(m, value, "__call__");
    if (!found)
      return std::nullopt;
    return Value::boolean(!found->value.isUnbound());
  }
  default:
    return Value::boolean(false);
  }
}

std::optional<Value> identity(Machine &m, const NativeCall &) {
  return m.abstractInt(Interval::atLeast(0), "addresses are not known");
}

std::optional<Value> typeCall(Machine &m, const NativeCall &call) {
  if (call.arguments.size() == 1)
    return m.typeOf(call.argument(0));
  if (call.arguments.size() != 3)
    return m.raise("TypeError", "type takes 1 or 3 arguments");
  return unknownResult(m, "what `type(name, bases, dict)` makes is not known");
}

// py/objobject.c: one word.
std::optional<Value> plainObject(Machine &m, const NativeCall &) {
  auto &object = m.heap().make<SingletonObject>();
  object.name = "object";
  m.allocate(object, 1);
  return Value::object(object.id);
}

// py/objobject.c: object___new__.
std::optional<Value> newObject(Machine &m, const NativeCall &call) {
  const auto *type = m.heap().get<ClassObject>(call.argument(0));
  if (!type || type->isNative)
    return m.raise("TypeError", "arg must be user-type");
  return newInstance(m, type->id);
}

// py/objobject.c: past `__setattr__` and `__delattr__` of the class.
std::optional<Value> storePlain(Machine &m, const NativeCall &call) {
  std::optional<std::string> name = attributeName(m, call.argument(1));
  auto *instance = m.heap().change<InstanceObject>(call.argument(0));
  if (!instance)
    return m.raise("TypeError", "arg must be user-type");
  if (!name)
    return unknownResult(m, "which attribute is written is not known");
  if (!storeInTable(m, instance->members, m.name(*name), call.argument(2)))
    return std::nullopt;
  return Value::none();
}

std::optional<Value> removePlain(Machine &m, const NativeCall &call) {
  std::optional<std::string> name = attributeName(m, call.argument(1));
  auto *instance = m.heap().change<InstanceObject>(call.argument(0));
  if (!instance)
    return m.raise("TypeError", "arg must be user-type");
  if (!name)
    return unknownResult(m, "which attribute is deleted is not known");
  std::optional<Value> removed = removeFromTable(m, instance->members, m.name(*name));
  if (!removed)
    return std::nullopt;
  return removed->isUnbound() ? m.raise("AttributeError", "no such attribute")
                              : std::optional(Value::none());
}

// py/objtype.c: mp_obj_super_t.
std::optional<Value> superCall(Machine &m, const NativeCall &call) {
  auto &made = m.heap().make<WrapperObject>();
  made.wraps = WrapperObject::Wraps::Super;
  made.get = call.argument(0);
  made.set = call.argument(1);
  m.allocate(made, 3);
  return Value::object(made.id);
}

// py/objproperty.c: three functions.
std::optional<Value> makeProperty(Machine &m, const NativeCall &call) {
  auto &made = m.heap().make<WrapperObject>();
  auto orNone = [&](unsigned position, llvm::StringRef keyword) {
    Value value = call.argument(position, keyword);
    return value.isUnbound() ? Value::none() : value;
  };
  made.get = orNone(0, "fget");
  made.set = orNone(1, "fset");
  made.del = orNone(2, "fdel");
  m.allocate(made, 4);
  return Value::object(made.id);
}

template <Value WrapperObject::*Part>
std::optional<Value> withPart(Machine &m, const NativeCall &call) {
  const auto *old = m.heap().get<WrapperObject>(call.argument(0));
  if (old == nullptr)
    return unknownResult(m, "the property is not known");
  auto &made = m.heap().make<WrapperObject>();
  made.get = old->get;
  made.set = old->set;
  made.del = old->del;
  made.*Part = call.argument(1);
  m.allocate(made, 4);
  return Value::object(made.id);
}

// py/objtype.c: mp_obj_static_class_method_t.
template <WrapperObject::Wraps Wraps>
std::optional<Value> wrapMethod(Machine &m, const NativeCall &call) {
  auto &made = m.heap().make<WrapperObject>();
  made.wraps = Wraps;
  made.get = call.argument(0);
  m.allocate(made, 2);
  return Value::object(made.id);
}

/// The value of `sep` or `end`: `usual` where it is left out.
Content separator(Machine &m, Value value, llvm::StringRef usual) {
  if (value.isUnbound())
    return Content::of(usual.str());
  if (std::optional<llvm::StringRef> text = m.textOf(value))
    return Content::of(text->str());
  return Content::ofLength(Interval::atLeast(0));
}

// py/modbuiltins.c: straight to the stream, nothing for the text.
std::optional<Value> printCall(Machine &m, const NativeCall &call) {
  for (const auto &[name, value] : call.keywords)
    if (!llvm::is_contained({"sep", "end", "file"}, name))
      return m.raise("TypeError", "extra keyword arguments given");
  Content between = separator(m, call.argument(~0U, "sep"), " ");
  Content end = separator(m, call.argument(~0U, "end"), "\n");
  Value file = call.argument(~0U, "file");
  auto put = [&](const Content &text) { printTo(m, file, text); };
  for (auto [index, value] : llvm::enumerate(call.arguments)) {
    if (index > 0)
      put(between);
    std::optional<Content> text = m.print(value, false);
    if (!text)
      return std::nullopt;
    put(*text);
  }
  put(end);
  return Value::none();
}

std::optional<Value> inputCall(Machine &m, const NativeCall &call) {
  if (!call.arguments.empty()) {
    std::optional<Content> prompt = m.print(call.argument(0), false);
    if (!prompt)
      return std::nullopt;
    m.write(*prompt);
  }
  Interval length = m.contractedLength(Interval::atLeast(0));
  if (length.hasHi())
    return m.strFrom(readLineOf(m, length), Content::ofLength(length));
  m.noteUnknownLength();
  return m.abstract("str", "what the user types is not known");
}

std::optional<Value> hashCall(Machine &m, const NativeCall &call) {
  Value value = call.argument(0);
  if (value.isInt() || value.isBool())
    return Value::integer(value.asInt());
  std::optional<Hash> hash = hashOf(m, value);
  if (!hash)
    return std::nullopt;
  if (m.heap().get<StrObject>(value) || m.heap().get<BytesObject>(value))
    return Value::integer(static_cast<int64_t>(hash->bits));
  return m.abstractInt(Interval::unknown(), "hashes are not known");
}

std::optional<Value> namesOf(Machine &m, const NativeCall &) {
  m.noteUnknownCost("how many names `dir` lists is not known");
  return m.abstract("list", "how many names `dir` lists is not known");
}

std::optional<Value> variables(Machine &m, const NativeCall &) {
  return m.abstract("dict", "the variables as a dictionary are not known");
}

constexpr llvm::StringLiteral kRunText = "what code that is made at run time does is not known";

std::optional<Value> runText(Machine &m, const NativeCall &) { return unknownResult(m, kRunText); }

/// Statements, which bind names: of the module, or of the dictionary that they are given.
std::optional<Value> runStatements(Machine &m, const NativeCall &call) {
  auto *given =
      call.arguments.size() > 1 ? m.heap().change<DictObject>(call.arguments.back()) : nullptr;
  if (!given) {
    std::optional<std::string> text = m.dataOf(call.argument(0));
    m.noteRunText(text ? std::optional<llvm::StringRef>(*text) : std::nullopt);
  } else {
    m.noteGap(kRunText);
    given->table.isKnown = false;
    given->table.slots.clear();
    given->table.used = given->table.allocated = {0, Interval::unknown().hi};
    given->table.anyKey = m.abstract("str", kRunText);
    given->table.anyValue = m.abstract("", kRunText);
  }
  m.noteUnknownCost(kRunText);
  return Value::none();
}

/// py/objnamedtuple.c. The type comes first.
std::optional<Value> makeNamedTuple(Machine &m, const NativeCall &call) {
  Value type = call.argument(0);
  const auto &made = *m.heap().get<ClassObject>(type);
  llvm::ArrayRef<Value> given = call.arguments.drop_front();
  size_t fields = made.fields.size();
  size_t count = given.size() + call.keywords.size();
  if (count != fields)
    return m.raise("TypeError", made.name + "() takes " + llvm::Twine(fields) +
                                    " positional arguments but " + llvm::Twine(count) +
                                    " were given");
  auto &tuple = m.heap().make<TupleObject>();
  tuple.type = type.asObject();
  tuple.header = m.heap().request(m.words(2 + static_cast<int64_t>(fields)));
  tuple.items.assign(given.begin(), given.end());
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

/// The native type that a class of the program derives from.
const ClassObject *nativeTypeBelow(const Machine &m, ObjectId type) {
  constexpr unsigned kMostBases = 32;
  for (unsigned depth = 0; depth < kMostBases; ++depth) {
    const auto &current = static_cast<const ClassObject &>(m.heap()[type]);
    if (current.isNative)
      return &current;
    if (current.bases.empty())
      return nullptr;
    type = current.bases.front();
  }
  return nullptr;
}

/// `super().__init__(…)` where the base is native (py/objtype.c: native_base_init_wrapper).
std::optional<Value> initNative(Machine &m, const NativeCall &call) {
  Value self = call.argument(0);
  const auto *instance = m.heap().get<InstanceObject>(self);
  const ClassObject *base = instance ? nativeTypeBelow(m, instance->type) : nullptr;
  if (base == nullptr || base->name == "object")
    return Value::none();
  std::optional<Value> native =
      m.call(Value::object(base->id), call.arguments.drop_front(), call.keywords);
  if (!native)
    return std::nullopt;
  m.heap().change<InstanceObject>(self)->native = *native;
  return Value::none();
}

constexpr NativeRow kRows[] = {
    {"isinstance", isInstanceOf, true, "bool"},
    {"issubclass", isSubclassOf, true, "bool"},
    {"getattr", getAttribute, true, ""},
    {"hasattr", hasAttribute, true, "bool"},
    {"setattr", setAttribute, true, "NoneType"},
    {"callable", isCallable, true, "bool"},
    {"id", identity, true, "int"},
    {"type", typeCall, true, "type"},
    {"object", plainObject, true, "object"},
    {"object.__setattr__", storePlain, true, "NoneType"},
    {"object.__delattr__", removePlain, true, "NoneType"},
    {"object.__new__", newObject, true, "object"},
    {"super", superCall, true, "super"},
    {"namedtuple.__call__", makeNamedTuple, true, "tuple"},
    {"property", makeProperty, true, "property"},
    {"property.getter", withPart<&WrapperObject::get>, true, "property"},
    {"property.setter", withPart<&WrapperObject::set>, true, "property"},
    {"property.deleter", withPart<&WrapperObject::del>, true, "property"},
    {"classmethod", wrapMethod<WrapperObject::Wraps::ClassMethod>, true, "classmethod"},
    {"staticmethod", wrapMethod<WrapperObject::Wraps::StaticMethod>, true, "staticmethod"},
    {"print", printCall, true, "NoneType"},
    {"input", inputCall, true, "str"},
    {"hash", hashCall, false, "int"},
    {"dir", namesOf, true, "list"},
    {"globals", variables, true, "dict"},
    {"locals", variables, true, "dict"},
    {"exec", runStatements, true, ""},
    {"eval", runText, true, ""},
    {"compile", runText, true, ""},
    {"execfile", runStatements, true, ""},
    {"__import__", runText, true, ""},
};

/// Of the types that programs derive from.
constexpr NativeRow kInits[] = {
    {"ArithmeticError.__init__", initNative, true, "NoneType"},
    {"AssertionError.__init__", initNative, true, "NoneType"},
    {"AttributeError.__init__", initNative, true, "NoneType"},
    {"BaseException.__init__", initNative, true, "NoneType"},
    {"BrokenPipeError.__init__", initNative, true, "NoneType"},
    {"ConnectionError.__init__", initNative, true, "NoneType"},
    {"EOFError.__init__", initNative, true, "NoneType"},
    {"Exception.__init__", initNative, true, "NoneType"},
    {"GeneratorExit.__init__", initNative, true, "NoneType"},
    {"ImportError.__init__", initNative, true, "NoneType"},
    {"IndentationError.__init__", initNative, true, "NoneType"},
    {"IndexError.__init__", initNative, true, "NoneType"},
    {"KeyError.__init__", initNative, true, "NoneType"},
    {"KeyboardInterrupt.__init__", initNative, true, "NoneType"},
    {"LookupError.__init__", initNative, true, "NoneType"},
    {"MemoryError.__init__", initNative, true, "NoneType"},
    {"NameError.__init__", initNative, true, "NoneType"},
    {"NotImplementedError.__init__", initNative, true, "NoneType"},
    {"OSError.__init__", initNative, true, "NoneType"},
    {"OverflowError.__init__", initNative, true, "NoneType"},
    {"ReloadException.__init__", initNative, true, "NoneType"},
    {"RuntimeError.__init__", initNative, true, "NoneType"},
    {"StopAsyncIteration.__init__", initNative, true, "NoneType"},
    {"StopIteration.__init__", initNative, true, "NoneType"},
    {"SyntaxError.__init__", initNative, true, "NoneType"},
    {"SystemExit.__init__", initNative, true, "NoneType"},
    {"TimeoutError.__init__", initNative, true, "NoneType"},
    {"TypeError.__init__", initNative, true, "NoneType"},
    {"UnicodeError.__init__", initNative, true, "NoneType"},
    {"ValueError.__init__", initNative, true, "NoneType"},
    {"ViperTypeError.__init__", initNative, true, "NoneType"},
    {"ZeroDivisionError.__init__", initNative, true, "NoneType"},
    {"asyncio.CancelledError.__init__", initNative, true, "NoneType"},
    {"asyncio.TimeoutError.__init__", initNative, true, "NoneType"},
    {"object.__init__", initNative, true, "NoneType"},
    {"list.__init__", initNative, true, "NoneType"},
    {"dict.__init__", initNative, true, "NoneType"},
    {"tuple.__init__", initNative, true, "NoneType"},
    {"int.__init__", initNative, true, "NoneType"},
    {"str.__init__", initNative, true, "NoneType"},
    {"displayio.Group.__init__", initNative, true, "NoneType"},
    {"displayio.TileGrid.__init__", initNative, true, "NoneType"},
    {"framebuf.FrameBuffer.__init__", initNative, true, "NoneType"},
    {"digitalio.DigitalInOut.__init__", initNative, true, "NoneType"},
    {"displayio.Bitmap.__init__", initNative, true, "NoneType"},
};

} // namespace

llvm::ArrayRef<NativeRow> typeNatives() {
  static const std::vector<NativeRow> kAll = [] {
    std::vector<NativeRow> rows(std::begin(kRows), std::end(kRows));
    rows.insert(rows.end(), std::begin(kInits), std::end(kInits));
    return rows;
  }();
  return kAll;
}

} // namespace fraglint
