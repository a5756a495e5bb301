#include "lint/collect_insertion.h"

#include "semantic/module.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

/// `code` with a collection inserted after the statement that starts with `statement` (the last
/// one of several); `-` where that cannot be done.
std::string collected(const std::string &code, llvm::StringRef statement = "del x") {
  auto file = llvm::cantFail(SourceFile::decode("code.py", code));
  auto tree = llvm::cantFail(SyntaxTree::parse(file));
  Module module(tree);
  auto begin = static_cast<uint32_t>(llvm::StringRef(code).rfind(statement));
  SyntaxNode node = tree->covering({begin, begin + 3}).statement();
  llvm::SmallVector<Edit, 2> edits = collectInsertion(module.model(), node);
  return edits.empty() ? "-" : llvm::cantFail(applyEdits(code, edits));
}

TEST(CollectInsertion, OnALineOfItsOwn) {
  EXPECT_EQ(collected("import gc\ndel x\ny = 1\n"), "import gc\ndel x\ngc.collect()\ny = 1\n");
  EXPECT_EQ(collected("import gc\nwhile True:\n\tdel x  # why\n\ty = 1\n"),
            "import gc\nwhile True:\n\tdel x  # why\n\tgc.collect()\n\ty = 1\n");
  EXPECT_EQ(collected("import gc\ndel (\n    x)\n", "del ("),
            "import gc\ndel (\n    x)\ngc.collect()\n");
  EXPECT_EQ(collected("import gc\ndel x;\n"), "import gc\ndel x;\ngc.collect()\n");
}

TEST(CollectInsertion, KeepsTheLineEnds) {
  EXPECT_EQ(collected("import gc\r\ndel x\r\ny = 1\r\n"),
            "import gc\r\ndel x\r\ngc.collect()\r\ny = 1\r\n");
  EXPECT_EQ(collected("import gc\r\ndel x"), "import gc\r\ndel x\r\ngc.collect()");
  EXPECT_EQ(collected("import gc\rdel x\ry = 1\r"), "import gc\rdel x\rgc.collect()\ry = 1\r");
  EXPECT_EQ(collected("import gc; del x"), "import gc; del x\ngc.collect()");
}

TEST(CollectInsertion, SharesTheLineWhereOthersFollow) {
  EXPECT_EQ(collected("import gc\ndel x; y = 1\n"), "import gc\ndel x; gc.collect(); y = 1\n");
  EXPECT_EQ(collected("import gc\nif y: del x\n"), "import gc\nif y: del x; gc.collect()\n");
  EXPECT_EQ(collected("import gc\nif y: del x; z = 1\n"),
            "import gc\nif y: del x; gc.collect(); z = 1\n");
  EXPECT_EQ(collected("import gc\nif y: z = 1; del x  # end\n"),
            "import gc\nif y: z = 1; del x; gc.collect()  # end\n");
  EXPECT_EQ(collected("import gc\nif y:\n    z = 1; del x\n"),
            "import gc\nif y:\n    z = 1; del x\n    gc.collect()\n");
  EXPECT_EQ(collected("import gc\nz = [\n  1]; del x\n"),
            "import gc\nz = [\n  1]; del x\ngc.collect()\n");
}

TEST(CollectInsertion, NotBehindWhatLeavesTheBlock) {
  EXPECT_EQ(collected("import gc\ndef f():\n    return x\n", "return"), "-");
  EXPECT_EQ(collected("import gc\nif x:\n    pass\n", "if x"), "-");
  EXPECT_EQ(collected("import gc\ndel x \\\n\ny = 1\n"), "-");
}

TEST(CollectInsertion, SpelledAsTheModuleIsBound) {
  EXPECT_EQ(collected("import gc as g\ndel x\n"), "import gc as g\ndel x\ng.collect()\n");
  EXPECT_EQ(collected("from gc import collect\ndel x\n"),
            "from gc import collect\ndel x\ncollect()\n");
  EXPECT_EQ(collected("from gc import collect as tidy\ndel x\n"),
            "from gc import collect as tidy\ndel x\ntidy()\n");
  EXPECT_EQ(collected("def f(x):\n    import gc\n    del x\n"),
            "def f(x):\n    import gc\n    del x\n    gc.collect()\n");
  EXPECT_EQ(collected("def f(x):\n    del x\n\nimport gc\n"),
            "def f(x):\n    del x\n    gc.collect()\n\nimport gc\n");
  EXPECT_EQ(collected("try:\n    import gc\nexcept ImportError:\n    pass\ndel x\n"),
            "try:\n    import gc\nexcept ImportError:\n    pass\ndel x\ngc.collect()\n");
}

TEST(CollectInsertion, ImportsWhereTheModuleIsNotBoundYet) {
  EXPECT_EQ(collected("import board\nimport time\ndel x\n"),
            "import board\nimport gc\nimport time\ndel x\ngc.collect()\n");
  EXPECT_EQ(
      collected("\"\"\"What.\"\"\"\nfrom __future__ import annotations\nimport board\ndel x\n"),
      "\"\"\"What.\"\"\"\nfrom __future__ import annotations\nimport board\nimport gc\n"
      "del x\ngc.collect()\n");
  EXPECT_EQ(collected("\"\"\"What.\"\"\"\ndel x\n"),
            "\"\"\"What.\"\"\"\nimport gc\ndel x\ngc.collect()\n");
  EXPECT_EQ(collected("# a licence\n\ny = 1\ndel x\n"),
            "# a licence\n\nimport gc\ny = 1\ndel x\ngc.collect()\n");
  EXPECT_EQ(collected("# fraglint: ignore[FRG201]\ndel x\n"),
            "import gc\n# fraglint: ignore[FRG201]\ndel x\ngc.collect()\n");
  EXPECT_EQ(collected("import board; import time\ndel x\n"),
            "import board; import gc; import time\ndel x\ngc.collect()\n");
  EXPECT_EQ(collected("from board import (\n    A,\n)\ndel x\n"),
            "from board import (\n    A,\n)\nimport gc\ndel x\ngc.collect()\n");
}

TEST(CollectInsertion, ImportsAgainWhereTheImportMayNotHaveRun) {
  EXPECT_EQ(collected("y = 1\ndel x\nimport gc\n"),
            "import gc\ny = 1\ndel x\ngc.collect()\nimport gc\n");
  EXPECT_EQ(collected("y = 1\nif y:\n    import gc\ndel x\n"),
            "import gc\ny = 1\nif y:\n    import gc\ndel x\ngc.collect()\n");
}

TEST(CollectInsertion, NotWhereTheNameMeansSomethingElse) {
  EXPECT_EQ(collected("gc = 5\ndel x\n"), "-");
  EXPECT_EQ(collected("import gc\ngc = 5\ndel x\n"), "-");
  EXPECT_EQ(collected("import gc\ndef f(gc, x):\n    del x\n"), "-");
  EXPECT_EQ(collected("import gc\ndel gc\ndel x\n"), "-");
  EXPECT_EQ(collected("import gc\ndef f(gc):\n    def g(x):\n        del x\n"), "-");
  EXPECT_EQ(collected("import gc as g\ndef f(gc, x):\n    del x\n"),
            "import gc as g\ndef f(gc, x):\n    del x\n    g.collect()\n");
  EXPECT_EQ(collected("class C:\n    gc = 1\n    def f(self, x):\n        del x\n"),
            "import gc\nclass C:\n    gc = 1\n    def f(self, x):\n        del x\n"
            "        gc.collect()\n");
}

} // namespace
} // namespace fraglint
