/// `fraglint check` from end to end.

#include "driver/tool_run.h"
#include "support/temp_folder.h"

#include "llvm/Support/JSON.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr llvm::StringLiteral kClean = "import board\nx = 1\n";
constexpr llvm::StringLiteral kDeletes =
    "import board\npicture = bytearray(38400)\ndel picture\nframe = bytearray(38400)\n";
constexpr llvm::StringLiteral kDeletesMended =
    "import board\nimport gc\npicture = bytearray(38400)\ndel picture\ngc.collect()\n"
    "frame = bytearray(38400)\n";
constexpr llvm::StringLiteral kLoop = "import board\nuart = board.UART()\nwhile True:\n"
                                      "    line = bytearray(4096)\n    uart.readinto(line)\n";
/// Below "large" on the generic board: a note.
constexpr llvm::StringLiteral kNote = "import board\nuart = board.UART()\nwhile True:\n"
                                      "    line = bytearray(300)\n    uart.readinto(line)\n";

class CheckCommand : public testing::Test {
protected:
  ToolRun check(std::vector<std::string> arguments, const std::string &standardInput = "") {
    arguments.insert(arguments.begin(), "check");
    return runTool(arguments, {folder_.path(), standardInput, environment_});
  }
  int status(std::vector<std::string> arguments) { return check(std::move(arguments)).status; }
  llvm::json::Value json(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--output-format", "json"});
    ToolRun run = check(std::move(arguments));
    auto value = llvm::json::parse(run.out);
    if (value)
      return std::move(*value);
    ADD_FAILURE() << llvm::toString(value.takeError()) << run.out << run.err;
    return nullptr;
  }

  TempFolder folder_;
  std::vector<std::string> environment_;
};

// --- Exit statuses ---

TEST_F(CheckCommand, Status0WhereNothingIsFound) {
  folder_.write("code.py", kClean);
  EXPECT_EQ(status({}), 0);
  EXPECT_EQ(status({"code.py"}), 0);
}

TEST_F(CheckCommand, Status1ForFindingsAtTheLevel) {
  folder_.write("code.py", kDeletes);
  EXPECT_EQ(status({}), 1);
  EXPECT_EQ(status({"--exit-zero"}), 0);
  EXPECT_EQ(status({"--max-warnings", "1"}), 0);
  EXPECT_EQ(status({"--select", "FRG103"}), 0);
  EXPECT_EQ(status({"--ignore=FRG2"}), 0);
}

TEST_F(CheckCommand, NotesCountOnlyWhereTheyAreAskedFor) {
  folder_.write("code.py", kNote);
  EXPECT_EQ(status({}), 0);
  EXPECT_THAT(check({}).out, HasSubstr("--level note"));
  EXPECT_EQ(status({"--level", "note"}), 1);
  folder_.write("fraglint.toml", "level = 'note'\n");
  EXPECT_EQ(status({}), 1);
  EXPECT_EQ(status({"--level", "warning"}), 0);
}

TEST_F(CheckCommand, SyntaxErrorsAreFindingsThatNoBudgetAllows) {
  folder_.write("code.py", "import board\nx = = 1\n");
  EXPECT_EQ(status({}), 1);
  EXPECT_EQ(status({"--max-warnings", "5"}), 1);
}

TEST_F(CheckCommand, Status2WhereAFileCannotBeProcessed) {
  folder_.write("bad.py", "x = '\xFF'\n");
  folder_.write("code.py", kDeletes);
  ToolRun run = check({"bad.py", "code.py", "none.py"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.out, AllOf(HasSubstr("bad.py:1:1: FRG002"), HasSubstr("code.py:3:5: FRG201"),
                             HasSubstr("none.py:1:1: FRG002")));
  EXPECT_EQ(check({"--exit-zero", "none.py"}).status, 2);
}

TEST_F(CheckCommand, Status2ForAFolderThatCannotBeListed) {
  folder_.write("a/code.py", kClean);
  chmod(folder_.path("a").c_str(), 0);
  // The administrator can list any folder, unless the right to do so is given up.
  llvm::StringRef without = "setpriv --bounding-set=-dac_override,-dac_read_search "
                            "--inh-caps=-dac_override,-dac_read_search ";
  ToolRun run = runShell((geteuid() == 0 ? without : "").str() + "\"$fraglint\" check",
                         {folder_.path(), "", environment_});
  chmod(folder_.path("a").c_str(), 0755);
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.out, HasSubstr("cannot list the folder"));
}

