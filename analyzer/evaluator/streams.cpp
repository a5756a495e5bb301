#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

/// py/objstringio.c: bytes that a stream of its own starts with.
constexpr int64_t kFirstRoom = 16;
/// py/stream.c: what read() without a size asks for at a time.
constexpr int64_t kChunk = 256;

/// What is read into is asked for before the stream is found closed.
StreamObject *openStream(Machine &m, Value value, int64_t buffer = 0) {
  auto *stream = m.heap().change<StreamObject>(value);
  if (stream == nullptr) {
    m.noteUnknownCost("the stream is not known");
    return nullptr;
  }
  if (!stream->vstr) {
    if (buffer > 0)
      m.heap().request(buffer);
    m.raise("ValueError", "I/O operation on closed file");
    return nullptr;
  }
  return stream;
}

/// Rule V of heap-facts.
int64_t grownRoom(int64_t length) { return ((length + 16) & ~int64_t{7}) + 8; }
Interval grownRoom(Interval length) {
  return {grownRoom(length.lo), length.hasHi() ? grownRoom(length.hi) : Interval::kNoHi};
}

Value resultOf(Machine &m, const StreamObject &stream, Run run, Content content) {
  return stream.isText ? m.strFrom(run, std::move(content)) : m.bytesFrom(run, std::move(content));
}

/// The bytes of a buffer that a stream is given; nothing where it is none (raised).
std::optional<Content> bufferOf(Machine &m, Value value) {
  if (std::optional<std::string> data = m.dataOf(value))
    return Content::of(std::move(*data));
  if (const auto *str = m.heap().get<StrObject>(value))
    return str->content;
  if (const auto *bytes = m.heap().get<BytesObject>(value))
    return bytes->content;
  if (const auto *buffer = m.heap().get<ByteArrayObject>(value))
    return buffer->content;
  if (const auto *abstract = m.heap().get<AbstractObject>(value))
    return Content::ofLength(abstract->length);
  if (!value.isObject() || m.heap().get<ListObject>(value) || m.heap().get<DictObject>(value) ||
      m.heap().get<TupleObject>(value))
    return m.raise("TypeError", "object with buffer protocol required");
  return Content::ofLength(Interval::atLeast(0));
}

/// stringio_write: overwrites from where the stream stands.
void writeBytes(Machine &m, StreamObject &stream, const Content &text) {
  m.noteGrowth(Value::object(stream.id));
  // Data that is another object's is copied first.
  if (!stream.data) {
    stream.data = m.heap().request(stream.content.length);
    stream.allocated = stream.content.length;
  }
  // Of one that was written to on several ways the position is that of one of them.
  Interval position = Interval::exactly(stream.position);
  if (!stream.content.isKnown)
    position.hi = std::max(position.hi, stream.content.length.hi);
  Interval end = position + text.length;
  if (end.hi > stream.allocated.lo) {
    Interval room = grownRoom(end);
    bool mustGrow = end.lo > stream.allocated.hi;
    stream.allocated = mustGrow ? room : stream.allocated.hull(maximum(room, stream.allocated));
    m.heap().resize(stream.data, stream.allocated);
  }
  if (!stream.content.isKnown || !text.isKnown) {
    stream.content = Content::ofLength(maximum(stream.content.length, end));
    stream.position = end.hasHi() ? end.hi : end.lo;
    return;
  }
  std::string bytes = std::move(stream.content.bytes);
  if (bytes.size() < static_cast<size_t>(end.lo))
    bytes.resize(end.lo, '\0');
  std::copy(text.bytes.begin(), text.bytes.end(), bytes.begin() + stream.position);
  stream.content = Content::of(std::move(bytes));
  stream.position = end.lo;
}

