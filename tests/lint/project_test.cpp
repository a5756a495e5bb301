#include "lint/project.h"

#include "lint/rule_registry.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Files in a folder of their own, and what the tool says of some of them.
class ProjectTest : public testing::Test {
protected:
  ProjectTest() { settings_.level = Severity::Note; }

  void write(llvm::StringRef name, llvm::StringRef text) const { folder_.write(name, text); }

  Project project(std::initializer_list<llvm::StringRef> given) const {
    std::vector<ProjectFile> files;
    for (llvm::StringRef name : given)
      files.push_back({folder_.path(name), nullptr, &settings_});
    return Project(std::move(files));
  }

  /// `FRG103 code.py:7` for each finding of `name`, where all of `given` are asked for.
  std::vector<std::string> findings(llvm::StringRef name,
                                    std::initializer_list<llvm::StringRef> given) const {
    return textsOf(project(given).lint(folder_.path(name)));
  }
  std::vector<std::string> findings(llvm::StringRef name) const { return findings(name, {name}); }

  static std::vector<std::string> textsOf(const FileResult &result) {
    std::vector<std::string> texts;
    for (const Diagnostic &found : result.diagnostics) {
      const SourceFile &file = *found.location.file;
      uint32_t line = file.lines().lineAt(found.location.range.begin) + 1;
      texts.push_back(found.rule->code.str() + " " + llvm::sys::path::filename(file.path()).str() +
                      ":" + std::to_string(line));
    }
    return texts;
  }

  TempFolder folder_;
  Settings settings_ = Settings::defaults();
};

constexpr llvm::StringLiteral kReader = "def read(uart):\n"
                                        "    frame = bytearray(2048)\n"
                                        "    uart.readinto(frame)\n";
constexpr llvm::StringLiteral kLoop = "import board\n"
                                      "import reader\n"
                                      "uart = board.UART()\n"
                                      "while True:\n"
                                      "    reader.read(uart)\n";

TEST_F(ProjectTest, FollowsPassesIntoImportedFiles) {
  write("code.py", kLoop);
  write("reader.py", kReader);
  EXPECT_THAT(findings("reader.py", {"code.py", "reader.py"}), ElementsAre("FRG103 reader.py:2"));
  EXPECT_THAT(findings("code.py", {"code.py", "reader.py"}), IsEmpty());
}

TEST_F(ProjectTest, ReadsTheProgramAroundAFileAlone) {
  write("code.py", kLoop);
  write("reader.py", kReader);
  EXPECT_THAT(findings("reader.py"), ElementsAre("FRG103 reader.py:2"));
}

TEST_F(ProjectTest, JudgesALibraryWithoutAProgramByItself) {
  write("reader.py", kReader);
  EXPECT_THAT(findings("reader.py"), IsEmpty());
}

TEST_F(ProjectTest, NamesTheLoopInItsOwnFile) {
  write("code.py", kLoop);
  write("reader.py", kReader);
  FileResult result = project({"reader.py"}).lint(folder_.path("reader.py"));
  ASSERT_EQ(result.diagnostics.size(), 1U);
  const Note &loop = result.diagnostics[0].notes.front();
  EXPECT_EQ(loop.location.file->path(), folder_.path("code.py"));
  EXPECT_EQ(loop.location.file->lines().lineAt(loop.location.range.begin), 3U);
}

TEST_F(ProjectTest, KnowsConstantsOfOtherFiles) {
  write("config.py", "WIDTH = 64\nHEIGHT = WIDTH // 2\n");
  write("code.py", "import board\nimport config\nfrom config import WIDTH as W\n"
                   "uart = board.UART()\nwhile True:\n"
                   "    frame = bytearray(config.HEIGHT * W)\n    uart.readinto(frame)\n");
  FileResult result = project({"code.py"}).lint(folder_.path("code.py"));
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_THAT(result.diagnostics[0].message, HasSubstr("exactly 2,048 bytes"));
}

