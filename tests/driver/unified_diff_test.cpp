#include "driver/unified_diff.h"

#include "driver/tool_run.h"
#include "support/temp_folder.h"

#include <gtest/gtest.h>

#include <random>

namespace fraglint {
namespace {

TEST(UnifiedDiff, EqualTextsGiveNothing) {
  EXPECT_EQ(unifiedDiff("a.py", "x\n", "x\n"), "");
  EXPECT_EQ(unifiedDiff("a.py", "", ""), "");
}

TEST(UnifiedDiff, ShowsThreeLinesAround) {
  EXPECT_EQ(unifiedDiff("a.py", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            "--- a.py\n+++ a.py\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, ChangesApartHaveHunksOfTheirOwn) {
  EXPECT_EQ(unifiedDiff("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "0\n1\n2\n3\n4\n5\n6\n7\n8\n"),
            "--- a\n+++ a\n@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -6,4 +7,3 @@\n 6\n 7\n 8\n-9\n");
}

TEST(UnifiedDiff, TellsAboutAMissingLineEnd) {
  EXPECT_EQ(unifiedDiff("a", "1\n2", "1\n2\n3"),
            "--- a\n+++ a\n@@ -1,2 +1,3 @@\n 1\n-2\n\\ No newline at end of file\n+2\n+3\n"
            "\\ No newline at end of file\n");
}

TEST(UnifiedDiff, OfEmptyTexts) {
  EXPECT_EQ(unifiedDiff("a", "", "1\n"), "--- a\n+++ a\n@@ -0,0 +1,1 @@\n+1\n");
  EXPECT_EQ(unifiedDiff("a", "1\n", ""), "--- a\n+++ a\n@@ -1,1 +0,0 @@\n-1\n");
}

TEST(UnifiedDiff, TextsFarApartAreOneBlock) {
  std::string before, after;
  for (int line = 0; line < 1000; ++line) {
    before += "old " + std::to_string(line) + "\n";
    after += "new " + std::to_string(line) + "\n";
  }
  EXPECT_TRUE(llvm::StringRef(unifiedDiff("a", before, after))
                  .starts_with("--- a\n+++ a\n@@ -1,1000 +1,1000 @@\n"));
}

TEST(UnifiedDiff, GitAppliesIt) {
  std::mt19937 random(20260301); // deterministic
  auto text = [&] {
    std::string lines;
    for (unsigned count = random() % 30; count > 0; --count)
      lines += std::string(1, static_cast<char>('a' + random() % 4)) + "\n";
    return lines + (random() % 3 == 0 ? "end" : "");
  };
  TempFolder folder;
  for (int round = 0; round < 40; ++round) {
    std::string before = text(), after = text();
    if (before.empty() || after.empty() || before == after)
      continue;
    folder.write("f.txt", before);
    folder.write("f.diff", unifiedDiff("f.txt", before, after));
    EXPECT_EQ(runShell("git apply -p0 f.diff", {folder.path(), "", {}}).status, 0);
    EXPECT_EQ(folder.read("f.txt"), after);
  }
}

} // namespace
} // namespace fraglint
