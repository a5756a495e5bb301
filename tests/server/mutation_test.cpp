// Recorded sessions, damaged at random: whatever comes, the server goes on answering.

#include "server/session.h"

#include "llvm/Support/JSON.h"

#include <gtest/gtest.h>

#include <cctype>
#include <random>

namespace fraglint {
namespace {

namespace json = llvm::json;

constexpr size_t kMutations = 10000;
constexpr llvm::StringLiteral kUri("file:///none/code.py");
constexpr llvm::StringLiteral
    kText("import board\nwhile True:\n    x = bytearray(9000)\n    del x\n");

json::Object at(json::Object more) {
  more["textDocument"] = json::Object{{"uri", kUri}, {"version", 2}};
  return more;
}

/// What an editor sends, one message of each kind.
std::vector<std::string> recordedMessages() {
  std::vector<std::string> messages;
  int64_t id = 100;
  auto add = [&](llvm::StringRef method, json::Value params, bool isRequest) {
    json::Object message{
        {"jsonrpc", "2.0"}, {"method", method.str()}, {"params", std::move(params)}};
    if (isRequest)
      message["id"] = ++id;
    messages.push_back(textOf(std::move(message)));
  };
  json::Object document{{"uri", kUri}, {"languageId", "python"}, {"version", 1}, {"text", kText}};
  add("textDocument/didOpen", json::Object{{"textDocument", std::move(document)}}, false);
  json::Object change{{"range", lspRange(2, 4, 2, 6)}, {"text", "yy"}};
  add("textDocument/didChange",
      at(json::Object{{"contentChanges", json::Array{std::move(change)}}}), false);
  add("textDocument/didSave", at(json::Object()), false);
  add("textDocument/hover", at(json::Object{{"position", lspPosition(2, 9)}}), true);
  add("textDocument/codeAction",
      at(json::Object{{"range", lspRange(0, 0, 4, 0)},
                      {"context", json::Object{{"only", json::Array()}}}}),
      true);
  add("textDocument/inlayHint", at(json::Object{{"range", lspRange(0, 0, 4, 0)}}), true);
  add("textDocument/diagnostic", at(json::Object{{"previousResultId", "1"}}), true);
  add("workspace/didChangeConfiguration",
      json::Object{{"settings", json::Object{{"fraglint", json::Object{{"level", "note"}}}}}},
      false);
  add("workspace/executeCommand", json::Object{{"command", "fraglint.toggleCosts"}}, true);
  add("$/cancelRequest", json::Object{{"id", 101}}, false);
  add("textDocument/didClose", at(json::Object()), false);
  return messages;
}

/// Damages a message by a few bytes: changed, taken out, doubled, or by a number in place of
/// digits.
std::string damaged(std::string text, std::mt19937 &random) {
  static constexpr llvm::StringLiteral kPieces[] = {
      "{", "}", "[", "]", "\"", ":", ",", "null", "-1", "9e15", "1e400", "true", "\\u0000", "\xff"};
  for (size_t times = 1 + random() % 3; times != 0 && !text.empty(); --times) {
    size_t place = random() % text.size();
    switch (random() % 4) {
    case 0:
      text[place] = static_cast<char>(random());
      break;
    case 1:
      text.erase(place, 1 + random() % 8);
      break;
    case 2:
      text.insert(place, text.substr(place, random() % 16));
      break;
    default:
      text.replace(place, std::min<size_t>(text.size() - place, random() % 3),
                   kPieces[random() % std::size(kPieces)].str());
    }
  }
  return text;
}

/// A header with a byte that is no digit in it, or with bytes taken out: its length is never longer
/// than it was, so that nothing is waited for that does not come.
std::string damagedHeader(std::string header, std::mt19937 &random) {
  size_t place = random() % header.size();
  if (random() % 2 == 0)
    return header.erase(place, 1 + random() % 4);
  do
    header[place] = static_cast<char>(random());
  while (std::isdigit(static_cast<unsigned char>(header[place])));
  return header;
}

TEST(Mutations, LeaveTheServerAnswering) {
  std::mt19937 random(2026);
  std::vector<std::string> messages = recordedMessages();
  Session session;
  session.start();
  for (size_t count = 0; count < kMutations; ++count) {
    std::string whole = frameOf(messages[random() % messages.size()]);
    auto [header, body] = llvm::StringRef(whole).split("{");
    std::string damagedBody = damaged(("{" + body).str(), random);
    if (random() % 8 == 0)
      session.sendBytes(damagedHeader(header.str(), random) + damagedBody);
    else
      session.sendBytes(frameOf(damagedBody));
    if (count % 4 == 0)
      session.sendBytes(frameOf(messages[random() % messages.size()]));
    session.wait(std::chrono::milliseconds(20));
    if (count % 100 != 99)
      continue;
    session.settle();
    session.take();
    session.ask("no/such/method", json::Object()); // what a header that was lost swallows
    int64_t id = session.ask("no/such/method", json::Object());
    json::Value error = session.answer(id, "error");
    ASSERT_TRUE(error.getAsObject()) << count;
    EXPECT_EQ(error.getAsObject()->getInteger("code"), -32601);
  }
}

} // namespace
} // namespace fraglint
