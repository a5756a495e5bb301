// The message scripts of corpus/server: what is sent, and what must come of it (corpus/README.md).

#include "server/session.h"

#include "support/corpus_files.h"
#include "support/temp_folder.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace fraglint {
namespace {

namespace json = llvm::json;
namespace path = llvm::sys::path;

/// Whether `found` is what is `wanted`: objects may hold more, and "*" stands for any value.
// NOLINTNEXTLINE(misc-no-recursion): as deep as the wanted value.
bool matches(const json::Value &wanted, const json::Value &found) {
  if (wanted.getAsString() == std::optional<llvm::StringRef>("*"))
    return true;
  if (const json::Object *object = wanted.getAsObject()) {
    const json::Object *other = found.getAsObject();
    if (!other)
      return false;
    for (const auto &[key, value] : *object)
      if (const json::Value *there = other->get(key); !there || !matches(value, *there))
        return false;
    return true;
  }
  if (const json::Array *array = wanted.getAsArray()) {
    const json::Array *other = found.getAsArray();
    return other && array->size() == other->size() &&
           std::equal(array->begin(), array->end(), other->begin(), matches);
  }
  return wanted == found;
}

/// Runs one script. Steps begin at the start of a line and go on in those that are indented.
class Script {
public:
  explicit Script(const std::string &text) {
    for (llvm::StringRef line : llvm::split(text, '\n')) {
      ++line_;
      if (line.starts_with(" ")) {
        step_ += line.str();
        continue;
      }
      run();
      begin_ = line_;
      step_ = line.str();
    }
    run();
    session_.settle();
    readReceived();
    for (const json::Value &message : received_)
      ADD_FAILURE() << "not expected: " << textOf(message);
  }

private:
  void run() {
    SCOPED_TRACE("step in line " + std::to_string(begin_));
    std::string text = step_;
    for (size_t at = text.find("$ROOT"); at != std::string::npos; at = text.find("$ROOT"))
      text.replace(at, 5, uriOfPath(folder_.path()));
    auto [word, rest] = llvm::StringRef(text).split(' ');
    if (word.empty() || word == "#")
      return;
    if (word == "wait") {
      int time = 0;
      EXPECT_FALSE(rest.getAsInteger(10, time)) << rest.str();
      session_.wait(std::chrono::milliseconds(time));
    } else if (word == "settle") {
      session_.settle();
    } else if (word == "file") {
      auto [name, content] = rest.split(' ');
      json::Value parsed = parse(content);
      folder_.write(name, parsed.getAsString().value_or("?"));
    } else if (word == "->") {
      json::Value message = parse(rest);
      ASSERT_TRUE(message.getAsObject());
      session_.send(*message.getAsObject());
    } else if (word == "<-") {
      expect(parse(rest));
    } else {
      ADD_FAILURE() << "what is `" << word.str() << "`?";
    }
  }

  static json::Value parse(llvm::StringRef text) {
    llvm::Expected<json::Value> value = json::parse(text);
    if (value)
      return std::move(*value);
    ADD_FAILURE() << llvm::toString(value.takeError()) << " in " << text.str();
    return nullptr;
  }

  void readReceived() {
    for (json::Value &message : session_.take())
      received_.push_back(std::move(message));
  }

  void expect(const json::Value &wanted) {
    readReceived();
    if (received_.empty()) {
      ADD_FAILURE() << "nothing came";
      return;
    }
    EXPECT_TRUE(matches(wanted, received_.front()))
        << "wanted " << textOf(wanted) << "\ncame   " << textOf(received_.front());
    received_.erase(received_.begin());
  }

  TempFolder folder_;
  Session session_;
  std::string step_;
  size_t line_ = 0;
  size_t begin_ = 0;
  std::vector<json::Value> received_;
};

std::vector<std::string> scripts() {
  std::vector<std::string> found;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator entry(FRAGLINT_SOURCE_DIR "/corpus/server", error), end;
       !error && entry != end; entry.increment(error))
    if (path::extension(entry->path()) == ".script")
      found.push_back(entry->path());
  llvm::sort(found);
  return found;
}

class MessageScript : public testing::TestWithParam<std::string> {};

TEST_P(MessageScript, IsFollowed) {
  auto buffer = llvm::MemoryBuffer::getFile(GetParam());
  ASSERT_TRUE(buffer);
  Script((*buffer)->getBuffer().str());
}

INSTANTIATE_TEST_SUITE_P(All, MessageScript, testing::ValuesIn(scripts()),
                         [](const auto &one) { return testNameOf(path::stem(one.param)); });

/// Every method that the server knows has a script.
TEST(MessageScripts, CoverEveryMethod) {
  std::string all;
  for (const std::string &file : scripts())
    if (auto buffer = llvm::MemoryBuffer::getFile(file))
      all += (*buffer)->getBuffer();
  for (llvm::StringRef method : LanguageServer::methodNames())
    EXPECT_NE(all.find("\"method\":\"" + method.str() + "\""), std::string::npos) << method.str();
}

} // namespace
} // namespace fraglint
