#include "evaluator/numbers.h"
#include "evaluator/objects.h"
#include "evaluator/operations.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace fraglint {

namespace {

/// extmod/modjson.c's reader: colons and commas are blanks, brackets need not match, and one text
/// buffer serves all strings and numbers.
class JsonReader {
public:
  JsonReader(Machine &m, llvm::StringRef text) : m_(m), text_(text) {}

  std::optional<Value> read();

private:
  char current() const { return position_ < text_.size() ? text_[position_] : '\0'; }
  char advance() {
    ++position_;
    return current();
  }
  /// The vstr: its length starts again with each text, its room stays.
  void put(llvm::StringRef bytes);
  bool word(llvm::StringRef rest);
  bool string();
  std::optional<Value> number(char first);
  void escape();
  /// Of the value that has been read: into the innermost container. False where that fails.
  enum class Step : uint8_t { Fail, Raised, Go, Done };
  Step take(Value value, bool opens);
  void push(Value value);
  std::optional<Value> fail();

  Machine &m_;
  llvm::StringRef text_;
  size_t position_ = 0;
  std::string buffer_;
  int64_t room_ = 8;
  Run run_;
  std::vector<Value> stack_;
  int64_t stackRoom_ = 0;
  Run stackRun_;
  Value top_, key_;
};

void JsonReader::put(llvm::StringRef bytes) {
  auto length = static_cast<int64_t>(buffer_.size() + bytes.size());
  if (length > room_) {
    room_ = ((length + 16) & ~int64_t{7}) + 8;
    m_.heap().resize(run_, room_);
  }
  buffer_ += bytes;
}

bool JsonReader::word(llvm::StringRef rest) {
  if (!text_.substr(position_).starts_with(rest))
    return false;
  position_ += rest.size();
  return true;
}

void JsonReader::escape() {
  char c = advance();
  switch (c) {
  case 'b':
    return put("\b");
  case 'f':
    return put("\f");
  case 'n':
    return put("\n");
  case 'r':
    return put("\r");
  case 't':
    return put("\t");
  case 'u':
    break;
  default:
    return put(llvm::StringRef(&text_.data()[std::min(position_, text_.size() - 1)], 1));
  }
  uint32_t code = 0;
  for (int digit = 0; digit < 4; ++digit)
    code = code << 4 | (llvm::hexDigitValue(advance()) & 0xF);
  char bytes[3];
  if (code < 0x80) {
    bytes[0] = static_cast<char>(code);
    return put({bytes, 1});
  }
  if (code < 0x800) {
    bytes[0] = static_cast<char>(code >> 6 | 0xC0);
    bytes[1] = static_cast<char>((code & 0x3F) | 0x80);
    return put({bytes, 2});
  }
  bytes[0] = static_cast<char>(code >> 12 | 0xE0);
  bytes[1] = static_cast<char>((code >> 6 & 0x3F) | 0x80);
  bytes[2] = static_cast<char>((code & 0x3F) | 0x80);
  put({bytes, 3});
}

bool JsonReader::string() {
  buffer_.clear();
  while (position_ < text_.size() && current() != '"') {
    if (current() == '\\')
      escape();
    else
      put(text_.substr(position_, 1));
    advance();
  }
  if (position_ >= text_.size())
    return false;
  advance();
  return true;
}

std::optional<Value> JsonReader::number(char first) {
  buffer_.clear();
  bool isFloat = false;
  for (char c = first;; advance()) {
    put({&c, 1});
    c = current();
    if (c == '.' || c == 'E' || c == 'e')
      isFloat = true;
    else if (c != '+' && c != '-' && !llvm::isDigit(c))
      break;
  }
  return isFloat ? parseFloat(m_, buffer_) : parseInt(m_, buffer_, 10);
}

/// The outer containers, in a list that is no object: room for 4 items at first.
void JsonReader::push(Value value) {
  auto count = static_cast<int64_t>(stack_.size());
  if (!stackRun_) {
    stackRoom_ = 4;
    stackRun_ = m_.heap().request(m_.words(stackRoom_));
  } else if (count >= stackRoom_) {
    stackRoom_ *= 2;
    m_.heap().resize(stackRun_, m_.words(stackRoom_));
  }
  stack_.push_back(value);
}

JsonReader::Step JsonReader::take(Value value, bool opens) {
  if (top_.isUnbound()) {
    top_ = value;
    return opens ? Step::Go : Step::Done;
  }
  if (m_.heap().get<ListObject>(top_)) {
    appendToList(m_, top_, value);
  } else if (key_.isUnbound()) {
    key_ = value;
    if (opens)
      return Step::Fail;
  } else {
    if (!storeInDict(m_, top_, key_, value))
      return Step::Raised;
    key_ = Value();
  }
  if (opens) {
    push(top_);
    top_ = value;
  }
  return Step::Go;
}

std::optional<Value> JsonReader::fail() { return m_.raise("ValueError", "syntax error in JSON"); }

std::optional<Value> JsonReader::read() {
  run_ = m_.heap().request(room_);
  while (true) {
    if (position_ >= text_.size()) {
      // What is within another is not taken as closed.
      if (!m_.profile().traits.closesDocuments || top_.isUnbound() || !stack_.empty())
        return fail();
      m_.heap().release(run_);
      return top_;
    }
    char c = current();
    advance();
    std::optional<Value> next;
    bool opens = false;
    switch (c) {
    case ',':
    case ':':
    case ' ':
    case '\t':
    case '\n':
    case '\r':
      continue;
    case 'n':
      next = Value::none();
      if (!word("ull"))
        return fail();
      break;
    case 't':
      next = Value::boolean(true);
      if (!word("rue"))
        return fail();
      break;
    case 'f':
      next = Value::boolean(false);
      if (!word("alse"))
        return fail();
      break;
    case '"':
      if (!string())
        return fail();
      next = m_.str(buffer_);
      break;
    case '[':
      next = newList(m_, 0);
      opens = true;
      break;
    case '{':
      next = newDict(m_, 0);
      opens = true;
      break;
    case ']':
    case '}':
      if (top_.isUnbound())
        return fail();
      if (!stack_.empty()) {
        top_ = stack_.back();
        stack_.pop_back();
        continue;
      }
      break;
    default:
      if (c != '-' && !llvm::isDigit(c))
        return fail();
      next = number(c);
      if (!next)
        return std::nullopt;
    }
    if (next) {
      Step step = take(*next, opens);
      if (step == Step::Fail)
        return fail();
      if (step == Step::Raised)
        return std::nullopt;
      if (step == Step::Go)
        continue;
    }
    if (!text_.substr(position_).trim(" \t\n\v\f\r").empty() || !stack_.empty())
      return fail();
    m_.heap().release(run_);
    return top_;
  }
}

} // namespace

std::optional<Value> parseJson(Machine &m, llvm::StringRef text);
std::optional<Value> parseJson(Machine &m, llvm::StringRef text) {
  return JsonReader(m, text).read();
}

} // namespace fraglint
