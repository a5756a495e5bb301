// What the server says of files is what the command line says of them.

#include "lint/baseline.h"
#include "lint/configuration.h"
#include "lint/project.h"
#include "server/session.h"
#include "support/corpus_files.h"
#include "support/temp_folder.h"

#include "llvm/ADT/STLExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

namespace json = llvm::json;
using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// `12:4-12:9 FRG201 2 message`, as the protocol counts.
std::string lineOf(const json::Value &diagnostic) {
  const json::Object &object = *diagnostic.getAsObject();
  const json::Object &range = *object.getObject("range");
  auto place = [&](llvm::StringRef end) {
    const json::Object &position = *range.getObject(end);
    return std::to_string(*position.getInteger("line")) + ":" +
           std::to_string(*position.getInteger("character"));
  };
  return place("start") + "-" + place("end") + " " + object.getString("code")->str() + " " +
         std::to_string(*object.getInteger("severity")) + " " + object.getString("message")->str();
}

std::vector<std::string> linesOf(const json::Array &diagnostics) {
  std::vector<std::string> lines;
  for (const json::Value &one : diagnostics)
    lines.push_back(lineOf(one));
  return lines;
}

/// The same of what `check PATH` finds.
std::vector<std::string> checked(const std::string &path) {
  Configuration configuration({}, {});
  Settings settings = llvm::cantFail(configuration.settingsFor(path));
  FileResult result = Project({{path, nullptr, &settings}}).lint(path);
  std::vector<std::string> lines;
  for (const Diagnostic &found : result.diagnostics) {
    if (found.severity < settings.level)
      continue;
    const LineIndex &index = result.file->lines();
    Position begin = index.position(found.location.range.begin, ColumnUnit::Utf16);
    Position end = index.position(found.location.range.end, ColumnUnit::Utf16);
    lines.push_back(std::to_string(begin.line) + ":" + std::to_string(begin.column) + "-" +
                    std::to_string(end.line) + ":" + std::to_string(end.column) + " " +
                    found.rule->code.str() + " " +
                    (found.severity == Severity::Error     ? "1 "
                     : found.severity == Severity::Warning ? "2 "
                                                           : "3 ") +
                    found.message);
  }
  return lines;
}

std::vector<CorpusFile> wholeCorpus() {
  return corpusFiles({"rules", "firmware", "syntax", "flow", "heap"});
}

/// Whether the file is what an editor would show as text, unchanged.
bool isPlainText(llvm::StringRef bytes) {
  return json::isUTF8(bytes) && !bytes.starts_with("\xEF\xBB\xBF");
}

TEST(Findings, OfOpenDocumentsAreThoseOfTheCommandLine) {
  Session session;
  session.start();
  size_t compared = 0;
  for (const CorpusFile &file : wholeCorpus()) {
    std::string bytes = file.bytes();
    if (!isPlainText(bytes))
      continue;
    std::string uri = uriOfPath(file.path());
    session.open(uri, bytes);
    session.settle();
    std::vector<json::Array> published = session.published(uri);
    ASSERT_THAT(published, SizeIs(1)) << file.name;
    EXPECT_THAT(linesOf(published.front()), ElementsAreArray(checked(file.path()))) << file.name;
    session.notify("textDocument/didClose", textDocument(uri));
    ++compared;
  }
  EXPECT_GT(compared, 500U);
}

TEST(Findings, OfFilesThatAreNotOpenAreThoseOfTheCommandLine) {
  Session session;
  session.start(json::Object{{"textDocument", json::Object{{"diagnostic", json::Object()}}}});
  for (const CorpusFile &file : wholeCorpus()) {
    json::Value report =
        session.result("textDocument/diagnostic", textDocument(uriOfPath(file.path())));
    ASSERT_TRUE(report.getAsObject()) << file.name;
    EXPECT_THAT(linesOf(*report.getAsObject()->getArray("items")),
                ElementsAreArray(checked(file.path())))
        << file.name;
  }
}

constexpr llvm::StringLiteral kReader = "def read(uart):\n"
                                        "    frame = bytearray(2048)\n"
                                        "    uart.readinto(frame)\n";
constexpr llvm::StringLiteral kLoop = "import board\n"
                                      "import reader\n"
                                      "uart = board.UART()\n"
                                      "while True:\n"
                                      "    reader.read(uart)\n";

