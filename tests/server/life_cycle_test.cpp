#include "server/session.h"

#include "llvm/ADT/STLExtras.h"
#include <gmock/gmock.h>

#include <gtest/gtest.h>

namespace fraglint {
namespace {

namespace json = llvm::json;

int64_t errorCode(const json::Value &error) {
  return error.getAsObject() ? error.getAsObject()->getInteger("code").value_or(0) : 0;
}

TEST(LifeCycle, RequestsBeforeInitializeAreRefused) {
  Session session;
  int64_t id = session.ask("textDocument/hover", textDocument("file:///a.py"));
  EXPECT_EQ(errorCode(session.answer(id, "error")), -32002);
  session.notify("textDocument/didOpen", json::Object());
  EXPECT_TRUE(session.take().empty());
  id = session.ask("initialize", json::Object{{"capabilities", json::Object()}});
  EXPECT_TRUE(session.answer(id).getAsObject());
}

TEST(LifeCycle, InitializeComesOnce) {
  Session session;
  session.start();
  int64_t id = session.ask("initialize", json::Object{{"capabilities", json::Object()}});
  EXPECT_EQ(errorCode(session.answer(id, "error")), -32600);
}

TEST(LifeCycle, NothingIsAnsweredAfterShutdown) {
  Session session;
  session.start();
  session.open("file:///a.py", "x = 1\n");
  int64_t waiting =
      session.ask("textDocument/codeAction",
                  json::Object{{"textDocument", json::Object{{"uri", "file:///a.py"}}},
                               {"range", lspRange(0, 0, 0, 0)},
                               {"context", json::Object()}});
  session.ask("shutdown", nullptr);
  EXPECT_EQ(errorCode(session.answer(waiting, "error")), -32800);
  int64_t late = session.ask("textDocument/hover", textDocument("file:///a.py"));
  EXPECT_EQ(errorCode(session.answer(late, "error")), -32600);
  session.settle();
  EXPECT_TRUE(session.take().empty());
  EXPECT_FALSE(session.server().exitStatus());
  session.notify("exit", nullptr);
  EXPECT_EQ(session.server().exitStatus(), 0);
}

TEST(LifeCycle, ExitWithoutShutdownIsAFailure) {
  Session session;
  session.start();
  session.notify("exit", nullptr);
  EXPECT_EQ(session.server().exitStatus(), 1);
}

TEST(LifeCycle, WhatWasAnsweredIsNotAnsweredAgain) {
  Session session;
  session.start();
  session.open("file:///x/code.py", "import gc\n");
  int64_t id =
      session.ask("textDocument/hover",
                  json::Object{{"textDocument", json::Object{{"uri", "file:///x/code.py"}}},
                               {"position", json::Object{{"line", 0}, {"character", 0}}}});
  session.settle();
  session.ask("shutdown", nullptr);
  session.settle();
  auto answers = session.take();
  EXPECT_EQ(1, llvm::count_if(answers, [&](const json::Value &one) {
              return one.getAsObject()->getInteger("id") == id;
            }));
}

TEST(LifeCycle, UnknownMethodsAreToldToRequestsOnly) {
  Session session;
  session.start();
  int64_t id = session.ask("textDocument/rename", json::Object());
  EXPECT_EQ(errorCode(session.answer(id, "error")), -32601);
  session.notify("$/whatever", json::Object());
  session.notify("telemetry/whatever", json::Object());
  EXPECT_TRUE(session.take().empty());
}

std::string encodingFor(json::Array offered) {
  Session session;
  json::Object general{{"positionEncodings", std::move(offered)}};
  int64_t id = session.ask(
      "initialize", json::Object{{"capabilities", json::Object{{"general", std::move(general)}}}});
  json::Value result = session.answer(id);
  return result.getAsObject()->getObject("capabilities")->getString("positionEncoding")->str();
}

TEST(LifeCycle, PositionEncodingsAreNegotiated) {
  EXPECT_EQ(encodingFor(json::Array{}), "utf-16");
  EXPECT_EQ(encodingFor(json::Array{"utf-16"}), "utf-16");
  EXPECT_EQ(encodingFor(json::Array{"utf-16", "utf-8"}), "utf-8");
  EXPECT_EQ(encodingFor(json::Array{"utf-16", "utf-32"}), "utf-16");
  EXPECT_EQ(encodingFor(json::Array{"utf-32"}), "utf-32");
  EXPECT_EQ(encodingFor(json::Array{5, nullptr}), "utf-16");
}

} // namespace
} // namespace fraglint
