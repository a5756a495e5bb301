/// `check --since` in real git repositories, and the gate as somebody tries it who has old
/// findings.

#include "driver/looping_program.h"
#include "driver/tool_run.h"
#include "support/temp_folder.h"

#include "llvm/ADT/StringExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class SinceTest : public testing::Test {
protected:
  ToolRun run(const std::vector<std::string> &arguments) {
    return runTool(arguments, {folder_.path(), "", environment_});
  }
  ToolRun check(std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), "check");
    return run(arguments);
  }
  ToolRun since(const std::string &revision, std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.end(), {"--since", revision});
    return check(std::move(arguments));
  }
  /// Without what the same lines make a program grow.
  ToolRun newFindings(const std::string &revision, std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.end(), {"--ignore", "FRG904"});
    return since(revision, std::move(arguments));
  }
  void git(const std::string &words, const std::string &folder = "") {
    ToolInput input;
    input.folder = folder_.path(folder);
    ToolRun done = runShell("git -c user.name=a -c user.email=a@b -c init.defaultBranch=main "
                            "-c protocol.file.allow=always " +
                                words + " >&2",
                            input);
    ASSERT_EQ(0, done.status) << words << ": " << done.err;
  }
  void commit() {
    git("add -A");
    git("commit -qm change");
  }
  /// A repository whose branch `main` has these files, on a branch `work`.
  void begin(const std::vector<std::pair<std::string, std::string>> &files) {
    git("init -q");
    for (const auto &[name, text] : files)
      folder_.write(name, text);
    commit();
    git("checkout -qb work");
  }

  TempFolder folder_;
  std::vector<std::string> environment_;
};

TEST_F(SinceTest, ShowsWhatTheBranchBringsAlone) {
  begin({{"code.py", program({"first", "second"})}, {"other.py", program({"third"})}});
  ToolRun same = newFindings("main");
  EXPECT_EQ(0, same.status) << same.out << same.err;
  EXPECT_THAT(same.out, HasSubstr("3 known findings are not shown"));
  // Moved, and one more: in the work tree, in the index, committed.
  folder_.write("code.py", "# New.\n" + program({"second", "added", "first"}));
  for (const char *step : {"", "add -A", "commit -qm change"}) {
    if (*step)
      git(step);
    ToolRun added = newFindings("main");
    EXPECT_EQ(1, added.status);
    EXPECT_THAT(added.out, AllOf(HasSubstr("code.py:10:"), HasSubstr("Found 1 warning")));
  }
  // What main got meanwhile is no part of it: the merge base counts.
  git("checkout -q main");
  folder_.write("other.py", program({}));
  commit();
  git("checkout -q work");
  EXPECT_THAT(newFindings("main").out, HasSubstr("Found 1 warning in 1 of 2 files"));
  EXPECT_THAT(check().out, HasSubstr("Found 4 warnings"));
}

TEST_F(SinceTest, FilesThatAreNewAndNotYetAddedAreNew) {
  begin({{"code.py", program({"first"})}, {".gitignore", "ignored.py\n"}});
  folder_.write("fresh.py", program({"second"}));
  folder_.write("ignored.py", program({"third"}));
  EXPECT_THAT(newFindings("main").out,
              AllOf(HasSubstr("fresh.py:4:"), HasSubstr("Found 1 warning")));
  EXPECT_THAT(newFindings("main", {"ignored.py"}).out, HasSubstr("Found 1 warning"));
}

TEST_F(SinceTest, FollowsFilesThatWereRenamed) {
  begin({{"code.py", program({"first", "second", "third"})}});
  git("mv code.py main.py");
  EXPECT_EQ(0, newFindings("main").status);
  folder_.write("main.py", program({"first", "second", "third", "fourth"}));
  EXPECT_THAT(newFindings("main").out,
              AllOf(HasSubstr("main.py:19:"), HasSubstr("Found 1 warning")));
}

/// The finding lies in a file that nobody touched.
TEST_F(SinceTest, SeesWhatAChangeBringsAboutElsewhere) {
  begin({{"code.py", "import reader\nimport board\nuart = board.UART()\nreader.read(uart)\n"},
         {"reader.py", "def read(uart):\n    line = bytearray(4096)\n    uart.readinto(line)\n"}});
  EXPECT_EQ(0, check().status);
  folder_.write("code.py", "import reader\nimport board\nuart = board.UART()\nwhile True:\n"
                           "    reader.read(uart)\n");
  EXPECT_THAT(newFindings("main").out, HasSubstr("reader.py:2:"));
}

