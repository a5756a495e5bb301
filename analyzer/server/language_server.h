#pragma once
/// The language server: messages in, messages out, no input or output of its own, and no clock.

#include "server/code_actions.h"
#include "server/configuration_mistakes.h"
#include "server/document_store.h"
#include "server/json_rpc.h"
#include "server/protocol.h"
#include "server/workspace.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// All members are called from one thread. Work that takes time is given out as jobs, which may run
/// on another thread: one at a time, the next one not before finish() of the last.
class LanguageServer {
public:
  using Clock = std::chrono::steady_clock;
  using Time = Clock::time_point;
  /// What is left to do on the server's own thread when a job is done. Receiving a message may stop
  /// a job that runs, when its result is of no use any more: it ends soon then.
  using Completion = std::function<void()>;
  using Job = std::function<Completion()>;

  /// Takes the body of one frame. False where it is no JSON, so that the frame's length may have
  /// been wrong.
  bool receive(llvm::StringRef body, Time now);
  /// When takeJob() has a job; nothing where none waits.
  std::optional<Time> due() const;
  /// The next job that is due; empty where there is none, and while one runs.
  Job takeJob(Time now);
  void finish(const Completion &completion, Time now);
  /// Bodies of frames for the client, in order.
  std::vector<std::string> takeOutgoing() { return std::exchange(outgoing_, {}); }
  /// Set when the client has said that it is over: the status to exit with.
  std::optional<int> exitStatus() const { return exitStatus_; }
  /// All that it takes, requests and notifications.
  static std::vector<llvm::StringRef> methodNames();

private:
  using Answer =
      std::function<void(const llvm::json::Value &id, const Document &, const Analysis &)>;

  enum class Phase : uint8_t { Created, Running, ShutDown };

  /// What is known of an open document.
  struct Tracked {
    Time due = Time::max(); ///< when to analyse it; max: what is known is of its text
    Time lastEdit = Time::min();
    Time firstWaitingEdit = Time::min(); ///< since the last analysis
    std::shared_ptr<const SourceFile> analysed; ///< the text that `analysis` is of
    std::shared_ptr<const Analysis> analysis; ///< null at first
    std::shared_ptr<const Analysis> sound; ///< the last of valid Python; null where there is none
    /// What was published of the text without the evaluator, until it is analysed as a whole.
    std::optional<llvm::json::Array> first;
  };
  /// A request that waits for the analysis of a document.
  struct Waiting {
    llvm::json::Value id;
    std::string path;
    Answer answer;
  };
  /// Work for a request that no document's analysis answers.
  struct Task {
    llvm::json::Value id;
    Job job;
  };
  /// A `workspace/diagnostic` in work.
  struct WorkspacePull {
    llvm::json::Value id;
    llvm::json::Value token; ///< of its progress; null where none is wanted
    std::map<std::string, std::string> known; ///< result ids that the client has, by URI
    std::vector<std::string> paths;
    size_t next = 0;
    llvm::json::Array items;
  };
  struct Method {
    llvm::StringLiteral name;
    void (LanguageServer::*handle)(const RpcMessage &message);
  };

  static llvm::ArrayRef<Method> methods();
  void dispatch(const RpcMessage &message);
  void send(const llvm::json::Value &message);
  void notify(llvm::StringRef method, llvm::json::Value params);
  void ask(llvm::StringRef method, llvm::json::Value params,
           std::function<void(const llvm::json::Value &)> onResult = {});
  void reply(const RpcMessage &request, llvm::json::Value result);
  void fail(const llvm::json::Value &id, RpcErrorCode code, llvm::StringRef why);

  // Life cycle
  void initialize(const RpcMessage &message);
  void initialized(const RpcMessage &message);
  void shutdown(const RpcMessage &message);
  void exit(const RpcMessage &message);
  void setTrace(const RpcMessage &message);
  void cancel(const RpcMessage &message);
  llvm::json::Object capabilities() const;
  void registerForChanges();

  // Documents
  void didOpen(const RpcMessage &message);
  void didChange(const RpcMessage &message);
  void didSave(const RpcMessage &message);
  void didClose(const RpcMessage &message);

  // The workspace
  void didChangeConfiguration(const RpcMessage &message);
  void didChangeWatchedFiles(const RpcMessage &message);
  void didChangeWorkspaceFolders(const RpcMessage &message);
  void takeSettings(const llvm::json::Value *settings);
  void askForSettings();
  void executeCommand(const RpcMessage &message);

  // Questions
  void codeAction(const RpcMessage &message);
  void resolveCodeAction(const RpcMessage &message);
  void hover(const RpcMessage &message);
  void inlayHint(const RpcMessage &message);
  void documentDiagnostic(const RpcMessage &message);
  void workspaceDiagnostic(const RpcMessage &message);
  void answerWhenAnalysed(const RpcMessage &message, Answer answer);
  void resolveFixAll(const llvm::json::Value &id, llvm::json::Object action,
                     std::function<llvm::json::Value(llvm::json::Object)> wrap);

  // Analyses
  WorkspaceState state(llvm::StringRef about = {}) const;
  std::string uriOf(const SourceFile &file) const;
  void schedule(const std::string &path, Time when);
  void scheduleAll(Time when);
  void scheduleUsers(const std::string &path, Time when);
  Job analysisJob(const std::string &path);
  void stopAnalysis(llvm::StringRef path);
  Extent extentOf(const std::string &path) const;
  void settle(const std::string &path, const std::shared_ptr<const SourceFile> &file,
              std::shared_ptr<const Analysis> analysis);
  llvm::json::Array diagnosticsOf(const Analysis &analysis) const;
  void publish(const Document &document, llvm::json::Array diagnostics);
  void answerWaiting(const std::string &path);
  void tellProblem(const std::string &problem);
  void showMistakes();
  llvm::json::Object diagnosticReport(const Analysis &analysis, llvm::StringRef known) const;
  bool isUpToDate(const std::string &path) const;
  Job workspaceJob();
  void finishWorkspacePull();
  void changed();

  Phase phase_ = Phase::Created;
  Time now_; ///< of the message in work
  ClientCapabilities client_;
  PositionCodec codec_;
  bool traces_ = false;
  std::vector<WorkspaceFolder> folders_;
  std::shared_ptr<const ClientSettings> settings_ = std::make_shared<ClientSettings>();
  bool showsCosts_ = false;
  DocumentStore documents_;
  std::map<std::string, Tracked> tracked_; ///< by path, as documents_
  std::vector<Waiting> waiting_;
  std::deque<Task> tasks_;
  std::optional<WorkspacePull> pull_;
  uint64_t changes_ = 0; ///< whatever may change a finding
  uint64_t pulledChanges_ = ~0ULL; ///< of which a workspace pull has told all
  std::map<std::string, std::function<void(const llvm::json::Value &)>> asked_;
  uint64_t lastAsked_ = 0;
  uint64_t configuration_ = 0;
  uint64_t folderChanges_ = 0;
  std::string toldProblem_;
  MistakesByFile shownMistakes_;
  bool isRunning_ = false; ///< a job
  std::string analysing_; ///< path of the document that the running job analyses; empty: none
  std::shared_ptr<std::atomic<bool>> stop_; ///< for the job that was taken last: that is of no use
  Time jobBegan_;
  std::chrono::microseconds cost_{0}; ///< of a usual analysis
  llvm::json::Value runningId_ = nullptr; ///< of the request that the running job is for
  bool isRunningCancelled_ = false;
  std::vector<std::string> outgoing_;
  std::optional<int> exitStatus_;
  Workspace workspace_; ///< only jobs touch it
};

} // namespace fraglint