// stringio_make_new
template <bool IsText> std::optional<Value> makeStream(Machine &m, const NativeCall &call) {
  auto &stream = m.heap().make<StreamObject>();
  Value value = Value::object(stream.id);
  stream.isText = IsText;
  m.allocate(stream, 4);
  Value source = call.argument(0);
  stream.content = Content::of("");
  bool isText = m.heap().get<StrObject>(source) || m.heap().get<BytesObject>(source);
  if (isText) {
    stream.content = *bufferOf(m, source);
    stream.vstr = m.heap().request(m.words(4));
    return value;
  }
  Content initial = Content::of("");
  Interval room = Interval::exactly(kFirstRoom);
  if (const auto *abstract = m.heap().get<AbstractObject>(source);
      abstract && abstract->type == "int") {
    room = abstract->number.clampedBelow(0);
  } else if (std::optional<int64_t> size = m.intOf(source)) {
    room = Interval::exactly(std::max<int64_t>(*size, 0));
  } else if (!source.isUnbound()) {
    std::optional<Content> data = bufferOf(m, source);
    if (!data)
      return std::nullopt;
    initial = std::move(*data);
    room = initial.length;
  }
  stream.vstr = m.heap().request(m.words(4));
  stream.data = m.heap().request(room.clampedBelow(1));
  stream.allocated = room.clampedBelow(1);
  if (initial.length != Interval::exactly(0)) {
    writeBytes(m, stream, initial);
    stream.position = 0;
  }
  return value;
}

std::optional<Value> writeCall(Machine &m, const NativeCall &call) {
  std::optional<Content> text = bufferOf(m, call.argument(1));
  if (!text)
    return std::nullopt;
  StreamObject *stream = openStream(m, call.argument(0));
  if (stream == nullptr)
    return std::nullopt;
  // write(buf, max) and write(buf, offset, max)
  std::optional<int64_t> offset = call.arguments.size() > 3 ? m.intOf(call.argument(2)) : 0;
  std::optional<int64_t> most = call.arguments.size() > 2 ? m.intOf(call.arguments.back())
                                                          : std::optional<int64_t>(Interval::kNoHi);
  if (text->isKnown && offset && most) {
    llvm::StringRef part = llvm::StringRef(text->bytes).substr(std::max<int64_t>(*offset, 0));
    text = Content::of(part.take_front(std::max<int64_t>(*most, 0)).str());
  }
  writeBytes(m, *stream, *text);
  return text->length.isExact() ? Value::integer(text->length.lo)
                                : m.abstractInt(text->length, "how much is written is not known");
}

/// What is left to be read.
std::optional<llvm::StringRef> restOf(const StreamObject &stream) {
  if (!stream.content.isKnown)
    return std::nullopt;
  llvm::StringRef bytes = stream.content.bytes;
  return bytes.substr(std::min<size_t>(stream.position, bytes.size()));
}