TEST_F(CheckCommand, Status3ForMistakesOfTheCommandLine) {
  folder_.write("code.py", kDeletes);
  for (const std::vector<std::string> &arguments : std::vector<std::vector<std::string>>{
           {"--selct", "FRG103"},
           {"--select", "FRG8"},
           {"--target", "toaster"},
           {"--output-format", "jsn"},
           {"--level", "loud"},
           {"--jobs", "many"},
           {"--color", "red"},
           {"--max-warnings", "-1"},
           {"--config", "none.toml"},
           {"--config", "fraglint.toml", "--isolated"},
           {"--exclude", "."},
           {"--extend-exclude", "./"},
           {"-", "code.py"},
           {"--exclude", "[a"},
           {"--output-format", "json", "--output-format", "text"}}) {
    ToolRun run = check(arguments);
    EXPECT_EQ(run.status, 3) << testing::PrintToString(arguments);
    EXPECT_THAT(run.out, IsEmpty());
    EXPECT_THAT(run.err, StartsWith("fraglint: "));
  }
}

TEST_F(CheckCommand, NumbersAreAskedForInPlainWords) {
  for (const char *number : {"-1", "x", "1.5", "99999999999999999999"})
    EXPECT_THAT(check({"--max-warnings", number}).err,
                HasSubstr("`" + std::string(number) + "` is not a whole number, 0 or more"));
  EXPECT_THAT(check({"--jobs", "257"}).err, HasSubstr("not a whole number, from 0 to 256"));
  EXPECT_THAT(check({"--help"}).out, Not(HasSubstr("INT")));
  EXPECT_THAT(check({"--help"}).out, Not(HasSubstr("NONNEGATIVE")));
}

TEST_F(CheckCommand, APartOfABoardsNameLeadsToBoards) {
  EXPECT_THAT(check({"--target", "pico"}).err, HasSubstr("did you mean `micropython/RPI_PICO`, "));
}

TEST_F(CheckCommand, ExcludesPathsAsAShellWritesThem) {
  folder_.write("src/code.py", kDeletes);
  folder_.write("lib/src/code.py", kClean);
  for (const std::string &typed :
       {std::string("./src"), std::string("./src/"), folder_.path("src"), folder_.path("src") + "/",
        std::string("lib/../src"),
        "../" + folder_.path().substr(folder_.path().rfind('/') + 1) + "/src"})
    EXPECT_EQ(check({"--extend-exclude", typed, "--show-files"}).out, "lib/src/code.py\n") << typed;
  EXPECT_EQ(check({"--extend-exclude", "src", "--show-files"}).out, "") << "at any depth";
}

TEST_F(CheckCommand, Status3ForAllMistakesOfAConfiguration) {
  folder_.write("code.py", kDeletes);
  folder_.write("fraglint.toml", "selekt = ['FRG103']\nlevel = 3\n");
  ToolRun run = check({});
  EXPECT_EQ(run.status, 3);
  EXPECT_EQ(run.err, "fraglint: fraglint.toml:1:1: `selekt` is no setting; did you mean `select`?\n"
                     "fraglint: fraglint.toml:2:9: `level` must be a string, not a whole number\n");
  EXPECT_EQ(status({"--isolated"}), 1);
}

TEST_F(CheckCommand, Status4WhereTheReportCannotBeWritten) {
  folder_.write("code.py", kDeletes);
  ToolRun run = runShell("$fraglint check code.py > /dev/full", {folder_.path(), "", {}});
  EXPECT_EQ(run.status, 4);
  EXPECT_THAT(run.err, HasSubstr("cannot write to standard output"));
  run = check({"--output-file", "/dev/full", "code.py"});
  EXPECT_EQ(run.status, 4);
  EXPECT_THAT(run.err, HasSubstr("cannot write /dev/full"));
}

TEST_F(CheckCommand, AReaderThatGoesAwayIsNoError) {
  std::string many = "import board\n";
  for (int i = 0; i < 3000; ++i)
    many += "x = = 1\n";
  folder_.write("code.py", many);
  ToolRun run = runShell("$fraglint check code.py | head -n 1", {folder_.path(), "", {}});
  EXPECT_THAT(run.out, StartsWith("code.py:2:"));
  EXPECT_THAT(run.err, IsEmpty());
}

// --- What is checked ---

TEST_F(CheckCommand, PathsWithBlanksAndOtherLetters) {
  folder_.write("a b/\xC3\xBC.py", kDeletes);
  EXPECT_THAT(check({"a b"}).out, HasSubstr("a b/\xC3\xBC.py:3:5: FRG201"));
  EXPECT_THAT(check({"./a b/../a b/\xC3\xBC.py"}).out, StartsWith("a b/\xC3\xBC.py:3:5:"));
  folder_.write("-odd.py", kDeletes);
  EXPECT_THAT(check({"--", "-odd.py"}).out, StartsWith("-odd.py:3:5:"));
}

