#include "driver/command_line.h"
#include "driver/exit_status.h"
#include "driver/tool_run.h"
#include "support/temp_folder.h"

#include "llvm/ADT/StringExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;

/// As bold roff has it.
std::string bold(llvm::StringRef text) {
  return "\\fB" + llvm::join(llvm::split(text, '-'), "\\-") + "\\fR";
}

TEST(Man, NamesEveryCommandAndOption) {
  std::string page = runTool({"man"}).out;
  for (const CommandDescription &command : describeCommands()) {
    std::string part = "\n.SS " + bold("fraglint " + command.name) + "\n";
    ASSERT_THAT(page, HasSubstr(part));
    std::string own = page.substr(page.find(part) + part.size());
    own = own.substr(0, own.find("\n.S"));
    for (const OptionDescription &option : command.options) {
      if (llvm::is_contained(option.names, "--help"))
        continue; // said once, of all
      for (const std::string &name : option.names)
        EXPECT_THAT(own, HasSubstr(bold(name))) << command.name;
      if (option.takesValue) {
        EXPECT_THAT(own, HasSubstr("\\fI" + option.valueName + "\\fR")) << command.name;
      }
    }
  }
  for (const ExitStatusRow &row : kExitStatuses)
    EXPECT_THAT(page, HasSubstr("\n.TP\n" + bold(std::to_string(static_cast<int>(row.status)))));
  for (const char *section : {"NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "EXIT STATUS", "FILES",
                              "ENVIRONMENT", "EXAMPLES", "SEE ALSO"})
    EXPECT_THAT(page, HasSubstr(std::string("\n.SH ") + section + "\n"));
}

TEST(Man, SatisfiesMandoc) {
  TempFolder folder;
  // A date would be that of the build, and make each build differ.
  EXPECT_EQ(
      runShell("\"$fraglint\" man > page.1 && mandoc -T lint page.1", {folder.path(), "", {}}).out,
      "mandoc: page.1:1:16: WARNING: missing date, using \"\": TH\n");
}

} // namespace
} // namespace fraglint
