/// Names across the files of a program.

#include "semantic/module.h"

#include "llvm/Support/Error.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

/// A program of files that import each other by their names.
class Program {
public:
  Program(std::initializer_list<std::pair<llvm::StringRef, llvm::StringRef>> files)
      : module_(join(files), importsOf(files)) {}

  const SemanticModel &model() const { return module_.model(); }
  const Module &module() const { return module_; }

  /// The last node of that text.
  SyntaxNode node(llvm::StringRef text) const {
    const SyntaxTree &tree = module_.tree();
    for (uint32_t ordinal = tree.nodeCount(); ordinal-- != 0;)
      if (tree.node(ordinal).text() == text)
        return tree.node(ordinal);
    ADD_FAILURE() << "no such node: " << text.str();
    return {};
  }

private:
  using Files = std::initializer_list<std::pair<llvm::StringRef, llvm::StringRef>>;

  static std::shared_ptr<const SyntaxTree> join(Files files) {
    std::vector<std::shared_ptr<const SyntaxTree>> trees;
    for (auto [name, code] : files) {
      auto file = llvm::cantFail(SourceFile::decode(name.str() + ".py", code));
      trees.push_back(llvm::cantFail(SyntaxTree::parse(std::move(file))));
    }
    return SyntaxTree::join(trees);
  }
  static ProgramImports importsOf(Files files) {
    ProgramImports imports(files.size());
    for (auto &names : imports) {
      uint32_t number = 0;
      for (auto [name, code] : files)
        names[name] = number++;
    }
    return imports;
  }

  Module module_;
};

TEST(ProgramNames, ImportedNamesMeanTheirOwnFiles) {
  Program program({{"code", "from a import SIZE as S\nimport b\nS\nb.TWICE\n"},
                   {"a", "SIZE = 20\n"},
                   {"b", "from a import SIZE\nTWICE = SIZE * 2\n"}});
  EXPECT_EQ(program.model().intervalOf(program.node("S")), Interval::exactly(20));
  EXPECT_EQ(program.model().intervalOf(program.node("b.TWICE")), Interval::exactly(40));
}

TEST(ProgramNames, EachFileHasItsOwnGlobals) {
  Program program(
      {{"code", "import a\nN = 1\nN\n"}, {"a", "N = 2\ndef f():\n    global N\n    N\n"}});
  SyntaxNode own = program.module().tree().statement(2).firstChild();
  EXPECT_EQ(program.model().intervalOf(own), Interval::exactly(1));
  EXPECT_EQ(program.model().intervalOf(program.node("N")), Interval::exactly(2));
  EXPECT_NE(program.model().scopeOf(own), program.model().scopeOf(program.node("N")));
}

TEST(ProgramNames, ClassesAndFunctionsAreFoundThroughModules) {
  Program program(
      {{"code", "import a\nfrom a import Meter\nclass Fine(a.Meter):\n    pass\n"
                "m = Fine()\nm.read()\na.tick()\n"},
       {"a", "class Meter:\n    def read(self):\n        return 7\ndef tick():\n    pass\n"}});
  const SemanticModel &model = program.model();
  FunctionId read = model.calleeFunction(program.node("m.read()"));
  ASSERT_NE(read, kNoId);
  EXPECT_EQ(model.function(read).name, "read");
  EXPECT_EQ(model.intervalOf(program.node("m.read()")), Interval::exactly(7));
  FunctionId tick = model.calleeFunction(program.node("a.tick()"));
  ASSERT_NE(tick, kNoId);
  EXPECT_EQ(model.function(tick).name, "tick");
  EXPECT_EQ(program.module().callersOf(tick).size(), 1U);
}

TEST(ProgramNames, AModuleMayBeReplacedByWhatItMakes) {
  Program program(
      {{"code", "import robot\nrobot = robot.Robot(7)\nrobot.LEGS\n"},
       {"robot", "LEGS = 4\nclass Robot:\n    def __init__(self, legs):\n        legs\n"}});
  const SemanticModel &model = program.model();
  FunctionId made = model.calleeFunction(program.node("robot.Robot(7)"));
  ASSERT_NE(made, kNoId);
  EXPECT_EQ(model.function(made).name, "__init__");
  EXPECT_NE(model.intervalOf(program.node("robot.LEGS")), Interval::exactly(4)) << "of the robot";
}

TEST(ProgramNames, ParametersAreWhatAllCallsPass) {
  Program program({{"code", "import a\nq = a.Quotes(bytearray(4), 'x')\na.show(b'')\na.show([])\n"},
                   {"a", "class Quotes:\n    def __init__(self, buffer, name=None):\n"
                         "        self.buffer = buffer\n        self.name = name\n"
                         "    def get(self):\n        self.buffer, self.name\n"
                         "def show(what):\n    what\n"}});
  EXPECT_EQ(program.model().typeOf(program.node("self.buffer")).name, "bytearray");
  EXPECT_EQ(program.model().typeOf(program.node("self.name")).name, "str");
  EXPECT_FALSE(program.model().typeOf(program.node("what"))); // of two types
}

TEST(ProgramNames, ImportsCallTheBodiesOfFiles) {
  Program program({{"code", "def late():\n    import a\nlate()\n"}, {"a", "x = 1\n"}});
  const SemanticModel &model = program.model();
  FunctionId body = model.files()[1].body;
  EXPECT_TRUE(model.isModuleBody(body));
  ASSERT_EQ(program.module().callersOf(body).size(), 1U);
  EXPECT_EQ(model.function(program.module().callersOf(body)[0].caller).name, "late");
  EXPECT_EQ(program.module().flow(body).graph.elementOf(program.node("x = 1")).text(), "x = 1");
  EXPECT_FALSE(program.module().flow(kModuleBody).graph.elementOf(program.node("x = 1")));
}

TEST(ProgramNames, StarImportsBringPublicNames) {
  Program program(
      {{"code", "from a import *\nLIMIT\n_HIDDEN\n"}, {"a", "LIMIT = 3\n_HIDDEN = 4\n"}});
  EXPECT_EQ(program.model().intervalOf(program.node("LIMIT")), Interval::exactly(3));
  SyntaxNode hidden = program.module().tree().statement(2).firstChild();
  EXPECT_TRUE(program.model().intervalOf(hidden).isUnknown());
}

TEST(ProgramNames, WritesThroughModulesCount) {
  Program program({{"code", "import a\na.mode = 5\n"}, {"a", "mode = 2\nmode\n"}});
  SyntaxNode read = program.module().tree().statement(3).firstChild();
  EXPECT_EQ(program.model().intervalOf(read), (Interval{2, 5}));
}

} // namespace
} // namespace fraglint