TEST_F(SinceTest, LeavesTheWorkTreeAloneAndAsksFromAnyFolder) {
  begin({{"app/code.py", program({"first"})}});
  folder_.write("app/code.py", program({"first", "second"}));
  ToolInput below;
  below.folder = folder_.path("app");
  ToolRun inside = runTool({"check", "--ignore", "FRG904", "--since", "main"}, below);
  EXPECT_EQ(1, inside.status);
  EXPECT_THAT(inside.out, AllOf(HasSubstr("code.py:9:"), HasSubstr("Found 1 warning")));
  below.folder = "/";
  EXPECT_THAT(
      runTool({"check", "--ignore", "FRG904", "--since", "main", folder_.path("app")}, below).out,
      HasSubstr("Found 1 warning"));
  ToolInput input;
  input.folder = folder_.path();
  EXPECT_EQ(" M app/code.py\n", runShell("git status --porcelain", input).out);
}

// --- Growth ---

/// On a board whose heap is known; its 128th is some 1.5 KB.
std::string frame(int bytes) {
  return "import board\nframe = bytearray(" + std::to_string(bytes) +
         ")\nboard.UART().readinto(frame)\n";
}

TEST_F(SinceTest, ReportsAProgramThatNeedsMore) {
  begin({{"code.py", frame(512)}, {"fraglint.toml", "target = 'raspberry_pi_pico'\n"}});
  EXPECT_EQ(0, since("main").status);
  folder_.write("code.py", frame(8192));
  ToolRun grown = since("main");
  EXPECT_EQ(1, grown.status);
  EXPECT_THAT(grown.out,
              AllOf(HasSubstr("code.py:2:"), HasSubstr("FRG904"),
                    HasSubstr("exactly 8,192 bytes here, and before the change it was exactly")));
  EXPECT_EQ(0, check().status) << "of one state alone there is nothing to say";
  EXPECT_EQ(0, since("main", {"--ignore", "FRG904"}).status);
  commit();
  EXPECT_EQ(1, since("main").status);
  git("checkout -q main");
  git("merge -q work");
  EXPECT_EQ(0, since("main").status) << "what is merged is what counts from then on";
}

TEST_F(SinceTest, GrowthThatIsSmallIsANoteUnlessABudgetSaysMore) {
  begin({{"code.py", frame(4096)}, {"fraglint.toml", "target = 'raspberry_pi_pico'\n"}});
  folder_.write("code.py", frame(4160));
  EXPECT_EQ(0, since("main").status);
  EXPECT_THAT(since("main", {"--level", "note"}).out, HasSubstr("FRG904"));
  folder_.write("fraglint.toml", "target = 'raspberry_pi_pico'\n[budgets]\nmax-growth = 0\n");
  EXPECT_THAT(since("main").out, HasSubstr("`max-growth` allows 0 more"));
  EXPECT_EQ(1, since("main").status);
  folder_.write("fraglint.toml", "target = 'raspberry_pi_pico'\n[budgets]\nmax-growth = 64\n");
  EXPECT_EQ(0, since("main", {"--level", "note"}).status);
}

TEST_F(SinceTest, GrowthOfAModuleIsThatOfItsProgram) {
  begin({{"code.py", "import board\nimport sizes\nframe = bytearray(sizes.FRAME)\n"
                     "board.UART().readinto(frame)\n"},
         {"sizes.py", "FRAME = 512\n"},
         {"fraglint.toml", "target = 'raspberry_pi_pico'\n"}});
  folder_.write("sizes.py", "FRAME = 8192\n");
  EXPECT_THAT(since("main").out, HasSubstr("code.py:3:"));
  folder_.write("sizes.py", "FRAME = 128\n");
  EXPECT_EQ(0, since("main").status);
}

// --- What can go wrong ---

TEST_F(SinceTest, SaysWhatToDoWhereThereIsNothingToCompareWith) {
  folder_.write("code.py", program({"first"}));
  ToolRun none = since("main");
  EXPECT_EQ(3, none.status);
  EXPECT_THAT(none.err, HasSubstr("lies in no git repository"));
  git("init -q");
  EXPECT_THAT(since("main").err, HasSubstr("there is no commit yet"));
  commit();
  ToolRun unknown = since("trunk");
  EXPECT_EQ(3, unknown.status);
  EXPECT_THAT(unknown.err, AllOf(HasSubstr("there is no revision `trunk` here"),
                                 HasSubstr("`git fetch origin`")));
  EXPECT_EQ(3, since("--output=x").status);
  git("checkout -q --orphan alone");
  folder_.write("other.py", "x = 1\n"); // else it would be the same commit
  commit();
  EXPECT_THAT(since("main").err, HasSubstr("`main` and HEAD have no commit in common"));
  environment_ = {"PATH=/nowhere"};
  EXPECT_THAT(since("main").err, HasSubstr("git is not installed"));
}

