#include "evaluator/containers.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"
#include "evaluator/text_printer.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

/// Where the text of a document goes: into a vstr, or to a stream.
class JsonWriter {
public:
  /// `put` must outlive it.
  JsonWriter(Machine &m, llvm::function_ref<void(const Content &)> put, std::string item,
             std::string key)
      : m_(m), put_(put), item_(std::move(item)), key_(std::move(key)) {}

  /// False where something was raised.
  bool write(Value value);

private:
  void put(llvm::StringRef text) { put_(Content::of(text.str())); }
  void string(llvm::StringRef text);
  bool nested(Value value);
  bool object(Value value);
  bool items(const std::vector<Value> &values);
  bool table(const MapTable &map);
  bool entry(const MapTable::Slot &slot);
  bool entriesInAnyOrder(const MapTable &map);
  bool printed(Value value);
  /// A part of unknown content, between so many bytes.
  void unknownPart(Interval length) { put_(Content::ofLength(length)); }

  Machine &m_;
  llvm::function_ref<void(const Content &)> put_;
  std::string item_, key_;
  int depth_ = 0; ///< of containers in containers
};

// py/objstr.c: mp_str_print_json. Each character is one write.
void JsonWriter::string(llvm::StringRef text) {
  put("\"");
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      put(std::string{'\\', c});
    else if (byte >= 32)
      put(std::string(1, c));
    else if (c == '\n')
      put("\\n");
    else if (c == '\r')
      put("\\r");
    else if (c == '\t')
      put("\\t");
    else
      put("\\u00" + llvm::toHex(llvm::StringRef(&c, 1), /*LowerCase=*/true));
  }
  put("\"");
}

bool JsonWriter::printed(Value value) {
  std::optional<Content> text = m_.print(value, true);
  if (!text)
    return false;
  // py/objfloat.c writes the point of a whole number by itself.
  llvm::StringRef bytes = text->bytes;
  if (text->isKnown && m_.typeName(value) == "float" && bytes.consume_back(".0")) {
    put(bytes);
    put(".0");
  } else {
    put_(*text);
  }
  return true;
}

bool JsonWriter::items(const std::vector<Value> &values) {
  put("[");
  for (auto [index, value] : llvm::enumerate(values)) {
    if (index > 0)
      put(item_);
    if (!write(value))
      return false;
  }
  put("]");
  return true;
}

bool JsonWriter::entry(const MapTable::Slot &slot) {
  bool isText = m_.heap().get<StrObject>(slot.key) || m_.heap().get<BytesObject>(slot.key);
  if (!isText)
    put("\"");
  if (!write(slot.key))
    return false;
  if (!isText)
    put("\"");
  put(key_);
  return write(slot.value);
}

/// Any of them may come at each place.
bool JsonWriter::entriesInAnyOrder(const MapTable &map) {
  std::optional<Interval> length;
  size_t count = 0;
  for (const MapTable::Slot &slot : map.slots) {
    if (slot.key.isUnbound())
      continue;
    ++count;
    Interval own = Interval::exactly(0);
    auto add = [&own](const Content &piece) { own = own + piece.length; };
    JsonWriter inner(m_, add, item_, key_);
    inner.depth_ = depth_;
    if (!inner.entry(slot))
      return false;
    length = length ? length->hull(own) : own;
  }
  for (size_t i = 0; i < count; ++i) {
    if (i > 0)
      put(item_);
    unknownPart(*length);
  }
  return true;
}

bool JsonWriter::table(const MapTable &map) {
  put("{");
  if (!hasKnownOrder(map)) {
    if (!entriesInAnyOrder(map))
      return false;
    put("}");
    return true;
  }
  bool isFirst = true;
  for (const MapTable::Slot &slot : map.slots) {
    if (slot.key.isUnbound() || slot.isDeleted)
      continue;
    if (!isFirst)
      put(item_);
    isFirst = false;
    if (!entry(slot))
      return false;
  }
  put("}");
  return true;
}

