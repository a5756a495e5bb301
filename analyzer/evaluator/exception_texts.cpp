#include "evaluator/objects.h"

#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// One message with parts to be filled in, each `%`.
struct Format {
  llvm::StringLiteral text;
  /// Bytes of the text as MicroPython keeps it, packed by py/makecompresseddata.py, with the end
  /// mark: the first request. That is known by the words of all messages of a build; the figures
  /// are of the unix build of 1.29, of which two were measured (rows IndexError, AttributeError).
  uint8_t packed;
};

// py/*.c: what is raised with a formatted message.
constexpr Format kFormats[] = {
    {"function takes % positional arguments but % were given", 14},
    {"function missing % required positional arguments", 8},
    {"function expected at most % arguments, got %", 27},
    {"'%' argument required", 5},
    {"%() takes % positional arguments but % were given", 17},
    {"function got multiple values for argument '%'", 11},
    {"unexpected keyword argument '%'", 6},
    {"function missing required positional argument #%", 10},
    {"function missing required keyword argument '%'", 8},
    {"no module named '%'", 10},
    {"ord() expected a character, but string of length % found", 25},
    {"can't convert % to float", 7},
    {"can't convert % to complex", 7},
    {"object '%' isn't a tuple or list", 9},
    {"requested length % but object has length %", 18},
    {"% indices must be integers, not %", 17},
    {"% index out of range", 7},
    {"object of type '%' has no len()", 13},
    {"'%' object doesn't support item deletion", 15},
    {"'%' object isn't subscriptable", 6},
    {"'%' object doesn't support item assignment", 8},
    {"value would overflow a % byte buffer", 16},
    {"unknown encoding: %", 13},
    {"unknown conversion specifier %", 7},
    {"unknown format code '%' for object of type '%'", 14},
    {"% needs int or char", 11},
    {"unsupported format character '%' (0x%) at index %", 21},
    {"can't convert '%' object to % implicitly", 9},
    {"string indices must be integers, not %", 17},
    {"__init__() should return None, not '%'", 12},
    {"'%' object isn't callable", 13},
    {"can't create '%' instances", 14},
    {"type '%' isn't an acceptable base type", 9},
    {"name '%' isn't defined", 12},
    {"unsupported type for %: '%'", 9},
    {"unsupported types for %: '%', '%'", 19},
    {"need more than % values to unpack", 20},
    {"too many values to unpack (expected %)", 23},
    {"argument should be a '%' not a '%'", 10},
    {"type object '%' has no attribute '%'", 9},
    {"module '%' has no attribute '%'", 8},
    {"'%' object has no attribute '%'", 8},
    {"'%' object isn't iterable", 13},
    {"'%' object isn't an iterator", 14},
    {"can't import name %", 6},
    {"can't convert % to int", 7},
    {"invalid syntax for integer with base %", 9},
    {"memory allocation failed, allocating % bytes", 28},
    // Of builds that report less than unix; packed it has 13 bytes or so, in any case one block.
    {"invalid syntax for integer with base %", 13},
};

/// Messages that are kept as they are although they look like one that is put together.
constexpr llvm::StringLiteral kWhole[] = {
    "string index out of range",
    "can't convert inf to int",
    "can't convert NaN to int",
    "%c needs int or char",
};

/// Messages that no word of the table makes shorter: they lie in the firmware as they are. Source:
/// py/makecompresseddata.py, which leaves them out; seen on the unix build of 1.29.
constexpr llvm::StringLiteral kUnpacked[] = {"bad typecode", "full", "non-hex digit",
                                             "odd-length string"};

/// MicroPython's words for what CircuitPython words otherwise.
struct Wording {
  llvm::StringLiteral micropython, circuitpython;
};

