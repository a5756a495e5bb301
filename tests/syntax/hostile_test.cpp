/// Input that is made to break parsers: the files of corpus/syntax/hostile.
///
/// A `.py` file is taken as it is, and cut off at every byte. A `.recipe` says how to make a text
/// that is too large to store, line by line:
///   expect tree | either           a tree must come out / a tree or NotAnalysedError
///   expect problem "WORDS"         some problem says so, if there is a tree
///   expect no problem
///   text "…"                       these characters, with \n \r \t \\ \" \xHH
///   repeat N "…"                   N times
///   stairs N "…"                   N times, each one blank deeper, then one deeper still
///   noise N printable | unicode | python

#include "syntax/parse_text.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

struct Recipe {
  std::string text;
  bool needsTree = false;
  bool needsNoProblem = false;
  std::vector<std::string> problems; ///< words that must be said
};

std::string unescaped(llvm::StringRef quoted) {
  std::string result;
  for (llvm::StringRef rest = quoted.trim().drop_front().drop_back(); !rest.empty();) {
    if (!rest.consume_front("\\")) {
      result += rest.front();
      rest = rest.drop_front();
    } else if (rest.consume_front("x")) {
      result += static_cast<char>(llvm::hexFromNibbles(rest[0], rest[1]));
      rest = rest.drop_front(2);
    } else {
      result += llvm::StringSwitch<char>(rest.take_front(1))
                    .Case("n", '\n')
                    .Case("r", '\r')
                    .Case("t", '\t')
                    .Default(rest.front());
      rest = rest.drop_front();
    }
  }
  return result;
}

/// The same on every machine, unlike what <random> gives.
class Noise {
public:
  uint32_t next(uint32_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>(state_ >> 33) % bound;
  }

  std::string make(llvm::StringRef kind, size_t size) {
    std::string result;
    while (result.size() < size)
      result += kind == "python" ? word() : kind == "unicode" ? character(0x3000) : character(127);
    return result;
  }

private:
  std::string word() {
    static const char *const kWords[] = {
        "if",   "else",  "for",   "in",    "def",  "class", "lambda", "try",    "except",
        "with", "as",    "x",     "yield", "not",  "and",   "1",      "'a'",    "f'{",
        "}'",   "(",     ")",     "[",     "]",    "{",     "}",      ":",      ",",
        "=",    ":=",    "*",     "**",    ".",    "\n",    "\n  ",   "\n    ", "@",
        ";",    "await", "async", "match", "case", "#",     "\\\n",   "\"\"\""};
    return std::string(kWords[next(std::size(kWords))]) + (next(3) ? " " : "");
  }

  std::string character(uint32_t bound) {
    if (next(40) == 0)
      return "\n";
    uint32_t code = 32 + next(bound - 32);
    if (code < 0x80u)
      return std::string(1, static_cast<char>(code));
    if (code < 0x800u)
      return {static_cast<char>(0xC0u | (code >> 6)), static_cast<char>(0x80u | (code & 0x3Fu))};
    return {static_cast<char>(0xE0u | (code >> 12)),
            static_cast<char>(0x80u | ((code >> 6) & 0x3Fu)),
            static_cast<char>(0x80u | (code & 0x3Fu))};
  }

  uint64_t state_ = 42;
};

void follow(llvm::StringRef word, llvm::StringRef rest, Recipe &recipe) {
  if (word == "text") {
    recipe.text += unescaped(rest);
    return;
  }
  auto [number, what] = rest.split(' ');
  size_t count = 0;
  ASSERT_FALSE(number.getAsInteger(10, count)) << word.str() << " " << rest.str();
  if (word == "noise") {
    recipe.text += Noise().make(what, count);
    return;
  }
  std::string piece = unescaped(what);
  for (size_t step = 0; step < count; ++step)
    recipe.text += (word == "stairs" ? std::string(step, ' ') : "") + piece;
  if (word == "stairs")
    recipe.text += std::string(count, ' ');
}

Recipe recipeOf(const std::string &path) {
  Recipe recipe;
  std::string bytes = bytesOfFile(path);
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(bytes).split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : lines) {
    if (line.starts_with("#"))
      continue;
    if (line == "expect tree")
      recipe.needsTree = true;
    else if (line == "expect no problem")
      recipe.needsNoProblem = true;
    else if (line.consume_front("expect problem "))
      recipe.problems.push_back(unescaped(line));
    else if (line != "expect either")
      follow(line.split(' ').first, line.split(' ').second, recipe);
  }
  return recipe;
}

/// The tree, or null with a failure where it was not allowed to be missing.
TreePointer parseRecipe(const std::string &path, const Recipe &recipe) {
  // Long enough for a slow machine, and for sanitizers, where there must be a tree; short where
  // the deadline itself may be what ends the parse.
  ParseLimits limits{std::chrono::milliseconds(recipe.needsTree ? 120000 : 300)};
  auto file = SourceFile::decode("hostile.py", recipe.text);
  if (!file) {
    ADD_FAILURE() << path << ": " << llvm::toString(file.takeError());
    return nullptr;
  }
  llvm::Expected<TreePointer> tree = SyntaxTree::parse(*file, limits);
  if (tree)
    return *tree;
  llvm::Error error = tree.takeError();
  EXPECT_TRUE(error.isA<NotAnalysedError>()) << path;
  std::string reason = llvm::toString(std::move(error));
  EXPECT_FALSE(recipe.needsTree) << path << ": " << reason;
  EXPECT_THAT(reason, HasSubstr("took longer than 300 ms"));
  return nullptr;
}

