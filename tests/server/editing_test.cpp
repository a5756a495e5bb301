// What is published while a document is edited, and when.

#include "server/session.h"

#include "support/corpus_files.h"
#include "support/temp_folder.h"

#include "llvm/ADT/STLExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

namespace json = llvm::json;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;
using testing::SizeIs;

constexpr llvm::StringLiteral kUri("file:///none/code.py");

std::string firmware(llvm::StringRef name) {
  for (const CorpusFile &file : corpusFiles({"firmware"}))
    if (llvm::StringRef(file.name).ends_with(name))
      return file.bytes();
  ADD_FAILURE() << name.str() << " is not there";
  return "";
}

uint32_t lineOf(const json::Value &diagnostic) {
  return static_cast<uint32_t>(
      *diagnostic.getAsObject()->getObject("range")->getObject("start")->getInteger("line"));
}

/// Code and line of each, those of `line` left out, and lines behind it as if it were not there.
std::vector<std::string> elsewhere(const json::Array &diagnostics, uint32_t line) {
  std::vector<std::string> found;
  for (const json::Value &one : diagnostics)
    if (uint32_t at = lineOf(one); at != line)
      found.push_back(one.getAsObject()->getString("code")->str() + " " +
                      std::to_string(at > line ? at - 1 : at));
  return found;
}

// --- When ----------------------------------------------------------------------------------------

TEST(Editing, ABurstOfEditsGivesOnePublish) {
  Session session;
  session.start();
  session.open(kUri, "x = 1\n");
  session.settle();
  session.take();
  for (int64_t key = 0; key < 50; ++key) {
    session.edit(kUri, 2 + key, 0, 5, 5, "1");
    session.wait(milliseconds(10));
  }
  session.wait(milliseconds(1000));
  EXPECT_THAT(session.published(kUri), SizeIs(1));
}

TEST(Editing, ALoneEditIsAnsweredSoon) {
  Session session;
  session.start();
  session.open(kUri, "x = 1\n");
  session.settle();
  session.wait(milliseconds(5000));
  session.take();
  session.edit(kUri, 2, 0, 4, 5, "= 2");
  session.wait(milliseconds(50));
  ASSERT_THAT(session.published(kUri), SizeIs(1));
}

// --- In two steps --------------------------------------------------------------------------------

/// Its finding, in line 7, needs the evaluator: only that knows how long it is.
constexpr llvm::StringLiteral kEvaluated("import machine\n"
                                         "import time\n"
                                         "\n"
                                         "uart = machine.UART(1)\n"
                                         "\n"
                                         "def frame(lines):\n"
                                         "    data = bytearray(lines * 240)\n"
                                         "    uart.readinto(data)\n"
                                         "\n"
                                         "while True:\n"
                                         "    frame(125)\n"
                                         "    time.sleep(1)\n");

TEST(TwoSteps, WhatTheEvaluatorFoundStaysUntilItHasLookedAgain) {
  Session session;
  session.start();
  session.open(kUri, kEvaluated);
  session.settle();
  EXPECT_THAT(elsewhere(session.published(kUri).back(), ~0U), ElementsAre("FRG103 6"));
  session.edit(kUri, 2, 2, 0, 0, "# a line more\n");
  session.runNext();
  std::vector<json::Array> first = session.published(kUri);
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_THAT(elsewhere(first[0], ~0U), ElementsAre("FRG103 7"));
  session.settle();
  EXPECT_THAT(session.published(kUri), IsEmpty()) << "nothing else was found";
}

TEST(TwoSteps, WhatTheEvaluatorFindsInTheEditedLineComesSecond) {
  Session session;
  session.start();
  session.open(kUri, kEvaluated);
  session.settle();
  session.take();
  session.edit(kUri, 2, 6, 31, 31, "0"); // lines * 2400
  session.runNext();
  std::vector<json::Array> first = session.published(kUri);
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_THAT(first[0], IsEmpty()) << "what it said of the line is not so any more";
  session.settle();
  std::vector<json::Array> second = session.published(kUri);
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_THAT(elsewhere(second[0], ~0U), ElementsAre("FRG103 6"));
}

