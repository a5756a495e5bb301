/// The texts of values. After the `print` slots of MicroPython's types (py/obj*.c).

#include "evaluator/text_print.h"

#include "evaluator/code.h"
#include "evaluator/objects.h"
#include "evaluator/text_printer.h"

#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

/// The last part of a dotted name, which is all that the firmware's types know of it.
llvm::StringRef shortName(llvm::StringRef name) {
  return name.contains('.') ? name.rsplit('.').second : name;
}

void putEscape(uint32_t character, TextSink sink) {
  std::string digits = llvm::utohexstr(character, /*LowerCase=*/true);
  size_t wanted = character < 0x100 ? 2 : character < 0x10000 ? 4 : 8;
  put(sink, wanted == 2 ? "\\x" : wanted == 4 ? "\\u" : "\\U");
  put(sink, std::string(wanted - digits.size(), '0'));
  put(sink, digits);
}

} // namespace

std::optional<Interval> Printer::lengthOfAlternatives(llvm::ArrayRef<Value> alternatives,
                                                      PrintKind kind) {
  std::optional<Interval> hull;
  for (Value one : alternatives) {
    bool isPlain = !one.isObject() || textOperand(m_, one) || m_.isNumber(one);
    Content text;
    auto take = [&](const Content &piece) { addTo(text, piece); };
    Printer inner(m_, take); // which only refers to it
    if (!isPlain || m_.isAbstract(one) || heap_.get<BigIntObject>(one) || !inner.print(one, kind))
      return std::nullopt;
    hull = hull ? hull->hull(text.length) : text.length;
  }
  return hull;
}

/// Of values of which one is meant, and which the program's functions may print: each is a way.
bool Printer::printWays(llvm::ArrayRef<Value> ways, PrintKind kind) {
  std::optional<Interval> hull;
  size_t followed = 0;
  std::optional<Value> done = m_.eachWay(ways, [&](Value one) -> std::optional<Value> {
    ++followed;
    Content text;
    auto take = [&](const Content &piece) { addTo(text, piece); };
    Printer inner(m_, take); // which only refers to it
    inner.waysDepth_ = waysDepth_ + 1;
    if (!inner.print(one, kind))
      return std::nullopt;
    hull = hull ? hull->hull(text.length) : text.length;
    return Value::none();
  });
  if (!done)
    return false;
  return hull && followed == ways.size() ? sayUnknown(hull->lo, hull->hi) : sayUnknown(0);
}

bool Printer::printAbstract(const AbstractObject &object, PrintKind kind) {
  auto sayLength = [&](Interval length) { return sayUnknown(length.lo, length.hi); };
  llvm::StringRef type = object.type;
  bool isRepr = kind == PrintKind::Repr;
  Interval length = object.length.clampedBelow(0);
  const llvm::SmallVector<Value, 4> ways(object.alternatives.begin(), object.alternatives.end());
  decompressPerhaps(m_, Value::object(object.id));
  for (Value one : ways)
    decompressPerhaps(m_, one);
  if (std::optional<Interval> hull = lengthOfAlternatives(object.alternatives, kind))
    return sayLength(*hull);
  if (!object.alternatives.empty() && waysDepth_ < kMostWaysDepth)
    return printWays(std::vector<Value>(object.alternatives.begin(), object.alternatives.end()),
                     kind);
  if (type == "int") {
    DigitRoom room(m_, Value::object(object.id), 10);
    return sayLength(intTextLength(m_, Value::object(object.id)));
  }
  if (type == "float")
    return sayLength(floatTextLength(m_.profile()));
  if (type == "bool")
    return sayUnknown(4, 5);
  if (type == "str")
    return sayLength(isRepr ? (length + Interval{2, 2}).hull(length * Interval::exactly(4))
                            : length);
  if (type == "bytes")
    return sayLength(
        (length + Interval{3, 3}).hull(length * Interval::exactly(4) + Interval{3, 3}));
  return sayUnknown(1);
}

