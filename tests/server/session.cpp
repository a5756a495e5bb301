#include "server/session.h"

#include "llvm/Support/Error.h"

namespace fraglint {

namespace json = llvm::json;

json::Object textDocument(llvm::StringRef uri) {
  return json::Object{{"textDocument", json::Object{{"uri", uri.str()}}}};
}

json::Object lspPosition(uint32_t line, uint32_t character) {
  return json::Object{{"line", line}, {"character", character}};
}

json::Object lspRange(uint32_t beginLine, uint32_t begin, uint32_t endLine, uint32_t end) {
  return json::Object{{"start", lspPosition(beginLine, begin)}, {"end", lspPosition(endLine, end)}};
}

void Session::send(json::Object message) {
  message["jsonrpc"] = "2.0";
  sendBytes(frameOf(textOf(std::move(message))));
}

void Session::notify(llvm::StringRef method, json::Value params) {
  send(json::Object{{"method", method.str()}, {"params", std::move(params)}});
}

int64_t Session::ask(llvm::StringRef method, json::Value params) {
  send(json::Object{{"id", ++lastId_}, {"method", method.str()}, {"params", std::move(params)}});
  return lastId_;
}

void Session::sendBytes(llvm::StringRef bytes) {
  frames_.append(bytes);
  while (std::optional<std::string> body = frames_.next())
    if (!server_.receive(*body, now_))
      frames_.reject(*body);
}

void Session::wait(Milliseconds time) {
  LanguageServer::Time end = now_ + time;
  for (;;) {
    std::optional<LanguageServer::Time> due = server_.due();
    if (!due || *due > end)
      break;
    now_ = std::max(now_, *due);
    if (LanguageServer::Job job = server_.takeJob(now_))
      server_.finish(job(), now_);
  }
  now_ = end;
}

bool Session::runNext() {
  std::optional<LanguageServer::Time> due = server_.due();
  if (!due)
    return false;
  now_ = std::max(now_, *due);
  if (LanguageServer::Job job = server_.takeJob(now_))
    server_.finish(job(), now_);
  return true;
}

void Session::settle() {
  while (runNext()) {
  }
}

std::vector<json::Value> Session::take() {
  std::vector<json::Value> messages;
  for (const std::string &body : server_.takeOutgoing())
    messages.push_back(llvm::cantFail(json::parse(body)));
  return messages;
}

json::Value Session::answer(int64_t id, llvm::StringRef part) {
  json::Value found = nullptr;
  for (json::Value &message : take()) {
    json::Object &object = *message.getAsObject();
    if (object.getInteger("id") == id && object.get(part))
      found = std::move(*object.get(part));
  }
  return found;
}

json::Value Session::result(llvm::StringRef method, json::Value params) {
  int64_t id = ask(method, std::move(params));
  settle();
  return answer(id);
}

std::vector<json::Array> Session::published(llvm::StringRef uri) {
  std::vector<json::Array> found;
  for (json::Value &message : take()) {
    json::Object &object = *message.getAsObject();
    if (object.getString("method") !=
        std::optional<llvm::StringRef>("textDocument/publishDiagnostics"))
      continue;
    json::Object &params = *object.getObject("params");
    if (params.getString("uri") == std::optional(uri))
      found.push_back(std::move(*params.getArray("diagnostics")));
  }
  return found;
}

void Session::start(json::Object capabilities, json::Object more) {
  more["capabilities"] = std::move(capabilities);
  ask("initialize", std::move(more));
  notify("initialized", json::Object());
  take();
}

void Session::open(llvm::StringRef uri, llvm::StringRef text, int64_t version) {
  notify("textDocument/didOpen",
         json::Object{{"textDocument", json::Object{{"uri", uri.str()},
                                                    {"languageId", "python"},
                                                    {"version", version},
                                                    {"text", text.str()}}}});
}

void Session::edit(llvm::StringRef uri, int64_t version, uint32_t line, uint32_t begin,
                   uint32_t end, llvm::StringRef text) {
  json::Object change{{"range", lspRange(line, begin, line, end)}, {"text", text.str()}};
  notify("textDocument/didChange",
         json::Object{{"textDocument", json::Object{{"uri", uri.str()}, {"version", version}}},
                      {"contentChanges", json::Array{std::move(change)}}});
}

void Session::replaceAll(llvm::StringRef uri, int64_t version, llvm::StringRef text) {
  notify("textDocument/didChange",
         json::Object{{"textDocument", json::Object{{"uri", uri.str()}, {"version", version}}},
                      {"contentChanges", json::Array{json::Object{{"text", text.str()}}}}});
}

} // namespace fraglint