TEST(TwoSteps, ManyEditedLinesAreAnalysedAsAWhole) {
  Session session;
  session.start();
  session.open(kUri, kEvaluated);
  session.settle();
  session.take();
  session.edit(kUri, 2, 0, 0, 0, std::string(40, '\n'));
  session.runNext();
  std::vector<json::Array> first = session.published(kUri);
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_THAT(elsewhere(first[0], ~0U), ElementsAre("FRG103 46"));
  session.settle();
  EXPECT_THAT(session.published(kUri), IsEmpty());
}

TEST(TwoSteps, WhoAsksForDiagnosticsGetsThemWhole) {
  Session session;
  session.start(json::Object{{"textDocument", json::Object{{"diagnostic", json::Object{}}}}});
  session.open(kUri, kEvaluated);
  session.settle();
  session.edit(kUri, 2, 6, 31, 31, "0");
  json::Value report = session.result("textDocument/diagnostic", textDocument(kUri));
  EXPECT_THAT(elsewhere(*report.getAsObject()->getArray("items"), ~0U), ElementsAre("FRG103 6"));
}

TEST(TwoSteps, AnIgnoreCommentOfWhatTheEvaluatorFindsIsNotCalledNeedless) {
  std::string text = kEvaluated.str();
  text.insert(text.find("240)") + 4, "  # fraglint: ignore[FRG103]");
  Session session;
  session.start();
  session.open(kUri, text);
  session.settle();
  EXPECT_THAT(session.published(kUri).back(), IsEmpty());
  session.edit(kUri, 2, 2, 0, 0, "# a line more\n");
  session.runNext();
  std::vector<json::Array> first = session.published(kUri);
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_THAT(first[0], IsEmpty());
}

TEST(Editing, AVeryLongBurstIsAnsweredNowAndThen) {
  Session session;
  session.start();
  session.open(kUri, "x = 1\n");
  session.settle();
  session.take();
  for (int64_t key = 0; key < 500; ++key) {
    session.edit(kUri, 2 + key, 0, 5, 5, "1");
    session.wait(milliseconds(10));
  }
  EXPECT_THAT(session.published(kUri),
              testing::SizeIs(testing::AllOf(testing::Ge(3U), testing::Le(6U))));
}

TEST(Editing, StaleResultsAreNeverPublished) {
  Session session;
  session.start();
  session.open(kUri, "x = = 1\n");
  LanguageServer::Job job = session.takeJob();
  ASSERT_TRUE(job);
  LanguageServer::Completion done = job(); // of the text before this edit
  session.replaceAll(kUri, 2, "x = 1\n");
  session.finish(done);
  EXPECT_THAT(session.published(kUri), IsEmpty());
  session.settle();
  std::vector<json::Array> published = session.published(kUri);
  ASSERT_THAT(published, SizeIs(1));
  EXPECT_THAT(published[0], IsEmpty());
}

TEST(Editing, AnEditStopsTheAnalysisOfWhatWasThereBefore) {
  Session session;
  session.start({}, json::Object{{"trace", "verbose"}});
  auto traces = [&session] {
    std::vector<std::string> found;
    for (const json::Value &message : session.take())
      if (message.getAsObject()->getString("method") ==
          std::optional<llvm::StringRef>("$/logTrace"))
        found.push_back(message.getAsObject()
                            ->getObject("params")
                            ->getString("message")
                            ->split(" in ")
                            .first.str());
    return found;
  };
  session.open(kUri, "x = = 1\n");
  LanguageServer::Job job = session.takeJob();
  ASSERT_TRUE(job);
  session.replaceAll(kUri, 2, "x = = 2\n");
  session.finish(job());
  EXPECT_THAT(traces(), ElementsAre("/none/code.py: stopped"));
  session.settle();
  EXPECT_THAT(traces(), ElementsAre("/none/code.py: analysed"));
  EXPECT_THAT(session.result("textDocument/diagnostic", textDocument(kUri))
                  .getAsObject()
                  ->getArray("items")
                  ->size(),
              1U);
}