bool Printer::printText(const TextOperand &text, PrintKind kind) {
  bool isPlain = text.isStr() ? kind != PrintKind::Repr : kind == PrintKind::Raw;
  if (isPlain) {
    sink_(contentOf(text));
    return true;
  }
  llvm::StringRef start = text.isStr() ? "" : text.type == TextType::Bytes ? "b" : "bytearray(b";
  say(start);
  if (text.isKnown)
    printQuoted(text.bytes, text.isStr(), !m_.profile().traits.showsCharacters, sink_);
  else
    sink_(Content::ofLength(
        (text.length + Interval{2, 2}).hull(text.length * Interval::exactly(4) + Interval{2, 2})));
  if (text.type == TextType::ByteArray)
    say(")");
  return true;
}

Value Printer::findMember(ObjectId type, llvm::StringRef name) {
  Machine::Attribute found = m_.findInClass(type, name);
  bool isOfProgram = found.self.isUnbound() && !heap_.get<NativeObject>(found.value);
  return isOfProgram ? found.value : Value();
}

bool Printer::printInstance(Value value, const InstanceObject &instance, PrintKind kind) {
  ObjectId type = instance.type;
  Value native = instance.native;
  bool isRepr = kind == PrintKind::Repr;
  Value member = findMember(type, isRepr ? "__repr__" : "__str__");
  if (member.isUnbound() && native.isUnbound() && !isRepr)
    member = findMember(type, "__repr__");
  if (!member.isUnbound()) {
    std::optional<Value> text = m_.call(member, {value});
    return text && print(*text, PrintKind::Str);
  }
  const auto *object = heap_.get<ClassObject>(Value::object(type));
  std::string name = object ? object->name : "";
  if (!native.isUnbound()) {
    if (!heap_.get<ExceptionObject>(native))
      return print(native, kind);
    if (isRepr)
      say(name);
    return printException(native, kind, /*isSubclass=*/true);
  }
  return say("<") && say(name) && say(" object at ") && sayAddress() && say(">");
}

bool Printer::printException(Value value, PrintKind kind, bool isSubclass) {
  bool isRepr = kind == PrintKind::Repr;
  if (isRepr && !isSubclass)
    say(m_.typeName(value));
  const auto *type = heap_.get<ClassObject>(Value::object(heap_.get<ExceptionObject>(value)->type));
  bool isOsError = type && type->name == "OSError";
  const ExceptionObject &exception = *heap_.get<ExceptionObject>(value);
  decompressMessage(m_, exception);
  const auto *arguments = heap_.get<TupleObject>(exception.arguments);
  std::vector<Value> items = arguments ? arguments->items : std::vector<Value>();
  if (!isRepr) {
    if (items.empty())
      return true;
    if (isOsError && items.size() < 3 && items[0].isInt()) {
      llvm::StringRef name = errorMessage(m_.profile(), items[0].asInt());
      if (!name.empty()) {
        say("[Errno ");
        say(std::to_string(items[0].asInt()));
        say("] ");
        say(name);
        return items.size() < 2 || (say(": ") && print(items[1], PrintKind::Str));
      }
    }
    if (items.size() == 1)
      return print(items[0], PrintKind::Str);
  }
  say("(");
  if (!printItems(items))
    return false;
  return say(items.size() == 1 ? "," : "") && say(")");
}