// The words of CircuitPython's locale/circuitpython.pot and its py/*.c.
constexpr Wording kWordings[] = {
    {"'%' object isn't an iterator", "'%' object is not an iterator"},
    {"'%' object isn't callable", "'%' object is not callable"},
    {"'%' object isn't iterable", "'%' object is not iterable"},
    {"% index out of range", "% out of range"},
    {"name '%' isn't defined", "name '%' is not defined"},
    {"divide by zero", "division by zero"},
    {"object '%' isn't a tuple or list", "object '%' is not a tuple or list"},
    {"type '%' isn't an acceptable base type", "type '%' is not an acceptable base type"},
    {"can't create '%' instances", "cannot create '%' instances"},
};

/// The parts that fill `format` so that it gives `message`; nothing where it cannot.
std::optional<llvm::SmallVector<llvm::StringRef, 4>> match(llvm::StringRef format,
                                                           llvm::StringRef message) {
  llvm::SmallVector<llvm::StringRef, 4> literals;
  format.split(literals, '%');
  if (!message.consume_front(literals.front()))
    return std::nullopt;
  llvm::SmallVector<llvm::StringRef, 4> parts;
  for (size_t index = 1; index < literals.size(); ++index) {
    llvm::StringRef literal = literals[index];
    bool isLast = index + 1 == literals.size();
    if (isLast && !message.ends_with(literal))
      return std::nullopt;
    size_t end = isLast ? message.size() - literal.size() : message.find(literal);
    if (end == llvm::StringRef::npos)
      return std::nullopt;
    parts.push_back(message.take_front(end));
    message = message.drop_front(end + literal.size());
  }
  return message.empty() ? std::optional(parts) : std::nullopt;
}

/// The format with `parts` filled in, and the pieces in which it is printed.
void fill(MessageText &text, llvm::StringRef format, llvm::ArrayRef<llvm::StringRef> parts) {
  llvm::SmallVector<llvm::StringRef, 4> literals;
  format.split(literals, '%');
  auto add = [&](llvm::StringRef piece) {
    if (piece.empty())
      return;
    text.text += piece;
    text.pieces.push_back(static_cast<int64_t>(piece.size()));
  };
  for (auto [index, literal] : llvm::enumerate(literals)) {
    if (index > 0)
      add(parts[index - 1]);
    add(literal);
  }
}

} // namespace

bool isPackedMessage(llvm::StringRef message) { return !llvm::is_contained(kUnpacked, message); }

MessageText messageText(const FirmwareProfile &profile, llvm::StringRef message) {
  const Format *found = nullptr;
  llvm::SmallVector<llvm::StringRef, 4> parts;
  for (const Format &format : kFormats) {
    if (llvm::is_contained(kWhole, message))
      break;
    if (found != nullptr && format.text.size() <= found->text.size())
      continue;
    if (std::optional<llvm::SmallVector<llvm::StringRef, 4>> filled = match(format.text, message)) {
      found = &format;
      parts = std::move(*filled);
    }
  }
  MessageText text;
  llvm::StringRef format = found == nullptr ? message : llvm::StringRef(found->text);
  // CircuitPython puts each message together on the heap (rows ZeroDiv, IndexError).
  text.isFormatted = found != nullptr || profile.isCircuitPython();
  if (profile.isCircuitPython()) {
    for (const Wording &wording : kWordings)
      if (wording.micropython == format)
        format = wording.circuitpython;
    // Of "% index out of range" the name of the sequence is left out.
    if (format == "% out of range")
      parts.assign({"index"});
  }
  if (found == nullptr) {
    text.text = format.str();
    text.pieces.push_back(static_cast<int64_t>(format.size()));
    text.firstRoom = static_cast<int64_t>(format.size()) + 1;
    return text;
  }
  fill(text, format, parts);
  // Each part stands as two characters, `%q`, in the format.
  bool isPacked = profile.traits.packsTexts;
  text.firstRoom =
      !isPacked ? static_cast<int64_t>(format.size() + parts.size() + 1) : found->packed;
  return text;
}

} // namespace fraglint
