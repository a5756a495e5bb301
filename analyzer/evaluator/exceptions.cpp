#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// py/objexcept.c: MP_MAX_UNCOMPRESSED_TEXT_LEN of MicroPython's unix build, and the end mark.
constexpr int64_t kDecompressedRoom = 74;

/// py/parsenum.c puts what could not be read as a number behind the message, by a vstr with room
/// for 50.
bool isNumberMessage(llvm::StringRef message) {
  return message.starts_with("invalid syntax for integer with base ") && message.contains(':');
}

Value numberMessage(Machine &m, llvm::StringRef message) {
  constexpr int64_t kRoom = 50;
  GrowingRun text(m, kRoom);
  size_t colon = message.find(": ") + 2;
  text.append(message.take_front(colon));
  for (char c : message.drop_front(colon))
    text.append(llvm::StringRef(&c, 1));
  return m.strFrom(text.run, text.content);
}

/// The str of a message that the firmware words itself: first the object, then its text, where
/// that is put together on the heap.
Value messageString(Machine &m, llvm::StringRef message) {
  if (isNumberMessage(message))
    return numberMessage(m, message);
  MessageText wording = messageText(m.profile(), message);
  auto &str = m.heap().make<StrObject>();
  Value value = Value::object(str.id);
  str.header = m.heap().requestSoft(m.words(4));
  if (wording.isFormatted) {
    int64_t room = wording.firstRoom;
    Run data = m.heap().requestSoft(room);
    int64_t length = 0;
    for (int64_t piece : wording.pieces) {
      if (length + piece >= room) {
        room += piece + 16;
        m.heap().resize(data, room);
      }
      length += piece;
    }
    str.data = data;
  }
  str.content = Content::of(std::move(wording.text));
  return value;
}

struct Errno {
  llvm::StringLiteral name;
  int64_t number;
};

// py/mperrno.h, and which of them py/moderrno.c names.
constexpr Errno kErrnos[] = {
    {"EPERM", 1},          {"ENOENT", 2},         {"EIO", 5},
    {"EBADF", 9},          {"EAGAIN", 11},        {"ENOMEM", 12},
    {"EACCES", 13},        {"EEXIST", 17},        {"ENODEV", 19},
    {"EISDIR", 21},        {"EINVAL", 22},        {"EOPNOTSUPP", 95},
    {"EADDRINUSE", 98},    {"ECONNABORTED", 103}, {"ECONNRESET", 104},
    {"ENOBUFS", 105},      {"ENOTCONN", 107},     {"ETIMEDOUT", 110},
    {"ECONNREFUSED", 111}, {"EHOSTUNREACH", 113}, {"EALREADY", 114},
    {"EINPROGRESS", 115},
};

} // namespace

llvm::StringRef errnoName(int64_t number) {
  const auto *row = llvm::find_if(kErrnos, [&](const Errno &one) { return one.number == number; });
  return row == std::end(kErrnos) ? llvm::StringRef() : llvm::StringRef(row->name);
}

/// The message of an exception that is not decompressed yet; Unbound where there is none.
static Value packedMessage(const Machine &m, const ExceptionObject &exception) {
  const auto *arguments = m.heap().get<TupleObject>(exception.arguments);
  if (!m.profile().traits.packsTexts || arguments == nullptr || arguments->items.size() != 1)
    return {};
  Value text = arguments->items[0];
  const auto *str = m.heap().get<StrObject>(text);
  bool isPacked = str != nullptr && !str->isInterned && str->header && !str->data &&
                  str->sharedData == 0 && isPackedMessage(str->content.bytes);
  return isPacked ? text : Value();
}

void decompressMessage(Machine &m, const ExceptionObject &exception) {
  Value text = packedMessage(m, exception);
  if (text.isUnbound())
    return;
  Run data = m.heap().requestSoft(kDecompressedRoom);
  m.heap().change<StrObject>(text)->data = data;
}

void decompressPerhaps(Machine &m, Value value) {
  const auto *abstract = m.heap().get<AbstractObject>(value);
  const ExceptionObject *exception = exceptionIn(m, value);
  bool isAny = abstract && abstract->type.empty() && abstract->data;
  bool isPacked = exception ? !packedMessage(m, *exception).isUnbound()
                            : isAny && m.profile().traits.packsTexts;
  if (isPacked)
    m.heap().requestSoft(Interval{0, kDecompressedRoom});
}

llvm::StringRef errorMessage(const FirmwareProfile &profile, int64_t number) {
  if (!profile.isCircuitPython())
    return errnoName(number);
  switch (number) {
  case 1:
    return "Operation not permitted";
  case 2:
    return "No such file/directory";
  case 5:
    return "Input/output error";
  case 13:
    return "Permission denied";
  case 17:
    return "File exists";
  case 19:
    return "Unsupported operation";
  case 22:
    return "Invalid argument";
  default:
    return errnoName(number);
  }
}

