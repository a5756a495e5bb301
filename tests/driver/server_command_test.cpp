// The language server as editors start it; what it says is tested in tests/server.

#include "driver/tool_run.h"
#include "server/json_rpc.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string kInitialize =
    frameOf(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})");
const std::string kShutdown = frameOf(R"({"jsonrpc":"2.0","id":2,"method":"shutdown"})");
const std::string kExit = frameOf(R"({"jsonrpc":"2.0","method":"exit"})");

ToolRun serve(const std::string &input, std::vector<std::string> arguments = {}) {
  arguments.insert(arguments.begin(), "server");
  ToolInput given;
  given.standardInput = input;
  return runTool(arguments, given);
}

TEST(ServerCommand, AnswersOnStandardOutputAndEndsWhenToldTo) {
  ToolRun run = serve(kInitialize + kShutdown + kExit, {"--stdio"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, StartsWith("Content-Length: "));
  EXPECT_THAT(run.out, HasSubstr("\"serverInfo\""));
  EXPECT_THAT(run.out, HasSubstr("\"id\":2,\"jsonrpc\":\"2.0\",\"result\":null"));
  EXPECT_EQ(run.err, "");
}

TEST(ServerCommand, EndsWithItsInput) {
  EXPECT_EQ(serve(kInitialize).status, 4);
  EXPECT_EQ(serve("").status, 4);
  EXPECT_EQ(serve("Content-Length: 9000000000000000\r\n\r\n{").status, 4);
}

TEST(ServerCommand, KeepsALogOnRequest) {
  TempFolder folder;
  serve(kInitialize + kShutdown + kExit, {"--log", folder.path("log")});
  EXPECT_THAT(folder.read("log"),
              HasSubstr("<- {\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"shutdown\"}"));
  EXPECT_THAT(folder.read("log"), HasSubstr("-> {\"id\":2,\"jsonrpc\":\"2.0\",\"result\":null}"));
  EXPECT_EQ(serve("", {"--log", folder.path("no/such/folder/log")}).status, 3);
}

} // namespace
} // namespace fraglint