/// Bytes of the character that starts with `lead`.
size_t characterBytes(char lead) {
  auto byte = static_cast<unsigned char>(lead);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

/// read() of all: 256 bytes at a time.
Value readAll(Machine &m, StreamObject &stream) {
  Run run = m.heap().request(kChunk);
  std::optional<llvm::StringRef> rest = restOf(stream);
  if (!rest) {
    Interval length = {0, stream.content.length.hi};
    m.heap().resize(run, length + Interval{1, kChunk});
    return resultOf(m, stream, run, Content::ofLength(length));
  }
  std::string text = rest->str();
  auto length = static_cast<int64_t>(text.size());
  for (int64_t room = kChunk; length >= room; room += kChunk)
    m.heap().resize(run, room + kChunk);
  stream.position += length;
  return resultOf(m, stream, run, Content::of(std::move(text)));
}

std::optional<Value> readCall(Machine &m, const NativeCall &call) {
  Value sizeValue = call.argument(1);
  std::optional<int64_t> size = m.intOf(sizeValue);
  bool isAll = sizeValue.isUnbound() || size == -1;
  const auto *read = m.heap().get<StreamObject>(call.argument(0));
  int64_t ofSize = size && read ? std::max<int64_t>(*size + (read->isText ? 0 : 1), 1) : 0;
  StreamObject *stream = openStream(m, call.argument(0), isAll ? kChunk : ofSize);
  if (stream == nullptr)
    return std::nullopt;
  if (isAll)
    return readAll(m, *stream);
  if (!size) {
    m.noteUnknownCost("how much is read is not known");
    return m.abstract(stream->isText ? "str" : "bytes", "how much is read is not known");
  }
  std::optional<llvm::StringRef> rest = restOf(*stream);
  if (!rest) {
    Run run = m.heap().request(*size + 1);
    return resultOf(m, *stream, run, Content::ofLength({0, *size}));
  }
  if (!stream->isText) {
    Run run = m.heap().request(*size + 1);
    std::string data = rest->take_front(*size).str();
    stream->position += static_cast<int64_t>(data.size());
    return resultOf(m, *stream, run, Content::of(std::move(data)));
  }
  // Of a text so many characters; the buffer grows where some take several bytes.
  int64_t room = std::max<int64_t>(*size, 1);
  Run run = m.heap().request(room);
  size_t length = 0;
  size_t more = *size;
  for (int64_t left = *size; more > 0;) {
    auto needed = static_cast<int64_t>(length + more);
    if (needed > room) {
      room = grownRoom(needed);
      m.heap().resize(run, room);
    }
    size_t end = std::min(length + more, rest->size());
    if (end == length)
      break;
    more = 0;
    while (length < end) {
      size_t bytes = characterBytes((*rest)[length]);
      if (length + bytes > end) {
        more = length + bytes - end + (left - 1);
        break;
      }
      length += bytes;
      --left;
    }
    if (more == 0)
      more = left;
    else
      length = end;
    if (end == rest->size())
      break;
  }
  std::string text = rest->take_front(length).str();
  stream->position += static_cast<int64_t>(length);
  return resultOf(m, *stream, run, Content::of(std::move(text)));
}

std::optional<Value> readLineCall(Machine &m, const NativeCall &call) {
  return readLine(m, call.argument(0));
}

std::optional<Value> readIntoCall(Machine &m, const NativeCall &call) {
  StreamObject *stream = openStream(m, call.argument(0));
  auto *buffer = m.heap().change<ByteArrayObject>(call.argument(1));
  if (stream == nullptr)
    return std::nullopt;
  std::optional<llvm::StringRef> rest = restOf(*stream);
  if (buffer == nullptr || !buffer->content.isKnown || !rest) {
    if (buffer != nullptr)
      buffer->content = Content::ofLength(buffer->content.length);
    return m.abstractInt(Interval::atLeast(0), "how much is read is not known");
  }
  std::optional<int64_t> most =
      call.arguments.size() > 2 ? m.intOf(call.argument(2)) : Interval::kNoHi;
  size_t count = std::min({rest->size(), buffer->content.bytes.size(),
                           static_cast<size_t>(most.value_or(Interval::kNoHi))});
  std::copy_n(rest->begin(), count, buffer->content.bytes.begin());
  stream->position += static_cast<int64_t>(count);
  return Value::integer(static_cast<int64_t>(count));
}

std::optional<Value> seekCall(Machine &m, const NativeCall &call) {
  StreamObject *stream = openStream(m, call.argument(0));
  if (stream == nullptr)
    return std::nullopt;
  std::optional<int64_t> offset = m.intOf(call.argument(1));
  Value whenceValue = call.argument(2);
  std::optional<int64_t> whence = whenceValue.isUnbound() ? 0 : m.intOf(whenceValue);
  if (!offset || !whence)
    return unknownResult(m, "where the stream stands is not known");
  if (*whence == 0 && *offset < 0)
    return raiseWith(m, "OSError", Value::integer(22));
  int64_t base = *whence == 1 ? stream->position : *whence == 2 ? stream->content.length.lo : 0;
  stream->position = std::max<int64_t>(base + *offset, 0);
  return Value::integer(stream->position);
}

std::optional<Value> tellCall(Machine &m, const NativeCall &call) {
  StreamObject *stream = openStream(m, call.argument(0));
  if (stream == nullptr)
    return std::nullopt;
  if (!stream->content.isKnown)
    return m.abstractInt(Interval::atLeast(0), "where the stream stands is not known");
  return Value::integer(stream->position);
}

std::optional<Value> flushCall(Machine &, const NativeCall &) { return Value::none(); }

std::optional<Value> enterCall(Machine &, const NativeCall &call) { return call.argument(0); }

std::optional<Value> closeCall(Machine &m, const NativeCall &call) {
  auto *stream = m.heap().change<StreamObject>(call.argument(0));
  if (stream != nullptr) {
    m.heap().release(stream->data);
    m.heap().release(stream->vstr);
  }
  return Value::none();
}

// stringio_getvalue: a copy.
std::optional<Value> getValueCall(Machine &m, const NativeCall &call) {
  StreamObject *stream = openStream(m, call.argument(0));
  if (stream == nullptr)
    return std::nullopt;
  if (stream->content.isKnown) {
    std::string text = stream->content.bytes;
    return stream->isText ? m.str(text) : m.bytes(text);
  }
  Content content = stream->content;
  Run run = m.heap().request(content.length + Interval::exactly(1));
  return resultOf(m, *stream, run, std::move(content));
}

constexpr NativeRow kRows[] = {
    {"BytesIO", makeStream<false>, true, "BytesIO"},
    {"io.BytesIO", makeStream<false>, true, "BytesIO"},
    {"StringIO", makeStream<true>, true, "StringIO"},
    {"io.StringIO", makeStream<true>, true, "StringIO"},
    {"BytesIO.__enter__", enterCall, true, ""},
    {"BytesIO.__exit__", closeCall, true, ""},
    {"BytesIO.close", closeCall, true, ""},
    {"BytesIO.flush", flushCall, true, ""},
    {"BytesIO.getvalue", getValueCall, true, "bytes"},
    {"BytesIO.read", readCall, true, "bytes"},
    {"BytesIO.readinto", readIntoCall, true, "int"},
    {"BytesIO.readline", readLineCall, true, "bytes"},
    {"BytesIO.seek", seekCall, true, "int"},
    {"BytesIO.tell", tellCall, true, "int"},
    {"BytesIO.write", writeCall, true, "int"},
    {"StringIO.__enter__", enterCall, true, ""},
    {"StringIO.__exit__", closeCall, true, ""},
    {"StringIO.close", closeCall, true, ""},
    {"StringIO.flush", flushCall, true, ""},
    {"StringIO.getvalue", getValueCall, true, "str"},
    {"StringIO.read", readCall, true, "str"},
    {"StringIO.readinto", readIntoCall, true, "int"},
    {"StringIO.readline", readLineCall, true, "str"},
    {"StringIO.seek", seekCall, true, "int"},
    {"StringIO.tell", tellCall, true, "int"},
    {"StringIO.write", writeCall, true, "int"},
};

} // namespace

