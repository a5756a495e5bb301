#include "lint/linter.h"

#include "heap/target.h"
#include "lint/rule_registry.h"
#include "support/temp_folder.h"

#include "llvm/ADT/STLExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

FileResult lint(llvm::StringRef code, const Settings &settings = Settings::defaults()) {
  return lintFile(llvm::cantFail(SourceFile::decode("nowhere/code.py", code)), settings);
}

std::vector<std::string> codes(const FileResult &result) {
  std::vector<std::string> codes;
  codes.reserve(result.diagnostics.size());
  for (const Diagnostic &diagnostic : result.diagnostics)
    codes.push_back(diagnostic.rule->code.str());
  return codes;
}

TEST(Linter, SkipsDesktopPythonUnlessTold) {
  llvm::StringRef code = "import argparse\nimport subprocess\nx = = 1\n";
  EXPECT_EQ(lint(code).status, FileStatus::NotFirmware);
  EXPECT_THAT(codes(lint(code)), testing::IsEmpty());
  Settings settings = Settings::defaults();
  settings.assumeFirmware = true;
  EXPECT_EQ(lint(code, settings).status, FileStatus::Analysed);
  EXPECT_THAT(codes(lint(code, settings)), ElementsAre("FRG001"));
}

TEST(Linter, ReportsPython2Once) {
  FileResult result = lint("import board\nprint \"a\"\nprint \"b\"\nwhile True:\n"
                           "    x = bytearray(4096)\n");
  EXPECT_THAT(codes(result), ElementsAre("FRG001"));
}

TEST(Linter, AnalysesWhatParsesBesideWhatDoesNot) {
  FileResult result = lint("import board\nx = = 1\nuart = board.UART()\nwhile True:\n"
                           "    b = bytearray(4096)\n    uart.readinto(b)\n");
  EXPECT_THAT(codes(result), ElementsAre("FRG001", "FRG103"));
}

TEST(Linter, HasNoTimeLeftOnceItsThreadIsStopped) {
  llvm::StringRef code = "import board\nwhile True:\n    b = bytearray(4096)\n";
  std::atomic<bool> stop = false;
  ThreadClock::Stopping stopping(stop);
  EXPECT_EQ(lint(code).status, FileStatus::Analysed);
  stop = true;
  EXPECT_EQ(lint(code).status, FileStatus::Skipped);
}

TEST(Linter, ReportsFilesThatCannotBeRead) {
  TempFolder folder;
  Settings settings = Settings::defaults();
  auto reason = [&](llvm::StringRef name) {
    FileResult result = lintPath(folder.path(name), settings);
    EXPECT_EQ(result.status, FileStatus::Skipped);
    EXPECT_THAT(codes(result), ElementsAre("FRG002"));
    return result.diagnostics.empty() ? "" : result.diagnostics[0].message;
  };
  EXPECT_THAT(reason("none.py"), HasSubstr("No such file"));
  EXPECT_THAT(reason(""), HasSubstr("folder"));
  folder.write("bad.py", "x = '\xFF'\n");
  EXPECT_THAT(reason("bad.py"), HasSubstr("5"));
  folder.write("odd.py", "# coding: klingon\n");
  EXPECT_THAT(reason("odd.py"), HasSubstr("klingon"));
  folder.write("long.py", std::string(2000, '#'));
  settings.maxBytes = 1000;
  EXPECT_THAT(reason("long.py"), HasSubstr("1000"));
  EXPECT_EQ(lint(std::string(2000, '#'), settings).status, FileStatus::Skipped);
}

TEST(Linter, SkipsWhatTakesTooLongToAnalyse) {
  Settings settings = Settings::defaults();
  settings.deadline = std::chrono::milliseconds(0); // the parser is through before it looks at it
  FileResult result = lint("import board\n", settings);
  EXPECT_EQ(result.status, FileStatus::Skipped);
  EXPECT_THAT(codes(result), ElementsAre("FRG002"));
  EXPECT_THAT(result.diagnostics.at(0).message, HasSubstr("analysing took longer than 0 ms, so"));
  EXPECT_EQ(lint("import tkinter\n", settings).status, FileStatus::NotFirmware);
}

