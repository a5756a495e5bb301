// A long session: findings are always those of a fresh one, and it does not grow.
// FRAGLINT_EDITS is how many edits it has; `./dev check --full replay` replays an hour.

#include "server/session.h"
#include "support/corpus_files.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <malloc.h>
#include <random>

namespace fraglint {
namespace {

namespace json = llvm::json;

/// What people type, and what breaks a program.
constexpr llvm::StringLiteral kTyped[] = {"x",
                                          "1",
                                          " ",
                                          "\n",
                                          "    pass\n",
                                          "del frame\n",
                                          "import gc\n",
                                          "gc.collect()\n",
                                          "#",
                                          "0",
                                          "buffer = bytearray(4096)\n",
                                          "(",
                                          ")",
                                          "\"",
                                          "def f():\n",
                                          "while True:\n    y = bytearray(5000)\n"};
/// Then the text is put back: else it ends as noise.
constexpr unsigned kEditsOfOneText = 3;

unsigned editsWanted() {
  const char *stated = std::getenv("FRAGLINT_EDITS");
  return stated ? static_cast<unsigned>(std::atoi(stated)) : 400;
}

bool isValid(const std::string &text) {
  auto file = std::make_shared<SourceFile>("x.py", text, SourceEncoding::Utf8, false);
  return llvm::cantFail(SyntaxTree::parse(std::move(file)))->problems().empty();
}

class Replay {
public:
  Replay() {
    for (const CorpusFile &file : corpusFiles({"firmware"}))
      documents_.push_back(
          {"file:///none/" + file.name,
           llvm::StringRef(file.name).split("firmware/").second.split('/').first.str(),
           file.bytes(), file.bytes(), 1});
    session_.start();
    for (const Document &document : documents_)
      session_.open(document.uri, document.text);
    session_.settle();
    session_.take();
  }

  /// One edit, and whether the text is valid then; its findings must be those of a fresh session.
  bool edit() {
    if (edits_++ % kEditsOfOneText == 0) {
      restore();
      at_ = random_() % documents_.size();
    }
    Document &document = documents_[at_];
    LineIndex lines(document.text);
    auto line = static_cast<uint32_t>(random_() % lines.lineCount());
    TextRange range = lines.lineRange(line);
    uint32_t begin =
        random_() % 3 == 0 ? 0 : static_cast<uint32_t>(random_() % (range.length() + 1));
    bool isDeletion = random_() % 5 == 0;
    uint32_t end = isDeletion ? range.length() : begin;
    llvm::StringRef typed = isDeletion ? "" : kTyped[random_() % std::size(kTyped)];
    document.text.replace(range.begin + begin, end - begin, typed.str());
    session_.edit(document.uri, ++document.version, line, begin, end, typed);
    std::vector<json::Array> published = settle(document);
    if (!isValid(document.text))
      return false;
    EXPECT_EQ(json::Value(std::move(published.back())), json::Value(findingsOfFresh()))
        << document.text;
    return true;
  }

  /// Puts back the text that is edited, so that sizes of sessions compare.
  void restore() {
    Document &document = documents_[at_];
    document.text = document.original;
    session_.replaceAll(document.uri, ++document.version, document.text);
    settle(document);
  }

private:
  struct Document {
    std::string uri, program, original, text;
    int64_t version;
  };

  std::vector<json::Array> settle(const Document &document) {
    session_.settle();
    std::vector<json::Array> published = session_.published(document.uri);
    // Where the evaluator finds something else than before, it is published behind the rest.
    EXPECT_GE(published.size(), 1U);
    EXPECT_LE(published.size(), 2U);
    return published;
  }

  json::Array findingsOfFresh() const {
    Session session;
    session.start();
    for (const Document &document : documents_) // files of one program import each other
      if (document.program == documents_[at_].program)
        session.open(document.uri, document.text);
    session.settle();
    return std::move(session.published(documents_[at_].uri).back());
  }

  std::vector<Document> documents_;
  size_t at_ = 0;
  unsigned edits_ = 0;
  std::mt19937 random_{5};
  Session session_;
};

size_t bytesInUse() { return mallinfo2().uordblks; }

TEST(Replay, AlwaysEqualsAFreshAnalysisAndDoesNotGrow) {
  Replay replay;
  unsigned edits = editsWanted();
  unsigned valid = 0;
  size_t early = 0;
  for (unsigned edit = 0; edit < edits && !HasFailure(); ++edit) {
    valid += replay.edit() ? 1 : 0;
    if (edit != edits / 4)
      continue;
    replay.restore();
    early = bytesInUse();
  }
  replay.restore();
  EXPECT_GT(valid, edits / 5);
  EXPECT_LE(bytesInUse(), early + (1U << 20U));
}

} // namespace
} // namespace fraglint