TEST_F(CheckCommand, PathsOutsideTheWorkingFolderAreAbsolute) {
  folder_.write("a/x.py", kClean);
  folder_.write("b/code.py", kDeletes);
  ToolRun run = runTool({"check", "../b"}, {folder_.path("a"), "", {}});
  EXPECT_THAT(run.out, StartsWith(folder_.path("b/code.py") + ":3:5:"));
}

TEST_F(CheckCommand, ShowFiles) {
  folder_.write("b.py", kClean);
  folder_.write("a/code.py", kClean);
  folder_.write("build/x.py", kClean);
  EXPECT_EQ(check({"--show-files"}).out, "a/code.py\nb.py\n");
  EXPECT_EQ(check({"--show-files", "--exclude", "a"}).out, "b.py\nbuild/x.py\n");
  EXPECT_EQ(check({"--show-files", "--extend-exclude", "a"}).out, "b.py\n");
  EXPECT_EQ(check({"--show-files", "--force-exclude", "--extend-exclude", "a", "a/code.py"}).out,
            "");
}

TEST_F(CheckCommand, ShowSettings) {
  folder_.write("code.py", kClean);
  folder_.write("fraglint.toml", "target = 'pyportal'\n");
  EXPECT_THAT(check({"--show-settings"}).out,
              AllOf(HasSubstr("circuitpython/pyportal"), HasSubstr("fraglint.toml:1: target")));
}

TEST_F(CheckCommand, StandardInput) {
  ToolRun run = check({"-"}, kDeletes.str());
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.out, StartsWith("<stdin>:3:5: FRG201"));
  folder_.write("lib/fraglint.toml", "select = ['FRG103']\n");
  EXPECT_EQ(check({"-", "--stdin-filename", "lib/code.py"}, kDeletes.str()).status, 0);
  EXPECT_THAT(check({"--stdin-filename", "other/code.py"}, kDeletes.str()).out,
              StartsWith("other/code.py:3:5: FRG201"));
  EXPECT_EQ(check({"-"}, "x = '\xFF'\n").status, 2);
  EXPECT_EQ(check({"-", "--stdin-filename", "a/x.py", "--force-exclude", "--exclude", "a"},
                  kDeletes.str())
                .status,
            0);
}

TEST_F(CheckCommand, TheSameForAnyNumberOfThreads) {
  for (int i = 0; i < 60; ++i)
    folder_.write("f" + std::to_string(i) + ".py", i % 3 == 0   ? llvm::StringRef(kDeletes)
                                                   : i % 3 == 1 ? llvm::StringRef(kLoop)
                                                                : "import tkinter\n");
  ToolRun one = check({"--jobs", "1"});
  ToolRun several = check({"--jobs", "7"});
  EXPECT_EQ(one.out, several.out);
  EXPECT_EQ(one.status, 1);
  EXPECT_THAT(one.out, HasSubstr("20 files are not firmware"));
  EXPECT_EQ(check({"--jobs", "1", "--output-format", "json"}).out,
            check({"--jobs", "0", "--output-format", "json"}).out);
}

// --- Reports ---

TEST_F(CheckCommand, SeveralReportsAtOnce) {
  folder_.write("code.py", kDeletes);
  ToolRun run = check({"--output-format", "json", "--output-file", "a.json", "--format", "github",
                       "--output-file=b.txt", "--output-format", "concise"});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(folder_.read("a.json"), HasSubstr("fraglint-check/1"));
  EXPECT_THAT(folder_.read("b.txt"), StartsWith("::warning file=code.py,line=3,"));
  EXPECT_THAT(run.out, StartsWith("code.py:3:5:"));
}

TEST_F(CheckCommand, JsonHoldsEverything) {
  folder_.write("code.py", kDeletes);
  folder_.write("desk.py", "import tkinter\n");
  llvm::json::Value report = json({".", "none.py"});
  const llvm::json::Object &root = *report.getAsObject();
  EXPECT_EQ(root.getString("schema"), "fraglint-check/1");
  EXPECT_EQ(root.getString("target"), "circuitpython/generic");
  EXPECT_EQ(root.getInteger("files"), 3);
  EXPECT_EQ(root.getInteger("not_firmware"), 1);
  EXPECT_EQ(root.getInteger("skipped"), 1);
  ASSERT_EQ(root.getArray("findings")->size(), 2U);
  const llvm::json::Object &finding = *(*root.getArray("findings"))[0].getAsObject();
  EXPECT_EQ(finding.getString("code"), "FRG201");
  EXPECT_EQ(finding.getInteger("line"), 3);
  EXPECT_EQ(finding.getObject("fix")->getString("applicability"), "safe");
}

