/// Everything of the command line but `check`.

#include "device/device_address.h"
#include "driver/command_line.h"
#include "driver/exit_status.h"
#include "driver/tool_run.h"
#include "heap/target.h"
#include "lint/rule_registry.h"
#include "support/temp_folder.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/Program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::string schemaOf(const std::vector<std::string> &arguments) {
  ToolRun run = runTool(arguments);
  EXPECT_EQ(run.status, 0) << run.err;
  auto value = llvm::json::parse(run.out);
  if (!value) {
    ADD_FAILURE() << llvm::toString(value.takeError());
    return "";
  }
  return value->getAsObject()->getString("schema").value_or("").str();
}

TEST(CommandLine, CheckIsWhatRunsWithoutACommand) {
  TempFolder folder;
  folder.write("code", "import board\nx = = 1\n");
  ToolInput input = {folder.path(), "", {}};
  EXPECT_EQ(runTool({"code"}, input).status, 1);
  EXPECT_EQ(runTool({"."}, input).status, 0);
  EXPECT_EQ(runTool({"--show-files", "code"}, input).out, "code\n");
  EXPECT_EQ(runTool({"none.py"}, input).status, 2);
}

TEST(CommandLine, HelpAndVersion) {
  EXPECT_THAT(runTool({}).out, HasSubstr("Usage: fraglint"));
  for (const char *flag : {"--help", "-h", "help"})
    EXPECT_THAT(runTool({flag}).out, HasSubstr("Exit status:")) << flag;
  for (const char *word : {"--version", "-V", "version"})
    EXPECT_EQ(runTool({word}).out, "fraglint " FRAGLINT_VERSION "\n") << word;
  for (const CommandDescription &command : describeCommands()) {
    ToolRun run = runTool({command.name, "--help"});
    EXPECT_EQ(run.status, 0);
    EXPECT_THAT(run.out, AllOf(HasSubstr("fraglint " + command.name), HasSubstr(command.summary)));
  }
}

TEST(CommandLine, HelpListsAllStatuses) {
  std::string help = runTool({"--help"}).out;
  for (const ExitStatusRow &row : kExitStatuses)
    EXPECT_THAT(help,
                HasSubstr(std::to_string(static_cast<int>(row.status)) + "  " + row.meaning.str()));
}

TEST(CommandLine, MistakesNameTheNearest) {
  auto mistake = [](const std::vector<std::string> &arguments) {
    ToolRun run = runTool(arguments);
    EXPECT_EQ(run.status, 3);
    EXPECT_THAT(run.out, IsEmpty());
    return run.err;
  };
  EXPECT_THAT(mistake({"chek"}),
              HasSubstr("neither a command nor a file `chek`; did you mean `check`?"));
  EXPECT_THAT(mistake({"check", "--output-formt=json"}),
              HasSubstr("no option `--output-formt`; did you mean `--output-format`?"));
  EXPECT_THAT(mistake({"--fixx"}), HasSubstr("did you mean `--fix`?"));
  EXPECT_THAT(mistake({"check", "--select", "bufer-in-loop"}), HasSubstr("`buffer-in-loop`?"));
  EXPECT_THAT(mistake({"check", "--format", "githb"}), HasSubstr("did you mean `github`?"));
  EXPECT_THAT(mistake({"check", "--target", "pyportl"}),
              HasSubstr("did you mean `circuitpython/pyportal`?"));
  EXPECT_THAT(mistake({"rule", "FRG1O3"}), HasSubstr("did you mean `FRG103`?"));
  EXPECT_THAT(mistake({"rules", "--format", "markdwn"}), HasSubstr("did you mean `markdown`?"));
  EXPECT_THAT(mistake({"completions", "bsh"}), HasSubstr("did you mean `bash`?"));
  EXPECT_THAT(mistake({"rule"}), HasSubstr("required"));
  EXPECT_THAT(mistake({"rule", "FRG103", "FRG201"}), HasSubstr("no place for `FRG201`"));
}

TEST(CommandLine, EveryRuleExplainsItself) {
  for (const Rule *rule : allRules()) {
    for (const std::string &name : {rule->code.str(), rule->name.str()})
      EXPECT_THAT(runTool({"rule", name}).out,
                  StartsWith(rule->code.str() + " " + rule->name.str()));
    EXPECT_THAT(runTool({"rule", rule->code.str(), "--output-format", "markdown"}).out,
                AllOf(StartsWith("# " + rule->code.str()), HasSubstr("```python\n")));
    EXPECT_EQ(schemaOf({"rule", rule->code.str(), "--output-format", "json"}), "fraglint-rule/1");
  }
}

TEST(CommandLine, Rules) {
  EXPECT_EQ(schemaOf({"rules", "--format=json"}), "fraglint-rules/1");
  EXPECT_THAT(runTool({"rules"}).out, StartsWith("FRG001  syntax-error"));
  EXPECT_THAT(runTool({"rules", "--format", "markdown"}).out,
              HasSubstr("| FRG103 | buffer-in-loop | warning | unsafe |"));
}

