#include "syntax/syntax_tree.h"

#include "syntax/parse_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SyntaxNode, NullAnswersEverything) {
  SyntaxNode null;
  EXPECT_FALSE(null);
  EXPECT_EQ(null.kind(), NodeKind::None);
  EXPECT_EQ(null.field(), Field::None);
  EXPECT_EQ(null.range(), (TextRange{0, 0}));
  EXPECT_EQ(null.text(), "");
  EXPECT_FALSE(null.parent() || null.firstChild() || null.nextSibling());
  EXPECT_FALSE(null.previousSibling() || null.next() || null.firstAfter());
  EXPECT_FALSE(null.child(Field::Body) || null.child(NodeKind::Block));
  EXPECT_FALSE(null.enclosing(NodeKind::Module) || null.statement());
  EXPECT_FALSE(null.contains(null));
  EXPECT_FALSE(null.hasError());
  EXPECT_TRUE(null.children().empty());
  EXPECT_EQ(null, SyntaxNode());
}

TEST(SyntaxNode, WalksAmongSiblings) {
  TreePointer tree = parseText("f(a, b, c)");
  SyntaxNode list = firstOf(*tree, NodeKind::ArgumentList);
  SyntaxNode b = list.firstChild().nextSibling();
  EXPECT_EQ(b.text(), "b");
  EXPECT_EQ(b.previousSibling().text(), "a");
  EXPECT_EQ(b.nextSibling().text(), "c");
  EXPECT_FALSE(b.nextSibling().nextSibling());
  EXPECT_FALSE(list.firstChild().previousSibling());
  std::vector<std::string> texts;
  for (SyntaxNode child : list.children())
    texts.push_back(child.text().str());
  EXPECT_THAT(texts, ElementsAre("a", "b", "c"));
}

TEST(SyntaxNode, FindsChildrenByFieldAndKind) {
  TreePointer tree = parseText("while x:\n  y\nelse:\n  z\n");
  SyntaxNode loop = tree->statement(0);
  EXPECT_EQ(loop.child(Field::Condition).text(), "x");
  EXPECT_EQ(loop.child(Field::Body).text(), "y");
  EXPECT_EQ(loop.child(NodeKind::ElseClause).child(Field::Body).text(), "z");
  EXPECT_FALSE(loop.child(Field::Value));
  EXPECT_FALSE(loop.child(NodeKind::Call));
}

TEST(SyntaxNode, WalksASubtreeWithoutRecursion) {
  TreePointer tree = parseText("x = f(1)[2]\ny\n");
  SyntaxNode call = firstOf(*tree, NodeKind::Call);
  std::vector<std::string> texts;
  for (SyntaxNode node = call; node && call.contains(node); node = node.next())
    texts.push_back(node.text().str());
  EXPECT_THAT(texts, ElementsAre("f(1)", "f", "(1)", "1"));
  EXPECT_EQ(call.firstAfter().text(), "2");
  EXPECT_FALSE(call.firstAfter().firstAfter()) << "walks end with their top-level statement";
}

TEST(SyntaxNode, KnowsItsStatement) {
  TreePointer tree = parseText("if a:\n  b = c\n@d\ndef f(): e\n");
  auto statementOf = [&](const char *name) {
    for (uint32_t ordinal = 0; ordinal < tree->nodeCount(); ++ordinal)
      if (tree->node(ordinal).kind() == NodeKind::Identifier && tree->node(ordinal).text() == name)
        return tree->node(ordinal).statement().kind();
    return NodeKind::None;
  };
  EXPECT_EQ(statementOf("a"), NodeKind::IfStatement);
  EXPECT_EQ(statementOf("c"), NodeKind::ExpressionStatement);
  EXPECT_EQ(statementOf("d"), NodeKind::FunctionDefinition) << "a decorator is its definition's";
  EXPECT_EQ(statementOf("e"), NodeKind::ExpressionStatement);
  EXPECT_EQ(tree->statement(1).kind(), NodeKind::DecoratedDefinition);
  EXPECT_EQ(tree->statement(1).statement().kind(), NodeKind::FunctionDefinition);
}

TEST(SyntaxNode, FindsWhatEncloses) {
  TreePointer tree = parseText("def f():\n  while x:\n    y()\n");
  SyntaxNode call = firstOf(*tree, NodeKind::Call);
  EXPECT_EQ(call.enclosing(NodeKind::Call), call);
  EXPECT_EQ(call.enclosing(NodeKind::WhileStatement).child(Field::Condition).text(), "x");
  EXPECT_EQ(call.enclosing(NodeKind::FunctionDefinition), tree->statement(0));
  EXPECT_FALSE(call.enclosing(NodeKind::ClassDefinition));
}

TEST(SyntaxTree, NumbersNodesDenselyOverStatements) {
  TreePointer tree = parseText("a = 1\nb = 2\n\nc\n");
  EXPECT_EQ(tree->statementCount(), 3u);
  expectSound(*tree);
  EXPECT_EQ(tree->node(0), tree->statement(0));
  EXPECT_EQ(tree->node(tree->nodeCount() - 1).text(), "c");
  EXPECT_FALSE(tree->node(tree->nodeCount()));
  EXPECT_FALSE(tree->statement(3));
}

