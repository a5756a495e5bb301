/// What the Markdown pages of the repository show is what the tool says. FRAGLINT_UPDATE=1 rewrites
/// them.
///
/// A page is followed from its top as a reader would. A fenced block whose info string has a
/// second word, as in ```` ```python code.py ````, is written to a file of that name in a folder
/// of the page's own. A block of the language `console` holds commands behind `$ `, each with
/// what it prints: they run there, `fraglint check` with the report that a terminal gets.

#include "driver/tool_run.h"
#include "lint/budget.h"
#include "lint/config_file.h"
#include "lint/rule_help.h"
#include "lint/rule_registry.h"
#include "lint/settings.h"
#include "support/temp_folder.h"

#include "llvm/ADT/StringExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

namespace fraglint {
namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

constexpr llvm::StringLiteral kRoot(FRAGLINT_SOURCE_DIR "/");
constexpr llvm::StringLiteral kRulePages("rules/pages/");

std::string readPage(llvm::StringRef page) {
  auto buffer = llvm::MemoryBuffer::getFile(kRoot + page, false, false, /*IsVolatile=*/true);
  return buffer ? (*buffer)->getBuffer().str() : "";
}

/// Compares a page with what it should be, or makes it that.
void expectPage(llvm::StringRef page, const std::string &wanted) {
  std::string text = readPage(page);
  if (text == wanted)
    return;
  if (std::getenv("FRAGLINT_UPDATE") == nullptr) {
    EXPECT_EQ(text, wanted) << "`./dev update` brings " << page.str() << " up to date";
    return;
  }
  std::error_code error;
  llvm::raw_fd_ostream(kRoot.str() + page.str(), error) << wanted;
  EXPECT_FALSE(error) << page.str() << ": " << error.message();
}

/// The Markdown files of the top level and of the folders that hold some, in which commands are
/// shown with what they print.
std::vector<std::string> pagesWithCommands() {
  std::vector<std::string> pages = {"README.md"};
  for (llvm::StringRef folder : {"analyzer", "rules", "corpus/heap", "editors"}) {
    std::error_code error;
    for (fs::recursive_directory_iterator at(kRoot + folder, error), end; at != end && !error;
         at.increment(error)) {
      llvm::StringRef file = at->path();
      if (path::filename(file) == "node_modules")
        at.no_push();
      else if (file.ends_with(".md"))
        pages.push_back(file.drop_front(kRoot.size()).str());
    }
    EXPECT_FALSE(error) << folder.str() << ": " << error.message();
  }
  llvm::erase_if(pages, [](llvm::StringRef page) {
    return !llvm::StringRef(readPage(page)).contains("\n```console\n");
  });
  return pages;
}

/// A fenced block of a page.
struct Block {
  llvm::StringRef language;
  llvm::StringRef file; ///< to write it to; mostly empty
  llvm::StringRef body;
};

std::vector<Block> blocksOf(llvm::StringRef page) {
  std::vector<Block> blocks;
  constexpr llvm::StringLiteral kFence("\n```");
  for (llvm::StringRef rest = page; rest.contains(kFence);) {
    auto [info, after] = rest.split(kFence).second.split('\n');
    // The fence that closes may follow at once.
    size_t end = after.starts_with("```") ? 0 : after.find(kFence) + 1;
    auto [language, file] = info.split(' ');
    blocks.push_back({language, file, after.take_front(end)});
    rest = after.drop_front(end + 3);
  }
  return blocks;
}

/// A page's own folder, and the commands that its reader has.
class Reader {
public:
  Reader() {
    folder_.write("here/.keep", "");
    folder_.write("bin/fraglint", "#!/bin/sh\n"
                                  "case \"$*\" in\n"
                                  "  *--output-format*|*--format*) ;;\n"
                                  "  check*) set -- \"$@\" --output-format text ;;\n"
                                  "esac\nexec " FRAGLINT_BINARY " \"$@\"\n");
    EXPECT_FALSE(fs::setPermissions(folder_.path("bin/fraglint"), fs::all_read | fs::all_exe));
  }
  void write(llvm::StringRef file, llvm::StringRef text) {
    folder_.write(("here/" + file).str(), text);
  }
  std::string outputOf(llvm::StringRef command) {
    ToolRun run = runShell("PATH=" + shellWord(folder_.path("bin")) +
                               ":" FRAGLINT_SOURCE_DIR "/build/engines/bin:$PATH\n{ " +
                               command.str() + "\n} 2>&1",
                           {folder_.path("here"), "", {}});
    return run.out + (run.out.empty() || llvm::StringRef(run.out).ends_with("\n") ? "" : "\n");
  }

private:
  static std::string shellWord(const std::string &text) { return "'" + text + "'"; }