TEST_F(ProjectTest, DoesNotTrustConstantsThatAnotherFileWrites) {
  write("config.py", "SIZE = 16\n");
  write("code.py", "import board\nimport config\nconfig.SIZE = int(board.board_id)\n"
                   "uart = board.UART()\nwhile True:\n"
                   "    frame = bytearray(config.SIZE)\n    uart.readinto(frame)\n");
  FileResult result = project({"code.py"}).lint(folder_.path("code.py"));
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_THAT(result.diagnostics[0].message, HasSubstr("not known"));
}

TEST_F(ProjectTest, FindsPackagesAndLibFolders) {
  write("code.py", "import board\nfrom screens import menu\nimport pool\nmenu.run(board.UART())\n");
  write("screens/__init__.py", "");
  write("screens/menu.py", "from .sizes import *\nfrom . import sizes\nimport pool\n"
                           "def run(uart):\n    while True:\n"
                           "        row = bytearray(ROW + sizes.MARGIN)\n"
                           "        uart.readinto(row)\n        pool.tick(uart)\n");
  write("screens/sizes.py", "ROW = 1000\nMARGIN = 48\n");
  write("lib/pool.py", "def tick(uart):\n    spare = bytearray(1500)\n    uart.readinto(spare)\n");
  EXPECT_THAT(findings("screens/menu.py"), ElementsAre("FRG103 menu.py:6"));
  EXPECT_THAT(findings("lib/pool.py"), ElementsAre("FRG103 pool.py:2"));
}

TEST_F(ProjectTest, FindsPackagesWithoutInitFilesFromWithin) {
  write("app/sizes/frames.py", "HEIGHT = 32\n");
  write("app/views/face.py", "import board\nfrom app.sizes.frames import HEIGHT\n"
                             "uart = board.UART()\nwhile True:\n"
                             "    frame = bytearray(HEIGHT * 64)\n    uart.readinto(frame)\n");
  FileResult result = project({"app/views/face.py"}).lint(folder_.path("app/views/face.py"));
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_THAT(result.diagnostics[0].message, HasSubstr("exactly 2,048 bytes"));
}

/// A label whose source lies in `lib/`.
constexpr llvm::StringLiteral kLabels =
    "import board\nimport displayio\nimport terminalio\n"
    "from adafruit_display_text import label\n"
    "page = displayio.Group()\n"
    "board.DISPLAY.root_group = page\n"
    "while True:\n"
    "    page.append(label.Label(terminalio.FONT, text=\"a\"))\n"
    "    page.pop()\n";
constexpr llvm::StringLiteral kLabelSource = "import displayio\n\n\n"
                                             "class Label(displayio.Group):\n"
                                             "    def __init__(self, font, text):\n"
                                             "        super().__init__()\n"
                                             "        self.rows = bytearray(5000)\n";

TEST_F(ProjectTest, RulesKnowALibraryByRowsWhereItsSourceLiesThere) {
  write("code.py", kLabels);
  ASSERT_THAT(findings("code.py"), ElementsAre("FRG104 code.py:8"));
  write("lib/adafruit_display_text/__init__.py", "");
  write("lib/adafruit_display_text/label.py", kLabelSource);
  EXPECT_THAT(findings("code.py"), ElementsAre("FRG104 code.py:8"));
  EXPECT_THAT(findings("lib/adafruit_display_text/label.py"), IsEmpty());
}

TEST_F(ProjectTest, BudgetsHoldForWhatTheSourceOfALibraryAsksFor) {
  settings_.budgets.file.maxContiguous = 4000;
  settings_.target = findTarget("circuitpython/raspberry_pi_pico");
  write("code.py", kLabels);
  ASSERT_THAT(findings("code.py"), ElementsAre("FRG104 code.py:8"));
  write("lib/adafruit_display_text/__init__.py", "");
  write("lib/adafruit_display_text/label.py", kLabelSource);
  EXPECT_THAT(findings("code.py"), ElementsAre("FRG104 code.py:8", "FRG901 code.py:8"));
}