TEST(Editing, AStoppedAnalysisLeavesNothingBehindOfTheFilesThatItRead) {
  TempFolder folder;
  std::string helper; // so long that its parse is stopped, too
  for (int line = 0; line < 500; ++line)
    helper += "x = [1, 2, 3]\n";
  folder.write("helper.py", helper + "def make():\n    return bytearray(4096)\n");
  std::string uri = uriOfPath(folder.path("code.py"));
  llvm::StringRef program =
      "import helper\nwhile True:\n    frame = helper.make()\n    print(len(frame))\n";
  Session fresh;
  fresh.start();
  fresh.open(uri, program);
  fresh.settle();
  std::vector<json::Array> expected = fresh.published(uri);
  ASSERT_THAT(expected, SizeIs(1));

  Session session;
  session.start();
  session.open(uri, program);
  LanguageServer::Job job = session.takeJob();
  ASSERT_TRUE(job);
  session.replaceAll(uri, 2, program);
  session.finish(job());
  session.settle();
  EXPECT_THAT(session.published(uri), ElementsAreArray(expected));
}

TEST(Editing, ResultsOfAClosedDocumentAreDropped) {
  Session session;
  session.start();
  session.open(kUri, "x = = 1\n");
  LanguageServer::Job job = session.takeJob();
  LanguageServer::Completion done = job();
  session.notify("textDocument/didClose", textDocument(kUri));
  session.take();
  session.finish(done);
  EXPECT_TRUE(session.take().empty());
}

TEST(Editing, PublishesTheVersionThatItIsOf) {
  Session session;
  session.start(
      json::Object{{"textDocument",
                    json::Object{{"publishDiagnostics", json::Object{{"versionSupport", true}}}}}});
  session.open(kUri, "x = 1\n", 7);
  session.replaceAll(kUri, 9, "x = 2\n");
  session.settle();
  std::vector<int64_t> versions;
  for (const json::Value &message : session.take())
    versions.push_back(*message.getAsObject()->getObject("params")->getInteger("version"));
  EXPECT_THAT(versions, ElementsAre(9));
}

// --- Cancelling
// ------------------------------------------------------------------------------------

TEST(Cancelling, ARequestThatWaitsIsAnsweredAtOnce) {
  Session session;
  session.start();
  session.open(kUri, "x = 1\n");
  int64_t id =
      session.ask("textDocument/hover", json::Object{{"textDocument", json::Object{{"uri", kUri}}},
                                                     {"position", lspPosition(0, 0)}});
  session.notify("$/cancelRequest", json::Object{{"id", id}});
  json::Value error = session.answer(id, "error");
  ASSERT_TRUE(error.getAsObject());
  EXPECT_EQ(error.getAsObject()->getInteger("code"), -32800);
  session.settle();
  for (const json::Value &message : session.take())
    EXPECT_FALSE(message.getAsObject()->get("id"));
}

TEST(Cancelling, ARequestInWorkIsAnsweredOnce) {
  Session session;
  session.start();
  int64_t id = session.ask("textDocument/diagnostic", textDocument("file:///none/other.py"));
  LanguageServer::Job job = session.takeJob();
  ASSERT_TRUE(job);
  session.notify("$/cancelRequest", json::Object{{"id", id}});
  session.notify("$/cancelRequest", json::Object{{"id", id}});
  session.finish(job());
  EXPECT_THAT(session.take(), SizeIs(1));
}

TEST(Cancelling, WhatIsAnsweredOrUnknownIsLeftAlone) {
  Session session;
  session.start();
  for (const json::Value &id : {json::Value(1), json::Value("x"), json::Value(nullptr)})
    session.notify("$/cancelRequest", json::Object{{"id", id}});
  session.notify("$/cancelRequest", nullptr);
  EXPECT_TRUE(session.take().empty());
}

// --- Lines that are being typed
// ----------------------------------------------------------------------