TEST(Findings, SeeOpenDocumentsInFrontOfTheDisk) {
  TempFolder folder;
  folder.write("code.py", kLoop);
  folder.write("reader.py", "def read(uart):\n    pass\n");
  std::string reader = uriOfPath(folder.path("reader.py"));
  Session session;
  session.start();
  session.open(reader, kReader);
  session.settle();
  std::vector<json::Array> published = session.published(reader);
  ASSERT_THAT(published, SizeIs(1));
  ASSERT_THAT(published[0], SizeIs(1));
  EXPECT_THAT(lineOf(published[0][0]), HasSubstr("FRG103"));
}

TEST(Findings, FollowWhatAnotherDocumentSays) {
  TempFolder folder;
  std::string reader = uriOfPath(folder.path("reader.py"));
  std::string code = uriOfPath(folder.path("code.py"));
  Session session;
  session.start();
  session.open(code, kLoop);
  session.open(reader, kReader);
  session.settle();
  EXPECT_THAT(session.published(reader).back(), SizeIs(1));
  session.replaceAll(code, 2, "import reader\n"); // no loop any more
  session.settle();
  EXPECT_THAT(session.published(reader).back(), IsEmpty());
}

TEST(Findings, AreToldOfDocumentsThatAreNoFiles) {
  Session session;
  session.start();
  session.open("untitled:Untitled-1", "import board\nwhile True:\n    x = bytearray(9000)\n");
  session.settle();
  std::vector<json::Array> published = session.published("untitled:Untitled-1");
  ASSERT_THAT(published, SizeIs(1));
  ASSERT_THAT(published[0], SizeIs(1));
  EXPECT_THAT(lineOf(published[0][0]), HasSubstr("FRG103"));
}

TEST(Findings, AreTakenBackWhenADocumentIsClosed) {
  Session session;
  session.start();
  session.open("file:///none/x.py", "x = = 1\n");
  session.settle();
  EXPECT_THAT(session.published("file:///none/x.py").back(), SizeIs(1));
  session.notify("textDocument/didClose", textDocument("file:///none/x.py"));
  EXPECT_THAT(session.published("file:///none/x.py").back(), IsEmpty());
}

TEST(Findings, ThatABaselineKnowsAreNotShownAndTheBaselineStaysAsItIs) {
  TempFolder folder;
  std::string loops = "import board\nuart = board.UART()\nwhile True:\n    first = "
                      "bytearray(4096)\n    uart.readinto(first)\n";
  folder.write("code.py", loops);
  std::string path = folder.path("code.py"), uri = uriOfPath(path);
  Settings settings = Settings::defaults();
  Baseline baseline(folder.path("fraglint-baseline.json"));
  baseline.set(path, knownFindings(lintPath(path, settings).diagnostics));
  ASSERT_FALSE(bool(baseline.write()));
  Session session;
  session.start();
  session.open(uri, loops);
  session.settle();
  EXPECT_THAT(session.published(uri), ElementsAreArray({json::Array()}));
  session.replaceAll(uri, 2,
                     "# Moved.\n" + loops +
                         "    second = bytearray(4096)\n"
                         "    uart.readinto(second)\n");
  session.settle();
  std::vector<json::Array> published = session.published(uri);
  ASSERT_THAT(published, SizeIs(1));
  EXPECT_THAT(linesOf(published.front()),
              ElementsAreArray({testing::StartsWith("6:13-6:28 FRG103 2 ")}));
  // Mended in the editor: the file is what `check` changes.
  session.replaceAll(uri, 3, "import board\n");
  session.settle();
  EXPECT_EQ(baseline.text(), folder.read("fraglint-baseline.json"));
  // One that cannot be read hides nothing.
  folder.write("fraglint-baseline.json", "{");
  session.notify("workspace/didChangeWatchedFiles",
                 json::Object{{"changes", json::Array{json::Object{
                                              {"uri", uriOfPath(baseline.path())}, {"type", 2}}}}});
  session.replaceAll(uri, 4, loops);
  session.settle();
  published = session.published(uri);
  ASSERT_FALSE(published.empty());
  EXPECT_THAT(linesOf(published.back()),
              ElementsAreArray({testing::StartsWith("3:12-3:27 FRG103 2 ")}));
}

} // namespace
} // namespace fraglint
