#include "server/language_server.h"

#include "lint/file_path.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <iterator>

namespace fraglint {

namespace json = llvm::json;
using std::chrono::milliseconds;

namespace {

/// One edit by itself is answered at once; of several that follow each other like keystrokes, the
/// last.
constexpr milliseconds kLoneEdit{30};
constexpr milliseconds kBurst{150};
/// However long a burst is.
constexpr milliseconds kMostDelay{1000};
/// Other documents that see an edited one wait until it rests.
constexpr milliseconds kUsersDelay{300};
/// A folder of files may change in one go.
constexpr milliseconds kFilesDelay{50};

constexpr llvm::StringLiteral kToggleCosts("fraglint.toggleCosts");

bool isConfigurationFile(llvm::StringRef path) {
  return path.ends_with("/fraglint.toml") || path.ends_with("/pyproject.toml") ||
         path.ends_with("/boot_out.txt") || path.ends_with(("/" + kBaselineName).str());
}

std::vector<std::string> stringsAt(const json::Value &value, llvm::StringRef key) {
  std::vector<std::string> found;
  const json::Value *list = at(value, {key});
  if (const json::Array *array = list ? list->getAsArray() : nullptr)
    for (const json::Value &one : *array)
      if (auto text = one.getAsString())
        found.push_back(text->str());
  return found;
}

std::string stringAt(const json::Value &value, llvm::StringRef key) {
  const json::Value *found = at(value, {key});
  return found ? found->getAsString().value_or("").str() : "";
}

} // namespace

// --- Messages ------------------------------------------------------------------------------------

llvm::ArrayRef<LanguageServer::Method> LanguageServer::methods() {
  static constexpr Method kMethods[] = {
      {"initialize", &LanguageServer::initialize},
      {"initialized", &LanguageServer::initialized},
      {"shutdown", &LanguageServer::shutdown},
      {"exit", &LanguageServer::exit},
      {"$/setTrace", &LanguageServer::setTrace},
      {"$/cancelRequest", &LanguageServer::cancel},
      {"textDocument/didOpen", &LanguageServer::didOpen},
      {"textDocument/didChange", &LanguageServer::didChange},
      {"textDocument/didSave", &LanguageServer::didSave},
      {"textDocument/didClose", &LanguageServer::didClose},
      {"textDocument/codeAction", &LanguageServer::codeAction},
      {"codeAction/resolve", &LanguageServer::resolveCodeAction},
      {"textDocument/hover", &LanguageServer::hover},
      {"textDocument/inlayHint", &LanguageServer::inlayHint},
      {"textDocument/diagnostic", &LanguageServer::documentDiagnostic},
      {"workspace/diagnostic", &LanguageServer::workspaceDiagnostic},
      {"workspace/didChangeConfiguration", &LanguageServer::didChangeConfiguration},
      {"workspace/didChangeWatchedFiles", &LanguageServer::didChangeWatchedFiles},
      {"workspace/didChangeWorkspaceFolders", &LanguageServer::didChangeWorkspaceFolders},
      {"workspace/executeCommand", &LanguageServer::executeCommand},
  };
  return kMethods;
}

std::vector<llvm::StringRef> LanguageServer::methodNames() {
  std::vector<llvm::StringRef> names;
  for (const Method &method : methods())
    names.push_back(method.name);
  return names;
}

bool LanguageServer::receive(llvm::StringRef body, Time now) {
  now_ = now;
  RpcReading reading = readMessage(body);
  if (reading.mistake)
    send(errorMessage(std::move(reading.mistake->id), reading.mistake->error));
  else if (reading.message->isAnswer()) {
    auto asked = asked_.find(reading.message->id.getAsString().value_or("").str());
    if (asked != asked_.end()) {
      auto onResult = std::move(asked->second);
      asked_.erase(asked);
      if (onResult)
        onResult(reading.message->result);
    }
  } else {
    dispatch(*reading.message);
  }
  return reading.isJson;
}

void LanguageServer::dispatch(const RpcMessage &message) {
  bool isExit = message.method == "exit";
  if (phase_ == Phase::Created && message.method != "initialize" && !isExit)
    return fail(message.id, RpcErrorCode::ServerNotInitialized,
                "`initialize` must come before `" + message.method + "`");
  if (phase_ == Phase::ShutDown && !isExit)
    return fail(message.id, RpcErrorCode::InvalidRequest,
                "`" + message.method + "` comes after `shutdown`");
  const auto *method =
      llvm::find_if(methods(), [&](const Method &one) { return message.method == one.name; });
  if (method == methods().end())
    return fail(message.id, RpcErrorCode::MethodNotFound,
                "there is no method `" + message.method + "`");
  (this->*method->handle)(message);
}

/// Written down at once: a value may refer to text that is gone when it is sent.
void LanguageServer::send(const json::Value &message) { outgoing_.push_back(textOf(message)); }

void LanguageServer::notify(llvm::StringRef method, json::Value params) {
  send(notificationMessage(method, std::move(params)));
}

void LanguageServer::ask(llvm::StringRef method, json::Value params,
                         std::function<void(const json::Value &)> onResult) {
  std::string id = "fraglint/" + std::to_string(++lastAsked_);
  asked_[id] = std::move(onResult);
  send(requestMessage(id, method, std::move(params)));
}

void LanguageServer::reply(const RpcMessage &request, json::Value result) {
  if (request.isRequest())
    send(resultMessage(request.id, std::move(result)));
}

/// Nothing for a notification, which nobody waits to hear of.
void LanguageServer::fail(const json::Value &id, RpcErrorCode code, llvm::StringRef why) {
  if (id.kind() != json::Value::Null)
    send(errorMessage(id, {code, why.str()}));
}

// --- Life cycle
// ------------------------------------------------------------------------------------

void LanguageServer::initialize(const RpcMessage &message) {
  if (phase_ != Phase::Created)
    return fail(message.id, RpcErrorCode::InvalidRequest, "`initialize` has come before");
  const json::Object *params = message.params.getAsObject();
  if (!params)
    return fail(message.id, RpcErrorCode::InvalidParams, "`initialize` needs parameters");
  phase_ = Phase::Running;
  client_ = readCapabilities(message.params);
  codec_ = PositionCodec::negotiated(client_.positionEncodings);
  folders_ = readFolders(*params);
  traces_ = params->getString("trace").value_or("off") != "off";
  takeSettings(params->get("initializationOptions"));
  reply(message, json::Object{{"capabilities", capabilities()},
                              {"serverInfo",
                               json::Object{{"name", "fraglint"}, {"version", FRAGLINT_VERSION}}}});
}

json::Object LanguageServer::capabilities() const {
  json::Object folders{{"supported", true}, {"changeNotifications", true}};
  return json::Object{
      {"positionEncoding", codec_.name()},
      {"textDocumentSync",
       json::Object{{"openClose", true}, {"change", 2}, {"save", json::Object{}}}},
      {"codeActionProvider", json::Object{{"codeActionKinds", json::Array{"quickfix", kFixAllKind}},
                                          {"resolveProvider", client_.resolvesEdits}}},
      {"hoverProvider", true},
      {"inlayHintProvider", true},
      {"diagnosticProvider", json::Object{{"identifier", "fraglint"},
                                          {"interFileDependencies", true},
                                          {"workspaceDiagnostics", true},
                                          {"workDoneProgress", true}}},
      {"executeCommandProvider", json::Object{{"commands", json::Array{kToggleCosts}}}},
      {"workspace", json::Object{{"workspaceFolders", std::move(folders)}}}};
}

void LanguageServer::initialized(const RpcMessage &) {
  registerForChanges();
  askForSettings();
}

void LanguageServer::registerForChanges() {
  json::Array registrations;
  if (client_.watchesFiles) {
    json::Array watchers;
    for (llvm::StringRef pattern : {"**/fraglint.toml", "**/pyproject.toml", "**/boot_out.txt",
                                    "**/fraglint-baseline.json", "**/*.py"})
      watchers.push_back(json::Object{{"globPattern", pattern}});
    registrations.push_back(
        json::Object{{"id", "fraglint/files"},
                     {"method", "workspace/didChangeWatchedFiles"},
                     {"registerOptions", json::Object{{"watchers", std::move(watchers)}}}});
  }
  if (client_.configurationChanges)
    registrations.push_back(
        json::Object{{"id", "fraglint/settings"},
                     {"method", "workspace/didChangeConfiguration"},
                     {"registerOptions", json::Object{{"section", "fraglint"}}}});
  if (!registrations.empty())
    ask("client/registerCapability", json::Object{{"registrations", std::move(registrations)}});
}

void LanguageServer::shutdown(const RpcMessage &message) {
  phase_ = Phase::ShutDown;
  for (const Waiting &one : waiting_)
    fail(one.id, RpcErrorCode::RequestCancelled, "the server shuts down");
  for (const Task &task : tasks_)
    fail(task.id, RpcErrorCode::RequestCancelled, "the server shuts down");
  if (pull_)
    fail(pull_->id, RpcErrorCode::RequestCancelled, "the server shuts down");
  waiting_.clear();
  tasks_.clear();
  pull_.reset();
  tracked_.clear();
  if (isRunning_)
    *stop_ = true;
  reply(message, nullptr);
}

void LanguageServer::exit(const RpcMessage &) { exitStatus_ = phase_ == Phase::ShutDown ? 0 : 1; }

void LanguageServer::setTrace(const RpcMessage &message) {
  traces_ = stringAt(message.params, "value") != "off";
}

void LanguageServer::cancel(const RpcMessage &message) {
  const json::Value *id = at(message.params, {"id"});
  if (!id)
    return;
  auto isMeant = [id](const auto &one) { return one.id == *id; };
  bool isPull = pull_ && pull_->id == *id;
  bool isRunning = isRunning_ && !isRunningCancelled_ && runningId_ == *id;
  bool isKnown =
      isPull || isRunning || llvm::any_of(waiting_, isMeant) || llvm::any_of(tasks_, isMeant);
  if (!isKnown)
    return; // answered already
  llvm::erase_if(waiting_, isMeant);
  llvm::erase_if(tasks_, isMeant);
  if (isPull)
    pull_.reset();
  isRunningCancelled_ |= isRunning;
  if (isRunning)
    *stop_ = true;
  fail(*id, RpcErrorCode::RequestCancelled, "cancelled");
}

// --- Documents
// -------------------------------------------------------------------------------------

void LanguageServer::didOpen(const RpcMessage &message) {
  std::string uri = documentUri(message.params);
  const json::Value *text = at(message.params, {"textDocument", "text"});
  if (uri.empty() || !text || !text->getAsString())
    return;
  const json::Value *version = at(message.params, {"textDocument", "version"});
  documents_.open(uri, version ? version->getAsInteger().value_or(0) : 0, *text->getAsString());
  std::string path = pathOfUri(uri);
  tracked_[path] = {};
  ++folderChanges_;
  changed();
  schedule(path, now_);
  scheduleUsers(path, now_ + kUsersDelay);
}

void LanguageServer::didChange(const RpcMessage &message) {
  std::string uri = documentUri(message.params);
  const json::Value *stated = at(message.params, {"contentChanges"});
  std::vector<ContentChange> changes;
  json::Path::Root root;
  if (!stated || !fromJSON(*stated, changes, root))
    return;
  std::string path = pathOfUri(uri);
  const json::Value *version = at(message.params, {"textDocument", "version"});
  if (!documents_.change(uri, version ? version->getAsInteger().value_or(0) : 0, changes, codec_))
    return;
  stopAnalysis(path);
  Tracked &tracked = tracked_[path];
  bool isBurst = tracked.lastEdit != Time::min() && now_ - tracked.lastEdit < kBurst;
  if (tracked.firstWaitingEdit == Time::min())
    tracked.firstWaitingEdit = now_;
  tracked.lastEdit = now_;
  tracked.first.reset();
  auto delay = std::max<Clock::duration>(isBurst ? kBurst : kLoneEdit, 2 * cost_);
  changed();
  tracked.due = std::min(now_ + delay, tracked.firstWaitingEdit + kMostDelay);
  scheduleUsers(path, now_ + std::max<Clock::duration>(kUsersDelay, 2 * delay));
}

/// Without watched files this is the sign that something on disk is new.
void LanguageServer::didSave(const RpcMessage &message) {
  std::string path = pathOfUri(documentUri(message.params));
  if (client_.watchesFiles && !isConfigurationFile(path))
    return;
  ++configuration_;
  ++folderChanges_;
  changed();
  scheduleAll(now_);
}

void LanguageServer::didClose(const RpcMessage &message) {
  std::string uri = documentUri(message.params);
  if (!documents_.close(uri))
    return;
  std::string path = pathOfUri(uri);
  stopAnalysis(path);
  tracked_.erase(path);
  llvm::erase_if(waiting_, [&](const Waiting &one) {
    if (one.path == path)
      fail(one.id, RpcErrorCode::ContentModified, "the document was closed");
    return one.path == path;
  });
  ++folderChanges_;
  changed();
  if (!client_.pullsDiagnostics)
    notify("textDocument/publishDiagnostics",
           json::Object{{"uri", uri}, {"diagnostics", json::Array()}});
  showMistakes();
  scheduleUsers(path, now_ + kUsersDelay);
}

// --- The workspace
// ---------------------------------------------------------------------------------

void LanguageServer::changed() { ++changes_; }

void LanguageServer::takeSettings(const json::Value *settings) {
  if (!settings || !settings->getAsObject())
    return;
  if (const json::Value *inner = at(*settings, {"settings"}))
    settings = inner;
  if (const json::Value *inner = at(*settings, {"fraglint"}))
    settings = inner;
  ClientSettings taken;
  taken.target = stringAt(*settings, "target");
  taken.level = stringAt(*settings, "level");
  taken.config = stringAt(*settings, "config");
  taken.select = stringsAt(*settings, "select");
  taken.extendSelect = stringsAt(*settings, "extendSelect");
  taken.ignore = stringsAt(*settings, "ignore");
  const json::Value *shows = at(*settings, {"inlayHints"});
  taken.showsCosts = shows && shows->getAsBoolean().value_or(false);
  if (taken == *settings_)
    return;
  showsCosts_ = taken.showsCosts;
  settings_ = std::make_shared<const ClientSettings>(std::move(taken));
  changed();
  scheduleAll(now_);
}

void LanguageServer::askForSettings() {
  if (!client_.configuration)
    return;
  ask("workspace/configuration",
      json::Object{{"items", json::Array{json::Object{{"section", "fraglint"}}}}},
      [this](const json::Value &result) {
        if (const json::Array *array = result.getAsArray(); array && !array->empty())
          takeSettings(&array->front());
      });
}

void LanguageServer::didChangeConfiguration(const RpcMessage &message) {
  if (client_.configuration)
    askForSettings();
  else
    takeSettings(at(message.params, {"settings"}));
}

void LanguageServer::didChangeWatchedFiles(const RpcMessage &message) {
  const json::Value *stated = at(message.params, {"changes"});
  const json::Array *all = stated ? stated->getAsArray() : nullptr;
  for (const json::Value &one : all ? *all : json::Array()) {
    std::string path = pathOfUri(stringAt(one, "uri"));
    const json::Value *type = at(one, {"type"});
    bool isChange = type && type->getAsInteger() == 2;
    if (isConfigurationFile(path)) {
      ++configuration_;
      scheduleAll(now_ + kFilesDelay);
    } else if (!isChange) { // come or gone: an import may mean another file
      ++folderChanges_;
      scheduleAll(now_ + kFilesDelay);
    } else if (!documents_.find(path)) {
      scheduleUsers(path, now_ + kFilesDelay);
    }
    changed();
  }
}

void LanguageServer::didChangeWorkspaceFolders(const RpcMessage &message) {
  auto listed = [&](llvm::StringRef key) {
    const json::Value *list = at(message.params, {"event", key});
    return readFolderList(list ? list->getAsArray() : nullptr);
  };
  for (const WorkspaceFolder &gone : listed("removed"))
    llvm::erase_if(folders_, [&](const WorkspaceFolder &one) { return one.path == gone.path; });
  for (WorkspaceFolder &added : listed("added"))
    folders_.push_back(std::move(added));
  changed();
}

void LanguageServer::executeCommand(const RpcMessage &message) {
  if (stringAt(message.params, "command") != kToggleCosts)
    return fail(message.id, RpcErrorCode::InvalidParams, "there is no such command");
  showsCosts_ = !showsCosts_;
  reply(message, nullptr);
  if (client_.refreshesHints)
    ask("workspace/inlayHint/refresh", nullptr);
}

// --- Analyses
// --------------------------------------------------------------------------------------

/// What there is, for a question about the document at `about`: others in which a line is being
/// typed are seen as they were before.
WorkspaceState LanguageServer::state(llvm::StringRef about) const {
  auto open = std::make_shared<OpenFiles>();
  for (const auto &[path, document] : documents_.all()) {
    auto tracked = tracked_.find(path);
    bool isUnfinished = path != about && tracked != tracked_.end() && tracked->second.analysis &&
                        tracked->second.analysis->isUnfinished;
    open->emplace(path, isUnfinished ? tracked->second.sound->result.file : document.file);
  }
  return {std::move(open), settings_, configuration_, folderChanges_};
}

std::string LanguageServer::uriOf(const SourceFile &file) const {
  if (const Document *document = documents_.find(file.path()))
    return document->uri;
  std::string path = absolutePath(file.path());
  const Document *document = documents_.find(path);
  return document ? document->uri : uriOfPath(path);
}

void LanguageServer::schedule(const std::string &path, Time when) {
  if (auto tracked = tracked_.find(path); tracked != tracked_.end())
    tracked->second.due = std::min(tracked->second.due, when);
}

void LanguageServer::scheduleAll(Time when) {
  for (auto &[path, tracked] : tracked_)
    tracked.due = std::min(tracked.due, when);
}

/// The other documents whose findings a file has a part in; later edits push them back.
void LanguageServer::scheduleUsers(const std::string &path, Time when) {
  for (auto &[other, tracked] : tracked_)
    if (other != path && tracked.analysis && tracked.analysis->seen.contains(path))
      tracked.due = when;
}

std::optional<LanguageServer::Time> LanguageServer::due() const {
  if (isRunning_)
    return std::nullopt;
  Time first = Time::max();
  for (const auto &[path, tracked] : tracked_)
    first = std::min(first, tracked.due);
  bool pulls = pull_ && pulledChanges_ != changes_;
  if (!tasks_.empty() || pulls)
    first = Time::min();
  return first == Time::max() ? std::nullopt : std::optional(first);
}

LanguageServer::Job LanguageServer::takeJob(Time now) {
  if (isRunning_)
    return {};
  Job job;
  auto first = llvm::min_element(
      tracked_, [](const auto &a, const auto &b) { return a.second.due < b.second.due; });
  runningId_ = nullptr;
  analysing_.clear();
  if (first != tracked_.end() && first->second.due <= now) {
    job = analysisJob(first->first);
  } else if (!tasks_.empty()) {
    runningId_ = tasks_.front().id;
    job = std::move(tasks_.front().job);
    tasks_.pop_front();
  } else if (pull_ && pulledChanges_ != changes_) {
    job = workspaceJob();
  }
  if (!job)
    return job;
  isRunning_ = true;
  isRunningCancelled_ = false;
  jobBegan_ = now;
  stop_ = std::make_shared<std::atomic<bool>>(false);
  return [stop = stop_, job = std::move(job)] {
    ThreadClock::Stopping stopping(*stop);
    return job();
  };
}

/// What a running analysis finds in a text that is gone is dropped in any case: see settle().
void LanguageServer::stopAnalysis(llvm::StringRef path) {
  if (isRunning_ && analysing_ == path)
    *stop_ = true;
}

void LanguageServer::finish(const Completion &completion, Time now) {
  now_ = now;
  isRunning_ = false;
  if (!isRunningCancelled_ && phase_ == Phase::Running)
    completion();
}

/// An edited document's findings come in two steps where the evaluator has a part in them, which
/// may take longer than people type.
Extent LanguageServer::extentOf(const std::string &path) const {
  const Tracked &tracked = tracked_.at(path);
  bool isFirst = !client_.pullsDiagnostics && tracked.sound &&
                 !tracked.sound->result.evaluated.empty() && !tracked.first &&
                 tracked.analysed != documents_.find(path)->file;
  return isFirst ? Extent::First : Extent::Whole;
}

LanguageServer::Job LanguageServer::analysisJob(const std::string &path) {
  Tracked &tracked = tracked_[path];
  tracked.due = Time::max();
  tracked.firstWaitingEdit = Time::min();
  std::shared_ptr<const SourceFile> file = documents_.find(path)->file;
  analysing_ = path;
  return [this, path, file, sound = tracked.sound, asked = state(path),
          extent = extentOf(path)]() -> Completion {
    auto analysis =
        std::make_shared<const Analysis>(workspace_.analyse(asked, path, sound.get(), extent));
    return [this, path, file, analysis] { settle(path, file, analysis); };
  };
}

/// Takes what an analysis found, unless the document has changed since.
void LanguageServer::settle(const std::string &path, const std::shared_ptr<const SourceFile> &file,
                            std::shared_ptr<const Analysis> analysis) {
  auto took = std::chrono::duration_cast<std::chrono::microseconds>(now_ - jobBegan_);
  if (traces_)
    notify("$/logTrace",
           json::Object{{"message", path + (*stop_ ? ": stopped" : ": analysed") + " in " +
                                        std::to_string(took.count()) + " us"}});
  const Document *document = documents_.find(path);
  auto tracked = tracked_.find(path);
  if (!document || tracked == tracked_.end() || document->file != file)
    return;
  std::optional<json::Array> first = std::exchange(tracked->second.first, std::nullopt);
  if (!first) // what follows upon a first one makes nobody wait
    cost_ = (3 * cost_ + took) / 4;
  if (analysis->isFirst) {
    tracked->second.first = diagnosticsOf(*analysis);
    publish(*document, *tracked->second.first);
    return schedule(path, now_);
  }
  tracked->second.analysed = file;
  if (analysis->tree && analysis->tree->problems().empty())
    tracked->second.sound = analysis;
  tracked->second.analysis = std::move(analysis);
  tellProblem(tracked->second.analysis->problem);
  showMistakes();
  json::Array diagnostics = diagnosticsOf(*tracked->second.analysis);
  if (!client_.pullsDiagnostics && first != diagnostics)
    publish(*document, std::move(diagnostics));
  answerWaiting(path);
}

json::Array LanguageServer::diagnosticsOf(const Analysis &analysis) const {
  return diagnosticsJson(analysis.result.diagnostics, client_, codec_,
                         [this](const SourceFile &file) { return uriOf(file); });
}

void LanguageServer::publish(const Document &document, json::Array diagnostics) {
  json::Object params{{"uri", document.uri}, {"diagnostics", std::move(diagnostics)}};
  if (client_.diagnosticVersion)
    params["version"] = document.version;
  notify("textDocument/publishDiagnostics", std::move(params));
}

/// Each problem of the configuration is said once.
void LanguageServer::tellProblem(const std::string &problem) {
  if (!problem.empty() && problem != toldProblem_)
    notify("window/showMessage",
           json::Object{{"type", 1},
                        {"message", "fraglint: defaults apply, since the configuration has "
                                    "mistakes: " +
                                        problem}});
  if (!problem.empty())
    toldProblem_ = problem;
}

/// Where they were made, as long as an open document is analysed without what the file says. Pushed
/// to all clients, since nobody asks for the diagnostics of such a file.
void LanguageServer::showMistakes() {
  MistakesByFile mistakes;
  for (const auto &[path, tracked] : tracked_)
    if (tracked.analysis)
      addMistakes(tracked.analysis->problem, mistakes);
  auto publishFor = [this](const std::string &path, json::Array diagnostics) {
    notify("textDocument/publishDiagnostics",
           json::Object{{"uri", uriOfPath(path)}, {"diagnostics", std::move(diagnostics)}});
  };
  for (const auto &[path, shown] : shownMistakes_)
    if (!mistakes.count(path))
      publishFor(path, {});
  for (const auto &[path, found] : mistakes)
    if (auto shown = shownMistakes_.find(path);
        shown == shownMistakes_.end() || shown->second != found)
      publishFor(path, found);
  shownMistakes_ = std::move(mistakes);
}

void LanguageServer::answerWaiting(const std::string &path) {
  const Document *document = documents_.find(path);
  const Tracked &tracked = tracked_[path];
  auto first = std::stable_partition(waiting_.begin(), waiting_.end(),
                                     [&](const Waiting &one) { return one.path != path; });
  std::vector<Waiting> ready(std::make_move_iterator(first),
                             std::make_move_iterator(waiting_.end()));
  waiting_.erase(first, waiting_.end());
  for (const Waiting &one : ready)
    one.answer(one.id, *document, *tracked.analysis);
}

} // namespace fraglint
