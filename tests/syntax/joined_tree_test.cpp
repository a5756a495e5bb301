/// The trees of several files as one.

#include "syntax/syntax_tree.h"

#include "llvm/Support/Error.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

std::shared_ptr<const SyntaxTree> parsed(llvm::StringRef path, llvm::StringRef code) {
  auto file = llvm::cantFail(SourceFile::decode(path.str(), code));
  return llvm::cantFail(SyntaxTree::parse(std::move(file)));
}

TEST(JoinedTree, NumbersNodesThrough) {
  auto first = parsed("a.py", "x = 1\ny = 2\n");
  auto empty = parsed("b.py", "");
  auto last = parsed("c.py", "z = 3\n");
  auto joined = SyntaxTree::join({first, empty, last});
  EXPECT_EQ(joined->nodeCount(), first->nodeCount() + last->nodeCount());
  for (uint32_t ordinal = 0; ordinal < joined->nodeCount(); ++ordinal)
    EXPECT_EQ(joined->node(ordinal).ordinal(), ordinal);
  auto parts = joined->parts();
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[1].begin, parts[1].end);
  EXPECT_EQ(parts[2].begin, 2U);
  EXPECT_EQ(parts[2].end, 3U);
}

TEST(JoinedTree, NodesKnowTheirFile) {
  auto first = parsed("a.py", "x = 1\n");
  auto last = parsed("c.py", "# of c\nlonger = 3\n");
  auto joined = SyntaxTree::join({first, last});
  EXPECT_EQ(joined->file().path(), "a.py");
  SyntaxNode node = joined->statement(1);
  EXPECT_EQ(node.text(), "longer = 3");
  EXPECT_EQ(node.tree().file().path(), "c.py");
  EXPECT_EQ(node.tree().comments().size(), 1U);
  EXPECT_FALSE(joined->statement(0).followingStatement());
}

TEST(JoinedTree, OfOneFileIsThatFile) {
  auto only = parsed("a.py", "x = 1\n");
  EXPECT_EQ(SyntaxTree::join({only}), only);
  ASSERT_EQ(only->parts().size(), 1U);
  EXPECT_EQ(only->parts()[0].tree, only.get());
}

} // namespace
} // namespace fraglint