class HostileRecipe : public testing::TestWithParam<std::string> {};

TEST_P(HostileRecipe, EndsWithATreeOrAReason) {
  Recipe recipe = recipeOf(GetParam());
  ASSERT_FALSE(recipe.text.empty());
  TreePointer tree = parseRecipe(GetParam(), recipe);
  if (!tree)
    return;
  expectSound(*tree);
  EXPECT_LE(tree->problems().size(), 100u);
  std::vector<std::string> problems = problemsOf(*tree);
  if (recipe.needsNoProblem) {
    EXPECT_THAT(problems, IsEmpty());
  }
  for (const std::string &words : recipe.problems)
    EXPECT_THAT(problems, Contains(HasSubstr(words)));
}

std::vector<std::string> recipePaths() {
  std::vector<std::string> result;
  for (const std::string &path : corpusPaths("hostile"))
    if (llvm::StringRef(path).ends_with(".recipe"))
      result.push_back(path);
  return result;
}

INSTANTIATE_TEST_SUITE_P(, HostileRecipe, testing::ValuesIn(recipePaths()),
                         [](const testing::TestParamInfo<std::string> &param) {
                           return llvm::sys::path::stem(param.param).str();
                         });

// --- Stored files
// ---------------------------------------------------------------------------------

std::string hostile(llvm::StringRef name) {
  return bytesOfFile(std::string(FRAGLINT_SOURCE_DIR) + "/corpus/syntax/hostile/" + name.str());
}

TEST(HostileFile, AllLineEndsGiveOneStructure) {
  const char *shape =
      "(function_definition name:(identifier) parameters:(parameters) body:(block (if_statement "
      "condition:(identifier) consequence:(block (return_statement (list (integer) (integer))))))) "
      "(while_statement condition:(true) body:(block (expression_statement (call "
      "function:(identifier) arguments:(argument_list)))))";
  for (const char *name : {"lone_cr.py", "crlf.py"}) {
    std::string bytes = hostile(name);
    ASSERT_NE(bytes.find('\r'), std::string::npos) << name << " lost its line ends";
    EXPECT_EQ(shapeOf(bytes), shape) << name;
    EXPECT_THAT(problemsOf(bytes), IsEmpty()) << name;
    ASSERT_EQ(parseText(bytes)->comments().size(), 1u) << name;
  }
  EXPECT_THAT(problemsOf(hostile("mixed_line_ends.py")), IsEmpty());
  EXPECT_EQ(parseText(hostile("mixed_line_ends.py"))->statementCount(), 4u);
}

TEST(HostileFile, FormFeedsStartTheLineAnew) {
  TreePointer tree = parseText(hostile("form_feed.py"));
  EXPECT_THAT(problemsOf(*tree), IsEmpty());
  EXPECT_EQ(tree->statementCount(), 4u);
  EXPECT_EQ(firstOf(*tree, NodeKind::IfStatement).child(Field::Consequence).text(),
            "y = 1\n    \f    z = 1");
}

TEST(HostileFile, NulBytesAreProblemsEverywhereAndEndNothing) {
  TreePointer tree = parseText(hostile("nul.py"));
  EXPECT_THAT(problemsOf(*tree), testing::ElementsAre(testing::StartsWith("2:7 a NUL byte"),
                                                      testing::StartsWith("3:2 a NUL byte"),
                                                      testing::StartsWith("4:4 a NUL byte")));
  EXPECT_EQ(tree->statementCount(), 4u);
}

TEST(HostileFile, EncodingsAreHonoured) {
  EXPECT_EQ(parseText(hostile("byte_order_mark.py"))->statement(0).range(), (TextRange{0, 5}));
  EXPECT_EQ(firstOf(*parseText(hostile("latin1.py")), NodeKind::StringContent).text(),
            "\xC3\xA9\xC3\xBF");
  for (const char *name : {"bad_utf8.py", "surrogate.py"}) {
    auto file = SourceFile::decode("x.py", hostile(name));
    ASSERT_FALSE(static_cast<bool>(file)) << name;
    EXPECT_THAT(llvm::toString(file.takeError()), HasSubstr("byte 11 of the file"));
  }
}

TEST(HostileFile, MixedTabsStandForColumnsOfEight) {
  EXPECT_THAT(problemsOf(hostile("mixed_tabs.py")), testing::IsEmpty());
}

/// Half-written files are what an editor sends.
void expectSoundWhereverCut(const std::string &path, size_t step) {
  std::string bytes = bytesOfFile(path);
  for (size_t size = 0; size < bytes.size(); size += step) {
    auto file = SourceFile::decode("cut.py", llvm::StringRef(bytes).take_front(size));
    if (!file) {
      llvm::consumeError(file.takeError()); // cut in the middle of a character
      continue;
    }
    llvm::Expected<TreePointer> tree = SyntaxTree::parse(*file);
    ASSERT_TRUE(static_cast<bool>(tree)) << path << " at " << size;
    ASSERT_NO_FATAL_FAILURE(expectSound(**tree)) << path << " at " << size;
  }
}

TEST(Truncation, HurtsNothing) {
  for (const char *folder : {"hostile", "valid", "invalid"})
    for (const std::string &path : corpusPaths(folder)) {
      if (llvm::StringRef(path).ends_with(".recipe"))
        continue;
      size_t step = bytesOfFile(path).size() / 100 + 1; // every byte of the small ones
      ASSERT_NO_FATAL_FAILURE(expectSoundWhereverCut(path, step)) << path;
    }
}

} // namespace
} // namespace fraglint
