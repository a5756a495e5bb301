#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"

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
std::optional<Value> probe(Machine &m, Value base, llvm::StringRef name) {
  bool before = m.isProbing();
  m.setProbing(true);
  std::optional<Value> found = m.loadAttribute(base, name);
  m.setProbing(before);
  if (found)
    return found;
  if (!m.isInstance(m.raised(), m.nativeType("AttributeError")))
    return std::nullopt;
  m.clearRaised();
  return Value();
}

std::optional<Value> getAttribute(Machine &m, const NativeCall &call) {
  std::optional<std::string> name = attributeName(m, call.argument(1));
  if (!name)
    return m.unknown("which attribute `getattr` reads is not known");
  if (call.arguments.size() < 3)
    return m.loadAttribute(call.argument(0), *name);
  std::optional<Value> found = probe(m, call.argument(0), *name);
  return found && found->isUnbound() ? call.argument(2) : found;
}

std::optional<Value> hasAttribute(Machine &m, const NativeCall &call) {
  std::optional<std::string> name = attributeName(m, call.argument(1));
  const auto *abstract = m.heap().get<AbstractObject>(call.argument(0));
  if (!name || (abstract && abstract->type.empty()))
    return m.abstract("bool", "which attributes it has is not known");
  std::optional<Value> found = probe(m, call.argument(0), *name);
  if (!found)
    return std::nullopt;
  if (m.isAbstract(*found) && m.heap().get<OpaqueObject>(call.argument(0)))
    return m.abstract("bool", "which attributes it has is not known");
  return Value::boolean(!found->isUnbound());
}

std::optional<Value> setAttribute(Machine &m, const NativeCall &call) {
  std::optional<std::string> name = attributeName(m, call.argument(1));
  if (!name)
    return m.unknown("which attribute `setattr` writes is not known");
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
    std::optional<Value> found = probe(m, value, "__call__");
    if (!found)
      return std::nullopt;
    return Value::boolean(!found->isUnbound());
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
  return m.unknown("what `type(name, bases, dict)` makes is not known");
}

// py/objobject.c: one word.
std::optional<Value> plainObject(Machine &m, const NativeCall &) {
  auto &object = m.heap().make<SingletonObject>();
  object.name = "object";
  m.allocate(object, 1);
  return Value::object(object.id);
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
    return m.unknown("the property is not known");
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
  Content between = separator(m, call.argument(~0U, "sep"), " ");
  Content end = separator(m, call.argument(~0U, "end"), "\n");
  Value file = call.argument(~0U, "file");
  bool isStream = m.heap().get<StreamObject>(file) != nullptr;
  bool isOutput = file.isUnbound() || file.isNone() || m.typeName(file) == "sys.stdout";
  auto put = [&](const Content &text) {
    if (isStream)
      writeToStream(m, file, text);
    else if (isOutput)
      m.write(text);
  };
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
  m.unknown("the length of the user's input is not known");
  return m.abstract("str", "what the user types is not known");
}

std::optional<Value> hashCall(Machine &m, const NativeCall &call) {
  Value value = call.argument(0);
  if (value.isInt() || value.isBool())
    return Value::integer(value.asInt());
  std::optional<uint64_t> hash = hashOf(m, value);
  if (!hash)
    return std::nullopt;
  return m.abstractInt(Interval::unknown(), "hashes are not known");
}

std::optional<Value> namesOf(Machine &m, const NativeCall &) {
  m.unknown("how many names `dir` lists is not known");
  return m.abstract("list", "how many names `dir` lists is not known");
}

std::optional<Value> variables(Machine &m, const NativeCall &) {
  return m.abstract("dict", "the variables as a dictionary are not known");
}

std::optional<Value> runText(Machine &m, const NativeCall &) {
  return m.unknown("what code that is made at run time does is not known");
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
    {"super", superCall, true, "super"},
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
    {"exec", runText, true, ""},
    {"eval", runText, true, ""},
    {"compile", runText, true, ""},
    {"execfile", runText, true, ""},
    {"__import__", runText, true, ""},
};

} // namespace

llvm::ArrayRef<NativeRow> typeNatives() { return kRows; }

} // namespace fraglint