bool Printer::printObject(Value value, PrintKind kind) {
  if (const auto *object = heap_.get<AbstractObject>(value))
    return printAbstract(*object, kind);
  if (std::optional<TextOperand> text = textOperand(m_, value))
    return printText(*text, kind);
  const Object &object = heap_[value.asObject()];
  switch (object.kind) {
  case ObjectKind::BigInt:
    printInteger(m_, value, 10, 'a', {}, sink_);
    return true;
  case ObjectKind::BoxedFloat:
    return say(floatText(m_.profile(), heap_.get<BoxedFloatObject>(value)->value));
  case ObjectKind::Array:
    return printArray(*heap_.get<ArrayObject>(value));
  case ObjectKind::MemoryView:
    return say("<memoryview>");
  case ObjectKind::Tuple:
    return printTuple(*heap_.get<TupleObject>(value));
  case ObjectKind::List: {
    const auto &list = *heap_.get<ListObject>(value);
    if (!list.isKnown)
      return printUnknownItems(list.length, list.element, 2);
    std::vector<Value> items = list.items;
    return say("[") && printItems(items) && say("]");
  }
  case ObjectKind::Dict:
    return printDict(value, *heap_.get<DictObject>(value));
  case ObjectKind::DictView:
    return printView(*heap_.get<DictViewObject>(value));
  case ObjectKind::Set:
    return printSet(value, *heap_.get<SetObject>(value));
  case ObjectKind::Deque:
    return say("<deque>");
  case ObjectKind::Range:
    return printRange(*heap_.get<RangeObject>(value));
  case ObjectKind::Slice: {
    const auto &slice = *heap_.get<SliceObject>(value);
    Value parts[] = {slice.start, slice.stop, slice.step};
    return say("slice(") && printItems(parts) && say(")");
  }
  case ObjectKind::Native:
    return say("<function>");
  case ObjectKind::Function: {
    const auto &function = *heap_.get<FunctionObject>(value);
    if (!function.cells.empty()) // and what it closes over
      return sayUnknown(30);
    return say("<function ") && say(function.code->name) && say(" at 0x") && sayAddress() &&
           say(">");
  }
  case ObjectKind::BoundMethod: {
    const auto &method = *heap_.get<BoundMethodObject>(value);
    Value self = method.self;
    Value function = method.function;
    return say("<bound_method ") && sayAddress() && say(" ") && print(self, PrintKind::Repr) &&
           say(".") && print(function, PrintKind::Repr) && say(">");
  }
  case ObjectKind::Iterator:
    return say("<") && say(m_.typeName(value)) && say(">");
  case ObjectKind::Generator: // its name and address
    return sayUnknown(26);
  case ObjectKind::Class: {
    const auto &type = *heap_.get<ClassObject>(value);
    std::string name = type.isNative ? shortName(type.name).str() : type.name;
    return say("<class '") && say(name) && say("'>");
  }
  case ObjectKind::Instance:
    return printInstance(value, *heap_.get<InstanceObject>(value), kind);
  case ObjectKind::Exception:
    return printException(value, kind, /*isSubclass=*/false);
  case ObjectKind::Module: {
    const auto &module = *heap_.get<ModuleObject>(value);
    if (!module.isNative) // and its file
      return sayUnknown(20);
    return say("<module '") && say(module.name) && say("'>");
  }
  case ObjectKind::Wrapper: {
    const auto &wrapper = *heap_.get<WrapperObject>(value);
    switch (wrapper.wraps) {
    case WrapperObject::Wraps::Property:
      return say("<property>");
    case WrapperObject::Wraps::ClassMethod:
      return say("<classmethod>");
    case WrapperObject::Wraps::StaticMethod:
      return say("<staticmethod>");
    case WrapperObject::Wraps::Super:
      break;
    }
    Value type = wrapper.get;
    Value self = wrapper.set;
    return say("<super: ") && print(type, PrintKind::Str) && say(", ") &&
           print(self, PrintKind::Str) && say(">");
  }
  case ObjectKind::Singleton:
    return say(heap_.get<SingletonObject>(value)->name);
  default:
    return sayUnknown(3);
  }
}

void printQuoted(llvm::StringRef text, bool isStr, bool escapes, TextSink sink) {
  bool usesDouble = text.contains('\'') && !text.contains('"');
  char quote = usesDouble ? '"' : '\'';
  auto putChar = [&](char c) { put(sink, llvm::StringRef(&c, 1)); };
  putChar(quote);
  for (size_t i = 0; i < text.size();) {
    llvm::StringRef one = isStr ? charAt(text, i) : text.substr(i, 1);
    i += one.size();
    uint32_t c = isStr ? characterAt(one) : static_cast<unsigned char>(one[0]);
    if (c == static_cast<uint32_t>(quote)) {
      put(sink, "\\");
      putChar(quote);
    } else if (c == '\\') {
      put(sink, "\\\\");
    } else if (c >= 32 && c < 127) {
      putChar(one[0]);
    } else if (c == '\n') {
      put(sink, "\\n");
    } else if (c == '\r') {
      put(sink, "\\r");
    } else if (c == '\t') {
      put(sink, "\\t");
    } else if (c < 128 || !isStr || escapes) {
      putEscape(c, sink);
    } else {
      put(sink, one);
    }
  }
  putChar(quote);
}

bool printTo(Machine &m, Value value, PrintKind kind, TextSink sink) {
  return Printer(m, sink).print(value, kind);
}

} // namespace fraglint