TEST(CommandLine, Targets) {
  EXPECT_EQ(schemaOf({"targets", "--output-format", "json"}), "fraglint-targets/1");
  std::string table = runTool({"targets"}).out;
  for (const Target &target : allTargets())
    EXPECT_THAT(table, HasSubstr(target.name.str()));
  EXPECT_THAT(table, ContainsRegex("circuitpython/pyportal +SAMD51 .* 320x240 +estimated"));
  EXPECT_THAT(table, HasSubstr("estimated, with 8 MiB PSRAM"));
}

TEST(CommandLine, TargetsTellHowTheirHeapLies) {
  auto document = llvm::json::parse(runTool({"targets", "--output-format", "json"}).out);
  ASSERT_TRUE(static_cast<bool>(document));
  const llvm::json::Array &targets = *document->getAsObject()->getArray("targets");
  auto named = [&](llvm::StringRef name) -> const llvm::json::Object & {
    for (const llvm::json::Value &target : targets)
      if (target.getAsObject()->getString("name") == name)
        return *target.getAsObject();
    ADD_FAILURE() << "no " << name.str();
    return *targets.front().getAsObject();
  };
  const llvm::json::Object &grows = named("circuitpython/generic");
  EXPECT_EQ(*grows.getArray("areas_at_start"), (llvm::json::Array{8192}));
  EXPECT_EQ(grows.getBoolean("growing_heap"), true);
  EXPECT_EQ(grows.getBoolean("collects_before_run"), true);
  const llvm::json::Object &fixed = named("micropython/generic");
  EXPECT_EQ(*fixed.getArray("areas_at_start"), llvm::json::Array{nullptr});
  EXPECT_EQ(fixed.getBoolean("growing_heap"), false);
  EXPECT_EQ(fixed.getString("profile"), "micropython-1.29");
}

TEST(CommandLine, Devices) {
  EXPECT_EQ(schemaOf({"devices", "--output-format", "json"}), "fraglint-devices/1");
  std::string table = runTool({"devices"}).out;
  for (const DeviceForm &form : deviceForms())
    EXPECT_THAT(table, HasSubstr(form.example.str()));
}

TEST(CommandLine, Config) {
  TempFolder folder;
  folder.write("fraglint.toml", "ignore = ['FRG201']\n");
  ToolInput input = {folder.path(), "", {}};
  EXPECT_THAT(runTool({"config", "code.py"}, input).out,
              AllOf(HasSubstr("FRG201 del-without-collect (off)"),
                    HasSubstr("fraglint.toml:1: ignore = [ 'FRG201' ]")));
  EXPECT_THAT(runTool({"config", "--isolated"}, input).out, HasSubstr("configuration   none"));
  EXPECT_EQ(schemaOf({"config", folder.path(), "--format", "json"}), "fraglint-config/1");
  folder.write("fraglint.toml", "x = 1\n");
  EXPECT_EQ(runTool({"config"}, input).status, 3);
}

TEST(CommandLine, VersionAsJson) {
  EXPECT_EQ(schemaOf({"version", "--output-format", "json"}), "fraglint-version/1");
}

TEST(Completions, NameEveryCommandAndOption) {
  for (const char *shell : {"bash", "zsh", "fish"}) {
    std::string script = runTool({"completions", shell}).out;
    for (const CommandDescription &command : describeCommands()) {
      EXPECT_THAT(script, HasSubstr(command.name));
      for (const OptionDescription &option : command.options)
        EXPECT_THAT(script, HasSubstr(llvm::StringRef(option.names.back()).ltrim('-').str()))
            << shell;
    }
  }
}

TEST(Completions, WorkInBash) {
  auto bash = llvm::sys::findProgramByName("bash");
  ASSERT_TRUE(bash) << "./dev itself is run by it";
  TempFolder folder;
  folder.write("complete.bash",
               runTool({"completions", "bash"}).out +
                   "complete_words() {\n  COMP_WORDS=(fraglint \"$@\")\n"
                   "  COMP_CWORD=$#\n  _fraglint\n  echo \"${COMPREPLY[*]}\"\n}\n");
  auto completed = [&](const std::string &words) {
    return runShell("bash -c 'source ./complete.bash; complete_words " + words + "'",
                    {folder.path(), "", {}})
        .out;
  };
  EXPECT_EQ(completed("che"), "check\n");
  EXPECT_EQ(completed("check --output-fo"), "--output-format\n");
  EXPECT_EQ(completed("--output-fo"), "--output-format\n");
  EXPECT_EQ(completed("check --output-format js"), "json jsonl\n");
  EXPECT_EQ(completed("rule buffer"), "buffer-in-loop\n");
  EXPECT_EQ(completed("check complete.b"), "complete.bash\n");
  // `=` is a word of its own there.
  EXPECT_EQ(completed("check --level = no"), "note\n");
  EXPECT_EQ(completed("check --level ="), "warning note\n");
  EXPECT_EQ(completed("check --target pyportal_t"), "pyportal_titano\n");
  folder.write("my board.toml", "");
  EXPECT_EQ(completed("check --target my"), "my board.toml\n");
  EXPECT_EQ(completed("check my"), "my board.toml\n");
}

} // namespace
} // namespace fraglint