TEST_F(SinceTest, SaysThatAShallowCloneIsShallow) {
  git("init -q far");
  folder_.write("far/code.py", program({"first"}));
  git("add -A", "far");
  git("commit -qm one", "far");
  git("checkout -qb work", "far");
  folder_.write("far/code.py", program({"first", "second"}));
  git("commit -qam two", "far");
  git("clone -q --depth 1 --no-single-branch file://'" + folder_.path("far") + "' near");
  ToolInput near;
  near.folder = folder_.path("near");
  ToolRun shallow = runTool({"check", "--since", "origin/main"}, near);
  EXPECT_EQ(3, shallow.status);
  EXPECT_THAT(shallow.err,
              AllOf(HasSubstr("this clone is shallow"), HasSubstr("git fetch --unshallow")));
  git("fetch -q --unshallow", "near");
  EXPECT_EQ(1, runTool({"check", "--since", "origin/main"}, near).status);
}

// --- The gate ---

/// Ten files with four findings each, half of them for the desktop beside them.
TEST_F(SinceTest, ARepositoryWithOldFindingsIsGatedAfterThreeCommands) {
  std::vector<std::pair<std::string, std::string>> files = {
      {"fraglint.toml", "target = 'raspberry_pi_pico'\n"},
      {"tools/flash.py", "import argparse\nimport subprocess\nwhile True:\n"
                         "    page = bytearray(65536)\n    subprocess.run(['x'], input=page)\n"}};
  for (int file = 0; file < 10; ++file)
    files.emplace_back("firmware/part" + std::to_string(file) + ".py",
                       program({"a", "b", "c", "d"}));
  begin(files);
  ToolRun before = check();
  EXPECT_EQ(1, before.status);
  EXPECT_THAT(before.out, AllOf(HasSubstr("Found 40 warnings in 10 of 11 files"),
                                HasSubstr("1 file is not firmware"), Not(HasSubstr("tools/"))));

  // 1
  EXPECT_THAT(run({"baseline", "write"}).out, HasSubstr("40 findings in 10 files"));
  // 2
  commit();
  git("checkout -q main");
  git("merge -q work");
  git("checkout -qb change");
  // 3: what CI runs from then on.
  environment_ = {"CI=true"};
  EXPECT_EQ(0, since("main").status);
  EXPECT_EQ(0, check().status);

  // Work that brings nothing: code moves, a desktop tool gets worse.
  folder_.write("firmware/part3.py", "# Tidied.\n\n" + program({"d", "c", "b", "a"}));
  folder_.write("tools/more.py", "import argparse\nwhile True:\n    page = bytearray(65536)\n");
  ToolRun harmless = since("main");
  EXPECT_EQ(0, harmless.status) << harmless.out;
  EXPECT_THAT(harmless.err, IsEmpty());
  EXPECT_EQ(0, check().status);

  // A new finding.
  folder_.write("firmware/part3.py", program({"d", "c", "b", "a", "e"}));
  EXPECT_THAT(newFindings("main").out, AllOf(HasSubstr("firmware/part3.py:24:"),
                                             HasSubstr("FRG103"), HasSubstr("Found 1 warning")));
  EXPECT_EQ(1, since("main").status);
  EXPECT_EQ(1, check().status);

  // Growth, which no rule about single files has a word for.
  folder_.write("firmware/part3.py", "history = bytearray(20000)\n" +
                                         program({"d", "c", "b", "a"}) + "print(history[0])\n");
  ToolRun grown = since("main");
  EXPECT_EQ(1, grown.status);
  EXPECT_THAT(grown.out, AllOf(HasSubstr("FRG904"), Not(HasSubstr("FRG103"))));

  // One that is mended leaves the baseline, where that can be kept.
  folder_.write("firmware/part3.py", program({"d", "c", "b"}));
  EXPECT_THAT(check().err, HasSubstr("left in it (CI is set"));
  environment_ = {};
  EXPECT_THAT(check().err, HasSubstr("1 finding of it is no more, taken out"));
  EXPECT_EQ(0, check().status);
}

} // namespace
} // namespace fraglint