TEST_F(ProjectTest, SeesCollectionsInOtherFiles) {
  write("tidy.py", "import gc\n\n\ndef up():\n    gc.collect()\n");
  llvm::StringRef before = "import board\nimport tidy\ntable = [0] * 4000\ntable[1] = 5\n"
                           "del table\n";
  llvm::StringRef after = "keep = bytearray(8192)\nboard.UART().readinto(keep)\n";
  write("with.py", (before + "tidy.up()\n" + after).str());
  write("without.py", (before + after).str());
  EXPECT_THAT(findings("with.py"), IsEmpty());
  EXPECT_THAT(findings("without.py"), ElementsAre("FRG201 without.py:5"));
}

TEST_F(ProjectTest, SurvivesFilesThatImportEachOther) {
  write("a.py", "import board\nimport b\nX = b.Y\nbuf = bytearray(X)\n");
  write("b.py", "import a\nY = a.X\n");
  EXPECT_THAT(findings("a.py", {"a.py", "b.py"}), IsEmpty());
  EXPECT_THAT(findings("b.py", {"a.py", "b.py"}), IsEmpty());
}

TEST_F(ProjectTest, LeavesOutWhatOnlyDesktopProgramsImport) {
  write("flash.py", "import argparse\nimport wire\n");
  write("wire.py", "HEADER = 4\n");
  EXPECT_EQ(project({"wire.py"}).lint(folder_.path("wire.py")).status, FileStatus::NotFirmware);
  write("code.py", "import board\nimport wire\n");
  EXPECT_EQ(project({"wire.py"}).lint(folder_.path("wire.py")).status, FileStatus::Analysed);
}

TEST_F(ProjectTest, ReportsAFileOfSeveralProgramsOnceAtItsHighest) {
  write("reader.py", "def read(uart, size):\n    frame = bytearray(size)\n"
                     "    uart.readinto(frame)\n\n\ndef big(uart):\n"
                     "    frame = bytearray(4096)\n    uart.readinto(frame)\n");
  write("quick.py", "import board\nimport reader\nuart = board.UART()\nwhile True:\n"
                    "    reader.big(uart)\n");
  write("slow.py", "import board\nimport time\nimport reader\nuart = board.UART()\n"
                   "while True:\n    reader.big(uart)\n    time.sleep(60)\n");
  EXPECT_THAT(findings("reader.py"), ElementsAre("FRG103 reader.py:7"));
}

TEST_F(ProjectTest, SuppressionsAnywhereOnThePathCount) {
  write("code.py", "import board\nimport reader\nuart = board.UART()\n"
                   "while True:  # fraglint: ignore[FRG103] one frame a minute\n"
                   "    reader.read(uart)\n");
  write("reader.py", kReader);
  EXPECT_THAT(findings("reader.py", {"code.py", "reader.py"}), IsEmpty());
  EXPECT_THAT(findings("code.py", {"code.py", "reader.py"}), IsEmpty()); // and it is needed
}

TEST_F(ProjectTest, OneBrokenFileDoesNotStopTheOthers) {
  write("code.py", kLoop);
  write("reader.py", "def read(uart):\n    frame = = 3\n    frame = bytearray(2048)\n"
                     "    uart.readinto(frame)\n");
  write("bad.py", "import reader\nx = '\xFF'\n");
  EXPECT_THAT(findings("reader.py", {"bad.py", "code.py", "reader.py"}),
              ElementsAre("FRG001 reader.py:2", "FRG103 reader.py:3"));
  EXPECT_THAT(findings("bad.py", {"bad.py", "code.py", "reader.py"}),
              ElementsAre("FRG002 bad.py:1"));
}

TEST_F(ProjectTest, AnalysesOtherContentInPlaceOfAFile) {
  write("code.py", kLoop);
  write("reader.py", kReader);
  Project whole = project({"code.py", "reader.py"});
  auto mended =
      llvm::cantFail(SourceFile::decode(folder_.path("reader.py"), "def read(uart):\n    pass\n"));
  EXPECT_THAT(textsOf(whole.lint(mended)), IsEmpty());
  EXPECT_THAT(textsOf(whole.lint(folder_.path("reader.py"))), ElementsAre("FRG103 reader.py:2"));
}

} // namespace
} // namespace fraglint
