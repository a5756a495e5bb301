#include "measure/instrumentation.h"

#include "support/corpus_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

namespace fraglint {
namespace {

using testing::SizeIs;

std::shared_ptr<const SyntaxTree> parse(llvm::StringRef code) {
  return llvm::cantFail(SyntaxTree::parse(llvm::cantFail(SourceFile::decode("test.py", code))));
}

/// The pieces one below the other, without what stands around each; with `@`
/// for `__name__._`.
std::string instrumented(llvm::StringRef code, const ProbeLimits &limits = ProbeLimits()) {
  std::string text;
  for (const ProgramPiece &piece : instrument(*parse(code), limits).pieces) {
    llvm::StringRef body = piece.code;
    EXPECT_TRUE(body.consume_front("__name__._m=-1\n"));
    EXPECT_TRUE(body.consume_back("__name__._z\n"));
    text += body;
  }
  constexpr std::string_view kProbe = "__name__._";
  for (size_t at; (at = text.find(kProbe)) != std::string::npos;)
    text.replace(at, kProbe.size(), "@");
  return text;
}

TEST(Instrumentation, APointStandsBeforeEachSimpleStatement) {
  EXPECT_EQ("@0;a = 1\n@1;b = 2\n@2;c = 3\n", instrumented("a = 1; b = 2\nc = 3  # why\n"));
}

TEST(Instrumentation, StatementsThatRunNothingHaveNone) {
  EXPECT_EQ("\"\"\"Words.\"\"\"\npass\n", instrumented("\"\"\"Words.\"\"\"\npass\n"));
}

TEST(Instrumentation, BranchesHaveTheirOwn) {
  EXPECT_EQ("@0\n"
            "if a:\n"
            "    @1;b()\n"
            "elif @2 or (c and d):\n"
            "    @3;e()\n"
            "else:\n"
            "    @4;f()\n",
            instrumented("if a:\n    b()\nelif c and d:\n    e()\nelse:\n    f()\n"));
}

TEST(Instrumentation, TheHeadOfALoopIsWhereItIsEvaluated) {
  EXPECT_EQ("while @0 or (a < 3):\n    @1;a += 1\n", instrumented("while a < 3:\n    a += 1\n"));
  EXPECT_EQ("@0\nfor x in y:\n    @1;f(x);@0\n", instrumented("for x in y:\n    f(x)\n"));
  EXPECT_EQ("@0\nfor x in y: @1;f(x);@0\n", instrumented("for x in y: f(x)\n"));
}

TEST(Instrumentation, ContinueComesByTheHeadOfItsOwnLoop) {
  EXPECT_EQ(
      "@0\n"
      "for x in y:\n"
      "    @1\n"
      "    if x:\n"
      "        @0;continue\n"
      "    while @2 or (z):\n"
      "        continue\n"
      "    @0\n",
      instrumented("for x in y:\n    if x:\n        continue\n    while z:\n        continue\n"));
}

TEST(Instrumentation, NestedBlocksEndFromTheInsideOut) {
  EXPECT_EQ("@0\n"
            "def f():\n"
            "    @1\n"
            "    @2\n"
            "    for x in y:\n"
            "        @3\n"
            "        for z in x:\n"
            "            @4;g();@3\n"
            "        @2\n"
            "    @x\n",
            instrumented("def f():\n    for x in y:\n        for z in x:\n            g()\n"));
}

TEST(Instrumentation, FunctionsAreEnteredAndLeft) {
  EXPECT_EQ("@0\n"
            "def f(a):\n"
            "    @1;@2;g(a);@x\n",
            instrumented("def f(a):\n    g(a)\n"));
  EXPECT_EQ("@0\ndef f(): @1;@2;@x;return\n", instrumented("def f(): return\n"));
  EXPECT_EQ("@0\ndef f(): @1;@2;@x;return 1\n", instrumented("def f(): return 1\n"));
}

TEST(Instrumentation, WhatIsReturnedIsEvaluatedBeforeTheFunctionIsLeft) {
  EXPECT_EQ("@0\ndef f(): @1;@2;@v=(g(), 1);@x;return @v\n",
            instrumented("def f(): return g(), 1\n"));
}

TEST(Instrumentation, AGeneratorIsLeftAndResumedAtItsYield) {
  EXPECT_EQ("@0\n"
            "def f(a):\n"
            "    @1;@2;@x;yield a;@3\n"
            "    @4;@v=(a + 1);@x;b = yield @v;@5;@x\n",
            instrumented("def f(a):\n    yield a\n    b = yield a + 1\n"));
}

TEST(Instrumentation, WhatDelegatesIsMarked) {
  Instrumentation program =
      instrument(*parse("async def f():\n    await g()\n    x = yield\n    h()\n"));
  ASSERT_THAT(program.statements, SizeIs(4));
  EXPECT_TRUE(program.statements[1].delegates);
  EXPECT_TRUE(program.statements[2].yields);
  EXPECT_FALSE(program.statements[3].delegates);
  EXPECT_FALSE(program.statements[3].yields);
}

TEST(Instrumentation, ClassBodiesAreEnteredAndLeft) {
  EXPECT_EQ("@0\n"
            "class A(B):\n"
            "    @1;@2;x = 1\n"
            "    @3\n"
            "    def f(self):\n"
            "        @4;@5;@x;return 1\n"
            "    @x\n",
            instrumented("class A(B):\n    x = 1\n    def f(self):\n        return 1\n"));
}

TEST(Instrumentation, ExceptClausesAreStatementsOfTheirOwn) {
  EXPECT_EQ("try:\n"
            "    @0;f()\n"
            "except @1 or (OSError) as e:\n"
            "    @2;g(e)\n"
            "except @3 or ((A, B)):\n"
            "    pass\n"
            "except:\n"
            "    @4;raise\n"
            "finally:\n"
            "    @5;h()\n",
            instrumented("try:\n    f()\nexcept OSError as e:\n    g(e)\nexcept (A, B):\n    pass\n"
                         "except:\n    raise\nfinally:\n    h()\n"));
}

TEST(Instrumentation, AFunctionMayBeLeftByItsFinally) {
  EXPECT_EQ("@0\n"
            "def f():\n"
            "    @1\n"
            "    try:\n"
            "        @2;@v=(g());@x;return @v\n"
            "    finally:\n"
            "        @3;h();@y\n"
            "    @x\n",
            instrumented("def f():\n    try:\n        return g()\n    finally:\n        h()\n"));
}

TEST(Instrumentation, WithIsRunAtItsBeginningAndAtItsEnd) {
  EXPECT_EQ("@0\nwith a as b:\n    @1;c();@0\n", instrumented("with a as b:\n    c()\n"));
}

TEST(Instrumentation, MachineCodeIsLeftAlone) {
  EXPECT_EQ("@0\n@micropython.viper\ndef f(a):\n    return a + 1\n",
            instrumented("@micropython.viper\ndef f(a):\n    return a + 1\n"));
}

TEST(Instrumentation, TheModulesNameIsWrittenOut) {
  EXPECT_EQ("@0\nif \"__main__\" == \"__main__\":\n    @1;f(2)\n",
            instrumented("if __name__ == \"__main__\":\n    f(2)\n"));
  Instrumentation program = instrument(*parse("print(x.__name__)\n"));
  EXPECT_EQ("print(x.__name__)\n", program.pieces[0].plain);
}

// What `const()` declares holds to the end of what is compiled at once, whatever scopes lie
// between.

TEST(Instrumentation, APieceDeclaresTheConstantsThatItNames) {
  EXPECT_EQ("@0;_A = const(1)\n"
            "@1;B = const(2)\n"
            "@2;c = 3\n"
            "if 0:_A = const(1);B = const(2)\n"
            "@3;print(_A, B, c)\n",
            instrumented("_A = const(1)\nB = const(2)\nc = 3\nprint(_A, B, c)\n"));
  Instrumentation program = instrument(*parse("_A = const(1)\nprint(_A)\n"));
  EXPECT_EQ("if 0:_A = const(1)\nprint(_A)\n", program.pieces[1].plain);
}

TEST(Instrumentation, AConstantBringsThoseItIsMadeOf) {
  EXPECT_EQ("@0;_A = const(1)\n"
            "if 0:_A = const(1)\n"
            "@1;_B: int = (const(_A +\n 1))\n"
            "if 0:_A = const(1);_B: int = (const(_A +\n 1))\n"
            "@2;print(_B)\n",
            instrumented("_A = const(1)\n_B: int = (const(_A +\n 1))\nprint(_B)\n"));
}

TEST(Instrumentation, AConstantHoldsInOtherScopesToo) {
  EXPECT_EQ("@0\n"
            "class A:\n"
            "    @1;@2;_B = const(1);@x\n"
            "if 0:_B = const(1)\n"
            "@3\n"
            "@micropython.viper\n"
            "def f():\n"
            "    return _B\n",
            instrumented("class A:\n    _B = const(1)\n@micropython.viper\ndef f():\n"
                         "    return _B\n"));
}

TEST(Instrumentation, WhatIsNoConstantOfTheParserIsLeftAlone) {
  const char *code = "_A = micropython.const(1)\n"
                     "_B = _C = const(1)\n"
                     "_D, _E = const(1), const(2)\n"
                     "_F = const(1) + 2\n"
                     "a.g = const(1)\n"
                     "print(_A, _B, _C, _D, _E, _F, a.g)\n";
  EXPECT_EQ("@5;print(_A, _B, _C, _D, _E, _F, a.g)\n", [&] {
    std::string all = instrumented(code);
    return all.substr(all.find("@5"));
  }());
  EXPECT_EQ(std::string::npos, instrumented(code).find("if 0"));
  // Nor is anything before the declaration.
  EXPECT_EQ("@0\ndef f(): @1;@2;@x;return _A\n@3;_A = const(1)\n",
            instrumented("def f(): return _A\n_A = const(1)\n"));
}

TEST(Instrumentation, AStatementThatIsTooBigCollectsWhileItRuns) {
  ProbeLimits limits;
  limits.collecting.insert(1);
  EXPECT_EQ("@0;a = 1\n@1;@E();b = f()\n", instrumented("a = 1\nb = f()\n", limits));
  limits.collecting.insert(0);
  EXPECT_EQ("while @0 or @E() or (a):\n    @1;@E();b()\n",
            instrumented("while a:\n    b()\n", limits));
}

TEST(Instrumentation, ABarePieceHasNoPointsWithin) {
  const char *code = "def f():\n    return g()\n";
  ProbeLimits limits;
  limits.bare.insert(0);
  EXPECT_EQ("@0\ndef f():\n    return g()\n", instrumented(code, limits));
  EXPECT_THAT(instrument(*parse(code), limits).statements, SizeIs(2)); // numbered as without limits
}

TEST(Instrumentation, WhereFramesMatterTheHeapIsDrawnOnLeaving) {
  ProbeLimits limits;
  limits.framed.insert(1);
  EXPECT_EQ("@0\ndef f(): @1;@2;@X;return\n", instrumented("def f(): return\n", limits));
}

TEST(Instrumentation, PointsAreKnownByTheirNames) {
  Instrumentation program = instrument(*parse("def f():\n    g()\n"));
  EXPECT_EQ(PointKind::Statement, program.pointNamed("_0")->kind);
  EXPECT_EQ(PointKind::Enter, program.pointNamed("_1")->kind);
  EXPECT_EQ(1u, program.pointNamed("_1")->block);
  EXPECT_EQ(1u, program.pointNamed("_2")->statement);
  EXPECT_EQ(PointKind::Leave, program.pointNamed("_x")->kind);
  EXPECT_EQ(PointKind::PieceEnd, program.pointNamed("_z")->kind);
  EXPECT_FALSE(program.pointNamed("_99"));
  EXPECT_FALSE(program.pointNamed("q1"));
}

/// Whatever people write stays Python, and says at the same lines what it said.
TEST(Instrumentation, RealProgramsStayValid) {
  size_t programs = 0;
  for (const CorpusFile &file : corpusFiles({"firmware", "rules", "flow"})) {
    auto source = SourceFile::decode(file.name, file.bytes());
    if (!source) {
      llvm::consumeError(source.takeError());
      continue;
    }
    auto tree = llvm::cantFail(SyntaxTree::parse(*source));
    if (!tree->problems().empty())
      continue;
    ++programs;
    Instrumentation program = instrument(*tree);
    ASSERT_EQ(tree->statementCount(), program.pieces.size()) << file.name;
    for (const ProgramPiece &piece : program.pieces) {
      auto again = parse(piece.code);
      EXPECT_THAT(again->problems(), SizeIs(0)) << file.name << "\n" << piece.code;
      EXPECT_THAT(parse(piece.plain)->problems(), SizeIs(0)) << file.name << "\n" << piece.plain;
    }
  }
  EXPECT_GT(programs, 100u);
}

} // namespace
} // namespace fraglint
