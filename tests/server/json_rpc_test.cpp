#include "server/json_rpc.h"

#include "server/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;

/// All bodies that come out of bytes that arrive in pieces of `size`.
std::vector<std::string> bodiesOf(llvm::StringRef bytes, size_t size) {
  FrameReader reader;
  std::vector<std::string> bodies;
  for (; !bytes.empty(); bytes = bytes.drop_front(std::min(size, bytes.size()))) {
    reader.append(bytes.take_front(size));
    while (auto body = reader.next())
      bodies.push_back(*body);
  }
  return bodies;
}

TEST(FrameReader, CutsFramesHoweverTheyArrive) {
  std::string bytes = frameOf("{}") + frameOf("[1]") + frameOf("");
  for (size_t size : {size_t(1), size_t(2), size_t(7), bytes.size()})
    EXPECT_THAT(bodiesOf(bytes, size), ElementsAre("{}", "[1]", "")) << size;
}

TEST(FrameReader, TakesHeadersAsTheyAreSpelled) {
  EXPECT_THAT(bodiesOf("content-length:2\r\n\r\n{}", 99), ElementsAre("{}"));
  EXPECT_THAT(bodiesOf("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n"
                       "Content-Length: 2\r\n\r\n{}",
                       99),
              ElementsAre("{}"));
  EXPECT_THAT(bodiesOf("Content-Length: 2\r\nContent-Type: x\r\n\r\n{}", 99), ElementsAre("{}"));
}

/// What a client that is broken, or a line that is bad, may send. Behind each, a valid request.
struct Malformed {
  llvm::StringLiteral name;
  std::string bytes;
};

std::vector<Malformed> malformed() {
  std::string deep(100000, '[');
  return {
      {"BadJson", frameOf("{\"id\": 1, \"method\": ")},
      {"NoObject", frameOf("[1, 2, 3]")},
      {"OnlyNumber", frameOf("7")},
      {"BadUtf8", frameOf("{\"id\":1,\"method\":\"\xff\xfe\"}")},
      {"GarbageHeader", "this is no header\r\n\r\n"},
      {"GarbageBytes", std::string("\0\xff\x01garbage", 10)},
      {"BareLf", "Content-Length: 2\n\n{}"},
      {"NegativeLength", "Content-Length: -5\r\n\r\n{\"id\":1}"},
      {"NonNumericLength", "Content-Length: many\r\n\r\n{\"id\":1}"},
      {"HugeLength", "Content-Length: 9000000000000000\r\n\r\n{\"id\":1}"},
      {"LongerThanAnyNumber", "Content-Length: 99999999999999999999999999\r\n\r\n{}"},
      {"NoLength", "Content-Length:\r\n\r\n{}"},
      {"LengthTooShort", "Content-Length: 3\r\n\r\n{\"id\":1,\"method\":\"x\"}"},
      {"MethodIsNumber", frameOf("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}")},
      {"MethodIsMissing", frameOf("{\"jsonrpc\":\"2.0\",\"id\":1}")},
      {"NothingInIt", frameOf("{}")},
      {"IdIsObject", frameOf("{\"id\":{},\"method\":\"shutdown\"}")},
      {"ParamsAreText", frameOf("{\"id\":1,\"method\":\"textDocument/hover\",\"params\":\"x\"}")},
      {"DeepArrays", frameOf(deep)},
      {"DeepArraysClosed",
       frameOf("{\"id\":1,\"method\":\"x\",\"params\":" + deep + std::string(100000, ']') + "}")},
      {"DeepObjects", frameOf([] {
         std::string text;
         for (int i = 0; i < 100000; ++i)
           text += "{\"a\":";
         return text;
       }())},
  };
}

class MalformedFrame : public testing::TestWithParam<Malformed> {};

TEST_P(MalformedFrame, IsSurvivedAndTheNextOneIsAnswered) {
  Session session;
  session.start();
  session.sendBytes(GetParam().bytes);
  session.take();
  int64_t id = session.ask("textDocument/hover", textDocument("file:///none.py"));
  session.settle();
  bool isAnswered = false;
  for (const llvm::json::Value &message : session.take())
    isAnswered |= message.getAsObject()->getInteger("id") == id;
  // `hover` lacks its position here: an error is an answer, too.
  EXPECT_TRUE(isAnswered);
}

INSTANTIATE_TEST_SUITE_P(All, MalformedFrame, testing::ValuesIn(malformed()),
                         [](const auto &one) { return one.param.name.str(); });

TEST(FrameReader, FindsTheFrameThatALengthThatIsTooLongSwallowed) {
  Session session;
  session.start();
  std::string valid = frameOf(R"({"id":77,"method":"no/such/method"})");
  session.sendBytes("Content-Length: 12\r\n\r\n{\"id\":1}" + valid + frameOf("{}"));
  bool isAnswered = false;
  for (const llvm::json::Value &message : session.take())
    isAnswered |= message.getAsObject()->getInteger("id") == 77;
  EXPECT_TRUE(isAnswered);
}

RpcErrorCode mistakeIn(llvm::StringRef body) {
  RpcReading reading = readMessage(body);
  return reading.mistake ? reading.mistake->error.code : RpcErrorCode(0);
}

TEST(ReadMessage, SaysWhatIsWrong) {
  EXPECT_EQ(mistakeIn("{"), RpcErrorCode::ParseError);
  EXPECT_EQ(mistakeIn("\"\xff\""), RpcErrorCode::ParseError);
  EXPECT_EQ(mistakeIn(std::string(513, '[')), RpcErrorCode::ParseError);
  EXPECT_EQ(mistakeIn(R"({"id":1e400,"method":"m"})"), RpcErrorCode::ParseError);
  EXPECT_EQ(mistakeIn("[]"), RpcErrorCode::InvalidRequest);
  EXPECT_EQ(mistakeIn(R"({"id":1})"), RpcErrorCode::InvalidRequest);
  EXPECT_EQ(mistakeIn(R"({"id":1,"method":2})"), RpcErrorCode::InvalidRequest);
  EXPECT_EQ(mistakeIn(R"({"id":1,"method":""})"), RpcErrorCode::InvalidRequest);
}

TEST(ReadMessage, CountsDepthOutsideStringsOnly) {
  std::string text = "{\"id\":1,\"method\":\"" + std::string(2000, '[') + "\\\"[[\"}";
  EXPECT_TRUE(readMessage(text).message);
  std::string wide = "{\"id\":1,\"method\":\"m\",\"params\":[";
  for (int i = 0; i < 2000; ++i)
    wide += "[],";
  EXPECT_TRUE(readMessage(wide + "1]}").message);
}

TEST(ReadMessage, TellsRequestsNotificationsAndAnswersApart) {
  EXPECT_TRUE(readMessage(R"({"id":1,"method":"m"})").message->isRequest());
  EXPECT_TRUE(readMessage(R"({"id":"a","method":"m"})").message->isRequest());
  EXPECT_FALSE(readMessage(R"({"method":"m"})").message->isRequest());
  EXPECT_TRUE(readMessage(R"({"id":1,"result":null})").message->isAnswer());
  EXPECT_TRUE(readMessage(R"({"id":1,"error":{}})").message->isAnswer());
}

} // namespace
} // namespace fraglint