// stream_unbuffered_readline: room for 16, byte by byte.
std::optional<Value> readLine(Machine &m, Value value) {
  StreamObject *stream = openStream(m, value, kFirstRoom);
  if (stream == nullptr)
    return std::nullopt;
  int64_t room = kFirstRoom;
  Run run = m.heap().request(room);
  std::optional<llvm::StringRef> rest = restOf(*stream);
  if (!rest) {
    Interval length = {0, stream->content.length.hi};
    m.heap().resize(run, grownRoom(length));
    return resultOf(m, *stream, run, Content::ofLength(length));
  }
  size_t end = rest->find('\n');
  bool isEnded = end != llvm::StringRef::npos;
  std::string line = rest->take_front(isEnded ? end + 1 : rest->size()).str();
  // At the end of the stream one byte more is made room for.
  auto asked = static_cast<int64_t>(line.size()) + (isEnded ? 0 : 1);
  for (int64_t length = 1; length <= asked; ++length) {
    if (length > room) {
      room = grownRoom(length);
      m.heap().resize(run, room);
    }
  }
  stream->position += static_cast<int64_t>(line.size());
  return resultOf(m, *stream, run, Content::of(std::move(line)));
}

// stream_readall: the buffer is made longer when it is full.
Run readAllOf(Machine &m, Interval length) {
  Run run = m.heap().request(kChunk);
  if (!length.hasHi()) {
    m.heap().resize(run, Interval::atLeast(1));
    m.noteUnknownLength();
    return run;
  }
  auto room = [](int64_t bytes) { return (bytes / kChunk + 1) * kChunk; };
  m.heap().resize(run, Interval{room(length.lo), room(length.hi)});
  return run;
}

Run readLineOf(Machine &m, Interval length) {
  Run run = m.heap().request(kFirstRoom);
  if (!length.hasHi()) {
    m.heap().resize(run, Interval::atLeast(1));
    m.noteUnknownLength();
    return run;
  }
  auto room = [](int64_t bytes) { return bytes > kFirstRoom ? grownRoom(bytes) : kFirstRoom; };
  m.heap().resize(run, Interval{room(length.lo), room(length.hi)});
  return run;
}

void writeToStream(Machine &m, Value value, const Content &text) {
  if (auto *stream = m.heap().change<StreamObject>(value); stream && stream->vstr)
    writeBytes(m, *stream, text);
}

void printTo(Machine &m, Value file, const Content &text) {
  if (m.heap().get<StreamObject>(file))
    writeToStream(m, file, text);
  else if (file.isUnbound() || file.isNone() || m.typeName(file) == "sys.stdout")
    m.write(text);
}

llvm::ArrayRef<NativeRow> streamNatives() { return kRows; }

} // namespace fraglint
