#include "driver/tool_run.h"

#include "support/temp_folder.h"

#include "llvm/Support/Program.h"

namespace fraglint {

namespace {

ToolRun run(const std::vector<std::string> &words, const ToolInput &input) {
  TempFolder streams;
  streams.write("in", input.standardInput);
  std::vector<llvm::StringRef> arguments(words.begin(), words.end());
  std::vector<std::string> environment = {"PATH=/usr/bin:/bin", "HOME=" + streams.path(),
                                          "fraglint=" FRAGLINT_BINARY};
  environment.insert(environment.end(), input.environment.begin(), input.environment.end());
  std::vector<llvm::StringRef> variables(environment.begin(), environment.end());
  std::string in = streams.path("in"), out = streams.path("out"), err = streams.path("err");
  ToolRun result;
  result.status =
      llvm::sys::ExecuteAndWait(arguments.front(), arguments, llvm::ArrayRef(variables),
                                {llvm::StringRef(in), llvm::StringRef(out), llvm::StringRef(err)},
                                /*SecondsToWait=*/120);
  result.out = streams.read("out");
  result.err = streams.read("err");
  return result;
}

} // namespace

ToolRun runTool(const std::vector<std::string> &arguments, const ToolInput &input) {
  std::vector<std::string> words = {"/bin/sh", "-c", "cd \"$0\" && exec \"$fraglint\" \"$@\"",
                                    input.folder};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return run(words, input);
}

ToolRun runShell(const std::string &line, const ToolInput &input) {
  return run({"/bin/sh", "-c", "cd \"$0\" && " + line, input.folder}, input);
}

} // namespace fraglint