constexpr llvm::StringLiteral kUnfinished[] = {
    "foo(a,",       "d = {\"a\":",   "x =",        "x = (",      "if",        "if x",
    "for",          "for i",         "for i in",   "while",      "while x",   "def",
    "def f",        "def f(",        "class",      "class A(",   "import",    "from",
    "from x",       "from x import", "x.",         "x[",         "x['a",      "x = \"abc",
    "x = '''doc",   "x = f\"{",      "y = lambda", "print(x, (", "x = [1, 2", "not",
    "x ==",         "x +",           "with",       "with open(", "@",         "del",
    "raise x from", "a, b =",        "x = 1 if",   "x = 1 if y", "*",         "else",
    "x = {1: [(",   "gc.collect(",   "try",        "x = y.z(",   "elif x",    "except",
};
static_assert(std::size(kUnfinished) >= 40);

class UnfinishedLine : public testing::TestWithParam<llvm::StringLiteral> {};

/// Types `typed` as a new line before `line` (from 0), and expects nothing to change elsewhere.
void expectNoBlink(const std::string &text, uint32_t line, llvm::StringRef indent,
                   llvm::StringRef typed) {
  Session session;
  session.start();
  session.open(kUri, text);
  session.settle();
  std::vector<std::string> before = elsewhere(session.published(kUri).back(), ~0U);
  ASSERT_FALSE(before.empty());
  session.edit(kUri, 2, line, 0, 0, (indent + typed + "\n").str());
  session.settle();
  std::vector<json::Array> now = session.published(kUri);
  ASSERT_THAT(now, SizeIs(1));
  EXPECT_THAT(elsewhere(now[0], line), ElementsAreArray(before));
  EXPECT_TRUE(llvm::any_of(now[0], [&](const json::Value &one) { return lineOf(one) == line; }))
      << "nothing says that the line is not finished";
  // And it comes to the truth when it is undone.
  session.replaceAll(kUri, 3, text);
  session.settle();
  EXPECT_THAT(elsewhere(session.published(kUri).back(), ~0U), ElementsAreArray(before));
}

TEST_P(UnfinishedLine, ChangesNoFindingOutsideItself) {
  std::string text = firmware("weather_station/code.py");
  // At the top of the main loop, and at the end of a function.
  llvm::StringRef before = llvm::StringRef(text).split("while True:\n").first;
  expectNoBlink(text, static_cast<uint32_t>(before.count('\n')) + 1, "    ", GetParam());
  llvm::StringRef head = llvm::StringRef(text).split("del forecast").first;
  llvm::StringRef indent = head.rsplit('\n').second;
  expectNoBlink(text, static_cast<uint32_t>(head.count('\n')), indent, GetParam());
}

INSTANTIATE_TEST_SUITE_P(All, UnfinishedLine, testing::ValuesIn(kUnfinished), [](const auto &one) {
  return testNameOf(one.param) + "_" + std::to_string(one.index);
});

TEST(UnfinishedEdit, ALineThatIsTypedAnewKeepsWhatItMeantMeanwhile) {
  std::string text = "import gc\n"
                     "import board\n"
                     "frame = bytearray(8000)\n"
                     "del frame\n"
                     "gc.collect()\n"
                     "frame = bytearray(8000)\n";
  Session session;
  session.start();
  session.open(kUri, text);
  session.settle();
  EXPECT_THAT(session.published(kUri).back(), IsEmpty());
  session.edit(kUri, 2, 4, 11, 12, ""); // gc.collect(
  session.settle();
  EXPECT_THAT(elsewhere(session.published(kUri).back(), 4), IsEmpty());
  session.edit(kUri, 3, 4, 0, 11, ""); // gone
  session.settle();
  EXPECT_THAT(elsewhere(session.published(kUri).back(), ~0U), ElementsAre("FRG201 3"));
}

TEST(UnfinishedEdit, ManyBrokenLinesAreTakenAsTheyAre) {
  std::string text = firmware("weather_station/code.py");
  Session session;
  session.start();
  session.open(kUri, text);
  session.settle();
  session.take();
  std::string broken;
  for (int i = 0; i < 40; ++i)
    broken += "x = = 1\n";
  session.replaceAll(kUri, 2, broken);
  session.settle();
  EXPECT_THAT(session.published(kUri).back(), SizeIs(40));
}

} // namespace
} // namespace fraglint
