#include "report/sample.h"

#include "llvm/ADT/SmallVector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>

namespace fraglint {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::UnorderedElementsAre;

/// A workflow command as GitHub's documentation describes it:
/// `::name parameter={data},parameter={data}::{value}`, one a line.
struct WorkflowCommand {
  std::string name;
  std::map<std::string, std::string> parameters;
  std::string value;
};

std::string decoded(llvm::StringRef text, bool isParameter) {
  std::string result;
  while (!text.empty()) {
    if (text.consume_front("%0D"))
      result += '\r';
    else if (text.consume_front("%0A"))
      result += '\n';
    else if (text.consume_front("%25"))
      result += '%';
    else if (isParameter && text.consume_front("%3A"))
      result += ':';
    else if (isParameter && text.consume_front("%2C"))
      result += ',';
    else {
      result += text.front();
      text = text.drop_front();
    }
  }
  return result;
}

std::optional<WorkflowCommand> parsed(llvm::StringRef line) {
  if (!line.consume_front("::") || !line.contains("::"))
    return std::nullopt;
  auto [head, value] = line.split("::");
  auto [name, parameters] = head.split(' ');
  WorkflowCommand command{name.str(), {}, decoded(value, false)};
  llvm::SmallVector<llvm::StringRef> parts;
  parameters.split(parts, ',', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef part : parts) {
    auto [key, data] = part.split('=');
    command.parameters[key.str()] = decoded(data, true);
  }
  return command;
}

std::vector<WorkflowCommand> commands(const std::vector<Diagnostic> &diagnostics) {
  std::string text =
      sample::report("github", {sample::result(diagnostics)}, {.level = Severity::Note});
  EXPECT_EQ(text.back(), '\n');
  std::vector<WorkflowCommand> result;
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(text).drop_back().split(lines, '\n');
  for (llvm::StringRef line : lines) {
    std::optional<WorkflowCommand> command = parsed(line);
    EXPECT_TRUE(command) << line.str();
    if (command)
      result.push_back(std::move(*command));
  }
  return result;
}

TEST(GithubReporter, WritesAnAnnotation) {
  auto file = sample::source("x = 0\n温 = [1]\n", "lib/a.py");
  EXPECT_EQ(sample::report("github",
                           {sample::result({sample::finding(sample::at(file, "[1]"), "m: n")})}),
            "::warning file=lib/a.py,line=2,endLine=2,col=5,endColumn=8,"
            "title=FRG103 buffer-in-loop::m: n\n");
}

TEST(GithubReporter, NamesSeveritiesAsGithubDoes) {
  auto file = sample::source("a\n");
  std::vector<std::string> names;
  for (const WorkflowCommand &command :
       commands({sample::finding(sample::at(file, "a"), "m", Severity::Error),
                 sample::finding(sample::at(file, "a"), "m", Severity::Warning),
                 sample::finding(sample::at(file, "a"), "m", Severity::Note)}))
    names.push_back(command.name);
  EXPECT_THAT(names, ElementsAre("error", "warning", "notice"));
}

TEST(GithubReporter, WhatWouldEndACommandOrAParameterIsEncoded) {
  auto file = sample::source("a\n", "a,b:c%0A=\r\n::error::x.py");
  std::vector<WorkflowCommand> all =
      commands({sample::finding(sample::at(file, "a"), "1\r\n2%0A::error file=x::3, 4")});
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].parameters["file"], "a,b:c%0A=\r\n::error::x.py");
  EXPECT_EQ(all[0].value, "1\r\n2%0A::error file=x::3, 4");
}

TEST(GithubReporter, ARangeOfSeveralLinesHasNoColumns) {
  auto file = sample::source("a = [\n]\n");
  std::vector<WorkflowCommand> all =
      commands({sample::finding(sample::at(file, "[\n]"), "m", Severity::Warning)});
  ASSERT_EQ(all.size(), 1U);
  EXPECT_THAT(all[0].parameters,
              UnorderedElementsAre(Pair("file", "code.py"), Pair("line", "1"), Pair("endLine", "2"),
                                   Pair("title", "FRG103 buffer-in-loop")));
}

TEST(GithubReporter, IsSilentWhenAllIsClean) {
  EXPECT_EQ(sample::report("github", {sample::quiet(), sample::quiet(FileStatus::NotFirmware)}),
            "");
}

} // namespace
} // namespace fraglint