std::optional<int64_t> errnoNumber(llvm::StringRef name) {
  const auto *row = llvm::find_if(kErrnos, [&](const Errno &one) { return one.name == name; });
  return row == std::end(kErrnos) ? std::nullopt : std::optional(row->number);
}

// py/objexcept.c; heap-facts b.7 for CircuitPython, whose object has two words more. Where there
// is no room, the firmware goes on without, so these requests are soft.
Value makeException(Machine &m, ObjectId type, llvm::ArrayRef<Value> arguments) {
  auto &exception = m.heap().make<ExceptionObject>();
  exception.type = type;
  exception.header = m.heap().requestSoft(m.words(m.profile().isCircuitPython() ? 6 : 4));
  if (arguments.empty()) {
    exception.arguments = m.tuple({});
  } else {
    auto &tuple = m.heap().make<TupleObject>();
    tuple.items.assign(arguments.begin(), arguments.end());
    tuple.header = m.heap().requestSoft(m.words(2 + static_cast<int64_t>(arguments.size())));
    exception.arguments = Value::object(tuple.id);
  }
  return Value::object(exception.id);
}

std::nullopt_t raiseWith(Machine &m, llvm::StringRef type, llvm::ArrayRef<Value> arguments) {
  if (m.isProbing())
    return m.raise(type);
  return m.raise(makeException(m, m.nativeType(type).asObject(), arguments));
}

const ExceptionObject *exceptionIn(const Machine &m, Value value) {
  if (const auto *instance = m.heap().get<InstanceObject>(value))
    value = instance->native;
  return m.heap().get<ExceptionObject>(value);
}

void addTraceback(Machine &m, Value exception) {
  const ExceptionObject *found = exceptionIn(m, exception);
  if (auto *unknown = m.heap().change<AbstractObject>(exception); unknown && unknown->data) {
    m.heap().resize(unknown->data, unknown->data.bytes + Interval::exactly(m.words(3)),
                    /*isHard=*/false);
    return;
  }
  // What is none of the heap's is a constant of the firmware, as GeneratorExit is to close().
  if (found == nullptr || !found->header || m.isProbing())
    return;
  auto &changed = static_cast<ExceptionObject &>(m.heap().change(found->id));
  Interval more = Interval::exactly(3);
  if (!changed.traceback) {
    if (m.profile().isCircuitPython() && !changed.tracebackObject)
      changed.tracebackObject = m.heap().requestSoft(m.words(3));
    changed.traceback = m.heap().requestSoft(m.words(3));
    changed.tracebackWords = more;
    return;
  }
  changed.tracebackWords = changed.tracebackWords + more;
  m.heap().resize(changed.traceback, changed.tracebackWords * Interval::exactly(m.words(1)),
                  /*isHard=*/false);
}

std::nullopt_t Machine::raise(llvm::StringRef type, const llvm::Twine &message) {
  Value raisedType = nativeType(type);
  if (isProbing_) {
    auto &exception = heap_.make<ExceptionObject>();
    exception.type = raisedType.asObject();
    raised_ = Value::object(exception.id);
    return std::nullopt;
  }
  llvm::SmallVector<Value, 1> arguments;
  if (std::string text = message.str(); !text.empty())
    arguments.push_back(messageString(*this, text));
  return raise(makeException(*this, raisedType.asObject(), arguments));
}

void Machine::mayRaise(llvm::StringRef type, const llvm::Twine &message) {
  noteFailure([&] { raise(type, message); });
}

std::nullopt_t Machine::raise(Value exception) {
  if (!exceptionIn(*this, exception) && !isAbstract(exception) &&
      !heap_.get<OpaqueObject>(exception))
    return raise("TypeError", "exceptions must derive from BaseException");
  raised_ = exception;
  addTraceback(*this, exception);
  return std::nullopt;
}

std::optional<Value> exceptionAttribute(Machine &m, Value exception, llvm::StringRef name) {
  const ExceptionObject *found = exceptionIn(m, exception);
  if (found == nullptr)
    return Value();
  if (name == "args") {
    decompressMessage(m, *found);
    return found->arguments;
  }
  if (name == "value" || name == "errno") {
    const auto *arguments = m.heap().get<TupleObject>(found->arguments);
    if (arguments == nullptr || arguments->items.empty())
      return Value::none();
    decompressMessage(m, *found);
    return arguments->items[0];
  }
  if (name == "__traceback__" && m.profile().isCircuitPython())
    return m.abstract("traceback", "what a traceback holds is not known");
  return Value();
}

} // namespace fraglint
