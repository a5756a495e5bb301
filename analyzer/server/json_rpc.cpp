#include "server/json_rpc.h"

#include "lint/json_depth.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cmath>

namespace fraglint {

namespace json = llvm::json;

namespace {

constexpr llvm::StringLiteral kLength("Content-Length:");
/// A header without an end is no header.
constexpr size_t kMostHeaderBytes = 8192;

/// Whether a number is too large for a double: there is no way to write it in an answer.
bool holdsInfinity(const json::Value &value) {
  llvm::SmallVector<const json::Value *> waiting = {&value};
  while (!waiting.empty()) {
    const json::Value *next = waiting.pop_back_val();
    if (std::optional<double> number = next->getAsNumber(); number && !std::isfinite(*number))
      return true;
    if (const json::Array *array = next->getAsArray())
      for (const json::Value &one : *array)
        waiting.push_back(&one);
    if (const json::Object *object = next->getAsObject())
      for (const auto &entry : *object)
        waiting.push_back(&entry.second);
  }
  return false;
}

/// The length that a header's line states; nothing where it states none that can be.
std::optional<size_t> lengthIn(llvm::StringRef line) {
  size_t at = line.find_insensitive(kLength);
  uint64_t length = 0;
  if (at == llvm::StringRef::npos ||
      line.substr(at + kLength.size()).trim(" \t\r").getAsInteger(10, length) ||
      length > FrameReader::kMostBytes)
    return std::nullopt;
  return static_cast<size_t>(length);
}

bool isId(const json::Value &value) {
  return value.kind() == json::Value::Number || value.kind() == json::Value::String;
}

} // namespace

// --- FrameReader -----------------------------------------------------------------------------

void FrameReader::drop(size_t bytes) {
  begin_ += bytes;
  if (begin_ < buffer_.size() / 2)
    return; // moved seldom, so that many small frames in one piece cost no more than one
  buffer_.erase(0, begin_);
  begin_ = 0;
}

/// Takes off a header up to its empty line, with everything in front of it that is none. False
/// where more bytes are needed.
bool FrameReader::readHeader() {
  std::optional<size_t> length;
  size_t taken = 0;
  llvm::StringRef rest = llvm::StringRef(buffer_).drop_front(begin_);
  for (;;) {
    size_t end = rest.substr(taken).find('\n');
    if (end == llvm::StringRef::npos)
      break;
    llvm::StringRef line = rest.substr(taken, end).rtrim('\r');
    taken += end + 1;
    if (line.empty() && length) {
      drop(taken);
      length_ = length;
      return true;
    }
    if (std::optional<size_t> stated = lengthIn(line))
      length = stated;
    else if (line.contains_insensitive(kLength))
      length = std::nullopt;
    if (!length) { // nothing that is worth keeping
      drop(taken);
      rest = llvm::StringRef(buffer_).drop_front(begin_);
      taken = 0;
    }
  }
  // A body whose header was garbage has no line end, and may be long: what cannot begin a header
  // goes.
  if (!length && rest.size() > kMostHeaderBytes && !rest.contains_insensitive(kLength))
    drop(rest.size() - kLength.size());
  return false;
}

std::optional<std::string> FrameReader::next() {
  if (!length_ && !readHeader())
    return std::nullopt;
  if (buffer_.size() - begin_ < *length_)
    return std::nullopt;
  std::string body = buffer_.substr(begin_, *length_);
  drop(*length_);
  length_.reset();
  return body;
}

void FrameReader::reject(llvm::StringRef body) {
  buffer_ = body.str() + buffer_.substr(begin_);
  begin_ = 0;
}

// --- Messages ----------------------------------------------------------------------------------

RpcReading readMessage(llvm::StringRef body) {
  auto refused = [](json::Value id, RpcErrorCode code, std::string text) {
    return RpcReading{std::nullopt, RpcMistake{std::move(id), {code, std::move(text)}}};
  };
  if (isJsonTooDeep(body))
    return refused(nullptr, RpcErrorCode::ParseError,
                   "arrays and objects stand more than " + std::to_string(kMostJsonDepth) +
                       " deep in each other");
  llvm::Expected<json::Value> value = json::parse(body);
  if (!value) {
    RpcReading reading =
        refused(nullptr, RpcErrorCode::ParseError, llvm::toString(value.takeError()));
    reading.isJson = false;
    return reading;
  }
  if (holdsInfinity(*value))
    return refused(nullptr, RpcErrorCode::ParseError, "a number is too large");
  json::Object *object = value->getAsObject();
  if (!object)
    return refused(nullptr, RpcErrorCode::InvalidRequest, "a message must be an object");
  const json::Value *stated = object->get("id");
  json::Value id = stated && isId(*stated) ? *stated : json::Value(nullptr);
  const json::Value *method = object->get("method");
  if (!method && !object->get("result") && !object->get("error"))
    return refused(std::move(id), RpcErrorCode::InvalidRequest, "the message has no `method`");
  if (method && method->getAsString().value_or("").empty())
    return refused(std::move(id), RpcErrorCode::InvalidRequest, "`method` must be a name");
  if (method && stated && !isId(*stated))
    return refused(nullptr, RpcErrorCode::InvalidRequest, "`id` must be a number or a string");
  auto take = [object](llvm::StringRef key) {
    json::Value *found = object->get(key);
    return found ? std::move(*found) : json::Value(nullptr);
  };
  return {RpcMessage{method ? method->getAsString()->str() : std::string(), std::move(id),
                     take("params"), take("result")},
          std::nullopt};
}

std::string textOf(const json::Value &value) {
  std::string text;
  llvm::raw_string_ostream(text) << value;
  return text;
}

std::string frameOf(llvm::StringRef body) {
  return (kLength + " " + std::to_string(body.size()) + "\r\n\r\n" + body).str();
}

json::Value requestMessage(json::Value id, llvm::StringRef method, json::Value params) {
  return json::Object{
      {"jsonrpc", "2.0"}, {"id", std::move(id)}, {"method", method}, {"params", std::move(params)}};
}

json::Value notificationMessage(llvm::StringRef method, json::Value params) {
  return json::Object{{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}};
}

json::Value resultMessage(json::Value id, json::Value result) {
  return json::Object{{"jsonrpc", "2.0"}, {"id", std::move(id)}, {"result", std::move(result)}};
}

json::Value errorMessage(json::Value id, const RpcError &error) {
  return json::Object{
      {"jsonrpc", "2.0"},
      {"id", std::move(id)},
      {"error", json::Object{{"code", static_cast<int>(error.code)}, {"message", error.message}}}};
}

} // namespace fraglint