  TempFolder folder_;
};

/// The same commands with what they print now.
std::string transcript(llvm::StringRef shown, Reader &reader) {
  std::string result;
  llvm::SmallVector<llvm::StringRef> lines;
  shown.split(lines, '\n');
  for (llvm::StringRef line : lines)
    if (llvm::StringRef command = line; command.consume_front("$ "))
      result += line.str() + "\n" + reader.outputOf(command);
  return result;
}

class Pages : public testing::TestWithParam<std::string> {};

TEST_P(Pages, ShowRealOutput) {
  std::string text = readPage(GetParam()), wanted;
  std::vector<Block> blocks = blocksOf(text);
  bool measures = llvm::StringRef(text).contains("\n$ micropython ");
  if (measures && !fs::can_execute(FRAGLINT_SOURCE_DIR "/build/engines/bin/micropython"))
    GTEST_SKIP() << "the engine of unix is not there";
  Reader reader;
  const char *done = text.data();
  for (const Block &block : blocks) {
    if (!block.file.empty())
      reader.write(block.file, block.body);
    if (block.language != "console")
      continue;
    wanted.append(done, block.body.begin());
    wanted += transcript(block.body, reader);
    done = block.body.end();
  }
  expectPage(GetParam(), wanted + done);
}

INSTANTIATE_TEST_SUITE_P(Of, Pages, testing::ValuesIn(pagesWithCommands()), [](const auto &page) {
  std::string name = page.param;
  std::replace_if(name.begin(), name.end(), [](char byte) { return !llvm::isAlnum(byte); }, '_');
  return name;
});

// --- Rules -----------------------------------------------------------------------------------

std::string fileOf(const Rule &rule) {
  std::string stem = rule.name.str();
  std::replace(stem.begin(), stem.end(), '-', '_');
  return stem + ".md";
}

/// The table of the rules whose codes begin with `prefix`, each linked to its page.
std::string ruleTable(llvm::StringRef prefix, llvm::StringRef folder) {
  std::string table = runTool({"rules", "--output-format", "markdown"}).out, result;
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(table).split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : lines) {
    llvm::StringRef code = line.split("| ").second.split(" |").first;
    const Rule *rule = findRule(code);
    if (rule == nullptr)
      result += line.str() + "\n";
    else if (code.starts_with(prefix))
      result += ("| [" + code + "](" + folder + fileOf(*rule) + ")" +
                 line.drop_front(line.find(code) + code.size()) + "\n")
                    .str();
  }
  return result;
}

/// `page` with its tables of rules, each between `<!-- rules:begin PREFIX -->` and its end.
std::string withRuleTables(llvm::StringRef page, llvm::StringRef folder) {
  constexpr llvm::StringLiteral kBegin("<!-- rules:begin"), kEnd("<!-- rules:end -->");
  std::string text = readPage(page), result;
  llvm::StringRef rest = text;
  while (rest.contains(kBegin)) {
    size_t table = rest.find('\n', rest.find(kBegin)) + 1;
    llvm::StringRef head = rest.take_front(table);
    llvm::StringRef prefix = head.rsplit(kBegin).second.split("-->").first.trim();
    result += head.str() + ruleTable(prefix, folder);
    rest = rest.drop_front(rest.find(kEnd, table));
  }
  return result + rest.str();
}

TEST(RulePages, ListAllRules) {
  expectPage("README.md", withRuleTables("README.md", kRulePages));
  std::string index = kRulePages.str() + "README.md";
  expectPage(index, withRuleTables(index, ""));
  for (const Rule *rule : allRules())
    for (const std::string &page : {std::string("README.md"), index})
      EXPECT_THAT(readPage(page), testing::HasSubstr("| [" + rule->code.str() + "]("))
          << page << " has no table for it";
}

/// What `check` says of the rule's first example; of all levels where it would be hidden else, and
/// for the board that its saving was measured on where that decides. Empty for a rule about
/// changes: it takes two versions.
std::string findingOf(const Rule &rule) {
  if (rule.code == "FRG904")
    return "";
  TempFolder folder;
  folder.write("code.py", rule.bad);
  std::vector<std::string> command = {"check", "code.py"};
  if (rule.severity == Severity::Note)
    command.insert(command.end(), {"--level", "note"});
  if (rule.bad.contains("import microbit"))
    command.insert(command.end(), {"--target", "micropython/microbit"});
  std::string shown = llvm::join(command, " ");
  command.insert(command.end(), {"--output-format", "text"});
  std::string said = runTool(command, {folder.path(), "", {}}).out;
  EXPECT_THAT(said, testing::HasSubstr("[" + rule.code.str()));
  return "\n## What it says\n\nOf the first of the two programs:\n\n```\n$ fraglint " + shown +
         "\n" + validUtf8(said) + "```\n";
}

/// What the tool prints of the rule, and what it says of the first example.
std::string rulePage(const Rule &rule) {
  std::string code = rule.code.str();
  std::string silencing = "To keep a line as it is: [`# fraglint: ignore[" + code +
                          "] reason`](../../analyzer/manual/comments.md). ";
  return "<!-- Made by `./dev update` from the rule itself. -->\n\n" +
         runTool({"rule", code, "--format", "markdown"}).out + findingOf(rule) + "\n" +
         (isAlwaysOn(rule) ? "" : silencing) + "[All rules](README.md)\n";
}

TEST(RulePages, ExplainEachRule) {
  std::map<std::string, const Rule *> rules;
  for (const Rule *rule : allRules()) {
    rules[fileOf(*rule)] = rule;
    expectPage(kRulePages.str() + fileOf(*rule), rulePage(*rule));
  }
  std::error_code error;
  for (fs::directory_iterator at(kRoot + kRulePages, error), end; at != end && !error;
       at.increment(error)) {
    std::string file = path::filename(at->path()).str();
    EXPECT_TRUE(file == "README.md" || rules.contains(file)) << file << " is of no rule";
  }
  EXPECT_FALSE(error) << error.message();
}

TEST(ManualPages, DescribeEverySetting) {
  std::string page = readPage("analyzer/manual/configuration.md");
  for (llvm::StringRef key : configKeys())
    EXPECT_THAT(page, testing::HasSubstr(("| [`" + key + "`](#").str()));
  for (llvm::StringRef key : budgetKeys())
    EXPECT_THAT(page, testing::HasSubstr(("\n" + key + " = ").str()));
}

} // namespace
} // namespace fraglint
