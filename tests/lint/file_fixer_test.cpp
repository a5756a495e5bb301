#include "lint/file_fixer.h"

#include "lint/rule_registry.h"
#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

namespace fraglint {
namespace {

using testing::HasSubstr;

constexpr llvm::StringLiteral kBad =
    "import board\npicture = bytearray(38400)\ndel picture\nframe = bytearray(38400)\n";
constexpr llvm::StringLiteral kGood =
    "import board\nimport gc\npicture = bytearray(38400)\ndel picture\ngc.collect()\n"
    "frame = bytearray(38400)\n";

FixedFile fixed(llvm::StringRef bytes, Applicability upTo = Applicability::Safe) {
  auto file = llvm::cantFail(SourceFile::decode("code.py", bytes));
  Settings settings = Settings::defaults();
  return llvm::cantFail(fixFile(file, lintFile(file, settings), settings, upTo));
}
std::string fixedBytes(llvm::StringRef bytes) {
  FixedFile result = fixed(bytes);
  return llvm::cantFail(result.file->encode(result.file->text()));
}

TEST(FileFixer, FixesAndSaysHowMany) {
  FixedFile result = fixed(kBad);
  EXPECT_EQ(result.file->text(), kGood);
  EXPECT_EQ(result.result.fixesDone, 1U);
  EXPECT_TRUE(result.result.diagnostics.empty());
}

TEST(FileFixer, AddsAnImportOnceForSeveralFindings) {
  std::string twice = (kBad + "del frame\nother = bytearray(38400)\n").str();
  FixedFile result = fixed(twice);
  EXPECT_EQ(result.result.fixesDone, 2U);
  EXPECT_EQ(result.file->text(),
            (kGood + "del frame\ngc.collect()\nother = bytearray(38400)\n").str());
}

TEST(FileFixer, KeepsEncodingMarkAndLineEnds) {
  EXPECT_EQ(fixedBytes(("\xEF\xBB\xBF" + kBad).str()), ("\xEF\xBB\xBF" + kGood).str());
  EXPECT_EQ(fixedBytes(("# coding: latin-1\n# \xE9\n" + kBad).str()),
            ("# coding: latin-1\n# \xE9\n" + kGood).str());
  auto withCrLf = [](llvm::StringRef text) {
    std::string result;
    for (char byte : text)
      result += byte == '\n' ? std::string("\r\n") : std::string(1, byte);
    return result;
  };
  EXPECT_EQ(fixedBytes(withCrLf(kBad)), withCrLf(kGood));
}

TEST(FileFixer, LeavesAloneWhatIsBelowTheLevelOrUnsafe) {
  llvm::StringRef unsafe = "import board\nuart = board.UART()\nwhile True:\n"
                           "    b = bytearray(4096)\n    uart.readinto(b)\n";
  EXPECT_EQ(fixed(unsafe).file->text(), unsafe);
  EXPECT_NE(fixed(unsafe, Applicability::Unsafe).file->text(), unsafe);
}

Diagnostic withFix(std::vector<Edit> edits) {
  Diagnostic diagnostic;
  diagnostic.fix.emplace();
  diagnostic.fix->edits.append(edits.begin(), edits.end());
  return diagnostic;
}

TEST(CompatibleEdits, WhatTouchesAnEarlierFixWaits) {
  uint32_t done = 0;
  std::vector<Diagnostic> diagnostics = {
      withFix({{{0, 0}, "import gc\n"}, {{10, 10}, "a"}}),
      withFix({{{0, 0}, "import gc\n"}, {{20, 22}, ""}}),
      withFix({{{22, 25}, "b"}}),
      withFix({{{10, 10}, "other"}}),
      withFix({{{30, 31}, "c"}}),
  };
  std::vector<Edit> edits = compatibleEdits(diagnostics, {}, done);
  EXPECT_EQ(done, 3U);
  EXPECT_THAT(edits, testing::ElementsAre(Edit{{0, 0}, "import gc\n"}, Edit{{10, 10}, "a"},
                                          Edit{{20, 22}, ""}, Edit{{30, 31}, "c"}));
}

TEST(FileFixer, RefusesToLeaveBrokenPython) {
  auto file = llvm::cantFail(SourceFile::decode("code.py", "import board\nx = 1\n"));
  FileResult result;
  result.file = file;
  Diagnostic &diagnostic = result.diagnostics.emplace_back(withFix({{{13, 13}, "(("}}));
  diagnostic.rule = findRule("FRG103");
  auto outcome = fixFile(file, result, Settings::defaults(), Applicability::Safe);
  ASSERT_FALSE(bool(outcome));
  EXPECT_THAT(llvm::toString(outcome.takeError()), HasSubstr("not valid Python"));
}

class WriteFixed : public testing::Test {
protected:
  WriteFixed() { folder_.write("code.py", "x = 1\n"); }

  /// Why writing `after` failed; empty where it did not.
  std::string write(llvm::StringRef name = "code.py") {
    auto original = llvm::cantFail(SourceFile::read(folder_.path(name), 1000));
    auto after = llvm::cantFail(SourceFile::decode(folder_.path(name), "x = 2\n"));
    if (meanwhile_)
      meanwhile_();
    llvm::Error error = writeFixed(*original, *after);
    return error ? llvm::toString(std::move(error)) : "";
  }
  /// Names of all files in the folder.
  std::vector<std::string> files() {
    std::vector<std::string> names;
    std::error_code error;
    for (llvm::sys::fs::directory_iterator entry(folder_.path(), error), end; entry != end;
         entry.increment(error))
      names.push_back(llvm::sys::path::filename(entry->path()).str());
    return names;
  }

  TempFolder folder_;
  std::function<void()> meanwhile_;
};

TEST_F(WriteFixed, KeepsTheMode) {
  chmod(folder_.path("code.py").c_str(), 0751);
  EXPECT_EQ(write(), "");
  EXPECT_EQ(folder_.read("code.py"), "x = 2\n");
  struct stat status;
  ASSERT_EQ(stat(folder_.path("code.py").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0751U);
  EXPECT_THAT(files(), testing::ElementsAre("code.py"));
}

TEST_F(WriteFixed, WritesThroughLinks) {
  ASSERT_EQ(symlink("code.py", folder_.path("link.py").c_str()), 0);
  EXPECT_EQ(write("link.py"), "");
  EXPECT_EQ(folder_.read("code.py"), "x = 2\n");
  EXPECT_TRUE(llvm::sys::fs::is_symlink_file(folder_.path("link.py")));
}

TEST_F(WriteFixed, RefusesWriteProtectedFiles) {
  chmod(folder_.path("code.py").c_str(), 0444);
  EXPECT_THAT(write(), HasSubstr("write-protected"));
  EXPECT_EQ(folder_.read("code.py"), "x = 1\n");
}

TEST_F(WriteFixed, RefusesFilesThatChangedOrVanished) {
  meanwhile_ = [&] { folder_.write("code.py", "x = 3\n"); };
  EXPECT_THAT(write(), HasSubstr("changed while it was analysed"));
  EXPECT_EQ(folder_.read("code.py"), "x = 3\n");
  meanwhile_ = [&] { EXPECT_FALSE(llvm::sys::fs::remove(folder_.path("code.py"))); };
  EXPECT_THAT(write(), HasSubstr("cannot write the fixes"));
  EXPECT_TRUE(files().empty());
}

} // namespace
} // namespace fraglint
