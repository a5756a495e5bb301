/// What README.md shows is what the tool says. FRAGLINT_UPDATE=1 rewrites it.

#include "driver/tool_run.h"
#include "support/temp_folder.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace fraglint {
namespace {

constexpr llvm::StringLiteral kPath(FRAGLINT_SOURCE_DIR "/README.md");

std::string readme() {
  auto buffer = llvm::MemoryBuffer::getFile(kPath, false, false, /*IsVolatile=*/true);
  return buffer ? (*buffer)->getBuffer().str() : "";
}

/// What stands between `begin` and `end`; both must be there.
llvm::StringRef between(llvm::StringRef text, llvm::StringRef begin, llvm::StringRef end) {
  EXPECT_TRUE(text.contains(begin) && text.contains(end)) << begin.str() << " " << end.str();
  return text.split(begin).second.split(end).first;
}

/// Compares what README.md shows, a part of `text`, with what it should; or puts that in.
void expectShown(llvm::StringRef text, llvm::StringRef shown, const std::string &wanted) {
  if (shown == wanted)
    return;
  if (std::getenv("FRAGLINT_UPDATE") == nullptr) {
    EXPECT_EQ(shown.str(), wanted) << "`./dev update` brings README.md up to date";
    return;
  }
  auto offset = static_cast<size_t>(shown.data() - text.data());
  std::error_code error;
  llvm::raw_fd_ostream(kPath, error)
      << text.take_front(offset) << wanted << text.drop_front(offset + shown.size());
  EXPECT_FALSE(error) << error.message();
}

TEST(Readme, ListsAllRules) {
  std::string text = readme();
  expectShown(text, between(text, "<!-- rules:begin -->\n", "<!-- rules:end -->"),
              runTool({"rules", "--output-format", "markdown"}).out);
}

TEST(Readme, ShowsRealOutput) {
  std::string text = readme();
  llvm::StringRef example = between(text, "<!-- example:begin -->\n", "<!-- example:end -->");
  TempFolder folder;
  folder.write("code.py", between(example, "```python\n", "```"));
  ToolRun run = runTool({"check", "--output-format", "text", "code.py"}, {folder.path(), "", {}});
  EXPECT_EQ(run.status, 1);
  expectShown(text, between(example, "$ fraglint check code.py\n", "```\n"), run.out);
}

/// Commands, each behind a `$`, with what they say; in a folder with the program shown before.
TEST(Readme, GatesAsItSays) {
  std::string text = readme();
  llvm::StringRef shown = between(text, "<!-- gate:begin -->\n```\n", "```\n<!-- gate:end -->");
  llvm::StringRef example = between(text, "<!-- example:begin -->\n", "<!-- example:end -->");
  TempFolder folder;
  folder.write("code.py", between(example, "```python\n", "```"));
  llvm::SmallVector<llvm::StringRef> lines;
  shown.split(lines, '\n');
  std::string said;
  for (llvm::StringRef line : lines)
    if (line.starts_with("$ "))
      said +=
          line.str() + "\n" +
          runShell("fraglint() { \"$fraglint\" \"$@\"; }; " + line.drop_front(2).str() + " 2>&1",
                   {folder.path(), "", {}})
              .out;
  expectShown(text, shown, said);
}

} // namespace
} // namespace fraglint