bool JsonWriter::object(Value value) {
  if (const auto *list = m_.heap().get<ListObject>(value)) {
    if (list->isKnown)
      return items(std::vector<Value>(list->items));
  } else if (const auto *tuple = m_.heap().get<TupleObject>(value)) {
    return items(std::vector<Value>(tuple->items));
  } else if (const auto *dict = m_.heap().get<DictObject>(value)) {
    if (dict->table.isKnown)
      return table(MapTable(dict->table));
  } else if (m_.heap().get<StrObject>(value) || m_.heap().get<BytesObject>(value)) {
    if (std::optional<std::string> text = m_.dataOf(value)) {
      string(*text);
      return true;
    }
  } else if (m_.heap().get<BigIntObject>(value) || m_.heap().get<BoxedFloatObject>(value)) {
    return printed(value);
  } else if (const auto *abstract = m_.heap().get<AbstractObject>(value)) {
    llvm::StringRef type = abstract->type;
    if (type == "bool") {
      unknownPart({4, 5});
      return true;
    }
    if (type == "int" || type == "float")
      return printed(value);
  } else {
    return printed(value);
  }
  const auto *str = m_.heap().get<StrObject>(value);
  Interval length = str ? str->content.length : Interval::atLeast(0);
  // Each character may take six, and there are the quotes.
  unknownPart(length * Interval{1, 6} + Interval::exactly(2));
  return true;
}

bool JsonWriter::write(Value value) {
  if (value.isNone())
    put("null");
  else if (value.isBool())
    put(value.asBool() ? "true" : "false");
  else if (value.isObject())
    return nested(value);
  else
    return printed(value);
  return true;
}

bool JsonWriter::nested(Value value) {
  if (depth_ > kMostDepth) {
    m_.raise("RuntimeError", "maximum recursion depth exceeded");
    return false;
  }
  ++depth_;
  bool isDone = object(value);
  --depth_;
  return isDone;
}

struct Separators {
  std::string item = ", ", key = ": ";
};

std::optional<Separators> separatorsOf(Machine &m, const NativeCall &call) {
  Value given = call.argument(~0U, "separators");
  Separators separators;
  if (given.isUnbound() || given.isNone())
    return separators;
  const auto *tuple = m.heap().get<TupleObject>(given);
  if (tuple == nullptr || tuple->items.size() != 2)
    return m.raise("ValueError", "requested length 2 but object has length 0");
  std::optional<llvm::StringRef> item = m.textOf(tuple->items[0]);
  std::optional<llvm::StringRef> key = m.textOf(tuple->items[1]);
  if (item && key)
    return Separators{item->str(), key->str()};
  return separators;
}

// extmod/modjson.c: one vstr with room for 8 at first.
std::optional<Value> dumps(Machine &m, const NativeCall &call) {
  std::optional<Separators> separators = separatorsOf(m, call);
  if (!separators)
    return std::nullopt;
  GrowingRun text(m, 8);
  auto append = [&](const Content &part) { text.append(part); };
  JsonWriter writer(m, append, separators->item, separators->key);
  if (!writer.write(call.argument(0)))
    return std::nullopt;
  return m.strFrom(text.run, text.content);
}

std::optional<Value> dump(Machine &m, const NativeCall &call) {
  std::optional<Separators> separators = separatorsOf(m, call);
  if (!separators)
    return std::nullopt;
  Value stream = call.argument(1);
  auto append = [&](const Content &part) { writeToStream(m, stream, part); };
  JsonWriter writer(m, append, separators->item, separators->key);
  if (!writer.write(call.argument(0)))
    return std::nullopt;
  return Value::none();
}

} // namespace

/// json_parse.cpp.
std::optional<Value> parseJson(Machine &m, llvm::StringRef text);

namespace {

std::optional<Value> unknownDocument(Machine &m, llvm::StringRef reason) {
  m.mayRaise("ValueError", "syntax error in JSON");
  m.noteUnknownCost(reason);
  return m.abstractData(reason);
}

std::optional<Value> loads(Machine &m, const NativeCall &call) {
  Value source = call.argument(0);
  if (!source.isObject())
    return m.raise("TypeError", "object with buffer protocol required");
  std::optional<std::string> text = m.dataOf(source);
  if (!text)
    return unknownDocument(m, "the size of the document is not known");
  return parseJson(m, *text);
}

std::optional<Value> load(Machine &m, const NativeCall &call) {
  auto *stream = m.heap().change<StreamObject>(call.argument(0));
  if (stream == nullptr || !stream->content.isKnown)
    return unknownDocument(m, "the size of the document is not known");
  llvm::StringRef rest = llvm::StringRef(stream->content.bytes).substr(stream->position);
  std::string text = rest.str();
  stream->position = static_cast<int64_t>(stream->content.bytes.size());
  return parseJson(m, text);
}

constexpr NativeRow kRows[] = {
    {"json.dump", dump, true, "NoneType"},
    {"json.dumps", dumps, true, "str"},
    {"json.load", load, true, ""},
    {"json.loads", loads, true, ""},
};

} // namespace

llvm::ArrayRef<NativeRow> jsonNatives() { return kRows; }

} // namespace fraglint
