#pragma once
/// JSON-RPC 2.0 as language servers speak it: frames out of bytes, messages out of frames, and
/// back. Bytes come from outside: whatever they are, the next valid frame is found.

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

#include <cstddef>
#include <optional>
#include <string>

namespace fraglint {

/// The codes that the protocol gives to errors.
enum class RpcErrorCode : int {
  ParseError = -32700,
  InvalidRequest = -32600,
  MethodNotFound = -32601,
  InvalidParams = -32602,
  InternalError = -32603,
  ServerNotInitialized = -32002,
  RequestCancelled = -32800,
  ContentModified = -32801,
  RequestFailed = -32803,
};

struct RpcError {
  RpcErrorCode code = RpcErrorCode::InternalError;
  std::string message;
};

/// What came in one frame.
struct RpcMessage {
  std::string method;          ///< empty: the answer to a request of ours
  llvm::json::Value id;        ///< null: a notification
  llvm::json::Value params;    ///< null where there are none
  llvm::json::Value result;    ///< of an answer; null where it is an error
  bool isAnswer() const { return method.empty(); }
  bool isRequest() const { return !method.empty() && id.kind() != llvm::json::Value::Null; }
};

/// A frame that is no message: what to answer, and to which request (null where that is not known).
struct RpcMistake {
  llvm::json::Value id;
  RpcError error;
};

/// Cuts a stream of bytes into the bodies of frames. Headers that are garbage, and lengths that
/// cannot be, are passed over up to the next header that is one.
class FrameReader {
public:
  /// Bodies that claim to be longer are not waited for.
  static constexpr size_t kMostBytes = 256U << 20;

  void append(llvm::StringRef bytes) { buffer_.append(bytes.data(), bytes.size()); }
  /// The next whole body; nothing where more bytes are needed.
  std::optional<std::string> next();
  /// Says that `body`, the last one, is no JSON: its length may have been wrong, so that the next
  /// header may begin in it.
  void reject(llvm::StringRef body);

private:
  bool readHeader();
  void drop(size_t bytes);

  std::string buffer_;
  size_t begin_ = 0; ///< of what is not read yet
  std::optional<size_t> length_; ///< of the body that is due, behind a whole header
};

/// What a body is: one of the two is there.
struct RpcReading {
  std::optional<RpcMessage> message;
  std::optional<RpcMistake> mistake;
  bool isJson = true; ///< else the frame may have been cut at a wrong place
};
RpcReading readMessage(llvm::StringRef body);

/// A value as the body of a frame.
std::string textOf(const llvm::json::Value &value);
/// A body as bytes for the stream, header included.
std::string frameOf(llvm::StringRef body);

llvm::json::Value requestMessage(llvm::json::Value id, llvm::StringRef method,
                                 llvm::json::Value params);
llvm::json::Value notificationMessage(llvm::StringRef method, llvm::json::Value params);
llvm::json::Value resultMessage(llvm::json::Value id, llvm::json::Value result);
llvm::json::Value errorMessage(llvm::json::Value id, const RpcError &error);

} // namespace fraglint