TEST_F(CheckCommand, TheUsualFormatFitsTheReader) {
  folder_.write("code.py", kDeletes);
  EXPECT_THAT(check({}).out, StartsWith("code.py:3:5: FRG201 warning: "));
  environment_ = {"GITHUB_ACTIONS=true"};
  EXPECT_THAT(check({}).out, StartsWith("::warning file=code.py,"));
}

TEST_F(CheckCommand, Colours) {
  folder_.write("code.py", kDeletes);
  EXPECT_THAT(check({"--format", "text"}).out, Not(HasSubstr("\x1b[")));
  EXPECT_THAT(check({"--format", "text", "--color", "always"}).out, HasSubstr("\x1b["));
  environment_ = {"FORCE_COLOR=1"};
  EXPECT_THAT(check({"--format", "text"}).out, HasSubstr("\x1b["));
  EXPECT_THAT(check({"--format", "text", "--color", "never"}).out, Not(HasSubstr("\x1b[")));
  environment_ = {"FORCE_COLOR=1", "NO_COLOR=1"};
  EXPECT_THAT(check({"--format", "text"}).out, Not(HasSubstr("\x1b[")));
}

TEST_F(CheckCommand, Quiet) {
  folder_.write("code.py", kClean);
  EXPECT_THAT(check({}).out, Not(IsEmpty()));
  EXPECT_THAT(check({"--quiet"}).out, IsEmpty());
  EXPECT_THAT(check({"-q", "--format", "json"}).out, HasSubstr("\"files\":1"));
}

TEST_F(CheckCommand, Statistics) {
  folder_.write("a.py", kDeletes);
  folder_.write("b.py", (kDeletes + kLoop.drop_front(strlen("import board\n"))).str());
  EXPECT_EQ(check({"--statistics"}).out, "     2  FRG201 del-without-collect (2 with a fix)\n"
                                         "     1  FRG103 buffer-in-loop (1 with a fix)\n");
  llvm::json::Value report = json({"--statistics"});
  EXPECT_EQ(report.getAsObject()->getString("schema"), "fraglint-statistics/1");
}

// --- Fixes ---

TEST_F(CheckCommand, FixesInPlace) {
  folder_.write("code.py", kDeletes);
  folder_.write("loop.py", kLoop);
  ToolRun run = check({"--fix"});
  EXPECT_EQ(run.status, 1); // the loop's fix is not safe
  EXPECT_EQ(folder_.read("code.py"), kDeletesMended);
  EXPECT_EQ(folder_.read("loop.py"), kLoop);
  EXPECT_EQ(status({"--unsafe-fixes"}), 0);
  EXPECT_NE(folder_.read("loop.py"), kLoop);
}

TEST_F(CheckCommand, FixesStandardInputToStandardOutput) {
  ToolRun run = check({"--fix", "-"}, kDeletes.str());
  EXPECT_EQ(run.out, kDeletesMended);
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(check({"--fix", "-"}, "\xEF\xBB\xBFimport board\r\n").out,
            "\xEF\xBB\xBFimport board\r\n");
  EXPECT_EQ(check({"--fix", "-"}, "import tkinter\n").out, "import tkinter\n");
  EXPECT_THAT(run.err, IsEmpty());
  ToolRun left = check({"--fix", "-"}, kLoop.str()); // a fix that is not safe
  EXPECT_EQ(left.status, 1);
  EXPECT_EQ(left.out, kLoop);
  EXPECT_THAT(left.err, StartsWith("<stdin>:4:12: FRG103"));
}

TEST_F(CheckCommand, ReportsFixesThatCannotBeWritten) {
  folder_.write("code.py", kDeletes);
  chmod(folder_.path("code.py").c_str(), 0444);
  ToolRun run = check({"--fix"});
  EXPECT_EQ(run.status, 4);
  EXPECT_THAT(run.err, HasSubstr("code.py: cannot write the fixes: the file is write-protected"));
  EXPECT_THAT(run.out, HasSubstr("FRG201"));
  EXPECT_EQ(folder_.read("code.py"), kDeletes);
}

