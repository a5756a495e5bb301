#include "driver/server_command.h"

#include "driver/crash_message.h"
#include "server/language_server.h"

#include "llvm/Support/Format.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace fraglint {

namespace {

using Clock = LanguageServer::Clock;

/// What the other threads tell the one that owns the server.
class Inbox {
public:
  void addBytes(llvm::StringRef bytes) {
    tell([&] { bytes_.append(bytes.data(), bytes.size()); });
  }
  void addEnd() {
    tell([&] { isEnd_ = true; });
  }
  void addDone(LanguageServer::Completion completion) {
    tell([&] { done_ = std::move(completion); });
  }

  struct News {
    std::string bytes;
    LanguageServer::Completion done; ///< empty where no job ended
    bool isEnd = false;
  };
  /// Waits until there are any, or `until`.
  News wait(std::optional<Clock::time_point> until) {
    std::unique_lock<std::mutex> lock(mutex_);
    auto hasNews = [this] { return !bytes_.empty() || isEnd_ || done_; };
    if (until && *until == Clock::time_point::min())
      until = Clock::now();
    if (until)
      changed_.wait_until(lock, *until, hasNews);
    else
      changed_.wait(lock, hasNews);
    return {std::exchange(bytes_, {}), std::exchange(done_, {}), isEnd_};
  }

private:
  template <typename Change> void tell(Change change) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      change();
    }
    changed_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::string bytes_;
  LanguageServer::Completion done_;
  bool isEnd_ = false;
};

/// Runs one job after another on a thread of its own.
class Worker {
public:
  explicit Worker(Inbox &inbox) : inbox_(inbox), thread_([this] { work(); }) {}
  ~Worker() {
    give({}, /*isLast=*/true);
    thread_.join();
  }
  void give(LanguageServer::Job job, bool isLast = false) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      job_ = std::move(job);
      isLast_ = isLast;
    }
    changed_.notify_one();
  }

private:
  void work() {
    CrashContext context("(language server)");
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return job_ || isLast_; });
      if (!job_)
        return;
      LanguageServer::Job job = std::exchange(job_, {});
      lock.unlock();
      inbox_.addDone(job());
      lock.lock();
    }
  }

  Inbox &inbox_;
  std::mutex mutex_;
  std::condition_variable changed_;
  LanguageServer::Job job_;
  bool isLast_ = false;
  std::thread thread_; ///< uses the rest, so the last
};

/// Hands on what comes on standard input until it ends. Left behind at the end: nothing can wake a
/// thread that reads.
void startReading(std::shared_ptr<Inbox> inbox) {
  std::thread([inbox = std::move(inbox)] {
    char bytes[65536];
    for (;;) {
      ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
      if (count < 0 && errno == EINTR)
        continue;
      if (count <= 0)
        return inbox->addEnd();
      inbox->addBytes({bytes, static_cast<size_t>(count)});
    }
  }).detach();
}

/// The loop around a server: bytes to messages, jobs to the worker, messages to bytes.
class ServerRun {
public:
  ServerRun(Console &console, std::unique_ptr<llvm::raw_fd_ostream> log)
      : console_(console), log_(std::move(log)) {}

  ExitStatus run() {
    startReading(inbox_);
    Worker worker(*inbox_);
    while (!server_.exitStatus()) {
      Inbox::News news = inbox_->wait(server_.due());
      if (news.done)
        server_.finish(news.done, Clock::now());
      frames_.append(news.bytes);
      receive();
      if (LanguageServer::Job job = server_.takeJob(Clock::now()))
        worker.give(std::move(job));
      write();
      if (news.isEnd || console_.isClosed())
        break;
    }
    return server_.exitStatus() == 0 ? ExitStatus::Clean : ExitStatus::Failed;
  }

private:
  void receive() {
    while (!server_.exitStatus()) {
      std::optional<std::string> body = frames_.next();
      if (!body)
        return;
      note("<-", *body);
      if (!server_.receive(*body, Clock::now()))
        frames_.reject(*body);
    }
  }

  void write() {
    for (const std::string &body : server_.takeOutgoing()) {
      console_.out() << frameOf(body);
      note("->", body);
    }
    console_.out().flush();
  }

  void note(llvm::StringRef direction, llvm::StringRef body) {
    if (!log_)
      return;
    std::chrono::duration<double> since = Clock::now() - began_;
    *log_ << llvm::format("%10.4f ", since.count()) << direction << " " << body << "\n";
    log_->flush();
  }

  Console &console_;
  std::unique_ptr<llvm::raw_fd_ostream> log_; ///< null where none is wanted
  Clock::time_point began_ = Clock::now();
  /// Shared with the thread that reads, which may outlive this.
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  FrameReader frames_;
  LanguageServer server_;
};

} // namespace

ExitStatus runServer(const ServerOptions &options, Console &console) {
  std::unique_ptr<llvm::raw_fd_ostream> log;
  if (!options.log.empty()) {
    std::error_code error;
    log = std::make_unique<llvm::raw_fd_ostream>(options.log, error);
    if (error) {
      console.complain("cannot write the log " + options.log + ": " + error.message());
      return ExitStatus::BadUsage;
    }
  }
  return ServerRun(console, std::move(log)).run();
}

} // namespace fraglint
