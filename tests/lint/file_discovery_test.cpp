#include "lint/file_discovery.h"

#include "support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

namespace fraglint {
namespace {

using testing::ElementsAre;

class FileDiscovery : public testing::Test {
protected:
  /// What is found, from the test's folder.
  std::vector<std::string> found(std::vector<std::string> names, ConfigOverrides overrides = {}) {
    for (std::string &name : names)
      name = folder_.path(name);
    Configuration configuration(std::move(overrides), {});
    std::vector<std::string> paths;
    for (const DiscoveredFile &file : llvm::cantFail(discoverFiles(names, configuration)))
      paths.push_back(file.path.substr(folder_.path().size() + 1));
    return paths;
  }
  void touch(std::initializer_list<llvm::StringRef> names) {
    for (llvm::StringRef name : names)
      folder_.write(name, "");
  }

  TempFolder folder_;
};

TEST_F(FileDiscovery, TakesProgramsInFoldersSorted) {
  touch({"b.py", "a/c.py", "a/readme.md", "code.txt", "main.txt", "notes.txt", "x.pyc", "x.mpy"});
  EXPECT_THAT(found({""}), ElementsAre("a/c.py", "b.py", "code.txt", "main.txt"));
}

TEST_F(FileDiscovery, TakesNamedFilesWhateverTheirName) {
  touch({"script", "build/x.py", "a b/\xC3\xBC.py"});
  EXPECT_THAT(found({"script", "build/x.py", "a b/\xC3\xBC.py", "none.py"}),
              ElementsAre("a b/\xC3\xBC.py", "build/x.py", "none.py", "script"));
}

TEST_F(FileDiscovery, TakesEachFileOnce) {
  touch({"a/c.py"});
  EXPECT_THAT(found({"", "a", "a/c.py", "a/../a/./c.py"}), ElementsAre("a/c.py"));
}

TEST_F(FileDiscovery, LeavesUsualFoldersOutButNotTheOneThatIsNamed) {
  touch({"build/x.py", "node_modules/m/x.py", ".git/x.py", "src/__pycache__/x.py", "src/x.py"});
  EXPECT_THAT(found({""}), ElementsAre("src/x.py"));
  EXPECT_THAT(found({"build"}), ElementsAre("build/x.py"));
}

TEST_F(FileDiscovery, ExcludeAndForceExclude) {
  touch({"a/x.py", "b/x.py"});
  folder_.write("fraglint.toml", "extend-exclude = ['a']\n");
  EXPECT_THAT(found({""}), ElementsAre("b/x.py"));
  EXPECT_THAT(found({"a/x.py"}), ElementsAre("a/x.py"));
  ConfigOverrides overrides;
  overrides.forceExclude = true;
  EXPECT_THAT(found({"a/x.py", "b/x.py"}, overrides), ElementsAre("b/x.py"));
}

TEST_F(FileDiscovery, ForceExcludeLooksAtUsualNamesBelowTheProjectOnly) {
  touch({"build/project/fraglint.toml", "build/project/x.py", "build/project/build/x.py"});
  ConfigOverrides overrides;
  overrides.forceExclude = true;
  EXPECT_THAT(found({"build/project/x.py", "build/project/build/x.py"}, overrides),
              ElementsAre("build/project/x.py"));
}

TEST_F(FileDiscovery, HonoursGitignoreFilesFromTheTopOfTheRepository) {
  touch({".git/HEAD", "top.py", "a/skip.py", "a/keep.py", "a/b/skip.py", "a/b/deep.py",
         "out/gen.py", "private.py"});
  folder_.write(".gitignore", "skip.py\n/out/\n");
  folder_.write("a/b/.gitignore", "!skip.py\ndeep.py\n");
  folder_.write(".git/info/exclude", "private.py\n");
  EXPECT_THAT(found({""}), ElementsAre("a/b/skip.py", "a/keep.py", "top.py"));
  EXPECT_THAT(found({"a"}), ElementsAre("a/b/skip.py", "a/keep.py"));
  EXPECT_THAT(found({"out"}), ElementsAre("out/gen.py"));
}

TEST_F(FileDiscovery, HonoursGitignoreFilesWithoutARepositoryToo) {
  touch({"a/x.py", "b/x.py"});
  folder_.write(".gitignore", "/a\n");
  EXPECT_THAT(found({""}), ElementsAre("b/x.py"));
}

TEST_F(FileDiscovery, FollowsLinksToFilesButNotToFolders) {
  touch({"a/x.py", "elsewhere.txt"});
  ASSERT_EQ(symlink("..", folder_.path("a/loop").c_str()), 0);
  ASSERT_EQ(symlink("../elsewhere.txt", folder_.path("a/link.py").c_str()), 0);
  ASSERT_EQ(symlink("nowhere", folder_.path("a/dangling.py").c_str()), 0);
  EXPECT_THAT(found({"a"}), ElementsAre("a/link.py", "a/x.py"));
}

TEST_F(FileDiscovery, TakesAFileOnceHoweverManyLinksLeadToIt) {
  touch({"a/z.py", "elsewhere.txt"});
  ASSERT_EQ(symlink("z.py", folder_.path("a/alias.py").c_str()), 0);
  ASSERT_EQ(symlink("../elsewhere.txt", folder_.path("a/m.py").c_str()), 0);
  ASSERT_EQ(symlink("m.py", folder_.path("a/n.py").c_str()), 0);
  ASSERT_EQ(link(folder_.path("a/z.py").c_str(), folder_.path("a/hard.py").c_str()), 0);
  EXPECT_THAT(found({"a"}), ElementsAre("a/hard.py", "a/m.py", "a/z.py"));
  EXPECT_THAT(found({"a/alias.py"}), ElementsAre("a/alias.py")) << "its target is not named";
}

TEST_F(FileDiscovery, ConfigurationMistakesFail) {
  touch({"a/x.py"});
  folder_.write("a/fraglint.toml", "x = 1\n");
  Configuration configuration({}, {});
  auto files = discoverFiles({folder_.path()}, configuration);
  ASSERT_FALSE(bool(files));
  EXPECT_THAT(llvm::toString(files.takeError()), testing::HasSubstr("`x` is no setting"));
}

TEST_F(FileDiscovery, DeepFoldersAreNoTrouble) {
  std::string deep;
  for (int level = 0; level < 300; ++level)
    deep += "d/";
  touch({deep + "x.py"});
  EXPECT_THAT(found({""}), ElementsAre(deep + "x.py"));
}

} // namespace
} // namespace fraglint
