#include "lint/git_ignore.h"
#include "lint/path_pattern.h"
#include "support/temp_folder.h"

#include "llvm/Support/Program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

bool matches(llvm::StringRef pattern, llvm::StringRef path, bool isFolder = false) {
  return llvm::cantFail(PathPattern::parse(pattern, true)).matches(path, isFolder);
}

TEST(PathPattern, WithoutSlashesItIsANameAtAnyDepth) {
  EXPECT_TRUE(matches("*.py", "a/b/code.py"));
  EXPECT_TRUE(matches("lib", "lib", true));
  EXPECT_TRUE(matches("lib", "a/lib", true));
  EXPECT_FALSE(matches("lib", "a/lib/x.py"));
  EXPECT_TRUE(matches("?ode.[a-p]y", "code.py"));
}

TEST(PathPattern, WithSlashesItCountsFromItsFolder) {
  EXPECT_TRUE(matches("/lib", "lib"));
  EXPECT_FALSE(matches("/lib", "a/lib"));
  EXPECT_TRUE(matches("lib/*.py", "lib/a.py"));
  EXPECT_FALSE(matches("lib/*.py", "lib/b/a.py"));
  EXPECT_FALSE(matches("lib/*.py", "x/lib/a.py"));
}

TEST(PathPattern, TwoStarsAreAnyNumberOfFolders) {
  EXPECT_TRUE(matches("**/lib", "lib"));
  EXPECT_TRUE(matches("**/lib", "a/b/lib"));
  EXPECT_TRUE(matches("a/**/b", "a/b"));
  EXPECT_TRUE(matches("a/**/b", "a/x/y/b"));
  EXPECT_FALSE(matches("a/**/b", "a/x/y/c"));
  EXPECT_TRUE(matches("a/**", "a/x/y"));
  EXPECT_FALSE(matches("a/**", "a", true));
}

TEST(PathPattern, ASlashAtTheEndMeansFoldersOnly) {
  EXPECT_TRUE(matches("lib/", "lib", true));
  EXPECT_FALSE(matches("lib/", "lib", false));
}

TEST(PathPattern, BracesAreAlternativesWhereTheyAreAllowed) {
  EXPECT_TRUE(matches("{main,code}.py", "code.py"));
  EXPECT_FALSE(
      llvm::cantFail(PathPattern::parse("{main,code}.py", false)).matches("code.py", false));
}

TEST(PathPattern, MatchesInsideFolders) {
  PathPattern pattern = llvm::cantFail(PathPattern::parse("lib", true));
  EXPECT_TRUE(pattern.matchesInside("a/lib/b/c.py"));
  EXPECT_FALSE(pattern.matchesInside("a/libs/b/c.py"));
}

TEST(PathPattern, RejectsWhatCannotBeRead) {
  EXPECT_FALSE(bool(llvm::expectedToOptional(PathPattern::parse("[a-", true))));
}

/// Whether git leaves `path` out, in a repository whose `.gitignore` is there already.
bool gitIgnores(const TempFolder &folder, llvm::StringRef path) {
  static const auto git = llvm::sys::findProgramByName("git");
  return git && llvm::sys::ExecuteAndWait(*git, {"git", "-C", folder.path(), "check-ignore", "-q",
                                                 "--no-index", path}) == 0;
}

struct IgnoreCase {
  llvm::StringRef name, text;
};
void PrintTo(const IgnoreCase &one, std::ostream *os) { *os << one.name.str(); }

class GitIgnoreAgainstGit : public testing::TestWithParam<IgnoreCase> {};

TEST_P(GitIgnoreAgainstGit, LeavesOutTheSameFiles) {
  auto git = llvm::sys::findProgramByName("git");
  if (!git)
    GTEST_SKIP() << "there is no git here";
  TempFolder folder;
  ASSERT_EQ(llvm::sys::ExecuteAndWait(*git, {"git", "init", "-q", folder.path()}), 0);
  folder.write(".gitignore", GetParam().text);
  GitIgnore ignore(GetParam().text);
  for (llvm::StringRef path :
       {"code.py", "lib/a.py", "lib/b/a.py", "x/lib/a.py", "a/b.py", "a/x/b.py", "a/x/y/b.py",
        "foo bar.py", "foo ", "#hash.py", "!bang.py", "keep.py", "x/keep.py", "abc/x.py",
        "abd/x.py", "back\\slash.py", "star*.py", "a]b.py"}) {
    folder.write(path, "");
    // As a walk does it: a folder that is left out takes all in it along.
    bool ours = false;
    for (size_t slash = path.find('/'); !ours; slash = path.find('/', slash + 1)) {
      bool isFolder = slash != llvm::StringRef::npos;
      ours = ignore.verdict(path.take_front(slash), isFolder).value_or(false);
      if (!isFolder)
        break;
    }
    EXPECT_EQ(ours, gitIgnores(folder, path)) << path.str();
  }
}

INSTANTIATE_TEST_SUITE_P(
    Patterns, GitIgnoreAgainstGit,
    testing::Values(
        IgnoreCase{"names", "*.py\n!keep.py\n"}, IgnoreCase{"anchored", "/lib\n/code.py\n"},
        IgnoreCase{"middle", "a/b.py\nlib/b\n"}, IgnoreCase{"foldersOnly", "lib/\nfoo /\n"},
        IgnoreCase{"anywhere", "**/lib\n"}, IgnoreCase{"between", "a/**/b.py\n"},
        IgnoreCase{"inside", "lib/**\n"}, IgnoreCase{"star", "a/*/b.py\n"},
        IgnoreCase{"starsInName", "a**d/x.py\nab**\n"},
        IgnoreCase{"sets", "ab[c-z]/\n[!a-k]*.py\n"}, IgnoreCase{"question", "?ode.py\nab?\n"},
        IgnoreCase{"comments", "# code.py\n\\#hash.py\n\n   \n"},
        IgnoreCase{"bang", "\\!bang.py\n"}, IgnoreCase{"trailingBlanks", "code.py   \nfoo\\ \n"},
        IgnoreCase{"noReincludeBelowFolder", "x/\n!x/keep.py\n"},
        IgnoreCase{"reincludeFolder", "*\n!lib/\n!a\n!*.py\n"},
        IgnoreCase{"lastOneWins", "!code.py\ncode.py\n!lib\n"},
        IgnoreCase{"escapes", "star\\*.py\nback\\\\slash.py\n"},
        IgnoreCase{"invalid", "[\ncode.py\\\n"}, IgnoreCase{"bracketFirst", "a[]]b.py\n"},
        IgnoreCase{"windowsLineEnds", "code.py\r\nlib/\r\n"}, IgnoreCase{"slashOnly", "/\n"},
        IgnoreCase{"allFolders", "*/\n"}, IgnoreCase{"leadingStars", "**/*.py\n!**/keep.py\n"}),
    [](const testing::TestParamInfo<IgnoreCase> &one) { return one.param.name.str(); });

} // namespace
} // namespace fraglint
