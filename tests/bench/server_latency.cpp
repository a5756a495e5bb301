// How long the language server takes from an edit to its findings, in a long file: what `./dev
// bench server` prints. Its own time, without the pause that it makes while somebody types. Where
// the evaluator has a part in the findings, they are published before it has looked at the text,
// and again where it finds something else: then both times are printed.

#include "server/session.h"
#include "syntax/keywords.h"
#include "syntax/thread_clock.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <random>
#include <thread>

namespace fraglint {
namespace {

// Of the processor, since a bench shares it with others; the server has one thread here.
using Clock = ThreadClock;

constexpr llvm::StringLiteral kUri("file:///bench/code.py");

double milliseconds(Clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

/// By the nearest rank: so many of the times are no longer than it.
double atQuantile(std::vector<double> &times, double quantile) {
  std::sort(times.begin(), times.end());
  auto rank = static_cast<size_t>(std::ceil(quantile * double(times.size())));
  return times[std::max<size_t>(rank, 1) - 1];
}

void report(llvm::StringRef what, std::vector<double> times) {
  double p50 = atQuantile(times, 0.50);
  double p99 = atQuantile(times, 0.99);
  llvm::outs() << llvm::left_justify(what, 28)
               << llvm::format("p50 %7.2f ms   p99 %7.2f ms   most %7.2f ms   (%zu edits)\n", p50,
                               p99, times.back(), times.size());
}

/// Times of the processor since an edit.
struct Latency {
  double first; ///< until findings are published
  double whole; ///< until the evaluator has looked at the text, too; else as the first
};

/// One document in a session, edited and undone.
class Typist {
public:
  explicit Typist(std::string text) : text_(std::move(text)), lines_(text_) {
    session_.start();
    Clock::time_point begin = Clock::now();
    session_.open(kUri, text_);
    session_.settle();
    llvm::outs() << lines_.lineCount() << " lines, opened in "
                 << llvm::format("%.2f ms, ", milliseconds(Clock::now() - begin))
                 << session_.published(kUri).back().size() << " findings\n";
  }

  uint32_t lineCount() const { return lines_.lineCount(); }
  llvm::StringRef line(uint32_t number) const {
    TextRange range = lines_.lineRange(number);
    return llvm::StringRef(text_).slice(range.begin, range.end);
  }

  /// From the insertion on.
  Latency type(uint32_t line, uint32_t column, llvm::StringRef typed) {
    Latency time = edit(line, column, line, column, typed);
    bool isNewLine = typed.contains('\n');
    edit(line, column, isNewLine ? line + 1 : line,
         isNewLine ? 0 : column + static_cast<uint32_t>(typed.size()), "");
    return time;
  }

  /// Time of the clock on the wall from an edit until the analysis that was under way for `typed`
  /// is over; nothing where it was over before.
  std::optional<double> typeIntoAnalysis(uint32_t line, uint32_t column, llvm::StringRef typed) {
    using Wall = std::chrono::steady_clock;
    tell(line, column, line, column, typed);
    session_.pass(std::chrono::seconds(10));
    LanguageServer::Job job = session_.takeJob();
    std::atomic<bool> isOver = false;
    LanguageServer::Completion completion;
    Wall::time_point over;
    std::thread worker([&] {
      completion = job();
      over = Wall::now();
      isOver = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    bool wasOver = isOver;
    Wall::time_point edited = Wall::now();
    tell(line, column, line, column + static_cast<uint32_t>(typed.size()), "");
    worker.join();
    session_.finish(completion);
    session_.settle();
    session_.take();
    if (wasOver)
      return std::nullopt;
    return std::chrono::duration<double, std::milli>(over - edited).count();
  }

private:
  void tell(uint32_t beginLine, uint32_t begin, uint32_t endLine, uint32_t end,
            llvm::StringRef text) {
    llvm::json::Object change{{"range", lspRange(beginLine, begin, endLine, end)},
                              {"text", text.str()}};
    llvm::json::Object document{{"uri", kUri}, {"version", ++version_}};
    session_.notify("textDocument/didChange",
                    llvm::json::Object{{"textDocument", std::move(document)},
                                       {"contentChanges", llvm::json::Array{std::move(change)}}});
  }

  Latency edit(uint32_t beginLine, uint32_t begin, uint32_t endLine, uint32_t end,
               llvm::StringRef text) {
    Clock::time_point started = Clock::now();
    tell(beginLine, begin, endLine, end, text);
    session_.runNext();
    double first = milliseconds(Clock::now() - started);
    bool isMore = session_.runNext();
    double whole = isMore ? milliseconds(Clock::now() - started) : first;
    session_.take();
    return {first, whole};
  }

  std::string text_;
  LineIndex lines_;
  Session session_;
  int64_t version_ = 1;
};

/// Where a letter can be added to a name: between two letters of a word that is no keyword, in
/// front of any comment or string.
std::optional<uint32_t> columnInName(llvm::StringRef line, std::mt19937 &random) {
  llvm::StringRef code = line.take_until([](char c) { return c == '#' || c == '"' || c == '\''; });
  std::vector<uint32_t> columns;
  auto isLetter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  for (uint32_t at = 0; at < code.size();) {
    llvm::StringRef word = code.substr(at).take_while(isLetter);
    if (word.size() > 1 && !isKeyword(word))
      columns.push_back(at + 1);
    at += std::max<uint32_t>(1, static_cast<uint32_t>(word.size()));
  }
  if (columns.empty())
    return std::nullopt;
  return columns[random() % columns.size()];
}

/// Columns are ends of lines.
void measureStops(Typist &typist, llvm::StringRef typed, size_t edits) {
  std::mt19937 random(11);
  std::vector<double> times;
  for (size_t edit = 0; edit < edits; ++edit) {
    auto line = static_cast<uint32_t>(random() % typist.lineCount());
    if (auto time = typist.typeIntoAnalysis(line, uint32_t(typist.line(line).size()), typed))
      times.push_back(*time);
  }
  if (!times.empty())
    report("stopped by the next edit", std::move(times));
}

void measure(Typist &typist, llvm::StringRef what, llvm::StringRef typed, bool inName,
             size_t edits) {
  std::mt19937 random(11);
  std::vector<double> times;
  std::vector<double> whole;
  while (times.size() < edits) {
    auto line = static_cast<uint32_t>(random() % typist.lineCount());
    std::optional<uint32_t> column = inName ? columnInName(typist.line(line), random)
                                            : std::optional(uint32_t(typist.line(line).size()));
    if (!column)
      continue;
    Latency time = typist.type(line, *column, typed);
    times.push_back(time.first);
    whole.push_back(time.whole);
  }
  bool hasMore = whole != times;
  report(what, std::move(times));
  if (hasMore)
    report("  with the evaluator", std::move(whole));
}

} // namespace
} // namespace fraglint

int main(int argc, char **argv) {
  using namespace fraglint;
  if (argc < 2) {
    llvm::errs() << "usage: server_latency FILE.py… (joined to one)\n";
    return 3;
  }
  std::string text;
  for (int index = 1; index < argc; ++index)
    if (auto buffer = llvm::MemoryBuffer::getFile(argv[index]))
      text += (*buffer)->getBuffer();
  if (text.empty()) {
    llvm::errs() << "server_latency: there is nothing to edit in these files\n";
    return 3;
  }
  Typist typist(std::move(text));
  measure(typist, "a letter in a name", "q", true, 200);
  measure(typist, "a blank at a line's end", " ", false, 200);
  measure(typist, "a line end at a line's end", "\n", false, 200);
  measure(typist, "an opened bracket", "(", false, 100);
  measure(typist, "an opened string", "\"", false, 100);
  measureStops(typist, "\"", 100);
  return 0;
}
