// The requests that ask something of documents.

#include "server/cost_text.h"
#include "server/language_server.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

namespace fraglint {

namespace json = llvm::json;

namespace {

constexpr llvm::StringLiteral kToggleKind("source.toggleCosts.fraglint");

std::optional<LspRange> rangeAt(const json::Value &params) {
  const json::Value *stated = at(params, {"range"});
  LspRange range;
  json::Path::Root root;
  if (!stated || !fromJSON(*stated, range, root))
    return std::nullopt;
  return range;
}

json::Object progress(const json::Value &token, json::Object value) {
  return json::Object{{"token", token}, {"value", std::move(value)}};
}

} // namespace

bool LanguageServer::isUpToDate(const std::string &path) const {
  const Document *document = documents_.find(path);
  auto tracked = tracked_.find(path);
  return document && tracked != tracked_.end() && tracked->second.due == Time::max() &&
         tracked->second.analysis && tracked->second.analysed == document->file;
}

/// Answers now or when the document's present text is analysed; null where it is not open.
void LanguageServer::answerWhenAnalysed(const RpcMessage &message, Answer answer) {
  std::string path = pathOfUri(documentUri(message.params));
  const Document *document = documents_.find(path);
  if (!document)
    return reply(message, nullptr);
  if (isUpToDate(path))
    return answer(message.id, *document, *tracked_[path].analysis);
  waiting_.push_back({message.id, path, std::move(answer)});
  if (tracked_[path].due != Time::max()) // else its analysis is running
    tracked_[path].due = now_;
}

// --- Code actions
// ----------------------------------------------------------------------------------

void LanguageServer::codeAction(const RpcMessage &message) {
  std::optional<LspRange> range = rangeAt(message.params);
  if (!range)
    return fail(message.id, RpcErrorCode::InvalidParams, "`range` is missing");
  std::vector<std::string> only;
  const json::Value *stated = at(message.params, {"context", "only"});
  if (const json::Array *kinds = stated ? stated->getAsArray() : nullptr)
    for (const json::Value &kind : *kinds)
      only.push_back(kind.getAsString().value_or("").str());
  answerWhenAnalysed(message, [this, range, only](const json::Value &id, const Document &document,
                                                  const Analysis &analysis) {
    ActionQuestion question{document.uri, std::nullopt, {}, only};
    if (client_.documentChanges)
      question.version = document.version;
    question.range = codec_.range(document.file->lines(), *range);
    json::Array actions = quickFixes(question, analysis, client_, codec_,
                                     [this](const SourceFile &file) { return uriOf(file); });
    if (client_.showsHints && question.wants(kToggleKind))
      actions.push_back(json::Object{
          {"title", showsCosts_ ? "Hide heap costs" : "Show heap costs"},
          {"kind", kToggleKind},
          {"command", json::Object{{"title", "Heap costs"}, {"command", "fraglint.toggleCosts"}}}});
    bool wantsAll = question.wants(kFixAllKind) && hasSafeFix(analysis);
    if (!wantsAll)
      return send(resultMessage(id, std::move(actions)));
    json::Object fixAll{{"title", "Fix all that fraglint can mend safely"},
                        {"kind", kFixAllKind},
                        {"data", json::Object{{"uri", document.uri}}}};
    if (client_.resolvesEdits) {
      actions.push_back(std::move(fixAll));
      return send(resultMessage(id, std::move(actions)));
    }
    resolveFixAll(id, std::move(fixAll), [actions](json::Object action) {
      json::Array all = actions;
      if (action.get("edit"))
        all.push_back(std::move(action));
      return json::Value(std::move(all));
    });
  });
}

void LanguageServer::resolveCodeAction(const RpcMessage &message) {
  const json::Object *action = message.params.getAsObject();
  if (!action || !at(message.params, {"data", "uri"}))
    return reply(message, message.params);
  resolveFixAll(message.id, *action,
                [](json::Object resolved) { return json::Value(std::move(resolved)); });
}

/// Works out the edit of `action`, and answers with what `wrap` makes of it. There is no edit where
/// nothing can be mended.
void LanguageServer::resolveFixAll(const json::Value &id, json::Object action,
                                   std::function<json::Value(json::Object)> wrap) {
  std::string uri = documentUri(json::Object{{"textDocument", *action.get("data")}});
  std::string path = pathOfUri(uri);
  const Document *document = documents_.find(path);
  if (!document)
    return fail(id, RpcErrorCode::ContentModified, "the document was closed");
  tasks_.push_back(
      {id, [this, id, uri, path, action = std::move(action), wrap = std::move(wrap),
            file = document->file, version = document->version, asked = state(path)] {
         std::string text, why;
         if (auto fixed = workspace_.fixAll(asked, path))
           text = std::move(*fixed);
         else
           why = llvm::toString(fixed.takeError());
         return [this, id, uri, path, action, wrap, file, version, text, why] {
           if (!why.empty())
             return fail(id, RpcErrorCode::RequestFailed, why);
           const Document *now = documents_.find(path);
           if (!now || now->file != file)
             return fail(id, RpcErrorCode::ContentModified, "the document has changed");
           json::Object resolved = action;
           Edit edit = replacementEdit(*file, text);
           if (!edit.range.empty() || !edit.replacement.empty())
             resolved["edit"] =
                 workspaceEdit(uri, client_.documentChanges ? std::optional(version) : std::nullopt,
                               json::Array{textEdit(*file, edit, codec_)});
           send(resultMessage(id, wrap(std::move(resolved))));
         };
       }});
}

// --- Hover and hints
// -------------------------------------------------------------------------------

void LanguageServer::hover(const RpcMessage &message) {
  const json::Value *stated = at(message.params, {"position"});
  Position position;
  json::Path::Root root;
  if (!stated || !fromJSON(*stated, position, root))
    return fail(message.id, RpcErrorCode::InvalidParams, "`position` is missing");
  answerWhenAnalysed(message, [this, position](const json::Value &id, const Document &document,
                                               const Analysis &analysis) {
    uint32_t offset = document.file->lines().offset(position, codec_.unit);
    std::optional<HoverText> text;
    if (analysis.tree)
      text = hoverAt(analysis.result, *analysis.tree, offset);
    if (!text)
      return send(resultMessage(id, nullptr));
    json::Object content{{"kind", client_.markdownHover ? "markdown" : "plaintext"},
                         {"value", text->markdown}};
    send(resultMessage(id, json::Object{{"contents", std::move(content)},
                                        {"range", codec_.range(*document.file, text->range)}}));
  });
}

void LanguageServer::inlayHint(const RpcMessage &message) {
  std::optional<LspRange> range = rangeAt(message.params);
  if (!range)
    return fail(message.id, RpcErrorCode::InvalidParams, "`range` is missing");
  if (!showsCosts_)
    return reply(message, json::Array());
  answerWhenAnalysed(message, [this, range](const json::Value &id, const Document &document,
                                            const Analysis &analysis) {
    TextRange where = codec_.range(document.file->lines(), *range);
    send(resultMessage(id, costHints(analysis.result, where, codec_)));
  });
}

// --- Pulled diagnostics
// ----------------------------------------------------------------------------

/// A report in full, or none where the client has the same already.
json::Object LanguageServer::diagnosticReport(const Analysis &analysis,
                                              llvm::StringRef known) const {
  json::Array items = diagnosticsJson(analysis.result.diagnostics, client_, codec_,
                                      [this](const SourceFile &file) { return uriOf(file); });
  json::Value value(std::move(items));
  std::string id = llvm::utohexstr(llvm::xxh3_64bits(textOf(value)));
  if (known == id)
    return json::Object{{"kind", "unchanged"}, {"resultId", id}};
  return json::Object{{"kind", "full"}, {"resultId", id}, {"items", std::move(value)}};
}

void LanguageServer::documentDiagnostic(const RpcMessage &message) {
  const json::Value *stated = at(message.params, {"previousResultId"});
  std::string known = stated ? stated->getAsString().value_or("").str() : "";
  std::string path = pathOfUri(documentUri(message.params));
  if (documents_.find(path))
    return answerWhenAnalysed(
        message, [this, known](const json::Value &id, const Document &, const Analysis &analysis) {
          send(resultMessage(id, diagnosticReport(analysis, known)));
        });
  tasks_.push_back({message.id, [this, id = message.id, path, known, asked = state()] {
                      auto analysis =
                          std::make_shared<const Analysis>(workspace_.analyse(asked, path));
                      return [this, id, known, analysis] {
                        send(resultMessage(id, diagnosticReport(*analysis, known)));
                      };
                    }});
}

/// Answered when all files are looked at; while nothing has changed since the last time, not before
/// something does: clients ask again at once.
void LanguageServer::workspaceDiagnostic(const RpcMessage &message) {
  if (pull_)
    fail(pull_->id, RpcErrorCode::RequestCancelled, "asked again");
  pull_ = WorkspacePull{message.id, nullptr, {}, {}, 0, {}};
  if (const json::Value *token = at(message.params, {"workDoneToken"}))
    pull_->token = *token;
  const json::Value *stated = at(message.params, {"previousResultIds"});
  if (const json::Array *ids = stated ? stated->getAsArray() : nullptr)
    for (const json::Value &one : *ids)
      if (const json::Object *object = one.getAsObject())
        pull_->known[object->getString("uri").value_or("").str()] =
            object->getString("value").value_or("").str();
}

/// One file a job, so that documents that are edited come between.
LanguageServer::Job LanguageServer::workspaceJob() {
  runningId_ = pull_->id;
  bool begins = pull_->paths.empty();
  std::vector<std::string> folders;
  folders.reserve(folders_.size());
  for (const WorkspaceFolder &folder : folders_)
    folders.push_back(folder.path);
  if (begins) {
    if (pull_->token.kind() != json::Value::Null)
      notify("$/progress", progress(pull_->token, json::Object{{"kind", "begin"},
                                                               {"title", "fraglint: all files"},
                                                               {"percentage", 0}}));
    return [this, folders, asked = state()]() -> Completion {
      return [this, paths = workspace_.files(asked, folders)] {
        if (!pull_)
          return;
        pull_->paths = paths;
        if (paths.empty())
          finishWorkspacePull();
      };
    };
  }
  return [this, path = pull_->paths[pull_->next],
          asked = state(pull_->paths[pull_->next])]() -> Completion {
    auto analysis = std::make_shared<const Analysis>(workspace_.analyse(asked, path));
    return [this, path, analysis] {
      if (!pull_)
        return;
      const Document *document = documents_.find(path);
      std::string uri = document ? document->uri : uriOfPath(path);
      json::Object report = diagnosticReport(*analysis, pull_->known[uri]);
      report["uri"] = uri;
      report["version"] = document ? json::Value(document->version) : json::Value(nullptr);
      pull_->items.push_back(std::move(report));
      if (++pull_->next == pull_->paths.size())
        finishWorkspacePull();
      else if (pull_->token.kind() != json::Value::Null)
        notify("$/progress",
               progress(pull_->token,
                        json::Object{{"kind", "report"},
                                     {"percentage", 100 * pull_->next / pull_->paths.size()}}));
    };
  };
}

void LanguageServer::finishWorkspacePull() {
  if (pull_->token.kind() != json::Value::Null)
    notify("$/progress", progress(pull_->token, json::Object{{"kind", "end"}}));
  send(resultMessage(pull_->id, json::Object{{"items", std::move(pull_->items)}}));
  pulledChanges_ = changes_;
  pull_.reset();
}

} // namespace fraglint
