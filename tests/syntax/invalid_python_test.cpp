/// What is said about invalid Python: the sections of the files in corpus/syntax/invalid.
///
/// A section starts with `#%%`, then has one `#: LINE:COLUMN "words"` per expected problem, in
/// order; the rest is its code, whose first line is line 1. The problems must be exactly these.

#include "syntax/parse_text.h"

#include "llvm/ADT/SmallVector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

struct Section {
  std::string where; ///< file and line, for messages
  std::vector<std::string> expected; ///< as in the file
  std::string code;
};

std::vector<Section> sectionsOf(const std::string &path) {
  std::string bytes = bytesOfFile(path);
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(bytes).split(lines, '\n');
  std::vector<Section> sections;
  for (size_t number = 0; number < lines.size(); ++number) {
    llvm::StringRef line = lines[number];
    if (line == "#%%")
      sections.push_back({path + ":" + std::to_string(number + 1), {}, {}});
    else if (!sections.empty() && sections.back().code.empty() && line.consume_front("#: "))
      sections.back().expected.push_back(line.str());
    else if (!sections.empty())
      sections.back().code += line.str() + "\n";
  }
  return sections;
}

/// `1:5 message` fits `1:5 "mess"`.
bool fits(llvm::StringRef problem, llvm::StringRef expected) {
  auto [position, words] = expected.split(' ');
  return problem.consume_front(position) && problem.consume_front(" ") && words.size() > 2 &&
         problem.contains(words.drop_front().drop_back());
}

void expectProblems(const Section &section) {
  TreePointer tree = parseText(section.code);
  expectSound(*tree);
  std::vector<std::string> problems = problemsOf(*tree);
  bool isRight = problems.size() == section.expected.size();
  for (size_t index = 0; isRight && index < problems.size(); ++index)
    isRight = fits(problems[index], section.expected[index]);
  EXPECT_TRUE(isRight) << section.where << "\n"
                       << section.code << "expected: " << testing::PrintToString(section.expected)
                       << "\nfound: " << testing::PrintToString(problems);
}

/// Rules skip what is wrong: some statement on the line of each problem must say so.
void expectMarks(const Section &section) {
  TreePointer tree = parseText(section.code);
  bool isMarked = tree->isPython2();
  for (uint32_t index = 0; index < tree->statementCount(); ++index)
    isMarked |= tree->statement(index).hasError();
  EXPECT_TRUE(isMarked || tree->statementCount() == 0) << section.where << "\n" << section.code;
}

TEST(InvalidPython, HasExactlyItsProblems) {
  size_t count = 0;
  for (const std::string &path : corpusPaths("invalid"))
    for (const Section &section : sectionsOf(path)) {
      expectProblems(section);
      if (!section.expected.empty())
        expectMarks(section);
      ++count;
    }
  EXPECT_GT(count, 500u);
}

TEST(InvalidPython, CannotHideBehindWhatFollows) {
  for (const std::string &path : corpusPaths("invalid"))
    for (Section &section : sectionsOf(path)) {
      if (section.expected.empty() || llvm::StringRef(section.code).ends_with("\\\n"))
        continue;
      section.code += "x_y_z = 1\n";
      EXPECT_FALSE(problemsOf(section.code).empty()) << section.where << "\n" << section.code;
    }
}

TEST(InvalidPython, IsFoundInAFunctionInALoopToo) {
  for (const std::string &path : corpusPaths("invalid")) {
    if (llvm::StringRef(path).contains("indentation") ||
        llvm::StringRef(path).contains("surroundings"))
      continue; // where things stand is what these are about
    for (const Section &section : sectionsOf(path)) {
      bool reachesOn = llvm::StringRef(section.code).contains("\"\"\"") ||
                       llvm::StringRef(section.code).ends_with("\\\n");
      if (section.expected.empty() || reachesOn)
        continue;
      std::string code = "def f():\n    while x:\n";
      llvm::SmallVector<llvm::StringRef> lines;
      llvm::StringRef(section.code).split(lines, '\n');
      for (llvm::StringRef line : lines)
        code += (line.empty() ? "" : "        ") + line.str() + "\n";
      EXPECT_FALSE(problemsOf(code).empty()) << section.where << "\n" << code;
    }
  }
}

TEST(Python2, IsSaidOnce) {
  TreePointer tree = parseText("import os\nprint 'a'\nx = y = = 1\nprint 'b'\nexec 'c'\n");
  EXPECT_TRUE(tree->isPython2());
  EXPECT_THAT(problemsOf(*tree),
              testing::ElementsAre("2:1 this is Python 2 (`print` without brackets): MicroPython "
                                   "and CircuitPython run Python 3, so the file is not analysed"));
}

TEST(Python2, IsNotSaidOfNames) {
  for (const char *text :
       {"print(x)", "print (x)", "print(x, file=y)", "print", "x = print", "print = 3", "exec('x')",
        "exec = 1", "print(a), b", "print (a) % b", "print[0]", "print.x", "print -1"})
    EXPECT_FALSE(parseText(text)->isPython2()) << text;
}

TEST(Python2, IsNotSaidOfProseBehindAnUnclosedString) {
  TreePointer tree = parseText("'''doc\nuses `print` and\nprint x\n'''\nx = '''\n");
  EXPECT_FALSE(tree->isPython2());
}

} // namespace
} // namespace fraglint