TEST(SyntaxTree, OffsetsAreThoseOfTheFile) {
  TreePointer tree = parseText("# c\n\nx = 1\n  # d\nyy = 22\n");
  EXPECT_EQ(tree->statement(0).range(), (TextRange{5, 10}));
  EXPECT_EQ(tree->statement(1).range(), (TextRange{17, 24}));
  EXPECT_EQ(tree->statement(1).text(), "yy = 22");
}

TEST(SyntaxTree, AnEmptyFileHasNothing) {
  for (const char *text : {"", "\n", "  \n\n", "# only a comment", "\f"}) {
    TreePointer tree = parseText(text);
    EXPECT_EQ(tree->statementCount(), 0u) << text;
    EXPECT_EQ(tree->nodeCount(), 0u) << text;
    EXPECT_THAT(problemsOf(*tree), IsEmpty()) << text;
    EXPECT_FALSE(tree->covering({0, 0})) << text;
  }
}

TEST(Covering, GivesTheSmallestNode) {
  TreePointer tree = parseText("x = foo.bar(1)\n\ny\n");
  auto covering = [&](uint32_t begin, uint32_t end) {
    return tree->covering({begin, end}).text().str();
  };
  EXPECT_EQ(covering(4, 7), "foo");
  EXPECT_EQ(covering(4, 8), "foo.bar");
  EXPECT_EQ(covering(5, 6), "foo");
  EXPECT_EQ(covering(4, 14), "foo.bar(1)");
  EXPECT_EQ(covering(0, 14), "x = foo.bar(1)");
  EXPECT_EQ(covering(16, 17), "y");
  EXPECT_EQ(covering(0, 17), "") << "more than one statement";
  EXPECT_EQ(covering(15, 15), "") << "between statements";
}

TEST(Covering, AnEmptyRangeIsWhereTheCursorStands) {
  TreePointer tree = parseText("a+bb(c)");
  auto at = [&](uint32_t offset) { return tree->covering({offset, offset}).text().str(); };
  EXPECT_EQ(at(0), "a");
  EXPECT_EQ(at(1), "+") << "what starts here comes before what ends here";
  EXPECT_EQ(at(2), "bb");
  EXPECT_EQ(at(3), "bb");
  EXPECT_EQ(at(4), "(c)");
  EXPECT_EQ(at(7), "(c)") << "at the very end there is only what ends here";
}

TEST(SyntaxTree, CollectsCommentsInOrder) {
  TreePointer tree = parseText("# a\nx = [  # b\n  # c\n  '# no',\n]\r\n\tif y: # d\n# e");
  std::vector<std::string> texts;
  for (const Comment &comment : tree->comments())
    texts.push_back(tree->file().text().slice(comment.range.begin, comment.range.end).str() +
                    (comment.ownLine ? " own" : ""));
  EXPECT_THAT(texts, ElementsAre("# a own", "# b", "# c own", "# d", "# e own"));
}

TEST(SyntaxTree, AFileKeepsItsTextAlive) {
  TreePointer tree;
  {
    auto file = SourceFile::decode("a.py", std::string("x = 1"));
    ASSERT_TRUE(static_cast<bool>(file));
    auto parsed = SyntaxTree::parse(std::move(*file));
    ASSERT_TRUE(static_cast<bool>(parsed));
    tree = *parsed;
  }
  EXPECT_EQ(tree->statement(0).text(), "x = 1");
  EXPECT_EQ(tree->file().path(), "a.py");
  EXPECT_EQ(tree->sharedFile().get(), &tree->file());
}

TEST(SyntaxTree, NodesAreSmall) {
  EXPECT_LE(sizeof(LoweredNode), 20u);
  EXPECT_EQ(sizeof(SyntaxNode), 16u);
}

TEST(Deadline, EndsAParseAndLeavesTheNextOneAlone) {
  std::string noise;
  uint32_t state = 1;
  while (noise.size() < 200000) {
    state = state * 1664525u + 1013904223u;
    noise += static_cast<char>(' ' + (state >> 24) % 95);
    noise += (state >> 8) % 40 == 0 ? "\n" : "";
  }
  auto file = SourceFile::decode("noise.py", noise);
  ASSERT_TRUE(static_cast<bool>(file));
  auto tree = SyntaxTree::parse(*file, {std::chrono::milliseconds(0)});
  ASSERT_FALSE(static_cast<bool>(tree));
  llvm::Error error = tree.takeError();
  EXPECT_TRUE(error.isA<NotAnalysedError>());
  EXPECT_EQ(llvm::toString(std::move(error)),
            "parsing took longer than 0 ms, so the file is skipped: it may not be Python");
  EXPECT_EQ(shapeOf("x"), "(expression_statement (identifier))");
}

} // namespace
} // namespace fraglint
