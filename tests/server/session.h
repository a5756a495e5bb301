#pragma once
/// A language server and its client in one thread, with a clock that the test moves.

#include "server/json_rpc.h"
#include "server/language_server.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

#include <chrono>
#include <string>
#include <vector>

namespace fraglint {

class Session {
public:
  using Milliseconds = std::chrono::milliseconds;

  /// A message; `jsonrpc` is added.
  void send(llvm::json::Object message);
  void notify(llvm::StringRef method, llvm::json::Value params);
  /// Sends a request and gives its id.
  int64_t ask(llvm::StringRef method, llvm::json::Value params);
  /// Bytes as they are, through the frame reader.
  void sendBytes(llvm::StringRef bytes);

  /// Lets time pass; jobs run when they are due, and take none.
  void wait(Milliseconds time);
  /// Lets time pass without running what is due.
  void pass(Milliseconds time) { now_ += time; }
  /// Runs the next job, with all the time that it waits for. False where none is left.
  bool runNext();
  /// Runs jobs until none is left.
  void settle();
  /// Takes the next job without running it.
  LanguageServer::Job takeJob() { return server_.takeJob(now_); }
  void finish(const LanguageServer::Completion &completion) { server_.finish(completion, now_); }

  /// What came since the last call.
  std::vector<llvm::json::Value> take();
  /// The last answer to the request, as result or as error; null where none came. Other messages
  /// that came are dropped.
  llvm::json::Value answer(int64_t id, llvm::StringRef part = "result");
  /// Sends a request, settles, and gives its result.
  llvm::json::Value result(llvm::StringRef method, llvm::json::Value params);
  /// The `diagnostics` of each `publishDiagnostics` for the URI since the last call.
  std::vector<llvm::json::Array> published(llvm::StringRef uri);

  /// `initialize` with these capabilities, and `initialized`; what comes of it is dropped.
  void start(llvm::json::Object capabilities = {}, llvm::json::Object more = {});
  void open(llvm::StringRef uri, llvm::StringRef text, int64_t version = 1);
  /// Replaces a range of one line, or inserts, as a keystroke does.
  void edit(llvm::StringRef uri, int64_t version, uint32_t line, uint32_t begin, uint32_t end,
            llvm::StringRef text);
  void replaceAll(llvm::StringRef uri, int64_t version, llvm::StringRef text);

  LanguageServer &server() { return server_; }

private:
  LanguageServer server_;
  FrameReader frames_;
  LanguageServer::Time now_ = LanguageServer::Time(std::chrono::hours(1));
  int64_t lastId_ = 0;
};

llvm::json::Object textDocument(llvm::StringRef uri);
llvm::json::Object lspPosition(uint32_t line, uint32_t character);
llvm::json::Object lspRange(uint32_t beginLine, uint32_t begin, uint32_t endLine, uint32_t end);

} // namespace fraglint