TEST_F(CheckCommand, DiffChangesNothingAndCanBeApplied) {
  folder_.write("code.py", kDeletes);
  folder_.write("sub/last.py",
                "import board\r\nx = bytearray(9999)\r\ndel x\r\ny = bytearray(9999)");
  ToolRun run = check({"--diff"});
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(folder_.read("code.py"), kDeletes);
  EXPECT_THAT(run.out, StartsWith("--- code.py\n+++ code.py\n@@ -1,4 +1,6 @@\n"));
  folder_.write("fix.diff", run.out);
  EXPECT_EQ(runShell("git apply -p0 fix.diff", {folder_.path(), "", {}}).status, 0);
  EXPECT_EQ(folder_.read("code.py"), kDeletesMended);
  EXPECT_EQ(status({}), 0);
}

TEST_F(CheckCommand, DiffOfNothingIsEmpty) {
  folder_.write("code.py", kClean);
  ToolRun run = check({"--diff"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, IsEmpty());
}

TEST_F(CheckCommand, DiffOfStandardInputIsTheDiffAlone) {
  folder_.write("code.py", kDeletes);
  EXPECT_EQ(check({"--diff", "-", "--stdin-filename", "code.py"}, kDeletes.str()).out,
            check({"--diff", "code.py"}).out);
  EXPECT_THAT(check({"--diff", "-"}, kClean.str()).out, IsEmpty());
}

// --- What is asked beside ---

TEST_F(CheckCommand, ExplainsTheTargetOfEachProgram) {
  folder_.write("a/code.py", "import board\nimport helper\n");
  folder_.write("a/helper.py", "import board\n");
  folder_.write("b/code.py", "import board\n");
  folder_.write("b/boot_out.txt", "Adafruit CircuitPython 9.2.1 on 2024-11-20; Raspberry Pi Pico "
                                  "with rp2040\nBoard ID:raspberry_pi_pico\n");
  folder_.write("c/main.py", "import machine\n");
  folder_.write("d/tool.py", "import argparse\nimport subprocess\n");
  ToolRun run = check({"--explain-target"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out,
              AllOf(HasSubstr("a/code.py: circuitpython/generic (a typical board of the family"),
                    HasSubstr("b/code.py: circuitpython/raspberry_pi_pico (by the boot_out.txt"),
                    HasSubstr("c/main.py: micropython/generic ("),
                    HasSubstr("d/tool.py: not firmware ("), Not(HasSubstr("helper"))));
  EXPECT_THAT(check({"--explain-target", "--target", "pyportal", "c"}).out,
              HasSubstr("c/main.py: circuitpython/pyportal (as --target or the configuration"));
}

TEST_F(CheckCommand, AddsCommentsForWhatIsLeft) {
  folder_.write("code.py", kLoop);
  ToolRun shown = check({"--add-ignore", "one at a time", "--diff"});
  EXPECT_THAT(shown.out,
              HasSubstr("+    line = bytearray(4096)  # fraglint: ignore[FRG103] one at a time\n"));
  EXPECT_EQ(folder_.read("code.py"), kLoop);
  ToolRun added = check({"--add-ignore", " one at a time "});
  EXPECT_EQ(added.status, 0);
  EXPECT_THAT(added.out, HasSubstr("1 finding was silenced."));
  std::string once = folder_.read("code.py");
  EXPECT_THAT(once, HasSubstr("(4096)  # fraglint: ignore[FRG103] one at a time\n"));
  EXPECT_EQ(status({"--add-ignore", "again"}), 0);
  EXPECT_EQ(folder_.read("code.py"), once);
}

TEST_F(CheckCommand, AddsCommentsForWhatFixesLeave) {
  folder_.write("code.py", (kDeletes + kLoop.substr(kLoop.find('\n') + 1)).str());
  EXPECT_EQ(status({"--fix", "--add-ignore", "kept"}), 0);
  EXPECT_THAT(folder_.read("code.py"),
              AllOf(HasSubstr("del picture\ngc.collect()\n"),
                    HasSubstr("line = bytearray(4096)  # fraglint: ignore[FRG103] kept\n")));
}

TEST_F(CheckCommand, AReasonIsOneLineOfWords) {
  folder_.write("code.py", kLoop);
  for (const char *reason : {"", "  ", "two\nlines", "x\x1b[m"}) {
    ToolRun run = check({"--add-ignore", reason});
    EXPECT_EQ(run.status, 3) << reason;
    EXPECT_THAT(run.err, HasSubstr("--add-ignore"));
  }
  EXPECT_EQ(folder_.read("code.py"), kLoop);
}

} // namespace
} // namespace fraglint
