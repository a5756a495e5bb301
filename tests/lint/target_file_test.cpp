#include "lint/target_file.h"

#include "lint/configuration.h"
#include "lint/stated_target.h"
#include "support/temp_folder.h"

#include "llvm/ADT/STLExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;

std::string errorOf(llvm::StringRef text) {
  llvm::Expected<TargetDescription> read = readTarget(text, "board.toml");
  return read ? "" : llvm::toString(read.takeError());
}

TEST(TargetFile, WhatIsWrittenIsReadAgain) {
  for (const Target &target : allTargets()) {
    std::string text = targetText(TargetDescription::of(target));
    llvm::Expected<TargetDescription> read = readTarget(text, "board.toml");
    ASSERT_TRUE(bool(read)) << llvm::toString(read.takeError());
    EXPECT_EQ(targetText(*read), text) << target.name.str();
    EXPECT_EQ(read->name, target.name.str());
    EXPECT_EQ(read->heapBytes, target.heapBytes) << target.name.str();
    EXPECT_EQ(read->areasAtStart, target.heap->areasAtStart.vec()) << target.name.str();
  }
}

TEST(TargetFile, EachFlagIsWrittenAndReadByItself) {
  TargetDescription plain = TargetDescription::of(*findTarget("micropython/generic"));
  unsigned flags = 0;
  for (const std::string &key : targetKeys()) {
    TargetDescription other = plain;
    bool *flag = flagNamed(other, key);
    if (flag == nullptr)
      continue;
    ++flags;
    *flag = !*flag;
    TargetDescription read = llvm::cantFail(readTarget(targetText(other), "board.toml"));
    EXPECT_EQ(*flagNamed(read, key), *flag) << key;
    *flagNamed(read, key) = !*flag;
    EXPECT_EQ(targetText(read), targetText(plain)) << key << ": nothing else";
  }
  EXPECT_GE(flags, 30U);
}

TEST(TargetFile, SaysOnlyWhatDiffers) {
  TargetDescription read = llvm::cantFail(readTarget("based-on = 'raspberry_pi_pico'\n"
                                                     "[heap]\nbytes = [100000, 120000]\n",
                                                     "folder/mine.toml"));
  EXPECT_EQ(read.name, "mine");
  EXPECT_TRUE(read.profile.isCircuitPython());
  EXPECT_EQ(read.profile.floats, FloatKind::Word30);
  EXPECT_EQ(read.heapBytes, (Interval{100000, 120000}));
  read = llvm::cantFail(readTarget("[firmware]\nword-bytes = 8\n", "mine.toml"));
  EXPECT_EQ(read.profile.wordBytes, 8);
  EXPECT_EQ(read.profile.version, 129);
}

TEST(TargetFile, MistakesNameWhatWasMeant) {
  EXPECT_EQ(errorOf("[firmware]\nword-byte = 4\n"),
            "board.toml:2:1: `word-byte` is nothing that a target has in [firmware]; did you mean "
            "`word-bytes`?");
  EXPECT_EQ(errorOf("[trait]\n"),
            "board.toml:1:2: `trait` is nothing that a target has; did you mean `traits`?");
  EXPECT_THAT(errorOf("[firmware]\nfloats = 'boxd-64'\n"),
              HasSubstr("board.toml:2:10: `boxd-64` is none of word-30, boxed-32, boxed-64; did "
                        "you mean `boxed-64`?"));
  EXPECT_THAT(errorOf("based-on = 'pyportl'\n"),
              HasSubstr("`pyportl` is no known target; did you mean"));
  EXPECT_THAT(errorOf("[traits]\nfolds-floats = 1\n"),
              HasSubstr("2:16: `folds-floats` must be true or false, not a whole number"));
  EXPECT_THAT(errorOf("[firmware]\nword-bytes = 300\n"),
              HasSubstr("`word-bytes` must be from 0 to 255"));
  EXPECT_THAT(errorOf("[firmware]\nword-bytes = 5\n"),
              HasSubstr("2:14: `word-bytes` must be 4 or 8"));
  EXPECT_THAT(errorOf("[firmware]\nmain-names = 5\n"), HasSubstr("`main-slots` must be"));
  EXPECT_THAT(errorOf("[heap]\nbytes = 0\n"), HasSubstr("`bytes` must be a whole number above 0"));
  EXPECT_THAT(errorOf("[heap]\nbytes = [2, 1]\n"), HasSubstr("the least and the most"));
  EXPECT_THAT(errorOf("[heap]\nareas-at-start = []\n"), HasSubstr("must have an area"));
  EXPECT_THAT(errorOf("[heap]\nareas-at-start = 5\n"), HasSubstr("a list of whole numbers"));
  EXPECT_THAT(errorOf("heap = 5\n"), HasSubstr("`heap` must be a table, not a whole number"));
  EXPECT_THAT(errorOf("name = \n"), HasSubstr("board.toml:1:"));
}

TEST(TargetFile, IsStatedByItsPath) {
  TempFolder folder;
  folder.write("boards/mine.toml", "[heap]\nbytes = 50000\n");
  TargetPointer target = llvm::cantFail(statedTarget("boards/mine.toml", folder.path()));
  EXPECT_EQ(target->name, "mine");
  EXPECT_EQ(target->heapBytes, Interval::exactly(50000));
  EXPECT_EQ(target->typicalHeap(), 50000);
  EXPECT_EQ(llvm::cantFail(statedTarget("pyportal", folder.path())).get(),
            findTarget("circuitpython/pyportal"));
  EXPECT_THAT(llvm::toString(statedTarget("none.toml", folder.path()).takeError()),
              HasSubstr("cannot read the target"));
}

TEST(TargetFile, IsSeenFromTheConfigurationThatNamesIt) {
  TempFolder folder;
  folder.write("fraglint.toml", "target = 'boards/mine.toml'\n");
  folder.write("boards/mine.toml", "[heap]\nbytes = 50000\n");
  folder.write("a/code.py", "");
  Configuration configuration({}, {});
  Settings settings = llvm::cantFail(configuration.settingsFor(folder.path("a/code.py")));
  ASSERT_NE(settings.target, nullptr);
  EXPECT_EQ(settings.target->heapBytes, Interval::exactly(50000));
  folder.write("boards/mine.toml", "[heap]\nbyte = 50000\ngrow = true\n");
  Configuration again({}, {});
  llvm::Expected<Settings> broken = again.settingsFor(folder.path("a/code.py"));
  ASSERT_FALSE(bool(broken));
  EXPECT_THAT(llvm::toString(broken.takeError()),
              testing::AllOf(HasSubstr("fraglint.toml:1:10: "),
                             HasSubstr("mine.toml:2:1: `byte` is nothing that a target has in "
                                       "[heap]; did you mean `bytes`?\n"),
                             testing::ContainsRegex("fraglint.toml:1:10: [^\n]*mine.toml:3:1: ")));
}

} // namespace
} // namespace fraglint