TEST(Linter, TheUsersSeverityReplacesTheDefault) {
  llvm::StringRef code = "import board\nuart = board.UART()\nwhile True:\n"
                         "    b = bytearray(4096)\n    uart.readinto(b)\n";
  Settings settings = Settings::defaults();
  EXPECT_EQ(lint(code, settings).diagnostics.at(0).severity, Severity::Warning);
  settings.rules[findRule("FRG103")] = Severity::Note;
  EXPECT_EQ(lint(code, settings).diagnostics.at(0).severity, Severity::Note);
}

TEST(Linter, RulesThatAreNotSelectedDoNotRun) {
  Settings settings;
  settings.rules.try_emplace(findRule("FRG201"));
  EXPECT_THAT(codes(lint("import board\nx = = 1\nuart = board.UART()\nwhile True:\n"
                         "    b = bytearray(4096)\n    uart.readinto(b)\n",
                         settings)),
              ElementsAre("FRG001"));
}

TEST(Linter, TheTargetDecidesWhatIsLarge) {
  llvm::StringRef code = "import time\n"
                         "import analogio\n"
                         "import board\n"
                         "probe = analogio.AnalogIn(board.A0)\n"
                         "frames = []\n"
                         "while True:\n"
                         "    print(max([probe.value for _ in range(100)]))\n"
                         "    frames.append(bytearray(600))\n"
                         "    frames.pop(0)\n"
                         "    time.sleep(1)\n";
  Settings settings = Settings::defaults();
  // A SAMD21 with a heap of some 18 KiB: 256 bytes are large.
  settings.target = findTarget("circuitpython/feather_m0_express");
  FileResult small = lint(code, settings);
  ASSERT_THAT(codes(small), ElementsAre("FRG102"));
  EXPECT_EQ(small.diagnostics[0].severity, Severity::Warning);
  EXPECT_THAT(small.diagnostics[0].message, HasSubstr("exactly 600 bytes in one run"));
  // A list and its 128 places, the range and the function; the frame of the pass before.
  static_assert(16 + 4 * 128 + 16 + 16 + (16 + 608) == 1184);
  EXPECT_THAT(small.diagnostics[0].message, HasSubstr("exactly 1,184 bytes of garbage wait"));
  // An ESP32-S3 with 2 MiB of external memory: 16 KiB are.
  settings.target = findTarget("circuitpython/adafruit_qtpy_esp32s3_4mbflash_2mbpsram");
  EXPECT_THAT(codes(lint(code, settings)), testing::IsEmpty());
}

TEST(Linter, TakesTheTargetFromSettingsThenBoardThenImports) {
  TempFolder folder;
  folder.write("boot_out.txt", "Adafruit CircuitPython 9.2.1 on 2024-11-20; Adafruit PyPortal with "
                               "samd51j20\nBoard ID:pyportal\n");
  folder.write("lib/deep/er/code.py", "import board\n");
  folder.write("code.py", "import board\n");
  auto targetOf = [&](llvm::StringRef name, const Settings &settings) {
    const Target *target = lintPath(folder.path(name), settings).target;
    return target ? target->name.str() : "";
  };
  Settings settings = Settings::defaults();
  EXPECT_EQ(targetOf("code.py", settings), "circuitpython/pyportal");
  EXPECT_EQ(targetOf("lib/deep/er/code.py", settings), "circuitpython/pyportal");
  settings.root = folder.path("lib/deep");
  EXPECT_EQ(targetOf("lib/deep/er/code.py", settings), "circuitpython/generic");
  settings.target = findTarget("micropython/microbit");
  EXPECT_EQ(targetOf("code.py", settings), "micropython/microbit");
  EXPECT_EQ(lint("import machine\n").target->name, "micropython/generic");
  EXPECT_EQ(lint("from adafruit_magtag.magtag import MagTag\n").target->name,
            "circuitpython/adafruit_magtag_2.9_grayscale");
  EXPECT_EQ(lint("try:\n    import adafruit_magtag\nexcept ImportError:\n    import board\n")
                .target->name,
            "circuitpython/generic")
      << "it also runs elsewhere";
}

} // namespace
} // namespace fraglint
